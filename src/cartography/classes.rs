//! Class breaks over whole numbers.
//!
//! Every figure here is an integer: a count, a percentage, or a rate in units of its last shown
//! decimal. So breaks, labels and what a label claims agree exactly, without a rounding between them.
//! Zero is not classed: it is its own class, as is no data.
//!
//! Owns: ckmeans, quantile, equal interval; never more classes than distinct values.

use std::collections::BTreeMap;

use super::query::Method;

/// Lower bounds of the classes above zero, and how far the last one reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes {
    /// Rising, all above zero; class `i` holds values from `lower[i]` to below `lower[i + 1]`.
    pub lower: Vec<i64>,
    /// The largest value shown anywhere; the last class is open where it reaches further than its bound.
    pub top: i64,
    /// True for a scale that ends, such as per cent: its last class is closed by `top`.
    pub is_closed: bool,
}

/// Values above zero with how often each occurs.
pub type Weighted = BTreeMap<i64, u64>;

impl Classes {
    /// Classes of `values`, which holds positive numbers only.
    ///
    /// - `n`: most classes wanted; there are never more than distinct values.
    /// - `top`: largest value shown, also outside `values`.
    /// - Manual bounds are taken as they are, in the units of `values`.
    pub fn of(values: &Weighted, method: &Method, n: usize, top: i64, scale: f64) -> Self {
        let sorted: Vec<(i64, u64)> = values.iter().map(|(&value, &weight)| (value, weight)).collect();
        let n = n.min(sorted.len());
        let lower = match method {
            _ if n == 0 && !matches!(method, Method::Manual(_)) => Vec::new(),
            Method::Ckmeans => ckmeans(&sorted, n),
            Method::Quantile => quantile(&sorted, n),
            Method::EqualInterval => equal_interval(&sorted, n),
            Method::Manual(bounds) => {
                let mut lower: Vec<i64> =
                    bounds.iter().map(|bound| ((bound * scale).round() as i64).max(1)).collect();
                lower.dedup();
                lower
            }
        };
        Self { lower, top, is_closed: false }
    }

    pub fn len(&self) -> usize {
        self.lower.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// Class of a positive value, from 0. A value below the first bound counts to the first class.
    pub fn class_of(&self, value: i64) -> usize {
        self.lower.partition_point(|&bound| bound <= value).saturating_sub(1)
    }

    /// Smallest and largest value of a class; `None` where it is open above.
    pub fn range(&self, class: usize) -> (i64, Option<i64>) {
        let from = self.lower[class];
        let to = match self.lower.get(class + 1) {
            Some(next) => Some(next - 1),
            None if self.is_closed || self.top <= from => Some(self.top.max(from)),
            None => None,
        };
        (from, to)
    }
}

/// Lower bounds of the `n` clusters with the least sum of squared distances to their means.
///
/// Optimal, by dynamic programming with divide and conquer over the monotone split points:
/// O(n · k log k) for k distinct values. Of equally good splits the one with the lower bounds wins.
/// Source: Wang and Song 2011, with the speed-up of Song and Zhong 2020.
fn ckmeans(sorted: &[(i64, u64)], n: usize) -> Vec<i64> {
    let costs = Costs::new(sorted);
    let k = sorted.len();
    let mut best: Vec<f64> = (0..k).map(|end| costs.of(0, end)).collect();
    let mut splits: Vec<Vec<usize>> = vec![vec![0; k]];
    for cluster in 1..n {
        let mut row = Row { next: vec![f64::INFINITY; k], split: vec![0; k] };
        row.fill(&best, &costs, (cluster, k - 1), (cluster, k - 1));
        best = row.next;
        splits.push(row.split);
    }
    let mut lower = Vec::with_capacity(n);
    let mut end = k - 1;
    for split in splits.iter().rev() {
        let start = split[end];
        lower.push(sorted[start].0);
        end = start.saturating_sub(1);
    }
    lower.reverse();
    lower
}

/// Prefix sums that give the squared distance of a run of values to its mean in constant time.
struct Costs {
    /// Sums before each index: weight, weight × value, weight × value².
    sums: Vec<[f64; 3]>,
}

impl Costs {
    fn new(sorted: &[(i64, u64)]) -> Self {
        // Moving the origin to the middle keeps the squares small.
        let origin = sorted[sorted.len() / 2].0;
        let mut sums = vec![[0.0; 3]];
        let mut sum = [0.0; 3];
        for &(value, weight) in sorted {
            let (x, w) = ((value - origin) as f64, weight as f64);
            sum = [sum[0] + w, sum[1] + w * x, sum[2] + w * x * x];
            sums.push(sum);
        }
        Self { sums }
    }

