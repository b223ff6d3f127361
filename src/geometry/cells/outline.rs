//! The border around cells, as rings of corners.

use std::collections::BTreeMap;

use super::Cell;

/// Rings around the union of `cells`, corners only where the way turns; `[column, row]` of corners.
///
/// Clockwise as seen, holes the other way, each from its first corner row by row; not closed. Cells that
/// touch in a corner alone get rings of their own.
pub fn outline(cells: &[Cell]) -> Vec<Vec<Cell>> {
    let held: std::collections::BTreeSet<Cell> = cells.iter().copied().collect();
    let holds = |column: Option<u16>, row: Option<u16>| match (column, row) {
        (Some(column), Some(row)) => held.contains(&[column, row]),
        _ => false,
    };
    // Directed edges with the inside on the right hand: where each corner goes on to.
    let mut next: BTreeMap<[u16; 2], Vec<[u16; 2]>> = BTreeMap::new();
    let mut edge = |from: [u16; 2], to: [u16; 2]| next.entry([from[1], from[0]]).or_default().push(to);
    for &[c, r] in &held {
        if !holds(Some(c), r.checked_sub(1)) {
            edge([c, r], [c + 1, r]);
        }
        if !holds(Some(c + 1), Some(r)) {
            edge([c + 1, r], [c + 1, r + 1]);
        }
        if !holds(Some(c), Some(r + 1)) {
            edge([c + 1, r + 1], [c, r + 1]);
        }
        if !holds(c.checked_sub(1), Some(r)) {
            edge([c, r + 1], [c, r]);
        }
    }
    let mut rings = Vec::new();
    while let Some((&[row, column], _)) = next.first_key_value() {
        let start = [column, row];
        let (mut ring, mut at, mut came) = (Vec::new(), start, [0, 0]);
        loop {
            let ways = next.get_mut(&[at[1], at[0]]).expect("every corner is left as often as reached");
            let step =
                |to: [u16; 2]| [i32::from(to[0]) - i32::from(at[0]), i32::from(to[1]) - i32::from(at[1])];
            // At a corner that two cells share, the right turn stays with the same cell.
            let right = [-came[1], came[0]];
            let chosen = ways.iter().position(|&to| step(to) == right).unwrap_or(0);
            let to = ways.swap_remove(chosen);
            let direction = step(to);
            if ways.is_empty() {
                next.remove(&[at[1], at[0]]);
            }
            if direction != came {
                ring.push(at);
            }
            (at, came) = (to, direction);
            if at == start {
                break;
            }
        }
        rings.push(ring);
    }
    rings
}
