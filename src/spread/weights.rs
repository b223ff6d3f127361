//! Who is near whom, and by how much.

use std::fmt::Write as _;

/// Of each unit, the units near it with their weight, in order of their number; nobody is near itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    near: Vec<Vec<(u32, f64)>>,
}

/// Why weights cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum WeightsError {
    #[error("unit {from} is near unit {to}, but there are only {n_units}")]
    NoSuchUnit { from: usize, to: u32, n_units: usize },
    #[error("unit {0} is near itself")]
    NearItself(usize),
    #[error("weight {weight} of units {from} and {to} is not a number ≥ 0")]
    Weight { from: usize, to: u32, weight: f64 },
}

impl Weights {
    /// From a list for each unit, in any order.
    pub fn new(mut near: Vec<Vec<(u32, f64)>>) -> Result<Self, WeightsError> {
        let n_units = near.len();
        for (from, list) in near.iter_mut().enumerate() {
            list.sort_by_key(|(to, _)| *to);
            for &(to, weight) in &*list {
                if to as usize >= n_units {
                    return Err(WeightsError::NoSuchUnit { from, to, n_units });
                }
                if to as usize == from {
                    return Err(WeightsError::NearItself(from));
                }
                if !(weight.is_finite() && weight >= 0.0) {
                    return Err(WeightsError::Weight { from, to, weight });
                }
            }
        }
        Ok(Self { near })
    }

    /// 1 for each neighbour.
    pub fn binary(near: Vec<Vec<u32>>) -> Result<Self, WeightsError> {
        Self::new(near.into_iter().map(|list| list.into_iter().map(|to| (to, 1.0)).collect()).collect())
    }

    pub fn n_units(&self) -> usize {
        self.near.len()
    }

    pub fn near(&self, unit: usize) -> &[(u32, f64)] {
        &self.near[unit]
    }

    /// Units near which nobody is; they say nothing about likeness.
    pub fn islands(&self) -> impl Iterator<Item = usize> {
        self.near.iter().enumerate().filter(|(_, list)| list.is_empty()).map(|(unit, _)| unit)
    }

    /// The weights of each unit's list divided by their sum, so that everybody's neighbours count as one.
    #[must_use]
    pub fn row_standardised(&self) -> Self {
        let standardised = |list: &Vec<(u32, f64)>| {
            let sum: f64 = list.iter().map(|(_, weight)| weight).sum();
            list.iter().map(|&(to, weight)| (to, if sum > 0.0 { weight / sum } else { 0.0 })).collect()
        };
        Self { near: self.near.iter().map(standardised).collect() }
    }

    /// Weighted sum of the values near each unit.
    pub fn lag(&self, values: &[f64]) -> Vec<f64> {
        self.near
            .iter()
            .map(|list| list.iter().map(|&(to, weight)| weight * values[to as usize]).sum())
            .collect()
    }

    /// S0, S1 and S2 of Cliff and Ord (1981): sum of weights; half the sum of `(w_ij + w_ji)²`; sum of
    /// (row sum + column sum)².
    pub fn sums(&self) -> [f64; 3] {
        let weight_of = |from: usize, to: u32| {
            self.near[from]
                .binary_search_by_key(&to, |(to, _)| *to)
                .map_or(0.0, |place| self.near[from][place].1)
        };
        let (mut rows, mut columns) = (vec![0.0; self.n_units()], vec![0.0; self.n_units()]);
        let mut s1 = 0.0;
        for (from, list) in self.near.iter().enumerate() {
            for &(to, weight) in list {
                rows[from] += weight;
                columns[to as usize] += weight;
                let back = weight_of(to as usize, from as u32);
                // A pair that is near in one direction only is met once, otherwise twice.
                let both = (weight + back).powi(2);
                s1 += if back > 0.0 { both / 2.0 } else { both };
            }
        }
        let s2 = rows.iter().zip(&columns).map(|(row, column)| (row + column).powi(2)).sum();
        [rows.iter().sum(), s1, s2]
    }

    /// GAL, as `GeoDa` and `PySAL` read it: neighbours without weights. `ids` in the order of the units.
    pub fn gal(&self, ids: &[&str], layer: &str, id_field: &str) -> String {
        let mut text = format!("0 {} {layer} {id_field}\n", self.n_units());
        for (id, list) in ids.iter().zip(&self.near) {
            let near: Vec<&str> = list.iter().map(|&(to, _)| ids[to as usize]).collect();
            let _ = write!(text, "{id} {}\n{}\n", near.len(), near.join(" "));
        }
        text
    }

    /// GWT: one line for each pair, with its weight.
    pub fn gwt(&self, ids: &[&str], layer: &str, id_field: &str) -> String {
        let mut text = format!("0 {} {layer} {id_field}\n", self.n_units());
        for (id, list) in ids.iter().zip(&self.near) {
            for &(to, weight) in list {
                let _ = writeln!(text, "{id} {} {weight}", ids[to as usize]);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_neighbourhood_is_refused() {
        assert_eq!(
            Weights::binary(vec![vec![2], vec![]]),
            Err(WeightsError::NoSuchUnit { from: 0, to: 2, n_units: 2 })
        );
        assert_eq!(Weights::binary(vec![vec![0]]), Err(WeightsError::NearItself(0)));
        assert!(matches!(
            Weights::new(vec![vec![(1, f64::NAN)], vec![]]),
            Err(WeightsError::Weight { from: 0, to: 1, .. })
        ));
    }

    #[test]
    fn files_name_units_by_their_codes() {
        let weights =
            Weights::new(vec![vec![(1, 120.5)], vec![(0, 120.5)], vec![]]).expect("a neighbourhood");
        let ids = ["bzd-1", "bzd-2", "bn-1"];
        assert_eq!(
            weights.gal(&ids, "khoroos", "code"),
            "0 3 khoroos code\nbzd-1 1\nbzd-2\nbzd-2 1\nbzd-1\nbn-1 0\n\n"
        );
        assert_eq!(
            weights.gwt(&ids, "khoroos", "code"),
            "0 3 khoroos code\nbzd-1 bzd-2 120.5\nbzd-2 bzd-1 120.5\n"
        );
        assert_eq!(weights.islands().collect::<Vec<_>>(), [2]);
    }
}
