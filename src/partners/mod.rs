//! Whom a khoroo could learn from: practices of others, ranked, each with its reasons.
//!
//! [`Roster`] holds what practices and hosts of every vintage bring, whoever asks; it is made once for a snapshot.
//! [`suggest`] passes over what cannot be (see [`WhyNot`]), scores the rest in six parts (see [`PartKind`]) that
//! add up, and gives the best. Hosts are visited outward from the visitor, until none that is still ahead can
//! enter: what the way adds shrinks with distance, and the most that the rest can add is known beforehand.
//! [`rank_all`] scores everybody; both give the same. [`Visitor`] scores every practice for one of many visitors,
//! with little more than the score: what plans of many visits are made from. [`of_theme`] ranks before there is a
//! visitor.
//!
//! Everybody is answered from what everybody may see: published practices, open offers, copies, facts of khoroos.
//! Needs, visits, ratings and the load of hosts enter on the internal listener alone; for the public they are
//! unknown, and so cannot be worked out from an answer. Unknown counts as the middle, never as bad.
//! Gender, persons and parties are not known here at all.
//!
//! Owns: hard filters, score, order, the words of reasons. Leaves to others: distances (`geometry`, `snapshot`).
//! Invariant: no I/O, clock or randomness; points are whole millionths, so that parts add up to the score exactly
//! and equal ones are equal everywhere; of equals the practice with the first id is taken.
//! Design: the system proposes, people choose: nothing is assigned here.

mod pairs;
mod rank;
mod roster;
mod score;
mod settings;
mod theme;
mod times;
mod travel;
mod whynot;
pub mod words;

pub use pairs::{Left, Pairing, Visitor, Wish};
pub use rank::{Asked, Suggested, Suggestion, quarter, rank_all, suggest};
pub use roster::{Roster, Takes};
pub use score::{Cost, Input, Part, PartKind, Points, Rated};
pub use settings::{Settings, SettingsError, Weights};
pub use theme::{OfTheme, Shown, of_theme};
pub use times::{Named, TimeRow, TravelTimes, TravelTimesError, Unused, Ways};
pub use travel::{Travel, Way, WaySource};
pub use whynot::{Passed, WhyNot, explained};
