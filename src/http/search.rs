//! Districts, khoroos, practices and landmarks by what people type.
//!
//! Owns: parameters and JSON of the search. Leaves to others: what fits, how well, in which order; only
//! identified practices can be found at all.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON, language};
use super::cache::Key;
use super::error::Error;
use super::openapi::{Changed, Refusals};
use super::paging::{Page, PageParams};
use super::params::{Params, invalid, number_within, shortened};
use super::{App, filters, select, units};
use crate::model::{DistrictCode, GridPoint, Lang, Practice};
use crate::snapshot::search::{Hit, Kind, Scope, Typed};
use crate::snapshot::{Snapshot, Unit, VintageView, entries};

/// Items unless asked otherwise, and the most that may be asked for: a list to choose from, not to read.
const FOUND_DEFAULT: usize = 10;
const FOUND_MAX: usize = 100;

/// Something that fits what was typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundOut {
    /// `district`, `khoroo`, `practice` or `landmark`.
    #[schema(example = "khoroo")]
    kind: &'static str,
    /// Code of a district, vintage and code of a khoroo, id of a practice, place of a landmark in its table.
    #[schema(example = "2022:bzd-26")]
    id: String,
    /// Of a unit, as in `/api/v1/khoroos/{code}`.
    #[schema(example = "bzd-26")]
    code: Option<String>,
    /// Of a unit, of a practice's host, or of the khoroo on whose ground a landmark stands.
    #[schema(example = "2022")]
    vintage: String,
    #[schema(example = "Bayanzurkh, Khoroo 26")]
    title: String,
    /// Language of the title: another than asked for where it has none in that.
    #[schema(example = "en")]
    title_lang: &'static str,
    /// Code of the district; a landmark may stand in none.
    #[schema(example = "bzd")]
    district: Option<String>,
    /// The khoroo at home with a practice.
    host: Option<String>,
    /// The khoroo on whose ground a landmark stands, if any: its vintage and code.
    khoroo: Option<String>,
    /// Of a landmark, as its table says: `school`.
    category: Option<String>,
    /// Of a landmark.
    address: Option<String>,
    /// Where a practice is at home, in words: `Bayanzurkh, Khoroo 26`.
    place: Option<String>,
    /// In which a practice was first entered.
    year: Option<i16>,
    /// Theme of a practice.
    theme: Option<String>,
    /// A point inside; a landmark's own; of a practice its own, or one inside its host's khoroo: longitude,
    /// latitude.
    point: Option<[f64; 2]>,
    /// West, south, east, north of a unit, in degrees.
    bbox: Option<[f64; 4]>,
    /// How it fits, the best first: `exact`, `prefix`, `words`, `word_starts`, `substring`.
    #[serde(rename = "match")]
    #[schema(example = "exact")]
    grade: &'static str,
    /// What fits, as it is written there.
    #[schema(example = "БЗД 26")]
    matched: String,
    illustrative: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// What was typed so far, in Cyrillic or Latin, up to 100 characters.
    #[param(required = true, example = "bzd 26")]
    q: Option<String>,
    /// Only these of `district`, `khoroo`, `practice`, `landmark`; several with commas between.
    kind: Option<String>,
    /// Only units of this vintage, and practices at home in it; landmarks with its khoroos. Without it each
    /// unit is found in the vintage in force today, else in the last one that has it.
    vintage: Option<String>,
    /// Only what stands on the ground of this district: its khoroos, practices, landmarks, itself.
    district: Option<String>,
    /// Items on a page, 1 to 100; 10 if not given.
    limit: Option<String>,
    /// Items to skip.
    offset: Option<String>,
    /// Revision of the first page, out of its `next`: refused with 410 once there is another.
    rev: Option<String>,
    /// Language of titles: `mn`, `en`; else by `Accept-Language`.
    lang: Option<String>,
}

/// Districts, khoroos, practices and landmarks that fit a text; the best first, landmarks last of equals.
#[utoipa::path(get, path = "/api/v1/search", tag = "lists", params(SearchParams),
    responses((status = 200, body = Page<FoundOut>), Changed, Refusals))]
