//! How much of a khoroo's figures belongs to each khoroo of another vintage, as an estimate.
//!
//! The rule, from vintage to neighbouring vintage until the wanted one is reached:
//! 1. an `unchanged` pair takes everything;
//! 2. otherwise the pairs share by the residents that passed, where that is known of all of them,
//!    else by the ground that passed;
//! 3. without lineage the khoroo of the same code takes everything; where there is none, nobody does.
//!
//! Shares of one khoroo add up to 1, so that a city's sum does not change by carrying.

use std::collections::BTreeMap;

use super::Carrier;
use crate::model::{KhorooId, Lineage, LineageKind};

impl Carrier<'_> {
    /// Khoroos of the vintage at `target` that share what happened in `khoroo`: index and share, above
    /// 0, together 1. Empty where the khoroo has no counterpart.
    pub fn shares(&self, khoroo: &KhorooId, target: usize) -> Vec<(usize, f64)> {
        let ground = self.vintages[target].1;
        let Some(mut at) = self.vintages.iter().position(|(v, _)| v.id == khoroo.vintage) else {
            return Vec::new();
        };
        let mut parts = BTreeMap::from([(khoroo.clone(), 1.0)]);
        while at != target {
            let next = if at < target { at + 1 } else { at - 1 };
            let mut passed = BTreeMap::new();
            for (khoroo, share) in parts {
                for (heir, part) in self.split(&khoroo, at, next) {
                    *passed.entry(heir).or_insert(0.0) += share * part;
                }
            }
            (parts, at) = (passed, next);
        }
        let whole: f64 = parts.values().sum();
        let placed =
            parts.into_iter().filter_map(|(id, share)| Some((ground.khoroo_idx(&id.code)?, share / whole)));
        placed.filter(|(_, share)| *share > 0.0).collect()
    }

    /// Khoroos of the neighbouring vintage `next` with their parts, together 1.
    fn split(&self, khoroo: &KhorooId, at: usize, next: usize) -> Vec<(KhorooId, f64)> {
        let (vintage, geography) = self.vintages[next];
        let (pairs, is_forward) = if next > at { (&self.forward, true) } else { (&self.back, false) };
        let other = |pair: &Lineage| if is_forward { pair.to.clone() } else { pair.from.clone() };
        let is_there = |id: &KhorooId| id.vintage == vintage.id && geography.khoroo_idx(&id.code).is_some();
        let pairs: Vec<&Lineage> =
            pairs.get(khoroo).into_iter().flatten().copied().filter(|pair| is_there(&other(pair))).collect();
        if let Some(pair) = pairs.iter().find(|pair| pair.kind == LineageKind::Unchanged) {
            return vec![(other(pair), 1.0)];
        }
        let residents = |pair: &&Lineage| {
            let of = if is_forward { 1.0 } else { self.unit(&pair.from)?.population? as f64 };
            Some(pair.population_share? * of)
        };
        let ground = |pair: &&Lineage| {
            let of = if is_forward { None } else { self.unit(&pair.from).and_then(|from| from.area_km2) };
            pair.area_share * of.unwrap_or(1.0)
        };
        let by_residents: Option<Vec<f64>> = pairs.iter().map(residents).collect();
        let parts = by_residents
            .filter(|parts| parts.iter().sum::<f64>() > 0.0)
            .unwrap_or_else(|| pairs.iter().map(ground).collect());
        let whole: f64 = parts.iter().sum();
        if whole > 0.0 {
            return pairs.iter().zip(parts).map(|(pair, part)| (other(pair), part / whole)).collect();
        }
        let same = khoroo.code.at(&vintage.id);
        if is_there(&same) { vec![(same, 1.0)] } else { Vec::new() }
    }
}
