//! Invented records of the process: what happened in all six steps, and what stands around them.
//!
//! Who, what and when is drawn by chance, uneven as in life: a few khoroos are busy, many are silent, good
//! ideas are copied by many. Steps are drawn in their order, each from what the one before left, so every
//! gate is passed in order and in date. Copies are drawn before the visits that led to them, because their
//! number is a published one: 144 identifications in 2020, 248 in 2022, 95 replications made in 2022.
//!
//! Owns: the order of drawing, and who is kin to whom. Must not: draw ground.
//! Design: each file draws from streams of its own, so a change in one leaves the others as they are.

mod calendar;
mod copies;
mod draw;
mod entries;
mod ideas;
mod offers;
mod offices;
mod phrases;
mod pool;
mod replications;
mod reviews;
mod trips;
mod visits;
mod votes;
mod workshops;

use std::collections::{BTreeMap, BTreeSet};

use self::calendar::{ROUNDS, Round};
use super::random::Random;
use crate::model::rules::{self, Homes};
use crate::model::{GridPoint, Khoroo, KhorooId, Lineage, Records, Vintage};

/// The ground that records stand on: khoroos of both vintages with their districts' indexes.
pub struct Ground<'a> {
    pub vintages: &'a [Vintage],
    pub khoroos: [&'a [(usize, &'a Khoroo)]; 2],
    pub lineage: &'a [Lineage],
}

/// Invents everything; lists are sorted by key.
///
/// - `percent`: of the published numbers, 0 to 100. At 0 there are cycles and lists alone.
pub fn invent(seed: u64, percent: u8, ground: &Ground<'_>) -> Records {
    let mut records = Records { cycles: ROUNDS.iter().map(Round::cycle).collect(), ..Records::starting() };
    if percent > 0 {
        let ids =
            ground.khoroos.iter().flat_map(|khoroos| khoroos.iter().map(|(_, k)| k.id.clone())).collect();
        let khoroos = ground.khoroos.iter().flat_map(|khoroos| khoroos.iter().map(|(_, khoroo)| *khoroo));
        let standing = rules::Ground {
            vintages: ground.vintages,
            khoroos: &ids,
            lineage: ground.lineage,
            shapes: khoroos.filter_map(|khoroo| Some((&khoroo.id, khoroo.shape.as_ref()?))).collect(),
        };
        let scene = Scene::new(seed, percent, ground, standing.homes());
        pool::invent(&scene, &mut records);
        entries::invent(&scene, &mut records);
        workshops::invent(&scene, &mut records);
        for (nth, round) in ROUNDS.iter().enumerate() {
            let copies = copies::draw(&scene, nth, &records);
            let visited = visits::invent(&scene, nth, round, &copies, &records);
            records.visits.extend(visited.visits);
            records.visit_visitors.extend(visited.visitors);
            records.visit_practices.extend(visited.practices);
            let seen = visited.seen;
            let decided = votes::invent(&scene, round, &seen, &mut records);
            replications::invent(&scene, round, &decided, &mut records);
            offers::invent(&scene, nth, round, &seen, &mut records);
        }
        reviews::invent(&scene, &mut records);
        entries::mature(&mut records);
        offices::invent(&scene, &mut records);
    }
    records.sort();
    records
}

/// What every step looks at.
struct Scene<'a> {
    seed: u64,
    percent: usize,
    khoroos: [&'a [(usize, &'a Khoroo)]; 2],
    by_id: BTreeMap<&'a KhorooId, &'a Khoroo>,
    /// Older khoroo and newer one with some common ground.
    kin: BTreeSet<(&'a KhorooId, &'a KhorooId)>,
    homes: Homes<'a>,
    offices: BTreeMap<&'a KhorooId, GridPoint>,
}

impl<'a> Scene<'a> {
    fn new(seed: u64, percent: u8, ground: &Ground<'a>, homes: Homes<'a>) -> Self {
        let all = || ground.khoroos.iter().flat_map(|khoroos| khoroos.iter());
        Self {
            seed,
            percent: usize::from(percent.min(100)),
            khoroos: ground.khoroos,
            by_id: all().map(|(_, khoroo)| (&khoroo.id, *khoroo)).collect(),
            kin: ground.lineage.iter().map(|row| (&row.from, &row.to)).collect(),
            homes,
            offices: all()
                .filter_map(|(district, khoroo)| Some((&khoroo.id, offices::place(seed, *district, khoroo)?)))
                .collect(),
        }
    }

    fn random(&self, purpose: &[u64]) -> Random {
        Random::stream(self.seed, purpose)
    }

    /// As many of `n` as the demo's share of the published numbers.
    const fn part(&self, n: usize) -> usize {
        (n * self.percent).div_ceil(100)
    }

    /// True where one has ground of the other, or took its place: they do not learn from each other.
    fn are_kin(&self, a: &KhorooId, b: &KhorooId) -> bool {
        a == b || self.kin.contains(&(a, b)) || self.kin.contains(&(b, a)) || self.homes.lines().is_one(a, b)
    }

    /// How people live there, by residents per km².
    fn setting(&self, khoroo: &KhorooId) -> &'static str {
        offices::setting(self.by_id[khoroo])
    }
}

/// How eager the khoroos of each district are, in the districts' order.
const EAGERNESS: [f64; 9] = [0.7, 0.9, 1.25, 0.9, 0.8, 1.2, 1.0, 1.3, 0.75];
