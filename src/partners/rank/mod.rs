//! From a question to the best practices: filters, points, the walk outward, and its end.
//!
//! Owns: who is scored and when the walk may stop. A host ahead brings at most: what its way adds from here on,
//! plus the most that any practice not yet seen brings by itself, plus the most that setting and free visits can
//! add. Once the last of the wanted has more, nobody ahead can enter.

mod filters;
mod needs;
mod walk;

use jiff::Span;
use jiff::civil::Date;

use super::roster::{Candidate, Day, Ground, Host, Resident, Roster};
use super::score::{self, Cost, Input, Part, PartKind, Points, points};
use super::settings::Settings;
use super::travel::Way;
use super::whynot::{Passed, WhyNot};
use crate::model::Mode;
use crate::model::audience::Audience;
use crate::snapshot::Snapshot;
use filters::FILTERS;
pub(super) use filters::bars;
use needs::needs;
pub(super) use needs::{Need, on_record};
use walk::Walk;

/// A question.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Position of the vintage whose ground it is about.
    pub vintage: usize,
    /// Index of the visitor.
    pub khoroo: usize,
    /// Number of a theme in the roster; `None` for all, or for the needs that are known.
    pub theme: Option<u32>,
    pub mode: Option<Mode>,
    /// The day of the visit.
    pub as_of: Date,
    pub limit: usize,
    pub audience: Audience,
}

/// The best practices, and how many were looked at for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// The best first.
    pub suggestions: Vec<Suggestion>,
    pub n_hosts_visited: usize,
    pub n_candidates_visited: usize,
}

/// A practice that the khoroo could learn.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Position among the records.
    pub practice: usize,
    /// Index of the khoroo that has it.
    pub host: usize,
    /// The sum of the parts.
    pub score: Points,
    pub parts: [Part; 6],
    pub way: Way,
    /// Metres between the borders, 0 where they touch; `None` without lines.
    pub distance_m: Option<f64>,
    pub mode: Mode,
}

impl Suggestion {
    /// One way; `None` for a visit online, for which nobody travels, and where the way is unknown.
    pub fn travel_minutes(&self) -> Option<f64> {
        self.way.minutes.filter(|_| self.mode != Mode::Virtual)
    }
}

/// Months for which a visit keeps the same practice from being suggested again.
const SEEN_MONTHS: i8 = 24;

/// The best `asked.limit` practices; the walk ends as soon as no other can enter.
pub fn suggest(snapshot: &Snapshot, roster: &Roster, settings: &Settings, asked: &Asked) -> Suggested {
    let query = Query::new(snapshot, roster, settings, asked);
    let ground = query.ground;
    let mut walk = Walk::new(&query);
    // Ways that were loaded follow no distance, and a host without a place is nowhere on the way.
    let apart = |host: &Host| {
        query.own.ways.contains_key(&host.khoroo) || ground.khoroos[host.khoroo as usize].place.is_none()
    };
    for (host, nth) in ground.hosts.iter().zip(0..) {
        if query.own.place.is_none() || apart(host) {
            walk.visit(nth);
        }
    }
    if let Some(place) = query.own.place {
        for (host, gap_2) in ground.tree.nearest_neighbor_iter_with_distance_2(place) {
            let minutes = query.settings.travel.minutes(gap_2.sqrt(), asked.as_of);
            if walk.can_end(query.proximity(Some(minutes))) {
                break;
            }
            walk.visit(host.data);
        }
    }
    let n_hosts_visited = walk.visited.iter().filter(|visited| **visited).count();
    let suggestions = walk.best.iter().map(|best| query.suggestion(best)).collect();
    Suggested { suggestions, n_hosts_visited, n_candidates_visited: walk.n_candidates }
}

