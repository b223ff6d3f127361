//! The static twin: the public map and its pages as files, for any web server, bucket or CDN.
//!
//! It is there when the service is not, and takes as many visitors as its host does. A static host sees no queries, so
//! an address with one has to be a file too.
//!
//! Owns: what the twin holds ([`asked`]), which file an address becomes ([`names`]), what becomes of a page ([`html`]),
//! the walk from the first pages to all others ([`walk`]), tiles as `PMTiles` ([`tiles`]). Leaves to others: every
//! answer ([`crate::http`]), tiles ([`crate::exports::pyramid`]), where the folder stands.
//! Invariant: equal snapshots give equal files on the same day, on which boundaries are in force; memory does not grow
//! with what the files hold.
//! Design: the service's own router is asked in this process, so a page of the twin is the served page and JSON has the
//! served bytes; writers of their own would drift. One rule turns path and query into a file name, here for links of
//! pages and in `web/src/twin/` for the viewer's requests. Links are relative, so the folder may lie below any path.
//! A link to what the twin has not is taken out where the page is written, by the address alone: no list of pages has to
//! be kept, and nothing dead is left. Scripts beside the page answer what needs thought: the search looks through a
//! list, the khoroo at a place is found in a tile. Tiles are read out of archives by ranges of bytes, because a folder of
//! a hundred thousand tiles is slow to copy; a host without ranges is told of, or read whole where that is little.

mod asked;
mod html;
mod names;
mod tiles;
mod walk;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::exports::pyramid::PyramidError;
use crate::http::assets::{AssetError, Assets};
use crate::http::guard::Limits;
use crate::http::proxy::PublicUrl;
use crate::http::{Service, Settings, findable, router};
use crate::model::Lang;
use crate::pages::copy;
use crate::parallel;
use crate::snapshot::Snapshot;

/// An answer is never given up: nobody waits for a single one.
const REQUEST_TIMEOUT: Duration = Duration::from_hours(1);

/// What is kept of answers in memory: pages share little.
const CACHE_BYTES: u64 = 32 << 20;

/// What a twin is made of.
pub struct Twin {
    pub snapshot: Arc<Snapshot>,
    /// As the service would have them; its public address is `live`.
    pub settings: Settings,
    /// The service that this is a copy of.
    pub live: Option<PublicUrl>,
    /// Deepest zoom of tiles; the viewer magnifies them further in.
    pub zoom_max: u8,
}

/// How far the work is.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    Tiles {
        tileset: &'a str,
        n_done: u64,
        n_all: u64,
    },
    /// Files that are known of; pages lead to more.
    Files {
        n_done: u64,
        n_all: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub n_files: u64,
    pub n_bytes: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum TwinError {
    #[error("`{address}` is answered with {status}")]
    Refused { address: String, status: u16 },
    #[error("the answer at `{address}` is malformed: {reason}")]
    Malformed { address: String, reason: String },
    #[error(transparent)]
    Assets(#[from] AssetError),
    #[error(transparent)]
    Tiles(#[from] PyramidError),
    #[error("cannot write `{}`", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Stopped(#[from] io::Error),
    #[error("a part of the work broke down: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

impl Twin {
    /// Writes all files into `folder`, which is there and empty.
    ///
    /// - `tell`: is told how far the work is; its error ends the work.
    pub async fn write<F>(self, folder: &Path, tell: F) -> Result<Made, TwinError>
    where
        F: Fn(Progress<'_>) -> io::Result<()> + Clone + Send + 'static,
    {
        let Self { snapshot, settings, live, zoom_max } = self;
        let live = live.map(|url| format!("{}{}", url.origin, url.prefix));
        let limits = Limits { request_timeout: REQUEST_TIMEOUT, cache_bytes: CACHE_BYTES, ..settings.limits };
        // Pages have addresses of their own only: none names the service.
        let settings = Settings { public_url: None, limits, ..settings };
        let app = Service::new(settings, parallel::n_threads())?;
        app.publish(snapshot.clone(), Duration::ZERO);

        let mut made = Made { n_files: 0, n_bytes: 0 };
        let (of, service, place, told) = (snapshot.clone(), app.clone(), folder.to_owned(), tell.clone());
        let archives = tokio::task::spawn_blocking(move || {
            tiles::write(&of, &service.settings, zoom_max, &place.join(tiles::FOLDER), told)
        });
        let tilesets = archives.await??;
        for tileset in &tilesets {
            made.n_files += 1;
            made.n_bytes += tileset.n_bytes;
        }

        let mut walk = walk::Walk {
            router: router(app),
            folder: folder.into(),
            live: live.clone().map(Into::into),
            snapshot: snapshot.clone(),
            zoom_max,
            made,
        };
        for lang in Lang::ALL {
            let found = findable::list(&snapshot, lang).map_err(|reason| TwinError::Malformed {
                address: format!("search in {}", lang.tag()),
                reason: reason.to_string(),
            })?;
            walk.put(&format!("search/{}.json", lang.tag()), &found)?;
        }
        let entrance = copy::entrance(&snapshot, live.as_deref());
        let entrance = html::page(&entrance, "/", &html::Frame { live: live.as_deref(), note: "" })?;
        walk.put("index.html", entrance.html.as_bytes())?;
        let assets = Assets::load()?;
        let mut files: Vec<String> = assets
            .paths()
            .filter(|path| path.starts_with("assets/"))
            .map(|path| format!("/{path}"))
            .collect();
        files.sort();
        let tilejson = tilesets.iter().map(|tileset| format!("/tiles/{}.json", tileset.name));
        let others = asked::data(&snapshot).into_iter().chain(tilejson);
        walk.all(asked::first_pages().chain(files), others, &tell).await?;
        Ok(walk.made)
    }
}
