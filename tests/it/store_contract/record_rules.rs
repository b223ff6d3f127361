//! The rules of the store for records of the six steps. Each takes an empty store.

use std::collections::BTreeSet;

use hlp_tracker::model::{
    Change, ChangeSet, Identification, Key, KhorooFact, Occasion, Practice, PracticeDetails, Replication,
    Revision, Row, Table, Training, Visit, Vote, Workshop, rules,
};
use hlp_tracker::store::{Store, StoreError};

use super::fixture::{identification, practice, puts, replication, world};
use super::home::Home;
use super::records::{budget_line, fact, lists, need, records, review, training, visit, vote, workshop};

/// The small world and records of every kind.
async fn filled(home: &Home) -> Revision {
    let set = ChangeSet { changes: [world().changes, puts(records()).changes].concat() };
    home.store.apply(&set, None, "tester", "every kind of record").await.expect("written")
}

async fn refused(home: &Home, set: ChangeSet) -> (String, String, String) {
    match home.store.apply(&set, None, "tester", "wrong").await {
        Err(StoreError::Constraint { table, key, rule }) => (table, key, rule),
        other => panic!("expected a broken rule, got {other:?}"),
    }
}

pub async fn a_new_store_has_the_lists(home: &Home) {
    let loaded = home.store.load(None).await.expect("a load");
    assert_eq!(loaded.records, lists());
}

pub async fn every_kind_of_record_comes_back_as_it_was(home: &Home) {
    filled(home).await;
    let loaded = home.store.load(None).await.expect("a load");
    assert_eq!(loaded.unreadable, []);
    assert_eq!(rules::check_loaded(&loaded).faults, []);
    let stored: Vec<Row> = loaded.into_rows().collect();
    for row in records() {
        assert!(stored.contains(&row), "{row:?}");
    }
    let met: BTreeSet<Table> = stored.iter().map(Row::table).collect();
    let silent: Vec<&Table> = Table::ALL.iter().filter(|table| !met.contains(table)).collect();
    assert!(silent.is_empty(), "no row of {silent:?}");
}

pub async fn every_kind_of_record_may_change_and_go(home: &Home) {
    let before = filled(home).await;
    let again = home.store.apply(&puts(records()), None, "tester", "again").await.expect("no change");
    assert_eq!(again, before);
    // Whatever is put over it, the key tells that it is the same row.
    let changed = puts([
        Row::from(Workshop { invited: Some(7), ..workshop("w-bare") }),
        KhorooFact { population: Some(1), ..fact(2023) }.into(),
        Vote { rank: Some(9), ..vote("2022:bn-1") }.into(),
        budget_line(2, 5).into(),
    ]);
    let revision = home.store.apply(&changed, Some(before), "tester", "corrected").await.expect("written");
    let noted = format!("select key from change where seq > {} order by key", before.seq);
    let noted: Vec<_> = home.sql(&noted).await.expect("changes").into_iter().flatten().collect();
    assert_eq!(noted, ["2022:bn-1/p-full/2022", "2022:bzd-10/2023", "r-full/2", "w-bare"]);
    let keys = records().into_iter().map(|row| Change::Delete(row.key())).collect();
    home.store.apply(&ChangeSet { changes: keys }, Some(revision), "tester", "gone").await.expect("deleted");
    let left: BTreeSet<Key> =
        home.store.load(None).await.expect("a load").into_rows().map(|row| row.key()).collect();
    assert!(records().iter().all(|row| !left.contains(&row.key())));
}

pub async fn invented_records_go_together_and_lists_stay(home: &Home) {
    filled(home).await;
    let set = ChangeSet { changes: vec![Change::DeleteIllustrative] };
    home.store.apply(&set, None, "tester", "real data comes").await.expect("deleted");
    let loaded = home.store.load(None).await.expect("a load");
    assert_eq!(loaded.records.clone().into_rows().count(), lists().into_rows().count());
    assert!(loaded.into_rows().all(|row| !row.is_illustrative()));
}

