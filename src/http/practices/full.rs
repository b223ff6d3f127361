//! One practice with its rounds and its copies.
//!
//! Owns: which stages are told: those that the practice passed. What was returned or rejected is nobody's
//! business.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PracticeOut, Related};
use crate::http::App;
use crate::http::answer::{Answer, JSON};
use crate::http::cache::Key;
use crate::http::error::Error;
use crate::http::openapi::Refusals;
use crate::http::params::{NoParams, Params, Path};
use crate::http::replications::{self, ReplicationOut};
use crate::model::{Decision, Identification, Keyed, Mode, Practice, Stage};
use crate::snapshot::{Snapshot, copies};

/// A practice with its rounds and its copies.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeInFull {
    #[serde(flatten)]
    practice: PracticeOut,
    /// Rounds that it took part in, by day.
    entries: Vec<EntryOut>,
    /// Copies elsewhere, in any state, by the day they were decided on.
    replications: Vec<ReplicationOut>,
}

/// A practice's part in a cycle.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryOut {
    #[schema(example = "2022")]
    cycle: String,
    /// The khoroo that entered it.
    #[schema(example = "2022:bzd-26")]
    khoroo: String,
    #[schema(example = "2022-05-14")]
    entered_on: String,
    /// `face_to_face`, `virtual` or `hybrid`.
    mode: Option<&'static str>,
    /// ₮.
    cost: Option<i64>,
    invited: Option<i64>,
    attended: Option<i64>,
    awarded: bool,
    /// Stages that it passed.
    stages: Vec<StageOut>,
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StageOut {
    /// `khoroo`, `district` or `city`.
    stage: &'static str,
    #[schema(example = "2022-06-20")]
    reached_on: String,
    awarded: bool,
}

/// One identified practice, with the rounds it took part in and its copies.
#[utoipa::path(get, path = "/api/v1/practices/{id}", tag = "lists",
    params(("id" = String, Path, description = "As in the list", example = "p-2022-001")),
    responses((status = 200, body = PracticeInFull), Refusals))]
pub async fn get_practice(
    State(app): State<App>,
    Path(id): Path<String>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    // Refused before it is made: what is not there takes no room and no turn.
    world.snapshot.public_practice(&id).ok_or_else(|| Error::not_found("practice", &id))?;
    let key = Key { content: world.turn.clone(), answer: format!("practice {id}") };
    let make = move || {
        let practice = world.snapshot.public_practice(&id).expect("it was there, in the same snapshot");
        serde_json::to_vec(&in_full(&world.snapshot, practice)).map_err(Error::internal)
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

fn in_full(snapshot: &Snapshot, practice: &Practice) -> PracticeInFull {
    let related = Related::of(snapshot, &[practice]);
    let mut rounds: Vec<&Identification> =
        related.entries.get(practice.id.as_str()).cloned().unwrap_or_default();
    rounds.sort_by_key(|row| (row.entered_on, &row.cycle));
    let mut made: Vec<_> =
        copies(&snapshot.records, &snapshot.verdict).filter(|copy| copy.practice == practice.id).collect();
    made.sort_by_key(|copy| (copy.decided_on, &copy.id));
    PracticeInFull {
        practice: PracticeOut::of(practice, &related),
        entries: rounds.into_iter().map(|row| EntryOut::of(snapshot, row)).collect(),
        replications: replications::shown(snapshot, &made),
    }
}

impl EntryOut {
    fn of(snapshot: &Snapshot, row: &Identification) -> Self {
        let passed = snapshot.records.identification_stages.iter().filter(|stage| {
            stage.practice == row.practice
                && stage.cycle == row.cycle
                && stage.decision == Decision::Accepted
                && !snapshot.verdict.broken.contains(&stage.key())
        });
        let mut stages: Vec<_> = passed.collect();
        stages.sort_by_key(|stage| stage.stage);
        let stages = stages.into_iter().map(|stage| StageOut {
            stage: Stage::word(stage.stage),
            reached_on: stage.reached_on.to_string(),
            awarded: stage.awarded,
        });
        Self {
            cycle: row.cycle.clone(),
            khoroo: row.khoroo.to_string(),
            entered_on: row.entered_on.to_string(),
            mode: row.occasion.mode.map(Mode::word),
            cost: row.occasion.cost,
            invited: row.occasion.invited,
            attended: row.occasion.attended,
            awarded: row.awarded,
            stages: stages.collect(),
            illustrative: row.illustrative,
        }
    }
}
