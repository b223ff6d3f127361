//! A zipped Shapefile in UTF-8, with what its format cannot hold beside it: whole names of fields and what the file is.
//!
//! Its table knows names of ten letters and texts of 254 bytes. `fields.csv` says which name stands for which
//! field; a longer text is cut at a whole letter. A feature without a place has no shape to be written and is left
//! out; `about.txt` says how many these are.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use ::shapefile::dbase::encoding::EncodingRs;
use ::shapefile::dbase::{Date, FieldName, FieldValue, Record, TableWriter, TableWriterBuilder};
use ::shapefile::{Point, Polygon, PolygonRing, Polyline, ShapeWriter};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Export;
use super::about::About;
use super::place::metres_or_degrees;
use crate::features::{Field, FieldKind, Shape, Table, Value};
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, Lang, MultiPolygon, Ring};

/// Bytes of a field's name, and of a text.
const NAME_BYTES_MAX: usize = 10;
const TEXT_BYTES_MAX: u8 = 254;
/// Of whole numbers and others: signs that 64 bits take, and decimals.
const INTEGER_DIGITS: u8 = 18;
const NUMBER_DIGITS: u8 = 20;
const NUMBER_DECIMALS: u8 = 9;

pub fn write(export: &Export<'_>, table: &Table, out: File) -> io::Result<File> {
    let names = short_names(&table.fields);
    let [mut shp, mut shx, mut dbf] = [tempfile::tempfile()?, tempfile::tempfile()?, tempfile::tempfile()?];
    let n_left_out = write_tables(export.options.crs, table, &names, [&shp, &shx, &dbf])?;
    let mut zip = ZipWriter::new(out);
    let id = &export.collection.id;
    for (extension, file) in [("shp", &mut shp), ("shx", &mut shx), ("dbf", &mut dbf)] {
        begin(&mut zip, &format!("{id}.{extension}"))?;
        file.rewind()?;
        io::copy(file, &mut zip)?;
    }
    for (name, text) in [
        (format!("{id}.prj"), export.options.crs.wkt()),
        (format!("{id}.cpg"), "UTF-8".to_owned()),
        ("fields.csv".to_owned(), field_map(&table.fields, &names)?),
        ("about.txt".to_owned(), told(export, n_left_out)),
    ] {
        begin(&mut zip, &name)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?)
}

type Output<'a, 'file> = &'a mut BufWriter<&'file File>;

/// Writes shapes, their index and records to the last byte. Returns how many rows have no place.
///
/// What is only dropped swallows the fault of its last write.
fn write_tables(crs: Crs, table: &Table, names: &[String], files: [&File; 3]) -> io::Result<usize> {
    let mut files = files.map(BufWriter::new);
    let n_left_out = {
        let [shp, shx, dbf] = &mut files;
        let mut shapes = ShapeWriter::with_shx(shp, shx);
        let mut records = builder(&table.fields, names).build_with_dest(dbf);
        let n_left_out = write_rows(crs, table, names, &mut shapes, &mut records)?;
        shapes.finalize().map_err(io::Error::other)?;
        records.finalize().map_err(io::Error::other)?;
        n_left_out
    };
    files.iter_mut().try_for_each(Write::flush)?;
    Ok(n_left_out)
}

fn begin(zip: &mut ZipWriter<impl Write + Seek>, name: &str) -> io::Result<()> {
    // Without the hour, so that equal rows make equal bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .large_file(true);
    Ok(zip.start_file(name, options)?)
}

/// Names of at most ten bytes, each once, in the order of the fields.
fn short_names(fields: &[Field]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let short = |field: &Field| {
        let mut short: String = field.name.chars().take(NAME_BYTES_MAX).collect();
        let mut nth = 1;
        while !taken.insert(short.clone()) {
            nth += 1;
            let digits = nth.to_string();
            short = field.name.chars().take(NAME_BYTES_MAX - digits.len()).chain(digits.chars()).collect();
        }
        short
    };
    fields.iter().map(short).collect()
}

fn builder(fields: &[Field], names: &[String]) -> TableWriterBuilder {
    let builder = TableWriterBuilder::with_encoding(EncodingRs::from(encoding_rs::UTF_8));
    fields.iter().zip(names).fold(builder, |builder, (field, name)| {
        let name = FieldName::try_from(name.as_str()).expect("ten ASCII letters are a name");
        match field.kind {
            FieldKind::Text => builder.add_character_field(name, TEXT_BYTES_MAX),
            FieldKind::Integer => builder.add_numeric_field(name, INTEGER_DIGITS, 0),
            FieldKind::Number => builder.add_numeric_field(name, NUMBER_DIGITS, NUMBER_DECIMALS),
            FieldKind::Boolean => builder.add_logical_field(name),
            FieldKind::Date => builder.add_date_field(name),
        }
    })
}

