//! How many cases a property is tried on.
//!
//! `make test` draws the same cases each time, so that a red run speaks of the change it ran on;
//! `make hunt` draws others, and more. What it finds becomes a test of its own.

use proptest::prelude::ProptestConfig;

/// `n` cases, times `HLP_CASES` where that is set.
pub fn cases(n: u32) -> ProptestConfig {
    let times = std::env::var("HLP_CASES").map_or(1, |times| times.parse().expect("HLP_CASES is a number"));
    ProptestConfig::with_cases(n * times)
}
