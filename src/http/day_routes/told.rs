//! A day's way as JSON, as GeoJSON and as a calendar file.
//!
//! Owns: names of fields, what a calendar says of a visit.

use jiff::civil::{Date, DateTime, time};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::http::error::Error;
use crate::http::visit_plans::PlaceOut;
use crate::model::{GridPoint, Lang, Practice};
use crate::pages;
use crate::partners::Settings;
use crate::snapshot::{Snapshot, Unit, VintageView};
use crate::visits::asking::clock;
use crate::visits::calendar::{Calendar, Shut};
use crate::visits::day::{Call, Itinerary, Minute, Window};
use crate::visits::icalendar::{self, Event};
use crate::visits::outing::Outing;
use crate::visits::words;

/// The way of a day. Proposed: nothing is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteOut {
    #[schema(example = "2022")]
    vintage: String,
    #[schema(example = "2023-05-15")]
    date: String,
    from: SpotOut,
    day: DayOut,
    /// Leaving as late as the first visit allows, after a rest at home where there is time for one; null where no
    /// stop is made, as are the next two.
    #[schema(example = "09:12")]
    leaves_at: Option<String>,
    back_at: Option<String>,
    /// On the way, all legs.
    travel_minutes: Option<u16>,
    /// Of the last leg.
    home_minutes: Option<u16>,
    /// In the order of the way.
    stops: Vec<StopOut>,
    /// On the way; null where nobody rests there, or everybody does at home.
    lunch: Option<LunchOut>,
    left_out: Vec<LeftOutOut>,
    hours: HoursOut,
    sentence_mn: String,
    sentence_en: String,
    method: WayMethodOut,
    illustrative: bool,
}

/// A khoroo and where its office is; where that is unknown, a point inside the khoroo.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpotOut {
    #[serde(flatten)]
    place: PlaceOut,
    lon: Option<f64>,
    lat: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DayOut {
    /// False on weekends and holidays: then no stop is made.
    working: bool,
    /// `weekend` or `holiday`.
    reason: Option<&'static str>,
    /// Of the holiday.
    name_mn: Option<String>,
    name_en: Option<String>,
    /// The first working day after it.
    next_working_day: Option<String>,
    /// False in years of which the table of holidays tells nothing; then only weekends are known.
    holidays_known: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StopOut {
    /// From 1.
    order: usize,
    #[serde(flatten)]
    spot: SpotOut,
    /// Id of the practice that is shown, where one was named.
    practice: Option<String>,
    title_mn: Option<String>,
    title_en: Option<String>,
    /// From the place before.
    travel_minutes: u16,
    arrives_at: String,
    begins_at: String,
    ends_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LunchOut {
    begins_at: String,
    ends_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutOut {
    #[serde(flatten)]
    place: PlaceOut,
    /// `closed` (offices are shut that day), `not_alone` (not even as the only stop), `way_unknown` or `no_time`.
    why: &'static str,
    text_mn: &'static str,
    text_en: &'static str,
}

/// How ways are estimated.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayMethodOut {
    detour: f64,
    speed_kmh: f64,
    /// The factor of the day: 1 outside of winter.
    season: f64,
    text_mn: &'static str,
    text_en: &'static str,
}

/// What the way was made with.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursOut {
    start: String,
    end: String,
    open: Vec<String>,
    visit_minutes: u16,
    lunch: Option<String>,
    lunch_minutes: Option<u16>,
}

/// An itinerary and what it is about.
pub struct Told<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub calendar: &'a Calendar,
    pub settings: &'a Settings,
    pub outing: &'a Outing,
    /// By stop, positions among the records.
    pub practices: &'a [Option<usize>],
    pub itinerary: &'a Itinerary,
}

