//! A period's visits for many visitors: from what they want to learn to an assignment, and what it is worth.
//!
//! [`Order`] is the question, with nothing left to default. [`plan`] has every practice scored for every visitor
//! (`partners`), solves the assignment ([`super::plan`]), and tells it in the terms of the question: who goes to
//! whom for what, who goes nowhere and why, what the two plans made by hand would have been, and what the pairs
//! decided by hand cost.
//!
//! Owns: from khoroos and practices to numbers and back; the bounds of one plan.
//! Design, audiences: everybody may have a plan, because it is made of what everybody may see: public practices,
//! open offers, the reader's own visitors, themes and capacity. The load that it tells is that of this plan alone.
//! Needs on record, visits held or agreed, what hosts' offers still take and how large groups may be enter for the
//! office alone, so nothing of them can be worked out from a public answer.

mod places;
mod told;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

pub use places::Quarter;

use super::plan::{Comparison, Instance, Need, Offer, Pair, PlanError};
use crate::model::Mode;
use crate::model::audience::Audience;
use crate::partners::{Asked, Pairing, Roster, Settings, Suggestion, Takes, Visitor, WhyNot, Wish};
use crate::snapshot::Snapshot;
use places::{Places, takes};

/// Visits at a host where nobody says how many: what an offer usually takes in a quarter.
pub const CAPACITY_DEFAULT: u32 = 2;
/// Pairs that one plan weighs. Too low: a city with many practices has no plan. Too high: one question takes
/// seconds and hundreds of MB.
pub const PAIRS_MAX: usize = 150_000;
/// Pairs times visits: at worst the assignment looks at every pair for every visit, which takes 4 ns each. Too low: a
/// city with several visits each has no plan. Too high: one question takes seconds.
pub const WORK_MAX: u64 = 100_000_000;
/// Points of a whole score.
const WHOLE: f64 = 1e6;

/// What is to be planned. Khoroos are indices of the vintage.
#[derive(Debug, Clone)]
pub struct Order {
    /// Position of the vintage.
    pub vintage: usize,
    /// No khoroo twice.
    pub guests: Vec<Guest>,
    /// First and last day.
    pub from: Date,
    pub to: Date,
    /// Its parts by quarter: those with a day on which offices are open; at least one.
    pub quarters: Vec<Quarter>,
    /// Visits of one visitor at most, ≥ 1.
    pub visits: u32,
    /// Visits at one host at most; `None`: [`CAPACITY_DEFAULT`], or for the office what offers leave.
    pub capacity: Option<u32>,
    /// People of one visitor.
    pub group: Option<i64>,
    pub mode: Option<Mode>,
    /// What a host's second visit costs in score, 0–1.
    pub fairness: f64,
    pub fixed: Vec<Fixed>,
    pub audience: Audience,
}

/// A visitor.
#[derive(Debug, Clone)]
pub struct Guest {
    pub khoroo: usize,
    pub wishes: Wishes,
}

#[derive(Debug, Clone)]
pub enum Wishes {
    /// Open needs on record; none for the public.
    OnRecord,
    /// As many practices of any theme as it may make visits.
    Any,
    /// One practice in each.
    Of(Vec<Wish>),
}

/// A pair that somebody has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    pub khoroo: usize,
    /// Position among the records.
    pub practice: usize,
}

