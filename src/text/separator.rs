//! What stands between the cells of delimited text: comma, semicolon or tab.
//!
//! The separator is the one that cuts the head of the file into most columns alike.

pub const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Lines that are looked at to tell the separator.
const SAMPLE_LINES: usize = 20;

/// The separator, and the text without a first line `sep=;` that names it.
pub fn separator(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(named) = first.trim_end().strip_prefix("sep=")
        && let Some(separator) = SEPARATORS.into_iter().find(|s| named == s.to_string())
    {
        return (separator, rest);
    }
    let score = |separator: char| {
        let counts: Vec<usize> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(SAMPLE_LINES)
            .map(|line| outside_quotes(line, separator))
            .collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let alike = counts.iter().filter(|count| **count == most).count();
        (if most == 0 { 0 } else { alike }, most)
    };
    // Of equal ones the first: `max_by_key` would take the last.
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator));
    (best.unwrap_or(','), text)
}

fn outside_quotes(line: &str, separator: char) -> usize {
    let mut is_quoted = false;
    let is_counted = |c: char| {
        is_quoted ^= c == '"';
        c == separator && !is_quoted
    };
    line.chars().map(is_counted).filter(|counted| *counted).count()
}
