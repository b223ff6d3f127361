//! What a day's way is asked for: from texts by field, as a link or a form has them, to an [`Outing`].
//!
//! [`read`] reads every field, whatever is wrong with others: a program is told the first [`Fault`], a person all of
//! them, each beside its field.
//!
//! Owns: fields of a day's way, defaults, bounds.

mod fault;
mod hours;

use jiff::Span;
use jiff::civil::Date;

pub use fault::{Fault, Wrong};
pub use hours::{AWAY, LUNCH, LUNCH_MINUTES, VISIT_MINUTES, clock, windows};

use super::calendar::Calendar;
use super::day::{MOST_STOPS, Window};
use super::icalendar::FIRST_YEAR;
use super::outing::{Hours, Outing};
use crate::model::KhorooCode;
use crate::snapshot::{Snapshot, VintageView};

/// Years of days that people plan for: of earlier ones calendar files do not tell the time, and arithmetic with later
/// ones would leave the calendar.
const YEARS: std::ops::RangeInclusive<i16> = FIRST_YEAR..=2200;

/// Texts by field; `None` where nothing was given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    pub from: Option<&'a str>,
    pub stops: Option<&'a str>,
    pub date: Option<&'a str>,
    pub start: Option<&'a str>,
    pub end: Option<&'a str>,
    pub open: Option<&'a str>,
    pub visit_minutes: Option<&'a str>,
    pub lunch: Option<&'a str>,
    pub lunch_minutes: Option<&'a str>,
}

/// Against what texts are read.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub calendar: &'a Calendar,
    /// Hours of the service.
    pub open: &'a [Window],
    pub today: Date,
}

/// What could be read, defaults in place of the rest.
#[derive(Debug, Clone)]
pub struct Read {
    /// Index of the khoroo.
    pub from: Option<usize>,
    /// Each khoroo once.
    pub stops: Vec<Wish>,
    pub date: Date,
    pub hours: Hours,
    /// In the order of the fields.
    pub faults: Vec<Fault>,
}

/// A khoroo to be visited, and which of its practices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub khoroo: usize,
    /// Position among the records.
    pub practice: Option<usize>,
}

pub fn read(given: &Given<'_>, ground: Ground<'_>) -> Read {
    let mut faults = Vec::new();
    let from = from(given.from, ground, &mut faults);
    let stops = stops(given.stops, ground, from, &mut faults);
    let date = date(given.date, ground, &mut faults);
    let hours = hours::read(given, ground.open, &mut faults);
    Read { from, stops, date, hours, faults }
}

impl Read {
    /// The whole question; `None` where a field is at fault or no stop is named.
    ///
    /// - `vintage`: position of the ground's.
    pub fn outing(&self, vintage: usize) -> Option<Outing> {
        let from = self.from.filter(|_| self.faults.is_empty() && !self.stops.is_empty())?;
        let stops = self.stops.iter().map(|stop| stop.khoroo).collect();
        Some(Outing { vintage, from, stops, date: self.date, hours: self.hours.clone() })
    }
}

fn from(text: Option<&str>, ground: Ground<'_>, faults: &mut Vec<Fault>) -> Option<usize> {
    let Some(text) = text else {
        faults.push(Fault::new("from", "", Wrong::Missing));
        return None;
    };
    khoroo(text, ground).map_err(|wrong| faults.push(Fault::new("from", text, wrong))).ok()
}

fn khoroo(text: &str, ground: Ground<'_>) -> Result<usize, Wrong> {
    let code: KhorooCode = text.parse().map_err(|_| Wrong::NoCode)?;
    ground.view.khoroo(ground.snapshot, &code).map_err(Wrong::NotThere)
}

fn stops(text: Option<&str>, ground: Ground<'_>, from: Option<usize>, faults: &mut Vec<Fault>) -> Vec<Wish> {
    let Some(text) = text else {
        faults.push(Fault::new("stops", "", Wrong::Missing));
        return Vec::new();
    };
    let n_stops = text.split(',').count();
    if n_stops > MOST_STOPS {
        faults.push(Fault::new("stops", text, Wrong::TooMany { n_stops }));
    }
    let mut stops: Vec<Wish> = Vec::new();
    for stop in text.split(',').map(str::trim) {
        let (code, practice) = stop.split_once(':').map_or((stop, None), |(code, id)| (code, Some(id)));
        let mut refuse = |value, wrong| faults.push(Fault::new("stops", value, wrong));
        match khoroo(code, ground) {
            Err(wrong) => refuse(code, wrong),
            Ok(khoroo) if from == Some(khoroo) => refuse(code, Wrong::Start),
            Ok(khoroo) if stops.iter().any(|before| before.khoroo == khoroo) => refuse(code, Wrong::Twice),
            Ok(khoroo) => match practice.map(|id| at_home(ground, khoroo, id).ok_or(id)).transpose() {
                Ok(practice) => stops.push(Wish { khoroo, practice }),
                Err(id) => {
                    refuse(id, Wrong::NoPractice { khoroo: code.to_owned() });
                    stops.push(Wish { khoroo, practice: None });
                }
            },
        }
    }
    stops
}

/// The practice `id`, if everybody may see it and the khoroo has it.
fn at_home(ground: Ground<'_>, khoroo: usize, id: &str) -> Option<usize> {
    let Ground { snapshot, view, .. } = ground;
    let vintage = snapshot.vintages.iter().position(|own| own.vintage.id == view.vintage.id)?;
    let practice = snapshot.public_practice(id)?;
    snapshot.home(practice, vintage).filter(|home| home.khoroo == khoroo)?;
    snapshot.records.practices.iter().position(|own| own.id == practice.id)
}

fn date(text: Option<&str>, ground: Ground<'_>, faults: &mut Vec<Fault>) -> Date {
    let tomorrow = ground.today.saturating_add(Span::new().days(1));
    let next = ground.calendar.working_day_after(ground.today).unwrap_or(tomorrow);
    let Some(text) = text else { return next };
    match text.parse::<Date>() {
        Ok(date) if YEARS.contains(&date.year()) => return date,
        Ok(date) => faults.push(Fault::new("date", &date.to_string(), Wrong::Year)),
        Err(_) => faults.push(Fault::new("date", text, Wrong::Day)),
    }
    next
}
