//! Step 4: what a khoroo decided to copy.

use jiff::civil::Date;

use super::Occasion;
use crate::model::code::KhorooId;
use crate::model::place::words;

/// How a khoroo ranks a practice in a cycle; at most one per khoroo, practice and cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    pub khoroo: KhorooId,
    pub practice: String,
    pub cycle: String,
    /// From 1, the first choice.
    pub rank: Option<i64>,
    /// For the practice, 0 to `voters`.
    pub votes: Option<i64>,
    /// ≥ 0.
    pub voters: Option<i64>,
    pub citizens_involved: Option<bool>,
    pub decided_on: Date,
    pub decision: VoteDecision,
    /// Whose budget the copy is planned for.
    pub planned_year: Option<i16>,
    pub occasion: Occasion,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteDecision {
    Replicate,
    Later,
    No,
}

words!(VoteDecision { Replicate = "replicate", Later = "later", No = "no" });
