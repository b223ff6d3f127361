//! What was known of khoroos by year: residents, households, the office and when it is open.
//!
//! Owns: their shape in JSON. Each row names its source. Telephones are of offices, made public by the
//! khoroos themselves; no person is named.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::Error;
use super::filters::{Codes, Khoroos};
use super::listing::{Column, List, Listing, Of, paged};
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{Params, invalid};
use super::{App, World};
use crate::model::{Keyed, KhorooFact, KhorooId};
use crate::snapshot::{Snapshot, sound_facts};

/// What was known of a khoroo in a year; null is unknown, not 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct KhorooFactOut {
    /// Vintage and code.
    #[schema(example = "2022:bzd-26")]
    khoroo: String,
    /// Code of its district.
    #[schema(example = "bzd")]
    district: String,
    #[schema(example = 2022)]
    year: i16,
    #[schema(example = 9800)]
    population: Option<i64>,
    households: Option<i64>,
    /// Code in `/api/v1/settings`.
    setting: Option<String>,
    office_address: Option<String>,
    /// The office: longitude, latitude.
    office: Option<[f64; 2]>,
    /// Of the office.
    phone: Option<String>,
    opening_hours: Option<String>,
    /// Where the facts come from.
    source: String,
    illustrative: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct KhorooFactParams {
    /// Only khoroos of these districts.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Only these khoroos: `bzd-26` in any vintage, `2022:bzd-26` in one.
    khoroo: Option<String>,
    /// Only khoroos of these vintages.
    vintage: Option<String>,
    /// Only this year.
    year: Option<String>,
    /// Only these settings.
    setting: Option<String>,
    /// Columns with commas between, falling with a minus: `khoroo`, `year`, `population`, `households`.
    #[param(example = "khoroo,-year")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(KhorooFactParams);

static LIST: List<KhorooFact> = List {
    columns: &[
        Column { name: "khoroo", of: Of::Name(|fact| Some(fact.khoroo.to_string())) },
        Column { name: "year", of: Of::Number(|fact| Some(fact.year.into())) },
        Column { name: "population", of: Of::Number(|fact| fact.population) },
        Column { name: "households", of: Of::Number(|fact| fact.households) },
    ],
    sort: "khoroo,year",
    id: |fact| fact.key().to_string(),
};

/// Facts of khoroos by year.
#[utoipa::path(get, path = "/api/v1/khoroo-facts", tag = "lists", params(KhorooFactParams),
    responses((status = 200, body = Page<KhorooFactOut>), Refusals))]
pub async fn list_khoroo_facts(
    State(app): State<App>,
    Params(params): Params<KhorooFactParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let listing = Listing::read(&LIST, params.paged())?;
    let wanted = Wanted::read(&world.snapshot, &params)?;
    let key = Key { content: world.turn.clone(), answer: format!("khoroo facts {params:?}") };
    let make = move || facts_page(&world, &wanted, &listing, &uri);
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

/// Facts of the khoroos that `is_wanted`, the newest first.
pub fn newest_first(snapshot: &Snapshot, is_wanted: impl Fn(&KhorooId) -> bool) -> Vec<KhorooFactOut> {
    let mut facts: Vec<&KhorooFact> =
        sound_facts(&snapshot.records, &snapshot.verdict).filter(|fact| is_wanted(&fact.khoroo)).collect();
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.year));
    facts.into_iter().map(KhorooFactOut::of).collect()
}

struct Wanted {
    khoroos: Khoroos,
    vintage: Codes,
    setting: Codes,
    year: Option<i16>,
}

impl Wanted {
    fn read(snapshot: &Snapshot, params: &KhorooFactParams) -> Result<Self, Error> {
        let vintages = snapshot.vintages.iter().map(|view| view.vintage.id.as_str());
        let settings = snapshot.records.settings.iter().map(|setting| setting.code.as_str());
        Ok(Self {
            khoroos: Khoroos::read(
                snapshot,
                ("district", params.district.as_deref()),
                ("khoroo", params.khoroo.as_deref()),
            )?,
            vintage: Codes::read(("vintage", params.vintage.as_deref()), vintages)?,
            setting: Codes::read(("setting", params.setting.as_deref()), settings)?,
            year: params.year.as_deref().map(year).transpose()?,
        })
    }

    fn holds(&self, fact: &KhorooFact) -> bool {
        self.khoroos.hold(&fact.khoroo)
            && self.vintage.hold(fact.khoroo.vintage.as_str())
            && self.setting.hold_known(fact.setting.as_deref())
            && self.year.is_none_or(|year| year == fact.year)
    }
}

fn year(text: &str) -> Result<i16, Error> {
    text.parse().map_err(|_| invalid("year", text, "a year such as 2022 is needed"))
}

fn facts_page(
    world: &World,
    wanted: &Wanted,
    listing: &Listing<KhorooFact>,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let snapshot = &world.snapshot;
    let facts = sound_facts(&snapshot.records, &snapshot.verdict);
    let rows = facts.filter(|fact| wanted.holds(fact)).collect();
    serde_json::to_vec(&listing.page(rows, uri).map(KhorooFactOut::of)).map_err(Error::internal)
}

impl KhorooFactOut {
    fn of(fact: &KhorooFact) -> Self {
        Self {
            khoroo: fact.khoroo.to_string(),
            district: fact.khoroo.code.district.to_string(),
            year: fact.year,
            population: fact.population,
            households: fact.households,
            setting: fact.setting.clone(),
            office_address: fact.office_address.clone(),
            office: fact.office.map(|at| [at.lon(), at.lat()]),
            phone: fact.phone.clone(),
            opening_hours: fact.opening_hours.clone(),
            source: fact.source.clone(),
            illustrative: fact.illustrative,
        }
    }
}
