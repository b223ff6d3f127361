//! What one call of `hlp ingest` asks for, and how its options are written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use super::decisions::StatedDecision;
use super::read::Limits;
use crate::geometry::coverage::clean::{Gaps, Resolve};
use crate::geometry::projection::Crs;
use crate::model::VintageId;

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
    /// Winners of single overlaps and gaps (`--decisions FILE`, see [`super::parse_decisions`]).
    pub decisions: Vec<StatedDecision>,
    /// Removes invented data in the same transaction (`--replace-demo`).
    pub replace_demo: bool,
    /// Where the lines come from, shown as attribution (`--source`). Without it a known vintage keeps what
    /// it says, and a new one names the files.
    pub source: Option<String>,
    /// How large input may be; the defaults suit a country.
    pub limits: Limits,
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
    #[error("`{0}` maps nothing: write field=column, separated by commas")]
    Map(String),
    #[error("`{field}` is no field: the fields are {fields}")]
    Field { field: String, fields: String },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_names_known_fields_only() {
        let map = parse_map("district=DUUREG, number=no").expect("a map");
        assert_eq!(map["district"], "DUUREG");
        assert_eq!(map["number"], "no");
        assert!(matches!(parse_map("colour=x"), Err(OptionError::Field { .. })));
        assert_eq!(parse_map("district"), Err(OptionError::Map("district".into())));
        assert_eq!(parse_map("district="), Err(OptionError::Map("district=".into())));
    }
}
