//! The lineage of the store once the vintage is in it: which ground went where, between vintages that
//! follow each other.
//!
//! Computed rows are made anew where the vintage has a part in them, dropped where their vintages do not
//! follow each other any more, and made where two vintages newly do. Other pairs are left as they are, also
//! where somebody deleted their rows. What a person stated stays as it is; where it cannot stay, the rules
//! between rows refuse the ingest.

use std::collections::{BTreeMap, BTreeSet};

use super::Before;
use super::period::Period;
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, CleanOptions, Gaps, Resolve};
use crate::ingest::lineage;
use crate::ingest::report::{LineageCount, Report};
use crate::model::succession::{Order, with_stated};
use crate::model::{
    Change, ChangeSet, Key, Keyed as _, Khoroo, KhorooId, Lineage, LineageKind, MultiPolygon, VintageId,
};
use crate::text::counted;

/// Units of the vintage as they are about to be.
pub struct NewUnits<'a> {
    pub coverage: &'a Coverage,
    /// By unit of the coverage.
    pub khoroos: &'a [Khoroo],
}

/// A vintage and the one after it.
type Pair = (VintageId, VintageId);

impl Before<'_> {
    /// All rows after the ingest, sorted by key.
    ///
    /// - `new`: `None` when the ingest leaves the khoroos as they are.
    pub fn lineage_after(
        &self,
        period: &Period,
        new: Option<&NewUnits<'_>>,
        report: &mut Report,
    ) -> Vec<Lineage> {
        let had = |id: &VintageId| self.dataset(id).is_some_and(|dataset| !dataset.khoroos.is_empty());
        let has = |id: &VintageId| had(id) || (new.is_some() && *id == period.vintage);
        let pairs_before = pairs_of(&Order::new(self.vintages(), had));
        let order = period.order(self.vintages(), has);
        let pairs = pairs_of(&order);
        let (stated, computed): (Vec<&Lineage>, Vec<&Lineage>) =
            self.kept.lineage.iter().partition(|row| row.stated);
        let mut of_pair: BTreeMap<Pair, Vec<Lineage>> = BTreeMap::new();
        for row in computed {
            of_pair.entry(pair_of(row)).or_default().push(row.clone());
        }
        let mut stale = Vec::new();
        for (pair, rows) in of_pair.extract_if(.., |pair, _| !pairs.contains(pair)) {
            let (from, to) = &pair;
            let n = counted(rows.len(), "row of lineage", "rows of lineage");
            report.notes.push(format!(
                "{n} from `{from}` to `{to}` dropped: these vintages do not follow each other any more"
            ));
            if !pairs_before.contains(&pair) {
                stale.push(pair);
            }
        }
        let is_replaced = |(from, to): &Pair| new.is_some() && [from, to].contains(&&period.vintage);
        // Rows that jumped over vintages, as a program without this order left them, stood for theirs.
        let is_missing = |pair: &Pair| {
            let jumps = |(from, to): &Pair| order.spans(from, to, (&pair.0, &pair.1));
            !of_pair.contains_key(pair) && stale.iter().any(jumps)
        };
        let is_renewed =
            |pair: &&Pair| is_replaced(pair) || !pairs_before.contains(*pair) || is_missing(pair);
        let renewed: Vec<&Pair> = pairs.iter().filter(is_renewed).collect();
        for pair in renewed {
            match self.computed(pair, &period.vintage, new) {
                Ok(rows) => drop(of_pair.insert(pair.clone(), rows)),
                Err(why) => {
                    let (from, to) = pair;
                    report.notes.push(format!("no lineage from `{from}` to `{to}` is computed: {why}"));
                    if is_replaced(pair) {
                        of_pair.remove(pair);
                    }
                }
            }
        }
        let (after, yielded) = with_stated(of_pair.into_values().flatten(), &stated);
        report.notes.extend(yielded.iter().map(ToString::to_string));
        tell(&after, &period.vintage, report);
        after
    }

    /// Puts what is new or different, deletes what is gone.
    pub fn put_lineage(&self, after: Vec<Lineage>, set: &mut ChangeSet) {
        let mut known: BTreeMap<Key, &Lineage> =
            self.kept.lineage.iter().map(|row| (row.key(), row)).collect();
        for row in after {
            if known.remove(&row.key()) != Some(&row) {
                set.put(row);
            }
        }
        // In front of khoroos that may go.
        set.changes.splice(0..0, known.into_keys().map(Change::Delete));
    }

    /// Errors: why not, in words.
    fn computed(
        &self,
        (from, to): &Pair,
        vintage: &VintageId,
        new: Option<&NewUnits<'_>>,
    ) -> Result<Vec<Lineage>, String> {
        let units = |id: &VintageId| match new {
            Some(new) if id == vintage => {
                Ok((new.khoroos.iter().map(|khoroo| khoroo.id.clone()).collect(), new.coverage.clone()))
            }
            _ => self.coverage_of(id),
        };
        let (from, to): ((Vec<KhorooId>, Coverage), (Vec<KhorooId>, Coverage)) = (units(from)?, units(to)?);
        let residents = self.residents(new);
        Ok(lineage::between((&from.1, &from.0), (&to.1, &to.0), |khoroo| {
            residents.get(khoroo).cloned().unwrap_or_default()
        }))
    }

    /// Residents of every khoroo by year: as its row says, and as its facts say of other years.
    fn residents(&self, new: Option<&NewUnits<'_>>) -> BTreeMap<KhorooId, BTreeMap<i16, i64>> {
        let mut residents: BTreeMap<KhorooId, BTreeMap<i16, i64>> = BTreeMap::new();
        let stored = self.kept.datasets.values().flat_map(|dataset| &dataset.khoroos);
        for khoroo in stored.chain(new.into_iter().flat_map(|new| new.khoroos)) {
            if let (Some(year), Some(population)) = (khoroo.population_year, khoroo.population) {
                residents.entry(khoroo.id.clone()).or_default().insert(year, population);
            }
        }
        for fact in &self.kept.records.khoroo_facts {
            if let Some(population) = fact.population {
                residents.entry(fact.khoroo.clone()).or_default().entry(fact.year).or_insert(population);
            }
        }
        residents
    }

    /// Units of a stored vintage as a coverage.
    ///
    /// Errors: it has no shapes, or none that can be used, in words.
    fn coverage_of(&self, vintage: &VintageId) -> Result<(Vec<KhorooId>, Coverage), String> {
        let khoroos = self.dataset(vintage).into_iter().flat_map(|dataset| &dataset.khoroos);
        let (ids, shapes): (Vec<KhorooId>, Vec<&MultiPolygon>) =
            khoroos.filter_map(|khoroo| Some((khoroo.id.clone(), khoroo.shape.as_ref()?))).unzip();
        if ids.is_empty() {
            return Err(format!("the khoroos of vintage `{vintage}` have no shapes"));
        }
        if let Ok(coverage) = Coverage::from_polygons(&shapes) {
            return Ok((ids, coverage));
        }
        // Lines that another program edited: good enough to compare with once noded.
        let options = CleanOptions {
            max_fix_m2: 0.0,
            resolve: Some(Resolve::First),
            gaps: Some(Gaps::Keep),
            decisions: Vec::new(),
        };
        let shapes: Vec<MultiPolygon> = shapes.into_iter().cloned().collect();
        match clean::clean(&shapes, &options) {
            Ok(cleaned) => Ok((ids, cleaned.coverage)),
            Err(_) => Err(format!("the khoroos of vintage `{vintage}` are no coverage")),
        }
    }
}

