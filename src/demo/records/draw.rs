//! What is drawn alike for events of all steps: how people met, what it cost, how many came.

use crate::demo::random::Random;
use crate::model::{Mode, Occasion};

/// How often people meet face to face, and how often online, in a hundred; the others do both.
#[derive(Clone, Copy)]
pub struct Meeting {
    pub face_to_face: usize,
    pub online: usize,
}

/// In a hundred events, those of which nobody wrote down the cost, or the people.
const UNKNOWN_PCT: usize = 12;

impl Meeting {
    pub fn mode(self, random: &mut Random) -> Mode {
        let at = random.below(100);
        if at < self.face_to_face {
            Mode::FaceToFace
        } else if at < self.face_to_face + self.online {
            Mode::Virtual
        } else {
            Mode::Hybrid
        }
    }

    /// An event for `people.0` to `people.1` invited.
    pub fn occasion(self, people: (usize, usize), random: &mut Random) -> Occasion {
        let mode = self.mode(random);
        let (invited, attended) = turnout(people, random).unzip();
        Occasion { mode: Some(mode), cost: cost(mode, random), invited, attended }
    }
}

/// ₮ for an event, about 100 000 on average; meeting online is cheaper.
pub fn cost(mode: Mode, random: &mut Random) -> Option<i64> {
    let (low, high) = match mode {
        Mode::FaceToFace => (60_000, 180_000),
        Mode::Virtual => (25_000, 125_000),
        Mode::Hybrid => (90_000, 220_000),
    };
    let amount = money(low, high, random);
    known(random).then_some(amount)
}

/// Invited and attended; about seven of ten come.
pub fn turnout((low, high): (usize, usize), random: &mut Random) -> Option<(i64, i64)> {
    let invited = low + random.below(high - low + 1);
    let share = random.between(0.45, 0.95);
    let attended = ((invited as f64 * share).round() as usize).clamp(1, invited);
    known(random).then_some((invited as i64, attended as i64))
}

/// Whole hundreds of ₮.
pub fn money(low: i64, high: i64, random: &mut Random) -> i64 {
    low + random.below(((high - low) / 100 + 1) as usize) as i64 * 100
}

fn known(random: &mut Random) -> bool {
    random.below(100) >= UNKNOWN_PCT
}
