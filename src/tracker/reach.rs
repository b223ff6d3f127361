//! Who takes part, what copies cost and whom they reach, and where nothing happens.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cards::{budget_lines, member};
use super::figure::{Figure, Fold, Member};
use super::ledger::{Copied, Ledger};
use crate::model::{
    FundingSource, Key, Keyed as _, KhorooId, NeedStatus, OfferStatus, ReplicationStatus, Table, Visit,
};
use crate::snapshot::copies;

/// Part of the khoroos that entered a practice, and people that copies reach.
pub(super) fn figures(ledger: &Ledger<'_>) -> Vec<Figure> {
    let made = ledger.made();
    let served = |people: Option<i64>| people.map(|n| n as f64);
    let people = made.iter().filter_map(|&e| Some(member(e).amount(served(e.row.people_served)?)));
    let sum = Fold::Sum { n_asked: made.len() };
    vec![
        participation(ledger),
        Figure::new("people_reached", Table::Replication, sum, people.collect())
            .known_if(ledger.reports_replications()),
    ]
}

/// Khoroos of each vintage count on their own. Unknown in an estimate: a part of a practice does not tell
/// whether a khoroo took part.
fn participation(ledger: &Ledger<'_>) -> Figure {
    let entered = ledger.entered().iter().map(|event| (event.row.cycle.as_str(), &event.row.khoroo));
    let active = at_home(ledger, entered);
    let whole = ledger.grounds.iter().map(|&ground| ledger.khoroos(ground).len()).sum();
    let members =
        active.into_iter().map(|(ground, idx)| Member::whole(Key::Khoroo(ledger.khoroo_id(ground, idx))));
    Figure::new("participation", Table::Khoroo, Fold::Percent { whole }, members.collect())
        .known_if(!ledger.is_estimate() && !ledger.spans.is_empty())
}

/// The khoroos that answer for those of records, each on the ground of the record's cycle: vintage and index.
fn at_home<'k>(
    ledger: &Ledger<'_>,
    records: impl Iterator<Item = (&'k str, &'k KhorooId)>,
) -> BTreeSet<(usize, usize)> {
    let place = |(cycle, khoroo)| {
        let ground = ledger.span(cycle)?.home;
        Some((ground, ledger.carried(khoroo, ground)?))
    };
    records.filter_map(place).collect()
}

/// Money of copies made by source and fiscal year, then of copies in any state by state.
pub(super) fn budget(ledger: &Ledger<'_>) -> Vec<Figure> {
    let records = &ledger.snapshot.records;
    let lines = budget_lines(ledger);
    let mut by_source: BTreeMap<(&str, i16), Vec<Member>> = BTreeMap::new();
    for event in ledger.made() {
        for line in lines.get(event.row.id.as_str()).into_iter().flatten() {
            let part = Member::part(line.key(), event.share).amount(line.amount as f64);
            by_source.entry((&line.source, line.fiscal_year)).or_default().push(part);
        }
    }
    let mut by_state: BTreeMap<&str, Vec<Member>> = BTreeMap::new();
    for Copied { event, state, .. } in ledger.copies() {
        for line in lines.get(event.row.id.as_str()).into_iter().flatten() {
            let part = Member::part(line.key(), event.share).amount(line.amount as f64);
            by_state.entry(state).or_default().push(part);
        }
    }
    let mut figures = Vec::new();
    let mut sources: Vec<_> = records.funding_sources.iter().collect();
    sources.sort_by_key(|source| (source.position, &source.code));
    for source in sources {
        let years: Vec<_> = by_source.keys().filter(|(code, _)| *code == source.code).copied().collect();
        for key in years {
            let members = by_source.remove(&key).unwrap_or_default();
            figures.push(of_source(source, key.1, members));
        }
    }
    let mut states: Vec<_> = records.replication_statuses.iter().collect();
    states.sort_by_key(|state| (state.position, &state.code));
    for state in states {
        if let Some(members) = by_state.remove(state.code.as_str()) {
            figures.push(of_state(state, members));
        }
    }
    figures
}

/// The figure of the budget with this id that no record makes: of any year of a known source, or of a known
/// state. On the card there is none, as a table of zeros would hide the money.
pub(super) fn without_records(ledger: &Ledger<'_>, id: &str) -> Option<Figure> {
    let records = &ledger.snapshot.records;
    let source = || {
        let (code, year) = id.strip_prefix("replication_budget_")?.rsplit_once('_')?;
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let source = records.funding_sources.iter().find(|source| source.code == code)?;
        is_year.then(|| of_source(source, year.parse().expect("four digits"), Vec::new()))
    };
    let state = || {
        let code = id.strip_prefix("budget_by_status_")?;
        let state = records.replication_statuses.iter().find(|state| state.code == code)?;
        Some(of_state(state, Vec::new()))
    };
    let figure = source().or_else(state)?;
    let figure = Figure { is_estimate: ledger.is_estimate(), ..figure };
    Some(figure.known_if(ledger.reports_replications()))
}

fn of_source(source: &FundingSource, year: i16, members: Vec<Member>) -> Figure {
    let names = [&source.name_mn, &source.name_en].map(|name| format!("{name}, {year}"));
    money("replication_budget", members).of(&format!("{}_{year}", source.code), names)
}