fn pairs_of(order: &Order) -> BTreeSet<Pair> {
    order.pairs().map(|(from, to)| (from.clone(), to.clone())).collect()
}

fn pair_of(row: &Lineage) -> Pair {
    (row.from.vintage.clone(), row.to.vintage.clone())
}

/// Counts the kinds of the vintage's lineage, and names what was stated.
fn tell(rows: &[Lineage], vintage: &VintageId, report: &mut Report) {
    const NAMED: usize = 20;
    let mut counts: BTreeMap<(Pair, LineageKind), usize> = BTreeMap::new();
    let mut stated = Vec::new();
    for row in rows.iter().filter(|row| row.from.vintage == *vintage || row.to.vintage == *vintage) {
        *counts.entry((pair_of(row), row.kind)).or_default() += 1;
        if row.stated {
            stated.push(format!("{} → {}", row.from, row.to));
        }
    }
    report.lineage = counts
        .into_iter()
        .map(|(((from, to), kind), count)| LineageCount { from, to, kind, count })
        .collect();
    if !stated.is_empty() {
        let listed = stated.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if stated.len() > NAMED { ", …" } else { "" };
        let n = counted(
            stated.len(),
            "row of lineage is stated and stays",
            "rows of lineage are stated and stay",
        );
        report.notes.push(format!("{n}: {listed}{more}"));
    }
}
