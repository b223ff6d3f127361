//! How long the way between two khoroos takes: as somebody found out, or estimated.
//!
//! The estimate is the straight way between the offices, times a detour, by a speed, in winter times a factor.
//! It knows no roads and says so. A time that was loaded wins: a file's before a row of the store.
//!
//! Owns: the estimate, the file's form (CSV with `from`, `to`, `minutes`). Leaves to others: reading files.

use std::str::FromStr;

use jiff::civil::Date;

use super::settings::{SettingsError, number, pairs};
use crate::model::{KhorooCode, KhorooId};

/// How a way is estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Travel {
    /// How much longer than straight the way is, ≥ 1.
    pub detour: f64,
    /// On the way, km/h, > 0.
    pub speed_kmh: f64,
    /// How much longer it takes from November to March, ≥ 1.
    pub winter: f64,
    /// The longest way one goes for a visit on site, minutes; beyond it a visit is online.
    pub on_site_max_min: f64,
}

impl Default for Travel {
    fn default() -> Self {
        Self { detour: 1.4, speed_kmh: 25.0, winter: 1.25, on_site_max_min: 120.0 }
    }
}

impl Travel {
    /// Minutes of a way in tenths, so that the number shown is the one that counts.
    ///
    /// - `straight_m`: metres, ≥ 0. The answer never falls as it grows.
    pub fn minutes(&self, straight_m: f64, on: Date) -> f64 {
        let metres_a_minute = self.speed_kmh * 1000.0 / 60.0;
        (straight_m * self.detour / metres_a_minute * self.season(on) * 10.0).round() / 10.0
    }

    /// The winter factor, 1 outside of winter.
    pub fn season(&self, on: Date) -> f64 {
        if matches!(on.month(), 11 | 12 | 1..=3) { self.winter } else { 1.0 }
    }
}

/// `detour=1.4,speed_kmh=25,winter=1.25,on_site_max_min=120`; what is not named stays as it is.
impl FromStr for Travel {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, SettingsError> {
        let mut travel = Self::default();
        for (name, value) in pairs(text)? {
            match name {
                "detour" => travel.detour = number(name, value, 1.0, 10.0, "numbers from 1 to 10")?,
                "speed_kmh" => travel.speed_kmh = number(name, value, 1.0, 200.0, "numbers from 1 to 200")?,
                "winter" => travel.winter = number(name, value, 1.0, 10.0, "numbers from 1 to 10")?,
                "on_site_max_min" => {
                    travel.on_site_max_min = number(name, value, 0.0, 10_000.0, "numbers from 0 to 10000")?;
                }
                _ => {
                    let known = "detour, speed_kmh, winter, on_site_max_min".into();
                    return Err(SettingsError::Name { name: name.into(), known });
                }
            }
        }
        Ok(travel)
    }
}

/// The way from a visitor to a host.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// One way; `None` where a place is unknown and no time was loaded.
    pub minutes: Option<f64>,
    pub source: WaySource,
    /// Metres, as the crow flies between the offices (where one is unknown, a point inside); `None` where a
    /// place is unknown.
    pub straight_m: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaySource {
    Estimate,
    /// A row of the store.
    Store,
    /// A row of the file.
    File,
}

impl WaySource {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Estimate => "estimate",
            Self::Store => "store",
            Self::File => "file",
        }
    }
}

/// Times of a file, as it names khoroos: `2022:bzd-26`, or `bzd-26` in the newest vintage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TravelTimes {
    pub rows: Vec<(Named, Named, f64)>,
}

/// A khoroo as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Version(KhorooId),
    Newest(KhorooCode),
}

/// Why a file has no travel times; lines count from 1, the header included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TravelTimesError {
    #[error("the first line has no column `{0}`; needed are from, to, minutes")]
    Column(&'static str),
    #[error("line {line} cannot be read: {reason}")]
    Line { line: u64, reason: String },
    #[error("line {line}: `{text}` is no khoroo (`bzd-26`, or `2022:bzd-26`)")]
    Khoroo { line: u64, text: String },
    #[error("line {line}: `{text}` is no number of minutes from 0 to {MINUTES_MAX}")]
    Minutes { line: u64, text: String },
    #[error("line {line} says again how long the way from {from} to {to} takes")]
    Twice { line: u64, from: String, to: String },
}

/// A week.
const MINUTES_MAX: f64 = 10_080.0;

