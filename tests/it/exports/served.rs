//! How files are asked for.

use hlp_tracker::exports::{Asked, Format, Options, Wanted};
use hlp_tracker::model::Lang;
use serde_json::Value;

use super::written;
use crate::support::server::hlp;
use crate::visits::{city, get, send};

#[tokio::test]
async fn an_address_answers_with_the_file_and_its_name() {
    let site = city();
    for (id, format) in
        [("khoroos", Format::GeoJson), ("practices", Format::GeoJsonLines), ("lineage", Format::Csv)]
    {
        let name = format!("{id}.{}", format.extension());
        let answer = get(&site.public, &format!("/exports/{name}?lang=mn")).await;
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("content-type"), format.content_type());
        assert!(
            answer.header("content-disposition").contains(&name),
            "{}",
            answer.header("content-disposition")
        );
        assert_eq!(
            answer.body,
            written(&site.app.snapshot().expect("a world"), id, format, Options::default()),
            "{name}"
        );
        let etag = answer.header("etag").to_owned();
        let headers = [("if-none-match", etag.as_str())];
        let path = format!("/exports/{name}?lang=mn");
        let again =
            send(&site.public, axum::http::Method::GET, &path, &headers, axum::body::Body::empty()).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_with_what_there_is() {
    let site = city();
    let refused = |path: &'static str| {
        let public = site.public.clone();
        async move { get(&public, path).await }
    };
    let answer = refused("/exports/khoroo.geojson").await;
    assert_eq!(answer.status, 404);
    let allowed: Value = answer.json()["allowed"].clone();
    assert!(allowed.as_array().expect("a list").contains(&"khoroos-2022".into()), "{allowed}");
    let answer = refused("/exports/khoroos.dwg").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("geojsonl"), "{}", answer.text());
    for (path, parameter) in [
        ("/exports/khoroos.geojson?crs=3857", "crs"),
        ("/exports/khoroos.csv?crs=9999", "crs"),
        ("/exports/khoroos.geojson?bom=1", "bom"),
        ("/exports/khoroos.geojson?geometry=point", "geometry"),
        ("/exports/khoroos.csv?geometry=polygon", "geometry"),
        ("/exports/khoroos.csv?lang=de", "lang"),
        ("/exports/khoroos.csv?limit=3", "limit"),
    ] {
        let problem = refused(path).await.json();
        assert_eq!(
            (&problem["status"], problem["parameter"].as_str()),
            (&400.into(), Some(parameter)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_reference_system_goes_by_the_names_that_it_has_on_the_web() {
    let site = city();
    let file = async |crs: &str| {
        let answer = get(&site.public, &format!("/exports/districts.csv?crs={crs}")).await;
        assert_eq!(answer.status, 200, "{crs}: {}", answer.text());
        answer.body
    };
    let (degrees, metres) = (file("4326").await, file("32648").await);
    assert!(degrees != metres);
    for crs in ["EPSG:32648", "[EPSG:32648]", "http://www.opengis.net/def/crs/EPSG/0/32648"] {
        assert!(file(crs).await == metres, "{crs}");
    }
    for crs in ["CRS84", "EPSG:4326", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"] {
        assert!(file(crs).await == degrees, "{crs}");
    }
}

#[tokio::test]
async fn an_answer_with_coordinates_says_their_system() {
    let site = city();
    let epsg = |code: &str| format!("<http://www.opengis.net/def/crs/EPSG/0/{code}>");
    let degrees = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>".to_owned();
    for (path, expected) in [
        ("khoroos.csv", degrees.clone()),
        ("khoroos.csv?crs=4326", degrees.clone()),
        ("khoroos.csv?crs=32648&geometry=point", epsg("32648")),
        ("practices.xlsx?crs=3857", epsg("3857")),
        ("all.gpkg?crs=32648", epsg("32648")),
        ("khoroos.geojson", degrees),
        ("khoroos.csv?geometry=none", String::new()),
        ("lineage.csv", String::new()),
        ("indicators.xlsx", String::new()),
    ] {
        let answer = get(&site.public, &format!("/exports/{path}")).await;
        assert_eq!((answer.status, answer.header("content-crs")), (200, &*expected), "{path}");
    }
}

#[tokio::test]
async fn yes_and_no_are_spelt_in_words_or_figures() {
    let site = city();
    let file = async |query: &str| get(&site.public, &format!("/exports/lineage.csv?{query}")).await;
    let (yes, no) = (file("bom=1").await.body, file("bom=0").await.body);
    assert!(yes != no);
    assert_eq!((file("bom=true").await.body, file("bom=false").await.body), (yes, no));
    let problem = file("bom=yes").await.json();
    assert_eq!(problem["allowed"], serde_json::json!(["true", "false", "1", "0"]));
}

#[test]
fn the_command_writes_what_the_address_answers() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| hlp(home.path()).args(args).output().expect("the built program starts");
    let store = home.path().join("demo.gpkg");
    let store = store.to_str().expect("UTF-8");
    assert!(run(&["demo", "--out", store, "--khoroos", "40"]).status.success());
    let to_stdout = run(&["export", "khoroos", "--format", "geojson", "--store", store]);
    assert!(to_stdout.status.success(), "{}", String::from_utf8_lossy(&to_stdout.stderr));
    let place = home.path().join("khoroos.geojson");
    let to_file = ["export", "khoroos", "--store", store, "-o", place.to_str().expect("UTF-8")];
    assert!(run(&to_file).status.success());
    assert_eq!(std::fs::read(&place).expect("written"), to_stdout.stdout);
    // Standard output has a name of its own, for what is made whole before it leaves too.
    for format in ["geojson", "gpkg"] {
        let [named, plain] = [&["-o", "-"][..], &[]].map(|output| {
            let args = ["export", "khoroos", "--format", format, "--store", store];
            run(&[&args[..], output].concat())
        });
        assert!(named.status.success(), "{}", String::from_utf8_lossy(&named.stderr));
        assert!(!plain.stdout.is_empty() && named.stdout == plain.stdout, "{format}");
    }
    // An ending is one in capitals too.
    for name in ["K.GPKG", "K.Shp.Zip"] {
        let place = home.path().join(name);
        let made = run(&["export", "khoroos", "--store", store, "-o", place.to_str().expect("UTF-8")]);
        assert!(made.status.success() && place.exists(), "{}", String::from_utf8_lossy(&made.stderr));
    }
    // What is there already stays.
    let again = run(&to_file);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    let unknown = run(&["export", "khoroo", "--format", "csv", "--store", store]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("khoroo-versions"));
    let nowhere = home.path().join("demo.gpkg/lineage.csv");
    let failed = run(&["export", "lineage", "--store", store, "-o", nowhere.to_str().expect("UTF-8")]);
    assert_eq!(failed.status.code(), Some(1));
    let mut names: Vec<_> = std::fs::read_dir(home.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.') || name.ends_with("json"))
        .collect();
    names.sort();
    assert_eq!(names, ["khoroos.geojson"], "nothing unfinished is left");
}

#[test]
fn a_command_makes_no_file_that_is_not_what_its_name_says() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("out");
    std::fs::create_dir(&folder).expect("makes");
    let check = |args: &[&str], code: i32, words: &[&str]| {
        let output = hlp(home.path()).args(args).current_dir(&folder).output().expect("runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        for word in words {
            assert!(told.contains(word), "{args:?}: no `{word}` in {told}");
        }
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0, "{args:?} leaves something");
    };
    check(&["export", "khoroos", "--format", "csv", "-o", "a.gpkg"], 2, &["--format csv", "`a.gpkg`"]);
    check(&["export", "khoroos", "--format", "geojson", "-o", "a.shp.zip"], 2, &["`a.shp.zip`"]);
    check(
        &["export-tiles", "--format", "pmtiles", "-o", "a.mbtiles"],
        2,
        &["--format pmtiles", "`a.mbtiles`"],
    );
    check(&["export", "khoroos", "--format", "csv", "-o", "a.GPKG"], 2, &["--format csv", "`a.GPKG`"]);
    check(&["export", "khoroos", "-o", "-"], 2, &["--format is missing", "standard output"]);
    check(&["export", "khoroos", "-o", "a.shp"], 2, &["zipped", "`a.shp.zip`"]);
    check(&["export-tiles", "--format", "pmtiles", "-o", "a.MBTILES"], 2, &["`a.MBTILES`"]);
    check(&["export-tiles", "--format", "pmtiles", "-o", "-"], 2, &["--output", "standard output"]);
    for command in [
        &["export", "khoroos", "-o", "nowhere/a.gpkg"][..],
        &["export-tiles", "-o", "nowhere/a.PMTILES"],
        &["export-tiles", "-o", "nowhere/a.pmtiles"],
        &["export-site", "nowhere/site"],
        &["demo", "--out", "nowhere/a.gpkg"],
        &["serve", "--demo", "--store", "nowhere/a.gpkg", "--listen", "127.0.0.1:0"],
    ] {
        check(command, 1, &["there is no folder `nowhere`"]);
    }
    // Without a store there is only the one that `serve` makes by itself.
    for command in [
        &["export", "khoroos", "-o", "a.gpkg"][..],
        &["export-tiles", "-o", "a.pmtiles"],
        &["export-site", "site"],
        &["check"],
        &["migrate"],
    ] {
        check(command, 1, &["there is no store at", "--store"]);
    }
}

#[test]
fn only_ground_makes_a_file_large() {
    let snapshot = super::city();
    let n_vertices = |id, format: Format| {
        let asked = Asked {
            collection: id,
            format: format.extension(),
            crs: None,
            geometry: None,
            bom: None,
            lang: Lang::Mn,
        };
        Wanted::read(snapshot, &asked).expect("a file").n_vertices(snapshot)
    };
    for id in ["practices", "replications", "lineage", "indicators"] {
        assert_eq!(n_vertices(id, Format::Csv), 0, "{id}");
    }
    let of_one = n_vertices("khoroos", Format::GeoJson);
    let of_all = n_vertices("khoroo-versions", Format::GeoJson);
    assert!(0 < of_one && of_one < of_all, "{of_one} of {of_all}");
}
