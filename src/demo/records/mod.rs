//! Invented records of the process: practices, identifications and replications of two cycles.
//!
//! The totals are those published: 144 identifications in 2020, 248 in 2022, 95 replications made in
//! 2022. They stay the same whatever the number of khoroos. Who, what and when is drawn by chance,
//! uneven as in life: a few khoroos are busy, many are silent, good ideas are copied by many.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::place::place_within;
use super::practices::{IDEAS, VARIATIONS};
use super::random::Random;
use super::themes::{COMPLETED, CYCLE_2020, CYCLE_2022, DAYS_2020, DAYS_2022};
use crate::model::{
    Decision, Identification, Khoroo, KhorooId, Lineage, Occasion, Practice, PracticeDetails, PracticeStatus,
    Replication, Stage,
};

/// Identifications of a cycle.
pub const N_IDENTIFIED_2020: usize = 144;
pub const N_IDENTIFIED_2022: usize = 248;
/// Replications by status, all of 2022; 95 of them made.
pub const REPLICATIONS: [(&str, usize); 5] =
    [(COMPLETED, 95), ("planned", 16), ("funded", 12), ("in_progress", 19), ("stopped", 8)];
const N_DRAFTS: usize = 14;

/// Records in the order of their keys.
pub struct Invented {
    pub practices: Vec<Practice>,
    pub identifications: Vec<Identification>,
    pub replications: Vec<Replication>,
}

/// How eager the khoroos of each district are, in the districts' order.
const EAGERNESS: [f64; 9] = [0.7, 0.9, 1.25, 0.9, 0.8, 1.2, 1.0, 1.3, 0.75];

/// Invents everything; `lineage` tells which khoroo of 2022 inherited ground of one of 2020.
pub fn invent(
    seed: u64,
    khoroos_2020: &[(usize, &Khoroo)],
    khoroos_2022: &[(usize, &Khoroo)],
    lineage: &[Lineage],
) -> Invented {
    let mut random = Random::stream(seed, &[PURPOSE]);
    let mut practices = Vec::new();
    let mut identifications = Vec::new();
    for (cycle, n, days, khoroos) in [
        (CYCLE_2020, N_IDENTIFIED_2020, DAYS_2020, khoroos_2020),
        (CYCLE_2022, N_IDENTIFIED_2022, DAYS_2022, khoroos_2022),
    ] {
        let hosts = hosts(n, khoroos, &mut random);
        for (nth, (host, outcome)) in hosts.into_iter().zip(outcomes(cycle, n, &mut random)).enumerate() {
            let id = format!("p-{cycle}-{:03}", nth + 1);
            practices.push(practice(id.clone(), host, outcome.status, &mut random));
            identifications.push(Identification {
                practice: id,
                cycle: cycle.into(),
                khoroo: host.id.clone(),
                entered_on: day_in(days.0, 0.45, days, &mut random),
                stage: outcome.stage,
                decision: outcome.decision,
                awarded: outcome.awarded,
                occasion: Occasion::default(),
                illustrative: true,
            });
        }
    }
    let replications = replications(&practices, khoroos_2022, lineage, &mut random);
    for (nth, host) in hosts(N_DRAFTS, khoroos_2022, &mut random).into_iter().enumerate() {
        practices.push(practice(format!("p-draft-{:02}", nth + 1), host, PracticeStatus::Draft, &mut random));
    }
    practices.sort_by(|a, b| a.id.cmp(&b.id));
    identifications.sort_by(|a, b| (&a.practice, &a.cycle).cmp(&(&b.practice, &b.cycle)));
    Invented { practices, identifications, replications }
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
fn outcomes(cycle: &str, n: usize, random: &mut Random) -> Vec<Outcome> {
    let is_open = cycle == CYCLE_2022;
    let n_awarded = if is_open { 8 } else { 5 };
    let (n_returned, n_rejected, n_pending) = (n / 14, n / 18, if is_open { n / 20 } else { 0 });
    let n_city = 36;
    let mut all: Vec<Outcome> = (0..n)
        .map(|i| {
            let outcome = |status, stage, decision| Outcome { status, stage, decision, awarded: false };
            let (returned, rejected) = (n_returned, n_returned + n_rejected);
            let pending = rejected + n_pending;
            let early = if i % 2 == 0 { Stage::Khoroo } else { Stage::District };
            let accepted = if i < pending + n_city { Stage::City } else { Stage::District };
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
                let awarded = i < pending + n_awarded;
                Outcome { awarded, ..outcome(status, accepted, Decision::Accepted) }
            }
        })
        .collect();
    random.shuffle(&mut all);
    all
}

