//! The six parts of a score, each a weight times a value from 0 to 1.
//!
//! | part | value |
//! |---|---|
//! | need | urgency of the need ÷ 3 |
//! | proximity | exp(−minutes ÷ 30) |
//! | quality | 0.6 × ratings of its copies + 0.2 × awarded + 0.2 × maturity |
//! | setting | half for the same setting, half the smaller population ÷ the larger one |
//! | ease | half 1 ÷ (1 + cost ÷ 5 000 000 ₮), half easy 1, medium ½, hard 0 |
//! | capacity | visits still free ÷ visits that the host takes in the quarter |
//!
//! Ratings stand evenly from 1 (the best) to 0. Few of them are drawn to the mean of all: (sum + 3 × mean) ÷
//! (n + 3). What is unknown counts as the middle: urgency 2, the mean of ratings, ½ for all else.
//!
//! Owns: these formulae.

use crate::model::{Maturity, Practice, Replicability};

/// Points in millionths.
pub type Points = i64;

/// Points of a score of 1.
pub const WHOLE: f64 = 1e6;

/// Minutes in which proximity falls to a third, roughly.
const PROXIMITY_MIN: f64 = 30.0;
/// As many ratings at the mean are added to those given.
const PRIOR_RATINGS: f64 = 3.0;
/// ₮; a practice that costs so much in its first year has half of the cost's value.
const COST_HALF: f64 = 5_000_000.0;
/// Of 1, can wait, to 3, cannot.
pub const URGENCY_UNKNOWN: i16 = 2;
/// Stands for whatever is unknown and has no mean.
pub const MIDDLE: f64 = 0.5;

/// What a score is made of, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    Need,
    Proximity,
    Quality,
    Setting,
    Ease,
    Capacity,
}

impl PartKind {
    pub const ALL: [Self; 6] =
        [Self::Need, Self::Proximity, Self::Quality, Self::Setting, Self::Ease, Self::Capacity];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Proximity => "proximity",
            Self::Quality => "quality",
            Self::Setting => "setting",
            Self::Ease => "ease",
            Self::Capacity => "capacity",
        }
    }
}

/// A part of a score with what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub kind: PartKind,
    pub weight: f64,
    /// 0 to 1.
    pub value: f64,
    /// Weight times value.
    pub points: Points,
    /// False where nothing of it is known and the middle was taken.
    pub is_known: bool,
    pub input: Input,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Need {
        theme: String,
        urgency: Option<i16>,
    },
    Proximity {
        minutes: Option<f64>,
    },
    /// `rated` is `None` for everybody: ratings are the office's.
    Quality {
        rated: Option<Rated>,
        is_awarded: bool,
        maturity: Option<Maturity>,
        /// Whether a khoroo is on record that copies it.
        is_copied: bool,
    },
    Setting {
        own: Option<String>,
        host: Option<String>,
        own_population: Option<i64>,
        host_population: Option<i64>,
    },
    Ease {
        cost: Cost,
        replicability: Option<Replicability>,
    },
    /// `None` for everybody: the load of hosts is the office's.
    Capacity {
        used_of: Option<(i64, i64)>,
    },
}

/// Ratings of a practice's copies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated {
    pub n: usize,
    /// Of those given, 0 to 1; `None` where there are none.
    pub mean: Option<f64>,
    /// Of all practices.
    pub mean_of_all: f64,
}

pub fn points(weight: f64, value: f64) -> Points {
    (weight * value * WHOLE).round() as Points
}

/// - `urgency`: 1 to 3.
pub fn need(urgency: Option<i16>) -> f64 {
    f64::from(urgency.unwrap_or(URGENCY_UNKNOWN).clamp(1, 3)) / 3.0
}

/// Never grows with the minutes.
pub fn proximity(minutes: Option<f64>) -> f64 {
    minutes.map_or(MIDDLE, |minutes| (-minutes / PROXIMITY_MIN).exp())
}

pub fn quality(rated: Option<Rated>, is_awarded: bool, maturity: Option<Maturity>) -> f64 {
    let ratings = rated.map_or(MIDDLE, |rated| {
        let n = rated.n as f64;
        (n * rated.mean.unwrap_or_default() + PRIOR_RATINGS * rated.mean_of_all) / (n + PRIOR_RATINGS)
    });
    let maturity = match maturity {
        None => MIDDLE,
        Some(Maturity::Promising) => 1.0 / 3.0,
        Some(Maturity::Demonstrated) => 2.0 / 3.0,
        Some(Maturity::Replicated) => 1.0,
    };
    0.6 * ratings + 0.2 * f64::from(u8::from(is_awarded)) + 0.2 * maturity
}

