//! Landmarks: which tables are taken, what is refused and where, and how they are found.

use std::path::Path;

use hlp_tracker::orientation::landmarks;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{Site, collection, geopackage, home};

const TABLE: &str = "name_mn,name_en,lon,lat,kind,address\n\
    Улсын их дэлгүүр,State Department Store,106.9057,47.9166,дэлгүүр,\"Энхтайваны өргөн чөлөө 44\"\n\
    Гандантэгчинлэн хийд,Gandan Monastery,106.8953,47.9229,хийд,\n\
    Хүүхдийн эмнэлэг,,106.9300,47.9200,эмнэлэг,БЗД 26\n\
    Баянзүрх,Bayanzurkh Market,106.9700,47.9150,зах,\n\
    Хотоос гадуур,Outside,106.4000,47.3500,,\n";

fn written(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> std::path::PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).expect("writes");
    file
}

#[track_caller]
fn refused(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    landmarks(&written(folder, name, text)).expect_err("refused").to_string()
}

async fn found(site: &Site, q: &str, more: &str) -> Vec<Value> {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let answer = site.json(&format!("/api/v1/search?q={q}&limit=100{more}")).await;
    answer["items"].as_array().expect("items").clone()
}

#[tokio::test]
async fn a_landmark_is_found_in_either_script_with_the_khoroo_that_holds_it() {
    let home = home();
    let site = Site::with(None, Some(&written(home.path(), "landmarks.csv", TABLE)));
    for (q, title) in [
        ("улсын их", "State Department Store"),
        ("ulsiin ih delguur", "State Department Store"),
        ("department store", "State Department Store"),
        ("gandan", "Gandan Monastery"),
        ("гандан", "Gandan Monastery"),
        ("huuhdiin emneleg", "Хүүхдийн эмнэлэг"),
        ("энхтайваны 44", "State Department Store"),
    ] {
        let all = found(&site, q, "&kind=landmark&lang=en").await;
        assert_eq!(all.first().map(|hit| hit["title"].clone()), Some(json!(title)), "{q}: {all:?}");
    }
    let all = found(&site, "gandan", "&lang=mn").await;
    let hit = all.iter().find(|hit| hit["kind"] == "landmark").expect("found among all kinds");
    assert_eq!(hit["title"], "Гандантэгчинлэн хийд");
    assert_eq!(hit["category"], "хийд");
    assert_eq!(hit["point"], json!([106.8953, 47.9229]));
    let at = site.json("/api/v1/khoroos-at?lon=106.8953&lat=47.9229").await;
    assert_eq!(hit["khoroo"], format!("2022:{}", at["code"].as_str().expect("a code")));
    assert_eq!(hit["district"], at["district"]);
    assert_eq!(hit["vintage"], "2022");

    // A kind finds all of its kind, and what stands on nobody's ground is found too.
    assert_eq!(found(&site, "эмнэлэг", "&kind=landmark").await.len(), 1);
    let outside = found(&site, "гадуур", "&kind=landmark").await;
    assert_eq!((&outside[0]["khoroo"], &outside[0]["district"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn of_equal_fits_units_come_before_landmarks() {
    let home = home();
    let site = Site::with(None, Some(&written(home.path(), "landmarks.csv", TABLE)));
    let all = found(&site, "баянзүрх", "").await;
    let exact: Vec<_> =
        all.iter().filter(|hit| hit["match"] == "exact").map(|hit| hit["kind"].clone()).collect();
    assert_eq!(exact, ["district", "landmark"], "{all:?}");
    assert_eq!(found(&site, "баянзүрх", "&kind=landmark").await.len(), 1);
    assert!(
        found(&site, "баянзүрх", "&kind=district,khoroo").await.iter().all(|hit| hit["kind"] != "landmark")
    );
}

#[test]
fn every_kind_of_table_gives_the_same_landmarks() {
    let home = home();
    let csv = landmarks(&written(home.path(), "a.csv", TABLE)).expect("a table").rows;
    let semicolons = TABLE.replace(',', ";").replace("Mongolia;", "");
    let mut excel = vec![0xef, 0xbb, 0xbf];
    excel.extend(semicolons.as_bytes());
    assert_eq!(landmarks(&written(home.path(), "b.csv", excel)).expect("a table").rows, csv);

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["Нэр", "Нэр (англи)", "Уртраг", "Өргөрөг", "Төрөл", "Хаяг"];
    sheet.write_row(0, 0, heads).expect("heads");
    for (row, line) in (1..).zip(TABLE.lines().skip(1)) {
        for (column, cell) in (0..).zip(line.split(',')) {
            let cell = cell.trim_matches('"');
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).map(|_| ()).expect("a number"),
                Err(_) if cell.is_empty() => {}
                Err(_) => sheet.write_string(row, column, cell).map(|_| ()).expect("a text"),
            }
        }
    }
    let xlsx = written(home.path(), "c.xlsx", book.save_to_buffer().expect("a workbook"));
    assert_eq!(landmarks(&xlsx).expect("a workbook").rows, csv);

    let features: Vec<(Value, Value)> = csv
        .iter()
        .map(|row| {
            (
                json!({ "type": "Point", "coordinates": [row.at.lon(), row.at.lat()] }),
                json!({ "name": row.name_mn, "name_en": row.name_en, "kind": row.kind, "address": row.address }),
            )
        })
        .collect();
    let all = collection(&features);
    assert_eq!(landmarks(&written(home.path(), "d.geojson", all.to_string())).expect("features").rows, csv);
    for (name, crs) in [("e.gpkg", "EPSG:4326"), ("f.gpkg", "EPSG:32648")] {
        let rows =
            landmarks(&geopackage(home.path(), name, &[("sights", crs, all.clone())])).expect("rows").rows;
        assert_eq!(rows.len(), csv.len());
        for (own, expected) in rows.iter().zip(&csv) {
            assert_eq!(
                (&own.name_mn, &own.name_en, &own.address),
                (&expected.name_mn, &expected.name_en, &expected.address)
            );
            assert!((own.at.x - expected.at.x).abs() <= 2 && (own.at.y - expected.at.y).abs() <= 2);
        }
    }
}

#[test]
fn a_faulty_row_refuses_the_table_with_row_and_column() {
    let home = home();
    let said = refused(
        home.path(),
        "landmarks.csv",
        "name,lon,lat\nЗах,106.9,47.9\n,106.9,47.9\nХийд,47.9,106.9\nХүүхэд,abc,47.9\nЗах,106.9,47.9\n—,106.9,47.8\n",
    );
    for words in [
        "landmarks.csv` row 3 column A \"name\": is required",
        "row 4 column C \"lat\": `106.9` is out of range; allowed: -90 to 90",
        "row 5 column B \"lon\": `abc` is not decimal degrees",
        "row 6: `Зах` at 106.9, 47.9 stands already in `",
        "landmarks.csv` row 2",
        "row 7 column A \"name\": `—` is not a name with letters or digits",
    ] {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    assert!(refused(home.path(), "b.csv", "name,lon\nЗах,106.9\n").contains("Latitude` is missing"));
    assert!(refused(home.path(), "c.csv", "").contains("is empty"));
    assert!(refused(home.path(), "d.csv", "name,lon,lat\nА\u{1}Б,106.9,47.9\n").contains("d.csv"));
    assert!(
        refused(home.path(), "e.geojson", "{\"type\":\"Point\",\"coordinates\":[1,2]}")
            .contains("FeatureCollection")
    );
    let line = collection(&[(
        json!({ "type": "LineString", "coordinates": [[1, 2], [3, 4]] }),
        json!({ "name": "x" }),
    )]);
    assert!(
        refused(home.path(), "f.geojson", line.to_string())
            .contains("row 1: is not a point; its geometry is LineString")
    );
    let control = collection(&[(
        json!({ "type": "Point", "coordinates": [106.9, 47.9] }),
        json!({ "name": "a\u{7}b" }),
    )]);
    assert!(refused(home.path(), "g.geojson", control.to_string()).contains("control character"));
    assert!(landmarks(&home.path().join("none.csv")).expect_err("refused").to_string().contains("none.csv"));
}

#[test]
fn a_formula_is_its_text_and_a_far_row_is_left_out_and_told() {
    let home = home();
    let read =
        landmarks(&written(home.path(), "a.csv", "name,lon,lat\n'=1+2,106.9,47.9\nBerlin,13.4,52.5\n"))
            .expect("a table");
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.rows[0].name_mn, "=1+2");
    assert_eq!(read.n_far, 1);
    assert!(read.far[0].contains("row 3: `Berlin` at 13.4, 52.5 is far from the city"), "{:?}", read.far);
}
