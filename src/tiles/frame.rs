//! Where a place lies on a tile, for what is drawn by itself: points, and lines without neighbours.

use crate::geometry::cut::BUFFER_CELLS;
use crate::geometry::projection::SEMI_MAJOR_M;
use crate::geometry::simplify::{TILE_CELLS, WorldPoint, cell_shift};
use crate::model::{GridBox, GridPoint, TileCoord};

/// A tile with its place on the world square.
pub struct Frame {
    pub tile: TileCoord,
    /// World units from the world's north-western corner to the tile's.
    corner: [i64; 2],
    shift: u32,
    /// Ground that the tile shows, buffer included.
    pub bounds: GridBox,
}

impl Frame {
    pub fn new(tile: TileCoord) -> Self {
        let shift = cell_shift(tile.z());
        let corner = [tile.x(), tile.y()].map(|v| (i64::from(v) * i64::from(TILE_CELLS)) << shift);
        let at = |cells: i32| corner.map(|v| v + (i64::from(cells) << shift));
        let north_west = ground(at(-BUFFER_CELLS));
        let south_east = ground(at(TILE_CELLS + BUFFER_CELLS));
        let bounds =
            GridBox { west: north_west.x, south: south_east.y, east: south_east.x, north: north_west.y };
        Self { tile, corner, shift, bounds }
    }

    /// The cell of a place, 0 to 4095 each, if it is in the tile's own square: every place is in
    /// exactly one tile of a zoom.
    pub fn cell(&self, place: GridPoint) -> Option<[i32; 2]> {
        let cell = self.world_cell(place);
        let [x, y] = [0, 1].map(|i| cell[i] - (self.corner[i] >> self.shift));
        let inside = |v: i64| (0..i64::from(TILE_CELLS)).contains(&v);
        (inside(x) && inside(y)).then_some([x as i32, y as i32])
    }

    /// The cell of a place at the tile's zoom, counted from the world's north-western corner.
    pub fn world_cell(&self, place: GridPoint) -> [i64; 2] {
        WorldPoint::of(place).from_corner().map(|v| v >> self.shift)
    }

    /// The cells of a ring's vertices, counted from the tile's corner; equal neighbours are one.
    pub fn cells(&self, ring: &[GridPoint]) -> Vec<[i64; 2]> {
        let half = (1_i64 << self.shift) >> 1;
        let cell = |place: &GridPoint| {
            let world = WorldPoint::of(*place).from_corner();
            [0, 1].map(|i| (world[i] - self.corner[i] + half) >> self.shift)
        };
        let mut cells: Vec<[i64; 2]> = ring.iter().map(cell).collect();
        cells.dedup();
        cells
    }

    /// Width of a cell on the ground at a place, in metres.
    pub fn cell_m(&self, place: GridPoint) -> f64 {
        let world_m = 2.0 * std::f64::consts::PI * SEMI_MAJOR_M;
        let cells = f64::from(self.tile.z()).exp2() * f64::from(TILE_CELLS);
        world_m * place.lat().to_radians().cos() / cells
    }

    /// The parts of a line inside the tile and its buffer, thinned to bends of a few cells.
    pub fn line(&self, places: &[GridPoint]) -> Vec<Vec<[i32; 2]>> {
        let mut parts: Vec<Vec<[i32; 2]>> = Vec::new();
        let mut previous: Option<[f64; 2]> = None;
        let mut is_open = false;
        for at in self.thinned(places) {
            if let Some(from) = previous.replace(at) {
                let Some([a, b]) = clip(from, at) else {
                    is_open = false;
                    continue;
                };
                let [start, end] = [a, b].map(|p| p.map(|v| v.round() as i32));
                match parts.last_mut().filter(|part| is_open && part.last() == Some(&start)) {
                    Some(part) if end != start => part.push(end),
                    Some(_) => {}
                    None if end != start => parts.push(vec![start, end]),
                    None => continue,
                }
                is_open = true;
            }
        }
        parts
    }

