//! Shapefiles: `.shp` with the `.dbf` beside it, `.prj` and `.cpg` if they are there.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use shapefile::dbase::encoding::{DynEncoding, EncodingRs};
use shapefile::dbase::{self, CodePageMark, FieldValue};
use shapefile::{PolygonRing, Shape};

use super::{Context, Feature, Kind, Layer, RawPolygon, RawRing, name_of, number_text};
use crate::geometry::declared::DeclaredCrs;
use crate::geometry::ring::sides;
use crate::ingest::cause::{Cause, FeatureRef};

/// Texts of `.prj` and `.cpg` are a few hundred bytes; more is not read.
const SIDECAR_BYTES: u64 = 64 << 10;

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let file = context.file;
    let open = |path: &Path| {
        File::open(path)
            .map(BufReader::new)
            .map_err(|e| Cause::Unreadable { file: name_of(path), detail: e.to_string() })
    };
    let dbf = part(file, "dbf").ok_or_else(|| Cause::MissingPart {
        file: name_of(file),
        missing: name_of(&file.with_extension("dbf")),
    })?;
    let size_bytes = std::fs::metadata(&dbf).map_or(0, |m| m.len());
    if size_bytes > context.budget.limits.file_bytes {
        let limit = context.budget.limits.file_bytes;
        return Err(Cause::TooLarge { file: name_of(&dbf), what: "size in bytes", found: size_bytes, limit });
    }
    let text = |extension| -> Result<Option<String>, Cause> {
        let Some(path) = part(file, extension) else { return Ok(None) };
        let mut bytes = Vec::new();
        open(&path)?
            .take(SIDECAR_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|e| Cause::Unreadable { file: name_of(&path), detail: e.to_string() })?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    };
    let parts = Parts { shp: open(file)?, dbf: open(&dbf)?, prj: text("prj")?, cpg: text("cpg")? };
    read_parts(context, None, parts)
}

/// The pieces of one Shapefile, wherever they are kept.
pub struct Parts<R> {
    pub shp: R,
    pub dbf: R,
    pub prj: Option<String>,
    pub cpg: Option<String>,
}

/// The file with the same stem and this extension, in either case.
fn part(file: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_ascii_uppercase()]
        .iter()
        .map(|extension| file.with_extension(extension))
        .find(|path| path.is_file())
}

/// Reads shapes and rows side by side; `name` is the layer's where the file has several.
pub fn read_parts<R: Read + Seek>(
    context: Context<'_>,
    name: Option<String>,
    parts: Parts<R>,
) -> Result<Layer, Cause> {
    let Context { file, budget, .. } = context;
    let mut shapes = shapefile::ShapeReader::new(parts.shp).map_err(|e| explain(file, &e))?;
    let mut table = table(file, parts.dbf, parts.cpg.as_deref())?;
    let columns: Vec<String> = table.fields().iter().map(|field| field.name().to_owned()).collect();
    budget.admit_columns(file, columns.len())?;
    let mut rows = table.iter_records();
    let mut features = Vec::new();
    for (index, shape) in shapes.iter_shapes().enumerate() {
        let at = || FeatureRef {
            file: name_of(file).into(),
            layer: name.as_deref().map(Into::into),
            position: index + 1,
        };
        let shape = shape.map_err(|e| explain(file, &e))?;
        let row = rows
            .next()
            .ok_or_else(|| Cause::Truncated {
                file: name_of(file),
                detail: format!("the table has {index} rows, fewer than there are shapes"),
            })?
            .map_err(|e| Cause::Malformed {
                file: name_of(file),
                detail: format!("table row {}: {e}", index + 1),
            })?;
        let rings = rings(&shape).map_err(|kind| match kind {
            "empty shape" => Cause::NoGeometry { at: at() },
            kind => Cause::NotAnArea { at: at(), kind: kind.to_owned() },
        })?;
        let feature = Feature {
            values: columns.iter().map(|column| row.get(column).and_then(text)).collect(),
            polygons: assemble(rings),
        };
        budget.admit(file, &feature)?;
        features.push(feature);
    }
    let crs = parts.prj.as_deref().map_or(DeclaredCrs::Unsaid, DeclaredCrs::of_wkt);
    Ok(Layer { file: file.to_path_buf(), kind: Kind::Shapefile, name, crs, columns, features })
}

