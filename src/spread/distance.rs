//! How far copies are from their hosts, beside what chance would have.
//!
//! Chance: each copy keeps its host, and its copier is any other unit, each as likely. Distances are between
//! units in metres, as the caller measures them.

use crate::draws::Draws;

/// Upper ends of the bands, kilometres; the last band is open.
pub const BANDS_KM: [f64; 5] = [2.0, 5.0, 10.0, 20.0, 50.0];

/// A copy, by the numbers of the units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    pub host: usize,
    pub copier: usize,
}

/// Copies of one kind and what chance would have.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Share {
    pub n: u32,
    /// 0–1 of all copies.
    pub share: f64,
    /// Exactly, over all copiers there could be.
    pub expected: f64,
    /// In nineteen of twenty seeded rounds of chance the share lay within.
    pub expected_low: f64,
    pub expected_high: f64,
}

/// A band of distance and the copies in it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Band {
    pub from_km: f64,
    /// `None` for the last.
    pub to_km: Option<f64>,
    #[serde(flatten)]
    pub share: Share,
}

/// Copies by distance; `metres(host, copier)`. Empty without copies or with fewer than two units.
pub fn bands(
    copies: &[Flow],
    n_units: usize,
    metres: impl Fn(usize, usize) -> f64,
    rounds: u32,
    seed: u64,
) -> Vec<Band> {
    let band_of = |from: usize, to: usize| {
        let km = metres(from, to) / 1_000.0;
        BANDS_KM.iter().position(|end| km < *end).unwrap_or(BANDS_KM.len())
    };
    let shares = shares(copies, n_units, BANDS_KM.len() + 1, band_of, rounds, seed);
    let ends = || BANDS_KM.iter().copied();
    let from = std::iter::once(0.0).chain(ends());
    let to = ends().map(Some).chain([None]);
    from.zip(to).zip(shares).map(|((from_km, to_km), share)| Band { from_km, to_km, share }).collect()
}

/// Copies whose host and copier are of different groups; `None` as [`bands`] is empty.
pub fn across(copies: &[Flow], group_of: &[usize], rounds: u32, seed: u64) -> Option<Share> {
    let kind = |from: usize, to: usize| usize::from(group_of[from] != group_of[to]);
    shares(copies, group_of.len(), 2, kind, rounds, seed).get(1).copied()
}

fn shares(
    copies: &[Flow],
    n_units: usize,
    n_kinds: usize,
    kind_of: impl Fn(usize, usize) -> usize,
    rounds: u32,
    seed: u64,
) -> Vec<Share> {
    if copies.is_empty() || n_units < 2 {
        return Vec::new();
    }
    let n = copies.len() as f64;
    let mut observed = vec![0_u32; n_kinds];
    let mut expected = vec![0.0; n_kinds];
    // By copy and other unit, so that the rounds only look up.
    let mut kinds = Vec::with_capacity(copies.len());
    for copy in copies {
        observed[kind_of(copy.host, copy.copier)] += 1;
        let others: Vec<u8> = (0..n_units)
            .filter(|other| *other != copy.host)
            .map(|other| kind_of(copy.host, other) as u8)
            .collect();
        for &kind in &others {
            expected[kind as usize] += 1.0 / (others.len() as f64 * n);
        }
        kinds.push(others);
    }
    let mut by_kind = vec![Vec::with_capacity(rounds as usize); n_kinds];
    for round in 0..rounds {
        let mut draws = Draws::new(seed, u64::from(round));
        let mut drawn = vec![0_u32; n_kinds];
        for others in &kinds {
            drawn[others[draws.below(others.len() as u32) as usize] as usize] += 1;
        }
        for (of, n) in by_kind.iter_mut().zip(drawn) {
            of.push(n);
        }
    }
    (0..n_kinds)
        .map(|kind| {
            let of = &mut by_kind[kind];
            of.sort_unstable();
            let at = |share: f64| {
                of.get(((of.len() - 1) as f64 * share).round() as usize)
                    .map_or(0.0, |drawn| f64::from(*drawn) / n)
            };
            let (low, high) = if of.is_empty() { (0.0, 1.0) } else { (at(0.025), at(0.975)) };
            Share {
                n: observed[kind],
                share: f64::from(observed[kind]) / n,
                expected: expected[kind],
                expected_low: low,
                expected_high: high,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units on a line, a kilometre apart.
    fn metres(a: usize, b: usize) -> f64 {
        a.abs_diff(b) as f64 * 1_000.0
    }

    #[test]
    fn shares_are_of_all_copies_and_what_chance_has_is_counted_exactly() {
        let copies = [(0, 1), (0, 3), (5, 4)].map(|(host, copier)| Flow { host, copier });
        let bands = bands(&copies, 11, metres, 999, 1);
        let n: Vec<u32> = bands.iter().map(|band| band.share.n).collect();
        assert_eq!(n, [2, 1, 0, 0, 0, 0]);
        // Below 2 km: from 0 one of ten others, twice; from 5 two of ten.
        assert!((bands[0].share.expected - (0.1 + 0.1 + 0.2) / 3.0).abs() < 1e-12);
        let sum: f64 = bands.iter().map(|band| band.share.expected).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert_eq!((bands[0].from_km, bands[5].from_km, bands[5].to_km), (0.0, 50.0, None));
    }

    #[test]
    fn chance_lies_within_its_interval_about_nineteen_times_of_twenty() {
        let group_of: Vec<usize> = (0..40).map(|unit| unit / 10).collect();
        let mut inside = 0;
        for seed in 0..200 {
            let mut draws = Draws::new(seed, 99);
            let copies: Vec<Flow> = (0..60)
                .map(|_| {
                    let host = draws.below(40) as usize;
                    let other = draws.below(39) as usize;
                    Flow { host, copier: other + usize::from(other >= host) }
                })
                .collect();
            let share = across(&copies, &group_of, 499, seed + 1_000).expect("there are copies");
            inside += u32::from((share.expected_low..=share.expected_high).contains(&share.share));
        }
        assert!((180..=200).contains(&inside), "{inside} of 200");
    }

    #[test]
    fn without_copies_there_is_nothing_to_say() {
        assert!(bands(&[], 10, metres, 99, 1).is_empty());
        assert_eq!(across(&[], &[0, 1], 99, 1), None);
    }
}
