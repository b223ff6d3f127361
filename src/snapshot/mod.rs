//! The immutable world that a running server answers from.
//!
//! A [`Snapshot`] holds one revision of everything: per vintage its [`Geography`] (units, coverage,
//! index), its [`Counts`] with the [`Residents`] that rates divide by, and the [`Marks`] of its records.
//! [`Snapshot::build`] makes it in one go and shares with the previous one whatever did not change, so a
//! changed record costs a recount and changed lines cost one vintage.
//!
//! Owns: unit order, names shown, counts, which records stay out of figures, what is found by its name.
//! Invariant: no I/O, async, clock or randomness; equal input gives an equal snapshot.
//! Design: a query per request was dropped because one page then mixes two revisions.

mod build;
mod carry;
mod core;
mod counting;
mod counts;
mod geography;
mod history;
mod homes;
mod lines;
mod lookup;
mod marks;
mod offices;
mod orientation;
pub mod property;
mod register;
mod residents;
pub mod search;
mod seats;
mod share;
mod unit;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use build::{BuildError, Misfit};
pub use carry::Carrier;
pub use counting::{budget_lines, budgets, copies, copies_by_index, counting_statuses, entries, sound_facts};
pub use counts::{Counts, CycleChoice, Level, Measure, Unplaced};
pub use geography::{Geography, PLANE};
pub use history::{History, PracticeHistories, awarded_on};
pub use homes::Home;
pub use lines::{Hole, Mended, MendedKind};
pub use lookup::LookupError;
pub use marks::{CopyMark, Marks, Place, Placing, PracticeMark};
pub use offices::Offices;
pub use orientation::{Context, Features, Orientation};
pub use residents::{Headcount, HeadcountRow, Residents};
pub use seats::Seats;
pub use unit::Unit;

use crate::model::rules::Verdict;
use crate::model::{
    ContextLine, Cycle, District, GridPoint, KhorooId, Lineage, Practice, Records, Replication, Revision,
    Standings, Unreadable, Vintage, VintageId,
};

/// One revision of everything, ready to answer.
pub struct Snapshot {
    pub revision: Revision,
    pub districts: Arc<Vec<District>>,
    /// Sorted by `valid_from`.
    pub vintages: Vec<VintageView>,
    pub lineage: Arc<Vec<Lineage>>,
    pub context_lines: Arc<Vec<ContextLine>>,
    /// What files beside the store bring; its context takes the place of `context_lines`.
    pub orientation: Arc<Orientation>,
    pub records: Arc<Records>,
    register: register::Register,
    khoroos: BTreeSet<KhorooId>,
    homes: homes::Homes,
    /// Which practices are identified, so that everybody may see them, and which are shared.
    pub standings: Standings,
    /// Records that break a rule and so stay out of figures.
    pub verdict: Verdict,
    /// Valid records that no unit of their cycle's vintage could take; they stay out of figures too.
    pub unplaced: Vec<Unplaced>,
    /// Rows of the store that nobody can use.
    pub unreadable: Vec<Unreadable>,
    /// True when any vintage or record is invented.
    pub illustrative: bool,
    pub search: search::Index,
    /// Which khoroo versions share a cell.
    pub seats: Arc<Seats>,
}

/// A vintage: its lines (shared between revisions that do not change them) and its figures.
#[derive(Clone)]
pub struct VintageView {
    pub vintage: Vintage,
    pub geography: Arc<Geography>,
    pub counts: Arc<Counts>,
    /// What rates divide by.
    pub residents: Arc<Residents>,
    /// Where its records stand; they refer to the snapshot's records by index.
    pub marks: Arc<Marks>,
    pub offices: Arc<Offices>,
}

impl VintageView {
    /// Units of a level, in the order of figures and tiles.
    pub fn units(&self, level: Level) -> &[Unit] {
        match level {
            Level::Khoroo => &self.geography.khoroos,
            Level::District => &self.geography.districts,
        }
    }

    /// What rates of a cycle divide by, where that is not the unit's own figure.
    pub fn other_residents(&self, level: Level, idx: usize, cycle: &CycleChoice) -> Option<Headcount> {
        let unit = &self.units(level)[idx];
        let residents = self.residents.of(level, idx, cycle)?;
        (unit.population != Some(residents.population) || unit.population_year != residents.year)
            .then_some(residents)
    }

