//! Rows of the model to cells of the tables, and back.
//!
//! Cells are the common ground of both homes: same order, same values, geometry as ISO WKB.

use std::fmt::Write;

use jiff::civil::Date;

use super::schema::columns;
use crate::gpkg::wkb;
use crate::model::{
    ContextKind, ContextLine, Cycle, Decision, District, DistrictVersion, Identification, Khoroo, KhorooId,
    Lineage, LineageKind, MultiPolygon, Practice, PracticeStatus, Replication, ReplicationStatus, Row, Stage,
    StoreId, Table, Theme, Vintage,
};

/// A value in a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    /// Also dates.
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    /// ISO WKB, or what stands in its place.
    Shape(Vec<u8>),
    List(Vec<String>),
}

/// A row that was read, and what is wrong with its geometry, which is then `None`.
pub(super) type Read = (Row, Option<String>);

/// The key of any row, also of one that cannot be understood; the text of `change.key`.
pub(super) fn key_text(table: Table, cells: &[Cell]) -> String {
    let mut text = String::new();
    for (idx, cell) in cells.iter().take(table.key_separators().len() + 1).enumerate() {
        if idx > 0 {
            text.push_str(table.key_separators()[idx - 1]);
        }
        match cell {
            Cell::Text(part) => text.push_str(part),
            other => {
                let _ = write!(text, "{other:?}"); // into a String, which cannot fail
            }
        }
    }
    text
}

/// A row as cells, in the order of [`columns`].
pub(super) fn encode(row: &Row) -> Vec<Cell> {
    match row {
        Row::District(r) => vec![
            text(&r.code),
            Cell::Int(r.number.into()),
            text(&r.name_mn),
            text(&r.name_en),
            optional(r.nso_code.as_ref()),
            optional(r.ebarilga_code.as_ref()),
            Cell::Bool(r.illustrative),
            Cell::List(r.aliases.clone()),
        ],
        Row::Vintage(r) => vec![
            text(&r.id),
            text(&r.valid_from),
            optional(r.valid_to),
            text(&r.title_mn),
            text(&r.title_en),
            text(&r.source),
            Cell::Bool(r.illustrative),
        ],
        Row::Khoroo(r) => vec![
            text(&r.id.vintage),
            text(&r.id.code),
            text(&r.id.code.district),
            Cell::Int(r.id.code.number.into()),
            optional(r.name_mn.as_ref()),
            optional(r.name_en.as_ref()),
            optional(r.nso_code.as_ref()),
            optional(r.land_code.as_ref()),
            optional(r.ebarilga_code.as_ref()),
            int(r.population),
            int(r.population_year.map(i64::from)),
            int(r.households),
            Cell::Bool(r.illustrative),
            area(r.shape.as_ref()),
        ],
        Row::DistrictVersion(r) => vec![
            text(&r.vintage),
            text(&r.district),
            int(r.population),
            int(r.population_year.map(i64::from)),
            Cell::Bool(r.dissolved),
            Cell::Bool(r.illustrative),
            area(r.shape.as_ref()),
        ],
        Row::Lineage(r) => vec![
            text(&r.from.vintage),
            text(&r.from.code),
            text(&r.to.vintage),
            text(&r.to.code),
            text(r.kind.word()),
            Cell::Real(r.area_share),
            r.population_share.map_or(Cell::Null, Cell::Real),
            Cell::Bool(r.stated),
            Cell::Bool(r.illustrative),
        ],
        Row::ContextLine(r) => vec![
            text(&r.id),
            text(r.kind.word()),
            optional(r.name_mn.as_ref()),
            optional(r.name_en.as_ref()),
            Cell::Bool(r.illustrative),
            Cell::Shape(wkb::encode_line(&r.line)),
        ],
        _ => encode_record(row),
    }
}

