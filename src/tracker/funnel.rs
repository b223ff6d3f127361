//! How far the practices entered in a cycle came: the gates of the process, and the days between them.
//!
//! The practices are those of one round, in the scope that submitted them; what became of each is looked
//! for everywhere and in all later rounds, for a practice of one khoroo is copied in another.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::figure::{Figure, Fold, Member};
use super::ledger::Ledger;
use crate::model::{Key, Keyed as _, PracticeStatus, Replication, Table, VisitStatus, VoteDecision};
use crate::snapshot::copies;

/// Ids of the gates' counts, and of the median days from the gate before.
const GATES: [(&str, Option<&str>); 6] = [
    ("funnel_identified", None),
    ("funnel_shared", Some("days_to_shared")),
    ("funnel_learned", Some("days_to_learned")),
    ("funnel_prioritised", Some("days_to_prioritised")),
    ("funnel_replicated", Some("days_to_replicated")),
    ("funnel_reviewed", Some("days_to_reviewed")),
];

/// Gates from this one on are passed by copies.
const FIRST_OF_COPIES: usize = 4;

/// First days by practice.
type Days<'a> = HashMap<&'a str, Date>;

pub(super) fn figures(ledger: &Ledger<'_>) -> Vec<Figure> {
    let mut cohort: BTreeMap<&str, f64> = BTreeMap::new();
    for event in ledger.entered() {
        let share = cohort.entry(&event.row.practice).or_insert(event.share);
        *share = share.max(event.share);
    }
    let (gates, undated) = gates(ledger);
    let knows_copies = reports_copies_since(ledger);
    let mut figures = Vec::new();
    for (nth, (count, days)) in GATES.into_iter().enumerate() {
        let reached = |id: &&&str| gates[nth].contains_key(**id);
        let members = cohort.iter().filter(|(id, _)| reached(id)).map(|(id, share)| part(id, *share));
        let is_known = nth < FIRST_OF_COPIES || knows_copies;
        let reached = Figure::new(count, Table::Practice, Fold::Count, members.collect());
        figures.push(reached.known_if(is_known));
        let Some(days) = days else { continue };
        let between = cohort.iter().filter_map(|(id, share)| {
            let (from, to) = (gates[nth - 1].get(id)?, gates[nth].get(id)?);
            if (1..=2).contains(&nth) && undated.contains(id) {
                return None;
            }
            Some(part(id, *share).amount(f64::from((*to - *from).get_days())))
        });
        let between = Figure::new(days, Table::Practice, Fold::Median, between.collect());
        figures.push(between.known_if(is_known));
    }
    figures
}

/// True where copies are counted in a cycle that is asked for, or in a later one.
fn reports_copies_since(ledger: &Ledger<'_>) -> bool {
    let first = ledger.spans.iter().map(|span| span.cycle.starts_on).min();
    let cycles = ledger.snapshot.records.cycles.iter().filter(|cycle| cycle.replications_reported);
    cycles.into_iter().any(|cycle| first.is_some_and(|first| first <= cycle.starts_on))
}

/// Copies of cycles that count them, in any state.
fn reported_copies<'a>(ledger: &Ledger<'a>) -> impl Iterator<Item = &'a Replication> {
    let snapshot = ledger.snapshot;
    let is_reported =
        |row: &&Replication| snapshot.cycle(&row.cycle).is_some_and(|c| c.replications_reported);
    copies(&snapshot.records, &snapshot.verdict).filter(is_reported)
}

fn part(practice: &str, share: f64) -> Member {
    Member::part(Key::Practice(practice.into()), share)
}

/// By gate, in their order: the first day on which each practice passed it; and the practices that are
/// shared since a day that nobody noted.
fn gates<'a>(ledger: &Ledger<'a>) -> ([Days<'a>; 6], HashSet<&'a str>) {
    let (shared, undated) = shared(ledger);
    let gates =
        [identified(ledger), shared, visited(ledger), chosen(ledger), copied(ledger), reviewed(ledger)];
    let past = gates.map(|mut days| {
        days.retain(|_, day| ledger.is_past(*day));
        days
    });
    (past, undated)
}

fn identified<'a>(ledger: &Ledger<'a>) -> Days<'a> {
    let mut days = Days::new();
    for practice in &ledger.snapshot.records.practices {
        days.extend(ledger.histories().identified_on(practice).map(|on| (practice.id.as_str(), on)));
    }
    days
}

