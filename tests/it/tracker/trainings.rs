//! Figures of trainings.

use hlp_tracker::model::{Training, TrainingForm};
use hlp_tracker::tracker::{Base, Question};
use jiff::civil::date;

use super::town::{build, with_lists};
use super::{cycle, figure, office, scope, value};

fn training(id: &str, org: &str) -> Training {
    Training {
        id: id.into(),
        org: org.into(),
        title_mn: "Сургалт".into(),
        title_en: None,
        topic: None,
        held_on: date(2021, 4, 1),
        form: TrainingForm::Online,
        target_group: None,
        participants_f: None,
        participants_m: None,
        participants_unknown: None,
        pre_score_pct: None,
        post_score_pct: None,
        n_pre: None,
        n_post: None,
        satisfaction_pct: None,
        n_survey: None,
        cost: None,
        illustrative: false,
    }
}

#[test]
fn scores_weigh_people_and_differ_in_percentage_points() {
    let mut town = with_lists();
    let scored = |id: &str, scores: [f64; 2], people: [i64; 2]| Training {
        pre_score_pct: Some(scores[0]),
        post_score_pct: Some(scores[1]),
        n_pre: Some(people[0]),
        n_post: Some(people[1]),
        participants_f: Some(20),
        form: TrainingForm::Classroom,
        ..training(id, "HRDC")
    };
    town.records.trainings = vec![
        scored("a", [40.0, 70.0], [30, 20]),
        scored("b", [64.0, 85.0], [10, 10]),
        // Only a score before: it would shift the mean before against the one after.
        Training { post_score_pct: None, ..scored("c", [90.0, 0.0], [50, 50]) },
        Training {
            participants_m: Some(5),
            satisfaction_pct: Some(80.0),
            n_survey: Some(4),
            ..training("d", "HRDC")
        },
        Training { satisfaction_pct: Some(10.0), ..training("e", "HRDC") },
        training("f", "UNDP"),
    ];
    let answer = office(&build(town), &Question::city(cycle("all")));
    let of = |id: &str| (value(&answer, "trainings:HRDC", id), figure(&answer, "trainings:HRDC", id).n);
    assert_eq!(of("score_before"), (Some(46.0), Some(40)));
    assert_eq!(of("score_after"), (Some(75.0), Some(30)));
    let (gain, n) = of("score_gain");
    assert!((gain.expect("known") - 29.0).abs() < 1e-9 && n == Some(2));
    let gain = figure(&answer, "trainings:HRDC", "score_gain").definition;
    assert_eq!((gain.unit, gain.base), ("percentage points", Some(Base::Events)));
    assert_eq!(of("satisfaction"), (Some(80.0), Some(4)));
    assert_eq!(of("participants"), (Some(65.0), Some(4)));
    assert_eq!([of("participants_f"), of("participants_m")], [(Some(60.0), Some(3)), (Some(5.0), Some(1))]);
    assert_eq!(of("participants_unknown"), (None, Some(0)));
    assert_eq!(
        ["online", "classroom", "hybrid"].map(|form| of(&format!("form_{form}")).0),
        [Some(2.0), Some(3.0), Some(0.0)]
    );
    assert_eq!(value(&answer, "trainings:UNDP", "trainings"), Some(1.0));
    assert_eq!(value(&answer, "trainings:UNDP", "score_gain"), None);
}

#[test]
fn trainings_are_told_only_where_nothing_is_left_out_silently() {
    let mut town = with_lists();
    town.records.trainings = vec![training("a", "HRDC")];
    let snapshot = build(town);
    let has = |question: Question| {
        office(&snapshot, &question).more.iter().any(|card| card.code.starts_with("trainings"))
    };
    assert!(has(Question::city(cycle("all"))));
    assert!(!has(Question::city(cycle("2022"))));
    assert!(!has(Question { scope: scope("aa"), ..Question::city(cycle("all")) }));
    assert!(!has(Question { theme: Some("green".into()), ..Question::city(cycle("all")) }));
    assert!(!has(Question { as_of: Some(date(2021, 3, 31)), ..Question::city(cycle("all")) }));
}
