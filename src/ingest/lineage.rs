//! How ground passed from the khoroos of one vintage to those of the next.

use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::overlay::{Share, overlay};
use crate::model::{KhorooId, Lineage, LineageKind};

/// A pair with less than this of both areas is drawing noise.
const NOISE_SHARE: f64 = 0.01;

/// Two areas with at least this intersection over union are the same area drawn twice.
const SAME_IOU: f64 = 0.98;

/// A unit lies in another when at least this part of its area does.
const WITHIN_SHARE: f64 = 0.9;

/// Lineage of the units of two coverages, sorted by key; ids are by the coverages' units.
pub(super) fn between(from: (&Coverage, &[KhorooId]), to: (&Coverage, &[KhorooId])) -> Vec<Lineage> {
    let mut rows: Vec<Lineage> = overlay(from.0, to.0)
        .iter()
        .filter(|share| share.share_of_from >= NOISE_SHARE || share.share_of_to >= NOISE_SHARE)
        .map(|share| {
            let (from, to) = (&from.1[share.from as usize], &to.1[share.to as usize]);
            Lineage {
                from: from.clone(),
                to: to.clone(),
                kind: kind(share, from.code == to.code),
                area_share: share.share_of_from.clamp(0.0, 1.0),
                population_share: None,
                stated: false,
                illustrative: false,
            }
        })
        .collect();
    rows.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    rows
}

/// What became of the ground that the pair shares.
///
/// - `unchanged`: the same area under the same code; `renumber`: under another.
/// - `split`: `to` was cut out of `from`; `merge`: `from` went into `to`.
/// - `boundary_change`: anything else, such as a strip that changed sides.
fn kind(share: &Share, same_code: bool) -> LineageKind {
    let (from, to) = (share.share_of_from, share.share_of_to);
    let iou = if from > 0.0 && to > 0.0 { 1.0 / (1.0 / from + 1.0 / to - 1.0) } else { 0.0 };
    let (from_within, to_within) = (from >= WITHIN_SHARE, to >= WITHIN_SHARE);
    match (from_within, to_within) {
        _ if iou >= SAME_IOU && same_code => LineageKind::Unchanged,
        _ if iou >= SAME_IOU => LineageKind::Renumber,
        (true, true) if same_code => LineageKind::BoundaryChange,
        (true, true) => LineageKind::Renumber,
        (false, true) => LineageKind::Split,
        (true, false) => LineageKind::Merge,
        (false, false) => LineageKind::BoundaryChange,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_tell_what_happened() {
        let check = |share_of_from, share_of_to, same_code, expected| {
            let share = Share { from: 0, to: 0, area_m2: 1.0, share_of_from, share_of_to };
            assert_eq!(kind(&share, same_code), expected, "{share_of_from} {share_of_to} {same_code}");
        };
        check(0.995, 0.995, true, LineageKind::Unchanged);
        check(0.995, 0.995, false, LineageKind::Renumber);
        check(0.98, 0.98, true, LineageKind::BoundaryChange);
        check(0.98, 0.98, false, LineageKind::Renumber);
        check(0.6, 1.0, true, LineageKind::Split);
        check(0.4, 1.0, false, LineageKind::Split);
        check(1.0, 0.5, false, LineageKind::Merge);
        check(0.3, 0.5, false, LineageKind::BoundaryChange);
    }
}
