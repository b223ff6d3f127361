//! The rules. Each takes an empty store.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use hlp_tracker::gpkg::wkb;
use hlp_tracker::model::{
    Change, ChangeSet, Dataset, GridPoint, Key, Khoroo, Loaded, MultiPolygon, Polygon, Revision, Row,
    StoreId, Table, Vintage,
};
use hlp_tracker::store::{Mode, SCHEMA_VERSION, Store, StoreError, open, peek};

use super::fixture::{
    SIDE, SOUTH, WEST, area, district, id, identification, khoroo, practice, puts, replication, rows, theme,
    vintage, world,
};
use super::home::Home;
use super::records::lists;

async fn filled(home: &Home) -> Revision {
    home.store.apply(&world(), None, "tester", "a small world").await.expect("the world is written")
}

async fn count(home: &Home, table: &str) -> i64 {
    let rows = home.sql(&format!("select cast(count(*) as text) from {table}")).await.expect("a count");
    rows[0].as_ref().expect("a number").parse().expect("a number")
}

fn constraint(outcome: Result<Revision, StoreError>) -> (String, String, String) {
    match outcome {
        Err(StoreError::Constraint { table, key, rule }) => (table, key, rule),
        other => panic!("expected a broken rule, got {other:?}"),
    }
}

fn named(table: &str, key: &str, rule: &str) -> (String, String, String) {
    (table.into(), key.into(), rule.into())
}

/// What the world looks like when it is loaded: written from the fixture, not from a store.
fn expected(revision: Revision) -> Loaded {
    let mut loaded = Loaded { revision, ..Loaded::default() };
    let of_world: BTreeSet<Key> = rows().iter().map(Row::key).collect();
    lists().into_rows().filter(|row| !of_world.contains(&row.key())).for_each(|row| loaded.add(row));
    for change in world().changes {
        let Change::Put(row) = change else { panic!("the world only puts") };
        if let Row::Vintage(vintage) = &row {
            loaded.datasets.entry(vintage.id.clone()).or_default();
        }
        loaded.add(row);
    }
    loaded.sort();
    loaded
}

pub async fn what_is_applied_comes_back_exactly(home: &Home) {
    let empty = home.store.load(None).await.expect("an empty load");
    assert_ne!(empty.revision.store, StoreId::default(), "an identity is drawn");
    assert_eq!(empty, Loaded { revision: empty.revision, records: lists(), ..Loaded::default() });
    let revision = filled(home).await;
    assert!(revision.seq > 0 && revision.published_at > 1_700_000_000, "{revision:?}");
    let loaded = home.store.load(None).await.expect("a load");
    // Both homes are held to the same value, so they are equal to each other. Districts come as
    // bn, bzd; khoroos as bn-1, bzd-2, bzd-10: by number, not by text.
    assert_eq!(loaded, expected(revision));
    assert_eq!(home.store.revision().await.expect("a revision"), revision);
}

pub async fn an_equal_row_is_no_change(home: &Home) {
    let revision = filled(home).await;
    let (changes, audits) = (count(home, "change").await, count(home, "audit").await);
    assert_eq!(home.store.apply(&world(), None, "tester", "again").await.expect("no change"), revision);
    assert_eq!((count(home, "change").await, count(home, "audit").await), (changes, audits));
    let absent = ChangeSet { changes: vec![Change::Delete(Key::Theme("nothing".into()))] };
    assert_eq!(home.store.apply(&absent, None, "tester", "nothing").await.expect("no change"), revision);
}

pub async fn a_failing_set_leaves_nothing(home: &Home) {
    let revision = filled(home).await;
    let before = home.store.load(None).await.expect("a load");
    let audits = count(home, "audit_row").await;
    let mut wrong = theme("waste");
    wrong.code = " ".into();
    let mut set = puts([Row::Theme(theme("youth")), Row::Theme(wrong)]);
    set.changes.push(Change::Delete(Key::Replication("r-1".into())));
    home.store.apply(&set, None, "tester", "half wrong").await.expect_err("refused");
    assert_eq!(home.store.load(None).await.expect("a load"), before);
    assert_eq!(home.store.revision().await.expect("a revision"), revision);
    assert_eq!(count(home, "audit_row").await, audits);
}

