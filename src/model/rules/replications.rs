//! Step 5: copies are of identified practices of others, one at a time, and cost something.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Fault, Verdict, World, days};
use crate::model::change::Keyed as _;
use crate::model::code::KhorooId;
use crate::model::records::Replication;

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    let statuses = world.records.replication_statuses.iter();
    let active: BTreeSet<&str> = statuses.filter(|s| s.active).map(|s| s.code.as_str()).collect();
    let made = made_on(world);
    let mut seen: BTreeMap<(&str, &KhorooId), Vec<&Replication>> = BTreeMap::new();
    for row in &world.records.replications {
        let fault = of_itself(world, row, &made).or_else(|| {
            let is_active = active.contains(row.status.as_str());
            let of_line = is_active.then(|| seen.entry((&row.practice, world.lines().last(&row.khoroo))))?;
            let of_line = of_line.or_default();
            let first = of_line.iter().find(|first| world.lines().is_one(&first.khoroo, &row.khoroo));
            let fault = first.map(|first| twice(first, row));
            of_line.push(row);
            fault
        });
        verdict.note(row, fault);
    }
    for row in &world.records.budget_lines {
        let amount = row.amount;
        let fault = (amount <= 0).then(|| Fault::AmountNotPositive { record: row.key(), amount });
        verdict.note(row, fault);
    }
}

/// By replication, the first day on which a dated change gave it a status that counts.
fn made_on<'a>(world: &World<'a>) -> BTreeMap<&'a str, Date> {
    let statuses = world.records.replication_statuses.iter();
    let counting: BTreeSet<&str> = statuses.filter(|s| s.counts).map(|s| s.code.as_str()).collect();
    let mut made: BTreeMap<&str, Date> = BTreeMap::new();
    for row in world.records.replication_status_changes.iter().filter(|row| counting.contains(&*row.status)) {
        let day = row.changed_on;
        made.entry(&row.replication).and_modify(|first| *first = day.min(*first)).or_insert(day);
    }
    made
}

fn of_itself(world: &World<'_>, row: &Replication, made: &BTreeMap<&str, Date>) -> Option<Fault> {
    let replication = row.id.clone();
    let vintage = &row.khoroo.vintage;
    let practice = world.practices.get(row.practice.as_str());
    let outside = |day| !world.holds(vintage, day);
    if !world.khoroos.contains(&row.khoroo) {
        Some(Fault::ReplicationKhoroo { replication, khoroo: row.khoroo.clone() })
    } else if let Some(p) = practice.filter(|p| !world.standings.is_identified(p)) {
        let (practice, status) = (p.id.clone(), p.status.word());
        Some(Fault::ReplicationOfUnidentified { replication, practice, status })
    } else if let Some(p) = practice.filter(|p| p.host == row.khoroo) {
        Some(Fault::ReplicationAtHost { replication, practice: p.id.clone(), khoroo: row.khoroo.clone() })
    } else if let Some(p) = practice.filter(|p| world.homes.is_own(p, &row.khoroo)) {
        let (practice, khoroo, host) = (p.id.clone(), row.khoroo.clone(), p.host.clone());
        Some(Fault::ReplicationByHeir { replication, practice, khoroo, host })
    } else if let Some(day) =
        [Some(row.decided_on), row.completed_on].into_iter().flatten().find(|&d| outside(d))
    {
        Some(Fault::ReplicationDate { replication, day: day.to_string(), vintage: vintage.clone() })
    } else if let Some(day) = row.completed_on.filter(|&day| day < row.decided_on) {
        let (decided, completed) = (row.decided_on.to_string(), day.to_string());
        Some(Fault::ReplicationCompletedEarly { replication, decided, completed })
    } else {
        days::before_cycle(world, row, &row.cycle, row.decided_on)
            .or_else(|| days::before_entry(world, row))
            .or_else(|| days::completed_otherwise(row, made))
    }
}

fn twice(first: &Replication, second: &Replication) -> Fault {
    let (first_id, second_id) = (first.id.clone(), second.id.clone());
    let practice = second.practice.clone();
    if first.khoroo == second.khoroo {
        let khoroo = second.khoroo.clone();
        return Fault::ReplicationTwice { first: first_id, second: second_id, practice, khoroo };
    }
    Fault::ReplicationTwiceInLine {
        first: first_id,
        second: second_id,
        practice,
        first_khoroo: first.khoroo.clone(),
        second_khoroo: second.khoroo.clone(),
    }
}
