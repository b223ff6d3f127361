//! The plan of a month's visits: the form that asks for it, and the plan with what people may decide.
//!
//! [`blank`] is the form, [`refused`] the same with what cannot be meant, [`plan`] the answer: the plan in a sentence,
//! what deciding by hand changes, the table, the map, two simple ways beside it, hosts, and who goes nowhere and why.
//! A visit is changed by a button that asks `http` for the plan around it, and leads back to its row.
//!
//! Owns: what stands on the page. Leaves to others: the plan itself and its sentences (`visits`), reading addresses.
//! Invariant: works without script; every button is part of one form whose fields are those of the link.
//! Design: buttons and not links, because each would have to hold the whole link: a city's page would be megabytes,
//! and machines that follow links would ask for plans without end.

mod around;
mod figures;
mod form;
mod table;
pub mod words;

use jiff::civil::Date;
use maud::{Markup, html};

use crate::model::audience::Audience;
use crate::pages::layout::{Page, Part};
use crate::pages::links::query;
use crate::pages::numbers::{count, day};
use crate::pages::words::fill;
use crate::pages::{Site, names, pick, picture};
use crate::partners::Roster;
use crate::snapshot::{Snapshot, VintageView};
use crate::visits::calendar::Calendar;
use crate::visits::fault::{self, Fault};
use crate::visits::month::{Month, Order};

use words::Words;

/// Where the page stands, below `/mn/`.
const PATH: &str = "visits/month";

/// What is asked, as it was filled in.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The vintage asked for, or the newest.
    pub view: &'a VintageView,
    /// Values by the name of their parameter, lists with commas; what is not there is empty.
    pub values: &'a [(&'static str, String)],
    pub faults: &'a [Fault],
    /// A period to begin from.
    pub period: (Date, Date),
    pub audience: Audience,
}

/// A plan with its order.
pub struct Plan<'a> {
    pub order: &'a Order,
    pub month: &'a Month,
    pub roster: &'a Roster,
    pub calendar: &'a Calendar,
    pub working_days: usize,
    /// The parameters of its link as a query, without `?`.
    pub query: &'a str,
}

impl Asking<'_> {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(given, _)| *given == name).map_or("", |(_, value)| value)
    }

    fn has(&self, name: &str, item: &str) -> bool {
        self.value(name).split(',').any(|given| given == item)
    }

    fn is_office(&self) -> bool {
        self.audience == Audience::Internal
    }

    /// What is wrong with a field, in the reader's words.
    fn fault(&self, site: &Site<'_>, name: &str) -> Option<String> {
        let of_field = self.faults.iter().filter(|fault| fault.field == name);
        let told: Vec<String> = of_field.map(|fault| fault::told(fault, site.lang)).collect();
        (!told.is_empty()).then(|| told.join(" "))
    }
}

/// What it is for, and the way to it.
pub(super) fn way_in(site: &Site<'_>) -> Markup {
    let words = words::of(site.lang);
    html! {
        section #month {
            h2 { (words.month) }
            p { (words.month_text) }
            form.asked method="get" action=(site.page(PATH)) { button { (words.month_go) } }
        }
    }
}

/// The form alone, with a short explanation and an example.
pub fn blank(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>) -> String {
    let words = words::of(site.lang);
    let body = html! {
        p.lead { (words.lead) }
        p.under { (words.in_link) }
        @if let Some(example) = example(site, asking) { p.example { (words.example) " " (example) } }
        (form::form(site, snapshot, asking))
    };
    set(site, snapshot, asking, words, body)
}

/// The form with what is to be mended; what is good stays.
pub fn refused(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>) -> String {
    let words = words::of(site.lang);
    let body = html! {
        (form::summary(site, asking, words))
        (form::form(site, snapshot, asking))
    };
    set(site, snapshot, asking, words, body)
}

/// The plan.
pub fn plan(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>, plan: &Plan<'_>) -> String {
    let words = words::of(site.lang);
    let told = Told { site, snapshot, asking, plan, words };
    let month = plan.month;
    let sentence = crate::visits::words::plan(&month.plan, &month.nearest, &month.greedy, site.lang);
    let body = html! {
        p.lead { (sentence) }
        p.under { (words.proposal) " " (if asking.is_office() { words.office_plan } else { words.public_plan }) }
        (told.bounds())
        (told.downloads())
        details.question { summary { (words.change_question) } (form::form(site, snapshot, asking)) }
        (told.effect())
        (told.table())
        (told.map())
        (told.comparison())
        (told.unserved())
        (told.hosts())
        section #method {
            h2 { (words.method) }
            p { (crate::partners::words::method(site.lang)) }
            p { (crate::visits::words::plan_method(site.lang)) }
        }
    };
    set(site, snapshot, asking, words, body)
}

/// What is said where the address is too long to be a plan's link: title and text.
pub(in crate::pages) fn too_long(site: &Site<'_>, most_bytes: usize) -> (&'static str, String) {
    let words = words::of(site.lang);
    let most = count(most_bytes as i64, site.lang);
    (words.address_too_long, fill(words.address_too_long_text, &[("most", &most)]))
}

