//! The file of decisions: who gets single overlaps and gaps, a point and a winner in each line.
//!
//! Columns `lon`, `lat`, `winner` in this order, or named so by a first line in any order; beside named
//! columns there may be others, such as remarks. Read as spreadsheets save it: separated by commas,
//! semicolons or tabs, in any encoding of theirs. `#` starts a comment.
//!
//! Must not: know who may win; that is the cleaning's.

use crate::model::GridPoint;
use crate::text;

/// A line of the file: the ground around this point goes to that unit, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDecision {
    /// As an editor counts, from 1.
    pub line: usize,
    pub at: GridPoint,
    /// A unit by code or name (`bzd-26`, `Баянзүрх 26`), `None` for `outside`.
    pub winner: Option<String>,
}

/// Why a file of decisions cannot be read; all lines at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the decisions cannot be read: {}", listed(.0))]
pub struct DecisionErrors(pub Vec<DecisionError>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("they hold no line `lon,lat,winner`")]
    Empty,
    #[error("they are no text in {encoding}")]
    NotText { encoding: &'static str },
    #[error("line {line}: `{text}` is not lon,lat,winner")]
    Line { line: usize, text: String },
    #[error("line {line}: {lon}, {lat} is no longitude and latitude{hint}")]
    Place { line: usize, lon: String, lat: String, hint: &'static str },
}

/// Reads a whole file of decisions.
pub fn parse_decisions(bytes: &[u8]) -> Result<Vec<StatedDecision>, DecisionErrors> {
    let decoded = text::decode(bytes);
    if decoded.is_damaged || decoded.text.contains(text::is_binary) {
        return Err(DecisionErrors(vec![DecisionError::NotText { encoding: decoded.encoding }]));
    }
    let (separator, rows) = text::separator(&decoded.text);
    let first_line = 1 + usize::from(rows.len() < decoded.text.len());
    let (mut decisions, mut errors) = (Vec::new(), Vec::new());
    let mut columns = None;
    for (line, row) in (first_line..).zip(rows.lines()) {
        let content = row.split('#').next().unwrap_or_default().trim();
        let cells: Vec<&str> =
            content.split(separator).map(|cell| cell.trim().trim_matches('"').trim()).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let columns = if let Some(columns) = columns {
            columns
        } else {
            let header = Columns::named(&cells);
            let found = *columns.insert(header.unwrap_or(Columns::UNNAMED));
            if header.is_some() {
                continue;
            }
            found
        };
        match columns.decision(line, &cells, separator) {
            Ok(decision) => decisions.push(decision),
            Err(None) => errors.push(DecisionError::Line { line, text: row.trim().to_owned() }),
            Err(Some(error)) => errors.push(error),
        }
    }
    if decisions.is_empty() && errors.is_empty() {
        errors.push(DecisionError::Empty);
    }
    if errors.is_empty() { Ok(decisions) } else { Err(DecisionErrors(errors)) }
}

/// Where things stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    lon: usize,
    lat: usize,
    winner: usize,
    /// What else stands in a line has a name, and is no slip.
    is_named: bool,
}

impl Columns {
    const UNNAMED: Self = Self { lon: 0, lat: 1, winner: 2, is_named: false };

    /// `None` when this is no line of names.
    fn named(cells: &[&str]) -> Option<Self> {
        let place =
            |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
        Some(Self {
            lon: place(&["lon", "lng", "long", "longitude", "x", "уртраг"])?,
            lat: place(&["lat", "latitude", "y", "өргөрөг"])?,
            winner: place(&["winner", "ялагч", "khoroo", "хороо", "code", "unit"])?,
            is_named: true,
        })
    }

    /// Errors: `None` when the line is no decision at all.
    fn decision(
        self,
        line: usize,
        cells: &[&str],
        separator: char,
    ) -> Result<StatedDecision, Option<DecisionError>> {
        let cell = |column: usize| cells.get(column).copied().filter(|cell| !cell.is_empty());
        let [lon, lat, winner] = [self.lon, self.lat, self.winner].map(cell);
        let (Some(lon), Some(lat), Some(winner)) = (lon, lat, winner) else { return Err(None) };
        if !self.is_named && cells.iter().skip(3).any(|cell| !cell.is_empty()) {
            return Err(None);
        }
        let degrees = |text: &str| {
            // Spreadsheets that write decimal commas put no comma between cells.
            let text = if separator == ',' { text.to_owned() } else { text.replace(',', ".") };
            text.parse::<f64>().map_err(|_| None)
        };
        let (x, y) = (degrees(lon)?, degrees(lat)?);
        let at = GridPoint::from_degrees(x, y).ok_or_else(|| {
            let is_swapped = GridPoint::from_degrees(y, x).is_some();
            let hint = if is_swapped { ": lon and lat look swapped, longitude comes first" } else { "" };
            DecisionError::Place { line, lon: lon.to_owned(), lat: lat.to_owned(), hint }
        })?;
        let winner = (!winner.eq_ignore_ascii_case("outside")).then(|| winner.to_owned());
        Ok(StatedDecision { line, at, winner })
    }
}