/// Everybody, the best first, and why the others are not among them.
pub fn rank_all(
    snapshot: &Snapshot,
    roster: &Roster,
    settings: &Settings,
    asked: &Asked,
) -> (Vec<Suggestion>, Vec<Passed>) {
    let query = Query::new(snapshot, roster, settings, asked);
    let (mut ranked, mut passed) = (Vec::new(), Vec::new());
    for candidate in &query.ground.candidates {
        let Some(need) = query.needs[candidate.theme as usize] else { continue };
        let way = query.way(candidate.host);
        let reasons: Vec<WhyNot> =
            FILTERS.iter().filter_map(|filter| filter(&query, candidate, way.minutes)).collect();
        if reasons.is_empty() {
            ranked.push(query.scored(candidate, need, way.minutes));
        } else {
            let host = query.ground.hosts[candidate.host as usize].khoroo as usize;
            passed.push(Passed { practice: candidate.practice, host, reasons });
        }
    }
    ranked.sort_by_key(Scored::order);
    (ranked.iter().map(|scored| query.suggestion(scored)).collect(), passed)
}

/// A question with what is the same for all practices.
pub(super) struct Query<'a> {
    snapshot: &'a Snapshot,
    settings: &'a Settings,
    asked: &'a Asked,
    roster: &'a Roster,
    pub ground: &'a Ground,
    pub own: &'a Resident,
    day: Day,
    /// By theme: urgency and points; `None` where the theme is not asked for.
    pub needs: Vec<Option<Need>>,
    /// People that come; `None` where that is not looked at.
    pub group: Option<i64>,
    /// First day of the quarter, and of the next one.
    quarter: (Date, Date),
    /// Visits held after the first day, up to the second, keep a practice from being suggested again; agreed ones
    /// also those of later days.
    pub seen_within: (Date, Date),
}

/// A practice with its points.
#[derive(Clone, Copy)]
pub(super) struct Scored<'a> {
    pub candidate: &'a Candidate,
    pub score: Points,
}

impl Scored<'_> {
    /// Falls from the best to the last; no two are equal.
    fn order(&self) -> (std::cmp::Reverse<Points>, usize) {
        (std::cmp::Reverse(self.score), self.candidate.practice)
    }
}

impl<'a> Query<'a> {
    pub fn new(snapshot: &'a Snapshot, roster: &'a Roster, settings: &'a Settings, asked: &'a Asked) -> Self {
        let ground = &roster.grounds[asked.vintage];
        let own = &ground.khoroos[asked.khoroo];
        Self {
            snapshot,
            settings,
            asked,
            roster,
            ground,
            own,
            day: roster.day(asked.as_of, asked.audience, settings),
            needs: needs(roster, settings, own, asked),
            group: None,
            quarter: quarter(asked.as_of),
            seen_within: (asked.as_of.saturating_sub(Span::new().months(SEEN_MONTHS)), asked.as_of),
        }
    }

    fn is_internal(&self) -> bool {
        self.asked.audience == Audience::Internal
    }

    fn weight(&self, part: PartKind) -> f64 {
        self.settings.weights.of(part)
    }

    fn proximity(&self, minutes: Option<f64>) -> Points {
        points(self.weight(PartKind::Proximity), score::proximity(minutes))
    }

    pub fn way(&self, host: u32) -> Way {
        let khoroo = self.ground.hosts[host as usize].khoroo as usize;
        self.ground.way(self.asked.khoroo, khoroo, &self.settings.travel, self.asked.as_of)
    }

    /// Visits of the quarter, and how many the host takes.
    fn load(&self, host: u32) -> (i64, i64) {
        let host = &self.ground.hosts[host as usize];
        (host.used(self.quarter), host.capacity)
    }

    /// For the office.
    fn used_of(&self, host: u32) -> Option<(i64, i64)> {
        self.is_internal().then(|| self.load(host))
    }

    fn setting(&self, host: u32) -> f64 {
        let there = &self.ground.khoroos[self.ground.hosts[host as usize].khoroo as usize];
        let same = self.own.setting.as_ref().zip(there.setting.as_ref()).map(|(own, there)| own == there);
        score::setting(same, self.own.population.zip(there.population))
    }

