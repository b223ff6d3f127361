//! Areas that share no borders, cut out for a tile one by one.
//!
//! Not for units: theirs is [`crate::geometry::cut`], which keeps neighbours together. Lakes and blocks of
//! houses stand alone, so each is rounded to cells and clipped to the buffered square for itself, and what is
//! smaller than a cell is dropped. Edges along the clip lie in the buffer, out of sight.

use super::frame::Frame;
use crate::geometry::cut::{BUFFER_CELLS, CutPolygon};
use crate::geometry::ring::doubled_area;
use crate::geometry::simplify::TILE_CELLS;
use crate::model::{MultiPolygon, Ring};

/// Twice the area in cells below which a ring is not drawn.
const DOUBLED_AREA_MIN: i64 = 2;

/// The parts of a shape in a tile's buffered square, exteriors clockwise as seen (MVT 2.1).
pub fn areas(frame: &Frame, shape: &MultiPolygon) -> Vec<CutPolygon> {
    let cut = |polygon: &crate::model::Polygon| {
        let exterior = ring(frame, &polygon.exterior, true)?;
        let holes = polygon.interiors.iter().filter_map(|hole| ring(frame, hole, false)).collect();
        Some(CutPolygon { exterior, holes })
    };
    shape.0.iter().filter_map(cut).collect()
}

fn ring(frame: &Frame, ring: &Ring, is_exterior: bool) -> Option<Vec<[i32; 2]>> {
    let mut cells = frame.cells(ring);
    for (axis, bound, keeps_below) in [
        (0, -BUFFER_CELLS, false),
        (0, TILE_CELLS + BUFFER_CELLS, true),
        (1, -BUFFER_CELLS, false),
        (1, TILE_CELLS + BUFFER_CELLS, true),
    ] {
        cells = half(&cells, axis, i64::from(bound), keeps_below);
    }
    let mut cells: Vec<[i32; 2]> = cells.into_iter().map(|cell| cell.map(|v| v as i32)).collect();
    cells.dedup();
    while cells.len() > 1 && cells.first() == cells.last() {
        cells.pop();
    }
    let area = doubled_area(&cells);
    if cells.len() < 3 || area.abs() < DOUBLED_AREA_MIN {
        return None;
    }
    if (area > 0) != is_exterior {
        cells.reverse();
    }
    Some(cells)
}

/// The part of a ring on one side of a line (Sutherland and Hodgman 1974).
fn half(ring: &[[i64; 2]], axis: usize, bound: i64, keeps_below: bool) -> Vec<[i64; 2]> {
    let is_in = |p: [i64; 2]| if keeps_below { p[axis] <= bound } else { p[axis] >= bound };
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut from) = ring.last().copied() else { return kept };
    for &to in ring {
        if is_in(from) != is_in(to) {
            let share = (bound - from[axis]) as f64 / (to[axis] - from[axis]) as f64;
            let other = 1 - axis;
            let mut at = [bound; 2];
            at[other] = from[other] + (share * (to[other] - from[other]) as f64).round() as i64;
            kept.push(at);
        }
        if is_in(to) {
            kept.push(to);
        }
        from = to;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GridPoint, Polygon, TileCoord};

    fn frame() -> Frame {
        Frame::new(TileCoord::new(1, 0, 0).expect("on the grid"))
    }

    fn shape(corners: &[(f64, f64)]) -> MultiPolygon {
        let at = |(lon, lat): &(f64, f64)| GridPoint::from_degrees(*lon, *lat).expect("in range");
        MultiPolygon(vec![Polygon { exterior: corners.iter().map(at).collect(), interiors: Vec::new() }])
    }

    #[test]
    fn an_area_is_cut_at_the_buffer_and_runs_clockwise() {
        let cut = areas(&frame(), &shape(&[(-90.0, 0.0), (90.0, 0.0), (90.0, 60.0), (-90.0, 60.0)]));
        let [polygon] = &cut[..] else { panic!("{cut:?}") };
        assert!(doubled_area(&polygon.exterior) > 0);
        let east = polygon.exterior.iter().map(|p| p[0]).max();
        assert_eq!(east, Some(TILE_CELLS + BUFFER_CELLS));
        assert_eq!(polygon.exterior.iter().map(|p| p[1]).max(), Some(TILE_CELLS));
    }

    #[test]
    fn an_area_elsewhere_or_smaller_than_a_cell_is_not_drawn() {
        assert!(areas(&frame(), &shape(&[(90.0, -10.0), (100.0, -10.0), (100.0, -5.0)])).is_empty());
        assert!(areas(&frame(), &shape(&[(-90.0, 10.0), (-89.999, 10.0), (-89.999, 10.001)])).is_empty());
    }

    #[test]
    fn an_area_around_the_whole_tile_fills_it() {
        let inner = Frame::new(TileCoord::new(2, 1, 1).expect("on the grid"));
        let cut = areas(&inner, &shape(&[(-170.0, -80.0), (170.0, -80.0), (170.0, 80.0), (-170.0, 80.0)]));
        let [polygon] = &cut[..] else { panic!("{cut:?}") };
        let side = i64::from(TILE_CELLS + 2 * BUFFER_CELLS);
        assert_eq!(doubled_area(&polygon.exterior), 2 * side * side);
    }
}
