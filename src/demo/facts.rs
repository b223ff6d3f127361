//! What is known about the districts, and what shapes the invented khoroos inside them.
//!
//! Counts of khoroos in 2020: a published khoroo layer of December 2020; in 2022: the Mongolian and
//! English Wikipedia and two published layers; areas and populations: Wikipedia after the city's
//! statistics agency; centroids: area centroids of a published layer of 2024; splits: overlay of two
//! published layers. How areas spread within a district is a guess that fits the range published
//! for all khoroos (0.079 to 823 km², median 1.06).
//!
//! Names and codes stand in `model::naming`, in the same order.

/// A district's facts; indexes follow `model::naming::CITY_DISTRICTS`.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub khoroos_2020: usize,
    pub khoroos_2022: usize,
    pub area_km2: f64,
    pub population_2020: i64,
    pub population_2022: i64,
    /// Longitude and latitude of the centroid, degrees.
    pub centroid: (f64, f64),
    /// Where people live densest, longitude and latitude in 1e-4 degrees: the city's middle, or the
    /// district's own town. Invented for the towns.
    pub core: (i32, i32),
    /// Areas of the smallest khoroo and of the largest in the built-up part, km². A guess.
    pub urban_km2: (f64, f64),
    /// Khoroos outside the built-up part. A guess.
    pub rural: f64,
    pub change: Change,
}

/// How the khoroos of 2020 became those of 2022.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    None,
    /// New numbers and the khoroos each was cut out of; parents keep their number and outer border.
    Splits(&'static [(u32, &'static [u32])]),
    /// Redrawn as a whole: old numbers now name other ground.
    Redrawn,
}

pub const N_DISTRICTS: usize = 9;
/// Khoroos of the city in 2022.
pub const KHOROOS_2022: usize = 204;

const MIDDLE: (i32, i32) = (1_069_170, 479_170);

pub const FACTS: [Facts; N_DISTRICTS] = [
    Facts {
        khoroos_2020: 5,
        khoroos_2022: 5,
        area_km2: 620.2,
        population_2020: 29_342,
        population_2022: 29_341,
        centroid: (108.345, 47.824),
        core: (1_083_700, 477_900),
        urban_km2: (2.0, 10.0),
        rural: 2.0,
        change: Change::None,
    },
    Facts {
        khoroos_2020: 2,
        khoroos_2022: 2,
        area_km2: 140.0,
        population_2020: 4_463,
        population_2022: 4_416,
        centroid: (107.446, 47.374),
        core: (1_074_800, 473_600),
        urban_km2: (12.0, 12.0),
        rural: 1.0,
        change: Change::None,
    },
    Facts {
        khoroos_2020: 25,
        khoroos_2022: 34,
        area_km2: 29.5,
        population_2020: 231_517,
        population_2022: 246_886,
        centroid: (106.844, 47.909),
        core: MIDDLE,
        urban_km2: (0.22, 1.1),
        rural: 6.0,
        change: Change::Splits(&[
            (26, &[3]),
            (27, &[4]),
            (28, &[5, 25]),
            (29, &[20]),
            (30, &[6]),
            (31, &[7]),
            (32, &[7, 8]),
            (33, &[17, 18]),
            (34, &[12]),
        ]),
    },
    Facts {
        khoroos_2020: 28,
        khoroos_2022: 43,
        area_km2: 1_244.1,
        population_2020: 367_679,
        population_2022: 408_797,
        centroid: (107.141, 47.945),
        core: MIDDLE,
        urban_km2: (0.2, 3.0),
        rural: 5.0,
        change: Change::Redrawn,
    },
    Facts {
        khoroos_2020: 8,
        khoroos_2022: 8,
        area_km2: 687.6,
        population_2020: 38_690,
        population_2022: 39_579,
        centroid: (107.421, 47.814),
        core: (1_073_200, 477_850),
        urban_km2: (1.0, 8.0),
        rural: 3.0,
        change: Change::None,
    },
    Facts {
        khoroos_2020: 43,
        khoroos_2022: 43,
        area_km2: 1_200.6,
        population_2020: 335_703,
        population_2022: 342_112,
        centroid: (106.644, 48.069),
        core: MIDDLE,
        urban_km2: (0.3, 4.0),
        rural: 6.0,
        change: Change::None,
    },
    Facts {
        khoroos_2020: 20,
        khoroos_2022: 20,
        area_km2: 208.4,
        population_2020: 144_616,
        population_2022: 142_444,
        centroid: (106.952, 48.08),
        core: MIDDLE,
        urban_km2: (0.1, 1.2),
        rural: 4.0,
        change: Change::None,
    },
    Facts {
        khoroos_2020: 21,
        khoroos_2022: 25,
        area_km2: 484.7,
        population_2020: 195_927,
        population_2022: 238_511,
        centroid: (106.736, 47.805),
        core: MIDDLE,
        urban_km2: (0.2, 4.0),
        rural: 6.0,
        change: Change::Splits(&[(22, &[11]), (23, &[4]), (24, &[4]), (25, &[16])]),
    },
    Facts {
        khoroos_2020: 19,
        khoroos_2022: 24,
        area_km2: 89.3,
        population_2020: 151_203,
        population_2022: 144_249,
        centroid: (106.882, 48.028),
        core: MIDDLE,
        urban_km2: (0.2, 1.6),
        rural: 4.0,
        change: Change::Splits(&[(20, &[7]), (21, &[12]), (22, &[16]), (23, &[17]), (24, &[19])]),
    },
];

