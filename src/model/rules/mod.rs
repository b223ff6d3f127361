//! Rules between rows, checked in one place.
//!
//! Row-local rules are constraints of the tables. What concerns several rows is checked here: before
//! a change set is written, at every load, and by `hlp check`. Rows that other programs wrote and
//! that break a rule stay in the store, are listed, and are left out of figures.
//!
//! A khoroo and the one that took its place in another vintage are of one line, see [`Lines`]: what
//! neither may do to itself, it may not do to the other.

mod events;
mod fault;
mod identifications;
mod lineage;
mod lines;
mod replications;
mod reviews;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::change::{Key, Keyed, Loaded};
use super::code::{KhorooId, VintageId};
use super::place::{Lineage, Vintage};
use super::records::{Cycle, Practice, Records};

pub use fault::Fault;
pub use lines::Lines;

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

/// Checks every rule between rows. `khoroos` are all khoroo versions in the store.
pub fn check(
    vintages: &[Vintage],
    khoroos: &BTreeSet<KhorooId>,
    lineage: &[Lineage],
    records: &Records,
) -> Verdict {
    let mut verdict = Verdict::default();
    check_vintages(vintages, &mut verdict);
    lineage::check(vintages, khoroos, lineage, &mut verdict);
    let world = World {
        vintages,
        khoroos,
        lines: Lines::new(vintages, khoroos, lineage),
        practices: records.practices.iter().map(|p| (p.id.as_str(), p)).collect(),
        records,
    };
    identifications::check(&world, &mut verdict);
    events::check(&world, &mut verdict);
    replications::check(&world, &mut verdict);
    reviews::check(&world, &mut verdict);
    verdict.faults.sort();
    verdict
}

/// [`check`] for a load that brought every vintage.
pub fn check_loaded(loaded: &Loaded) -> Verdict {
    let khoroos = loaded.datasets.values().flat_map(|d| d.khoroos.iter().map(|k| k.id.clone())).collect();
    check(&loaded.vintages, &khoroos, &loaded.lineage, &loaded.records)
}

/// Cycles native to a vintage, in their order.
pub fn native_cycles<'a>(records: &'a Records, vintage: &'a VintageId) -> impl Iterator<Item = &'a Cycle> {
    records.cycles.iter().filter(move |c| &c.vintage == vintage)
}

/// What records are judged by.
struct World<'a> {
    vintages: &'a [Vintage],
    khoroos: &'a BTreeSet<KhorooId>,
    lines: Lines<'a>,
    practices: BTreeMap<&'a str, &'a Practice>,
    records: &'a Records,
}

impl World<'_> {
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
