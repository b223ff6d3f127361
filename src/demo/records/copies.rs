//! Who copies what: drawn before the visits that lead there, because the number of copies is a published one.

use std::collections::BTreeSet;

use super::replications::REPLICATIONS;
use super::{EAGERNESS, Scene};
use crate::demo::random::{Lottery, Random};
use crate::model::{KhorooId, Practice, PracticeStatus, Records};

/// A practice that peers may see, at the khoroo of the cycle that shows it.
pub struct Shown<'a> {
    pub practice: &'a str,
    pub theme: &'a str,
    pub host: &'a KhorooId,
}

/// A practice with a khoroo that copies it; each pair once.
pub struct Copied<'a> {
    pub shown: Shown<'a>,
    pub khoroo: &'a KhorooId,
}

/// Draws before somebody is given up on: small cities have few pairs.
const N_TRIES: usize = 2_000;

/// Practices that were shared and are still in use, where they are in the vintage of a cycle.
///
/// One of an earlier cycle is shown by the khoroo in which its point lies, if that took its host's place too and
/// goes by the same number: then whoever knows no points, or no lineage, finds the same khoroo.
pub fn shown<'a>(scene: &Scene<'a>, cycle: usize, records: &'a Records) -> Vec<Shown<'a>> {
    let in_use = records.practices.iter().filter(|p| p.status == PracticeStatus::Shared);
    in_use
        .filter_map(|p| Some(Shown { practice: &p.id, theme: &p.theme, host: host(scene, cycle, p)? }))
        .collect()
}

fn host<'a>(scene: &Scene<'a>, cycle: usize, practice: &Practice) -> Option<&'a KhorooId> {
    let khoroos = scene.khoroos[cycle];
    let vintage = &khoroos.first()?.1.id.vintage;
    let stored = |id: &KhorooId| scene.by_id.get_key_value(id).map(|(id, _)| *id);
    if practice.host.vintage == *vintage {
        return stored(&practice.host);
    }
    let home = scene.homes.home(practice, vintage).filter(|home| home.by_point)?.khoroo;
    let heir = scene.homes.lines().last(&practice.host);
    (home == heir && *home == practice.host.code.at(vintage)).then(|| stored(home))?
}

/// Copies of a cycle; none in one that has none.
pub fn draw<'a>(scene: &Scene<'a>, cycle: usize, records: &'a Records) -> Vec<Copied<'a>> {
    let mut random = scene.random(&[PURPOSE, cycle as u64]);
    let shown = shown(scene, cycle, records);
    if !super::ROUNDS[cycle].is_replicating || shown.is_empty() {
        return Vec::new();
    }
    // A few good ideas are copied by many.
    let popular = Lottery::new(shown.iter().map(|_| {
        let u = random.unit();
        0.1 + u * u * u * u * 4.0
    }));
    let eager = eager(scene, cycle, &mut random);
    let n: usize = REPLICATIONS.iter().map(|(_, n)| scene.part(*n)).sum();
    let mut taken: BTreeSet<(&str, &KhorooId)> = BTreeSet::new();
    let mut all = Vec::with_capacity(n);
    for _ in 0..n {
        let found = (0..N_TRIES).find_map(|_| {
            let Shown { practice, theme, host } = shown[popular.draw(&mut random)];
            let khoroo = guest(scene, cycle, &eager, host, &mut random)?;
            let shown = Shown { practice, theme, host };
            taken.insert((practice, khoroo)).then_some(Copied { shown, khoroo })
        });
        all.extend(found);
    }
    all
}

/// How often each khoroo of a cycle goes to see what others do.
pub fn eager(scene: &Scene<'_>, cycle: usize, random: &mut Random) -> Lottery {
    Lottery::new(scene.khoroos[cycle].iter().map(|(district, _)| {
        let u = random.unit();
        EAGERNESS[*district] * (0.15 + u * u)
    }))
}

/// A khoroo that may learn from `host`; two of three from another district do not come: people learn nearby.
pub fn guest<'a>(
    scene: &Scene<'a>,
    cycle: usize,
    eager: &Lottery,
    host: &KhorooId,
    random: &mut Random,
) -> Option<&'a KhorooId> {
    (0..N_TRIES).find_map(|_| {
        let khoroo = &scene.khoroos[cycle][eager.draw(random)].1.id;
        let is_near = khoroo.code.district == host.code.district;
        (!scene.are_kin(khoroo, host) && (is_near || !random.chance(0.66))).then_some(khoroo)
    })
}

const PURPOSE: u64 = 0xC091;
