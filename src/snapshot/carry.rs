//! Which khoroo of another vintage answers for a khoroo version.
//!
//! A figure belongs to the vintage of its cycle, while a record keeps the khoroo version of its time:
//! a practice hosted in 2020 and copied in the 2022 cycle has to find its place on the 2022 map.
//!
//! The rule, applied from vintage to neighbouring vintage until the wanted one is reached:
//! 1. where lineage is known, an `unchanged` pair wins, then the pair with the larger piece of
//!    common ground (area share, times the earlier khoroo's area where that is known), then the
//!    same code, then the smaller code;
//! 2. where it is not, the khoroo of the same code;
//! 3. otherwise nobody, and the record is listed as unplaced.
//!
//! Design: splitting one record over several successors was dropped, because figures count records. Only
//! an estimate does that, see [`super::share`].

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Geography, Unit};
use crate::model::{KhorooId, Lineage, LineageKind, Vintage};

/// Knows the ground of every vintage and how it passed from one to the next.
pub struct Carrier<'a> {
    /// In order of validity.
    pub(super) vintages: Vec<(&'a Vintage, &'a Geography)>,
    pub(super) forward: BTreeMap<&'a KhorooId, Vec<&'a Lineage>>,
    pub(super) back: BTreeMap<&'a KhorooId, Vec<&'a Lineage>>,
}

impl<'a> Carrier<'a> {
    /// - `vintages`: in order of validity.
    pub(super) fn new(
        vintages: impl Iterator<Item = (&'a Vintage, &'a Geography)>,
        lineage: &'a [Lineage],
    ) -> Self {
        let mut forward: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut back: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pair in lineage {
            forward.entry(&pair.from).or_default().push(pair);
            back.entry(&pair.to).or_default().push(pair);
        }
        Self { vintages: vintages.collect(), forward, back }
    }

    /// Index of the khoroo of the vintage at `target` that answers for `khoroo`.
    pub fn carry(&self, khoroo: &KhorooId, target: usize) -> Option<usize> {
        if self.vintages[target].0.id == khoroo.vintage {
            return self.vintages[target].1.khoroo_idx(&khoroo.code);
        }
        let mut at = self.vintages.iter().position(|(v, _)| v.id == khoroo.vintage)?;
        let mut khoroo = khoroo.clone();
        while at != target {
            let next = if at < target { at + 1 } else { at - 1 };
            khoroo = self.step(&khoroo, at, next)?;
            at = next;
        }
        self.vintages[target].1.khoroo_idx(&khoroo.code)
    }

    fn step(&self, khoroo: &KhorooId, at: usize, next: usize) -> Option<KhorooId> {
        let (vintage, geography) = &self.vintages[next];
        let (pairs, is_forward) = if next > at { (&self.forward, true) } else { (&self.back, false) };
        let other = |pair: &'a Lineage| if is_forward { &pair.to } else { &pair.from };
        let best = pairs
            .get(khoroo)
            .into_iter()
            .flatten()
            .filter(|pair| {
                other(pair).vintage == vintage.id && geography.khoroo_idx(&other(pair).code).is_some()
            })
            .max_by(|a, b| self.compare(a, b, khoroo, is_forward));
        match best {
            Some(pair) => Some(other(pair).clone()),
            None => geography.khoroo_idx(&khoroo.code).map(|_| khoroo.code.at(&vintage.id)),
        }
    }

    /// The greater pair is the better one for `khoroo`.
    fn compare(&self, a: &Lineage, b: &Lineage, khoroo: &KhorooId, is_forward: bool) -> Ordering {
        let unchanged = |pair: &Lineage| pair.kind == LineageKind::Unchanged;
        let code = |pair: &'_ Lineage| if is_forward { pair.to.code.clone() } else { pair.from.code.clone() };
        unchanged(a)
            .cmp(&unchanged(b))
            .then_with(|| self.common_ground(a).total_cmp(&self.common_ground(b)))
            .then_with(|| (code(a) == khoroo.code).cmp(&(code(b) == khoroo.code)))
            .then_with(|| code(b).cmp(&code(a)))
    }

    /// Square kilometres that a pair has in common; the bare share where the area is unknown.
    fn common_ground(&self, pair: &Lineage) -> f64 {
        pair.area_share * self.unit(&pair.from).and_then(|from| from.area_km2).unwrap_or(1.0)
    }

    pub(super) fn unit(&self, khoroo: &KhorooId) -> Option<&'a Unit> {
        let (_, geography) = self.vintages.iter().find(|(v, _)| v.id == khoroo.vintage)?;
        Some(&geography.khoroos[geography.khoroo_idx(&khoroo.code)?])
    }
}
