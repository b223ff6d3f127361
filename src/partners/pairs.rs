//! Every practice that a visitor could be shown, with little more than its score: what plans are made from.
//!
//! A plan weighs tens of thousands of pairs and shows a few hundred, so parts, distances between borders and words
//! are made for those alone ([`Visitor::suggestion`]). Filters and score are those of suggestions. Only the load of
//! hosts bars nobody here: a plan counts places itself, in every quarter that it touches.
//!
//! Owns: the pair. Leaves to others: the plan (`visits`).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::rank::{Asked, Need, Query, Scored, Suggestion, bars, on_record, quarter};
use super::roster::{Candidate, Roster, Takes};
use super::score::Points;
use super::settings::Settings;
use super::travel::Way;
use super::whynot::WhyNot;
use crate::model::Mode;
use crate::model::audience::Audience;
use crate::snapshot::Snapshot;

/// A theme in which a visitor wants to learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Number of the theme in the roster.
    pub theme: u32,
    /// 1 to 3; `None` for that on record, where the office asks, else unknown.
    pub urgency: Option<i16>,
}

/// A practice that a visitor could be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairing {
    /// Position among the records.
    pub practice: usize,
    /// Number in the roster.
    pub theme: u32,
    /// Index of the khoroo that has it.
    pub host: usize,
    pub score: Points,
    /// One way; `None` where it is unknown.
    pub minutes: Option<f64>,
    pub mode: Mode,
    /// `None` where the setting of one is unknown.
    pub same_setting: Option<bool>,
}

impl Pairing {
    /// One way; `None` for a visit online, for which nobody travels, and where the way is unknown.
    pub fn travel_minutes(&self) -> Option<f64> {
        self.minutes.filter(|_| self.mode != Mode::Virtual)
    }
}

/// One of the visitors of a plan.
pub struct Visitor<'a> {
    query: Query<'a>,
}

impl<'a> Visitor<'a> {
    /// - `asked`: its theme and limit are not looked at; `as_of` is the period's first day, `until` its last.
    /// - `wishes`: `None` for the needs on record.
    /// - `group`: people; looked at for the office alone, as what hosts can take is theirs to tell.
    pub fn new(
        snapshot: &'a Snapshot,
        roster: &'a Roster,
        settings: &'a Settings,
        asked: &'a Asked,
        until: Date,
        wishes: Option<&[Wish]>,
        group: Option<i64>,
    ) -> Self {
        let mut query = Query::new(snapshot, roster, settings, asked);
        query.seen_within.1 = until;
        let known = on_record(roster, settings, query.own, asked);
        query.needs = match wishes {
            None => known,
            Some(wishes) => {
                let mut needs = vec![None; known.len()];
                for wish in wishes {
                    let told = wish.urgency.or(known[wish.theme as usize].and_then(|need| need.urgency));
                    needs[wish.theme as usize] = Some(Need::of(settings, told));
                }
                needs
            }
        };
        query.group = group.filter(|_| asked.audience == Audience::Internal);
        Self { query }
    }

