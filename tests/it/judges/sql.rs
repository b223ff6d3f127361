//! `tests/judge/tracker.sql` on the database, beside the server on the same database.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::store::Location;
use sqlx::{ConnectOptions, Connection, Row};

use super::{Office, Question, is_equal};
use crate::support::postgres::{TestDatabase, psql};
use crate::support::server::{get, hlp, wait_until};

/// Edits that keep every rule and bring what a demo has little of: unknown numbers, whole districts of
/// them, copies without money, states without a day.
const STIRRED: &str = "
    set search_path = hlp, public;
    update identification set cost = null where md5(practice) < '4';
    update identification set mode = null where md5(practice) > 'c';
    update identification set cost = 0, attended = null where md5(practice) between '4' and '6';
    update identification set mode = null, cost = null, invited = null, attended = null where khoroo_code like 'bn-%';
    update vote set mode = null, cost = null, attended = null where md5(practice) > '9' or khoroo_code like 'nd-%';
    update workshop set attended_f = null, attended_unknown = null where md5(id) < '8';
    update workshop set attended_m = null, cost = null where md5(id) < '4';
    update visit set status = 'cancelled' where md5(id) < '3';
    update visit set action_plan = ' ', cost = null where md5(id) > 'd';
    update replication set status = 'stopped'
      where md5(id) > 'c' and not exists (select from review where replication = replication.id);
    update replication set people_served = null where md5(id) < '5';
    delete from budget_line where md5(replication) < '4' or replication in
      (select id from replication where khoroo_code like 'khud-%' or khoroo_code like 'nd-%');
    delete from practice_status_change where md5(practice) > 'a';
    delete from replication_status_change where md5(replication) > '8';
    update replication set completed_on = null where md5(id) between '6' and '8';
    update training set participants_f = null, n_post = null where md5(id) < '3';
    update training set n_survey = 0 where md5(id) > 'd';
    update need set status = 'open' where md5(id) > '7';
    update offer set status = 'paused' where md5(id) > '3';
";

type Figures = BTreeMap<(String, String), Option<f64>>;

async fn judged(url: &str) -> BTreeMap<Question, Figures> {
    let Location::Postgis(options) = Location::parse(url).expect("an address") else { panic!("a database") };
    let options = options.options([("search_path", "hlp,public")]);
    let mut connection = options.connect().await.expect("the test cluster answers");
    let sql = include_str!("../../judge/tracker.sql");
    let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("the judge's query runs");
    connection.close().await.expect("closes");
    let mut judged: BTreeMap<Question, Figures> = BTreeMap::new();
    for row in rows {
        let text = |column: &str| row.get::<String, _>(column);
        let question = Question { cycle: text("asked"), place: text("place"), theme: text("theme") };
        let figure = (text("card"), text("figure"));
        let before = judged.entry(question).or_default().insert(figure, row.get("value"));
        assert_eq!(before, None, "a figure twice");
    }
    judged
}

/// Compares every figure of every question; gives back how many were more than 0, and how many unknown.
async fn check(office: &Office, url: &str) -> (usize, usize) {
    let judged = judged(url).await;
    let n_places = judged.keys().map(|question| &question.place).collect::<BTreeSet<_>>().len();
    assert!(n_places > 200 && judged.len() > 700, "{n_places} places, {} questions", judged.len());
    let (mut n_told, mut n_unknown) = (0, 0);
    let mut faults = Vec::new();
    for (question, expected) in &judged {
        let found = office.figures(question);
        let ids: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
        for id in ids {
            // Needs are not looked up on the ground before their own.
            if id.1 == "needs_without_offer" && !expected.contains_key(id) {
                continue;
            }
            match (expected.get(id), found.get(id)) {
                (Some(judge), Some(told)) if is_equal(*judge, *told) => {
                    n_told += usize::from(told.is_some_and(|value| value > 0.0));
                    n_unknown += usize::from(told.is_none());
                }
                (judge, told) => {
                    faults.push(format!("{}: {id:?}: judge {judge:?}, tracker {told:?}", question.query()));
                }
            }
        }
    }
    let listed = faults.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} figures differ:\n{listed}", faults.len());
    (n_told, n_unknown)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_is_what_sql_makes_of_the_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = TestDatabase::create().await;
    let run = |args: &[&str]| hlp(folder.path()).args(args).output().expect("the built program starts");
    assert!(run(&["demo", "--out", database.url()]).status.success());
    let office = Office::serve(folder.path(), database.url());
    let (n_told, _) = check(&office, database.url()).await;
    assert!(n_told > 15_000, "{n_told}");

    let revision = || get(&office.address, "/api/v1/revision").json()["revision"].as_i64();
    let before = revision();
    // One transaction, so one new revision.
    psql(database.url(), STIRRED);
    wait_until("the edits to be served", || revision() > before);
    let checked = run(&["check", "--store", database.url()]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    let (n_told, n_unknown) = check(&office, database.url()).await;
    assert!(n_told > 13_000 && n_unknown > 2_000, "{n_told} {n_unknown}");
    database.drop().await;
}
