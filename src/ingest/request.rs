//! What one call of `hlp ingest` asks for, and how its options are written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use super::read::Limits;
use crate::geometry::coverage::clean::{Decision, Gaps, Resolve};
use crate::geometry::projection::Crs;
use crate::model::{GridPoint, VintageId};

/// Boundaries to take in: which files, as what, and how much may be repaired.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files of any kind that [`super::plan`] reads, all of them parts of one set of boundaries.
    pub files: Vec<PathBuf>,
    /// The vintage that the files describe (`--vintage`).
    pub vintage: VintageId,
    /// First day of the vintage (`--valid-from`); closes the one before. Without it a new vintage named
    /// by a year starts on 1 January, and a known vintage keeps its day.
    pub valid_from: Option<Date>,
    /// What a feature is (`--level`).
    pub level: Level,
    /// Overrides what the files say of their coordinates (`--crs`).
    pub crs: Option<Crs>,
    /// The layer to read where a file has several (`--layer`).
    pub layer: Option<String>,
    /// Columns named by the user (`--map field=column,…`, see [`parse_map`]).
    pub map: ColumnMap,
    /// How many units there must be, neither more nor fewer (`--expect`). Saying so also agrees to a
    /// vintage that loses many.
    pub expect: Option<usize>,
    /// Overlaps and gaps up to this area are settled without asking (`--max-fix`), square metres.
    pub max_fix_m2: f64,
    /// Who gets overlaps that are larger (`--resolve`); `None` refuses them.
    pub resolve: Option<Resolve>,
    /// What becomes of gaps (`--gaps`); `None` fills those up to `max_fix_m2` and refuses larger ones.
    pub gaps: Option<Gaps>,
    /// Winners of single overlaps and gaps (`--decisions FILE`, see [`parse_decisions`]).
    pub decisions: Vec<StatedDecision>,
    /// Removes invented data in the same transaction (`--replace-demo`).
    pub replace_demo: bool,
    /// Where the lines come from, shown as attribution (`--source`). Without it a known vintage keeps what
    /// it says, and a new one names the files.
    pub source: Option<String>,
    /// How large input may be; the defaults suit a country.
    pub limits: Limits,
}

/// A line of a decisions file: the patch at this point goes to that unit, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDecision {
    pub at: GridPoint,
    /// Code of a unit (`bzd-26`), `None` for `outside`.
    pub winner: Option<String>,
}

/// What the features of the files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    Khoroo,
    District,
}

/// Field to column, as the user says; fields are listed at [`parse_map`].
pub type ColumnMap = BTreeMap<String, String>;

/// Why an option cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OptionError {
    #[error("`{0}` is no area: write a number with m2, ha or km2, such as `1ha`")]
    Area(String),
    #[error("`{0}` maps nothing: write field=column, separated by commas")]
    Map(String),
    #[error("`{field}` is no field: the fields are {fields}")]
    Field { field: String, fields: String },
    #[error("decisions line {line}: `{text}` is not lon,lat,winner")]
    Decision { line: usize, text: String },
}

/// Repairs up to this area need nobody's decision: a hectare.
pub const MAX_FIX_M2: f64 = 10_000.0;

impl Request {
    /// Takes `files` in as `vintage`, everything else by default.
    pub fn new(files: Vec<PathBuf>, vintage: VintageId) -> Self {
        Self {
            files,
            vintage,
            valid_from: None,
            level: Level::Khoroo,
            crs: None,
            layer: None,
            map: ColumnMap::new(),
            expect: None,
            max_fix_m2: MAX_FIX_M2,
            resolve: None,
            gaps: None,
            decisions: Vec::new(),
            replace_demo: false,
            source: None,
            limits: Limits::default(),
        }
    }
}

impl StatedDecision {
    /// With the winner as an index into units, `None` if it names no unit.
    pub(super) fn resolve(&self, unit_of: impl Fn(&str) -> Option<u32>) -> Option<Decision> {
        let winner = match &self.winner {
            Some(code) => Some(unit_of(code)?),
            None => None,
        };
        Some(Decision { at: self.at, winner })
    }
}