fn practice(id: String, host: &Khoroo, status: PracticeStatus, random: &mut Random) -> Practice {
    let idea = &IDEAS[random.below(IDEAS.len())];
    let (variation_mn, variation_en) = VARIATIONS[random.below(VARIATIONS.len())];
    Practice {
        id,
        title_mn: format!("{} ({variation_mn})", idea.title_mn),
        title_en: Some(format!("{} ({variation_en})", idea.title_en)),
        summary_mn: Some(format!("{} Зохиомол жишээ.", idea.summary_mn)),
        summary_en: Some(format!("{} An invented example.", idea.summary_en)),
        theme: idea.theme.into(),
        host: host.id.clone(),
        status,
        details: PracticeDetails::default(),
        location: host.shape.as_ref().and_then(|shape| place_within(shape, random)),
        illustrative: true,
    }
}

/// Copies of identified practices in other khoroos of 2022.
fn replications(
    practices: &[Practice],
    khoroos: &[(usize, &Khoroo)],
    lineage: &[Lineage],
    random: &mut Random,
) -> Vec<Replication> {
    let mut heirs: BTreeMap<&KhorooId, BTreeSet<&KhorooId>> = BTreeMap::new();
    for row in lineage {
        heirs.entry(&row.from).or_default().insert(&row.to);
    }
    let offered: Vec<&Practice> = practices.iter().filter(|p| p.status.is_identified()).collect();
    // Shown practices are copied more, and a few are copied by many.
    let popular = Lottery::new(
        offered
            .iter()
            .map(|p| {
                let shown = if p.status == PracticeStatus::Shared { 3.0 } else { 1.0 };
                let u = random.unit();
                shown * (0.1 + u * u * u * u * 4.0)
            })
            .collect(),
    );
    let eager = Lottery::new(
        khoroos
            .iter()
            .map(|(district, _)| {
                let u = random.unit();
                EAGERNESS[*district] * (0.15 + u * u)
            })
            .collect(),
    );
    let statuses = REPLICATIONS.iter().flat_map(|&(status, n)| std::iter::repeat_n(status, n));
    let mut taken: BTreeSet<(&str, &KhorooId)> = BTreeSet::new();
    let mut all = Vec::new();
    for status in statuses {
        let (practice, khoroo) = loop {
            let practice = offered[popular.draw(random)];
            let khoroo = &khoroos[eager.draw(random)].1.id;
            let is_near = khoroo.code.district == practice.host.code.district;
            let is_own =
                practice.host == *khoroo || heirs.get(&practice.host).is_some_and(|h| h.contains(khoroo));
            // Two of three copies from another district are not made: people learn nearby.
            if !is_own && (is_near || !random.chance(0.66)) && taken.insert((&practice.id, khoroo)) {
                break (practice, khoroo);
            }
        };
        let decided_on = day_in(DAYS_2022.0.saturating_add(60.days()), 0.5, DAYS_2022, random);
        let completed_on = (status == COMPLETED)
            .then(|| day_in(decided_on.saturating_add(20.days()), 1.0, DAYS_2022, random));
        all.push(Replication {
            id: String::new(),
            practice: practice.id.clone(),
            khoroo: khoroo.clone(),
            cycle: CYCLE_2022.into(),
            status: status.into(),
            decided_on,
            completed_on,
            learning_route: None,
            adaptations: None,
            people_served: None,
            illustrative: true,
        });
    }
    all.sort_by(|a, b| (a.decided_on, &a.practice, &a.khoroo).cmp(&(b.decided_on, &b.practice, &b.khoroo)));
    for (nth, row) in (1..).zip(&mut all) {
        row.id = format!("r-2022-{nth:03}");
    }
    all
}

/// A day from `first` on, within the first `part` of what then remains of the cycle.
fn day_in(first: Date, part: f64, (_, last): (Date, Date), random: &mut Random) -> Date {
    let n_days = i64::from((last - first).get_days()).max(1);
    let ahead = (n_days as f64 * part * random.unit()) as i64;
    first.saturating_add(ahead.days())
}

/// Draws positions with chances in proportion to their weights.
struct Lottery {
    /// Running sums.
    upto: Vec<f64>,
}

impl Lottery {
    fn new(weights: Vec<f64>) -> Self {
        let mut sum = 0.0;
        let upto = weights
            .into_iter()
            .map(|w| {
                sum += w;
                sum
            })
            .collect();
        Self { upto }
    }

    fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.upto.last().copied().unwrap_or(0.0);
        self.upto.partition_point(|&sum| sum <= at).min(self.upto.len() - 1)
    }
}

const N_AT_ONE_HOST: usize = 6;
const PURPOSE: u64 = 0x4EC0;
