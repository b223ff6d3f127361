//! Step 1: practices, their entries in both cycles, and the stages that these passed.
//!
//! The numbers of entries are those published; with fewer khoroos than entries some enter several.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::calendar::{ROUNDS, Round, after, before, day_in, days_later};
use super::draw::{Meeting, money};
use super::ideas::{IDEAS, Idea, VARIATIONS};
use super::phrases::WHAT_WE_DID;
use super::{EAGERNESS, Scene};
use crate::demo::place::place_within;
use crate::demo::random::{Lottery, Random};
use crate::model::{
    Decision, Identification, IdentificationStage, Khoroo, Maturity, Practice, PracticeDetails,
    PracticeStatus, PracticeStatusChange, Records, Stage,
};

/// Identifications of each cycle, as published.
const N_ENTRIES: [usize; 2] = [144, 248];
const N_AWARDED: [usize; 2] = [5, 8];
const N_CITY: usize = 36;
const N_DRAFTS: usize = 14;
const N_AT_ONE_HOST: usize = 6;

/// In 2020 half of the rounds were online.
const MEETINGS: [Meeting; 2] =
    [Meeting { face_to_face: 46, online: 50 }, Meeting { face_to_face: 60, online: 34 }];
/// Old practices that are no longer in use are put away in these days.
const PUT_AWAY: (Date, Date) = (date(2022, 3, 1), date(2022, 12, 20));
const DRAFTED: (Date, Date) = (date(2023, 3, 1), date(2023, 8, 25));
const CONFIRMED: (Date, Date) = (date(2023, 1, 9), date(2023, 8, 25));

pub fn invent(scene: &Scene<'_>, records: &mut Records) {
    let mut random = scene.random(&[PURPOSE]);
    for (nth, round) in ROUNDS.iter().enumerate() {
        let n = scene.part(N_ENTRIES[nth]);
        let hosts = hosts(n, scene.khoroos[nth], &mut random);
        let outcomes = outcomes(nth, n, &mut random);
        for (number, (host, outcome)) in (1..).zip(hosts.into_iter().zip(outcomes)) {
            let id = format!("p-{}-{number:03}", round.id);
            let practice = practice(scene, id, host, outcome.status, &mut random);
            let entered_on = day_in(round.entries, &mut random);
            let mut more = scene.random(&[MORE, nth as u64, number]);
            enter(round, MEETINGS[nth], practice, entered_on, &outcome, &mut more, records);
        }
    }
    let mut random = scene.random(&[PURPOSE, 1]);
    let n_drafts = scene.part(N_DRAFTS);
    for (number, host) in (1..).zip(hosts(n_drafts, scene.khoroos[1], &mut random)) {
        let id = format!("p-draft-{number:02}");
        let mut practice = practice(scene, id, host, PracticeStatus::Draft, &mut random);
        let drafted_on = day_in(DRAFTED, &mut random);
        practice.details.started_on = Some(before(drafted_on, 30 + random.below(300)));
        records.practice_status_changes.push(changed(&practice.id, drafted_on, PracticeStatus::Draft));
        records.practices.push(practice);
    }
}

/// What has been copied is proved; called when the copies are known.
pub fn mature(records: &mut Records) {
    let completed: BTreeSet<&str> = records
        .replications
        .iter()
        .filter(|r| r.completed_on.is_some())
        .map(|r| r.practice.as_str())
        .collect();
    let awarded: BTreeSet<&str> =
        records.identifications.iter().filter(|i| i.awarded).map(|i| i.practice.as_str()).collect();
    for practice in &mut records.practices {
        practice.details.maturity = if completed.contains(practice.id.as_str()) {
            Some(Maturity::Replicated)
        } else if matches!(practice.status, PracticeStatus::Shared | PracticeStatus::Archived)
            || awarded.contains(practice.id.as_str())
        {
            Some(Maturity::Demonstrated)
        } else if practice.status == PracticeStatus::Identified {
            Some(Maturity::Promising)
        } else {
            None
        };
    }
}