pub async fn the_order_of_changes_in_a_set_is_free(home: &Home) {
    let mut backwards = world();
    backwards.changes.reverse();
    let revision = home.store.apply(&backwards, None, "tester", "backwards").await.expect("written");
    assert_eq!(home.store.load(None).await.expect("a load"), expected(revision));
}

pub async fn a_broken_rule_is_named_with_table_and_key(home: &Home) {
    filled(home).await;
    let apply = async |row| {
        constraint(home.store.apply(&puts([Row::Theme(theme("ok")), row]), None, "t", "wrong").await)
    };
    let negative = Khoroo { population: Some(-1), ..khoroo("2022:bzd-10", None) };
    assert_eq!(
        apply(Row::Khoroo(negative)).await,
        named("khoroo", "2022:bzd-10", "khoroo_population_not_negative")
    );
    let backwards = Vintage { valid_to: Some(jiff::civil::date(1999, 1, 1)), ..vintage("1999", 2000, None) };
    assert_eq!(apply(Row::Vintage(backwards)).await, named("vintage", "1999", "vintage_ends_after_start"));
    assert_eq!(
        apply(Row::District(district("nd", 5, &[]))).await,
        named("district", "nd", "district_number_unique")
    );
    assert_eq!(
        apply(Row::District(district("nd", 3, &["BZD"]))).await,
        named("district", "nd", "district_alias_alias_unique")
    );
    assert_eq!(
        apply(Row::District(district("nd", u32::MAX, &[]))).await,
        named("district", "nd", "district_number_in_range")
    );
    let untitled = hlp_tracker::model::Practice { title_mn: "  ".into(), ..practice("p/2, x", "2022:bzd-2") };
    assert_eq!(
        apply(Row::Practice(untitled)).await,
        named("practice", "p/2, x", "practice_title_mn_not_blank")
    );
}

/// New rows alone, new ones beside a changed one, a few and many need not go the same way in.
pub async fn the_first_of_many_broken_rows_is_named(home: &Home) {
    filled(home).await;
    let new = |number: i32| Khoroo {
        households: Some(if number % 7 == 0 { -1 } else { 1 }),
        ..khoroo(&format!("2022:bn-{number}"), Some(area(number, 9)))
    };
    let changed = Khoroo { population: Some(1), ..khoroo("2022:bzd-2", Some(area(0, 0))) };
    for others in [vec![], vec![Row::Khoroo(changed)]] {
        for end in [150, 600] {
            let set = puts((110..end).map(new).map(Row::Khoroo).chain(others.clone()));
            let refused = home.store.apply(&set, None, "tester", "one in seven is wrong").await;
            assert_eq!(constraint(refused), named("khoroo", "2022:bn-112", "khoroo_households_not_negative"));
        }
    }
}

pub async fn new_and_changed_rows_of_a_table_come_together(home: &Home) {
    let mut before = filled(home).await;
    for n_new in [1, 400] {
        let changed = Khoroo { households: Some(n_new), ..khoroo("2022:bzd-2", Some(area(7, 7))) };
        let new = (0..n_new as i32).map(|i| khoroo(&format!("2022:bn-{n_new}{i:03}"), Some(area(i, 8))));
        let mut put: Vec<Khoroo> = std::iter::once(changed).chain(new).collect();
        put.sort_by(|a, b| a.id.cmp(&b.id));
        let set = puts(put.iter().cloned().map(Row::Khoroo));
        let revision = home.store.apply(&set, Some(before), "tester", "both").await.expect("written");
        let loaded = home.store.load(None).await.expect("a load");
        let khoroos = loaded.datasets[&put[0].id.vintage].khoroos.iter();
        let is_put = |khoroo: &&Khoroo| put.binary_search_by(|p| p.id.cmp(&khoroo.id)).is_ok();
        assert_eq!(khoroos.filter(is_put).cloned().collect::<Vec<_>>(), put);
        let noted = format!("select key from change where seq > {} order by seq", before.seq);
        let mut noted: Vec<_> = home.sql(&noted).await.expect("changes").into_iter().flatten().collect();
        noted.sort();
        let mut keys: Vec<String> = put.iter().map(|khoroo| khoroo.id.to_string()).collect();
        keys.sort();
        assert_eq!(noted, keys);
        assert_eq!(revision, loaded.revision);
        before = revision;
    }
}

