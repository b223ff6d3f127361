//! Practices of a theme before it is known who visits: ranked by what speaks for them whoever asks.
//!
//! Nearness, setting and urgency are a visitor's, and free visits the office's, so quality and ease of the score alone
//! rank here, as the public knows them.
//!
//! Owns: this order. Leaves to others: what quality and ease are (`score`).

use jiff::civil::Date;

use super::roster::{Candidate, Roster};
use super::score::{self, PartKind, Points, points};
use super::settings::Settings;
use crate::model::Maturity;
use crate::model::audience::Audience;

/// Hosts that show a practice of a theme on site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTheme {
    /// Of each host its best, the best first; of equals the practice with the first id.
    pub shown: Vec<Shown>,
    /// Points of quality and ease at most where ratings are unknown, as they are to the public.
    pub most: Points,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Position among the records.
    pub practice: usize,
    /// Index of the khoroo that has it.
    pub host: usize,
    /// Of quality and ease.
    pub points: Points,
}

/// - `vintage`: position of the ground's. `theme`: a number of the roster.
pub fn of_theme(roster: &Roster, settings: &Settings, vintage: usize, theme: u32, on: Date) -> OfTheme {
    let ground = &roster.grounds[vintage];
    let day = roster.day(on, Audience::Public, settings);
    let is_shown = |candidate: &&Candidate| {
        candidate.theme == theme
            && !candidate.is_archived
            && day.is_identified(candidate)
            && candidate.shown.is_some_and(|shown| shown.on_site)
    };
    let told = |candidate: &Candidate| Shown {
        practice: candidate.practice,
        host: ground.hosts[candidate.host as usize].khoroo as usize,
        points: day.fixed(candidate),
    };
    let mut shown: Vec<Shown> = ground.candidates.iter().filter(is_shown).map(told).collect();
    shown.sort_by_key(|one| (std::cmp::Reverse(one.points), one.practice));
    let mut is_told = vec![false; ground.khoroos.len()];
    shown.retain(|one| !std::mem::replace(&mut is_told[one.host], true));
    let best = score::quality(None, true, Some(Maturity::Replicated));
    let most = [(PartKind::Quality, best), (PartKind::Ease, 1.0)]
        .map(|(part, value)| points(settings.weights.of(part), value));
    OfTheme { shown, most: most.into_iter().sum() }
}
