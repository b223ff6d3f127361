//! The static twin: every link leads to a file, data are the served ones, and what cannot be made leaves nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hlp_tracker::http::{Service, Settings, router};
use hlp_tracker::model::TileCoord;
use hlp_tracker::model::orientation::Attribution;
use hlp_tracker::pmtiles::Archive;
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::twin::{Made, Twin};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::orientation::archive;
use crate::support::demo;
use crate::support::server::{Process, hlp};

const LIVE: &str = "https://map.example/hlp";

/// A small city: its folder has all kinds of files.
fn town() -> &'static Arc<Snapshot> {
    static TOWN: LazyLock<Arc<Snapshot>> = LazyLock::new(|| Arc::new(demo::snapshot(24)));
    &TOWN
}

async fn write(folder: &Path, live: Option<&str>) -> Made {
    let live = live.map(|url| url.parse().expect("an address"));
    let settings = Settings { licence: Some("CC BY 4.0".into()), ..Settings::default() };
    let twin = Twin { snapshot: town().clone(), settings, live, zoom_max: 8 };
    twin.write(folder, |_| Ok(())).await.expect("written")
}

/// All files below a folder, by their paths from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_str().expect("plain").to_owned();
                found.insert(name, fs::read(path).expect("readable"));
            }
        }
    }
    found
}

fn is_a(file: &str, ending: &str) -> bool {
    Path::new(file).extension().is_some_and(|found| found == ending)
}

/// Values of the attributes that lead somewhere.
fn links(html: &str) -> Vec<String> {
    let of = |name: &str| -> Vec<String> {
        let opening = format!(" {name}=\"");
        let parts = html.split(&opening).skip(1);
        parts.map(|rest| rest.split('"').next().expect("a value").replace("&amp;", "&")).collect()
    };
    ["href", "src", "action"].into_iter().flat_map(of).collect()
}

