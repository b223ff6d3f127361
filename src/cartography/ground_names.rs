//! Where the names of districts stand where districts are shown and no cells: on their own ground.
//!
//! A name stands in a row, as near to the middle of its district as it has room there; one that is wider than its
//! district reaches over free ground.
//!
//! Owns: the spot of each name. Leaves to others: names between cells (`cell_names`), drawing.
//! Invariant: a name reaches over the ground of others only where there is no other place for it.

use std::collections::BTreeMap;

use super::cell_names::{Block, NameSpot, is_met};
use crate::geometry::cells::{Cell, Layout};

/// Places that are tried for a name along each column: in its middle and at its edge.
const PLACES: u16 = 2;

/// In the order of the districts; `None` for one without cells.
pub fn ground_names(layout: &Layout, blocks: &[Block]) -> Vec<Option<NameSpot>> {
    let mut owners: BTreeMap<Cell, usize> = BTreeMap::new();
    for (idx, block) in blocks.iter().enumerate() {
        owners.extend(block.cells.iter().map(|&cell| (cell, idx)));
    }
    let mut names = vec![None; blocks.len()];
    for (idx, block) in blocks.iter().enumerate().filter(|(_, block)| !block.cells.is_empty()) {
        let [x, y] = block.middle();
        let cost = |spot: &NameSpot| {
            let owner = |column| owners.get(&[column, spot.row]).copied();
            let under: Vec<Option<usize>> = spot.columns(block.width).map(owner).collect();
            let n_of_others = under.iter().flatten().filter(|&&owner| owner != idx).count();
            let n_beside = under.iter().filter(|owner| **owner != Some(idx)).count();
            let off = (spot.x - x).hypot(f64::from(spot.row) + 0.5 - y);
            ((is_met(&names, blocks, spot, block.width), n_of_others, n_beside), off)
        };
        let best = spots(layout, block).min_by(|a, b| {
            let ((faults, off), (faults_b, off_b)) = (cost(a), cost(b));
            faults.cmp(&faults_b).then(off.total_cmp(&off_b))
        });
        names[idx] = best;
    }
    names
}

/// All that lie on a cell of the district, or right above or below one; below the last row there is a strip.
fn spots(layout: &Layout, block: &Block) -> impl Iterator<Item = NameSpot> {
    let (top, end) = block.rows();
    let rows = top.saturating_sub(1)..=end;
    let in_row = move |row: u16| {
        let places = 0..=layout.n_columns * PLACES;
        places.map(move |place| {
            NameSpot::in_grid(layout, f64::from(place) / f64::from(PLACES), row, block.width)
        })
    };
    rows.flat_map(in_row).filter(move |spot| {
        let near = spot.row.saturating_sub(1)..=spot.row + 1;
        spot.columns(block.width).any(|column| near.clone().any(|row| block.cells.contains(&[column, row])))
    })
}

#[cfg(test)]
mod tests {
    use super::super::cell_names::drawn;
    use super::*;

    fn check(lines: &[&str], width: f64, names: &[(f64, u16)]) {
        let (layout, blocks) = drawn(lines, width);
        let spots = ground_names(&layout, &blocks);
        let spots: Vec<(f64, u16)> = spots.iter().flatten().map(|spot| (spot.x, spot.row)).collect();
        assert_eq!(spots, names, "{lines:?}");
    }

    #[test]
    fn a_name_stands_on_its_district_as_near_to_the_middle_as_it_has_room() {
        check(&["aaaa", "aaaa", "aaaa"], 3.0, &[(2.0, 1)]);
        check(&["aaaa", "a...", "a..."], 3.0, &[(1.5, 0)]);
    }

    #[test]
    fn a_name_stands_on_no_other_district_where_its_own_is_too_narrow() {
        // Below the last row of `a`, where a strip would be between cells, is the ground of `b`.
        check(&[".....", ".aa..", "bbbbb", "bbbbb"], 4.0, &[(2.0, 1), (2.5, 2)]);
        check(&["....", "bbab", "bbab", "bbbb"], 3.0, &[(2.5, 0), (2.0, 3)]);
    }

    #[test]
    fn below_the_last_row_is_no_ground_of_others() {
        check(&["bbb..", "bbb.a"], 3.0, &[(3.5, 2), (1.5, 0)]);
    }

    #[test]
    fn no_name_stands_on_another() {
        check(&["....", "abab", "...."], 3.0, &[(1.5, 0), (2.5, 2)]);
    }

    #[test]
    fn where_there_is_no_other_place_a_name_reaches_over_least_of_the_others() {
        check(&["bbbb", "bacb", "bbbb"], 2.0, &[(1.0, 1), (2.0, 0), (3.0, 1)]);
    }

    #[test]
    fn a_district_without_cells_has_no_name() {
        let (layout, mut blocks) = drawn(&["aa", "bb"], 2.0);
        blocks[0].cells.clear();
        assert_eq!(ground_names(&layout, &blocks)[0], None);
    }
}