pub async fn a_reference_to_nothing_is_named_with_the_row_that_has_it(home: &Home) {
    filled(home).await;
    let apply = async |row| constraint(home.store.apply(&puts([row]), None, "t", "wrong").await);
    let mut homeless = practice("p-2", "2022:bzd-2");
    homeless.theme = "nothing".into();
    assert_eq!(apply(Row::Practice(homeless)).await, named("practice", "p-2", "practice_theme_exists"));
    assert_eq!(
        apply(Row::Identification(identification("p-1", "2031", "2022:bzd-2"))).await,
        named("identification", "p-1/2031", "identification_cycle_exists")
    );
    assert_eq!(
        apply(Row::Replication(replication("r-2", "p-1", "2022:bzd-99"))).await,
        named("replication", "r-2", "replication_khoroo_vintage_khoroo_code_exists")
    );
    let delete = ChangeSet { changes: vec![Change::Delete(Key::Khoroo(id("2022:bzd-2")))] };
    assert_eq!(
        constraint(home.store.apply(&delete, None, "t", "still hosts p-1").await),
        named("practice", "p-1", "practice_host_vintage_host_code_exists")
    );
}

pub async fn deleting_the_illustrative_removes_them_all(home: &Home) {
    filled(home).await;
    let set = ChangeSet { changes: vec![Change::DeleteIllustrative] };
    home.store.apply(&set, None, "tester", "real data comes").await.expect("deleted");
    let loaded = home.store.load(None).await.expect("a load");
    let full = expected(loaded.revision);
    let left = Loaded {
        revision: loaded.revision,
        districts: full.districts,
        records: hlp_tracker::model::Records {
            themes: full.records.themes,
            replication_statuses: full.records.replication_statuses,
            settings: full.records.settings,
            funding_sources: full.records.funding_sources,
            ratings: full.records.ratings,
            steps: full.records.steps,
            ..Default::default()
        },
        ..Loaded::default()
    };
    assert_eq!(loaded, left);
}

pub async fn a_real_row_keeps_its_illustrative_target_from_being_deleted(home: &Home) {
    filled(home).await;
    let mut real = practice("p-9", "2022:bzd-2");
    real.illustrative = false;
    home.store.apply(&puts([Row::Practice(real)]), None, "tester", "a real practice").await.expect("written");
    let before = home.store.load(None).await.expect("a load");
    let set = ChangeSet { changes: vec![Change::DeleteIllustrative] };
    assert_eq!(
        constraint(home.store.apply(&set, None, "tester", "real data comes").await),
        named("practice", "p-9", "practice_host_vintage_host_code_exists")
    );
    assert_eq!(home.store.load(None).await.expect("a load"), before);
}

pub async fn real_rows_may_take_the_place_of_illustrative_ones(home: &Home) {
    filled(home).await;
    let mut set = ChangeSet { changes: vec![Change::DeleteIllustrative] };
    let real_vintage = Vintage { illustrative: false, ..vintage("2022", 2022, None) };
    let real_khoroo = Khoroo { illustrative: false, ..khoroo("2022:bzd-2", Some(area(3, 3))) };
    set.put(Row::Vintage(real_vintage.clone()));
    set.put(Row::Khoroo(real_khoroo.clone()));
    home.store.apply(&set, None, "tester", "real data").await.expect("written");
    let loaded = home.store.load(None).await.expect("a load");
    assert_eq!(loaded.vintages, std::slice::from_ref(&real_vintage));
    let dataset = Dataset { khoroos: vec![real_khoroo], district_versions: vec![] };
    assert_eq!(loaded.datasets, [(real_vintage.id, dataset)].into());
}

pub async fn a_load_brings_only_the_vintages_that_changed(home: &Home) {
    let revision = filled(home).await;
    let same = home.store.load(Some(revision)).await.expect("a load");
    assert_eq!(same, Loaded { datasets: [].into(), ..expected(revision) });

    let moved = Khoroo { population: Some(1), ..khoroo("2022:bzd-2", Some(area(0, 0))) };
    let second = home.store.apply(&puts([Row::Khoroo(moved)]), None, "t", "a count").await.expect("written");
    let loaded = home.store.load(Some(revision)).await.expect("a load");
    assert_eq!(loaded.datasets.keys().map(ToString::to_string).collect::<Vec<_>>(), ["2022"]);
    assert_eq!(loaded.datasets.values().next().expect("one").khoroos.len(), 3);

    let counted = puts([Row::Replication(replication("r-7", "p-1", "2022:bn-1"))]);
    home.store.apply(&counted, None, "t", "a record").await.expect("written");
    let loaded = home.store.load(Some(second)).await.expect("a load");
    assert!(loaded.datasets.is_empty() && loaded.records.replications.len() == 2);
}

