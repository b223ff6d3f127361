//! Which ground of 2020 lies where in 2022.
//!
//! Both drawings are laid over each other and judged by the same rules as boundaries that are taken in.

use std::collections::BTreeMap;

use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::overlay::overlay;
use crate::model::succession::{self, CommonGround};
use crate::model::{Khoroo, KhorooId, Lineage, MultiPolygon};

/// Rows of all districts, sorted by their two khoroos.
///
/// `before` and `after`: khoroos of both vintages with their districts' indexes.
pub fn lineage(before: &[(usize, &Khoroo)], after: &[(usize, &Khoroo)]) -> Vec<Lineage> {
    let shares = overlay(&coverage(before), &coverage(after));
    let pairs = shares.iter().map(|share| CommonGround {
        from: before[share.from as usize].1.id.clone(),
        to: after[share.to as usize].1.id.clone(),
        share_of_from: share.share_of_from,
        share_of_to: share.share_of_to,
    });
    let counts: BTreeMap<&KhorooId, BTreeMap<i16, i64>> = after
        .iter()
        .filter_map(|(_, khoroo)| Some((&khoroo.id, [(khoroo.population_year?, khoroo.population?)].into())))
        .collect();
    let mut rows = succession::lineage(pairs.collect(), |id| counts.get(id).cloned().unwrap_or_default());
    for row in &mut rows {
        row.illustrative = true;
    }
    rows
}

/// The unit n is the nth khoroo.
fn coverage(khoroos: &[(usize, &Khoroo)]) -> Coverage {
    let shapes: Vec<&MultiPolygon> = khoroos.iter().filter_map(|(_, khoroo)| khoroo.shape.as_ref()).collect();
    Coverage::from_polygons(&shapes).expect("khoroos cut from one outline share every vertex")
}
