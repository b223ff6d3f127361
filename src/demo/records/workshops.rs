//! Step 2: network workshops, at which every shared practice was presented at least once.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Scene;
use super::calendar::{ROUNDS, Round, before, day_in};
use super::draw::{Meeting, cost, turnout};
use super::entries::changed;
use crate::demo::random::Random;
use crate::model::{
    DistrictCode, Mode, Practice, PracticeStatus, Records, Stage, Workshop, WorkshopPractice, WorkshopScope,
};

/// Practices presented at one workshop.
const PRESENTED_MAX: usize = 12;
const N_MULTI_DISTRICT: usize = 3;
const PRESENTED_AT_MULTI: usize = 9;
const MEETINGS: [Meeting; 2] =
    [Meeting { face_to_face: 40, online: 54 }, Meeting { face_to_face: 70, online: 22 }];

pub fn invent(scene: &Scene<'_>, records: &mut Records) {
    for (nth, round) in ROUNDS.iter().enumerate() {
        let mut random = scene.random(&[PURPOSE, nth as u64]);
        let mut shared: Vec<&Practice> = shared(records, round).collect();
        random.shuffle(&mut shared);
        let mut by_district: BTreeMap<&DistrictCode, Vec<&Practice>> = BTreeMap::new();
        for practice in &shared {
            by_district.entry(&practice.host.code.district).or_default().push(practice);
        }
        let mut made = Made { round, meeting: MEETINGS[nth], rows: Vec::new(), presented: Vec::new() };
        // The city's workshop is the last; the others are over a week before.
        let season = (round.workshops.0, before(round.workshops.1, 7));
        for (district, practices) in by_district {
            for (number, practices) in (1..).zip(practices.chunks(PRESENTED_MAX)) {
                let id = format!("w-{}-{district}-{number}", round.id);
                let day = day_in(season, &mut random);
                made.add(id, WorkshopScope::District, Some(district), day, practices, &mut random);
            }
        }
        for number in 1..=N_MULTI_DISTRICT.min(shared.len() / PRESENTED_AT_MULTI) {
            let id = format!("w-{}-multi-{number}", round.id);
            random.shuffle(&mut shared);
            let day = day_in(season, &mut random);
            made.add(id, WorkshopScope::MultiDistrict, None, day, &shared[..PRESENTED_AT_MULTI], &mut random);
        }
        let finalists: Vec<&Practice> =
            shared.iter().copied().filter(|practice| is_finalist(records, practice)).collect();
        if !finalists.is_empty() {
            let id = format!("w-{}-city", round.id);
            made.add(id, WorkshopScope::City, None, round.workshops.1, &finalists, &mut random);
        }
        let Made { rows, presented, .. } = made;
        let first_days = first_days(&rows, &presented);
        records.workshops.extend(rows);
        records.workshop_practices.extend(presented);
        records
            .practice_status_changes
            .extend(first_days.into_iter().map(|(id, day)| changed(&id, day, PracticeStatus::Shared)));
    }
}

/// Practices that were shown to peers in a cycle, also those put away since.
fn shared<'a>(records: &'a Records, round: &Round) -> impl Iterator<Item = &'a Practice> {
    let entered = format!("p-{}-", round.id);
    records.practices.iter().filter(move |p| {
        matches!(p.status, PracticeStatus::Shared | PracticeStatus::Archived) && p.id.starts_with(&entered)
    })
}

fn is_finalist(records: &Records, practice: &Practice) -> bool {
    records.identifications.iter().any(|i| i.practice == practice.id && i.stage == Stage::City)
}

struct Made<'a> {
    round: &'a Round,
    meeting: Meeting,
    rows: Vec<Workshop>,
    presented: Vec<WorkshopPractice>,
}

impl Made<'_> {
    fn add(
        &mut self,
        id: String,
        scope: WorkshopScope,
        district: Option<&DistrictCode>,
        held_on: Date,
        practices: &[&Practice],
        random: &mut Random,
    ) {
        let mode = self.meeting.mode(random);
        let people = match scope {
            WorkshopScope::District => (20, 60),
            WorkshopScope::MultiDistrict => (40, 90),
            WorkshopScope::City => (90, 180),
        };
        let (invited, attended) = turnout(people, random).unzip();
        let women = attended.map(|n| (n as f64 * random.between(0.55, 0.8)).round() as i64);
        // Of some online workshops only the number of people was written down.
        let is_split = random.chance(0.85);
        let cost = cost(mode, random);
        self.presented.extend(practices.iter().map(|practice| WorkshopPractice {
            workshop: id.clone(),
            practice: practice.id.clone(),
            illustrative: true,
        }));
        self.rows.push(Workshop {
            id,
            cycle: self.round.id.into(),
            scope,
            district: district.cloned(),
            held_on,
            mode,
            venue: (mode != Mode::Virtual).then(|| venue(scope).into()),
            cost,
            invited,
            attended_f: women.filter(|_| is_split),
            attended_m: attended.zip(women).map(|(all, women)| all - women).filter(|_| is_split),
            attended_unknown: attended.filter(|_| !is_split),
            illustrative: true,
        });
    }
}

const fn venue(scope: WorkshopScope) -> &'static str {
    match scope {
        WorkshopScope::District => "Дүүргийн хурлын танхим (зохиомол)",
        WorkshopScope::MultiDistrict => "Сургалтын танхим (зохиомол)",
        WorkshopScope::City => "Нийслэлийн хурлын танхим (зохиомол)",
    }
}

/// The day on which each practice was first presented.
fn first_days(workshops: &[Workshop], presented: &[WorkshopPractice]) -> BTreeMap<String, Date> {
    let days: BTreeMap<&str, Date> = workshops.iter().map(|w| (w.id.as_str(), w.held_on)).collect();
    let mut first: BTreeMap<String, Date> = BTreeMap::new();
    for row in presented {
        let day = days[row.workshop.as_str()];
        let known = first.entry(row.practice.clone()).or_insert(day);
        *known = day.min(*known);
    }
    first
}

const PURPOSE: u64 = 0x3045;
