//! A store after a plan, without a store.

use std::collections::BTreeMap;

use hlp_tracker::model::{Change, ChangeSet, Dataset, Key, Loaded, Row};

/// What `existing` holds after the changes, sorted; datasets stay even when they became empty.
pub fn applied(existing: &Loaded, changes: &ChangeSet) -> Loaded {
    let keyed = |row: Row| (row.key(), row);
    let mut rows: BTreeMap<Key, Row> = existing.clone().into_rows().map(keyed).collect();
    for change in &changes.changes {
        match change {
            Change::Put(row) => drop(rows.insert(row.key(), row.clone())),
            Change::Delete(key) => drop(rows.remove(key)),
            Change::DeleteIllustrative => rows.retain(|_, row| !row.is_illustrative()),
        }
    }
    let datasets = existing.datasets.keys().map(|id| (id.clone(), Dataset::default())).collect();
    let unreadable = existing.unreadable.clone();
    let mut after = Loaded { revision: existing.revision, datasets, unreadable, ..Loaded::default() };
    for row in rows.into_values() {
        after.add(row);
    }
    after.sort();
    after
}
