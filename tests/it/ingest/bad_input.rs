//! What cannot be taken in is refused with words that tell what to mend.

use std::io::Write as _;
use std::path::Path;

use hlp_tracker::ingest::{Cause, Limits, Request};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::fixture;
use super::support::{cause, causes, plan, put, put_json, request, scratch};

/// Refuses `content` and returns cause and message.
fn refused(name: &str, content: impl AsRef<[u8]>) -> (Cause, String) {
    let folder = scratch();
    cause(plan(&request(&put(&folder, name, content))))
}

/// The clean cells with one coordinate of the sixth feature replaced.
fn with_coordinate(coordinate: &str) -> String {
    let mut cells = fixture::clean();
    cells[5]["geometry"]["coordinates"][0][0][3] = json!("HERE");
    cells.to_string().replace("\"HERE\"", coordinate)
}

fn with_cells(change: impl FnOnce(&mut Vec<Value>)) -> Value {
    let mut cells = fixture::clean();
    change(cells.as_array_mut().expect("an array"));
    cells
}

#[test]
fn an_empty_file_is_called_empty() {
    assert!(matches!(refused("a.geojson", "").0, Cause::Empty { .. }));
    assert!(matches!(refused("a.geojson", " \n\t").0, Cause::Empty { .. }));
}

#[test]
fn files_without_features_are_refused() {
    let collection = r#"{"type": "FeatureCollection", "features": []}"#;
    for content in ["[]", collection] {
        assert!(matches!(refused("a.geojson", content).0, Cause::NoFeatures { .. }), "{content}");
    }
}

#[test]
fn a_truncated_file_is_called_truncated_wherever_it_ends() {
    let whole = fixture::clean().to_string();
    for length in [1, 40, whole.len() / 2, whole.len() - 1] {
        let cut = String::from_utf8_lossy(&whole.as_bytes()[..length]).into_owned();
        let (cause, message) = refused("a.json", cut.trim_end_matches('\u{fffd}'));
        assert!(matches!(cause, Cause::Truncated { .. }), "{length}: {message}");
    }
}

#[test]
fn an_unknown_file_is_refused_with_the_kinds_that_are_read() {
    for (name, content) in [
        ("a.geojson", &b"id;name\n1;x"[..]),
        ("a.json", b"\x89PNG\r\n\x1a\n0000"),
        ("a.kml", b"<html><body/></html>"),
        ("a.geojson", b"\xff\xfe{\0}\0"),
    ] {
        let (cause, message) = refused(name, content);
        assert!(matches!(cause, Cause::UnknownKind { .. }), "{message}");
        assert!(message.contains(name) && message.contains("GeoJSON"), "{message}");
    }
}

