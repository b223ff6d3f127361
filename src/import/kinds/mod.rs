//! Kinds of sheets, as data: what they are called, their columns, and what each column holds.
//!
//! Reading, faults and the empty workbook all derive from one table, so that what a template offers is
//! what the reader takes and what a fault names as allowed.
//!
//! Owns: names of sheets and headers in both languages, and their recognition. Must not: build records.

mod catalogue;
mod header;
mod parse;

pub use catalogue::KINDS;
pub use parse::{Parsed, Record, Sources, Value, parse};

use super::values::choice::{self, Choice};
use super::values::{date, key, number};
use crate::model::Lang;

/// A row of headers stands among the first rows; above it there may be titles.
pub const HEADER_ROWS: usize = 10;

/// A kind of sheet.
#[derive(Debug)]
pub struct Kind {
    /// Of files and `--as`.
    pub name: &'static str,
    pub mn: &'static str,
    pub en: &'static str,
    pub aliases: &'static [&'static str],
    pub columns: &'static [Column],
}

#[derive(Debug)]
pub struct Column {
    /// As the record's field is called.
    pub field: &'static str,
    pub mn: &'static str,
    pub en: &'static str,
    pub aliases: &'static [&'static str],
    pub holds: Holds,
    pub is_required: bool,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// The natural key of the row's record.
    Id,
    /// At most so many characters.
    Text(usize),
    /// From, to.
    Integer(i64, i64),
    Money,
    Percent,
    Date,
    YesNo,
    Choice(&'static [Choice]),
    /// A record of another kind, by key; one of a list also by its name.
    Ref(&'static str),
    /// Several, apart by `;` or line ends.
    Refs(&'static str),
    District,
    Vintage,
    Khoroo,
    /// Several, apart by `;` or line ends, each with a number of people in brackets at most.
    Khoroos,
    Longitude,
    Latitude,
}

impl Kind {
    /// The kind that a file, sheet or option names.
    pub fn named(name: &str) -> Option<&'static Self> {
        let wanted = key(name);
        KINDS.iter().find(|kind| {
            let names = [kind.name, kind.mn, kind.en];
            names.iter().chain(kind.aliases).any(|name| key(name) == wanted)
        })
    }

    /// The kind that a text file is named after: spreadsheets write each sheet to `workbook-sheet.csv`.
    pub fn of_file(stem: &str) -> Option<&'static Self> {
        let behind = stem.match_indices('-').map(|(at, hyphen)| &stem[at + hyphen.len()..]);
        std::iter::once(stem).chain(behind).find_map(Self::named)
    }

    /// Names of all kinds, for messages.
    pub fn listed() -> String {
        let names: Vec<String> = KINDS.iter().map(|kind| format!("{} ({})", kind.name, kind.mn)).collect();
        names.join(", ")
    }

    /// Position of a field among the columns.
    pub fn position(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field == field)
    }
}

impl Column {
    /// What may stand in the column, for faults and for the notes of the template.
    pub fn allowed(&self, lang: Lang) -> String {
        match lang {
            Lang::Mn => self.allowed_mn(),
            Lang::En => self.allowed_en(),
        }
    }

    fn allowed_mn(&self) -> String {
        let sheet = |kind| Kind::named(kind).map_or(kind, |kind| kind.mn);
        match self.holds {
            Holds::Id => {
                "өөрийн сонгосон код; давтагдахгүй, өөрчлөгдөхгүй, жишээ нь `p-2022-bzd-26-1`".into()
            }
            Holds::Text(max) => format!("{max} хүртэлх тэмдэгттэй бичвэр"),
            Holds::Integer(min, i64::MAX) => format!("{min} буюу түүнээс их бүхэл тоо"),
            Holds::Integer(min, max) => format!("{min}–{max} бүхэл тоо"),
            Holds::Money => "бүхэл ₮, 0 буюу түүнээс их, жишээ нь 100 200".into(),
            Holds::Percent => "0–100 хувь".into(),
            Holds::Date => "өдөр, жишээ нь 2022-05-14 эсвэл 2022.05.14".into(),
            Holds::YesNo => "тийм эсвэл үгүй".into(),
            Holds::Choice(choices) => choice::listed(choices),
            Holds::Ref(kind) => format!("«{}» хуудасны мөр", sheet(kind)),
            Holds::Refs(kind) => format!("«{}» хуудасны мөрүүд, `;` тэмдгээр тусгаарлана", sheet(kind)),
            Holds::District => "дүүрэг, жишээ нь `bzd`, БЗД эсвэл Баянзүрх".into(),
            Holds::Vintage => "хилийн хувилбар, жишээ нь 2022".into(),
            Holds::Khoroo => "хороо, жишээ нь `bzd-26`, БЗД-26 эсвэл Баянзүрх 26".into(),
            Holds::Khoroos => {
                "хороод, `;` тэмдгээр тусгаарлана; хүний тоог хаалтад: `БЗД-26; СХД-3 (4)`".into()
            }
            Holds::Longitude => "уртраг, градус, жишээ нь 106.9177".into(),
            Holds::Latitude => "өргөрөг, градус, жишээ нь 47.9188".into(),
        }
    }

