//! Who may see a practice, and what peers may do with it: whether it is identified, and shared.
//!
//! The present status tells, but for one: a practice is withdrawn by archiving it, whatever it was
//! before. So an archived practice counts as what it had become by then, as dated changes, decisions on its
//! entries and workshops tell; a draft that was put away stays unseen.
//!
//! Owns: that rule; lists, search, tiles, pages, figures and rules all ask here.

use std::collections::{BTreeSet, HashSet};

use super::change::{Key, Keyed as _};
use super::records::{Decision, Practice, PracticeStatus, Records};

/// What archived practices had become; others tell by their status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standings {
    identified: HashSet<String>,
    shared: HashSet<String>,
}

impl Standings {
    /// - `broken`: records that break a rule; they tell nothing.
    pub fn of(records: &Records, broken: &BTreeSet<Key>) -> Self {
        let archived = records.practices.iter().filter(|row| row.status == PracticeStatus::Archived);
        let archived: HashSet<&str> = archived.map(|row| row.id.as_str()).collect();
        let mut standings = Self::default();
        if archived.is_empty() {
            return standings;
        }
        let is_sound = |key: Key| broken.is_empty() || !broken.contains(&key);
        for row in records.practice_status_changes.iter().filter(|row| archived.contains(&*row.practice)) {
            if row.status.is_identified_by_itself() && is_sound(row.key()) {
                standings.identified.insert(row.practice.clone());
                if row.status == PracticeStatus::Shared {
                    standings.shared.insert(row.practice.clone());
                }
            }
        }
        let entries =
            records.identifications.iter().map(|row| (&row.practice, &row.cycle, row.decision, row.key()));
        let stages = records
            .identification_stages
            .iter()
            .map(|row| (&row.practice, &row.cycle, row.decision, row.key()));
        for (practice, cycle, decision, key) in entries.chain(stages) {
            if decision == Decision::Accepted
                && archived.contains(practice.as_str())
                && is_sound(key)
                && is_sound(Key::Identification(practice.clone(), cycle.clone()))
            {
                standings.identified.insert(practice.clone());
            }
        }
        for row in &records.workshop_practices {
            if archived.contains(row.practice.as_str()) && is_sound(row.key()) {
                standings.shared.insert(row.practice.clone());
            }
        }
        standings
    }

    /// What peers may copy and the public may see.
    pub fn is_identified(&self, practice: &Practice) -> bool {
        match practice.status {
            PracticeStatus::Archived => self.identified.contains(&practice.id),
            status => status.is_identified_by_itself(),
        }
    }

    /// What peers have been shown.
    pub fn is_shared(&self, practice: &Practice) -> bool {
        match practice.status {
            PracticeStatus::Archived => self.shared.contains(&practice.id),
            status => status == PracticeStatus::Shared,
        }
    }
}
