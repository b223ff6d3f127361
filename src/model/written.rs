//! Numbers and days as people here write them, in both languages; Chromium and ICU lack the Mongolian ones.
//!
//! Owns: groups of digits, days in words, endings behind a number. Programs are told plain numbers and ISO 8601.

use jiff::civil::Date;

use super::Lang;

const MINUS: char = '\u{2212}';

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Stands between groups of three digits.
const fn group(lang: Lang) -> &'static str {
    match lang {
        Lang::Mn => "\u{a0}",
        Lang::En => ",",
    }
}

/// `1 596 335`, `1,596,335`.
pub fn count(value: i64, lang: Lang) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push(MINUS);
    }
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push_str(group(lang));
        }
        out.push(digit);
    }
    out
}

/// With `n_decimals` digits behind the point, rounded.
pub fn decimal(value: f64, n_decimals: usize, lang: Lang) -> String {
    let text = format!("{:.n_decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    let whole = count(whole.parse().unwrap_or(i64::MAX), lang);
    let sign = if value < 0.0 && !is_zero { MINUS.to_string() } else { String::new() };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A day in words: `2022 оны 5 сарын 14`, `14 May 2022`.
pub fn day(date: Date, lang: Lang) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match lang {
        Lang::Mn => format!("{year} оны {month} сарын {day}"),
        Lang::En => format!("{day} {} {year}", MONTHS[usize::from(month.unsigned_abs()) - 1]),
    }
}

/// A number in the Mongolian accusative: `2-ыг`, `4-ийг`, `6-г`.
///
/// The ending is that of the word spoken last: `хоёрыг`, `дөрвийг`, `зургааг`; behind `ь`, `ч` and front vowels
/// it is `-ийг`, behind a long vowel `-г`.
pub fn accusative(number: i64) -> String {
    let last = number.unsigned_abs();
    let ending = match (last % 10, last % 100) {
        (1 | 4 | 9, _) | (_, 20 | 30 | 40 | 50 | 90) => "ийг",
        (2 | 3 | 5 | 8, _) | (_, 10 | 60 | 70) => "ыг",
        (6 | 7, _) | (_, 80) => "г",
        // `тэг`, `мянга`; behind `зуу` and `сая` as behind all long vowels.
        _ if last == 0 => "ийг",
        _ if last.is_multiple_of(1_000) && !last.is_multiple_of(1_000_000) => "ыг",
        _ => "г",
    };
    format!("{}-{ending}", count(number, Lang::Mn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_groups_of_three() {
        let check = |value, lang, expected: &str| assert_eq!(count(value, lang), expected);
        check(0, Lang::En, "0");
        check(999, Lang::En, "999");
        check(1_000, Lang::En, "1,000");
        check(-1_234_567, Lang::Mn, "\u{2212}1\u{a0}234\u{a0}567");
        assert_eq!([decimal(1_234.56, 1, Lang::En), decimal(-0.04, 1, Lang::Mn)], ["1,234.6", "0.0"]);
    }

    #[test]
    fn the_ending_behind_a_number_is_that_of_its_last_word() {
        for (number, expected) in [
            (0, "0-ийг"),
            (1, "1-ийг"),
            (2, "2-ыг"),
            (4, "4-ийг"),
            (6, "6-г"),
            (10, "10-ыг"),
            (12, "12-ыг"),
            (20, "20-ийг"),
            (40, "40-ийг"),
            (80, "80-г"),
            (90, "90-ийг"),
            (100, "100-г"),
            (1_000, "1\u{a0}000-ыг"),
            (2_000_000, "2\u{a0}000\u{a0}000-г"),
        ] {
            assert_eq!(accusative(number), expected);
        }
    }
}
