//! Numbers, money and days as people here write them, from our own tables.

use jiff::civil::{Date, Weekday};

use super::pick;
use super::words::{Words, of};
use crate::model::Lang;
use crate::model::written::MONTHS;
use crate::model::written::whole_percent;
pub(super) use crate::model::written::{AREA_DECIMALS, AVERAGE_DECIMALS, RATE_DECIMALS, count, day, decimal};
use crate::tracker::{Figure, Value};

/// What was recorded or published, as it came: whole numbers without a point, others with one digit behind it.
fn recorded(value: f64, lang: Lang) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    decimal(rounded, u8::from(rounded.fract() != 0.0), lang)
}

/// A figure without its unit.
pub(super) fn figure(figure: &Figure, Value(value): Value, lang: Lang) -> String {
    match figure.definition.unit {
        "₮" => money(value, lang),
        "% of khoroos" => decimal(whole_percent(value), 0, lang),
        _ => decimal(value, figure.decimals(), lang),
    }
}

/// A figure with its unit: `5 563 хүн`, `100 200 ₮`, `54.0 %`.
pub(super) fn figure_with_unit(of: &Figure, value: Value, lang: Lang) -> String {
    let text = figure(of, value, lang);
    match of.definition.unit {
        "₮" | "" => text,
        unit => format!("{text}\u{a0}{}", unit_after(value.0, unit, lang)),
    }
}

/// A whole part of a hundred: `54 %`.
pub(super) fn percent(part: f64, whole: f64, lang: Lang) -> String {
    format!("{}\u{a0}%", decimal(whole_percent(100.0 * part / whole), 0, lang))
}

/// `100 200 ₮`; whole, as money is.
pub(super) fn money(value: f64, lang: Lang) -> String {
    format!("{}\u{a0}₮", decimal(value, 0, lang))
}

/// A day with that of the week: `2022 оны 5 сарын 14, Бямба`, `Saturday, 14 May 2022`.
pub(super) fn weekday(date: Date, lang: Lang) -> String {
    let words = of(lang);
    let weekday = match date.weekday() {
        Weekday::Monday => words.monday,
        Weekday::Tuesday => words.tuesday,
        Weekday::Wednesday => words.wednesday,
        Weekday::Thursday => words.thursday,
        Weekday::Friday => words.friday,
        Weekday::Saturday => words.saturday,
        Weekday::Sunday => words.sunday,
    };
    let day = day(date, lang);
    match lang {
        Lang::Mn => format!("{day}, {weekday}"),
        Lang::En => format!("{weekday}, {day}"),
    }
}

/// A day, a month or a year in ISO 8601; any other text as it is.
pub(super) fn date_text(text: &str, lang: Lang) -> String {
    if let Ok(date) = text.parse::<Date>() {
        return day(date, lang);
    }
    let month = text.split_once('-').and_then(|(year, month)| {
        let month = month.parse::<usize>().ok().filter(|month| (1..=12).contains(month))?;
        Some(match lang {
            Lang::Mn => format!("{year}\u{a0}оны {month}\u{a0}сар"),
            Lang::En => format!("{}\u{a0}{year}", MONTHS[month - 1]),
        })
    });
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    month.unwrap_or_else(|| if is_year { year(text, lang) } else { text.to_owned() })
}

/// `2022 он`, `2022`.
pub(super) fn year(text: &str, lang: Lang) -> String {
    pick(lang, &format!("{text}\u{a0}он"), text).to_owned()
}

/// What was recorded or published with its unit: `5 563 хүн`, `100 200 ₮`, `54.9 %`.
pub(super) fn with_unit(Value(value): Value, unit: &str, lang: Lang) -> String {
    match unit {
        "₮" => money(value, lang),
        "" => recorded(value, lang),
        unit => format!("{}\u{a0}{}", recorded(value, lang), unit_after(value, unit, lang)),
    }
}

/// The word of a unit behind a number: `1 visit`, `2 visits`; Mongolian has one word for both.
pub(super) fn unit_after(value: f64, unit: &str, lang: Lang) -> &str {
    if lang == Lang::En && (value - 1.0).abs() < f64::EPSILON {
        ONES.iter().find(|(many, _)| *many == unit).map_or(unit, |(_, one)| one)
    } else {
        unit_word(unit, lang)
    }
}

/// The word of a unit; definitions and published figures name it in English.
pub(super) fn unit_word(unit: &str, lang: Lang) -> &str {
    if lang == Lang::En {
        return unit;
    }
    UNITS.iter().find(|(en, _)| *en == unit).map_or(unit, |(_, mn)| mn)
}

/// English units behind a 1, where they differ.
const ONES: [(&str, &str); 21] = [
    ("councils", "council"),
    ("days", "day"),
    ("decisions", "decision"),
    ("districts", "district"),
    ("events", "event"),
    ("households", "household"),
    ("khoroos", "khoroo"),
    ("minutes", "minute"),
    ("municipalities", "municipality"),
    ("needs", "need"),
    ("participations", "participation"),
    ("people", "person"),
    ("percentage points", "percentage point"),
    ("practices", "practice"),
    ("replications", "replication"),
    ("residents", "resident"),
    ("reviews", "review"),
    ("trainings", "training"),
    ("unions", "union"),
    ("visits", "visit"),
    ("workshops", "workshop"),
];

