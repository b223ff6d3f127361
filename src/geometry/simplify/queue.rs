//! Vertices waiting for their level, the lowest first.
//!
//! Design: levels never fall, so a vertex is put at the end of a bucket of near levels without comparing, and a bucket
//! is sorted when its turn comes. A binary heap over millions of vertices misses the cache at every step down, and
//! took a third of the time to open a store.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Buckets in each doubling of the level, as a power of two.
const SPLIT_BITS: u32 = 6;
const N_BUCKETS: usize = ((u64::BITS - SPLIT_BITS + 1) as usize) << SPLIT_BITS;

type Entry = (u64, u32);

/// Entries (level, vertex), given back in their order; none may be pushed that is smaller than the last one given.
pub struct Queue {
    buckets: Vec<Vec<Entry>>,
    /// The bucket whose turn it is.
    turn: usize,
    /// What was in it when its turn came, the largest first.
    sorted: Vec<Entry>,
    /// What came into it since.
    late: BinaryHeap<Reverse<Entry>>,
}

impl Queue {
    pub fn new() -> Self {
        Self { buckets: vec![Vec::new(); N_BUCKETS], turn: 0, sorted: Vec::new(), late: BinaryHeap::new() }
    }

    pub fn push(&mut self, level: u64, vertex: u32) {
        let bucket = bucket(level);
        debug_assert!(bucket >= self.turn, "level {level} fell");
        if bucket == self.turn {
            self.late.push(Reverse((level, vertex)));
        } else {
            self.buckets[bucket].push((level, vertex));
        }
    }

    pub fn pop(&mut self) -> Option<Entry> {
        while self.sorted.is_empty() && self.late.is_empty() {
            let ahead = &self.buckets[self.turn + 1..];
            self.turn += 1 + ahead.iter().position(|bucket| !bucket.is_empty())?;
            self.sorted = std::mem::take(&mut self.buckets[self.turn]);
            self.sorted.sort_unstable_by(|a, b| b.cmp(a));
        }
        match (self.sorted.last(), self.late.peek()) {
            (Some(&sorted), Some(&Reverse(late))) if late < sorted => {
                self.late.pop();
                Some(late)
            }
            (None, _) => self.late.pop().map(|Reverse(late)| late),
            _ => self.sorted.pop(),
        }
    }
}

/// Never falls as the level rises: the place of its highest bit, then the bits below that one.
fn bucket(level: u64) -> usize {
    let shift = (u64::BITS - level.leading_zeros()).saturating_sub(SPLIT_BITS + 1);
    // From the first doubling that needs a shift on, the highest bit counts one more bucket a doubling.
    ((shift as usize) << SPLIT_BITS) + (level >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_never_fall_as_levels_rise() {
        let near_powers = (0..64).flat_map(|bit| {
            let power = 1_u64 << bit;
            [power - 1, power, power + 1, power + power / 3]
        });
        let mut levels: Vec<u64> = (0..1_000).chain(near_powers).chain([u64::MAX]).collect();
        levels.sort_unstable();
        assert!(levels.windows(2).all(|pair| bucket(pair[0]) <= bucket(pair[1])));
        assert!(bucket(u64::MAX) < N_BUCKETS);
    }

    #[test]
    fn entries_come_in_order_while_others_are_pushed() {
        let mut state = 7_u64;
        let mut draw = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let (mut queue, mut heap) = (Queue::new(), BinaryHeap::new());
        for vertex in 0..2_000 {
            let level = draw(1 << (1 + vertex % 30));
            queue.push(level, vertex);
            heap.push(Reverse((level, vertex)));
        }
        let mut n_popped = 0;
        while let Some(Reverse(expected)) = heap.pop() {
            assert_eq!(queue.pop(), Some(expected));
            n_popped += 1;
            if n_popped < 3_000 {
                let entry = (expected.0 + draw(expected.0 / 8 + 2), draw(2_000) as u32);
                queue.push(entry.0, entry.1);
                heap.push(Reverse(entry));
            }
        }
        assert_eq!(queue.pop(), None);
    }
}
