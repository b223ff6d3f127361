//! Text files as spreadsheets save them: which letters their bytes are, what stands between their cells.
//!
//! Owns: encodings, separators, characters that no text has, text that formats would take for something else, counts
//! in words. Must not: know what a cell means.

mod control;
mod counted;
mod encoding;
mod formula;
mod separator;
mod xml;

pub use control::{is_binary, plain};
pub use counted::counted;
pub use encoding::{Decoded, decode};
pub use formula::{quoted, unquoted};
pub use separator::{SEPARATORS, separator};
pub use xml::xml;
