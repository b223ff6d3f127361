//! `hlp ingest` is all or nothing, whenever it is refused, killed or interfered with.

use std::collections::hash_map::RandomState;
use std::ffi::OsString;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use hlp_tracker::model::{Loaded, MultiPolygon, Ring};
use hlp_tracker::store::{Location, begin};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{check_refused, content, demo, home, loaded, path_text, psql, run, text};
use crate::support::postgres::TestDatabase;
use crate::support::server::{Process, hlp};
use crate::tiles::dirty::Dirty;

/// The khoroos of 2022 as a boundary file.
fn boundary_file(loaded: &Loaded) -> Value {
    let dataset = &loaded.datasets.iter().find(|(id, _)| id.as_str() == "2022").expect("the vintage").1;
    let names: std::collections::BTreeMap<_, _> =
        loaded.districts.iter().map(|d| (d.code.clone(), d.name_mn.clone())).collect();
    let features = dataset.khoroos.iter().map(|khoroo| {
        let shape = khoroo.shape.as_ref().expect("invented khoroos have lines");
        json!({
            "type": "Feature",
            "properties": {"duureg": names[&khoroo.id.code.district], "khoroo": khoroo.id.code.number},
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates(shape)},
        })
    });
    json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()})
}

/// The text of a boundary file with units numbered in one district.
fn numbered(units: &[MultiPolygon]) -> String {
    let features = units.iter().zip(1..).map(|(unit, number)| {
        json!({
            "type": "Feature",
            "properties": {"duureg": "Баянзүрх", "khoroo": number},
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates(unit)},
        })
    });
    json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()}).to_string()
}

fn coordinates(unit: &MultiPolygon) -> Vec<Vec<Vec<[f64; 2]>>> {
    let ring = |ring: &Ring| ring.iter().chain(ring.first()).map(|p| [p.lon(), p.lat()]).collect();
    unit.0.iter().map(|polygon| polygon.rings().map(ring).collect()).collect()
}

/// A boundary file in `home`, of the khoroos of invented data.
async fn khoroos(home: &Path) -> PathBuf {
    let invented = demo(home, 204);
    let file = home.join("khoroos.geojson");
    std::fs::write(&file, boundary_file(&loaded(&invented).await).to_string()).expect("writes");
    file
}

/// The ingest of `file` into `store`, which may hold invented data.
fn ingest(home: &Path, file: &Path, store: &str) -> Command {
    let mut command = hlp(home);
    command.args(["ingest", path_text(file), "--vintage", "2022", "--replace-demo"]);
    command.args(["--valid-from", "2022-01-01", "--store", store]);
    command
}

fn names(folder: &Path) -> Vec<OsString> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    names
}

/// Some share of a time, another one with every call.
fn part_of(whole: Duration) -> Duration {
    whole.mul_f64(f64::from(RandomState::new().build_hasher().finish() as u32) / f64::from(u32::MAX))
}

