//! The figures of the Horizontal Learning Process and what each of them means.
//!
//! A figure without a written definition gets counted twice and disputed, so every figure served has
//! one, in both languages, as data.
//!
//! Owns: definitions, and the figures of one unit in every cycle. Leaves to others: counting.
//! Invariant: no I/O, clock or randomness.

mod definitions;

use serde::Serialize;

use crate::snapshot::{CycleChoice, Level, Measure, VintageView};

pub use definitions::{Definition, definitions};

/// One figure of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Id of its [`Definition`].
    pub id: &'static str,
    /// Id of a cycle, or `all` for the sum over those native to the vintage.
    pub cycle: String,
    /// `null` where it was not reported, which is not 0.
    pub value: Option<u32>,
}

/// The figures of a khoroo or district: every measure in every native cycle, then over all.
pub fn unit_figures(view: &VintageView, level: Level, idx: usize) -> Vec<Figure> {
    let cycles = view.counts.cycles.iter().cloned().map(CycleChoice::One).chain([CycleChoice::All]);
    let figures = cycles.flat_map(|cycle| {
        Measure::ALL.map(|measure| Figure {
            id: measure.word(),
            cycle: cycle.to_string(),
            value: view.counts.value(measure, level, idx, &cycle, None),
        })
    });
    figures.collect()
}
