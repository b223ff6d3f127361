//! Who visits whom to see what: copiers in small groups, and others who only look.

use std::collections::BTreeMap;

use super::Scene;
use super::copies::{Copied, Shown, eager, guest, shown};
use crate::demo::random::{Lottery, Random};
use crate::model::{KhorooId, Records};

/// A visit before it has a day.
pub struct Trip<'a> {
    pub host: &'a KhorooId,
    /// With the practices that each is going to copy.
    pub visitors: BTreeMap<&'a KhorooId, Vec<&'a str>>,
    /// Everything shown, with its theme.
    pub practices: BTreeMap<&'a str, &'a str>,
}

/// Khoroos that come together at most; a few people of each.
const VISITORS_MAX: usize = 4;

/// Trips of those who will copy: every copy is on one.
pub fn of_copiers<'a>(
    scene: &Scene<'a>,
    cycle: usize,
    copies: &[Copied<'a>],
    random: &mut Random,
) -> Vec<Trip<'a>> {
    let eager = eager(scene, cycle, random);
    let mut by_host: BTreeMap<&KhorooId, BTreeMap<&'a KhorooId, Vec<&Shown<'a>>>> = BTreeMap::new();
    for copy in copies {
        by_host.entry(copy.shown.host).or_default().entry(copy.khoroo).or_default().push(&copy.shown);
    }
    let mut trips = Vec::new();
    for visitors in by_host.into_values() {
        let mut visitors: Vec<(&KhorooId, Vec<&Shown<'_>>)> = visitors.into_iter().collect();
        random.shuffle(&mut visitors);
        while !visitors.is_empty() {
            let n = (1 + random.below(VISITORS_MAX)).min(visitors.len());
            let group: Vec<_> = visitors.drain(..n).collect();
            let host = group[0].1[0].host;
            let all = || group.iter().flat_map(|(_, shown)| shown.iter());
            let mut trip = Trip {
                host,
                practices: all().map(|shown| (shown.practice, shown.theme)).collect(),
                visitors: group
                    .iter()
                    .map(|(khoroo, shown)| (*khoroo, shown.iter().map(|s| s.practice).collect()))
                    .collect(),
            };
            if random.chance(0.5) {
                trip.add_guest(scene, cycle, &eager, random);
            }
            trips.push(trip);
        }
    }
    trips
}

/// `n` trips of khoroos that come to look, with nothing decided beforehand.
pub fn of_others<'a>(
    scene: &Scene<'a>,
    cycle: usize,
    n: usize,
    records: &'a Records,
    random: &mut Random,
) -> Vec<Trip<'a>> {
    let shown = shown(scene, cycle, records);
    if shown.is_empty() {
        return Vec::new();
    }
    let eager = eager(scene, cycle, random);
    let mut by_host: BTreeMap<&KhorooId, Vec<&Shown<'_>>> = BTreeMap::new();
    for one in &shown {
        by_host.entry(one.host).or_default().push(one);
    }
    let popular = Lottery::new(shown.iter().map(|_| random.between(0.2, 2.0)));
    (0..n)
        .map(|_| {
            let host = shown[popular.draw(random)].host;
            let at_home = &by_host[host];
            let n_shown = 1 + random.below(at_home.len().min(3));
            let first = random.below(at_home.len());
            let practices = at_home.iter().cycle().skip(first).take(n_shown).map(|s| (s.practice, s.theme));
            let mut trip = Trip { host, visitors: BTreeMap::new(), practices: practices.collect() };
            for _ in 0..=random.below(VISITORS_MAX) {
                trip.add_guest(scene, cycle, &eager, random);
            }
            trip
        })
        .filter(|trip| !trip.visitors.is_empty())
        .collect()
}

impl<'a> Trip<'a> {
    fn add_guest(&mut self, scene: &Scene<'a>, cycle: usize, eager: &Lottery, random: &mut Random) {
        if let Some(khoroo) = guest(scene, cycle, eager, self.host, random) {
            self.visitors.entry(khoroo).or_default();
        }
    }
}
