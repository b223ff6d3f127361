//! Tables of landmarks and addresses: CSV or a workbook, GeoJSON, GeoPackage.
//!
//! Every file becomes sheets of cells and is then read as an import's are, so that spellings, formulas,
//! control characters and faults are what they are there. One fault refuses the file, and all of them are
//! listed. A point far from the city is no fault of the table: its row is left out and told of.
//!
//! Owns: the columns of the table, duplicates, what is too far away.

mod sheets;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use crate::import::fault::{Faults, Problem};
use crate::import::kinds::{Column, Holds, Kind, Parsed, Record, Value, parse};
use crate::model::naming::{CITY_BOUNDS, fold};
use crate::model::orientation::Landmark;
use crate::model::{GridBox, GridPoint};

const NAME_CHARS: usize = 200;
/// Rows that are read; more is no table of landmarks of a city.
const ROWS_MAX: usize = 1_000_000;
/// How far from the city a row is still taken, in degrees.
const AROUND_DEG: f64 = 0.5;
/// Rows far away that are told one by one.
const FAR_TOLD: usize = 20;

const fn column(
    field: &'static str,
    mn: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
    holds: Holds,
    is_required: bool,
) -> Column {
    Column { field, mn, en, aliases, holds, is_required }
}

/// Positions in this order are used below.
static LANDMARKS: Kind = Kind {
    name: "landmarks",
    mn: "Газрын нэр",
    en: "Landmarks",
    aliases: &[],
    columns: &[
        column(
            "name_mn",
            "Нэр",
            "Name (Mongolian)",
            &["name", "нэр (монгол)"],
            Holds::Text(NAME_CHARS),
            true,
        ),
        column("name_en", "Нэр (англи)", "Name (English)", &["name:en"], Holds::Text(NAME_CHARS), false),
        column("lon", "Уртраг", "Longitude", &["x", "lng", "long"], Holds::Longitude, true),
        column("lat", "Өргөрөг", "Latitude", &["y"], Holds::Latitude, true),
        column("kind", "Төрөл", "Kind", &["type", "ангилал", "category"], Holds::Text(100), false),
        column("address", "Хаяг", "Address", &["addr"], Holds::Text(300), false),
    ],
};

/// Landmarks of a file, in its order.
#[derive(Debug)]
pub struct Landmarks {
    pub rows: Vec<Landmark>,
    /// Rows far from the city, the first ones in words, and their number.
    pub far: Vec<String>,
    pub n_far: usize,
    /// Headers that name no column.
    pub unknown_columns: Vec<String>,
}

/// Why a file cannot be read as landmarks.
#[derive(Debug)]
pub struct LandmarksRefused {
    /// At least one.
    pub faults: Faults,
}

impl fmt::Display for LandmarksRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("landmarks are refused:")?;
        for fault in &self.faults.listed {
            write!(f, "\n  {fault}")?;
        }
        if self.faults.unlisted() > 0 {
            write!(f, "\n  and {} more", self.faults.unlisted())?;
        }
        Ok(())
    }
}

impl std::error::Error for LandmarksRefused {}

/// Reads a table of landmarks.
pub fn landmarks(file: &Path) -> Result<Landmarks, LandmarksRefused> {
    let mut faults = Faults::default();
    let read = sheets::read(file, &LANDMARKS, &mut faults);
    let mut found = Landmarks { rows: Vec::new(), far: Vec::new(), n_far: 0, unknown_columns: Vec::new() };
    match read {
        Ok(sheets) => {
            let mut known = HashMap::new();
            for (sheet, place) in sheets {
                let Some(parsed) = parse(&LANDMARKS, &sheet, place, &mut faults) else { continue };
                take(&parsed, &mut known, &mut found, &mut faults);
                found.unknown_columns.extend(parsed.unknown);
            }
        }
        Err(fault) => faults.push(fault),
    }
    if faults.is_empty() { Ok(found) } else { Err(LandmarksRefused { faults }) }
}

type Known = HashMap<(String, GridPoint), String>;

fn take(parsed: &Parsed, known: &mut Known, found: &mut Landmarks, faults: &mut Faults) {
    let [west, south, east, north] = CITY_BOUNDS;
    let corner = |lon, lat| GridPoint::from_degrees(lon, lat).expect("the city is on earth");
    let around =
        [corner(west - AROUND_DEG, south - AROUND_DEG), corner(east + AROUND_DEG, north + AROUND_DEG)];
    let around = GridBox::around(around).expect("two corners");
    for record in &parsed.records {
        let place = parsed.sources.place.row(record.row_no);
        if found.rows.len() >= ROWS_MAX {
            let (found, limit) = (parsed.records.len() as u64, ROWS_MAX as u64);
            return faults.push(place.fault(Problem::TooMuch { what: "number of landmarks", found, limit }));
        }
        let Some(landmark) = landmark(record) else { continue };
        // A name without letters or digits cannot be looked for.
        if !landmark.name_mn.chars().any(char::is_alphanumeric) {
            faults.push(
                parsed
                    .cell(record, 0)
                    .fault(Problem::NotA { expected: "a name with letters or digits".into() }),
            );
            continue;
        }
        let key = (fold(&landmark.name_mn) + &digits(&landmark.name_mn), landmark.at);
        if let Some(first) = known.get(&key) {
            let key = format!("`{}` at {}, {}", landmark.name_mn, landmark.at.lon(), landmark.at.lat());
            faults.push(place.fault(Problem::Duplicate { key, first: first.clone() }));
            continue;
        }
        known.insert(key, place.to_string());
        if !around.contains(landmark.at) {
            found.n_far += 1;
            if found.far.len() < FAR_TOLD {
                let (lon, lat) = (landmark.at.lon(), landmark.at.lat());
                found
                    .far
                    .push(format!("{place}: `{}` at {lon}, {lat} is far from the city", landmark.name_mn));
            }
            continue;
        }
        found.rows.push(landmark);
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `None` for a row with a fault.
fn landmark(record: &Record) -> Option<Landmark> {
    let text = |at: usize| match &record.values[at] {
        Some(Value::Text(text)) => crate::text::plain(text).map(std::borrow::Cow::into_owned),
        _ => None,
    };
    let degrees = |at: usize| match record.values[at] {
        Some(Value::Real(degrees)) => Some(degrees),
        _ => None,
    };
    if record.is_broken {
        return None;
    }
    Some(Landmark {
        name_mn: text(0)?,
        name_en: text(1),
        at: GridPoint::from_degrees(degrees(2)?, degrees(3)?)?,
        kind: text(4),
        address: text(5),
    })
}
