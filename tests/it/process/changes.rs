//! Changes beside a running server: edits of others, and a database that goes away.

use fast_mvt::MvtReaderRef;
use rusqlite::Connection;

use super::{demo, home, path_text, run, serve, text};
use crate::support::postgres::{Cluster, psql};
use crate::support::server::{Process, get, hlp, wait_until};

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