pub async fn a_load_brings_everything_when_changes_are_missing(home: &Home) {
    let revision = filled(home).await;
    home.sql("delete from change").await.expect("pruned");
    let loaded = home.store.load(Some(revision)).await.expect("a load");
    assert_eq!(loaded.datasets, expected(revision).datasets);
    let later =
        home.store.apply(&puts([Row::Theme(theme("work"))]), None, "t", "later").await.expect("written");
    assert!(later.seq > revision.seq, "numbers of changes are never used twice");
}

pub async fn a_load_brings_everything_when_what_is_known_is_of_another_store(home: &Home) {
    let revision = filled(home).await;
    let of_another = Revision { store: StoreId(revision.store.0 ^ 1), ..revision };
    let of_a_copy = Revision { published_at: revision.published_at - 60, ..revision };
    for known in [of_another, of_a_copy] {
        let loaded = home.store.load(Some(known)).await.expect("a load");
        assert_eq!(loaded, expected(revision), "{known:?}");
    }
}

pub async fn a_set_made_for_another_state_is_refused(home: &Home) {
    let first = filled(home).await;
    let set = |code: &str| puts([Row::Theme(theme(code))]);
    let second = home.store.apply(&set("work"), Some(first), "t", "in time").await.expect("written");
    let late = home.store.apply(&set("youth"), Some(first), "t", "too late").await;
    assert!(
        matches!(late, Err(StoreError::Conflict { expected, found }) if (expected, found) == (first.seq, second.seq)),
        "{late:?}"
    );
    let elsewhere = Revision { store: StoreId(second.store.0 ^ 1), ..second };
    let strange = home.store.apply(&set("youth"), Some(elsewhere), "t", "of another store").await;
    assert!(matches!(strange, Err(StoreError::Conflict { .. })), "{strange:?}");
    assert_eq!(home.store.revision().await.expect("a revision"), second);
    home.store.apply(&set("youth"), None, "t", "whatever stands").await.expect("written");
}

pub async fn a_peek_is_a_load(home: &Home) {
    let revision = filled(home).await;
    let seen = peek(&home.location).await.expect("a peek");
    assert_eq!(seen, Some(expected(revision)));
}

pub async fn every_edit_is_audited_before_and_after(home: &Home) {
    filled(home).await;
    let new_shape = Khoroo { population: None, ..khoroo("2022:bzd-2", Some(area(7, 7))) };
    let mut set = puts([Row::Khoroo(new_shape), Row::Theme(theme("wells"))]);
    set.changes.push(Change::Delete(Key::Replication("r-1".into())));
    let revision = home.store.apply(&set, None, "officer", "a correction").await.expect("written");

    let audits = home.sql("select actor || '|' || reason || '|' || seq from audit order by id").await;
    let audits = audits.expect("audits");
    assert_eq!(audits[1].as_deref(), Some(format!("officer|a correction|{}", revision.seq).as_str()));
    let column = async |name: &str| {
        let sql = format!(
            "select cast({name} as text) from audit_row where audit_id = (select max(id) from audit) order by table_name"
        );
        home.sql(&sql).await.expect("audit rows")
    };
    let keys = column("table_name || ' ' || key").await;
    let keys: Vec<_> = keys.iter().flatten().map(String::as_str).collect();
    assert_eq!(keys, ["khoroo 2022:bzd-2", "replication r-1", "theme wells"]);
    let json = |cell: &Option<String>| {
        cell.as_ref().map(|text| serde_json::from_str::<serde_json::Value>(text).expect("JSON"))
    };
    let (before, after) = (column("before").await, column("after").await);
    let khoroo_before = json(&before[0]).expect("it was there");
    assert_eq!(khoroo_before["population"], 12_345);
    let hex = khoroo_before["shape"].as_str().expect("hex of the geometry");
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).expect("hex")).collect();
    assert_eq!(wkb::decode_multi_polygon(&bytes), Ok(Some(area(0, 0))));
    let khoroo_after = json(&after[0]).expect("it is there");
    assert_eq!(khoroo_after["population"], serde_json::Value::Null);
    assert!(khoroo_after["shape"].as_str().is_some_and(|text| text.starts_with("sha256:")));
    assert_eq!(json(&before[1]).expect("it was there")["status"], "completed");
    assert_eq!((&after[1], &before[2]), (&None, &None));
    assert_eq!(json(&after[2]).expect("it is new")["name_mn"], "Ногоон байгууламж");
}

