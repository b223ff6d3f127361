//! Step 1: entries come from khoroos of their day, and drafts are not entered.

use super::{Fault, Verdict, World, days, turnout};
use crate::model::records::{Identification, PracticeStatus};

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    for row in &world.records.identifications {
        verdict.note(row, fault(world, row));
    }
    for row in &world.records.identification_stages {
        verdict.note(row, days::before_cycle(world, row, &row.cycle, row.reached_on));
    }
}

fn fault(world: &World<'_>, row: &Identification) -> Option<Fault> {
    let (practice, cycle) = (row.practice.clone(), row.cycle.clone());
    let status = world.practices.get(row.practice.as_str()).map(|p| p.status);
    if !world.khoroos.contains(&row.khoroo) {
        Some(Fault::IdentificationKhoroo { practice, cycle, khoroo: row.khoroo.clone() })
    } else if !world.holds(&row.khoroo.vintage, row.entered_on) {
        let vintage = row.khoroo.vintage.clone();
        Some(Fault::IdentificationDate { practice, cycle, day: row.entered_on.to_string(), vintage })
    } else if status == Some(PracticeStatus::Draft) {
        Some(Fault::IdentificationOfDraft { practice, cycle })
    } else {
        days::before_cycle(world, row, &row.cycle, row.entered_on)
            .or_else(|| days::after_cycle(world, row, &row.cycle, row.entered_on))
            .or_else(|| turnout(row, row.occasion.invited, row.occasion.attended))
    }
}