/// The day on which a practice took a status.
pub fn changed(practice: &str, changed_on: Date, status: PracticeStatus) -> PracticeStatusChange {
    PracticeStatusChange { practice: practice.into(), changed_on, status, illustrative: true }
}

/// One khoroo for each of `n` records; at most [`N_AT_ONE_HOST`] at one, while that is possible.
fn hosts<'a>(n: usize, khoroos: &[(usize, &'a Khoroo)], random: &mut Random) -> Vec<&'a Khoroo> {
    let keen: Vec<f64> = khoroos
        .iter()
        .map(|(district, _)| {
            let u = random.unit();
            EAGERNESS[*district] * (0.12 + 2.0 * u * u)
        })
        .collect();
    let lottery = Lottery::new(keen);
    let cap = N_AT_ONE_HOST.max(n.div_ceil(khoroos.len()) + 1);
    let mut n_at = vec![0; khoroos.len()];
    std::iter::repeat_with(|| lottery.draw(random))
        .filter(|&at| {
            n_at[at] += 1;
            n_at[at] <= cap
        })
        .take(n)
        .map(|at| khoroos[at].1)
        .collect()
}

/// What became of an entry.
struct Outcome {
    status: PracticeStatus,
    stage: Stage,
    decision: Decision,
    awarded: bool,
}

/// Fixed parts of `n` entries, in a shuffled order.
fn outcomes(cycle: usize, n: usize, random: &mut Random) -> Vec<Outcome> {
    let is_open = cycle == 1;
    let (n_returned, n_rejected, n_pending) = (n / 14, n / 18, if is_open { n / 20 } else { 0 });
    let mut all: Vec<Outcome> = (0..n)
        .map(|i| {
            let outcome = |status, stage, decision| Outcome { status, stage, decision, awarded: false };
            let (returned, rejected) = (n_returned, n_returned + n_rejected);
            let pending = rejected + n_pending;
            let early = if i % 2 == 0 { Stage::Khoroo } else { Stage::District };
            let accepted = if i < pending + N_CITY.min(n / 4) { Stage::City } else { Stage::District };
            // Older practices had more time to be shown to peers, and to be put away.
            let status = match i % 10 {
                0..=4 => PracticeStatus::Identified,
                9 if !is_open => PracticeStatus::Archived,
                _ => PracticeStatus::Shared,
            };
            if i < returned {
                outcome(PracticeStatus::Returned, early, Decision::Returned)
            } else if i < rejected {
                outcome(PracticeStatus::Returned, early, Decision::Rejected)
            } else if i < pending {
                outcome(PracticeStatus::Submitted, early, Decision::Pending)
            } else {
                let awarded = i < pending + N_AWARDED[cycle].min(n / 12);
                Outcome { awarded, ..outcome(status, accepted, Decision::Accepted) }
            }
        })
        .collect();
    random.shuffle(&mut all);
    all
}

fn practice(
    scene: &Scene<'_>,
    id: String,
    host: &Khoroo,
    status: PracticeStatus,
    random: &mut Random,
) -> Practice {
    let idea = random.pick(&IDEAS);
    let variation = random.below(VARIATIONS.len());
    let (variation_mn, variation_en) = VARIATIONS[variation];
    let location = host.shape.as_ref().and_then(|shape| place_within(shape, random));
    let setting = match variation {
        0 => "ger",
        1 => "apartment",
        _ => scene.setting(&host.id),
    };
    Practice {
        title_mn: format!("{} ({variation_mn})", idea.title_mn),
        title_en: Some(format!("{} ({variation_en})", idea.title_en)),
        summary_mn: Some(format!("{} Зохиомол жишээ.", idea.summary_mn)),
        summary_en: Some(format!("{} An invented example.", idea.summary_en)),
        theme: idea.theme.into(),
        host: host.id.clone(),
        status,
        details: details(idea, setting, host, &mut scene.random(&[MORE, number_of(&id)])),
        location,
        illustrative: true,
        id,
    }
}

