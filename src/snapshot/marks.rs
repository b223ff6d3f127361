//! Where the records that everybody may see stand on the ground of one vintage.
//!
//! - A practice, from `identified` on, hosted by a khoroo of the vintage or entered in one of its
//!   cycles: at its own place, if that lies in its host, else at the label of the khoroo that has it.
//! - A copy that counts in one of its cycles: from the practice to the label of the khoroo that copied.
//!
//! Home is where the figure [`super::Measure::ReplicationsHosted`] has it, so a line begins in the khoroo
//! that has the count. Where khoroos have no lines, their district's label
//! stands for them; who has no place at all has no mark.
//!
//! Owns: which records these are, and how exactly each is placed. Leaves to others: drawing.
//! Invariant: marks are in order of record ids.

use std::collections::{BTreeMap, HashMap};

use super::build::World;
use super::carry::Carrier;
use super::counting::{budgets, copies_by_index, counting_statuses, entries};
use super::counts::{CycleChoice, Measure};
use super::homes::Homes;
use super::{Counts, Geography};
use crate::model::rules::Verdict;
use crate::model::{GridPoint, Keyed as _, Practice, Records, Replication, Standings};

/// Marks of one vintage, in order of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    pub practices: Vec<PracticeMark>,
    pub copies: Vec<CopyMark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeMark {
    /// Index into the snapshot's practices.
    pub practice: usize,
    pub place: Place,
    /// Index of the khoroo that has it; `None` where its point alone tells where it is.
    pub home: Option<usize>,
    /// Native cycles in which it was entered, in order.
    pub cycles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyMark {
    /// Index into the snapshot's replications.
    pub replication: usize,
    /// Index into the snapshot's practices.
    pub practice: usize,
    pub from: Place,
    pub to: Place,
    /// Index of the khoroo that has the practice; `None` where its point alone tells where it is.
    pub home: Option<usize>,
    /// Index of the khoroo that answers for the one that copied.
    pub copier: usize,
    /// ₮ over its budget lines; `None` where it has none.
    pub budget: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at: GridPoint,
    pub by: Placing,
}

/// How exactly something is placed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placing {
    /// The record names the spot.
    Point,
    /// A point inside its khoroo.
    Khoroo,
    /// A point inside its district.
    District,
}

impl Placing {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Khoroo => "khoroo",
            Self::District => "district",
        }
    }
}

/// What all vintages' marks are made from.
pub(super) struct Marker<'a> {
    records: &'a Records,
    verdict: &'a Verdict,
    homes: &'a Homes,
    carrier: &'a Carrier<'a>,
    /// Index of each practice that everybody may see.
    public: HashMap<&'a str, usize>,
    /// ₮ by replication.
    budgets: HashMap<&'a str, i64>,
}

impl<'a> Marker<'a> {
    pub fn new(world: &World<'a>, standings: &Standings, carrier: &'a Carrier<'a>) -> Self {
        let World { records, verdict, homes, .. } = *world;
        let practices = records.practices.iter().enumerate();
        let public =
            practices.filter(|(_, p)| standings.is_identified(p) && !verdict.broken.contains(&p.key()));
        Self {
            records,
            verdict,
            homes,
            carrier,
            public: public.map(|(idx, p)| (p.id.as_str(), idx)).collect(),
            budgets: budgets(records, verdict),
        }
    }

    /// Marks of the vintage at `target`, whose counts are `counts`.
    pub fn marks(&self, target: usize, counts: &Counts) -> Marks {
        Marks { practices: self.practices(target, counts), copies: self.copies(target, counts) }
    }

    fn practices(&self, target: usize, counts: &Counts) -> Vec<PracticeMark> {
        let (vintage, _) = self.carrier.vintages[target];
        let mut entered: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in entries(self.records, self.verdict).filter(|row| counts.cycles.contains(&row.cycle)) {
            entered.entry(&row.practice).or_default().push(&row.cycle);
        }
        let in_order = |of: &[&str]| -> Vec<String> {
            counts.cycles.iter().filter(|cycle| of.contains(&cycle.as_str())).cloned().collect()
        };
        let mark = |(idx, practice): (usize, &Practice)| {
            let cycles = entered.get(practice.id.as_str()).map_or(&[][..], Vec::as_slice);
            let is_here = practice.host.vintage == vintage.id || !cycles.is_empty();
            if !is_here || !self.public.contains_key(practice.id.as_str()) {
                return None;
            }
            Some(PracticeMark {
                practice: idx,
                place: self.place_of(idx, target)?,
                home: self.home(idx, target),
                cycles: in_order(cycles),
            })
        };
        self.records.practices.iter().enumerate().filter_map(mark).collect()
    }

    fn copies(&self, target: usize, counts: &Counts) -> Vec<CopyMark> {
        let counting = counting_statuses(self.records);
        let mark = |(idx, row): (usize, &Replication)| {
            let practice = *self.public.get(row.practice.as_str())?;
            let copier = self.carrier.carry(&row.khoroo, target)?;
            Some(CopyMark {
                replication: idx,
                practice,
                from: self.place_of(practice, target)?,
                to: self.label(copier, target)?,
                home: self.home(practice, target),
                copier,
                budget: self.budgets.get(row.id.as_str()).copied(),
            })
        };
        let is_counted =
            |cycle: &str| counts.is_reported(Measure::Replications, &CycleChoice::One(cycle.to_owned()));
        copies_by_index(self.records, self.verdict)
            .filter(|(_, row)| counting.contains(row.status.as_str()) && is_counted(&row.cycle))
            .filter_map(mark)
            .collect()
    }

    fn place_of(&self, practice: usize, target: usize) -> Option<Place> {
        let point = self.homes.point(practice).map(|at| Place { at, by: Placing::Point });
        point.or_else(|| self.label(self.home(practice, target)?, target))
    }

    fn home(&self, practice: usize, target: usize) -> Option<usize> {
        self.homes.home(practice, target).map(|home| home.khoroo)
    }

    /// - `idx`: of a khoroo.
    fn label(&self, idx: usize, target: usize) -> Option<Place> {
        let (_, ground): (_, &Geography) = self.carrier.vintages[target];
        let own = ground.khoroos[idx].label.map(|at| Place { at, by: Placing::Khoroo });
        let district = || ground.districts[ground.district_of[idx] as usize].label;
        own.or_else(|| district().map(|at| Place { at, by: Placing::District }))
    }
}