/// Returns how many rows have no place.
fn write_rows<'file>(
    crs: Crs,
    table: &Table,
    names: &[String],
    shapes: &mut ShapeWriter<Output<'_, 'file>>,
    records: &mut TableWriter<Output<'_, 'file>>,
) -> io::Result<usize> {
    let (mut values, mut n_left_out) = (Vec::new(), 0);
    let place = |at: GridPoint| {
        let [x, y] = metres_or_degrees(at, crs);
        Point::new(x, y)
    };
    for row in 0..table.len() {
        table.values(row, &mut values);
        let mut record = Record::default();
        for ((name, field), value) in names.iter().zip(&table.fields).zip(&values) {
            record.insert(name.clone(), field_value(field.kind, value));
        }
        match table.shape(row) {
            Shape::None => {
                n_left_out += 1;
                continue;
            }
            Shape::Point(at) => shapes.write_shape(&place(at)),
            Shape::Line(ends) => shapes.write_shape(&Polyline::new(ends.map(place).to_vec())),
            Shape::MultiPolygon(ground) => shapes.write_shape(&polygon(ground, place)),
        }
        .map_err(io::Error::other)?;
        records.write_record(&record).map_err(io::Error::other)?;
    }
    Ok(n_left_out)
}

fn polygon(ground: &MultiPolygon, place: impl Fn(GridPoint) -> Point) -> Polygon {
    let closed = |ring: &Ring| ring.iter().chain(ring.first()).map(|&at| place(at)).collect();
    let rings = ground.0.iter().flat_map(|polygon| {
        let holes = polygon.interiors.iter().map(|hole| PolygonRing::Inner(closed(hole)));
        std::iter::once(PolygonRing::Outer(closed(&polygon.exterior))).chain(holes)
    });
    Polygon::with_rings(rings.collect())
}

fn field_value(kind: FieldKind, value: &Value<'_>) -> FieldValue {
    match (kind, value) {
        (FieldKind::Text, Value::Text(text)) => FieldValue::Character(Some(cut(text).to_owned())),
        (FieldKind::Text, _) => FieldValue::Character(None),
        (FieldKind::Integer | FieldKind::Number, Value::Integer(number)) => {
            FieldValue::Numeric(Some(*number as f64))
        }
        (FieldKind::Integer | FieldKind::Number, Value::Number(number)) => FieldValue::Numeric(Some(*number)),
        (FieldKind::Integer | FieldKind::Number, _) => FieldValue::Numeric(None),
        (FieldKind::Boolean, Value::Boolean(truth)) => FieldValue::Logical(Some(*truth)),
        (FieldKind::Boolean, _) => FieldValue::Logical(None),
        (FieldKind::Date, Value::Date(day)) => {
            let (year, month, day) =
                (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
            FieldValue::Date(Date::new(day.into(), month.into(), year.into()).ok())
        }
        (FieldKind::Date, _) => FieldValue::Date(None),
    }
}

/// As much of a text as a field holds.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT_BYTES_MAX.into())]
}

fn field_map(fields: &[Field], names: &[String]) -> io::Result<String> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(["shapefile", "field", "title_mn", "title_en"])?;
    for (field, name) in fields.iter().zip(names) {
        writer.write_record([name, &field.name, field.title(Lang::Mn), field.title(Lang::En)])?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn told(export: &Export<'_>, n_left_out: usize) -> String {
    let lang = export.options.lang;
    let mut lines: Vec<String> =
        About::of(export).lines(lang).iter().map(|(label, words)| format!("{label}: {words}")).collect();
    if n_left_out > 0 {
        lines.push(match lang {
            Lang::Mn => format!("Байршилгүй тул ороогүй: {n_left_out}"),
            Lang::En => format!("Left out, as they have no place: {n_left_out}"),
        });
    }
    lines.push(String::new());
    lines.join("\r\n")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::features::Collection;
    use crate::model::Loaded;
    use crate::snapshot::Snapshot;

    /// Headers alone, which wait in memory until the end.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_though_only_the_last_bytes_find_it() {
        let snapshot = Arc::new(Snapshot::build(Loaded::default(), None, 10_000.0).expect("an empty city"));
        let table = Collection::find(&snapshot, "practices").expect("there").open(&snapshot);
        let names = short_names(&table.fields);
        let [shp, shx, dbf] = [(); 3].map(|()| tempfile::tempfile().expect("a file"));
        let full = File::options().write(true).open("/dev/full").expect("Linux has it");
        for files in [[&full, &shx, &dbf], [&shp, &full, &dbf], [&shp, &shx, &full]] {
            assert!(write_tables(Crs::Wgs84, &table, &names, files).is_err());
        }
        assert_eq!(write_tables(Crs::Wgs84, &table, &names, [&shp, &shx, &dbf]).expect("written"), 0);
    }
}