/// Opens the table with the encoding that `.cpg` says, else the one its header says, else UTF-8 if all
/// of it is, else Windows-1251: tables without a word on it come from Cyrillic desktops here.
fn table<R: Read + Seek>(file: &Path, mut dbf: R, cpg: Option<&str>) -> Result<dbase::Reader<R>, Cause> {
    let malformed = |detail: String| Cause::Malformed { file: name_of(file), detail };
    let said = match cpg.map(str::trim).filter(|cpg| !cpg.is_empty()) {
        Some(cpg) => {
            Some(encoding(cpg).ok_or_else(|| malformed(format!("encoding `{cpg}` of the .cpg is unknown")))?)
        }
        None if code_page_mark(&mut dbf).map_err(|e| malformed(e.to_string()))? => None,
        None => Some(if is_utf8(&mut dbf).map_err(|e| malformed(e.to_string()))? {
            encoding_rs::UTF_8
        } else {
            encoding_rs::WINDOWS_1251
        }),
    };
    let builder = match said {
        Some(encoding) => {
            dbase::ReaderBuilder::new().with_encoding(DynEncoding::from(EncodingRs::from(encoding)))
        }
        None => dbase::ReaderBuilder::new(),
    };
    builder.build(dbf).map_err(|e| malformed(format!("table: {e}")))
}

/// The encoding of a `.cpg`: `UTF-8`, `1251`, `CP1251`, `ANSI 1251`, `windows-1251`, `65001` …
fn encoding(cpg: &str) -> Option<&'static encoding_rs::Encoding> {
    let name = cpg.trim_start_matches('\u{feff}').trim().to_ascii_lowercase();
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    match digits.as_str() {
        "65001" | "8" => return Some(encoding_rs::UTF_8),
        "88591" => return Some(encoding_rs::WINDOWS_1252),
        _ => {}
    }
    let labels = [name.clone(), format!("windows-{digits}"), format!("ibm{digits}")];
    labels.iter().find_map(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
}

/// True when the header names a code page (byte 29 is its mark), then rewinds.
fn code_page_mark(dbf: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let mut header = [0; 32];
    dbf.read_exact(&mut header)?;
    dbf.rewind()?;
    Ok(!matches!(CodePageMark::from(header[29]), CodePageMark::Undefined | CodePageMark::Invalid))
}

/// True when the whole table, rows included, is valid UTF-8 after its binary header; then rewinds.
fn is_utf8(dbf: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    let mut header = [0; 32];
    dbf.read_exact(&mut header)?;
    let rows_start = u64::from(u16::from_le_bytes([header[8], header[9]]));
    dbf.seek(std::io::SeekFrom::Start(rows_start))?;
    let mut tail: Vec<u8> = Vec::new();
    let mut buffer = [0; 16 << 10];
    let valid = loop {
        let n = dbf.read(&mut buffer)?;
        if n == 0 {
            break tail.is_empty();
        }
        tail.extend_from_slice(&buffer[..n]);
        match std::str::from_utf8(&tail) {
            Ok(_) => tail.clear(),
            // A character cut by the end of the buffer.
            Err(e) if e.error_len().is_none() => drop(tail.drain(..e.valid_up_to())),
            Err(_) => break false,
        }
    };
    dbf.rewind()?;
    Ok(valid)
}

fn text(value: &FieldValue) -> Option<String> {
    match value {
        FieldValue::Character(text) => text.clone(),
        FieldValue::Memo(text) => Some(text.clone()),
        FieldValue::Numeric(number) => number.map(number_text),
        FieldValue::Float(number) => number.map(|n| number_text(f64::from(n))),
        FieldValue::Double(number) | FieldValue::Currency(number) => Some(number_text(*number)),
        FieldValue::Integer(number) => Some(number.to_string()),
        FieldValue::Logical(value) => value.map(|v| v.to_string()),
        FieldValue::Date(_) | FieldValue::DateTime(_) => None,
    }
}

