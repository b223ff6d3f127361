//! Records by what they belong to, and practices and hosts of a vintage made of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::residents::residents;
use super::{Candidate, Ground, Host, Shown};
use crate::model::{Keyed, KhorooId, Mode, Offer, OfferStatus, PracticeStatus, Visit, VisitStatus};
use crate::partners::score::{self, Cost, MIDDLE, PartKind, Points, Rated};
use crate::partners::settings::Weights;
use crate::snapshot::{Carrier, Snapshot, VintageView, counting_statuses};

/// Records by what they belong to, the same for all vintages.
pub struct Sources<'a> {
    snapshot: &'a Snapshot,
    carrier: Carrier<'a>,
    themes: HashMap<&'a str, u32>,
    offers: HashMap<&'a str, Vec<&'a Offer>>,
    /// Ratings of copies, 1 the best, by practice; in order, as their mean depends on it in its last digits.
    ratings: BTreeMap<&'a str, Vec<f64>>,
    mean_of_all: f64,
    awarded: BTreeSet<&'a str>,
    copies: HashMap<&'a str, Vec<(&'a KhorooId, Date)>>,
    seen: HashMap<&'a str, Vec<(&'a KhorooId, Date)>>,
    /// Days of visits, held or agreed, by the practice that they show.
    shown_on: HashMap<&'a str, Vec<Date>>,
}

impl<'a> Sources<'a> {
    pub fn of(snapshot: &'a Snapshot, themes: &'a [String]) -> Self {
        let records = &snapshot.records;
        let is_sound = |row: &dyn Sound| row.is_sound(snapshot);
        let mut offers: HashMap<&str, Vec<&Offer>> = HashMap::new();
        for offer in records.offers.iter().filter(|row| row.status == OfferStatus::Open && is_sound(*row)) {
            offers.entry(&offer.practice).or_default().push(offer);
        }
        let lasting = lasting_statuses(snapshot);
        let mut copies: HashMap<&str, Vec<(&KhorooId, Date)>> = HashMap::new();
        for copy in records.replications.iter().filter(|row| is_sound(*row)) {
            if lasting.contains(copy.status.as_str()) {
                copies.entry(&copy.practice).or_default().push((&copy.khoroo, copy.decided_on));
            }
        }
        let entries = records.identifications.iter().filter(|row| row.awarded && is_sound(*row));
        let ratings = ratings(snapshot);
        let shown = shown_at(snapshot);
        let mut shown_on: HashMap<&str, Vec<Date>> = HashMap::new();
        for (practice, visit) in &shown {
            shown_on.entry(practice).or_default().push(visit.held_on);
        }
        let given: Vec<f64> = ratings.values().flatten().copied().collect();
        let mean_of_all =
            if given.is_empty() { MIDDLE } else { given.iter().sum::<f64>() / given.len() as f64 };
        Self {
            snapshot,
            carrier: snapshot.carrier(),
            themes: themes.iter().map(String::as_str).zip(0..).collect(),
            offers,
            ratings,
            mean_of_all,
            awarded: entries.map(|row| row.practice.as_str()).collect(),
            copies,
            seen: seen(snapshot, &shown),
            shown_on,
        }
    }

    pub fn ground(&self, vintage: usize, view: &VintageView, weights: &Weights) -> Ground {
        let mut candidates = self.candidates(vintage, weights);
        candidates.sort_by_key(|(khoroo, candidate)| (*khoroo, candidate.practice));
        let hosts = self.hosts(vintage, &candidates);
        for (host, nth) in hosts.iter().zip(0..) {
            let range = host.candidates.start as usize..host.candidates.end as usize;
            candidates[range].iter_mut().for_each(|(_, candidate)| candidate.host = nth);
        }
        let candidates: Vec<Candidate> = candidates.into_iter().map(|(_, candidate)| candidate).collect();
        let khoroos = residents(self.snapshot, &self.carrier, &self.themes, vintage, view);
        let placed =
            |(host, nth): (&Host, u32)| Some(GeomWithData::new(khoroos[host.khoroo as usize].place?, nth));
        let tree = RTree::bulk_load(hosts.iter().zip(0..).filter_map(placed).collect());
        let ranked = [0, 1].map(|audience| ranked(&candidates, self.themes.len(), audience));
        Ground { candidates, hosts, tree, khoroos, ranked }
    }

