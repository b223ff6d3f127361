//! What a feature says about its unit besides which it is.

use std::collections::BTreeMap;

use super::{own_name_in, value_in};
use crate::ingest::cause::Cause;
use crate::ingest::read::Layer;
use crate::model::naming::{DistrictNames, fold, parse_nso_code};

/// Attributes of a unit; `None` is "not said", never "none".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub name_mn: Option<String>,
    pub name_en: Option<String>,
    pub nso_code: Option<String>,
    pub land_code: Option<String>,
    pub ebarilga_code: Option<String>,
    pub population: Option<i64>,
    pub population_year: Option<i16>,
    pub households: Option<i64>,
}

impl Facts {
    /// Reads the columns in `facts` (field to column).
    ///
    /// Codes stay text with their leading zeros; a general column named `code` counts as the scheme that
    /// its value looks like. Counts that are no whole number ≥ 0 are faults.
    pub fn read(
        facts: &BTreeMap<&'static str, String>,
        names: &DistrictNames,
        layer: &Layer,
        feature: usize,
    ) -> Result<Self, Cause> {
        let column = |field: &str| facts.get(field).map(String::as_str);
        let said = |field: &str| {
            let value = value_in(layer, feature, column(field)?);
            (!is_blank(value)).then(|| value.to_owned())
        };
        let coded = |field: &str, own: &str, looks_so: fn(&str) -> bool| {
            let is_own = column(field).is_some_and(|column| fold(column).contains(own));
            said(field).filter(|value| is_own || looks_so(value))
        };
        let count = |field: &str| match said(field) {
            None => Ok(None),
            Some(value) => whole_number(&value).map(Some).ok_or_else(|| Cause::BadValue {
                at: layer.at(feature),
                column: column(field).unwrap_or(field).to_owned(),
                value,
                expected: "a whole number from 0",
            }),
        };
        Ok(Self {
            name_mn: said("name_mn").and_then(|text| own_name_in(&text, names)),
            name_en: said("name_en").and_then(|text| own_name_in(&text, names)),
            nso_code: coded("nso_code", "nso", |value| {
                parse_nso_code(value).is_some() && !value.starts_with('0')
            }),
            land_code: coded("land_code", "land", is_land_code),
            ebarilga_code: said("ebarilga_code"),
            population: count("population")?,
            population_year: count("population_year")?.and_then(|year| i16::try_from(year).ok()),
            households: count("households")?,
        })
    }
}

/// Codes of the land administration: 7 or 8 digits, the first 0.
fn is_land_code(value: &str) -> bool {
    matches!(value.len(), 7 | 8) && value.starts_with('0') && value.bytes().all(|b| b.is_ascii_digit())
}

/// What tables write for "no value".
fn is_blank(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "" | "-" | "–" | "n/a" | "na" | "null" | "none" | "<null>")
}

/// Reads `12345`, `12,345`, `12 345` and `12345.0`.
fn whole_number(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '\u{a0}' | '\'')).collect();
    let whole = plain.split_once('.').map_or(plain.as_str(), |(whole, fraction)| {
        if fraction.bytes().all(|b| b == b'0') { whole } else { "" }
    });
    whole.parse().ok().filter(|n| *n >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_numbers_in_the_ways_of_spreadsheets() {
        for text in ["12345", "12,345", "12 345", "12345.0", "12345.00"] {
            assert_eq!(whole_number(text), Some(12_345), "{text}");
        }
        for text in ["", "-3", "1.5", "many"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_land_code_keeps_its_leading_zero() {
        assert!(is_land_code("0110751"));
        assert!(is_land_code("01107051"));
        assert!(!is_land_code("110751"));
        assert!(!is_land_code("011075"));
    }
}
