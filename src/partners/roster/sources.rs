//! Records by what they belong to, and practices and hosts of a vintage made of them.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::day::{Day, Ratings};
use super::residents::residents;
use super::{Candidate, Ground, Host, OpenOffer, Seen, Shown};
use crate::model::audience::Audience;
use crate::model::{Keyed, KhorooId, Offer, OfferStatus, PracticeStatus, Visit, VisitStatus};
use crate::partners::score::{self, Cost, PartKind};
use crate::partners::settings::Weights;
use crate::snapshot::{Carrier, PracticeHistories, Snapshot, VintageView, awarded_on, counting_statuses};

/// Records by what they belong to, the same for all vintages.
pub struct Sources<'a> {
    snapshot: &'a Snapshot,
    carrier: Carrier<'a>,
    themes: HashMap<&'a str, u32>,
    offers: HashMap<&'a str, Vec<&'a Offer>>,
    histories: PracticeHistories<'a>,
    /// By practice.
    ratings: HashMap<&'a str, Ratings>,
    ratings_of_all: Ratings,
    awarded: HashMap<&'a str, Date>,
    copies: HashMap<&'a str, Vec<(&'a KhorooId, Date)>>,
    seen: HashMap<&'a str, Vec<(&'a KhorooId, Date, bool)>>,
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
        let (ratings, ratings_of_all) = ratings(snapshot);
        let shown = shown_at(snapshot);
        let mut shown_on: HashMap<&str, Vec<Date>> = HashMap::new();
        for (practice, visit) in &shown {
            shown_on.entry(practice).or_default().push(visit.held_on);
        }
        Self {
            snapshot,
            carrier: snapshot.carrier(),
            themes: themes.iter().map(String::as_str).zip(0..).collect(),
            offers,
            histories: PracticeHistories::of(snapshot),
            ratings,
            ratings_of_all,
            awarded: awarded_on(snapshot),
            copies,
            seen: seen(snapshot, &shown),
            shown_on,
        }
    }

    /// Of all practices.
    pub fn ratings(self) -> Ratings {
        self.ratings_of_all
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
        let ranked = [Audience::Public, Audience::Internal].map(|audience| {
            Day::new(Date::MAX, audience, &self.ratings_of_all, weights)
                .ranked(&candidates, self.themes.len())
        });
        let changed = candidates.iter().flat_map(|own| [own.identified_on, own.awarded_on]);
        let settled_on = changed.chain([self.ratings_of_all.last_day()]).flatten().max().unwrap_or(Date::MIN);
        Ground { candidates, hosts, tree, khoroos, ranked, settled_on }
    }

    /// With the khoroos that have them.
    fn candidates(&self, vintage: usize, weights: &Weights) -> Vec<(u32, Candidate)> {
        let snapshot = self.snapshot;
        let on_ground = |list: Option<&Vec<(&'a KhorooId, Date)>>| -> Vec<(u32, Date)> {
            let carried =
                |&(khoroo, on): &(&KhorooId, Date)| Some((self.carrier.carry(khoroo, vintage)? as u32, on));
            list.into_iter().flatten().filter_map(carried).collect()
        };
        let seen_here = |&(khoroo, on, is_ahead): &(&KhorooId, Date, bool)| {
            Some(Seen { khoroo: self.carrier.carry(khoroo, vintage)? as u32, on, is_ahead })
        };
        let practices = snapshot.records.practices.iter().enumerate();
        let of_practice = |(at, practice): (usize, &'a crate::model::Practice)| {
            if !snapshot.standings.is_identified(practice) || !practice.is_sound(snapshot) {
                return None;
            }
            let home = snapshot.home(practice, vintage)?.khoroo as u32;
            let id = practice.id.as_str();
            let ease = score::ease(Cost::of(practice).first_year(), practice.details.replicability);
            let offers: Vec<OpenOffer> =
                self.offers.get(id).into_iter().flatten().map(|offer| open(offer)).collect();
            let candidate = Candidate {
                practice: at,
                theme: *self.themes.get(practice.theme.as_str())?,
                host: 0,
                is_archived: practice.status == PracticeStatus::Archived,
                shown: Shown::by(offers.iter()),
                capacity: offers.iter().map(|offer| offer.capacity).fold(0, i64::saturating_add),
                offers,
                visits: self.shown_on.get(id).cloned().unwrap_or_default(),
                identified_on: self.histories.identified_on(practice),
                awarded_on: self.awarded.get(id).copied(),
                ratings: self.ratings.get(id).cloned().unwrap_or_default(),
                maturity: practice.details.maturity,
                ease: score::points(weights.of(PartKind::Ease), ease),
                copies: on_ground(self.copies.get(id)),
                seen: self.seen.get(id).into_iter().flatten().filter_map(seen_here).collect(),
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

const fn open(offer: &Offer) -> OpenOffer {
    OpenOffer { capacity: offer.capacity_per_quarter, mode: offer.mode, group_max: offer.max_group }
}

/// Statuses of copies after which nobody need be shown the practice: made, or still under way.
fn lasting_statuses(snapshot: &Snapshot) -> BTreeSet<&str> {
    let records = &snapshot.records;
    let active = records.replication_statuses.iter().filter(|status| status.active);
    active.map(|status| status.code.as_str()).chain(counting_statuses(records)).collect()
}

/// Ratings of copies by practice and of all together; each copy has its latest review's.
fn ratings(snapshot: &Snapshot) -> (HashMap<&str, Ratings>, Ratings) {
    let records = &snapshot.records;
    let mut order: Vec<_> =
        records.ratings.iter().map(|rating| (rating.position, rating.code.as_str())).collect();
    order.sort_unstable();
    let worst = order.len().saturating_sub(1).max(1) as f64;
    let ranks: HashMap<&str, u64> = order.iter().zip(0..).map(|(&(_, code), rank)| (code, rank)).collect();
    let mut reviews: Vec<_> = records.reviews.iter().filter(|row| row.is_sound(snapshot)).collect();
    reviews.sort_by_key(|review| (review.reviewed_on, review.id.as_str()));
    let (mut of_practice, mut of_all) = (HashMap::<&str, Ratings>::new(), Ratings::default());
    let mut latest: HashMap<&str, u64> = HashMap::new();
    for review in reviews {
        let rank = ranks.get(review.rating.as_str());
        let (Some(&rank), Some(copy)) = (rank, snapshot.replication(&review.replication)) else { continue };
        let before = latest.insert(&review.replication, rank);
        let own = of_practice.entry(&copy.practice).or_default();
        for ratings in [own, &mut of_all] {
            ratings.note(review.reviewed_on, before, rank, worst);
        }
    }
    (of_practice, of_all)
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

/// Who was shown what and when, or, where the last is true, is to be by an agreed visit.
fn seen<'a>(
    snapshot: &'a Snapshot,
    shown: &[(&'a str, &'a Visit)],
) -> HashMap<&'a str, Vec<(&'a KhorooId, Date, bool)>> {
    let mut visitors: HashMap<&str, Vec<&KhorooId>> = HashMap::new();
    for row in snapshot.records.visit_visitors.iter().filter(|row| row.is_sound(snapshot)) {
        visitors.entry(&row.visit).or_default().push(&row.khoroo);
    }
    let mut seen: HashMap<&str, Vec<(&KhorooId, Date, bool)>> = HashMap::new();
    for (practice, visit) in shown {
        if let Some(khoroos) = visitors.get(visit.id.as_str()) {
            let is_ahead = visit.status == VisitStatus::Accepted;
            let on = khoroos.iter().map(|khoroo| (*khoroo, visit.held_on, is_ahead));
            seen.entry(practice).or_default().extend(on);
        }
    }
    seen
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
