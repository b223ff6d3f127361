//! Which column says what: found by usual names where the values agree, or named by `--map`.
//!
//! A column is taken for a field when its name is usual for it and at least half of its values can be
//! read as such; the values that cannot are then faults of their rows. Columns nobody has heard of are
//! tried last, for the district alone, and only if every value names one.

mod facts;
mod table;

use std::collections::BTreeMap;

use super::cause::{Cause, FeatureRef};
use super::changes::Before;
use super::read::{Layer, name_of};
use super::request::{Level, Request};
use super::{Stage, UnitKey};
use crate::model::naming::{DistrictNames, fold, parse_khoroo_number, parse_nso_code};
use crate::model::{DistrictCode, KhorooCode};
pub(super) use facts::Facts;
pub use table::FIELDS;
use table::{FACTS, is_called, usual_names};

/// Columns of the first layer's kind, by field; every layer looks its own up by name.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    district: DistrictFrom,
    number: NumberFrom,
    /// Field to column, for what is optional.
    facts: BTreeMap<&'static str, String>,
    names: DistrictNames,
}

/// Where a feature's district stands.
#[derive(Debug, Clone, PartialEq)]
enum DistrictFrom {
    Column(String, Scheme),
    /// In the name of the layer or file.
    Source,
}

/// How a column writes districts.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scheme {
    /// A name or abbreviation, alone or within a longer text.
    Name,
    NsoCode,
    EbarilgaCode,
    /// Within the code of a khoroo.
    NsoKhorooCode,
}

#[derive(Debug, Clone, PartialEq)]
enum NumberFrom {
    Column(String),
    NsoKhorooCode(String),
    /// The level is district.
    Nothing,
}

/// A feature that knows what it is.
#[derive(Debug, Clone)]
pub(super) struct Identified {
    pub key: UnitKey,
    pub at: FeatureRef,
    pub layer: usize,
    pub feature: usize,
    pub facts: Facts,
}

/// Finds the columns; Err lists what was seen and tried.
pub(super) fn find(request: &Request, names: &DistrictNames, layers: &[Layer]) -> Stage<Columns> {
    let seen = Seen::new(layers);
    let mut causes: Vec<Cause> = request
        .map
        .iter()
        .filter(|(_, column)| !seen.has(column))
        .map(|(field, column)| Cause::NoSuchColumn {
            field: field.clone(),
            column: column.clone(),
            seen: seen.listed(),
        })
        .collect();
    if !causes.is_empty() {
        return Err(causes);
    }
    let district = find_district(request, names, &seen).map_err(|cause| causes.push(cause)).ok();
    let number = match request.level {
        Level::District => Some(NumberFrom::Nothing),
        Level::Khoroo => find_number(request, &seen).map_err(|cause| causes.push(cause)).ok(),
    };
    let facts = FACTS
        .iter()
        .filter_map(|field| {
            let says_something = |column: &String| {
                seen.share(column, |value| facts::says(field, column, value, names)).is_some_and(|s| s > 0.0)
            };
            let mapped = request.map.get(*field).cloned();
            Some((*field, mapped.or_else(|| seen.usual(field).find(says_something))?))
        })
        .collect();
    match (district, number) {
        (Some(district), Some(number)) if causes.is_empty() => {
            Ok(Columns { district, number, facts, names: names.clone() })
        }
        _ => Err(causes),
    }
}

fn find_district(request: &Request, names: &DistrictNames, seen: &Seen<'_>) -> Result<DistrictFrom, Cause> {
    let scheme_of = |column: &str, share: f64| {
        let fits = |scheme| {
            let read = |value: &str| scheme_reads(scheme, names, value).is_some();
            seen.share(column, read).is_some_and(|found| found >= share)
        };
        let code_schemes = if fold(column).contains("ebarilga") {
            [Scheme::EbarilgaCode, Scheme::NsoCode, Scheme::NsoKhorooCode]
        } else {
            [Scheme::NsoCode, Scheme::EbarilgaCode, Scheme::NsoKhorooCode]
        };
        // Codes must fit without exception: any two digits look like a code.
        fits(Scheme::Name).then_some(Scheme::Name).or_else(|| {
            let exact = |scheme: &Scheme| {
                let read = |value: &str| scheme_reads(*scheme, names, value).is_some();
                seen.share(column, read) == Some(1.0)
            };
            code_schemes.into_iter().find(exact)
        })
    };
    if let Some(column) = request.map.get("district") {
        let scheme = scheme_of(column, 0.5).unwrap_or(Scheme::Name);
        return Ok(DistrictFrom::Column(column.clone(), scheme));
    }
    let mut tried = Vec::new();
    for column in seen.usual("district") {
        if let Some(scheme) = scheme_of(&column, 0.5) {
            return Ok(DistrictFrom::Column(column, scheme));
        }
        tried.push(format!("`{column}` (most values name no known district)"));
    }
    if let Some(column) = seen.columns.iter().find(|column| scheme_of(column, 1.0) == Some(Scheme::Name)) {
        return Ok(DistrictFrom::Column((*column).to_owned(), Scheme::Name));
    }
    for column in seen.usual("nso_code") {
        if let Some(scheme @ Scheme::NsoKhorooCode) = scheme_of(&column, 1.0) {
            return Ok(DistrictFrom::Column(column, scheme));
        }
    }
    if seen.layers.iter().all(|layer| source_district(layer, names).is_some()) {
        return Ok(DistrictFrom::Source);
    }
    tried.push("names of layers and files".into());
    Err(Cause::NoColumn { field: "district", seen: seen.listed(), tried: tried.join(", ") })
}

