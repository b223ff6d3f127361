//! Practices copied by other khoroos, with the money set aside for them.
//!
//! Owns: which of a copy's fields are shown. Copies that break a rule are left out, as they are of figures,
//! so that a list and a figure agree; so are copies of practices that are not public.

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, JSON};
use super::cache::Key;
use super::error::Error;
use super::filters::{Codes, Days, Khoroos};
use super::listing::{Column, List, Listing, Of, paged};
use super::openapi::Refusals;
use super::paging::Page;
use super::params::{Params, unless_all};
use super::{App, World};
use crate::model::{BudgetLine, LearningRoute, Practice, Replication};
use crate::snapshot::{Carrier, Snapshot, budget_lines, copies};

/// A practice copied by another khoroo.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplicationOut {
    #[schema(example = "r-2022-001")]
    id: String,
    /// Id of the practice.
    #[schema(example = "p-2022-001")]
    practice: String,
    title_mn: Option<String>,
    title_en: Option<String>,
    #[schema(example = "waste")]
    theme: Option<String>,
    /// The khoroo that it was copied from.
    #[schema(example = "2022:bzd-26")]
    host: Option<String>,
    /// The khoroo that copies, as vintage and code.
    #[schema(example = "2022:bgd-3")]
    khoroo: String,
    /// The khoroo in the boundaries of the cycle where the practice is at home; null where none is.
    #[schema(example = "2022:bzd-26")]
    from: Option<String>,
    /// The khoroo in the boundaries of the cycle that answers for the one that copies; null where none does.
    #[schema(example = "2022:bgd-3")]
    to: Option<String>,
    /// Code of its district.
    #[schema(example = "bgd")]
    district: String,
    #[schema(example = "2022")]
    cycle: String,
    /// Code in `/api/v1/replication-statuses`.
    #[schema(example = "completed")]
    status: String,
    #[schema(example = "2022-07-01")]
    decided_on: String,
    completed_on: Option<String>,
    /// How the khoroo learned of it: `visit`, `workshop`, `online`, `tracker_only` or `other`.
    learning_route: Option<&'static str>,
    /// What was changed to make it work there.
    adaptations: Option<String>,
    people_served: Option<i64>,
    /// ₮ over all lines; null where there are none, which is unknown, not 0.
    #[schema(example = 100_200)]
    budget_total: Option<i64>,
    budget: Vec<BudgetLineOut>,
    illustrative: bool,
}

/// Money set aside.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetLineOut {
    /// Code in `/api/v1/funding-sources`.
    #[schema(example = "own")]
    source: String,
    /// ₮.
    #[schema(example = 100_200)]
    amount: i64,
    #[schema(example = 2022)]
    fiscal_year: i16,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReplicationParams {
    /// Only copies of this practice.
    practice: Option<String>,
    /// Only copies of practices of these themes.
    #[param(example = "waste")]
    theme: Option<String>,
    /// Only copies made in these districts.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Only copies made in these khoroos: `bzd-26` in any vintage, `2022:bzd-26` in one.
    khoroo: Option<String>,
    /// Only copies of practices at home in these districts.
    host_district: Option<String>,
    /// Only copies of practices at home in these khoroos.
    host_khoroo: Option<String>,
    /// Only these cycles.
    cycle: Option<String>,
    /// Only these statuses, such as `completed`.
    status: Option<String>,
    /// Only copies with money from these sources.
    source: Option<String>,
    /// Only these of `visit`, `workshop`, `online`, `tracker_only`, `other`.
    learning_route: Option<String>,
    /// Only copies decided on this day or later.
    decided_from: Option<String>,
    /// Only copies decided on this day or earlier.
    decided_to: Option<String>,
    /// Only copies completed on this day or later.
    completed_from: Option<String>,
    /// Only copies completed on this day or earlier.
    completed_to: Option<String>,
    /// Columns with commas between, falling with a minus: `id`, `practice`, `khoroo`, `cycle`, `status`,
    /// `decided_on`, `completed_on`, `people_served`.
    #[param(example = "-completed_on,id")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(ReplicationParams);

static LIST: List<Replication> = List {
    columns: &[
        Column { name: "id", of: Of::Word(|r| Some(r.id.clone())) },
        Column { name: "practice", of: Of::Word(|r| Some(r.practice.clone())) },
        Column { name: "khoroo", of: Of::Name(|r| Some(r.khoroo.to_string())) },
        Column { name: "cycle", of: Of::Word(|r| Some(r.cycle.clone())) },
        Column { name: "status", of: Of::Word(|r| Some(r.status.clone())) },
        Column { name: "decided_on", of: Of::Day(|r| Some(r.decided_on)) },
        Column { name: "completed_on", of: Of::Day(|r| r.completed_on) },
        Column { name: "people_served", of: Of::Number(|r| r.people_served) },
    ],
    sort: "id",
    id: |r| r.id.clone(),
};

/// Copies of identified practices.
#[utoipa::path(get, path = "/api/v1/replications", tag = "lists", params(ReplicationParams),
    responses((status = 200, body = Page<ReplicationOut>), Refusals))]