pub async fn search(
    State(app): State<App>,
    Params(params): Params<SearchParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let snapshot = &world.snapshot;
    let (lang, negotiated) = language(&headers, params.lang.as_deref())?;
    let typed = typed("q", params.q.as_deref())?.ok_or(Error::MissingParameter { name: "q" })?;
    let kinds = filters::Codes::read(("kind", params.kind.as_deref()), Kind::ALL.iter().map(|k| k.word()))?;
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kinds.hold(kind.word())).collect();
    let is_alone = params.vintage.is_some();
    // A city without any boundaries has landmarks all the same.
    let vintage = match select::vintage(snapshot, params.vintage.as_deref()) {
        Ok(view) => Some(view.vintage.id.clone()),
        Err(error) if is_alone => return Err(error),
        Err(_) => None,
    };
    let limit = number_within("limit", params.limit.as_deref(), FOUND_DEFAULT, (1, FOUND_MAX))?;
    let paging = PageParams::read(Some(&limit.to_string()), params.offset.as_deref())?;
    let paging = paging.pinned(params.rev.as_deref(), snapshot.revision.seq)?;
    let district = district(snapshot, params.district.as_deref())?;
    let key = Key { content: world.turn.clone(), answer: format!("search {lang:?} {vintage:?} {uri}") };
    let make = move || {
        let snapshot = &world.snapshot;
        let view = vintage.as_ref().and_then(|id| snapshot.vintage(id));
        let scope = Scope { kinds: &kinds, vintage: view, is_alone, district: district.as_ref() };
        let found = snapshot.find(&typed, scope, paging.offset.saturating_add(limit));
        let page = paging
            .page(0..found.total, &uri, |at| FoundOut::fitting(snapshot, &typed, found.hits[at], view, lang));
        serde_json::to_vec(&page).map_err(Error::internal)
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON).in_language(negotiated)).await
}

/// What a parameter wants to be looked for.
pub fn typed(name: &'static str, text: Option<&str>) -> Result<Option<Typed>, Error> {
    let read = |text: &str| Typed::read(text).map_err(|reason| invalid(name, text, reason));
    text.map(read).transpose()
}

/// A district that some vintage has.
fn district(snapshot: &Snapshot, text: Option<&str>) -> Result<Option<DistrictCode>, Error> {
    let Some(text) = text else { return Ok(None) };
    let mut all = snapshot.vintages.iter().rev().flat_map(|view| &view.geography.districts);
    match all.find(|unit| unit.code == text) {
        Some(unit) => Ok(Some(unit.district.clone())),
        None => Err(Error::InvalidParameter {
            name: "district",
            detail: format!("there is no district `{}`", shortened(text)),
            allowed: snapshot.in_force(select::today()).map_or_else(Vec::new, |view| {
                view.geography.districts.iter().map(|unit| unit.code.clone()).collect()
            }),
        }),
    }
}

impl FoundOut {
    fn fitting(
        snapshot: &Snapshot,
        typed: &Typed,
        hit: Hit,
        ground: Option<&VintageView>,
        lang: Lang,
    ) -> Self {
        Self { matched: snapshot.why(typed, hit, lang), ..Self::of(snapshot, hit, ground, lang) }
    }

    /// - `ground`: on which a landmark stands.
    pub(super) fn of(snapshot: &Snapshot, hit: Hit, ground: Option<&VintageView>, lang: Lang) -> Self {
        match hit.kind() {
            Kind::District => Self::of_district(snapshot, hit, lang),
            Kind::Khoroo => Self::of_khoroo(snapshot, hit, lang),
            Kind::Practice => Self::of_practice(snapshot, hit, lang),
            Kind::Landmark => Self::of_landmark(snapshot, hit, ground, lang),
        }
    }

    fn of_district(snapshot: &Snapshot, hit: Hit, lang: Lang) -> Self {
        let view = hit.view(snapshot);
        let unit = &view.geography.districts[hit.idx as usize];
        Self {
            title: name(unit, lang).to_owned(),
            ..Self::of_unit(snapshot, hit, unit, unit.code.clone(), lang)
        }
    }

    fn of_khoroo(snapshot: &Snapshot, hit: Hit, lang: Lang) -> Self {
        let view = hit.view(snapshot);
        let unit = &view.geography.khoroos[hit.idx as usize];
        let district = &view.geography.districts[view.geography.district_of[hit.idx as usize] as usize];
        let id = format!("{}:{}", view.vintage.id, unit.code);
        let title = format!("{}, {}", name(district, lang), name(unit, lang));
        Self { title, ..Self::of_unit(snapshot, hit, unit, id, lang) }
    }

