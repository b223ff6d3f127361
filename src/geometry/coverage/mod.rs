//! A coverage: units that tile the ground, their borders stored once as shared arcs.
use crate::model::{GridPoint, MultiPolygon};

/// A piece of border between two nodes, or a closed ring without a node (first point = last point).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    /// At least two points, both ends included.
    pub points: Vec<GridPoint>,
    /// Unit on the left when walking along `points`; `None` is outside.
    pub left: Option<u32>,
    pub right: Option<u32>,
}

/// Units that share borders vertex for vertex.
#[derive(Debug, Clone)]
pub struct Coverage {
    n_units: usize,
    arcs: Vec<Arc>,
}

/// A unit across a border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    pub unit: u32,
    /// Geodesic length of the common border in metres; 0 where the units touch in points only.
    pub border_m: f64,
}

impl Coverage {
    pub fn n_units(&self) -> usize {
        self.n_units
    }

    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }
}

/// Placeholder so that the skeleton compiles.
pub fn empty(_units: &[MultiPolygon]) -> Coverage {
    Coverage { n_units: 0, arcs: Vec::new() }
}
