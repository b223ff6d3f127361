//! Weights of the score's parts, and how they are written: `need=0.35,proximity=0.2,…`.
//!
//! Owns: defaults and bounds. The defaults are the working method's, to be confirmed by those who run it.

use std::str::FromStr;

use super::score::PartKind;
use super::travel::Travel;

/// How suggestions are made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    pub weights: Weights,
    pub travel: Travel,
}

/// How much each part may add to the score: each ≥ 0, 1 together.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights([f64; PartKind::ALL.len()]);

/// Why a text sets nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SettingsError {
    #[error("`{0}` is not written as name=number")]
    Form(String),
    #[error("`{name}` is none of {known}")]
    Name { name: String, known: String },
    #[error("`{name}` is {value}, allowed are {allowed}")]
    Value { name: String, value: String, allowed: &'static str },
    #[error("the weights add up to {0}, not to 1")]
    Sum(f64),
}

/// Sums of decimals such as 0.35 differ from 1 by less.
const SUM_SLACK: f64 = 5e-7;

impl Default for Weights {
    fn default() -> Self {
        Self([0.35, 0.20, 0.15, 0.12, 0.10, 0.08])
    }
}

impl Weights {
    pub fn of(&self, part: PartKind) -> f64 {
        self.0[part as usize]
    }
}

/// Parts that are not named keep their weight.
impl FromStr for Weights {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, SettingsError> {
        let mut weights = Self::default();
        let known = || PartKind::ALL.map(PartKind::word).join(", ");
        for (name, value) in pairs(text)? {
            let Some(part) = PartKind::ALL.into_iter().find(|part| part.word() == name) else {
                return Err(SettingsError::Name { name: name.into(), known: known() });
            };
            weights.0[part as usize] = number(name, value, 0.0, 1.0, "numbers from 0 to 1")?;
        }
        let sum: f64 = weights.0.iter().sum();
        let told = (sum * 1e6).round() / 1e6;
        if (sum - 1.0).abs() > SUM_SLACK { Err(SettingsError::Sum(told)) } else { Ok(weights) }
    }
}

/// The `name=number` pairs of a text.
pub(super) fn pairs(text: &str) -> Result<Vec<(&str, &str)>, SettingsError> {
    let refused = |item: &str| SettingsError::Form(item.trim().into());
    let items = text.split(',').map(|item| item.split_once('=').ok_or_else(|| refused(item)));
    items.map(|item| item.map(|(name, value)| (name.trim(), value.trim()))).collect()
}

/// A number from `low` to `high`.
pub(super) fn number(
    name: &str,
    text: &str,
    low: f64,
    high: f64,
    allowed: &'static str,
) -> Result<f64, SettingsError> {
    let refused = || SettingsError::Value { name: name.into(), value: text.into(), allowed };
    text.parse::<f64>().ok().filter(|value| (low..=high).contains(value)).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_set_by_name_and_add_up_to_one() {
        let weights: Weights = "need=0.30, capacity=0.13".parse().expect("0.05 moved");
        let of = |part| weights.of(part);
        assert_eq!((of(PartKind::Need), of(PartKind::Capacity), of(PartKind::Proximity)), (0.3, 0.13, 0.2));
        let refused = |text: &str| text.parse::<Weights>().expect_err(text).to_string();
        assert_eq!(refused("need=0.5"), "the weights add up to 1.15, not to 1");
        assert_eq!(refused("need"), "`need` is not written as name=number");
        assert!(refused("luck=1").contains("`luck` is none of need, proximity, quality"));
        for value in ["NaN", "-1", "2", "inf", ""] {
            assert!(refused(&format!("need={value}")).contains("numbers from 0 to 1"), "{value}");
        }
    }
}