/// FNV-1a: a number of its own for each id.
fn number_of(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// What the host tells; days of use are added where the entry's day is known.
fn details(idea: &Idea, setting: &str, host: &Khoroo, random: &mut Random) -> PracticeDetails {
    let (did_mn, did_en) = *random.pick(&WHAT_WE_DID);
    let most = host.population.unwrap_or(4_000).max(20) as usize / 4;
    let people = 5 + random.below(most) as i64;
    let is_counted = random.chance(0.8);
    let (result_mn, result_en) = if is_counted {
        (
            format!("{} Жилд {people} хүн хүртсэн.", idea.result_mn),
            format!("{} {people} people had use of it in a year.", idea.result_en),
        )
    } else {
        (idea.result_mn.to_owned(), idea.result_en.to_owned())
    };
    let setup = if random.chance(0.15) { 0 } else { money(20_000, 900_000, random) };
    let year = if random.chance(0.25) { 0 } else { money(10_000, 250_000, random) };
    PracticeDetails {
        started_on: None,
        problem_mn: Some(idea.problem_mn.into()),
        problem_en: Some(idea.problem_en.into()),
        what_we_did_mn: Some(did_mn.into()),
        what_we_did_en: Some(did_en.into()),
        result_mn: Some(result_mn),
        result_en: Some(result_en),
        setting: Some(setting.into()),
        cost_setup: random.chance(0.85).then_some(setup),
        cost_year: random.chance(0.75).then_some(year),
        people_served: is_counted.then_some(people),
        replicability: random.chance(0.9).then_some(idea.replicability),
        maturity: None,
        last_confirmed_on: None,
    }
}

/// Writes an entry with its stages, and the days on which its practice changed.
fn enter(
    round: &Round,
    meeting: Meeting,
    mut practice: Practice,
    entered_on: Date,
    outcome: &Outcome,
    random: &mut Random,
    records: &mut Records,
) {
    let (id, cycle) = (practice.id.clone(), round.id.to_owned());
    let decided_on = days_later(entered_on, 14, 35, random);
    for (stage, reached_on) in
        [(Stage::Khoroo, entered_on), (Stage::District, decided_on), (Stage::City, round.forum)]
    {
        if stage <= outcome.stage {
            let is_last = stage == outcome.stage;
            records.identification_stages.push(IdentificationStage {
                practice: id.clone(),
                cycle: cycle.clone(),
                stage,
                reached_on,
                decision: if is_last { outcome.decision } else { Decision::Accepted },
                awarded: is_last && outcome.awarded,
                illustrative: true,
            });
        }
    }
    let status = outcome.status;
    let changes = &mut records.practice_status_changes;
    changes.push(changed(&id, entered_on, PracticeStatus::Submitted));
    if status == PracticeStatus::Returned {
        changes.push(changed(&id, decided_on, PracticeStatus::Returned));
    }
    // The day of `shared` is that of a workshop, step 2.
    if status.may_be_public() {
        changes.push(changed(&id, decided_on, PracticeStatus::Identified));
        practice.details.last_confirmed_on = random.chance(0.6).then(|| day_in(CONFIRMED, random));
    }
    if status == PracticeStatus::Archived {
        let put_away_on = day_in(PUT_AWAY, random);
        changes.push(changed(&id, put_away_on, PracticeStatus::Archived));
        practice.details.last_confirmed_on = None;
    }
    // In use for half a year before it was entered.
    practice.details.started_on = Some(before(entered_on, 183 + random.below(1_000)));
    debug_assert!(after(entered_on, 1) <= decided_on, "districts take their time");
    records.identifications.push(Identification {
        practice: id,
        cycle,
        khoroo: practice.host.clone(),
        entered_on,
        stage: outcome.stage,
        decision: outcome.decision,
        awarded: outcome.awarded,
        occasion: meeting.occasion((8, 40), random),
        illustrative: true,
    });
    records.practices.push(practice);
}

const PURPOSE: u64 = 0x4EC0;
const MORE: u64 = 0x4EC1;