fn encode_record(row: &Row) -> Vec<Cell> {
    match row {
        Row::Cycle(r) => vec![
            text(&r.id),
            text(&r.title_mn),
            text(&r.title_en),
            text(&r.starts_on),
            text(&r.ends_on),
            text(&r.vintage),
            Cell::Bool(r.replications_reported),
            Cell::Bool(r.illustrative),
        ],
        Row::Theme(r) => vec![
            text(&r.code),
            text(&r.name_mn),
            text(&r.name_en),
            Cell::Int(r.position.into()),
            Cell::Bool(r.active),
        ],
        Row::ReplicationStatus(r) => vec![
            text(&r.code),
            text(&r.name_mn),
            text(&r.name_en),
            Cell::Int(r.position.into()),
            Cell::Bool(r.counts),
            Cell::Bool(r.active),
        ],
        Row::Practice(r) => vec![
            text(&r.id),
            text(&r.title_mn),
            optional(r.title_en.as_ref()),
            optional(r.summary_mn.as_ref()),
            optional(r.summary_en.as_ref()),
            text(&r.theme),
            text(&r.host.vintage),
            text(&r.host.code),
            text(r.status.word()),
            Cell::Bool(r.illustrative),
            r.location.map_or(Cell::Null, |p| Cell::Shape(wkb::encode_point(p))),
        ],
        Row::Identification(r) => vec![
            text(&r.practice),
            text(&r.cycle),
            text(&r.khoroo.vintage),
            text(&r.khoroo.code),
            text(&r.entered_on),
            text(r.stage.word()),
            text(r.decision.word()),
            Cell::Bool(r.awarded),
            Cell::Bool(r.illustrative),
        ],
        Row::Replication(r) => vec![
            text(&r.id),
            text(&r.practice),
            text(&r.khoroo.vintage),
            text(&r.khoroo.code),
            text(&r.cycle),
            text(&r.status),
            text(&r.decided_on),
            optional(r.completed_on),
            Cell::Bool(r.illustrative),
        ],
        _ => unreachable!("places are encoded by `encode`"),
    }
}

fn text(value: &(impl ToString + ?Sized)) -> Cell {
    Cell::Text(value.to_string())
}

fn optional(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Null, |v| text(&v))
}

fn int(value: Option<i64>) -> Cell {
    value.map_or(Cell::Null, Cell::Int)
}

fn area(shape: Option<&MultiPolygon>) -> Cell {
    shape.map_or(Cell::Null, |s| Cell::Shape(wkb::encode_multi_polygon(s)))
}

/// Cells as a row of the model.
///
/// - Errors: in words, what cannot be understood; the row is then of no use.
pub(super) fn decode(table: Table, cells: Vec<Cell>) -> Result<Read, String> {
    let mut cells = Cells { table, idx: 0, left: cells.into_iter(), spoilt: None };
    let row = match table {
        Table::District => Row::District(District {
            code: cells.parsed()?,
            number: cells.narrow()?,
            name_mn: cells.text()?,
            name_en: cells.text()?,
            nso_code: cells.optional_text()?,
            ebarilga_code: cells.optional_text()?,
            illustrative: cells.flag()?,
            aliases: cells.list()?,
        }),
        Table::Vintage => Row::Vintage(Vintage {
            id: cells.parsed()?,
            valid_from: cells.parsed()?,
            valid_to: cells.optional_date()?,
            title_mn: cells.text()?,
            title_en: cells.text()?,
            source: cells.text()?,
            illustrative: cells.flag()?,
        }),
        Table::Khoroo => Row::Khoroo(Khoroo {
            id: {
                let id = cells.khoroo()?;
                // District and number repeat the code.
                cells.skip(2);
                id
            },
            name_mn: cells.optional_text()?,
            name_en: cells.optional_text()?,
            nso_code: cells.optional_text()?,
            land_code: cells.optional_text()?,
            ebarilga_code: cells.optional_text()?,
            population: cells.optional_int()?,
            population_year: cells.optional_narrow()?,
            households: cells.optional_int()?,
            illustrative: cells.flag()?,
            shape: cells.shape(wkb::decode_multi_polygon),
        }),
        Table::DistrictVersion => Row::DistrictVersion(DistrictVersion {
            vintage: cells.parsed()?,
            district: cells.parsed()?,
            population: cells.optional_int()?,
            population_year: cells.optional_narrow()?,
            dissolved: cells.flag()?,
            illustrative: cells.flag()?,
            shape: cells.shape(wkb::decode_multi_polygon),
        }),
        Table::Lineage => Row::Lineage(Lineage {
            from: cells.khoroo()?,
            to: cells.khoroo()?,
            kind: cells.word(LineageKind::of_word)?,
            area_share: cells.real()?.ok_or("`area_share` is null")?,
            population_share: cells.real()?,
            stated: cells.flag()?,
            illustrative: cells.flag()?,
        }),
        Table::ContextLine => Row::ContextLine(ContextLine {
            id: cells.text()?,
            kind: cells.word(ContextKind::of_word)?,
            name_mn: cells.optional_text()?,
            name_en: cells.optional_text()?,
            illustrative: cells.flag()?,
            line: cells.line()?,
        }),
        _ => decode_record(table, &mut cells)?,
    };
    Ok((row, cells.spoilt))
}

