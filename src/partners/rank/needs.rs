//! What a khoroo needs, with the points that it brings.

use super::Asked;
use crate::model::audience::Audience;
use crate::partners::roster::{Resident, Roster};
use crate::partners::score::{self, PartKind, Points, points};
use crate::partners::settings::Settings;

#[derive(Debug, Clone, Copy)]
pub struct Need {
    pub urgency: Option<i16>,
    pub points: Points,
}

impl Need {
    pub fn of(settings: &Settings, urgency: Option<i16>) -> Self {
        Self { urgency, points: points(settings.weights.of(PartKind::Need), score::need(urgency)) }
    }
}

/// The khoroo's open needs on record by theme, the most urgent of each; none for the public.
pub fn on_record(roster: &Roster, settings: &Settings, own: &Resident, asked: &Asked) -> Vec<Option<Need>> {
    let mut known: Vec<Option<Need>> = vec![None; roster.themes.len()];
    if asked.audience == Audience::Internal {
        for &(theme, urgency, _) in own.needs.iter().filter(|(_, _, since)| *since <= asked.as_of) {
            let before = &mut known[theme as usize];
            let new = Need::of(settings, urgency);
            if before.is_none_or(|before| before.points < new.points) {
                *before = Some(new);
            }
        }
    }
    known
}

/// Urgency and points by theme.
///
/// For the office a theme has the khoroo's need on record; where none is asked for, its needs are the question.
pub fn needs(roster: &Roster, settings: &Settings, own: &Resident, asked: &Asked) -> Vec<Option<Need>> {
    let need = |urgency: Option<i16>| Some(Need::of(settings, urgency));
    let known = on_record(roster, settings, own, asked);
    match asked.theme {
        None if known.iter().any(Option::is_some) => known,
        None => vec![need(None); known.len()],
        Some(theme) => {
            let mut one = vec![None; known.len()];
            one[theme as usize] = known[theme as usize].or_else(|| need(None));
            one
        }
    }
}
