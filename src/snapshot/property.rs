//! Names under which a unit's figures stand in tiles, and by which styles find them there.
//!
//! `identifications` is the sum over the cycles native to the vintage, `identifications_2022` one of
//! them, `identifications_2022__waste` that of one theme. The theme has two underscores, so that a
//! theme is not taken for a cycle.

use super::counts::CycleChoice;

/// Khoroos of a district.
pub const KHOROOS: &str = "khoroos";
/// Khoroos of a district that entered anything.
pub const KHOROOS_ENTERING: &str = "khoroos_entering";
/// Residents; by cycle only where a rate divides by others than the unit's own figure.
pub const POPULATION: &str = "population";
pub const POPULATION_YEAR: &str = "population_year";

/// The name of a figure: `word` is that of its measure.
pub fn name(word: &str, cycle: &CycleChoice, theme: Option<&str>) -> String {
    let mut name = word.to_owned();
    if let CycleChoice::One(cycle) = cycle {
        name.push('_');
        name.push_str(cycle);
    }
    if let Some(theme) = theme {
        name.push_str("__");
        name.push_str(theme);
    }
    name
}
