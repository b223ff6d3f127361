//! Invented boundaries as careless hands draw them: every unit for itself, the outer border included.
//!
//! Common borders are drawn twice and apart, as slivers and overlaps; where such a pair reaches the
//! outer border it stays open to the outside, which is no gap of the coverage.

use std::collections::BTreeMap;

use hlp_tracker::geometry::coverage::clean::{CleanOptions, Cleaned, Gaps, Resolve, clean};
use hlp_tracker::model::grid::doubled_area;
use hlp_tracker::model::{GridPoint, MultiPolygon, Polygon, Ring};

use super::ground::{MIDDLE, Random};

/// A mosaic of `n_side`² units around Ulaanbaatar.
#[derive(Debug, Clone, Copy)]
pub struct Dirty {
    pub n_side: usize,
    /// Grid steps across the city, 1e-7° each.
    pub width: f64,
    /// Vertices on each border between two nodes.
    pub n_between: usize,
    /// How far, in grid steps, a unit draws a vertex from where it is.
    pub shake: i32,
    /// How far, in grid steps, a unit stays away from its true border everywhere: doubled borders.
    pub apart: f64,
    pub seed: u64,
}

impl Dirty {
    /// The units as drawn.
    pub fn units(self) -> Vec<MultiPolygon> {
        let mut random = Random(self.seed);
        let step = self.width / self.n_side as f64;
        let nodes: BTreeMap<(usize, usize), [f64; 2]> = (0..=self.n_side)
            .flat_map(|row| (0..=self.n_side).map(move |column| (row, column)))
            .map(|(row, column)| {
                let at = [column as f64 + 0.2 * random.draw(), row as f64 + 0.2 * random.draw()];
                ((row, column), at)
            })
            .collect();
        let mut units = Vec::new();
        for row in 0..self.n_side {
            for column in 0..self.n_side {
                let corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
                let middle = [column as f64 + 0.5, row as f64 + 0.5];
                let mut exterior = Ring::new();
                for (i, corner) in corners.iter().enumerate() {
                    let (a, b) = (nodes[corner], nodes[&corners[(i + 1) % 4]]);
                    for k in 0..=self.n_between {
                        let t = k as f64 / (self.n_between + 1) as f64;
                        // The same wave from both sides.
                        let wave = 0.05 * (9.0 * (a[0] + b[0] + a[1] * b[1])).sin();
                        let bulge = wave * (std::f64::consts::PI * t).sin();
                        let along = [b[0] - a[0], b[1] - a[1]];
                        let flip = if (a[0], a[1]) < (b[0], b[1]) { 1.0 } else { -1.0 };
                        let mut p = [0, 1].map(|i| a[i] + t * along[i]);
                        p[0] -= flip * bulge * along[1];
                        p[1] += flip * bulge * along[0];
                        let inwards = [middle[0] - p[0], middle[1] - p[1]];
                        let length = inwards[0].hypot(inwards[1]);
                        let mut place = |i: usize| {
                            let drawn = p[i] * step + self.apart / 2.0 * inwards[i] / length;
                            (drawn + f64::from(self.shake) * random.draw()).round() as i32
                        };
                        let half = self.width / 2.0;
                        exterior.push(GridPoint::new(
                            (MIDDLE.0 - half) as i32 + place(0),
                            (MIDDLE.1 - half) as i32 + place(1),
                        ));
                    }
                }
                units.push(MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }]));
            }
        }
        units
    }

    /// The units after cleaning; gaps are filled.
    pub fn cleaned(self) -> Cleaned {
        clean(&self.units(), &everything()).expect("every fault has a rule")
    }
}

pub fn everything() -> CleanOptions {
    CleanOptions { resolve: Some(Resolve::Smaller), gaps: Some(Gaps::Fill), ..CleanOptions::default() }
}

