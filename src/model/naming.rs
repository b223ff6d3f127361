//! How people write khoroos and districts, read and written.
//!
//! A khoroo is called by its number, in a dozen spellings: `12-р хороо`, `36 дугаар хороо`, `БГД_01`,
//! `12.0` after a spreadsheet. A district has names in two scripts, Latin spellings that vary
//! (ü/u/v, kh/h, ts/c, y/i) and abbreviations. All of them are read here, and the one way to write
//! them is here too.
//!
//! Owns: ordinals, numbers in text, the folding of spellings, [`districts::DistrictNames`], the nine
//! districts of the city, Mongolian sort order.

mod city;
mod districts;
mod sorting;

pub use city::{CITY_BOUNDS, CITY_DISTRICTS, CityDistrict};
pub use districts::{DistrictNames, fold, spellings};
pub use sorting::SortKey;

use super::Lang;
use super::code::KHOROO_NUMBER_LIMIT;

/// `дүгээр` or `дугаар`, by vowel harmony of the number's last word.
///
/// Numbers that end in 1, 4 or 9 (`нэг`, `дөрөв`, `ес`) and those that end in 40 or 90 (`дөч`, `ер`) have a front
/// vowel there.
pub const fn ordinal_word(number: u32) -> &'static str {
    if matches!(number % 10, 1 | 4 | 9) || matches!(number % 100, 40 | 90) {
        "дүгээр"
    } else {
        "дугаар"
    }
}

/// The full name of a khoroo: `26 дугаар хороо`, `Khoroo 26`.
pub fn khoroo_name(number: u32, lang: Lang) -> String {
    match lang {
        Lang::Mn => format!("{number} {} хороо", ordinal_word(number)),
        Lang::En => format!("Khoroo {number}"),
    }
}

/// What a text says in one language, where it says the same in both: `Зохиомол · Invented`.
///
/// Invented rows do. Any other text is left whole, a list of two sources too: only where the first part is
/// in Cyrillic and the second in Latin letters alone is it such a pair.
pub fn in_one_language(text: &str, lang: Lang) -> &str {
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52f}');
    let pair = text.split_once(" · ").filter(|(mn, en)| {
        let is_of_two = !en.contains(" · ");
        is_of_two && mn.contains(is_cyrillic) && !en.contains(is_cyrillic) && en.contains(char::is_alphabetic)
    });
    match (pair, lang) {
        (Some((mn, _)), Lang::Mn) => mn,
        (Some((_, en)), Lang::En) => en,
        (None, _) => text,
    }
}

/// The khoroo number in a text that holds exactly one number, from 1 to 999 999.
///
/// Reads `12-р хороо`, `36 дугаар хороо` (also with the wrong harmony), `5-хороо`, `БГД_01`,
/// `Баянзүрх 26`, `007`, `12.0`. Two numbers, a fraction or a minus in front of the text are refused:
/// guessing between them would put records on the wrong ground.
pub fn parse_khoroo_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.starts_with(['-', '−']) {
        return None;
    }
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let digits = match groups[..] {
        [whole] => whole,
        [whole, fraction] if fraction.bytes().all(|b| b == b'0') && is_decimal(text, whole, fraction) => {
            whole
        }
        _ => return None,
    };
    digits.parse().ok().filter(|number| (1..KHOROO_NUMBER_LIMIT).contains(number))
}

/// True for `12.0` and `12,00`: the two groups stand around one decimal sign, and nothing else does.
fn is_decimal(text: &str, whole: &str, fraction: &str) -> bool {
    [".", ","].iter().any(|sign| text == format!("{whole}{sign}{fraction}"))
}

/// Words around a khoroo's number that name nothing, folded.
const FILLERS: [&str; 18] = [
    "r", "dugar", "duger", "dger", "d", "ger", "horo", "horoni", "district", "dureg", "dreg", "duregiin",
    "durgiin", "durgin", "th", "st", "no", "u",
];

/// True for `хороо`, `дүүргийн`, the `р` of `26-р`: words that say nothing about which khoroo is meant.
pub fn is_filler(word: &str) -> bool {
    FILLERS.contains(&fold(word).as_str())
}

/// True if such a word begins with this one: `хор`.
pub fn begins_filler(word: &str) -> bool {
    let folded = fold(word);
    !folded.is_empty() && FILLERS.iter().any(|filler| filler.starts_with(&folded))
}

/// What remains of a khoroo's name without number, ordinal, `хороо` and district: a name of its own.
///
/// `None` for most khoroos, which are called by number alone, and where letters were lost on the way.
pub fn own_name<'a>(text: &'a str, districts: &DistrictNames) -> Option<&'a str> {
    if text.contains(['?', '\u{fffd}']) {
        return None;
    }
    let said = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .any(|word| !is_filler(word) && districts.find(word).is_none());
    (said && districts.find_within(text).is_none_or(|_| text.contains(['(', '"', '«'])))
        .then_some(text.trim())
}

