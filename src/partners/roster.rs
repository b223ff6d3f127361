//! What practices, hosts and khoroos bring to every question, found once for a snapshot.
//!
//! Owns: which offers, copies, visits, ratings, needs and ways count, on the ground of each vintage. Records that
//! break a rule count nowhere. Knows no visitor: nothing here is an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::score::{self, MIDDLE, PartKind, Points, Rated};
use super::settings::{Settings, Weights};
use super::travel::{Named, Travel, TravelTimes, Way, WaySource};
use crate::geometry::distance::{Place, between_2};
use crate::model::audience::Audience;
use crate::model::{
    Keyed, KhorooId, LineageKind, Mode, NeedStatus, Offer, OfferStatus, PracticeStatus, VisitStatus,
};
use crate::snapshot::{Carrier, PLANE, Snapshot, VintageView, counting_statuses, sound_facts};

/// Made for one snapshot, and of no use with others.
pub struct Roster {
    /// By vintage.
    pub(super) grounds: Vec<Ground>,
    /// Codes of themes, by number.
    pub(super) themes: Vec<String>,
    /// Khoroos that the file of travel times names and no vintage has.
    pub unknown_khoroos: Vec<String>,
}

/// Practices as they stand on the ground of one vintage.
pub(super) struct Ground {
    /// Those of one host stand together.
    pub candidates: Vec<Candidate>,
    /// In the khoroos' order.
    pub hosts: Vec<Host>,
    /// Hosts that have a place.
    pub tree: RTree<GeomWithData<Place, u32>>,
    /// By khoroo.
    pub khoroos: Vec<Resident>,
    /// By audience and theme: hosts that may be suggested, with the most that their practices bring whoever
    /// asks, the most first.
    ranked: [Vec<Vec<(Points, u32)>>; 2],
}

/// A khoroo that has practices.
pub(super) struct Host {
    pub khoroo: u32,
    pub candidates: Range<u32>,
    /// Visits that its open offers take in a quarter.
    pub capacity: i64,
    /// Days of visits held or agreed.
    pub visits: Vec<Date>,
}

/// A practice that is identified, so that everybody may see it.
pub(super) struct Candidate {
    /// Position among the records.
    pub practice: usize,
    pub theme: u32,
    pub host: u32,
    pub is_archived: bool,
    /// How its open offers show it; `None` where there is none.
    pub shown: Option<Shown>,
    /// People that the largest of its open offers takes; `None` where one takes any number. The office's.
    pub group_max: Option<i64>,
    pub rated: Rated,
    pub is_awarded: bool,
    /// Points of quality and of ease together, by audience.
    pub fixed: [Points; 2],
    /// Khoroos that copy it or did, each since when.
    pub copies: Vec<(u32, Date)>,
    /// Khoroos that were shown it, each on its days.
    pub seen: Vec<(u32, Date)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub on_site: bool,
    pub online: bool,
}

/// A khoroo as visitor or host.
#[derive(Default)]
pub(super) struct Resident {
    /// Of the office, else a point inside.
    pub place: Option<Place>,
    pub setting: Option<String>,
    pub population: Option<i64>,
    /// Khoroos cut from the same one, itself left out.
    pub siblings: Vec<u32>,
    /// Loaded times by khoroo of arrival.
    pub ways: BTreeMap<u32, (f64, WaySource)>,
    /// Open needs, each with the day since which it is.
    pub needs: Vec<(u32, Option<i16>, Date)>,
}

impl Roster {
    pub fn of(snapshot: &Snapshot, settings: &Settings, times: &TravelTimes) -> Self {
        let themes: Vec<String> = snapshot.records.themes.iter().map(|theme| theme.code.clone()).collect();
        let sources = Sources::of(snapshot, &themes);
        let mut grounds: Vec<Ground> = snapshot
            .vintages
            .iter()
            .enumerate()
            .map(|(at, view)| sources.ground(at, view, &settings.weights))
            .collect();
        let unknown_khoroos = add_file(&mut grounds, snapshot, times);
        Self { grounds, themes, unknown_khoroos }
    }

    pub fn theme(&self, code: &str) -> Option<u32> {
        self.themes.iter().position(|theme| theme == code).map(|at| at as u32)
    }

    /// - `theme`: a number of this roster.
    pub fn theme_code(&self, theme: u32) -> &str {
        &self.themes[theme as usize]
    }

    /// Practices of a vintage's ground that are looked at, and khoroos that have some.
    pub fn size(&self, vintage: usize) -> (usize, usize) {
        (self.grounds[vintage].candidates.len(), self.grounds[vintage].hosts.len())
    }
}

impl Ground {
    pub fn candidates_of(&self, host: u32) -> impl Iterator<Item = &Candidate> {
        let range = self.hosts[host as usize].candidates.clone();
        self.candidates[range.start as usize..range.end as usize].iter()
    }

