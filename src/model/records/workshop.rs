//! Step 2: network workshops, where hosts present practices to peers.

use jiff::civil::Date;

use super::{Mode, sum_of_known};
use crate::model::code::DistrictCode;
use crate::model::place::words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    pub id: String,
    pub cycle: String,
    pub scope: WorkshopScope,
    /// Where the scope is one district.
    pub district: Option<DistrictCode>,
    pub held_on: Date,
    pub mode: Mode,
    pub venue: Option<String>,
    /// ₮, ≥ 0.
    pub cost: Option<i64>,
    /// ≥ 0.
    pub invited: Option<i64>,
    /// Women who came, ≥ 0; with the next two at most `invited`.
    pub attended_f: Option<i64>,
    /// Men who came.
    pub attended_m: Option<i64>,
    /// People of whom only their number is known.
    pub attended_unknown: Option<i64>,
    pub illustrative: bool,
}

/// A practice presented at a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopPractice {
    pub workshop: String,
    pub practice: String,
    pub illustrative: bool,
}

/// Whose khoroos a workshop is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkshopScope {
    District,
    MultiDistrict,
    City,
}

impl Workshop {
    /// Everybody who came; `None` when nothing of it is known.
    pub fn attended(&self) -> Option<i64> {
        sum_of_known(&[self.attended_f, self.attended_m, self.attended_unknown])
    }
}

words!(WorkshopScope { District = "district", MultiDistrict = "multi_district", City = "city" });