/// The page's name.
pub(in crate::pages) fn title(site: &Site<'_>) -> &'static str {
    words::of(site.lang).title
}

fn set(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>, words: &Words, body: Markup) -> String {
    let is_blank = asking.values.is_empty();
    let values: Vec<(&str, String)> =
        asking.values.iter().map(|(name, value)| (*name, value.clone())).collect();
    let page = Page {
        view: query(&values),
        description: words.lead.to_owned(),
        crumbs: vec![
            (site.words().city.to_owned(), site.page("")),
            (super::words::of(site.lang).title.to_owned(), site.page("visits")),
        ],
        // Plans are without end.
        is_indexed: is_blank,
        ..Page::new(PATH, words.title, Part::Visits, body)
    };
    page.set(site, Some(snapshot))
}

/// A plan for one district, that has a handful of khoroos.
fn example(site: &Site<'_>, asking: &Asking<'_>) -> Option<Markup> {
    let words = words::of(site.lang);
    let geography = &asking.view.geography;
    let idx = (0..geography.districts.len()).max_by_key(|&idx| {
        let n = geography.khoroos_of(idx).len();
        // As many as can be taken in at a glance; of equals the first.
        (usize::MAX - n.abs_diff(20), usize::MAX - idx)
    })?;
    let district = &geography.districts[idx];
    let (from, to) = asking.period;
    let pairs = [("district", district.code.clone()), ("from", from.to_string()), ("to", to.to_string())];
    let name = fill(words.example_of, &[("district", names::unit(site.lang, district))]);
    Some(html! { a href={ (site.page(PATH)) (query(&pairs)) } { (name) } })
}

/// Everything that parts of the page need.
struct Told<'a> {
    site: &'a Site<'a>,
    snapshot: &'a Snapshot,
    asking: &'a Asking<'a>,
    plan: &'a Plan<'a>,
    words: &'static Words,
}

impl Told<'_> {
    /// Within what the plan is made.
    fn bounds(&self) -> Markup {
        let (words, lang, order) = (self.words, self.site.lang, self.plan.order);
        let of = |number: usize| count(number as i64, lang);
        let period = format!("{} – {}", day(order.from, lang), day(order.to, lang));
        let capacity = match (order.capacity, order.audience) {
            (Some(capacity), _) => of(capacity as usize),
            (None, Audience::Public) => of(crate::visits::month::CAPACITY_DEFAULT as usize),
            (None, Audience::Internal) => words.by_offers.to_owned(),
        };
        let vintage = &self.asking.view.vintage;
        let facts = [
            (words.period, period),
            (words.working_days, of(self.plan.working_days)),
            (words.visitors_count, of(order.guests.len())),
            (words.visits, of(order.visits as usize)),
            (words.capacity, capacity),
            (words.boundaries, pick(lang, &vintage.title_mn, &vintage.title_en).to_owned()),
        ];
        html! {
            dl.bounds { @for (name, value) in facts { div { dt { (name) } dd { (value) } } } }
        }
    }

    fn downloads(&self) -> Markup {
        let (words, site) = (self.words, self.site);
        let data = site.data("visit-plans");
        let query = self.plan.query;
        html! {
            ul.links.downloads.screen aria-label=(words.downloads) {
                li { a href={ (data) "?" (query) "&f=xlsx&lang=" (site.lang.tag()) } { (words.xlsx) } }
                li { a href={ (data) "?" (query) } { (words.json) } }
            }
        }
    }

    fn map(&self) -> Markup {
        let (words, lang) = (self.words, self.site.lang);
        let visits = &self.plan.month.assignments;
        let ends: Vec<[usize; 2]> =
            visits.iter().map(|visit| [visit.khoroo, visit.suggestion.host]).collect();
        let n = |number: usize| count(number as i64, lang);
        let title = fill(words.map_of, &[("n", &n(ends.len()))]);
        let drawn = picture::pairs(self.asking.view, &ends, &title, lang);
        html! {
            @if let Some((svg, n_missing)) = drawn {
                section #map {
                    h2 { (words.map) }
                    figure.picture.pairs {
                        (svg)
                        figcaption {
                            (words.map_caption)
                            @if n_missing > 0 { " " (fill(words.not_drawn, &[("n", &n(n_missing))])) }
                        }
                    }
                }
            }
        }
    }

    fn khoroo(&self, khoroo: usize) -> Markup {
        let unit = &self.asking.view.geography.khoroos[khoroo];
        html! { a href=(self.address(khoroo)) { (names::unit(self.site.lang, unit)) } }
    }

    /// With its district.
    fn whole(&self, khoroo: usize) -> String {
        names::whole(self.site, self.asking.view, khoroo)
    }

    fn address(&self, khoroo: usize) -> String {
        let view = self.asking.view;
        let code = &view.geography.khoroos[khoroo].code;
        let query = self.site.of_vintage(self.snapshot, &view.vintage.id);
        self.site.page(&format!("khoroos/{code}{query}"))
    }

    fn theme(&self, theme: Option<u32>) -> &str {
        let code = theme.map(|theme| self.plan.roster.theme_code(theme));
        code.map_or(self.words.need_any, |code| names::theme(self.site.lang, self.snapshot, code))
    }
}
