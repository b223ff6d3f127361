//! A file of travel times: CSV with `from`, `to`, `minutes`.
//!
//! A khoroo is named as `2022:bzd-26`, or as `bzd-26` in the newest vintage, so which rows say the same is known only
//! beside the vintages: [`TravelTimes::ways`] finds it, and the rows that lead nowhere.
//!
//! Owns: the file's form, what its rows mean in a snapshot. Leaves to others: reading files.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{KhorooCode, KhorooId};
use crate::snapshot::Snapshot;

/// A week.
const MINUTES_MAX: f64 = 10_080.0;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct TravelTimes {
    pub rows: Vec<TimeRow>,
}

/// How long a way takes, as a line of the file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeRow {
    /// Counted from 1, the header included.
    pub line: u64,
    pub from: Named,
    pub to: Named,
    pub minutes: f64,
}

/// A khoroo as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Version(KhorooId),
    Newest(KhorooCode),
}

/// Why a file has no travel times; lines count from 1, the header included.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TravelTimesError {
    #[error("the first line has no column `{0}`; needed are from, to, minutes")]
    Column(&'static str),
    #[error("line {line} cannot be read: {reason}")]
    Line { line: u64, reason: String },
    #[error("line {line}: `{text}` is no khoroo (`bzd-26`, or `2022:bzd-26`)")]
    Khoroo { line: u64, text: String },
    #[error("line {line}: `{text}` is no number of minutes from 0 to {MINUTES_MAX}")]
    Minutes { line: u64, text: String },
    #[error(
        "line {line} says that the way from {from} to {to} takes {minutes} minutes, line {before_line} that it takes \
         {before_minutes}"
    )]
    Twice { line: u64, from: String, to: String, minutes: f64, before_line: u64, before_minutes: f64 },
}

/// Ways of a file in the vintages of a snapshot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ways {
    /// By position of the vintage and indices of khoroos. Of a way that is there twice, the first row.
    pub minutes: BTreeMap<(usize, usize, usize), f64>,
    pub unused: Unused,
    /// The first way that is there twice.
    pub twice: Option<TravelTimesError>,
}

/// Rows of a file that are of no use, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unused {
    pub n_rows: usize,
    /// Lines with a khoroo that no vintage has, and the first of these khoroos.
    pub unknown: Vec<(u64, String)>,
    /// Lines with a way from one vintage to another, and the first such way.
    pub across: Vec<(u64, String)>,
}

impl Unused {
    pub const fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.across.is_empty()
    }
}

/// How many are not used and why, with the first of each kind.
impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_rows, unknown, across } = self;
        write!(f, "{} of {n_rows} rows of the travel times are not used", unknown.len() + across.len())?;
        if let Some((line, khoroo)) = unknown.first() {
            write!(f, "; with a khoroo that is not there: {} (line {line}: {khoroo})", unknown.len())?;
        }
        if let Some((line, way)) = across.first() {
            write!(f, "; from one vintage to another: {} (line {line}: {way})", across.len())?;
        }
        Ok(())
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(id) => id.fmt(f),
            Self::Newest(code) => code.fmt(f),
        }
    }
}