fn find_number(request: &Request, seen: &Seen<'_>) -> Result<NumberFrom, Cause> {
    if let Some(column) = request.map.get("number") {
        return Ok(NumberFrom::Column(column.clone()));
    }
    let mut tried = Vec::new();
    for column in seen.usual("number") {
        let is_for_numbers = NUMBER_NAMES.iter().any(|name| is_called(&column, name));
        let is_code = |value: &str| parse_nso_code(value).is_some() || facts::is_land_code(value);
        let reads = |value: &str| {
            parse_khoroo_number(value).is_some_and(|n| n < CODES_FROM || (is_for_numbers && !is_code(value)))
        };
        let share = |reads: &dyn Fn(&str) -> bool| seen.share(&column, reads).unwrap_or(0.0);
        if share(&reads) >= 0.5 {
            return Ok(NumberFrom::Column(column));
        }
        let is_large = share(&|value| parse_khoroo_number(value).is_some()) >= 0.5;
        let why = if is_large {
            format!(
                "most values are {CODES_FROM} or more, as codes are; --map number={column} if they are numbers"
            )
        } else {
            "most values hold no single number".to_owned()
        };
        tried.push(format!("`{column}` ({why})"));
    }
    for column in seen.usual("nso_code") {
        if seen.share(&column, |value| parse_nso_code(value).is_some()) == Some(1.0) {
            return Ok(NumberFrom::NsoKhorooCode(column));
        }
    }
    if tried.is_empty() {
        tried.push("no column with a usual name".into());
    }
    Err(Cause::NoColumn { field: "number", seen: seen.listed(), tried: tried.join(", ") })
}

/// From here on a number is an official code, unless its column is for numbers or mapped by the user.
const CODES_FROM: u32 = 10_000;

/// Names of columns that hold numbers of khoroos and nothing else.
const NUMBER_NAMES: [&str; 4] = ["khoroo_number", "khoroo_no", "khoroo_num", "хорооны дугаар"];

fn scheme_reads<'n>(scheme: Scheme, names: &'n DistrictNames, value: &str) -> Option<&'n DistrictCode> {
    match scheme {
        Scheme::Name => names.find(value).or_else(|| names.find_within(value)),
        Scheme::NsoCode => names.find_by_nso_code(value),
        Scheme::EbarilgaCode => names.find_by_ebarilga_code(value),
        Scheme::NsoKhorooCode => names.find_by_nso_code(parse_nso_code(value)?.0),
    }
}

/// The district that a layer is named after, or else its file.
fn source_district<'n>(layer: &Layer, names: &'n DistrictNames) -> Option<&'n DistrictCode> {
    let stem = layer.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    layer.name.iter().chain(&stem).find_map(|name| names.find_within(name))
}

impl Columns {
    /// Field to column as found, for the report.
    pub fn named(&self) -> BTreeMap<String, String> {
        let mut named: BTreeMap<String, String> =
            self.facts.iter().map(|(field, column)| ((*field).to_owned(), column.clone())).collect();
        let district = match &self.district {
            DistrictFrom::Column(column, _) => column.clone(),
            DistrictFrom::Source => "(name of layer or file)".to_owned(),
        };
        named.insert("district".into(), district);
        if let NumberFrom::Column(column) | NumberFrom::NsoKhorooCode(column) = &self.number {
            named.insert("number".into(), column.clone());
        }
        named
    }

