//! A day's way between khoroos: [`super::day`] with ways and hours of the city.
//!
//! Owns: from khoroos to a table of minutes, rounded up so that nobody comes late by a rounding.

use jiff::civil::Date;

use super::day::{Day, DayError, Itinerary, Minute, Pause, Stop, Why, Window};
use crate::partners::{Roster, Settings};

/// What is asked. Khoroos are indices of the vintage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outing {
    /// Position of the vintage.
    pub vintage: usize,
    /// Where the way begins and ends.
    pub from: usize,
    pub stops: Vec<usize>,
    pub date: Date,
    pub hours: Hours,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Not away before, back by.
    pub away: Window,
    /// When hosts receive, in order of time.
    pub open: Vec<Window>,
    pub visit_minutes: u16,
    pub pause: Option<Pause>,
}

/// Longer than any day: what has no way is never reached.
const NEVER_MIN: Minute = 24 * 60 + 1;

impl Outing {
    /// The itinerary, each stop worth the same; on a day on which offices are shut none is made.
    pub fn itinerary(
        &self,
        roster: &Roster,
        settings: &Settings,
        is_working: bool,
    ) -> Result<Itinerary, DayError> {
        let open = if is_working { self.hours.open.clone() } else { Vec::new() };
        let stop = Stop { open, minutes: self.hours.visit_minutes, worth: 1 };
        let places: Vec<usize> = [self.from].into_iter().chain(self.stops.iter().copied()).collect();
        let known =
            |from: usize, to: usize| roster.way(settings, self.vintage, [from, to], self.date).minutes;
        let minutes = |from: usize, to: usize| {
            known(from, to).map_or(NEVER_MIN, |minutes| minutes.ceil().min(f64::from(NEVER_MIN)) as Minute)
        };
        let day = Day {
            away: self.hours.away,
            pause: self.hours.pause,
            stops: vec![stop; self.stops.len()],
            minutes: places
                .iter()
                .map(|&from| {
                    places.iter().map(|&to| if from == to { 0 } else { minutes(from, to) }).collect()
                })
                .collect(),
        };
        let mut itinerary = day.itinerary()?;
        for left in itinerary.left_out.iter_mut().filter(|left| left.why == Why::NotAlone) {
            let there = self.stops[left.stop];
            if known(self.from, there).is_none() || known(there, self.from).is_none() {
                left.why = Why::WayUnknown;
            }
        }
        Ok(itinerary)
    }
}