    /// Vertices in cells, without those within `THINNING_CELLS` of the one kept before.
    fn thinned(&self, places: &[GridPoint]) -> Vec<[f64; 2]> {
        const THINNING_CELLS: f64 = 3.0;
        let unit = f64::from(self.shift).exp2();
        let mut kept: Vec<[f64; 2]> = Vec::new();
        for (i, &place) in places.iter().enumerate() {
            let world = WorldPoint::of(place).from_corner();
            let at = [0, 1].map(|i| (world[i] - self.corner[i]) as f64 / unit);
            let is_end = i == 0 || i + 1 == places.len();
            let is_near = kept.last().is_some_and(|k| (k[0] - at[0]).hypot(k[1] - at[1]) < THINNING_CELLS);
            if is_end || !is_near {
                kept.push(at);
            }
        }
        kept
    }
}

/// The part of a segment inside the buffered square (Liang and Barsky 1984).
fn clip(from: [f64; 2], to: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    let (low, high) = (f64::from(-BUFFER_CELLS), f64::from(TILE_CELLS + BUFFER_CELLS));
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let run = to[axis] - from[axis];
        if run == 0.0 {
            if from[axis] < low || from[axis] > high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - from[axis]) / run, (high - from[axis]) / run);
        start = start.max(a.min(b));
        end = end.min(a.max(b));
    }
    let at = |t: f64| [0, 1].map(|i| from[i] + t * (to[i] - from[i]));
    (start <= end).then(|| [at(start), at(end)])
}

/// The place of world units from the north-western corner, clamped to the world.
fn ground(at: [i64; 2]) -> GridPoint {
    let world = 32_f64.exp2();
    let [x, y] = at.map(|v| (v as f64 / world - 0.5).clamp(-0.5, 0.5));
    let lat = (-y * std::f64::consts::TAU).sinh().atan().to_degrees();
    GridPoint::from_degrees(x * 360.0, lat).expect("clamped to the world")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(z: u32, x: u32, y: u32) -> Frame {
        Frame::new(TileCoord::new(z, x, y).expect("on the grid"))
    }

    #[test]
    fn a_place_lies_in_one_tile_of_each_zoom() {
        let place = GridPoint::from_degrees(106.917_7, 47.918_8).expect("in range");
        assert!(frame(12, 3264, 1425).cell(place).is_some());
        for (x, y) in [(3263, 1425), (3265, 1425), (3264, 1424), (3264, 1426)] {
            assert_eq!(frame(12, x, y).cell(place), None);
        }
        let [x, y] = frame(0, 0, 0).cell(place).expect("the world holds it");
        assert_eq!([x >> 8, y >> 8], [3264 >> 8, 1425 >> 8]);
    }

    #[test]
    fn the_bounds_of_a_tile_hold_its_places() {
        let frame = frame(12, 3264, 1425);
        let place = GridPoint::from_degrees(106.917_7, 47.918_8).expect("in range");
        assert!(frame.bounds.contains(place));
        let width = f64::from(frame.bounds.east - frame.bounds.west);
        assert!((width / 1e7 - 360.0 / 4096.0 * (1.0 + 128.0 / 4096.0)).abs() < 1e-6);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_has_two_parts() {
        let frame = frame(0, 0, 0);
        let far = |lon, lat| GridPoint::from_degrees(lon, lat).expect("in range");
        assert_eq!(frame.line(&[far(0.0, 0.0), far(90.0, 0.0)]), [[[2048, 2048], [3072, 2048]]]);
        let tile = Frame::new(TileCoord::new(1, 0, 0).expect("on the grid"));
        let parts = tile.line(&[far(-90.0, 10.0), far(90.0, 10.0), far(90.0, 40.0), far(-90.0, 40.0)]);
        assert_eq!(parts.len(), 2);
        assert!(parts.iter().flatten().all(|p| p.iter().all(|v| (-64..=4160).contains(v))));
    }
}
