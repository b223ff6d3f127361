//! What is wrong with a field, in words of both languages.

use super::YEARS;
use super::hours::clock;
use crate::model::{Lang, VintageId};
use crate::snapshot::LookupError;
use crate::visits::day::{MOST_STOPS, Minute};

/// A field that cannot be meant so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As it is named in links.
    pub field: &'static str,
    /// The text at fault, or the part of it.
    pub value: String,
    pub wrong: Wrong,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is needed.
    Missing,
    NoCode,
    /// No khoroo of these boundaries.
    NotThere(LookupError),
    /// The way begins there.
    Start,
    Twice,
    TooMany {
        n_stops: usize,
    },
    /// The khoroo has no such practice that everybody may see.
    NoPractice {
        khoroo: String,
    },
    Day,
    Year,
    Time,
    /// The end is not after the start.
    Empty {
        from: Minute,
    },
    Number {
        min: u16,
        max: u16,
    },
    Windows,
    ManyWindows,
    MixedWindows,
    Lunch,
    ShortLunch {
        minutes: u16,
    },
    NoTheme,
}

impl Fault {
    pub fn new(field: &'static str, value: &str, wrong: Wrong) -> Self {
        Self { field, value: value.to_owned(), wrong }
    }
}

impl Wrong {
    /// Why the value cannot be, for people.
    pub fn says(&self, lang: Lang) -> String {
        match lang {
            Lang::Mn => self.mongolian(),
            Lang::En => self.english(),
        }
    }

    /// The same for those who read pages and know no words of programs.
    pub fn plain(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotThere(LookupError::Khoroo { in_vintages, numbers, .. }), Lang::En) => {
                match (&in_vintages[..], numbers) {
                    ([], Some((low, high))) => {
                        format!("there is no such khoroo; its district has numbers {low} to {high}")
                    }
                    ([], None) => "there is no such khoroo".into(),
                    (vintages, _) => {
                        let list: Vec<&str> = vintages.iter().map(VintageId::as_str).collect();
                        format!("these boundaries have no such khoroo, those of {} do", list.join(", "))
                    }
                }
            }
            (Self::NoPractice { khoroo }, Lang::En) => format!("{khoroo} has no such practice"),
            (Self::Lunch, Lang::En) => "it is written as 12:00-14:00".into(),
            (Self::Lunch, Lang::Mn) => "12:00-14:00 хэлбэрээр бичнэ".into(),
            _ => self.says(lang),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Missing => "it is needed".into(),
            Self::NoCode => "a khoroo's code such as bzd-26 is needed".into(),
            Self::NotThere(reason) => reason.to_string(),
            Self::Start => "the way begins there; a khoroo does not visit itself".into(),
            Self::Twice => "it is named twice".into(),
            Self::TooMany { n_stops } => format!("{n_stops} stops; a day has at most {MOST_STOPS}"),
            Self::NoPractice { khoroo } => format!("khoroo `{khoroo}` has no such practice"),
            Self::Day => "a day such as 2022-05-14 is needed".into(),
            Self::Year => format!("a day from {} to {} is needed", YEARS.start(), YEARS.end()),
            Self::Time => "a time such as 09:00 is needed".into(),
            Self::Empty { from } => format!("the day is empty, it begins at {}", clock(*from)),
            Self::Number { min, max } => format!("a whole number from {min} to {max} is needed"),
            Self::Windows => "it is written as 09:00-12:00,13:00-17:00".into(),
            Self::ManyWindows => "a day has at most three such times".into(),
            Self::MixedWindows => "its times stand in order, none in another".into(),
            Self::Lunch => "it is written as 12:00-14:00, or `none` for no rest".into(),
            Self::ShortLunch { minutes } => format!("a rest of {minutes} minutes does not fit in it"),
            Self::NoTheme => "there is no such theme".into(),
        }
    }

    fn mongolian(&self) -> String {
        match self {
            Self::Missing => "заавал сонгоно".into(),
            Self::NoCode => "bzd-26 хэлбэрийн хорооны код шаардлагатай".into(),
            Self::NotThere(LookupError::Khoroo { in_vintages, numbers, .. }) => {
                match (&in_vintages[..], numbers) {
                    ([], Some((low, high))) => {
                        format!("ийм хороо алга; тухайн дүүрэгт {low}–{high} дугаартай хороод бий")
                    }
                    ([], None) => "ийм хороо алга".into(),
                    (vintages, _) => {
                        let list: Vec<&str> = vintages.iter().map(VintageId::as_str).collect();
                        format!("энэ хилд ийм хороо алга, өөр үеийн хилд бий: {}", list.join(", "))
                    }
                }
            }
            Self::NotThere(_) => "ийм хороо алга".into(),
            Self::Start => "маршрут эндээс эхэлнэ; хороо өөр дээрээ айлчлахгүй".into(),
            Self::Twice => "хоёр удаа нэрлэсэн".into(),
            Self::TooMany { n_stops } => {
                format!("{n_stops} хороо сонгосон; нэг өдөрт дээд тал нь {MOST_STOPS}")
            }
            Self::NoPractice { khoroo } => format!("{khoroo} хороонд ийм туршлага алга"),
            Self::Day => "2022-05-14 хэлбэрийн огноо шаардлагатай".into(),
            Self::Year => format!("{}–{} оны хоорондох өдөр шаардлагатай", YEARS.start(), YEARS.end()),
            Self::Time => "09:00 хэлбэрийн цаг шаардлагатай".into(),
            Self::Empty { from } => format!("эхлэх цагаас ({}) хойш байх ёстой", clock(*from)),
            Self::Number { min, max } => format!("{min}–{max} хоорондох бүхэл тоо шаардлагатай"),
            Self::Windows => "09:00-12:00,13:00-17:00 хэлбэрээр бичнэ".into(),
            Self::ManyWindows => "нэг өдөрт дээд тал нь гурван ийм цаг заана".into(),
            Self::MixedWindows => "цагуудыг дарааллаар, давхцуулахгүй бичнэ".into(),
            Self::Lunch => "12:00-14:00 хэлбэрээр бичнэ; завсарлахгүй бол none".into(),
            Self::ShortLunch { minutes } => format!("{minutes} минутын завсарлага энэ хугацаанд багтахгүй"),
            Self::NoTheme => "ийм сэдэв алга".into(),
        }
    }
}
