//! A country of khoroos with finely drawn borders: as many as wanted, filling a box.
//!
//! Nodes are a shaken lattice; each border between two nodes is halved again and again, each middle
//! moved sideways by chance. Both sides of a border have the same vertices, so it is a coverage, but
//! for the few places where two wandering lines cross: cleaning settles those.

use hlp_tracker::model::{GridBox, GridPoint, MultiPolygon, Polygon, Ring};

use crate::support::Noise;

pub struct Mosaic {
    pub columns: usize,
    pub rows: usize,
    /// Vertices of a khoroo; each of its four borders has a quarter of them.
    pub vertices: usize,
    pub frame: GridBox,
}

/// Largest move of a node, as a part of the lattice's width; 0.5 would let nodes meet.
const SHAKEN: f64 = 0.25;
/// Largest sideways move of a middle, as a part of the piece's length.
const ROUGHNESS: f64 = 0.13;

impl Mosaic {
    /// Drawn by as many hands as there are khoroos: of each khoroo's vertices one in a hundred is moved
    /// by up to 10 steps, so that it overlaps a neighbour or leaves a gap there.
    pub fn dirty_units(&self) -> Vec<MultiPolygon> {
        let mut noise = Noise::new(self.vertices as u64);
        let mut units = self.units();
        for p in units.iter_mut().flat_map(|unit| &mut unit.0).flat_map(|polygon| &mut polygon.exterior) {
            if noise.next().is_multiple_of(100) {
                p.x += (noise.next() % 21) as i32 - 10;
                p.y += (noise.next() % 21) as i32 - 10;
            }
        }
        units
    }

    /// Row by row from the south-west.
    pub fn units(&self) -> Vec<MultiPolygon> {
        let (mut ring, mut units) = (Ring::new(), Vec::with_capacity(self.columns * self.rows));
        for row in 0..self.rows {
            for column in 0..self.columns {
                let corner = |dx: usize, dy: usize| (column + dx, row + dy);
                let corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)];
                ring.clear();
                for pair in corners.windows(2) {
                    ring.push(self.node(pair[0]));
                    self.border(pair[0], pair[1], &mut ring);
                }
                let exterior = std::mem::take(&mut ring);
                units.push(MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]));
            }
        }
        units
    }

    /// Nodes of the frame stay on it.
    fn node(&self, (column, row): (usize, usize)) -> GridPoint {
        let mut noise = Noise::new((column * 100_003 + row) as u64);
        let place = |at: usize, n: usize, low: i32, high: i32, shake: f64| {
            let shake = if at == 0 || at == n { 0.0 } else { shake * SHAKEN };
            f64::from(low) + (f64::from(high) - f64::from(low)) * (at as f64 + shake) / n as f64
        };
        let (dx, dy) = (even(&mut noise), even(&mut noise));
        let x = place(column, self.columns, self.frame.west, self.frame.east, dx);
        let y = place(row, self.rows, self.frame.south, self.frame.north, dy);
        GridPoint::new(x.round() as i32, y.round() as i32)
    }

    /// The vertices between two neighbouring nodes, equal from both sides.
    fn border(&self, from: (usize, usize), to: (usize, usize), ring: &mut Ring) {
        let (low, high) = (from.min(to), from.max(to));
        let is_upright = low.0 == high.0;
        let seed = ((low.0 * 100_003 + low.1) * 2 + usize::from(is_upright)) as u64;
        let mut noise = Noise::new(seed.wrapping_mul(0x9e37_79b9));
        let (a, b) = (self.node(low), self.node(high));
        // The frame's own sides are straight, so that the mosaic fills it.
        let on_frame =
            if is_upright { low.0 == 0 || low.0 == self.columns } else { low.1 == 0 || low.1 == self.rows };
        let roughness = if on_frame { 0.0 } else { ROUGHNESS };
        let start = ring.len();
        let ends = [a, b].map(|p| [f64::from(p.x), f64::from(p.y)]);
        halve(ends[0], ends[1], self.vertices / 4, roughness, &mut noise, ring);
        if from > to {
            ring[start..].reverse();
        }
    }
}

fn halve(a: [f64; 2], b: [f64; 2], n_pieces: usize, roughness: f64, noise: &mut Noise, out: &mut Ring) {
    if n_pieces < 2 {
        return;
    }
    let part = (n_pieces / 2) as f64 / n_pieces as f64;
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let aside = roughness * even(noise);
    let middle = [a[0] + part * dx - aside * dy, a[1] + part * dy + aside * dx];
    halve(a, middle, n_pieces / 2, roughness, noise, out);
    out.push(GridPoint::new(middle[0].round() as i32, middle[1].round() as i32));
    halve(middle, b, n_pieces - n_pieces / 2, roughness, noise, out);
}

/// Evenly between -1 and 1.
fn even(noise: &mut Noise) -> f64 {
    noise.next() as f64 / (u64::MAX / 2) as f64 - 1.0
}
