//! Published figures stand beside the computed ones and never among them.

use hlp_tracker::model::Records;
use hlp_tracker::tracker::{Question, published};

use super::town::{build, town, with_lists};
use super::{cycle, office};

#[test]
fn an_empty_store_computes_none_of_what_was_published() {
    let mut empty = with_lists();
    empty.records = Records { cycles: empty.records.cycles, ..Records::starting() };
    let answer = office(&build(empty), &Question::city(cycle("all")));
    let cards: Vec<_> = answer.steps.iter().chain(&answer.more).collect();
    assert_eq!(answer.steps.len(), 6);
    let numbers: Vec<_> = cards.iter().flat_map(|c| &c.figures).collect();
    assert!(numbers.len() > 30, "only {} figures", numbers.len());
    for figure in numbers {
        // Khoroos that did nothing are counted in an empty store too: 4 of 2020 and 5 of 2022.
        let expected = if figure.id == "silent_khoroos" { 9.0 } else { 0.0 };
        assert!(
            figure.value.is_none_or(|value| (value.0 - expected).abs() < 1e-9),
            "{}: {:?}",
            figure.id,
            figure.value
        );
        assert!(figure.id == "silent_khoroos" || figure.members.is_empty(), "{}", figure.id);
    }
    assert!(cards.iter().all(|card| !card.code.starts_with("trainings")));
}

#[test]
fn every_computed_number_has_its_records_and_no_published_one_has() {
    let answer = office(&build(town(3)), &Question::city(cycle("all")));
    let published: Vec<&str> = published().map(|p| p.id).collect();
    for card in answer.steps.iter().chain(&answer.more) {
        for figure in &card.figures {
            let is_something = figure.value.is_some_and(|value| value.0.abs() > 1e-9);
            assert!(!is_something || !figure.members.is_empty(), "{} of nothing", figure.id);
            let is_of_ours = !figure.id.starts_with("hrdc") && !figure.id.starts_with("undp");
            assert!(is_of_ours, "{} is published: {published:?}", figure.id);
        }
    }
}
