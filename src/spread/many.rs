//! What is left of findings when many were tried at once.

/// Values q of Benjamini and Hochberg (1995), in the order given: among findings with q ≤ 0.05, at most about
/// one in twenty is expected to be chance. `p` in [0, 1]; `None` was not tried.
pub fn false_discovery_rates(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> =
        p.iter().enumerate().filter_map(|(idx, p)| Some((idx, (*p)?))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = order.len() as f64;
    let mut q = vec![None; p.len()];
    let mut least: f64 = 1.0;
    for (rank, &(idx, p)) in order.iter().enumerate().rev() {
        least = least.min(p * n / (rank + 1) as f64);
        q[idx] = Some(least);
    }
    q
}

/// The fewest findings that can have a q of `level` or less: fewer would each need a smaller p than `rounds` of chance
/// can tell. 0 where nothing was tried; more than `n_tests` where nothing can be found.
pub fn found_from(n_tests: usize, rounds: u32, level: f64) -> usize {
    let smallest = 2.0 / f64::from(rounds + 1);
    (smallest * n_tests as f64 / level - 1e-9).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_few_rounds_few_findings_cannot_be_made() {
        for (n_tests, rounds) in
            [(204, 99), (204, 999), (204, 8_159), (204, 8_158), (204, 9_999), (20, 399), (20, 799)]
        {
            let least = found_from(n_tests, rounds, 0.05);
            let smallest = 2.0 / f64::from(rounds + 1);
            let is_found = |n: usize| {
                let p: Vec<_> = (0..n_tests).map(|at| Some(if at < n { smallest } else { 1.0 })).collect();
                false_discovery_rates(&p).iter().filter(|q| q.is_some_and(|q| q <= 0.05 + 1e-12)).count() >= n
            };
            assert!(is_found(least) && (least == 1 || !is_found(least - 1)), "{n_tests} {rounds}: {least}");
        }
        assert_eq!([999, 9_999].map(|rounds| found_from(204, rounds, 0.05)), [9, 1]);
        assert_eq!(found_from(0, 999, 0.05), 0);
    }

    #[test]
    fn q_never_falls_with_p_and_counts_only_what_was_tried() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH") is 0.02 0.04 0.04 0.02.
        let q = false_discovery_rates(&[Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)]);
        let expected = [Some(0.02), None, Some(0.04), Some(0.04), Some(0.02)];
        for (q, expected) in q.iter().zip(expected) {
            assert_eq!(q.is_some(), expected.is_some());
            assert!((q.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-12, "{q:?}");
        }
    }
}
