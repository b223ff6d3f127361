//! Text files as spreadsheets save them: which letters their bytes are, what stands between their cells.
//!
//! Owns: encodings, separators, characters that no text has, counts in words. Must not: know what a cell means.

mod control;
mod counted;
mod encoding;
mod separator;

pub use control::{is_binary, plain};
pub use counted::counted;
pub use encoding::{Decoded, decode};
pub use separator::{SEPARATORS, separator};