pub async fn an_edit_by_another_program_is_seen(home: &Home) {
    let revision = filled(home).await;
    // Wakes for what happened before do not count.
    while tokio::time::timeout(Duration::from_millis(900), home.store.wait_for_change()).await.is_ok() {}
    let edit = home.sql("update khoroo set population = 777 where vintage = '2022' and code = 'bzd-10'");
    let ((), edited) = tokio::join!(home.woken(), edit);
    edited.expect("another program may edit");
    let loaded = home.store.load(Some(revision)).await.expect("a load");
    assert!(loaded.revision.seq > revision.seq);
    let dataset = &loaded.datasets[&"2022".parse().expect("a vintage")];
    assert_eq!(dataset.khoroos[2].population, Some(777));
    assert_eq!(loaded.datasets.len(), 1);

    home.sql("update theme set code = 'renamed' where code = 'green'")
        .await
        .expect_err("a practice needs it");
    home.sql("delete from replication where id = 'r-1'").await.expect("deleted");
    let changes = home.sql("select table_name || ' ' || key from change order by seq desc limit 1").await;
    assert_eq!(changes.expect("changes"), [Some("replication r-1".to_owned())]);
}

pub async fn our_own_write_wakes_the_waiter(home: &Home) {
    while tokio::time::timeout(Duration::from_millis(900), home.store.wait_for_change()).await.is_ok() {}
    let write = async { filled(home).await };
    tokio::join!(home.woken(), write);
}

pub async fn concurrent_sets_come_one_after_the_other(home: &Home) {
    filled(home).await;
    let other = open(&home.location, Mode::MustExist).await.expect("a second door");
    let write = async |store: &hlp_tracker::store::AnyStore, name: &str| {
        for n in 0..10 {
            // Both write the shared row too, so that they would collide if they could.
            let mut shared = theme("green");
            shared.position = n;
            shared.name_en = name.into();
            let set = puts([Row::Theme(shared), Row::Theme(theme(&format!("{name}-{n}")))]);
            store.apply(&set, None, name, "at once").await.expect("written");
        }
    };
    tokio::join!(write(&home.store, "first"), write(&other, "second"));
    assert_eq!(count(home, "theme").await, 32, "twelve from the start and ten of each");
    let seqs = home.sql("select cast(seq as text) from audit order by id").await.expect("audits");
    let seqs: Vec<i64> = seqs.into_iter().flatten().map(|text| text.parse().expect("a number")).collect();
    assert_eq!(seqs.len(), 21);
    assert!(seqs.is_sorted_by(|a, b| a < b), "changes are numbered in the order of commits: {seqs:?}");
}

pub async fn geometry_nobody_can_read_is_listed_and_left_out(home: &Home) {
    filled(home).await;
    let spoil = if home.is_postgis() {
        "update khoroo set shape = ST_Multi(ST_MakeEnvelope(500, 47, 501, 48, 4326)) where code = 'bzd-10'"
    } else {
        "update khoroo set shape = x'00' where code = 'bzd-10'"
    };
    home.sql(spoil).await.expect("another program may write anything");
    let clockwise = if home.is_postgis() {
        "update khoroo set shape = ST_Multi(ST_ForcePolygonCW(shape)) where code = 'bzd-2' and vintage = '2022'"
    } else {
        "select 1"
    };
    home.sql(clockwise).await.expect("and in any direction");
    let loaded = home.store.load(None).await.expect("a load");
    let listed: Vec<_> = loaded.unreadable.iter().map(|u| (u.table, u.key.as_str())).collect();
    assert_eq!(listed, [(Table::Khoroo, "2022:bzd-10")]);
    assert!(!loaded.unreadable[0].reason.is_empty());
    let khoroos = &loaded.datasets[&"2022".parse().expect("a vintage")].khoroos;
    assert_eq!(khoroos[2].shape, None);
    let doubled =
        hlp_tracker::model::grid::doubled_area(&khoroos[1].shape.as_ref().expect("a shape").0[0].exterior);
    assert_eq!(doubled, 2 * i128::from(SIDE) * i128::from(SIDE));

    // A good row put over it repairs it.
    let repaired = puts([Row::Khoroo(khoroo("2022:bzd-10", Some(area(1, 0))))]);
    home.store.apply(&repaired, None, "tester", "a repair").await.expect("written");
    assert!(home.store.load(None).await.expect("a load").unreadable.is_empty());
}