fn listed(errors: &[DecisionError]) -> String {
    const SHOWN: usize = 10;
    let mut shown: Vec<String> = errors.iter().take(SHOWN).map(ToString::to_string).collect();
    if errors.len() > SHOWN {
        shown.push(format!("and {} lines more", errors.len() - SHOWN));
    }
    shown.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String)> {
        let decisions = parse_decisions(text.as_bytes()).expect("decisions");
        let shown = |d: StatedDecision| {
            (d.line, format!("{} {} {}", d.at.lon(), d.at.lat(), d.winner.as_deref().unwrap_or("-")))
        };
        decisions.into_iter().map(shown).collect()
    }

    fn refused(text: &str) -> Vec<DecisionError> {
        parse_decisions(text.as_bytes()).expect_err("refused").0
    }

    #[test]
    fn decisions_are_lines_with_a_point_and_a_winner() {
        let text = "lon,lat,winner\n106.9, 47.9, bzd-26 # the school\n\n106.91,47.91,Outside\n";
        let expected = [(2, "106.9 47.9 bzd-26".to_owned()), (4, "106.91 47.91 -".to_owned())];
        assert_eq!(read(text), expected);
        assert_eq!(read("# by the land agency\n106.9,47.9,bzd-26"), [(2, "106.9 47.9 bzd-26".into())]);
        assert_eq!(refused("106.9,47.9"), [DecisionError::Line { line: 1, text: "106.9,47.9".into() }]);
    }

    #[test]
    fn every_way_to_save_the_file_reads_the_same() {
        let text = "lon,lat,winner\r\n106.9,47.9,Баянзүрх 26\r\n106.91,47.91,outside\r\n";
        let expected = read(text);
        for separator in [";", "\t"] {
            assert_eq!(read(&text.replace(',', separator)), expected, "{separator:?}");
        }
        assert_eq!(read(&text.replace(',', ";").replace('.', ",")), expected, "decimal commas");
        assert_eq!(read(&format!("\u{feff}{text}")), expected);
        assert_eq!(read("106.9,47.9,\"Баянзүрх 26\"\n\n106.91,47.91,outside")[0].1, expected[0].1);
        assert_eq!(read("sep=;\n106.9;47.9;bzd-26"), [(2, "106.9 47.9 bzd-26".into())]);
        let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decisions = parse_decisions(&utf16).expect("UTF-16");
        assert_eq!(decisions[0].winner.as_deref(), Some("Баянзүрх 26"));
    }

    #[test]
    fn named_columns_may_stand_in_any_order_beside_others() {
        let text = "note,winner,lat,lon\nschool,bzd-26,47.9,106.9\n";
        assert_eq!(read(text), [(2, "106.9 47.9 bzd-26".into())]);
        assert_eq!(read("106.9,47.9,bzd-26,,"), [(1, "106.9 47.9 bzd-26".into())], "empty cells behind");
        assert!(matches!(refused("106.9,47.9,bzd-26,school")[..], [DecisionError::Line { line: 1, .. }]));
    }

    #[test]
    fn swapped_coordinates_are_refused_with_a_hint() {
        let errors = refused("lon,lat,winner\n47.9,106.9,bzd-26\n47.8,106.8,bzd-1\n");
        assert_eq!(errors.len(), 2, "{errors:?}");
        let message = DecisionErrors(errors).to_string();
        assert!(message.contains("line 2: 47.9, 106.9"), "{message}");
        assert!(message.contains("lon and lat look swapped"), "{message}");
        let errors = refused("400,500,bzd-26");
        assert!(matches!(&errors[..], [DecisionError::Place { hint: "", .. }]), "{errors:?}");
    }

    #[test]
    fn a_file_without_a_decision_is_refused() {
        for text in ["", "\n", "lon,lat,winner\n", "# nothing yet\n"] {
            assert_eq!(refused(text), [DecisionError::Empty], "{text:?}");
        }
        assert!(matches!(refused("a\u{1}b")[..], [DecisionError::NotText { .. }]));
    }
}
