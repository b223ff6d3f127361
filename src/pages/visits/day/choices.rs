//! The form of a day: where from, which theme, when.

use maud::{Markup, html};

use super::Shown;
use crate::pages::visits::form::Field;
use crate::visits::asking::{AWAY, LUNCH, LUNCH_MINUTES, VISIT_MINUTES, clock};
use crate::visits::day::Window;

/// Times within which a day may rest.
const LUNCHES: [Window; 3] =
    [Window { from: 11 * 60, to: 13 * 60 }, LUNCH, Window { from: 13 * 60, to: 15 * 60 }];

pub(super) fn choices(shown: &Shown<'_>) -> Markup {
    let Shown { site, day, words } = shown;
    let (asked, read) = (day.asked, day.read);
    let text = |given: &Option<String>, default: String| given.clone().unwrap_or(default);
    let input = |field: &Field<'_>, kind: &str, value: &str| field.input(kind, value);
    let date = text(&asked.date, read.date.to_string());
    let is_about_hours = ["open", "lunch", "lunch_minutes"].iter().any(|field| shown.fault(field).is_some());
    let open: Vec<String> = read.hours.open.iter().copied().map(window).collect();
    html! {
        form.asked #choices method="get" action=(site.page("visits/day")) {
            (field(shown, "from", Some(words.from_hint), |field| field.khoroo_or_none(site, day.view, asked.from.as_deref())))
            (field(shown, "theme", None, |field| field.theme(site, day.snapshot, asked.theme.as_deref())))
            div.together {
                (field(shown, "date", None, |field| input(field, "date", &date)))
                (field(shown, "start", None, |f| input(f, "time", &text(&asked.start, clock(AWAY.from)))))
                (field(shown, "end", None, |f| input(f, "time", &text(&asked.end, clock(AWAY.to)))))
                (field(shown, "visit_minutes", None, |field| {
                    field.number(&text(&asked.visit_minutes, VISIT_MINUTES.to_string()), [10, 480])
                }))
            }
            p.hint { (words.end_hint) }
            details.hours open[is_about_hours] {
                summary { (words.hours) }
                div.together {
                    (field(shown, "open", Some(words.open_hint), |field| {
                        input(field, "text", &text(&asked.open, open.join(",")))
                    }))
                    (field(shown, "lunch", None, |field| lunch(shown, field)))
                    (field(shown, "lunch_minutes", None, |field| {
                        field.number(&text(&asked.lunch_minutes, LUNCH_MINUTES.to_string()), [10, 180])
                    }))
                }
            }
            @if let Some(stops) = &asked.stops { input type="hidden" name="stops" value=(stops); }
            @if let Some(vintage) = &asked.vintage { input type="hidden" name="vintage" value=(vintage); }
            div { button { (site.words().show) } }
        }
    }
}

fn field(shown: &Shown<'_>, id: &str, hint: Option<&str>, control: impl Fn(&Field<'_>) -> Markup) -> Markup {
    let fault = shown.fault(id);
    control(&Field { id, label: shown.label(id), hint, fault: fault.as_deref() })
}

/// Some times to choose from, and the one of the address, whatever it is.
fn lunch(shown: &Shown<'_>, field: &Field<'_>) -> Markup {
    let given = shown.day.asked.lunch.as_deref();
    let mut options: Vec<String> = LUNCHES.map(window).into();
    let is_other = |text: &&str| *text != "none" && !options.iter().any(|own| own == text);
    options.extend(given.filter(is_other).filter(|_| field.fault.is_none()).map(str::to_owned));
    let default = window(LUNCH);
    let chosen = given.filter(|_| field.fault.is_none()).unwrap_or(&default);
    field.around(html! {
        select id=(field.id) name=(field.id)
            aria-describedby=[field.described()] aria-invalid=[field.invalid()] {
            @for option in &options { option value=(option) selected[option == chosen] { (option.replace('-', "–")) } }
            option value="none" selected[chosen == "none"] { (shown.words.lunch_none) }
        }
    })
}

/// `09:00-17:00`, as addresses have it.
fn window(of: Window) -> String {
    format!("{}-{}", clock(of.from), clock(of.to))
}
