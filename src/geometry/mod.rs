//! Plane geometry that knows nothing of khoroos.
//!
//! Owns: projections, measures, rings, coverages (planar partitions with shared arcs), simplification,
//! cutting a coverage into tiles, label points, distances between units, one equal cell for every site.
//! Invariant: uses only `model`'s grid and tile types; no I/O, clock or randomness.

pub mod cells;
pub mod coverage;
pub mod cut;
pub mod declared;
pub mod distance;
pub mod label;
pub mod measure;
pub mod projection;
pub mod ring;
pub mod simplify;
