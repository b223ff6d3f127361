//! What khoroos want to learn, and what they offer to show.

use jiff::civil::Date;

use super::Mode;
use crate::model::code::KhorooId;
use crate::model::place::words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub id: String,
    pub khoroo: KhorooId,
    pub theme: String,
    pub text: Option<String>,
    /// 1, can wait, to 3, cannot.
    pub urgency: Option<i16>,
    pub since: Date,
    pub status: NeedStatus,
    pub illustrative: bool,
}

/// A khoroo's readiness to show a practice of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: String,
    pub khoroo: KhorooId,
    pub practice: String,
    /// Visits, ≥ 0.
    pub capacity_per_quarter: i64,
    /// `None` where any will do.
    pub mode: Option<Mode>,
    /// People, ≥ 1.
    pub max_group: Option<i64>,
    pub status: OfferStatus,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedStatus {
    Open,
    Matched,
    Met,
    Withdrawn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferStatus {
    Open,
    Paused,
}

words!(NeedStatus { Open = "open", Matched = "matched", Met = "met", Withdrawn = "withdrawn" });
words!(OfferStatus { Open = "open", Paused = "paused" });
