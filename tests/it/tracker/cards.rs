//! What stands on the cards, one rule a test.

use hlp_tracker::model::{BudgetLine, Loaded, Mode, Workshop, WorkshopPractice, WorkshopScope};
use hlp_tracker::tracker::{Answer, Question, Value};
use jiff::civil::date;

use super::town::{Dice, SCOPES, THEMES, build, town, with_lists};
use super::{cycle, figure, office, questions, value};
use crate::small_world::practice;
use hlp_tracker::model::PracticeStatus;

fn workshop(id: &str, mode: Mode) -> Workshop {
    Workshop {
        id: id.into(),
        cycle: "2022".into(),
        scope: WorkshopScope::City,
        district: None,
        held_on: date(2022, 5, 20),
        mode,
        venue: None,
        cost: None,
        invited: None,
        attended_f: None,
        attended_m: None,
        attended_unknown: None,
        illustrative: false,
    }
}

fn city(town: Loaded) -> Answer {
    office(&build(town), &Question::city(cycle("2022")))
}

/// 98 events, 53 face to face, 44 virtual and one in both ways; 9,819,600 ₮; 100 of 145 people; 173 practices.
fn card_of_the_slides() -> Loaded {
    let mut town = with_lists();
    town.records.practices.extend(
        (0..173).map(|nth| practice(&format!("g{nth:03}"), "green", "2022:bb-1", PracticeStatus::Shared)),
    );
    for nth in 0..98_usize {
        let mode = match nth {
            0..53 => Mode::FaceToFace,
            53..97 => Mode::Virtual,
            _ => Mode::Hybrid,
        };
        // Costs differ, and their mean is 100,200 ₮.
        let cost = 100_200 + if nth % 2 == 0 { 1_700 } else { -1_700 };
        let invited = Some(if nth < 47 { 2 } else { 1 });
        let (attended_f, attended_m) = (Some(i64::from(nth < 60)), Some(i64::from(nth < 40)));
        let id = format!("w{nth:02}");
        let row = workshop(&id, mode);
        town.records.workshops.push(Workshop { cost: Some(cost), invited, attended_f, attended_m, ..row });
        // Neighbouring workshops show a practice in common.
        for practice in (nth * 2).saturating_sub(1)..=(nth * 2 + 1) {
            let (workshop, practice) = (id.clone(), format!("g{:03}", practice.min(172)));
            let row = WorkshopPractice { workshop, practice, illustrative: false };
            if !town.records.workshop_practices.contains(&row) {
                town.records.workshop_practices.push(row);
            }
        }
    }
    town
}

#[test]
fn the_card_of_the_slides_comes_out_of_its_records() {
    let town = card_of_the_slides();
    assert_eq!(town.records.workshops.iter().filter_map(|w| w.cost).sum::<i64>(), 9_819_600);
    let answer = city(town);
    let of = |id| value(&answer, "share", id);
    assert_eq!(of("workshops"), Some(98.0));
    assert_eq!(of("average_budget"), Some(100_200.0));
    assert_eq!([of("attended"), of("invited")], [Some(100.0), Some(145.0)]);
    assert_eq!(of("practices"), Some(173.0));
    assert_eq!([of("face_to_face"), of("virtual")], [Some(54.0), Some(45.0)]);
    assert_eq!(figure(&answer, "share", "average_budget").n, Some(98));
    let ids: Vec<Vec<&str>> =
        answer.steps.iter().map(|c| c.figures.iter().map(|f| f.id.as_str()).collect()).collect();
    let sub = ["average_budget", "attended", "invited", "practices", "face_to_face", "virtual"];
    for (ids, headline) in ids.iter().zip(["identifications", "workshops", "visits", "priorities"]) {
        assert_eq!((ids[0], &ids[1..]), (headline, &sub[..]));
    }
    assert_eq!(ids[4], ["replications", "allocated_budget", "practices", "direct", "other", "no_budget"]);
    let ratings = ["rating_outstanding", "rating_good", "rating_needs_improvement", "rating_with_support"];
    assert_eq!((&ids[5][..2], &ids[5][2..]), (&["reviews", "practices"][..], &ratings[..]));
}

