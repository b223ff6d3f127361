//! Rows of cells out of delimited text with comments.
//!
//! `#` starts a comment wherever it stands outside quotation marks, also behind cells, and a cell of its
//! own, as spreadsheets quote a comment with a comma in it, is one too. Comments go first, line ends stay,
//! so that a row is found in the line that an editor shows.
//!
//! Must not: know what a cell means, or which separator is the right one.

/// A row that is no comment and not empty.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins, as an editor counts, from 1.
    pub line: usize,
    /// Its first line, without a comment.
    pub text: String,
    /// Trimmed, without quotation marks.
    pub cells: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// The line of a quotation mark that is never closed; what follows it cannot be read.
    pub open_quote: Option<usize>,
}

/// - `first_line`: the number of the text's first line.
pub fn rows(text: &str, separator: char, first_line: usize) -> Rows {
    let (text, open_quote) = without_comments(text, separator);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator as u8)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut counted_to, mut line) = (0, first_line);
    for record in reader.records() {
        let record = record.expect("text in memory, of rows of any length");
        // The reader stops in front of the line ends before a row.
        let stop = record.position().map_or(0, |at| at.byte() as usize);
        let start = text.len() - text[stop..].trim_start_matches(LINE_ENDS).len();
        line += n_lines(&text[counted_to..start]);
        counted_to = start;
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        let is_told = filled.next().is_some_and(|cell| !cell.starts_with('#') || filled.next().is_some());
        if is_told {
            let text = text[start..].split(LINE_ENDS).next().unwrap_or_default().trim().to_owned();
            rows.push(Row { line, text, cells });
        }
    }
    Rows { rows, open_quote: open_quote.map(|at| first_line + n_lines(&text[..at])) }
}

const LINE_ENDS: [char; 2] = ['\r', '\n'];

fn n_lines(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// What a character is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    CellStart,
    Cell,
    Quotes,
    Comment,
}

/// The text without comments and without blanks in front of cells, and where in it a quotation mark
/// stands that is never closed.
fn without_comments(text: &str, separator: char) -> (String, Option<usize>) {
    let mut kept = String::with_capacity(text.len());
    let (mut part, mut opened_at) = (Part::CellStart, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        part = match (part, c) {
            (Part::Quotes, '"') => {
                // Two of them are one that is meant.
                if chars.next_if_eq(&'"').is_some() {
                    kept.push('"');
                    Part::Quotes
                } else {
                    Part::Cell
                }
            }
            (Part::Quotes, _) => Part::Quotes,
            (_, '\r' | '\n') => Part::CellStart,
            (Part::Comment, _) | (_, '#') => Part::Comment,
            (_, c) if c == separator => Part::CellStart,
            (Part::CellStart, '"') => {
                opened_at = kept.len();
                Part::Quotes
            }
            // The reader takes a quotation mark behind a blank for a letter.
            (Part::CellStart, c) if c.is_whitespace() => continue,
            _ => Part::Cell,
        };
        if part != Part::Comment {
            kept.push(c);
        }
    }
    (kept, (part == Part::Quotes).then_some(opened_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
        rows(text, separator, 1).rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: usize, cells: &[&str]) -> (usize, Vec<String>) {
        (line, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn comments_go_wherever_they_stand_but_not_from_quotation_marks() {
        let text = "# a, \"b\na;\"no. #5; \"\"new\"\"\" # c, \"d\n\n\"# e; f\";;\nb;#\n";
        assert_eq!(read(text, ';'), [row(2, &["a", "no. #5; \"new\""]), row(5, &["b", ""])]);
    }

    #[test]
    fn rows_begin_in_the_lines_that_an_editor_shows() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = "# c\n\na, \"two\nlines\" ,x\n  \nb\n".replace('\n', line_end);
            let cell = format!("two{line_end}lines");
            assert_eq!(read(&text, ','), [row(3, &["a", &cell, "x"]), row(6, &["b"])], "{line_end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told() {
        assert_eq!(rows("a\nb,\"c\nd\n", ',', 1).open_quote, Some(2));
        assert_eq!(rows("a,\"c\nd\"\ne 5\"\n", ',', 1).open_quote, None);
    }
}