/// Reads an area: `1ha`, `500m2`, `0.5 km²`, `250` (square metres).
///
/// Out: square metres, finite and not negative.
pub fn parse_area_m2(text: &str) -> Result<f64, OptionError> {
    let refused = || OptionError::Area(text.to_owned());
    let plain = text.trim().to_ascii_lowercase().replace('²', "2").replace(' ', "");
    let (number, unit_m2) = [("km2", 1e6), ("ha", 1e4), ("m2", 1.0)]
        .into_iter()
        .find_map(|(unit, m2)| Some((plain.strip_suffix(unit)?, m2)))
        .unwrap_or((&plain, 1.0));
    let number: f64 = number.parse().map_err(|_| refused())?;
    Some(number * unit_m2).filter(|area| area.is_finite() && *area >= 0.0).ok_or_else(refused)
}

/// Reads `field=column,field=column`; `fields` are the names in [`super::columns::FIELDS`].
pub fn parse_map(text: &str) -> Result<ColumnMap, OptionError> {
    let mut map = ColumnMap::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (field, column) = pair.split_once('=').ok_or_else(|| OptionError::Map(pair.to_owned()))?;
        let (field, column) = (field.trim(), column.trim());
        if column.is_empty() {
            return Err(OptionError::Map(pair.to_owned()));
        }
        if !super::columns::FIELDS.contains(&field) {
            let fields = super::columns::FIELDS.join(", ");
            return Err(OptionError::Field { field: field.to_owned(), fields });
        }
        map.insert(field.to_owned(), column.to_owned());
    }
    Ok(map)
}

/// Reads lines `lon,lat,winner`, the winner a unit's code or `outside`; `#` starts a comment and a
/// first line of names is skipped.
pub fn parse_decisions(text: &str) -> Result<Vec<StatedDecision>, OptionError> {
    let mut decisions = Vec::new();
    for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let content = text.split('#').next().unwrap_or_default().trim();
        if content.is_empty() || (line == 1 && content.to_ascii_lowercase().starts_with("lon")) {
            continue;
        }
        let refused = || OptionError::Decision { line, text: text.to_owned() };
        let parts: Vec<&str> = content.split(',').map(str::trim).collect();
        let [lon, lat, winner] = parts[..] else { return Err(refused()) };
        let degrees = |text: &str| text.parse::<f64>().map_err(|_| refused());
        let at = GridPoint::from_degrees(degrees(lon)?, degrees(lat)?).ok_or_else(refused)?;
        if winner.is_empty() {
            return Err(refused());
        }
        let winner = (winner != "outside").then(|| winner.to_owned());
        decisions.push(StatedDecision { at, winner });
    }
    Ok(decisions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_in_three_units() {
        let check = |text, area_m2| assert_eq!(parse_area_m2(text), Ok(area_m2), "{text}");
        check("1ha", 10_000.0);
        check("500m2", 500.0);
        check("0.5km2", 500_000.0);
        check("0.5 km²", 500_000.0);
        check("250", 250.0);
        check("0", 0.0);
        for text in ["", "ha", "-1ha", "1 acre", "NaN", "inf"] {
            assert_eq!(parse_area_m2(text), Err(OptionError::Area(text.into())), "{text}");
        }
    }

    #[test]
    fn a_map_names_known_fields_only() {
        let map = parse_map("district=DUUREG, number=no").expect("a map");
        assert_eq!(map["district"], "DUUREG");
        assert_eq!(map["number"], "no");
        assert!(matches!(parse_map("colour=x"), Err(OptionError::Field { .. })));
        assert_eq!(parse_map("district"), Err(OptionError::Map("district".into())));
        assert_eq!(parse_map("district="), Err(OptionError::Map("district=".into())));
    }

    #[test]
    fn decisions_are_lines_with_a_point_and_a_winner() {
        let text = "lon,lat,winner\n106.9, 47.9, bzd-26 # the school\n\n106.91,47.91,outside\n";
        let decisions = parse_decisions(text).expect("decisions");
        assert_eq!(decisions.len(), 2);
        assert_eq!(decisions[0].at, GridPoint::new(1_069_000_000, 479_000_000));
        assert_eq!(decisions[0].winner.as_deref(), Some("bzd-26"));
        assert_eq!(decisions[1].winner, None);
        let refused = parse_decisions("106.9,47.9").expect_err("no winner");
        assert_eq!(refused, OptionError::Decision { line: 1, text: "106.9,47.9".into() });
    }
}
