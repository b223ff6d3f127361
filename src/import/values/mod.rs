//! What a cell means as a day, number, amount, share, yes or no, word of a list, or khoroo.
//!
//! Each function takes a [`Cell`] and either says what it means or which [`Problem`] stands in the way;
//! a cell that two readings fit is refused and both are named. Empty cells are the caller's.
//!
//! Owns: spellings of values. Must not: know columns, or look at other cells.

pub mod choice;
pub mod date;
pub mod khoroo;
pub mod number;

use super::fault::Problem;
use super::read::Cell;
use crate::model::naming::fold;

/// Text as it is compared: letters folded as [`fold`] does, digits kept, all else dropped.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        if is_digit {
            key.push_str(run);
        } else {
            key.push_str(&fold(run));
        }
        rest = tail;
    }
    key
}

/// The text of a cell; numbers as they would be typed.
///
/// - `max_chars`: longer text is refused, never cut.
pub fn text(cell: &Cell, max_chars: usize) -> Result<Box<str>, Problem> {
    let text: Box<str> = match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(_) | Cell::Date(_) => cell.to_string().into(),
        Cell::Bool(_) | Cell::Empty | Cell::Error(_) | Cell::Uncomputed => {
            return Err(Problem::NotA { expected: "text".into() });
        }
    };
    if text.len() > max_chars && text.chars().count() > max_chars {
        return Err(Problem::OutOfRange { allowed: format!("at most {max_chars} characters") });
    }
    Ok(text)
}

/// Letters of natural keys: they stand in addresses and file names.
const ID_CHARS: usize = 64;

/// A natural key that people give: letters of any script, digits, `-`, `_`, `.`; at most 64 characters.
pub fn id(cell: &Cell) -> Result<Box<str>, Problem> {
    let refused = || Problem::NotA {
        expected: format!("an identifier (letters, digits, `-`, `_`, `.`, at most {ID_CHARS} characters)"),
    };
    let id = text(cell, ID_CHARS).map_err(|_| refused())?;
    let is_plain = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_plain { Ok(id) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_digits_and_forget_spelling() {
        assert_eq!(key("Pre_score 1"), key("prescore1"));
        assert_eq!(key("Сайн туршлага"), key("сайн_туршлага"));
        assert_eq!(key("Эхэлсэн өдөр *"), key("эхэлсэн  ѳдөр".replace('ѳ', "ө").as_str()));
        assert_ne!(key("theme 1"), key("theme 2"));
        assert_eq!(key(" — "), "");
    }

    #[test]
    fn numbers_can_be_identifiers_and_cells_too_long_are_refused() {
        assert_eq!(id(&Cell::Number(2022.0)).as_deref(), Ok("2022"));
        assert_eq!(id(&Cell::Text("w-2022-bzd-3".into())).as_deref(), Ok("w-2022-bzd-3"));
        for bad in ["a b", "a/b", "=1+1", &"x".repeat(65)] {
            assert!(id(&Cell::Text(bad.into())).is_err(), "{bad}");
        }
        assert!(text(&Cell::Text("өөө".into()), 3).is_ok());
        assert!(text(&Cell::Text("өөөө".into()), 3).is_err());
    }
}
