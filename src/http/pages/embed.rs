//! The map for other sites: the page in their frames, the script of `<hlp-map>`, the page that makes the code.
//!
//! Which sites may show the map is `--embed-hosts`' to say: the policy of every page has it enforced by
//! browsers, and only a page of those sites is spoken with.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::{Asked, city, refusals};
use crate::http::answer::{Answer, preferred_language};
use crate::http::error::Error;
use crate::http::units::degrees_of;
use crate::http::{App, World};
use crate::model::Lang;
use crate::pages::embed::{self, Area, Builder, Embed, EmbedChoice};
use crate::pages::{self, Site};
use crate::snapshot::Snapshot;

/// Entry in Vite's manifest.
pub const BUILDER_ENTRY: &str = "src/embed/builder.ts";

/// What the viewer in a frame is told, as `web/src/config.ts` reads it.
#[derive(Debug, Serialize)]
pub struct EmbedConfig {
    /// `null` for the whole city.
    area: Option<AreaConfig>,
    /// Names of the parameters that the visitor may not change.
    locked: Vec<&'static str>,
    /// Origin of the page around, if it may be spoken with.
    origin: Option<String>,
}

#[derive(Debug, Serialize)]
struct AreaConfig {
    code: String,
    /// In the page's language.
    name: String,
    /// West, south, east, north; `null` without lines.
    #[serde(rename = "box")]
    bounds: Option<[f64; 4]>,
    /// What of a district is seen first, where that is not all of it.
    core: Option<[f64; 4]>,
}

/// `GET /embed`: the map in a frame.
pub async fn get_embed(mut asked: Asked) -> Result<Response, Error> {
    asked.lang = asked.language().unwrap_or_else(|| preferred_language(&asked.headers));
    let Ok(world) = asked.app.world() else { return Ok(refusals::still_starting(asked.lang)) };
    let choice = choice(&asked, &world, asked.lang)?;
    let unknown =
        embed::unknown_in_frame(&world.snapshot, &choice, |name| asked.of_map(&world.snapshot, name));
    let shown = choice.map.clone();
    let origin = asked.parameter("origin").filter(|origin| may_speak(&asked, origin)).map(str::to_owned);
    let is_awaited = asked.parameter("origin").is_some();
    let entry = asked.app.viewer(asked.lang).clone();
    let negotiated = asked.language().is_none();
    // Only what the page shows: sizes are the frame's, and other parameters are the site's own.
    let answer =
        format!("embed {origin:?} {is_awaited} {} {:?} {:?}", choice.still, choice.map, choice.pairs());
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let site = Site { styles: &entry.styles, ..*site };
        let is_heard = origin.is_some();
        let told = EmbedConfig { area: area(&site, snapshot, &choice), locked: choice.locked(), origin };
        let config = city::config(&site, snapshot, Some(told))?;
        let viewer = city::viewer(&entry, &config);
        Ok(embed::embed(&site, snapshot, Embed { choice: &choice, is_heard, is_awaited, viewer })?)
    };
    let mut response = if unknown.is_empty() {
        asked.show(world, answer, make).await?
    } else {
        asked
            .show_remarked(world, answer, make, move |page, site, snapshot| {
                pages::remarked_frame(page, site, snapshot, &shown, &unknown)
            })
            .await?
    };
    if negotiated {
        let by_language = axum::http::HeaderValue::from_static("Accept-Language");
        response.headers_mut().append(axum::http::header::VARY, by_language);
    }
    Ok(response)
}

/// `GET /embed.js`: the script of `<hlp-map>`, under an address that stays.
pub async fn get_script(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let (body, kind) = app.assets.embed_script()?;
    app.respond(&headers, Answer::new(body, kind)).await
}

/// `GET /{mn|en}/embed`: makes the code for another site.
pub async fn get_builder(asked: Asked) -> Result<Response, Error> {
    let Ok(world) = asked.app.world() else { return Ok(refusals::still_starting(asked.lang)) };
    let lang = asked.language().unwrap_or(asked.lang);
    let choice = choice(&asked, &world, lang)?;
    let answer = format!("builder {lang:?} {choice:?}");
    let app = asked.app.clone();
    let make = move |site: &Site<'_>, world: &World| {
        let styles = [&*app.page_style.styles, &*app.builder.styles].concat();
        let site = Site { styles: &styles, ..*site };
        let hosts: Vec<String> = app.settings.embed_hosts.iter().map(ToString::to_string).collect();
        let page = Builder { choice: &choice, lang, hosts: &hosts, script: &app.builder.script };
        Ok(embed::builder(&site, &world.snapshot, page)?)
    };
    asked.show(world, answer, make).await
}

fn choice(asked: &Asked, world: &Arc<World>, lang: Lang) -> Result<EmbedChoice, Error> {
    let choice = EmbedChoice::read(&world.snapshot, lang, |name| asked.of_map(&world.snapshot, name));
    choice.ok_or_else(|| Error::not_found("vintage", "current"))
}

/// The page around is one of this service, or of a site that is allowed.
fn may_speak(asked: &Asked, origin: &str) -> bool {
    asked.base.origin() == Some(origin)
        || asked.app.settings.embed_hosts.iter().any(|host| host.allows(origin))
}

fn area(site: &Site<'_>, snapshot: &Snapshot, choice: &EmbedChoice) -> Option<AreaConfig> {
    let view = snapshot.vintage(&choice.map.vintage)?;
    let geography = &view.geography;
    let (unit, core) = match &choice.area {
        Area::City => return None,
        Area::District(code) => {
            let idx = geography.district_idx(code)?;
            (&geography.districts[idx], Snapshot::core_of_district(view, idx))
        }
        Area::Khoroo(code) => (&geography.khoroos[geography.khoroo_idx(code)?], None),
    };
    Some(AreaConfig {
        code: embed::code_of(&choice.area),
        name: embed::area_name(site, snapshot, choice)?,
        bounds: unit.bounds.map(degrees_of),
        core: core.map(degrees_of),
    })
}
