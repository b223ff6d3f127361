//! The built viewer, embedded in the binary.
//!
//! `web/dist` is what `npm run build` made: files under `assets/` with a hash in their names,
//! compressed siblings (`.br`, `.gz`, `.zst`) where the build made them, and Vite's manifest, which
//! says what belongs to an entry. Debug builds embed as well, so tests see what is deployed.
//!
//! Owns: files, their media types, the manifest. Invariant: a file's address changes with its content.

use std::collections::{BTreeMap, HashMap};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::App;
use super::answer::{Answer, Freshness, finish};
use super::body::Body;
use super::coding::Coding;
use super::error::Error;
use super::params::Path;
use crate::cartography::raster::RasterError;

/// Made by `web/scripts/fonts.mjs`; they are no addresses.
const PICTURE_FONTS: [(&str, u16); 2] = [("fonts/noto-sans-400.ttf", 400), ("fonts/noto-sans-600.ttf", 600)];

/// The script of `<hlp-map>`: other sites name it, so its address does not change.
const EMBED_SCRIPT: &str = "embed.js";

const MANIFEST: &str = ".vite/manifest.json";

/// What the viewer imports for the real map.
const MAP: &str = "src/map.ts";

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// Why the embedded viewer is unusable; all are faults of the build.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    #[error("this program was built without its viewer: run `make web`, then build again")]
    NoManifest,
    #[error("the embedded viewer's `{MANIFEST}` is malformed: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error("the embedded viewer has no entry `{0}`")]
    NoEntry(&'static str),
    #[error("the embedded fonts are unusable: {0}")]
    Fonts(#[from] RasterError),
}

/// Names, weights and bytes of the fonts that pictures are drawn with; `None` in a build without them.
pub fn picture_fonts() -> Option<Vec<(&'static str, u16, Vec<u8>)>> {
    let font = |(name, weight)| Some((name, weight, Dist::get(name)?.data.into_owned()));
    PICTURE_FONTS.into_iter().map(font).collect()
}

/// Files by path, as they are sent.
pub struct Assets {
    files: HashMap<String, Asset>,
    manifest: BTreeMap<String, Chunk>,
}

struct Asset {
    content_type: &'static str,
    plain: Body,
    /// Made when the viewer was built.
    coded: Vec<(Coding, Body)>,
}

/// What a page needs of an entry, as paths below the service's base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Empty for an entry that is a style.
    pub script: String,
    pub styles: Vec<String>,
    /// Scripts that the entry imports at once.
    pub preloads: Vec<String>,
    /// What the entry imports for the real map.
    pub later: Later,
}

/// What a page can ask for before its script does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Later {
    pub scripts: Vec<String>,
    pub styles: Vec<String>,
    /// Scripts that run beside the page.
    pub workers: Vec<String>,
}

#[derive(Debug, serde::Deserialize)]
struct Chunk {
    file: String,
    #[serde(default)]
    css: Vec<String>,
    /// Files that the chunk names by address: fonts, workers.
    #[serde(default)]
    assets: Vec<String>,
    #[serde(default)]
    imports: Vec<String>,
    #[serde(default, rename = "dynamicImports")]
    dynamic_imports: Vec<String>,
}

impl Assets {
    pub fn load() -> Result<Self, AssetError> {
        let manifest = Dist::get(MANIFEST).ok_or(AssetError::NoManifest)?;
        let manifest = serde_json::from_slice(&manifest.data)?;
        let files = Dist::iter()
            .filter(|path| is_served(path))
            .filter_map(|path| Dist::get(&path).map(|file| (path.to_string(), Asset::new(&path, file))))
            .collect();
        Ok(Self { files, manifest })
    }

    /// The script of `<hlp-map>` with its media type. Errors: a fault of the build.
    pub fn embed_script(&self) -> Result<(Body, &'static str), Error> {
        let missing = "web/dist holds no script for other sites: run `make web`, then build again";
        let file = self.files.get(EMBED_SCRIPT).ok_or_else(|| Error::internal(missing))?;
        Ok((file.plain.clone(), file.content_type))
    }

