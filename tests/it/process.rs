//! `hlp` as people run it: start, stop, kill, and what it says when it cannot.

mod import;
mod ingest;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use fast_mvt::MvtReaderRef;
use hlp_tracker::model::{Loaded, Revision};
use hlp_tracker::store::{self, Location, Mode, Store};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::postgres::{Cluster, TestDatabase, psql};
use crate::support::server::{Process, connect, get, hlp, read_answer, try_get, wait_until};

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

/// Asks for a tile that nobody has asked for, and stops the service while many such are on their way.
#[test]
fn requests_under_way_at_sigterm_are_finished() {
    let home = home();
    let mut serving = serve(home.path(), &["--internal-listen", "127.0.0.1:0"]);
    let internal = serving.process.field("listen.internal_address");
    let mut asking: Vec<_> = (0..16)
        .map(|x| {
            let mut stream = connect(&serving.address).expect("connects");
            let path = format!("/tiles/tracker-2022/14/{}/5704.mvt", 13_050 + x);
            write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").expect("sends");
            stream
        })
        .collect();
    let n_taken = || {
        let metrics = text(&get(&internal, "/metrics").body);
        let count = |name: &str| -> usize {
            let values = metrics.lines().filter(|line| line.starts_with(name) && line.contains("/tiles/"));
            values.filter_map(|line| line.rsplit(' ').next()?.parse::<usize>().ok()).sum()
        };
        count("hlp_requests_begun_total")
    };
    wait_until("all requests to be taken", || n_taken() == asking.len());
    serving.process.signal("TERM");
    for stream in &mut asking {
        let answer = read_answer(stream).expect("the answer is whole");
        assert!(matches!(answer.status, 200 | 204), "{}", answer.status);
    }
    assert_eq!(serving.process.wait().code(), Some(0));
    assert!(try_get(&serving.address, "/health/live").is_err());
}

#[test]
fn a_second_signal_ends_the_process_at_once_and_is_told() {
    let home = home();
    let mut serving = serve(home.path(), &["--shutdown-timeout", "60s", "--request-timeout", "60s"]);
    let mut asking = connect(&serving.address).expect("connects");
    let head = "POST /api/v1/visit-plans HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    asking.write_all(head.as_bytes()).expect("sends");
    serving.process.signal("TERM");
    serving.process.logged("SIGTERM: stopping");
    serving.process.signal("TERM");
    assert_eq!(serving.process.wait().code(), Some(1));
    serving.process.logged("SIGTERM again: stopping at once");
}

#[test]
fn a_client_that_never_finishes_its_request_is_let_go() {
    let home = home();
    let serving = serve(home.path(), &["--head-timeout", "200ms"]);
    for beginning in ["", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut slow = connect(&serving.address).expect("connects");
        slow.write_all(beginning.as_bytes()).expect("sends");
        let mut rest = Vec::new();
        std::io::Read::read_to_end(&mut slow, &mut rest).expect("the server closes");
    }
    // One that keeps its connection idle after an answer, too.
    let mut idle = connect(&serving.address).expect("connects");
    write!(idle, "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").expect("sends");
    assert_eq!(read_answer(&mut idle).expect("an answer, then the end").status, 200);
}

