//! Plans of learning visits: by a link, which is the plan, or with a body where a link is too short.
//!
//! Nothing is stored by either: a POST computes, as the GET does, and both give the same bytes. A plan takes some
//! work, so it waits for its turn with all other slow answers, and is kept under its order.
//!
//! Owns: the ways to ask, forms of the answer, and what a body may be; pages ask by [`Asked`] too. Leaves to others:
//! the plan (`visits::month`, where it is decided what everybody may be told).

mod ask;
mod shape;
mod told;
mod workbook;

use std::sync::Arc;

use axum::extract::{Extension, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use ask::Office;
pub use ask::{FIELDS, PlanBody, PlanParams, fault};
pub use shape::PlaceOut;

use super::answer::{Answer, Freshness, JSON, language};
use super::body::Digest128;
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use super::guard::{PLAN_BODY_BYTES_MAX, QUERY_BYTES_MAX};
use super::openapi::{BodyRefusals, Refusals};
use super::params::{Params, one_of};
use super::proxy::Base;
use super::{App, World, select};
use crate::model::Lang;
use crate::model::audience::Audience;
use crate::visits::fault::{Fault, Why};
use crate::visits::month::{self, Month, Order};

/// Where plans are asked for.
pub const PATH: &str = "/api/v1/visit-plans";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Parameters beside a body.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileParams {
    /// `json` (the default) or `xlsx`, a workbook.
    f: Option<String>,
    /// Language of the workbook: `mn` or `en`; by `Accept-Language` if not given. JSON has both.
    lang: Option<String>,
}

/// Who visits whom: visitors assigned to hosts within their capacity, as many needs served as can be, then
/// visits spread over visitors most evenly, then the highest scores, further visits at one host counting for less. Beside it what going to the nearest host, or
/// the best pair first, would give. The system proposes, people choose: nothing is stored.
#[utoipa::path(get, path = "/api/v1/visit-plans", tag = "visits", params(PlanParams),
    responses(
        (status = 200, content((shape::PlanOut = "application/json"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Refusals))]
pub async fn get_visit_plan(
    State(app): State<App>,
    Extension(audience): Extension<Audience>,
    Extension(base): Extension<Base>,
    Params(params): Params<PlanParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let file = File::read(&headers, params.f.as_deref(), params.lang.as_deref())?;
    let (body, faults) = params.body();
    let asked = Asked::read(&app, &app.world()?, audience, &body, faults)?;
    asked.answer(&app, &base, file, &headers, Freshness::Current).await
}

/// The same plan, asked for with a body of at most 1 MB where a link is too short. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/visit-plans", tag = "visits", params(FileParams), request_body = PlanBody,
    responses(
        (status = 200, content((shape::PlanOut = "application/json"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        Refusals, BodyRefusals))]
pub async fn post_visit_plan(
    State(app): State<App>,
    Extension(audience): Extension<Audience>,
    Extension(base): Extension<Base>,
    Params(params): Params<FileParams>,
    mut headers: HeaderMap,
    Sent(body): Sent,
) -> Result<Response, Error> {
    let file = File::read(&headers, params.f.as_deref(), params.lang.as_deref())?;
    let asked = Asked::read(&app, &app.world()?, audience, &body, Vec::new())?;
    // Conditions are for what is read by its address.
    headers.remove(header::IF_NONE_MATCH);
    asked.answer(&app, &base, file, &headers, Freshness::NoStore).await
}

/// Form of the answer.
#[derive(Debug, Clone, Copy)]
enum File {
    Json,
    /// The second is set where the header had a say.
    Xlsx(Lang, Option<Lang>),
}

impl File {
    fn read(headers: &HeaderMap, f: Option<&str>, lang: Option<&str>) -> Result<Self, Error> {
        let (lang, negotiated) = language(headers, lang)?;
        one_of("f", f, Self::Json, &[("json", Self::Json), ("xlsx", Self::Xlsx(lang, negotiated))])
    }
}

/// A plan that has been asked for in a way that can be meant.
pub struct Asked {
    pub world: Arc<World>,
    pub order: Order,
    /// Parameters of its link.
    pub link: Vec<(&'static str, String)>,
}

/// Why it cannot be meant; or there is nothing to ask.
pub enum Refused {
    /// At least one.
    Faults(Vec<Fault>),
    Other(Error),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Faults(faults) => {
                let first = faults.into_iter().next();
                first.map_or_else(|| Self::internal("no fault"), |fault| Self::InvalidOrder(Box::new(fault)))
            }
            Refused::Other(error) => error,
        }
    }
}

impl Asked {
    /// - `faults`: of fields that could not even be read.
    pub fn read(
        app: &App,
        world: &Arc<World>,
        audience: Audience,
        body: &PlanBody,
        mut faults: Vec<Fault>,
    ) -> Result<Self, Refused> {
        let view = match (select::vintage(&world.snapshot, body.vintage()), body.vintage()) {
            (Ok(view), _) => view,
            (Err(error), None) => return Err(Refused::Other(error)),
            (Err(_), Some(asked)) => {
                let known = world.snapshot.vintages.iter().map(|view| view.vintage.id.to_string()).collect();
                faults.push(fault("vintage", asked, Why::NoVintage { known }));
                return Err(Refused::Faults(faults));
            }
        };
        let roster = world.roster(&app.settings);
        let office = Office { world, view, roster, calendar: &app.settings.calendar, audience };
        let order = match body.order(&office) {
            Ok(order) if faults.is_empty() => order,
            Ok(_) => return Err(Refused::Faults(faults)),
            Err(more) => {
                faults.extend(more);
                return Err(Refused::Faults(faults));
            }
        };
        let link = body.link(&order);
        Ok(Self { world: world.clone(), order, link })
    }

    /// Names the plan among answers of the same world.
    pub fn name(&self) -> String {
        Digest128::of(format!("{:?}", self.order).as_bytes()).etag(Coding::Identity)
    }

    /// The plan. Takes some work: to be waited for off the async threads. Errors: what decided visits rule out.
    pub fn plan(&self, app: &App) -> Result<Month, Error> {
        let office = self.office(app);
        month::plan(&self.world.snapshot, office.roster, &app.settings.partners, &self.order)
            .map_err(|error| Error::InvalidOrder(Box::new(told::refused(&office, &self.order, error))))
    }

    /// Of its period.
    pub fn working_days(&self, app: &App) -> usize {
        ask::working_days(&app.settings.calendar, self.order.from, self.order.to)
    }

    fn office<'a>(&'a self, app: &'a App) -> Office<'a> {
        Office {
            world: &self.world,
            view: &self.world.snapshot.vintages[self.order.vintage],
            roster: self.world.roster(&app.settings),
            calendar: &app.settings.calendar,
            audience: self.order.audience,
        }
    }

    async fn answer(
        self,
        app: &App,
        base: &Base,
        file: File,
        headers: &HeaderMap,
        freshness: Freshness,
    ) -> Result<Response, Error> {
        let name = self.name();
        let (content, own) = (self.world.turn.clone(), app.clone());
        let (answer, from) = match file {
            File::Json => {
                let key = Key { content, answer: format!("visit-plan {name}") };
                let make = move || {
                    let month = self.plan(&own)?;
                    serde_json::to_vec(&self.told(&own, &month)).map_err(Error::internal)
                };
                (Answer::new(app.made_slowly(key, make).await?, JSON), None)
            }
            File::Xlsx(lang, negotiated) => {
                let link = self.page(base, lang)?;
                let from = self.order.from;
                let key = Key { content, answer: format!("visit-plan {name} {} {link:?}", lang.tag()) };
                let make = move || self.workbook(&own, lang, link);
                let body = app.made_slowly(key, make).await?;
                (Answer::new(body, XLSX).in_language(negotiated), Some(from))
            }
        };
        let mut response = app.respond(headers, answer.kept(freshness)).await?;
        if let Some(from) = from {
            let name = format!("attachment; filename=\"visit-plan-{from}.xlsx\"");
            let name = HeaderValue::try_from(name).map_err(Error::internal)?;
            response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        }
        Ok(response)
    }

    fn told(&self, app: &App, month: &Month) -> shape::PlanOut {
        told::out(&self.office(app), &app.settings.partners, &self.order, month)
    }

    fn workbook(&self, app: &App, lang: Lang, link: Option<String>) -> Result<Vec<u8>, Error> {
        let month = self.plan(app)?;
        let plan = self.told(app, &month);
        let of = workbook::Of {
            snapshot: &self.world.snapshot,
            view: &self.world.snapshot.vintages[self.order.vintage],
            order: &self.order,
            month: &month,
            plan: &plan,
            asked: &self.link,
            link,
            lang,
        };
        of.written().map_err(Error::internal)
    }

    /// The whole address of the plan's page; none where it would be longer than a link may be.
    fn page(&self, base: &Base, lang: Lang) -> Result<Option<String>, Error> {
        let query = written(&self.link);
        let page = format!("{}/{}/visits/month?{query}", base.absolute()?, lang.tag());
        Ok((query.len() <= QUERY_BYTES_MAX).then_some(page))
    }
}

/// Parameters as a query; what lists and pairs are written with stays as it is.
pub fn written(pairs: &[(&'static str, String)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    query.replace("%2C", ",").replace("%3A", ":")
}

/// A JSON body, read up to its bound.
pub struct Sent(PlanBody);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (head, body) = request.into_parts();
        let said = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = said(header::CONTENT_TYPE);
        let is_json = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(JSON));
        let coding = said(header::CONTENT_ENCODING);
        if !is_json {
            return Err(Error::UnsupportedMediaType { found: super::params::shortened(kind) });
        }
        if !(coding.is_empty() || coding.eq_ignore_ascii_case("identity")) {
            return Err(Error::UnsupportedMediaType { found: super::params::shortened(coding) });
        }
        let limit = PLAN_BODY_BYTES_MAX;
        let bytes =
            axum::body::to_bytes(body, limit as usize).await.map_err(|_| Error::BodyTooLarge { limit })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|reason| Error::InvalidBody { reason: reason.to_string() })
    }
}
