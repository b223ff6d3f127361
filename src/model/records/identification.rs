//! Step 1: practices entered in a cycle, and the stages they passed.

use jiff::civil::Date;

use super::Occasion;
use crate::model::code::KhorooId;
use crate::model::place::words;

/// A practice entered in a cycle's round; at most one per practice and cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    pub practice: String,
    pub cycle: String,
    /// The submitting khoroo, in the vintage of the day.
    pub khoroo: KhorooId,
    pub entered_on: Date,
    /// The furthest stage reached.
    pub stage: Stage,
    pub decision: Decision,
    pub awarded: bool,
    pub occasion: Occasion,
    pub illustrative: bool,
}

/// What was decided about an entry at one stage; at most one per stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentificationStage {
    pub practice: String,
    pub cycle: String,
    pub stage: Stage,
    pub reached_on: Date,
    pub decision: Decision,
    pub awarded: bool,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Khoroo,
    District,
    City,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Pending,
    Accepted,
    Returned,
    Rejected,
}

words!(Stage { Khoroo = "khoroo", District = "district", City = "city" });
words!(Decision { Pending = "pending", Accepted = "accepted", Returned = "returned", Rejected = "rejected" });
