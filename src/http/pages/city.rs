//! The city's page, and what the viewer's script is told before its first request.

use axum::response::Response;
use serde::Serialize;

use super::embed::EmbedConfig;
use super::{Asked, refusals};
use crate::http::World;
use crate::http::assets::{Entry, Later};
use crate::http::codes::CodeOut;
use crate::http::error::Error;
use crate::http::records::{CycleOut, VintageOut};
use crate::http::units::degrees_of;
use crate::model::{Lang, VintageId, naming};
use crate::pages::embed::{self, EmbedChoice};
use crate::pages::{self, Parts, Site, Viewer};
use crate::snapshot::{Snapshot, VintageView};

/// Measures of the viewer's switch.
const MEASURES: [&str; 5] =
    ["identifications", "replications", "replications_hosted", "participation", "bivariate"];

/// As `web/src/config.ts` reads it.
#[derive(Debug, Serialize)]
struct Config<'a> {
    lang: Lang,
    base: &'a str,
    vintages: Vec<VintageConfig>,
    /// The one valid today, which `current` stands for in addresses.
    current: Option<VintageId>,
    /// By date, the newest last.
    cycles: Vec<CycleOut>,
    measures: [&'static str; 5],
    /// Subjects in their order; those out of use are not offered.
    themes: Vec<CodeOut>,
    revision: i64,
    illustrative: bool,
    /// TileJSON of the vintage that is seen first, or the newest that has lines.
    tiles: Option<String>,
    /// Whom the context under and over the colours comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context: Vec<SourceOut>,
    /// What is seen first: the built-up core of the same vintage; west, south, east, north.
    core: Option<[f64; 4]>,
    /// On the page of another site.
    #[serde(skip_serializing_if = "Option::is_none")]
    embed: Option<EmbedConfig>,
}

#[derive(Debug, Serialize)]
struct VintageConfig {
    #[serde(flatten)]
    told: VintageOut,
    /// Its places are meant where an address names no boundaries.
    in_force: bool,
}

/// Words that name a source, and where they lead.
#[derive(Debug, Serialize)]
struct SourceOut {
    text: String,
    href: Option<String>,
}

/// `GET /{mn|en}/`: the city.
pub async fn get_city(asked: Asked) -> Result<Response, Error> {
    let Ok(world) = asked.app.world() else { return Ok(refusals::still_starting(asked.lang)) };
    let entry = asked.app.viewer(asked.lang).clone();
    let snapshot = &world.snapshot;
    let given = |name| asked.of_map(snapshot, name).filter(|_| name != "area");
    let choice = EmbedChoice::read(snapshot, asked.lang, given).map(|choice| choice.plain(snapshot));
    let unknown = embed::unknown(snapshot, given);
    // Of what can be shown there is an end, of what can be asked for in vain there is none.
    let answer = format!("city {:?}", choice.as_ref().map(|choice| (&choice.map, choice.pairs())));
    let told = choice.as_ref().map(|choice| choice.map.clone());
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &world.snapshot;
        let config = config(site, snapshot, None)?;
        let site = Site { styles: &entry.styles, ..*site };
        let viewer = viewer(&entry, &config);
        Ok(pages::city(&site, snapshot, viewer, choice.as_ref()))
    };
    if unknown.is_empty() {
        return asked.show(world, answer, make).await;
    }
    asked
        .show_remarked(world, answer, make, move |page, site, snapshot| {
            pages::remarked(page, site, snapshot, told.as_ref(), &unknown)
        })
        .await
}

/// The viewer as pages link it.
pub(super) fn viewer<'a>(entry: &'a Entry, config: &'a str) -> Viewer<'a> {
    let Later { scripts, styles, workers } = &entry.later;
    Viewer {
        script: &entry.script,
        preloads: &entry.preloads,
        map: Parts { scripts, styles, workers },
        config,
    }
}

pub(super) fn config(
    site: &Site<'_>,
    snapshot: &Snapshot,
    embed: Option<EmbedConfig>,
) -> Result<String, Error> {
    let (lang, prefix) = (site.lang, site.prefix);
    let first = snapshot.counted_last().into_iter().chain(snapshot.vintages.iter().rev());
    let with_lines = first.into_iter().find(|view| view.geography.coverage.is_some());
    let in_force = snapshot.in_force(site.today);
    let is_in_force = |view: &VintageView| in_force.is_some_and(|own| own.vintage.id == view.vintage.id);
    let config = Config {
        lang,
        base: prefix,
        vintages: snapshot
            .vintages
            .iter()
            .map(|view| VintageConfig { told: vintage(view, lang), in_force: is_in_force(view) })
            .collect(),
        current: snapshot.current(site.today).map(|view| view.vintage.id.clone()),
        cycles: CycleOut::all(snapshot),
        measures: MEASURES,
        themes: CodeOut::themes(snapshot),
        revision: snapshot.revision.seq,
        illustrative: snapshot.illustrative,
        context: snapshot
            .context_attribution()
            .iter()
            .map(|part| SourceOut { text: part.text.clone(), href: part.href.clone() })
            .collect(),
        embed,
        core: with_lines.and_then(|view| snapshot.core(view)).map(degrees_of),
        tiles: with_lines.map(|view| {
            let (vintage, rev) = (&view.vintage.id, &view.geography.content_hash);
            format!("{prefix}/tiles/boundaries-{vintage}.json?rev={rev}")
        }),
    };
    serde_json::to_string(&config).map_err(Error::internal)
}

/// As lists have it, with its source in the page's language where it is invented.
fn vintage(view: &VintageView, lang: Lang) -> VintageOut {
    let out = VintageOut::of(view);
    if !out.illustrative {
        return out;
    }
    VintageOut { source: naming::in_one_language(&view.vintage.source, lang).to_owned(), ..out }
}
