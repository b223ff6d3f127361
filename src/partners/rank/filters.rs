//! What cannot be shown to a visitor: the hard filters.

use jiff::civil::Date;

use super::Query;
use crate::model::Mode;
use crate::partners::roster::{Candidate, Seen};
use crate::partners::whynot::WhyNot;

pub type Filter = fn(&Query<'_>, &Candidate, Option<f64>) -> Option<WhyNot>;

/// Why a practice cannot be shown to the visitor, whatever else the host does in the quarter.
pub fn bars(query: &Query<'_>, candidate: &Candidate, minutes: Option<f64>) -> Option<WhyNot> {
    let (_, of_the_pair) = FILTERS.split_last().expect("there are filters");
    of_the_pair.iter().find_map(|filter| filter(query, candidate, minutes))
}

/// All must let a practice pass; the cheapest first, and the host's load last.
pub const FILTERS: [Filter; 9] = [
    |query, candidate, _| (!query.day.is_identified(candidate)).then_some(WhyNot::NotYet),
    |_, candidate, _| candidate.is_archived.then_some(WhyNot::Archived),
    |_, candidate, _| candidate.shown.is_none().then_some(WhyNot::NoOpenOffer),
    |query, candidate, _| {
        let host = query.ground.hosts[candidate.host as usize].khoroo as usize;
        (host == query.asked.khoroo).then_some(WhyNot::Own)
    },
    |query, candidate, _| {
        let host = query.ground.hosts[candidate.host as usize].khoroo;
        query.own.siblings.contains(&host).then_some(WhyNot::SameLineage)
    },
    |query, candidate, _| {
        let is_own =
            |copy: &&(u32, Date)| copy.0 as usize == query.asked.khoroo && copy.1 <= query.asked.as_of;
        candidate.copies.iter().find(is_own).map(|copy| WhyNot::Copied { on: copy.1 })
    },
    |query, candidate, minutes| {
        let shown = candidate.shown?;
        if query.mode_to(None, candidate, minutes).is_some() {
            return None;
        }
        let fits = match query.asked.mode {
            None | Some(Mode::FaceToFace) => shown.on_site,
            Some(Mode::Virtual) => false,
            Some(Mode::Hybrid) => shown.on_site && shown.online,
        };
        Some(minutes.filter(|_| fits).map_or(WhyNot::Mode, |minutes| WhyNot::TooFar { minutes }))
    },
    |query, candidate, _| {
        let (after, until) = query.seen_within;
        let is_own = |seen: &&Seen| {
            seen.khoroo as usize == query.asked.khoroo
                && after < seen.on
                && (seen.is_ahead || seen.on <= until)
        };
        let seen = candidate.seen.iter().filter(is_own).map(|seen| seen.on).max();
        seen.filter(|_| query.is_internal()).map(|on| WhyNot::Visited { on })
    },
    |query, candidate, _| {
        let (used, capacity) = query.used_of(candidate.host)?;
        (candidate.shown.is_some() && used >= capacity).then_some(WhyNot::HostFull { used, capacity })
    },
];
