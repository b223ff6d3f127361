//! Work in parts on all processors, with an answer that does not depend on their number.

use std::ops::Range;

/// Shorter work is done by the caller: starting a thread costs some ten microseconds.
const PART_MIN: usize = 1 << 15;
/// More threads than this only fight for memory bandwidth.
const PARTS_MAX: usize = 8;

/// Splits `0..n` into neighbouring ranges, hands each to a thread, and gives the answers in order.
///
/// `work` must give answers that mean the same however the range is split.
pub fn in_parts<T: Send>(n: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let n_parts = processors.min(PARTS_MAX).min(n / PART_MIN).max(1);
    if n_parts == 1 {
        return vec![work(0..n)];
    }
    let part = |i: usize| n * i / n_parts..n * (i + 1) / n_parts;
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = (1..n_parts).map(|i| scope.spawn(move || work(part(i)))).collect();
        let own = work(part(0));
        let joined = others.into_iter().map(|thread| match thread.join() {
            Ok(answer) => answer,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        std::iter::once(own).chain(joined).collect()
    })
}