fn decode_record(table: Table, cells: &mut Cells) -> Result<Row, String> {
    Ok(match table {
        Table::Cycle => Row::Cycle(Cycle {
            id: cells.text()?,
            title_mn: cells.text()?,
            title_en: cells.text()?,
            starts_on: cells.parsed()?,
            ends_on: cells.parsed()?,
            vintage: cells.parsed()?,
            replications_reported: cells.flag()?,
            illustrative: cells.flag()?,
        }),
        Table::Theme => Row::Theme(Theme {
            code: cells.text()?,
            name_mn: cells.text()?,
            name_en: cells.text()?,
            position: cells.narrow()?,
            active: cells.flag()?,
        }),
        Table::ReplicationStatus => Row::ReplicationStatus(ReplicationStatus {
            code: cells.text()?,
            name_mn: cells.text()?,
            name_en: cells.text()?,
            position: cells.narrow()?,
            counts: cells.flag()?,
            active: cells.flag()?,
        }),
        Table::Practice => Row::Practice(Practice {
            id: cells.text()?,
            title_mn: cells.text()?,
            title_en: cells.optional_text()?,
            summary_mn: cells.optional_text()?,
            summary_en: cells.optional_text()?,
            theme: cells.text()?,
            host: cells.khoroo()?,
            status: cells.word(PracticeStatus::of_word)?,
            details: crate::model::PracticeDetails::default(),
            illustrative: cells.flag()?,
            location: cells.shape(wkb::decode_point),
        }),
        Table::Identification => Row::Identification(Identification {
            practice: cells.text()?,
            cycle: cells.text()?,
            khoroo: cells.khoroo()?,
            entered_on: cells.parsed()?,
            stage: cells.word(Stage::of_word)?,
            decision: cells.word(Decision::of_word)?,
            awarded: cells.flag()?,
            occasion: crate::model::Occasion::default(),
            illustrative: cells.flag()?,
        }),
        Table::Replication => Row::Replication(Replication {
            id: cells.text()?,
            practice: cells.text()?,
            khoroo: cells.khoroo()?,
            cycle: cells.text()?,
            status: cells.text()?,
            decided_on: cells.parsed()?,
            completed_on: cells.optional_date()?,
            learning_route: None,
            adaptations: None,
            people_served: None,
            illustrative: cells.flag()?,
        }),
        _ => unreachable!("places are decoded by `decode`"),
    })
}

/// Cells taken one by one, in the order of the columns.
struct Cells {
    table: Table,
    /// Of the next cell.
    idx: usize,
    left: std::vec::IntoIter<Cell>,
    /// Why the geometry is of no use.
    spoilt: Option<String>,
}

impl Cells {
    fn next(&mut self) -> Cell {
        self.idx += 1;
        self.left.next().unwrap_or(Cell::Null)
    }

