//! Why boundaries are refused: one variant per cause, naming file, layer, feature, column and value.

mod facts;

pub use facts::Facts;

use crate::model::{KhorooCode, VintageId};
use crate::text::counted;

/// Where a feature stands, for people: file, layer if it has a name of its own, position from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeatureRef {
    pub file: Box<str>,
    pub layer: Option<Box<str>>,
    pub position: usize,
}

/// A longitude and latitude in degrees, six decimals: a place to look at on a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub lon: f64,
    pub lat: f64,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Cause {
    #[error("no file is given")]
    NoFile,
    #[error("`{file}`: cannot be read: {detail}")]
    Unreadable { file: String, detail: String },
    #[error("`{file}`: is empty")]
    Empty { file: String },
    #[error("`{file}`: ends too early: {detail}")]
    Truncated { file: String, detail: String },
    #[error(
        "`{file}`: {found} is no kind of file that is read here; these are: GeoJSON, GeoJSON text sequence, JSON array of objects with `geometry`, Shapefile (also zipped), GeoPackage, KML, KMZ"
    )]
    UnknownKind { file: String, found: String },
    #[error("`{file}`: {detail}")]
    Malformed { file: String, detail: String },
    #[error("`{file}`: {what} {found} is over the limit {limit}")]
    TooLarge { file: String, what: &'static str, found: u64, limit: u64 },
    #[error(
        "`{file}`: entry `{entry}` would unpack to {unpacked_bytes} bytes from {packed_bytes}: refused as a zip bomb"
    )]
    ZipBomb { file: String, entry: String, packed_bytes: u64, unpacked_bytes: u64 },
    #[error("`{file}`: the file `{missing}` that belongs to it is missing")]
    MissingPart { file: String, missing: String },
    #[error("`{file}`: holds several layers, name one with --layer: {layers}")]
    AmbiguousLayer { file: String, layers: String },
    #[error("`{file}`: has no layer `{layer}`, only: {layers}")]
    NoLayer { file: String, layer: String, layers: String },
    #[error("`{file}`: holds no features")]
    NoFeatures { file: String },
    #[error(
        "`{file}`: coordinate reference system {found} is not one of EPSG:4326, 3857, 32646 to 32649; give the right one with --crs if you know it"
    )]
    UnknownCrs { file: String, found: String },

    #[error("{at}: has no geometry")]
    NoGeometry { at: FeatureRef },
    #[error("{at}: is a {kind}, not an area")]
    NotAnArea { at: FeatureRef, kind: String },
    #[error("{at}: coordinate {x}, {y} is not a finite number")]
    NotFinite { at: FeatureRef, x: f64, y: f64 },
    #[error("{at}: coordinate {x}, {y} is outside the world{hint}")]
    OutOfRange { at: FeatureRef, x: f64, y: f64, hint: String },
    #[error("{at}: {spot} is not where {what} ({expected}){hint}")]
    WrongPlace { at: FeatureRef, spot: Spot, what: &'static str, expected: String, hint: String },
    #[error("`{file}`: {} in a wrong place", counted(*more, "more feature is", "more features are"))]
    MoreMisplaced { file: String, more: usize },
    #[error("{at}: no ring with an area is left")]
    NoArea { at: FeatureRef },

    #[error("no column for {field}; columns seen: {seen}; tried: {tried}; name it with --map {field}=COLUMN")]
    NoColumn { field: &'static str, seen: String, tried: String },
    #[error("--map {field}={column}: there is no such column; columns seen: {seen}")]
    NoSuchColumn { field: String, column: String, seen: String },
    #[error("{at}: column `{column}`: `{value}` is not {expected}")]
    BadValue { at: FeatureRef, column: String, value: String, expected: &'static str },
    #[error("{at}: column `{column}`: `{value}` holds a control character")]
    ControlCharacter { at: FeatureRef, column: String, value: String },
    #[error("{at}: column `{column}`: `{value}` is no district of this store; known are: {known}")]
    UnknownDistrict { at: FeatureRef, column: String, value: String, known: String },
    #[error("{unit} is described twice: by {first} and by {second}")]
    Duplicate { unit: String, first: FeatureRef, second: FeatureRef },
    #[error("{found} {level}s are there where {expected} are expected{detail}")]
    WrongCount { level: &'static str, found: usize, expected: usize, detail: String },

    #[error(
        "{unit}: an interior ring of {area_m2:.0} m² at {spot} lies where there is no ground of its part to take away; draw it as a part of its own, or leave it out"
    )]
    StrayInterior { unit: String, area_m2: f64, spot: Spot },
    #[error(
        "{unit} crosses itself at {spot}: made valid it would {} {area_m2:.0} m², more than --max-fix; draw it anew",
        if *appears { "gain" } else { "lose" }
    )]
    CrossesItself { unit: String, area_m2: f64, spot: Spot, appears: bool },
    #[error("{} overlap by {area_m2:.0} m² at {spot}", claimants.join(" × "))]
    Overlap { claimants: Vec<String>, area_m2: f64, spot: Spot },
    #[error("a gap of {area_m2:.0} m² lies beside {} at {spot}", beside.join(", "))]
    Gap { beside: Vec<String>, area_m2: f64, spot: Spot },
    #[error("{unit} would vanish{}: others claim all its ground and {why}; {advice}", at(*spot))]
    Lost {
        unit: String,
        spot: Option<Spot>,
        /// Why they get it.
        why: &'static str,
        /// What can be done.
        advice: String,
    },
    #[error(
        "{unit} is too thin for the grid of a ten millionth of a degree, about 1 cm{}: its sides fall together and no ground is left; draw it anew, or leave {unit} out of the files",
        at(*spot)
    )]
    TooThin { unit: String, spot: Option<Spot> },
    #[error("decision in line {line}, at {spot}: `{winner}` is no unit of these files")]
    UnknownWinner { line: usize, winner: String, spot: Spot },
    #[error(
        "decision in line {line}, at {spot}: `{winner}` neither claims this ground nor lies beside it; able to win: {}, outside",
        able.join(", ")
    )]
    StrangeWinner { line: usize, winner: String, spot: Spot, able: Vec<String> },
    #[error(
        "decision in line {line}, at {spot}: no overlap or gap is there, and the ground is {}, not `{winner}`'s; mend the point or take the line out",
        whose(holders)
    )]
    UndisputedGround { line: usize, winner: String, spot: Spot, holders: Vec<String> },
    #[error(
        "decisions in lines {first_line} (`{first}`) and {second_line} (`{second}`) contradict each other: both are about one {what} of {area_m2:.0} m², at {spot}, and all of it has one winner"
    )]
    ContradictingDecisions {
        first_line: usize,
        first: String,
        second_line: usize,
        second: String,
        /// `overlap` or `gap`.
        what: &'static str,
        area_m2: f64,
        spot: Spot,
    },

    #[error("the store holds invented data ({detail}); --replace-demo removes it in the same transaction")]
    Illustrative { detail: String },
    #[error("vintage `{vintage}` is new and its name is no year: give its first day with --valid-from")]
    NoFirstDay { vintage: VintageId },
    #[error("vintages `{vintage}` and `{other}` would both start on {day}")]
    SameFirstDay { vintage: VintageId, other: VintageId, day: String },
    #[error("khoroo {khoroo} has {n_records} records and is not in the files")]
    RecordsWithoutKhoroo { khoroo: KhorooCode, n_records: usize },
    #[error(
        "{removed} of the {had} khoroos of vintage `{vintage}` are not in the files and would be deleted ({listed}); if these {left} are all there are, say --expect {left}"
    )]
    ManyRemoved { vintage: VintageId, removed: usize, had: usize, left: usize, listed: String },
    #[error("{fault}; the row is stated by hand: change or delete it in the table `lineage` first")]
    StatedLineage { fault: String },
    #[error("afterwards a rule would be broken: {fault}")]
    BrokenRule { fault: String },
}