/// District code and khoroo number in a code of the national statistics office.
///
/// City 11, district, then khoroos 1–25 as 51, 53 … 99 and from 26 on as 52, 54 …; written `MN110752`,
/// `110752`, or `0110752` in cadastral tables. Numbers from 51 on cannot be written in the scheme.
pub fn parse_nso_code(text: &str) -> Option<(&str, u32)> {
    let text = text.trim();
    let digits = text.strip_prefix("MN").unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = match digits.len() {
        6 => digits.strip_prefix("11"),
        7 => digits.strip_prefix("011"),
        _ => None,
    }?;
    let (district, place) = rest.split_at(2);
    let place: u32 = place.parse().ok().filter(|place| *place >= 51)?;
    let number = if place % 2 == 1 { (place - 49) / 2 } else { (place - 50) / 2 + 25 };
    Some((district, number))
}

/// The code of a khoroo by the scheme of [`parse_nso_code`], `None` beyond its last number, 49.
pub fn nso_khoroo_code(district_nso_code: &str, number: u32) -> Option<String> {
    let place = match number {
        1..=25 => 49 + 2 * number,
        26..=49 => 50 + 2 * (number - 25),
        _ => return None,
    };
    Some(format!("MN11{district_nso_code}{place:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_khoroo_number_is_read_in_every_spelling_that_files_use() {
        let check = |text, number| assert_eq!(parse_khoroo_number(text), number, "{text:?}");
        for text in ["12", " 12 ", "012", "12.0", "12,00", "12-р хороо", "12 дугаар хороо", "12 дүгээр хороо"]
        {
            check(text, Some(12));
        }
        for text in ["12-хороо", "хороо 12", "12th khoroo", "БЗД-12", "БЗД 12-р хороо", "№12", "bzd-12"]
        {
            check(text, Some(12));
        }
        check("БГД_01", Some(1));
        check("007", Some(7));
        check("Баянзүрх 26", Some(26));
        check("4 дүгээр хороо", Some(4));
        check("999999", Some(999_999));
        for text in
            ["", "хороо", "0", "-3", "12.5", "12.0.0", "12/13", "БЗД 26, 27", "1000000", "99999999999"]
        {
            check(text, None);
        }
    }

    #[test]
    fn ordinals_follow_vowel_harmony() {
        let front: Vec<u32> = (1..=43).filter(|n| ordinal_word(*n) == "дүгээр").collect();
        assert_eq!(front, [1, 4, 9, 11, 14, 19, 21, 24, 29, 31, 34, 39, 40, 41]);
        assert_eq!([50, 80, 90, 100].map(ordinal_word), ["дугаар", "дугаар", "дүгээр", "дугаар"]);
        assert_eq!(khoroo_name(26, Lang::Mn), "26 дугаар хороо");
        assert_eq!(khoroo_name(4, Lang::Mn), "4 дүгээр хороо");
        assert_eq!(khoroo_name(4, Lang::En), "Khoroo 4");
    }

    #[test]
    fn only_a_text_that_says_the_same_twice_is_told_in_one_language() {
        let check = |text, mn, en| {
            assert_eq!([in_one_language(text, Lang::Mn), in_one_language(text, Lang::En)], [mn, en]);
        };
        check("Зохиомол хил · Invented boundaries", "Зохиомол хил", "Invented boundaries");
        for text in
            ["Нийслэлийн газрын алба", "Газрын алба · Статистикийн газар", "A · B", "А · B · C", "Хил · 2022"]
        {
            check(text, text, text);
        }
    }

    #[test]
    fn a_written_name_reads_back_as_its_number() {
        for number in 1..=250 {
            for lang in Lang::ALL {
                assert_eq!(parse_khoroo_number(&khoroo_name(number, lang)), Some(number));
                assert_eq!(parse_khoroo_number(&format!("{number}-р хороо")), Some(number));
            }
        }
    }

    #[test]
    fn codes_of_the_statistics_office_skip_in_twos() {
        assert_eq!(parse_nso_code("MN110752"), Some(("07", 26)));
        assert_eq!(parse_nso_code("110751"), Some(("07", 1)));
        assert_eq!(parse_nso_code("0110799"), Some(("07", 25)));
        for text in ["", "MN", "210752", "110750", "11075", "01107526", "БЗД"] {
            assert_eq!(parse_nso_code(text), None, "{text:?}");
        }
        for number in 1..=49 {
            let code = nso_khoroo_code("10", number).expect("within the scheme");
            assert_eq!(parse_nso_code(&code), Some(("10", number)), "{code}");
        }
        assert_eq!(nso_khoroo_code("10", 50), None);
    }

    #[test]
    fn only_a_name_that_says_more_than_the_number_is_a_name() {
        let districts = DistrictNames::of_the_city();
        for text in [
            "12-р хороо",
            "36 дугаар хороо",
            "БГД_01",
            "Баянзүрх 26",
            "26",
            "Khoroo 4",
            "БЗД 4-р хороо",
            "4 дгээр хороо",
            "Х?",
        ] {
            assert_eq!(own_name(text, &districts), None, "{text}");
        }
        assert_eq!(own_name(" Яармаг ", &districts), Some("Яармаг"));
        assert_eq!(own_name("12-р хороо (Яармаг)", &districts), Some("12-р хороо (Яармаг)"));
    }
}
