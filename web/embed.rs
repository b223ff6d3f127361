//! Build script: makes sure that there is a built viewer to embed, and that a new one is noticed.
//!
//! A program for others is never built without it. While developing, rooms that show nothing can be
//! built and tested before the viewer is; `hlp serve` then refuses to start.

use std::path::Path;

const MISSING: &str = "web/dist holds no built viewer: run `make web`";

#[expect(clippy::print_stdout, reason = "this is how a build script speaks")]
fn main() {
    println!("cargo::rerun-if-changed=web/embed.rs");
    println!("cargo::rerun-if-changed=web/dist");
    if !Path::new("web/dist/.vite/manifest.json").is_file() {
        let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
        let level = if is_release { "error" } else { "warning" };
        println!("cargo::{level}={MISSING}");
    }
}
