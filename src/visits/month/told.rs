//! The pairs of a plan, told as visits: who goes to whom, who else could, and why somebody goes nowhere.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Alternative, Assignment, Effect, HostLoad, Quarter, QuarterLoad, Table, Unserved, WhyUnserved};
use crate::model::audience::Audience;
use crate::visits::plan::{Contest, Instance, Plan, Unanswered, Why};

/// Others that are told beside a visit.
const ALTERNATIVES: usize = 3;
/// Of a contest, visitors and hosts that are named; more help nobody.
const RIVALS_NAMED: usize = 20;

impl Table<'_> {
    pub(super) fn assignments(&self, instance: &Instance, plan: &Plan) -> Vec<Assignment> {
        let is_free = instance.free_kinds(&plan.taken);
        let mut of_need: Vec<Vec<usize>> = vec![Vec::new(); self.needs.len()];
        for (idx, (need, _)) in self.pairs.iter().enumerate() {
            of_need[*need].push(idx);
        }
        let mut taken: Vec<(usize, usize)> =
            plan.taken.iter().copied().zip(plan.quarters.iter().copied()).collect();
        taken.sort_by_key(|&(pair, _)| {
            let (need, pairing) = &self.pairs[pair];
            (self.needs[*need].guest, Reverse(pairing.score), pairing.practice)
        });
        let seen: BTreeSet<(usize, usize)> = taken.iter().map(|&(pair, _)| self.visit(pair)).collect();
        let assignment = |&(pair, quarter): &(usize, usize)| {
            let (need, pairing) = self.pairs[pair];
            let guest = self.needs[need].guest;
            let mut others: Vec<usize> =
                of_need[need].iter().copied().filter(|&other| !seen.contains(&self.visit(other))).collect();
            others.sort_by_key(|&other| (Reverse(self.pairs[other].1.score), self.pairs[other].1.practice));
            others.truncate(ALTERNATIVES);
            let alternative = |&other: &usize| {
                let pairing = self.pairs[other].1;
                Alternative { pairing, is_free: is_free[instance.kind_of(other).0] }
            };
            Assignment {
                khoroo: self.order.guests[guest].khoroo,
                need: self.needs[need].theme,
                suggestion: self.visitors[guest].suggestion(pairing.practice),
                same_setting: pairing.same_setting,
                is_fixed: instance.decided.contains(&pair),
                quarter: self.knows_quarters().then_some(quarter),
                alternatives: others.iter().map(alternative).collect(),
            }
        };
        taken.iter().map(assignment).collect()
    }

    pub(super) fn unserved(&self, plan: &Plan) -> Vec<Unserved> {
        let guests_of = |contest: &Contest| -> Vec<usize> {
            let guests: BTreeSet<usize> = contest.needs.iter().map(|&need| self.needs[need].guest).collect();
            guests.into_iter().map(|guest| self.order.guests[guest].khoroo).collect()
        };
        let rivals: Vec<Vec<usize>> = plan.contests.iter().map(guests_of).collect();
        let told = |unanswered: &Unanswered| {
            let wanted = self.needs[unanswered.need];
            let khoroo = self.order.guests[wanted.guest].khoroo;
            let barred = || self.visitors[wanted.guest].barred(wanted.theme);
            let why = match &unanswered.why {
                Why::NoPair => WhyUnserved::NoHost { barred: barred() },
                Why::NoMorePairs => WhyUnserved::NoMoreHosts { barred: barred() },
                Why::VisitsUsed => WhyUnserved::VisitsUsed,
                Why::PlacesTaken { contest } => {
                    let (rivals, hosts) = (&rivals[*contest], self.full_hosts_of(unanswered.need, plan));
                    let others = rivals.iter().copied().filter(|rival| *rival != khoroo);
                    WhyUnserved::PlacesTaken {
                        n_competing: rivals.len() - 1,
                        competing: others.take(RIVALS_NAMED).collect(),
                        n_hosts: hosts.len(),
                        hosts: hosts.into_iter().take(RIVALS_NAMED).collect(),
                    }
                }
            };
            Unserved { khoroo, need: wanted.theme, missing: unanswered.missing, why }
        };
        plan.unanswered.iter().map(told).collect()
    }

    /// Those that could answer it once more, in order.
    fn full_hosts_of(&self, need: usize, plan: &Plan) -> BTreeSet<usize> {
        let own = self.pairs_of[self.needs[need].guest].clone();
        // Taken pairs are in the order of the instance.
        let is_open = |&pair: &usize| self.pairs[pair].0 == need && plan.taken.binary_search(&pair).is_err();
        own.filter(is_open).map(|pair| self.pairs[pair].1.host).collect()
    }

    pub(super) fn loads(&self, plan: &Plan) -> Vec<HostLoad> {
        let mut at: BTreeMap<usize, BTreeMap<(usize, usize), u32>> = BTreeMap::new();
        for (&pair, &quarter) in plan.taken.iter().zip(&plan.quarters) {
            let pairing = &self.pairs[pair].1;
            *at.entry(pairing.host).or_default().entry((quarter, pairing.practice)).or_default() += 1;
        }
        let load = |(khoroo, visits): (usize, BTreeMap<(usize, usize), u32>)| HostLoad {
            khoroo,
            visits: visits.values().sum(),
            places: self.places.hosts[khoroo],
            quarters: self.quarter_loads(khoroo, &visits),
        };
        let mut hosts: Vec<HostLoad> = at.into_iter().map(load).collect();
        hosts.sort_by_key(|host| (Reverse(host.visits), host.khoroo));
        hosts
    }

    /// - `visits`: of a host, by quarter and practice.
    fn quarter_loads(&self, host: usize, visits: &BTreeMap<(usize, usize), u32>) -> Vec<QuarterLoad> {
        let load = |(nth, &quarter): (usize, &Quarter)| {
            let of_quarter = visits.range((nth, 0)..(nth + 1, 0));
            let practice = |(&(_, practice), &n): (&(usize, usize), &u32)| {
                (practice, n, self.places.practices[practice][nth].all)
            };
            let practices: Vec<(usize, u32, u32)> = of_quarter.map(practice).collect();
            QuarterLoad {
                quarter,
                visits: practices.iter().map(|(_, visits, _)| visits).sum(),
                places: self.places.host_quarters[host][nth],
                practices,
            }
        };
        let quarters = self.order.quarters.iter().enumerate();
        quarters.filter(|_| self.knows_quarters()).map(load).collect()
    }

    /// What offers take is the office's.
    fn knows_quarters(&self) -> bool {
        self.order.audience == Audience::Internal
    }

    pub(super) fn effect(&self, free: &Instance, with: &Plan, without: &Plan) -> Effect {
        let visits = |plan: &Plan| -> BTreeSet<(usize, usize)> {
            plan.taken.iter().map(|&pair| self.visit(pair)).collect()
        };
        let (with, without_visits) = (visits(with), visits(without));
        let host = |(guest, practice): &(usize, usize)| {
            (self.order.guests[*guest].khoroo, *practice, free.offers[*practice].host)
        };
        Effect {
            without_fixed: free.compare(&without.taken),
            added: with.difference(&without_visits).map(host).collect(),
            dropped: without_visits.difference(&with).map(host).collect(),
        }
    }

    pub(super) fn without_needs(&self) -> Vec<usize> {
        let wanting: BTreeSet<usize> = self.needs.iter().map(|need| need.guest).collect();
        let guests = self.order.guests.iter().enumerate();
        guests.filter(|(guest, _)| !wanting.contains(guest)).map(|(_, guest)| guest.khoroo).collect()
    }

    /// Guest and practice of a pair.
    fn visit(&self, pair: usize) -> (usize, usize) {
        let (need, pairing) = &self.pairs[pair];
        (self.needs[*need].guest, pairing.practice)
    }
}
