//! Files of points to sheets of cells, each with its place.
//!
//! CSV and workbooks are read by the import's own reader. Points of a GeoJSON or GeoPackage become two more
//! columns, `lon` and `lat`; a feature's number is its row.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use geo_types::Geometry;
use geojson::{FeatureCollection, GeoJson, GeometryValue, JsonValue};
use geozero::{ToGeo as _, wkb::Wkb};

use crate::geometry::declared::DeclaredCrs;
use crate::geometry::projection::Crs;
use crate::gpkg::read::{self as package, Value};
use crate::import::fault::{Fault, Faults, Place, Problem};
use crate::import::kinds::Kind;
use crate::import::read::{Budget, Cell, Epoch, Format, Limits, Line, Sheet, read as read_table};
use crate::text::is_binary;

/// Size of a GeoPackage, which is not read into memory.
const PACKAGE_BYTES_MAX: u64 = 1 << 30;

/// Sheets of a file with the place of each.
pub fn read(file: &Path, kind: &Kind, faults: &mut Faults) -> Result<Vec<(Sheet, Place)>, Fault> {
    let name = file.display().to_string();
    let place = Place::of_file(&name);
    let unreadable = |detail: String| place.fault(Problem::Unreadable { detail });
    let mut head = Vec::new();
    let opened = File::open(file).map_err(|e| unreadable(e.to_string()))?;
    let metadata = opened.metadata().map_err(|e| unreadable(e.to_string()))?;
    if metadata.is_file() {
        opened.take(64).read_to_end(&mut head).map_err(|e| unreadable(e.to_string()))?;
    }
    // A landmark has fewer cells than a record, so more rows take no more memory.
    let limits = Limits { rows: 1_000_000, ..Limits::default() };
    let text_start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if head.starts_with(b"SQLite format 3\0") {
        within(&place, metadata.len(), PACKAGE_BYTES_MAX)?;
        return of_package(file, &place, faults).map(|sheets| vec![(sheets, place.clone())]);
    }
    if text_start.starts_with(b"{") {
        within(&place, metadata.len(), limits.file_bytes)?;
        let text = std::fs::read(file).map_err(|e| unreadable(e.to_string()))?;
        return of_geojson(&text, &name, &place, faults).map(|sheet| vec![(sheet, place.clone())]);
    }
    let book = read_table(file, &name, &mut Budget::new(limits), faults, &mut |_| {})?;
    let is_text = book.text_as.is_some();
    let is_filled =
        |sheet: &Sheet| sheet.rows.iter().any(|line| line.cells.iter().any(|c| *c != Cell::Empty));
    let sheets: Vec<(Sheet, Place)> = book
        .sheets
        .into_iter()
        .filter(is_filled)
        .map(|sheet| {
            let at = if is_text { place.clone() } else { place.sheet(&sheet.name) };
            (sheet, at)
        })
        .collect();
    if sheets.is_empty() {
        return Err(place.fault(Problem::NoKnownSheet { known: kind.name.into() }));
    }
    Ok(sheets)
}

fn within(place: &Place, found: u64, limit: u64) -> Result<(), Fault> {
    if found <= limit {
        return Ok(());
    }
    Err(place.fault(Problem::TooMuch { what: "size in bytes", found, limit }))
}

/// A sheet that fills row by row, its last two columns being `lon` and `lat`.
struct Filling {
    columns: Vec<String>,
    rows: Vec<Line>,
}

impl Filling {
    /// Columns of the file that are called as the point's are give way to the point.
    fn new(columns: impl IntoIterator<Item = String>) -> Self {
        let is_point =
            |name: &String| ["lon", "lat", "x", "y", "lng", "long"].contains(&name.to_lowercase().as_str());
        Self { columns: columns.into_iter().filter(|name| !is_point(name)).collect(), rows: Vec::new() }
    }

    fn add(&mut self, row_no: u32, mut cells: Vec<Cell>, at: [f64; 2]) {
        cells.resize(self.columns.len(), Cell::Empty);
        cells.extend(at.map(Cell::Number));
        self.rows.push(Line { row_no, cells });
    }

    fn sheet(self, file: &str) -> Sheet {
        let heads = self.columns.iter().map(String::as_str).chain(["lon", "lat"]);
        let head = heads.map(|name| Cell::Text(name.into())).collect();
        let mut rows = vec![Line { row_no: 0, cells: head }];
        rows.extend(self.rows);
        Sheet {
            file: file.to_owned(),
            name: file.to_owned(),
            format: Format::Xlsx,
            epoch: Epoch::Y1900,
            rows,
            n_formulas: 0,
            merged: Vec::new(),
        }
    }
}

