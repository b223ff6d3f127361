//! Good practices, all of them and one with its rounds and copies.
//!
//! Owns: which of a practice's fields are shown, and that only what is public leaves: practices from
//! `identified` on.

pub mod full;

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::answer::{Answer, JSON};
use crate::http::cache::Key;
use crate::http::error::Error;
use crate::http::filters::{Codes, Days, Khoroos};
use crate::http::listing::{Column, List, Listing, Of, paged};
use crate::http::openapi::Refusals;
use crate::http::paging::Page;
use crate::http::params::{Params, unless_all};
use crate::http::{App, World};
use crate::model::{Identification, Maturity, Practice, PracticeStatus, Replicability};
use crate::snapshot::search::Typed;
use crate::snapshot::{Snapshot, copies, counting_statuses, entries};

/// A good practice, identified and so public.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeOut {
    #[schema(example = "p-2022-001")]
    id: String,
    title_mn: String,
    title_en: Option<String>,
    summary_mn: Option<String>,
    summary_en: Option<String>,
    #[schema(example = "waste")]
    theme: String,
    /// The khoroo at home with it, as vintage and code.
    #[schema(example = "2022:bzd-26")]
    host: String,
    /// Code of the host's district.
    #[schema(example = "bzd")]
    district: String,
    /// `identified`, `shared` or `archived`.
    status: &'static str,
    /// Cycles in which it was entered.
    #[schema(example = json!(["2022"]))]
    cycles: Vec<String>,
    /// Copies made elsewhere.
    n_replications: usize,
    #[schema(example = "2021-03-01")]
    started_on: Option<String>,
    problem_mn: Option<String>,
    problem_en: Option<String>,
    what_we_did_mn: Option<String>,
    what_we_did_en: Option<String>,
    result_mn: Option<String>,
    result_en: Option<String>,
    /// Code in `/api/v1/settings`.
    #[schema(example = "ger")]
    setting: Option<String>,
    /// To set it up once, ₮; null is unknown, not 0.
    #[schema(example = 100_200)]
    cost_setup: Option<i64>,
    /// To keep it going for a year, ₮.
    cost_year: Option<i64>,
    people_served: Option<i64>,
    /// `easy`, `medium` or `hard`.
    replicability: Option<&'static str>,
    /// `promising`, `demonstrated` or `replicated`.
    maturity: Option<&'static str>,
    /// Last day on which somebody made sure that it is still in use.
    last_confirmed_on: Option<String>,
    /// Longitude, latitude.
    location: Option<[f64; 2]>,
    illustrative: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PracticeParams {
    /// Only these themes; several with commas between.
    #[param(example = "waste")]
    theme: Option<String>,
    /// Only practices at home in these districts.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Only practices at home in these khoroos: `bzd-26` in any vintage, `2022:bzd-26` in one.
    khoroo: Option<String>,
    /// Only practices entered in these cycles.
    cycle: Option<String>,
    /// Only these of `identified`, `shared`, `archived`.
    status: Option<String>,
    /// Only these settings.
    setting: Option<String>,
    /// Only these of `easy`, `medium`, `hard`.
    replicability: Option<String>,
    /// Only these of `promising`, `demonstrated`, `replicated`.
    maturity: Option<String>,
    /// Only practices that these words fit, as in `/api/v1/search`.
    #[param(example = "hog hayagdal")]
    q: Option<String>,
    /// Only practices entered in a cycle on this day or later.
    entered_from: Option<String>,
    /// Only practices entered in a cycle on this day or earlier.
    entered_to: Option<String>,
    /// Columns with commas between, falling with a minus: `id`, `title_mn`, `title_en`, `theme`, `host`,
    /// `status`, `started_on`, `last_confirmed_on`, `cost_setup`, `cost_year`, `people_served`.
    #[param(example = "-people_served,id")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(PracticeParams);

static LIST: List<Practice> = List {
    columns: &[
        Column { name: "id", of: Of::Word(|p| Some(p.id.clone())) },
        Column { name: "title_mn", of: Of::Name(|p| Some(p.title_mn.clone())) },
        Column { name: "title_en", of: Of::Name(|p| p.title_en.clone()) },
        Column { name: "theme", of: Of::Word(|p| Some(p.theme.clone())) },
        Column { name: "host", of: Of::Name(|p| Some(p.host.to_string())) },
        Column { name: "status", of: Of::Word(|p| Some(p.status.to_string())) },
        Column { name: "started_on", of: Of::Day(|p| p.details.started_on) },
        Column { name: "last_confirmed_on", of: Of::Day(|p| p.details.last_confirmed_on) },
        Column { name: "cost_setup", of: Of::Number(|p| p.details.cost_setup) },
        Column { name: "cost_year", of: Of::Number(|p| p.details.cost_year) },
        Column { name: "people_served", of: Of::Number(|p| p.details.people_served) },
    ],
    sort: "id",
    id: |p| p.id.clone(),
};

/// `practices` as they are shown.
pub fn shown(snapshot: &Snapshot, practices: &[&Practice]) -> Vec<PracticeOut> {
    let related = Related::of(snapshot, practices);
    practices.iter().map(|practice| PracticeOut::of(practice, &related)).collect()
}

/// Identified practices.
#[utoipa::path(get, path = "/api/v1/practices", tag = "lists", params(PracticeParams),
    responses((status = 200, body = Page<PracticeOut>), Refusals))]