pub async fn a_rule_that_a_record_breaks_is_named(home: &Home) {
    filled(home).await;
    let crowd = Occasion { invited: Some(1), attended: Some(2), ..Occasion::default() };
    let free = PracticeDetails { cost_setup: Some(-1), ..PracticeDetails::default() };
    let half_voted = Vote { votes: Some(3), voters: Some(2), ..vote("2022:bn-1") };
    let wrong: [(Row, &str, &str); 14] = [
        (
            Practice { details: free, ..practice("p-x", "2022:bzd-2") }.into(),
            "p-x",
            "practice_cost_setup_not_negative",
        ),
        (
            Identification { occasion: crowd, ..identification("p-1", "2022", "2022:bzd-2") }.into(),
            "p-1/2022",
            "identification_attended_within_invited",
        ),
        (
            Workshop { invited: Some(2), attended_f: Some(1), attended_unknown: Some(2), ..workshop("w-x") }
                .into(),
            "w-x",
            "workshop_attended_within_invited",
        ),
        (
            Visit { invited: Some(1), attended: Some(2), ..visit("v-x") }.into(),
            "v-x",
            "visit_attended_within_invited",
        ),
        (Visit { host_feedback: Some(6), ..visit("v-x") }.into(), "v-x", "visit_host_feedback_in_range"),
        (half_voted.into(), "2022:bn-1/p-full/2022", "vote_votes_within_voters"),
        (Vote { rank: Some(0), ..vote("2022:bn-1") }.into(), "2022:bn-1/p-full/2022", "vote_rank_positive"),
        (
            Replication { people_served: Some(-1), ..replication("r-x", "p-1", "2022:bn-1") }.into(),
            "r-x",
            "replication_people_served_not_negative",
        ),
        (budget_line(3, 0).into(), "r-full/3", "budget_line_amount_positive"),
        (budget_line(0, 1).into(), "r-full/0", "budget_line_position_positive"),
        (
            Training { pre_score_pct: Some(100.5), ..training("tr-x") }.into(),
            "tr-x",
            "training_pre_score_pct_in_range",
        ),
        (hlp_tracker::model::Need { urgency: Some(4), ..need("n-x") }.into(), "n-x", "need_urgency_in_range"),
        (
            KhorooFact { households: Some(-1), ..fact(2023) }.into(),
            "2022:bzd-10/2023",
            "khoroo_fact_households_not_negative",
        ),
        (fact(1).into(), "2022:bzd-10/1", "khoroo_fact_year_plausible"),
    ];
    for (row, key, rule) in wrong {
        let table = row.table().name().to_owned();
        assert_eq!(refused(home, puts([row])).await, (table, key.to_owned(), rule.to_owned()));
    }
}

pub async fn a_record_that_refers_to_nothing_is_named(home: &Home) {
    filled(home).await;
    let nowhere = || Some("nobody".to_owned());
    let strange = PracticeDetails { setting: nowhere(), ..PracticeDetails::default() };
    let mut unrated = review("k-x");
    unrated.rating = "splendid".into();
    let mut unpaid = budget_line(3, 1);
    unpaid.source = "nobody".into();
    let wrong: [(Row, &str, &str); 6] = [
        (
            Practice { details: strange, ..practice("p-x", "2022:bzd-2") }.into(),
            "p-x",
            "practice_setting_exists",
        ),
        (Visit { trainer: nowhere(), ..visit("v-x") }.into(), "v-x", "visit_trainer_exists"),
        (unrated.into(), "k-x", "review_rating_exists"),
        (unpaid.into(), "r-full/3", "budget_line_source_exists"),
        (vote("2022:bzd-77").into(), "2022:bzd-77/p-full/2022", "vote_khoroo_vintage_khoroo_code_exists"),
        (
            KhorooFact { setting: nowhere(), ..fact(2024) }.into(),
            "2022:bzd-10/2024",
            "khoroo_fact_setting_exists",
        ),
    ];
    for (row, key, rule) in wrong {
        let table = row.table().name().to_owned();
        assert_eq!(refused(home, puts([row])).await, (table, key.to_owned(), rule.to_owned()));
    }
    for (gone, table, key, rule) in [
        (Key::Trainer("t-1".into()), "visit", "v-full", "visit_trainer_exists"),
        (Key::Visit("v-full".into()), "visit_visitor", "v-full/2022:bzd-10", "visit_visitor_visit_exists"),
        (
            Key::Review("k-full".into()),
            "review_reviewer",
            "k-full/2022:bn-1",
            "review_reviewer_review_exists",
        ),
        (
            Key::Identification("p-full".into(), "2022".into()),
            "identification_stage",
            "p-full/2022/city",
            "identification_stage_practice_cycle_exists",
        ),
        (Key::FundingSource("donor".into()), "budget_line", "r-full/2", "budget_line_source_exists"),
    ] {
        let delete = ChangeSet { changes: vec![Change::Delete(gone)] };
        assert_eq!(refused(home, delete).await, (table.to_owned(), key.to_owned(), rule.to_owned()));
    }
}

pub async fn records_of_other_programs_are_noted_under_their_keys(home: &Home) {
    let before = filled(home).await;
    for edit in [
        "update khoroo_fact set population = 5 where year = 2023",
        "update practice_status_change set illustrative = false where status = 'shared'",
        "delete from travel_time where minutes = 0",
        "insert into rating (code, name_mn, name_en, position) values ('fine', 'Болно', 'Fine', 9)",
    ] {
        home.sql(edit).await.expect(edit);
    }
    let noted =
        format!("select table_name || ' ' || key from change where seq > {} order by seq", before.seq);
    let noted: Vec<_> = home.sql(&noted).await.expect("changes").into_iter().flatten().collect();
    assert_eq!(
        noted,
        [
            "khoroo_fact 2022:bzd-10/2023",
            "practice_status_change p-full/2022-01-02/shared",
            "travel_time 2022:bzd-10/2022:bzd-2",
            "rating fine",
        ]
    );
    let loaded = home.store.load(Some(before)).await.expect("a load");
    assert!(loaded.datasets.is_empty(), "no geometry is read again");
    assert!(loaded.records.ratings.iter().any(|rating| rating.code == "fine" && rating.active));
}
