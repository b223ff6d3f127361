//! Rows as they are read to what a load brings.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Cell, decode, key_text};
use crate::model::{Dataset, Loaded, Revision, Row, Table, Unreadable, VintageId};

/// Collects decoded rows of all tables, then sorts them.
#[derive(Default)]
pub(super) struct Assembly {
    loaded: Loaded,
}

/// Vintages whose geometry a load has to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stale {
    All,
    /// Texts of the `vintage` columns.
    Some(BTreeSet<String>),
}

/// What changed since a known revision, from rows `(table, key)` of `change`.
///
/// `known_is_there`: the known change itself is on record in this store, so that none after it is missing.
pub(super) fn stale<'a>(
    changes: impl IntoIterator<Item = (&'a str, &'a str)>,
    known_is_there: bool,
) -> Stale {
    if !known_is_there {
        return Stale::All;
    }
    let mut vintages = BTreeSet::new();
    for (table, key) in changes {
        if key == "*" {
            return Stale::All;
        }
        let places = [Table::Vintage, Table::Khoroo, Table::DistrictVersion];
        if places.iter().any(|t| t.name() == table) {
            vintages.insert(key.split(':').next().unwrap_or(key).to_owned());
        }
    }
    Stale::Some(vintages)
}

impl Stale {
    /// True when `table` has rows of a vintage, and only some vintages are wanted.
    pub fn filters(&self, table: Table) -> Option<&BTreeSet<String>> {
        match self {
            Self::Some(vintages) if matches!(table, Table::Khoroo | Table::DistrictVersion) => Some(vintages),
            _ => None,
        }
    }
}

impl Assembly {
    pub fn add(&mut self, table: Table, cells: Vec<Cell>) {
        let key = key_text(table, &cells);
        let unreadable = |reason| Unreadable { table, key: key.clone(), reason };
        let row = match decode(table, cells) {
            Ok((row, spoilt)) => {
                self.loaded.unreadable.extend(spoilt.map(unreadable));
                row
            }
            Err(reason) => return self.loaded.unreadable.push(unreadable(reason)),
        };
        let loaded = &mut self.loaded;
        let records = &mut loaded.records;
        match row {
            Row::District(r) => loaded.districts.push(r),
            Row::Vintage(r) => loaded.vintages.push(r),
            Row::Khoroo(r) => dataset(&mut loaded.datasets, &r.id.vintage).khoroos.push(r),
            Row::DistrictVersion(r) => dataset(&mut loaded.datasets, &r.vintage).district_versions.push(r),
            Row::Lineage(r) => loaded.lineage.push(r),
            Row::ContextLine(r) => loaded.context_lines.push(r),
            Row::Cycle(r) => records.cycles.push(r),
            Row::Theme(r) => records.themes.push(r),
            Row::ReplicationStatus(r) => records.replication_statuses.push(r),
            Row::Practice(r) => records.practices.push(r),
            Row::Identification(r) => records.identifications.push(r),
            Row::Replication(r) => records.replications.push(r),
        }
    }

    /// Sorts by key, as the model orders keys: equal in both homes whatever their collations.
    pub fn finish(mut self, revision: Revision, stale: &Stale) -> Loaded {
        let loaded = &mut self.loaded;
        loaded.revision = revision;
        for vintage in &loaded.vintages {
            let wanted = match stale {
                Stale::All => true,
                Stale::Some(ids) => ids.contains(vintage.id.as_str()),
            };
            if wanted {
                loaded.datasets.entry(vintage.id.clone()).or_default();
            }
        }
        loaded.districts.sort_by(|a, b| a.code.cmp(&b.code));
        loaded.vintages.sort_by(|a, b| a.id.cmp(&b.id));
        for dataset in loaded.datasets.values_mut() {
            dataset.khoroos.sort_by(|a, b| a.id.cmp(&b.id));
            dataset.district_versions.sort_by(|a, b| a.district.cmp(&b.district));
        }
        loaded.lineage.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        loaded.context_lines.sort_by(|a, b| a.id.cmp(&b.id));
        let records = &mut loaded.records;
        records.cycles.sort_by(|a, b| a.id.cmp(&b.id));
        records.themes.sort_by(|a, b| a.code.cmp(&b.code));
        records.replication_statuses.sort_by(|a, b| a.code.cmp(&b.code));
        records.practices.sort_by(|a, b| a.id.cmp(&b.id));
        records.identifications.sort_by(|a, b| (&a.practice, &a.cycle).cmp(&(&b.practice, &b.cycle)));
        records.replications.sort_by(|a, b| a.id.cmp(&b.id));
        loaded.unreadable.sort();
        self.loaded
    }
}

fn dataset<'a>(datasets: &'a mut BTreeMap<VintageId, Dataset>, vintage: &VintageId) -> &'a mut Dataset {
    if !datasets.contains_key(vintage) {
        datasets.insert(vintage.clone(), Dataset::default());
    }
    datasets.get_mut(vintage).expect("just inserted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vintage_is_stale_when_one_of_its_units_changed() {
        let changes = [("khoroo", "2022:bzd-1"), ("practice", "p-1"), ("district_version", "2020:bn")];
        let ids = ["2020", "2022"].map(str::to_owned);
        assert_eq!(stale(changes, true), Stale::Some(ids.into()));
    }

    #[test]
    fn a_gap_in_the_changes_makes_everything_stale() {
        assert_eq!(stale([], false), Stale::All);
        assert_eq!(stale([("theme", "*")], true), Stale::All);
    }
}
