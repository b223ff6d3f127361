//! The whole invented city: outlines, khoroos of both vintages, people.

use super::facts::{FACTS, N_DISTRICTS, Plan};
use super::field::Field;
use super::khoroos::{Drawing, draw, wanted_areas_m2};
use super::outline::{self, Outline};
use super::random::Random;

/// Everything drawn, by district.
pub struct City {
    pub outline: Outline,
    pub drawings: Vec<Drawing>,
}

/// Draws the city with the khoroos of the plans.
pub fn build(seed: u64, plans: &[Plan; N_DISTRICTS]) -> City {
    let n_khoroos: usize = plans.iter().map(|p| p.n_2022).sum();
    let pieces = if n_khoroos <= FINE_UP_TO { PIECES_FINE } else { PIECES_COARSE };
    let fields: [Field; N_DISTRICTS] = std::array::from_fn(|i| {
        let mut random = Random::stream(seed, &[PURPOSE, i as u64]);
        let wanted = wanted_areas_m2(&FACTS[i], plans[i].n_2022, FACTS[i].khoroos_2022, &mut random);
        Field::new(&FACTS[i], &outline::frame_ring(i), &wanted, pieces)
    });
    let outline = outline::draw(seed, &fields);
    let drawings = (0..N_DISTRICTS)
        .map(|i| draw(seed, i, &FACTS[i], &outline.rings[i], &plans[i], &fields[i]))
        .collect();
    City { outline, drawings }
}

/// Up to this many khoroos borders have the detail of real ones, beyond it about a third.
const FINE_UP_TO: usize = 5_000;
/// Border pieces along the side of a square khoroo.
const PIECES_FINE: f64 = 16.0;
const PIECES_COARSE: f64 = 4.0;
const PURPOSE: u64 = 0xF1E1D;
