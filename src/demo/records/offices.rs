//! Khoroo facts by year, with an office inside each khoroo, and how long the way between near offices takes.
//!
//! These grow with the city: a fact for every khoroo, and the ways to its nearest ones.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::Scene;
use super::calendar::ROUNDS;
use super::phrases::{OPENING_HOURS, SOURCE};
use crate::demo::place::place_within;
use crate::demo::random::Random;
use crate::model::grid::doubled_area;
use crate::model::naming::{self, CITY_DISTRICTS};
use crate::model::{GridPoint, Khoroo, KhorooFact, KhorooId, Lang, Records, TravelTime};

/// Ways from each khoroo, and how many rows there are to be at most, though never fewer than two ways.
const WAYS_MAX: usize = 12;
const ROWS_MAX: usize = 20_000;

/// Metres of one grid step at the city's latitude. Plain numbers, so that every machine agrees.
const EAST_M: f64 = 0.007_47;
const NORTH_M: f64 = 0.011_12;

/// A road is longer than the straight line.
const DETOUR: f64 = 1.4;
/// Kilometres and minutes for each: through the town, out of it, on the open road.
const PACE: [(f64, f64); 3] = [(6.0, 3.6), (20.0, 2.2), (f64::MAX, 1.1)];
const START_MIN: f64 = 5.0;

pub fn invent(scene: &Scene<'_>, records: &mut Records) {
    for (nth, round) in ROUNDS.iter().enumerate() {
        let is_newest = nth + 1 == ROUNDS.len();
        for (position, (district, khoroo)) in scene.khoroos[nth].iter().enumerate() {
            // A part of the records is for a part of the khoroos.
            if !is_told(scene, position) {
                continue;
            }
            let mut random = scene.random(&[FACTS, *district as u64, u64::from(khoroo.id.code.number)]);
            let year = round.days.0.year();
            let first = fact(scene, year, *district, khoroo, &mut random);
            if is_newest {
                let growth = random.between(0.985, 1.04);
                let grown = |n: i64| (n as f64 * growth).round() as i64;
                records.khoroo_facts.push(KhorooFact {
                    year: year + 1,
                    population: first.population.map(grown),
                    households: first.households.map(grown),
                    ..first.clone()
                });
            }
            records.khoroo_facts.push(first);
        }
    }
    ways(scene, records);
}

/// The place of an office; the same in both vintages if the khoroo's lines are.
pub fn place(seed: u64, district: usize, khoroo: &Khoroo) -> Option<GridPoint> {
    let mut random = Random::stream(seed, &[OFFICE, district as u64, u64::from(khoroo.id.code.number)]);
    place_within(khoroo.shape.as_ref()?, &mut random)
}

/// How people live in a khoroo, by residents per km².
pub fn setting(khoroo: &Khoroo) -> &'static str {
    let Some((shape, residents)) = khoroo.shape.as_ref().zip(khoroo.population) else { return "mixed" };
    let steps: i128 = shape.0.iter().map(|part| doubled_area(&part.exterior).abs()).sum();
    let km2 = steps as f64 / 2.0 * EAST_M * NORTH_M / 1e6;
    match residents as f64 / km2 {
        density if density > 11_000.0 => "apartment",
        density if density > 5_500.0 => "mixed",
        density if density > 150.0 => "ger",
        _ => "rural",
    }
}

/// Minutes from office to office; each way has its own delays.
pub fn minutes(scene: &Scene<'_>, from: &KhorooId, to: &KhorooId) -> Option<i64> {
    let (a, b) = (scene.offices.get(from)?, scene.offices.get(to)?);
    let east_m = (f64::from(a.x) - f64::from(b.x)) * EAST_M;
    let north_m = (f64::from(a.y) - f64::from(b.y)) * NORTH_M;
    let mut left_km = (east_m * east_m + north_m * north_m).sqrt() * DETOUR / 1_000.0;
    let mut minutes = START_MIN;
    for (km, minutes_per_km) in PACE {
        let part_km = left_km.min(km);
        minutes += part_km * minutes_per_km;
        left_km -= part_km;
    }
    let delay = ((a.x ^ b.x) ^ (a.y ^ b.y).rotate_left(7) ^ i32::from(a.x < b.x)).rem_euclid(6);
    Some(minutes.round() as i64 + i64::from(delay))
}

fn is_told(scene: &Scene<'_>, position: usize) -> bool {
    position * scene.percent % 100 < scene.percent
}

fn fact(scene: &Scene<'_>, year: i16, district: usize, khoroo: &Khoroo, random: &mut Random) -> KhorooFact {
    let name = CITY_DISTRICTS[district].name_mn;
    KhorooFact {
        khoroo: khoroo.id.clone(),
        year,
        population: khoroo.population,
        households: khoroo.households,
        setting: Some(setting(khoroo).into()),
        office_address: Some(format!(
            "{name} дүүрэг, {}, зохиомол гудамж {}",
            naming::khoroo_name(khoroo.id.code.number, Lang::Mn),
            1 + random.below(90)
        )),
        phone: random.chance(0.3).then(|| "0000-0000".into()),
        opening_hours: random.chance(0.9).then(|| (*random.pick(&OPENING_HOURS)).into()),
        source: SOURCE.into(),
        office: scene.offices.get(&khoroo.id).copied(),
        illustrative: true,
    }
}

/// Ways between the nearest offices of the newest vintage, there and back.
fn ways(scene: &Scene<'_>, records: &mut Records) {
    let khoroos = scene.khoroos[ROUNDS.len() - 1];
    let n_ways = (ROWS_MAX / khoroos.len().max(1)).clamp(2, WAYS_MAX);
    let told = khoroos.iter().enumerate().filter(|(position, _)| is_told(scene, *position));
    let points: Vec<Office<'_>> = told
        .filter_map(|(_, (_, khoroo))| {
            let at = scene.offices.get(&khoroo.id)?;
            Some(GeomWithData::new([f64::from(at.x) * EAST_M, f64::from(at.y) * NORTH_M], &khoroo.id))
        })
        .collect();
    let tree = RTree::bulk_load(points.clone());
    for from in &points {
        let near = tree.nearest_neighbor_iter(*from.geom()).filter(|to| to.data != from.data);
        records.travel_times.extend(near.take(n_ways).filter_map(|to| {
            Some(TravelTime {
                from: from.data.clone(),
                to: to.data.clone(),
                minutes: minutes(scene, from.data, to.data)?,
                source: SOURCE.into(),
                illustrative: true,
            })
        }));
    }
}

/// An office's place in metres.
type Office<'a> = GeomWithData<[f64; 2], &'a KhorooId>;

const OFFICE: u64 = 0x0FF1;
const FACTS: u64 = 0xFAC7;
