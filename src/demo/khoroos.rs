//! A district's outline cut into khoroos, dense around its core and huge at the rim.
//!
//! The wanted areas are split into a near and a far half of equal ground, the ring is cut to match,
//! and both go on by themselves. Where ground differs much (town and steppe) the small ones go to the
//! side of the core; where it does not, compact pieces count.

use std::collections::BTreeSet;

use super::border::Manner;
use super::cut::{Part, Wish, cut};
use super::facts::{Facts, Plan};
use super::field::Field;
use super::plane::{Vertex, area_m2};
use super::random::Random;
use super::splits;
use crate::model::GridPoint;

/// Rings of a district's khoroos in both vintages; the khoroo with number n stands at n − 1.
pub struct Drawing {
    pub rings_2020: Vec<Vec<Vertex>>,
    pub rings_2022: Vec<Vec<Vertex>>,
}

/// What all cuts within one district and vintage have in common.
pub struct Knife<'a> {
    pub field: &'a Field,
    pub ends: BTreeSet<GridPoint>,
    pub random: Random,
}

/// Draws the khoroos of one district.
///
/// A drawing in which some cut found no room is thrown away, and the next one tried.
pub fn draw(
    seed: u64,
    district: usize,
    facts: &Facts,
    outline: &[Vertex],
    plan: &Plan,
    field: &Field,
) -> Drawing {
    let knife = |attempt: u64, year: u64| Knife {
        field,
        ends: BTreeSet::new(),
        random: Random::stream(seed, &[PURPOSE, district as u64, year, attempt]),
    };
    let attempt = |attempt: u64| {
        let mut before = knife(attempt, 2020);
        let wanted = wanted_areas_m2(facts, plan.n_2020, facts.khoroos_2020, &mut before.random);
        let rings = partition(outline, &wanted, &mut before)?;
        let mut rings_2020 = numbered(rings, &mut before);
        splits::seat_parents(&mut rings_2020, &plan.splits);
        let rings_2022 = if plan.redrawn {
            let mut after = knife(attempt, 2022);
            let wanted = wanted_areas_m2(facts, plan.n_2022, facts.khoroos_2022, &mut after.random);
            numbered(partition(outline, &wanted, &mut after)?, &mut after)
        } else {
            splits::split(&rings_2020, &plan.splits, &mut before)?
        };
        Some(Drawing { rings_2020, rings_2022 })
    };
    (0..N_ATTEMPTS).find_map(attempt).expect("of dozens of independent drawings one fits")
}

/// Areas for `n` khoroos, ascending, adding up to the district's.
///
/// - `usual`: the number of khoroos that the facts' sizes belong to; with more, each is smaller.
/// - Out: growing evenly from the smallest to the largest of the built-up part, then ever faster, so
///   that the rural ones take what is left, each shaken by chance.
pub fn wanted_areas_m2(facts: &Facts, n: usize, usual: usize, random: &mut Random) -> Vec<f64> {
    let total = facts.area_km2;
    if n == 1 {
        return vec![total * M2_PER_KM2];
    }
    let scale = n as f64 / usual as f64;
    let n_rural = ((facts.rural * scale).round() as usize).clamp(1, n - 1);
    let n_urban = n - n_rural;
    let (smallest, largest) = (facts.urban_km2.0 / scale, facts.urban_km2.1 / scale);
    let growth = solve(|g| largest / smallest - power(g, n_urban.saturating_sub(1)));
    let mut areas = vec![smallest];
    while areas.len() < n_urban {
        areas.push(areas[areas.len() - 1] * growth);
    }
    let urban: f64 = areas.iter().sum();
    let shrink = (0.5 * total / urban).min(1.0);
    for area in &mut areas {
        *area *= shrink;
    }
    let (rural, last) = (total - urban * shrink, areas[areas.len() - 1]);
    let growth = solve(|g| rural - (0..n_rural).fold((0.0, last), |(sum, a), _| (sum + a * g, a * g)).0);
    for _ in 0..n_rural {
        areas.push(areas[areas.len() - 1] * growth);
    }
    for area in &mut areas {
        *area *= random.between(0.8, 1.25);
    }
    let unit = total * M2_PER_KM2 / areas.iter().sum::<f64>();
    for area in &mut areas {
        *area *= unit;
    }
    areas.sort_by(f64::total_cmp);
    areas
}