#[test]
fn a_hybrid_event_counts_in_both_ways_and_once_in_the_headline() {
    let mut town = with_lists();
    town.records.workshops = vec![workshop("a", Mode::Hybrid), workshop("b", Mode::Virtual)];
    let answer = city(town);
    let of = |id| value(&answer, "share", id);
    assert_eq!([of("workshops"), of("face_to_face"), of("virtual")], [Some(2.0), Some(1.0), Some(2.0)]);
}

#[test]
fn unknown_is_not_zero() {
    let mut town = with_lists();
    town.records.workshops = vec![workshop("a", Mode::Virtual), workshop("b", Mode::Virtual)];
    let answer = city(town.clone());
    let of = |answer: &Answer| ["average_budget", "attended", "invited"].map(|id| value(answer, "share", id));
    assert_eq!(of(&answer), [None; 3]);
    // Nobody came is something known, and free is a cost; of how many is not known yet.
    (town.records.workshops[0].attended_f, town.records.workshops[0].cost) = (Some(0), Some(0));
    assert_eq!(of(&city(town.clone())), [Some(0.0), None, None]);
    town.records.workshops[0].invited = Some(7);
    let answer = city(town);
    assert_eq!(of(&answer), [Some(0.0), Some(0.0), Some(7.0)]);
    assert_eq!(figure(&answer, "share", "average_budget").n, Some(1));
    // Entries of the small town tell no mode; where nothing happened nobody was invited.
    assert_eq!(value(&answer, "identify", "face_to_face"), None);
    assert_eq!(["visits", "invited", "virtual"].map(|id| value(&answer, "learn", id)), [Some(0.0); 3]);
    assert_eq!(value(&answer, "learn", "average_budget"), None);
}

#[test]
fn copies_that_were_not_counted_are_unknown() {
    let answer = office(&build(with_lists()), &Question::city(cycle("2020")));
    for card in ["replicate", "review"] {
        let card = answer.steps.iter().find(|c| c.code == card).expect("a card");
        assert!(card.figures.iter().all(|f| f.value.is_none()), "{card:?}");
    }
}

#[test]
fn copies_are_of_own_money_alone_or_of_other_or_of_none_recorded() {
    let mut town = with_lists();
    let line = |replication: &str, position, source: &str| BudgetLine {
        replication: replication.into(),
        position,
        source: source.into(),
        amount: 100,
        fiscal_year: 2022,
        illustrative: false,
    };
    let split = |answer: &Answer| {
        ["replications", "direct", "other", "no_budget"].map(|id| value(answer, "replicate", id))
    };
    assert_eq!(split(&city(town.clone())), [Some(3.0), None, None, None]);
    town.records.budget_lines = vec![line("r1", 1, "own"), line("r2", 1, "own"), line("r2", 2, "ldf")];
    let answer = city(town.clone());
    assert_eq!(split(&answer), [Some(3.0), Some(1.0), Some(1.0), Some(1.0)]);
    assert_eq!(value(&answer, "replicate", "allocated_budget"), Some(300.0));
    // r3 is planned: its money waits, but is not that of copies made.
    town.records.budget_lines.push(line("r3", 1, "donor"));
    let answer = city(town);
    assert_eq!(value(&answer, "replicate", "allocated_budget"), Some(300.0));
    let budget = answer.more.iter().find(|c| c.code == "budget").expect("a card");
    let told: Vec<_> = budget.figures.iter().map(|f| (f.id.as_str(), f.value.map(|v| v.0))).collect();
    assert_eq!(
        told,
        [
            ("replication_budget_own_2022", Some(200.0)),
            ("replication_budget_ldf_2022", Some(100.0)),
            ("budget_by_status_planned", Some(100.0)),
            ("budget_by_status_completed", Some(300.0)),
        ]
    );
}

