//! Pages of a khoroo and of a district, in the boundaries in force or in those of `vintage=`.

use std::str::FromStr;

use axum::response::Response;

use super::Asked;
use super::learning::known_theme;
use super::visits::Partners;
use crate::http::error::Error;
use crate::http::params::Path;
use crate::http::{World, select};
use crate::model::{DistrictCode, KhorooCode};
use crate::pages::visits::Learning;
use crate::pages::{self, Site};

/// `GET /{lang}/khoroos/{code}`.
pub async fn get_khoroo(Path(code): Path<String>, asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let view = select::vintage(&world.snapshot, asked.parameter("vintage"))?;
    let code: KhorooCode = match read(&code) {
        Some(Written::Canonical(code)) => code,
        Some(Written::Otherwise(code)) => {
            // Nobody is sent on to where nothing is.
            view.khoroo(&world.snapshot, &code)?;
            return Ok(asked.moved(&format!("khoroos/{code}")));
        }
        None => return Err(Error::not_found("khoroo", &code)),
    };
    let idx = view.khoroo(&world.snapshot, &code)?;
    let vintage = view.vintage.id.clone();
    let today = select::today();
    // Nobody visits khoroos of boundaries that are no more, or are not yet.
    let is_in_force = world.snapshot.in_force(today).is_some_and(|view| view.vintage.id == vintage);
    let theme = asked.parameter("theme").filter(|_| is_in_force).map(str::to_owned);
    if let Some(theme) = &theme {
        known_theme(&world.snapshot, theme)?;
    }
    let answer = format!("khoroo {vintage}:{code} {theme:?} {today}");
    let app = asked.app.clone();
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let view = snapshot.named(vintage.as_str())?;
        let found = is_in_force.then(|| {
            let partners = Partners::new(&app, world, view);
            partners.explained(&partners.question(idx, theme.as_deref(), today))
        });
        let learning = found.as_ref().map(|(suggestions, not_suggested)| Learning {
            suggestions,
            not_suggested,
            theme: theme.as_deref(),
            open_on: app.settings.calendar.working_day_after(today),
        });
        Ok(pages::khoroo(site, snapshot, view, idx, learning.as_ref())?)
    };
    asked.show(world, answer, make).await
}

/// `GET /{lang}/districts/{code}`.
pub async fn get_district(Path(code): Path<String>, asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let view = select::vintage(&world.snapshot, asked.parameter("vintage"))?;
    let code: DistrictCode = match read(&code) {
        Some(Written::Canonical(code)) => code,
        Some(Written::Otherwise(code)) => {
            view.district(&code)?;
            return Ok(asked.moved(&format!("districts/{code}")));
        }
        None => return Err(Error::not_found("district", &code)),
    };
    let idx = view.district(&code)?;
    let vintage = view.vintage.id.clone();
    let answer = format!("district {vintage}:{code}");
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let view = snapshot.named(vintage.as_str())?;
        Ok(pages::district(site, snapshot, view, idx)?)
    };
    asked.show(world, answer, make).await
}

/// A code as it is in addresses, or in other letters.
enum Written<T> {
    Canonical(T),
    Otherwise(T),
}

/// A place has one address: a code in capital letters is read, and leads there.
fn read<T: FromStr>(text: &str) -> Option<Written<T>> {
    let as_is = text.parse().ok().map(Written::Canonical);
    as_is.or_else(|| text.to_lowercase().parse().ok().map(Written::Otherwise))
}
