//! Step 3: learning visits of khoroos to the host of a practice.

use jiff::civil::Date;

use super::Mode;
use crate::model::code::KhorooId;
use crate::model::place::words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub id: String,
    pub cycle: String,
    pub host: KhorooId,
    /// The day planned while it was not held.
    pub held_on: Date,
    pub mode: Mode,
    pub status: VisitStatus,
    /// ₮, ≥ 0.
    pub cost: Option<i64>,
    /// One way, minutes, ≥ 0.
    pub travel_min: Option<i64>,
    /// ≥ 0.
    pub invited: Option<i64>,
    /// 0 to `invited`.
    pub attended: Option<i64>,
    pub learning_points: Option<String>,
    /// What the visitors mean to do at home.
    pub action_plan: Option<String>,
    /// What the host made of it, 1 to 5.
    pub host_feedback: Option<i16>,
    /// What the visitors made of it, 1 to 5.
    pub visitor_feedback: Option<i16>,
    /// Id of the trainer who led it.
    pub trainer: Option<String>,
    pub illustrative: bool,
}

/// A khoroo that came to a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitVisitor {
    pub visit: String,
    pub khoroo: KhorooId,
    /// ≥ 1.
    pub people: Option<i64>,
    pub illustrative: bool,
}

/// A practice shown on a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPractice {
    pub visit: String,
    pub practice: String,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitStatus {
    Suggested,
    Proposed,
    Accepted,
    Declined,
    Held,
    Cancelled,
}

words!(VisitStatus {
    Suggested = "suggested",
    Proposed = "proposed",
    Accepted = "accepted",
    Declined = "declined",
    Held = "held",
    Cancelled = "cancelled",
});
