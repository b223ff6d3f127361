//! Step 6: peers' verdicts on completed copies.

use jiff::civil::Date;

use super::Mode;
use crate::model::code::KhorooId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub id: String,
    pub replication: String,
    /// Not before the copy was completed.
    pub reviewed_on: Date,
    pub mode: Option<Mode>,
    /// Code of a [`Rating`](super::Rating).
    pub rating: String,
    pub comment: Option<String>,
    pub follow_up_by: Option<Date>,
    /// Id of the trainer who led it.
    pub trainer: Option<String>,
    pub illustrative: bool,
}

/// A khoroo that reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewReviewer {
    pub review: String,
    pub khoroo: KhorooId,
    pub illustrative: bool,
}