pub async fn list_replications(
    State(app): State<App>,
    Params(params): Params<ReplicationParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let listing = Listing::read(&LIST, params.paged())?;
    let wanted = Wanted::read(&world.snapshot, &params)?;
    let key = Key { content: world.turn.clone(), answer: format!("replications {params:?}") };
    let make = move || replications_page(&world, &wanted, &listing, &uri);
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

/// Copies as they are shown.
pub fn shown(snapshot: &Snapshot, rows: &[&Replication]) -> Vec<ReplicationOut> {
    let wanted: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut lines: HashMap<&str, Vec<&BudgetLine>> = HashMap::new();
    for line in budget_lines(&snapshot.records, &snapshot.verdict)
        .filter(|line| wanted.contains(line.replication.as_str()))
    {
        lines.entry(&line.replication).or_default().push(line);
    }
    let carrier = snapshot.carrier();
    let out = |row: &&Replication| {
        let lines = lines.get(row.id.as_str()).map_or(&[][..], Vec::as_slice);
        let practice = snapshot.public_practice(&row.practice);
        ReplicationOut::of(row, practice, ends(snapshot, &carrier, row, practice), lines)
    };
    rows.iter().map(out).collect()
}

/// What is asked for; every code of it is one that there is.
struct Wanted {
    practice: Codes,
    theme: Codes,
    khoroos: Khoroos,
    hosts: Khoroos,
    cycle: Codes,
    status: Codes,
    source: Codes,
    learning_route: Codes,
    decided: Days,
    completed: Days,
}

impl Wanted {
    fn read(snapshot: &Snapshot, params: &ReplicationParams) -> Result<Self, Error> {
        let records = &snapshot.records;
        Ok(Self {
            practice: Codes::read_ids(("practice", params.practice.as_deref()), |id| {
                snapshot.public_practice(id).is_some()
            })?,
            theme: Codes::read(
                ("theme", unless_all(params.theme.as_deref())),
                records.themes.iter().map(|t| t.code.as_str()),
            )?,
            khoroos: Khoroos::read(
                snapshot,
                ("district", params.district.as_deref()),
                ("khoroo", params.khoroo.as_deref()),
            )?,
            hosts: Khoroos::read(
                snapshot,
                ("host_district", params.host_district.as_deref()),
                ("host_khoroo", params.host_khoroo.as_deref()),
            )?,
            cycle: Codes::read(
                ("cycle", unless_all(params.cycle.as_deref())),
                records.cycles.iter().map(|c| c.id.as_str()),
            )?,
            status: Codes::read(
                ("status", params.status.as_deref()),
                records.replication_statuses.iter().map(|s| s.code.as_str()),
            )?,
            source: Codes::read(
                ("source", params.source.as_deref()),
                records.funding_sources.iter().map(|s| s.code.as_str()),
            )?,
            learning_route: Codes::read(
                ("learning_route", params.learning_route.as_deref()),
                LearningRoute::ALL.iter().map(|r| r.word()),
            )?,
            decided: Days::read(
                ("decided_from", params.decided_from.as_deref()),
                ("decided_to", params.decided_to.as_deref()),
            )?,
            completed: Days::read(
                ("completed_from", params.completed_from.as_deref()),
                ("completed_to", params.completed_to.as_deref()),
            )?,
        })
    }

    fn holds(&self, copy: &Replication, practice: &Practice) -> bool {
        self.practice.hold(&copy.practice)
            && self.theme.hold(&practice.theme)
            && self.khoroos.hold(&copy.khoroo)
            && self.hosts.hold(&practice.host)
            && self.cycle.hold(&copy.cycle)
            && self.status.hold(&copy.status)
            && self.learning_route.hold_known(copy.learning_route.map(LearningRoute::word))
            && self.decided.hold(copy.decided_on)
            && self.completed.hold_known(copy.completed_on)
    }
}

fn replications_page(
    world: &World,
    wanted: &Wanted,
    listing: &Listing<Replication>,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let snapshot = &world.snapshot;
    let paid: Option<HashSet<&str>> = wanted.source.are_asked().then(|| {
        let lines = budget_lines(&snapshot.records, &snapshot.verdict)
            .filter(|line| wanted.source.hold(&line.source));
        lines.map(|line| line.replication.as_str()).collect()
    });
    let rows = copies(&snapshot.records, &snapshot.verdict)
        .filter(|copy| snapshot.public_practice(&copy.practice).is_some_and(|p| wanted.holds(copy, p)))
        .filter(|copy| paid.as_ref().is_none_or(|ids| ids.contains(copy.id.as_str())));
    let page = listing.page(rows.collect(), uri);
    let items = shown(snapshot, &page.items);
    serde_json::to_vec(&Page { items, total: page.total, next: page.next }).map_err(Error::internal)
}

/// From where to where the copy went, in the boundaries of its cycle.
fn ends(
    snapshot: &Snapshot,
    carrier: &Carrier<'_>,
    row: &Replication,
    practice: Option<&Practice>,
) -> [Option<String>; 2] {
    let ground = snapshot.cycle(&row.cycle).and_then(|cycle| {
        let idx = snapshot.vintages.iter().position(|view| view.vintage.id == cycle.vintage)?;
        Some((idx, &snapshot.vintages[idx]))
    });
    let Some((ground, view)) = ground else { return [None, None] };
    let name = |idx: usize| format!("{}:{}", view.vintage.id, view.geography.khoroos[idx].code);
    let home = practice.and_then(|practice| snapshot.home(practice, ground));
    [home.map(|home| name(home.khoroo)), carrier.carry(&row.khoroo, ground).map(name)]
}

impl ReplicationOut {
    fn of(
        row: &Replication,
        practice: Option<&Practice>,
        [from, to]: [Option<String>; 2],
        lines: &[&BudgetLine],
    ) -> Self {
        let total = lines.iter().map(|line| line.amount).reduce(i64::saturating_add);
        let lines = lines.iter().map(|line| BudgetLineOut {
            source: line.source.clone(),
            amount: line.amount,
            fiscal_year: line.fiscal_year,
        });
        Self {
            id: row.id.clone(),
            practice: row.practice.clone(),
            title_mn: practice.map(|p| p.title_mn.clone()),
            title_en: practice.and_then(|p| p.title_en.clone()),
            theme: practice.map(|p| p.theme.clone()),
            host: practice.map(|p| p.host.to_string()),
            khoroo: row.khoroo.to_string(),
            from,
            to,
            district: row.khoroo.code.district.to_string(),
            cycle: row.cycle.clone(),
            status: row.status.clone(),
            decided_on: row.decided_on.to_string(),
            completed_on: row.completed_on.map(|day| day.to_string()),
            learning_route: row.learning_route.map(LearningRoute::word),
            adaptations: row.adaptations.clone(),
            people_served: row.people_served,
            budget_total: total,
            budget: lines.collect(),
            illustrative: row.illustrative,
        }
    }
}
