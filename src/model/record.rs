//! Records of the Horizontal Learning Process, as far as they colour the map.
//!
//! Good practices are identified (step 1) and replicated elsewhere (step 5) in cycles. Workshops,
//! visits, votes and reviews join here as further types; nothing below assumes there are none.

use jiff::civil::Date;

use super::code::{KhorooId, VintageId};
use super::grid::GridPoint;
use super::place::words;

/// A round of the process; it may span years, so it is named, not dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    pub id: String,
    pub title_mn: String,
    pub title_en: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// The vintage whose khoroos took part; the cycle's figures are native to it.
    pub vintage: VintageId,
    /// False where replications were not counted in the cycle: the figure is unknown, not 0.
    pub replications_reported: bool,
    pub illustrative: bool,
}

/// A subject of practices; a row, because the list still changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    pub active: bool,
}

/// State of a replication; a row, with whether it counts as a replication made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicationStatus {
    pub code: String,
    pub name_mn: String,
    pub name_en: String,
    pub position: i32,
    /// True where the replication counts as made.
    pub counts: bool,
    /// True while the copy bars another copy of the practice in the same khoroo.
    pub active: bool,
}

/// Something that works at home and can be shown to peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    pub id: String,
    pub title_mn: String,
    pub title_en: Option<String>,
    pub summary_mn: Option<String>,
    pub summary_en: Option<String>,
    pub theme: String,
    pub host: KhorooId,
    pub status: PracticeStatus,
    pub location: Option<GridPoint>,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PracticeStatus {
    Draft,
    Submitted,
    Returned,
    Identified,
    Shared,
    Archived,
}

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

/// A practice copied by another khoroo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replication {
    pub id: String,
    pub practice: String,
    /// The khoroo that copies.
    pub khoroo: KhorooId,
    pub cycle: String,
    /// Code of a [`ReplicationStatus`].
    pub status: String,
    pub decided_on: Date,
    pub completed_on: Option<Date>,
    pub illustrative: bool,
}

/// All records of one store, each list sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    pub cycles: Vec<Cycle>,
    pub themes: Vec<Theme>,
    pub replication_statuses: Vec<ReplicationStatus>,
    pub practices: Vec<Practice>,
    pub identifications: Vec<Identification>,
    pub replications: Vec<Replication>,
}

words!(PracticeStatus {
    Draft = "draft",
    Submitted = "submitted",
    Returned = "returned",
    Identified = "identified",
    Shared = "shared",
    Archived = "archived",
});
words!(Stage { Khoroo = "khoroo", District = "district", City = "city" });
words!(Decision { Pending = "pending", Accepted = "accepted", Returned = "returned", Rejected = "rejected" });