    pub fn ranked(&self, audience: Audience, theme: u32) -> &[(Points, u32)] {
        &self.ranked[index(audience)][theme as usize]
    }

    /// From khoroo to khoroo on a day: as loaded, else estimated.
    pub fn way(&self, from: usize, to: usize, travel: &Travel, on: Date) -> Way {
        let [own, there] = [from, to].map(|khoroo| &self.khoroos[khoroo]);
        let straight_m = own.place.zip(there.place).map(|(own, there)| between_2(own, there).sqrt());
        if let Some(&(minutes, source)) = own.ways.get(&(to as u32)) {
            return Way { minutes: Some(minutes), source, straight_m };
        }
        let minutes = straight_m.map(|metres| travel.minutes(metres, on));
        Way { minutes, source: WaySource::Estimate, straight_m }
    }
}

impl Host {
    /// Visits held or agreed from the first day to before the second.
    pub fn used(&self, (start, end): (Date, Date)) -> i64 {
        self.visits.iter().filter(|day| start <= **day && **day < end).count() as i64
    }
}

/// Place of an audience in pairs.
pub(super) const fn index(audience: Audience) -> usize {
    match audience {
        Audience::Public => 0,
        Audience::Internal => 1,
    }
}

/// Records by what they belong to, the same for all vintages.
struct Sources<'a> {
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
}

