//! Step 5: practices copied by another khoroo, their money, and the days on which their status changed.

use jiff::civil::Date;

use crate::model::code::KhorooId;
use crate::model::place::words;

/// A practice copied by another khoroo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replication {
    pub id: String,
    pub practice: String,
    /// The khoroo that copies.
    pub khoroo: KhorooId,
    pub cycle: String,
    /// Code of a [`ReplicationStatus`](super::ReplicationStatus).
    pub status: String,
    pub decided_on: Date,
    pub completed_on: Option<Date>,
    pub learning_route: Option<LearningRoute>,
    /// What was changed to make it work here.
    pub adaptations: Option<String>,
    /// ≥ 0.
    pub people_served: Option<i64>,
    pub illustrative: bool,
}

/// How the copying khoroo learned of the practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LearningRoute {
    Visit,
    Workshop,
    Online,
    TrackerOnly,
    Other,
}

/// The day on which a replication took a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicationStatusChange {
    pub replication: String,
    pub changed_on: Date,
    /// Code of a [`ReplicationStatus`](super::ReplicationStatus).
    pub status: String,
    pub illustrative: bool,
}

/// Money set aside for a replication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    pub replication: String,
    /// From 1, within the replication.
    pub position: i32,
    /// Code of a [`FundingSource`](super::FundingSource).
    pub source: String,
    /// ₮, > 0.
    pub amount: i64,
    pub fiscal_year: i16,
    pub illustrative: bool,
}

words!(LearningRoute {
    Visit = "visit",
    Workshop = "workshop",
    Online = "online",
    TrackerOnly = "tracker_only",
    Other = "other",
});
