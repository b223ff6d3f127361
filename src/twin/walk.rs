//! Asks the service for one address after the other and writes the answers, several at a time.

use std::collections::{HashSet, VecDeque};
use std::io;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::asked::{Held, held};
use super::html::{self, Frame};
use super::names::{Address, relative};
use super::{Made, Progress, TwinError, tiles};
use crate::http::observe::Own;
use crate::model::Lang;
use crate::pages::copy;
use crate::parallel;
use crate::snapshot::Snapshot;

/// The largest answer that is taken in; beyond it something is wrong with it.
const ANSWER_BYTES_MAX: usize = 256 << 20;

/// The service's name for those of its answers that hold whole addresses; these become relative. No such host exists.
const HOST: &str = "twin.invalid";
const ORIGIN: &str = "http://twin.invalid/";

pub struct Walk {
    pub router: Router,
    pub folder: Arc<Path>,
    pub live: Option<Arc<str>>,
    pub snapshot: Arc<Snapshot>,
    pub zoom_max: u8,
    pub made: Made,
}

/// What one answer was, and leads to.
struct Written {
    n_bytes: u64,
    /// False where the service has nothing there.
    is_there: bool,
    links: Vec<String>,
}

/// What becomes of an answer.
enum Kind {
    Page {
        is_city: bool,
    },
    /// As it is.
    Plain,
    /// JSON with whole addresses.
    Linked,
    /// A part of a list, which names the next one.
    List,
}

/// All that one answer needs.
struct Asker {
    router: Router,
    folder: Arc<Path>,
    live: Option<Arc<str>>,
    snapshot: Arc<Snapshot>,
    zoom_max: u8,
}

impl Walk {
    /// Follows `first` to whatever they link, and asks for `others` besides.
    pub async fn all(
        &mut self,
        first: impl Iterator<Item = String>,
        others: impl Iterator<Item = String>,
        tell: &impl Fn(Progress<'_>) -> io::Result<()>,
    ) -> Result<(), TwinError> {
        let mut seen = HashSet::new();
        let mut queue: VecDeque<String> = VecDeque::new();
        let mut others: VecDeque<String> = others.collect();
        let follow = |queue: &mut VecDeque<String>, seen: &mut HashSet<String>, address: String| {
            if seen.insert(Address::of(&address).file()) {
                queue.push_back(address);
            }
        };
        first.for_each(|address| follow(&mut queue, &mut seen, address));
        let mut running: JoinSet<Result<Written, TwinError>> = JoinSet::new();
        let mut n_done = 0;
        let ended = loop {
            while running.len() < 2 * parallel::n_threads()
                && let Some(address) = queue.pop_front().or_else(|| others.pop_front())
            {
                let asker = self.asker();
                running.spawn(async move { asker.write(&address).await });
            }
            let Some(done) = running.join_next().await else { break Ok(()) };
            let Written { n_bytes, is_there, links } = match done.map_err(TwinError::from).flatten() {
                Ok(written) => written,
                Err(error) => break Err(error),
            };
            for address in links {
                follow(&mut queue, &mut seen, address);
            }
            n_done += 1;
            self.made.n_files += u64::from(is_there);
            self.made.n_bytes += n_bytes;
            let n_all = n_done + (running.len() + queue.len() + others.len()) as u64;
            if let Err(error) = tell(Progress::Files { n_done, n_all }) {
                break Err(error.into());
            }
        };
        // Nobody writes any more when the folder is taken away.
        running.shutdown().await;
        ended
    }

    /// Writes a file that no answer is.
    pub fn put(&mut self, file: &str, bytes: &[u8]) -> Result<(), TwinError> {
        put(&self.folder, file, bytes)?;
        self.made.n_files += 1;
        self.made.n_bytes += bytes.len() as u64;
        Ok(())
    }

    fn asker(&self) -> Asker {
        Asker {
            router: self.router.clone(),
            folder: self.folder.clone(),
            live: self.live.clone(),
            snapshot: self.snapshot.clone(),
            zoom_max: self.zoom_max,
        }
    }
}

impl Asker {
    async fn write(self, address: &str) -> Result<Written, TwinError> {
        let kind = kind(address);
        let Some(bytes) = self.ask(address, &kind).await? else {
            return Ok(Written { n_bytes: 0, is_there: false, links: Vec::new() });
        };
        let file = Address::of(address).file();
        let malformed = |reason: String| TwinError::Malformed { address: address.to_owned(), reason };
        let json = || serde_json::from_slice::<Value>(&bytes).map_err(|error| malformed(error.to_string()));
        let (bytes, links) = match kind {
            Kind::Page { is_city } => {
                let text = str::from_utf8(&bytes).map_err(|error| malformed(error.to_string()))?;
                let lang = if address.starts_with("/en/") { Lang::En } else { Lang::Mn };
                let live = self.live.as_ref().map(|live| format!("{live}{address}"));
                let note = copy::note(lang, &self.snapshot, live.as_deref(), is_city);
                let page = html::page(text, address, &Frame { live: self.live.as_deref(), note: &note })?;
                (page.html.into_bytes(), page.links)
            }
            Kind::Plain => (bytes, Vec::new()),
            Kind::Linked => {
                let mut value = json()?;
                if let Some(name) = file.strip_prefix("tiles/").and_then(|name| name.strip_suffix(".json")) {
                    value = tiles::described(value, name, self.zoom_max);
                }
                self.lead(&mut value, &file);
                (value.to_string().into_bytes(), Vec::new())
            }
            Kind::List => {
                let next = json()?.get("next").and_then(Value::as_str).map(str::to_owned);
                let path = Address::of(address).path;
                (bytes, next.into_iter().map(|next| format!("{path}{next}")).collect())
            }
        };
        put(&self.folder, &file, &bytes)?;
        Ok(Written { n_bytes: bytes.len() as u64, is_there: true, links })
    }

