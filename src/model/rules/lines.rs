//! Which khoroo of the next vintage took a khoroo's place.
//!
//! An `unchanged` pair of the lineage wins, then the larger part of the ground, then the same code, then
//! the smaller one; without lineage the same code. The other pieces of a split are khoroos of their own,
//! which may learn from the one they came from.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::code::{KhorooId, VintageId};
use crate::model::place::{Lineage, LineageKind, Vintage};

/// Every khoroo's heir in the next vintage.
pub struct Lines<'a> {
    /// Vintages that have khoroos, from the earliest on.
    order: BTreeMap<&'a VintageId, usize>,
    heirs: BTreeMap<&'a KhorooId, &'a KhorooId>,
}

impl<'a> Lines<'a> {
    pub fn new(vintages: &'a [Vintage], khoroos: &'a BTreeSet<KhorooId>, lineage: &'a [Lineage]) -> Self {
        let with_khoroos: BTreeSet<&VintageId> = khoroos.iter().map(|khoroo| &khoroo.vintage).collect();
        let mut by_start: Vec<&Vintage> =
            vintages.iter().filter(|vintage| with_khoroos.contains(&vintage.id)).collect();
        by_start.sort_by_key(|v| (v.valid_from, &v.id));
        let order: BTreeMap<_, _> = by_start.iter().enumerate().map(|(nth, v)| (&v.id, nth)).collect();
        let mut best: BTreeMap<&KhorooId, &Lineage> = BTreeMap::new();
        for pair in lineage {
            let steps = (order.get(&pair.from.vintage), order.get(&pair.to.vintage));
            let is_next = matches!(steps, (Some(from), Some(to)) if from + 1 == *to);
            if is_next && khoroos.contains(&pair.to) {
                let known = best.entry(&pair.from).or_insert(pair);
                if closeness(pair, known) == Ordering::Greater {
                    *known = pair;
                }
            }
        }
        let mut heirs: BTreeMap<&KhorooId, &KhorooId> = BTreeMap::new();
        for khoroo in khoroos {
            let next = order.get(&khoroo.vintage).and_then(|nth| by_start.get(nth + 1));
            let Some(next) = next else { continue };
            let by_lineage = best.get(khoroo).map(|pair| &pair.to);
            heirs.extend(
                by_lineage.or_else(|| khoroos.get(&khoroo.code.at(&next.id))).map(|heir| (khoroo, heir)),
            );
        }
        Self { order, heirs }
    }

    /// True when one of them took the other's place, or they are the same.
    pub fn is_one(&self, a: &KhorooId, b: &KhorooId) -> bool {
        let position = |khoroo: &KhorooId| self.order.get(&khoroo.vintage);
        let (early, late) = if position(a) <= position(b) { (a, b) } else { (b, a) };
        let mut line = std::iter::successors(Some(early), |khoroo| self.heirs.get(khoroo).copied());
        line.any(|khoroo| khoroo == late)
    }

    /// The khoroo at the end of a line, equal for any two of one line.
    pub fn last<'k>(&'k self, khoroo: &'k KhorooId) -> &'k KhorooId {
        std::iter::successors(Some(khoroo), |khoroo| self.heirs.get(khoroo).copied()).last().unwrap_or(khoroo)
    }
}

/// The greater of two pairs from one khoroo leads to its heir.
fn closeness(a: &Lineage, b: &Lineage) -> Ordering {
    let keeps = |pair: &Lineage| (pair.kind == LineageKind::Unchanged, pair.from.code == pair.to.code);
    (keeps(a).0.cmp(&keeps(b).0))
        .then(a.area_share.total_cmp(&b.area_share))
        .then(keeps(a).1.cmp(&keeps(b).1))
        .then_with(|| b.to.code.cmp(&a.to.code))
}
