//! What a day's way is asked for.
//!
//! Owns: names of parameters, which fault is told. Leaves to others: reading them (`visits::asking`).

use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::error::Error;
use crate::http::params::{invalid, one_of, shortened};
use crate::http::{World, select};
use crate::model::Lang;
use crate::snapshot::VintageView;
use crate::visits::asking::{self, Fault, Given, Ground, Wrong};
use crate::visits::calendar::Calendar;
use crate::visits::day::Window;
use crate::visits::outing::Outing;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RouteParams {
    /// Khoroo at whose office the way begins and ends.
    #[param(example = "bzd-26", required)]
    from: Option<String>,
    /// 1 to 12 khoroos to be visited, each once, in any order: `bzd-1`, or with the practice that is shown
    /// `bzd-1:p-2022-003`.
    #[param(example = "bzd-1,bzd-12", required)]
    stops: Option<String>,
    /// The day; the next working day if not given.
    #[param(example = "2023-05-15")]
    date: Option<String>,
    /// Not away before; 09:00 if not given.
    #[param(example = "09:00")]
    start: Option<String>,
    /// Back by; 18:00 if not given.
    #[param(example = "18:00")]
    end: Option<String>,
    /// When hosts receive, up to three times of a day: `09:00-12:00,13:00-17:00`; as the service is set if not given.
    #[param(example = "09:00-17:00")]
    open: Option<String>,
    /// Length of a visit, 10 to 480 minutes; 60 if not given.
    visit_minutes: Option<String>,
    /// Time within which everybody rests; `none` for no rest. 12:00-14:00 if not given.
    lunch: Option<String>,
    /// Length of the rest, 10 to 180 minutes; 60 if not given.
    lunch_minutes: Option<String>,
    /// `json` (the default), `geojson` or `ics`, a file for calendars.
    f: Option<String>,
    /// Language of the calendar: `mn`, `en`; else by `Accept-Language`.
    pub lang: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    GeoJson,
    Ics,
}

/// A question, and by stop the practice that is shown there.
#[derive(Debug)]
pub struct Asked {
    pub outing: Outing,
    /// Positions among the records.
    pub practices: Vec<Option<usize>>,
}

impl RouteParams {
    pub fn form(&self) -> Result<Form, Error> {
        let words = [("json", Form::Json), ("geojson", Form::GeoJson), ("ics", Form::Ics)];
        one_of("f", self.f.as_deref(), Form::Json, &words)
    }

    /// - `open`: hours of the service.
    pub fn asked(
        &self,
        world: &World,
        view: &VintageView,
        calendar: &Calendar,
        open: &[Window],
    ) -> Result<Asked, Error> {
        let snapshot = &*world.snapshot;
        let read =
            asking::read(&self.given(), Ground { snapshot, view, calendar, open, today: select::today() });
        if let Some(fault) = read.faults.first() {
            return Err(refusal(fault));
        }
        let vintage = snapshot.vintages.iter().position(|own| own.vintage.id == view.vintage.id);
        let vintage = vintage.expect("the vintage is the snapshot's");
        let outing = read.outing(vintage).expect("without a fault there is a start and a stop");
        let practices = read.stops.iter().map(|stop| stop.practice).collect();
        Ok(Asked { outing, practices })
    }

    fn given(&self) -> Given<'_> {
        Given {
            from: self.from.as_deref(),
            stops: self.stops.as_deref(),
            date: self.date.as_deref(),
            start: self.start.as_deref(),
            end: self.end.as_deref(),
            open: self.open.as_deref(),
            visit_minutes: self.visit_minutes.as_deref(),
            lunch: self.lunch.as_deref(),
            lunch_minutes: self.lunch_minutes.as_deref(),
        }
    }
}

fn refusal(fault: &Fault) -> Error {
    match &fault.wrong {
        Wrong::Missing => Error::MissingParameter { name: fault.field },
        Wrong::NoPractice { khoroo } => {
            let wrong = Wrong::NoPractice { khoroo: shortened(khoroo) };
            invalid(fault.field, &fault.value, wrong.says(Lang::En))
        }
        wrong => invalid(fault.field, &fault.value, wrong.says(Lang::En)),
    }
}
