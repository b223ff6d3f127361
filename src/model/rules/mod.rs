//! Rules between rows, checked in one place.
//!
//! Row-local rules are constraints of the tables. What concerns several rows is checked here: before
//! a change set is written, at every load, and by `hlp check`. Rows that other programs wrote and
//! that break a rule stay in the store, are listed, and are left out of figures.
//!
//! A khoroo and the one that took its place in another vintage are of one line, see [`Lines`]: what
//! neither may do to itself, it may not do to the other. Whose a practice is tells [`Homes`].
//!
//! Not built: a stated reason why more people came than were asked. There is no field for it, so such a row
//! is a fault, and the number asked has to be corrected.

mod days;
mod events;
mod fault;
mod homes;
mod identifications;
mod lineage;
mod lines;
mod practices;
mod replications;
mod reviews;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::change::{Key, Keyed, Loaded};
use super::code::{KhorooId, VintageId};
use super::place::{Lineage, Vintage};
use super::records::{Cycle, Practice, Records};
use super::standing::Standings;

pub use fault::Fault;
pub use homes::{Astray, BORDER_M, Home, Homes, Shapes};
pub use lines::Lines;
pub use reviews::{HostReview, reviews_by_hosts};

/// The ground that records stand on.
pub struct Ground<'a> {
    pub vintages: &'a [Vintage],
    /// All khoroo versions in the store.
    pub khoroos: &'a BTreeSet<KhorooId>,
    pub lineage: &'a [Lineage],
    /// Of khoroos that have lines.
    pub shapes: Shapes<'a>,
}

/// Faults, and the records they exclude from figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Sorted.
    pub faults: Vec<Fault>,
    /// Every record with a fault.
    pub broken: BTreeSet<Key>,
    /// Those of `broken` that are identifications: `(practice, cycle)`.
    pub broken_identifications: BTreeSet<(String, String)>,
    /// Those of `broken` that are replications: ids.
    pub broken_replications: BTreeSet<String>,
}

impl Ground<'_> {
    /// Homes of practices on this ground.
    pub fn homes(&self) -> Homes<'_> {
        // Khoroos with a common heir are neighbours, so square steps of the grid compare their areas.
        let area = |khoroo: &KhorooId| self.shapes.get(khoroo).map(|shape| shape.doubled_area() as f64);
        Homes::new(Lines::new(self.vintages, self.khoroos, self.lineage, &area), &self.shapes)
    }
}

/// Checks every rule between rows.
pub fn check(ground: &Ground<'_>, records: &Records) -> Verdict {
    let mut verdict = Verdict::default();
    check_vintages(ground.vintages, &mut verdict);
    lineage::check(ground.vintages, ground.khoroos, ground.lineage, &mut verdict);
    let mut world = World {
        vintages: ground.vintages,
        khoroos: ground.khoroos,
        homes: ground.homes(),
        practices: records.practices.iter().map(|p| (p.id.as_str(), p)).collect(),
        cycles: records.cycles.iter().map(|c| (c.id.as_str(), c)).collect(),
        entered: BTreeMap::new(),
        standings: Standings::default(),
        records,
    };
    identifications::check(&world, &mut verdict);
    world.entered = days::first_entries(records, &verdict);
    world.standings = Standings::of(records, &verdict.broken);
    practices::check(&world, &mut verdict);
    events::check(&world, &mut verdict);
    replications::check(&world, &mut verdict);
    reviews::check(&world, &mut verdict);
    verdict.faults.sort();
    verdict
}

/// [`check`] for a load that brought every vintage.
pub fn check_loaded(loaded: &Loaded) -> Verdict {
    on_ground_of(loaded, |ground| check(ground, &loaded.records))
}

/// What breaks no rule, but is worth knowing; for a load that brought every vintage.
pub fn notes_on_loaded(loaded: &Loaded) -> Vec<HostReview> {
    on_ground_of(loaded, |ground| reviews_by_hosts(&ground.homes(), &loaded.records))
}

