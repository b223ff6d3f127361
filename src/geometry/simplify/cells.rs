//! Ground on which vertices go without asking the rest of the coverage.
//!
//! Owns: which arcs a thread may thin by itself. A cell is a node of the k-d tree of vertices; a unit lies in the
//! smallest one whose box is all around it, an arc in the smallest one that has the units of both its sides. So no
//! triangle of an arc reaches beyond its cell, and no area is changed by two cells unless one lies in the other.

use std::ops::Range;

use super::LevelArc;
use super::removal::Entry;
use super::standing::{Part, Standing, Window};
use crate::parallel;

/// Vertices of a cell that is not divided, at most. Lower: more arcs lie in no small cell; higher: what a thread works
/// on does not fit its cache.
const CELL_POINTS: usize = 1 << 13;

/// No unit on this side of an arc.
pub const OUTSIDE: u32 = u32::MAX;

/// A node of the tree of cells.
pub struct Cell {
    /// Places of its units, of its halves' too and theirs before its own.
    pub units: Range<u32>,
    /// Arcs of its own.
    pub arcs: Vec<u32>,
    /// Vertices of its arcs that ask to go, each with the level of its asking.
    pub waiting: Vec<Entry>,
    pub halves: Option<Box<[Self; 2]>>,
}

/// Cells of a coverage, with its units in their order.
pub struct Cells {
    pub root: Cell,
    /// Places of the units on the right and on the left of each arc, or [`OUTSIDE`].
    pub sides: Vec<[u32; 2]>,
}

impl Cells {
    pub fn new(arcs: &[LevelArc], n_units: usize, standing: &mut Standing) -> Self {
        let boxes =
            parallel::map(arcs.len(), |i| arcs[i].points.iter().fold(Window::EMPTY, |all, &p| all.with(p)));
        let mut of_units = vec![Window::EMPTY; n_units];
        for (arc, &bounds) in arcs.iter().zip(&boxes) {
            for unit in [arc.right, arc.left].into_iter().flatten() {
                of_units[unit as usize] = of_units[unit as usize].union(bounds);
            }
        }
        let units = of_units.into_iter().zip(0..).collect();
        let mut places = vec![OUTSIDE; n_units];
        let mut root = Cell::new(standing.whole(), units, &mut 0, &mut places);
        let place = |unit: Option<u32>| unit.map_or(OUTSIDE, |unit| places[unit as usize]);
        let sides: Vec<[u32; 2]> = arcs.iter().map(|arc| [place(arc.right), place(arc.left)]).collect();
        for (&sides, arc) in sides.iter().zip(0..) {
            root.take(arc, sides);
        }
        Self { root, sides }
    }
}

impl Cell {
    /// - `units`: with their boxes.
    /// - `n_placed`, `places`: of the units that were given a place so far.
    fn new(mut part: Part<'_>, units: Vec<(Window, u32)>, n_placed: &mut u32, places: &mut [u32]) -> Self {
        let first = *n_placed;
        let mut of_halves = [Vec::new(), Vec::new()];
        let mut own = Vec::new();
        if part.n_points() > CELL_POINTS {
            for unit in units {
                part.half_of(unit.0).map_or(&mut own, |half| &mut of_halves[half]).push(unit);
            }
        } else {
            own = units;
        }
        let halves = of_halves.iter().any(|units| !units.is_empty()).then(|| {
            let [before, after] = part.halves();
            let [units_before, units_after] = of_halves;
            let before = Self::new(before, units_before, n_placed, places);
            Box::new([before, Self::new(after, units_after, n_placed, places)])
        });
        for (_, unit) in own {
            places[unit as usize] = *n_placed;
            *n_placed += 1;
        }
        Self { units: first..*n_placed, arcs: Vec::new(), waiting: Vec::new(), halves }
    }

