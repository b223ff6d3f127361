//! Days in their order: nothing happens before its cycle, and nothing is copied before it was entered.
//!
//! An entry belongs to the cycle in which it was made, from the first day to the last. Decisions, copies and
//! reviews may come later: they take the time that they take, and stay in the cycle they began in.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Fault, Verdict, World};
use crate::model::change::Keyed;
use crate::model::records::{Records, Replication};

/// Practices by the day on which they were first entered, going by entries without fault.
pub(super) fn first_entries<'a>(records: &'a Records, verdict: &Verdict) -> BTreeMap<&'a str, Date> {
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    let broken = &verdict.broken;
    for row in records.identifications.iter().filter(|row| broken.is_empty() || !broken.contains(&row.key()))
    {
        first
            .entry(&row.practice)
            .and_modify(|day| *day = row.entered_on.min(*day))
            .or_insert(row.entered_on);
    }
    first
}

/// The fault of a day before the cycle that it is counted in.
pub(super) fn before_cycle(world: &World<'_>, record: &impl Keyed, cycle: &str, day: Date) -> Option<Fault> {
    let cycle = world.cycles.get(cycle).filter(|cycle| day < cycle.starts_on)?;
    Some(Fault::BeforeCycle {
        record: record.key(),
        day: day.to_string(),
        cycle: cycle.id.clone(),
        starts: cycle.starts_on.to_string(),
    })
}

/// The fault of an entry made when its cycle was over.
pub(super) fn after_cycle(world: &World<'_>, record: &impl Keyed, cycle: &str, day: Date) -> Option<Fault> {
    let cycle = world.cycles.get(cycle).filter(|cycle| cycle.ends_on < day)?;
    Some(Fault::AfterCycle {
        record: record.key(),
        day: day.to_string(),
        cycle: cycle.id.clone(),
        ends: cycle.ends_on.to_string(),
    })
}

/// The fault of a copy decided or completed before its practice was first entered.
pub(super) fn before_entry(world: &World<'_>, row: &Replication) -> Option<Fault> {
    let entered = *world.entered.get(row.practice.as_str())?;
    let done = [("decided", Some(row.decided_on)), ("completed", row.completed_on)];
    let early = |(what, day): (&'static str, Option<Date>)| Some((what, day.filter(|day| *day < entered)?));
    let (what, day) = done.into_iter().find_map(early)?;
    Some(Fault::ReplicationBeforeEntry {
        replication: row.id.clone(),
        what,
        day: day.to_string(),
        practice: row.practice.clone(),
        entered: entered.to_string(),
    })
}

/// The fault of a copy whose own day of completion is not the one of its dated changes.
///
/// - `made`: by replication, the first day on which a change gave it a status that counts.
pub(super) fn completed_otherwise(row: &Replication, made: &BTreeMap<&str, Date>) -> Option<Fault> {
    let completed = row.completed_on?;
    let changed = *made.get(row.id.as_str())?;
    (completed != changed).then(|| Fault::ReplicationCompletedOtherwise {
        replication: row.id.clone(),
        completed: completed.to_string(),
        changed: changed.to_string(),
    })
}
