//! Moments, days and what is between them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Hours that Ulaanbaatar is ahead of UTC, all year.
const OFFSET_H: i8 = 8;

/// `2022-01-01T00:00:00`, without a fraction and an offset.
const DATE_TIME_LEN: usize = 19;

/// Civil days in Ulaanbaatar, both ends included; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// From a moment to a moment, both included; an end that is `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
}

/// Why a text is no interval.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntervalError {
    #[error("`{text}` is neither a date like 2022-01-31 nor a time like 2022-01-31T08:00:00+08:00")]
    NotATime { text: String },
    #[error("`{text}` has more than one `/`")]
    TooManyParts { text: String },
    #[error("`{text}` has no end at all")]
    Endless { text: String },
    #[error("the interval is reversed: `{start}` is after `{end}`")]
    Reversed { start: String, end: String },
}

impl Days {
    /// Their first and last moment.
    pub fn moments(self) -> Interval {
        Interval { start: self.from.map(first_moment), end: self.to.map(last_moment) }
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let both = |a: Option<Date>, b: Option<Date>, pick: fn(Date, Date) -> Date| Some(pick(a?, b?));
        Self { from: both(self.from, other.from, Date::min), to: both(self.to, other.to, Date::max) }
    }
}

impl Interval {
    /// Reads a day, a moment by RFC 3339, or two of them with `/` between; `..` or nothing stands for an open end.
    pub fn read(text: &str) -> Result<Self, IntervalError> {
        let Some((start, end)) = text.split_once('/') else {
            return moments(text).ok_or_else(|| IntervalError::NotATime { text: text.to_owned() });
        };
        if end.contains('/') {
            return Err(IntervalError::TooManyParts { text: text.to_owned() });
        }
        let read = |part: &str| match part {
            "" | ".." => Ok(None),
            _ => moments(part).map(Some).ok_or_else(|| IntervalError::NotATime { text: part.to_owned() }),
        };
        let read = Self {
            start: read(start)?.and_then(|whole| whole.start),
            end: read(end)?.and_then(|whole| whole.end),
        };
        match read {
            Self { start: None, end: None } => Err(IntervalError::Endless { text: text.to_owned() }),
            Self { start: Some(from), end: Some(to) } if from > to => {
                Err(IntervalError::Reversed { start: start.to_owned(), end: end.to_owned() })
            }
            read => Ok(read),
        }
    }

    /// True if there is a moment in both.
    pub fn meets(&self, days: Days) -> bool {
        let other = days.moments();
        let is_before = |end: Option<Timestamp>, start: Option<Timestamp>| {
            end.zip(start).is_some_and(|(end, start)| end < start)
        };
        !is_before(self.end, other.start) && !is_before(other.end, self.start)
    }
}

/// The first and last moment of a day, or one moment.
fn moments(text: &str) -> Option<Interval> {
    if let Some(day) = read_date(text) {
        return Some(Days { from: Some(day), to: Some(day) }.moments());
    }
    let at = read_timestamp(text)?;
    Some(Interval { start: Some(at), end: Some(at) })
}

/// `2022-01-31`, in this form alone.
pub fn read_date(text: &str) -> Option<Date> {
    has_form(text, "0000-00-00").then(|| text.parse().ok())?
}

/// By RFC 3339; moments beyond what can be told are the last that can.
pub fn read_timestamp(text: &str) -> Option<Timestamp> {
    let (civil, rest) = text.split_at_checked(DATE_TIME_LEN)?;
    if !has_form(&civil.to_ascii_uppercase(), "0000-00-00T00:00:00") {
        return None;
    }
    let n_fraction = match rest.strip_prefix('.') {
        Some(fraction) => 1 + fraction.bytes().take_while(u8::is_ascii_digit).count(),
        None => 0,
    };
    let (fraction, zone) = rest.split_at(n_fraction);
    // Nanoseconds are the finest that can be told.
    let fraction = &fraction[..fraction.len().min(10)];
    if fraction == "." {
        return None;
    }
    let civil: DateTime = format!("{civil}{fraction}").parse().ok()?;
    Some(to_timestamp(civil, read_offset(zone)?))
}

fn read_offset(zone: &str) -> Option<Offset> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?;
    if !has_form(digits, "00:00") {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[3..].parse().ok()?);
    (hours < 24 && minutes < 60).then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok())?
}

/// True if the text has digits where the form has `0`, and is the form elsewhere.
fn has_form(text: &str, form: &str) -> bool {
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(c, f)| if f == b'0' { c.is_ascii_digit() } else { c == f })
}

/// The civil day in Ulaanbaatar.
pub fn day_of(at: Timestamp) -> Date {
    Offset::constant(OFFSET_H).to_datetime(at).date()
}

fn first_moment(day: Date) -> Timestamp {
    to_timestamp(day.at(0, 0, 0, 0), Offset::constant(OFFSET_H))
}

fn last_moment(day: Date) -> Timestamp {
    to_timestamp(day.at(23, 59, 59, 999_999_999), Offset::constant(OFFSET_H))
}

fn to_timestamp(civil: DateTime, offset: Offset) -> Timestamp {
    let beyond = if civil.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
    offset.to_timestamp(civil).unwrap_or(beyond)
}
