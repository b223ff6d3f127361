//! The way: its sentence, timetable and map, what was left out, and files to take along.

use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};

use super::{Route, Shown};
use crate::cartography::picture;
use crate::pages::layout::scroll;
use crate::pages::numbers::decimal;
use crate::pages::words::fill;
use crate::pages::{names, pick};
use crate::visits::asking::clock;
use crate::visits::calendar::Shut;
use crate::visits::day::{Call, LeftOut};
use crate::visits::words as told;

pub(super) fn route(shown: &Shown<'_>, route: Route<'_>) -> Markup {
    let Shown { site, day, words } = shown;
    let Route { outing, itinerary } = route;
    let is_working = day.calendar.is_working(outing.date);
    let is_made = !itinerary.calls.is_empty();
    html! {
        section.route #route {
            h2 { (words.route) }
            p { strong { (shown.date(outing.date)) } " · " (shown.name(outing.from)) }
            p role="status" { (told::day(itinerary, outing.stops.len(), is_working, site.lang)) }
            (shut(shown, outing.date))
            @if is_made {
                div.sheet {
                    (timetable(shown, route))
                    (map(shown, route))
                }
            }
            @if !itinerary.left_out.is_empty() { (left_out(shown, route, is_working)) }
            @if is_made { (downloads(shown, outing.date)) }
        }
    }
}

/// Why offices are shut that day, and the next one on which they are not.
fn shut(shown: &Shown<'_>, date: Date) -> Markup {
    let Shown { site, day, words } = shown;
    let on = shown.date(date);
    let why = match day.calendar.shut(date) {
        None => return html! {},
        Some(Shut::UnknownYear) => return html! { p.quiet { (words.holidays_unknown) } },
        Some(Shut::Weekend) => fill(words.weekend, &[("day", &on)]),
        Some(Shut::Holiday(holiday)) => {
            let name = pick(site.lang, &holiday.name_mn, &holiday.name_en);
            fill(words.holiday, &[("day", &on), ("name", name)])
        }
    };
    html! {
        p { (why) }
        @if let Some(next) = day.calendar.working_day_after(date) {
            @let asked = super::Asked { date: Some(next.to_string()), ..day.asked.clone() };
            p.screen { a rel="nofollow" href=(shown.address(&asked, "route")) {
                (fill(words.next_working_day, &[("day", &shown.date(next))]))
            } }
        }
    }
}

fn timetable(shown: &Shown<'_>, route: Route<'_>) -> Markup {
    let Shown { words, .. } = shown;
    let Route { outing, itinerary } = route;
    let on_the_way: u16 = itinerary.calls.iter().map(|call| call.travel_minutes).sum();
    let home = shown.name(outing.from);
    let is_before_rest = |call: &&Call| itinerary.pause_at.is_none_or(|at| call.begins_at < at);
    let n_before = itinerary.calls.iter().take_while(is_before_rest).count();
    let table = html! {
        table.timetable {
            thead { tr {
                th scope="col" { (words.place) }
                th.n scope="col" { (words.way) }
                th.n scope="col" { (words.arrives) }
                th.n scope="col" { (words.begins) }
                th.n scope="col" { (words.ends) }
            } }
            tbody {
                tr {
                    th scope="row" { (fill(words.leaves, &[("place", &home)])) }
                    td.n {} td.n {} td.n {}
                    td.n { (clock(itinerary.leaves_at)) }
                }
                @for (nth, call) in itinerary.calls.iter().enumerate() {
                    @if nth == n_before { (rest(shown, route)) }
                    (row(shown, nth + 1, outing.stops[call.stop], call))
                }
                @if n_before == itinerary.calls.len() { (rest(shown, route)) }
                tr {
                    th scope="row" { (fill(words.back, &[("place", &home)])) }
                    td.n { (itinerary.travel_minutes - on_the_way) }
                    td.n { (clock(itinerary.back_at)) }
                    td.n {} td.n {}
                }
            }
        }
    };
    scroll(words.timetable, table)
}

