//! Pages for planning visits: what is asked for is read here, and suggestions and ways are found.
//!
//! Pages show what everybody may see, so suggestions are the public's on the second listener too.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::civil::Date;

use super::Asked;
use crate::http::answer::Freshness;
use crate::http::error::Error;
use crate::http::{App, World, select};
use crate::model::Mode;
use crate::model::audience::Audience;
use crate::pages::Site;
use crate::pages::visits::{self, DayPage, Route};
use crate::partners::{self, OfTheme, Passed, Roster, Settings, Suggestion};
use crate::snapshot::{Snapshot, VintageView};
use crate::visits::asking::{self, Fault, Given, Ground, Read, Wrong};

/// Suggestions on the page of a khoroo, and on that of a day.
const SUGGESTED: usize = 5;
const SUGGESTED_FOR_A_DAY: usize = 12;

/// `GET /{lang}/visits`: what kind of plan is wanted; with `khoroo=` to whom it could learn from.
pub async fn get_visits(asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    if let Some(code) = asked.parameter("khoroo") {
        let code: String = form_urlencoded::byte_serialize(code.as_bytes()).collect();
        return Ok(asked.led(&format!("khoroos/{code}#partners")));
    }
    asked.show(world, "visits".into(), |site, world| Ok(visits::visits(site, &world.snapshot))).await
}

/// `GET /{lang}/visits/day`: a day's route, its stops, and more that could be added. What is at fault is told
/// beside its field, with status 400; `add=` is one stop more, and leads to the address that has it.
pub async fn get_day(asked: Asked) -> Result<Response, Error> {
    let world = asked.app.world()?;
    let form = visits::Asked::read(|name| asked.parameter(name));
    let vintage = select::vintage(&world.snapshot, form.vintage.as_deref())?.vintage.id.clone();
    let today = select::today();
    let reading = Reading { app: &asked.app, world: &world, today };
    let added = asked.parameter("add").map(|stop| reading.added(&form, stop.trim())).transpose()?;
    let fault = match added {
        Some(Ok(form)) => {
            return Ok(asked.led(&format!("visits/day{}", form.query())));
        }
        Some(Err(fault)) => Some(fault),
        None => None,
    };
    let mut read = reading.read(&form)?;
    // On a page stops are chosen step by step, and so is where the way begins.
    read.faults
        .retain(|fault| fault.wrong != Wrong::Missing || (fault.field == "from" && needs_a_start(&form)));
    read.faults.extend(fault);
    read.faults.extend(unknown_theme(&world.snapshot, form.theme.as_deref()));
    let is_refused = !read.faults.is_empty();
    let answer = format!("visits/day {vintage} {form:?} {:?} {today}", read.faults);
    let app = asked.app.clone();
    let make = move |site: &Site<'_>, world: &World| {
        let snapshot = &*world.snapshot;
        let view = snapshot.named(vintage.as_str())?;
        let partners = Partners::new(&app, world, view);
        let calendar = &app.settings.calendar;
        let outing = read.outing(partners.vintage);
        let itinerary = outing.as_ref().map(|outing| {
            outing.itinerary(partners.roster, partners.settings, calendar.is_working(outing.date))
        });
        let itinerary = itinerary.transpose().map_err(Error::internal)?;
        let suggestions = read.from.map_or_else(Vec::new, |from| partners.for_a_day(from, &form, &read));
        let of_theme = form.theme.as_deref().filter(|_| form.from.is_none());
        let of_theme = of_theme.and_then(|theme| partners.of_theme(theme, read.date));
        let page = DayPage {
            snapshot,
            view,
            asked: &form,
            read: &read,
            suggestions: &suggestions,
            of_theme: of_theme.as_ref(),
            route: outing
                .as_ref()
                .zip(itinerary.as_ref())
                .map(|(outing, itinerary)| Route { outing, itinerary }),
            calendar,
            travel: &partners.settings.travel,
        };
        Ok(visits::day(site, &page))
    };
    let mut response = asked.show(world, answer, make).await?;
    if is_refused && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::BAD_REQUEST;
        let headers = response.headers_mut();
        headers.remove(header::ETAG);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(Freshness::NoStore.header()));
    }
    Ok(response)
}

/// What the fields of a day are read against.
struct Reading<'a> {
    app: &'a App,
    world: &'a World,
    today: Date,
}

