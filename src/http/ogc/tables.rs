//! Collections of one snapshot, each opened when it is first asked for and then kept as long as the snapshot.

use std::sync::{Arc, OnceLock};

use crate::features::{Collection, Table};
use crate::http::error::Error;
use crate::snapshot::Snapshot;

pub struct Tables(Vec<(Collection, OnceLock<Table>)>);

impl Tables {
    pub fn of(snapshot: &Snapshot) -> Self {
        Self(Collection::all(snapshot).into_iter().map(|one| (one, OnceLock::new())).collect())
    }

    pub fn collections(&self) -> impl Iterator<Item = &Collection> {
        self.0.iter().map(|(collection, _)| collection)
    }

    pub fn find(&self, id: &str) -> Result<&Collection, Error> {
        self.collections().find(|one| one.id == id).ok_or_else(|| Error::NotFound {
            detail: format!(
                "there is no collection `{}`; one of earlier boundaries may have been taken out",
                crate::http::params::shortened(id)
            ),
            allowed: self.collections().map(|one| one.id.clone()).collect(),
        })
    }

    /// The rows of one of its collections, those of the same kind and vintage once.
    pub fn open(&self, collection: &Collection, snapshot: &Arc<Snapshot>) -> &Table {
        let is_same = |one: &Collection| (one.kind, one.vintage) == (collection.kind, collection.vintage);
        let found = self.0.iter().find(|(one, _)| is_same(one));
        let (_, table) = found.expect("asked of a collection of the same snapshot");
        table.get_or_init(|| collection.open(snapshot))
    }
}
