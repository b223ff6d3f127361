//! In which state copies and practices were on a day, and since when they count.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::ledger::Ledger;
use crate::model::{Keyed as _, Practice, PracticeStatus, Replication};
use crate::snapshot::{History, PracticeHistories, counting_statuses};

/// Histories of all copies and practices.
pub(super) struct Histories<'a> {
    copies: HashMap<&'a str, History<&'a str>>,
    practices: PracticeHistories<'a>,
    counting: BTreeSet<&'a str>,
}

impl<'a> Histories<'a> {
    pub fn of(ledger: &Ledger<'a>) -> Self {
        let records = &ledger.snapshot.records;
        let mut copies: HashMap<&str, Vec<(Date, &str)>> = HashMap::new();
        for row in &records.replication_status_changes {
            if !ledger.is_broken(|| row.key()) {
                copies.entry(&row.replication).or_default().push((row.changed_on, &row.status));
            }
        }
        let position: HashMap<&str, i32> =
            records.replication_statuses.iter().map(|s| (s.code.as_str(), s.position)).collect();
        for changes in copies.values_mut() {
            changes.sort_by_key(|&(day, status)| (day, position.get(status).copied(), status));
        }
        let counting = counting_statuses(records);
        let of_copy = |row: &'a Replication| {
            let changes = copies.remove(row.id.as_str()).unwrap_or_default();
            let made = row.completed_on.filter(|_| counting.contains(row.status.as_str()));
            (row.id.as_str(), History::new(changes, row.status.as_str(), made.unwrap_or(row.decided_on)))
        };
        let of_copies = records.replications.iter().map(of_copy).collect();
        Self { copies: of_copies, practices: PracticeHistories::of(ledger.snapshot), counting }
    }

    /// The day on which a copy came to count, if it counted at the end of `day`.
    pub fn made_on(&self, copy: &Replication, day: Date) -> Option<Date> {
        let history = self.copies.get(copy.id.as_str())?;
        let counts = |status: &str| self.counting.contains(status);
        history.on(day).filter(|status| counts(status)).and_then(|_| history.first(counts))
    }

    /// Code of its state at the end of `day`.
    pub fn copy_on(&self, copy: &Replication, day: Date) -> Option<&'a str> {
        self.copies.get(copy.id.as_str())?.on(day)
    }

    /// See [`PracticeHistories::identified_on`].
    pub fn identified_on(&self, practice: &Practice) -> Option<Date> {
        self.practices.identified_on(practice)
    }

    /// Statuses of a practice, as far as known.
    pub fn of_practice(&self, practice: &Practice) -> Option<&History<PracticeStatus>> {
        self.practices.of_practice(practice)
    }
}
