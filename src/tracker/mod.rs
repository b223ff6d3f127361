//! The figures of the six steps, what each of them means, and the records that each is made of.
//!
//! [`ask`] answers a [`Question`] with cards of figures; [`figure`] gives one of them with its records.
//! Both go the same way, so a number and its list cannot disagree. A figure without a written definition
//! gets counted twice and disputed, so every figure served has one, in both languages, as data.
//!
//! Owns: questions, figures, definitions, and beside them what others have published. Leaves to others:
//! which records count (`snapshot::counting`), whose place is where (`snapshot::Carrier`), addresses, JSON.
//! Invariant: no I/O, clock or randomness.
//! Design: figures are computed when they are asked for; a table of all of them would be larger than the
//! records, and a body that was asked for once is kept by `http`.

mod cards;
mod definitions;
mod figure;
mod funnel;
mod history;
mod ledger;
mod published;
mod question;
mod ratings;
mod reach;
mod rows;
mod training;

use std::collections::BTreeMap;

use crate::model::audience::Audience;
use crate::model::{Keyed as _, Lang, Training, VintageId, naming};
use crate::snapshot::{CycleChoice, Snapshot};
use ledger::Ledger;

pub use definitions::{Definition, definitions};
pub use figure::{Base, Figure, Member, Value};
pub use published::{Counted, Part, Published, Source, Topic, published};
pub use question::{AskError, Question, Scope};
pub use ratings::RATINGS_SHOWN_FROM;
pub use rows::{RecordOut, describe};
pub use training::{Measured, SCORES_SHOWN_FROM, is_of_few};

/// All figures for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The vintage whose ground it stands on; `None` where cycles of several were asked for.
    pub vintage: Option<VintageId>,
    /// Cycles that it is made of.
    pub cycles: Vec<String>,
    /// True where figures were carried from another vintage.
    pub is_estimate: bool,
    /// The steps that are shown, in order.
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
    Ok(answered(&ledger, audience, &|_| true))
}

/// The cards of the steps of [`ask`]'s answer, without what goes across them.
pub fn steps(snapshot: &Snapshot, question: &Question, audience: Audience) -> Result<Vec<Card>, AskError> {
    let ledger = Ledger::open(snapshot, question)?;
    Ok(cards::cards(&ledger, audience, &|_| true))
}

/// One figure of [`ask`]'s answer: `id` on the card with the code `card`. Of figures that come and go with
/// their records, one that is not there now is an empty one: its address stays good.
pub fn figure(
    snapshot: &Snapshot,
    question: &Question,
    audience: Audience,
    card: &str,
    id: &str,
) -> Result<Figure, AskError> {
    let ledger = Ledger::open(snapshot, question)?;
    let answer = answered(&ledger, audience, &|code| code == card);
    let mut cards: Vec<Card> = answer.steps.into_iter().chain(answer.more).collect();
    let Some(at) = cards.iter().position(|c| c.code == card) else {
        let known = cards.into_iter().map(|c| c.code).collect();
        return Err(AskError::Card { asked: card.into(), known });
    };
    let mut figures = cards.swap_remove(at).figures;
    let Some(at) = figures.iter().position(|f| f.id == id) else {
        let absent = (card == BUDGET.0).then(|| reach::without_records(&ledger, id)).flatten();
        if let Some(figure) = absent {
            return Ok(figure);
        }
        let known = figures.into_iter().map(|f| f.id).collect();
        return Err(AskError::Figure { card: card.into(), asked: id.into(), known });
    };
    Ok(figures.swap_remove(at))
}

/// Which cards are to be filled, by code; the others stay without figures.
type Wanted<'a> = dyn Fn(&str) -> bool + 'a;

fn answered(ledger: &Ledger<'_>, audience: Audience, wanted: &Wanted<'_>) -> Answer {
    Answer {
        vintage: ledger.ground().map(|view| view.vintage.id.clone()),
        cycles: ledger.spans.iter().map(|span| span.cycle.id.clone()).collect(),
        is_estimate: ledger.is_estimate(),
        steps: cards::cards(ledger, audience, wanted),
        more: more(ledger, audience, wanted),
    }
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

/// What goes across steps: code, names, figures.
type Across = (&'static str, [&'static str; 2], fn(&Ledger<'_>) -> Vec<Figure>);

const FUNNEL: Across = ("funnel", ["Туршлагын явц", "From entry to review"], funnel::figures);
const REACH: Across = ("reach", ["Оролцоо ба хүртэгчид", "Participation and reach"], reach::figures);
const BUDGET: Across = ("budget", ["Нутагшуулалтын төсөв", "Budget of replications"], reach::budget);
const ATTENTION: Across = ("attention", ["Анхаарах зүйл", "To look after"], reach::attention);

fn more(ledger: &Ledger<'_>, audience: Audience, wanted: &Wanted<'_>) -> Vec<Card> {
    let for_the_office = (audience == Audience::Internal).then_some(ATTENTION);
    let across = [FUNNEL, REACH, BUDGET].into_iter().chain(for_the_office);
    let card = |(code, names, figures): Across| {
        let figures = if wanted(code) { figures(ledger) } else { Vec::new() };
        Card::new(ledger, code, names.map(str::to_owned), figures)
    };
    across.map(card).chain(trainings(ledger, audience)).collect()
}

/// A card for each organisation that trains; trainings belong to no cycle, theme or khoroo, so only a
/// question about all of them has these.
fn trainings(ledger: &Ledger<'_>, audience: Audience) -> Vec<Card> {
    let question = ledger.question;
    if question.scope != Scope::City || question.cycle != CycleChoice::All || question.theme.is_some() {
        return Vec::new();
    }
    let mut by_org: BTreeMap<&str, Vec<&Training>> = BTreeMap::new();
    let held = ledger.snapshot.records.trainings.iter().filter(|row| ledger.is_past(row.held_on));
    for row in held.filter(|row| !ledger.is_broken(|| row.key())) {
        by_org.entry(&row.org).or_default().push(row);
    }
    let card = |(org, rows): (&str, Vec<&Training>)| {
        // Invented ones have their name in both languages.
        let is_invented = rows.iter().all(|row| row.illustrative);
        let said = |lang| if is_invented { naming::in_one_language(org, lang) } else { org };
        let names = [format!("Сургалт: {}", said(Lang::Mn)), format!("Trainings: {}", said(Lang::En))];
        let figures = training::figures(&rows, audience);
        Card::new(ledger, &format!("trainings:{org}"), names, figures)
    };
    by_org.into_iter().map(card).collect()
}
