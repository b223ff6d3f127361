//! Steps 2 to 4, and what khoroos tell of themselves: gates come in order, and nobody learns from itself.

use std::collections::BTreeMap;

use super::{Fault, Verdict, World, turnout};
use crate::model::change::Keyed;
use crate::model::code::KhorooId;
use crate::model::records::{KhorooFact, Visit, Vote};

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    workshops(world, verdict);
    visits(world, verdict);
    for row in &world.records.votes {
        verdict.note(row, vote(world, row));
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
        verdict.note(row, turnout(row, row.invited, row.attended()));
    }
    for row in &world.records.workshop_practices {
        verdict.note(row, not_identified(world, row, &row.practice));
    }
}

fn visits(world: &World<'_>, verdict: &mut Verdict) {
    let visits: BTreeMap<&str, &Visit> = world.records.visits.iter().map(|v| (v.id.as_str(), v)).collect();
    for row in &world.records.visits {
        let place = world.place(row, &row.host, row.held_on);
        verdict.note(row, place.or_else(|| turnout(row, row.invited, row.attended)));
    }
    for row in &world.records.visit_visitors {
        let Some(visit) = visits.get(row.visit.as_str()) else { continue };
        let own = world.lines.is_one(&row.khoroo, &visit.host).then(|| Fault::VisitOfOwn {
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

fn vote(world: &World<'_>, row: &Vote) -> Option<Fault> {
    let place = world.place(row, &row.khoroo, row.decided_on);
    let practice = world.practices.get(row.practice.as_str());
    let own = || {
        practice.filter(|p| world.lines.is_one(&p.host, &row.khoroo)).map(|p| Fault::VoteForOwn {
            record: row.key(),
            practice: p.id.clone(),
            khoroo: row.khoroo.clone(),
            host: p.host.clone(),
        })
    };
    let unshared = || {
        practice.filter(|p| !p.status.is_shared()).map(|p| Fault::PracticeNotShared {
            record: row.key(),
            practice: p.id.clone(),
            status: p.status.word(),
        })
    };
    place.or_else(own).or_else(unshared).or_else(|| turnout(row, row.occasion.invited, row.occasion.attended))
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
    let practice = world.practices.get(practice).filter(|p| !p.status.is_identified())?;
    Some(Fault::PracticeNotIdentified {
        record: row.key(),
        practice: practice.id.clone(),
        status: practice.status.word(),
    })
}

/// The fault of a practice shown by a khoroo that is neither its host nor of the host's line.
fn at_home(world: &World<'_>, row: &impl Keyed, practice: &str, khoroo: &KhorooId) -> Option<Fault> {
    let practice = world.practices.get(practice).filter(|p| !world.lines.is_one(&p.host, khoroo))?;
    Some(Fault::PracticeOfAnother {
        record: row.key(),
        practice: practice.id.clone(),
        home: practice.host.clone(),
        khoroo: khoroo.clone(),
    })
}
