//! Build script: makes sure that there is a built viewer to embed, and that a new one is noticed.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=web/embed.rs");
    println!("cargo::rerun-if-changed=web/dist");
    if !Path::new("web/dist/.vite/manifest.json").is_file() {
        println!(
            "cargo::warning=web/dist holds no built viewer: run `make web` (or `npm ci && npm run build` in web/)"
        );
    }
}