impl Reading<'_> {
    fn read(&self, form: &visits::Asked) -> Result<Read, Error> {
        let (snapshot, settings) = (&*self.world.snapshot, &self.app.settings);
        let ground = Ground {
            snapshot,
            view: select::vintage(snapshot, form.vintage.as_deref())?,
            calendar: &settings.calendar,
            open: &settings.office_hours.0,
            today: self.today,
        };
        Ok(asking::read(&given(form), ground))
    }

    /// With one stop more, or why that cannot be.
    fn added(&self, form: &visits::Asked, stop: &str) -> Result<Result<visits::Asked, Fault>, Error> {
        let [before, after] = [form.clone(), form.and_stop(stop)];
        let n_faults = self.read(&before)?.faults.iter().filter(|fault| is_of_stops(fault)).count();
        let mut new = self.read(&after)?.faults;
        new.retain(is_of_stops);
        Ok(match new.pop() {
            Some(fault) if new.len() >= n_faults => Err(Fault { field: "add", ..fault }),
            _ => Ok(after),
        })
    }
}

fn is_of_stops(fault: &Fault) -> bool {
    fault.field == "stops" && fault.wrong != Wrong::Missing
}

fn given(form: &visits::Asked) -> Given<'_> {
    Given {
        from: form.from.as_deref(),
        stops: form.stops.as_deref(),
        date: form.date.as_deref(),
        start: form.start.as_deref(),
        end: form.end.as_deref(),
        open: form.open.as_deref(),
        visit_minutes: form.visit_minutes.as_deref(),
        lunch: form.lunch.as_deref(),
        lunch_minutes: form.lunch_minutes.as_deref(),
    }
}

/// Stops are chosen from a theme too, before it is known where the way begins.
const fn needs_a_start(form: &visits::Asked) -> bool {
    form.stops.is_some() && form.theme.is_none()
}

fn unknown_theme(snapshot: &Snapshot, theme: Option<&str>) -> Option<Fault> {
    let theme = theme.filter(|theme| snapshot.records.themes.iter().all(|known| known.code != *theme))?;
    Some(Fault::new("theme", theme, Wrong::NoTheme))
}

/// Who asks for suggestions, and from what they are made.
pub(super) struct Partners<'a> {
    snapshot: &'a Snapshot,
    roster: &'a Roster,
    settings: &'a Settings,
    /// Position of the vintage.
    vintage: usize,
}

impl<'a> Partners<'a> {
    pub fn new(app: &'a App, world: &'a World, view: &VintageView) -> Self {
        let snapshot = &*world.snapshot;
        let vintage = snapshot.vintages.iter().position(|own| own.vintage.id == view.vintage.id);
        Self {
            snapshot,
            roster: world.roster(&app.settings),
            settings: &app.settings.partners,
            vintage: vintage.expect("the vintage is the snapshot's"),
        }
    }

    /// The best for a khoroo; of an unknown theme those of all.
    pub fn question(&self, khoroo: usize, theme: Option<&str>, as_of: Date) -> partners::Asked {
        partners::Asked {
            vintage: self.vintage,
            khoroo,
            theme: theme.and_then(|theme| self.roster.theme(theme)),
            mode: None,
            as_of,
            limit: SUGGESTED,
            audience: Audience::Public,
        }
    }

    fn suggest(&self, question: &partners::Asked) -> Vec<Suggestion> {
        partners::suggest(self.snapshot, self.roster, self.settings, question).suggestions
    }

    /// The same, and why others are not among them.
    pub fn explained(&self, question: &partners::Asked) -> (Vec<Suggestion>, Vec<Passed>) {
        partners::explained(self.snapshot, self.roster, self.settings, question)
    }

    /// Of a theme that there is.
    fn of_theme(&self, theme: &str, on: Date) -> Option<OfTheme> {
        let theme = self.roster.theme(theme)?;
        Some(partners::of_theme(self.roster, self.settings, self.vintage, theme, on))
    }

    /// What can be seen on site that day, of khoroos that are no stops yet: of each its best.
    fn for_a_day(&self, from: usize, form: &visits::Asked, read: &Read) -> Vec<Suggestion> {
        let mut question = self.question(from, form.theme.as_deref(), read.date);
        question.mode = Some(Mode::FaceToFace);
        question.limit = self.roster.size(self.vintage).0;
        let mut hosts: Vec<usize> = read.stops.iter().map(|stop| stop.khoroo).collect();
        let mut suggestions = self.suggest(&question);
        suggestions.retain(|one| {
            let is_new = !hosts.contains(&one.host);
            hosts.push(one.host);
            is_new
        });
        suggestions.truncate(SUGGESTED_FOR_A_DAY);
        suggestions
    }
}
