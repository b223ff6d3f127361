//! Where practices gather and how far they travel: spatial statistics of the tracker's figures.
//!
//! [`weights`] say who is near whom, [`moran`] and [`join_counts`] whether near ones are alike, [`rates`] how
//! much a rate of a small khoroo can be trusted, [`tally`] how rare a finding is by chance, [`many`] what is left of a finding when hundreds were tried,
//! [`distance`] how far copies are from their hosts. [`city`] puts a question of the tracker to all of them.
//!
//! Owns: the statistics, on plain slices in the order of the units. Leaves to others: which figures, HTTP.
//! Every chance comes from a seed, and each unit or round has a sequence of its own, so that equal input gives
//! equal numbers. Methods and signs are those of `PySAL`, by which the tests are judged.

pub mod city;
pub mod distance;
pub mod join_counts;
pub mod many;
pub mod moran;
pub mod rates;
pub mod tally;
pub mod weights;
pub mod words;

/// Rounds of a permutation test; the smallest p of either side is 2 / (rounds + 1). With fewer a single finding among
/// 204 khoroos cannot stay one after correction; see [`many::found_from`].
pub const PERMUTATIONS: u32 = 9_999;

/// Fewer rounds tell nothing at one in twenty.
pub const PERMUTATIONS_MIN: u32 = 99;

#[cfg(test)]
mod tests;