/// Text as an import takes it; a control character is a fault.
fn text_cell(text: &str, place: &Place, faults: &mut Faults) -> Cell {
    if text.contains(is_binary) {
        faults.push(place.fault(Problem::ControlCharacter { text: text.escape_debug().to_string() }));
        return Cell::Empty;
    }
    let text = text.trim();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

fn of_geojson(text: &[u8], name: &str, place: &Place, faults: &mut Faults) -> Result<Sheet, Fault> {
    let damaged = |detail: String| place.fault(Problem::Unreadable { detail });
    let text = std::str::from_utf8(text).map_err(|e| damaged(e.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let json: GeoJson = text.parse().map_err(|e: geojson::Error| damaged(e.to_string()))?;
    let GeoJson::FeatureCollection(FeatureCollection { features, foreign_members, .. }) = json else {
        return Err(damaged("it is no FeatureCollection".into()));
    };
    let crs = foreign_members.as_ref().and_then(|members| members.get("crs")).unwrap_or(&JsonValue::Null);
    let crs = known(DeclaredCrs::of_geojson(crs), place)?;
    let mut columns: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for key in features.iter().flat_map(|feature| feature.properties.iter().flatten()).map(|(key, _)| key) {
        if !seen.contains(key) {
            seen.insert(key.clone());
            columns.push(key.clone());
        }
    }
    let mut filling = Filling::new(columns);
    for (row_no, feature) in (1..).zip(&features) {
        let at = place.row(row_no);
        let point = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
            Some(GeometryValue::Point { coordinates }) if coordinates.len() > 1 => {
                [coordinates[0], coordinates[1]]
            }
            other => {
                let found = other.map_or("nothing", GeometryValue::type_name);
                faults
                    .push(at.fault(Problem::NotA { expected: format!("a point; its geometry is {found}") }));
                continue;
            }
        };
        let cell = |name: &String| match feature.property(name) {
            Some(JsonValue::String(text)) => text_cell(text, &at, faults),
            Some(JsonValue::Number(number)) => number.as_f64().map_or(Cell::Empty, Cell::Number),
            Some(JsonValue::Bool(value)) => Cell::Bool(*value),
            _ => Cell::Empty,
        };
        let cells = filling.columns.iter().map(cell).collect();
        filling.add(row_no, cells, degrees(crs, point));
    }
    Ok(filling.sheet(name))
}

fn of_package(file: &Path, place: &Place, faults: &mut Faults) -> Result<Sheet, Fault> {
    let failed = |e: package::ReadError| place.fault(Problem::Unreadable { detail: e.to_string() });
    let package = package::open(file).map_err(failed)?;
    let mut layers = package.layers().map_err(failed)?;
    layers.retain(|layer| layer.geometry_type.contains("POINT") || layer.geometry_type == "GEOMETRY");
    let [layer] = &layers[..] else {
        let names: Vec<_> = layers.iter().map(|layer| format!("`{}`", layer.name)).collect();
        let detail = format!("one layer of points is needed; it has {}: {}", layers.len(), names.join(", "));
        return Err(place.fault(Problem::Unreadable { detail }));
    };
    let srs = &layer.srs;
    let crs = known(DeclaredCrs::of_srs(srs.id, &srs.organization, srs.code, &srs.definition), place)?;
    let mut filling = Filling::new(layer.columns.iter().cloned());
    for row in package.rows(layer).map_err(failed)? {
        let row = row.map_err(failed)?;
        let row_no = u32::try_from(row.row_id).unwrap_or(u32::MAX);
        let at = place.row(row_no);
        let geometry = row.wkb.map(|wkb| Wkb(wkb).to_geo());
        let Some(Ok(Geometry::Point(point))) = geometry else {
            faults.push(at.fault(Problem::NotA { expected: "a point".into() }));
            continue;
        };
        let cell = |name: &String| {
            let value = row.attributes.iter().find(|(column, _)| column == name).map(|(_, value)| value);
            match value {
                Some(Value::Text(text)) => text_cell(text, &at, faults),
                Some(Value::Integer(number)) => Cell::Number(*number as f64),
                Some(Value::Real(number)) => Cell::Number(*number),
                _ => Cell::Empty,
            }
        };
        let cells = filling.columns.iter().map(cell).collect();
        filling.add(row_no, cells, degrees(crs, [point.x(), point.y()]));
    }
    Ok(filling.sheet(&place.file))
}

fn degrees(crs: Crs, [x, y]: [f64; 2]) -> [f64; 2] {
    let (lon, lat) = crs.to_degrees(x, y);
    [lon, lat]
}

fn known(declared: DeclaredCrs, place: &Place) -> Result<Crs, Fault> {
    match declared {
        DeclaredCrs::Known(crs) => Ok(crs),
        DeclaredCrs::Unsaid => Ok(Crs::Wgs84),
        DeclaredCrs::Unknown(crs) => {
            let detail =
                format!("its reference system is {crs}; EPSG:4326, 3857 or 32646 to 32649 is needed");
            Err(place.fault(Problem::Unreadable { detail }))
        }
    }
}
