//! Moments and intervals, and the relations of Allen between them.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;

use super::ast::{Kind, Place, Temporal};
use super::{Fault, FilterError};
use crate::features::query::time;

/// A point in time as fine as it was told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    Past,
    Day(Date),
    At(Timestamp),
    Future,
}

/// Two equal moments are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub start: Moment,
    pub end: Moment,
}

impl Moment {
    /// By civil day where one of the two is a day.
    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Past, Self::Past) | (Self::Future, Self::Future) => Ordering::Equal,
            (Self::Past, _) | (_, Self::Future) => Ordering::Less,
            (_, Self::Past) | (Self::Future, _) => Ordering::Greater,
            (Self::At(a), Self::At(b)) => a.cmp(&b),
            (Self::Day(a), Self::Day(b)) => a.cmp(&b),
            (Self::Day(a), Self::At(b)) => a.cmp(&time::day_of(b)),
            (Self::At(a), Self::Day(b)) => time::day_of(a).cmp(&b),
        }
    }
}

impl Temporal {
    /// Whether moments have this relation, or intervals alone.
    pub const fn takes_moments(self) -> bool {
        matches!(self, Self::After | Self::Before | Self::Disjoint | Self::Equals | Self::Intersects)
    }

    /// Whether the first has this relation to the second.
    ///
    /// Source: OGC 21-065r2, 7.8, after J. F. Allen, "Maintaining knowledge about temporal intervals" (1983).
    pub fn holds(self, a: Span, b: Span) -> bool {
        use Ordering::{Equal, Greater, Less};
        let (starts, ends) = (a.start.compare(b.start), a.end.compare(b.end));
        let (end_to_start, start_to_end) = (a.end.compare(b.start), a.start.compare(b.end));
        let is_apart = end_to_start == Less || start_to_end == Greater;
        match self {
            Self::After => start_to_end == Greater,
            Self::Before => end_to_start == Less,
            Self::Contains => starts == Less && ends == Greater,
            Self::Disjoint => is_apart,
            Self::During => starts == Greater && ends == Less,
            Self::Equals => starts == Equal && ends == Equal,
            Self::FinishedBy => starts == Less && ends == Equal,
            Self::Finishes => starts == Greater && ends == Equal,
            Self::Intersects => !is_apart,
            Self::Meets => end_to_start == Equal,
            Self::MetBy => start_to_end == Equal,
            Self::OverlappedBy => starts == Greater && start_to_end == Less && ends == Greater,
            Self::Overlaps => starts == Less && end_to_start == Greater && ends == Less,
            Self::StartedBy => starts == Equal && ends == Greater,
            Self::Starts => starts == Equal && ends == Less,
        }
    }
}

pub fn read_date(text: &str, place: &Place) -> Result<Kind, FilterError> {
    let not_a = || Fault::NotA { expected: "a date like 2022-01-31", value: text.to_owned() }.at(place);
    time::read_date(text).map(Kind::Date).ok_or_else(not_a)
}

pub fn read_timestamp(text: &str, place: &Place) -> Result<Kind, FilterError> {
    let expected = "a timestamp like 2022-01-31T00:00:00Z";
    let not_a = || Fault::NotA { expected, value: text.to_owned() }.at(place);
    time::read_timestamp(text).map(Kind::Timestamp).ok_or_else(not_a)
}

/// An end of an interval.
pub fn read_end(text: &str, place: &Place) -> Result<Kind, FilterError> {
    if text == ".." {
        return Ok(Kind::Open);
    }
    read_date(text, place).or_else(|_| read_timestamp(text, place))
}
