//! Work on all processors, with results that do not depend on how many there are.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More than this only fight for memory.
const MAX_THREADS: usize = 8;

/// Items that a thread takes at a time: enough to make taking them free.
const ITEMS_AT_A_TIME: usize = 128;

/// Shorter ranges are not split: starting a thread costs some ten microseconds. Unit tests split all.
const RANGE_MIN: usize = if cfg!(test) { 4 } else { 1 << 15 };

/// Threads worth starting on this machine.
pub fn n_threads() -> usize {
    // Asking reads some files of the system.
    static FOUND: OnceLock<usize> = OnceLock::new();
    *FOUND.get_or_init(|| thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS))
}

/// Splits `0..n` into neighbouring ranges, one a thread, and gives the results in order.
///
/// For many cheap items; `result` must mean the same however the range is split.
pub fn in_ranges<R: Send>(n: usize, result: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let n_ranges = n_threads().min(n / RANGE_MIN).max(1);
    let range = |i: usize| n * i / n_ranges..n * (i + 1) / n_ranges;
    thread::scope(|scope| {
        let result = &result;
        let others: Vec<_> = (1..n_ranges).map(|i| scope.spawn(move || result(range(i)))).collect();
        let own = result(range(0));
        let others = others
            .into_iter()
            .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(others).collect()
    })
}

/// `result` of 0 to `n_items`, in this order; for items of unequal cost.
pub fn map<R: Send>(n_items: usize, result: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parts = Vec::new();
        loop {
            let start = next.fetch_add(ITEMS_AT_A_TIME, Ordering::Relaxed);
            if start >= n_items {
                return parts;
            }
            let end = n_items.min(start + ITEMS_AT_A_TIME);
            parts.push((start, (start..end).map(&result).collect::<Vec<R>>()));
        }
    };
    let n_others = n_threads().min(n_items.div_ceil(ITEMS_AT_A_TIME)).saturating_sub(1);
    let mut parts = thread::scope(|scope| {
        let others: Vec<_> = (0..n_others).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for other in others {
            parts.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        parts
    });
    parts.sort_unstable_by_key(|&(start, _)| start);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for n_items in [0, 1, ITEMS_AT_A_TIME, ITEMS_AT_A_TIME + 1, 10 * ITEMS_AT_A_TIME + 7] {
            let expected: Vec<usize> = (0..n_items).map(|i| i * i).collect();
            assert_eq!(map(n_items, |i| i * i), expected, "{n_items}");
        }
    }
}