pub async fn list_practices(
    State(app): State<App>,
    Params(params): Params<PracticeParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let listing = Listing::read(&LIST, params.paged())?;
    let wanted = Wanted::read(&world.snapshot, &params)?;
    let key = Key { content: world.turn.clone(), answer: format!("practices {params:?}") };
    let make = move || practices_page(&world, &wanted, &listing, &uri);
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

/// What is asked for; every code of it is one that there is.
struct Wanted {
    theme: Codes,
    khoroos: Khoroos,
    cycle: Codes,
    status: Codes,
    setting: Codes,
    replicability: Codes,
    maturity: Codes,
    typed: Option<Typed>,
    entered: Days,
}

impl Wanted {
    fn read(snapshot: &Snapshot, params: &PracticeParams) -> Result<Self, Error> {
        let records = &snapshot.records;
        let statuses = PracticeStatus::ALL.iter().filter(|status| status.may_be_public());
        Ok(Self {
            theme: Codes::read(
                ("theme", unless_all(params.theme.as_deref())),
                records.themes.iter().map(|t| t.code.as_str()),
            )?,
            khoroos: Khoroos::read(
                snapshot,
                ("district", params.district.as_deref()),
                ("khoroo", params.khoroo.as_deref()),
            )?,
            cycle: Codes::read(
                ("cycle", unless_all(params.cycle.as_deref())),
                records.cycles.iter().map(|c| c.id.as_str()),
            )?,
            status: Codes::read(("status", params.status.as_deref()), statuses.map(|s| s.word()))?,
            setting: Codes::read(
                ("setting", params.setting.as_deref()),
                records.settings.iter().map(|s| s.code.as_str()),
            )?,
            replicability: Codes::read(
                ("replicability", params.replicability.as_deref()),
                Replicability::ALL.iter().map(|r| r.word()),
            )?,
            maturity: Codes::read(
                ("maturity", params.maturity.as_deref()),
                Maturity::ALL.iter().map(|m| m.word()),
            )?,
            typed: crate::http::search::typed("q", params.q.as_deref())?,
            entered: Days::read(
                ("entered_from", params.entered_from.as_deref()),
                ("entered_to", params.entered_to.as_deref()),
            )?,
        })
    }

    /// Ids of practices with one entry in the cycles and days asked for; `None` if all will do.
    fn entered<'a>(&self, snapshot: &'a Snapshot) -> Option<HashSet<&'a str>> {
        if !self.cycle.are_asked() && !self.entered.are_asked() {
            return None;
        }
        let rows = entries(&snapshot.records, &snapshot.verdict);
        let rows = rows.filter(|row| self.cycle.hold(&row.cycle) && self.entered.hold(row.entered_on));
        Some(rows.map(|row| row.practice.as_str()).collect())
    }

    fn holds(&self, practice: &Practice) -> bool {
        let details = &practice.details;
        self.theme.hold(&practice.theme)
            && self.khoroos.hold(&practice.host)
            && self.status.hold(practice.status.word())
            && self.setting.hold_known(details.setting.as_deref())
            && self.replicability.hold_known(details.replicability.map(Replicability::word))
            && self.maturity.hold_known(details.maturity.map(Maturity::word))
    }
}

