//! What practices bring on a day, whoever asks: records of later days do not count.
//!
//! Owns: ratings as they stood, since when an award counts, the order of hosts by what they bring.

use jiff::civil::Date;

use super::Candidate;
use crate::model::audience::Audience;
use crate::partners::score::{self, MIDDLE, PartKind, Points, Rated, points};
use crate::partners::settings::Weights;

/// Ratings of copies as they stood at the end of each day on which one was given, in order.
#[derive(Debug, Clone, Default)]
pub struct Ratings {
    n: usize,
    /// Places from the best: whole, so that their sum does not depend on its order.
    ranks: u64,
    days: Vec<(Date, usize, f64)>,
}

impl Ratings {
    /// - `before`: place of the copy's rating before, which no longer counts.
    /// - `worst`: place of the last rating of the list.
    pub fn note(&mut self, on: Date, before: Option<u64>, rank: u64, worst: f64) {
        self.n += usize::from(before.is_none());
        self.ranks = self.ranks + rank - before.unwrap_or_default();
        let mean = 1.0 - self.ranks as f64 / (self.n as f64 * worst);
        self.days.pop_if(|(day, ..)| *day == on);
        self.days.push((on, self.n, mean));
    }

    /// How many copies are rated at the end of a day and their mean, 1 the best; `None` where none is.
    fn on(&self, day: Date) -> Option<(usize, f64)> {
        let after = self.days.partition_point(|(on, ..)| *on <= day);
        after.checked_sub(1).map(|at| (self.days[at].1, self.days[at].2))
    }

    pub fn last_day(&self) -> Option<Date> {
        self.days.last().map(|(day, ..)| *day)
    }
}

/// A day, and to whom it is told.
#[derive(Debug, Clone, Copy)]
pub struct Day {
    pub on: Date,
    pub audience: Audience,
    weight: f64,
    mean_of_all: f64,
}

impl Day {
    /// - `ratings`: of all practices.
    pub fn new(on: Date, audience: Audience, ratings: &Ratings, weights: &Weights) -> Self {
        let mean_of_all = ratings.on(on).map_or(MIDDLE, |(_, mean)| mean);
        Self { on, audience, weight: weights.of(PartKind::Quality), mean_of_all }
    }

    /// `None` for everybody but the office.
    pub fn rated(&self, candidate: &Candidate) -> Option<Rated> {
        let is_internal = self.audience == Audience::Internal;
        is_internal.then(|| {
            let given = candidate.ratings.on(self.on);
            let mean = given.map(|(_, mean)| mean);
            Rated { n: given.map_or(0, |(n, _)| n), mean, mean_of_all: self.mean_of_all }
        })
    }

    pub fn is_awarded(&self, candidate: &Candidate) -> bool {
        candidate.awarded_on.is_some_and(|since| since <= self.on)
    }

    pub fn is_identified(&self, candidate: &Candidate) -> bool {
        candidate.identified_on.is_none_or(|since| since <= self.on)
    }

    pub fn quality(&self, candidate: &Candidate) -> f64 {
        score::quality(self.rated(candidate), self.is_awarded(candidate), candidate.maturity)
    }

    /// Points of quality and of ease together.
    pub fn fixed(&self, candidate: &Candidate) -> Points {
        points(self.weight, self.quality(candidate)) + candidate.ease
    }

    /// By theme: hosts with practices that may be suggested, and the most that these bring, the most first.
    ///
    /// - `candidates`: those of one host stand together.
    pub fn ranked(&self, candidates: &[Candidate], n_themes: usize) -> Vec<Vec<(Points, u32)>> {
        let mut best: Vec<Vec<(Points, u32)>> = vec![Vec::new(); n_themes];
        let may_be = |candidate: &&Candidate| {
            !candidate.is_archived && candidate.shown.is_some() && self.is_identified(candidate)
        };
        for candidate in candidates.iter().filter(may_be) {
            let hosts = &mut best[candidate.theme as usize];
            let fixed = self.fixed(candidate);
            match hosts.last_mut() {
                Some((most, host)) if *host == candidate.host => *most = fixed.max(*most),
                _ => hosts.push((fixed, candidate.host)),
            }
        }
        for hosts in &mut best {
            hosts.sort_unstable_by_key(|&(points, host)| (std::cmp::Reverse(points), host));
        }
        best
    }
}
