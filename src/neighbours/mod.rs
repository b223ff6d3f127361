//! Who lies beside a khoroo, and who is near it.
//!
//! | question | answered from |
//! |---|---|
//! | [`by_border`]: who touches it, and along how much border | the coverage's adjacency |
//! | [`across_gap`]: who is nearest beyond the ground that it is connected with | a walk outward, see below |
//! | [`by_distance`]: the nearest, or all within some metres, from border to border | `geometry::distance`: an R-tree walked outward by box, each near box measured |
//! | [`between_offices`]: the same from office to office | the R-tree over offices |
//! | [`nearest_to`]: whose ground is nearest to a place outside | as `by_distance` |
//!
//! Owns: the order of answers. Equal distances (0 m, above all) stand in the city's order of khoroos.
//! Invariant: computed when asked; only adjacency is kept with the lines.

mod border;
mod distance;

pub use border::{Contiguity, across_gap, by_border};
pub use distance::{between_offices, by_distance, nearest_to};

pub use crate::geometry::distance::Reach;

/// A khoroo as seen from another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Index of the khoroo.
    pub khoroo: usize,
    /// Metres in the plane of EPSG:32648: between the nearest places of both, 0 where they touch, or between
    /// their offices.
    pub distance_m: f64,
    /// Geodesic length of the common border in metres; 0 where they have none.
    pub border_m: f64,
}
