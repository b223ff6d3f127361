//! How ground passed from the khoroos of one vintage to those of the next.

use std::collections::BTreeMap;

use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::overlay::overlay;
use crate::model::succession::{self, CommonGround};
use crate::model::{KhorooId, Lineage};

/// Lineage of the units of two coverages, sorted by key; ids are by the coverages' units.
pub(super) fn between(
    from: (&Coverage, &[KhorooId]),
    to: (&Coverage, &[KhorooId]),
    residents: impl Fn(&KhorooId) -> BTreeMap<i16, i64>,
) -> Vec<Lineage> {
    let shares = overlay(from.0, to.0);
    let pairs = shares.iter().map(|share| CommonGround {
        from: from.1[share.from as usize].clone(),
        to: to.1[share.to as usize].clone(),
        share_of_from: share.share_of_from,
        share_of_to: share.share_of_to,
    });
    succession::lineage(pairs.collect(), residents)
}