    /// Whole addresses of the service as ways from this file to another; what is not held, where the live one has it.
    fn lead(&self, value: &mut Value, from: &str) {
        match value {
            Value::String(text) => {
                let Some(path) = text.strip_prefix(ORIGIN).map(|path| format!("/{path}")) else { return };
                let address = Address::of(&path);
                *value = if held(&address).is_some() || address.path.starts_with("/tiles/") {
                    relative(from, &address.file()).into()
                } else {
                    self.live.as_ref().map(|live| format!("{live}{path}")).into()
                };
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.lead(value, from)),
            Value::Object(values) => values.values_mut().for_each(|value| self.lead(value, from)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// `None` for data that the service has not.
    async fn ask(&self, address: &str, kind: &Kind) -> Result<Option<Vec<u8>>, TwinError> {
        let malformed = |reason: String| TwinError::Malformed { address: address.to_owned(), reason };
        let request = Request::get(address).extension(Own);
        // A page that knows of no host has addresses without one.
        let request = match kind {
            Kind::Linked => request.header(header::HOST, HOST),
            _ => request,
        };
        let request = request.body(Body::empty()).map_err(|error| malformed(error.to_string()))?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND if may_lack(address) => return Ok(None),
            status => {
                return Err(TwinError::Refused { address: address.to_owned(), status: status.as_u16() });
            }
        }
        let bytes = to_bytes(response.into_body(), ANSWER_BYTES_MAX).await;
        Ok(Some(bytes.map_err(|error| malformed(error.to_string()))?.into()))
    }
}

fn kind(address: &str) -> Kind {
    let parts = Address::of(address);
    match held(&parts) {
        Some(Held::City) => Kind::Page { is_city: true },
        Some(Held::Page) => Kind::Page { is_city: false },
        None if ["/tiles/", "/styles/", "/api/v1/tracker"].iter().any(|of| parts.path.starts_with(of)) => {
            Kind::Linked
        }
        None if parts.path == "/api/v1/replications" => Kind::List,
        _ => Kind::Plain,
    }
}

/// Not every measure has rates, nor every vintage cells and pictures.
fn may_lack(address: &str) -> bool {
    ["/api/v1/values/", "/api/v1/cells", "/legends/", "/maps/"].iter().any(|of| address.starts_with(of))
}

/// In one go, so that a task that is given up leaves no write behind it.
fn put(folder: &Path, file: &str, bytes: &[u8]) -> Result<(), TwinError> {
    let path = folder.join(file);
    let failed = |source| TwinError::Write { path: path.clone(), source };
    if let Some(around) = path.parent() {
        std::fs::create_dir_all(around).map_err(failed)?;
    }
    std::fs::write(&path, bytes).map_err(failed)
}
