//! Good practices, and the days on which their status changed.

use jiff::civil::Date;

use crate::model::code::KhorooId;
use crate::model::grid::GridPoint;
use crate::model::place::words;

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
    pub details: PracticeDetails,
    pub location: Option<GridPoint>,
    pub illustrative: bool,
}

/// What its host may tell about a practice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PracticeDetails {
    pub started_on: Option<Date>,
    pub problem_mn: Option<String>,
    pub problem_en: Option<String>,
    pub what_we_did_mn: Option<String>,
    pub what_we_did_en: Option<String>,
    pub result_mn: Option<String>,
    pub result_en: Option<String>,
    /// Code of a [`Setting`](super::Setting).
    pub setting: Option<String>,
    /// To set it up once, ₮, ≥ 0.
    pub cost_setup: Option<i64>,
    /// To keep it going for a year, ₮, ≥ 0.
    pub cost_year: Option<i64>,
    /// ≥ 0.
    pub people_served: Option<i64>,
    pub replicability: Option<Replicability>,
    pub maturity: Option<Maturity>,
    /// Last day on which somebody made sure that it is still in use.
    pub last_confirmed_on: Option<Date>,
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

/// How hard a practice is to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Replicability {
    Easy,
    Medium,
    Hard,
}

/// How far a practice has proved itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    Promising,
    Demonstrated,
    Replicated,
}

/// The day on which a practice took a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeStatusChange {
    pub practice: String,
    pub changed_on: Date,
    pub status: PracticeStatus,
    pub illustrative: bool,
}

impl PracticeStatus {
    /// True for `identified` and `shared`. What was archived is told by [`Standings`](crate::model::Standings).
    pub const fn is_identified_by_itself(self) -> bool {
        matches!(self, Self::Identified | Self::Shared)
    }

    /// True for a status in which the public may meet a practice.
    pub const fn may_be_public(self) -> bool {
        self.is_identified_by_itself() || matches!(self, Self::Archived)
    }
}

words!(PracticeStatus {
    Draft = "draft",
    Submitted = "submitted",
    Returned = "returned",
    Identified = "identified",
    Shared = "shared",
    Archived = "archived",
});
words!(Replicability { Easy = "easy", Medium = "medium", Hard = "hard" });
words!(Maturity { Promising = "promising", Demonstrated = "demonstrated", Replicated = "replicated" });
