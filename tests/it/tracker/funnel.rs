//! The way of practices through the gates, counted by hand.

use hlp_tracker::model::{
    Decision, IdentificationStage, Loaded, Mode, PracticeStatus, PracticeStatusChange, Review, Stage,
    Workshop, WorkshopPractice, WorkshopScope,
};
use hlp_tracker::tracker::{Question, Scope};
use jiff::civil::date;

use super::town::{build, with_lists};
use super::{cycle, figure, office, scope, value};

/// `p1` was identified on 2020-06-01, shown on 2020-09-09, copied on 2022-06-01, reviewed on 2022-06-11.
fn walked() -> Loaded {
    let mut town = with_lists();
    town.records.practice_status_changes.push(PracticeStatusChange {
        practice: "p1".into(),
        changed_on: date(2020, 6, 1),
        status: PracticeStatus::Identified,
        illustrative: false,
    });
    town.records.workshops.push(Workshop {
        id: "w".into(),
        cycle: "2020".into(),
        scope: WorkshopScope::City,
        district: None,
        held_on: date(2020, 9, 9),
        mode: Mode::Virtual,
        venue: None,
        cost: None,
        invited: None,
        attended_f: None,
        attended_m: None,
        attended_unknown: None,
        illustrative: false,
    });
    for practice in ["p1", "p5"] {
        let row = WorkshopPractice { workshop: "w".into(), practice: practice.into(), illustrative: false };
        town.records.workshop_practices.push(row);
    }
    town.records.reviews.push(Review {
        id: "v".into(),
        replication: "r1".into(),
        reviewed_on: date(2022, 6, 11),
        mode: None,
        rating: "good".into(),
        comment: None,
        follow_up_by: None,
        trainer: None,
        illustrative: false,
    });
    town
}

#[test]
fn practices_of_a_round_are_followed_through_later_rounds() {
    let snapshot = build(walked());
    assert!(snapshot.verdict.faults.is_empty(), "{:?}", snapshot.verdict.faults);
    let answer = office(&snapshot, &Question::city(cycle("2020")));
    let of = |id: &str| value(&answer, "funnel", id);
    // `p5` was entered on 2020-05-01 and is identified since, as nothing else is known.
    let gates = ["identified", "shared", "learned", "prioritised", "replicated", "reviewed"];
    let reached = gates.map(|gate| of(&format!("funnel_{gate}")));
    assert_eq!(reached, [2.0, 2.0, 0.0, 0.0, 1.0, 1.0].map(Some));
    // 100 days of `p1` and 131 of `p5`.
    assert_eq!((of("days_to_shared"), figure(&answer, "funnel", "days_to_shared").n), (Some(115.5), Some(2)));
    assert_eq!((of("days_to_learned"), figure(&answer, "funnel", "days_to_learned").n), (None, Some(0)));
    assert_eq!(of("days_to_replicated"), None);
    assert_eq!(of("days_to_reviewed"), Some(10.0));
}

#[test]
fn the_funnel_starts_where_practices_were_submitted_and_stops_at_the_day() {
    let snapshot = build(walked());
    let of = |scope: Scope, as_of| {
        let answer = office(&snapshot, &Question { scope, as_of, ..Question::city(cycle("2020")) });
        ["identified", "shared", "replicated"].map(|gate| value(&answer, "funnel", &format!("funnel_{gate}")))
    };
    // The copy of `p1` is in bb-2; the practice is of aa-2.
    assert_eq!(of(scope("aa-2"), None), [Some(1.0); 3]);
    assert_eq!(of(scope("bb-2"), None), [Some(0.0); 3]);
    assert_eq!(of(Scope::City, Some(date(2020, 9, 8))), [2.0, 0.0, 0.0].map(Some));
    assert_eq!(of(Scope::City, Some(date(2020, 9, 9))), [2.0, 2.0, 0.0].map(Some));
    assert_eq!(of(Scope::City, Some(date(2020, 5, 31))), [1.0, 0.0, 0.0].map(Some));
}

#[test]
fn a_status_without_a_day_counts_at_its_gate_but_not_among_the_days() {
    // `p1` is shared, and nothing tells since when.
    let answer = office(&build(with_lists()), &Question::city(cycle("2020")));
    let days = figure(&answer, "funnel", "days_to_shared");
    assert_eq!((value(&answer, "funnel", "funnel_shared"), days.value, days.n), (Some(1.0), None, Some(0)));
}

#[test]
fn an_accepted_stage_tells_since_when_a_practice_is_identified() {
    let mut town = walked();
    town.records.practice_status_changes.clear();
    let stage = |stage, day, decision| IdentificationStage {
        practice: "p1".into(),
        cycle: "2020".into(),
        stage,
        reached_on: date(2020, 8, day),
        decision,
        awarded: false,
        illustrative: false,
    };
    town.records.identification_stages = vec![
        stage(Stage::Khoroo, 1, Decision::Pending),
        stage(Stage::District, 20, Decision::Accepted),
        stage(Stage::City, 30, Decision::Accepted),
    ];
    let snapshot = build(town);
    let on = |day| {
        let question = Question { as_of: Some(date(2020, 8, day)), ..Question::city(cycle("2020")) };
        value(&office(&snapshot, &question), "funnel", "funnel_identified")
    };
    assert_eq!([on(19), on(20)], [Some(1.0), Some(2.0)]);
    let answer = office(&snapshot, &Question::city(cycle("2020")));
    // 20 days of `p1` and 131 of `p5`.
    assert_eq!(value(&answer, "funnel", "days_to_shared"), Some(75.5));
}