impl TravelTimes {
    /// Reads CSV with a header that names `from`, `to` and `minutes` in any order; other columns are ignored.
    pub fn parse(text: &str) -> Result<Self, TravelTimesError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let broken = |error: &csv::Error| TravelTimesError::Line {
            line: error.position().map_or(1, csv::Position::line),
            reason: error.to_string(),
        };
        let head = reader.headers().map_err(|error| broken(&error))?.clone();
        let column = |name: &'static str| {
            let found = head.iter().position(|cell| cell.eq_ignore_ascii_case(name));
            found.ok_or(TravelTimesError::Column(name))
        };
        let (from, to, minutes) = (column("from")?, column("to")?, column("minutes")?);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |column: usize| record.get(column).unwrap_or_default();
            let khoroo = |column: usize| {
                let text = cell(column);
                Named::parse(text).ok_or_else(|| TravelTimesError::Khoroo { line, text: text.into() })
            };
            let text = cell(minutes);
            let minutes = text.parse::<f64>().ok().filter(|minutes| (0.0..=MINUTES_MAX).contains(minutes));
            let minutes = minutes.ok_or_else(|| TravelTimesError::Minutes { line, text: text.into() });
            rows.push(TimeRow { line, from: khoroo(from)?, to: khoroo(to)?, minutes: minutes? });
        }
        Ok(Self { rows })
    }

    /// What the rows say of the khoroos of a snapshot.
    pub fn ways(&self, snapshot: &Snapshot) -> Ways {
        let mut ways =
            Ways { unused: Unused { n_rows: self.rows.len(), ..Unused::default() }, ..Ways::default() };
        let mut lines: BTreeMap<(usize, usize, usize), u64> = BTreeMap::new();
        for TimeRow { line, from, to, minutes } in &self.rows {
            let ends = [from, to].map(|named| (named, named.found(snapshot)));
            if let Some((named, _)) = ends.iter().find(|(_, found)| found.is_none()) {
                ways.unused.unknown.push((*line, named.to_string()));
                continue;
            }
            let [Some((vintage, own)), Some((other, there))] = ends.map(|(_, found)| found) else { continue };
            if vintage != other {
                ways.unused.across.push((*line, format!("{from} to {to}")));
                continue;
            }
            let way = (vintage, own, there);
            if let (Some(&before_line), Some(&before_minutes)) = (lines.get(&way), ways.minutes.get(&way)) {
                let [from, to] = [from, to].map(ToString::to_string);
                let minutes = *minutes;
                let line = *line;
                ways.twice.get_or_insert(TravelTimesError::Twice {
                    line,
                    from,
                    to,
                    minutes,
                    before_line,
                    before_minutes,
                });
                continue;
            }
            lines.insert(way, *line);
            ways.minutes.insert(way, *minutes);
        }
        ways
    }
}

impl Named {
    fn parse(text: &str) -> Option<Self> {
        if text.contains(':') {
            text.parse().ok().map(Self::Version)
        } else {
            text.parse().ok().map(Self::Newest)
        }
    }

    /// Position of the vintage and index of the khoroo.
    fn found(&self, snapshot: &Snapshot) -> Option<(usize, usize)> {
        let vintages = &snapshot.vintages;
        let (vintage, code) = match self {
            Self::Version(id) => (vintages.iter().position(|own| own.vintage.id == id.vintage)?, &id.code),
            Self::Newest(code) => (vintages.len().checked_sub(1)?, code),
        };
        Some((vintage, vintages[vintage].geography.khoroo_idx(code)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_times_is_read_in_any_order_of_columns() {
        let times = TravelTimes::parse("\u{feff}minutes,note,To,from\n12.5,x,bzd-2,2022:bzd-1\n");
        let from = Named::Version("2022:bzd-1".parse().expect("a version"));
        let to = Named::Newest("bzd-2".parse().expect("a code"));
        assert_eq!(times, Ok(TravelTimes { rows: vec![TimeRow { line: 2, from, to, minutes: 12.5 }] }));
    }

    #[test]
    fn a_fault_of_a_file_names_its_line() {
        let check = |rows: &str, told: &str| {
            let error = TravelTimes::parse(&format!("from,to,minutes\n{rows}")).expect_err(rows).to_string();
            assert_eq!(error, told);
        };
        check("bzd-1,bzd,3", "line 2: `bzd` is no khoroo (`bzd-26`, or `2022:bzd-26`)");
        for text in ["-1", "NaN", "inf", "1e9", ""] {
            check(
                &format!("bzd-1,bzd-2,{text}"),
                &format!("line 2: `{text}` is no number of minutes from 0 to 10080"),
            );
        }
        assert_eq!(TravelTimes::parse("a,b\n").expect_err("no columns"), TravelTimesError::Column("from"));
        assert!(TravelTimes::parse("from,to,minutes\nbzd-1,bzd-2\n").is_err());
    }
}
