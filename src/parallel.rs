//! Work on all processors, with results that do not depend on how many there are.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;

/// More than this only fight for memory.
const MAX_THREADS: usize = 8;

/// Items that a thread takes at a time, at most: enough to make taking them free.
const ITEMS_AT_A_TIME: usize = 128;

/// A thread comes this often for items, so that all end at about the same time.
const TURNS: usize = 8;

/// Results that may wait for one before them, or for whoever takes them. Lower: threads stand idle beside a slow
/// item; higher: memory for results that nobody takes yet.
const WAITING_MAX: usize = 256;

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
    let n_at_a_time = (n_items / (TURNS * n_threads())).clamp(1, ITEMS_AT_A_TIME);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parts = Vec::new();
        loop {
            let start = next.fetch_add(n_at_a_time, Ordering::Relaxed);
            if start >= n_items {
                return parts;
            }
            let end = n_items.min(start + n_at_a_time);
            parts.push((start, (start..end).map(&result).collect::<Vec<R>>()));
        }
    };
    let n_others = n_threads().min(n_items.div_ceil(n_at_a_time)).saturating_sub(1);
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

/// Two pieces of work, at the same time where they are long and there are processors for both.
pub fn both<A: Send, B>(is_long: bool, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    if !is_long || n_threads() == 1 {
        return (a(), b());
    }
    thread::scope(|scope| {
        let other = scope.spawn(a);
        let own = b();
        (other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), own)
    })
}

/// Sorts; equal items must be the same to whoever looks at them.
pub fn sort<T: Ord + Send>(items: &mut [T]) {
    let n_parts = n_threads().min(items.len() / RANGE_MIN).max(1);
    let n_each = items.len().div_ceil(n_parts).max(1);
    thread::scope(|scope| {
        for part in items.chunks_mut(n_each) {
            scope.spawn(|| part.sort_unstable());
        }
    });
    // Finds the sorted parts and merges them.
    items.sort();
}

/// Where the work of [`pipe`] stands.
struct Line<I> {
    items: I,
    n_begun: usize,
    n_taken: usize,
    is_over: bool,
}

/// Ends the work of all where one thread panics: its result would be waited for in vain.
struct Alarm<'a, I>(&'a Mutex<Line<I>>, &'a Condvar);

impl<I> Drop for Alarm<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            locked(self.0).is_over = true;
            self.1.notify_all();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `make` of each item on all processors, handed to `take` one after the other in the order of the items.
///
/// No more than [`WAITING_MAX`] results wait. The first error of `take` ends the work.
pub fn pipe<T: Send, R: Send, E>(
    items: impl Iterator<Item = T> + Send,
    make: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let line = Mutex::new(Line { items, n_begun: 0, n_taken: 0, is_over: false });
    let moved = Condvar::new();
    let next = || {
        let mut line = locked(&line);
        while !line.is_over && line.n_begun >= line.n_taken + WAITING_MAX {
            line = moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        let item = if line.is_over { None } else { line.items.next() }?;
        line.n_begun += 1;
        Some((line.n_begun - 1, item))
    };
    thread::scope(|scope| {
        let (send, receive) = mpsc::channel();
        for _ in 0..n_threads() {
            let (send, next, make, line, moved) = (send.clone(), &next, &make, &line, &moved);
            scope.spawn(move || {
                let _alarm = Alarm(line, moved);
                while let Some((nth, item)) = next() {
                    if send.send((nth, make(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut n_taken = 0;
        while let Ok((nth, result)) = receive.recv() {
            waiting.insert(nth, result);
            while let Some(result) = waiting.remove(&n_taken) {
                let taken = take(result);
                n_taken += 1;
                let mut line = locked(&line);
                line.n_taken = n_taken;
                line.is_over |= taken.is_err();
                drop(line);
                moved.notify_all();
                taken?;
            }
        }
        Ok(())
    })
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

    #[test]
    fn parts_are_sorted_together() {
        for n_items in [0, 1, 5, 97, 1_000] {
            let mut items: Vec<usize> = (0..n_items).map(|i| i * 7_919 % 1_009).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort(&mut items);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn results_are_taken_in_order_however_long_each_takes() {
        for n_items in [0, 1, WAITING_MAX, 5 * WAITING_MAX + 3] {
            let mut taken = Vec::new();
            let slow = |i: usize| {
                let turns = if i.is_multiple_of(100) { 20_000 } else { 1 };
                (0..turns).fold(i, |a, _| std::hint::black_box(a))
            };
            let ended: Result<(), ()> = pipe(0..n_items, slow, |i| {
                taken.push(i);
                Ok(())
            });
            assert_eq!(ended, Ok(()));
            assert_eq!(taken, (0..n_items).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let n_made = AtomicUsize::new(0);
        let make = |i: usize| {
            n_made.fetch_add(1, Ordering::Relaxed);
            i
        };
        let ended = pipe(0.., make, |i| if i < 10 { Ok(()) } else { Err(i) });
        assert_eq!(ended, Err(10));
        assert!(n_made.load(Ordering::Relaxed) <= 11 + WAITING_MAX);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_not_waited_for() {
        let _: Result<(), ()> = pipe(0.., |i: usize| assert!(i != 3), |()| Ok(()));
    }
}
