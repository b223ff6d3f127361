//! What khoroos look for, and what they offer to show; some needs find no answer.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::Scene;
use super::calendar::{Round, Season, before, day_in};
use super::copies::{eager, shown};
use super::phrases::NEEDS;
use super::replications::COMPLETED;
use super::visits::Seen;
use crate::demo::random::Random;
use crate::model::{KhorooId, Mode, Need, NeedStatus, Offer, OfferStatus, Records};

/// Needs that led to no copy, by status.
const UNMET: [(NeedStatus, usize); 2] = [(NeedStatus::Open, 58), (NeedStatus::Withdrawn, 8)];
const SINCE: Season = (date(2022, 9, 20), date(2023, 7, 28));
/// Nobody needs anything before the khoroos of the vintage are there.
const FIRST: Date = date(2022, 1, 4);

/// Writes the needs and offers of the newest cycle.
pub fn invent(scene: &Scene<'_>, cycle: usize, round: &Round, seen: &[Seen], records: &mut Records) {
    if round.is_replicating {
        let mut random = scene.random(&[PURPOSE]);
        needs(scene, cycle, seen, &mut random, records);
        let mut random = scene.random(&[PURPOSE, 1]);
        let offers = offers(scene, cycle, &mut random, records);
        records.offers.extend(offers);
    }
}

fn needs(scene: &Scene<'_>, cycle: usize, seen: &[Seen], random: &mut Random, records: &mut Records) {
    let completed: BTreeSet<(&str, &KhorooId)> = records
        .replications
        .iter()
        .filter(|r| r.status == COMPLETED)
        .map(|r| (r.practice.as_str(), &r.khoroo))
        .collect();
    let mut told: BTreeSet<(KhorooId, String)> = BTreeSet::new();
    let mut found: Vec<(KhorooId, String, Date, NeedStatus)> = Vec::new();
    for one in seen.iter().filter(|s| s.copies) {
        // A third of those who copied had said before what they need.
        if random.chance(0.35) && told.insert((one.khoroo.clone(), one.theme.clone())) {
            let is_met = completed.contains(&(one.practice.as_str(), &one.khoroo));
            let status = if is_met { NeedStatus::Met } else { NeedStatus::Matched };
            let since = before(one.on, 20 + random.below(150)).max(FIRST);
            found.push((one.khoroo.clone(), one.theme.clone(), since, status));
        }
    }
    let eager = eager(scene, cycle, random);
    for (status, n) in UNMET {
        for _ in 0..scene.part(n) {
            let khoroo = scene.khoroos[cycle][eager.draw(random)].1.id.clone();
            let theme = random.pick(&records.themes).code.clone();
            let since = day_in(SINCE, random);
            if told.insert((khoroo.clone(), theme.clone())) {
                found.push((khoroo, theme, since, status));
            }
        }
    }
    found.sort_by(|a, b| (a.2, &a.0, &a.1).cmp(&(b.2, &b.0, &b.1)));
    records.needs.extend((1..).zip(found).map(|(number, (khoroo, theme, since, status))| Need {
        id: format!("n-{number:03}"),
        khoroo,
        theme,
        text: random.chance(0.6).then(|| (*random.pick(&NEEDS)).into()),
        urgency: random.chance(0.85).then(|| 1 + random.below(3) as i16),
        since,
        status,
        illustrative: true,
    }));
}

fn offers(scene: &Scene<'_>, cycle: usize, random: &mut Random, records: &Records) -> Vec<Offer> {
    let mut offers = Vec::new();
    for one in shown(scene, cycle, records) {
        if random.chance(0.45) {
            continue;
        }
        let mode = match random.below(10) {
            0..=4 => None,
            5..=7 => Some(Mode::FaceToFace),
            8 => Some(Mode::Virtual),
            _ => Some(Mode::Hybrid),
        };
        offers.push(Offer {
            id: format!("o-{:03}", offers.len() + 1),
            khoroo: one.host.clone(),
            practice: one.practice.into(),
            capacity_per_quarter: *random.pick(&[1, 2, 2, 2, 3, 4]),
            mode,
            max_group: random.chance(0.8).then(|| *random.pick(&[6, 8, 10, 12, 15, 20, 30])),
            status: if random.chance(0.85) { OfferStatus::Open } else { OfferStatus::Paused },
            illustrative: true,
        });
    }
    offers
}

const PURPOSE: u64 = 0x0FFE;
