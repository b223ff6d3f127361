//! What can be wrong between rows, in words that name both sides.

use crate::model::change::Key;
use crate::model::code::{KhorooId, VintageId};

/// A row that breaks a rule between rows. `record` is its key, told as in "visit `v-1`".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    #[error("vintages `{first}` and `{second}` are both valid on {day}")]
    OverlappingVintages { first: String, second: String, day: String },
    #[error("lineage {from} → {to}: khoroo {khoroo} is not in the store")]
    LineageKhoroo { from: KhorooId, to: KhorooId, khoroo: KhorooId },
    #[error("lineage {from} → {to}: vintage `{}` is not the one after `{}`", to.vintage, from.vintage)]
    LineageApart { from: KhorooId, to: KhorooId },
    #[error(
        "lineage of {from} to vintage `{vintage}`: {what} shares add up to {sum}, more than 1 ({})",
        heirs.join(", ")
    )]
    LineageShares {
        from: KhorooId,
        vintage: VintageId,
        /// Of what: `area` or `population`.
        what: &'static str,
        sum: String,
        heirs: Vec<String>,
    },
    #[error(
        "identification of practice `{practice}` in cycle `{cycle}`: khoroo {khoroo} is not in the store"
    )]
    IdentificationKhoroo { practice: String, cycle: String, khoroo: KhorooId },
    #[error(
        "identification of practice `{practice}` in cycle `{cycle}`: {day} is outside vintage `{vintage}`"
    )]
    IdentificationDate { practice: String, cycle: String, day: String, vintage: VintageId },
    #[error("identification of practice `{practice}` in cycle `{cycle}`: the practice is still a draft")]
    IdentificationOfDraft { practice: String, cycle: String },
    #[error("replication `{replication}`: khoroo {khoroo} is not in the store")]
    ReplicationKhoroo { replication: String, khoroo: KhorooId },
    #[error("replication `{replication}`: practice `{practice}` is `{status}`, not yet identified")]
    ReplicationOfUnidentified { replication: String, practice: String, status: &'static str },
    #[error("replication `{replication}`: khoroo {khoroo} hosts practice `{practice}` itself")]
    ReplicationAtHost { replication: String, practice: String, khoroo: KhorooId },
    #[error("replication `{replication}`: {day} is outside vintage `{vintage}`")]
    ReplicationDate { replication: String, day: String, vintage: VintageId },
    #[error("replication `{replication}`: completed on {completed}, before it was decided on {decided}")]
    ReplicationCompletedEarly { replication: String, decided: String, completed: String },
    #[error(
        "replications `{first}` and `{second}` are both active for practice `{practice}` in khoroo {khoroo}"
    )]
    ReplicationTwice { first: String, second: String, practice: String, khoroo: KhorooId },
    #[error(
        "replication `{replication}`: khoroo {khoroo} is of one line with {host}, which hosts practice `{practice}`"
    )]
    ReplicationByHeir { replication: String, practice: String, khoroo: KhorooId, host: KhorooId },
    #[error(
        "replications `{first}` and `{second}` are both active for practice `{practice}` in khoroos \
         {first_khoroo} and {second_khoroo} of one line"
    )]
    ReplicationTwiceInLine {
        first: String,
        second: String,
        practice: String,
        first_khoroo: KhorooId,
        second_khoroo: KhorooId,
    },
    #[error("{}: khoroo {khoroo} is not in the store", named(record))]
    UnknownKhoroo { record: Key, khoroo: KhorooId },
    /// The day may be a year.
    #[error("{}: {day} is outside vintage `{vintage}`", named(record))]
    OutsideVintage { record: Key, day: String, vintage: VintageId },
    #[error("{}: {attended} attended, but {invited} were invited", named(record))]
    MoreAttendedThanInvited { record: Key, attended: i64, invited: i64 },
    #[error("{}: practice `{practice}` is `{status}`, not yet identified", named(record))]
    PracticeNotIdentified { record: Key, practice: String, status: &'static str },
    #[error("{}: practice `{practice}` is `{status}`, not yet shared", named(record))]
    PracticeNotShared { record: Key, practice: String, status: &'static str },
    #[error("{}: of {day}, before practice `{practice}` was shared on {shared}", named(record))]
    PracticeSharedLater { record: Key, practice: String, day: String, shared: String },
    #[error("{}: practice `{practice}` is at home in {home}, not in {khoroo}", named(record))]
    PracticeOfAnother { record: Key, practice: String, home: KhorooId, khoroo: KhorooId },
    #[error(
        "{}: khoroo {khoroo} votes for practice `{practice}`, which {host} of its own line hosts",
        named(record)
    )]
    VoteForOwn { record: Key, practice: String, khoroo: KhorooId, host: KhorooId },
    #[error("{}: khoroo {khoroo} visits {host} of its own line", named(record))]
    VisitOfOwn { record: Key, khoroo: KhorooId, host: KhorooId },
    #[error("{}: the amount is {amount} ₮; a budget line is above 0", named(record))]
    AmountNotPositive { record: Key, amount: i64 },
    #[error("review `{review}`: replication `{replication}` is `{status}`, not completed")]
    ReviewOfUnfinished { review: String, replication: String, status: String },
    #[error(
        "review `{review}`: of {reviewed}, before replication `{replication}` was completed on {completed}"
    )]
    ReviewBeforeCompletion { review: String, replication: String, reviewed: String, completed: String },
    #[error(
        "{}: khoroo {khoroo} reviews replication `{replication}` of {copier} of its own line",
        named(record)
    )]
    ReviewOfOwn { record: Key, khoroo: KhorooId, replication: String, copier: KhorooId },
    #[error("{}: {day} is before cycle `{cycle}`, which starts on {starts}", named(record))]
    BeforeCycle { record: Key, day: String, cycle: String, starts: String },
    #[error("{}: {day} is after cycle `{cycle}`, which ends on {ends}", named(record))]
    AfterCycle { record: Key, day: String, cycle: String, ends: String },
    #[error(
        "replication `{replication}`: {what} on {day}, before practice `{practice}` was first entered on {entered}"
    )]
    ReplicationBeforeEntry {
        replication: String,
        /// `decided` or `completed`.
        what: &'static str,
        day: String,
        practice: String,
        entered: String,
    },
    #[error(
        "replication `{replication}`: completed on {completed} by its own day, but on {changed} by its dated changes"
    )]
    ReplicationCompletedOtherwise { replication: String, completed: String, changed: String },
    #[error(
        "practice `{practice}`: its point {point} lies {metres} m outside its host {host}, in {}",
        instead.as_ref().map_or_else(|| "no khoroo".to_owned(), ToString::to_string)
    )]
    PracticeAstray {
        practice: String,
        /// Longitude and latitude.
        point: String,
        metres: i64,
        host: KhorooId,
        instead: Option<KhorooId>,
    },
    #[error(
        "practice `{practice}`: its host {host} was not there when it was first entered on {day}; the host is a \
         khoroo of that day's vintage"
    )]
    PracticeHostNotThen { practice: String, host: KhorooId, day: String },
}

impl Fault {
    /// The earlier khoroo, if this is a fault of lineage.
    pub const fn lineage(&self) -> Option<&KhorooId> {
        match self {
            Self::LineageKhoroo { from, .. }
            | Self::LineageApart { from, .. }
            | Self::LineageShares { from, .. } => Some(from),
            _ => None,
        }
    }

    /// True when the other tells of the same place, even if its figures differ.
    pub fn is_about_same(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::LineageShares { from, vintage, what, .. },
                Self::LineageShares { from: of, vintage: to, what: which, .. },
            ) => (from, vintage, what) == (of, to, which),
            _ => self == other,
        }
    }
}

/// Kind and key of a record.
fn named(record: &Key) -> String {
    format!("{} `{record}`", record.table().name().replace('_', " "))
}
