//! The khoroos that are to be visited: removed by links, added from a list.

use maud::{Markup, html};

use super::{DayPage, Shown};
use crate::pages::names;
use crate::pages::visits::form::Field;
use crate::pages::words::fill;
use crate::visits::asking::Wish;
use crate::visits::day::MOST_STOPS;

/// Whether no stop can be added.
pub(super) fn is_full(day: &DayPage<'_>) -> bool {
    day.read.stops.len() >= MOST_STOPS
}

pub(super) fn stops(shown: &Shown<'_>) -> Markup {
    let Shown { site, day, words } = shown;
    let (asked, read) = (day.asked, day.read);
    let count = [("n", read.stops.len().to_string()), ("max", MOST_STOPS.to_string())];
    let count = count.each_ref().map(|(name, n)| (*name, n.as_str()));
    let fault = shown.fault("add");
    let add = Field { id: "add", label: words.add_khoroo, hint: None, fault: fault.as_deref() };
    html! {
        section.screen #stops {
            h2 { (words.stops) }
            @if let Some(fault) = shown.fault("stops") { p.fault { (fault) } }
            @if read.stops.is_empty() { p { (words.no_stops) } } @else {
                p { (fill(words.n_stops, &count)) }
                ul.list { @for stop in &read.stops { li.addable { (row(shown, *stop)) } } }
            }
            @if !is_full(day) {
                form.asked method="get" action={ (site.page("visits/day")) "#stops" } {
                    @for (name, text) in asked.pairs() { input type="hidden" name=(name) value=(text); }
                    (add.khoroo(site, day.view, None))
                    button { (words.add) }
                }
            }
        }
    }
}

fn row(shown: &Shown<'_>, stop: Wish) -> Markup {
    let Shown { site, day, words } = shown;
    let practice = stop.practice.map(|practice| &day.snapshot.records.practices[practice]);
    let rest: Vec<String> =
        day.read.stops.iter().filter(|other| **other != stop).map(|other| written(day, *other)).collect();
    let asked = day.asked.with_stops((!rest.is_empty()).then(|| rest.join(",")));
    html! {
        div {
            (shown.told().khoroo(stop.khoroo))
            @if let Some(practice) = practice { ul.tags { li { (names::practice_link(site, practice)) } } }
        }
        a.act rel="nofollow" href=(shown.address(&asked, "stops")) {
            (words.remove) span.visually-hidden { ": " (shown.name(stop.khoroo)) }
        }
    }
}

/// As it stands in the address.
fn written(day: &DayPage<'_>, stop: Wish) -> String {
    let code = &day.view.geography.khoroos[stop.khoroo].code;
    match stop.practice {
        Some(practice) => format!("{code}:{}", day.snapshot.records.practices[practice].id),
        None => code.clone(),
    }
}
