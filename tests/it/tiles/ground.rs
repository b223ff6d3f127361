//! Invented coverages: a bent grid of units whose borders wander, shared vertex for vertex.

use std::collections::HashMap;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::model::{GridPoint, MultiPolygon, Polygon, Ring};

/// A city of `n_side`² units around Ulaanbaatar, small in the middle and large outside.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    pub n_side: usize,
    /// Vertices on each border between two nodes.
    pub n_between: usize,
    /// 1 for units of about equal size; higher crowds them in the middle.
    pub crowding: f64,
    pub seed: u64,
}

/// A middle unit is left out (a real hole), one holds another one, one lies apart.
pub const CITY: Ground = Ground { n_side: 14, n_between: 40, crowding: 2.2, seed: 11 };

/// Grid steps from the middle of the city to its edge: 0.5°.
const HALF_WIDTH: f64 = 5_000_000.0;
pub const MIDDLE: (f64, f64) = (1_069_000_000.0, 479_000_000.0);

pub struct Random(pub u64);

impl Random {
    /// Evenly from -1 to 1 (`SplitMix64`).
    pub fn draw(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

impl Ground {
    pub fn coverage(self) -> Coverage {
        let units = self.units();
        Coverage::from_polygons(&units.iter().collect::<Vec<_>>()).expect("borders are shared")
    }

    pub fn units(self) -> Vec<MultiPolygon> {
        let mut random = Random(self.seed);
        let n = self.n_side;
        let at = |column: usize, row: usize, random: &mut Random| {
            [(column as f64 + 0.2 * random.draw()), (row as f64 + 0.2 * random.draw())]
        };
        let nodes: Vec<Vec<[f64; 2]>> =
            (0..=n).map(|row| (0..=n).map(|column| at(column, row, &mut random)).collect()).collect();
        let mut borders: HashMap<[usize; 4], Vec<[f64; 2]>> = HashMap::new();
        for row in 0..=n {
            for column in 0..=n {
                for (r, c) in [(row, column + 1), (row + 1, column)] {
                    if r <= n && c <= n {
                        let line = self.wander(nodes[row][column], nodes[r][c], &mut random);
                        borders.insert([row, column, r, c], line);
                    }
                }
            }
        }
        let mut units = Vec::new();
        for row in 0..n {
            for column in 0..n {
                if (row, column) == (n / 2, n / 3) && n > 5 {
                    continue;
                }
                let mut ring: Vec<[f64; 2]> = Vec::new();
                let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
                for (i, &(r, c)) in corners.iter().enumerate() {
                    let (r2, c2) = corners[(i + 1) % 4];
                    match borders.get(&[r, c, r2, c2]) {
                        Some(line) => ring.extend(&line[..line.len() - 1]),
                        None => ring.extend(borders[&[r2, c2, r, c]].iter().skip(1).rev()),
                    }
                }
                let exterior: Ring = ring.into_iter().map(|p| self.ground(p)).collect();
                units.push(MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]));
            }
        }
        if n > 5 {
            self.enclose(&mut units);
            let apart = [[0.0, 0.0], [0.9, 0.1], [0.5, 0.8]].map(|[x, y]| [n as f64 + 2.0 + x, 3.0 + y]);
            let exterior = apart.iter().map(|&p| self.ground(p)).collect();
            units.push(MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]));
        }
        units
    }

    /// Puts a small square unit inside the first one.
    fn enclose(self, units: &mut Vec<MultiPolygon>) {
        let square = [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6]];
        let exterior: Ring = square.iter().map(|&p| self.ground(p)).collect();
        units[0].0[0].interiors.push(exterior.iter().rev().copied().collect());
        units.push(MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]));
    }

    /// A line of `n_between` + 2 points that strays less than a quarter of its length.
    fn wander(self, from: [f64; 2], to: [f64; 2], random: &mut Random) -> Vec<[f64; 2]> {
        let steps = self.n_between + 1;
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let waves: Vec<(f64, f64)> =
            (1..=6_i32).map(|k| (0.06 * random.draw() / f64::from(k), 3.0 * random.draw())).collect();
        let offset = |t: f64, rough: f64| {
            let sum: f64 = (1..)
                .zip(&waves)
                .map(|(k, (size, phase))| size * (f64::from(k) * 7.0 * t + phase).sin())
                .sum();
            (sum + rough) * (std::f64::consts::PI * t).sin()
        };
        (0..=steps)
            .map(|i| {
                let t = i as f64 / steps as f64;
                let o = offset(t, 0.15 / steps as f64 * random.draw());
                [from[0] + t * dx - o * dy, from[1] + t * dy + o * dx]
            })
            .collect()
    }

    fn ground(self, p: [f64; 2]) -> GridPoint {
        let half = self.n_side as f64 / 2.0;
        let [x, y] = p.map(|v| {
            let v = (v - half) / half;
            // The even part keeps neighbours in the very middle apart.
            v.signum() * (0.1 * v.abs() + 0.9 * v.abs().powf(self.crowding)) * HALF_WIDTH
        });
        GridPoint::new((MIDDLE.0 + x).round() as i32, (MIDDLE.1 + y).round() as i32)
    }
}