    /// With the khoroos that have them.
    fn candidates(&self, vintage: usize, weights: &Weights) -> Vec<(u32, Candidate)> {
        let snapshot = self.snapshot;
        let on_ground = |list: Option<&Vec<(&'a KhorooId, Date)>>| -> Vec<(u32, Date)> {
            let carried =
                |&(khoroo, on): &(&KhorooId, Date)| Some((self.carrier.carry(khoroo, vintage)? as u32, on));
            list.into_iter().flatten().filter_map(carried).collect()
        };
        let practices = snapshot.records.practices.iter().enumerate();
        let of_practice = |(at, practice): (usize, &'a crate::model::Practice)| {
            if !snapshot.standings.is_identified(practice) || !practice.is_sound(snapshot) {
                return None;
            }
            let home = snapshot.home(practice, vintage)?.khoroo as u32;
            let id = practice.id.as_str();
            let given = self.ratings.get(id).map_or(&[][..], Vec::as_slice);
            let mean = (!given.is_empty()).then(|| given.iter().sum::<f64>() / given.len() as f64);
            let rated = Rated { n: given.len(), mean, mean_of_all: self.mean_of_all };
            let is_awarded = self.awarded.contains(id);
            let maturity = practice.details.maturity;
            let ease = score::ease(Cost::of(practice).first_year(), practice.details.replicability);
            let fixed = [None, Some(rated)].map(|rated| {
                let quality = score::quality(rated, is_awarded, maturity);
                score::points(weights.of(PartKind::Quality), quality)
                    + score::points(weights.of(PartKind::Ease), ease)
            });
            let candidate = Candidate {
                practice: at,
                theme: *self.themes.get(practice.theme.as_str())?,
                host: 0,
                is_archived: practice.status == PracticeStatus::Archived,
                shown: self.offers.get(id).map(|offers| shown(offers)),
                group_max: self.offers.get(id).and_then(|offers| group_max(offers)),
                capacity: self.offers.get(id).map_or(0, |offers| capacity(offers)),
                visits: self.shown_on.get(id).cloned().unwrap_or_default(),
                rated,
                is_awarded,
                fixed,
                copies: on_ground(self.copies.get(id)),
                seen: on_ground(self.seen.get(id)),
            };
            Some((home, candidate))
        };
        practices.filter_map(of_practice).collect()
    }

    /// - `candidates`: sorted by khoroo.
    fn hosts(&self, vintage: usize, candidates: &[(u32, Candidate)]) -> Vec<Host> {
        let mut visits: HashMap<u32, Vec<Date>> = HashMap::new();
        for visit in firm_visits(self.snapshot) {
            if let Some(khoroo) = self.carrier.carry(&visit.host, vintage) {
                visits.entry(khoroo as u32).or_default().push(visit.held_on);
            }
        }
        let mut hosts: Vec<Host> = Vec::new();
        let mut start = 0;
        for same in candidates.chunk_by(|a, b| a.0 == b.0) {
            let khoroo = same[0].0;
            let capacity = same.iter().map(|(_, candidate)| candidate.capacity).fold(0, i64::saturating_add);
            let end = start + same.len() as u32;
            let visits = visits.remove(&khoroo).unwrap_or_default();
            hosts.push(Host { khoroo, candidates: start..end, capacity, visits });
            start = end;
        }
        hosts
    }
}

/// How open offers show a practice together.
fn shown(offers: &[&Offer]) -> Shown {
    let may_be =
        |mode: Mode| move |offer: &&Offer| offer.mode.is_none_or(|own| own == mode || own == Mode::Hybrid);
    Shown {
        on_site: offers.iter().any(may_be(Mode::FaceToFace)),
        online: offers.iter().any(may_be(Mode::Virtual)),
    }
}

/// The largest group that open offers take; `None` where one sets no limit.
fn group_max(offers: &[&Offer]) -> Option<i64> {
    let limits: Option<Vec<i64>> = offers.iter().map(|offer| offer.max_group).collect();
    limits?.into_iter().max()
}

/// Visits that open offers take in a quarter together.
fn capacity(offers: &[&Offer]) -> i64 {
    offers.iter().map(|offer| offer.capacity_per_quarter).fold(0, i64::saturating_add)
}

/// Statuses of copies after which nobody need be shown the practice: made, or still under way.
fn lasting_statuses(snapshot: &Snapshot) -> BTreeSet<&str> {
    let records = &snapshot.records;
    let active = records.replication_statuses.iter().filter(|status| status.active);
    active.map(|status| status.code.as_str()).chain(counting_statuses(records)).collect()
}