impl<'a> Sources<'a> {
    fn of(snapshot: &'a Snapshot, themes: &'a [String]) -> Self {
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
            seen: seen(snapshot),
        }
    }

    fn ground(&self, vintage: usize, view: &VintageView, weights: &Weights) -> Ground {
        let mut candidates = self.candidates(vintage, weights);
        candidates.sort_by_key(|(khoroo, candidate)| (*khoroo, candidate.practice));
        let hosts = self.hosts(vintage, &candidates);
        for (host, nth) in hosts.iter().zip(0..) {
            let range = host.candidates.start as usize..host.candidates.end as usize;
            candidates[range].iter_mut().for_each(|(_, candidate)| candidate.host = nth);
        }
        let candidates: Vec<Candidate> = candidates.into_iter().map(|(_, candidate)| candidate).collect();
        let khoroos = self.khoroos(vintage, view);
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
            let ease = score::ease(score::first_year_cost(practice), practice.details.replicability);
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
        for visit in &self.snapshot.records.visits {
            if matches!(visit.status, VisitStatus::Held | VisitStatus::Accepted)
                && visit.is_sound(self.snapshot)
                && let Some(khoroo) = self.carrier.carry(&visit.host, vintage)
            {
                visits.entry(khoroo as u32).or_default().push(visit.held_on);
            }
        }
        let mut hosts: Vec<Host> = Vec::new();
        let mut start = 0;
        for same in candidates.chunk_by(|a, b| a.0 == b.0) {
            let khoroo = same[0].0;
            let practices =
                same.iter().map(|(_, candidate)| &self.snapshot.records.practices[candidate.practice]);
            let offers = practices.filter_map(|practice| self.offers.get(practice.id.as_str())).flatten();
            let capacity = offers.map(|offer| offer.capacity_per_quarter).fold(0, i64::saturating_add);
            let end = start + same.len() as u32;
            let visits = visits.remove(&khoroo).unwrap_or_default();
            hosts.push(Host { khoroo, candidates: start..end, capacity, visits });
            start = end;
        }
        hosts
    }

    fn khoroos(&self, vintage: usize, view: &VintageView) -> Vec<Resident> {
        let snapshot = self.snapshot;
        let plane = |at: crate::model::GridPoint| {
            let (x, y) = PLANE.from_degrees(at.lon(), at.lat());
            [x, y]
        };
        let units = view.geography.khoroos.iter().enumerate();
        let mut khoroos: Vec<Resident> = units
            .map(|(idx, unit)| Resident {
                place: view.offices.metres(idx).or_else(|| unit.label.map(plane)),
                population: unit.population,
                ..Resident::default()
            })
            .collect();
        let idx_of = |id: &KhorooId| {
            (id.vintage == view.vintage.id).then(|| view.geography.khoroo_idx(&id.code)).flatten()
        };
        let mut newest: HashMap<usize, i16> = HashMap::new();
        for fact in sound_facts(&snapshot.records, &snapshot.verdict) {
            if let (Some(idx), Some(setting)) = (idx_of(&fact.khoroo), &fact.setting)
                && newest.get(&idx).is_none_or(|year| *year < fact.year)
            {
                newest.insert(idx, fact.year);
                khoroos[idx].setting = Some(setting.clone());
            }
        }
        for need in snapshot.records.needs.iter().filter(|need| need.status == NeedStatus::Open) {
            if let (true, Some(khoroo), Some(&theme)) = (
                need.is_sound(snapshot),
                self.carrier.carry(&need.khoroo, vintage),
                self.themes.get(need.theme.as_str()),
            ) {
                khoroos[khoroo].needs.push((theme, need.urgency, need.since));
            }
        }
        for way in snapshot.records.travel_times.iter().filter(|way| way.is_sound(snapshot)) {
            if let (Some(from), Some(to)) = (idx_of(&way.from), idx_of(&way.to)) {
                khoroos[from].ways.insert(to as u32, (way.minutes as f64, WaySource::Store));
            }
        }
        for (a, b) in siblings(snapshot, view) {
            khoroos[a as usize].siblings.push(b);
        }
        khoroos
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

/// Who was shown what, and when.
fn seen(snapshot: &Snapshot) -> HashMap<&str, Vec<(&KhorooId, Date)>> {
    let records = &snapshot.records;
    let held = records.visits.iter().filter(|v| v.status == VisitStatus::Held && v.is_sound(snapshot));
    let held: HashMap<&str, Date> = held.map(|visit| (visit.id.as_str(), visit.held_on)).collect();
    let mut visitors: HashMap<&str, Vec<&KhorooId>> = HashMap::new();
    for row in records.visit_visitors.iter().filter(|row| row.is_sound(snapshot)) {
        visitors.entry(&row.visit).or_default().push(&row.khoroo);
    }
    let mut seen: HashMap<&str, Vec<(&KhorooId, Date)>> = HashMap::new();
    for row in records.visit_practices.iter().filter(|row| row.is_sound(snapshot)) {
        if let (Some(&on), Some(khoroos)) = (held.get(row.visit.as_str()), visitors.get(row.visit.as_str())) {
            seen.entry(&row.practice).or_default().extend(khoroos.iter().map(|khoroo| (*khoroo, on)));
        }
    }
    seen
}

/// Pairs of khoroos of a vintage that were cut from one earlier khoroo, both ways round. Ground that changed
/// sides between two that both went on makes no siblings.
fn siblings(snapshot: &Snapshot, view: &VintageView) -> BTreeSet<(u32, u32)> {
    let mut parents: HashMap<&KhorooId, Vec<&KhorooId>> = HashMap::new();
    for pair in snapshot.lineage.iter().filter(|pair| pair.kind != LineageKind::BoundaryChange) {
        parents.entry(&pair.to).or_default().push(&pair.from);
    }
    let mut of_ancestor: BTreeMap<&KhorooId, Vec<u32>> = BTreeMap::new();
    let own: Vec<KhorooId> = view
        .geography
        .khoroos
        .iter()
        .map(|unit| KhorooId {
            vintage: view.vintage.id.clone(),
            code: crate::model::KhorooCode { district: unit.district.clone(), number: unit.number },
        })
        .collect();
    for (id, idx) in own.iter().zip(0..) {
        let mut ancestors: BTreeSet<&KhorooId> = BTreeSet::new();
        let mut ahead: Vec<&KhorooId> = parents.get(id).into_iter().flatten().copied().collect();
        while let Some(ancestor) = ahead.pop() {
            if ancestors.insert(ancestor) {
                ahead.extend(parents.get(ancestor).into_iter().flatten());
            }
        }
        for ancestor in ancestors {
            of_ancestor.entry(ancestor).or_default().push(idx);
        }
    }
    let pairs = of_ancestor.values().flat_map(|family| {
        family.iter().flat_map(move |&a| family.iter().filter(move |&&b| a != b).map(move |&b| (a, b)))
    });
    pairs.collect()
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

/// Adds the times of a file; gives the khoroos that are not there.
fn add_file(grounds: &mut [Ground], snapshot: &Snapshot, times: &TravelTimes) -> Vec<String> {
    let mut unknown = BTreeSet::new();
    let find = |named: &Named| {
        let (vintage, code) = match named {
            Named::Version(id) => {
                (snapshot.vintages.iter().position(|v| v.vintage.id == id.vintage)?, &id.code)
            }
            Named::Newest(code) => (snapshot.vintages.len().checked_sub(1)?, code),
        };
        Some((vintage, snapshot.vintages[vintage].geography.khoroo_idx(code)?))
    };
    for (from, to, minutes) in &times.rows {
        let mut found = |named: &Named| {
            let found = find(named);
            if found.is_none() {
                unknown.insert(match named {
                    Named::Version(id) => id.to_string(),
                    Named::Newest(code) => code.to_string(),
                });
            }
            found
        };
        if let (Some((vintage, from)), Some((other, to))) = (found(from), found(to))
            && vintage == other
        {
            grounds[vintage].khoroos[from].ways.insert(to as u32, (*minutes, WaySource::File));
        }
    }
    unknown.into_iter().collect()
}

/// Whether a record breaks no rule.
trait Sound {
    fn is_sound(&self, snapshot: &Snapshot) -> bool;
}

impl<T: Keyed> Sound for T {
    fn is_sound(&self, snapshot: &Snapshot) -> bool {
        let broken = &snapshot.verdict.broken;
        broken.is_empty() || !broken.contains(&self.key())
    }
}