#[tokio::test]
async fn the_default_store_gets_its_folder_and_no_other_does() {
    let home = home();
    let file = khoroos(home.path()).await;
    let data = home.path().join("deep/data");
    let mut command = hlp(home.path());
    command.args(["ingest", path_text(&file), "--vintage", "2022", "--valid-from", "2022-01-01"]);
    let output = command.env("XDG_DATA_HOME", &data).output().expect("the built program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(data.join("hlp/demo.gpkg").exists());
    let nowhere = home.path().join("nowhere/a.gpkg");
    let refused = ingest(home.path(), &file, path_text(&nowhere)).output().expect("starts");
    check_refused(&refused, 1, "there is no folder");
}

#[tokio::test]
async fn killing_an_ingest_at_any_moment_leaves_the_store_whole() {
    let home = home();
    let file = khoroos(home.path()).await;
    let original = home.path().join("demo.gpkg");
    let before = content(loaded(&original).await);
    let whole = home.path().join("whole.gpkg");
    std::fs::copy(&original, &whole).expect("copies");
    let mut process = Process::start(&mut ingest(home.path(), &file, path_text(&whole)));
    process.logged("comparing");
    let comparing = Instant::now();
    process.logged("written");
    let writing = comparing.elapsed();
    assert!(process.wait().success(), "{}", process.log());
    let after = content(loaded(&whole).await);
    assert!(before != after);
    let moments = ["reading", "checking", "settling", "written"].map(|moment| (moment, Duration::ZERO));
    let writing = (0..12).map(|_| ("comparing", part_of(writing)));
    for (moment, delay) in moments.into_iter().chain(writing) {
        let store = home.path().join("store.gpkg");
        std::fs::copy(&original, &store).expect("copies");
        let mut process = Process::start(&mut ingest(home.path(), &file, path_text(&store)));
        process.logged(moment);
        thread::sleep(delay);
        process.kill();
        let found = content(loaded(&store).await);
        assert!(
            found == before || found == after,
            "killed {delay:?} after `{moment}`: neither before nor after"
        );
        match moment {
            "reading" => assert!(found == before, "something was written before everything was read"),
            "written" => assert!(found == after, "what was said to be written is not"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn killing_the_making_of_a_store_leaves_none_or_a_whole_one() {
    let home = home();
    let file = khoroos(home.path()).await;
    let folder = home.path().join("stores");
    std::fs::create_dir(&folder).expect("makes");
    let store = folder.join("new.gpkg");
    let mut process = Process::start(&mut ingest(home.path(), &file, path_text(&store)));
    process.logged("comparing");
    let comparing = Instant::now();
    process.logged("written");
    let writing = comparing.elapsed();
    assert!(process.wait().success(), "{}", process.log());
    let whole = content(loaded(&store).await);
    for moment in 0..12 {
        if store.exists() {
            std::fs::remove_file(&store).expect("removes");
        }
        let delay = part_of(writing);
        let mut process = Process::start(&mut ingest(home.path(), &file, path_text(&store)));
        process.logged(if moment == 0 { "reading" } else { "comparing" });
        thread::sleep(delay);
        process.kill();
        if store.exists() {
            assert!(content(loaded(&store).await) == whole, "a half store, killed after {delay:?}");
        }
        let hidden = names(&folder).into_iter().filter(|name| *name != "new.gpkg");
        assert!(hidden.clone().count() <= 1, "leftovers pile up: {:?}", hidden.collect::<Vec<_>>());
    }
    // A leftover with everything that a killed program may have written is neither used nor kept.
    let left = folder.join(".new.gpkg.0123456789abcdef.new");
    std::fs::create_dir(&left).expect("makes");
    std::fs::write(left.join("lock"), "").expect("writes");
    std::fs::copy(home.path().join("demo.gpkg"), left.join("store.gpkg")).expect("copies");
    if store.exists() {
        std::fs::remove_file(&store).expect("removes");
    }
    let output = ingest(home.path(), &file, path_text(&store)).output().expect("starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(content(loaded(&store).await) == whole);
    assert_eq!(names(&folder), ["new.gpkg"]);
}

#[tokio::test]
async fn a_report_that_cannot_be_written_is_found_out_before_or_only_told_after() {
    let home = home();
    let file = khoroos(home.path()).await;
    let store = home.path().join("new.gpkg");
    let with_report = |report: &str| {
        ingest(home.path(), &file, path_text(&store)).args(["--report", report]).output().expect("starts")
    };
    let before = names(home.path());
    check_refused(
        &with_report("/proc/report.json"),
        1,
        "cannot write `/proc/report.json`, the file of --report",
    );
    check_refused(&with_report(path_text(&file)), 2, "would overwrite");
    check_refused(&with_report(path_text(&store)), 2, "would overwrite");
    assert_eq!(names(home.path()), before);
    // A device that can be opened and is always full.
    let output = with_report("/dev/full");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("its report is not"), "{}", text(&output.stderr));
    assert_eq!(loaded(&store).await.datasets.len(), 1);
    // What was in the file goes, however long.
    let report = home.path().join("report.json");
    std::fs::write(&report, "x".repeat(1_000_000)).expect("writes");
    assert!(with_report(path_text(&report)).status.success());
    let told: Value = serde_json::from_slice(&std::fs::read(&report).expect("reads")).expect("JSON");
    assert_eq!(told["unchanged"], 204);
}

#[test]
fn what_a_refusal_leaves_to_decide_is_written_to_be_filled_in() {
    let home = home();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/boundaries/khoroos-faulty.json");
    let (store, template) = (home.path().join("new.gpkg"), home.path().join("open.csv"));
    let with = |flags: &[&str]| {
        let mut command = ingest(home.path(), &fixture, path_text(&store));
        command.args(flags).output().expect("starts")
    };
    let file = path_text(&template);
    check_refused(&with(&["--decisions-template", file]), 1, "--decisions say");
    let lines = std::fs::read_to_string(&template).expect("written");
    assert_eq!(lines.lines().count(), 3, "an overlap and a gap: {lines}");
    check_refused(&with(&["--decisions", file]), 2, "line 2: no winner is named");
    std::fs::write(&template, lines.replace(",,", ",outside,")).expect("writes");
    check_refused(&with(&["--decisions", file, "--decisions-template", file]), 2, "would overwrite");
    let unused = home.path().join("unused.csv");
    let output = with(&["--decisions", file, "--decisions-template", path_text(&unused)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!unused.exists(), "nothing is left to decide");
}

#[test]
fn a_refused_ingest_leaves_nothing_behind() {
    let home = home();
    let file = home.path().join("broken.geojson");
    std::fs::write(&file, "{\"type\":\"FeatureCollection\",\"features\":[").expect("writes");
    let store = home.path().join("new.gpkg");
    let output =
        run(home.path(), &["ingest", path_text(&file), "--vintage", "2022", "--store", path_text(&store)]);
    check_refused(&output, 1, "refused");
    assert_eq!(names(home.path()), ["broken.geojson"]);
}

#[tokio::test]
async fn a_dry_run_and_a_refusal_change_nothing_anywhere() {
    let home = home();
    let file = khoroos(home.path()).await;
    let database = TestDatabase::create().await;
    let folder = home.path().join("stores");
    let missing = folder.join("new.gpkg");
    for store in [database.url(), path_text(&missing)] {
        let dry = ingest(home.path(), &file, store).arg("--dry-run").output().expect("starts");
        assert!(dry.status.success(), "{}", text(&dry.stderr));
        assert!(text(&dry.stdout).contains("dry run"), "{}", text(&dry.stdout));
        let refused = ingest(home.path(), &file, store).args(["--expect", "3"]).output().expect("starts");
        check_refused(&refused, 1, "refused");
    }
    assert!(!folder.exists());
    psql(
        database.url(),
        "do $$ begin if to_regnamespace('hlp') is not null then raise 'the schema is there'; end if; end $$",
    );
    let written = ingest(home.path(), &file, database.url()).output().expect("starts");
    assert!(written.status.success(), "{}", text(&written.stderr));
    database.drop().await;

    let store = home.path().join("demo.gpkg");
    let bytes = std::fs::read(&store).expect("reads");
    let dry = ingest(home.path(), &file, path_text(&store)).arg("--dry-run").output().expect("starts");
    assert!(dry.status.success(), "{}", text(&dry.stderr));
    assert!(std::fs::read(&store).expect("reads") == bytes);
}

#[tokio::test]
async fn a_refusal_does_not_wait_for_a_database_that_another_program_holds() {
    let home = home();
    let file = home.path().join("broken.geojson");
    std::fs::write(&file, "{\"type\":\"FeatureCollection\",\"features\":[").expect("writes");
    let database = TestDatabase::create().await;
    let location = Location::parse(database.url()).expect("an address");
    let other = begin(&location).await.expect("begun").expect("a schema to make");
    let started = Instant::now();
    let mut refused = Process::start(&mut ingest(home.path(), &file, database.url()));
    assert_eq!(refused.wait().code(), Some(1), "{}", refused.log());
    // A lock is waited for twenty seconds.
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    assert!(refused.log().contains("refused"), "{}", refused.log());
    drop(other);
    database.drop().await;
}

#[tokio::test]
async fn an_ingest_overtaken_by_another_writer_is_refused() {
    let home = home();
    let file = khoroos(home.path()).await;
    let store = home.path().join("demo.gpkg");
    // The other program holds the write lock while the ingest is planned, and lets go when it wants to write.
    let other = Connection::open(&store).expect("opens");
    other.busy_timeout(Duration::from_secs(20)).expect("a time");
    other.execute_batch("begin immediate").expect("begins");
    other.execute("update theme set position = position + 100 where code = 'green'", []).expect("an edit");
    let mut process = Process::start(&mut ingest(home.path(), &file, path_text(&store)));
    process.logged("comparing");
    other.execute_batch("commit").expect("commits");
    drop(other);
    assert_eq!(process.wait().code(), Some(1), "{}", process.log());
    assert!(process.log().contains("run it again"), "{}", process.log());
    let found = loaded(&store).await;
    assert!(found.vintages.iter().any(|vintage| vintage.illustrative), "the ingest was written");
    let output = ingest(home.path(), &file, path_text(&store)).output().expect("starts");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[tokio::test]
async fn one_processor_and_all_of_them_clean_alike() {
    let home = home();
    // Enough segments to be split among threads.
    let ground = Dirty { n_side: 24, width: 4e6, n_between: 40, shake: 30, apart: 20.0, seed: 9 };
    let file = home.path().join("careless.geojson");
    std::fs::write(&file, numbered(&ground.units())).expect("writes");
    let mut outcomes = Vec::new();
    for processors in ["one", "all"] {
        let store = home.path().join(format!("{processors}.gpkg"));
        let mut command = hlp(home.path());
        if processors == "one" {
            let everywhere = std::mem::replace(&mut command, Command::new("/usr/bin/taskset"));
            command.args(["--cpu-list", "0"]).arg(everywhere.get_program()).env_clear();
            command.envs(everywhere.get_envs().filter_map(|(name, value)| Some((name, value?))));
        }
        command.args(["ingest", path_text(&file), "--vintage", "2022", "--valid-from", "2022-01-01"]);
        command.args(["--store", path_text(&store), "--resolve", "smaller", "--gaps", "fill"]);
        let output = command.output().expect("starts");
        assert!(output.status.success(), "{}", text(&output.stderr));
        outcomes.push(content(loaded(&store).await));
    }
    assert!(outcomes[0] == outcomes[1]);
}