/// Presented at a workshop, or `shared` by a dated change; where neither is known, by the status alone.
fn shared<'a>(ledger: &Ledger<'a>) -> (Days<'a>, HashSet<&'a str>) {
    let records = &ledger.snapshot.records;
    let workshops = records.workshops.iter().filter(|row| !ledger.is_broken(|| row.key()));
    let held: Days<'_> = workshops.map(|row| (row.id.as_str(), row.held_on)).collect();
    let mut days = Days::new();
    for row in records.workshop_practices.iter().filter(|row| !ledger.is_broken(|| row.key())) {
        note(&mut days, &row.practice, held.get(row.workshop.as_str()).copied());
    }
    let changes = records.practice_status_changes.iter();
    for row in changes.filter(|row| row.status == PracticeStatus::Shared && !ledger.is_broken(|| row.key())) {
        note(&mut days, &row.practice, Some(row.changed_on));
    }
    let mut undated = Days::new();
    for practice in records.practices.iter().filter(|p| !days.contains_key(p.id.as_str())) {
        let history = ledger.histories().of_practice(practice);
        note(
            &mut undated,
            &practice.id,
            history.and_then(|h| h.first(|status| status == PracticeStatus::Shared)),
        );
    }
    days.extend(&undated);
    (days, undated.into_keys().collect())
}

/// Seen on a visit that ended with an action plan.
fn visited<'a>(ledger: &Ledger<'a>) -> Days<'a> {
    let records = &ledger.snapshot.records;
    let visits = records.visits.iter().filter(|row| {
        let has_plan = row.action_plan.as_ref().is_some_and(|plan| !plan.trim().is_empty());
        has_plan && row.status == VisitStatus::Held && !ledger.is_broken(|| row.key())
    });
    let held: Days<'_> = visits.map(|row| (row.id.as_str(), row.held_on)).collect();
    let mut days = Days::new();
    for row in records.visit_practices.iter().filter(|row| !ledger.is_broken(|| row.key())) {
        let day = held.get(row.visit.as_str()).copied();
        note(&mut days, &row.practice, day);
    }
    days
}

/// Some khoroo decided to replicate it.
fn chosen<'a>(ledger: &Ledger<'a>) -> Days<'a> {
    let votes = ledger.snapshot.records.votes.iter();
    let mut days = Days::new();
    for row in votes.filter(|v| v.decision == VoteDecision::Replicate && !ledger.is_broken(|| v.key())) {
        note(&mut days, &row.practice, Some(row.decided_on));
    }
    days
}

fn copied<'a>(ledger: &Ledger<'a>) -> Days<'a> {
    let mut days = Days::new();
    for row in reported_copies(ledger) {
        note(&mut days, &row.practice, ledger.histories().made_on(row, ledger.day));
    }
    days
}

fn reviewed<'a>(ledger: &Ledger<'a>) -> Days<'a> {
    let records = &ledger.snapshot.records;
    let of: HashMap<&str, &str> =
        reported_copies(ledger).map(|row| (row.id.as_str(), row.practice.as_str())).collect();
    let mut days = Days::new();
    for row in records.reviews.iter().filter(|row| !ledger.is_broken(|| row.key())) {
        if let Some(practice) = of.get(row.replication.as_str()) {
            note(&mut days, practice, Some(row.reviewed_on));
        }
    }
    days
}

/// Keeps the earliest day.
fn note<'a>(days: &mut Days<'a>, practice: &'a str, day: Option<Date>) {
    if let Some(day) = day {
        days.entry(practice).and_modify(|known| *known = day.min(*known)).or_insert(day);
    }
}