fn on_ground_of<T>(loaded: &Loaded, answer: impl FnOnce(&Ground<'_>) -> T) -> T {
    let khoroos = || loaded.datasets.values().flat_map(|dataset| &dataset.khoroos);
    answer(&Ground {
        vintages: &loaded.vintages,
        khoroos: &khoroos().map(|khoroo| khoroo.id.clone()).collect(),
        lineage: &loaded.lineage,
        shapes: khoroos().filter_map(|khoroo| Some((&khoroo.id, khoroo.shape.as_ref()?))).collect(),
    })
}

/// Cycles native to a vintage, in their order.
pub fn native_cycles<'a>(records: &'a Records, vintage: &'a VintageId) -> impl Iterator<Item = &'a Cycle> {
    records.cycles.iter().filter(move |c| &c.vintage == vintage)
}

/// What records are judged by.
struct World<'a> {
    vintages: &'a [Vintage],
    khoroos: &'a BTreeSet<KhorooId>,
    homes: Homes<'a>,
    practices: BTreeMap<&'a str, &'a Practice>,
    cycles: BTreeMap<&'a str, &'a Cycle>,
    /// Practices by the day on which they were first entered anywhere.
    entered: BTreeMap<&'a str, Date>,
    standings: Standings,
    records: &'a Records,
}

impl<'a> World<'a> {
    fn lines(&self) -> &Lines<'a> {
        self.homes.lines()
    }

    /// A vintage that is not there holds no day.
    fn holds(&self, id: &VintageId, day: Date) -> bool {
        self.vintages.iter().any(|v| &v.id == id && v.holds(day))
    }

    /// The fault of a khoroo that is not in the store, or not on that day.
    fn place(&self, record: &impl Keyed, khoroo: &KhorooId, day: Date) -> Option<Fault> {
        if !self.khoroos.contains(khoroo) {
            Some(Fault::UnknownKhoroo { record: record.key(), khoroo: khoroo.clone() })
        } else if !self.holds(&khoroo.vintage, day) {
            let (day, vintage) = (day.to_string(), khoroo.vintage.clone());
            Some(Fault::OutsideVintage { record: record.key(), day, vintage })
        } else {
            None
        }
    }
}

impl Verdict {
    /// Lists a fault that does not keep its record out of figures.
    fn list(&mut self, fault: Option<Fault>) {
        self.faults.extend(fault);
    }

    /// Notes a fault of a record, if there is one.
    fn note(&mut self, record: &impl Keyed, fault: Option<Fault>) {
        let Some(fault) = fault else { return };
        let key = record.key();
        match &key {
            Key::Identification(practice, cycle) => {
                self.broken_identifications.insert((practice.clone(), cycle.clone()));
            }
            Key::Replication(id) => {
                self.broken_replications.insert(id.clone());
            }
            _ => {}
        }
        self.broken.insert(key);
        self.faults.push(fault);
    }
}

/// The fault of more people having come than were asked.
fn turnout(record: &impl Keyed, invited: Option<i64>, attended: Option<i64>) -> Option<Fault> {
    let (invited, attended) = (invited?, attended?);
    (attended > invited).then(|| Fault::MoreAttendedThanInvited { record: record.key(), attended, invited })
}

fn check_vintages(vintages: &[Vintage], verdict: &mut Verdict) {
    let mut by_start: Vec<&Vintage> = vintages.iter().collect();
    by_start.sort_by_key(|v| (v.valid_from, v.id.clone()));
    for pair in by_start.windows(2) {
        if pair[0].valid_to.is_none_or(|end| end >= pair[1].valid_from) {
            verdict.faults.push(Fault::OverlappingVintages {
                first: pair[0].id.to_string(),
                second: pair[1].id.to_string(),
                day: pair[1].valid_from.to_string(),
            });
        }
    }
}

#[cfg(test)]
mod tests;
