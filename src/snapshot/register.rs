//! Records by id, found once for all questions to a snapshot.

use std::collections::HashMap;

use crate::model::{Practice, Records, Replication};

/// Positions in the lists of one [`Records`]; of no use with others.
#[derive(Debug, Default)]
pub struct Register {
    practices: HashMap<String, usize>,
    replications: HashMap<String, usize>,
}

impl Register {
    pub(super) fn of(records: &Records) -> Self {
        let practices = records.practices.iter().enumerate();
        let replications = records.replications.iter().enumerate();
        Self {
            practices: practices.map(|(at, row)| (row.id.clone(), at)).collect(),
            replications: replications.map(|(at, row)| (row.id.clone(), at)).collect(),
        }
    }

    /// Position of a practice.
    pub(super) fn position(&self, practice: &str) -> Option<usize> {
        self.practices.get(practice).copied()
    }

    pub(super) fn practice<'a>(&self, records: &'a Records, id: &str) -> Option<&'a Practice> {
        self.practices.get(id).map(|&at| &records.practices[at])
    }

    pub(super) fn replication<'a>(&self, records: &'a Records, id: &str) -> Option<&'a Replication> {
        self.replications.get(id).map(|&at| &records.replications[at])
    }
}
