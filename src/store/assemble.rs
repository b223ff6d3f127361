//! Rows as they are read to what a load brings.

use std::collections::BTreeSet;

use super::rows::{Cell, decode, key_text};
use crate::model::{Loaded, Revision, Table, Unreadable};

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
        self.loaded.add(row);
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
        loaded.sort();
        self.loaded
    }
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
