//! The square world of Web Mercator as integers.
//!
//! Design: 2^32 units a side, so that a coordinate is an `i32`, neighbouring steps of the ground grid
//! stay apart (1e-7° is 1.19 units), and a cell of the deepest zoom still has 16 × 16 units inside,
//! which makes "nearest cell" the same integer question in every tile.

use crate::model::GridPoint;

/// The world is 2^32 units wide.
pub const WORLD_BITS: u32 = 32;

/// Cells along the side of a tile: the extent written into vector tiles.
pub const TILE_CELLS: i32 = 1 << TILE_BITS;
const TILE_BITS: u32 = 12;

/// A place on the world square: 0, 0 is the middle; x east, y **south**, in world units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorldPoint {
    pub x: i32,
    pub y: i32,
}

/// A cell of zoom `z` is 2^shift units wide: 20 at zoom 0, 4 at zoom 16.
pub const fn cell_shift(z: u8) -> u32 {
    WORLD_BITS - TILE_BITS - z as u32
}

impl WorldPoint {
    /// Projects to the nearest unit; what lies beyond 85.05° is drawn at the edge of the world.
    ///
    /// Source: EPSG Guidance Note 7-2, method 1024, divided by the length of the equator.
    pub fn of(p: GridPoint) -> Self {
        let world = f64::from(WORLD_BITS).exp2();
        let x = p.lon() / 360.0;
        let y = -p.lat().to_radians().tan().asinh() / std::f64::consts::TAU;
        // `as` saturates, which clamps the antimeridian and the poles onto the edge.
        Self { x: (x * world).round() as i32, y: (y * world).round() as i32 }
    }

    /// Units east and south of the world's north-western corner, each from 0 to 2^32 - 1.
    pub fn from_corner(self) -> [i64; 2] {
        let half = 1_i64 << (WORLD_BITS - 1);
        [i64::from(self.x) + half, i64::from(self.y) + half]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_the_edges_and_the_poles_land_where_web_mercator_has_them() {
        let at = |lon, lat| WorldPoint::of(GridPoint::from_degrees(lon, lat).expect("in range"));
        assert_eq!(at(0.0, 0.0), WorldPoint { x: 0, y: 0 });
        assert_eq!(at(-180.0, 90.0), WorldPoint { x: i32::MIN, y: i32::MIN });
        assert_eq!(at(180.0, -90.0), WorldPoint { x: i32::MAX, y: i32::MAX });
        // Sükhbaatar Square: tile 12/3264/1425 by the usual formula.
        let square = at(106.917_701, 47.918_83).from_corner();
        assert_eq!(square.map(|v| v >> 20), [3264, 1425]);
    }
}
