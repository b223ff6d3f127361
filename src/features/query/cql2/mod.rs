//! CQL2 (OGC 21-065r2), as text and as JSON, read into one tree, checked against fields, then evaluated.
//!
//! Conformance classes: basic, advanced comparison operators, case-insensitive comparison, basic spatial functions
//! with all literals, spatial functions, temporal functions, property-property, arithmetic. Not offered: `ACCENTI`,
//! arrays, functions of one's own.
//!
//! - Unknown is neither true nor false, as in SQL: `NOT` keeps it, and only rows that are true are found.
//! - Text is compared by code points. A date beside a timestamp is compared by civil day, in Ulaanbaatar.
//! - An interval from an unknown day is unknown; one to an unknown day is open there, as `valid_to` is unknown while
//!   a version is in force.
//! - What divides by zero or leaves the numbers is unknown.
//! - A literal stands in the plane of its own reference system; features are brought there.
//!
//! Owns: the two encodings, types, evaluation, limits. Leaves to others: which parameter a filter came in, and how long
//! that may be.
//! Design: the crate `cql2` 0.6 brings 60 others, among them a JSON Schema validator, an SQL parser and a second
//! geojson; it bounds neither depth nor work, and its errors name no place.

mod ast;
mod check;
mod eval;
mod fold;
mod json;
mod lex;
mod like;
mod literal;
mod spatial;
mod temporal;
#[cfg(test)]
mod tests;
mod text;

pub use ast::Place;
pub use check::{Condition, check, equals};
pub use eval::Work;
pub use literal::Literals;

use crate::features::Field;

/// Levels of nesting: what people and programs write stays under 20, and a thread's stack holds ten times as many.
pub const DEPTH_MAX: usize = 64;
/// Levels of the tree: a condition and its denial for each of [`DEPTH_MAX`].
pub const HEIGHT_MAX: usize = 2 * DEPTH_MAX;
/// Parts of a filter: a list of every khoroo of the city, ten times over.
pub const NODES_MAX: usize = 2_000;
/// Vertices of its literals together: a district's border, and more than an address has room for.
pub const VERTICES_MAX: usize = 2_000;
/// Rings of one polygon or multipolygon, each of which is laid beside every other before a step is counted: more would
/// keep a core for longer than a second. A district's border has a handful.
pub const RINGS_MAX: usize = 50;
/// Steps that one question may take, each some 10 ns: more would keep a core for longer than a second.
pub const WORK_MAX: u64 = 100_000_000;

/// The name of where a feature stands.
pub const GEOMETRY: &str = "geometry";

/// Why a filter cannot be used, and where in it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{fault}, {place}")]
pub struct FilterError {
    pub place: Place,
    pub fault: Fault,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    #[error("the filter is nested deeper than {DEPTH_MAX} levels")]
    TooDeep,
    #[error("the filter has more than {NODES_MAX} parts")]
    TooManyParts,
    #[error("the geometries of the filter have more than {VERTICES_MAX} vertices")]
    TooManyVertices,
    #[error("a geometry of the filter has more than {RINGS_MAX} rings")]
    TooManyRings,
    #[error("{expected} is expected, not {found}")]
    Unexpected { expected: &'static str, found: String },
    #[error("the text that begins here does not end")]
    Unclosed,
    #[error("this is no JSON: {reason}")]
    NotJson { reason: String },
    #[error("no property is called `{name}`; there are {}", .known.join(", "))]
    UnknownProperty { name: String, known: Vec<String> },
    #[error("no function or operator is called `{name}`")]
    UnknownFunction { name: String },
    #[error("`{name}` takes {expected} arguments, not {found}")]
    Arguments { name: String, expected: &'static str, found: usize },
    #[error("`{name}` takes {expected}, not {found}")]
    WrongKind { name: String, expected: &'static str, found: String },
    #[error("{left} cannot be compared with {right}")]
    Incomparable { left: String, right: String },
    #[error("`{value}` is not {expected}")]
    NotA { expected: &'static str, value: String },
    #[error("the interval is reversed")]
    Reversed,
    #[error("the geometry is not valid: {reason}")]
    InvalidGeometry { reason: String },
}

impl Fault {
    fn at(self, place: &Place) -> FilterError {
        FilterError { place: place.clone(), fault: self }
    }
}

/// A filter as text.
pub fn text(cql2: &str, fields: &[Field], mut literals: Literals) -> Result<Condition, FilterError> {
    check(&text::read(cql2, &mut literals)?, fields, literals.crs)
}

/// A filter as JSON.
pub fn json(cql2: &str, fields: &[Field], mut literals: Literals) -> Result<Condition, FilterError> {
    check(&json::read(cql2, &mut literals)?, fields, literals.crs)
}
