//! What is counted per unit: identifications and replications by cycle and theme.
//!
//! - `identifications`: practices entered in the cycle, whatever the decision, once each, at the
//!   submitting khoroo.
//! - `replications`: replications with a counting status, at the khoroo that copies.
//! - `replications_hosted`: the same replications, at the khoroo that hosts the practice.
//!
//! A figure belongs to its cycle, and a cycle to one vintage; a record whose khoroo is of another
//! vintage is placed by [`super::carry`], a practice by [`super::homes`]. Not reported is not zero: it has no value at all.
//! Invariant: the units of a level add up to the number of records that count, record by record.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::Geography;
use super::build::World;
use super::carry::Carrier;
use super::counting::{copies, counting_statuses, entries};
use crate::model::rules::native_cycles;
use crate::model::{Key, Keyed as _, KhorooId, Practice, VintageId};

/// What is counted per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Practices entered in the cycle, at the submitting khoroo.
    Identifications,
    /// Replications with a counting status, made in the khoroo.
    Replications,
    /// Such replications elsewhere of practices that the khoroo hosts.
    ReplicationsHosted,
}

/// Which units a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Khoroo,
    District,
}

/// One cycle, or the sum over those native to a vintage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CycleChoice {
    All,
    One(String),
}

/// Figures of one vintage by khoroo; districts are sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cycles native to the vintage, in order.
    pub cycles: Vec<String>,
    /// By (measure, cycle, theme; `None` = all themes): one value a khoroo.
    ///
    /// Without a theme, absent means not reported. With one, absent means not reported or all zero.
    pub by_khoroo: BTreeMap<(Measure, String, Option<String>), Vec<u32>>,
    /// The same keys, one value a district.
    pub by_district: BTreeMap<(Measure, String, Option<String>), Vec<u32>>,
    /// Khoroos of each district that entered anything, by cycle and theme; of all cycles, those that did in
    /// any. Absent as above.
    pub entering: BTreeMap<(CycleChoice, Option<String>), Vec<u32>>,
    /// Codes of all themes, in order.
    pub themes: Vec<String>,
}

/// A record that counts, but whose khoroo has no counterpart in the vintage of its cycle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{record}: khoroo {khoroo} has no counterpart in vintage `{vintage}`, so {} miss it", .measure.word())]
pub struct Unplaced {
    /// Key of the row.
    pub record: Key,
    pub khoroo: KhorooId,
    pub vintage: VintageId,
    pub measure: Measure,
}

impl Measure {
    pub const ALL: [Self; 3] = [Self::Identifications, Self::Replications, Self::ReplicationsHosted];

    /// Its name in JSON, tiles and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identifications => "identifications",
            Self::Replications => "replications",
            Self::ReplicationsHosted => "replications_hosted",
        }
    }
}

impl Level {
    pub const ALL: [Self; 2] = [Self::Khoroo, Self::District];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Khoroo => "khoroo",
            Self::District => "district",
        }
    }
}

impl CycleChoice {
    pub fn as_str(&self) -> &str {
        match self {
            Self::All => "all",
            Self::One(id) => id,
        }
    }
}

impl FromStr for CycleChoice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text == "all" { Self::All } else { Self::One(text.to_owned()) })
    }
}

impl fmt::Display for CycleChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Counts {
    /// The figure of one unit; `None` where it was not reported, or where unit, cycle or theme is unknown.
    ///
    /// [`CycleChoice::All`] adds up the cycles that were reported.
    pub fn value(
        &self,
        measure: Measure,
        level: Level,
        idx: usize,
        cycle: &CycleChoice,
        theme: Option<&str>,
    ) -> Option<u32> {
        match cycle {
            CycleChoice::One(cycle) => self.in_cycle(measure, level, idx, cycle, theme),
            CycleChoice::All => self
                .cycles
                .iter()
                .filter_map(|cycle| self.in_cycle(measure, level, idx, cycle, theme))
                .reduce(|a, b| a + b),
        }
    }

