//! What a list is narrowed to: codes, places, days.
//!
//! `theme=waste,green` takes either; several parameters all have to fit. A code that is nowhere in the
//! store is refused with what there is, because an empty list would look like an answer.

use jiff::civil::Date;

use super::error::Error;
use super::params::{day, invalid, not_listed};
use crate::model::{DistrictCode, KhorooCode, KhorooId};
use crate::snapshot::Snapshot;

/// Codes that a field may have; all of them where nothing is asked.
#[derive(Debug, Clone, Default)]
pub struct Codes(Option<Vec<String>>);

/// Khoroos that a record may be of, in any vintage unless one is named.
#[derive(Debug, Clone, Default)]
pub struct Khoroos {
    districts: Codes,
    khoroos: Option<Vec<Khoroo>>,
}

#[derive(Debug, Clone)]
enum Khoroo {
    AnyVintage(KhorooCode),
    Version(KhorooId),
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    from: Option<Date>,
    to: Option<Date>,
}

/// A parameter and its value.
pub type Asked<'a> = (&'static str, Option<&'a str>);

impl Codes {
    /// Errors: a code that is not among `known`.
    pub fn read<'a>(
        (name, value): Asked<'_>,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, Error> {
        let Some(text) = value else { return Ok(Self(None)) };
        let known: Vec<&str> = known.into_iter().collect();
        let codes = text.split(',').map(str::trim).map(|code| {
            if known.contains(&code) {
                return Ok(code.to_owned());
            }
            let mut allowed: Vec<String> = known.iter().map(|&code| code.to_owned()).collect();
            // A long list helps nobody.
            allowed.truncate(if allowed.len() > ALLOWED_TOLD { 0 } else { ALLOWED_TOLD });
            Err(Error::InvalidParameter { name, detail: not_listed(name, code), allowed })
        });
        codes.collect::<Result<_, _>>().map(|codes| Self(Some(codes)))
    }

    pub fn hold(&self, code: &str) -> bool {
        self.0.as_ref().is_none_or(|codes| codes.iter().any(|known| known == code))
    }

    /// What is unknown fits only where nothing is asked.
    pub fn hold_known(&self, code: Option<&str>) -> bool {
        self.0.is_none() || code.is_some_and(|code| self.hold(code))
    }

    pub const fn are_asked(&self) -> bool {
        self.0.is_some()
    }
}

/// Most codes that an error lists.
const ALLOWED_TOLD: usize = 40;

impl Khoroos {
    /// Reads codes of districts, and of khoroos: `bzd-26` or, of one vintage, `2022:bzd-26`.
    ///
    /// Errors: a district or khoroo that no vintage has.
    pub fn read(snapshot: &Snapshot, district: Asked<'_>, khoroo: Asked<'_>) -> Result<Self, Error> {
        let districts = Codes::read(district, snapshot.districts.iter().map(|d| d.code.as_str()))?;
        let read = |text: &str| {
            let found = if text.contains(':') {
                text.parse().ok().filter(|id: &KhorooId| is_there(snapshot, id)).map(Khoroo::Version)
            } else {
                let code = text.parse().ok().filter(|code| !snapshot.vintages_with(code).is_empty());
                code.map(Khoroo::AnyVintage)
            };
            found.ok_or_else(|| invalid(khoroo.0, text, "no vintage has such a khoroo"))
        };
        let khoroos = khoroo.1.map(|text| text.split(',').map(str::trim).map(read).collect()).transpose()?;
        Ok(Self { districts, khoroos })
    }

    pub fn hold(&self, id: &KhorooId) -> bool {
        let is_named = |khoroo: &Khoroo| match khoroo {
            Khoroo::AnyVintage(code) => code == &id.code,
            Khoroo::Version(version) => version == id,
        };
        self.of_district(&id.code.district)
            && self.khoroos.as_ref().is_none_or(|khoroos| khoroos.iter().any(is_named))
    }

    fn of_district(&self, district: &DistrictCode) -> bool {
        self.districts.hold(district.as_str())
    }
}

fn is_there(snapshot: &Snapshot, id: &KhorooId) -> bool {
    snapshot.vintage(&id.vintage).is_some_and(|view| view.geography.khoroo_idx(&id.code).is_some())
}

impl Days {
    /// Errors: what is no day, and a range that ends before it begins.
    pub fn read(from: Asked<'_>, to: Asked<'_>) -> Result<Self, Error> {
        let days = Self { from: day(from.0, from.1)?, to: day(to.0, to.1)? };
        match (days.from, days.to, to.1) {
            (Some(first), Some(last), Some(text)) if last < first => {
                Err(invalid(to.0, text, format!("it is before `{}`", from.0)))
            }
            _ => Ok(days),
        }
    }

    pub fn hold(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// What is unknown fits only where nothing is asked.
    pub fn hold_known(&self, day: Option<Date>) -> bool {
        !self.are_asked() || day.is_some_and(|day| self.hold(day))
    }

    pub const fn are_asked(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}