/// The value that a figure's records make, by what is known of the figure from outside.
fn recounted(figure: &hlp_tracker::tracker::Figure) -> Option<f64> {
    let shares: f64 = figure.members.iter().map(|m| m.share).sum();
    let sum: f64 = figure.members.iter().filter_map(|m| Some(m.amount? * m.share)).sum();
    let weights: f64 = figure.members.iter().filter_map(|m| m.weight).sum();
    match figure.definition.id {
        "average_budget" => (!figure.members.is_empty()).then(|| sum / shares),
        "score_before" | "score_after" | "satisfaction" => {
            let people = figure.members.iter().filter_map(|m| Some(m.amount? * m.weight?));
            (weights > 0.0).then(|| people.sum::<f64>() / weights)
        }
        "participation" => Some(100.0 * shares / figure.n.expect("khoroos") as f64),
        id if id.starts_with("days_to_") => figure.value.map(|v| v.0),
        _ if figure.members.iter().any(|m| m.amount.is_some()) => Some(sum),
        _ => Some(shares),
    }
}

#[test]
fn a_figure_is_what_its_records_make_and_each_record_stands_there_once() {
    let mut n_records = 0;
    for seed in 0..6 {
        let snapshot = build(town(seed));
        for mut question in questions(&snapshot, &SCOPES, &THEMES) {
            for as_of in [None, Some(date(2022, 7, 1))] {
                question.as_of = as_of;
                let answer = office(&snapshot, &question);
                for figure in answer.steps.iter().chain(&answer.more).flat_map(|card| &card.figures) {
                    let told = format!("seed {seed}, {question:?}, {}", figure.id);
                    match figure.value {
                        Some(Value(value)) if !figure.members.is_empty() => {
                            assert_eq!(recounted(figure), Some(value), "{told}");
                        }
                        Some(Value(value)) => assert!(value.abs() < 1e-9, "{told}"),
                        None => assert!(figure.members.is_empty(), "{told}"),
                    }
                    let mut keys: Vec<_> = figure.members.iter().map(|m| &m.key).collect();
                    keys.sort();
                    keys.dedup();
                    assert_eq!(keys.len(), figure.members.len(), "{told}");
                    n_records += keys.len();
                }
            }
        }
    }
    assert!(n_records > 10_000, "{n_records}");
}

#[test]
fn a_changed_record_moves_the_figure_and_its_record() {
    for seed in 0..20 {
        let dice = &mut Dice::new(seed);
        let mut changed = town(seed);
        let before = office(&build(changed.clone()), &Question::city(cycle("all")));
        let known: Vec<usize> = (0..changed.records.workshops.len())
            .filter(|&idx| changed.records.workshops[idx].cost.is_some())
            .collect();
        let counted: Vec<_> =
            figure(&before, "share", "average_budget").members.iter().map(|m| m.key.to_string()).collect();
        let idx = dice.one(&known);
        let id = changed.records.workshops[idx].id.clone();
        changed.records.workshops[idx].cost = changed.records.workshops[idx].cost.map(|cost| cost + 7_000);
        let after = office(&build(changed), &Question::city(cycle("all")));
        let both = |answer: &Answer| {
            let figure = figure(answer, "share", "average_budget");
            let amount = figure.members.iter().find(|m| m.key.to_string() == id).and_then(|m| m.amount);
            (figure.value.expect("a cost is known").0, amount)
        };
        let ((mean, amount), (mean_now, amount_now)) = (both(&before), both(&after));
        if counted.contains(&id) {
            let n = counted.len() as f64;
            assert!((mean_now - mean - 7_000.0 / n).abs() < 1e-6, "seed {seed}");
            assert_eq!(amount_now, amount.map(|a| a + 7_000.0), "seed {seed}");
        } else {
            assert_eq!((mean_now, amount_now), (mean, None), "seed {seed}");
        }
    }
}
