//! From the parameters that mean the same everywhere to the things they name.

use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Error;
use super::params::{invalid, parsed, shortened};
use crate::model::{DistrictCode, KhorooCode};
use crate::snapshot::{LookupError, Snapshot, VintageView};

/// Hours that Ulaanbaatar is ahead of UTC, all year.
const OFFSET_H: i8 = 8;

/// The vintage of an answer that has no cycle of its own.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VintageParam {
    /// Vintage: `2022`, `current` (valid today); the one in force today if not given.
    vintage: Option<String>,
}

impl VintageParam {
    pub fn view<'a>(&self, snapshot: &'a Snapshot) -> Result<&'a VintageView, Error> {
        vintage(snapshot, self.vintage.as_deref())
    }
}

/// The vintage named by `vintage=`: an id, `current` (valid today), or the one in force if not given.
pub fn vintage<'a>(snapshot: &'a Snapshot, asked: Option<&str>) -> Result<&'a VintageView, Error> {
    let today = today();
    match asked {
        None => Ok(snapshot.in_force(today).ok_or(LookupError::NoVintage)?),
        Some("current") => {
            let current = snapshot.current(today);
            current.ok_or_else(|| Error::not_found("vintage valid on", &today.to_string()))
        }
        Some(asked) => Ok(snapshot.named(asked)?),
    }
}

/// Index of the district named by `district=`.
pub fn district(view: &VintageView, asked: &str) -> Result<usize, Error> {
    let known = || view.geography.districts.iter().map(|d| d.code.clone()).collect();
    let refused = || Error::InvalidParameter {
        name: "district",
        detail: format!("vintage `{}` has no district `{}`", view.vintage.id, shortened(asked)),
        allowed: known(),
    };
    let code = parsed::<DistrictCode>("district", Some(asked)).ok().flatten().ok_or_else(refused)?;
    view.geography.district_idx(&code).ok_or_else(refused)
}

/// Index of the khoroo that a parameter names; an error says which vintages have the code.
pub fn khoroo(
    snapshot: &Snapshot,
    view: &VintageView,
    name: &'static str,
    asked: &str,
) -> Result<usize, Error> {
    let code: KhorooCode =
        asked.parse().map_err(|_| invalid(name, asked, "a khoroo's code such as bzd-26 is needed"))?;
    view.khoroo(snapshot, &code).map_err(|reason| invalid(name, asked, reason))
}

/// The civil day in Ulaanbaatar.
pub fn today() -> jiff::civil::Date {
    jiff::tz::Offset::constant(OFFSET_H).to_datetime(jiff::Timestamp::now()).date()
}
