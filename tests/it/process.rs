//! `hlp` as people run it: start, stop, kill, and what it says when it cannot.

mod changes;
mod connections;
mod import;
mod ingest;

use std::path::{Path, PathBuf};
use std::process::Output;

use hlp_tracker::model::{Loaded, Revision};
use hlp_tracker::store::{self, Location, Mode, Store};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::postgres::{TestDatabase, psql};
use crate::support::server::{Process, get, hlp};

/// A folder for one test; the data folder of its `hlp` too.
fn home() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Runs a command to its end.
fn run(home: &Path, args: &[&str]) -> Output {
    hlp(home).args(args).output().expect("the built program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn check_refused(output: &Output, code: i32, words: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "`{words}` is not in: {said}");
}

/// A store of invented data.
fn demo(home: &Path, khoroos: usize) -> PathBuf {
    let path = home.join("demo.gpkg");
    let output =
        run(home, &["demo", "--out", path.to_str().expect("UTF-8"), "--khoroos", &khoroos.to_string()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    path
}

/// `hlp serve` on a free port, after it told its address.
struct Serving {
    process: Process,
    address: String,
}

fn serve(home: &Path, args: &[&str]) -> Serving {
    let mut command = hlp(home);
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(args);
    let process = Process::start(&mut command);
    let line = process.line();
    let address = line.strip_prefix("http://").unwrap_or_else(|| panic!("no address: {line}")).to_owned();
    Serving { process, address }
}

async fn loaded(path: &Path) -> Loaded {
    let store = store::open(&Location::GeoPackage(path.into()), Mode::MustExist).await.expect("opens");
    store.load(None).await.expect("loads")
}

fn path_text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn without_settings_a_store_of_invented_data_is_made_once_and_served() {
    let home = home();
    let file = home.path().join("hlp/demo.gpkg");
    let mut first = serve(home.path(), &[]);
    let page = get(&first.address, "/en/");
    assert_eq!(page.status, 200);
    assert!(text(&page.body).contains("Illustrative data"));
    first.process.signal("TERM");
    assert_eq!(first.process.wait().code(), Some(0), "{}", first.process.log());
    let made = std::fs::metadata(&file).expect("the file").modified().expect("a time");
    let second = serve(home.path(), &[]);
    assert_eq!(get(&second.address, "/health/ready").json()["status"], "ready");
    assert_eq!(std::fs::metadata(&file).expect("the file").modified().expect("a time"), made);
    let names: Vec<_> = std::fs::read_dir(home.path().join("hlp")).expect("a folder").collect();
    assert_eq!(names.len(), 1, "something was left beside the store: {names:?}");
}

#[test]
fn a_named_store_that_is_missing_is_refused_with_the_hint() {
    let home = home();
    let path = home.path().join("mine.gpkg");
    let output = run(home.path(), &["serve", "--listen", "127.0.0.1:0", "--store", path_text(&path)]);
    check_refused(&output, 1, "--demo");
    assert!(!path.exists());
    let serving = serve(home.path(), &["--store", path_text(&path), "--demo"]);
    assert_eq!(get(&serving.address, "/mn/").status, 200);
}

#[test]
fn a_file_that_can_never_be_served_is_refused_at_once() {
    let home = home();
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let (foreign, newer) = (home.path().join("foreign.gpkg"), demo(home.path(), 9));
    Connection::open(&foreign).expect("opens").execute("create table t (a)", []).expect("makes");
    Connection::open(&newer)
        .expect("opens")
        .execute("insert into schema_version (version, name) values (99, 'later')", [])
        .expect("an ordinary edit");
    let serve = |store: &str| run(home.path(), &["serve", "--listen", "127.0.0.1:0", "--store", store]);
    check_refused(&serve(readme), 1, "README.md` is not a GeoPackage");
    check_refused(&serve(path_text(&foreign)), 1, "is not a GeoPackage");
    check_refused(&serve(path_text(&newer)), 1, "newer version");
    check_refused(&serve(path_text(home.path())), 1, "it is a folder");
}

#[tokio::test]
async fn a_database_that_can_never_be_served_is_refused_at_once() {
    let home = home();
    let database = TestDatabase::create().await;
    let serve = || run(home.path(), &["serve", "--listen", "127.0.0.1:0", "--store", database.url()]);
    check_refused(&serve(), 1, "there is no store");
    psql(database.url(), "create schema hlp; create table hlp.something_else (a int)");
    check_refused(&serve(), 1, "belongs to something else");
    database.drop().await;
}

#[test]
fn wrong_usage_is_told_apart_from_refusal() {
    let home = home();
    check_refused(&run(home.path(), &["serve", "--colour"]), 2, "--colour");
    check_refused(&run(home.path(), &["serve", "--public-url", "map.example"]), 2, "http://");
    check_refused(&run(home.path(), &["serve", "--internal-listen", "0.0.0.0:0"]), 2, "no login");
    check_refused(&run(home.path(), &["check", "--store", "ftp://x/y"]), 2, "ftp");
    check_refused(&run(home.path(), &["check", "--store", "/nope/at/all.gpkg"]), 1, "/nope/at/all.gpkg");
    let found_by_environment = hlp(home.path()).arg("serve").env("HLP_PUBLIC_URL", "nope").output();
    check_refused(&found_by_environment.expect("starts"), 2, "nope");
}

#[test]
fn a_port_in_use_is_named() {
    let home = home();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = run(home.path(), &["serve", "--listen", &address]);
    check_refused(&output, 1, &address);
    assert!(!home.path().join("hlp/demo.gpkg").exists(), "a store was made for nothing");
}

#[test]
fn a_store_that_cannot_be_written_is_named() {
    let home = home();
    // Not a matter of rights, which the superuser ignores: this file system takes no files.
    let output = run(home.path(), &["demo", "--out", "/proc/hlp.gpkg"]);
    check_refused(&output, 1, "/proc/");
    let file = home.path().join("file");
    std::fs::write(&file, "no folder").expect("writes");
    let below = file.join("store.gpkg");
    check_refused(&run(home.path(), &["demo", "--out", path_text(&below)]), 1, path_text(&file));
}

/// What a store holds, without when it was written.
fn content(mut loaded: Loaded) -> Loaded {
    loaded.revision = Revision::default();
    loaded
}

#[test]
fn a_copy_has_everything_and_a_full_store_takes_none() {
    let home = home();
    let from = demo(home.path(), 204);
    let to = home.path().join("copy.gpkg");
    let args = ["copy", "--from", path_text(&from), "--to", path_text(&to)];
    assert!(run(home.path(), &args).status.success());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (a, b) = runtime.block_on(async { (loaded(&from).await, loaded(&to).await) });
    assert!(content(a) == content(b));
    check_refused(&run(home.path(), &args), 1, "not empty");
    let checked = run(home.path(), &["check", "--store", path_text(&to)]);
    assert!(checked.status.success() && text(&checked.stdout).contains("no faults"), "{checked:?}");
}

#[test]
fn a_broken_rule_is_a_fault_of_the_check() {
    let home = home();
    let path = demo(home.path(), 204);
    let connection = Connection::open(&path).expect("opens");
    hlp_tracker::gpkg::blob::register_functions(&connection).expect("registers");
    let edited = connection
        .execute("update practice set status = 'draft' where id in (select practice from replication)", [])
        .expect("an ordinary edit");
    assert!(edited > 0);
    drop(connection);
    let output = run(home.path(), &["check", "--store", path_text(&path)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("not yet identified"), "{}", text(&output.stdout));
}

#[test]
fn the_check_lists_holes_and_goes_on_after_borders_that_do_not_fit() {
    let home = home();
    let path = demo(home.path(), 204);
    let edit = |sql: &str| {
        let connection = Connection::open(&path).expect("opens");
        hlp_tracker::gpkg::blob::register_functions(&connection).expect("registers");
        assert_eq!(connection.execute(sql, []).expect("an ordinary edit"), 1);
    };
    let checked = || run(home.path(), &["check", "--store", path_text(&path)]);
    let whole =
        "update khoroo set SHAPE = (select s.SHAPE from khoroo s where s.vintage = '2022' and s.code = ";
    edit("update khoroo set SHAPE = null where vintage = '2022' and code = 'sbd-9'");
    let output = checked();
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("khoroo `2022:sbd-9` has no lines"), "{told}");
    assert!(told.contains("sbd-9") && told.contains("note: vintage `2022`: hole of "), "{told}");

    edit(&format!("{whole}'bzd-2') where vintage = '2022' and code = 'bzd-1'"));
    edit("update practice set status = 'draft' where id = (select min(practice) from replication)");
    let output = checked();
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    let overlap = told.lines().find(|line| line.contains("overlap of ")).unwrap_or_else(|| panic!("{told}"));
    assert!(overlap.contains("between bzd-1, bzd-2 at 10"), "{overlap}");
    assert!(told.contains("not yet identified"), "{told}");
}

#[test]
fn a_method_of_suggestions_that_makes_no_sense_is_refused_before_anything_is_made() {
    let home = home();
    let refused = |args: &[&str], code: i32, words: &str| {
        let args: Vec<&str> = ["serve", "--listen", "127.0.0.1:0"].iter().chain(args).copied().collect();
        check_refused(&run(home.path(), &args), code, words);
    };
    refused(&["--partner-weights", "need=0.5"], 2, "--partner-weights: the weights add up to 1.15, not to 1");
    refused(&["--travel", "speed_kmh=0"], 2, "`speed_kmh` is 0, allowed are numbers from 1 to 200");
    let file = home.path().join("times.csv");
    let times = file.to_str().expect("UTF-8");
    refused(&["--travel-times", times], 1, "cannot read");
    std::fs::write(&file, "from,to,minutes\nbzd-1,bzd-2,soon\n").expect("a file");
    refused(&["--travel-times", times], 1, "line 2: `soon` is no number of minutes");
}

/// Whether two rows say the same is known only beside the boundaries.
#[test]
fn travel_times_are_told_of_once_the_boundaries_are_known() {
    let home = home();
    let store = demo(home.path(), 60);
    let store = path_text(&store);
    let file = home.path().join("times.csv");
    let times = path_text(&file);
    let args = ["--store", store, "--travel-times", times];
    std::fs::write(&file, "from,to,minutes\nbzd-1,bzd-2,3\n2022:bzd-1,bzd-2,9\n").expect("a file");
    let refused = run(home.path(), &[&["serve", "--listen", "127.0.0.1:0"][..], &args].concat());
    check_refused(
        &refused,
        1,
        "line 3 says that the way from 2022:bzd-1 to bzd-2 takes 9 minutes, line 2 that it takes 3",
    );
    let rows = "from,to,minutes\nbzd-1,bzd-2,3\n2020:bzd-1,2022:bzd-2,9\nbzd-1,zz-1,4\nzz-2,bzd-1,4\n";
    std::fs::write(&file, rows).expect("a file");
    let serving = serve(home.path(), &args);
    for words in [
        "3 of 4 rows of the travel times are not used",
        "with a khoroo that is not there: 2 (line 4: zz-1)",
        "from one vintage to another: 1 (line 3: 2020:bzd-1 to 2022:bzd-2)",
    ] {
        serving.process.logged(words);
    }
}