/// Outer rings, then inner rings, as the directions say.
type Sorted = (Vec<RawRing>, Vec<RawRing>);

fn rings(shape: &Shape) -> Result<Sorted, &'static str> {
    fn sort<P>(rings: &[PolygonRing<P>], xy: impl Fn(&P) -> [f64; 2]) -> Sorted {
        let (mut outer, mut inner) = (Vec::new(), Vec::new());
        for ring in rings {
            let points = ring.points().iter().map(&xy).collect();
            if matches!(ring, PolygonRing::Outer(_)) { outer.push(points) } else { inner.push(points) }
        }
        (outer, inner)
    }
    Ok(match shape {
        Shape::Polygon(polygon) => sort(polygon.rings(), |p| [p.x, p.y]),
        Shape::PolygonM(polygon) => sort(polygon.rings(), |p| [p.x, p.y]),
        Shape::PolygonZ(polygon) => sort(polygon.rings(), |p| [p.x, p.y]),
        Shape::NullShape => return Err("empty shape"),
        Shape::Polyline(_) | Shape::PolylineM(_) | Shape::PolylineZ(_) => return Err("line"),
        Shape::Multipatch(_) => return Err("multipatch"),
        _ => return Err("point"),
    })
}

/// Gives each hole to the smallest outer ring around it. A shape without any outer ring was wound the
/// wrong way round: all its rings are outer then, and so is a hole that lies in no outer ring.
fn assemble((outer, inner): Sorted) -> Vec<RawPolygon> {
    let (outer, inner) = if outer.is_empty() { (inner, outer) } else { (outer, inner) };
    let mut polygons: Vec<RawPolygon> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in inner {
        let around = |polygon: &&mut RawPolygon| hole.first().is_some_and(|p| contains(&polygon[0], *p));
        let smallest =
            polygons.iter_mut().filter(around).min_by(|a, b| area(&a[0]).abs().total_cmp(&area(&b[0]).abs()));
        match smallest {
            Some(polygon) => polygon.push(hole),
            None => polygons.push(vec![hole]),
        }
    }
    polygons
}

/// Signed area in square units of the coordinates.
fn area(ring: &RawRing) -> f64 {
    sides(ring).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

/// True when a ray from the point crosses the ring an odd number of times.
fn contains(ring: &RawRing, [x, y]: [f64; 2]) -> bool {
    let crosses = |(a, b): &([f64; 2], [f64; 2])| {
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    };
    sides(ring).filter(crosses).count() % 2 == 1
}

fn explain(file: &Path, error: &shapefile::Error) -> Cause {
    let file = name_of(file);
    match error {
        shapefile::Error::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            Cause::Truncated { file, detail: "a shape is cut off".into() }
        }
        e => Cause::Malformed { file, detail: e.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_known_by_the_names_that_programs_write() {
        for name in ["UTF-8", "utf8", "65001", "\u{feff}UTF-8\r\n"] {
            assert_eq!(encoding(name), Some(encoding_rs::UTF_8), "{name}");
        }
        for name in ["1251", "CP1251", "cp1251", "ANSI 1251", "windows-1251"] {
            assert_eq!(encoding(name), Some(encoding_rs::WINDOWS_1251), "{name}");
        }
        assert_eq!(encoding("866"), Some(encoding_rs::IBM866));
        assert_eq!(encoding("nonsense"), None);
    }

    #[test]
    fn holes_go_to_the_smallest_ring_around_them() {
        let square = |from: f64, to: f64| vec![[from, from], [from, to], [to, to], [to, from], [from, from]];
        let polygons =
            assemble((vec![square(0.0, 10.0), square(3.0, 7.0)], vec![square(4.0, 5.0), square(1.0, 2.0)]));
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(polygons[1][1], square(4.0, 5.0));
        assert_eq!(assemble((Vec::new(), vec![square(0.0, 1.0)])).len(), 1);
    }
}
