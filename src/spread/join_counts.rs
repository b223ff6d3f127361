//! Join counts: how often neighbours both have something, both have not, or one has and one has not.

use super::tally::Tally;
use super::weights::Weights;
use crate::draws::Draws;

/// Of borders between units, each counted once.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct JoinCounts {
    pub both: f64,
    pub neither: f64,
    pub one: f64,
    /// Mean of `both` over the random orders.
    pub both_expected: f64,
    /// Share of seeded random orders with at least as many borders between two that have, in (0, 1].
    pub both_p: f64,
    /// The same of borders between one that has and one that has not.
    pub one_p: f64,
    pub permutations: u32,
}

/// `has` in the order of the units; `weights` binary and the same both ways.
pub fn join_counts(has: &[bool], weights: &Weights, permutations: u32, seed: u64) -> JoinCounts {
    let [both, neither, one] = count(has, weights);
    let (mut sum, mut of_both, mut of_one) = (0.0, Tally::of(both), Tally::of(one));
    let mut order = has.to_vec();
    for round in 0..permutations {
        order.copy_from_slice(has);
        Draws::new(seed, u64::from(round)).shuffle(&mut order);
        let random = count(&order, weights);
        sum += random[0];
        of_both.add(random[0]);
        of_one.add(random[2]);
    }
    JoinCounts {
        both,
        neither,
        one,
        both_expected: sum / f64::from(permutations.max(1)),
        both_p: of_both.p_at_least(),
        one_p: of_one.p_at_least(),
        permutations,
    }
}

/// Both, neither, one; each pair stands in two lists.
fn count(has: &[bool], weights: &Weights) -> [f64; 3] {
    let mut counts = [0.0; 3];
    for (unit, &here) in has.iter().enumerate() {
        for &(to, weight) in weights.near(unit) {
            let kind = match (here, has[to as usize]) {
                (true, true) => 0,
                (false, false) => 1,
                _ => 2,
            };
            counts[kind] += weight / 2.0;
        }
    }
    counts
}
