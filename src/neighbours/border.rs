//! Neighbours across a border, and those of an exclave across the gap.

use super::{Neighbour, Reach};
use crate::snapshot::Geography;

/// What counts as touching, named after moves in chess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contiguity {
    /// A common point is enough.
    Queen,
    /// A piece of border of some length.
    Rook,
}

impl Contiguity {
    pub const WORDS: [(&'static str, Self); 2] = [("queen", Self::Queen), ("rook", Self::Rook)];

    pub fn word(self) -> &'static str {
        match self {
            Self::Queen => "queen",
            Self::Rook => "rook",
        }
    }
}

/// Khoroos that touch this one, the longest common border first; none without lines.
pub fn by_border(geography: &Geography, khoroo: usize, contiguity: Contiguity) -> Vec<Neighbour> {
    let all = geography.neighbours(khoroo);
    let n = match contiguity {
        Contiguity::Queen => all.len(),
        Contiguity::Rook => all.partition_point(|neighbour| neighbour.border_m > 0.0),
    };
    let touching = all[..n].iter();
    touching.map(|n| Neighbour { khoroo: n.unit as usize, distance_m: 0.0, border_m: n.border_m }).collect()
}

/// For a khoroo of an exclave, the nearest one beyond the ground that it is connected with.
///
/// An exclave is any piece of connected ground but the one with most khoroos. `None` elsewhere.
pub fn across_gap(geography: &Geography, khoroo: usize) -> Option<Neighbour> {
    let outlines = geography.outlines.as_ref()?;
    let own = *geography.piece_of.get(khoroo)?;
    if own == 0 {
        return None;
    }
    let is_beyond = |unit: u32| geography.piece_of[unit as usize] != own;
    let found = outlines.nearest(khoroo as u32, &[], Reach::nearest(1), is_beyond);
    found.first().map(|f| Neighbour { khoroo: f.unit as usize, distance_m: f.distance_m, border_m: 0.0 })
}
