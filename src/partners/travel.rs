//! How long the way between two khoroos takes: as somebody found out, or estimated.
//!
//! The estimate is the straight way between the offices, times a detour, by a speed, in winter times a factor.
//! It knows no roads and says so. A time that was loaded wins: a file's before a row of the store.
//!
//! Owns: the estimate. Leaves to others: what is loaded (`times`).

use std::str::FromStr;

use jiff::civil::Date;

use super::settings::{SettingsError, number, pairs};

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
}
