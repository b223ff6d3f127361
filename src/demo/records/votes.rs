//! Step 4: what khoroos that came back from a visit decided with their residents.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Scene;
use super::calendar::{Round, days_later};
use super::draw::Meeting;
use super::visits::Seen;
use crate::model::{KhorooId, Mode, Records, Vote, VoteDecision};

/// A copy that was voted for.
pub struct Decided {
    pub seen: Seen,
    pub on: Date,
}

/// What is decided of a practice that is not going to be copied in this cycle, of a hundred: yes, later.
const UNCOPIED_PCT: [(usize, usize); 2] = [(42, 75), (9, 55)];

/// Writes a vote for what each khoroo saw, once for each practice, and gives back the copies among them.
pub fn invent(scene: &Scene<'_>, round: &Round, seen: &[Seen], records: &mut Records) -> Vec<Decided> {
    let mut random = scene.random(&[PURPOSE, round.days.0.year() as u64]);
    let meeting = if round.is_replicating {
        Meeting { face_to_face: 66, online: 28 }
    } else {
        Meeting { face_to_face: 12, online: 82 }
    };
    let (yes, later) = UNCOPIED_PCT[usize::from(round.is_replicating)];
    // A khoroo that saw a practice twice votes on it after the visit that made it copy, else after the first.
    let copied: BTreeSet<(&KhorooId, &str)> =
        seen.iter().filter(|s| s.copies).map(|s| (&s.khoroo, s.practice.as_str())).collect();
    let mut voted: BTreeSet<(&KhorooId, &str)> = BTreeSet::new();
    let mut ranks: BTreeMap<&KhorooId, i64> = BTreeMap::new();
    let mut meetings: BTreeMap<(&KhorooId, Date), Date> = BTreeMap::new();
    let mut decided = Vec::new();
    // The practices that a khoroo copies come first in its ranking.
    let mut order: Vec<&Seen> = seen.iter().collect();
    order.sort_by_key(|s| !s.copies);
    for one in order {
        let pair = (&one.khoroo, one.practice.as_str());
        if (!one.copies && copied.contains(&pair)) || !voted.insert(pair) {
            continue;
        }
        // What was seen on one visit is voted on at one meeting.
        let held_on = meetings.entry((&one.khoroo, one.on));
        let decided_on = *held_on.or_insert_with(|| days_later(one.on, 5, 20, &mut random));
        let decision = match random.below(100) {
            _ if one.copies => VoteDecision::Replicate,
            at if at < yes => VoteDecision::Replicate,
            at if at < later => VoteDecision::Later,
            _ => VoteDecision::No,
        };
        let rank = ranks.entry(&one.khoroo).or_default();
        *rank += 1;
        let voters = 12 + random.below(90) as i64;
        let share =
            if decision == VoteDecision::No { random.between(0.05, 0.4) } else { random.between(0.45, 0.95) };
        let is_counted = random.chance(0.85);
        let plans = decision == VoteDecision::Replicate;
        records.votes.push(Vote {
            khoroo: one.khoroo.clone(),
            practice: one.practice.clone(),
            cycle: round.id.into(),
            rank: (decision != VoteDecision::No).then_some(*rank),
            votes: is_counted.then_some((voters as f64 * share) as i64),
            voters: is_counted.then_some(voters),
            citizens_involved: random.chance(0.9).then(|| random.chance(0.75)),
            decided_on,
            decision,
            planned_year: plans.then(|| planned_year(round, decided_on)),
            occasion: meeting.occasion((10, 60), &mut random),
            illustrative: true,
        });
        if one.copies {
            decided.push(Decided { seen: one.clone(), on: decided_on });
        }
    }
    decided
}

/// Budgets of a year are made in the autumn before; without a budget of its own a cycle plans for the next year.
fn planned_year(round: &Round, decided_on: Date) -> i16 {
    let is_next = !round.is_replicating || decided_on.month() >= 9;
    decided_on.year() + i16::from(is_next)
}

impl Seen {
    pub const fn is_online(&self) -> bool {
        matches!(self.mode, Mode::Virtual)
    }
}

const PURPOSE: u64 = 0x707E;