    /// Gives every feature its key; Err lists unreadable values, duplicates and a wrong count.
    pub fn identify(&self, request: &Request, before: &Before, layers: &[Layer]) -> Stage<Vec<Identified>> {
        let mut causes = Vec::new();
        let mut identified = Vec::new();
        let mut first: BTreeMap<UnitKey, FeatureRef> = BTreeMap::new();
        for (layer_idx, layer) in layers.iter().enumerate() {
            for feature_idx in 0..layer.features.len() {
                let at = layer.at(feature_idx);
                match self.key(layer, feature_idx) {
                    Ok(key) => {
                        if let Some(first) = first.insert(key.clone(), at.clone()) {
                            causes.push(Cause::Duplicate {
                                unit: key.to_string(),
                                first,
                                second: at.clone(),
                            });
                        }
                        let facts = Facts::read(&self.facts, &self.names, layer, feature_idx);
                        let facts = facts.map_err(|cause| causes.push(cause)).unwrap_or_default();
                        identified.push(Identified {
                            key,
                            at,
                            layer: layer_idx,
                            feature: feature_idx,
                            facts,
                        });
                    }
                    Err(cause) => causes.push(cause),
                }
            }
        }
        if let Some(expected) = request.expect.filter(|expected| *expected != identified.len())
            && causes.is_empty()
        {
            let level = request.level.word();
            let found = identified.len();
            let detail = before.count_detail(&request.vintage, first.keys());
            causes.push(Cause::WrongCount { level, found, expected, detail });
        }
        if causes.is_empty() { Ok(identified) } else { Err(causes) }
    }

    fn key(&self, layer: &Layer, feature: usize) -> Result<UnitKey, Cause> {
        let district = self.district_of(layer, feature)?;
        let (column, expected, number) = match &self.number {
            NumberFrom::Nothing => return Ok(UnitKey::District(district)),
            NumberFrom::Column(column) => {
                (column, "a khoroo number", parse_khoroo_number as fn(&str) -> Option<u32>)
            }
            NumberFrom::NsoKhorooCode(column) => {
                (column, "a khoroo code of the statistics office", nso_number as fn(&str) -> Option<u32>)
            }
        };
        let value = value_in(layer, feature, column);
        let code = number(value).and_then(|number| KhorooCode::new(district, number).ok());
        code.map(UnitKey::Khoroo).ok_or_else(|| Cause::BadValue {
            at: layer.at(feature),
            column: column.clone(),
            value: value.to_owned(),
            expected,
        })
    }

    fn district_of(&self, layer: &Layer, feature: usize) -> Result<DistrictCode, Cause> {
        let (column, value, found) = match &self.district {
            DistrictFrom::Column(column, scheme) => {
                let value = value_in(layer, feature, column);
                (column.as_str(), value.to_owned(), scheme_reads(*scheme, &self.names, value))
            }
            DistrictFrom::Source => ("file", name_of(&layer.file), source_district(layer, &self.names)),
        };
        found.cloned().ok_or_else(|| Cause::UnknownDistrict {
            at: layer.at(feature),
            column: column.to_owned(),
            value,
            known: self.names.listed(),
        })
    }
}

fn nso_number(value: &str) -> Option<u32> {
    parse_nso_code(value).map(|(_, number)| number)
}

fn value_in<'a>(layer: &'a Layer, feature: usize, column: &str) -> &'a str {
    let index = layer.columns.iter().position(|c| c == column);
    index.and_then(|index| layer.value(feature, index)).unwrap_or_default().trim()
}

/// All columns of all layers with their values.
struct Seen<'a> {
    layers: &'a [Layer],
    /// In order of appearance, without repetition.
    columns: Vec<&'a str>,
}

impl<'a> Seen<'a> {
    fn new(layers: &'a [Layer]) -> Self {
        let mut columns: Vec<&str> = Vec::new();
        for column in layers.iter().flat_map(|layer| &layer.columns) {
            if !columns.contains(&column.as_str()) {
                columns.push(column);
            }
        }
        Self { layers, columns }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    fn listed(&self) -> String {
        if self.columns.is_empty() {
            return "none".into();
        }
        self.columns.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ")
    }

    /// Columns with a name usual for `field`, the most usual first.
    fn usual(&self, field: &str) -> impl Iterator<Item = String> {
        usual_names(field)
            .iter()
            .flat_map(|usual| self.columns.iter().filter(move |column| is_called(column, usual)))
            .map(|column| (*column).to_owned())
    }

    /// Part of all features whose value `reads`, 0 to 1; `None` without features.
    fn share(&self, column: &str, reads: impl Fn(&str) -> bool) -> Option<f64> {
        let (mut n, mut n_read) = (0_usize, 0_usize);
        for layer in self.layers {
            for feature in 0..layer.features.len() {
                n += 1;
                n_read += usize::from(reads(value_in(layer, feature, column)));
            }
        }
        (n > 0).then(|| n_read as f64 / n as f64)
    }
}
