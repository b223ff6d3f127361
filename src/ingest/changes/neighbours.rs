//! The vintage against those before and after it: which ground went where.

use std::collections::{BTreeMap, BTreeSet};

use super::Before;
use super::period::Period;
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, CleanOptions, Gaps, Resolve};
use crate::ingest::lineage;
use crate::ingest::report::{LineageCount, Report};
use crate::model::{Change, ChangeSet, Key, KhorooId, Lineage, LineageKind, MultiPolygon, Row, VintageId};

impl Before<'_> {
    /// Lineage to the vintage before and the vintage after; stated rows stay.
    pub fn put_lineage(
        &self,
        period: &Period,
        new: (&Coverage, &[KhorooId]),
        set: &mut ChangeSet,
        report: &mut Report,
    ) {
        for (neighbour, is_earlier) in period.neighbours() {
            let Some((ids, coverage)) = self.coverage_of(neighbour, report) else { continue };
            let other = (&coverage, ids.as_slice());
            let rows = if is_earlier { lineage::between(other, new) } else { lineage::between(new, other) };
            let is_of_pair = |row: &Lineage| {
                let (from, to) =
                    if is_earlier { (neighbour, &period.vintage) } else { (&period.vintage, neighbour) };
                row.from.vintage == *from && row.to.vintage == *to
            };
            let mut counts: BTreeMap<(VintageId, VintageId, LineageKind), usize> = BTreeMap::new();
            for row in &rows {
                *counts.entry((row.from.vintage.clone(), row.to.vintage.clone(), row.kind)).or_default() += 1;
            }
            report.lineage.extend(counts.into_iter().map(|((from, to, kind), count)| LineageCount {
                from,
                to,
                kind,
                count,
            }));
            let new_keys: BTreeSet<_> = rows.iter().map(|row| (row.from.clone(), row.to.clone())).collect();
            let mut stated = BTreeSet::new();
            for old in self.kept.lineage.iter().filter(|row| is_of_pair(row)) {
                let key = (old.from.clone(), old.to.clone());
                if old.stated {
                    stated.insert(key);
                } else if !new_keys.contains(&key) {
                    set.changes.push(Change::Delete(Key::Lineage(key.0, key.1)));
                }
            }
            for row in rows.into_iter().filter(|row| !stated.contains(&(row.from.clone(), row.to.clone()))) {
                set.put(Row::Lineage(row));
            }
        }
    }

    /// Units of a stored vintage as a coverage; `None` where it has no shapes, or none that can be used.
    fn coverage_of(&self, vintage: &VintageId, report: &mut Report) -> Option<(Vec<KhorooId>, Coverage)> {
        let khoroos = &self.dataset(vintage)?.khoroos;
        let (ids, shapes): (Vec<KhorooId>, Vec<&MultiPolygon>) =
            khoroos.iter().filter_map(|khoroo| Some((khoroo.id.clone(), khoroo.shape.as_ref()?))).unzip();
        if ids.is_empty() {
            return None;
        }
        if let Ok(coverage) = Coverage::from_polygons(&shapes) {
            return Some((ids, coverage));
        }
        // Lines that another program edited: good enough to compare with once noded.
        let options = CleanOptions {
            max_fix_m2: 0.0,
            resolve: Some(Resolve::First),
            gaps: Some(Gaps::Keep),
            decisions: Vec::new(),
        };
        let shapes: Vec<MultiPolygon> = shapes.into_iter().cloned().collect();
        if let Ok(cleaned) = clean::clean(&shapes, &options) {
            return Some((ids, cleaned.coverage));
        }
        report.notes.push(format!("vintage `{vintage}` is no coverage: no lineage to it is computed"));
        None
    }
}
