//! Which khoroo of another vintage answers for a khoroo version.
//!
//! A figure belongs to the vintage of its cycle, while a record keeps the khoroo version of its time:
//! a visitor of 2020 in the 2022 cycle has to find its place on the 2022 map. The rule is that of
//! [`Lines`]; where nobody answers, the record is listed as unplaced. Where a practice is at home is asked
//! of [`super::Snapshot::home`].
//!
//! Design: splitting one record over several successors was dropped, because figures count records. Only
//! an estimate does that, see [`super::share`].

use std::collections::{BTreeMap, BTreeSet};

use super::{Geography, Unit};
use crate::model::rules::Lines;
use crate::model::{KhorooId, Lineage, Vintage};

/// Knows the ground of every vintage and how it passed from one to the next.
pub struct Carrier<'a> {
    /// In order of validity.
    pub(super) vintages: Vec<(&'a Vintage, &'a Geography)>,
    lines: Lines<'a>,
    pub(super) forward: BTreeMap<&'a KhorooId, Vec<&'a Lineage>>,
    pub(super) back: BTreeMap<&'a KhorooId, Vec<&'a Lineage>>,
}

impl<'a> Carrier<'a> {
    /// - `vintages`: in order of validity.
    /// - `khoroos`: all of them.
    pub(super) fn new(
        vintages: impl Iterator<Item = (&'a Vintage, &'a Geography)>,
        khoroos: &'a BTreeSet<KhorooId>,
        lineage: &'a [Lineage],
    ) -> Self {
        let vintages: Vec<_> = vintages.collect();
        let mut forward: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut back: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for pair in lineage {
            forward.entry(&pair.from).or_default().push(pair);
            back.entry(&pair.to).or_default().push(pair);
        }
        let area = |khoroo: &KhorooId| unit(&vintages, khoroo)?.area_km2;
        let lines = Lines::new(vintages.iter().map(|(vintage, _)| *vintage), khoroos, lineage, &area);
        Self { vintages, lines, forward, back }
    }

    /// Index of the khoroo of the vintage at `target` that answers for `khoroo`.
    pub fn carry(&self, khoroo: &KhorooId, target: usize) -> Option<usize> {
        let (vintage, geography) = self.vintages[target];
        geography.khoroo_idx(&self.lines.carry(khoroo, &vintage.id)?.code)
    }

    pub(super) fn unit(&self, khoroo: &KhorooId) -> Option<&'a Unit> {
        unit(&self.vintages, khoroo)
    }
}

fn unit<'a>(vintages: &[(&Vintage, &'a Geography)], khoroo: &KhorooId) -> Option<&'a Unit> {
    let (_, geography) = vintages.iter().find(|(v, _)| v.id == khoroo.vintage)?;
    Some(&geography.khoroos[geography.khoroo_idx(&khoroo.code)?])
}