    /// Native cycles whose rates divide by other residents than the own figure of some unit.
    pub fn cycles_of_residents(&self, level: Level) -> Vec<CycleChoice> {
        let n_units = self.units(level).len();
        let is_own =
            |cycle: &CycleChoice| (0..n_units).all(|idx| self.other_residents(level, idx, cycle).is_none());
        let cycles = self.counts.cycles.iter().cloned().map(CycleChoice::One);
        cycles.filter(|cycle| !is_own(cycle)).collect()
    }

    /// The cycle whose residents rates of a cycle divide by: that itself, the newest for all together.
    pub fn cycle_of_residents(&self, cycle: &CycleChoice) -> CycleChoice {
        let newest = || self.counts.cycles.last().cloned().map_or(CycleChoice::All, CycleChoice::One);
        if *cycle == CycleChoice::All { newest() } else { cycle.clone() }
    }
}

impl Snapshot {
    pub fn vintage(&self, id: &VintageId) -> Option<&VintageView> {
        self.vintages.iter().find(|v| &v.vintage.id == id)
    }

    /// The vintage that became valid last, which may be in the future.
    pub fn newest(&self) -> Option<&VintageView> {
        self.vintages.last()
    }

    pub fn cycle(&self, id: &str) -> Option<&Cycle> {
        self.records.cycles.iter().find(|c| c.id == id)
    }

    pub fn practice(&self, id: &str) -> Option<&Practice> {
        self.register.practice(&self.records, id)
    }

    /// The practice if everybody may see it.
    pub fn public_practice(&self, id: &str) -> Option<&Practice> {
        self.practice(id).filter(|practice| self.standings.is_identified(practice))
    }

    pub fn replication(&self, id: &str) -> Option<&Replication> {
        self.register.replication(&self.records, id)
    }

    /// Where a practice is at home on the ground of the vintage at `vintage`.
    pub fn home(&self, practice: &Practice, vintage: usize) -> Option<Home> {
        self.homes.home(self.register.position(&practice.id)?, vintage)
    }

    /// The practice's point, unless it lies outside its host.
    pub fn point(&self, practice: &Practice) -> Option<GridPoint> {
        self.homes.point(self.register.position(&practice.id)?)
    }

    /// Practices that everybody may see.
    pub fn public_practices(&self) -> impl Iterator<Item = &Practice> {
        self.records.practices.iter().filter(|practice| self.standings.is_identified(practice))
    }

    /// Places records of one vintage on the ground of another; vintages count in their order here.
    pub fn carrier(&self) -> Carrier<'_> {
        let vintages = self.vintages.iter().map(|v| (&v.vintage, v.geography.as_ref()));
        Carrier::new(vintages, &self.khoroos, &self.lineage)
    }

    /// The seat of each khoroo of a vintage of this snapshot, in the khoroos' order.
    pub fn seats_of(&self, view: &VintageView) -> &[u32] {
        let idx = self.vintages.iter().position(|own| own.vintage.id == view.vintage.id);
        idx.map_or(&[], |idx| self.seats.of_vintage(idx))
    }

    /// Repairs made while loading, with the vintage they belong to; empty when every border matched.
    pub fn mended(&self) -> impl Iterator<Item = (&VintageId, &Mended)> {
        self.vintages.iter().flat_map(|v| v.geography.mended.iter().map(move |m| (&v.vintage.id, m)))
    }

    /// Ground enclosed by units that belongs to none, with the vintage.
    pub fn holes(&self) -> impl Iterator<Item = (&VintageId, &Hole)> {
        self.vintages.iter().flat_map(|v| v.geography.holes.iter().map(move |hole| (&v.vintage.id, hole)))
    }

    /// Codes of units without lines in vintages that have some.
    pub fn without_lines(&self) -> impl Iterator<Item = (&VintageId, &str)> {
        self.vintages
            .iter()
            .flat_map(|v| v.geography.without_lines.iter().map(move |code| (&v.vintage.id, code.as_str())))
    }
}
