//! What may be wrong within one row: the rules that the tables hold as constraints, said in words.

use jiff::civil::Date;

use crate::model::{Decision, Occasion, Row, VisitStatus, WorkshopScope};

/// The rule that a row breaks by itself.
pub fn broken(row: &Row) -> Option<String> {
    match row {
        Row::Vintage(r) => order("valid_from", r.valid_from, "valid_to", r.valid_to?),
        Row::Cycle(r) => order("starts_on", r.starts_on, "ends_on", r.ends_on),
        Row::Identification(r) => attendance(r.occasion),
        Row::Workshop(r) => {
            let has_district = r.district.is_some();
            if has_district != (r.scope == WorkshopScope::District) {
                return Some(format!("scope `{}` and a district {}", r.scope.word(), said(has_district)));
            }
            people(r.invited, r.attended())
        }
        Row::Visit(r) => people(r.invited, r.attended),
        Row::Vote(r) => match (r.votes, r.voters) {
            (Some(votes), Some(voters)) if votes > voters => {
                Some(format!("votes {votes} are more than voters {voters}"))
            }
            _ => attendance(r.occasion),
        },
        Row::Replication(r) => order("decided_on", r.decided_on, "completed_on", r.completed_on?),
        Row::BudgetLine(r) if r.amount <= 0 => Some(format!("amount {} is not above 0", r.amount)),
        Row::TravelTime(r) if r.from == r.to => Some(format!("from and to are both {}", r.from.code)),
        _ => None,
    }
}

/// What has happened by its own word, though its day is after `today`. Plans may lie ahead.
pub fn still_to_come(row: &Row, today: Date) -> Option<String> {
    let (field, day) = match row {
        Row::PracticeStatusChange(r) => ("changed_on", r.changed_on),
        Row::ReplicationStatusChange(r) => ("changed_on", r.changed_on),
        Row::Identification(r) => ("entered_on", r.entered_on),
        Row::IdentificationStage(r) if r.decision != Decision::Pending => ("reached_on", r.reached_on),
        Row::Workshop(r) => ("held_on", r.held_on),
        Row::Visit(r) if r.status == VisitStatus::Held => ("held_on", r.held_on),
        Row::Training(r) => ("held_on", r.held_on),
        Row::Vote(r) => ("decided_on", r.decided_on),
        Row::Replication(r) => match r.completed_on {
            Some(completed_on) if completed_on > today => ("completed_on", completed_on),
            _ => ("decided_on", r.decided_on),
        },
        Row::Review(r) => ("reviewed_on", r.reviewed_on),
        _ => return None,
    };
    (day > today).then(|| format!("{field} {day} is after today, {today}: it cannot have happened yet"))
}

const fn said(has_district: bool) -> &'static str {
    if has_district { "do not go together" } else { "is missing" }
}

fn attendance(occasion: Occasion) -> Option<String> {
    people(occasion.invited, occasion.attended)
}

fn people(invited: Option<i64>, attended: Option<i64>) -> Option<String> {
    let (invited, attended) = (invited?, attended?);
    (attended > invited).then(|| format!("attended {attended} are more than invited {invited}"))
}

fn order(first: &str, from: Date, last: &str, to: Date) -> Option<String> {
    (to < from).then(|| format!("{last} {to} is before {first} {from}"))
}
