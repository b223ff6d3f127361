//! A day's route: what is chosen, the stops, the way with its timetable and map, and what could be added.
//!
//! Everything is in the address: choices are a form, stops are added and removed by links. Print shows the
//! route alone.

mod choices;
mod route;
mod stops;

use maud::{Markup, html};

use super::address::Asked;
use super::suggested::Told;
use super::words::{self, Words};
use crate::pages::layout::{Page, Part};
use crate::pages::words::fill;
use crate::pages::{Site, names, numbers};
use crate::partners::{Suggestion, Travel};
use crate::snapshot::{Snapshot, VintageView};
use crate::visits::asking::{Fault, Read, Wrong};
use crate::visits::calendar::Calendar;
use crate::visits::day::Itinerary;
use crate::visits::outing::Outing;

/// What the page shows.
pub struct DayPage<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub asked: &'a Asked,
    pub read: &'a Read,
    /// The best first.
    pub suggestions: &'a [Suggestion],
    /// `None` without stops, or where a field is at fault.
    pub route: Option<Route<'a>>,
    pub calendar: &'a Calendar,
    pub travel: &'a Travel,
}

#[derive(Clone, Copy)]
pub struct Route<'a> {
    pub outing: &'a Outing,
    pub itinerary: &'a Itinerary,
}

pub fn day(site: &Site<'_>, day: &DayPage<'_>) -> String {
    let shown = Shown { site, day, words: words::of(site.lang) };
    let words = shown.words;
    let body = html! {
        p.lead.screen { (words.day_text) }
        (shown.faults())
        (choices::choices(&shown))
        @if day.read.from.is_some() || day.asked.stops.is_some() || shown.fault("add").is_some() {
            (stops::stops(&shown))
            @if let Some(route) = day.route { (route::route(&shown, route)) }
        }
        @if day.read.from.is_some() { (suggestions(&shown)) }
    };
    let page = Page {
        view: day.asked.query(),
        description: words.day_text.to_owned(),
        crumbs: vec![
            (site.words().city.to_owned(), site.page("")),
            (words.title.to_owned(), site.page("visits")),
        ],
        is_indexed: day.read.faults.is_empty(),
        ..Page::new("visits/day", words.day, Part::Visits, body)
    };
    page.set(site, Some(day.snapshot))
}

/// The page with what its parts ask again and again.
struct Shown<'a> {
    site: &'a Site<'a>,
    day: &'a DayPage<'a>,
    words: &'static Words,
}

impl Shown<'_> {
    fn told(&self) -> Told<'_> {
        Told { site: self.site, snapshot: self.day.snapshot, view: self.day.view }
    }

    /// The page with other fields; `part` of it.
    fn address(&self, asked: &Asked, part: &str) -> String {
        format!("{}{}#{part}", self.site.page("visits/day"), asked.query())
    }

    /// A khoroo's whole name.
    fn name(&self, khoroo: usize) -> String {
        names::whole(self.site, self.day.view, khoroo)
    }

    /// With the day of the week.
    fn date(&self, date: jiff::civil::Date) -> String {
        numbers::weekday(date, self.site.lang)
    }

    /// What is wrong with a field, all of it.
    fn fault(&self, field: &str) -> Option<String> {
        let of_field = self.day.read.faults.iter().filter(|fault| fault.field == field);
        let told: Vec<String> = of_field.map(|fault| self.tells(fault)).collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn tells(&self, fault: &Fault) -> String {
        let why = fault.wrong.plain(self.site.lang);
        match fault.wrong {
            Wrong::Missing | Wrong::TooMany { .. } => format!("{why}."),
            _ => format!("{}: {why}.", fault.value.chars().take(80).collect::<String>()),
        }
    }

    /// All faults at the top, each leading to its field.
    fn faults(&self) -> Markup {
        let words = self.words;
        let mut fields: Vec<&'static str> = Vec::new();
        for fault in &self.day.read.faults {
            if !fields.contains(&fault.field) {
                fields.push(fault.field);
            }
        }
        html! {
            @if !fields.is_empty() {
                div.faults role="alert" {
                    p { (words.mend) }
                    ul { @for field in fields {
                        li { a href={ "#" (field) } { (self.label(field)) } ": " (self.fault(field).unwrap_or_default()) }
                    } }
                }
            }
        }
    }

    /// What a field is called.
    fn label(&self, field: &str) -> &'static str {
        let words = self.words;
        match field {
            "from" => words.from,
            "theme" => self.site.words().theme,
            "stops" => words.stops,
            "add" => words.add_khoroo,
            "date" => words.date,
            "start" => words.start,
            "end" => words.end,
            "visit_minutes" => words.visit_minutes,
            "open" => words.open,
            "lunch" => words.lunch,
            _ => words.lunch_minutes,
        }
    }
}

/// What could be added, each with a link that adds it.
fn suggestions(shown: &Shown<'_>) -> Markup {
    let Shown { site, day, words } = shown;
    let told = shown.told();
    html! {
        section.screen #suggestions {
            h2 { (words.suggestions) }
            p { (words.suggestions_lead) }
            @if day.suggestions.is_empty() { p { (words.none_suggested) } }
            @else if stops::is_full(day) { p { (words.full) } }
            ul.list {
                @for one in day.suggestions {
                    @let practice = told.practice(one);
                    li.addable {
                        div {
                            h3 { (names::practice_link(site, practice)) }
                            ul.tags {
                                li { (told.khoroo(one.host)) }
                                li { (told.minutes(one)) }
                                li { (names::theme(site.lang, day.snapshot, &practice.theme)) }
                                li { (fill(words.score, &[("score", &told.score(one))])) }
                            }
                        }
                        @if !stops::is_full(day) {
                            a.act rel="nofollow"
                                href=(shown.address(&day.asked.and_stop(&told.stop(one)), "suggestions")) {
                                (words.add)
                                span.visually-hidden { ": " (names::title(site.lang, practice).0) ", " (shown.name(one.host)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
