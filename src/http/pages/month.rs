//! The page of a month's visits: its form, its plan, and the buttons that decide a visit by hand.
//!
//! A form is read as the plan's link. What was sent otherwise, with empty fields, boxes of one name or a button, is
//! answered by a way to the link, so that the address that people keep is the plan and nothing besides.
//!
//! Owns: from an address to an order and back. Leaves to others: what may be asked and its answer (`visit_plans`).

use axum::extract::Extension;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Span;

use super::{Asked, HTML, site};
use crate::http::answer::Freshness;
use crate::http::error::Error;
use crate::http::guard::QUERY_BYTES_MAX;
use crate::http::visit_plans::{self, FIELDS, PlanBody, PlanParams, Refused, written};
use crate::http::{World, select};
use crate::model::KhorooCode;
use crate::model::audience::Audience;
use crate::model::naming::DistrictNames;
use crate::pages::Site;
use crate::pages::visits::month::{self, Asking, Plan};
use crate::snapshot::Snapshot;
use crate::visits::fault::{Fault, Why};

/// Fields that say who visits: an address without them asks for no plan yet.
const WHO: [&str; 3] = ["visitors", "district", "needs"];
/// Days of the period that the form begins from.
const PERIOD_DAYS: i64 = 30;

/// `GET /{lang}/visits/month`: the form, or the plan that the address asks for.
pub async fn get_month(Extension(audience): Extension<Audience>, asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let sent = Sent::read(&asked.uri, &world.snapshot);
    let page = Page { asked, audience };
    if !sent.asks {
        return page.blank(sent).await;
    }
    let (mut body, mut faults) = PlanParams::with(|name| sent.value(name)).body();
    if body.names_nobody() {
        faults.insert(0, visit_plans::fault("district", "", Why::Nobody));
    }
    let plan = match visit_plans::Asked::read(&page.asked.app, &world, audience, &body, faults) {
        Ok(plan) => plan,
        Err(Refused::Other(error)) => return Err(error),
        Err(Refused::Faults(faults)) => return page.refused(&world, &sent.values, &faults),
    };
    let row = sent.decided(&mut body);
    let link = body.link(&plan.order);
    let query = written(&link);
    if query.len() > QUERY_BYTES_MAX {
        let why = Why::LongLink { bytes: query.len(), most: QUERY_BYTES_MAX };
        let field = if row.is_some() { "fixed" } else { "visitors" };
        return page.refused(&world, &plan.link, &[visit_plans::fault(field, "", why)]);
    }
    if row.is_some() || sent.is_not(&link) {
        return page.elsewhere(&query, row);
    }
    match page.plan(plan, query).await {
        Err(Error::InvalidOrder(fault)) => page.refused(&world, &link, &[*fault]),
        answer => answer,
    }
}

/// A page, and who may know what it tells.
struct Page {
    asked: Asked,
    audience: Audience,
}

impl Page {
    async fn blank(self, sent: Sent) -> Result<Response, Error> {
        let Self { asked, audience } = self;
        let world = asked.app.world()?;
        let today = select::today();
        let answer = format!("visits/month {today} {audience:?} {:?}", sent.values);
        let make = move |site: &Site<'_>, world: &World| {
            let asking = asking(world, &sent.values, &[], audience)?;
            Ok(month::blank(site, &world.snapshot, &asking))
        };
        asked.show(world, answer, make).await
    }

    /// 400, with what is to be mended beside its field.
    fn refused(
        &self,
        world: &World,
        values: &[(&'static str, String)],
        faults: &[Fault],
    ) -> Result<Response, Error> {
        let Asked { app, base, lang, .. } = &self.asked;
        let asking = asking(world, values, faults, self.audience)?;
        let page = month::refused(&site(app, base, *lang, select::today()), &world.snapshot, &asking);
        let headers = [
            (header::CONTENT_TYPE, HTML),
            (header::CONTENT_LANGUAGE, lang.tag()),
            (header::CACHE_CONTROL, Freshness::NoStore.header()),
        ];
        Ok((StatusCode::BAD_REQUEST, headers, page).into_response())
    }

    /// To the plan's own link, and there to a row.
    fn elsewhere(&self, query: &str, row: Option<String>) -> Result<Response, Error> {
        let row = row.map(|row| format!("#{row}")).unwrap_or_default();
        let place = format!("{}{}?{query}{row}", self.asked.base.prefix, self.asked.uri.path());
        let place = HeaderValue::try_from(place).map_err(Error::internal)?;
        let kept = HeaderValue::from_static(Freshness::NoStore.header());
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, place), (header::CACHE_CONTROL, kept)])
            .into_response())
    }

    async fn plan(&self, plan: visit_plans::Asked, query: String) -> Result<Response, Error> {
        let (app, audience) = (self.asked.app.clone(), self.audience);
        // Its numbers are those of its own world.
        let world = plan.world.clone();
        let answer = format!("visits/month {} {query}", plan.name());
        let make = move |site: &Site<'_>, world: &World| {
            let month = plan.plan(&app)?;
            let asking = asking(world, &plan.link, &[], audience)?;
            let plan = Plan {
                order: &plan.order,
                month: &month,
                roster: world.roster(&app.settings),
                calendar: &app.settings.calendar,
                working_days: plan.working_days(&app),
                query: &query,
            };
            Ok(month::plan(site, &world.snapshot, &asking, &plan))
        };
        self.asked.clone().show_slowly(world, answer, make).await
    }
}

