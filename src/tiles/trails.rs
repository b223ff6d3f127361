//! Border lines joined end to end into long trails.
//!
//! An arc ends where three khoroos meet; drawn arc by arc, half of a layer of borders is beginnings
//! of lines. Where lines meet, a trail goes on along the straightest, so that a renderer also joins
//! what looks like one line.
//!
//! Owns: which lines follow each other. Invariant: every segment is drawn once, as before.

use std::collections::BTreeMap;

type Cell = [i32; 2];

/// Joins lines that share ends; ends where an odd number meet stay ends of trails.
///
/// - `lines`: at least two points each. Equal lines in equal order give equal trails. O(n log n).
pub fn join(lines: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    // Half-line 2·i begins line i at its first point, 2·i + 1 at its last.
    let mut leaving: BTreeMap<Cell, Vec<u32>> = BTreeMap::new();
    for (half, line) in (0..).step_by(2).zip(lines) {
        leaving.entry(line[0]).or_default().push(half);
        leaving.entry(line[line.len() - 1]).or_default().push(half + 1);
    }
    let is_end = |half: u32| leaving[&points(lines, half).0].len() % 2 == 1;
    let mut is_drawn = vec![false; lines.len()];
    let mut trails = Vec::new();
    // From odd ends first: what is left over are closed trails, which may begin anywhere.
    for ends_only in [true, false] {
        for half in 0..2 * lines.len() as u32 {
            if !is_drawn[(half / 2) as usize] && (!ends_only || is_end(half)) {
                trails.push(follow(lines, &leaving, half, &mut is_drawn));
            }
        }
    }
    trails
}

fn follow(
    lines: &[Vec<Cell>],
    leaving: &BTreeMap<Cell, Vec<u32>>,
    first: u32,
    is_drawn: &mut [bool],
) -> Vec<Cell> {
    let mut trail = vec![points(lines, first).0];
    let mut half = first;
    loop {
        is_drawn[(half / 2) as usize] = true;
        let line = &lines[(half / 2) as usize];
        if half.is_multiple_of(2) {
            trail.extend_from_slice(&line[1..]);
        } else {
            trail.extend(line[..line.len() - 1].iter().rev());
        }
        let [from, at] = [trail[trail.len() - 2], trail[trail.len() - 1]];
        let open = leaving[&at].iter().copied().filter(|&next| !is_drawn[(next / 2) as usize]);
        let straightest = open.max_by(|&g, &h| {
            let bend = |half| straightness(from, at, points(lines, half).1);
            // Of equals the first: `max_by` alone would give the last.
            bend(g).total_cmp(&bend(h)).then(h.cmp(&g))
        });
        match straightest {
            Some(next) => half = next,
            None => return trail,
        }
    }
}

/// The point that a half-line leaves, and the one it goes to next.
fn points(lines: &[Vec<Cell>], half: u32) -> (Cell, Cell) {
    let line = &lines[(half / 2) as usize];
    let n = line.len();
    if half.is_multiple_of(2) { (line[0], line[1]) } else { (line[n - 1], line[n - 2]) }
}

/// Cosine of the turn at `at`: 1 is straight on, -1 back.
fn straightness(from: Cell, at: Cell, to: Cell) -> f64 {
    let [ax, ay] = [0, 1].map(|i| f64::from(at[i] - from[i]));
    let [bx, by] = [0, 1].map(|i| f64::from(to[i] - at[i]));
    (ax * bx + ay * by) / (ax.hypot(ay) * bx.hypot(by))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segments(lines: &[Vec<Cell>]) -> Vec<[Cell; 2]> {
        let pair = |pair: &[Cell]| [pair[0].min(pair[1]), pair[0].max(pair[1])];
        let mut all: Vec<_> = lines.iter().flat_map(|line| line.windows(2).map(pair)).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn a_crossroads_is_two_straight_lines() {
        let lines =
            [vec![[0, 5], [5, 5]], vec![[5, 0], [5, 5]], vec![[5, 5], [5, 10]], vec![[10, 4], [5, 5]]];
        let trails = join(&lines);
        assert_eq!(trails, [vec![[0, 5], [5, 5], [10, 4]], vec![[5, 0], [5, 5], [5, 10]]]);
    }

    #[test]
    fn a_ring_with_a_tail_is_one_trail() {
        let lines = [vec![[5, 5], [9, 9], [1, 9], [5, 5]], vec![[5, 0], [5, 5]]];
        let trails = join(&lines);
        assert_eq!(trails.len(), 1);
    }

    proptest! {
        #[test]
        fn every_segment_is_drawn_once_and_no_more_lines_than_ends_ask_for(
            ends in proptest::collection::vec((0..6_i32, 0..6_i32, 0..6_i32, 0..6_i32), 0..40),
        ) {
            let lines: Vec<Vec<Cell>> = ends
                .into_iter()
                .filter(|&(a, b, c, d)| (a, b) != (c, d))
                .map(|(a, b, c, d)| vec![[a, b], [c, d]])
                .collect();
            let trails = join(&lines);
            prop_assert_eq!(segments(&trails), segments(&lines));
            prop_assert!(trails.len() <= lines.len());
        }
    }
}
