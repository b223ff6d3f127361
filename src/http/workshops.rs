//! Network workshops: when, for whom, at what cost, and which practices were presented.
//!
//! Owns: which of a workshop's fields are shown. Where exactly people met, and how many of them were women,
//! stay inside; practices that are not public are left out.

use std::collections::{BTreeSet, HashMap};

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::Error;
use super::filters::{Codes, Days};
use super::listing::{Column, List, Listing, Of, paged};
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{Params, unless_all};
use super::{App, World};
use crate::model::{DistrictCode, Keyed, Mode, Records, Workshop, WorkshopScope};
use crate::snapshot::Snapshot;

/// A workshop; null is unknown, not 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkshopOut {
    #[schema(example = "w-2022-bzd-1")]
    id: String,
    #[schema(example = "2022")]
    cycle: String,
    /// `district`, `multi_district` or `city`.
    scope: &'static str,
    /// Where the scope is one district.
    #[schema(example = "bzd")]
    district: Option<String>,
    #[schema(example = "2022-05-14")]
    held_on: String,
    /// `face_to_face`, `virtual` or `hybrid`.
    mode: &'static str,
    /// ₮.
    #[schema(example = 100_200)]
    cost: Option<i64>,
    #[schema(example = 145)]
    invited: Option<i64>,
    #[schema(example = 100)]
    attended: Option<i64>,
    /// Ids of the practices presented, of those that are public.
    #[schema(example = json!(["p-2022-001"]))]
    practices: Vec<String>,
    illustrative: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WorkshopParams {
    /// Only workshops of these cycles; several with commas between.
    #[param(example = "2022")]
    cycle: Option<String>,
    /// Only workshops of one of these districts alone.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Only these of `district`, `multi_district`, `city`.
    scope: Option<String>,
    /// Only these of `face_to_face`, `virtual`, `hybrid`.
    mode: Option<String>,
    /// Only workshops where this practice was presented.
    practice: Option<String>,
    /// Only workshops held on this day or later.
    held_from: Option<String>,
    /// Only workshops held on this day or earlier.
    held_to: Option<String>,
    /// Columns with commas between, falling with a minus: `id`, `cycle`, `scope`, `district`, `held_on`,
    /// `mode`, `cost`, `invited`, `attended`.
    #[param(example = "-held_on,id")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(WorkshopParams);

static LIST: List<Workshop> = List {
    columns: &[
        Column { name: "id", of: Of::Word(|w| Some(w.id.clone())) },
        Column { name: "cycle", of: Of::Word(|w| Some(w.cycle.clone())) },
        Column { name: "scope", of: Of::Word(|w| Some(w.scope.to_string())) },
        Column { name: "district", of: Of::Word(|w| w.district.as_ref().map(ToString::to_string)) },
        Column { name: "held_on", of: Of::Day(|w| Some(w.held_on)) },
        Column { name: "mode", of: Of::Word(|w| Some(w.mode.to_string())) },
        Column { name: "cost", of: Of::Number(|w| w.cost) },
        Column { name: "invited", of: Of::Number(|w| w.invited) },
        Column { name: "attended", of: Of::Number(Workshop::attended) },
    ],
    sort: "id",
    id: |w| w.id.clone(),
};

/// Network workshops.
#[utoipa::path(get, path = "/api/v1/workshops", tag = "lists", params(WorkshopParams),
    responses((status = 200, body = Page<WorkshopOut>), Refusals))]
pub async fn list_workshops(
    State(app): State<App>,
    Params(params): Params<WorkshopParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let listing = Listing::read(&LIST, params.paged())?;
    let wanted = Wanted::read(&world.snapshot, &params)?;
    let key = Key { content: world.turn.clone(), answer: format!("workshops {params:?}") };
    let body = app.made(key, move || workshops_page(&world, &wanted, &listing, &uri)).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

struct Wanted {
    cycle: Codes,
    district: Codes,
    scope: Codes,
    mode: Codes,
    practice: Codes,
    held: Days,
}

impl Wanted {
    fn read(snapshot: &Snapshot, params: &WorkshopParams) -> Result<Self, Error> {
        let records = &snapshot.records;
        Ok(Self {
            cycle: Codes::read(
                ("cycle", unless_all(params.cycle.as_deref())),
                records.cycles.iter().map(|cycle| cycle.id.as_str()),
            )?,
            district: Codes::read(
                ("district", params.district.as_deref()),
                snapshot.districts.iter().map(|district| district.code.as_str()),
            )?,
            scope: Codes::read(
                ("scope", params.scope.as_deref()),
                WorkshopScope::ALL.iter().map(|scope| scope.word()),
            )?,
            mode: Codes::read(("mode", params.mode.as_deref()), Mode::ALL.iter().map(|mode| mode.word()))?,
            practice: Codes::read_ids(("practice", params.practice.as_deref()), |id| {
                snapshot.public_practice(id).is_some()
            })?,
            held: Days::read(
                ("held_from", params.held_from.as_deref()),
                ("held_to", params.held_to.as_deref()),
            )?,
        })
    }

    fn holds(&self, workshop: &Workshop, presented: &[&str]) -> bool {
        self.cycle.hold(&workshop.cycle)
            && self.district.hold_known(workshop.district.as_ref().map(DistrictCode::as_str))
            && self.scope.hold(workshop.scope.word())
            && self.mode.hold(workshop.mode.word())
            && (!self.practice.are_asked() || presented.iter().any(|id| self.practice.hold(id)))
            && self.held.hold(workshop.held_on)
    }
}

fn workshops_page(
    world: &World,
    wanted: &Wanted,
    listing: &Listing<Workshop>,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let (records, broken) = (&world.snapshot.records, &world.snapshot.verdict.broken);
    let presented = presented(&world.snapshot, records);
    let of = |id: &str| presented.get(id).map_or(&[][..], Vec::as_slice);
    let sound = records.workshops.iter().filter(|row| broken.is_empty() || !broken.contains(&row.key()));
    let rows = sound.filter(|workshop| wanted.holds(workshop, of(&workshop.id))).collect();
    let page = listing.page(rows, uri).map(|workshop| WorkshopOut::of(workshop, of(&workshop.id)));
    serde_json::to_vec(&page).map_err(Error::internal)
}

/// Public practices by the workshop where they were presented, in the order of their ids.
fn presented<'a>(snapshot: &Snapshot, records: &'a Records) -> HashMap<&'a str, Vec<&'a str>> {
    let broken = &snapshot.verdict.broken;
    let sound = records.workshop_practices.iter().filter(|row| !broken.contains(&row.key()));
    let shown = sound.filter(|row| snapshot.public_practice(&row.practice).is_some());
    let rows: BTreeSet<_> = shown.map(|row| (row.workshop.as_str(), row.practice.as_str())).collect();
    let mut presented = HashMap::<_, Vec<_>>::new();
    for (workshop, practice) in rows {
        presented.entry(workshop).or_default().push(practice);
    }
    presented
}

impl WorkshopOut {
    fn of(row: &Workshop, practices: &[&str]) -> Self {
        Self {
            id: row.id.clone(),
            cycle: row.cycle.clone(),
            scope: row.scope.word(),
            district: row.district.as_ref().map(ToString::to_string),
            held_on: row.held_on.to_string(),
            mode: row.mode.word(),
            cost: row.cost,
            invited: row.invited,
            attended: row.attended(),
            practices: practices.iter().map(|&id| id.to_owned()).collect(),
            illustrative: row.illustrative,
        }
    }
}
