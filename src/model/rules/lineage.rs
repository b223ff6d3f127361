//! Rules of lineage: it joins khoroos of vintages that follow each other, and shares nobody out twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, Verdict};
use crate::model::code::{KhorooId, VintageId};
use crate::model::place::{Lineage, Vintage};
use crate::model::succession::Order;

/// Residents above 1 by this much are what decimals leave over.
const ROUNDING: f64 = 1e-6;

/// Ground above 1 by this much is drawing noise.
const NOISE: f64 = 0.01;

pub(super) fn check(
    vintages: &[Vintage],
    khoroos: &BTreeSet<KhorooId>,
    lineage: &[Lineage],
    verdict: &mut Verdict,
) {
    let with_khoroos: BTreeSet<&VintageId> = khoroos.iter().map(|khoroo| &khoroo.vintage).collect();
    let order = Order::new(vintages, |id| with_khoroos.contains(id));
    let mut heirs: BTreeMap<(&KhorooId, &VintageId), Vec<&Lineage>> = BTreeMap::new();
    for row in lineage {
        let Lineage { from, to, .. } = row;
        let missing = [from, to].into_iter().find(|khoroo| !khoroos.contains(khoroo));
        if let Some(khoroo) = missing {
            let (from, to, khoroo) = (from.clone(), to.clone(), khoroo.clone());
            verdict.faults.push(Fault::LineageKhoroo { from, to, khoroo });
        } else if !order.joins(row) {
            verdict.faults.push(Fault::LineageApart { from: from.clone(), to: to.clone() });
        }
        heirs.entry((from, &to.vintage)).or_default().push(row);
    }
    for (parent, heirs) in heirs {
        let ground: Vec<_> = heirs.iter().map(|row| (*row, row.area_share)).collect();
        verdict.faults.extend(surplus(parent, "area", &ground, NOISE));
        let residents: Vec<_> = heirs.iter().filter_map(|row| Some((*row, row.population_share?))).collect();
        verdict.faults.extend(surplus(parent, "population", &residents, ROUNDING));
    }
}

/// The fault of shares that add up to more than the whole.
fn surplus(
    (from, vintage): (&KhorooId, &VintageId),
    what: &'static str,
    shares: &[(&Lineage, f64)],
    tolerance: f64,
) -> Option<Fault> {
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    let heir = |(row, share): &(&Lineage, f64)| {
        let mark = if row.stated { " stated" } else { "" };
        format!("{} {share}{mark}", row.to)
    };
    (sum > 1.0 + tolerance).then(|| Fault::LineageShares {
        from: from.clone(),
        vintage: vintage.clone(),
        what,
        sum: format!("{sum:.3}"),
        heirs: shares.iter().map(heir).collect(),
    })
}
