//! What only the database can do wrong: being away, being somebody's, being without rights.

use std::time::Duration;

use hlp_tracker::store::{AnyStore, Location, Mode, Store, StoreError, Wake, begin, open, peek};

use super::fixture::{practice, puts, theme, world};
use super::home::{Home, PATIENCE};
use crate::support::postgres::{Cluster, TestDatabase};
use hlp_tracker::model::Row;

async fn texts(home: &Home, sql: &str) -> Vec<String> {
    home.sql(sql).await.expect("an answer").into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_view_and_column_is_explained() {
    let home = Home::postgis().await;
    let silent = texts(
        &home,
        "select c.relname || coalesce('.' || a.attname, '') from pg_class c \
         join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'hlp' and c.relkind in ('r', 'v') \
         left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped \
         where (a.attnum is null or col_description(c.oid, a.attnum) is null) \
            or obj_description(c.oid, 'pg_class') is null order by 1",
    )
    .await;
    assert_eq!(silent, Vec::<String>::new());
    home.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn geometry_columns_have_their_type_and_an_index() {
    let home = Home::postgis().await;
    let columns = texts(
        &home,
        "select f_table_name || ' ' || type || ' ' || srid from public.geometry_columns \
         where f_table_schema = 'hlp' order by 1",
    )
    .await;
    let expected = [
        "context_line LINESTRING 4326",
        "district_counts MULTIPOLYGON 4326",
        "district_version MULTIPOLYGON 4326",
        "khoroo MULTIPOLYGON 4326",
        "khoroo_counts MULTIPOLYGON 4326",
        "khoroo_fact POINT 4326",
        "practice POINT 4326",
    ];
    assert_eq!(columns, expected);
    let indexes =
        texts(&home, "select tablename::text from pg_indexes where indexdef like '%gist%' order by 1").await;
    assert_eq!(indexes, ["context_line", "district_version", "khoroo", "khoroo_fact", "practice"]);
    home.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_read_and_write_what_they_should() {
    let home = Home::postgis().await;
    home.store.apply(&world(), None, "tester", "a small world").await.expect("written");
    let as_role = async |role: &str, sql: &str| home.sql(&format!("set role {role}; {sql}")).await;
    as_role("hlp_read", "select id from practice").await.expect("readers read");
    as_role("hlp_read", "delete from practice").await.expect_err("readers do not write");
    as_role("hlp_write", "update theme set position = 9 where code = 'green'").await.expect("writers write");
    assert_eq!(
        texts(&home, "select table_name || ' ' || key from change order by seq desc limit 1").await,
        ["theme green"]
    );
    for forged in [
        "insert into change (table_name, key) values ('theme', 'x')",
        "update audit set actor = 'x'",
        "drop view khoroo_counts",
    ] {
        as_role("hlp_write", forged).await.expect_err(forged);
    }
    home.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_of_another_program_over_many_rows_is_noted_row_by_row_in_commit_order() {
    let home = Home::postgis().await;
    home.store.apply(&world(), None, "tester", "a small world").await.expect("written");
    let more = puts((2..5).map(|n| Row::Practice(practice(&format!("p-{n}"), "2022:bzd-2"))));
    let revision = home.store.apply(&more, None, "tester", "more").await.expect("written");
    home.sql("update practice set status = 'shared' where id <> 'p-1'").await.expect("updated");
    home.sql("update practice set id = 'p-40' where id = 'p-4'").await.expect("renamed");
    let noted =
        texts(&home, &format!("select key from change where seq > {} order by seq", revision.seq)).await;
    assert_eq!(noted, ["p-2", "p-3", "p-4", "p-40", "p-4"]);
    home.sql("truncate lineage").await.expect("emptied");
    assert_eq!(
        texts(&home, "select table_name || key from change order by seq desc limit 1").await,
        ["lineage*"]
    );
    home.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_database_is_missing_and_a_foreign_schema_is_not_ours() {
    let database = TestDatabase::create().await;
    let location = Location::parse(database.url()).expect("an address");
    assert_eq!(peek(&location).await.expect("an empty database"), None);
    let missing = open(&location, Mode::MustExist).await;
    assert!(matches!(missing, Err(StoreError::Missing { .. })), "{missing:?}");
    let home = Home::postgis().await;
    home.sql("drop table khoroo cascade").await.expect("dropped");
    let refused = open(&home.location, Mode::CreateEmpty).await;
    assert!(matches!(refused, Err(StoreError::NotOurs { .. })), "{refused:?}");
    home.drop().await;
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_in_the_making_is_seen_when_it_is_finished_and_leaves_nothing_when_it_is_not() {
    let database = TestDatabase::create().await;
    let location = Location::parse(database.url()).expect("an address");
    let begun = begin(&location).await.expect("begun").expect("a schema to make");
    assert_eq!(peek(&location).await.expect("an empty database"), None);
    drop(begun);
    // Waits for the other's lock if that were not gone.
    let begun = begin(&location).await.expect("begun again").expect("a schema to make");
    assert_eq!(peek(&location).await.expect("an empty database"), None);
    let store = begun.finish().await.expect("made");
    let seen = peek(&location).await.expect("a store").expect("a schema");
    assert_eq!((seen.revision, seen.vintages), (store.load(None).await.expect("a load").revision, vec![]));
    let AnyStore::Postgis(store) = store else { panic!("a database") };
    store.close().await;
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_that_another_program_makes_is_busy_and_not_waited_for_forever() {
    let database = TestDatabase::create().await;
    let location = Location::parse(database.url()).expect("an address");
    let other = begin(&location).await.expect("begun").expect("a schema to make");
    let waited = tokio::time::timeout(Duration::from_secs(40), begin(&location)).await.expect("an answer");
    let Err(error @ StoreError::Busy { .. }) = waited else { panic!("{waited:?}") };
    let told = error.to_string();
    assert!(told.ends_with("is busy: another program holds it for longer than 20 s"), "{told}");
    drop(other);
    assert!(begin(&location).await.expect("begun").is_some());
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    // Nothing listens on port 1, and nobody has this password.
    let wrong = TestDatabase::create().await;
    let options = Location::parse(wrong.url()).expect("an address");
    let Location::Postgis(options) = options else { panic!("a database") };
    let (host, port) = (options.get_host().to_owned(), options.get_port());
    for (url, named) in [
        (
            "postgres://hlp:s3cret@127.0.0.1:1/tracker".to_owned(),
            "127.0.0.1:1, database `tracker`".to_owned(),
        ),
        (
            format!("postgres://nobody:s3cret@{host}:{port}/no_such_database"),
            format!("{host}:{port}, database `no_such_database`"),
        ),
    ] {
        let location = Location::parse(&url).expect("an address");
        let error = tokio::time::timeout(PATIENCE, open(&location, Mode::CreateEmpty)).await;
        let error = error.expect("an answer in time").expect_err("no connection");
        assert!(matches!(error, StoreError::Connect { .. }), "{error:?}");
        assert!(error.to_string().contains(&named), "{error}");
        assert!(!format!("{error} {error:?} {location}").contains("s3cret"));
    }
    wrong.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_listener_outlives_a_restart_of_the_database() {
    let cluster = Cluster::start();
    let location = Location::parse(cluster.url()).expect("an address");
    let store = open(&location, Mode::CreateEmpty).await.expect("an empty store");
    let woken = async || {
        tokio::time::timeout(PATIENCE, store.wait_for_change()).await.expect("the waiter wakes");
    };
    woken().await; // the first connection

    let first = puts([Row::Theme(theme("before"))]);
    let ((), applied) = tokio::join!(woken(), store.apply(&first, None, "t", "before"));
    applied.expect("written");

    // A waiter that waits through the restart wakes by reconnecting.
    let ((), ()) = tokio::join!(woken(), async { tokio::task::block_in_place(|| cluster.restart()) });
    let second = puts([Row::Theme(theme("after"))]);
    let ((), applied) = tokio::join!(woken(), store.apply(&second, None, "t", "after"));
    applied.expect("written");
    assert_eq!(store.load(None).await.expect("a load").records.themes.len(), 14);

    // While the database is down, reading fails with its name; the waiter says so once.
    cluster.stop();
    let error = store.load(None).await.expect_err("the database is down");
    assert!(matches!(error, StoreError::Connect { .. }), "{error:?}");
    let lost = tokio::time::timeout(PATIENCE, store.wait_for_change()).await.expect("the waiter wakes");
    assert!(matches!(lost, Wake::Lost { .. }), "{lost:?}");
    let early = tokio::time::timeout(Duration::from_millis(500), store.wait_for_change()).await;
    assert!(early.is_err(), "said once");
    tokio::task::block_in_place(|| cluster.restart());
    assert_eq!(tokio::time::timeout(PATIENCE, store.wait_for_change()).await, Ok(Wake::Changed));
}
