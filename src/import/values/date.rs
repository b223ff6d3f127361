//! Days, in the ways people and spreadsheets write them.
//!
//! Year first is read with any separator, `2022.05.14` and `2022 оны 5 сарын 14` alike. Day first is read
//! with dots, as it is written wherever dots are used. With slashes or hyphens some countries put the month
//! first: such a text is read only if one of its readings is no day.

use jiff::civil::{Date, date};

use crate::import::fault::Problem;
use crate::import::read::{Cell, Epoch};

pub const EXPECTED: &str = "a day such as 2022-05-14 or 2022.05.14";

/// Days that a record can have; a number outside is no number of days, a year outside a slip.
const FIRST: Date = date(1990, 1, 1);
const LAST: Date = date(2099, 12, 31);

/// The day that a cell means.
pub fn read(cell: &Cell, epoch: Epoch) -> Result<Date, Problem> {
    let refused = || Problem::NotA { expected: EXPECTED.into() };
    let day = match cell {
        Cell::Date(day) => *day,
        Cell::Number(number) => of_number(*number, epoch).ok_or_else(refused)?,
        Cell::Text(text) => of_text(text, epoch)?,
        Cell::Empty | Cell::Bool(_) | Cell::Error(_) | Cell::Uncomputed => return Err(refused()),
    };
    if (FIRST..=LAST).contains(&day) {
        return Ok(day);
    }
    Err(Problem::OutOfRange { allowed: format!("{FIRST} to {LAST}") })
}

/// The day of a spreadsheet's number of days; its fraction is the time of day.
///
/// Source: ECMA-376 part 1, 18.17.4. Day 60 of the epoch of 1900 is a 29 February that never was.
pub fn of_serial(serial: f64, epoch: Epoch) -> Option<Date> {
    if !(0.0..=2_958_465.999_999).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i32;
    let (origin, days) = match epoch {
        Epoch::Y1904 => (date(1904, 1, 1), days),
        Epoch::Y1900 if days < 1 || days == 60 => return None,
        Epoch::Y1900 if days < 60 => (date(1899, 12, 31), days),
        Epoch::Y1900 => (date(1899, 12, 30), days),
    };
    origin.checked_add(jiff::Span::new().days(days)).ok()
}

/// A number of days, or the digits of a day such as 20220514.
fn of_number(number: f64, epoch: Epoch) -> Option<Date> {
    if (19_000_101.0..=29_991_231.0).contains(&number) && number.fract() == 0.0 {
        return of_digits(number as i32);
    }
    of_serial(number, epoch).filter(|day| (FIRST..=LAST).contains(day))
}

fn of_digits(digits: i32) -> Option<Date> {
    Date::new((digits / 10_000) as i16, (digits / 100 % 100) as i8, (digits % 100) as i8).ok()
}

fn of_text(text: &str, epoch: Epoch) -> Result<Date, Problem> {
    let refused = || Problem::NotA { expected: EXPECTED.into() };
    let text = without_time(text.trim());
    if let Ok(number) = text.parse::<f64>()
        && !text.contains('.')
    {
        return of_number(number, epoch).ok_or_else(refused);
    }
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let [first, middle, last] = groups[..] else { return Err(refused()) };
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    if first.len() == 4 {
        let words: String = marks.iter().filter(|c| c.is_alphabetic()).collect();
        // `2022 оны 5 дугаар сарын 14-ний өдөр`, but not `2022 p 5 q 14`.
        let is_plain = marks.iter().all(|c| matches!(c, '.' | '/' | '-' | '‐' | '–' | ','));
        if is_plain || words.starts_with("он") {
            return day(first, middle, last).ok_or_else(refused);
        }
        return Err(refused());
    }
    if last.len() != 4 || first.len() > 2 || middle.len() > 2 {
        return Err(refused());
    }
    let (day_first, month_first) = (day(last, middle, first), day(last, first, middle));
    match (marks.as_slice(), day_first, month_first) {
        (['.', '.', ..], day_first, _) => day_first.ok_or_else(refused),
        (['/', '/'] | ['-', '-'], Some(a), Some(b)) if a != b => {
            Err(Problem::AmbiguousDate { first: a.to_string(), second: b.to_string() })
        }
        (['/', '/'] | ['-', '-'], Some(day), _) | (['/', '/'] | ['-', '-'], None, Some(day)) => Ok(day),
        _ => Err(refused()),
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `2022-05-14T00:00:00` and `2022.05.14 09:30` without what follows the day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    before.rfind([' ', 'T']).map_or(text, |at| text[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Date, Problem> {
        read(&Cell::Text(text.into()), Epoch::Y1900)
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2022-05-14",
            "2022.05.14",
            "2022.5.14",
            "2022.05.14.",
            "2022/5/14",
            "2022/05/14",
            "2022 05 14",
            "2022 оны 5 сарын 14",
            "2022 оны 05 дугаар сарын 14-ний өдөр",
            "14.05.2022",
            "14.5.2022",
            "14/05/2022",
            "05/14/2022",
            "14-05-2022",
            "2022-05-14T00:00:00",
            "2022-05-14 09:30:00",
            "2022.05.14 9:30",
            "20220514",
            "44695",
        ] {
            assert_eq!(of(text), Ok(date(2022, 5, 14)), "{text}");
        }
        assert_eq!(of("05.06.2022"), Ok(date(2022, 6, 5)));
        assert_eq!(of("05/05/2022"), Ok(date(2022, 5, 5)));
    }

    #[test]
    fn a_day_with_two_readings_is_refused_and_both_are_named() {
        for text in ["05/06/2022", "5-6-2022"] {
            let problem = of(text).expect_err("two readings");
            let (first, second) = ("2022-06-05".to_owned(), "2022-05-06".to_owned());
            assert_eq!(problem, Problem::AmbiguousDate { first, second }, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2022",
            "2022-13-01",
            "2022.02.30",
            "30.02.2022",
            "22.05.14",
            "14.05.22",
            "2022-05",
            "5",
            "soon",
            "2022 x 5 y 14",
            "1.5.2022.3",
            "12",
            "-44695",
            "2022-05-14-3",
        ] {
            assert!(of(text).is_err(), "{text}");
        }
        assert!(matches!(of("0022-05-14"), Err(Problem::OutOfRange { .. })));
        assert!(matches!(of("2202-05-14"), Err(Problem::OutOfRange { .. })));
    }

    #[test]
    fn numbers_of_days_follow_the_workbooks_epoch() {
        let check =
            |serial, epoch, expected| assert_eq!(of_serial(serial, epoch), expected, "{serial} {epoch:?}");
        check(44_695.0, Epoch::Y1900, Some(date(2022, 5, 14)));
        check(44_695.75, Epoch::Y1900, Some(date(2022, 5, 14)));
        check(43_233.0, Epoch::Y1904, Some(date(2022, 5, 14)));
        check(1.0, Epoch::Y1900, Some(date(1900, 1, 1)));
        check(59.0, Epoch::Y1900, Some(date(1900, 2, 28)));
        check(60.0, Epoch::Y1900, None);
        check(61.0, Epoch::Y1900, Some(date(1900, 3, 1)));
        check(0.0, Epoch::Y1904, Some(date(1904, 1, 1)));
        for wrong in [-1.0, f64::NAN, f64::INFINITY, 3e6, 0.5] {
            check(wrong, Epoch::Y1900, None);
        }
        assert_eq!(read(&Cell::Number(44_695.0), Epoch::Y1900), Ok(date(2022, 5, 14)));
        assert!(read(&Cell::Number(2022.0), Epoch::Y1900).is_err(), "a year is no day");
    }
}
