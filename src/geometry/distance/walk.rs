//! The walk outward: from box to box by distance, until no further box can matter.
//!
//! Owns: the order of the walk and when it ends. Of units that are equally far the first by number is taken,
//! so the answer does not depend on the shape of the tree.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{ParentNode, RTreeNode, RTreeObject};

use super::plane::{Frame, Place, between_2};
use super::{Framed, Outlines};

/// A unit with its distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    pub unit: u32,
    pub distance_m: f64,
}

/// How many units are wanted, and how far away they may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    pub limit: usize,
    /// Metres, ≥ 0, included; infinite for any distance.
    pub within_m: f64,
}

impl Reach {
    pub const fn nearest(limit: usize) -> Self {
        Self { limit, within_m: f64::INFINITY }
    }
}

impl Outlines {
    /// The units nearest to `unit`, itself left out: by distance, then number. Empty where it has no place.
    ///
    /// - `touching`: units that touch it; they are 0 m away and need no measuring.
    /// - `may_be`: others are passed over.
    pub fn nearest(
        &self,
        unit: u32,
        touching: &[u32],
        reach: Reach,
        may_be: impl Fn(u32) -> bool,
    ) -> Vec<Found> {
        let Some(frame) = self.frame(unit) else { return Vec::new() };
        let mut best = Best::new(reach);
        touching.iter().filter(|&&other| may_be(other)).for_each(|&other| best.offer(other, 0.0));
        let mut pairs = Vec::new();
        self.walk(
            &mut best,
            |other| frame.gap_2(other),
            frame.middle(),
            |other, bound_2| {
                let is_asked = other != unit && !touching.contains(&other) && may_be(other);
                if is_asked { self.gap_2(unit, other, bound_2, &mut pairs) } else { f64::INFINITY }
            },
        );
        best.into_found()
    }

    /// The units whose borders are nearest to a place: by distance, then number.
    pub fn nearest_to(&self, at: Place, reach: Reach) -> Vec<Found> {
        let mut best = Best::new(reach);
        self.walk(
            &mut best,
            |frame| frame.gap_2_to(at),
            at,
            |unit, bound_2| self.gap_2_to(at, unit, bound_2),
        );
        best.into_found()
    }

    /// Offers units to `best`, those with the nearest boxes first, until no further box can enter.
    ///
    /// - `gap_2`: squared distance to a box.
    /// - `middle`: of boxes that are equally far, the one whose middle is nearer to it comes first: where many
    ///   boxes overlap, that soon makes `best` too good for the others.
    /// - `measured_2`: squared distance to a unit, anything not smaller where it is not below the bound.
    fn walk(
        &self,
        best: &mut Best,
        gap_2: impl Fn(&Frame) -> f64,
        middle: Place,
        mut measured_2: impl FnMut(u32, f64) -> f64,
    ) {
        let mut ahead: BinaryHeap<Step<'_>> = BinaryHeap::with_capacity(64);
        let mut next = Some(Step { gap_2: 0.0, middle_2: 0.0, to: To::Node(self.tree.root()) });
        while let Some(step) = next {
            if step.gap_2 > best.bound_2() || best.is_settled() {
                return;
            }
            match step.to {
                To::Node(node) => {
                    for child in node.children() {
                        let envelope = child.envelope();
                        let frame = Frame { low: envelope.lower(), high: envelope.upper() };
                        let to = match child {
                            RTreeNode::Leaf(Framed { unit, .. }) => To::Unit(*unit),
                            RTreeNode::Parent(node) => To::Node(node),
                        };
                        let gap_2 = gap_2(&frame);
                        if gap_2 <= best.bound_2() {
                            ahead.push(Step { gap_2, middle_2: between_2(frame.middle(), middle), to });
                        }
                    }
                }
                // One that is exactly as far as the last may still come before it by number.
                To::Unit(unit) => best.offer(unit, measured_2(unit, best.bound_2().next_up())),
            }
            next = ahead.pop();
        }
    }
}

/// What lies ahead on the walk; the nearest is the greatest, as a heap gives the greatest first.
struct Step<'a> {
    gap_2: f64,
    middle_2: f64,
    to: To<'a>,
}

enum To<'a> {
    Node(&'a ParentNode<Framed>),
    Unit(u32),
}

impl Ord for Step<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.gap_2.total_cmp(&self.gap_2).then_with(|| other.middle_2.total_cmp(&self.middle_2))
    }
}

impl PartialOrd for Step<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Step<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Step<'_> {}

/// The nearest units so far, by squared distance, then number.
struct Best {
    reach: Reach,
    found: Vec<(f64, u32)>,
}

impl Best {
    fn new(reach: Reach) -> Self {
        Self { reach, found: Vec::with_capacity(reach.limit.min(64) + 1) }
    }

    /// What is farther than this, squared, cannot enter.
    fn bound_2(&self) -> f64 {
        let within_2 = self.reach.within_m * self.reach.within_m;
        let last = self.found.last().filter(|_| self.found.len() >= self.reach.limit);
        last.map_or(within_2, |last| last.0)
    }

    /// True when all wanted are found and touch: those that touch were all offered first.
    fn is_settled(&self) -> bool {
        self.found.len() >= self.reach.limit && self.found.last().is_none_or(|last| last.0 == 0.0)
    }

    fn offer(&mut self, unit: u32, gap_2: f64) {
        if gap_2 <= self.bound_2() && gap_2.is_finite() {
            let rank = self.found.partition_point(|&(other_2, other)| (other_2, other) < (gap_2, unit));
            self.found.insert(rank, (gap_2, unit));
            self.found.truncate(self.reach.limit);
        }
    }

    fn into_found(self) -> Vec<Found> {
        let found = |(gap_2, unit): (f64, u32)| Found { unit, distance_m: gap_2.sqrt() };
        self.found.into_iter().map(found).collect()
    }
}
