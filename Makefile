# Build, run, test. The README says what each target is for; `make test` is what continuous integration runs.

PORT ?= 8080
STORE ?=
SECTIONS ?=
TIMES ?= 20
TESTS ?=
HLP := target/release/hlp
VIEWER := web/dist/.vite/manifest.json
viewer_sources := $(shell find web/src web/public web/scripts -type f 2>/dev/null) $(wildcard web/*.ts web/*.js web/*.mjs web/*.html web/package.json)
rust_sources := $(shell find src migrations -type f) Cargo.toml Cargo.lock web/embed.rs

.PHONY: build run run-postgis test test-published hunt bench bench-viewer bench-peers audit fmt web clean

build: $(HLP)

run: $(HLP)
	@exec $(HLP) serve --listen 127.0.0.1:$(PORT) $(if $(STORE),--store '$(STORE)')

# The cluster lives in var/postgis and ends with the server; its data stay for the next run.
run-postgis: $(HLP)
	@.ci/with-cluster var/postgis $(HLP) serve --demo --listen 127.0.0.1:$(PORT)

test:
	@.ci/test

# The tests on the published boundaries, which are not part of the project; fails where the file is missing.
test-published: $(VIEWER)
	cargo test --locked --test it published -- --ignored

# Properties on other cases than those of `make test`, and TIMES as many; TESTS='tiles::' chooses.
hunt: $(VIEWER)
	HLP_CASES=$(TIMES) .ci/with-cluster var/hunt cargo test --locked --test it -- $(TESTS)

bench: $(VIEWER)
	cargo bench --locked --bench bench

# The first view and a step of colours on the clock, in Debian's Chromium; the machine has to be quiet.
bench-viewer: $(HLP)
	cd web && node bench/first_view.mjs ../$(HLP)

# Beside mapshaper, martin, GDAL, PostGIS and axum, as far as they are at hand;
# SECTIONS='clean tile ingest near serve' chooses.
bench-peers: $(VIEWER)
	@.ci/with-cluster var/bench-peers cargo bench --locked --bench peers -- $(SECTIONS)

# Licences, sources and duplicates of dependencies; needs `cargo install cargo-deny`.
audit:
	cargo deny --config .deny.toml check bans licenses sources

fmt:
	cargo fmt

web: $(VIEWER)

clean:
	rm -rf target web/dist web/node_modules

$(HLP): $(VIEWER) $(rust_sources)
	cargo build --locked --release
	@touch $(HLP)

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(VIEWER): web/node_modules/.package-lock.json $(viewer_sources)
	cd web && npm run --silent build
	@touch $@
