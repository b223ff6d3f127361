//! How rare an observed number is among those of random rounds.
//!
//! Owns: what counts as equal, and which side a p is of. The observed number counts as a round of its own, so that
//! no p is 0 (Phipson and Smyth 2010).

/// Sums of the same numbers in another order differ by less; of the observed number, at least of 1.
const ROUNDING: f64 = 1e-10;

/// An observed number and where random ones lie.
#[derive(Debug, Clone, Copy)]
pub struct Tally {
    observed: f64,
    n: u32,
    n_at_least: u32,
    /// Equal ones are in both.
    n_at_most: u32,
}

impl Tally {
    pub const fn of(observed: f64) -> Self {
        Self { observed, n: 0, n_at_least: 0, n_at_most: 0 }
    }

    pub fn add(&mut self, random: f64) {
        let rounding = ROUNDING * self.observed.abs().max(1.0);
        self.n += 1;
        self.n_at_least += u32::from(random >= self.observed - rounding);
        self.n_at_most += u32::from(random <= self.observed + rounding);
    }

    /// At least so far out on either side: twice the rarer side, at most 1. Chance alone gives p ≤ level in at most
    /// that share of cases.
    pub fn p(&self) -> f64 {
        (2.0 * self.part(self.n_at_least.min(self.n_at_most))).min(1.0)
    }

    /// At least as much.
    pub fn p_at_least(&self) -> f64 {
        self.part(self.n_at_least)
    }

    /// `p_sim` of `PySAL` and `GeoDa`: of the side that the observed number is on, ties on the upper one. Chance
    /// alone gives it ≤ level in twice that share of cases, and in more where ties are many.
    pub fn p_folded(&self) -> f64 {
        self.part(self.n_at_least.min(self.n - self.n_at_least))
    }

    fn part(&self, n: u32) -> f64 {
        f64::from(n + 1) / f64::from(self.n + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(observed: f64, random: &[f64], p: f64, p_at_least: f64, p_folded: f64) {
        let mut tally = Tally::of(observed);
        for draw in random {
            tally.add(*draw);
        }
        let found = [tally.p(), tally.p_at_least(), tally.p_folded()];
        for (found, expected) in found.into_iter().zip([p, p_at_least, p_folded]) {
            assert!((found - expected).abs() < 1e-12, "{observed} among {random:?}: {tally:?}");
        }
    }

    #[test]
    fn either_side_is_twice_the_rarer_one_and_ties_lie_on_both() {
        let nine = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        check(10.0, &nine, 0.2, 0.1, 0.1);
        check(0.0, &nine, 0.2, 1.0, 0.1);
        check(8.5, &nine, 0.4, 0.2, 0.2);
        check(5.0, &nine, 1.0, 0.6, 0.5);
        // The least there can be, as most rounds have it: nothing rare, whatever the fold says.
        check(0.0, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], 1.0, 1.0, 0.1);
    }

    #[test]
    fn sums_in_another_order_are_equal() {
        let (one, other) = (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1);
        assert!(one > other, "they differ in the last bit");
        check(one, &[other; 9], 1.0, 1.0, 0.1);
        check(other, &[one; 9], 1.0, 1.0, 0.1);
    }
}
