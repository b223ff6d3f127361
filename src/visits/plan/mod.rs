//! Who visits whom: visitors assigned to hosts.
//!
//! An [`Instance`] says who needs what, which offers have how many places, and which pairs are possible with
//! what score. [`Instance::plan`] answers as many needs as can be answered; among all such plans it takes those that
//! spread the visits over the visitors most evenly, and of these one with the highest sum of scores, each further
//! visit at the same host counting for less. So nobody is left out for the sake of a better match elsewhere, nobody
//! goes twice where another could go once, and a famous host does not get everybody. Offers and hosts take so many
//! visits in each quarter that the period touches, so each visit has a quarter in which both have room for it.
//!
//! Owns: the assignment, its two yardsticks (nearest host, greedy) and the figures that compare them.
//! Leaves to others: what a score is made of (`partners`), calendars, HTTP.
//! Design: scores are counted in millionths, so that the optimum is exact and equal on every machine.

mod compare;
mod flow;
mod network;
mod room;
mod simple;
mod slots;

use std::collections::BTreeMap;

pub use compare::Comparison;
use flow::Flow;
use network::{Built, Nodes, SINK, SOURCE};
use room::Room;

use crate::partners::Takes;

/// Parts of a score of 1.
const SCORE_UNIT: f64 = 1_000_000.0;

/// Visitors, needs, hosts and offers are counted from 0.
#[derive(Debug, Clone, Default)]
pub struct Instance {
    pub n_visitors: usize,
    /// Visits that each host can still take in the period.
    pub host_places: Vec<u32>,
    /// By host and quarter of the period, visits that it can still take in the quarter.
    pub host_quarters: Vec<Vec<u32>>,
    /// Visits that each host has in the period besides.
    pub host_load: Vec<u32>,
    pub needs: Vec<Need>,
    pub offers: Vec<Offer>,
    /// At most one for a need and an offer.
    pub pairs: Vec<Pair>,
    /// Visits of one visitor, ≥ 1.
    pub most_visits: u32,
    /// What a host's second visit costs in score, 0–1; the third costs twice that, and so on.
    pub load_weight: f64,
    /// Pairs that somebody has decided; the plan is made around them.
    pub decided: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
pub struct Need {
    pub visitor: usize,
    /// How often it can be answered, each time by another offer; ≥ 1.
    pub times: u32,
}

#[derive(Debug, Clone)]
pub struct Offer {
    pub host: usize,
    /// By quarter of the period, visits in which it can still be shown.
    pub places: Vec<Takes>,
}

/// Visits of an offer that are all on site or all online, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind(pub usize);

impl Kind {
    const fn of(offer: usize, is_online: bool) -> Self {
        Self(2 * offer + is_online as usize)
    }

    const fn offer(self) -> usize {
        self.0 / 2
    }

    const fn places(self, takes: Takes) -> u32 {
        if self.0.is_multiple_of(2) { takes.on_site } else { takes.online }
    }
}

/// An offer that would answer a need.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub need: usize,
    pub offer: usize,
    /// 0–1.
    pub score: f64,
    /// One way; `None` where it is unknown.
    pub minutes: Option<f64>,
    /// Nobody travels; so it is for all pairs of the visitor and the offer, or for none.
    pub is_online: bool,
    /// `None` where one of them is unknown.
    pub same_setting: Option<bool>,
}

/// Pairs taken, in the order of the instance, and why needs stay without one.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub taken: Vec<usize>,
    /// By pair taken, a quarter in which offer and host have room for it.
    pub quarters: Vec<usize>,
    pub unanswered: Vec<Unanswered>,
    pub contests: Vec<Contest>,
}

/// Needs that all that could answer them has no place left for: they compete for its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    pub needs: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    pub need: usize,
    /// Times that are left without an answer, ≥ 1.
    pub missing: u32,
    pub why: Why,
}

/// Why a need stays without an answer, in any plan that answers as many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No offer is possible for it.
    NoPair,
    /// It is answered by every offer that is possible for it, and by fewer than it asks for.
    NoMorePairs,
    /// Its visitor makes as many visits as allowed.
    VisitsUsed,
    /// It is one of the needs of a contest, by the contest's number in the plan: answering it leaves another of
    /// them without.
    PlacesTaken { contest: usize },
}

/// Why an instance has no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("decided pair {0} answers a need that other decided pairs answer")]
    NeedTwice(usize),
    #[error("decided pair {0} is one more visit than its visitor may make")]
    TooManyVisits(usize),
    #[error("decided pair {0} is one more than its offer has places")]
    NoPlace(usize),
    #[error("decided pair {0} is one more visit than its host may have")]
    HostFull(usize),
    #[error("decided pairs {0} and {1} are the same visitor at the same offer")]
    SameOfferTwice(usize, usize),
}

impl PlanError {
    /// The decided pair at fault, the later one of two.
    pub const fn pair(&self) -> usize {
        match self {
            Self::NeedTwice(pair)
            | Self::TooManyVisits(pair)
            | Self::NoPlace(pair)
            | Self::HostFull(pair)
            | Self::SameOfferTwice(_, pair) => *pair,
        }
    }
}

impl Instance {
    /// The plan described at the top of this module.
    pub fn plan(&self) -> Result<Plan, PlanError> {
        let room = Room::around(self, &self.decided)?;
        let Built { network, nodes, pair_arcs, slot_arcs } = Built::of(self, &room);
        let flow = network.solve(SOURCE, SINK);
        let mut taken = self.decided.clone();
        taken.extend(pair_arcs.iter().filter(|(_, arc)| flow.through(*arc) > 0).map(|(pair, _)| *pair));
        taken.sort_unstable();
        let (unanswered, contests) = self.unanswered(&taken, &nodes, &flow);
        let quarters = self.in_quarters(&taken, network::slots(&slot_arcs, self, &flow));
        Ok(Plan { taken, quarters, unanswered, contests })
    }

