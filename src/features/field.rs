//! Fields and their values.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;

use crate::model::Lang;

/// A column of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As in JSON and tiles.
    pub name: String,
    pub kind: FieldKind,
    /// True for text that is one of a few words, which stand for something.
    pub is_coded: bool,
    title_mn: String,
    title_en: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Unknown, which is not 0.
    Null,
    Text(Cow<'a, str>),
    Integer(i64),
    /// Finite.
    Number(f64),
    Boolean(bool),
    Date(Date),
}

impl Field {
    pub fn new(
        name: impl Into<String>,
        kind: FieldKind,
        mn: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { name: name.into(), kind, is_coded: false, title_mn: mn.into(), title_en: en.into() }
    }

    pub fn coded(name: impl Into<String>, mn: impl Into<String>, en: impl Into<String>) -> Self {
        Self { is_coded: true, ..Self::new(name, FieldKind::Text, mn, en) }
    }

    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Mn => &self.title_mn,
            Lang::En => &self.title_en,
        }
    }
}

impl Value<'_> {
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(number),
            Self::Number(number) => Value::Number(number),
            Self::Boolean(truth) => Value::Boolean(truth),
            Self::Date(day) => Value::Date(day),
        }
    }
}

/// As in text files; nothing where it is unknown.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Boolean(truth) => write!(f, "{truth}"),
            Self::Date(day) => write!(f, "{day}"),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<Date> for Value<'_> {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Null, Into::into)
    }
}
