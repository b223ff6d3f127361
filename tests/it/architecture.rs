//! Who may enter which room of `src/`, held as data and checked against the code.
//!
//! A room is a folder or file directly under `src/`. The table below names every room, the rooms it
//! may use, and whether it is pure: without I/O, async, clock and randomness, so that equal input
//! gives equal bytes. Code is read with `syn`; paths inside macro calls are found in their tokens.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    pure: bool,
}

const fn pure(name: &'static str, may_use: &'static [&'static str]) -> Room {
    Room { name, may_use, pure: true }
}

const fn effectful(name: &'static str, may_use: &'static [&'static str]) -> Room {
    Room { name, may_use, pure: false }
}

const ROOMS: &[Room] = &[
    pure("model", &[]),
    // Threads, but no other world: its results do not depend on how many there are.
    effectful("parallel", &[]),
    pure("geometry", &["model", "parallel"]),
    effectful("gpkg", &["model", "geometry"]),
    pure("text", &[]),
    pure("draws", &[]),
    effectful("ingest", &["model", "parallel", "text", "geometry", "gpkg"]),
    effectful("import", &["model", "parallel", "text"]),
    effectful("pmtiles", &["model"]),
    // Landmarks are read by the import's readers.
    effectful("orientation", &["model", "geometry", "gpkg", "pmtiles", "text", "import"]),
    effectful("store", &["model", "geometry", "gpkg"]),
    pure("demo", &["model", "geometry"]),
    pure("snapshot", &["model", "geometry", "parallel"]),
    pure("neighbours", &["model", "geometry", "snapshot"]),
    pure("tiles", &["model", "geometry", "snapshot"]),
    pure("cartography", &["model", "text", "geometry", "snapshot"]),
    pure("tracker", &["model", "snapshot"]),
    pure("pages", &["model", "snapshot", "cartography", "tracker", "partners", "visits"]),
    pure("features", &["model", "geometry", "snapshot", "tracker"]),
    pure("partners", &["model", "geometry", "snapshot", "neighbours"]),
    pure("spread", &["draws", "model", "geometry", "snapshot", "neighbours", "tracker"]),
    pure("visits", &["draws", "model", "geometry", "snapshot", "partners"]),
    effectful(
        "exports",
        &[
            "model",
            "parallel",
            "text",
            "geometry",
            "gpkg",
            "pmtiles",
            "snapshot",
            "tiles",
            "cartography",
            "features",
            "tracker",
        ],
    ),
    effectful(
        "http",
        &[
            "config",
            "model",
            "geometry",
            "gpkg",
            "orientation",
            "pmtiles",
            "snapshot",
            "neighbours",
            "tiles",
            "cartography",
            "tracker",
            "pages",
            "features",
            "partners",
            "spread",
            "visits",
            "exports",
        ],
    ),
    // It asks the service's own router.
    effectful("twin", &["model", "parallel", "snapshot", "tiles", "pages", "exports", "http"]),
    effectful("config", &["model"]),
];

/// They wire everything and may use all rooms.
const WIRING: &[&str] = &["app", "lib", "main"];

/// Beginnings of paths that a pure room must not name.
const EFFECTS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "tokio",
    "futures_util",
    "axum",
    "hyper",
    "sqlx",
    "rusqlite",
    "rand",
    "tracing",
];

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let mut faults = Vec::new();
    for (room, file, uses) in sources() {
        let Some(rule) = ROOMS.iter().find(|r| r.name == room) else {
            if !WIRING.contains(&room.as_str()) {
                faults.push(format!("{}: room `{room}` is not in the table", file.display()));
            }
            continue;
        };
        for path in &uses.paths {
            let used = path.strip_prefix("crate::").and_then(|rest| rest.split("::").next());
            if let Some(used) = used
                && used != room
                && !rule.may_use.contains(&used)
            {
                faults.push(format!("{}: `{room}` may not use `{used}` (`{path}`)", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pure_rooms_touch_no_world_outside() {
    let mut faults = Vec::new();
    for (room, file, uses) in sources() {
        if !ROOMS.iter().any(|r| r.name == room && r.pure) {
            continue;
        }
        for path in &uses.paths {
            if EFFECTS.iter().any(|e| path == e || path.starts_with(&format!("{e}::"))) {
                faults.push(format!("{}: `{path}`", file.display()));
            }
        }
        if uses.has_async {
            faults.push(format!("{}: async code", file.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What others have published is shown; nothing is computed from it.
#[test]
fn published_figures_are_named_by_nobody_who_computes() {
    let is_at_home = |file: &Path| {
        file.starts_with("tracker/published")
            || file == Path::new("tracker/mod.rs")
            || file.starts_with("http")
            || file.starts_with("pages")
    };
    let users: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, uses)| uses.paths.iter().any(|p| p.split("::").any(|part| part == "published")))
        .map(|(_, file, _)| file)
        .filter(|file| !is_at_home(file))
        .map(|file| file.display().to_string())
        .collect();
    assert_eq!(users, Vec::<String>::new());
}

#[test]
fn no_module_climbs_two_floors() {
    let climbing: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, uses)| uses.paths.iter().any(|p| p.starts_with("super::super")))
        .map(|(_, file, _)| file.display().to_string())
        .collect();
    assert_eq!(climbing, Vec::<String>::new());
}

#[test]
fn only_config_reads_the_environment() {
    let readers: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(room, _, uses)| {
            room != "config" && uses.paths.iter().any(|p| p.starts_with("std::env::var"))
        })
        .map(|(_, file, _)| file.display().to_string())
        .collect();
    assert_eq!(readers, BTreeSet::new());
}

/// The reader itself: what the other tests rely on must be seen in every form it can take.
#[test]
fn paths_are_seen_in_uses_expressions_and_macros() {
    let file = syn::parse_file(
        "use crate::{model::code, tiles as t}; fn f() { crate::store::open(); println!(\"{}\", crate::http::X); }
         #[cfg(test)] mod tests { use crate::demo::generate; }",
    )
    .expect("Rust");
    let uses = Uses::of(&file);
    let seen: Vec<&str> = uses.paths.iter().map(String::as_str).collect();
    assert_eq!(seen, ["crate::http::X", "crate::model::code", "crate::store::open", "crate::tiles"]);
}

/// Every source file with its room and what it names.
fn sources() -> Vec<(String, PathBuf, Uses)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 20, "found only {} files under {}", files.len(), root.display());
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a readable source file");
            let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            let inside = file.strip_prefix(&root).expect("below the root").to_owned();
            let first = inside.components().next().expect("a name").as_os_str().to_string_lossy();
            (first.trim_end_matches(".rs").to_owned(), inside, Uses::of(&parsed))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries: BTreeMap<PathBuf, bool> = fs::read_dir(folder)
        .expect("a readable folder")
        .map(|entry| entry.expect("a readable entry").path())
        .map(|path| (path.clone(), path.is_dir()))
        .collect();
    for (path, is_folder) in entries {
        if is_folder {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Paths that a file names outside its own tests, and whether it holds async code.
#[derive(Default)]
struct Uses {
    paths: BTreeSet<String>,
    has_async: bool,
}

impl Uses {
    fn of(file: &syn::File) -> Self {
        let mut uses = Self::default();
        uses.visit_file(file);
        uses
    }

    fn add_tree(&mut self, prefix: &str, tree: &syn::UseTree) {
        let join = |name: &dyn ToString| {
            if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{}", name.to_string()) }
        };
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&join(&path.ident), &path.tree),
            syn::UseTree::Name(name) => drop(self.paths.insert(join(&name.ident))),
            syn::UseTree::Rename(rename) => drop(self.paths.insert(join(&rename.ident))),
            syn::UseTree::Glob(_) => drop(self.paths.insert(join(&"*"))),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.add_tree(prefix, item)),
        }
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let is_test = module.attrs.iter().any(|a| {
            a.path().is_ident("cfg") && a.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test")
        });
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree("", &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if names.len() > 1 {
            self.paths.insert(names.join("::"));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // Tokens print as `crate :: http :: X`.
        let text = call.tokens.to_string().replace(" :: ", "::");
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
            if word.contains("::") {
                self.paths.insert(word.trim_matches(':').to_owned());
            }
        }
        visit::visit_macro(self, call);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.has_async |= signature.asyncness.is_some();
        visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, block: &'ast syn::ExprAsync) {
        self.has_async = true;
        visit::visit_expr_async(self, block);
    }
}
