//! What stands between the cells of delimited text: comma, semicolon or tab.
//!
//! The separator is the one that cuts the head of the file into most columns alike.

pub const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Rows that are looked at to tell the separator.
const SAMPLE_ROWS: usize = 20;

/// The separator, and the text without a first line `sep=;` that names it.
pub fn separator(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(named) = first.trim_end_matches('\r').strip_prefix("sep=")
        && let Some(separator) = SEPARATORS.into_iter().find(|s| named == s.to_string())
    {
        return (separator, rest);
    }
    let score = |separator: char| {
        let counts = cuts(text, separator);
        let most = counts.iter().copied().max().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == most).count();
        (if most == 0 { 0 } else { alike }, most)
    };
    // Of equal ones the first: `max_by_key` would take the last.
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator));
    (best.unwrap_or(','), text)
}

/// Separators in each of the first rows; a quoted cell may hold separators and line ends.
fn cuts(text: &str, separator: char) -> Vec<usize> {
    let (mut counts, mut count, mut is_empty) = (Vec::new(), 0, true);
    let (mut is_quoted, mut starts_cell) = (false, true);
    for c in text.chars().chain(['\n']) {
        if c == '"' && (is_quoted || starts_cell) {
            is_quoted = !is_quoted;
        }
        if is_quoted {
            continue;
        }
        count += usize::from(c == separator);
        is_empty &= c.is_whitespace();
        starts_cell = c == separator || c == '\n';
        if c == '\n' {
            if !is_empty {
                counts.push(count);
            }
            (count, is_empty) = (0, true);
            if counts.len() == SAMPLE_ROWS {
                break;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_separators_in_quotes_are_text() {
        let text =
            "\"Туршлага, хороо\nPractice, khoroo\";\"Огноо\nDate\"\n\"a, b, c\";2022-05-14\nd;2022-05-15\n";
        assert_eq!(separator(text).0, ';');
        assert_eq!(separator("a 5\" pipe;b\nc;d\n").0, ';');
        assert_eq!(separator("sep=\t\na,b\tc\n"), ('\t', "a,b\tc\n"));
    }
}
