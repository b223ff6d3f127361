//! What a list is narrowed to: codes, places, days.
//!
//! `theme=waste,green` takes either; several parameters all have to fit. A code that is nowhere in the
//! store is refused with what there is, because an empty list would look like an answer.
//!
//! Design: what a parameter costs is bounded before anything is looked up: a code that is repeated is one
//! code, and there may be [`CODES_MAX`] of them.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;

use super::error::Error;
use super::params::{day, invalid, not_listed};
use crate::model::{DistrictCode, KhorooCode, KhorooId};
use crate::snapshot::Snapshot;

/// Codes that a field may have; all of them where nothing is asked.
#[derive(Debug, Clone, Default)]
pub struct Codes(Option<HashSet<String>>);

/// Different codes in one parameter. Too low: a district's khoroos do not fit. Too high: one short address
/// asks for as much work as a thousand.
pub const CODES_MAX: usize = 50;

/// Khoroos that a record may be of, in any vintage unless one is named.
#[derive(Debug, Clone, Default)]
pub struct Khoroos {
    districts: Codes,
    khoroos: Option<Named>,
}

#[derive(Debug, Clone, Default)]
struct Named {
    of_any_vintage: HashSet<KhorooCode>,
    versions: HashSet<KhorooId>,
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
    /// Codes of a short list, which an error tells.
    ///
    /// Errors: a code that is not among `known`; more than [`CODES_MAX`] of them.
    pub fn read<'a>(asked: Asked<'_>, known: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let Some(codes) = distinct(asked)? else { return Ok(Self(None)) };
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(code) = codes.iter().find(|code| !known.contains(code)) {
            let mut allowed: Vec<String> = known.iter().map(|&code| code.to_owned()).collect();
            // A long list helps nobody.
            allowed.truncate(if allowed.len() > ALLOWED_TOLD { 0 } else { ALLOWED_TOLD });
            return Err(Error::InvalidParameter {
                name: asked.0,
                detail: not_listed(asked.0, code),
                allowed,
            });
        }
        Ok(Self::of(&codes))
    }

    /// Codes of a list without end, such as ids of practices.
    ///
    /// - `is_known`: a look into an index, not a walk.
    /// - Errors: a code that is not known; more than [`CODES_MAX`] of them.
    pub fn read_ids(asked: Asked<'_>, is_known: impl Fn(&str) -> bool) -> Result<Self, Error> {
        let Some(codes) = distinct(asked)? else { return Ok(Self(None)) };
        if let Some(code) = codes.iter().find(|code| !is_known(code)) {
            let (name, detail) = (asked.0, not_listed(asked.0, code));
            return Err(Error::InvalidParameter { name, detail, allowed: Vec::new() });
        }
        Ok(Self::of(&codes))
    }

    fn of(codes: &BTreeSet<&str>) -> Self {
        Self(Some(codes.iter().map(|&code| code.to_owned()).collect()))
    }

    pub fn hold(&self, code: &str) -> bool {
        self.0.as_ref().is_none_or(|codes| codes.contains(code))
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

/// What stands between the commas, once each; `None` where nothing is asked.
fn distinct((name, value): Asked<'_>) -> Result<Option<BTreeSet<&str>>, Error> {
    let Some(text) = value else { return Ok(None) };
    let mut codes = BTreeSet::new();
    for code in text.split(',').map(str::trim) {
        codes.insert(code);
        if codes.len() > CODES_MAX {
            return Err(invalid(name, text, format!("it holds more than {CODES_MAX} codes")));
        }
    }
    Ok(Some(codes))
}

impl Khoroos {
    /// Reads codes of districts, and of khoroos: `bzd-26` or, of one vintage, `2022:bzd-26`.
    ///
    /// Errors: a district or khoroo that no vintage has; more than [`CODES_MAX`] of either.
    pub fn read(snapshot: &Snapshot, district: Asked<'_>, khoroo: Asked<'_>) -> Result<Self, Error> {
        let districts = Codes::read(district, snapshot.districts.iter().map(|d| d.code.as_str()))?;
        let Some(texts) = distinct(khoroo)? else { return Ok(Self { districts, khoroos: None }) };
        let mut named = Named::default();
        for text in texts {
            let is_new = if text.contains(':') {
                let id = text.parse().ok().filter(|id: &KhorooId| is_there(snapshot, id));
                id.map(|id| named.versions.insert(id))
            } else {
                let code = text.parse().ok().filter(|code| !snapshot.vintages_with(code).is_empty());
                code.map(|code| named.of_any_vintage.insert(code))
            };
            is_new.ok_or_else(|| invalid(khoroo.0, text, "no vintage has such a khoroo"))?;
        }
        Ok(Self { districts, khoroos: Some(named) })
    }

    pub fn hold(&self, id: &KhorooId) -> bool {
        let is_named = |named: &Named| named.of_any_vintage.contains(&id.code) || named.versions.contains(id);
        self.of_district(&id.code.district) && self.khoroos.as_ref().is_none_or(is_named)
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
