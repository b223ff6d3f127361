//! The demo city without a store.

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::model::Loaded;
use hlp_tracker::snapshot::Snapshot;

use super::applied;

pub fn snapshot(khoroos: usize) -> Snapshot {
    let changes = generate(&DemoOptions { khoroos, seed: 1, ..DemoOptions::default() });
    Snapshot::build(applied(&Loaded::default(), &changes), None, 10_000.0).expect("the demo fits together")
}
