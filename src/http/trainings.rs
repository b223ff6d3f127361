//! Trainings of every organisation, as totals of each: who came, in which form, with which result.
//!
//! Owns: which of a training's fields are shown. No trainer or participant is named. Leaves to others:
//! which means are of too few people to be told.

use std::collections::BTreeSet;

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
use super::params::Params;
use super::{App, World};
use crate::model::{Keyed, Training, TrainingForm};
use crate::snapshot::Snapshot;
use crate::tracker::{Measured, Value, is_of_few};

/// A training; null is unknown, not 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOut {
    #[schema(example = "t-2021-001")]
    id: String,
    /// Who held it.
    #[schema(example = "HRDC")]
    org: String,
    title_mn: String,
    title_en: Option<String>,
    topic: Option<String>,
    #[schema(example = "2021-04-01")]
    held_on: String,
    /// `online`, `classroom` or `hybrid`.
    form: &'static str,
    target_group: Option<String>,
    /// Women, men and those of whom only the number is known.
    #[schema(example = 22)]
    participants: Option<i64>,
    participants_f: Option<i64>,
    participants_m: Option<i64>,
    participants_unknown: Option<i64>,
    /// Mean score before, %, of `n_pre` people.
    #[schema(value_type = Option<f64>, example = 46)]
    pre_score_pct: Option<Value>,
    n_pre: Option<i64>,
    /// Mean score after, %, of `n_post` people.
    #[schema(value_type = Option<f64>, example = 76)]
    post_score_pct: Option<Value>,
    n_post: Option<i64>,
    /// After less before, in percentage points.
    #[schema(value_type = Option<f64>, example = 30)]
    score_gain_points: Option<Value>,
    /// %, of `n_survey` people.
    #[schema(value_type = Option<f64>, example = 85)]
    satisfaction_pct: Option<Value>,
    n_survey: Option<i64>,
    /// True where a score or the satisfaction is known but is of too few people to be told.
    withheld: bool,
    illustrative: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrainingParams {
    /// Only this organisation.
    #[param(example = "HRDC")]
    org: Option<String>,
    /// Only these of `online`, `classroom`, `hybrid`.
    form: Option<String>,
    /// Only these topics.
    topic: Option<String>,
    /// Only trainings held on this day or later.
    held_from: Option<String>,
    /// Only trainings held on this day or earlier.
    held_to: Option<String>,
    /// Columns with commas between, falling with a minus: `id`, `org`, `title_mn`, `title_en`, `topic`,
    /// `held_on`, `form`, `participants`.
    #[param(example = "-held_on,id")]
    sort: Option<String>,
    /// Items on a page, 1 to 1000.
    limit: Option<String>,
    /// Place to go on from, out of an earlier `next`.
    after: Option<String>,
    /// Items to skip, for jumping; a list that is walked follows `next`.
    offset: Option<String>,
}
paged!(TrainingParams);

static LIST: List<Training> = List {
    columns: &[
        Column { name: "id", of: Of::Word(|t| Some(t.id.clone())) },
        Column { name: "org", of: Of::Name(|t| Some(t.org.clone())) },
        Column { name: "title_mn", of: Of::Name(|t| Some(t.title_mn.clone())) },
        Column { name: "title_en", of: Of::Name(|t| t.title_en.clone()) },
        Column { name: "topic", of: Of::Word(|t| t.topic.clone()) },
        Column { name: "held_on", of: Of::Day(|t| Some(t.held_on)) },
        Column { name: "form", of: Of::Word(|t| Some(t.form.to_string())) },
        Column { name: "participants", of: Of::Number(Training::participants) },
    ],
    sort: "id",
    id: |t| t.id.clone(),
};

/// Trainings of every organisation.
#[utoipa::path(get, path = "/api/v1/trainings", tag = "lists", params(TrainingParams),
    responses((status = 200, body = Page<TrainingOut>), Refusals))]
pub async fn list_trainings(
    State(app): State<App>,
    Params(params): Params<TrainingParams>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let listing = Listing::read(&LIST, params.paged())?;
    let key = Key { content: world.turn.clone(), answer: format!("trainings {params:?}") };
    // Which organisations and topics there are takes a walk over all trainings.
    let make = move || {
        let wanted = Wanted::read(&world.snapshot, &params)?;
        trainings_page(&world, &wanted, &listing, &uri)
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON)).await
}

struct Wanted {
    org: Option<String>,
    form: Codes,
    topic: Codes,
    held: Days,
}

impl Wanted {
    fn read(snapshot: &Snapshot, params: &TrainingParams) -> Result<Self, Error> {
        let trainings = &snapshot.records.trainings;
        let topics: BTreeSet<&str> = trainings.iter().filter_map(|t| t.topic.as_deref()).collect();
        let orgs: BTreeSet<&str> = trainings.iter().map(|t| t.org.as_str()).collect();
        // Names of organisations may hold commas.
        let org = params.org.as_deref();
        if let Some(asked) = org.filter(|asked| !orgs.contains(asked)) {
            return Err(Error::InvalidParameter {
                name: "org",
                detail: super::params::not_listed("org", asked),
                allowed: orgs.into_iter().map(str::to_owned).collect(),
            });
        }
        Ok(Self {
            org: org.map(str::to_owned),
            form: Codes::read(
                ("form", params.form.as_deref()),
                TrainingForm::ALL.iter().map(|form| form.word()),
            )?,
            topic: Codes::read(("topic", params.topic.as_deref()), topics)?,
            held: Days::read(
                ("held_from", params.held_from.as_deref()),
                ("held_to", params.held_to.as_deref()),
            )?,
        })
    }

    fn holds(&self, training: &Training) -> bool {
        self.org.as_ref().is_none_or(|org| org == &training.org)
            && self.form.hold(training.form.word())
            && self.topic.hold_known(training.topic.as_deref())
            && self.held.hold(training.held_on)
    }
}

fn trainings_page(
    world: &World,
    wanted: &Wanted,
    listing: &Listing<Training>,
    uri: &Uri,
) -> Result<Vec<u8>, Error> {
    let (records, broken) = (&world.snapshot.records, &world.snapshot.verdict.broken);
    let sound = records.trainings.iter().filter(|row| broken.is_empty() || !broken.contains(&row.key()));
    let rows = sound.filter(|training| wanted.holds(training)).collect();
    serde_json::to_vec(&listing.page(rows, uri).map(TrainingOut::of)).map_err(Error::internal)
}

impl TrainingOut {
    fn of(row: &Training) -> Self {
        let few = [Measured::Scores, Measured::Satisfaction].map(|measured| is_of_few(row, measured));
        let [before, after] = [row.pre_score_pct, row.post_score_pct].map(|score| score.filter(|_| !few[0]));
        let satisfaction = row.satisfaction_pct.filter(|_| !few[1]);
        Self {
            id: row.id.clone(),
            org: row.org.clone(),
            title_mn: row.title_mn.clone(),
            title_en: row.title_en.clone(),
            topic: row.topic.clone(),
            held_on: row.held_on.to_string(),
            form: row.form.word(),
            target_group: row.target_group.clone(),
            participants: row.participants(),
            participants_f: row.participants_f,
            participants_m: row.participants_m,
            participants_unknown: row.participants_unknown,
            pre_score_pct: before.map(Value),
            n_pre: row.n_pre,
            post_score_pct: after.map(Value),
            n_post: row.n_post,
            score_gain_points: before.zip(after).map(|(before, after)| Value(after - before)),
            satisfaction_pct: satisfaction.map(Value),
            n_survey: row.n_survey,
            withheld: few.contains(&true),
            illustrative: row.illustrative,
        }
    }
}