#[test]
fn json_that_is_no_geojson_is_refused_with_what_it_is() {
    let (cause, message) = refused("a.json", r#"{"type": "Topology", "objects": {}, "arcs": []}"#);
    assert!(matches!(cause, Cause::Malformed { .. }), "{message}");
    assert!(message.contains("Topology"), "{message}");
    let (_, message) = refused("a.json", r#"[{"district": "Баянгол", "khoroo": 1}]"#);
    assert!(message.contains("geometry"), "{message}");
    let (_, message) = refused("a.json", r#"[{"district": "Баянгол" "khoroo": 1}]"#);
    assert!(message.contains("line 1 column"), "{message}");
}

#[test]
fn unreadable_files_are_named() {
    let folder = scratch();
    for path in [folder.path().join("missing.geojson"), folder.path().to_path_buf()] {
        let (cause, message) = cause(plan(&request(&path)));
        assert!(matches!(cause, Cause::Unreadable { .. }), "{message}");
        assert!(message.contains(&path.display().to_string()), "{message}");
    }
    assert!(matches!(
        cause(plan(&Request::new(Vec::new(), super::support::vintage("2022")))).0,
        Cause::NoFile
    ));
}

#[test]
fn every_bad_file_of_a_call_is_told() {
    let folder = scratch();
    let mut request = request(&put(&folder, "a.json", ""));
    request.files.push(put(&folder, "b.json", "x"));
    assert_eq!(causes(plan(&request)).len(), 2);
}

#[test]
fn numbers_that_are_none_are_refused_as_coordinates() {
    for (coordinate, expected) in [
        ("[NaN, 47.9]", "NaN"),
        ("[106.9, Infinity]", "Infinity"),
        ("[1e999, 47.9]", "out of range"),
        ("[null, 47.9]", "after 5 features"),
        ("[\"106.9\", 47.9]", "after 5 features"),
    ] {
        let (cause, message) = refused("a.json", with_coordinate(coordinate));
        assert!(matches!(cause, Cause::Malformed { .. }), "{coordinate}: {message}");
        assert!(message.contains(expected), "{coordinate}: {message}");
    }
    // KML writes numbers as text, so there they do arrive.
    let (cause, message) = refused("a.kml", kml("Баянгол", 1, "106.9,47.9 NaN,47.9 106.9,48 106.9,47.9"));
    assert!(matches!(cause, Cause::NotFinite { .. }), "{message}");
}

fn kml(district: &str, number: u32, coordinates: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>
        <name>{number}</name><ExtendedData><Data name="district"><value>{district}</value></Data></ExtendedData>
        <Polygon><outerBoundaryIs><LinearRing><coordinates>{coordinates}</coordinates></LinearRing></outerBoundaryIs>
        </Polygon></Placemark></Document></kml>"#
    )
}

#[test]
fn coordinates_outside_the_world_or_the_city_are_refused_with_feature_and_value() {
    let (cause, message) = refused("a.json", with_coordinate("[106.9, 470.9]"));
    assert!(matches!(cause, Cause::OutOfRange { .. }), "{message}");
    assert!(message.contains("feature 6") && message.contains("470.9"), "{message}");
    // One vertex at 0, 0 in an otherwise good file: no hint, the rest is where it should be.
    let (cause, message) = refused("a.json", with_coordinate("[0, 0]"));
    assert!(matches!(cause, Cause::WrongPlace { .. }), "{message}");
    assert!(!message.contains("looks like"), "{message}");
}

#[test]
fn a_single_feature_with_its_axes_swapped_is_told_so() {
    let mut cells = fixture::clean();
    cells[5] = moved(&Value::Array(vec![cells[5].clone()]), |lon, lat| (lat, lon))[0].clone();
    let folder = scratch();
    let (cause, message) = cause(plan(&request(&put_json(&folder, "a.json", &cells))));
    assert!(matches!(cause, Cause::OutOfRange { .. } | Cause::WrongPlace { .. }), "{message}");
    assert!(message.contains("feature 6") && message.contains("[lat, lon] order"), "{message}");
}

#[test]
fn swapped_axes_and_wrong_systems_are_refused_with_what_they_look_like() {
    use hlp_tracker::geometry::projection::Crs;
    type Change = fn(f64, f64) -> (f64, f64);
    let table: [(&str, Change); 5] = [
        ("[lat, lon] order", |lon, lat| (lat, lon)),
        ("--crs EPSG:3857", |lon, lat| Crs::WebMercator.from_degrees(lon, lat)),
        ("--crs EPSG:32648", |lon, lat| Crs::Utm(48).from_degrees(lon, lat)),
        ("--crs EPSG:32647", |lon, lat| Crs::Utm(47).from_degrees(lon, lat)),
        ("northing first", |lon, lat| {
            let (x, y) = Crs::Utm(48).from_degrees(lon, lat);
            (y, x)
        }),
    ];
    for (hint, change) in table {
        let cells = moved(&fixture::clean(), change);
        let folder = scratch();
        let file = put_json(&folder, "a.json", &cells);
        let causes = causes(plan(&request(&file)));
        assert!(
            causes[..3].iter().all(|c| matches!(c, Cause::OutOfRange { .. } | Cause::WrongPlace { .. })),
            "{hint}"
        );
        assert_eq!(
            causes[3].to_string(),
            format!("`{}`: 9 more features are in a wrong place", file.display())
        );
        assert!(causes[0].to_string().contains(hint), "{hint}: {}", causes[0]);
        assert_eq!(causes.len(), 4, "a wrong system is told once, not for every feature");
    }
}

#[test]
fn the_system_that_the_hint_names_is_the_one_that_works() {
    use hlp_tracker::geometry::projection::Crs;
    let folder = scratch();
    let cells = moved(&fixture::clean(), |lon, lat| Crs::Utm(48).from_degrees(lon, lat));
    let mut request = request(&put_json(&folder, "a.json", &cells));
    request.crs = Some(Crs::Utm(48));
    assert_eq!(super::support::accepted(plan(&request)).report.units, 12);
    request.crs = Some(Crs::Utm(49));
    let message = causes(plan(&request))[0].to_string();
    assert!(message.contains("--crs EPSG:32648"), "{message}");
}

/// Every vertex moved.
fn moved(cells: &Value, change: impl Fn(f64, f64) -> (f64, f64)) -> Value {
    let mut cells = cells.clone();
    for cell in cells.as_array_mut().expect("an array") {
        for vertex in cell["geometry"]["coordinates"][0][0].as_array_mut().expect("a ring") {
            let (x, y) = change(vertex[0].as_f64().expect("lon"), vertex[1].as_f64().expect("lat"));
            *vertex = json!([x, y]);
        }
    }
    cells
}

#[test]
fn a_system_that_is_not_supported_is_named() {
    let collection = json!({
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28418"}},
        "features": [{"type": "Feature", "properties": {"district": "БГД", "number": 1},
            "geometry": fixture::clean()[0]["geometry"]}],
    });
    let (cause, message) = refused("a.geojson", collection.to_string());
    assert!(matches!(cause, Cause::UnknownCrs { .. }), "{message}");
    assert!(message.contains("28418"), "{message}");
}

#[test]
fn a_khoroo_described_twice_names_both_features() {
    let cells = with_cells(|cells| cells[6]["khoroo_number"] = json!(1));
    let (cause, message) = refused("a.json", cells.to_string());
    assert!(matches!(cause, Cause::Duplicate { .. }), "{message}");
    assert!(
        message.contains("bzd-1") && message.contains("feature 5") && message.contains("feature 7"),
        "{message}"
    );
}

#[test]
fn an_unknown_district_is_refused_with_the_known_ones() {
    let cells = with_cells(|cells| cells[6]["district"] = json!("Дархан"));
    let (cause, message) = refused("a.json", cells.to_string());
    assert!(matches!(cause, Cause::UnknownDistrict { .. }), "{message}");
    for part in ["feature 7", "`district`", "`Дархан`", "Сонгинохайрхан (skhd)"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn a_number_that_is_none_names_feature_column_and_value() {
    let cells = with_cells(|cells| cells[6]["khoroo_number"] = json!("арав"));
    let (cause, message) = refused("a.json", cells.to_string());
    assert!(matches!(cause, Cause::BadValue { .. }), "{message}");
    for part in ["feature 7", "`khoroo_number`", "`арав`"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn one_khoroo_fewer_than_expected_is_refused_with_the_likely_one() {
    let folder = scratch();
    let cells = with_cells(|cells| drop(cells.remove(5)));
    let mut request = request(&put_json(&folder, "a.json", &cells));
    request.expect = Some(12);
    let (cause, message) = cause(plan(&request));
    assert!(matches!(cause, Cause::WrongCount { found: 11, expected: 12, .. }), "{message}");
    assert!(message.contains("bzd-2"), "{message}");
}

#[test]
fn without_usual_columns_the_error_lists_what_there_is_and_map_helps() {
    let folder = scratch();
    let cells = with_cells(|cells| {
        for cell in cells {
            *cell =
                json!({"a": cell["khoroo_number"], "b": cell["khoroo_number"], "geometry": cell["geometry"]});
        }
    });
    let file = put_json(&folder, "a.json", &cells);
    let causes = causes(plan(&request(&file)));
    let messages: Vec<String> = causes.iter().map(ToString::to_string).collect();
    assert_eq!(causes.len(), 2, "{messages:?}");
    assert!(
        messages[0].contains("`a`, `b`") && messages[0].contains("--map district=COLUMN"),
        "{messages:?}"
    );
    let mut request = request(&file);
    request.map = hlp_tracker::ingest::parse_map("number=c").expect("a map");
    let (cause, message) = cause(plan(&request));
    assert!(matches!(cause, Cause::NoSuchColumn { .. }), "{message}");
}

#[test]
fn lines_and_points_are_no_boundaries() {
    let cells =
        with_cells(|cells| cells[3]["geometry"] = json!({"type": "Point", "coordinates": [106.9, 47.9]}));
    let (cause, message) = refused("a.json", cells.to_string());
    assert!(matches!(cause, Cause::NotAnArea { .. }), "{message}");
    let cells = with_cells(|cells| cells[3]["geometry"] = Value::Null);
    assert!(matches!(refused("a.json", cells.to_string()).0, Cause::NoGeometry { .. }));
    let flat = json!({"type": "Polygon", "coordinates": [[[106.9, 47.9], [106.91, 47.9], [106.9, 47.9]]]});
    let cells = with_cells(|cells| cells[3]["geometry"] = flat);
    assert!(matches!(refused("a.json", cells.to_string()).0, Cause::NoArea { .. }));
}

fn zip_of(path: &Path, entries: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).expect("a file"));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content).expect("room");
    }
    zip.finish().expect("an archive");
}

#[test]
fn a_zip_bomb_is_refused_before_it_unpacks() {
    let folder = scratch();
    let path = folder.path().join("bomb.zip");
    zip_of(&path, &[("a.json", &vec![b' '; 64 << 20])]);
    let (cause, message) = cause(plan(&request(&path)));
    assert!(matches!(cause, Cause::ZipBomb { unpacked_bytes: 67_108_864, .. }), "{message}");
}

#[test]
fn an_archive_of_many_or_of_other_files_is_refused() {
    let folder = scratch();
    let path = folder.path().join("many.zip");
    let names: Vec<String> = (0..5000).map(|i| format!("{i}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    zip_of(&path, &entries);
    assert!(matches!(cause(plan(&request(&path))).0, Cause::TooLarge { .. }));
    zip_of(&path, &entries[..3]);
    assert!(matches!(cause(plan(&request(&path))).0, Cause::UnknownKind { .. }));
    let whole = std::fs::read(&path).expect("the archive");
    let cut = put(&folder, "cut.zip", &whole[..whole.len() - 30]);
    assert!(matches!(cause(plan(&request(&cut))).0, Cause::Truncated { .. }));
}

/// An archive that is little but its list: so many entries without names, and the records that end it.
fn bare_list(n_entries: u64, is_zip64: bool) -> Vec<u8> {
    let mut bytes = [b"PK\x03\x04".as_slice(), &[0; 26]].concat();
    let list_at = bytes.len() as u64;
    for _ in 0..n_entries {
        bytes.extend([b"PK\x01\x02".as_slice(), &[0; 42]].concat());
    }
    let end_at = bytes.len() as u64;
    let (n_short, size_short, at_short) = if is_zip64 {
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for number in [n_entries, n_entries, end_at - list_at, list_at] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([b"PK\x06\x07".as_slice(), &[0; 4], &end_at.to_le_bytes(), &[1, 0, 0, 0]].concat());
        (u16::MAX, u32::MAX, u32::MAX)
    } else {
        (n_entries as u16, (end_at - list_at) as u32, list_at as u32)
    };
    bytes.extend([b"PK\x05\x06".as_slice(), &[0; 4]].concat());
    bytes.extend([n_short.to_le_bytes(), n_short.to_le_bytes()].concat());
    bytes.extend([size_short.to_le_bytes(), at_short.to_le_bytes()].concat());
    bytes.extend([0; 2]);
    bytes
}

#[test]
fn a_list_of_entries_is_refused_before_it_is_read() {
    let folder = scratch();
    let too_large = |name: &str, bytes: Vec<u8>| {
        let (cause, message) = cause(plan(&request(&put(&folder, name, bytes))));
        let Cause::TooLarge { what, found, .. } = cause else { panic!("{message}") };
        (what, found)
    };
    // Told by the record at the end; what the list itself holds is not looked at.
    let mut told = bare_list(60_000, false);
    told[30..30 + 60_000 * 46].fill(0xff);
    assert_eq!(too_large("told.zip", told), ("number of entries", 60_000));
    let (what, found) = too_large("zip64.zip", bare_list(200_000, true));
    assert_eq!(what, "bytes of its list of entries");
    assert!(found < 200_000 * 46, "{found}");
}

#[test]
fn a_file_of_two_gigabytes_is_refused_by_its_size() {
    let folder = scratch();
    let path = folder.path().join("huge.geojson");
    std::fs::File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a sparse file");
    let (cause, message) = cause(plan(&request(&path)));
    assert!(matches!(cause, Cause::TooLarge { found: 2_147_483_648, .. }), "{message}");
}

#[test]
fn each_limit_holds_one_below_and_refuses_one_above() {
    let folder = scratch();
    let text = fixture::clean().to_string();
    let file = put(&folder, "a.json", &text);
    let n_vertices = 12 * 25;
    let at_limit = Limits {
        file_bytes: text.len() as u64,
        features: 12,
        vertices: n_vertices,
        columns: 3,
        ..Limits::default()
    };
    let with = |limits| {
        let mut request = request(&file);
        request.limits = limits;
        plan(&request)
    };
    assert!(with(at_limit).is_ok());
    for over in [
        Limits { file_bytes: at_limit.file_bytes - 1, ..at_limit },
        Limits { features: 11, ..at_limit },
        Limits { vertices: n_vertices - 1, ..at_limit },
        Limits { columns: 2, ..at_limit },
        Limits { attribute_bytes: 300, ..at_limit },
        Limits { feature_bytes: 300, ..at_limit },
    ] {
        let (cause, message) = cause(with(over));
        assert!(matches!(cause, Cause::TooLarge { .. }), "{over:?}: {message}");
    }
}

#[test]
fn control_characters_in_what_is_stored_are_refused_and_line_ends_become_spaces() {
    let named = |name: &str| with_cells(|cells| cells[6]["name_en"] = json!(name)).to_string();
    for name in ["Ya\0rmag", "Ya\u{1}rmag", "Ya\u{7f}rmag"] {
        let (cause, message) = refused("a.json", named(name));
        assert!(matches!(cause, Cause::ControlCharacter { .. }), "{message}");
        for part in ["feature 7", "`name_en`", "holds a control character"] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert!(!message.contains(char::is_control), "{message:?}");
    }
    let folder = scratch();
    let file = put(&folder, "a.json", named("Old\tYarmag\r\nEast"));
    let plan = super::support::accepted(plan(&request(&file)));
    let names: Vec<_> = super::support::khoroos(&plan).into_values().filter_map(|k| k.name_en).collect();
    assert_eq!(names, ["Old Yarmag East"]);
}

#[test]
fn numbers_from_ten_thousand_on_are_read_where_the_column_is_for_numbers() {
    let renamed = |column: &str| {
        let cells = fixture::clean();
        let large = |cell: &Value| {
            let number = cell["khoroo_number"].as_u64().expect("a number") + 10_000;
            json!({"district": cell["district"], column: number, "geometry": cell["geometry"]})
        };
        cells.as_array().expect("an array").iter().map(large).collect::<Value>().to_string()
    };
    let folder = scratch();
    let plan = super::support::accepted(plan(&request(&put(&folder, "a.json", renamed("khoroo_number")))));
    assert!(super::support::khoroos(&plan).contains_key("bzd-10001"));
    let (cause, message) = refused("b.json", renamed("дугаар"));
    assert!(matches!(cause, Cause::NoColumn { field: "number", .. }), "{message}");
    assert!(message.contains("--map number=дугаар"), "{message}");
}

#[test]
fn a_place_elsewhere_is_told_by_what_is_known() {
    let (_, message) = refused("a.json", with_coordinate("[100.0, 20.0]"));
    assert!(message.contains("is not where Ulaanbaatar lies (longitude"), "{message}");
    let folder = scratch();
    let first = super::support::accepted(plan(&request(&put_json(&folder, "a.json", &fixture::clean()))));
    let store = super::support::applied(&hlp_tracker::model::Loaded::default(), &first);
    let elsewhere = put(&folder, "b.json", with_coordinate("[100.0, 20.0]"));
    let (_, message) = cause(super::support::plan_into(&store, &request(&elsewhere)));
    assert!(message.contains("is not where Ulaanbaatar and the boundaries of this store lie"), "{message}");
}

#[test]
fn only_columns_that_say_something_are_told() {
    let folder = scratch();
    let coded = with_cells(|cells| {
        for (i, cell) in cells.iter_mut().enumerate() {
            cell["code"] = json!(format!("{i}-x"));
        }
    });
    let report = super::support::accepted(plan(&request(&put_json(&folder, "a.json", &coded)))).report;
    assert!(!report.columns.contains_key("land_code"), "{:?}", report.columns);
    let cadastral = with_cells(|cells| cells[6]["code"] = json!("0110751"));
    let report = super::support::accepted(plan(&request(&put_json(&folder, "b.json", &cadastral)))).report;
    assert_eq!(report.columns["land_code"], "code");
}
