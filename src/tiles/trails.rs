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
    let mut is_drawn = vec![false; lines.len()];
    // Counted anew for each trail: where three lines meet, one trail ends and one goes through.
    let is_end = |half: u32, is_drawn: &[bool]| {
        let halves = leaving[&points(lines, half).0].iter();
        halves.filter(|&&other| !is_drawn[(other / 2) as usize]).count() % 2 == 1
    };
    let mut trails = Vec::new();
    // From odd ends first: what is left over are closed trails, which may begin anywhere.
    for ends_only in [true, false] {
        for half in 0..2 * lines.len() as u32 {
            if !is_drawn[(half / 2) as usize] && (!ends_only || is_end(half, &is_drawn)) {
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
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn reversed(line: &[Cell]) -> Vec<Cell> {
        line.iter().rev().copied().collect()
    }

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
        fn every_segment_is_drawn_once_and_trails_end_only_where_an_odd_number_of_lines_does(
            ends in proptest::collection::vec((0..6_i32, 0..6_i32, 0..6_i32, 0..6_i32), 0..40),
        ) {
            // Borders: each once, with a bend of its own between ends that they share.
            let lines: Vec<Vec<Cell>> = (0..)
                .zip(ends)
                .map(|(i, (a, b, c, d))| vec![[a, b], [100 + i, a + c], [100 + i, 200], [c, d]])
                .collect();
            let trails = join(&lines);
            prop_assert_eq!(segments(&trails), segments(&lines));
            // Where lines end: only there a trail may go from one to the next, and no lines that could
            // be joined stay apart.
            let mut n_ends: BTreeMap<Cell, usize> = BTreeMap::new();
            for line in &lines {
                for end in [line[0], line[line.len() - 1]] {
                    *n_ends.entry(end).or_default() += 1;
                }
            }
            let is_odd = |p: &Cell| n_ends.get(p).is_some_and(|n| n % 2 == 1);
            let mut open_ends: BTreeMap<Cell, usize> = BTreeMap::new();
            for trail in trails.iter().filter(|trail| trail[0] != trail[trail.len() - 1]) {
                for end in [trail[0], trail[trail.len() - 1]] {
                    *open_ends.entry(end).or_default() += 1;
                }
            }
            for (&p, &n) in &n_ends {
                let ends = open_ends.get(&p).copied().unwrap_or(0);
                prop_assert_eq!(ends, usize::from(is_odd(&p)), "trails end at {:?}, where {} lines do", p, n);
            }
            let parts: BTreeSet<Vec<Cell>> = lines.iter().map(|line| line.clone().min(reversed(line))).collect();
            for trail in &trails {
                let mut from = 0;
                while from + 1 < trail.len() {
                    let whole = |&to: &usize| {
                        let part = trail[from..=to].to_vec();
                        parts.contains(&part.clone().min(reversed(&part)))
                    };
                    let to = (from + 1..trail.len()).find(whole);
                    prop_assert!(to.is_some(), "{:?} leaves a line before its end", trail);
                    from = to.expect("just asserted");
                }
            }
        }
    }
}