    /// By kind, whether there is room for one more visit beside the pairs of a plan of this instance.
    pub fn free_kinds(&self, taken: &[usize]) -> Vec<bool> {
        let room = Room::around(self, taken).expect("the pairs of a plan are possible together");
        let is_free =
            |kind: Kind| room.host_places[self.offers[kind.offer()].host] > 0 && room.slots.has_room(kind);
        self.kinds().map(is_free).collect()
    }

    /// The first pairs of a kind are in the first of its quarters.
    ///
    /// - `slots`: by kind and quarter, how many of the pairs are in it.
    fn in_quarters(&self, taken: &[usize], mut slots: Vec<Vec<u32>>) -> Vec<usize> {
        let quarter = |&pair: &usize| {
            let slots = &mut slots[self.kind_of(pair).0];
            let quarter = slots.iter().position(|n| *n > 0).expect("each pair taken is in a quarter");
            slots[quarter] -= 1;
            quarter
        };
        taken.iter().map(quarter).collect()
    }

    /// How unevenly visits are spread over visitors: pairs of visits of one visitor. [`Instance::plan`] makes it as
    /// small as it can.
    pub fn unevenness(&self, taken: &[usize]) -> i64 {
        let mut visits = vec![0; self.n_visitors];
        taken.iter().fold(0, |uneven, &pair| {
            let visits = &mut visits[self.visitor_of(pair)];
            *visits += 1;
            uneven + *visits - 1
        })
    }

    /// Sum of scores of the pairs less the cost of load, in millionths, that of other visits not counted: what
    /// [`Instance::plan`] makes as large as it can among plans that are as even.
    pub fn worth(&self, taken: &[usize]) -> i64 {
        let mut load: Vec<i64> = self.host_load.iter().map(|&load| i64::from(load)).collect();
        taken.iter().fold(0, |worth, &pair| {
            let load = &mut load[self.host_of(pair)];
            *load += 1;
            worth + in_millionths(self.pairs[pair].score) - in_millionths(self.load_weight) * (*load - 1)
        })
    }

    fn kinds(&self) -> impl Iterator<Item = Kind> {
        (0..2 * self.offers.len()).map(Kind)
    }

    pub fn kind_of(&self, pair: usize) -> Kind {
        let Pair { offer, is_online, .. } = self.pairs[pair];
        Kind::of(offer, is_online)
    }

    fn host_of(&self, pair: usize) -> usize {
        self.offers[self.pairs[pair].offer].host
    }

    fn visitor_of(&self, pair: usize) -> usize {
        self.needs[self.pairs[pair].need].visitor
    }

    fn unanswered(&self, taken: &[usize], nodes: &Nodes, flow: &Flow) -> (Vec<Unanswered>, Vec<Contest>) {
        let mut missing: Vec<u32> = self.needs.iter().map(|need| need.times).collect();
        let mut visits = vec![0; self.n_visitors];
        let (mut has_pair, mut has_more) = (vec![false; self.needs.len()], vec![false; self.needs.len()]);
        for (idx, pair) in self.pairs.iter().enumerate() {
            has_pair[pair.need] = true;
            // Taken pairs are in the order of the instance.
            if taken.binary_search(&idx).is_ok() {
                missing[pair.need] -= 1;
                visits[self.visitor_of(idx)] += 1;
            } else {
                has_more[pair.need] = true;
            }
        }
        let is_crowded_out = |&need: &usize| {
            missing[need] > 0 && has_more[need] && visits[self.needs[need].visitor] < self.most_visits
        };
        let crowded_out = (0..self.needs.len()).filter(is_crowded_out);
        let (contest_of, contests) = self.contests(crowded_out, nodes, flow);
        let why = |need: usize| {
            if !has_pair[need] {
                Why::NoPair
            } else if !has_more[need] {
                Why::NoMorePairs
            } else if let Some(contest) = contest_of[need].filter(|_| is_crowded_out(&need)) {
                Why::PlacesTaken { contest }
            } else {
                Why::VisitsUsed
            }
        };
        let unanswered = (0..self.needs.len())
            .filter(|&need| missing[need] > 0)
            .map(|need| Unanswered { need, missing: missing[need], why: why(need) })
            .collect();
        (unanswered, contests)
    }

    /// What can still be reached from needs in the flow is all full; the needs in there compete for it. By need
    /// the number of its contest.
    fn contests(
        &self,
        needs: impl Iterator<Item = usize>,
        nodes: &Nodes,
        flow: &Flow,
    ) -> (Vec<Option<usize>>, Vec<Contest>) {
        let basins = flow.basins(needs.map(|need| nodes.need(need)), SOURCE);
        let mut number: BTreeMap<u32, usize> = BTreeMap::new();
        let mut contests: Vec<Contest> = Vec::new();
        let mut contest_of = vec![None; self.needs.len()];
        for (need, contest) in contest_of.iter_mut().enumerate() {
            let Some(basin) = basins[nodes.need(need) as usize] else { continue };
            let at = *number.entry(basin).or_insert(contests.len());
            if at == contests.len() {
                contests.push(Contest { needs: Vec::new() });
            }
            contests[at].needs.push(need);
            *contest = Some(at);
        }
        (contest_of, contests)
    }
}

fn in_millionths(score: f64) -> i64 {
    (score * SCORE_UNIT).round() as i64
}

#[cfg(test)]
mod tests;