pub async fn aliases_keep_their_order_and_may_change_hands(home: &Home) {
    filled(home).await;
    let swapped = puts([
        Row::District(district("bn", 1, &["BZD", "zz"])),
        Row::District(district("bzd", 5, &["aa", "БЗД"])),
    ]);
    home.store.apply(&swapped, None, "tester", "a swap").await.expect("written");
    let districts = home.store.load(None).await.expect("a load").districts;
    assert_eq!(districts[0].aliases, ["BZD", "zz"]);
    assert_eq!(districts[1].aliases, ["aa", "БЗД"]);
    home.sql("insert into district_alias (district, position, alias) values ('bn', 9, 'late')")
        .await
        .expect("added");
    let changes = home.sql("select table_name || ' ' || key from change order by seq desc limit 1").await;
    assert_eq!(changes.expect("changes"), [Some("district bn".to_owned())]);
}

pub async fn opening_twice_at_once_makes_one_schema(home: &Home) {
    let (first, second) =
        tokio::join!(open(&home.location, Mode::CreateEmpty), open(&home.location, Mode::CreateEmpty));
    let (first, second) = (first.expect("opens"), second.expect("opens"));
    assert_eq!(count(home, "schema_version").await, SCHEMA_VERSION);
    first.apply(&world(), None, "first", "through one").await.expect("written");
    let seen = second.load(None).await.expect("a load");
    assert_eq!(seen, expected(seen.revision));
}

pub async fn a_newer_schema_is_refused(home: &Home) {
    home.sql("insert into schema_version (version, name) values (9999, '9999_future')")
        .await
        .expect("a future");
    match open(&home.location, Mode::CreateEmpty).await {
        Err(StoreError::SchemaNewer { found: 9999, known, .. }) => assert_eq!(known, SCHEMA_VERSION),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

const LARGE_TIMEOUT: Duration = Duration::from_mins(2);

/// A hundred times the city: 20 400 khoroos of 300 vertices.
pub async fn a_large_set_is_written_and_read(home: &Home) {
    filled(home).await;
    let ring = |n: i32| -> Vec<GridPoint> {
        let (west, south) = (WEST + (n % 200) * 1_000, SOUTH + (n / 200) * 1_000);
        let along = |i: i32| GridPoint::new(west + i * 6, south + (i % 2) * 3);
        (0..150)
            .map(along)
            .chain((0..150).rev().map(|i| GridPoint::new(west + i * 6, south + 900 + (i % 2))))
            .collect()
    };
    let khoroos: Vec<Khoroo> = (1..=20_400)
        .map(|n| {
            let shape = MultiPolygon(vec![Polygon { exterior: ring(n), interiors: vec![] }]);
            khoroo(&format!("2022:bn-{}", n + 100), Some(shape))
        })
        .collect();
    let set = puts(khoroos.iter().cloned().map(Row::Khoroo));
    let started = Instant::now();
    let revision = home.store.apply(&set, None, "tester", "a country").await.expect("written");
    let written = started.elapsed();
    let loaded = home.store.load(None).await.expect("a load");
    let read = started.elapsed();
    let again = home.store.apply(&set, None, "tester", "the same").await.expect("no change");
    assert_eq!(again, revision);
    let dataset = &loaded.datasets[&"2022".parse().expect("a vintage")];
    assert_eq!(dataset.khoroos.len(), 20_403);
    assert!(dataset.khoroos[1..=20_400] == khoroos[..], "every vertex comes back");
    // Generous: a debug build beside other tests. Row by row, either home takes many minutes.
    assert!(
        written < LARGE_TIMEOUT && read < LARGE_TIMEOUT,
        "written after {written:?}, read after {read:?}"
    );
}