/// Where a link of a file leads, from the folder.
fn resolved(from: &str, link: &str) -> String {
    let path = link.split(['?', '#']).next().expect("a path");
    if path.is_empty() {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().expect("within the folder")),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_leads_to_a_file_and_every_page_says_that_it_is_a_copy() {
    let home = tempfile::tempdir().expect("a folder");
    let made = write(home.path(), Some(LIVE)).await;
    let files = files(home.path());
    assert_eq!(made.n_files, files.len() as u64);
    assert_eq!(made.n_bytes, files.values().map(|bytes| bytes.len() as u64).sum::<u64>());
    let mut n_links = 0;
    for (file, bytes) in files.iter().filter(|(file, _)| is_a(file, "html")) {
        let html = str::from_utf8(bytes).expect("UTF-8");
        for link in links(html) {
            if ["https://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            n_links += 1;
            assert!(!link.starts_with('/') && !link.contains("://"), "{file}: {link}");
            assert!(files.contains_key(&resolved(file, &link)), "{file}: {link}");
        }
        assert!(html.contains(LIVE), "{file}");
        assert!(
            html.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"),
            "{file}"
        );
        for of_the_day in ["A visit can be made", "Айлчилж болох хамгийн ойрын өдөр"]
        {
            assert!(!html.contains(of_the_day), "{file}");
        }
        assert!(!html.contains("without registration") && !html.contains("бүртгэлгүйгээр"), "{file}");
        assert!(!html.contains("<form") && !html.contains("<a>"), "{file}");
        assert!(!html.contains("data-served") && !html.contains("<p>Each number leads"), "{file}");
        let is_told = html.contains(" data-copy") || file == "index.html";
        assert!(is_told, "{file}");
    }
    assert!(n_links > 1000, "{n_links}");
    for page in ["mn/index.html", "en/index.html", "mn/about.html", "en/practices.html", "mn/tracker.html"] {
        assert!(files.contains_key(page), "{page}");
    }
    for lang in ["mn", "en"] {
        for view in &town().vintages {
            let is_in_force = view.vintage.id.as_str() == "2022";
            let query = if is_in_force { String::new() } else { format!("~vintage={}", view.vintage.id) };
            for unit in &view.geography.khoroos {
                let page = format!("{lang}/khoroos/{}{query}.html", unit.code);
                assert!(files.contains_key(&page), "{page}");
            }
        }
        for practice in town().public_practices() {
            let page = format!("{lang}/practices/{}.html", practice.id);
            assert!(files.contains_key(&page), "{page}");
        }
    }
    let khoroo = &town().vintages.last().expect("a vintage").geography.khoroos[0].code;
    for (file, same) in [
        (format!("en/khoroos/{khoroo}.html"), format!("en/khoroos/{khoroo}")),
        ("mn/practices~page=2.html".to_owned(), "mn/practices?page=2".to_owned()),
        ("en/index.html".to_owned(), "en/".to_owned()),
    ] {
        let html = str::from_utf8(&files[&file]).expect("UTF-8");
        let note = html.split_once(" data-copy").expect("a note").1;
        let note = note.split_once("</header>").expect("in the head").0;
        assert!(note.contains(&format!("<a href=\"{LIVE}/{same}\">")), "{file}: {note}");
        let other = same.replacen("en/", "mn/", 1);
        assert!(html.contains(&format!("hreflang=\"mn\" href=\"{LIVE}/{other}\"")), "{file}");
    }
    for file in ["tiles/boundaries-2022.pmtiles", "tiles/tracker-2022.pmtiles"] {
        assert!(files[file].starts_with(b"PMTiles"), "{file}");
    }
    let tilejson: Value = serde_json::from_slice(&files["tiles/boundaries-2022.json"]).expect("JSON");
    assert_eq!(tilejson["tiles"][0], "pmtiles://boundaries-2022.pmtiles/{z}/{x}/{y}");
    assert_eq!(tilejson["maxzoom"], 8);
    let told = &files[&format!("api/v1/tracker~cycle=2022~khoroo={khoroo}~lang=mn.json")];
    let told: Value = serde_json::from_slice(told).expect("JSON");
    let records = told["steps"][0]["figures"][0]["records_url"].as_str().expect("an address");
    assert!(records.starts_with(&format!("{LIVE}/api/v1/tracker/records?")), "{records}");
    for (file, bytes) in files.iter().filter(|(file, _)| is_a(file, "json")) {
        assert!(!String::from_utf8_lossy(bytes).contains("twin.invalid"), "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn data_are_the_served_bytes() {
    let home = tempfile::tempdir().expect("a folder");
    write(home.path(), None).await;
    let app = Service::new(Settings::default(), 2).expect("a built viewer");
    app.publish(town().clone(), Duration::ZERO);
    let router = router(app);
    let khoroo = &town().vintages.last().expect("a vintage").geography.khoroos[0].code;
    for (address, file) in [
        ("/api/v1/districts".to_owned(), "api/v1/districts.json".to_owned()),
        ("/api/v1/revision".to_owned(), "api/v1/revision.json".to_owned()),
        ("/api/v1/cells?vintage=2022".to_owned(), "api/v1/cells~vintage=2022.json".to_owned()),
        (
            "/api/v1/values/identifications.json?vintage=2022&level=khoroo".to_owned(),
            "api/v1/values/identifications~level=khoroo~vintage=2022.json".to_owned(),
        ),
        (
            "/api/v1/values/bivariate.json?vintage=2022&level=district&rate=per10000".to_owned(),
            "api/v1/values/bivariate~level=district~rate=per10000~vintage=2022.json".to_owned(),
        ),
        (
            "/legends/replications.json?vintage=2022&level=khoroo&lang=en".to_owned(),
            "legends/replications~lang=en~level=khoroo~vintage=2022.json".to_owned(),
        ),
        (
            format!("/api/v1/khoroos/{khoroo}?vintage=2022"),
            format!("api/v1/khoroos/{khoroo}~vintage=2022.json"),
        ),
        (
            "/maps/bivariate.svg?lang=en&cycle=all&level=khoroo&rate=count&form=cells".to_owned(),
            "maps/bivariate~cycle=all~form=cells~lang=en~level=khoroo~rate=count.svg".to_owned(),
        ),
        (
            "/maps/identifications.svg?lang=mn&cycle=2020&level=district&rate=count&form=map".to_owned(),
            "maps/identifications~cycle=2020~form=map~lang=mn~level=district~rate=count.svg".to_owned(),
        ),
    ] {
        let request = Request::get(&address).body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("never fails");
        let status = response.status();
        let served = response.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(status, 200, "{address}: {}", String::from_utf8_lossy(&served));
        let written = fs::read(home.path().join(&file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert!(written == served, "{address}");
    }
    let found: Value =
        serde_json::from_slice(&fs::read(home.path().join("search/en.json")).expect("there")).expect("JSON");
    let of = |kind: &str| {
        found["items"].as_array().expect("a list").iter().filter(|one| one["kind"] == kind).count()
    };
    let newest = &town().vintages.last().expect("a vintage").geography;
    assert_eq!(of("practice"), town().public_practices().count());
    assert!(of("khoroo") >= newest.khoroos.len() && of("district") >= newest.districts.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_snapshots_give_equal_folders() {
    let home = tempfile::tempdir().expect("a folder");
    let [one, two] = ["one", "two"].map(|name| home.path().join(name));
    for folder in [&one, &two] {
        fs::create_dir(folder).expect("made");
        write(folder, Some(LIVE)).await;
    }
    let (one, two) = (files(&one), files(&two));
    assert!(one.keys().eq(two.keys()));
    for (file, bytes) in &one {
        assert!(*bytes == two[file], "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_breaks_it_off_is_told_so() {
    let home = tempfile::tempdir().expect("a folder");
    let twin = Twin { snapshot: town().clone(), settings: Settings::default(), live: None, zoom_max: 6 };
    let stop = |_: hlp_tracker::twin::Progress<'_>| Err(std::io::Error::other("enough"));
    let error = twin.write(home.path(), stop).await.expect_err("stopped");
    assert!(error.to_string().contains("enough"), "{error}");
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let store = home.path().join("town.gpkg");
    let made =
        hlp(home.path()).args(["demo", "--khoroos", "24", "--out"]).arg(&store).output().expect("runs");
    assert!(made.status.success(), "{made:?}");
    let there = home.path().join("there");
    fs::create_dir(&there).expect("made");
    fs::write(there.join("mine"), "mine").expect("written");
    let run = |folder: &str, more: &[&str]| {
        let mut command = hlp(home.path());
        command.args(["export-site", folder]).args(more).current_dir(home.path());
        if !more.contains(&"--store") {
            command.env("HLP_STORE", &store);
        }
        let out = command.output().expect("runs");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let left = || {
        let entries = fs::read_dir(home.path()).expect("a folder").map(|e| e.expect("an entry").file_name());
        let mut left: Vec<_> = entries.map(|name| name.into_string().expect("plain")).collect();
        left.sort();
        left
    };
    let trainers = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/trainers.csv");
    let mut empty = hlp(home.path());
    empty.args(["import", trainers, "--store", "empty.gpkg"]).current_dir(home.path());
    assert!(empty.output().expect("runs").status.success());
    let before = left();
    fs::write(home.path().join("cut.pmtiles"), "PMTiles").expect("written");
    for (folder, more, code, words) in [
        ("there", &[][..], 1, "`there` is there already"),
        ("there/mine", &[], 1, "is there already"),
        ("there/mine/site", &[], 1, "there is no folder `there/mine`"),
        ("new", &["--public-url", "ftp://a.example"], 2, "http://"),
        ("new", &["--public-url", "https://зураг.мон"], 2, "punycode"),
        ("new", &["--max-zoom", "17"], 2, "beyond the deepest zoom 16"),
        ("new", &["--store", "missing.gpkg"], 1, "missing.gpkg"),
        ("new", &["--context", "cut.pmtiles"], 1, "truncated"),
        ("new", &["--landmarks", "not/there/missing.csv"], 1, "not/there/missing.csv"),
        ("new", &["--store", "empty.gpkg"], 1, "the store holds no boundaries"),
        ("new", &["--travel", "speed_kmh=fast"], 2, "--travel"),
        ("new", &["--partner-weights", "luck=1"], 2, "--partner-weights"),
    ] {
        let (found, said) = run(folder, more);
        assert!(found == Some(code) && said.contains(words), "{folder} {more:?}: {found:?} {said}");
    }
    fs::remove_file(home.path().join("cut.pmtiles")).expect("there");
    assert_eq!(left(), before);
    assert_eq!(fs::read_to_string(there.join("mine")).expect("there"), "mine");

    for (stage, name) in [("looking at", "TERM"), ("writing pages", "INT")] {
        let mut command = hlp(home.path());
        command.args(["export-site", "new"]).current_dir(home.path()).env("HLP_STORE", &store);
        let mut running = Process::start(&mut command);
        running.logged(stage);
        running.signal(name);
        assert_eq!(running.wait().code(), Some(1), "{stage}");
        assert_eq!(left(), before, "{stage}");
    }

    let (code, said) = run("new", &["--max-zoom", "6"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(home.path().join("new/mn/index.html").exists());
}

#[test]
fn what_a_service_is_told_of_the_city_around_a_copy_is_told_too() {
    let home = tempfile::tempdir().expect("a folder");
    let store = home.path().join("town.gpkg");
    let made =
        hlp(home.path()).args(["demo", "--khoroos", "24", "--out"]).arg(&store).output().expect("runs");
    assert!(made.status.success(), "{made:?}");
    let around = archive::Made::new(vec![
        (0, 0, 0, b"world".to_vec()),
        (2, 3, 1, b"steppe".to_vec()),
        (2, 0, 0, b"sea".to_vec()),
    ]);
    fs::write(home.path().join("around.pmtiles"), around.bytes()).expect("written");
    fs::write(home.path().join("sights.csv"), "name,lon,lat\nУлсын их дэлгүүр,106.9057,47.9166\n")
        .expect("written");
    let mut command = hlp(home.path());
    command.args(["export-site", "site", "--max-zoom", "6", "--context", "around.pmtiles"]);
    command.args([
        "--context-attribution",
        "© Хот",
        "--landmarks",
        "sights.csv",
        "--contact",
        "hlp@ub.example",
    ]);
    let out = command.current_dir(home.path()).env("HLP_STORE", &store).output().expect("runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let site = home.path().join("site");
    let read = |file: &str| fs::read_to_string(site.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));

    let file = fs::File::open(site.join("tiles/context.pmtiles")).expect("there");
    let archive = Archive::open(file, |_| Attribution::default()).expect("an archive");
    let tile = |z, x, y| archive.tile(TileCoord::new(z, x, y).expect("a tile"), 1 << 20).expect("readable");
    assert_eq!([tile(0, 0, 0), tile(2, 3, 1)], [b"world".to_vec(), b"steppe".to_vec()]);
    assert!(tile(2, 0, 0).is_empty(), "far from the city");
    let tilejson: Value = serde_json::from_str(&read("tiles/context.json")).expect("JSON");
    assert_eq!(tilejson["attribution"], "© Хот");
    assert_eq!(tilejson["tiles"][0], "pmtiles://context.pmtiles/{z}/{x}/{y}");
    let style: Value = serde_json::from_str(&read("styles/context~lang=mn~scheme=dark.json")).expect("JSON");
    assert_eq!(style["sources"]["context"]["url"], "../tiles/context.json");

    let found: Value = serde_json::from_str(&read("search/mn.json")).expect("JSON");
    let landmark = found["items"].as_array().expect("a list").iter().find(|one| one["kind"] == "landmark");
    assert_eq!(landmark.expect("found")["title"], "Улсын их дэлгүүр");
    assert!(read("mn/about.html").contains("mailto:hlp@ub.example"));
}
