//! Workbooks and text files of records to typed values with their places, every fault listed.
//!
//! `read` makes sheets of cells out of files of any make; `values` says what a cell means.
//!
//! Owns: kinds of files, limits on foreign input, spellings of values, faults and their places.
//! Leaves to others: writing. Nothing is written here, so a refusal leaves the store as it was.

pub mod fault;
pub mod kinds;
pub mod read;
pub mod values;