fn practices_page(
    world: &World,
    wanted: &Wanted,
    listing: &Listing<Practice>,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let snapshot = &world.snapshot;
    let entered = wanted.entered(snapshot);
    let told: Vec<&Practice> = match &wanted.typed {
        Some(typed) => {
            let found = snapshot.search.practices(typed).into_iter();
            found.map(|at| &snapshot.records.practices[at]).collect()
        }
        None => snapshot.public_practices().collect(),
    };
    let rows = told
        .into_iter()
        .filter(|practice| wanted.holds(practice))
        .filter(|practice| entered.as_ref().is_none_or(|ids| ids.contains(practice.id.as_str())));
    let page = listing.page(rows.collect(), uri);
    let items = shown(snapshot, &page.items);
    serde_json::to_vec(&Page { items, total: page.total, next: page.next }).map_err(Error::internal)
}

/// What other records say of practices.
struct Related<'a> {
    entries: HashMap<&'a str, Vec<&'a Identification>>,
    n_made: HashMap<&'a str, usize>,
}

impl<'a> Related<'a> {
    fn of(snapshot: &'a Snapshot, practices: &[&Practice]) -> Self {
        let wanted: HashSet<&str> = practices.iter().map(|practice| practice.id.as_str()).collect();
        let mut related = Self { entries: HashMap::new(), n_made: HashMap::new() };
        for row in entries(&snapshot.records, &snapshot.verdict) {
            if wanted.contains(row.practice.as_str()) {
                related.entries.entry(&row.practice).or_default().push(row);
            }
        }
        let counting = counting_statuses(&snapshot.records);
        for copy in copies(&snapshot.records, &snapshot.verdict) {
            if counting.contains(copy.status.as_str()) && wanted.contains(copy.practice.as_str()) {
                *related.n_made.entry(&copy.practice).or_default() += 1;
            }
        }
        related
    }
}

impl PracticeOut {
    fn of(practice: &Practice, related: &Related<'_>) -> Self {
        let details = practice.details.clone();
        let id = practice.id.as_str();
        let mut cycles: Vec<String> =
            related.entries.get(id).into_iter().flatten().map(|row| row.cycle.clone()).collect();
        cycles.sort();
        Self {
            id: practice.id.clone(),
            title_mn: practice.title_mn.clone(),
            title_en: practice.title_en.clone(),
            summary_mn: practice.summary_mn.clone(),
            summary_en: practice.summary_en.clone(),
            theme: practice.theme.clone(),
            host: practice.host.to_string(),
            district: practice.host.code.district.to_string(),
            status: practice.status.word(),
            cycles,
            n_replications: related.n_made.get(id).copied().unwrap_or_default(),
            started_on: details.started_on.map(|day| day.to_string()),
            problem_mn: details.problem_mn,
            problem_en: details.problem_en,
            what_we_did_mn: details.what_we_did_mn,
            what_we_did_en: details.what_we_did_en,
            result_mn: details.result_mn,
            result_en: details.result_en,
            setting: details.setting,
            cost_setup: details.cost_setup,
            cost_year: details.cost_year,
            people_served: details.people_served,
            replicability: details.replicability.map(Replicability::word),
            maturity: details.maturity.map(Maturity::word),
            last_confirmed_on: details.last_confirmed_on.map(|day| day.to_string()),
            location: practice.location.map(|at| [at.lon(), at.lat()]),
            illustrative: practice.illustrative,
        }
    }
}