/// The form with these values, in the boundaries that they name if there are such.
fn asking<'a>(
    world: &'a World,
    values: &'a [(&'static str, String)],
    faults: &'a [Fault],
    audience: Audience,
) -> Result<Asking<'a>, Error> {
    let named = values.iter().find(|(name, _)| *name == "vintage").map(|(_, id)| id.as_str());
    let view = select::vintage(&world.snapshot, named).or_else(|_| select::vintage(&world.snapshot, None))?;
    let today = select::today();
    let period = (today, today.saturating_add(Span::new().days(PERIOD_DAYS)));
    Ok(Asking { view, values, faults, period, audience })
}

/// What an address says.
struct Sent {
    /// Fields of the plan that are not empty, boxes of one name as one list.
    values: Vec<(&'static str, String)>,
    /// False where nothing says who visits: whoever comes first is shown the form.
    asks: bool,
    /// Of the buttons.
    swap: Option<String>,
    release: Option<String>,
    /// All parameters as they came.
    pairs: Vec<(String, String)>,
}

impl Sent {
    fn read(uri: &Uri, snapshot: &Snapshot) -> Self {
        let query = uri.query().unwrap_or_default().as_bytes();
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query).into_owned().collect();
        let all = |name: &str| -> Vec<&str> {
            let of_name = pairs.iter().filter(|(given, _)| given == name);
            of_name.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
        };
        let value = |name: &'static str| {
            let given = all(name).join(",");
            let value = if name == "visitors" { codes(&given, snapshot) } else { given };
            (!value.is_empty()).then_some((name, value))
        };
        let values = FIELDS.into_iter().filter_map(value).collect();
        let asks = pairs.iter().any(|(name, _)| WHO.contains(&name.as_str()));
        let one = |name| all(name).first().map(|value| (*value).to_owned());
        let (swap, release) = (one("swap"), one("release"));
        Self { values, asks, swap, release, pairs }
    }

    fn value(&self, name: &str) -> Option<String> {
        self.values.iter().find(|(given, _)| *given == name).map(|(_, value)| value.clone())
    }

    /// Does what a button says, and gives the row to come back to.
    fn decided(&self, body: &mut PlanBody) -> Option<String> {
        let at = |code: &str| form_urlencoded::byte_serialize(code.as_bytes()).collect::<String>();
        if let Some(mut parts) = self.swap.as_ref().map(|swap| swap.split(',')) {
            let (visitor, before, practice) = (parts.next()?, parts.next()?, parts.next()?);
            body.decide(visitor, practice, Some(before));
            for stays in parts {
                body.decide(visitor, stays, None);
            }
            return Some(format!("v-{}-{}", at(visitor), at(practice)));
        }
        let (visitor, practice) = self.release.as_ref()?.split_once(',')?;
        body.release(visitor, practice);
        Some(format!("v-{}", at(visitor)))
    }

    /// Whether the address says something else than a link does, or says it otherwise.
    fn is_not(&self, link: &[(&'static str, String)]) -> bool {
        let says = |(name, value): &(&'static str, String)| {
            self.pairs.iter().any(|(given, said)| given == name && said == value)
        };
        self.pairs.len() != link.len() || !link.iter().all(says)
    }
}

/// Khoroos as people write them, as codes; what names none stays as it is, to be told of.
fn codes(text: &str, snapshot: &Snapshot) -> String {
    let districts = DistrictNames::new(&snapshot.districts);
    let is_code = |word: &str| word.parse::<KhorooCode>().is_ok();
    let items = text.split([',', ';', '\n']).map(str::trim).filter(|item| !item.is_empty());
    let read = |item: &str| {
        if item.split_whitespace().all(is_code) {
            return item.split_whitespace().collect::<Vec<_>>().join(",");
        }
        districts.khoroo(item).map_or_else(|| item.to_owned(), |code| code.to_string())
    };
    items.map(read).collect::<Vec<_>>().join(",")
}
