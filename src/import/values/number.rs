//! Whole numbers, amounts of ₮, shares and degrees.
//!
//! Thousands may be set apart by spaces of any kind, commas or apostrophes, in groups of three; a decimal
//! part must be zero where a whole number is wanted, and is never rounded away.

use crate::import::fault::Problem;
use crate::import::read::Cell;

/// The largest amount, ₮: far beyond any budget, and exact as a spreadsheet's number.
pub const MAX_MONEY: i64 = 1_000_000_000_000_000;

pub const MONEY: &str = "a whole amount of ₮, 0 or more, such as 100 200";

/// A whole number from `min` to `max`.
pub fn integer(cell: &Cell, min: i64, max: i64) -> Result<i64, Problem> {
    let refused = || Problem::NotA { expected: "a whole number".into() };
    let number = match cell {
        Cell::Number(number) => whole(*number).ok_or_else(refused)?,
        Cell::Text(text) => of_text(text).ok_or_else(refused)?,
        _ => return Err(refused()),
    };
    if (min..=max).contains(&number) {
        return Ok(number);
    }
    Err(Problem::OutOfRange { allowed: format!("{min} to {max}") })
}

/// An amount of ₮, with or without its sign: `100 200 ₮`, `₮100,200`, `100200 төг`.
pub fn money(cell: &Cell) -> Result<i64, Problem> {
    let refused = || Problem::NotA { expected: MONEY.into() };
    let amount = match cell {
        Cell::Number(number) => whole(*number).ok_or_else(refused)?,
        Cell::Text(text) => of_text(without_currency(text)).ok_or_else(refused)?,
        _ => return Err(refused()),
    };
    if (0..=MAX_MONEY).contains(&amount) {
        return Ok(amount);
    }
    Err(Problem::OutOfRange { allowed: format!("{MONEY}, at most {MAX_MONEY}") })
}

/// A share in percent, 0 to 100.
///
/// A number below 1 without a sign is a share of one, because that is what a cell shown as `46 %` holds;
/// exactly 1 can be both and is refused.
pub fn percent(cell: &Cell) -> Result<f64, Problem> {
    let refused = || Problem::NotA { expected: "a percentage from 0 to 100 such as 46 or 46 %".into() };
    let (number, is_signed) = match cell {
        Cell::Number(number) => (*number, false),
        Cell::Text(text) => {
            let plain = text.trim_end();
            let unsigned = plain.strip_suffix('%').unwrap_or(plain);
            (decimal(unsigned.trim()).ok_or_else(refused)?, unsigned.len() < plain.len())
        }
        _ => return Err(refused()),
    };
    if !is_signed && number.to_bits() == 1.0_f64.to_bits() {
        let (expected, one) = ("unambiguous: it can be 1 % or 100 %; write it with a sign", refused());
        return Err(if matches!(cell, Cell::Number(_)) {
            Problem::NotA { expected: expected.into() }
        } else {
            one
        });
    }
    let percent = if !is_signed && number > 0.0 && number < 1.0 { number * 100.0 } else { number };
    if (0.0..=100.0).contains(&percent) {
        // Shares of one come with the noise of binary fractions: 0.46 × 100 is 46.000000000000007.
        return Ok((percent * 1e6).round() / 1e6);
    }
    Err(Problem::OutOfRange { allowed: "0 to 100 %".into() })
}

/// Degrees, from `-limit` to `limit`, with a point or comma.
pub fn degrees(cell: &Cell, limit: f64) -> Result<f64, Problem> {
    let refused = || Problem::NotA { expected: "decimal degrees such as 106.9177".into() };
    let number = match cell {
        Cell::Number(number) => *number,
        Cell::Text(text) => decimal(text.trim_end_matches('°')).ok_or_else(refused)?,
        _ => return Err(refused()),
    };
    if number.is_finite() && number.abs() <= limit {
        return Ok(number);
    }
    Err(Problem::OutOfRange { allowed: format!("-{limit} to {limit}") })
}

/// True for what sets groups of digits apart and is seen as a space.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 a spreadsheet's numbers skip.
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

/// A whole number with or without groups of three; a decimal part of one or two zeros is nothing.
fn of_text(text: &str) -> Option<i64> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let whole =
        [".00", ".0", ",00", ",0"].iter().find_map(|zeros| digits.strip_suffix(zeros)).unwrap_or(digits);
    let groups: Vec<&str> = whole.split(|c: char| is_space(c) || matches!(c, ',' | '\'' | '’')).collect();
    let marks: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let is_grouped = groups.len() == 1
        || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    // One kind of separator: `1,234 567` is two numbers.
    let is_uniform = marks.windows(2).all(|pair| pair[0] == pair[1]);
    let is_digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    if !(is_grouped && is_uniform && is_digits) {
        return None;
    }
    let number: i64 = groups.concat().parse().ok()?;
    Some(if is_negative { -number } else { number })
}

