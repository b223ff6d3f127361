//! Facts of khoroos by year, and how long the way between two takes.

use crate::model::code::KhorooId;
use crate::model::grid::GridPoint;

/// What was known of a khoroo in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KhorooFact {
    pub khoroo: KhorooId,
    pub year: i16,
    /// ≥ 0.
    pub population: Option<i64>,
    /// ≥ 0.
    pub households: Option<i64>,
    /// Code of a [`Setting`](super::Setting).
    pub setting: Option<String>,
    pub office_address: Option<String>,
    /// Of the office, made public by the khoroo itself.
    pub phone: Option<String>,
    pub opening_hours: Option<String>,
    /// Where the facts come from, in words.
    pub source: String,
    pub office: Option<GridPoint>,
    pub illustrative: bool,
}

/// The way from one khoroo's office to another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravelTime {
    pub from: KhorooId,
    pub to: KhorooId,
    /// ≥ 0.
    pub minutes: i64,
    /// How the time was found, in words.
    pub source: String,
    pub illustrative: bool,
}