    /// Takes an arc into the smallest cell that has both its sides.
    fn take(&mut self, arc: u32, sides: [u32; 2]) {
        let has = |cell: &Self| sides.iter().all(|&side| side == OUTSIDE || cell.units.contains(&side));
        let is_anywhere = sides == [OUTSIDE; 2];
        match self.halves.as_deref_mut().and_then(|halves| halves.iter_mut().find(|half| has(half))) {
            Some(half) if !is_anywhere => half.take(arc, sides),
            _ => self.arcs.push(arc),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::simplify::WorldPoint;

    const SIDE: i32 = 20;
    const STEPS: i32 = 16;

    /// Borders of a square of `SIDE`² square units, each a straight line of `STEPS` steps.
    fn squares() -> Vec<LevelArc> {
        let unit = |x: i32, y: i32| {
            ((0..SIDE).contains(&x) && (0..SIDE).contains(&y)).then_some((y * SIDE + x) as u32)
        };
        let arc = |from: [i32; 2], by: [i32; 2], left, right| {
            let at = |i: i32| [0, 1].map(|axis| (from[axis] * STEPS + i * by[axis]) * 100);
            let points: Vec<_> = (0..=STEPS).map(at).map(|[x, y]| WorldPoint { x, y }).collect();
            LevelArc { points, first_zoom: Vec::new(), left, right }
        };
        let mut arcs = Vec::new();
        for (y, x) in (0..=SIDE).flat_map(|y| (0..=SIDE).map(move |x| (y, x))) {
            // y points south: to the right of a way east lies what has the larger y.
            if x < SIDE {
                arcs.push(arc([x, y], [1, 0], unit(x, y - 1), unit(x, y)));
            }
            if y < SIDE {
                arcs.push(arc([x, y], [0, 1], unit(x, y), unit(x - 1, y)));
            }
        }
        arcs
    }

    /// Tells each arc's cell: its units and whether it holds these arcs' vertices alone.
    fn visit(cell: &Cell, mut part: Part<'_>, seen: &mut impl FnMut(&Cell, Range<u32>)) {
        let ids = part.first()..part.first() + part.n_points() as u32;
        if let Some(halves) = &cell.halves {
            let [a, b] = part.halves();
            visit(&halves[0], a, seen);
            visit(&halves[1], b, seen);
        }
        seen(cell, ids);
    }

    #[test]
    fn each_arc_lies_in_one_cell_with_its_vertices_and_both_its_units() {
        let arcs = squares();
        let points: Vec<WorldPoint> = arcs.iter().flat_map(|arc| &arc.points).copied().collect();
        let (mut standing, ids) = Standing::new(&points);
        let n_units = (SIDE * SIDE) as usize;
        let Cells { root, sides } = Cells::new(&arcs, n_units, &mut standing);
        assert_eq!(root.units, 0..n_units as u32);

        let mut n_seen = vec![0; arcs.len()];
        let mut n_cells = 0;
        visit(&root, standing.whole(), &mut |cell, inside| {
            n_cells += usize::from(!cell.arcs.is_empty());
            for &arc in &cell.arcs {
                n_seen[arc as usize] += 1;
                assert!(sides[arc as usize].iter().all(|side| *side == OUTSIDE || cell.units.contains(side)));
                let first = arc as usize * (STEPS as usize + 1);
                assert!(ids[first..=first + STEPS as usize].iter().all(|id| inside.contains(id)));
            }
        });
        assert!(n_seen.iter().all(|&n| n == 1));
        assert!(n_cells > 2, "{n_cells}");

        let mut placed: Vec<u32> = sides.iter().flatten().copied().filter(|&side| side != OUTSIDE).collect();
        placed.sort_unstable();
        placed.dedup();
        assert_eq!(placed.len(), n_units);
        for (arc, sides) in arcs.iter().zip(&sides) {
            assert_eq!([arc.right, arc.left].map(|unit| unit.is_none()), sides.map(|side| side == OUTSIDE));
        }
    }
}
