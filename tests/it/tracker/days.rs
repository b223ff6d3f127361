//! The tracker as of a day.

use hlp_tracker::model::{Loaded, ReplicationStatusChange};
use hlp_tracker::tracker::{Answer, Question};
use jiff::civil::{Date, date};

use super::town::{SCOPES, THEMES, build, town, with_lists};
use super::{cycle, office, questions, value};

fn on(loaded: &Loaded, day: Date) -> Answer {
    office(&build(loaded.clone()), &Question { as_of: Some(day), ..Question::city(cycle("2022")) })
}

fn copies(loaded: &Loaded, day: Date) -> Option<f64> {
    value(&on(loaded, day), "replicate", "replications")
}

fn change(replication: &str, day: Date, status: &str) -> ReplicationStatusChange {
    ReplicationStatusChange {
        replication: replication.into(),
        changed_on: day,
        status: status.into(),
        illustrative: false,
    }
}

#[test]
fn every_dated_event_counts_from_its_day_on() {
    let loaded = town(5);
    let records = &loaded.records;
    let snapshot = build(loaded.clone());
    let mut days: Vec<Date> = records.identifications.iter().map(|r| r.entered_on).collect();
    days.extend(records.workshops.iter().map(|r| r.held_on));
    days.extend(records.visits.iter().map(|r| r.held_on));
    days.extend(records.votes.iter().map(|r| r.decided_on));
    days.extend(records.reviews.iter().map(|r| r.reviewed_on));
    days.sort_unstable();
    days.dedup();
    let headlines = [
        ("identify", "identifications"),
        ("share", "workshops"),
        ("learn", "visits"),
        ("prioritise", "priorities"),
        ("review", "reviews"),
    ];
    let of = |day: Option<Date>| {
        let answer = office(&snapshot, &Question { as_of: day, ..Question::city(cycle("all")) });
        headlines.map(|(card, id)| {
            let figure = super::figure(&answer, card, id);
            figure.members.iter().map(|m| m.key.to_string()).collect::<Vec<_>>()
        })
    };
    let day_of = |card: &str, key: &str| match card {
        "identify" => records
            .identifications
            .iter()
            .find(|r| format!("{}/{}", r.practice, r.cycle) == key)
            .map(|r| r.entered_on),
        "share" => records.workshops.iter().find(|r| r.id == key).map(|r| r.held_on),
        "learn" => records.visits.iter().find(|r| r.id == key).map(|r| r.held_on),
        "prioritise" => records
            .votes
            .iter()
            .find(|r| format!("{}/{}/{}", r.khoroo, r.practice, r.cycle) == key)
            .map(|r| r.decided_on),
        _ => records.reviews.iter().find(|r| r.id == key).map(|r| r.reviewed_on),
    };
    let all = of(None);
    assert!(all.iter().all(|keys| !keys.is_empty()), "{all:?}");
    for day in days.iter().flat_map(|day| [day.yesterday().expect("a day"), *day]) {
        for ((card, _), (found, all)) in headlines.iter().zip(of(Some(day)).iter().zip(&all)) {
            let expected: Vec<&String> =
                all.iter().filter(|key| day_of(card, key).expect("a record") <= day).collect();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{card} on {day}");
        }
    }
}

#[test]
fn the_last_of_all_days_is_the_present() {
    for seed in 0..4 {
        let mut loaded = town(seed);
        loaded.records.replication_status_changes = vec![
            change("s00", date(2022, 3, 1), "planned"),
            change("s00", date(2022, 4, 1), "completed"),
            change("s01", date(2022, 4, 1), "stopped"),
            change("s02", date(2022, 12, 1), "planned"),
        ];
        let snapshot = build(loaded);
        for question in questions(&snapshot, &SCOPES, &THEMES) {
            let last = Question { as_of: Some(date(9999, 12, 31)), ..question.clone() };
            assert_eq!(office(&snapshot, &question), office(&snapshot, &last), "seed {seed}");
        }
    }
}

#[test]
fn a_copy_without_dated_changes_counts_from_its_completion_else_its_decision() {
    let mut loaded = with_lists();
    loaded.records.replications.retain(|r| r.id == "r1");
    assert_eq!([5, 6].map(|month| copies(&loaded, date(2022, month, 1))), [Some(0.0), Some(1.0)]);
    loaded.records.replications[0].completed_on = Some(date(2022, 9, 30));
    let on = [29, 30].map(|day| copies(&loaded, date(2022, 9, day)));
    assert_eq!(on, [Some(0.0), Some(1.0)]);
}

#[test]
fn a_copy_with_dated_changes_is_in_the_state_of_the_day() {
    let mut loaded = with_lists();
    loaded.records.replications.retain(|r| r.id == "r1");
    loaded.records.replication_status_changes =
        vec![change("r1", date(2022, 3, 1), "planned"), change("r1", date(2022, 7, 15), "completed")];
    let of = |loaded: &Loaded, days: [Date; 3]| days.map(|day| copies(loaded, day));
    let days = [date(2022, 7, 14), date(2022, 7, 15), date(2023, 1, 1)];
    assert_eq!(of(&loaded, days), [Some(0.0), Some(1.0), Some(1.0)]);
    // It was made, and then stopped: on the days between it counts.
    loaded.records.replications[0].status = "stopped".into();
    loaded.records.replication_status_changes.push(change("r1", date(2022, 10, 1), "stopped"));
    assert_eq!(of(&loaded, days), [Some(0.0), Some(1.0), Some(0.0)]);
    let now = office(&build(loaded), &Question::city(cycle("2022")));
    assert_eq!(value(&now, "replicate", "replications"), Some(0.0));
}