    /// A practice that no filter bars.
    pub fn scored(&self, candidate: &'a Candidate, need: Need, minutes: Option<f64>) -> Scored<'a> {
        let score = need.points
            + self.proximity(minutes)
            + self.day.fixed(candidate)
            + points(self.weight(PartKind::Setting), self.setting(candidate.host))
            + points(self.weight(PartKind::Capacity), score::capacity(self.used_of(candidate.host)));
        Scored { candidate, score }
    }

    /// The same with every part and what it was made from.
    pub fn suggestion(&self, scored: &Scored<'_>) -> Suggestion {
        let candidate = scored.candidate;
        let practice = &self.snapshot.records.practices[candidate.practice];
        let details = &practice.details;
        let host = self.ground.hosts[candidate.host as usize].khoroo as usize;
        let there = &self.ground.khoroos[host];
        let way = self.way(candidate.host);
        let urgency = self.needs[candidate.theme as usize].and_then(|need| need.urgency);
        let rated = self.day.rated(candidate);
        let is_awarded = self.day.is_awarded(candidate);
        let is_copied = candidate.copies.iter().any(|(_, on)| *on <= self.asked.as_of);
        let cost = Cost::of(practice);
        let used_of = self.used_of(candidate.host);
        let part = |kind: PartKind, value: f64, is_known: bool, input: Input| {
            let weight = self.weight(kind);
            Part { kind, weight, value, points: points(weight, value), is_known, input }
        };
        let parts = [
            part(
                PartKind::Need,
                score::need(urgency),
                urgency.is_some(),
                Input::Need { theme: self.roster.themes[candidate.theme as usize].clone(), urgency },
            ),
            part(
                PartKind::Proximity,
                score::proximity(way.minutes),
                way.minutes.is_some(),
                Input::Proximity { minutes: way.minutes },
            ),
            part(
                PartKind::Quality,
                self.day.quality(candidate),
                rated.is_some_and(|rated| rated.n > 0) || is_awarded || details.maturity.is_some(),
                Input::Quality { rated, is_awarded, maturity: details.maturity, is_copied },
            ),
            part(
                PartKind::Setting,
                self.setting(candidate.host),
                (self.own.setting.is_some() && there.setting.is_some())
                    || (self.own.population.is_some() && there.population.is_some()),
                Input::Setting {
                    own: self.own.setting.clone(),
                    host: there.setting.clone(),
                    own_population: self.own.population,
                    host_population: there.population,
                },
            ),
            part(
                PartKind::Ease,
                score::ease(cost.first_year(), details.replicability),
                cost.first_year().is_some() || details.replicability.is_some(),
                Input::Ease { cost, replicability: details.replicability },
            ),
            part(
                PartKind::Capacity,
                score::capacity(used_of),
                used_of.is_some(),
                Input::Capacity { used_of },
            ),
        ];
        let outlines = self.snapshot.vintages[self.asked.vintage].geography.outlines.as_ref();
        let distance_m =
            outlines.and_then(|outlines| outlines.distance_m(self.asked.khoroo as u32, host as u32));
        let mode = self.mode(candidate, way.minutes).expect("a filter bars what cannot be shown");
        Suggestion { practice: candidate.practice, host, score: scored.score, parts, way, distance_m, mode }
    }

    /// How the practice would be shown to the group: on site where way and offers allow it. `None` where it cannot be.
    pub fn mode(&self, candidate: &Candidate, minutes: Option<f64>) -> Option<Mode> {
        self.mode_to(self.group, candidate, minutes)
    }

    /// - `group`: `None` for one of any size.
    pub fn mode_to(&self, group: Option<i64>, candidate: &Candidate, minutes: Option<f64>) -> Option<Mode> {
        let shown = candidate.shown_to(group)?;
        let limit_min = self.settings.travel.on_site_max_min;
        let on_site = shown.on_site && minutes.is_none_or(|minutes| minutes <= limit_min);
        match self.asked.mode {
            Some(Mode::Hybrid) => (on_site && shown.online).then_some(Mode::Hybrid),
            Some(Mode::FaceToFace) | None if on_site => Some(Mode::FaceToFace),
            Some(Mode::FaceToFace) => None,
            Some(Mode::Virtual) | None => shown.online.then_some(Mode::Virtual),
        }
    }
}

/// First day of the day's quarter, and of the next one.
pub fn quarter(day: Date) -> (Date, Date) {
    let first = day.first_of_month();
    let start = first.saturating_sub(Span::new().months((first.month() - 1) % 3));
    (start, start.saturating_add(Span::new().months(3)))
}