    /// What a page links for the entry `name`, which is its source path (`src/main.mn.ts`).
    pub fn entry(&self, name: &'static str) -> Result<Entry, AssetError> {
        let mut entry = Entry::default();
        let Chunk { file, .. } = self.manifest.get(name).ok_or(AssetError::NoEntry(name))?;
        let own = self.with_imports(name);
        let has_map = own.iter().any(|(_, chunk)| chunk.dynamic_imports.iter().any(|import| import == MAP));
        let map = has_map.then(|| self.with_imports(MAP));
        for (_, chunk) in map.into_iter().flatten().filter(|(name, _)| own.iter().all(|(own, _)| own != name))
        {
            entry.later.scripts.push(chunk.file.clone());
            entry.later.styles.extend_from_slice(&chunk.css);
            entry.later.workers.extend(chunk.assets.iter().filter(|path| ends_in(path, "js")).cloned());
        }
        if ends_in(file, "css") {
            entry.styles.push(file.clone());
        } else {
            entry.script.clone_from(file);
        }
        entry.preloads.extend(own.iter().skip(1).map(|(_, chunk)| chunk.file.clone()));
        for style in own.iter().flat_map(|(_, chunk)| &chunk.css) {
            if !entry.styles.contains(style) {
                entry.styles.push(style.clone());
            }
        }
        Ok(entry)
    }

    /// A chunk and all that it imports at once, by name.
    fn with_imports<'a>(&'a self, name: &'a str) -> Vec<(&'a str, &'a Chunk)> {
        let mut found: Vec<(&str, &Chunk)> = Vec::new();
        let mut to_do = vec![name];
        while let Some(name) = to_do.pop() {
            let is_new = found.iter().all(|(seen, _)| *seen != name);
            if let Some(chunk) = self.manifest.get(name).filter(|_| is_new) {
                found.push((name, chunk));
                to_do.extend(chunk.imports.iter().map(String::as_str));
            }
        }
        found
    }

    /// Path of the file that was built from a source file of this name.
    pub fn built_from(&self, name: &str) -> Option<&str> {
        let is_of = |source: &String| source.rsplit('/').next() == Some(name);
        self.manifest.iter().find(|(source, _)| is_of(source)).map(|(_, chunk)| chunk.file.as_str())
    }

    /// Paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl Asset {
    fn new(path: &str, file: EmbeddedFile) -> Self {
        let plain = Body::new(into_bytes(file));
        let sibling = |coding: Coding| {
            let file = Dist::get(&format!("{path}{}", coding.suffix()))?;
            Some((coding, Body { bytes: into_bytes(file), digest: plain.digest }))
        };
        let coded = [Coding::Brotli, Coding::Zstd, Coding::Gzip].into_iter().filter_map(sibling).collect();
        Self { content_type: content_type(path), plain, coded }
    }
}

/// `GET /assets/{path}`: a file of the viewer, for ever.
pub async fn get_asset(
    State(app): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let path = format!("assets/{path}");
    let asset = app.assets.files.get(&path).ok_or_else(|| Error::not_found("file", &path))?;
    let answer = Answer::new(asset.plain.clone(), asset.content_type).kept(Freshness::Immutable);
    let coding = Coding::negotiate(&headers)?;
    match asset.coded.iter().find(|(made, _)| *made == coding) {
        Some((_, body)) => Ok(finish(&headers, &answer, body.clone(), coding)),
        None if is_dense(asset.content_type) => {
            Ok(finish(&headers, &answer, answer.body.clone(), Coding::Identity))
        }
        None => app.respond(&headers, answer).await,
    }
}

/// Files that the build made for others of its own are not addresses.
fn is_served(path: &str) -> bool {
    let is_sibling = Coding::ALL.iter().any(|c| *c != Coding::Identity && path.ends_with(c.suffix()));
    (path.starts_with("assets/") || path == EMBED_SCRIPT) && !is_sibling
}

fn into_bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => bytes.into(),
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Kinds that are compressed already.
fn is_dense(content_type: &str) -> bool {
    matches!(content_type, "font/woff2" | "image/png" | "image/webp")
}

impl std::fmt::Debug for Assets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assets").field("n_files", &self.files.len()).finish_non_exhaustive()
    }
}

fn ends_in(path: &str, ending: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|found| found == ending)
}
