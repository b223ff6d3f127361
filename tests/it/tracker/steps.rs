//! Steps are rows: the office names, orders, adds and retires them.

use hlp_tracker::model::Step;
use hlp_tracker::model::audience::Audience;
use hlp_tracker::tracker::{AskError, Question};

use super::town::{build, town};
use super::{cycle, office};

fn question() -> Question {
    Question::city(cycle("all"))
}

#[test]
fn cards_have_the_names_and_the_order_of_the_rows() {
    let mut named = town(3);
    let before = office(&build(named.clone()), &question());
    let codes: Vec<&str> = before.steps.iter().map(|card| card.code.as_str()).collect();
    assert_eq!(codes, ["identify", "share", "learn", "prioritise", "replicate", "review"]);
    let learn = named.records.steps.iter_mut().find(|step| step.code == "learn").expect("a step");
    (learn.name_mn, learn.name_en, learn.position) = ("Айлчлал".into(), "Visits".into(), 0);
    let after = office(&build(named), &question());
    let codes: Vec<&str> = after.steps.iter().map(|card| card.code.as_str()).collect();
    assert_eq!(codes, ["learn", "identify", "share", "prioritise", "replicate", "review"]);
    assert_eq!((after.steps[0].name_mn.as_str(), after.steps[0].name_en.as_str()), ("Айлчлал", "Visits"));
    assert_eq!(after.steps[0].figures, before.steps[2].figures);
}

#[test]
fn a_retired_step_has_no_card_and_no_records() {
    let mut retired = town(3);
    retired.records.steps.iter_mut().find(|step| step.code == "review").expect("a step").active = false;
    let snapshot = build(retired);
    assert!(office(&snapshot, &question()).steps.iter().all(|card| card.code != "review"));
    let asked = hlp_tracker::tracker::figure(&snapshot, &question(), Audience::Internal, "review", "reviews");
    assert!(matches!(asked, Err(AskError::Card { .. })), "{asked:?}");
}

#[test]
fn a_step_that_nothing_is_counted_for_is_shown_without_figures() {
    let mut planned = town(3);
    planned.records.steps.push(Step {
        code: "plan".into(),
        name_mn: "Төлөвлөх".into(),
        name_en: "Planning".into(),
        position: 4,
        active: true,
    });
    planned.sort();
    let answer = office(&build(planned), &question());
    let codes: Vec<&str> = answer.steps.iter().map(|card| card.code.as_str()).collect();
    assert_eq!(codes, ["identify", "share", "learn", "plan", "prioritise", "replicate", "review"]);
    let card = answer.steps.iter().find(|card| card.code == "plan").expect("the card");
    assert!(card.figures.is_empty() && card.name_en == "Planning");
}
