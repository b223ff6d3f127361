//! Residents and households of the invented khoroos, adding up to the districts' known totals.
//!
//! Small khoroos are dense ones: residents grow far slower than area. Equal keys give equal people,
//! so a khoroo that stayed the same in both vintages keeps its character.

use super::random::Random;

/// Residents and households of one khoroo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    pub population: i64,
    pub households: i64,
}

/// People of a district's khoroos: `areas_km2` by khoroo, adding up to `total` residents exactly.
///
/// `key` names district and drawing; the khoroo's position is added to it.
pub fn people(seed: u64, key: u64, areas_km2: &[f64], total: i64) -> Vec<People> {
    let mut households = Vec::with_capacity(areas_km2.len());
    let weights: Vec<f64> = (0_u64..)
        .zip(areas_km2)
        .map(|(position, &area)| {
            let mut random = Random::stream(seed, &[PURPOSE, key, position]);
            // The fourth root; the steppe beyond a few km² is empty.
            let settled = area.min(6.0).sqrt().sqrt();
            let rural = if area > 25.0 { 0.55 } else { 1.0 };
            households.push(random.between(3.1, 4.5));
            settled * rural * random.between(0.6, 1.4)
        })
        .collect();
    apportion(total, &weights)
        .into_iter()
        .zip(households)
        .map(|(population, size)| {
            let homes = (population as f64 / size).round() as i64;
            People { population, households: homes.clamp(population.min(1), population) }
        })
        .collect()
}

/// Shares `total` out by weight in whole numbers that add up to it (largest remainders, first wins).
pub fn apportion(total: i64, weights: &[f64]) -> Vec<i64> {
    let sum: f64 = weights.iter().sum();
    if weights.is_empty() || sum <= 0.0 {
        let mut all = vec![0; weights.len()];
        if let Some(first) = all.first_mut() {
            *first = total;
        }
        return all;
    }
    let exact: Vec<f64> = weights.iter().map(|w| total as f64 * w / sum).collect();
    let mut shares: Vec<i64> = exact.iter().map(|e| e.floor() as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())).then(a.cmp(&b))
    });
    let missing = total - shares.iter().sum::<i64>();
    for &i in order.iter().cycle().take(missing.max(0) as usize) {
        shares[i] += 1;
    }
    shares
}

const PURPOSE: u64 = 0x9E09;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_follow_the_weights() {
        assert_eq!(apportion(10, &[1.0, 1.0, 2.0]), [3, 2, 5]);
        assert_eq!(apportion(0, &[1.0, 3.0]), [0, 0]);
        assert_eq!(apportion(7, &[0.0, 0.0]), [7, 0]);
        let many = apportion(1_000_003, &vec![0.1; 999]);
        assert_eq!(many.iter().sum::<i64>(), 1_000_003);
        assert!(many.iter().all(|&n| n == 1001 || n == 1002));
    }

    #[test]
    fn residents_add_up_and_live_in_plausible_homes() {
        let areas: Vec<f64> = (1..40).map(|i| f64::from(i) * 0.3).collect();
        let people = people(1, 2, &areas, 123_457);
        assert_eq!(people.iter().map(|p| p.population).sum::<i64>(), 123_457);
        for p in people {
            let size = p.population as f64 / p.households as f64;
            assert!((3.0..4.6).contains(&size), "{p:?}");
        }
    }
}
