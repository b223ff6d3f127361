//! Text in CSV that a spreadsheet would take for a formula.
//!
//! Whoever opens a file of records must not run what somebody typed into a title. Such text is written with
//! an apostrophe in front, and only what is written so loses one when it is read: `=1+2` is `'=1+2` in the
//! file, `'=1+2` is `''=1+2`, and `'s` stays as it is.
//!
//! Owns: which text that is, both ways, so that they undo each other.

use std::borrow::Cow;

/// What spreadsheets compute when a cell begins with it, the wide forms where the language has them; white
/// space that some of them skip.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// `text` as a cell of CSV holds it.
pub fn quoted(text: &str) -> Cow<'_, str> {
    if begins_a_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell of CSV.
pub fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| begins_a_formula(text)).unwrap_or(cell)
}

/// Apostrophes in front are passed over: text that would read as a quoted formula is quoted too.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_gets_an_apostrophe_and_nothing_else_does() {
        for (text, cell) in [
            ("=1+2", "'=1+2"),
            ("+976 7000-0001", "'+976 7000-0001"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=1+2", "''=1+2"),
            ("''-", "'''-"),
            ("'s", "'s"),
            ("''", "''"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(quoted(text), cell, "{text:?}");
            assert_eq!(unquoted(cell), text, "{cell:?}");
        }
        // Written by hand without one, it is the same text.
        assert_eq!(unquoted("=1+2"), "=1+2");
    }

    proptest! {
        #[test]
        fn what_is_quoted_reads_back_and_begins_no_formula(text in "['=+@\t-]{0,3}[a-z'=]{0,4}") {
            let cell = quoted(&text).into_owned();
            prop_assert_eq!(unquoted(&cell), &text);
            prop_assert!(!cell.starts_with(BEGINNINGS));
        }
    }
}
