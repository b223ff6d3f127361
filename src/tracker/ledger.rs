//! The records that a question is about: what counts, by when, in which theme, and how much of it here.
//!
//! An event of one khoroo counts there. A workshop counts wherever a practice shown at it is at home, a
//! visit wherever its visitors come from, and each of them once in the city: such events of the khoroos
//! do not add up to the city's.
//!
//! Owns: the lists of events by step. Leaves to others: what is made of them.
//! Invariant: a record that breaks a rule is in no list.

use std::cell::OnceCell;
use std::collections::HashMap;

use jiff::civil::Date;

use super::history::Histories;
use super::question::{AskError, Question, Scope, Span};
use crate::model::{
    Identification, Key, Keyed as _, KhorooCode, KhorooId, Occasion, Practice, Replication, Review, Visit,
    VisitStatus, Vote, Workshop,
};
use crate::snapshot::{Carrier, Snapshot, VintageView, copies, entries};

/// A snapshot under a question.
pub(super) struct Ledger<'a> {
    pub snapshot: &'a Snapshot,
    pub question: &'a Question,
    /// Whose events are listed: that of the question, but for [`Ledger::everywhere`].
    scope: Scope,
    pub spans: Vec<Span<'a>>,
    /// Vintages on whose ground the answer stands; at least one.
    pub grounds: Vec<usize>,
    /// The last day that counts.
    pub day: Date,
    /// Made when the first record has to be carried.
    carrier: OnceCell<Carrier<'a>>,
    histories: OnceCell<Histories<'a>>,
    entered: OnceCell<Vec<Event<'a, Identification>>>,
    copies: OnceCell<Vec<Copied<'a>>>,
}

/// Something that happened in a step, `row` being its record.
pub(super) struct Event<'a, R> {
    pub row: &'a R,
    /// How much of it belongs to the scope, above 0 to 1.
    pub share: f64,
    pub occasion: Occasion,
    /// Ids; those of the asked theme only.
    pub practices: Vec<&'a str>,
}

/// A copy, and what it was at the end of the day.
pub(super) struct Copied<'a> {
    pub event: Event<'a, Replication>,
    /// Code of its state.
    pub state: &'a str,
    /// True where it counts as made.
    pub is_made: bool,
}

impl<'a> Ledger<'a> {
    pub fn open(snapshot: &'a Snapshot, question: &'a Question) -> Result<Self, AskError> {
        let (spans, grounds) = question.resolve(snapshot)?;
        Ok(Self::new(snapshot, question, question.scope.clone(), spans, grounds))
    }

    /// The same cycles, grounds, theme and days, with the events of all places.
    pub fn everywhere(&self) -> Self {
        Self::new(self.snapshot, self.question, Scope::City, self.spans.clone(), self.grounds.clone())
    }

    fn new(
        snapshot: &'a Snapshot,
        question: &'a Question,
        scope: Scope,
        spans: Vec<Span<'a>>,
        grounds: Vec<usize>,
    ) -> Self {
        Self {
            snapshot,
            question,
            scope,
            spans,
            grounds,
            day: question.as_of.unwrap_or(Date::MAX),
            carrier: OnceCell::new(),
            histories: OnceCell::new(),
            entered: OnceCell::new(),
            copies: OnceCell::new(),
        }
    }