    fn allowed_en(&self) -> String {
        match self.holds {
            Holds::Id => {
                "an identifier of your choice, unique and never changed, such as `p-2022-bzd-26-1`".into()
            }
            Holds::Text(max) => format!("text of at most {max} characters"),
            Holds::Integer(min, i64::MAX) => format!("a whole number from {min}"),
            Holds::Integer(min, max) => format!("a whole number from {min} to {max}"),
            Holds::Money => number::MONEY.into(),
            Holds::Percent => "a percentage from 0 to 100".into(),
            Holds::Date => date::EXPECTED.into(),
            Holds::YesNo => "тийм or үгүй (yes or no)".into(),
            Holds::Choice(choices) => choice::listed(choices),
            Holds::Ref(kind) => format!("a row of sheet `{kind}`"),
            Holds::Refs(kind) => format!("rows of sheet `{kind}`, apart by `;`"),
            Holds::District => "a district such as `bzd`, БЗД or Баянзүрх".into(),
            Holds::Vintage => "a vintage such as 2022".into(),
            Holds::Khoroo => "a khoroo such as `bzd-26`, БЗД-26 or Баянзүрх 26".into(),
            Holds::Khoroos => {
                "khoroos apart by `;`, such as `БЗД-26; СХД-3 (4)` with people in brackets".into()
            }
            Holds::Longitude => "degrees east such as 106.9177".into(),
            Holds::Latitude => "degrees north such as 47.9188".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_name_means_one_kind_and_every_header_one_column() {
        let mut kinds = BTreeMap::new();
        for kind in KINDS {
            for name in [kind.name, kind.mn, kind.en].iter().chain(kind.aliases) {
                let other = kinds.insert(key(name), kind.name);
                assert!(other.is_none_or(|other| other == kind.name), "{name}: {other:?} and {}", kind.name);
            }
            assert!(kind.mn.chars().count() <= 31, "{}: a sheet's name has at most 31 characters", kind.mn);
            let mut columns = BTreeMap::new();
            for column in kind.columns {
                for header in [column.field, column.mn, column.en].iter().chain(column.aliases) {
                    let other = columns.insert(key(header), column.field);
                    let is_same = other.is_none_or(|other| other == column.field);
                    assert!(is_same, "{}: {header}: {other:?} and {}", kind.name, column.field);
                }
            }
        }
    }

    #[test]
    fn what_is_allowed_is_said_in_both_languages() {
        let is_cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        for column in KINDS.iter().flat_map(|kind| kind.columns) {
            let [mn, en] = [Lang::Mn, Lang::En].map(|lang| column.allowed(lang));
            assert!(is_cyrillic(&mn), "{}: {mn}", column.field);
            let is_list = matches!(column.holds, Holds::Choice(_));
            assert!(is_list || mn != en, "{}: {mn}", column.field);
            if let Holds::Ref(other) | Holds::Refs(other) = column.holds {
                assert!(!mn.contains(other) && en.contains(other), "{}: {mn}", column.field);
            }
        }
    }

    #[test]
    fn references_are_to_kinds_that_exist() {
        for kind in KINDS {
            for column in kind.columns {
                if let Holds::Ref(other) | Holds::Refs(other) = column.holds {
                    assert!(
                        KINDS.iter().any(|kind| kind.name == other),
                        "{}.{}: {other}",
                        kind.name,
                        column.field
                    );
                }
            }
        }
    }

    #[test]
    fn kinds_are_known_by_name_in_both_languages() {
        for name in ["practices", "Practices", "сайн туршлага", "Сайн_туршлага", "good practices"]
        {
            assert_eq!(Kind::named(name).map(|kind| kind.name), Some("practices"), "{name}");
        }
        assert!(Kind::named("Sheet1").is_none());
        for name in ["visits", "2022-visits", "our-book-Туршлага судлах айлчлал"] {
            assert_eq!(Kind::of_file(name).map(|kind| kind.name), Some("visits"), "{name}");
        }
        assert!(Kind::of_file("visits-2022").is_none());
    }
}
