//! Times of several ways to do the same, taken in turns so that a busy moment hits all of them.

use std::process::Command;
use std::time::{Duration, Instant};

/// Fewest rounds; what is slow gets no more.
const ROUNDS_MIN: usize = 3;
/// After this no new round begins.
const PATIENCE: Duration = Duration::from_secs(25);

pub struct Runner<'a> {
    pub name: &'static str,
    run: Box<dyn FnMut() -> Duration + 'a>,
}

impl<'a> Runner<'a> {
    /// What runs says itself how long it took, so that it can tidy up before and after.
    pub fn new(name: &'static str, run: impl FnMut() -> Duration + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Each runner's median time, and how many rounds there were.
pub fn medians(runners: &mut [Runner<'_>], rounds_max: usize) -> (Vec<Duration>, usize) {
    let started = Instant::now();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); runners.len()];
    let mut n_rounds = 0;
    while n_rounds < rounds_max && (n_rounds < ROUNDS_MIN || started.elapsed() < PATIENCE) {
        for (runner, times) in runners.iter_mut().zip(&mut times) {
            times.push((runner.run)());
        }
        n_rounds += 1;
    }
    (times.into_iter().map(median).collect(), n_rounds)
}

/// Time of a whole process; panics with what it said if it fails.
pub fn time_process(command: &mut Command) -> Duration {
    let started = Instant::now();
    let output = command.output().unwrap_or_else(|e| panic!("{}: {e}", command.get_program().display()));
    let took = started.elapsed();
    assert!(
        output.status.success(),
        "{} failed: {}",
        command.get_program().display(),
        String::from_utf8_lossy(&output.stderr)
    );
    took
}

pub fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let made = work();
    (started.elapsed(), made)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
