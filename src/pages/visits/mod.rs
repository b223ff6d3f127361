//! Pages for planning visits: whom to learn from, a day's route, a month's plan.
//!
//! Owns: the page to begin from, forms. Leaves to others: suggestions (`partners`), ways and plans (`visits`).
//! Invariant: all that was chosen stands in the address, so that a link is the plan and nothing is stored.

mod address;
mod day;
pub(in crate::pages) mod form;
pub mod month;
pub(in crate::pages) mod suggested;
pub mod words;

use jiff::civil::Date;
use maud::{Markup, html};

use super::Site;
use super::layout::{Page, Part};
use crate::partners::{Passed, Suggestion};
use crate::snapshot::{Snapshot, VintageView};
use form::Field;

pub use address::Asked;
pub use day::{DayPage, Route, day};

/// Whom a khoroo could learn from.
pub struct Learning<'a> {
    /// The best first.
    pub suggestions: &'a [Suggestion],
    /// First those that cannot be, then those that come next by score.
    pub not_suggested: &'a [Passed],
    /// A theme that there is; `None` for all.
    pub theme: Option<&'a str>,
    /// The first day on which hosts can be visited, whatever else they do in the quarter: that is the office's to
    /// know. `None` where the table of holidays does not reach.
    pub open_on: Option<Date>,
}

/// Where one begins: what kind of plan is wanted.
pub fn visits(site: &Site<'_>, snapshot: &Snapshot) -> String {
    let words = words::of(site.lang);
    let body = html! {
        p.lead { (words.lead) }
        div.ways {
            section #whom {
                h2 { (words.whom) }
                p { (words.whom_text) }
                (form(site, snapshot, "visits", |view| {
                    Field::new("khoroo", words.khoroo).khoroo(site, view, None)
                }, words.whom_go))
            }
            section #day {
                h2 { (words.day) }
                p { (words.day_text) }
                (form(site, snapshot, "visits/day", |view| html! {
                    (Field::new("from", words.from).khoroo_or_none(site, view, None))
                    (Field::new("theme", site.words().theme).theme(site, snapshot, None))
                }, words.day_go))
            }
            (month::way_in(site))
        }
    };
    let page = Page {
        description: words.lead.to_owned(),
        crumbs: vec![(site.words().city.to_owned(), site.page(""))],
        ..Page::new("visits", words.title, Part::Visits, body)
    };
    page.set(site, Some(snapshot))
}

/// What is chosen of the boundaries in force, and a button.
fn form(
    site: &Site<'_>,
    snapshot: &Snapshot,
    path: &str,
    choices: impl Fn(&VintageView) -> Markup,
    go: &str,
) -> Markup {
    html! {
        @if let Some(view) = site.in_force(snapshot) {
            form.asked method="get" action=(site.page(path)) {
                (choices(view))
                button { (go) }
            }
        }
    }
}
