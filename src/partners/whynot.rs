//! Why a practice is not suggested: what cannot be is never scored.
//!
//! Owns: the list of hard filters. What only the office may know (visits, load) bars only for the office.

use jiff::civil::Date;

use super::rank::{Asked, Suggestion, rank_all};
use super::roster::Roster;
use super::score::Points;
use super::settings::Settings;
use crate::snapshot::Snapshot;

/// A practice that was passed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    /// Position among the records.
    pub practice: usize,
    /// Index of the khoroo that has it.
    pub host: usize,
    /// Never empty.
    pub reasons: Vec<WhyNot>,
}

/// The best `asked.limit`, and everything else: first what cannot be, then what comes next by score.
pub fn explained(
    snapshot: &Snapshot,
    roster: &Roster,
    settings: &Settings,
    asked: &Asked,
) -> (Vec<Suggestion>, Vec<Passed>) {
    let (mut best, passed) = rank_all(snapshot, roster, settings, asked);
    let next = best.split_off(asked.limit.min(best.len()));
    let next = next.iter().zip(asked.limit + 1..).map(|(one, rank)| Passed {
        practice: one.practice,
        host: one.host,
        reasons: vec![WhyNot::Ranked { rank, score: one.score }],
    });
    (best, passed.into_iter().chain(next).collect())
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WhyNot {
    /// On the day asked for it was not identified yet.
    NotYet,
    /// The khoroo has it itself.
    Own,
    /// Host and visitor were cut from one khoroo.
    SameLineage,
    /// It was withdrawn.
    Archived,
    /// Nobody offers to show it at present.
    NoOpenOffer,
    /// The khoroo copies it, or did.
    Copied { on: Date },
    /// The offer is not for the mode asked for.
    Mode,
    /// It is shown on site alone, and the way is longer than one goes for a visit.
    TooFar { minutes: f64 },
    /// The khoroo has seen it in the 24 months before, or has agreed to see it. For the office.
    Visited { on: Date },
    /// The host has all the visits that it takes in the quarter. For the office.
    HostFull { used: i64, capacity: i64 },
    /// The group is larger than any that the host takes. For the office.
    GroupTooLarge { largest: i64 },
    /// Others come before it.
    Ranked { rank: usize, score: Points },
}

impl WhyNot {
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotYet => "not_identified_yet",
            Self::Own => "own_practice",
            Self::SameLineage => "same_lineage",
            Self::Archived => "archived",
            Self::NoOpenOffer => "no_open_offer",
            Self::Copied { .. } => "already_replicated",
            Self::Mode => "mode_not_offered",
            Self::TooFar { .. } => "too_far",
            Self::Visited { .. } => "visited_recently",
            Self::HostFull { .. } => "host_full",
            Self::GroupTooLarge { .. } => "group_too_large",
            Self::Ranked { .. } => "ranked_below",
        }
    }
}
