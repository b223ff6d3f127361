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
    /// A visit that is partly online may be of two offers.
    pub fn takes(&self, mode: Option<Mode>) -> bool {
        let is_of =
            |own: Mode| own == Mode::Hybrid || mode.is_none_or(|mode| mode == own || mode == Mode::Hybrid);
        self.mode.is_none_or(is_of)
    }
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
    /// Visits of the form, and of groups so large, that its offers still take from the first day to before the second.
    ///
    /// Which offer an earlier visit was of is not on record, so it may have been any. Without a form offers of any
    /// form count together.
    pub fn left(&self, quarter: (Date, Date), mode: Option<Mode>, group: Option<i64>) -> i64 {
        let fits = |offer: &&OpenOffer| {
            offer.takes(mode) && group.zip(offer.group_max).is_none_or(|(group, most)| group <= most)
        };
        let fitting =
            self.offers.iter().filter(fits).map(|offer| offer.capacity).fold(0, i64::saturating_add);
        (self.capacity - used(&self.visits, quarter)).min(fitting).max(0)
    }

    /// People that the largest of its offers of a form takes; `None` where one takes any number.
    pub fn group_max(&self, mode: Option<Mode>) -> Option<i64> {
        let limits = self.offers.iter().filter(|offer| offer.takes(mode)).map(|offer| offer.group_max);
        limits.collect::<Option<Vec<i64>>>()?.into_iter().max()
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
