//! The cards of the steps.
//!
//! All figures of a card are taken from one list, that of the step's events, so they fit together:
//! averages, people and modes are of exactly the events that the headline counts.

use std::collections::{BTreeMap, HashMap};

use super::figure::{Figure, Fold, Member};
use super::ledger::{Event, Ledger};
use super::{Card, Wanted, ratings};
use crate::model::audience::Audience;
use crate::model::{BudgetLine, Key, Keyed, Mode, Step, Table};

/// The figures of a step.
type Figures = fn(&Ledger<'_>) -> Vec<Figure>;

/// By code of the step. Names and order of the cards are rows of the store, as the method still changes.
const FIGURES: [(&str, Figures); 6] = [
    ("identify", |ledger| of_events("identifications", Table::Identification, ledger.entered())),
    ("share", |ledger| of_events("workshops", Table::Workshop, &ledger.workshops())),
    ("learn", |ledger| of_events("visits", Table::Visit, &ledger.visits())),
    ("prioritise", |ledger| of_events("priorities", Table::Vote, &ledger.votes())),
    ("replicate", of_replications),
    ("review", of_reviews),
];

/// A card for each active step, in the order of the steps.
///
/// A step of a code that nothing is known to be counted for has a card without figures: the office may
/// add one, and people see that it is there before anything is counted in it.
pub(super) fn cards(ledger: &Ledger<'_>, audience: Audience, wanted: &Wanted<'_>) -> Vec<Card> {
    let mut steps: Vec<_> = ledger.snapshot.records.steps.iter().filter(|step| step.active).collect();
    steps.sort_by_key(|step| (step.position, &step.code));
    let card = |step: &Step| {
        let of_step = FIGURES.iter().find(|(code, _)| wanted(code) && *code == step.code);
        let mut figures = of_step.map_or_else(Vec::new, |(_, figures)| figures(ledger));
        if audience == Audience::Public {
            ratings::withhold(ledger, &mut figures);
        }
        Card::new(ledger, &step.code, [step.name_mn.clone(), step.name_en.clone()], figures)
    };
    steps.into_iter().map(card).collect()
}

/// Headline, average budget, people, practices and modes of steps 1 to 4.
fn of_events<R: Keyed>(headline: &'static str, table: Table, events: &[Event<'_, R>]) -> Vec<Figure> {
    let figure = |id, fold, members| Figure::new(id, table, fold, members);
    let known = |amount: fn(&Event<'_, R>) -> Option<i64>| -> Vec<Member> {
        events.iter().filter_map(|e| Some(member(e).amount(amount(e)? as f64))).collect()
    };
    let sum = Fold::Sum { n_asked: events.len() };
    let knows_modes = events.is_empty() || events.iter().any(|e| e.occasion.mode.is_some());
    // Both over the same events, so that the one can be read as a part of the other.
    let people = |amount: fn(&Event<'_, R>) -> Option<i64>| -> Vec<Member> {
        let both = events.iter().filter(|e| e.occasion.invited.is_some() && e.occasion.attended.is_some());
        both.filter_map(|e| Some(member(e).amount(amount(e)? as f64))).collect()
    };
    let held = |modes: [Mode; 2]| -> Vec<Member> {
        events.iter().filter(|e| e.occasion.mode.is_some_and(|m| modes.contains(&m))).map(member).collect()
    };
    vec![
        figure(headline, Fold::Count, events.iter().map(member).collect()),
        figure("average_budget", Fold::Mean, known(|e| e.occasion.cost)),
        figure("attended", sum, people(|e| e.occasion.attended)),
        figure("invited", sum, people(|e| e.occasion.invited)),
        figure("practices", Fold::Count, practices(events)),
        figure("face_to_face", Fold::Count, held([Mode::FaceToFace, Mode::Hybrid])).known_if(knows_modes),
        figure("virtual", Fold::Count, held([Mode::Virtual, Mode::Hybrid])).known_if(knows_modes),
    ]
}

fn of_replications(ledger: &Ledger<'_>) -> Vec<Figure> {
    let made = ledger.made();
    let lines = budget_lines(ledger);
    let direct: HashMap<&str, bool> =
        ledger.snapshot.records.funding_sources.iter().map(|s| (s.code.as_str(), s.direct)).collect();
    let mut budget = Vec::new();
    let (mut own, mut others, mut untold) = (Vec::new(), Vec::new(), Vec::new());
    for event in &made {
        let Some(lines) = lines.get(event.row.id.as_str()) else {
            untold.push(member(event));
            continue;
        };
        for line in lines {
            budget.push(Member::part(line.key(), event.share).amount(line.amount as f64));
        }
        let is_direct = lines.iter().all(|line| direct.get(line.source.as_str()) == Some(&true));
        if is_direct { own.push(member(event)) } else { others.push(member(event)) }
    }
    let is_split_known = made.is_empty() || !budget.is_empty();
    let copies = made.iter().copied().map(member).collect();
    let of_copies = |id, members| Figure::new(id, Table::Replication, Fold::Count, members);
    let sum = Fold::Sum { n_asked: made.len() };
    let figures = [
        of_copies("replications", copies),
        Figure::new("allocated_budget", Table::BudgetLine, sum, budget),
        of_copies("practices", practices(made.iter().copied())),
        of_copies("direct", own).known_if(is_split_known),
        of_copies("other", others).known_if(is_split_known),
        of_copies("no_budget", untold).known_if(is_split_known),
    ];
    figures.into_iter().map(|figure| figure.known_if(ledger.reports_replications())).collect()
}

fn of_reviews(ledger: &Ledger<'_>) -> Vec<Figure> {
    let reviews = ledger.reviews();
    let figure = |id, members| Figure::new(id, Table::Review, Fold::Count, members);
    let mut ratings: Vec<_> = ledger.snapshot.records.ratings.iter().collect();
    ratings.sort_by_key(|rating| (rating.position, &rating.code));
    let by_rating = ratings.into_iter().map(|rating| {
        let given = reviews.iter().filter(|e| e.row.rating == rating.code).map(member).collect();
        figure("rating", given).of(&rating.code, [rating.name_mn.clone(), rating.name_en.clone()])
    });
    let whole =
        [figure("reviews", reviews.iter().map(member).collect()), figure("practices", practices(&reviews))];
    whole.into_iter().chain(by_rating).map(|figure| figure.known_if(ledger.reports_replications())).collect()
}

/// Budget lines by copy.
pub(super) fn budget_lines<'a>(ledger: &Ledger<'a>) -> HashMap<&'a str, Vec<&'a BudgetLine>> {
    let mut lines: HashMap<&str, Vec<&BudgetLine>> = HashMap::new();
    for line in ledger.snapshot.records.budget_lines.iter().filter(|line| !ledger.is_broken(|| line.key())) {
        lines.entry(&line.replication).or_default().push(line);
    }
    lines
}

pub(super) fn member<R: Keyed>(event: &Event<'_, R>) -> Member {
    Member::part(event.row.key(), event.share)
}

/// Practices of events, once each; in an estimate with the largest of their shares.
fn practices<'a, R: 'a>(events: impl IntoIterator<Item = &'a Event<'a, R>>) -> Vec<Member> {
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    for event in events {
        for &practice in &event.practices {
            let share = shares.entry(practice).or_insert(event.share);
            *share = share.max(event.share);
        }
    }
    shares.into_iter().map(|(id, share)| Member::part(Key::Practice(id.into()), share)).collect()
}