/// Two squares whose common border is drawn twice, `apart` grid steps from each other with waves, and
/// open to the outside in the south. The channel is closed in the north if `is_gap`.
pub fn channel(apart: i32, is_gap: bool) -> Vec<MultiPolygon> {
    let at = |x: i32, y: i32| GridPoint::new(MIDDLE.0 as i32 + x, MIDDLE.1 as i32 + y);
    let n = 60;
    let border = |side: i32| -> Vec<GridPoint> {
        (0..=n)
            .map(|i| {
                let wave = (4000.0 * (f64::from(i) / 3.0).sin()).round() as i32;
                let swell = (f64::from(apart) * (f64::from(i) * 1.7).cos().abs() / 2.0).ceil() as i32;
                let is_end = (i == 0 && is_gap) || i == n;
                at(wave + if is_end { 0 } else { side * swell }, -100_000 + 200_000 * i / n)
            })
            .collect()
    };
    let mut west: Ring = vec![at(-200_000, 100_000), at(-200_000, -100_000)];
    west.extend(border(-1));
    let mut east: Ring = vec![at(200_000, -100_000), at(200_000, 100_000)];
    east.extend(border(1).into_iter().rev());
    [west, east]
        .into_iter()
        .map(|mut exterior| {
            if doubled_area(&exterior) < 0 {
                exterior.reverse();
            }
            MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
        })
        .collect()
}

/// Cells around `n_side`² scattered places, each rounded and shaken for itself.
pub fn voronoi(n_side: usize, width: f64, shake: i32, seed: u64) -> Vec<MultiPolygon> {
    let mut random = Random(seed);
    let n = n_side as isize;
    let sites: Vec<[f64; 2]> = (0..n * n)
        .map(|i| [(i % n) as f64 + 0.5 + 0.45 * random.draw(), (i / n) as f64 + 0.5 + 0.45 * random.draw()])
        .collect();
    let site = |x: isize, y: isize| {
        let inside = (0..n).contains(&x) && (0..n).contains(&y);
        inside.then(|| sites[(y * n + x) as usize])
    };
    let scale = width / n_side as f64;
    let mut units = Vec::new();
    for i in 0..n * n {
        let (x, y) = (i % n, i / n);
        let own = sites[i as usize];
        let far = n as f64;
        let mut cell = vec![[0.0, 0.0], [far, 0.0], [far, far], [0.0, far]];
        // Farther places than these have no border with it, as every square of the grid has one.
        for (dx, dy) in (-4..=4).flat_map(|dx| (-4..=4).map(move |dy| (dx, dy))) {
            if let Some(other) = site(x + dx, y + dy).filter(|_| (dx, dy) != (0, 0)) {
                cell = nearer(&cell, own, other);
            }
        }
        let mut drawn = |v: f64, middle: f64| {
            (middle - width / 2.0 + v * scale + f64::from(shake) * random.draw()).round() as i32
        };
        let exterior = cell.iter().map(|p| GridPoint::new(drawn(p[0], MIDDLE.0), drawn(p[1], MIDDLE.1)));
        units.push(MultiPolygon(vec![Polygon { exterior: exterior.collect(), interiors: Vec::new() }]));
    }
    units
}

/// The part of a convex polygon that is nearer to `own` than to `other`.
fn nearer(polygon: &[[f64; 2]], own: [f64; 2], other: [f64; 2]) -> Vec<[f64; 2]> {
    let middle = [0, 1].map(|i| f64::midpoint(own[i], other[i]));
    let beyond =
        |p: [f64; 2]| (p[0] - middle[0]) * (other[0] - own[0]) + (p[1] - middle[1]) * (other[1] - own[1]);
    let mut kept = Vec::new();
    for (i, &p) in polygon.iter().enumerate() {
        let q = polygon[(i + 1) % polygon.len()];
        let (of_p, of_q) = (beyond(p), beyond(q));
        if of_p <= 0.0 {
            kept.push(p);
        }
        if (of_p <= 0.0) != (of_q <= 0.0) {
            let t = of_p / (of_p - of_q);
            kept.push([0, 1].map(|i| p[i] + t * (q[i] - p[i])));
        }
    }
    kept
}
