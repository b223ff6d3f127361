//! What only the file can do wrong: being a file, and being opened by desktop programs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::task::Poll;
use std::time::Duration;

use hlp_tracker::gpkg::{blob, container};
use hlp_tracker::model::{Change, ChangeSet, Row};
use hlp_tracker::store::{
    GEOPACKAGE_MIGRATIONS, Location, Mode, POSTGIS_MIGRATIONS, Store, StoreError, Wake, open, peek,
};

use super::fixture::{SIDE, SOUTH, WEST, khoroo, puts, theme, world};
use super::home::{Home, PATIENCE};

async fn filled() -> (Home, PathBuf) {
    let home = Home::geopackage().await;
    home.store.apply(&world(), None, "tester", "a small world").await.expect("written");
    let Location::GeoPackage(path) = &home.location else { panic!("a file") };
    let path = path.clone();
    (home, path)
}

/// Output of a GDAL program; a warning or an error is a failure.
fn gdal(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("GDAL is installed");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && err.is_empty(), "{program} {arguments:?}: {out}{err}");
    assert!(!out.contains("Warning") && !out.contains("ERROR"), "{out}");
    out.into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gdal_lists_the_layers_with_their_extents_and_nothing_to_warn_of() {
    let (_home, path) = filled().await;
    let list = gdal("ogrinfo", &["-ro", "-so", "-al", text(&path)]);
    for layer in
        ["khoroo", "district_version", "practice", "context_line", "khoroo_counts", "district_counts"]
    {
        assert!(list.contains(&format!("Layer name: {layer}\n")), "{layer} in {list}");
    }
    for table in ["district", "vintage", "cycle", "theme", "identification", "replication", "lineage"] {
        assert!(list.contains(&format!("Layer name: {table}\n")), "{table} in {list}");
    }
    for hidden in ["change", "audit", "audit_row", "schema_version", "store_identity"] {
        assert!(!list.contains(&format!("Layer name: {hidden}\n")), "{hidden} in {list}");
    }
    let degrees = |steps: i32| format!("{:.6}", f64::from(steps) / 1e7);
    let (east, north) = (WEST + 6 * SIDE, SOUTH + 6 * SIDE);
    let extent = format!("({}, {}) - ({}, {})", degrees(WEST), degrees(SOUTH), degrees(east), degrees(north));
    let of_khoroos = list.split("Layer name: khoroo\n").nth(1).expect("the layer");
    assert!(
        of_khoroos.split("Layer name").next().expect("the layer").contains(&extent),
        "{extent} in {of_khoroos}"
    );
    let one = gdal("ogrinfo", &["-ro", text(&path), "khoroo_counts", "-where", "code = 'bzd-10'"]);
    assert!(one.contains("replications (Integer64) = 1") && one.contains("MULTIPOLYGON"), "{one}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_by_gdal_are_seen() {
    let (home, path) = filled().await;
    let revision = home.store.revision().await.expect("a revision");
    let update = "update khoroo set population = 4321 where code = 'bzd-10'";
    gdal("ogrinfo", &[text(&path), "-sql", update]);
    home.woken().await;
    let loaded = home.store.load(Some(revision)).await.expect("a load");
    assert_eq!(loaded.datasets[&"2022".parse().expect("a vintage")].khoroos[2].population, Some(4321));

    let file = path.with_file_name("practice.geojson");
    let feature = serde_json::json!({"type": "FeatureCollection", "features": [{"type": "Feature",
        "geometry": {"type": "Point", "coordinates": [106.905, 47.905]},
        "properties": {"id": "p-77", "title_mn": "Гэрэлтүүлэг", "theme": "green", "status": "identified",
                       "host_vintage": "2022", "host_code": "bzd-2"}}]});
    std::fs::write(&file, feature.to_string()).expect("writes");
    gdal("ogr2ogr", &["-append", text(&path), text(&file), "-nln", "practice"]);
    home.woken().await;
    let loaded = home.store.load(Some(loaded.revision)).await.expect("a load");
    assert_eq!(loaded.unreadable, []);
    let practice = &loaded.records.practices[1];
    assert_eq!((practice.id.as_str(), practice.illustrative), ("p-77", false));
    assert_eq!(practice.location.map(|p| (p.x, p.y)), Some((1_069_050_000, 479_050_000)));
    let found =
        gdal("ogrinfo", &["-ro", text(&path), "practice", "-spat", "106.904", "47.904", "106.906", "47.906"]);
    assert!(found.contains("p-77") && !found.contains("p-1)"), "the index knows it: {found}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_follows_what_is_written_replaced_and_deleted() {
    let (home, path) = filled().await;
    let mut set = ChangeSet { changes: vec![Change::DeleteIllustrative] };
    set.put(Row::Vintage(super::fixture::vintage("2022", 2022, None)));
    set.put(Row::Khoroo(khoroo("2022:bn-1", None)));
    home.store.apply(&set, None, "tester", "a list of codes").await.expect("written");
    let connection = rusqlite::Connection::open(&path).expect("opens");
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
    assert_eq!(count("select count(*) from rtree_khoroo_shape"), 0);
    assert_eq!(count("select count(*) from khoroo"), 1);
    let extent: Option<f64> = connection
        .query_row("select min_x from gpkg_contents where table_name = 'khoroo'", [], |row| row.get(0))
        .expect("a row");
    assert_eq!(extent, None);
    assert_eq!(count("select count(*) from pragma_integrity_check where integrity_check <> 'ok'"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_moved_into_the_place_is_seen() {
    let (home, path) = filled().await;
    let (other, other_path) = filled().await;
    other.store.apply(&puts([Row::Theme(theme("wells"))]), None, "t", "more").await.expect("written");
    while tokio::time::timeout(std::time::Duration::from_millis(900), home.store.wait_for_change())
        .await
        .is_ok()
    {}
    let replace = async { std::fs::rename(&other_path, &path).expect("moves") };
    tokio::join!(home.woken(), replace);
    assert_eq!(home.store.load(None).await.expect("a load").records.themes.len(), 13);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_equal_length_moved_into_the_place_is_read_whole() {
    let (home, path) = filled().await;
    let (other, other_path) = filled().await;
    // So that neither numbers nor times of changes tell the two apart.
    for home in [&home, &other] {
        home.sql("update change set at = 1700000000").await.expect("updated");
    }
    other.sql("update khoroo set shape = null").await.expect("other borders");
    other.sql("delete from change where seq > (select max(seq) from change) - 4").await.expect("pruned");
    let known = home.store.revision().await.expect("a revision");
    let theirs = other.store.revision().await.expect("a revision");
    assert_eq!((known.seq, known.published_at), (theirs.seq, theirs.published_at));
    std::fs::rename(&other_path, &path).expect("moves");
    assert_ne!(home.store.revision().await.expect("a revision"), known);
    let loaded = home.store.load(Some(known)).await.expect("a load");
    let khoroos = loaded.datasets.values().flat_map(|dataset| &dataset.khoroos);
    assert_eq!(khoroos.map(|khoroo| khoroo.shape.is_some()).collect::<Vec<_>>(), [false; 4]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_dropped_waiter_noticed_is_told_to_the_next() {
    let (home, _path) = filled().await;
    while tokio::time::timeout(Duration::from_millis(900), home.store.wait_for_change()).await.is_ok() {}
    loop {
        home.sql("update theme set position = position + 1").await.expect("updated");
        // Looking begins with the first poll and goes on without the waiter.
        let mut waiter = std::pin::pin!(home.store.wait_for_change());
        let polled = std::future::poll_fn(|context| Poll::Ready(waiter.as_mut().poll(context))).await;
        if polled.is_pending() {
            break;
        }
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    home.woken().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_gone_is_lost_once_and_found_again() {
    let (home, path) = filled().await;
    let wait = |patience| tokio::time::timeout(patience, home.store.wait_for_change());
    while wait(Duration::from_millis(900)).await.is_ok() {}
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).expect("moves away");
    assert!(matches!(wait(PATIENCE).await, Ok(Wake::Lost { .. })));
    assert!(wait(Duration::from_millis(900)).await.is_err(), "said once");
    std::fs::rename(&aside, &path).expect("moves back");
    assert_eq!(wait(PATIENCE).await, Ok(Wake::Changed));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peek_leaves_everything_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("deep/none.gpkg");
    assert_eq!(peek(&Location::GeoPackage(missing)).await.expect("nothing there"), None);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    // A file of an older schema, which knew of no workshop and no store's identity, is read and stays old.
    let path = folder.path().join("old.gpkg");
    let connection = rusqlite::Connection::open(&path).expect("opens");
    blob::register_functions(&connection).expect("functions");
    container::initialise(&connection).expect("a container");
    for (nth, (name, sql)) in (1..).zip(&GEOPACKAGE_MIGRATIONS[..3]) {
        connection.execute_batch(sql).expect(name);
        let note = "insert into schema_version (version, name) values (?1, ?2)";
        connection.execute(note, rusqlite::params![nth, name]).expect("a step");
    }
    connection
        .execute_batch(
            "insert into district (code, number, name_mn, name_en) values ('bn', 1, 'Багануур', 'Baganuur'); \
             insert into vintage (id, valid_from, title_mn, title_en, source) \
               values ('2022', '2022-01-01', '', '', ''); \
             insert into khoroo (vintage, code, district, number) values ('2022', 'bn-1', 'bn', 1); \
             insert into theme (code, name_mn, name_en, position) values ('green', 'Мод', 'Trees', 1); \
             insert into practice (id, title_mn, theme, host_vintage, host_code, status) \
               values ('p-1', 'Мод', 'green', '2022', 'bn-1', 'shared')",
        )
        .expect("what somebody kept");
    drop(connection);
    let before = std::fs::read(&path).expect("a file");
    let seen = peek(&Location::GeoPackage(path.clone())).await.expect("a peek").expect("a store");
    assert_eq!(seen.records.practices.len(), 1);
    assert_eq!(std::fs::read(&path).expect("a file"), before);
    let store = open(&Location::GeoPackage(path), Mode::MustExist).await.expect("brought up to date");
    let again = puts([Row::Theme(theme("work"))]);
    store.apply(&again, None, "t", "as new").await.expect("written");
    let loaded = store.load(None).await.expect("a load");
    let green = loaded.records.themes.iter().find(|t| t.code == "green").expect("the theme");
    assert_eq!((green.name_en.as_str(), loaded.records.themes.len()), ("Trees", 12), "what was there stays");
    assert_eq!(loaded.records.practices, seen.records.practices);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.gpkg"), "not a database ".repeat(400)).expect("writes");
    std::fs::write(at("short.gpkg"), "x").expect("writes");
    std::fs::write(at("empty.gpkg"), "").expect("writes");
    let plain = rusqlite::Connection::open(at("plain.gpkg")).expect("opens");
    plain.execute_batch("create table khoroo (a)").expect("a table");
    let foreign = rusqlite::Connection::open(at("foreign.gpkg")).expect("opens");
    blob::register_functions(&foreign).expect("functions");
    container::initialise(&foreign).expect("a container");
    let refusal = async |name: &str, mode| {
        let path = at(name);
        let before = std::fs::read(&path).ok();
        let error = open(&Location::GeoPackage(path.clone()), mode).await.expect_err("refused");
        assert_eq!(std::fs::read(&path).ok(), before, "{name} is left alone");
        assert!(error.to_string().contains(name.split('/').next().expect("a name")), "{error}");
        error
    };
    for mode in [Mode::MustExist, Mode::CreateEmpty] {
        for name in ["text.gpkg", "short.gpkg", "plain.gpkg", "."] {
            assert!(matches!(refusal(name, mode).await, StoreError::NotGeoPackage { .. }), "{name}");
        }
        assert!(matches!(refusal("foreign.gpkg", mode).await, StoreError::NotOurs { .. }));
    }
    assert!(matches!(refusal("empty.gpkg", Mode::MustExist).await, StoreError::NotGeoPackage { .. }));
    assert!(matches!(refusal("none.gpkg", Mode::MustExist).await, StoreError::Missing { .. }));
    assert!(matches!(refusal("none/deep.gpkg", Mode::MustExist).await, StoreError::Missing { .. }));
    assert!(matches!(
        refusal("text.gpkg/below.gpkg", Mode::CreateEmpty).await,
        StoreError::Unwritable { .. }
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_is_made_in_a_new_folder_and_over_what_a_killed_creation_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let deep = Location::GeoPackage(folder.path().join("a/b/store.gpkg"));
    open(&deep, Mode::CreateEmpty).await.expect("made with its folders");
    let left = folder.path().join("left.gpkg");
    std::fs::write(&left, "").expect("writes");
    open(&Location::GeoPackage(left), Mode::CreateEmpty).await.expect("made");
}

#[test]
fn both_homes_have_the_same_steps_of_the_schema() {
    let names = |steps: &[(&'static str, &str)]| steps.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(GEOPACKAGE_MIGRATIONS), names(POSTGIS_MIGRATIONS));
    for (folder, steps) in [("geopackage", GEOPACKAGE_MIGRATIONS), ("postgis", POSTGIS_MIGRATIONS)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let files = std::fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").file_name());
        let mut files: Vec<_> = files.map(|name| name.into_string().expect("UTF-8")).collect();
        files.sort();
        let expected: Vec<_> = names(steps).iter().map(|name| format!("{name}.sql")).collect();
        assert_eq!(files, expected);
        for (idx, name) in names(steps).iter().enumerate() {
            assert!(name.starts_with(&format!("{:04}_", idx + 1)), "{name} is step {}", idx + 1);
        }
    }
}