    fn of_unit(snapshot: &Snapshot, hit: Hit, unit: &Unit, id: String, lang: Lang) -> Self {
        let view = hit.view(snapshot);
        Self {
            kind: hit.kind().word(),
            id,
            code: Some(unit.code.clone()),
            vintage: view.vintage.id.to_string(),
            title: String::new(),
            title_lang: lang.tag(),
            district: Some(unit.district.to_string()),
            host: None,
            khoroo: None,
            category: None,
            address: None,
            place: None,
            year: None,
            theme: None,
            point: unit.label.map(degrees),
            bbox: unit.bounds.map(units::degrees_of),
            grade: hit.grade.word(),
            matched: String::new(),
            illustrative: view.vintage.illustrative || view.geography.illustrative,
        }
    }

    fn of_practice(snapshot: &Snapshot, hit: Hit, lang: Lang) -> Self {
        let practice = &snapshot.records.practices[hit.idx as usize];
        let in_english = practice.title_en.as_ref().filter(|_| lang == Lang::En);
        let host = &practice.host;
        let at_home = || {
            let geography = &snapshot.vintage(&host.vintage)?.geography;
            let idx = geography.khoroo_idx(&host.code)?;
            Some((&geography.districts[geography.district_of[idx] as usize], &geography.khoroos[idx]))
        };
        let inside = || at_home()?.1.label;
        Self {
            kind: hit.kind().word(),
            id: practice.id.clone(),
            code: None,
            vintage: host.vintage.to_string(),
            title: in_english.unwrap_or(&practice.title_mn).clone(),
            title_lang: if in_english.is_some() { Lang::En } else { Lang::Mn }.tag(),
            district: Some(host.code.district.to_string()),
            host: Some(host.to_string()),
            khoroo: None,
            category: None,
            address: None,
            place: at_home()
                .map(|(district, khoroo)| format!("{}, {}", name(district, lang), name(khoroo, lang))),
            year: first_year(snapshot, practice),
            theme: Some(practice.theme.clone()),
            point: snapshot.point(practice).or_else(inside).map(degrees),
            bbox: None,
            grade: hit.grade.word(),
            matched: String::new(),
            illustrative: practice.illustrative,
        }
    }

    fn of_landmark(snapshot: &Snapshot, hit: Hit, ground: Option<&VintageView>, lang: Lang) -> Self {
        let landmark = &snapshot.orientation.landmarks.rows[hit.idx as usize];
        let in_english = landmark.name_en.as_ref().filter(|_| lang == Lang::En);
        let khoroo = ground.and_then(|view| Some(&view.geography.khoroos[view.khoroo_of(landmark)?]));
        let vintage = ground.map(|view| view.vintage.id.to_string());
        let of_vintage = |unit: &Unit| Some(format!("{}:{}", vintage.as_ref()?, unit.code));
        Self {
            kind: hit.kind().word(),
            id: (hit.idx + 1).to_string(),
            code: None,
            khoroo: khoroo.and_then(of_vintage),
            vintage: vintage.unwrap_or_default(),
            title: in_english.unwrap_or(&landmark.name_mn).clone(),
            title_lang: if in_english.is_some() { Lang::En } else { Lang::Mn }.tag(),
            district: khoroo.map(|unit| unit.district.to_string()),
            host: None,
            category: landmark.kind.clone(),
            address: landmark.address.clone(),
            place: None,
            year: None,
            theme: None,
            point: Some(degrees(landmark.at)),
            bbox: None,
            grade: hit.grade.word(),
            matched: String::new(),
            illustrative: false,
        }
    }
}

/// The year of the first entry, else that in which it began.
fn first_year(snapshot: &Snapshot, practice: &Practice) -> Option<i16> {
    let of_it = entries(&snapshot.records, &snapshot.verdict).filter(|row| row.practice == practice.id);
    let first = of_it.map(|row| row.entered_on).min();
    first.or(practice.details.started_on).map(jiff::civil::Date::year)
}

fn name(unit: &Unit, lang: Lang) -> &str {
    match lang {
        Lang::Mn => &unit.name_mn,
        Lang::En => &unit.name_en,
    }
}

fn degrees(at: GridPoint) -> [f64; 2] {
    [at.lon(), at.lat()]
}
