//! Rules between rows, asked of the store as it would be, and answered with the rows of the sheets.
//!
//! A fault that the store has anyway is not the import's; one that it brings is laid at the row that the
//! rule names, or at the first row that the rule's records came from.

use std::collections::BTreeSet;

use super::bind::Bound;
use super::fault::{Faults, Place, Problem};
use super::kinds::Parsed;
use super::report::Report;
use crate::model::rules::{Fault, check_loaded, notes_on_loaded};
use crate::model::{Key, Loaded, VintageId};

/// Lists what of `after` breaks a rule that `before` kept.
pub fn check(before: &Loaded, after: &Loaded, bound: &Bound, sheets: &[Parsed], faults: &mut Faults) {
    let known: BTreeSet<Fault> = check_loaded(before).faults.into_iter().collect();
    for fault in check_loaded(after).faults {
        if known.contains(&fault) {
            continue;
        }
        let place = keys(&fault).iter().find_map(|key| bound.cell(key, fields(&fault), sheets));
        let place =
            place.unwrap_or_else(|| sheets.first().map_or_else(Place::default, |s| s.sources.place.clone()));
        faults.push(place.fault(Problem::BrokenRule { detail: fault.to_string() }));
    }
}

/// The columns that the rule reads, the one to mend first; of several kinds of sheets, each calls it its own.
fn fields(fault: &Fault) -> &'static [&'static str] {
    match fault {
        Fault::OverlappingVintages { .. } => &["valid_from"],
        Fault::LineageKhoroo { .. } | Fault::LineageApart { .. } | Fault::LineageShares { .. } => &[],
        Fault::IdentificationDate { .. } => &["entered_on"],
        Fault::IdentificationOfDraft { .. } => &["practice"],
        Fault::IdentificationKhoroo { .. }
        | Fault::ReplicationAtHost { .. }
        | Fault::ReplicationByHeir { .. }
        | Fault::ReplicationKhoroo { .. }
        | Fault::ReplicationTwiceInLine { .. }
        | Fault::ReplicationTwice { .. } => &["khoroo"],
        Fault::ReplicationCompletedEarly { .. } | Fault::ReplicationCompletedOtherwise { .. } => {
            &["completed_on"]
        }
        Fault::ReplicationDate { .. } | Fault::ReplicationBeforeEntry { .. } => &["decided_on"],
        Fault::BeforeCycle { .. } | Fault::AfterCycle { .. } => {
            &["entered_on", "reached_on", "held_on", "decided_on", "reviewed_on"]
        }
        Fault::PracticeAstray { .. } => &["lon"],
        Fault::PracticeHostNotThen { .. } => &["host"],
        Fault::UnknownKhoroo { .. } | Fault::OutsideVintage { .. } => {
            &["khoroo", "visitors", "reviewers", "host", "from"]
        }
        Fault::MoreAttendedThanInvited { .. } => &["attended", "attended_total", "attended_f"],
        Fault::VoteForOwn { .. }
        | Fault::PracticeOfAnother { .. }
        | Fault::ReplicationOfUnidentified { .. }
        | Fault::PracticeNotIdentified { .. }
        | Fault::PracticeNotShared { .. }
        | Fault::PracticeSharedLater { .. } => &["practice", "practices"],
        Fault::VisitOfOwn { .. } => &["visitors"],
        Fault::AmountNotPositive { .. } => &["amount"],
        Fault::ReviewOfUnfinished { .. } => &["replication"],
        Fault::ReviewBeforeCompletion { .. } => &["reviewed_on"],
        Fault::ReviewOfOwn { .. } => &["reviewers"],
    }
}

/// Tells what the import brings that breaks no rule, but is worth knowing.
pub fn note(before: &Loaded, after: &Loaded, report: &mut Report) {
    let known = notes_on_loaded(before);
    let new = notes_on_loaded(after).into_iter().filter(|note| !known.contains(note));
    report.notes.extend(new.map(|note| note.to_string()));
}

/// The records that a fault is about, the one to mend first.
fn keys(fault: &Fault) -> Vec<Key> {
    match fault {
        Fault::OverlappingVintages { first, second, .. } => [second, first]
            .into_iter()
            .filter_map(|id| id.parse::<VintageId>().ok())
            .map(Key::Vintage)
            .collect(),
        // Sheets hold no lineage; what breaks it is the vintage that came between.
        Fault::LineageKhoroo { from, to, .. } | Fault::LineageApart { from, to } => {
            vec![Key::Vintage(to.vintage.clone()), Key::Vintage(from.vintage.clone())]
        }
        Fault::LineageShares { from, vintage, .. } => {
            vec![Key::Vintage(vintage.clone()), Key::Vintage(from.vintage.clone())]
        }
        Fault::IdentificationKhoroo { practice, cycle, .. }
        | Fault::IdentificationDate { practice, cycle, .. }
        | Fault::IdentificationOfDraft { practice, cycle } => {
            vec![Key::Identification(practice.clone(), cycle.clone()), Key::Practice(practice.clone())]
        }
        Fault::ReplicationBeforeEntry { replication, practice, .. }
        | Fault::ReplicationOfUnidentified { replication, practice, .. }
        | Fault::ReplicationAtHost { replication, practice, .. }
        | Fault::ReplicationByHeir { replication, practice, .. } => {
            vec![Key::Replication(replication.clone()), Key::Practice(practice.clone())]
        }
        Fault::ReplicationKhoroo { replication, .. }
        | Fault::ReplicationDate { replication, .. }
        | Fault::ReplicationCompletedEarly { replication, .. }
        | Fault::ReplicationCompletedOtherwise { replication, .. } => {
            vec![Key::Replication(replication.clone())]
        }
        Fault::BeforeCycle { record, cycle, .. } | Fault::AfterCycle { record, cycle, .. } => {
            vec![record.clone(), Key::Cycle(cycle.clone())]
        }
        Fault::PracticeAstray { practice, .. } | Fault::PracticeHostNotThen { practice, .. } => {
            vec![Key::Practice(practice.clone())]
        }
        Fault::UnknownKhoroo { record, .. }
        | Fault::OutsideVintage { record, .. }
        | Fault::MoreAttendedThanInvited { record, .. }
        | Fault::VisitOfOwn { record, .. }
        | Fault::AmountNotPositive { record, .. } => vec![record.clone()],
        Fault::PracticeOfAnother { record, practice, .. }
        | Fault::VoteForOwn { record, practice, .. }
        | Fault::PracticeNotIdentified { record, practice, .. }
        | Fault::PracticeNotShared { record, practice, .. }
        | Fault::PracticeSharedLater { record, practice, .. } => {
            vec![record.clone(), Key::Practice(practice.clone())]
        }
        Fault::ReviewOfUnfinished { review, replication, .. }
        | Fault::ReviewBeforeCompletion { review, replication, .. } => {
            vec![Key::Review(review.clone()), Key::Replication(replication.clone())]
        }
        Fault::ReviewOfOwn { record, replication, .. } => {
            vec![record.clone(), Key::Replication(replication.clone())]
        }
        Fault::ReplicationTwiceInLine { first, second, .. }
        | Fault::ReplicationTwice { first, second, .. } => {
            vec![Key::Replication(second.clone()), Key::Replication(first.clone())]
        }
    }
}