/// A plan in the terms of its order.
#[derive(Debug, Clone)]
pub struct Month {
    /// In the order of the guests, each one's best first.
    pub assignments: Vec<Assignment>,
    pub unserved: Vec<Unserved>,
    /// Hosts with a visit, those with most first.
    pub hosts: Vec<HostLoad>,
    pub plan: Comparison,
    pub nearest: Comparison,
    pub greedy: Comparison,
    /// Of pairs decided by hand, where there are some.
    pub effect: Option<Effect>,
    /// Visitors that want nothing; of [`Wishes::OnRecord`] those without a need on record.
    pub without_needs: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct Assignment {
    pub khoroo: usize,
    /// Number of the theme in the roster; `None` where any was wanted.
    pub need: Option<u32>,
    pub suggestion: Suggestion,
    pub same_setting: Option<bool>,
    pub is_fixed: bool,
    /// A quarter of the order in which practice and host have room for it; `None` for the public.
    pub quarter: Option<usize>,
    /// The next best for the same need, best first.
    pub alternatives: Vec<Alternative>,
}

#[derive(Debug, Clone, Copy)]
pub struct Alternative {
    pub pairing: Pairing,
    /// Whether the plan leaves a place for it at its host.
    pub is_free: bool,
}

#[derive(Debug, Clone)]
pub struct Unserved {
    pub khoroo: usize,
    pub need: Option<u32>,
    /// Times without an answer, ≥ 1.
    pub missing: u32,
    pub why: WhyUnserved,
}

#[derive(Debug, Clone)]
pub enum WhyUnserved {
    /// No practice can be shown to it; how many, by first reason.
    NoHost { barred: BTreeMap<&'static str, usize> },
    /// It goes wherever something can be shown to it; how many practices cannot be, by first reason.
    NoMoreHosts { barred: BTreeMap<&'static str, usize> },
    /// It makes as many visits as allowed.
    VisitsUsed,
    /// All who could answer it have no place left for it. Other visitors that have these places, want them, or have
    /// those to which one of them could move instead, and these hosts: how many, and the first of them.
    PlacesTaken { n_competing: usize, competing: Vec<usize>, n_hosts: usize, hosts: Vec<usize> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostLoad {
    pub khoroo: usize,
    pub visits: u32,
    pub places: u32,
    /// Quarters of the order; none for the public.
    pub quarters: Vec<QuarterLoad>,
}

/// What a host takes in a quarter, and how much of it the plan uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterLoad {
    pub quarter: Quarter,
    pub visits: u32,
    pub places: u32,
    /// Practices with a visit in the quarter: position among the records, visits, places.
    pub practices: Vec<(usize, u32, u32)>,
}

/// What deciding by hand changes.
#[derive(Debug, Clone)]
pub struct Effect {
    pub without_fixed: Comparison,
    /// Visits that are made because of it, the decided ones among them, and visits that are not made any more:
    /// visitor, and position of the practice and index of its host.
    pub added: Vec<(usize, usize, usize)>,
    pub dropped: Vec<(usize, usize, usize)>,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OrderError {
    #[error("more than {PAIRS_MAX} pairs of visitor and practice; plan fewer visitors at once")]
    TooManyPairs,
    #[error("{n_pairs} pairs of visitor and practice times {n_visits} visits are more than {WORK_MAX}")]
    TooManyVisits { n_pairs: usize, n_visits: u64 },
    #[error("it is none of the visitors")]
    NoVisitor(Fixed),
    #[error("no khoroo of the vintage has that practice for all to see")]
    NoPractice(Fixed),
    #[error("it has no need in the theme of that practice")]
    NoNeed(Fixed),
    #[error("it cannot be shown that practice")]
    Barred(Fixed, WhyNot),
    #[error("{why}")]
    Impossible { fixed: Fixed, why: PlanError },
}

/// The plan of an order.
///
/// Errors: too much at once, or a decided pair that cannot be.
pub fn plan(
    snapshot: &Snapshot,
    roster: &Roster,
    settings: &Settings,
    order: &Order,
) -> Result<Month, OrderError> {
    let asked: Vec<Asked> = order.guests.iter().map(|guest| order.asked(guest.khoroo)).collect();
    let table = Table::of(snapshot, roster, settings, order, &asked)?;
    let free = table.instance(Vec::new());
    let decided = order.fixed.iter().map(|fixed| table.decided(*fixed)).collect::<Result<Vec<_>, _>>()?;
    let impossible = |why: PlanError| {
        let pair = why.pair();
        let (need, pairing) = table.pairs[pair];
        let khoroo = order.guests[table.needs[need].guest].khoroo;
        OrderError::Impossible { fixed: Fixed { khoroo, practice: pairing.practice }, why }
    };
    let instance = Instance { decided, ..free.clone() };
    let best = instance.plan().map_err(impossible)?;
    let nearest = instance.nearest().map_err(impossible)?;
    let greedy = instance.greedy().map_err(impossible)?;
    let without = if order.fixed.is_empty() { None } else { Some(free.plan().map_err(impossible)?) };
    Ok(Month {
        plan: instance.compare(&best.taken),
        nearest: instance.compare(&nearest.taken),
        greedy: instance.compare(&greedy.taken),
        effect: without.map(|without| table.effect(&free, &best, &without)),
        unserved: table.unserved(&best),
        hosts: table.loads(&best),
        assignments: table.assignments(&instance, &best),
        without_needs: table.without_needs(),
    })
}

impl Order {
    /// The question of one visitor. Season and copies are those of the first day.
    fn asked(&self, khoroo: usize) -> Asked {
        Asked {
            vintage: self.vintage,
            khoroo,
            theme: None,
            mode: self.mode,
            as_of: self.from,
            limit: 1,
            audience: self.audience,
        }
    }
}

/// All pairs of an order, in the order of the instance made from them.
struct Table<'a> {
    order: &'a Order,
    visitors: Vec<Visitor<'a>>,
    needs: Vec<Wanted>,
    /// With their needs; those of a visitor stand together.
    pairs: Vec<(usize, Pairing)>,
    /// By guest, where its pairs are.
    pairs_of: Vec<Range<usize>>,
    places: Places,
}

#[derive(Debug, Clone, Copy)]
struct Wanted {
    /// Index among the guests.
    guest: usize,
    /// `None` for any.
    theme: Option<u32>,
    times: u32,
}

impl<'a> Table<'a> {
    fn of(
        snapshot: &'a Snapshot,
        roster: &'a Roster,
        settings: &'a Settings,
        order: &'a Order,
        asked: &'a [Asked],
    ) -> Result<Self, OrderError> {
        let any: Vec<Wish> =
            (0..snapshot.records.themes.len() as u32).map(|theme| Wish { theme, urgency: None }).collect();
        let mut table = Self {
            order,
            visitors: Vec::with_capacity(order.guests.len()),
            needs: Vec::new(),
            pairs: Vec::new(),
            pairs_of: Vec::with_capacity(order.guests.len()),
            places: Places::of(roster, order, snapshot),
        };
        for (guest, (of, asked)) in order.guests.iter().zip(asked).enumerate() {
            let wishes = match &of.wishes {
                Wishes::OnRecord => None,
                Wishes::Any => Some(&any[..]),
                Wishes::Of(wishes) => Some(&wishes[..]),
            };
            let visitor = Visitor::new(snapshot, roster, settings, asked, order.to, wishes, order.group);
            table.add(guest, &visitor, matches!(of.wishes, Wishes::Any));
            table.visitors.push(visitor);
            if table.pairs.len() > PAIRS_MAX {
                return Err(OrderError::TooManyPairs);
            }
        }
        check_work(table.pairs.len(), table.n_visits())?;
        Ok(table)
    }

    /// That the visitors make at most.
    fn n_visits(&self) -> u64 {
        let mut wanted = vec![0_u32; self.visitors.len()];
        self.needs.iter().for_each(|need| wanted[need.guest] += need.times);
        wanted.into_iter().map(|wanted| u64::from(wanted.min(self.order.visits))).sum()
    }

    fn add(&mut self, guest: usize, visitor: &Visitor<'_>, wants_any: bool) {
        let (first, first_pair) = (self.needs.len(), self.pairs.len());
        if wants_any {
            self.needs.push(Wanted { guest, theme: None, times: self.order.visits });
        } else {
            let wanted = |theme| Wanted { guest, theme: Some(theme), times: 1 };
            self.needs.extend(visitor.themes().map(wanted));
        }
        for pairing in visitor.pairs() {
            let is_its = |need: &Wanted| need.theme.is_none_or(|theme| theme == pairing.theme);
            let nth = self.needs[first..].iter().position(is_its).expect("pairs are of themes wished for");
            self.pairs.push((first + nth, pairing));
        }
        self.pairs_of.push(first_pair..self.pairs.len());
    }

    /// Hosts are khoroos, offers practices, by their numbers.
    fn instance(&self, decided: Vec<usize>) -> Instance {
        let Places { hosts, host_quarters, practices, load } = &self.places;
        let of_nobody = |places: &Vec<Takes>| Offer { host: 0, places: vec![takes(0); places.len()] };
        let mut offers: Vec<Offer> = practices.iter().map(of_nobody).collect();
        for (_, pairing) in &self.pairs {
            let offer = &mut offers[pairing.practice];
            offer.host = pairing.host;
            offer.places.clone_from(&practices[pairing.practice]);
        }
        let pair = |(need, pairing): &(usize, Pairing)| Pair {
            need: *need,
            offer: pairing.practice,
            score: pairing.score as f64 / WHOLE,
            minutes: pairing.minutes,
            is_online: pairing.mode == Mode::Virtual,
            same_setting: pairing.same_setting,
        };
        Instance {
            n_visitors: self.visitors.len(),
            host_places: hosts.clone(),
            host_quarters: host_quarters.clone(),
            host_load: load.clone(),
            needs: self.needs.iter().map(|need| Need { visitor: need.guest, times: need.times }).collect(),
            offers,
            pairs: self.pairs.iter().map(pair).collect(),
            most_visits: self.order.visits,
            load_weight: self.order.fairness,
            decided,
        }
    }

    fn decided(&self, fixed: Fixed) -> Result<usize, OrderError> {
        let guest = self.order.guests.iter().position(|guest| guest.khoroo == fixed.khoroo);
        let guest = guest.ok_or(OrderError::NoVisitor(fixed))?;
        let own = self.pairs_of[guest].clone();
        let is_it = |(_, pairing): &(usize, Pairing)| pairing.practice == fixed.practice;
        if let Some(nth) = self.pairs[own.clone()].iter().position(is_it) {
            return Ok(own.start + nth);
        }
        Err(match self.visitors[guest].why_not(fixed.practice) {
            None => OrderError::NoPractice(fixed),
            Some(None) => OrderError::NoNeed(fixed),
            Some(Some(why)) => OrderError::Barred(fixed, why),
        })
    }
}

fn check_work(n_pairs: usize, n_visits: u64) -> Result<(), OrderError> {
    if n_pairs as u64 * n_visits <= WORK_MAX {
        return Ok(());
    }
    Err(OrderError::TooManyVisits { n_pairs, n_visits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_times_visits_are_bounded_and_a_city_with_five_visits_each_is_inside() {
        let n_pairs = PAIRS_MAX;
        let most = WORK_MAX / n_pairs as u64;
        assert_eq!(check_work(n_pairs, most), Ok(()));
        let n_visits = most + 1;
        assert_eq!(check_work(n_pairs, n_visits), Err(OrderError::TooManyVisits { n_pairs, n_visits }));
        assert_eq!(check_work(204 * 400, 204 * 5), Ok(()));
    }
}
