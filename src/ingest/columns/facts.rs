//! What a feature says about its unit besides which it is.

use std::collections::BTreeMap;

use super::value_in;
use crate::ingest::cause::Cause;
use crate::ingest::read::Layer;
use crate::model::naming::{DistrictNames, fold, own_name, parse_nso_code};
use crate::text;

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

/// True when the value of a column says something for the field.
///
/// A general column named `code` counts as the scheme that its value looks like, and a khoroo's name only
/// where it says more than the number.
pub fn says(field: &str, column: &str, value: &str, names: &DistrictNames) -> bool {
    let is_named = |scheme: &str| fold(column).contains(scheme);
    !is_blank(value)
        && match field {
            "name_mn" => own_name(value, names).is_some(),
            "nso_code" => is_named("nso") || (parse_nso_code(value).is_some() && !value.starts_with('0')),
            "land_code" => is_named("land") || is_land_code(value),
            _ => true,
        }
}

impl Facts {
    /// Reads the columns in `facts` (field to column).
    ///
    /// Codes stay text with their leading zeros. Counts that are no whole number ≥ 0 are faults, and so are
    /// control characters in text; tabs and line ends become spaces.
    pub fn read(
        facts: &BTreeMap<&'static str, String>,
        names: &DistrictNames,
        layer: &Layer,
        feature: usize,
    ) -> Result<Self, Cause> {
        let column = |field: &str| facts.get(field).map(String::as_str);
        let said = |field: &str| {
            let column = column(field)?;
            let value = value_in(layer, feature, column);
            says(field, column, value, names).then_some((column, value))
        };
        let text = |field: &str| {
            said(field).map(|(column, value)| match text::plain(value) {
                Some(plain) => Ok(plain.trim().to_owned()),
                None => Err(Cause::ControlCharacter {
                    at: layer.at(feature),
                    column: column.to_owned(),
                    value: value.escape_debug().to_string(),
                }),
            })
        };
        let count = |field: &str| match said(field) {
            None => Ok(None),
            Some((column, value)) => whole_number(value).map(Some).ok_or_else(|| Cause::BadValue {
                at: layer.at(feature),
                column: column.to_owned(),
                value: value.to_owned(),
                expected: "a whole number from 0",
            }),
        };
        Ok(Self {
            name_mn: text("name_mn").transpose()?,
            name_en: text("name_en").transpose()?,
            nso_code: text("nso_code").transpose()?,
            land_code: text("land_code").transpose()?,
            ebarilga_code: text("ebarilga_code").transpose()?,
            population: count("population")?,
            population_year: count("population_year")?.and_then(|year| i16::try_from(year).ok()),
            households: count("households")?,
        })
    }
}

/// Codes of the land administration: 7 or 8 digits, the first 0.
pub fn is_land_code(value: &str) -> bool {
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
