//! Rates of small units, shrunk towards the city's by as much as chance explains.
//!
//! Empirical Bayes after Marshall (1991) and, for Moran's I of rates, Assunção and Reis (1999). Whether rates differ
//! at all beside chance, Pearson's chi-square tells, with its p from random rounds, as many units expect few events.

use super::tally::Tally;
use crate::draws::Draws;

/// Why there are no rates.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RatesError {
    #[error("{n_events} counts for {n_residents} numbers of residents")]
    Length { n_events: usize, n_residents: usize },
    #[error("unit {unit} has {value} residents; a rate needs more than 0")]
    Residents { unit: usize, value: f64 },
    #[error("unit {unit} has count {value}, which is not a number ≥ 0")]
    Events { unit: usize, value: f64 },
    #[error("there is no unit")]
    Empty,
}

/// What a set of rates tells of itself: events and residents in the order of the units.
struct Prior {
    mean: f64,
    /// Between units, over what chance explains; may come out below 0.
    variance: f64,
}

impl Prior {
    fn of(events: &[f64], residents: &[f64]) -> Result<Self, RatesError> {
        let (n_events, n_residents) = (events.len(), residents.len());
        if n_events != n_residents {
            return Err(RatesError::Length { n_events, n_residents });
        }
        if n_events == 0 {
            return Err(RatesError::Empty);
        }
        for (unit, &value) in residents.iter().enumerate() {
            if !(value.is_finite() && value > 0.0) {
                return Err(RatesError::Residents { unit, value });
            }
        }
        for (unit, &value) in events.iter().enumerate() {
            if !(value.is_finite() && value >= 0.0) {
                return Err(RatesError::Events { unit, value });
            }
        }
        let all: f64 = residents.iter().sum();
        let mean = events.iter().sum::<f64>() / all;
        let spread = events.iter().zip(residents).map(|(e, n)| n * (e / n - mean).powi(2)).sum::<f64>() / all;
        Ok(Self { mean, variance: spread - mean / (all / n_events as f64) })
    }
}

/// Rates, each between the unit's own and the city's: the fewer residents, the nearer to the city's.
///
/// Where the rates differ no more than chance would have them differ, all are the city's.
pub fn empirical_bayes(events: &[f64], residents: &[f64]) -> Result<Vec<f64>, RatesError> {
    let prior = Prior::of(events, residents)?;
    let variance = prior.variance.max(0.0);
    let shrunk = |(events, residents): (&f64, &f64)| {
        let chance = prior.mean / residents;
        let own = if variance > 0.0 { variance / (variance + chance) } else { 0.0 };
        own * (events / residents) + (1.0 - own) * prior.mean
    };
    Ok(events.iter().zip(residents).map(shrunk).collect())
}

/// Rates in standard scores with the variance that each unit's number of residents lets expect.
pub fn standardised(events: &[f64], residents: &[f64]) -> Result<Vec<f64>, RatesError> {
    let prior = Prior::of(events, residents)?;
    let score = |(events, residents): (&f64, &f64)| {
        let chance = prior.mean / residents;
        let variance = if prior.variance + chance < 0.0 { chance } else { prior.variance + chance };
        let off = events / residents - prior.mean;
        if variance > 0.0 { off / variance.sqrt() } else { 0.0 }
    };
    Ok(events.iter().zip(residents).map(score).collect())
}

/// How unlike the rates of all units are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unlike {
    /// Sum of (events − expected)² / expected.
    pub chi_square: f64,
    /// Of seeded rounds in which events are any resident's, those with rates at least so unlike, in (0, 1].
    pub p: f64,
    pub rounds: u32,
}

/// Whether rates differ more than chance has it.
///
/// - `together`: numbers of events that have to be of one unit, each number drawn by itself; all ones where every event
///   is by itself. Their sum is that of `events`.
pub fn unlike(
    events: &[u32],
    residents: &[f64],
    together: &[u32],
    rounds: u32,
    seed: u64,
) -> Result<Unlike, RatesError> {
    let observed: Vec<f64> = events.iter().map(|&events| f64::from(events)).collect();
    let mean = Prior::of(&observed, residents)?.mean;
    let chi_square = |events: &[f64]| -> f64 {
        let term =
            |(events, residents): (&f64, &f64)| (events - mean * residents).powi(2) / (mean * residents);
        if mean > 0.0 { events.iter().zip(residents).map(term).sum() } else { 0.0 }
    };
    let sum = |sum: &mut f64, residents: &f64| {
        *sum += residents;
        Some(*sum)
    };
    let ends: Vec<f64> = residents.iter().scan(0.0, sum).collect();
    let all = ends.last().copied().unwrap_or_default();
    debug_assert_eq!(together.iter().sum::<u32>(), events.iter().sum::<u32>(), "each event is drawn once");
    let mut tally = Tally::of(chi_square(&observed));
    let mut drawn = vec![0.0; events.len()];
    for round in 0..rounds {
        let mut draws = Draws::new(seed, u64::from(round));
        drawn.fill(0.0);
        for &n in together {
            let at = draws.share() * all;
            drawn[ends.partition_point(|end| *end <= at).min(ends.len() - 1)] += f64::from(n);
        }
        tally.add(chi_square(&drawn));
    }
    Ok(Unlike { chi_square: chi_square(&observed), p: tally.p_at_least(), rounds })
}
