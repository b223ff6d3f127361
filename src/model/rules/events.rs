//! Steps 2 to 4, and what khoroos tell of themselves: gates come in order, and nobody learns from itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Fault, Verdict, World, days, turnout};
use crate::model::change::Keyed;
use crate::model::code::KhorooId;
use crate::model::records::{KhorooFact, PracticeStatus, Visit, Vote};

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    workshops(world, verdict);
    visits(world, verdict);
    let shared = shared_on(world, verdict);
    for row in &world.records.votes {
        verdict.note(row, vote(world, &shared, row));
    }
    for row in &world.records.needs {
        verdict.note(row, world.place(row, &row.khoroo, row.since));
    }
    for row in &world.records.offers {
        verdict.note(row, at_home(world, row, &row.practice, &row.khoroo));
    }
    for row in &world.records.khoroo_facts {
        verdict.note(row, fact(world, row));
    }
}

fn workshops(world: &World<'_>, verdict: &mut Verdict) {
    for row in &world.records.workshops {
        let early = days::before_cycle(world, row, &row.cycle, row.held_on);
        verdict.note(row, early.or_else(|| turnout(row, row.invited, row.attended())));
    }
    for row in &world.records.workshop_practices {
        verdict.note(row, not_identified(world, row, &row.practice));
    }
}

fn visits(world: &World<'_>, verdict: &mut Verdict) {
    let visits: BTreeMap<&str, &Visit> = world.records.visits.iter().map(|v| (v.id.as_str(), v)).collect();
    for row in &world.records.visits {
        let place = world.place(row, &row.host, row.held_on);
        let early = || days::before_cycle(world, row, &row.cycle, row.held_on);
        verdict.note(row, place.or_else(early).or_else(|| turnout(row, row.invited, row.attended)));
    }
    for row in &world.records.visit_visitors {
        let Some(visit) = visits.get(row.visit.as_str()) else { continue };
        let own = world.lines().is_one(&row.khoroo, &visit.host).then(|| Fault::VisitOfOwn {
            record: row.key(),
            khoroo: row.khoroo.clone(),
            host: visit.host.clone(),
        });
        verdict.note(row, own.or_else(|| world.place(row, &row.khoroo, visit.held_on)));
    }
    for row in &world.records.visit_practices {
        let Some(visit) = visits.get(row.visit.as_str()) else { continue };
        let unknown = not_identified(world, row, &row.practice);
        verdict.note(row, unknown.or_else(|| at_home(world, row, &row.practice, &visit.host)));
    }
}

/// By practice, the first day on which peers were shown it: at a workshop, or by a dated change of its status.
fn shared_on<'a>(world: &World<'a>, verdict: &Verdict) -> BTreeMap<&'a str, Date> {
    let records = world.records;
    let held: BTreeMap<&str, Date> = records.workshops.iter().map(|w| (w.id.as_str(), w.held_on)).collect();
    let shown = records.workshop_practices.iter().filter(|row| !verdict.broken.contains(&row.key()));
    let shown = shown.filter_map(|row| Some((row.practice.as_str(), *held.get(row.workshop.as_str())?)));
    let changes = records.practice_status_changes.iter().filter(|row| row.status == PracticeStatus::Shared);
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    for (practice, day) in shown.chain(changes.map(|row| (row.practice.as_str(), row.changed_on))) {
        first.entry(practice).and_modify(|known| *known = day.min(*known)).or_insert(day);
    }
    first
}

fn vote(world: &World<'_>, shared: &BTreeMap<&str, Date>, row: &Vote) -> Option<Fault> {
    let place = world.place(row, &row.khoroo, row.decided_on);
    let practice = world.practices.get(row.practice.as_str());
    let own = || {
        practice.filter(|p| world.homes.is_own(p, &row.khoroo)).map(|p| Fault::VoteForOwn {
            record: row.key(),
            practice: p.id.clone(),
            khoroo: row.khoroo.clone(),
            host: p.host.clone(),
        })
    };
    // What is shared since a day that nobody noted may have been shared then; what was archived may not.
    let unshared = || match (practice?, shared.get(row.practice.as_str())) {
        (practice, Some(day)) => (row.decided_on < *day).then(|| Fault::PracticeSharedLater {
            record: row.key(),
            practice: practice.id.clone(),
            day: row.decided_on.to_string(),
            shared: day.to_string(),
        }),
        (practice, None) => (practice.status != PracticeStatus::Shared).then(|| Fault::PracticeNotShared {
            record: row.key(),
            practice: practice.id.clone(),
            status: practice.status.word(),
        }),
    };
    let early = || days::before_cycle(world, row, &row.cycle, row.decided_on);
    let crowded = || turnout(row, row.occasion.invited, row.occasion.attended);
    place.or_else(own).or_else(early).or_else(unshared).or_else(crowded)
}

/// The fault of a year that does not touch the vintage of its khoroo.
fn fact(world: &World<'_>, row: &KhorooFact) -> Option<Fault> {
    let vintage = world.vintages.iter().find(|v| v.id == row.khoroo.vintage)?;
    let last = vintage.valid_to.map_or(i16::MAX, jiff::civil::Date::year);
    (!(vintage.valid_from.year()..=last).contains(&row.year)).then(|| Fault::OutsideVintage {
        record: row.key(),
        day: row.year.to_string(),
        vintage: vintage.id.clone(),
    })
}

fn not_identified(world: &World<'_>, row: &impl Keyed, practice: &str) -> Option<Fault> {
    let practice = world.practices.get(practice).filter(|p| !world.standings.is_identified(p))?;
    Some(Fault::PracticeNotIdentified {
        record: row.key(),
        practice: practice.id.clone(),
        status: practice.status.word(),
    })
}

/// The fault of a practice shown by a khoroo where it is not at home.
fn at_home(world: &World<'_>, row: &impl Keyed, practice: &str, khoroo: &KhorooId) -> Option<Fault> {
    let practice = world.practices.get(practice).filter(|p| !world.homes.is_own(p, khoroo))?;
    let home = world.homes.home(practice, &khoroo.vintage);
    Some(Fault::PracticeOfAnother {
        record: row.key(),
        practice: practice.id.clone(),
        home: home.map_or(&practice.host, |home| home.khoroo).clone(),
        khoroo: khoroo.clone(),
    })
}