fn of_state(state: &ReplicationStatus, members: Vec<Member>) -> Figure {
    let names = [state.name_mn.clone(), state.name_en.clone()];
    money("budget_by_status", members).of(&state.code, names)
}

fn money(id: &'static str, lines: Vec<Member>) -> Figure {
    Figure::new(id, Table::BudgetLine, Fold::Sum { n_asked: lines.len() }, lines)
}

/// What the office has to look after; nobody else sees it.
pub(super) fn attention(ledger: &Ledger<'_>) -> Vec<Figure> {
    vec![unanswered(ledger), silent(ledger)]
}

/// Open needs for whose theme no other khoroo has an open offer.
fn unanswered(ledger: &Ledger<'_>) -> Figure {
    let records = &ledger.snapshot.records;
    let mut offers: HashMap<&str, BTreeSet<&KhorooId>> = HashMap::new();
    for row in &records.offers {
        if row.status == OfferStatus::Open
            && !ledger.is_broken(|| row.key())
            && let Some(practice) = ledger.practice(&row.practice)
        {
            offers.entry(&practice.theme).or_default().insert(&row.khoroo);
        }
    }
    let newest = ledger.grounds.iter().copied().max().unwrap_or(0);
    let needs = records.needs.iter().filter(|need| {
        let is_answered =
            offers.get(need.theme.as_str()).is_some_and(|o| o.iter().any(|k| **k != need.khoroo));
        let is_asked = ledger.question.theme.as_ref().is_none_or(|theme| *theme == need.theme);
        let is_open = need.status == NeedStatus::Open && ledger.is_past(need.since);
        is_asked && is_open && !is_answered && !ledger.is_broken(|| need.key())
    });
    let here = ledger.khoroos(newest);
    let here = needs.filter(|n| ledger.carried(&n.khoroo, newest).is_some_and(|idx| here.contains(&idx)));
    let members = here.map(|need| Member::whole(need.key())).collect();
    Figure::new("needs_without_offer", Table::Need, Fold::Count, members)
}

/// Khoroos without a record in any step; unknown in an estimate, as participation is.
///
/// What a khoroo did elsewhere counts too: who received visitors from another district is not silent.
fn silent(ledger: &Ledger<'_>) -> Figure {
    let everywhere = ledger.everywhere();
    let mut active = at_home(&everywhere, who_did_something(&everywhere).into_iter());
    active.extend(who_showed_something(&everywhere));
    let all = ledger.grounds.iter().flat_map(|&ground| ledger.khoroos(ground).map(move |idx| (ground, idx)));
    let silent = all.filter(|place| !active.contains(place));
    let members = silent.map(|(ground, idx)| Member::whole(Key::Khoroo(ledger.khoroo_id(ground, idx))));
    Figure::new("silent_khoroos", Table::Khoroo, Fold::Count, members.collect())
        .known_if(!ledger.is_estimate())
}

/// Where the practices shown at workshops are at home: vintage and index.
fn who_showed_something(ledger: &Ledger<'_>) -> BTreeSet<(usize, usize)> {
    let mut homes = BTreeSet::new();
    for event in ledger.workshops() {
        let Some(span) = ledger.span(&event.row.cycle) else { continue };
        let shown = event.practices.iter().filter_map(|id| ledger.practice(id));
        let shown = shown.filter_map(|practice| ledger.snapshot.home(practice, span.home));
        homes.extend(shown.map(|home| (span.home, home.khoroo)));
    }
    homes
}

/// Cycle and khoroo of every record of the steps in the ledger's cycles, theme and days, but for workshops.
fn who_did_something<'a>(ledger: &Ledger<'a>) -> Vec<(&'a str, &'a KhorooId)> {
    let snapshot = ledger.snapshot;
    let records = &snapshot.records;
    let mut deeds: Vec<(&str, &KhorooId)> = Vec::new();
    let entered = ledger.entered().iter();
    deeds.extend(entered.map(|event| (event.row.cycle.as_str(), &event.row.khoroo)));
    let visits: HashMap<&str, &Visit> =
        ledger.visits().into_iter().map(|event| (event.row.id.as_str(), event.row)).collect();
    deeds.extend(visits.values().map(|row| (row.cycle.as_str(), &row.host)));
    for row in records.visit_visitors.iter().filter(|row| !ledger.is_broken(|| row.key())) {
        deeds.extend(visits.get(row.visit.as_str()).map(|visit| (visit.cycle.as_str(), &row.khoroo)));
    }
    deeds.extend(ledger.votes().into_iter().map(|event| (event.row.cycle.as_str(), &event.row.khoroo)));
    let copied = copies(records, &snapshot.verdict);
    let copied = copied.filter(|row| ledger.is_of_theme(&row.practice) && ledger.is_past(row.decided_on));
    deeds.extend(copied.map(|row| (row.cycle.as_str(), &row.khoroo)));
    let reviews = ledger.reviews();
    let reviews: HashMap<&str, &str> = reviews
        .iter()
        .filter_map(|event| {
            Some((event.row.id.as_str(), ledger.copy(&event.row.replication)?.cycle.as_str()))
        })
        .collect();
    for row in records.review_reviewers.iter().filter(|row| !ledger.is_broken(|| row.key())) {
        deeds.extend(reviews.get(row.review.as_str()).map(|&cycle| (cycle, &row.khoroo)));
    }
    deeds
}