/// Where a falling function of a positive number crosses zero, by halving.
fn solve(falling: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (1e-3, 1e4);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if falling(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

fn power(base: f64, exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// Cuts a ring into pieces of the wanted areas, ascending; nearest first.
fn partition(ring: &[Vertex], wanted_m2: &[f64], knife: &mut Knife) -> Option<Vec<Vec<Vertex>>> {
    let mut done = Vec::with_capacity(wanted_m2.len());
    let mut open = vec![(ring.to_vec(), wanted_m2)];
    while let Some((ring, wanted)) = open.pop() {
        if wanted.len() == 1 {
            done.push(ring);
            continue;
        }
        let (near, far) = halves(wanted);
        let (near_m2, far_m2) = (near.iter().sum::<f64>(), far.iter().sum::<f64>());
        let share = near_m2 / (near_m2 + far_m2);
        // 0 where khoroos on both sides are alike, towards 1 where the far ones are much larger.
        let contrast = 1.0 - (near_m2 / near.len() as f64) / (far_m2 / far.len() as f64);
        let size_m = area_m2(&ring).sqrt();
        let field = knife.field;
        let badness = |forward: &Part, back: &Part, which: usize| {
            let (near, far) = if which == 0 { (forward, back) } else { (back, forward) };
            let outward_m = field.remoteness_m(far.x, far.y) - field.remoteness_m(near.x, near.y);
            let astray = if near.has_anchor { 0.0 } else { 4.0 };
            forward.raggedness() + back.raggedness() + contrast * (astray - 2.5 * outward_m / size_m)
        };
        let innermost = (0..ring.len()).min_by(|&i, &j| {
            let remoteness_m = |k: usize| field.remoteness_m(ring[k].x, ring[k].y);
            remoteness_m(i).total_cmp(&remoteness_m(j))
        });
        let wish = Wish { start: None, anchor: innermost, forward: &[share, 1.0 - share], badness: &badness };
        let pieces = knife.cut(&ring, &wish)?;
        let (near_ring, far_ring) =
            if pieces.which == 0 { (pieces.forward, pieces.back) } else { (pieces.back, pieces.forward) };
        open.push((far_ring, far));
        open.push((near_ring, near));
    }
    Some(done)
}

impl Knife<'_> {
    /// Cuts with the fineness of the place; straighter in town, where streets are borders.
    pub fn cut(&mut self, ring: &[Vertex], wish: &Wish) -> Option<super::cut::Pieces> {
        let field = self.field;
        let step_m = |x: f64, y: f64| field.step_m(x, y);
        let roughness = if area_m2(ring) < TOWN_M2 { 0.14 } else { 0.22 };
        let manner = Manner { step_m: &step_m, roughness };
        cut(ring, wish, &manner, &mut self.ends, &mut self.random)
    }
}

/// Splits an ascending list where both parts have about the same sum, neither empty.
fn halves(areas: &[f64]) -> (&[f64], &[f64]) {
    let half = areas.iter().sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let at = areas
        .iter()
        .position(|area| {
            sum += area;
            sum - area / 2.0 > half
        })
        .unwrap_or(areas.len());
    areas.split_at(at.clamp(1, areas.len() - 1))
}

/// Numbers run outward from the core, roughly, as they do where a city grew.
fn numbered(rings: Vec<Vec<Vertex>>, knife: &mut Knife) -> Vec<Vec<Vertex>> {
    let mut placed: Vec<(f64, Vec<Vertex>)> = rings
        .into_iter()
        .map(|ring| {
            let (x, y) = middle(&ring);
            (knife.field.remoteness_m(x, y) * knife.random.between(0.7, 1.3), ring)
        })
        .collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    placed.into_iter().map(|(_, ring)| ring).collect()
}

/// Mean of the vertices: near enough to the centroid to sort by.
fn middle(ring: &[Vertex]) -> (f64, f64) {
    let n = ring.len() as f64;
    (ring.iter().map(|v| v.x).sum::<f64>() / n, ring.iter().map(|v| v.y).sum::<f64>() / n)
}

const M2_PER_KM2: f64 = 1e6;
/// A ring below this is in town.
const TOWN_M2: f64 = 6e6;
const N_ATTEMPTS: u64 = 48;
const PURPOSE: u64 = 0xC17;

#[cfg(test)]
mod tests {
    use super::super::facts::FACTS;
    use super::*;

    #[test]
    fn wanted_areas_add_up_and_grow() {
        for facts in &FACTS {
            for (n, usual) in [(1, 5), (2, 5), (facts.khoroos_2022, facts.khoroos_2022), (3000, 25)] {
                let areas = wanted_areas_m2(facts, n, usual, &mut Random::stream(3, &[]));
                assert_eq!(areas.len(), n);
                assert!((areas.iter().sum::<f64>() / 1e6 / facts.area_km2 - 1.0).abs() < 1e-9);
                assert!(areas.is_sorted() && areas[0] > 0.0);
            }
        }
    }

    #[test]
    fn halves_balance_the_ground_and_are_never_empty() {
        assert_eq!(halves(&[1.0, 1.0, 1.0, 1.0]), (&[1.0, 1.0][..], &[1.0, 1.0][..]));
        assert_eq!(halves(&[1.0, 1.0, 90.0]), (&[1.0, 1.0][..], &[90.0][..]));
        assert_eq!(halves(&[1.0, 90.0]), (&[1.0][..], &[90.0][..]));
    }
}