    /// Of the values from `start` to `end`, both included.
    fn of(&self, start: usize, end: usize) -> f64 {
        let [w, wx, wxx] = [0, 1, 2].map(|i| self.sums[end + 1][i] - self.sums[start][i]);
        (wxx - wx * wx / w).max(0.0)
    }
}

struct Row {
    next: Vec<f64>,
    split: Vec<usize>,
}

impl Row {
    /// Fills ends `from..=to`, whose last cluster starts within `low..=high`.
    fn fill(&mut self, best: &[f64], costs: &Costs, (from, to): (usize, usize), (low, high): (usize, usize)) {
        let middle = usize::midpoint(from, to);
        for start in low..=high.min(middle) {
            let cost = best[start - 1] + costs.of(start, middle);
            if cost < self.next[middle] {
                self.next[middle] = cost;
                self.split[middle] = start;
            }
        }
        let split = self.split[middle];
        if from < middle {
            self.fill(best, costs, (from, middle - 1), (low, split));
        }
        if middle < to {
            self.fill(best, costs, (middle + 1, to), (split, high));
        }
    }
}

/// Bounds that put about the same number of units into each class; equal values stay together, in the class of their
/// middle unit, so that two classes are made wherever two values differ.
fn quantile(sorted: &[(i64, u64)], n: usize) -> Vec<i64> {
    let total: u128 = sorted.iter().map(|&(_, weight)| u128::from(weight)).sum();
    let mut lower = Vec::with_capacity(n);
    let mut seen = 0;
    for &(value, weight) in sorted {
        let class = (2 * seen + u128::from(weight)) * n as u128 / (2 * total);
        if lower.len() as u128 <= class {
            lower.push(value);
        }
        seen += u128::from(weight);
    }
    lower
}

/// Bounds that cut the span of the values into equal steps; a step may hold no value.
fn equal_interval(sorted: &[(i64, u64)], n: usize) -> Vec<i64> {
    let (min, max) = (sorted[0].0, sorted[sorted.len() - 1].0);
    let span = i128::from(max) - i128::from(min) + 1;
    let steps = n as i128;
    let mut lower: Vec<i64> =
        (0..steps).map(|step| min + ((span * step + steps - 1) / steps) as i64).collect();
    lower.dedup();
    lower
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weighted(values: &[i64]) -> Weighted {
        let mut weighted = Weighted::new();
        for &value in values {
            *weighted.entry(value).or_default() += 1;
        }
        weighted
    }

    fn check(values: &[i64], method: &Method, n: usize, expected: &[i64]) {
        let top = values.iter().copied().max().unwrap_or(0);
        assert_eq!(
            Classes::of(&weighted(values), method, n, top, 1.0).lower,
            expected,
            "{values:?} {method:?}"
        );
    }

    #[test]
    fn no_value_makes_no_class() {
        for method in [Method::Ckmeans, Method::Quantile, Method::EqualInterval] {
            check(&[], &method, 5, &[]);
        }
    }

    #[test]
    fn there_are_never_more_classes_than_distinct_values() {
        for method in [Method::Ckmeans, Method::Quantile, Method::EqualInterval] {
            check(&[7, 7, 7], &method, 5, &[7]);
            check(&[1, 2, 1], &method, 5, &[1, 2]);
        }
        check(&[1, 2, 3], &Method::Ckmeans, 5, &[1, 2, 3]);
    }

    #[test]
    fn ckmeans_finds_the_natural_groups() {
        check(&[1, 1, 2, 10, 11, 12, 50], &Method::Ckmeans, 3, &[1, 10, 50]);
        check(&[1, 2, 3, 100], &Method::Ckmeans, 2, &[1, 100]);
        check(&[1, 2, 3, 4], &Method::Ckmeans, 1, &[1]);
    }

    #[test]
    fn quantiles_hold_about_as_many_units_each() {
        check(&[1, 2, 3, 4, 5, 6], &Method::Quantile, 3, &[1, 3, 5]);
        check(&[1, 1, 1, 1, 1, 2], &Method::Quantile, 3, &[1, 2]);
        check(&[1, 2, 2, 2], &Method::Quantile, 2, &[1, 2]);
        check(&[1, 1, 2, 3, 90], &Method::Quantile, 2, &[1, 2]);
    }

    #[test]
    fn equal_intervals_cut_the_span() {
        check(&[1, 2, 9, 10], &Method::EqualInterval, 2, &[1, 6]);
        check(&[1, 2, 3, 11], &Method::EqualInterval, 3, &[1, 5, 9]);
    }

    #[test]
    fn the_last_class_is_open_only_where_values_reach_beyond_its_bound() {
        let classes = Classes { lower: vec![1, 2, 4], top: 6, is_closed: false };
        assert_eq!(
            (0..3).map(|c| classes.range(c)).collect::<Vec<_>>(),
            [(1, Some(1)), (2, Some(3)), (4, None)]
        );
        assert_eq!(Classes { top: 4, ..classes.clone() }.range(2), (4, Some(4)));
        assert_eq!(Classes { top: 100, is_closed: true, ..classes.clone() }.range(2), (4, Some(100)));
        assert_eq!([1, 3, 4, 99].map(|v| classes.class_of(v)), [0, 1, 2, 2]);
    }

    /// The least cost over every way to cut `sorted` into `n` runs.
    fn brute_force(sorted: &[(i64, u64)], n: usize) -> f64 {
        fn cost(run: &[(i64, u64)]) -> f64 {
            let w: f64 = run.iter().map(|&(_, w)| w as f64).sum();
            let mean = run.iter().map(|&(x, w)| x as f64 * w as f64).sum::<f64>() / w;
            run.iter().map(|&(x, w)| w as f64 * (x as f64 - mean).powi(2)).sum()
        }
        if n == 1 {
            return cost(sorted);
        }
        (1..=sorted.len() - (n - 1))
            .map(|cut| cost(&sorted[..cut]) + brute_force(&sorted[cut..], n - 1))
            .fold(f64::INFINITY, f64::min)
    }

    proptest! {
        #[test]
        fn ckmeans_is_as_good_as_trying_every_cut(
            values in proptest::collection::vec(1_i64..60, 1..14),
            n in 1_usize..=5,
        ) {
            let weighted = weighted(&values);
            let sorted: Vec<(i64, u64)> = weighted.iter().map(|(&v, &w)| (v, w)).collect();
            let n = n.min(sorted.len());
            let lower = ckmeans(&sorted, n);
            prop_assert_eq!(lower.len(), n);
            let mut starts: Vec<usize> =
                lower.iter().map(|b| sorted.iter().position(|(v, _)| v == b).expect("a value")).collect();
            starts.push(sorted.len());
            let costs = Costs::new(&sorted);
            let found: f64 = starts.windows(2).map(|w| costs.of(w[0], w[1] - 1)).sum();
            prop_assert!((found - brute_force(&sorted, n)).abs() < 1e-6);
        }

        #[test]
        fn bounds_rise_and_every_value_has_a_class(
            values in proptest::collection::vec(1_i64..1_000, 1..40),
            n in 1_usize..=5,
            which in 0_usize..3,
        ) {
            let method = [Method::Ckmeans, Method::Quantile, Method::EqualInterval][which].clone();
            let weighted = weighted(&values);
            let classes = Classes::of(&weighted, &method, n, 1_000, 1.0);
            prop_assert!(!classes.is_empty() && classes.len() <= n.min(weighted.len()));
            prop_assert!(classes.lower.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(classes.lower[0], *weighted.keys().next().expect("a value"));
            for &value in &values {
                let (from, to) = classes.range(classes.class_of(value));
                prop_assert!(from <= value && to.is_none_or(|to| value <= to));
            }
        }
    }
}