fn whose(holders: &[String]) -> String {
    if holders.is_empty() { "nobody's".into() } else { format!("{}'s", holders.join(", ")) }
}

fn at(spot: Option<Spot>) -> String {
    spot.map_or_else(String::new, |spot| format!(" (it lies at {spot})"))
}

impl std::fmt::Display for FeatureRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.file)?;
        if let Some(layer) = &self.layer {
            write!(f, " layer `{layer}`")?;
        }
        write!(f, " feature {}", self.position)
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.6},{:.6}", self.lon, self.lat)
    }
}

impl Spot {
    pub(super) fn of(point: crate::model::GridPoint) -> Self {
        Self { lon: point.lon(), lat: point.lat() }
    }
}

impl Cause {
    /// A stable word for the variant, for programs that read the report.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFile => "no_file",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty { .. } => "empty",
            Self::Truncated { .. } => "truncated",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::Malformed { .. } => "malformed",
            Self::TooLarge { .. } => "too_large",
            Self::ZipBomb { .. } => "zip_bomb",
            Self::MissingPart { .. } => "missing_part",
            Self::AmbiguousLayer { .. } => "ambiguous_layer",
            Self::NoLayer { .. } => "no_layer",
            Self::NoFeatures { .. } => "no_features",
            Self::UnknownCrs { .. } => "unknown_crs",
            Self::NoGeometry { .. } => "no_geometry",
            Self::NotAnArea { .. } => "not_an_area",
            Self::NotFinite { .. } => "not_finite",
            Self::OutOfRange { .. } => "out_of_range",
            Self::WrongPlace { .. } => "wrong_place",
            Self::MoreMisplaced { .. } => "more_misplaced",
            Self::NoArea { .. } => "no_area",
            Self::NoColumn { .. } => "no_column",
            Self::NoSuchColumn { .. } => "no_such_column",
            Self::BadValue { .. } => "bad_value",
            Self::ControlCharacter { .. } => "control_character",
            Self::UnknownDistrict { .. } => "unknown_district",
            Self::Duplicate { .. } => "duplicate",
            Self::WrongCount { .. } => "wrong_count",
            Self::StrayInterior { .. } => "stray_interior",
            Self::CrossesItself { .. } => "crosses_itself",
            Self::Overlap { .. } => "overlap",
            Self::Gap { .. } => "gap",
            Self::Lost { .. } => "lost",
            Self::TooThin { .. } => "too_thin",
            Self::UnknownWinner { .. } => "unknown_winner",
            Self::StrangeWinner { .. } => "strange_winner",
            Self::UndisputedGround { .. } => "undisputed_ground",
            Self::ContradictingDecisions { .. } => "contradicting_decisions",
            Self::Illustrative { .. } => "illustrative",
            Self::NoFirstDay { .. } => "no_first_day",
            Self::SameFirstDay { .. } => "same_first_day",
            Self::RecordsWithoutKhoroo { .. } => "records_without_khoroo",
            Self::ManyRemoved { .. } => "many_removed",
            Self::StatedLineage { .. } => "stated_lineage",
            Self::BrokenRule { .. } => "broken_rule",
        }
    }
}