/// - `same`: whether both have the same setting, where both are known.
pub fn setting(same: Option<bool>, populations: Option<(i64, i64)>) -> f64 {
    let same = same.map_or(MIDDLE, |same| f64::from(u8::from(same)));
    let size = populations.map_or(MIDDLE, |(a, b)| {
        let (small, large) = (a.min(b).max(0) as f64, a.max(b).max(0) as f64);
        if large == 0.0 { 1.0 } else { small / large }
    });
    f64::midpoint(same, size)
}

pub fn ease(cost: Option<i64>, replicability: Option<Replicability>) -> f64 {
    let cheap = cost.map_or(MIDDLE, cheap);
    let easy = match replicability {
        Some(Replicability::Easy) => 1.0,
        None | Some(Replicability::Medium) => 0.5,
        Some(Replicability::Hard) => 0.0,
    };
    f64::midpoint(cheap, easy)
}

/// Of a cost in ₮; never grows with it.
pub fn cheap(cost: i64) -> f64 {
    1.0 / (1.0 + cost.max(0) as f64 / COST_HALF)
}

/// - `used_of`: visits used and taken in the quarter; taken ≥ 1.
pub fn capacity(used_of: Option<(i64, i64)>) -> f64 {
    used_of.map_or(MIDDLE, |(used, of)| ((of - used) as f64 / of.max(1) as f64).clamp(0.0, 1.0))
}

/// What a practice costs, ₮.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub setup: Option<i64>,
    pub year: Option<i64>,
}

impl Cost {
    pub const fn of(practice: &Practice) -> Self {
        Self { setup: practice.details.cost_setup, year: practice.details.cost_year }
    }

    /// To set it up and keep it going for a year; `None` where one of the two is unknown.
    pub fn first_year(self) -> Option<i64> {
        self.setup.zip(self.year).map(|(setup, year)| setup.saturating_add(year))
    }

    /// Of its two parts.
    pub fn n_unknown(self) -> usize {
        [self.setup, self.year].into_iter().filter(Option::is_none).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_is_neither_good_nor_bad() {
        let rated = |n, mean| Some(Rated { n, mean, mean_of_all: 0.6 });
        let of = |rated| quality(rated, false, None);
        assert!(of(rated(2, Some(0.0))) < of(rated(0, None)) && of(rated(0, None)) < of(rated(2, Some(1.0))));
        assert!(need(Some(1)) < need(None) && need(None) < need(Some(3)));
        assert!(
            setting(Some(false), None) < setting(None, None)
                && setting(None, None) < setting(Some(true), None)
        );
        assert!(ease(None, Some(Replicability::Hard)) < ease(None, None));
        assert!(proximity(Some(200.0)) < proximity(None) && proximity(None) < proximity(Some(0.0)));
        assert!(capacity(Some((4, 4))) < capacity(None) && capacity(None) < capacity(Some((0, 4))));
    }

    #[test]
    fn a_cost_of_which_a_part_is_unknown_is_unknown() {
        for (setup, year, first_year, n_unknown) in [
            (Some(2), Some(3), Some(5), 0),
            (Some(0), Some(0), Some(0), 0),
            (Some(2), None, None, 1),
            (None, Some(3), None, 1),
            (None, None, None, 2),
            (Some(i64::MAX), Some(1), Some(i64::MAX), 0),
        ] {
            let cost = Cost { setup, year };
            assert_eq!((cost.first_year(), cost.n_unknown()), (first_year, n_unknown), "{cost:?}");
        }
    }

    #[test]
    fn one_bad_rating_weighs_less_than_ten() {
        let rated = |n| quality(Some(Rated { n, mean: Some(0.0), mean_of_all: 0.8 }), false, None);
        assert!(rated(10) < rated(1));
        let few = quality(
            Some(Rated { n: 1, mean: Some(0.0), mean_of_all: 0.8 }),
            true,
            Some(Maturity::Replicated),
        );
        assert!((few - (0.6 * (3.0 * 0.8 / 4.0) + 0.4)).abs() < 1e-12);
    }

    #[test]
    fn every_value_is_from_0_to_1() {
        for value in [
            need(Some(9)),
            proximity(Some(1e9)),
            setting(Some(true), Some((0, 0))),
            setting(Some(true), Some((5, 0))),
            ease(Some(i64::MAX), None),
            ease(Some(0), Some(Replicability::Easy)),
            capacity(Some((9, 4))),
            capacity(Some((0, 0))),
        ] {
            assert!((0.0..=1.0).contains(&value), "{value}");
        }
    }
}