/// A number with a point or comma, without groups.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.trim().replace(',', ".");
    let is_plain = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    plain.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

/// The text without the currency's sign or name, before or after the number.
fn without_currency(text: &str) -> &str {
    const NAMES: [&str; 8] = ["₮", "төгрөг", "төг", "MNT", "mnt", "tugrik", "tug", "Төг"];
    let mut rest = text.trim();
    for name in NAMES {
        rest = rest.strip_suffix(name).or_else(|| rest.strip_prefix(name)).unwrap_or(rest).trim();
    }
    // `100 200 төг.`
    rest.strip_suffix("төг.").unwrap_or(rest).trim_matches(is_space).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn amounts_are_read_with_every_space_and_sign() {
        for written in [
            "100200",
            "100 200",
            "100 200 ₮",
            "₮100 200",
            "₮ 100,200",
            "100,200",
            "100,200₮",
            "100\u{a0}200",
            "100\u{202f}200 ₮",
            "100\u{2009}200",
            "100'200",
            "100200.00",
            "100,200.00 ₮",
            "100 200,00",
            "100 200 төгрөг",
            "100 200 төг",
            "100 200 төг.",
            "100200 MNT",
        ] {
            assert_eq!(money(&text(written)), Ok(100_200), "{written}");
        }
        assert_eq!(money(&Cell::Number(100_200.0)), Ok(100_200));
        assert_eq!(money(&text("0")), Ok(0));
        assert_eq!(money(&text("1,234,567")), Ok(1_234_567));
    }

    #[test]
    fn amounts_that_are_negative_broken_or_no_numbers_are_refused() {
        for written in [
            "",
            "₮",
            "abc",
            "100.5",
            "100,5",
            "1,23,456",
            "1 2345",
            "100 20",
            "1,234 567",
            "1.500",
            "12.345.678",
            "(100)",
            "1e5",
            "100-200",
            "100 200 $",
            "99999999999999999999",
            ",100",
        ] {
            assert!(matches!(money(&text(written)), Err(Problem::NotA { .. })), "{written}");
        }
        for cell in [text("-5"), text("−100 200 ₮"), Cell::Number(-1.0), Cell::Number(2e15)] {
            assert!(matches!(money(&cell), Err(Problem::OutOfRange { .. })), "{cell}");
        }
        for number in [0.5, 100_200.25, f64::NAN, 1e300] {
            assert!(money(&Cell::Number(number)).is_err(), "{number}");
        }
        assert!(money(&Cell::Bool(true)).is_err());
    }

    #[test]
    fn whole_numbers_keep_to_their_range() {
        assert_eq!(integer(&text("145"), 0, 1_000), Ok(145));
        assert_eq!(integer(&Cell::Number(145.0), 0, 1_000), Ok(145));
        assert_eq!(integer(&text("-3"), -5, 5), Ok(-3));
        assert_eq!(integer(&text("7"), 1, 5), Err(Problem::OutOfRange { allowed: "1 to 5".into() }));
        for wrong in [text("3.5"), text("three"), Cell::Number(3.5), Cell::Bool(true)] {
            assert!(integer(&wrong, 0, 10).is_err(), "{wrong}");
        }
    }

    #[test]
    fn percentages_are_read_as_typed_and_as_stored() {
        let check = |cell: Cell, expected| assert_eq!(percent(&cell), Ok(expected), "{cell}");
        check(text("46"), 46.0);
        check(text("46 %"), 46.0);
        check(text("46,5%"), 46.5);
        check(text("1%"), 1.0);
        check(Cell::Number(46.0), 46.0);
        check(Cell::Number(0.46), 46.0);
        check(Cell::Number(0.0), 0.0);
        check(Cell::Number(100.0), 100.0);
        for cell in [Cell::Number(1.0), text("101%"), text("-1"), text("many"), Cell::Number(f64::NAN)] {
            assert!(percent(&cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn degrees_take_a_comma_for_a_point() {
        assert_eq!(degrees(&text("106,9177"), 180.0), Ok(106.9177));
        assert_eq!(degrees(&Cell::Number(47.92), 90.0), Ok(47.92));
        assert!(degrees(&text("190"), 180.0).is_err());
        assert!(degrees(&text("47°55'"), 90.0).is_err());
    }
}
