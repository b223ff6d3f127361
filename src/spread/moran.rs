//! Moran's I: whether near units are more alike than chance would have it, in all and at each unit.

use super::tally::Tally;
use super::weights::Weights;
use crate::draws::Draws;

/// Of all units together.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Global {
    /// Positive where near ones are alike, negative where they differ.
    pub i: f64,
    /// Of values put anywhere: −1 / (n − 1).
    pub expected: f64,
    /// Standard score under random order (Cliff and Ord 1981).
    pub z: f64,
    /// Of seeded random orders, those at least so far out on either side, in (0, 1].
    pub p: f64,
    /// Of one side, as `PySAL` tells it; see [`Tally::p_folded`].
    pub p_folded: f64,
    pub permutations: u32,
}

/// Of one unit.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Local {
    pub i: f64,
    pub quadrant: Quadrant,
    /// Of either side, neighbours drawn at random from all other units, the unit's own value staying; `None` for
    /// islands.
    pub p: Option<f64>,
    pub p_folded: Option<f64>,
}

/// The unit's value and that of its neighbours, both against the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    HighHigh,
    LowHigh,
    LowLow,
    HighLow,
}

/// Why there is no Moran's I.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoranError {
    #[error("{n_values} values for {n_units} units")]
    Length { n_values: usize, n_units: usize },
    #[error("{0} units; likeness needs at least 4")]
    TooFew(usize),
    #[error("the value of unit {0} is not a finite number")]
    NotFinite(usize),
    #[error("all values are the same")]
    AllAlike,
    #[error("no unit has a neighbour")]
    NoNeighbours,
}

/// Values less their mean.
fn deviations(values: &[f64], weights: &Weights) -> Result<Vec<f64>, MoranError> {
    let (n_values, n_units) = (values.len(), weights.n_units());
    if n_values != n_units {
        return Err(MoranError::Length { n_values, n_units });
    }
    if n_units < 4 {
        return Err(MoranError::TooFew(n_units));
    }
    if let Some(unit) = values.iter().position(|value| !value.is_finite()) {
        return Err(MoranError::NotFinite(unit));
    }
    if values.iter().all(|value| value - values[0] == 0.0) {
        return Err(MoranError::AllAlike);
    }
    if weights.islands().count() == n_units {
        return Err(MoranError::NoNeighbours);
    }
    let mean = values.iter().sum::<f64>() / n_values as f64;
    Ok(values.iter().map(|value| value - mean).collect())
}

/// Of all units together; `weights` as they are, usually row-standardised.
pub fn global(values: &[f64], weights: &Weights, permutations: u32, seed: u64) -> Result<Global, MoranError> {
    let z = deviations(values, weights)?;
    let n = z.len() as f64;
    let sums = weights.sums();
    let squares: f64 = z.iter().map(|z| z * z).sum();
    let of = |z: &[f64]| n / sums[0] * dot(z, &weights.lag(z)) / squares;
    let i = of(&z);
    let mut tally = Tally::of(i);
    for round in 0..permutations {
        let mut order = z.clone();
        Draws::new(seed, u64::from(round)).shuffle(&mut order);
        tally.add(of(&order));
    }
    let expected = -1.0 / (n - 1.0);
    let score = (i - expected) / variance_of_random_order(&z, sums).sqrt();
    Ok(Global { i, expected, z: score, p: tally.p(), p_folded: tally.p_folded(), permutations })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Cliff and Ord (1981), the values being the same in any order.
fn variance_of_random_order(z: &[f64], [s0, s1, s2]: [f64; 3]) -> f64 {
    let n = z.len() as f64;
    let moment = |power: i32| z.iter().map(|z| z.powi(power)).sum::<f64>() / n;
    let kurtosis = moment(4) / moment(2).powi(2);
    let plain = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
    let peaked = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
    (plain - peaked) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - 1.0 / (n - 1.0).powi(2)
}

/// Of each unit (LISA, Anselin 1995); `weights` row-standardised. In the order of the units.
pub fn local(
    values: &[f64],
    weights: &Weights,
    permutations: u32,
    seed: u64,
) -> Result<Vec<Local>, MoranError> {
    let z = deviations(values, weights)?;
    let per_unit = (z.len() - 1) as f64 / z.iter().map(|z| z * z).sum::<f64>();
    let lag = weights.lag(&z);
    let mut others: Vec<f64> = Vec::with_capacity(z.len());
    Ok((0..z.len())
        .map(|unit| {
            let i = per_unit * z[unit] * lag[unit];
            let quadrant = match (z[unit] > 0.0, lag[unit] > 0.0) {
                (true, true) => Quadrant::HighHigh,
                (false, true) => Quadrant::LowHigh,
                (false, false) => Quadrant::LowLow,
                (true, false) => Quadrant::HighLow,
            };
            let near = weights.near(unit);
            let tally = (!near.is_empty()).then(|| {
                others.clear();
                others.extend(z.iter().enumerate().filter(|(other, _)| *other != unit).map(|(_, z)| z));
                let mut draws = Draws::new(seed, unit as u64);
                let mut tally = Tally::of(i);
                for _ in 0..permutations {
                    draws.draw(&mut others, near.len());
                    let lag: f64 = near.iter().zip(&others).map(|((_, weight), z)| weight * z).sum();
                    tally.add(per_unit * z[unit] * lag);
                }
                tally
            });
            let [p, p_folded] = [Tally::p, Tally::p_folded].map(|of| tally.as_ref().map(of));
            Local { i, quadrant, p, p_folded }
        })
        .collect())
}
