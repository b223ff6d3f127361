//! How many residents a rate divides by: one rule for every unit and every cycle.
//!
//! Known of a khoroo are the figure of its own row and its facts by year; of a district its own figure
//! and, for every year known of all its khoroos, their sum. Of these a cycle takes
//! 1. the latest that is not of a year after the one in which the cycle begins,
//! 2. else the earliest,
//! 3. else one whose year is unknown, which for a district may be a sum over different years.
//!
//! Of figures of one year the unit's own wins, since that is what pages and tiles call its population.
//! All cycles together take what the newest of them takes.
//!
//! Owns: which figure of which year. Invariant: where the own figure is known, no cycle's is unknown.
//! Design: these stand beside the counts and not among a vintage's units, because facts are records: a
//! new one must not rebuild lines.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::counts::{CycleChoice, Level};
use super::{Geography, Unit};
use crate::model::rules::{Verdict, native_cycles};
use crate::model::{Keyed as _, Records, Vintage};

/// A number of residents, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headcount {
    /// ≥ 0.
    pub population: i64,
    /// `None` where it is unknown, or where khoroos were counted in different years.
    pub year: Option<i16>,
    pub row: HeadcountRow,
}

/// Which row tells a number of residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadcountRow {
    /// The khoroo's own.
    Khoroo,
    /// The khoroo's facts of the year.
    KhorooFact,
    /// The district's population as shown: its own figure, else the sum of its khoroos' rows.
    District,
    /// No row of the district: the sum over its khoroos, facts included.
    Khoroos,
}

/// Residents of every unit of a vintage by cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Residents {
    by_cycle: BTreeMap<CycleChoice, Column>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    khoroos: Vec<Option<Headcount>>,
    districts: Vec<Option<Headcount>>,
}

impl HeadcountRow {
    /// Its name in JSON: the table, or `khoroos` for their sum.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Khoroo => "khoroo",
            Self::KhorooFact => "khoroo_fact",
            Self::District => "district",
            Self::Khoroos => "khoroos",
        }
    }
}

impl Residents {
    /// Residents that a rate of the unit in the cycle divides by.
    pub fn of(&self, level: Level, idx: usize, cycle: &CycleChoice) -> Option<Headcount> {
        let column = self.by_cycle.get(cycle)?;
        let units = match level {
            Level::Khoroo => &column.khoroos,
            Level::District => &column.districts,
        };
        *units.get(idx)?
    }

    pub(super) fn build(
        vintage: &Vintage,
        geography: &Geography,
        records: &Records,
        verdict: &Verdict,
    ) -> Self {
        let own = |unit: &Unit, row| {
            unit.population.map(|population| Headcount { population, year: unit.population_year, row })
        };
        let mut khoroos: Vec<Vec<Headcount>> = geography
            .khoroos
            .iter()
            .map(|unit| own(unit, HeadcountRow::Khoroo).into_iter().collect())
            .collect();
        for fact in &records.khoroo_facts {
            if fact.khoroo.vintage == vintage.id
                && let Some(population) = fact.population
                && let Some(idx) = geography.khoroo_idx(&fact.khoroo.code)
                && !verdict.broken.contains(&fact.key())
            {
                let (year, row) = (Some(fact.year), HeadcountRow::KhorooFact);
                khoroos[idx].push(Headcount { population, year, row });
            }
        }
        let districts: Vec<Vec<Headcount>> = (0..geography.districts.len())
            .map(|idx| {
                let of_itself = own(&geography.districts[idx], HeadcountRow::District);
                of_itself.into_iter().chain(sums_by_year(&khoroos[geography.khoroos_of(idx)])).collect()
            })
            .collect();
        let column = |year: i16| {
            let khoroos: Vec<_> = khoroos.iter().map(|known| nearest(known, year)).collect();
            let districts = districts.iter().enumerate().map(|(idx, known)| {
                nearest(known, year).or_else(|| sum_over_years(&khoroos[geography.khoroos_of(idx)]))
            });
            Column { districts: districts.collect(), khoroos }
        };
        let cycles = || native_cycles(records, &vintage.id);
        let newest = cycles().last().map_or(i16::MAX, |cycle| cycle.starts_on.year());
        let choices = cycles().map(|cycle| (CycleChoice::One(cycle.id.clone()), cycle.starts_on.year()));
        let by_cycle = choices.chain([(CycleChoice::All, newest)]);
        Self { by_cycle: by_cycle.map(|(cycle, year)| (cycle, column(year))).collect() }
    }
}

/// The figure for `year` by the rule above; of equals the first.
fn nearest(known: &[Headcount], year: i16) -> Option<Headcount> {
    let rank = |count: &Headcount| match count.year {
        Some(of) if of <= year => (0, Reverse(i32::from(of))),
        Some(of) => (1, Reverse(-i32::from(of))),
        None => (2, Reverse(0)),
    };
    known.iter().copied().min_by_key(rank)
}

/// One sum for each year that is known of every khoroo of a district.
fn sums_by_year(khoroos: &[Vec<Headcount>]) -> Vec<Headcount> {
    let years: BTreeSet<i16> = khoroos.iter().flatten().filter_map(|count| count.year).collect();
    let sum = |year: i16| {
        let of_year =
            |known: &Vec<Headcount>| known.iter().find(|c| c.year == Some(year)).map(|c| c.population);
        let population = khoroos.iter().map(of_year).sum::<Option<i64>>()?;
        Some(Headcount { population, year: Some(year), row: HeadcountRow::Khoroos })
    };
    years.into_iter().filter_map(sum).collect()
}

/// The sum where every khoroo's figure is known, whatever the years.
fn sum_over_years(khoroos: &[Option<Headcount>]) -> Option<Headcount> {
    let population = khoroos.iter().map(|count| count.map(|c| c.population)).sum::<Option<i64>>()?;
    (!khoroos.is_empty()).then_some(Headcount { population, year: None, row: HeadcountRow::Khoroos })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_takes_the_latest_year_until_its_own_else_the_first_after_it() {
        let count = |year: Option<i16>, row| Headcount { population: 1, year, row };
        let (own, fact) = (HeadcountRow::Khoroo, HeadcountRow::KhorooFact);
        let check = |known: &[(Option<i16>, HeadcountRow)], expected| {
            let known: Vec<_> = known.iter().map(|&(year, row)| count(year, row)).collect();
            assert_eq!(nearest(&known, 2022).map(|c| (c.year, c.row)), expected, "{known:?}");
        };
        check(&[], None);
        check(&[(Some(2020), own), (Some(2022), fact), (Some(2023), fact)], Some((Some(2022), fact)));
        check(&[(Some(2022), own), (Some(2022), fact)], Some((Some(2022), own)));
        check(&[(Some(2025), own), (Some(2024), fact)], Some((Some(2024), fact)));
        check(&[(None, own), (Some(2030), fact)], Some((Some(2030), fact)));
        check(&[(None, own)], Some((None, own)));
    }
}