#[test]
fn more_connections_than_allowed_wait_their_turn() {
    let home = home();
    let serving = serve(home.path(), &["--max-connections", "1"]);
    let first = connect(&serving.address).expect("connects");
    let mut second = connect(&serving.address).expect("the system takes it into the queue");
    write!(second, "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("sends");
    second.set_read_timeout(Some(Duration::from_millis(300))).expect("a time");
    let waiting = std::io::Read::read(&mut second, &mut [0; 1]).expect_err("no answer yet");
    assert!(matches!(waiting.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
    drop(first);
    second.set_read_timeout(Some(crate::support::server::PATIENCE)).expect("a time");
    assert_eq!(read_answer(&mut second).expect("now it is served").status, 200);
}

#[test]
fn a_request_head_beyond_the_limit_is_refused() {
    let home = home();
    let serving = serve(home.path(), &[]);
    let limit = hlp_tracker::http::server::HEAD_BYTES_MAX;
    let ask = |filler: usize| {
        let mut stream = connect(&serving.address).expect("connects");
        let head = "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: ";
        // The server may hang up while the rest is still on its way.
        let _ = stream.write_all(format!("{head}{}\r\n\r\n", "a".repeat(filler)).as_bytes());
        read_answer(&mut stream).ok().map(|answer| answer.status)
    };
    assert_eq!(ask(limit - 200), Some(200));
    assert!(matches!(ask(limit), Some(431) | None));
}

#[test]
fn an_edit_by_another_program_changes_what_is_served() {
    let home = home();
    let path = demo(home.path(), 204);
    let serving = serve(home.path(), &["--store", path_text(&path)]);
    let total = || {
        let districts = get(&serving.address, "/api/v1/districts").json();
        let items = districts["items"].as_array().expect("a list").clone();
        items.iter().filter_map(|d| d["replications"].as_u64()).sum::<u64>()
    };
    let tag = |path: &str| get(&serving.address, path).header("etag").map(str::to_owned);
    assert_eq!(total(), 95);
    let (lines, counts) = ("/tiles/boundaries-2022/10/816/356.mvt", "/tiles/tracker-2022/10/816/356.mvt");
    let (lines_before, counts_before) = (tag(lines), tag(counts));
    let revision = get(&serving.address, "/api/v1/revision").json()["revision"].as_i64().expect("a number");
    let connection = Connection::open(&path).expect("opens");
    let edited = connection
        .execute("update replication set status = 'stopped' where status = 'completed'", [])
        .expect("an ordinary edit");
    assert_eq!(edited, 95);
    drop(connection);
    wait_until("the new revision", || {
        get(&serving.address, "/api/v1/revision").json()["revision"].as_i64() > Some(revision)
    });
    assert_eq!(total(), 0);
    assert_eq!(tag(lines), lines_before, "lines did not change, so neither may their tiles");
    assert_ne!(tag(counts), counts_before);
}

#[test]
fn a_district_with_a_new_number_gives_its_units_new_ids() {
    let home = home();
    let path = demo(home.path(), 204);
    let serving = serve(home.path(), &["--store", path_text(&path)]);
    let bayanzurkh = || {
        let tile = get(&serving.address, "/tiles/boundaries-2022/10/816/356.mvt");
        assert_eq!(tile.status, 200);
        let tile = MvtReaderRef::new(&tile.body).expect("a tile").to_tile().expect("a valid tile");
        let khoroos = tile.layers.iter().find(|layer| layer.name == "khoroos").expect("the layer");
        let ids = khoroos.features.iter().filter_map(|feature| feature.id).map(|id| id / 1_000_000);
        ids.collect::<std::collections::BTreeSet<_>>()
    };
    let before = bayanzurkh();
    assert!(!before.contains(&3999));
    let connection = Connection::open(&path).expect("opens");
    let edited = connection.execute("update district set number = 3999 where code = 'bzd'", []);
    assert_eq!(edited.expect("an ordinary edit"), 1);
    drop(connection);
    wait_until("the new ids", || bayanzurkh().contains(&3999));
    assert_eq!(bayanzurkh().len(), before.len());
    assert_eq!(get(&serving.address, "/health/ready").json()["status"], "ready");
}

#[test]
fn an_edit_that_breaks_the_lines_leaves_the_old_state_and_says_so() {
    let home = home();
    let path = demo(home.path(), 204);
    let serving = serve(home.path(), &["--store", path_text(&path), "--max-fix", "0m2"]);
    let before = get(&serving.address, "/api/v1/khoroos/bzd-1").body;
    let connection = Connection::open(&path).expect("opens");
    // A khoroo laid over another one: the ground of one of them is claimed twice.
    hlp_tracker::gpkg::blob::register_functions(&connection).expect("registers");
    connection
        .execute(
            "update khoroo set SHAPE = (select other.SHAPE from khoroo other
               where other.vintage = '2022' and other.code = 'bzd-2')
             where vintage = '2022' and code = 'bzd-1'",
            [],
        )
        .expect("an ordinary edit");
    drop(connection);
    let readiness = || get(&serving.address, "/health/ready").json();
    wait_until("readiness to say degraded", || readiness()["status"] == "degraded");
    assert_eq!(readiness()["reasons"][0]["code"], "build_failed");
    assert!(readiness()["reasons"][0]["detail"].to_string().contains("bzd-1"), "{}", readiness());
    assert_eq!(get(&serving.address, "/api/v1/khoroos/bzd-1").body, before);
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
fn a_database_that_is_down_is_waited_for_and_may_go_again() {
    let home = home();
    let cluster = Cluster::start();
    let made = run(home.path(), &["demo", "--out", cluster.url()]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    cluster.stop();

    let mut command = hlp(home.path());
    command.args(["serve", "--listen", "127.0.0.1:0", "--store", cluster.url()]);
    let mut process = Process::start(&mut command);
    let address = process.field("listen.address");
    assert_eq!(get(&address, "/health/live").status, 200);
    wait_until("a failed attempt", || {
        get(&address, "/health/ready").json()["reasons"][0]["code"] == "store_unreachable"
    });
    assert_eq!(get(&address, "/health/ready").status, 503);
    assert_eq!(get(&address, "/api/v1/khoroos").json()["code"], "starting");
    assert_eq!(get(&address, "/mn/").status, 503);

    cluster.restart();
    wait_until("the first load", || get(&address, "/health/ready").json()["status"] == "ready");
    assert_eq!(process.line(), format!("http://{address}"));
    let before = get(&address, "/api/v1/khoroos/bzd-1").body;

    cluster.stop();
    let readiness = || get(&address, "/health/ready");
    wait_until("readiness to say degraded", || readiness().json()["status"] == "degraded");
    let outage = readiness();
    assert_eq!(outage.status, 200);
    assert_eq!(outage.json()["reasons"][0]["code"], "store_unreachable");
    let said = text(&outage.body);
    assert!(!said.contains("127.0.0.1") && !said.contains("postgres"), "{said}");
    assert_eq!(get(&address, "/api/v1/khoroos/bzd-1").body, before);
    cluster.restart();
    wait_until("readiness to say ready", || readiness().json()["status"] == "ready");
    assert_eq!(get(&address, "/api/v1/khoroos/bzd-1").body, before);
    psql(
        cluster.url(),
        "update hlp.khoroo set population = 123456 where vintage = '2022' and code = 'bzd-1'",
    );
    wait_until("the edit made after the restart", || {
        get(&address, "/api/v1/khoroos/bzd-1").json()["population"] == 123_456
    });
    assert!(process.is_running());
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