    pub fn histories(&self) -> &Histories<'a> {
        self.histories.get_or_init(|| Histories::of(self))
    }

    pub fn practice(&self, id: &str) -> Option<&'a Practice> {
        self.snapshot.practice(id)
    }

    pub fn copy(&self, id: &str) -> Option<&'a Replication> {
        self.snapshot.replication(id)
    }

    pub fn is_broken(&self, key: impl FnOnce() -> Key) -> bool {
        let broken = &self.snapshot.verdict.broken;
        !broken.is_empty() && broken.contains(&key())
    }

    pub fn is_past(&self, day: Date) -> bool {
        day <= self.day
    }

    pub fn is_of_theme(&self, practice: &str) -> bool {
        let Some(theme) = &self.question.theme else { return true };
        self.practice(practice).is_some_and(|p| &p.theme == theme)
    }

    /// True where any figure is carried from another vintage.
    pub fn is_estimate(&self) -> bool {
        self.spans.iter().any(Span::is_estimate)
    }

    /// True where copies were counted in any cycle that is asked for.
    pub fn reports_replications(&self) -> bool {
        self.spans.iter().any(|span| span.cycle.replications_reported)
    }

    /// The one vintage of the answer, if there is one.
    pub fn ground(&self) -> Option<&'a VintageView> {
        match self.grounds[..] {
            [ground] => Some(&self.snapshot.vintages[ground]),
            _ => None,
        }
    }

    /// The cycle's place in the answer, if it is asked for.
    pub fn span(&self, cycle: &str) -> Option<Span<'a>> {
        self.spans.iter().find(|span| span.cycle.id == cycle).copied()
    }

    /// Indices of the khoroos of a vintage that are in the scope.
    pub fn khoroos(&self, ground: usize) -> std::ops::Range<usize> {
        let geography = &self.snapshot.vintages[ground].geography;
        match &self.scope {
            Scope::City => 0..geography.khoroos.len(),
            Scope::District(code) => {
                geography.district_idx(code).map_or(0..0, |district| geography.khoroos_of(district))
            }
            Scope::Khoroo(code) => geography.khoroo_idx(code).map_or(0..0, |idx| idx..idx + 1),
        }
    }

    pub fn khoroo_id(&self, ground: usize, idx: usize) -> KhorooId {
        let view = &self.snapshot.vintages[ground];
        let unit = &view.geography.khoroos[idx];
        KhorooCode { district: unit.district.clone(), number: unit.number }.at(&view.vintage.id)
    }

    /// Index of the khoroo of a vintage that answers for another.
    pub fn carried(&self, khoroo: &KhorooId, ground: usize) -> Option<usize> {
        let view = &self.snapshot.vintages[ground];
        if view.vintage.id == khoroo.vintage {
            return view.geography.khoroo_idx(&khoroo.code);
        }
        self.carrier().carry(khoroo, ground)
    }

    fn carrier(&self) -> &Carrier<'a> {
        self.carrier.get_or_init(|| self.snapshot.carrier())
    }

    /// How much of what happened in a khoroo is in the scope; `None` if nothing.
    ///
    /// What has no place on the ground of its own cycle is in no figure, the city's included.
    ///
    /// - `practice`: the khoroo's own, which it was about; in an estimate its point decides.
    fn share(&self, span: Span<'_>, khoroo: &KhorooId, practice: Option<&Practice>) -> Option<f64> {
        self.share_of(span, self.carried(khoroo, span.home)?, khoroo, practice)
    }

    /// How much of what a practice's home showed is in the scope; `None` if nothing.
    fn share_at_home(&self, span: Span<'_>, practice: &Practice) -> Option<f64> {
        let home = self.snapshot.home(practice, span.home)?.khoroo;
        self.share_of(span, home, &practice.host, Some(practice))
    }

    fn share_of(
        &self,
        span: Span<'_>,
        home: usize,
        khoroo: &KhorooId,
        practice: Option<&Practice>,
    ) -> Option<f64> {
        if self.scope == Scope::City {
            return Some(1.0);
        }
        let asked = self.khoroos(span.target);
        if !span.is_estimate() {
            return asked.contains(&home).then_some(1.0);
        }
        let told = practice.and_then(|practice| self.snapshot.home(practice, span.target));
        if let Some(told) = told.filter(|home| home.by_point) {
            return asked.contains(&told.khoroo).then_some(1.0);
        }
        let shares = self.carrier().shares(khoroo, span.target);
        let share: f64 = shares.iter().filter(|(idx, _)| asked.contains(idx)).map(|(_, share)| share).sum();
        (share > 0.0).then(|| share.min(1.0))
    }

    /// Practices entered.
    pub fn entered(&self) -> &[Event<'a, Identification>] {
        self.entered.get_or_init(|| self.find_entered())
    }

    fn find_entered(&self) -> Vec<Event<'a, Identification>> {
        let rows = entries(&self.snapshot.records, &self.snapshot.verdict);
        let events = rows.filter_map(|row| {
            let span = self.span(&row.cycle)?;
            if !self.is_past(row.entered_on) || !self.is_of_theme(&row.practice) {
                return None;
            }
            // Only what is carried asks where exactly.
            let practice = if span.is_estimate() { self.practice(&row.practice) } else { None };
            let share = self.share(span, &row.khoroo, practice)?;
            Some(Event { row, share, occasion: row.occasion, practices: vec![row.practice.as_str()] })
        });
        events.collect()
    }

    pub fn workshops(&self) -> Vec<Event<'a, Workshop>> {
        let records = &self.snapshot.records;
        let shown = records.workshop_practices.iter().filter(|row| !self.is_broken(|| row.key()));
        let shown = grouped(shown.map(|row| (row.workshop.as_str(), row.practice.as_str())));
        let events = records.workshops.iter().filter_map(|row| {
            let span = self.span(&row.cycle)?;
            let practices = self.of_theme(shown.get(row.id.as_str()))?;
            if !self.is_past(row.held_on) || self.is_broken(|| row.key()) {
                return None;
            }
            let at_home = || {
                let hosts = practices.iter().filter_map(|id| self.practice(id));
                let shares = hosts.filter_map(|practice| self.share_at_home(span, practice));
                shares.reduce(f64::max)
            };
            let share = match &self.scope {
                Scope::City => 1.0,
                Scope::District(code) if row.district.as_ref() == Some(code) => 1.0,
                _ => at_home()?,
            };
            let attended = row.attended();
            let occasion = Occasion { mode: Some(row.mode), cost: row.cost, invited: row.invited, attended };
            Some(Event { row, share, occasion, practices })
        });
        events.collect()
    }

    /// Visits held.
    pub fn visits(&self) -> Vec<Event<'a, Visit>> {
        let records = &self.snapshot.records;
        let shown = records.visit_practices.iter().filter(|row| !self.is_broken(|| row.key()));
        let shown = grouped(shown.map(|row| (row.visit.as_str(), row.practice.as_str())));
        let came = records.visit_visitors.iter().filter(|row| !self.is_broken(|| row.key()));
        let came = grouped(came.map(|row| (row.visit.as_str(), &row.khoroo)));
        let events = records.visits.iter().filter(|row| row.status == VisitStatus::Held).filter_map(|row| {
            let span = self.span(&row.cycle)?;
            let practices = self.of_theme(shown.get(row.id.as_str()))?;
            if !self.is_past(row.held_on) || self.is_broken(|| row.key()) {
                return None;
            }
            let share = if self.scope == Scope::City {
                1.0
            } else {
                let khoroos = came.get(row.id.as_str()).into_iter().flatten();
                khoroos.filter_map(|khoroo| self.share(span, khoroo, None)).reduce(f64::max)?
            };
            let (mode, cost, invited, attended) = (Some(row.mode), row.cost, row.invited, row.attended);
            Some(Event { row, share, occasion: Occasion { mode, cost, invited, attended }, practices })
        });
        events.collect()
    }

    pub fn votes(&self) -> Vec<Event<'a, Vote>> {
        let events = self.snapshot.records.votes.iter().filter_map(|row| {
            let span = self.span(&row.cycle)?;
            let is_out = !self.is_past(row.decided_on) || !self.is_of_theme(&row.practice);
            if is_out || self.is_broken(|| row.key()) {
                return None;
            }
            let share = self.share(span, &row.khoroo, None)?;
            Some(Event { row, share, occasion: row.occasion, practices: vec![row.practice.as_str()] })
        });
        events.collect()
    }

    /// Copies in any state.
    pub fn copies(&self) -> &[Copied<'a>] {
        self.copies.get_or_init(|| self.find_copies())
    }

    fn find_copies(&self) -> Vec<Copied<'a>> {
        let rows = copies(&self.snapshot.records, &self.snapshot.verdict);
        let found = rows.filter_map(|row| {
            let span = self.reported_span(&row.cycle)?;
            if !self.is_of_theme(&row.practice) {
                return None;
            }
            let state = self.histories().copy_on(row, self.day)?;
            let share = self.share(span, &row.khoroo, None)?;
            let is_made = self.histories().made_on(row, self.day).is_some();
            let (occasion, practices) = (Occasion::default(), vec![row.practice.as_str()]);
            Some(Copied { event: Event { row, share, occasion, practices }, state, is_made })
        });
        found.collect()
    }

    /// Copies that count as made.
    pub fn made(&self) -> Vec<&Event<'a, Replication>> {
        self.copies().iter().filter(|copy| copy.is_made).map(|copy| &copy.event).collect()
    }

    /// Reviews, at the khoroo whose copy they are about.
    pub fn reviews(&self) -> Vec<Event<'a, Review>> {
        let broken = &self.snapshot.verdict.broken_replications;
        let events = self.snapshot.records.reviews.iter().filter_map(|row| {
            let copy = self.copy(&row.replication).filter(|copy| !broken.contains(&copy.id))?;
            let span = self.reported_span(&copy.cycle)?;
            let is_out = !self.is_past(row.reviewed_on) || !self.is_of_theme(&copy.practice);
            if is_out || self.is_broken(|| row.key()) {
                return None;
            }
            let share = self.share(span, &copy.khoroo, None)?;
            let (occasion, practices) = (Occasion::default(), vec![copy.practice.as_str()]);
            Some(Event { row, share, occasion, practices })
        });
        events.collect()
    }

    fn reported_span(&self, cycle: &str) -> Option<Span<'a>> {
        self.span(cycle).filter(|span| span.cycle.replications_reported)
    }

    /// Those of the asked theme; `None` if a theme is asked and there is none of it.
    fn of_theme(&self, practices: Option<&Vec<&'a str>>) -> Option<Vec<&'a str>> {
        let practices: Vec<&str> =
            practices.into_iter().flatten().copied().filter(|id| self.is_of_theme(id)).collect();
        (self.question.theme.is_none() || !practices.is_empty()).then_some(practices)
    }
}

fn grouped<'a, V>(pairs: impl Iterator<Item = (&'a str, V)>) -> HashMap<&'a str, Vec<V>> {
    let mut groups: HashMap<&str, Vec<V>> = HashMap::new();
    for (id, value) in pairs {
        groups.entry(id).or_default().push(value);
    }
    groups
}