impl Told<'_> {
    pub fn json(&self) -> RouteOut {
        let Self { outing, itinerary, .. } = *self;
        let hours = &outing.hours;
        let is_made = !itinerary.calls.is_empty();
        let home =
            itinerary.travel_minutes - itinerary.calls.iter().map(|call| call.travel_minutes).sum::<u16>();
        let rest = hours.pause.map(|pause| pause.minutes);
        let says = |lang| words::day(itinerary, outing.stops.len(), self.is_working(), lang);
        RouteOut {
            vintage: self.view.vintage.id.to_string(),
            date: outing.date.to_string(),
            from: self.spot(outing.from),
            day: self.day(),
            leaves_at: is_made.then(|| clock(itinerary.leaves_at)),
            back_at: is_made.then(|| clock(itinerary.back_at)),
            travel_minutes: is_made.then_some(itinerary.travel_minutes),
            home_minutes: is_made.then_some(home),
            stops: itinerary.calls.iter().zip(1..).map(|(call, order)| self.stop(call, order)).collect(),
            lunch: itinerary
                .pause_at
                .zip(rest)
                .map(|(at, minutes)| LunchOut { begins_at: clock(at), ends_at: clock(at + minutes) }),
            left_out: self.left_out(),
            hours: HoursOut {
                start: clock(hours.away.from),
                end: clock(hours.away.to),
                open: hours.open.iter().copied().map(window).collect(),
                visit_minutes: hours.visit_minutes,
                lunch: hours.pause.map(|pause| window(pause.within)),
                lunch_minutes: rest,
            },
            sentence_mn: says(Lang::Mn),
            sentence_en: says(Lang::En),
            method: WayMethodOut {
                detour: self.settings.travel.detour,
                speed_kmh: self.settings.travel.speed_kmh,
                season: self.settings.travel.season(outing.date),
                text_mn: words::method(Lang::Mn),
                text_en: words::method(Lang::En),
            },
            illustrative: self.snapshot.illustrative,
        }
    }

    /// The way as a line between offices, as straight as the estimate, and its places in their order.
    pub fn geojson(&self) -> Result<Value, Error> {
        self.is_made()?;
        let at = |khoroo: usize| self.place(khoroo).map(|at| [at.lon(), at.lat()]);
        let from = self.outing.from;
        let stops = self.itinerary.calls.iter().map(|call| self.outing.stops[call.stop]);
        let line: Vec<[f64; 2]> = [from].into_iter().chain(stops).chain([from]).filter_map(at).collect();
        let way = json!({
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": line},
            "properties": {
                "kind": "way", "date": self.outing.date.to_string(), "leaves_at": clock(self.itinerary.leaves_at),
                "back_at": clock(self.itinerary.back_at), "travel_minutes": self.itinerary.travel_minutes,
            },
        });
        let point = |khoroo: usize, kind: &str, mut properties: Value| {
            properties["kind"] = kind.into();
            json!({
                "type": "Feature",
                "geometry": at(khoroo).map(|at| json!({"type": "Point", "coordinates": at})),
                "properties": properties,
            })
        };
        let mut features = vec![way, point(from, "start", plain(&self.spot(from))?)];
        for (call, order) in self.itinerary.calls.iter().zip(1..) {
            features.push(point(self.outing.stops[call.stop], "stop", plain(&self.stop(call, order))?));
        }
        Ok(json!({
            "type": "FeatureCollection",
            "features": features,
            "illustrative": self.snapshot.illustrative,
        }))
    }

    /// A file for calendars, one event a visit.
    ///
    /// - `address`: of the service, for links and for names of events that nobody else gives.
    pub fn calendar(&self, address: &str, lang: Lang) -> Result<String, Error> {
        self.is_made()?;
        let date = self.outing.date;
        let events: Vec<Event> =
            self.itinerary.calls.iter().map(|call| self.event(call, address, lang)).collect();
        let made_at =
            jiff::Timestamp::from_second(self.snapshot.revision.published_at).map_err(Error::internal)?;
        let notice = self.snapshot.illustrative.then(|| pages::words::of(lang).illustrative);
        Ok(icalendar::calendar(&words::calendar_name(date, lang), notice, lang.tag(), made_at, &events))
    }

    fn event(&self, call: &Call, address: &str, lang: Lang) -> Event {
        let khoroo = self.outing.stops[call.stop];
        let unit = self.unit(khoroo);
        let geography = &self.view.geography;
        let district = &geography.districts[geography.district_of[khoroo] as usize];
        let place = match lang {
            Lang::Mn => format!("{} дүүрэг, {}", district.name_mn, unit.name_mn),
            Lang::En => format!("{}, {}", unit.name_en, district.name_en),
        };
        let practice = self.practice(call.stop);
        let title = practice.map(|practice| match lang {
            Lang::Mn => &practice.title_mn,
            Lang::En => practice.title_en.as_ref().unwrap_or(&practice.title_mn),
        });
        let tag = lang.tag();
        let page = practice.map_or_else(
            || format!("{address}/{tag}/khoroos/{}?vintage={}", unit.code, self.view.vintage.id),
            |practice| format!("{address}/{tag}/practices/{}", encoded(&practice.id)),
        );
        let date = self.outing.date;
        let host = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or(host);
        Event {
            uid: format!(
                "{date}-{}-{}-{}@{host}",
                unit.code,
                self.unit(self.outing.from).code,
                call.begins_at
            ),
            begins: at(date, call.begins_at),
            ends: at(date, call.ends_at),
            summary: words::visit(&place, lang),
            location: Some(place),
            description: Some(words::visit_more(title.map(String::as_str), call.travel_minutes, lang)),
            position: self.place(khoroo).map(|at| [at.lon(), at.lat()]),
            url: Some(page),
        }
    }

    fn is_working(&self) -> bool {
        self.calendar.is_working(self.outing.date)
    }

    /// Errors: no stop is made, so there is nothing to draw or to write down.
    fn is_made(&self) -> Result<(), Error> {
        if !self.itinerary.calls.is_empty() {
            return Ok(());
        }
        let detail = format!("no stop is made on {}; the answer with f=json says why", self.outing.date);
        Err(Error::NotFound { detail, allowed: Vec::new() })
    }

    fn day(&self) -> DayOut {
        let date = self.outing.date;
        let shut = self.calendar.shut(date);
        let holiday = match shut {
            Some(Shut::Holiday(holiday)) => Some(holiday),
            _ => None,
        };
        DayOut {
            working: self.is_working(),
            reason: match shut {
                Some(Shut::Weekend) => Some("weekend"),
                Some(Shut::Holiday(_)) => Some("holiday"),
                Some(Shut::UnknownYear) | None => None,
            },
            name_mn: holiday.map(|holiday| holiday.name_mn.clone()),
            name_en: holiday.map(|holiday| holiday.name_en.clone()),
            next_working_day: self.calendar.working_day_after(date).map(|day| day.to_string()),
            holidays_known: self.calendar.years().contains(&date.year()),
        }
    }

    fn left_out(&self) -> Vec<LeftOutOut> {
        let told = |left: &crate::visits::day::LeftOut| {
            let place = PlaceOut::of(self.unit(self.outing.stops[left.stop]));
            let why = if self.is_working() { Some(left.why) } else { None };
            LeftOutOut {
                place,
                why: match why {
                    None => "closed",
                    Some(crate::visits::day::Why::NotAlone) => "not_alone",
                    Some(crate::visits::day::Why::WayUnknown) => "way_unknown",
                    Some(crate::visits::day::Why::NoTime) => "no_time",
                },
                text_mn: why.map_or_else(|| words::closed(Lang::Mn), |why| words::left_out(why, Lang::Mn)),
                text_en: why.map_or_else(|| words::closed(Lang::En), |why| words::left_out(why, Lang::En)),
            }
        };
        self.itinerary.left_out.iter().map(told).collect()
    }

    fn stop(&self, call: &Call, order: usize) -> StopOut {
        let practice = self.practice(call.stop);
        StopOut {
            order,
            spot: self.spot(self.outing.stops[call.stop]),
            practice: practice.map(|practice| practice.id.clone()),
            title_mn: practice.map(|practice| practice.title_mn.clone()),
            title_en: practice.and_then(|practice| practice.title_en.clone()),
            travel_minutes: call.travel_minutes,
            arrives_at: clock(call.arrives_at),
            begins_at: clock(call.begins_at),
            ends_at: clock(call.ends_at),
        }
    }

    fn spot(&self, khoroo: usize) -> SpotOut {
        let at = self.place(khoroo);
        SpotOut {
            place: PlaceOut::of(self.unit(khoroo)),
            lon: at.map(GridPoint::lon),
            lat: at.map(GridPoint::lat),
        }
    }

    fn unit(&self, khoroo: usize) -> &Unit {
        &self.view.geography.khoroos[khoroo]
    }

    fn practice(&self, stop: usize) -> Option<&Practice> {
        self.practices[stop].map(|practice| &self.snapshot.records.practices[practice])
    }

    /// As ways are measured: the office, else a point inside.
    fn place(&self, khoroo: usize) -> Option<GridPoint> {
        self.view.offices.place(khoroo).or(self.unit(khoroo).label)
    }
}

fn plain(value: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(Error::internal)
}

fn at(date: Date, minute: Minute) -> DateTime {
    let (hour, minute) = ((minute / 60) as i8, (minute % 60) as i8);
    if hour == 24 {
        date.saturating_add(jiff::Span::new().days(1)).to_datetime(time(0, 0, 0, 0))
    } else {
        date.at(hour, minute, 0, 0)
    }
}

fn window(of: Window) -> String {
    format!("{}-{}", clock(of.from), clock(of.to))
}

/// An id in a path.
fn encoded(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}