fn row(shown: &Shown<'_>, order: usize, khoroo: usize, call: &Call) -> Markup {
    let Shown { site, day, .. } = shown;
    let practice = day.read.stops.iter().find(|stop| stop.khoroo == khoroo).and_then(|stop| stop.practice);
    let practice = practice.map(|practice| &day.snapshot.records.practices[practice]);
    html! {
        tr {
            th scope="row" {
                span.order { (order) } " " (shown.told().khoroo(khoroo))
                @if let Some(practice) = practice { span.of { (names::practice_link(site, practice)) } }
            }
            td.n { (call.travel_minutes) }
            td.n { (clock(call.arrives_at)) }
            td.n { strong { (clock(call.begins_at)) } }
            td.n { (clock(call.ends_at)) }
        }
    }
}

fn rest(shown: &Shown<'_>, route: Route<'_>) -> Markup {
    let span = route.itinerary.pause_at.zip(route.outing.hours.pause);
    html! {
        @if let Some((at, pause)) = span {
            tr.quiet {
                th scope="row" { (shown.words.rest) }
                td.n {} td.n {}
                td.n { (clock(at)) }
                td.n { (clock(at + pause.minutes)) }
            }
        }
    }
}

fn map(shown: &Shown<'_>, route: Route<'_>) -> Markup {
    let Shown { site, day, words } = shown;
    let Route { outing, itinerary } = route;
    let stops: Vec<usize> = itinerary.calls.iter().map(|call| outing.stops[call.stop]).collect();
    let list: Vec<String> =
        (1..).zip(&stops).map(|(order, khoroo)| format!("{order}. {}", shown.name(*khoroo))).collect();
    let title = fill(words.map_title, &[("stops", &list.join("; "))]);
    let way =
        picture::Way { view: day.view, from: outing.from, stops: &stops, lang: site.lang, title: &title };
    let season = day.travel.season(outing.date);
    let factor =
        |value: f64| decimal(value, 2, site.lang).trim_end_matches('0').trim_end_matches('.').to_owned();
    let winter =
        if season > 1.0 { fill(words.map_winter, &[("factor", &factor(season))]) } else { String::new() };
    let places =
        [("detour", factor(day.travel.detour)), ("speed", factor(day.travel.speed_kmh)), ("season", winter)];
    let how = fill(words.map_how, &places.each_ref().map(|(name, text)| (*name, text.as_str())));
    html! {
        figure.picture.way {
            @if let Some(svg) = picture::way(&way) {
                (PreEscaped(svg))
                figcaption { (words.map_caption) " " (how) }
            } @else { figcaption { (words.no_map) " " (how) } }
        }
    }
}

fn left_out(shown: &Shown<'_>, route: Route<'_>, is_working: bool) -> Markup {
    let words = shown.words;
    let lang = shown.site.lang;
    let why = |left: &LeftOut| if is_working { told::left_out(left.why, lang) } else { told::closed(lang) };
    html! {
        h3 { (words.left_out) }
        ul { @for left in &route.itinerary.left_out {
            li { (shown.told().khoroo(route.outing.stops[left.stop])) ": " (why(left)) }
        } }
    }
}

fn downloads(shown: &Shown<'_>, date: Date) -> Markup {
    let Shown { site, day, words } = shown;
    let date = date.to_string();
    let link = |form, lang| format!("{}{}", site.data("day-routes"), day.asked.data(&date, form, lang));
    html! {
        div.screen {
            h3 { (words.take_along) }
            ul.links {
                li { a href=(link("ics", Some(site.lang.tag()))) { (words.calendar_file) } }
                li { a href=(link("geojson", None)) { (words.map_file) } }
                li { a href=(link("json", None)) { (words.data_file) } }
            }
            p.small.quiet { (site.words().report_how) }
        }
    }
}
