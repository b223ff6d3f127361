//! Pages of practices, of the tracker and its records, and about the whole.

use std::sync::Arc;

use axum::response::Response;

use super::Asked;
use crate::http::error::Error;
use crate::http::params::{Path, invalid, parsed};
use crate::http::{World, tracker};
use crate::model::DistrictCode;
use crate::pages::{self, Choice, RecordsChoice, Site, TrackerChoice};
use crate::snapshot::Snapshot;
use crate::snapshot::search::Typed;
use crate::tracker::Question;

/// `GET /{lang}/practices`.
pub async fn list_practices(asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let theme = asked.parameter("theme").map(str::to_owned);
    if let Some(theme) = &theme {
        known_theme(&world.snapshot, theme)?;
    }
    let district: Option<DistrictCode> = parsed("district", asked.parameter("district"))?;
    if let Some(district) = &district {
        known_district(&world.snapshot, district)?;
    }
    let text = asked.parameter("q").unwrap_or_default().trim().to_owned();
    let page = asked.page();
    let answer = format!("practices {theme:?} {district:?} {text:?} {page}");
    let make = move |site: &Site<'_>, world: &World| {
        // A text of which nothing can be looked for finds nothing.
        let typed = Typed::read(&text).ok();
        let choice = Choice { theme: theme.as_deref(), district, text: &text, typed, page };
        Ok(pages::practices(site, &world.snapshot, &choice))
    };
    asked.show(world, answer, make).await
}

pub(super) fn known_theme(snapshot: &Snapshot, code: &str) -> Result<(), Error> {
    let themes = &snapshot.records.themes;
    if themes.iter().any(|theme| theme.code == code) {
        return Ok(());
    }
    let allowed = themes.iter().map(|theme| theme.code.clone()).collect();
    Err(Error::InvalidParameter { name: "theme", detail: "there is no such theme".into(), allowed })
}

fn known_district(snapshot: &Snapshot, code: &DistrictCode) -> Result<(), Error> {
    if snapshot.districts.iter().any(|district| district.code == *code) {
        return Ok(());
    }
    let allowed = snapshot.districts.iter().map(|district| district.code.to_string()).collect();
    Err(Error::InvalidParameter { name: "district", detail: "there is no such district".into(), allowed })
}

/// `GET /{lang}/practices/{id}`: one that is public.
pub async fn get_practice(Path(id): Path<String>, asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let is_public =
        world.snapshot.practice(&id).is_some_and(|practice| world.snapshot.standings.is_identified(practice));
    if !is_public {
        return Err(Error::not_found("practice", &id));
    }
    let answer = format!("practice {id:?}");
    let make = move |site: &Site<'_>, world: &World| {
        let practice = world.snapshot.practice(&id).ok_or_else(|| Error::not_found("practice", &id))?;
        Ok(pages::practice(site, &world.snapshot, practice))
    };
    asked.show(world, answer, make).await
}

/// `GET /{lang}/tracker`: the city's dashboard, or with `print=1` a report.
pub async fn get_tracker(asked: Asked) -> Result<Response, Error> {
    let (world, question) = of_tracker(&asked)?;
    let is_report = asked.parameter("print").is_some_and(|print| print != "0");
    let answer = format!("tracker {question:?} {is_report}");
    let make = move |site: &Site<'_>, world: &World| {
        Ok(pages::tracker(site, &world.snapshot, &TrackerChoice { question, is_report })?)
    };
    asked.show(world, answer, make).await
}

/// `GET /{lang}/tracker/records`: what a figure is made of; where none is named, which figures there are.
pub async fn get_records(asked: Asked) -> Result<Response, Error> {
    let (world, question) = of_tracker(&asked)?;
    let named = |name| asked.parameter(name).map(str::to_owned);
    let (Some(card), Some(figure)) = (named("card"), named("figure")) else {
        let card = named("card");
        let answer = format!("figures {question:?} {card:?}");
        let make = move |site: &Site<'_>, world: &World| {
            Ok(pages::figures(site, &world.snapshot, &question, card.as_deref())?)
        };
        return asked.show(world, answer, make).await;
    };
    let page = asked.page();
    let answer = format!("records {question:?} {card:?} {figure:?} {page}");
    let make = move |site: &Site<'_>, world: &World| {
        let choice = RecordsChoice { question, card: &card, figure: &figure, page };
        Ok(pages::records(site, &world.snapshot, &choice)?)
    };
    asked.show(world, answer, make).await
}

/// What a page of the tracker is asked, and of which world.
fn of_tracker(asked: &Asked) -> Result<(Arc<World>, Question), Error> {
    let world = asked.app.world()?;
    let of = tracker::Asked {
        vintage: asked.parameter("vintage"),
        cycle: asked.parameter("cycle"),
        district: asked.parameter("district"),
        khoroo: asked.parameter("khoroo"),
        theme: asked.parameter("theme"),
        as_of: asked.parameter("as_of"),
    };
    if let Some(text) = of.as_of.filter(|text| text.parse::<jiff::civil::Date>().is_err()) {
        return Err(invalid("as_of", text, "a day such as 2022-09-30 is needed"));
    }
    let question = of.question(&world.snapshot)?;
    Ok((world, question))
}

/// `GET /{lang}/about`.
pub async fn get_about(asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    asked.show(world, "about".into(), |site, world| Ok(pages::about(site, &world.snapshot))).await
}