impl TravelTimes {
    /// Reads CSV with a header that names `from`, `to` and `minutes` in any order; other columns are ignored.
    pub fn parse(text: &str) -> Result<Self, TravelTimesError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let broken = |error: &csv::Error| TravelTimesError::Line {
            line: error.position().map_or(1, csv::Position::line),
            reason: error.to_string(),
        };
        let head = reader.headers().map_err(|error| broken(&error))?.clone();
        let column = |name: &'static str| {
            let found = head.iter().position(|cell| cell.eq_ignore_ascii_case(name));
            found.ok_or(TravelTimesError::Column(name))
        };
        let (from, to, minutes) = (column("from")?, column("to")?, column("minutes")?);
        let mut seen = std::collections::BTreeSet::new();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |column: usize| record.get(column).unwrap_or_default();
            let khoroo = |column: usize| {
                let text = cell(column);
                Named::parse(text).ok_or_else(|| TravelTimesError::Khoroo { line, text: text.into() })
            };
            let (from_khoroo, to_khoroo) = (khoroo(from)?, khoroo(to)?);
            let text = cell(minutes);
            let minutes = text.parse::<f64>().ok().filter(|minutes| (0.0..=MINUTES_MAX).contains(minutes));
            let minutes = minutes.ok_or_else(|| TravelTimesError::Minutes { line, text: text.into() })?;
            if !seen.insert((cell(from).to_owned(), cell(to).to_owned())) {
                let (from, to) = (cell(from).into(), cell(to).into());
                return Err(TravelTimesError::Twice { line, from, to });
            }
            rows.push((from_khoroo, to_khoroo, minutes));
        }
        Ok(Self { rows })
    }
}

impl Named {
    fn parse(text: &str) -> Option<Self> {
        if text.contains(':') {
            text.parse().ok().map(Self::Version)
        } else {
            text.parse().ok().map(Self::Newest)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_estimate_is_distance_times_detour_by_speed_and_longer_in_winter() {
        let travel = Travel { detour: 1.5, speed_kmh: 30.0, winter: 1.2, on_site_max_min: 120.0 };
        let of_10_km = |month, day| travel.minutes(10_000.0, date(2022, month, day));
        assert_eq!((of_10_km(6, 1), of_10_km(11, 1), of_10_km(3, 31)), (30.0, 36.0, 36.0));
        assert_eq!(
            (travel.minutes(0.0, date(2022, 1, 1)), travel.minutes(123.0, date(2022, 6, 1))),
            (0.0, 0.4)
        );
    }

    #[test]
    fn travel_is_set_by_name_within_bounds() {
        let travel: Travel = "speed_kmh=40, detour=1.2".parse().expect("two settings");
        assert_eq!(travel, Travel { speed_kmh: 40.0, detour: 1.2, ..Travel::default() });
        for text in ["speed_kmh=0", "detour=0.9", "winter=NaN", "pace=3", "detour"] {
            assert!(text.parse::<Travel>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_of_times_is_read_in_any_order_of_columns() {
        let times = TravelTimes::parse("\u{feff}minutes,note,To,from\n12.5,x,bzd-2,2022:bzd-1\n");
        let from = Named::Version("2022:bzd-1".parse().expect("a version"));
        let to = Named::Newest("bzd-2".parse().expect("a code"));
        assert_eq!(times, Ok(TravelTimes { rows: vec![(from, to, 12.5)] }));
    }

    #[test]
    fn a_fault_of_a_file_names_its_line() {
        let check = |rows: &str, told: &str| {
            let error = TravelTimes::parse(&format!("from,to,minutes\n{rows}")).expect_err(rows).to_string();
            assert_eq!(error, told);
        };
        check("bzd-1,bzd,3", "line 2: `bzd` is no khoroo (`bzd-26`, or `2022:bzd-26`)");
        for text in ["-1", "NaN", "inf", "1e9", ""] {
            check(
                &format!("bzd-1,bzd-2,{text}"),
                &format!("line 2: `{text}` is no number of minutes from 0 to 10080"),
            );
        }
        check("bzd-1,bzd-2,3\nbzd-1,bzd-2,4", "line 3 says again how long the way from bzd-1 to bzd-2 takes");
        assert_eq!(TravelTimes::parse("a,b\n").expect_err("no columns"), TravelTimesError::Column("from"));
        assert!(TravelTimes::parse("from,to,minutes\nbzd-1,bzd-2\n").is_err());
    }
}
