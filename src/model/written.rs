//! Numbers and days as people here write them, in both languages; Chromium and ICU lack the Mongolian ones.
//!
//! How many digits stand behind the point depends on what a figure is, never on its value, so that numbers below and
//! beside each other compare: none behind counts, money and parts of a hundred; [`AVERAGE_DECIMALS`] behind means,
//! medians and estimates of counts; [`RATE_DECIMALS`] behind rates and [`AREA_DECIMALS`] behind areas, of khoroos and
//! districts alike. What somebody recorded or
//! published stands as it came. The viewer is told the decimals of a map with its figures, and has the same for
//! averages (`web/src/i18n/number.ts`).
//!
//! Owns: groups of digits, days in words, endings behind a number. Programs are told plain numbers and ISO 8601.

use jiff::civil::Date;

use super::Lang;

/// Digits behind the point of a mean, a median, and of a count that is an estimate.
pub const AVERAGE_DECIMALS: u8 = 1;

/// Digits behind the point of a rate. A district of 300 000 residents has 0.03 for one practice: with fewer digits
/// such districts would be 0, with more a khoroo's figure would seem more exact than its residents are counted.
pub const RATE_DECIMALS: u8 = 2;

/// Digits behind the point of square kilometres: hectares.
pub const AREA_DECIMALS: u8 = 2;

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

/// With `n_decimals` digits behind the point, rounded, halves away from zero.
pub fn decimal(value: f64, n_decimals: u8, lang: Lang) -> String {
    let n_decimals = usize::from(n_decimals);
    let unit = (0..n_decimals).fold(1.0, |unit, _| unit * 10.0);
    let text = format!("{:.n_decimals$}", (value.abs() * unit).round() / unit);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    let whole = count(whole.parse().unwrap_or(i64::MAX), lang);
    let sign = if value < 0.0 && !is_zero { MINUS.to_string() } else { String::new() };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A part of a hundred as a whole number: above none it is at least 1, below all at most 99.
pub fn whole_percent(percent: f64) -> f64 {
    if percent > 0.0 && percent < 100.0 { percent.round().clamp(1.0, 99.0) } else { percent.round() }
}

/// A day in words: `2022 оны 5 сарын 14`, `14 May 2022`. A line ends behind the Mongolian year at most.
pub fn day(date: Date, lang: Lang) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match lang {
        Lang::Mn => format!("{year}\u{a0}оны {month}\u{a0}сарын\u{a0}{day}"),
        Lang::En => format!("{day}\u{a0}{}\u{a0}{year}", MONTHS[usize::from(month.unsigned_abs()) - 1]),
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
        // The viewer rounds the same way.
        assert_eq!([0.25, 0.15, 2.0].map(|value| decimal(value, 1, Lang::En)), ["0.3", "0.2", "2.0"]);
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
