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

#[cfg(test)]
mod tests {
    use super::*;

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
