//! What practices, hosts and khoroos bring to every question, found once for a snapshot.
//!
//! Owns: which offers, copies, visits, ratings, needs and ways count, on the ground of each vintage, and since which
//! day. Records that break a rule count nowhere. Knows no visitor: nothing here is an answer.

mod day;
mod residents;
mod sources;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::rank::quarter;
use super::score::Points;
use super::settings::Settings;
use super::times::TravelTimes;
use super::travel::{Travel, Way, WaySource};
use crate::geometry::distance::{Place, between_2};
use crate::model::audience::Audience;
use crate::model::{Maturity, Mode};
use crate::snapshot::Snapshot;
pub(super) use day::Day;
use day::Ratings;
use sources::Sources;

/// Made for one snapshot, and of no use with others.
pub struct Roster {
    /// By vintage.
    pub(super) grounds: Vec<Ground>,
    /// Codes of themes, by number.
    pub(super) themes: Vec<String>,
    /// Of all practices.
    ratings: Ratings,
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
    /// By audience and theme, as [`Day::ranked`] has it from `settled_on` on.
    ranked: [Vec<Vec<(Points, u32)>>; 2],
    /// The last day on which what practices bring changed.
    settled_on: Date,
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
    /// The office's.
    pub offers: Vec<OpenOffer>,
    /// Visits that its open offers take in a quarter together.
    pub capacity: i64,
    /// Days of visits, held or agreed, that show it.
    pub visits: Vec<Date>,
    /// Since when everybody may see it; `None` where that is not on record.
    pub identified_on: Option<Date>,
    pub awarded_on: Option<Date>,
    pub ratings: Ratings,
    pub maturity: Option<Maturity>,
    /// Points of ease.
    pub ease: Points,
    /// Khoroos that copy it or did, each since when.
    pub copies: Vec<(u32, Date)>,
    pub seen: Vec<Seen>,
}

/// A khoroo that was shown a practice, or is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub khoroo: u32,
    pub on: Date,
    /// The visit is agreed and not yet held.
    pub is_ahead: bool,
}

/// How many visits of which kind an open offer takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenOffer {
    /// Visits in a quarter.
    pub capacity: i64,
    /// `None` where any will do.
    pub mode: Option<Mode>,
    /// People; `None` for any number.
    pub group_max: Option<i64>,
}

impl OpenOffer {
    fn takes_on_site(&self) -> bool {
        self.mode != Some(Mode::Virtual)
    }

    fn takes_online(&self) -> bool {
        self.mode != Some(Mode::FaceToFace)
    }

    fn takes_group(&self, group: Option<i64>) -> bool {
        group.zip(self.group_max).is_none_or(|(group, most)| group <= most)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub on_site: bool,
    pub online: bool,
}

impl Shown {
    /// By offers together; `None` where there are none.
    pub fn by<'a>(mut offers: impl Iterator<Item = &'a OpenOffer>) -> Option<Self> {
        let of = |offer: &OpenOffer| Self { on_site: offer.takes_on_site(), online: offer.takes_online() };
        let first = of(offers.next()?);
        Some(offers.map(of).fold(first, |all, one| Self {
            on_site: all.on_site || one.on_site,
            online: all.online || one.online,
        }))
    }
}

/// Visits that open offers of a practice still take in a quarter.
///
/// An offer of any form counts for both forms, and once for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Takes {
    /// Those for which somebody travels, be they partly online.
    pub on_site: u32,
    pub online: u32,
    /// Of both forms together.
    pub all: u32,
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
        for (&(vintage, from, to), &minutes) in &times.ways(snapshot).minutes {
            grounds[vintage].khoroos[from].ways.insert(to as u32, (minutes, WaySource::File));
        }
        let ratings = sources.ratings();
        Self { grounds, themes, ratings }
    }

    pub fn theme(&self, code: &str) -> Option<u32> {
        self.themes.iter().position(|theme| theme == code).map(|at| at as u32)
    }

    /// What practices bring on a day.
    pub(super) fn day(&self, on: Date, audience: Audience, settings: &Settings) -> Day {
        Day::new(on, audience, &self.ratings, &settings.weights)
    }

    /// - `theme`: a number of this roster.
    pub fn theme_code(&self, theme: u32) -> &str {
        &self.themes[theme as usize]
    }

    /// Whether a host has visits left in the quarter of a day; to all but the office it always has.
    pub fn has_room(&self, (vintage, host): (usize, usize), day: Date, audience: Audience) -> bool {
        let hosts = &self.grounds[vintage].hosts;
        let is_free = |host: &Host| host.used(quarter(day)) < host.capacity;
        let found = hosts.binary_search_by_key(&host, |host| host.khoroo as usize);
        found.is_ok_and(|at| audience == Audience::Public || is_free(&hosts[at]))
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

    /// By theme, see [`Day::ranked`].
    pub fn ranked(&self, day: &Day) -> Cow<'_, [Vec<(Points, u32)>]> {
        let settled = &self.ranked[index(day.audience)];
        if day.on >= self.settled_on {
            Cow::Borrowed(settled)
        } else {
            Cow::Owned(day.ranked(&self.candidates, settled.len()))
        }
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
    pub fn used(&self, quarter: (Date, Date)) -> i64 {
        used(&self.visits, quarter)
    }
}

impl Candidate {
    /// What its offers still take of groups so large from the first day to before the second.
    ///
    /// Which offer an earlier visit was of is not on record, so it may have been any.
    ///
    /// - `mode`: of all visits; `None` where each is on site or online.
    pub fn left(&self, quarter: (Date, Date), mode: Option<Mode>, group: Option<i64>) -> Takes {
        let sum = |is: &dyn Fn(&OpenOffer) -> bool| {
            let fits = |offer: &&OpenOffer| offer.takes_group(group) && is(offer);
            self.offers.iter().filter(fits).map(|offer| offer.capacity).fold(0, i64::saturating_add)
        };
        let [on_site, online] = [sum(&OpenOffer::takes_on_site), sum(&OpenOffer::takes_online)];
        let left = self.capacity - used(&self.visits, quarter);
        let [on_site, online, all] = match mode {
            None => [on_site, online, sum(&|_| true)],
            Some(Mode::FaceToFace) => [on_site, 0, on_site],
            Some(Mode::Virtual) => [0, online, online],
            Some(Mode::Hybrid) => {
                // Of one offer that takes both forms, or of two: then it has a place of either.
                let alone = sum(&|offer| offer.takes_on_site() && offer.takes_online());
                let both = on_site.min(online).min(left.saturating_add(alone).div_euclid(2));
                [both, 0, both]
            }
        };
        let whole = |visits: i64| u32::try_from(visits.min(left).max(0)).unwrap_or(u32::MAX);
        Takes { on_site: whole(on_site), online: whole(online), all: whole(all) }
    }

    /// How its open offers for a group so large show it; `None` where there is none.
    pub fn shown_to(&self, group: Option<i64>) -> Option<Shown> {
        match group {
            None => self.shown,
            group => Shown::by(self.offers.iter().filter(|offer| offer.takes_group(group))),
        }
    }
}

fn used(visits: &[Date], (start, end): (Date, Date)) -> i64 {
    visits.iter().filter(|day| start <= **day && **day < end).count() as i64
}

/// Place of an audience in pairs.
const fn index(audience: Audience) -> usize {
    match audience {
        Audience::Public => 0,
        Audience::Internal => 1,
    }
}
