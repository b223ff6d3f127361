//! The file of decisions: who gets single overlaps and gaps, a point and a winner in each line.
//!
//! Columns `lon`, `lat`, `winner` in this order, or named so by a first line in any order; beside named
//! columns there may be others, such as remarks. Read as spreadsheets save it: separated by commas,
//! semicolons or tabs, in any encoding of theirs, with decimal commas. `#` starts a comment.
//!
//! Must not: know who may win; that is the cleaning's.

mod rows;
mod template;

pub use template::decisions_template;

use rows::{Row, Rows, rows};

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
    #[error("line {line}: no winner is named; fill it in, or take the line out")]
    NoWinner { line: usize },
    #[error("line {line}: a quotation mark is opened and never closed")]
    OpenQuote { line: usize },
    #[error(
        "line {line}: columns {} (`{first_name}`) and {} (`{second_name}`) could both be `{meant}`; name one of them so",
        first + 1,
        second + 1
    )]
    TwoColumns {
        line: usize,
        meant: &'static str,
        first: usize,
        first_name: String,
        second: usize,
        second_name: String,
    },
    #[error("line {line}: {lon}, {lat} is no longitude and latitude{hint}")]
    Place { line: usize, lon: String, lat: String, hint: &'static str },
}

/// Reads a whole file of decisions.
pub fn parse_decisions(bytes: &[u8]) -> Result<Vec<StatedDecision>, DecisionErrors> {
    let decoded = text::decode(bytes);
    if decoded.is_damaged || decoded.text.contains(text::is_binary) {
        return Err(DecisionErrors(vec![DecisionError::NotText { encoding: decoded.encoding }]));
    }
    let (named, rest) = text::separator(&decoded.text);
    let is_named = rest.len() < decoded.text.len();
    let first_line = 1 + usize::from(is_named);
    // Of two that fit the first: with decimal commas, commas cut cells in two.
    let separators = if is_named { vec![named] } else { vec![';', '\t', ','] };
    let readings = separators.into_iter().map(|separator| Reading::of(rows(rest, separator, first_line)));
    let Reading { decisions, mut errors } =
        readings.min_by_key(Reading::n_misread).expect("there are separators");
    if decisions.is_empty() && errors.is_empty() {
        errors.push(DecisionError::Empty);
    }
    if errors.is_empty() { Ok(decisions) } else { Err(DecisionErrors(errors)) }
}

/// What the rows say when one of the separators is the right one.
#[derive(Default)]
struct Reading {
    decisions: Vec<StatedDecision>,
    errors: Vec<DecisionError>,
}

impl Reading {
    fn of(Rows { rows, open_quote }: Rows) -> Self {
        let mut reading = Self::default();
        if let Some(line) = open_quote {
            reading.errors.push(DecisionError::OpenQuote { line });
        }
        let is_cut_short = |row: &Row| open_quote.is_some_and(|line| row.line >= line);
        let mut rows = rows.into_iter().filter(|row| !is_cut_short(row)).peekable();
        let columns = match rows.peek().map(Columns::named) {
            Some(Err(error)) => {
                reading.errors.push(error);
                return reading;
            }
            Some(Ok(Some(columns))) => {
                rows.next();
                columns
            }
            Some(Ok(None)) | None => Columns::UNNAMED,
        };
        for row in rows {
            match columns.decision(row) {
                Ok(decision) => reading.decisions.push(decision),
                Err(error) => reading.errors.push(error),
            }
        }
        reading
    }

    /// Rows that are no decision at all, not even one about a wrong place.
    fn n_misread(&self) -> usize {
        let is_misread = |error: &&DecisionError| {
            matches!(error, DecisionError::Line { .. } | DecisionError::OpenQuote { .. })
        };
        self.errors.iter().filter(is_misread).count()
    }
}

/// Where things stand in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    lon: usize,
    lat: usize,
    winner: usize,
    /// What else stands in a row has a name, and is no slip.
    is_named: bool,
}

/// Names of a column, the best first; those in one group mean it equally well.
type Names = &'static [&'static [&'static str]];

const LON: Names = &[&["lon"], &["longitude", "lng", "long", "уртраг"], &["x"]];
const LAT: Names = &[&["lat"], &["latitude", "өргөрөг"], &["y"]];
const WINNER: Names = &[&["winner"], &["ялагч"], &["khoroo", "хороо", "code", "unit"]];

impl Columns {
    const UNNAMED: Self = Self { lon: 0, lat: 1, winner: 2, is_named: false };

    /// `None` when this is no row of names.
    ///
    /// Errors: [`DecisionError::TwoColumns`].
    fn named(row: &Row) -> Result<Option<Self>, DecisionError> {
        let places = [LON, LAT, WINNER].map(|names| candidates(&row.cells, names));
        let [Some(_), Some(_), Some(_)] = places else { return Ok(None) };
        for (place, meant) in places.iter().flatten().zip(["lon", "lat", "winner"]) {
            if let (first, Some(second)) = *place {
                let [first_name, second_name] = [first, second].map(|column| row.cells[column].clone());
                let line = row.line;
                return Err(DecisionError::TwoColumns {
                    line,
                    meant,
                    first,
                    first_name,
                    second,
                    second_name,
                });
            }
        }
        let [lon, lat, winner] = places.map(|place| place.map_or(0, |(column, _)| column));
        Ok(Some(Self { lon, lat, winner, is_named: true }))
    }

    /// Errors: [`DecisionError::Line`] when the row is no decision at all, and [`DecisionError::Place`].
    fn decision(self, row: Row) -> Result<StatedDecision, DecisionError> {
        let Row { line, text, cells } = row;
        let cell = |column: usize| cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty());
        // A decimal comma reaches a cell in quotation marks, or between other separators.
        let degrees = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        let is_slip = !self.is_named && cells.iter().skip(3).any(|cell| !cell.is_empty());
        let said = [self.lon, self.lat, self.winner].map(cell);
        if let ([Some(_), Some(_), None], true) = (said, self.is_named) {
            return Err(DecisionError::NoWinner { line });
        }
        let ([Some(lon), Some(lat), Some(winner)], false) = (said, is_slip) else {
            return Err(DecisionError::Line { line, text });
        };
        let (Some(x), Some(y)) = (degrees(lon), degrees(lat)) else {
            return Err(DecisionError::Line { line, text });
        };
        let at = GridPoint::from_degrees(x, y).ok_or_else(|| {
            let is_swapped = GridPoint::from_degrees(y, x).is_some();
            let hint = if is_swapped { ": lon and lat look swapped, longitude comes first" } else { "" };
            DecisionError::Place { line, lon: lon.to_owned(), lat: lat.to_owned(), hint }
        })?;
        let winner = winner.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(StatedDecision { line, at, winner: (!winner.eq_ignore_ascii_case("outside")).then_some(winner) })
    }
}

