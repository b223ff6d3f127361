//! New khoroos cut out of old ones, as between the vintages 2020 and 2022.
//!
//! A child with one parent is a piece of it. A child with two is a piece of each, on the same end of
//! their common border, melted into one; so both parents keep their number and outer border.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::{Part, Wish};
use super::khoroos::Knife;
use super::plane::{Vertex, area_m2};
use crate::model::GridPoint;

type Ring = Vec<Vertex>;

/// Swaps numbers so that every parent is worth cutting, and parents of one child touch.
///
/// `rings[n − 1]` is the khoroo with number n.
pub fn seat_parents(rings: &mut [Ring], splits: &[(u32, Vec<u32>)]) {
    let mut seated: BTreeSet<usize> = BTreeSet::new();
    for (_, parents) in splits {
        let &[a, b] = &parents[..] else { continue };
        let mut best: Option<(f64, usize, usize)> = None;
        for i in (0..rings.len()).filter(|i| !seated.contains(i)) {
            for j in (0..rings.len()).filter(|j| *j != i && !seated.contains(j)) {
                let smaller_m2 = area_m2(&rings[i]).min(area_m2(&rings[j]));
                if best.is_none_or(|(m2, ..)| smaller_m2 > m2)
                    && common_stretch(&rings[i], &rings[j]).is_some_and(|(_, n)| n >= STRETCH_MIN)
                {
                    best = Some((smaller_m2, i, j));
                }
            }
        }
        let Some((_, i, j)) = best else { continue };
        let (a, b) = (a as usize - 1, b as usize - 1);
        rings.swap(a, i);
        // The second may just have been moved away by the first swap.
        rings.swap(b, if j == a { i } else { j });
        seated.extend([a, b]);
    }
    let single: BTreeSet<usize> =
        splits.iter().flat_map(|(_, p)| p).map(|&p| p as usize - 1).filter(|p| !seated.contains(p)).collect();
    if splits.len() > rings.len() / 2 && splits.iter().all(|(_, p)| p.len() == 1) {
        return; // Most are cut: nothing to choose.
    }
    let mut by_area: Vec<usize> = (0..rings.len()).filter(|i| !seated.contains(i)).collect();
    by_area.sort_by(|&i, &j| area_m2(&rings[j]).total_cmp(&area_m2(&rings[i])));
    // The very large ones lie in the steppe, where nobody needs a new khoroo.
    let worth: Vec<usize> = by_area.into_iter().filter(|&i| area_m2(&rings[i]) < STEPPE_M2).collect();
    let mut free = worth[..worth.len().min(single.len())].to_vec();
    let wrong: Vec<usize> = single.iter().copied().filter(|p| !free.contains(p)).collect();
    free.retain(|i| !single.contains(i));
    for (parent, large) in wrong.into_iter().zip(free) {
        rings.swap(parent, large);
    }
}

/// The khoroos after all splits, children at their numbers; `None` if one found no room.
pub fn split(rings: &[Ring], splits: &[(u32, Vec<u32>)], knife: &mut Knife) -> Option<Vec<Ring>> {
    let mut after: BTreeMap<u32, Ring> = (1..).zip(rings.iter().cloned()).collect();
    // Those with two parents first, while the border between them is whole.
    let mut order: Vec<&(u32, Vec<u32>)> = splits.iter().collect();
    order.sort_by_key(|(child, parents)| (std::cmp::Reverse(parents.len()), *child));
    for (child, parents) in order {
        let cut_out = match parents[..] {
            [a, b] => {
                let (rest_a, rest_b, cut_out) = cut_from_two(&after[&a], &after[&b], knife)?;
                after.insert(a, rest_a);
                after.insert(b, rest_b);
                cut_out
            }
            [a] => {
                let (rest, cut_out) = cut_from_one(&after[&a], knife)?;
                after.insert(a, rest);
                cut_out
            }
            _ => unreachable!("plans name one or two parents"),
        };
        after.insert(*child, cut_out);
    }
    Some(after.into_values().collect())
}

fn cut_from_one(parent: &Ring, knife: &mut Knife) -> Option<(Ring, Ring)> {
    let share = knife.random.between(0.35, 0.5);
    let pieces =
        knife.cut(parent, &Wish { start: None, anchor: None, forward: &[share], badness: &compact })?;
    Some((pieces.back, pieces.forward))
}

/// What remains of both parents, and the child.
fn cut_from_two(a: &Ring, b: &Ring, knife: &mut Knife) -> Option<(Ring, Ring, Ring)> {
    let (at, n) = common_stretch(a, b)?;
    let shared: Vec<GridPoint> = (0..=n).map(|k| a[(at + k) % a.len()].grid).collect();
    let (fork, far_end) = (shared[n / 2], shared[n]);
    // Along `a` the border runs from its near end through the fork to its far end, along `b` back.
    let share_a = knife.random.between(0.3, 0.45);
    let of_a = knife.cut(
        a,
        &Wish { start: place(a, fork), anchor: None, forward: &[1.0 - share_a], badness: &compact },
    )?;
    let share_b = knife.random.between(0.3, 0.45);
    let of_b = knife
        .cut(b, &Wish { start: place(b, fork), anchor: None, forward: &[share_b], badness: &compact })?;
    let keep_whole = place(&of_a.forward, far_end).is_some() && place(&of_b.back, far_end).is_some();
    let near_end = shared[0];
    let (near_a, near_b) = (place(&of_a.back, near_end)?, place(&of_b.forward, near_end)?);
    if !keep_whole {
        return None;
    }
    let fork_a = place(&of_a.back, fork)?;
    let fork_b = place(&of_b.forward, fork)?;
    let mut child: Ring = stretch(&of_a.back, fork_a, near_a);
    child.extend(stretch(&of_b.forward, near_b, fork_b));
    Some((of_a.forward, of_b.back, child))
}

/// From one position of a ring along it to another, the last left out.
fn stretch(ring: &Ring, from: usize, to: usize) -> Ring {
    let ahead = (to + ring.len() - from) % ring.len();
    (0..ahead).map(|k| ring[(from + k) % ring.len()]).collect()
}

fn compact(forward: &Part, back: &Part, _which: usize) -> f64 {
    forward.raggedness() + back.raggedness()
}

fn place(ring: &Ring, point: GridPoint) -> Option<usize> {
    ring.iter().position(|v| v.grid == point)
}

/// Where along `a` its only common border with `b` begins, and how many pieces it has.
///
/// `None` when they do not touch, or touch in more places than one.
fn common_stretch(a: &Ring, b: &Ring) -> Option<(usize, usize)> {
    let of_b: BTreeSet<GridPoint> = b.iter().map(|v| v.grid).collect();
    let n = a.len();
    let is_shared: Vec<bool> = a.iter().map(|v| of_b.contains(&v.grid)).collect();
    let begins: Vec<usize> = (0..n).filter(|&i| is_shared[i] && !is_shared[(i + n - 1) % n]).collect();
    let &[begin] = &begins[..] else { return None };
    let length = (0..n).take_while(|k| is_shared[(begin + k) % n]).count();
    // One shared vertex is a corner, not a border.
    (length >= 2).then(|| (begin, length - 1))
}

/// Pieces that a border needs to be forked in its middle.
const STRETCH_MIN: usize = 8;
const STEPPE_M2: f64 = 15e6;