    fn skip(&mut self, n: usize) {
        for _ in 0..n {
            self.next();
        }
    }

    /// Says which column holds what cannot be understood; called after the cell was taken.
    fn wrong<T>(&self, what: impl std::fmt::Display) -> Result<T, String> {
        let column = columns(self.table).get(self.idx - 1).map_or("", |c| c.name);
        Err(format!("`{column}`: {what}"))
    }

    fn optional_text(&mut self) -> Result<Option<String>, String> {
        match self.next() {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            other => self.wrong(format_args!("{other:?} is no text")),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        match self.optional_text()? {
            Some(text) => Ok(text),
            None => self.wrong("null"),
        }
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Result<T, String> {
        let text = self.text()?;
        text.parse().or_else(|e| self.wrong(e))
    }

    fn optional_date(&mut self) -> Result<Option<Date>, String> {
        match self.optional_text()? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).or_else(|e: jiff::Error| self.wrong(e)),
        }
    }

    fn word<T>(&mut self, of_word: fn(&str) -> Option<T>) -> Result<T, String> {
        let word = self.text()?;
        match of_word(&word) {
            Some(value) => Ok(value),
            None => self.wrong(format_args!("`{word}` is none of the known words")),
        }
    }

    fn khoroo(&mut self) -> Result<KhorooId, String> {
        Ok(KhorooId { vintage: self.parsed()?, code: self.parsed()? })
    }

    fn optional_int(&mut self) -> Result<Option<i64>, String> {
        match self.next() {
            Cell::Null => Ok(None),
            Cell::Int(n) => Ok(Some(n)),
            other => self.wrong(format_args!("{other:?} is no whole number")),
        }
    }

    fn optional_narrow<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, String> {
        match self.optional_int()? {
            None => Ok(None),
            Some(n) => T::try_from(n).map(Some).or_else(|_| self.wrong(format_args!("{n} is out of range"))),
        }
    }

    fn narrow<T: TryFrom<i64>>(&mut self) -> Result<T, String> {
        match self.optional_narrow()? {
            Some(n) => Ok(n),
            None => self.wrong("null"),
        }
    }

    fn real(&mut self) -> Result<Option<f64>, String> {
        match self.next() {
            Cell::Null => Ok(None),
            Cell::Real(x) => Ok(Some(x)),
            other => self.wrong(format_args!("{other:?} is no number")),
        }
    }

    fn flag(&mut self) -> Result<bool, String> {
        match self.next() {
            Cell::Bool(flag) => Ok(flag),
            other => self.wrong(format_args!("{other:?} is neither true nor false")),
        }
    }

    fn list(&mut self) -> Result<Vec<String>, String> {
        match self.next() {
            Cell::Null => Ok(Vec::new()),
            Cell::List(texts) => Ok(texts),
            other => self.wrong(format_args!("{other:?} is no list")),
        }
    }

    fn shape<T>(&mut self, decode: fn(&[u8]) -> Result<Option<T>, wkb::WkbError>) -> Option<T> {
        match self.next() {
            Cell::Null => None,
            Cell::Shape(bytes) => decode(&bytes).unwrap_or_else(|e| {
                self.spoilt = Some(e.to_string());
                None
            }),
            other => {
                self.spoilt = Some(format!("{other:?} is no geometry"));
                None
            }
        }
    }

    fn line(&mut self) -> Result<Vec<crate::model::GridPoint>, String> {
        match self.next() {
            Cell::Shape(bytes) => wkb::decode_line(&bytes).or_else(|e| self.wrong(e)),
            other => self.wrong(format_args!("{other:?} is no geometry")),
        }
    }
}
/// A store's identity from its hex digits; what is no such text is no identity.
pub(super) fn store_id(hex: Option<&str>) -> StoreId {
    StoreId(hex.and_then(|hex| u128::from_str_radix(hex, 16).ok()).unwrap_or_default())
}
