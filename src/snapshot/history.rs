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

use super::{Snapshot, entries};
use crate::model::{Decision, Key, Keyed as _, Practice, PracticeStatus, Standings};

/// States and the days on which they were taken, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History<S>(Vec<(Date, S)>);

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

/// Histories of all practices.
pub struct PracticeHistories<'a> {
    by_id: HashMap<&'a str, History<PracticeStatus>>,
    /// See [`accepted_or_entered`].
    entered: HashMap<&'a str, Date>,
    standings: &'a Standings,
}

impl<'a> PracticeHistories<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let records = &snapshot.records;
        let mut dated: HashMap<&str, Vec<(Date, PracticeStatus)>> = HashMap::new();
        for row in records.practice_status_changes.iter().filter(|row| !is_broken(snapshot, || row.key())) {
            dated.entry(&row.practice).or_default().push((row.changed_on, row.status));
        }
        for changes in dated.values_mut() {
            changes.sort_by_key(|&(day, status)| (day, status as u8));
        }
        let entered = accepted_or_entered(snapshot);
        let of_practice = |row: &'a Practice| {
            let changes = dated.remove(row.id.as_str()).unwrap_or_default();
            let own = entered.get(row.id.as_str()).copied();
            let own = own.or_else(|| changes.last().map(|(day, _)| *day))?;
            Some((row.id.as_str(), History::new(changes, row.status, own)))
        };
        let by_id = records.practices.iter().filter_map(of_practice).collect();
        Self { by_id, entered, standings: &snapshot.standings }
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
        self.by_id.get(practice.id.as_str())
    }
}

/// By practice: the first day on which an entry of it passed a stage, else the day of its first entry that
/// was accepted, else of its first one.
fn accepted_or_entered(snapshot: &Snapshot) -> HashMap<&str, Date> {
    let records = &snapshot.records;
    let [mut first, mut entered, mut accepted] = std::array::from_fn(|_| HashMap::<&str, Date>::new());
    for row in &records.identification_stages {
        if row.decision == Decision::Accepted && !is_broken(snapshot, || row.key()) {
            earlier(&mut first, &row.practice, row.reached_on);
        }
    }
    for row in entries(records, &snapshot.verdict) {
        earlier(&mut entered, &row.practice, row.entered_on);
        if row.decision == Decision::Accepted {
            earlier(&mut accepted, &row.practice, row.entered_on);
        }
    }
    entered.extend(accepted);
    entered.extend(first);
    entered
}

/// By practice: the first day on which an entry of it was awarded; where no stage tells it, that of the entry.
pub fn awarded_on(snapshot: &Snapshot) -> HashMap<&str, Date> {
    let records = &snapshot.records;
    let mut stages: HashMap<(&str, &str), Date> = HashMap::new();
    for row in &records.identification_stages {
        if row.awarded && !is_broken(snapshot, || row.key()) {
            earlier(&mut stages, (&row.practice, &row.cycle), row.reached_on);
        }
    }
    let mut awarded = HashMap::new();
    for row in records.identifications.iter().filter(|row| row.awarded && !is_broken(snapshot, || row.key()))
    {
        let by_stage = stages.get(&(row.practice.as_str(), row.cycle.as_str())).copied();
        earlier(&mut awarded, row.practice.as_str(), by_stage.unwrap_or(row.entered_on));
    }
    awarded
}

fn earlier<K: Eq + std::hash::Hash>(days: &mut HashMap<K, Date>, of: K, day: Date) {
    days.entry(of).and_modify(|known| *known = day.min(*known)).or_insert(day);
}

fn is_broken(snapshot: &Snapshot, key: impl FnOnce() -> Key) -> bool {
    let broken = &snapshot.verdict.broken;
    !broken.is_empty() && broken.contains(&key())
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
