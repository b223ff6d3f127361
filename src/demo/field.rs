//! How big khoroos are where: small around a core, huge at the rim.
//!
//! The areas wanted for a district's khoroos, sorted, are laid around its core like rings of a tree;
//! what lies at a place says how fine borders must be there.

use super::facts::Facts;
use super::plane::{Vertex, area_m2};
use super::random::Random;

/// Sizes over one district.
pub struct Field {
    core: Vertex,
    /// Remoteness and wanted length of border pieces, metres, by growing remoteness.
    steps: Vec<(f64, f64)>,
}

impl Field {
    /// From the frame of the district and the wanted areas of its khoroos, ascending, square metres.
    ///
    /// `pieces`: border pieces along the side of a square khoroo.
    pub fn new(facts: &Facts, frame: &[Vertex], areas_m2: &[f64], pieces: f64) -> Self {
        let core = Vertex::table(facts.core);
        let mut field = Self { core, steps: Vec::new() };
        let mut reached: Vec<f64> =
            sample(frame, N_SAMPLES).into_iter().map(|(x, y)| field.remoteness_m(x, y)).collect();
        reached.sort_by(f64::total_cmp);
        let per_sample_m2 = area_m2(frame) / reached.len() as f64;
        let mut covered_m2 = 0.0;
        for &area in areas_m2 {
            let sample = ((covered_m2 / per_sample_m2) as usize).min(reached.len() - 1);
            let (at, step) = (reached[sample], area.sqrt() / pieces);
            covered_m2 += area;
            match field.steps.last() {
                // Pieces grow gently, so that a border between small and large has no long piece.
                Some(&(before, finer)) if at > before => {
                    field.steps.push((at, step.min(finer + GROWTH * (at - before))));
                }
                Some(_) => {}
                None => field.steps.push((at, step)),
            }
        }
        field.grow_to_the_rim(reached[reached.len() - 1], areas_m2[areas_m2.len() - 1].sqrt() / pieces);
        field
    }

    /// Distance from the core in metres; along the valley, which runs east to west, it counts less.
    pub fn remoteness_m(&self, x: f64, y: f64) -> f64 {
        let (dx, dy) = (0.75 * (x - self.core.x), y - self.core.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// Wanted length of border pieces at a place, metres.
    pub fn step_m(&self, x: f64, y: f64) -> f64 {
        let at = self.remoteness_m(x, y);
        let next = self.steps.partition_point(|&(remoteness, _)| remoteness < at);
        match (next.checked_sub(1).map(|i| self.steps[i]), self.steps.get(next)) {
            (None, Some(&(_, step))) | (Some((_, step)), None) => step,
            (Some((r0, s0)), Some(&(r1, s1))) => s0 + (s1 - s0) * (at - r0) / (r1 - r0),
            (None, None) => unreachable!("a field has the step of its core"),
        }
    }

    /// The last and largest khoroo reaches from where it begins to the rim.
    fn grow_to_the_rim(&mut self, rim_m: f64, coarsest: f64) {
        let (at, step) = self.steps[self.steps.len() - 1];
        if rim_m > at {
            self.steps.push((rim_m, coarsest.min(step + GROWTH * (rim_m - at))));
        }
    }
}

/// How much longer pieces may get per metre away from the core.
const GROWTH: f64 = 0.12;
const N_SAMPLES: usize = 4000;

/// Places spread evenly over a ring, the same for the same ring.
fn sample(ring: &[Vertex], n: usize) -> Vec<(f64, f64)> {
    let span = |value: fn(&Vertex) -> f64| {
        ring.iter()
            .map(value)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((west, east), (south, north)) = (span(|v| v.x), span(|v| v.y));
    let mut random = Random::stream(0, &[]);
    let mut places = Vec::with_capacity(n);
    while places.len() < n {
        let (x, y) = (random.between(west, east), random.between(south, north));
        if contains(ring, x, y) {
            places.push((x, y));
        }
    }
    places
}

/// True when a place lies inside a ring (even-odd); on the border either.
pub fn contains(ring: &[Vertex], x: f64, y: f64) -> bool {
    let mut inside = false;
    let mut a = ring[ring.len() - 1];
    for &b in ring {
        if (a.y > y) != (b.y > y) && x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) {
            inside = !inside;
        }
        a = b;
    }
    inside
}
