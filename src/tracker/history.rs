//! In which state a record was on a day.
//!
//! The row of a record holds its present state, dated changes stand beside it. They may be incomplete or
//! missing, but never win over the row:
//! - changes after the last one to the present state are ignored;
//! - a present state without a dated change counts from the record's own day, or from the last change if
//!   that is later;
//! - before its first state a record was not there.
//!
//! So the state on the last of all days is the present one.

use std::collections::HashMap;

use jiff::civil::Date;

use super::ledger::Ledger;
use crate::model::{Decision, Keyed as _, Practice, PracticeStatus, Replication, Standings};
use crate::snapshot::counting_statuses;

/// States and the days on which they were taken, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct History<S>(Vec<(Date, S)>);

impl<S: Copy + PartialEq> History<S> {
    /// - `changes`: dated ones, sorted.
    /// - `own_day`: since when the record has its present state, as far as it tells itself.
    pub fn new(mut changes: Vec<(Date, S)>, now: S, own_day: Date) -> Self {
        if let Some(last) = changes.iter().rposition(|(_, state)| *state == now) {
            changes.truncate(last + 1);
        } else {
            let day = changes.last().map_or(own_day, |(day, _)| own_day.max(*day));
            changes.push((day, now));
        }
        Self(changes)
    }

    /// The state at the end of `day`.
    pub fn on(&self, day: Date) -> Option<S> {
        self.0.iter().rev().find(|(since, _)| *since <= day).map(|(_, state)| *state)
    }

    /// The first day on which a state was taken that `is` so.
    pub fn first(&self, is: impl Fn(S) -> bool) -> Option<Date> {
        self.0.iter().find(|(_, state)| is(*state)).map(|(day, _)| *day)
    }
}

/// Histories of all copies and practices.
pub(super) struct Histories<'a> {
    copies: HashMap<&'a str, History<&'a str>>,
    practices: HashMap<&'a str, History<PracticeStatus>>,
    /// See [`accepted_or_entered`].
    entered: HashMap<&'a str, Date>,
    standings: &'a Standings,
    counting: std::collections::BTreeSet<&'a str>,
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
        let mut practices: HashMap<&str, Vec<(Date, PracticeStatus)>> = HashMap::new();
        for row in &records.practice_status_changes {
            if !ledger.is_broken(|| row.key()) {
                practices.entry(&row.practice).or_default().push((row.changed_on, row.status));
            }
        }
        for changes in practices.values_mut() {
            changes.sort_by_key(|&(day, status)| (day, status as u8));
        }
        let counting = counting_statuses(records);
        let of_copy = |row: &'a Replication| {
            let changes = copies.remove(row.id.as_str()).unwrap_or_default();
            let made = row.completed_on.filter(|_| counting.contains(row.status.as_str()));
            (row.id.as_str(), History::new(changes, row.status.as_str(), made.unwrap_or(row.decided_on)))
        };
        let of_copies = records.replications.iter().map(of_copy).collect();
        let entered = accepted_or_entered(ledger);
        let of_practice = |row: &'a Practice| {
            let changes = practices.remove(row.id.as_str()).unwrap_or_default();
            let own = entered.get(row.id.as_str()).copied();
            let own = own.or_else(|| changes.last().map(|(day, _)| *day))?;
            Some((row.id.as_str(), History::new(changes, row.status, own)))
        };
        let of_practices = records.practices.iter().filter_map(of_practice).collect();
        let standings = &ledger.snapshot.standings;
        Self { copies: of_copies, practices: of_practices, entered, standings, counting }
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

    /// Since when a practice has been identified, as far as known: by its statuses, or by the decision on its
    /// entry where those only tell that it was archived.
    pub fn identified_on(&self, practice: &Practice) -> Option<Date> {
        let by_status = self
            .of_practice(practice)
            .and_then(|history| history.first(PracticeStatus::is_identified_by_itself));
        let is_archived =
            practice.status == PracticeStatus::Archived && self.standings.is_identified(practice);
        by_status.or_else(|| self.entered.get(practice.id.as_str()).copied().filter(|_| is_archived))
    }

    /// Statuses of a practice, as far as known.
    pub fn of_practice(&self, practice: &Practice) -> Option<&History<PracticeStatus>> {
        self.practices.get(practice.id.as_str())
    }
}

/// By practice: the first day on which an entry of it passed a stage, else the day of its first entry that
/// was accepted, else of its first one.
fn accepted_or_entered<'a>(ledger: &Ledger<'a>) -> HashMap<&'a str, Date> {
    let records = &ledger.snapshot.records;
    let mut first: HashMap<&str, Date> = HashMap::new();
    let earlier = |map: &mut HashMap<&'a str, Date>, practice: &'a str, day: Date| {
        map.entry(practice).and_modify(|known| *known = day.min(*known)).or_insert(day);
    };
    for row in &records.identification_stages {
        if row.decision == Decision::Accepted && !ledger.is_broken(|| row.key()) {
            earlier(&mut first, &row.practice, row.reached_on);
        }
    }
    let (mut entered, mut accepted) = (HashMap::new(), HashMap::new());
    for row in crate::snapshot::entries(records, &ledger.snapshot.verdict) {
        earlier(&mut entered, &row.practice, row.entered_on);
        if row.decision == Decision::Accepted {
            earlier(&mut accepted, &row.practice, row.entered_on);
        }
    }
    entered.extend(accepted);
    entered.extend(first);
    entered
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(n: i8) -> Date {
        date(2022, 6, n)
    }

    #[test]
    fn a_state_holds_from_its_day_to_the_next() {
        let history = History::new(vec![(day(1), 'p'), (day(5), 'f'), (day(9), 'c')], 'c', day(9));
        let on: Vec<_> =
            (0..=9).step_by(4).map(|n| history.on(day(n + 1).yesterday().expect("June"))).collect();
        assert_eq!(on, [None, Some('p'), Some('f')]);
        assert_eq!(
            [history.on(day(1)), history.on(day(5)), history.on(day(9))],
            [Some('p'), Some('f'), Some('c')]
        );
    }

    #[test]
    fn the_row_wins_over_its_changes() {
        let contradicted = History::new(vec![(day(1), 'c'), (day(5), 'p')], 'c', day(1));
        assert_eq!([contradicted.on(day(1)), contradicted.on(Date::MAX)], [Some('c'); 2]);
        let undated = History::new(vec![(day(5), 'p')], 'c', day(2));
        assert_eq!(
            [undated.on(day(4)), undated.on(day(5)), undated.on(Date::MAX)],
            [None, Some('c'), Some('c')]
        );
        let bare = History::new(vec![], 'c', day(3));
        assert_eq!([bare.on(day(2)), bare.on(day(3))], [None, Some('c')]);
    }
}
