//! What may be wrong within one row: the rules that the tables hold as constraints, said in words, and a
//! few that only what is typed by hand has to keep.

use jiff::civil::Date;

use crate::model::{Decision, KhorooFact, Occasion, Row, Training, VisitStatus, Workshop, WorkshopScope};

/// The field that is wrong, and the rule that it breaks.
pub type Broken = (&'static str, String);

/// The rule that a row breaks by itself.
pub fn broken(row: &Row) -> Option<Broken> {
    match row {
        Row::Vintage(r) => order("valid_from", r.valid_from, "valid_to", r.valid_to?),
        Row::Cycle(r) => order("starts_on", r.starts_on, "ends_on", r.ends_on),
        Row::Identification(r) => attendance(r.occasion),
        Row::Workshop(r) => workshop(r),
        Row::Visit(r) => people(r.invited, r.attended),
        Row::Vote(r) => at_most("votes", r.votes, "voters", r.voters).or_else(|| attendance(r.occasion)),
        Row::Replication(r) => order("decided_on", r.decided_on, "completed_on", r.completed_on?),
        Row::BudgetLine(r) if r.amount <= 0 => {
            Some(("amount", format!("amount {} is not above 0", r.amount)))
        }
        Row::Training(r) => training(r),
        Row::KhorooFact(r) => fact(r),
        Row::TravelTime(r) if r.from == r.to => Some(("to", format!("from and to are both {}", r.from.code))),
        _ => None,
    }
}

fn workshop(row: &Workshop) -> Option<Broken> {
    let has_district = row.district.is_some();
    if has_district != (row.scope == WorkshopScope::District) {
        return Some((
            "district",
            format!("scope `{}` and a district {}", row.scope.word(), said(has_district)),
        ));
    }
    people(row.invited, row.attended())
}

/// What has happened by its own word, though its day is after `today`. Plans may lie ahead.
pub fn still_to_come(row: &Row, today: Date) -> Option<Broken> {
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
    (day > today)
        .then(|| (field, format!("{field} {day} is after today, {today}: it cannot have happened yet")))
}

const fn said(has_district: bool) -> &'static str {
    if has_district { "do not go together" } else { "is missing" }
}

/// Nobody is tested or asked who was not there.
fn training(row: &Training) -> Option<Broken> {
    let of = |field, n| at_most(field, n, "participants", row.participants());
    of("n_pre", row.n_pre).or_else(|| of("n_post", row.n_post)).or_else(|| of("n_survey", row.n_survey))
}

fn fact(row: &KhorooFact) -> Option<Broken> {
    at_most("households", row.households, "population", row.population)
}

fn attendance(occasion: Occasion) -> Option<Broken> {
    people(occasion.invited, occasion.attended)
}

fn people(invited: Option<i64>, attended: Option<i64>) -> Option<Broken> {
    at_most("attended", attended, "invited", invited)
}

fn at_most(field: &'static str, value: Option<i64>, bound: &str, most: Option<i64>) -> Option<Broken> {
    let (value, most) = (value?, most?);
    (value > most).then(|| (field, format!("{field} {value} are more than {bound} {most}")))
}

fn order(first: &str, from: Date, last: &'static str, to: Date) -> Option<Broken> {
    (to < from).then(|| (last, format!("{last} {to} is before {first} {from}")))
}
