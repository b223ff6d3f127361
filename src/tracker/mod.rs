//! The figures of the six steps, what each of them means, and the records that each is made of.
//!
//! [`ask`] answers a [`Question`] with cards of figures; [`figure`] gives one of them with its records.
//! Both go the same way, so a number and its list cannot disagree. A figure without a written definition
//! gets counted twice and disputed, so every figure served has one, in both languages, as data.
//!
//! Owns: questions, figures, definitions. Leaves to others: which records count (`snapshot::counting`),
//! whose place is where (`snapshot::Carrier`), addresses and JSON.
//! Invariant: no I/O, clock or randomness.
//! Design: figures are computed when they are asked for; a table of all of them would be larger than the
//! records, and a body that was asked for once is kept by `http`.

mod cards;
mod definitions;
mod figure;
mod funnel;
mod history;
mod ledger;
mod question;
mod reach;
mod training;

use std::collections::BTreeMap;

use crate::model::audience::Audience;
use crate::model::{Training, VintageId};
use crate::snapshot::{CycleChoice, Snapshot};
use ledger::Ledger;

pub use cards::RATINGS_SHOWN_FROM;
pub use definitions::{Definition, definitions};
pub use figure::{Base, Figure, Member, Value};
pub use question::{AskError, Question, Scope};

/// All figures for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The vintage whose ground it stands on; `None` where cycles of several were asked for.
    pub vintage: Option<VintageId>,
    /// Cycles that it is made of.
    pub cycles: Vec<String>,
    /// True where figures were carried from another vintage.
    pub is_estimate: bool,
    /// The six steps, in order.
    pub steps: Vec<Card>,
    /// What goes across steps.
    pub more: Vec<Card>,
}

/// Figures that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub figures: Vec<Figure>,
}

/// Whether the question names only what is there: cheap, as nothing is counted.
pub fn check(snapshot: &Snapshot, question: &Question) -> Result<(), AskError> {
    question.resolve(snapshot).map(|_| ())
}

/// Errors: where the question names something that is not there.
pub fn ask(snapshot: &Snapshot, question: &Question, audience: Audience) -> Result<Answer, AskError> {
    let ledger = Ledger::open(snapshot, question)?;
    Ok(Answer {
        vintage: ledger.ground().map(|view| view.vintage.id.clone()),
        cycles: ledger.spans.iter().map(|span| span.cycle.id.clone()).collect(),
        is_estimate: ledger.is_estimate(),
        steps: cards::cards(&ledger, audience),
        more: more(&ledger, audience),
    })
}

/// One figure of [`ask`]'s answer: `id` on the card with the code `card`.
pub fn figure(
    snapshot: &Snapshot,
    question: &Question,
    audience: Audience,
    card: &str,
    id: &str,
) -> Result<Figure, AskError> {
    let answer = ask(snapshot, question, audience)?;
    let cards = || answer.steps.iter().chain(&answer.more);
    let Some(found) = cards().find(|c| c.code == card) else {
        let known = cards().map(|c| c.code.clone()).collect();
        return Err(AskError::Card { asked: card.into(), known });
    };
    found.figures.iter().find(|f| f.id == id).cloned().ok_or_else(|| AskError::Figure {
        card: card.into(),
        asked: id.into(),
        known: found.figures.iter().map(|f| f.id.clone()).collect(),
    })
}

impl Card {
    fn new(
        ledger: &Ledger<'_>,
        code: &str,
        [name_mn, name_en]: [String; 2],
        mut figures: Vec<Figure>,
    ) -> Self {
        for figure in &mut figures {
            figure.is_estimate = ledger.is_estimate();
        }
        Self { code: code.into(), name_mn, name_en, figures }
    }
}

fn more(ledger: &Ledger<'_>, audience: Audience) -> Vec<Card> {
    let card = |code, name_mn: &str, name_en: &str, figures| {
        Card::new(ledger, code, [name_mn.into(), name_en.into()], figures)
    };
    let mut cards = vec![
        card("funnel", "Туршлагын явц", "From entry to review", funnel::figures(ledger)),
        card("reach", "Оролцоо ба хүртэгчид", "Participation and reach", reach::figures(ledger)),
        card("budget", "Нутагшуулалтын төсөв", "Budget of replications", reach::budget(ledger)),
    ];
    if audience == Audience::Internal {
        cards.push(card("attention", "Анхаарах зүйл", "To look after", reach::attention(ledger)));
    }
    cards.extend(trainings(ledger));
    cards
}

/// A card for each organisation that trains; trainings belong to no cycle, theme or khoroo, so only a
/// question about all of them has these.
fn trainings(ledger: &Ledger<'_>) -> Vec<Card> {
    let question = ledger.question;
    if question.scope != Scope::City || question.cycle != CycleChoice::All || question.theme.is_some() {
        return Vec::new();
    }
    let mut by_org: BTreeMap<&str, Vec<&Training>> = BTreeMap::new();
    for row in ledger.snapshot.records.trainings.iter().filter(|row| ledger.is_past(row.held_on)) {
        by_org.entry(&row.org).or_default().push(row);
    }
    let card = |(org, rows): (&str, Vec<&Training>)| {
        let names = [format!("Сургалт: {org}"), format!("Trainings: {org}")];
        Card::new(ledger, &format!("trainings:{org}"), names, training::figures(&rows))
    };
    by_org.into_iter().map(card).collect()
}