    /// Themes in which it has a need, in order.
    pub fn themes(&self) -> impl Iterator<Item = u32> + '_ {
        self.query.needs.iter().zip(0..).filter_map(|(need, theme)| need.as_ref().map(|_| theme))
    }

    /// All that it could be shown, host by host.
    pub fn pairs(&self) -> Vec<Pairing> {
        let ground = self.query.ground;
        let mut pairs = Vec::new();
        for (host, nth) in ground.hosts.iter().zip(0..) {
            let way = self.query.way(nth);
            let there = &ground.khoroos[host.khoroo as usize].setting;
            let same_setting =
                self.query.own.setting.as_ref().zip(there.as_ref()).map(|(own, there)| own == there);
            for candidate in ground.candidates_of(nth) {
                let Some(need) = self.query.needs[candidate.theme as usize] else { continue };
                if self.bars(candidate, &way).is_some() {
                    continue;
                }
                let mode = self.query.mode(candidate, way.minutes);
                pairs.push(Pairing {
                    practice: candidate.practice,
                    theme: candidate.theme,
                    host: host.khoroo as usize,
                    score: self.query.scored(candidate, need, way.minutes).score,
                    minutes: way.minutes,
                    mode: mode.expect("a filter bars what cannot be shown"),
                    same_setting,
                });
            }
        }
        pairs
    }

    /// Why a practice cannot be shown to this visitor; `None` where it can, or is of no theme wished for.
    ///
    /// - `practice`: position among the records. The outer `None`: nobody on this ground has it, or not for all
    ///   to see.
    pub fn why_not(&self, practice: usize) -> Option<Option<WhyNot>> {
        let candidate = self.candidate(practice)?;
        Some(self.bars(candidate, &self.query.way(candidate.host)))
    }

    /// Practices that cannot be shown to this visitor, counted by the first reason.
    ///
    /// - `theme`: `None` for all.
    pub fn barred(&self, theme: Option<u32>) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        let of_theme = |candidate: &&Candidate| theme.is_none_or(|theme| candidate.theme == theme);
        for candidate in self.query.ground.candidates.iter().filter(of_theme) {
            if let Some(why) = self.bars(candidate, &self.query.way(candidate.host)) {
                *counts.entry(why.word()).or_default() += 1;
            }
        }
        counts
    }

    /// A pair with every part and what it was made from.
    ///
    /// - `practice`: of one of [`Self::pairs`].
    pub fn suggestion(&self, practice: usize) -> Suggestion {
        let candidate = self.candidate(practice).expect("pairs are made of candidates");
        let need = self.query.needs[candidate.theme as usize].expect("pairs are of themes wished for");
        let Scored { score, .. } = self.query.scored(candidate, need, self.query.way(candidate.host).minutes);
        self.query.suggestion(&Scored { candidate, score })
    }

    fn candidate(&self, practice: usize) -> Option<&'a Candidate> {
        self.query.ground.candidates.iter().find(|candidate| candidate.practice == practice)
    }

    fn bars(&self, candidate: &Candidate, way: &Way) -> Option<WhyNot> {
        bars(&self.query, candidate, way.minutes).or_else(|| {
            if self.query.mode(candidate, way.minutes).is_some() {
                return None;
            }
            let is_shown = |group: &i64| self.query.mode_to(Some(*group), candidate, way.minutes).is_some();
            let groups = candidate.offers.iter().filter_map(|offer| offer.group_max);
            groups.filter(is_shown).max().map(|largest| WhyNot::GroupTooLarge { largest })
        })
    }
}

impl Roster {
    /// From khoroo to khoroo of a vintage on a day: as loaded, else estimated.
    pub fn way(&self, settings: &Settings, vintage: usize, [from, to]: [usize; 2], on: Date) -> Way {
        self.grounds[vintage].way(from, to, &settings.travel, on)
    }

    /// Visits held or agreed at each khoroo of a vintage from `from` to `to`. The office's.
    pub fn visits_between(&self, vintage: usize, from: Date, to: Date) -> Vec<u32> {
        let ground = &self.grounds[vintage];
        let mut visits = vec![0; ground.khoroos.len()];
        for host in &ground.hosts {
            let n = host.visits.iter().filter(|day| (from..=to).contains(day)).count();
            visits[host.khoroo as usize] = u32::try_from(n).unwrap_or(u32::MAX);
        }
        visits
    }

    /// What hosts and practices of a vintage still take in the quarter of a day. The office's.
    ///
    /// - `mode`, `group`: of all visits asked for, where they have them; looked at for practices.
    pub fn left(&self, vintage: usize, day: Date, mode: Option<Mode>, group: Option<i64>) -> Left {
        let ground = &self.grounds[vintage];
        let quarter = quarter(day);
        let whole = |left: i64| u32::try_from(left.max(0)).unwrap_or(u32::MAX);
        let mut left = Left { hosts: vec![0; ground.khoroos.len()], practices: BTreeMap::new() };
        for host in &ground.hosts {
            left.hosts[host.khoroo as usize] = whole(host.capacity - host.used(quarter));
        }
        let practices = ground.candidates.iter();
        left.practices = practices.map(|own| (own.practice, own.left(quarter, mode, group))).collect();
        left
    }
}

/// Visits that open offers still take in a quarter.
pub struct Left {
    /// By khoroo, of all its offers together.
    pub hosts: Vec<u32>,
    /// By position of the practice among the records.
    pub practices: BTreeMap<usize, Takes>,
}