/// Ratings of copies by practice; each copy has its latest review's, 1 the best, 0 the last of the list.
fn ratings(snapshot: &Snapshot) -> BTreeMap<&str, Vec<f64>> {
    let records = &snapshot.records;
    let mut order: Vec<_> =
        records.ratings.iter().map(|rating| (rating.position, rating.code.as_str())).collect();
    order.sort_unstable();
    let worst = order.len().saturating_sub(1).max(1) as f64;
    let value: HashMap<&str, f64> =
        order.iter().enumerate().map(|(rank, (_, code))| (*code, 1.0 - rank as f64 / worst)).collect();
    let mut latest: BTreeMap<&str, (Date, &str, f64)> = BTreeMap::new();
    for review in records.reviews.iter().filter(|row| row.is_sound(snapshot)) {
        let Some(&value) = value.get(review.rating.as_str()) else { continue };
        let of_copy = (review.reviewed_on, review.id.as_str(), value);
        let before = latest.entry(&review.replication).or_insert(of_copy);
        if (before.0, before.1) < (of_copy.0, of_copy.1) {
            *before = of_copy;
        }
    }
    let mut ratings: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (copy, (_, _, value)) in latest {
        if let Some(copy) = snapshot.replication(copy) {
            ratings.entry(&copy.practice).or_default().push(value);
        }
    }
    ratings
}

/// Visits held or agreed.
fn firm_visits(snapshot: &Snapshot) -> impl Iterator<Item = &Visit> {
    let is_firm = |visit: &&Visit| matches!(visit.status, VisitStatus::Held | VisitStatus::Accepted);
    snapshot.records.visits.iter().filter(is_firm).filter(|visit| visit.is_sound(snapshot))
}

/// Practices with the visits, held or agreed, that show them.
fn shown_at(snapshot: &Snapshot) -> Vec<(&str, &Visit)> {
    let visits: HashMap<&str, &Visit> =
        firm_visits(snapshot).map(|visit| (visit.id.as_str(), visit)).collect();
    let rows = snapshot.records.visit_practices.iter().filter(|row| row.is_sound(snapshot));
    rows.filter_map(|row| Some((row.practice.as_str(), *visits.get(row.visit.as_str())?))).collect()
}

/// Who was shown what, or is to be by an agreed visit, and when.
fn seen<'a>(
    snapshot: &'a Snapshot,
    shown: &[(&'a str, &'a Visit)],
) -> HashMap<&'a str, Vec<(&'a KhorooId, Date)>> {
    let mut visitors: HashMap<&str, Vec<&KhorooId>> = HashMap::new();
    for row in snapshot.records.visit_visitors.iter().filter(|row| row.is_sound(snapshot)) {
        visitors.entry(&row.visit).or_default().push(&row.khoroo);
    }
    let mut seen: HashMap<&str, Vec<(&KhorooId, Date)>> = HashMap::new();
    for (practice, visit) in shown {
        if let Some(khoroos) = visitors.get(visit.id.as_str()) {
            let on = khoroos.iter().map(|khoroo| (*khoroo, visit.held_on));
            seen.entry(practice).or_default().extend(on);
        }
    }
    seen
}

/// By theme: hosts with practices that may be suggested, and the most that these bring, the most first.
fn ranked(candidates: &[Candidate], n_themes: usize, audience: usize) -> Vec<Vec<(Points, u32)>> {
    let mut best: Vec<BTreeMap<u32, Points>> = vec![BTreeMap::new(); n_themes];
    for candidate in candidates.iter().filter(|c| !c.is_archived && c.shown.is_some()) {
        let most = best[candidate.theme as usize].entry(candidate.host).or_insert(Points::MIN);
        *most = candidate.fixed[audience].max(*most);
    }
    let sorted = best.into_iter().map(|hosts| {
        let mut hosts: Vec<(Points, u32)> = hosts.into_iter().map(|(host, points)| (points, host)).collect();
        hosts.sort_unstable_by_key(|&(points, host)| (std::cmp::Reverse(points), host));
        hosts
    });
    sorted.collect()
}

/// Whether a record breaks no rule.
pub trait Sound {
    fn is_sound(&self, snapshot: &Snapshot) -> bool;
}

impl<T: Keyed> Sound for T {
    fn is_sound(&self, snapshot: &Snapshot) -> bool {
        let broken = &snapshot.verdict.broken;
        broken.is_empty() || !broken.contains(&self.key())
    }
}