/// The column that a name fits best, and another that it fits as well.
fn candidates(cells: &[String], names: Names) -> Option<(usize, Option<usize>)> {
    names.iter().find_map(|group| {
        let named = |is_name: &dyn Fn(&str) -> bool| {
            let mut found = (0..cells.len()).filter(|&column| is_name(&cells[column]));
            found.next().map(|first| (first, found.next()))
        };
        // `winner` before `Winner`.
        named(&|cell| group.contains(&cell)).or_else(|| named(&|cell| group.contains(&&*cell.to_lowercase())))
    })
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
    fn the_best_name_says_which_column_is_meant() {
        let check = |names: &str, cells: &str, expected: &str| {
            assert_eq!(read(&format!("{names}\n{cells}")), [(2, expected.to_owned())], "{names}");
        };
        check("lon,lat,khoroo,winner", "106.9,47.9,bzd-2,bzd-1", "106.9 47.9 bzd-1");
        check("code,Winner,lat,lon", "bzd-2,bzd-1,47.9,106.9", "106.9 47.9 bzd-1");
        check("x,y,lon,lat,unit", "1,2,106.9,47.9,bzd-1", "106.9 47.9 bzd-1");
        check("x,longitude,Latitude,Y,winner", "1,106.9,47.9,2,bzd-1", "106.9 47.9 bzd-1");
        check("WINNER,winner,lat,lon", "bzd-2,bzd-1,47.9,106.9", "106.9 47.9 bzd-1");
    }

    #[test]
    fn columns_that_could_equally_be_meant_are_refused_and_named() {
        let check = |names: &str, expected: &str| {
            let errors = refused(&format!("# by hand\n{names}\n1,2,3,4,5\n"));
            let message = DecisionErrors(errors).to_string();
            assert!(message.ends_with(expected), "{message}");
        };
        let columns =
            "line 2: columns 3 (`khoroo`) and 4 (`code`) could both be `winner`; name one of them so";
        check("lon,lat,khoroo,code,note", columns);
        check(
            "lon,lat,winner,lon,note",
            "columns 1 (`lon`) and 4 (`lon`) could both be `lon`; name one of them so",
        );
        check(
            "long,lat,winner,lng,note",
            "columns 1 (`long`) and 4 (`lng`) could both be `lon`; name one of them so",
        );
    }

    #[test]
    fn cells_may_be_quoted_as_spreadsheets_quote_them() {
        let expected = [(2, "106.9146 47.9045 bzd-1".to_owned())];
        let text = "lon,lat,winner,note\n106.9146,47.9045,bzd-1,\"school, no. #5,\nthe \"\"new\"\" one\"\n";
        assert_eq!(read(text), expected);
        assert_eq!(read(&format!("{text}106.9,47.9,bzd-2,\"\"\n"))[1].0, 4);
        assert_eq!(read("\n\"106,9146\",\"47,9045\",bzd-1\n"), expected, "decimal commas");
        assert_eq!(read("\n106.9146, 47.9045, \"bzd-1\" # \"c\"\n"), expected, "blanks in front");
        assert_eq!(read("\"# a, b\",,\n106.9146,47.9045,\" bzd-1\"\n"), expected, "a quoted comment");
        let errors = refused("106.9,47.9,bzd-1\n106.9,47.9,\"bzd-1\n106.9,47.9,bzd-1\n");
        assert_eq!(errors, [DecisionError::OpenQuote { line: 2 }]);
    }

    #[test]
    fn decimal_commas_and_comments_with_commas_leave_the_separator_clear() {
        let expected = [(2, "106.9146 47.9045 bzd-1".to_owned())];
        assert_eq!(read("\n106,9146;47,9045;bzd-1"), expected);
        assert_eq!(read("\n106,9146\t47,9045\tbzd-1"), expected);
        assert_eq!(read("# lon, lat, winner, said by the agency\n106.9146;47.9045;bzd-1"), expected);
        assert_eq!(read("# lon; lat; winner; note\n106.9146,47.9045,bzd-1 # seen; agreed; done"), expected);
        let errors = refused("106,9146;47,9045;bzd-1\n106,9146;47,9045\n");
        assert_eq!(errors, [DecisionError::Line { line: 2, text: "106,9146;47,9045".into() }]);
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
