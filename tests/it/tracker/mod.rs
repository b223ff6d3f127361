//! The tracker's figures: their records, their meaning, by day and on other ground.

mod audience;
mod cards;
mod carried;
mod days;
mod equal;
mod funnel;
mod oracle;
mod published;
mod ratings;
mod standing;
mod steps;
pub mod town;
mod trainings;

use hlp_tracker::model::audience::Audience;
use hlp_tracker::snapshot::{CycleChoice, Snapshot};
use hlp_tracker::tracker::{Answer, Figure, Question, Scope, Value, ask};

/// The answer for the office, who sees everything.
fn office(snapshot: &Snapshot, question: &Question) -> Answer {
    ask(snapshot, question, Audience::Internal).unwrap_or_else(|e| panic!("{question:?}: {e}"))
}

fn figure<'a>(answer: &'a Answer, card: &str, id: &str) -> &'a Figure {
    let mut cards = answer.steps.iter().chain(&answer.more);
    let card = cards.find(|c| c.code == card).unwrap_or_else(|| panic!("no card {card}"));
    card.figures.iter().find(|f| f.id == id).unwrap_or_else(|| panic!("no figure {id}"))
}

fn value(answer: &Answer, card: &str, id: &str) -> Option<f64> {
    figure(answer, card, id).value.map(|Value(value)| value)
}

fn cycle(text: &str) -> CycleChoice {
    text.parse().expect("any text")
}

fn scope(code: &str) -> Scope {
    match code {
        "city" => Scope::City,
        khoroo if khoroo.contains('-') => Scope::Khoroo(khoroo.parse().expect("a khoroo")),
        district => Scope::District(district.parse().expect("a district")),
    }
}

/// Every combination of scope, cycle and theme on the ground of a vintage, native ones only.
fn questions(snapshot: &Snapshot, scopes: &[&str], themes: &[Option<&str>]) -> Vec<Question> {
    let mut questions = Vec::new();
    for view in &snapshot.vintages {
        for cycle in view.counts.cycles.iter().map(String::as_str).chain(["all"]) {
            for code in scopes {
                let is_there = match scope(code) {
                    Scope::Khoroo(khoroo) => view.geography.khoroo_idx(&khoroo).is_some(),
                    _ => true,
                };
                for theme in themes.iter().filter(|_| is_there) {
                    questions.push(Question {
                        scope: scope(code),
                        cycle: cycle.parse().expect("any text"),
                        theme: theme.map(str::to_owned),
                        as_of: None,
                        vintage: Some(view.vintage.id.clone()),
                    });
                }
            }
        }
    }
    questions
}
