//! The figures that tiles carry for units: names, and the numbers behind them.
//!
//! Raw counts by cycle, of all themes and of each, with the residents that rates divide by: what
//! `cartography` colours by can be computed from a unit's properties alone, in any client.
//!
//! Owns: which figures there are. Invariant: a property depends on its own unit only.
//! Design: a figure of one theme is left out where it is 0, for there are many themes and few records: a
//! style takes a missing one for 0 where the figure of all themes is there. So themes cost what records
//! cost: in the demo city's tile of zoom 6, all of it in 63 kB, 7 kB, and 2.5 of 25.5 kB compressed; the
//! zeros would be 40 kB more. A join instead would make the tiles useless by themselves. Label points
//! have no figures of themes: nothing is coloured by them.

use super::writer::{Properties, Value};
use crate::snapshot::{CycleChoice, Level, Measure, VintageView, property};

/// What a figure of a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Count(Measure),
    /// Khoroos of a district that entered anything.
    Entering,
}

/// One figure for every unit of a level.
pub struct Figure<'a> {
    pub name: String,
    pub kind: Kind,
    pub cycle: CycleChoice,
    pub theme: Option<&'a str>,
    /// Columns that add up to it; without any it is unknown.
    parts: Vec<&'a [u32]>,
}

/// All figures of a level.
pub struct Figures<'a> {
    view: &'a VintageView,
    level: Level,
    pub list: Vec<Figure<'a>>,
    /// Cycles with the names of their residents and the year of these.
    cycles: Vec<(CycleChoice, [String; 2])>,
}

impl<'a> Figures<'a> {
    /// - `by_theme`: also those of one theme, as far as any unit has records of it.
    pub fn of(view: &'a VintageView, level: Level, by_theme: bool) -> Self {
        let counts = &*view.counts;
        let themes = counts.themes.iter().filter(|_| by_theme).map(|theme| Some(theme.as_str()));
        let themes: Vec<Option<&str>> = std::iter::once(None).chain(themes).collect();
        let cycles = || counts.cycles.iter().cloned().map(CycleChoice::One);
        let mut list = Vec::new();
        for kind in Measure::ALL.map(Kind::Count).into_iter().chain([Kind::Entering]) {
            if kind == Kind::Entering && level == Level::Khoroo {
                continue;
            }
            for &theme in &themes {
                for cycle in [CycleChoice::All].into_iter().chain(cycles()) {
                    let parts = columns(view, level, kind, &cycle, theme);
                    if theme.is_none() || !parts.is_empty() {
                        let name = property::name(kind.word(), &cycle, theme);
                        list.push(Figure { name, kind, cycle, theme, parts });
                    }
                }
            }
        }
        let names = |cycle: &CycleChoice| {
            [property::POPULATION, property::POPULATION_YEAR].map(|word| property::name(word, cycle, None))
        };
        Self { view, level, list, cycles: cycles().map(|c| (c.clone(), names(&c))).collect() }
    }

    /// Adds what is known of a unit.
    pub fn add_to(&self, properties: &mut Properties, idx: usize) {
        let unit = &self.view.units(self.level)[idx];
        let mut add = |name: &str, value: Option<Value>| {
            properties.extend(value.map(|value| (name.to_owned(), value)));
        };
        add(property::POPULATION, count(unit.population));
        add(property::POPULATION_YEAR, count(unit.population_year.map(i64::from)));
        for (cycle, [population, year]) in &self.cycles {
            if let Some(residents) = self.view.other_residents(self.level, idx, cycle) {
                add(population, count(Some(residents.population)));
                add(year, count(residents.year.map(i64::from)));
            }
        }
        add("households", count(unit.households));
        add("area_km2", unit.area_km2.map(Value::Number));
        if self.level == Level::District {
            let khoroos = self.view.geography.khoroos_of(idx).len();
            add(property::KHOROOS, Some(Value::Count(khoroos as u64)));
        }
        for figure in &self.list {
            let value = figure.parts.iter().map(|column| u64::from(column[idx])).reduce(|a, b| a + b);
            add(&figure.name, value.filter(|&v| figure.theme.is_none() || v > 0).map(Value::Count));
        }
    }

    /// Names of residents of a cycle that are not the unit's own figure, as far as any unit has such.
    pub fn residents_by_cycle(&self) -> impl Iterator<Item = (&CycleChoice, &[String; 2])> {
        let n_units = self.view.units(self.level).len();
        let has_any = move |cycle: &CycleChoice| {
            (0..n_units).any(|idx| self.view.other_residents(self.level, idx, cycle).is_some())
        };
        self.cycles.iter().filter(move |(cycle, _)| has_any(cycle)).map(|(cycle, names)| (cycle, names))
    }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Count(measure) => measure.word(),
            Self::Entering => property::KHOROOS_ENTERING,
        }
    }
}

fn columns<'a>(
    view: &'a VintageView,
    level: Level,
    kind: Kind,
    cycle: &CycleChoice,
    theme: Option<&str>,
) -> Vec<&'a [u32]> {
    let counts = &*view.counts;
    let theme = theme.map(str::to_owned);
    let measure = match kind {
        Kind::Entering => {
            return counts.entering.get(&(cycle.clone(), theme)).map(Vec::as_slice).into_iter().collect();
        }
        Kind::Count(measure) => measure,
    };
    let table = match level {
        Level::Khoroo => &counts.by_khoroo,
        Level::District => &counts.by_district,
    };
    let of = |cycle: &String| table.get(&(measure, cycle.clone(), theme.clone())).map(Vec::as_slice);
    match cycle {
        CycleChoice::All => counts.cycles.iter().filter_map(of).collect(),
        CycleChoice::One(cycle) => of(cycle).into_iter().collect(),
    }
}

fn count(value: Option<i64>) -> Option<Value> {
    value.and_then(|v| u64::try_from(v).ok()).map(Value::Count)
}