    /// One figure a unit, in unit order; `None` where it was not reported, or cycle or theme is unknown.
    pub fn column(
        &self,
        measure: Measure,
        level: Level,
        cycle: &CycleChoice,
        theme: Option<&str>,
    ) -> Option<Vec<u32>> {
        let in_cycle = |cycle: &String| -> Option<Vec<u32>> {
            let all_themes = self.table(level).get(&(measure, cycle.clone(), None))?;
            let Some(theme) = theme else { return Some(all_themes.clone()) };
            if !self.themes.iter().any(|t| t == theme) {
                return None;
            }
            let of_theme = self.table(level).get(&(measure, cycle.clone(), Some(theme.to_owned())));
            Some(of_theme.cloned().unwrap_or_else(|| vec![0; all_themes.len()]))
        };
        match cycle {
            CycleChoice::One(cycle) => in_cycle(cycle),
            CycleChoice::All => self
                .cycles
                .iter()
                .filter_map(in_cycle)
                .reduce(|a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect()),
        }
    }

    /// Khoroos of a district that entered a practice; `None` as in [`value`](Self::value).
    pub fn khoroos_entering(
        &self,
        district_idx: usize,
        cycle: &CycleChoice,
        theme: Option<&str>,
    ) -> Option<u32> {
        let all_themes = *self.entering.get(&(cycle.clone(), None))?.get(district_idx)?;
        let Some(theme) = theme else { return Some(all_themes) };
        if !self.themes.iter().any(|t| t == theme) {
            return None;
        }
        let of_theme = self.entering.get(&(cycle.clone(), Some(theme.to_owned())));
        Some(of_theme.map_or(0, |districts| districts[district_idx]))
    }

    /// Native cycles one by one, then all of them together.
    pub fn choices(&self) -> impl Iterator<Item = CycleChoice> + '_ {
        self.cycles.iter().cloned().map(CycleChoice::One).chain([CycleChoice::All])
    }

    fn table(&self, level: Level) -> &BTreeMap<(Measure, String, Option<String>), Vec<u32>> {
        match level {
            Level::Khoroo => &self.by_khoroo,
            Level::District => &self.by_district,
        }
    }

    /// The figure of the whole city.
    pub fn total(&self, measure: Measure, cycle: &CycleChoice, theme: Option<&str>) -> Option<u32> {
        let n_districts = self.by_district.values().next().map_or(0, Vec::len);
        (0..n_districts)
            .filter_map(|idx| self.value(measure, Level::District, idx, cycle, theme))
            .reduce(|a, b| a + b)
    }

    /// True where the measure was counted in the cycle, or in any cycle for [`CycleChoice::All`].
    pub fn is_reported(&self, measure: Measure, cycle: &CycleChoice) -> bool {
        let has = |cycle: &String| self.by_khoroo.contains_key(&(measure, cycle.clone(), None));
        match cycle {
            CycleChoice::All => self.cycles.iter().any(has),
            CycleChoice::One(cycle) => has(cycle),
        }
    }

    fn in_cycle(
        &self,
        measure: Measure,
        level: Level,
        idx: usize,
        cycle: &str,
        theme: Option<&str>,
    ) -> Option<u32> {
        let table = self.table(level);
        let all_themes = *table.get(&(measure, cycle.to_owned(), None))?.get(idx)?;
        let Some(theme) = theme else { return Some(all_themes) };
        if !self.themes.iter().any(|t| t == theme) {
            return None;
        }
        let of_theme = table.get(&(measure, cycle.to_owned(), Some(theme.to_owned())));
        Some(of_theme.map_or(0, |values| values[idx]))
    }
}

/// Counts the records of every vintage, in their order.
pub(super) fn count(world: &World<'_>, carrier: &Carrier<'_>) -> (Vec<Counts>, Vec<Unplaced>) {
    let (vintages, records) = (world.placed, world.records);
    let mut themes: Vec<_> = records.themes.iter().collect();
    themes.sort_by_key(|t| (t.position, &t.code));
    let counts = vintages.iter().map(|(vintage, geography)| {
        let cycles: Vec<String> = native_cycles(records, &vintage.id).map(|c| c.id.clone()).collect();
        let mut by_khoroo = BTreeMap::new();
        for cycle in native_cycles(records, &vintage.id) {
            for measure in Measure::ALL {
                if measure == Measure::Identifications || cycle.replications_reported {
                    by_khoroo.insert((measure, cycle.id.clone(), None), vec![0; geography.khoroos.len()]);
                }
            }
        }
        let themes = themes.iter().map(|t| t.code.clone()).collect();
        Counts { cycles, by_khoroo, themes, ..Counts::default() }
    });
    let mut tally = Tally {
        counts: counts.collect(),
        unplaced: Vec::new(),
        vintage_of: records
            .cycles
            .iter()
            .filter_map(|c| Some((c.id.as_str(), vintages.iter().position(|(v, _)| v.id == c.vintage)?)))
            .collect(),
        world,
    };
    tally.count_records(carrier);
    for (counts, (_, geography)) in tally.counts.iter_mut().zip(vintages) {
        counts.by_district =
            counts.by_khoroo.iter().map(|(key, values)| (key.clone(), geography.add_up(values))).collect();
        counts.entering = entering(counts, geography);
    }
    tally.unplaced.sort();
    (tally.counts, tally.unplaced)
}

