//! Rules of lineage: it joins khoroos of vintages that follow each other, and shares nobody out twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, Verdict};
use crate::model::code::{KhorooId, VintageId};
use crate::model::place::{Lineage, Vintage};
use crate::model::succession::Order;

/// Above 1 by this much is what decimals leave over.
const ROUNDING: f64 = 1e-6;

pub(super) fn check(
    vintages: &[Vintage],
    khoroos: &BTreeSet<KhorooId>,
    lineage: &[Lineage],
    verdict: &mut Verdict,
) {
    let with_khoroos: BTreeSet<&VintageId> = khoroos.iter().map(|khoroo| &khoroo.vintage).collect();
    let order = Order::new(vintages, |id| with_khoroos.contains(id));
    let mut shared: BTreeMap<(&KhorooId, &VintageId), Vec<(&Lineage, f64)>> = BTreeMap::new();
    for row in lineage {
        let Lineage { from, to, population_share, .. } = row;
        let missing = [from, to].into_iter().find(|khoroo| !khoroos.contains(khoroo));
        if let Some(khoroo) = missing {
            let (from, to, khoroo) = (from.clone(), to.clone(), khoroo.clone());
            verdict.faults.push(Fault::LineageKhoroo { from, to, khoroo });
        } else if !order.joins(row) {
            verdict.faults.push(Fault::LineageApart { from: from.clone(), to: to.clone() });
        }
        if let Some(share) = population_share {
            shared.entry((from, &to.vintage)).or_default().push((row, *share));
        }
    }
    for ((from, vintage), heirs) in shared {
        let sum: f64 = heirs.iter().map(|(_, share)| share).sum();
        if sum > 1.0 + ROUNDING {
            verdict.faults.push(Fault::LineageShares {
                from: from.clone(),
                vintage: vintage.clone(),
                sum: format!("{sum:.3}"),
                heirs: heirs.iter().map(|(row, share)| format!("{} {share}", row.to)).collect(),
            });
        }
    }
}
