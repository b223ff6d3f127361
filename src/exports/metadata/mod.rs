//! What a collection is, for catalogues: DCAT 3 ([`dcat`]) and ISO 19115 ([`iso`]), each in both languages.
//!
//! Owns: the facts of a record, and how each standard writes them. Leaves to others: where records are served.
//! Invariant: a record says what the snapshot knows, and says of the rest that it is not known: how well lines of a
//! source fit the ground, a licence that nobody stated.

mod dcat;
mod iso;
mod words;

pub use dcat::{catalog, dataset};
pub use iso::record as iso_record;

use super::format::Format;
use crate::features::{Collection, Days, Extent, Kind};
use crate::model::{Lang, VintageId};
use crate::snapshot::Snapshot;

/// Step of the grid of all coordinates on the ground, in metres: 1e-7° of latitude.
const GRID_M: &str = "0.011";

/// Codes of EPSG that coordinates are offered in.
const SYSTEMS: [&str; 3] = ["4326", "3857", "32648"];

/// Who serves, and what the one who runs it says.
#[derive(Debug, Clone, Copy)]
pub struct Service<'a> {
    /// With scheme, host and prefix, without a slash at its end.
    pub address: &'a str,
    /// An address or words.
    pub licence: Option<&'a str>,
    /// An address, a mail address or words.
    pub contact: Option<&'a str>,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub mn: String,
    pub en: String,
}

/// What is said of one collection.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    service: Service<'a>,
    /// Of the collection.
    id: &'a str,
    kind: Kind,
    /// Any of its features can have a place.
    has_ground: bool,
    title: Told,
    description: Told,
    vintage: Option<&'a VintageId>,
    lineage: Told,
    /// West, south, east and north in degrees.
    bbox: Option<[f64; 4]>,
    days: Option<Days>,
    /// RFC 3339, UTC.
    published_at: String,
    revision: i64,
    illustrative: bool,
    /// What permanent addresses of its features begin with.
    id_space: Option<String>,
    ways: Vec<Way>,
}

/// A way to get the features.
#[derive(Debug, Clone)]
struct Way {
    /// `geojson`, `items`, `tiles`
    name: &'static str,
    /// Unlike a file a service answers questions.
    is_file: bool,
    address: String,
    media_type: &'static str,
}

/// Whom to ask, as far as the words are an address.
enum Contact<'a> {
    Web(&'a str),
    Mail(&'a str),
    Words,
}

impl Told {
    fn new(mn: impl Into<String>, en: impl Into<String>) -> Self {
        Self { mn: mn.into(), en: en.into() }
    }

    fn in_each(of: impl Fn(Lang) -> String) -> Self {
        Self { mn: of(Lang::Mn), en: of(Lang::En) }
    }

    /// Another sentence after this one.
    fn then(&mut self, other: &Self) {
        for (text, more) in [(&mut self.mn, &other.mn), (&mut self.en, &other.en)] {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(more);
        }
    }
}

impl<'a> Record<'a> {
    /// - `extent`: of the collection.
    /// - `has_tiles`: vector tiles have all of it.
    pub fn new(
        service: Service<'a>,
        snapshot: &'a Snapshot,
        collection: &'a Collection,
        extent: Extent,
        has_tiles: bool,
    ) -> Self {
        let vintage = collection.view(snapshot).map(|view| &view.vintage);
        let in_force = vintage.map(|of| Days { from: Some(of.valid_from), to: of.valid_to });
        let mut description = Told::in_each(|lang| collection.description(lang).to_owned());
        if snapshot.illustrative {
            description.then(&words::illustrative());
        }
        let published_at = jiff::Timestamp::from_second(snapshot.revision.published_at).unwrap_or_default();
        Self {
            service,
            id: &collection.id,
            kind: collection.kind,
            has_ground: collection.has_ground(snapshot),
            title: Told::in_each(|lang| collection.title(snapshot, lang)),
            description,
            vintage: vintage.map(|vintage| &vintage.id),
            lineage: words::lineage(snapshot, collection),
            bbox: extent.bbox(),
            days: in_force.or(extent.days),
            published_at: published_at.to_string(),
            revision: snapshot.revision.seq,
            illustrative: snapshot.illustrative,
            id_space: collection.id_space(snapshot).map(|path| format!("{}{path}", service.address)),
            ways: ways(service.address, snapshot, collection, has_tiles),
        }
    }

    /// Names the collection in catalogues.
    fn address(&self) -> String {
        format!("{}/ogc/collections/{}", self.service.address, self.id)
    }
}

impl<'a> Contact<'a> {
    fn of(text: &'a str) -> Self {
        if is_address(text) {
            Self::Web(text)
        } else if text.contains('@') && !text.contains(|c: char| c.is_whitespace() || c == ':') {
            Self::Mail(text)
        } else {
            Self::Words
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn ways(address: &str, snapshot: &Snapshot, collection: &Collection, has_tiles: bool) -> Vec<Way> {
    let id = &collection.id;
    let asked = |name, media_type| Way {
        name,
        is_file: false,
        address: format!("{address}/ogc/collections/{id}/{name}"),
        media_type,
    };
    let file = |format: &Format| Way {
        name: format.extension(),
        is_file: true,
        address: format!("{address}/exports/{id}.{}", format.extension()),
        media_type: plain(format.content_type()),
    };
    let mut ways = vec![asked("items", Format::GeoJson.content_type())];
    ways.extend(has_tiles.then(|| asked("tiles", "application/vnd.mapbox-vector-tile")));
    ways.extend(Format::ALL.iter().filter(|format| format.holds(collection, snapshot)).map(file));
    ways
}

/// Without parameters.
fn plain(content_type: &'static str) -> &'static str {
    content_type.split(';').next().unwrap_or(content_type)
}