const UNITS: [(&str, &str); 31] = [
    ("% of khoroos", "% (хороодын)"),
    ("0 to 1", "0-ээс 1"),
    ("as of all themes", "бүх сэдвийнхтэй адил"),
    ("councils", "зөвлөл"),
    ("days", "хоног"),
    ("decisions", "шийдвэр"),
    ("districts", "дүүрэг"),
    ("events", "арга хэмжээ"),
    ("households", "өрх"),
    ("khoroos", "хороо"),
    ("km²", "км²"),
    ("m", "м"),
    ("minutes", "минут"),
    ("municipalities", "хот, суурин"),
    ("needs", "хэрэгцээ"),
    ("participations", "оролцоо"),
    ("people", "хүн"),
    ("per 10,000 residents", "10\u{a0}000 хүн тутамд"),
    ("percentage points", "нэгж хувь"),
    ("practices", "туршлага"),
    ("practices and replications", "туршлага ба нутагшуулалт"),
    ("replications", "нутагшуулалт"),
    ("residents", "оршин суугч"),
    ("reviews", "үнэлгээ"),
    ("trainings", "сургалт"),
    ("unions", "юнион (анхан шатны нэгж)"),
    ("visits", "айлчлал"),
    ("workshops", "семинар"),
    ("year", "он"),
    ("%", "%"),
    ("₮", "₮"),
];

/// Values that may be unknown.
pub(super) fn or_unknown(value: Option<impl Into<i64>>, words: &Words, lang: Lang) -> String {
    value.map_or_else(|| words.not_reported.to_owned(), |value| count(value.into(), lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracker::{definitions, published};

    #[test]
    fn money_is_whole_and_what_was_recorded_has_one_digit_at_most_behind_the_point() {
        assert_eq!(money(100_200.4, Lang::Mn), "100\u{a0}200\u{a0}₮");
        assert_eq!(recorded(54.933, Lang::Mn), "54.9");
        assert_eq!([3.0, 0.04, -0.04].map(|value| recorded(value, Lang::En)), ["3", "0", "0"]);
    }

    #[test]
    fn a_part_is_none_or_all_only_where_it_is() {
        let told = [(0.0, 7.0), (1.0, 900.0), (7.0, 9.0), (899.0, 900.0), (9.0, 9.0)];
        let told = told.map(|(part, whole)| percent(part, whole, Lang::En));
        assert_eq!(told, ["0\u{a0}%", "1\u{a0}%", "78\u{a0}%", "99\u{a0}%", "100\u{a0}%"]);
    }

    #[test]
    fn no_number_is_broken_at_the_end_of_a_line() {
        let of_definitions = definitions().flat_map(|d| [d.name_mn, d.definition_mn]);
        let all = UNITS.iter().map(|(_, mn)| *mn).chain(of_definitions);
        for text in all {
            let is_digit = |c: char| c.is_ascii_digit();
            let words: Vec<&str> = text.split(' ').collect();
            let is_broken =
                words.windows(2).any(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit));
            assert!(!is_broken, "{text}");
        }
    }

    #[test]
    fn days_stand_in_words_as_exact_as_they_are_known() {
        for (text, mn, en) in [
            ("2022-05-14", "2022\u{a0}оны 5\u{a0}сарын\u{a0}14", "14\u{a0}May\u{a0}2022"),
            ("2023-09", "2023\u{a0}оны 9\u{a0}сар", "September\u{a0}2023"),
            ("2018", "2018\u{a0}он", "2018"),
            ("soon", "soon", "soon"),
        ] {
            assert_eq!([date_text(text, Lang::Mn), date_text(text, Lang::En)], [mn, en]);
        }
    }

    #[test]
    fn one_of_a_unit_is_named_in_the_singular() {
        let check =
            |value, unit, expected: &str| assert_eq!(with_unit(Value(value), unit, Lang::En), expected);
        check(1.0, "visits", "1\u{a0}visit");
        check(2.0, "visits", "2\u{a0}visits");
        check(0.0, "workshops", "0\u{a0}workshops");
        check(1.0, "workshops", "1\u{a0}workshop");
        for (unit, _) in UNITS.iter().filter(|(unit, _)| unit.ends_with('s') && !unit.contains(' ')) {
            assert_ne!(unit_after(1.0, unit, Lang::En), *unit);
        }
    }

    #[test]
    fn every_unit_has_a_mongolian_word() {
        let of_definitions = definitions().map(|d| d.unit);
        let of_published = published().flat_map(|p| p.values.iter().map(|v| v.unit));
        for unit in of_definitions.chain(of_published).filter(|unit| !unit.is_empty()) {
            assert!(UNITS.iter().any(|(en, _)| *en == unit), "`{unit}`");
        }
    }
}