/// See [`Counts::entering`]; a theme that nobody entered is left out.
fn entering(counts: &Counts, geography: &Geography) -> BTreeMap<(CycleChoice, Option<String>), Vec<u32>> {
    let mut entering = BTreeMap::new();
    for cycle in counts.choices() {
        for theme in std::iter::once(None).chain(counts.themes.iter().cloned().map(Some)) {
            let of = counts.column(Measure::Identifications, Level::Khoroo, &cycle, theme.as_deref());
            let Some(khoroos) = of.filter(|k| theme.is_none() || k.iter().any(|&n| n > 0)) else { continue };
            let has_entered: Vec<u32> = khoroos.into_iter().map(|n| u32::from(n > 0)).collect();
            entering.insert((cycle.clone(), theme), geography.add_up(&has_entered));
        }
    }
    entering
}

struct Tally<'a> {
    counts: Vec<Counts>,
    unplaced: Vec<Unplaced>,
    /// Index of the vintage to which a cycle is native.
    vintage_of: BTreeMap<&'a str, usize>,
    world: &'a World<'a>,
}

impl Tally<'_> {
    fn count_records(&mut self, carrier: &Carrier<'_>) {
        let World { records, verdict, homes, .. } = *self.world;
        let practices: BTreeMap<&str, (usize, &Practice)> =
            records.practices.iter().enumerate().map(|(nth, p)| (p.id.as_str(), (nth, p))).collect();
        let counting = counting_statuses(records);
        for row in entries(records, verdict) {
            let theme = practices.get(row.practice.as_str()).map(|(_, p)| p.theme.as_str());
            let record =
                Counted { measure: Measure::Identifications, cycle: &row.cycle, theme, key: row.key() };
            self.add(record, &row.khoroo, |at| carrier.carry(&row.khoroo, at));
        }
        for row in copies(records, verdict).filter(|row| counting.contains(row.status.as_str())) {
            let practice = practices.get(row.practice.as_str());
            let theme = practice.map(|(_, p)| p.theme.as_str());
            let counted = |measure| Counted { measure, cycle: &row.cycle, theme, key: row.key() };
            self.add(counted(Measure::Replications), &row.khoroo, |at| carrier.carry(&row.khoroo, at));
            if let Some((nth, practice)) = practice {
                let home = |at| homes.home(*nth, at).map(|home| home.khoroo);
                self.add(counted(Measure::ReplicationsHosted), &practice.host, home);
            }
        }
    }

    /// - `khoroo`: the one that the record names.
    /// - `place`: index of the khoroo of a vintage (index) where it counts.
    fn add(&mut self, record: Counted<'_>, khoroo: &KhorooId, place: impl Fn(usize) -> Option<usize>) {
        let Counted { measure, cycle, theme, key } = record;
        // A cycle of a vintage that is not there has no map to stand on; the stores' foreign keys bar it.
        let Some(&at) = self.vintage_of.get(cycle) else { return };
        let counts = &mut self.counts[at];
        if !counts.by_khoroo.contains_key(&(measure, cycle.to_owned(), None)) {
            return;
        }
        let (vintage, geography) = &self.world.placed[at];
        let Some(idx) = place(at) else {
            let (khoroo, vintage) = (khoroo.clone(), vintage.id.clone());
            self.unplaced.push(Unplaced { record: key, khoroo, vintage, measure });
            return;
        };
        for theme in [None, theme.map(str::to_owned)].into_iter().take(1 + usize::from(theme.is_some())) {
            let values = counts
                .by_khoroo
                .entry((measure, cycle.to_owned(), theme))
                .or_insert_with(|| vec![0; geography.khoroos.len()]);
            values[idx] += 1;
        }
    }
}

/// A record in one measure.
struct Counted<'a> {
    measure: Measure,
    cycle: &'a str,
    theme: Option<&'a str>,
    key: Key,
}
