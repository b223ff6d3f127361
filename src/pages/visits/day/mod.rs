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
use crate::model::Practice;
use crate::pages::layout::{Page, Part};
use crate::pages::words::fill;
use crate::pages::{Site, names, numbers};
use crate::partners::{self, OfTheme, Suggestion, Travel};
use crate::snapshot::{Snapshot, VintageView};
use crate::visits::asking::{Fault, Read, Wrong};
use crate::visits::calendar::Calendar;
use crate::visits::day::Itinerary;
use crate::visits::outing::Outing;

/// Hosts of a theme that are told; of more their number.
const OF_THEME_MAX: usize = 12;

/// What the page shows.
pub struct DayPage<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub asked: &'a Asked,
    pub read: &'a Read,
    /// The best first.
    pub suggestions: &'a [Suggestion],
    /// Where a theme is chosen and where the way begins is not.
    pub of_theme: Option<&'a OfTheme>,
    /// `None` without a start, without stops, or where a field is at fault.
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
            @else if day.of_theme.is_some() && !day.read.stops.is_empty() && day.read.faults.is_empty() {
                section.screen #route { h2 { (words.route) } p { (words.choose_from) } }
            }
        }
        @if day.read.from.is_some() { (suggestions(&shown)) }
        @if let Some(of_theme) = day.of_theme { (self::of_theme(&shown, of_theme)) }
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
    let row = |one: &Suggestion| {
        let practice = told.practice(one);
        let tags = html! {
            li { (told.khoroo(one.host)) }
            li { (told.minutes(one)) }
            li { (names::theme(site.lang, day.snapshot, &practice.theme)) }
            li { (fill(words.score, &[("score", &told.score(one))])) }
        };
        addable(shown, practice, one.host, &tags)
    };
    html! {
        section.screen #suggestions {
            h2 { (words.suggestions) }
            p { (words.suggestions_lead) }
            (none_or_full(shown, day.suggestions.is_empty()))
            ul.list { @for one in day.suggestions { (row(one)) } }
        }
    }
}

/// Practices of the theme alone, as far as they can be ranked without a visitor.
fn of_theme(shown: &Shown<'_>, of_theme: &OfTheme) -> Markup {
    let Shown { site, day, words } = shown;
    let told = shown.told();
    let most = told.points(of_theme.most);
    let is_new = |one: &&partners::Shown| day.read.stops.iter().all(|stop| stop.khoroo != one.host);
    let new: Vec<&partners::Shown> = of_theme.shown.iter().filter(is_new).collect();
    let n_more = new.len().saturating_sub(OF_THEME_MAX);
    let row = |one: &partners::Shown| {
        let practice = &day.snapshot.records.practices[one.practice];
        let points = fill(words.of_theme_points, &[("points", &told.points(one.points)), ("most", &most)]);
        let tags = html! { li { (told.khoroo(one.host)) } li { (points) } };
        addable(shown, practice, one.host, &tags)
    };
    html! {
        section.screen #suggestions {
            h2 { (words.suggestions) }
            p { (words.of_theme_lead) }
            (none_or_full(shown, new.is_empty()))
            ul.list { @for one in new.into_iter().take(OF_THEME_MAX) { (row(one)) } }
            @if n_more > 0 {
                p.quiet { (fill(words.and_more, &[("n", &numbers::count(n_more as i64, site.lang))])) }
            }
        }
    }
}

fn none_or_full(shown: &Shown<'_>, is_empty: bool) -> Markup {
    let words = shown.words;
    html! {
        @if is_empty { p { (words.none_suggested) } }
        @else if stops::is_full(shown.day) { p { (words.full) } }
    }
}

fn addable(shown: &Shown<'_>, practice: &Practice, host: usize, tags: &Markup) -> Markup {
    let Shown { site, day, words } = shown;
    let stop = shown.told().stop(host, practice);
    html! {
        li.addable {
            div {
                h3 { (names::practice_link(site, practice)) }
                ul.tags { (tags) }
            }
            @if !stops::is_full(day) {
                a.act rel="nofollow" href=(shown.address(&day.asked.and_stop(&stop), "suggestions")) {
                    (words.add)
                    span.visually-hidden { ": " (names::title(site.lang, practice).0) ", " (shown.name(host)) }
                }
            }
        }
    }
}