/// Pairs of districts with a common border, from a published layer of the khoroos of 2022.
pub const NEIGHBOURS: [(&str, &str); 12] = [
    ("bgd", "chd"),
    ("bgd", "khud"),
    ("bgd", "sbd"),
    ("bgd", "skhd"),
    ("bzd", "khud"),
    ("bzd", "nd"),
    ("bzd", "sbd"),
    ("chd", "sbd"),
    ("chd", "skhd"),
    ("khud", "sbd"),
    ("khud", "skhd"),
    ("sbd", "skhd"),
];

/// Khoroos of a district in both vintages, with what is cut out of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub n_2020: usize,
    pub n_2022: usize,
    /// New number, parents.
    pub splits: Vec<(u32, Vec<u32>)>,
    pub redrawn: bool,
}

/// Spreads `n_khoroos` of 2022 over the districts as the real 204 are spread, at least one each.
///
/// With 204 the counts and splits are the known ones; with another number they are scaled, and each
/// new khoroo is cut out of one parent.
pub fn plans(n_khoroos: usize) -> [Plan; N_DISTRICTS] {
    let weights = FACTS.map(|facts| facts.khoroos_2022 as f64);
    let extra =
        super::people::apportion(n_khoroos.saturating_sub(N_DISTRICTS) as i64, &weights.map(|w| w - 1.0));
    std::array::from_fn(|i| {
        let facts = &FACTS[i];
        let n_2022 = 1 + extra[i] as usize;
        let ratio = facts.khoroos_2020 as f64 / facts.khoroos_2022 as f64;
        let n_2020 = ((n_2022 as f64 * ratio).round() as usize).clamp(1, n_2022);
        let splits = match facts.change {
            Change::Splits(known) if n_2022 == facts.khoroos_2022 => {
                known.iter().map(|&(child, parents)| (child, parents.to_vec())).collect()
            }
            Change::Splits(_) => {
                let n_children = n_2022 - n_2020;
                // A parent for each child; where children outnumber parents, some are cut twice.
                let parent = |child: usize| (child * n_2020 / n_children.max(1)) as u32 + 1;
                (0..n_children).map(|c| ((n_2020 + c) as u32 + 1, vec![parent(c)])).collect()
            }
            Change::None | Change::Redrawn => Vec::new(),
        };
        Plan { n_2020, n_2022, splits, redrawn: matches!(facts.change, Change::Redrawn) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_counts_come_out_at_204() {
        let plans = plans(KHOROOS_2022);
        for (plan, facts) in plans.iter().zip(&FACTS) {
            assert_eq!((plan.n_2020, plan.n_2022), (facts.khoroos_2020, facts.khoroos_2022));
            let n_children = if plan.redrawn { plan.n_2022 - plan.n_2020 } else { plan.splits.len() };
            assert_eq!(plan.n_2020 + n_children, plan.n_2022);
        }
        assert_eq!(plans.iter().map(|p| p.n_2020).sum::<usize>(), 171);
    }

    #[test]
    fn other_sizes_add_up_and_leave_no_district_empty() {
        for n in [9, 10, 30, 203, 2000, 200_000] {
            let plans = plans(n);
            assert_eq!(plans.iter().map(|p| p.n_2022).sum::<usize>(), n);
            assert!(plans.iter().all(|p| p.n_2020 >= 1 && p.n_2020 <= p.n_2022));
        }
    }
}
