//! The form that asks for a plan: who visits, what they want to see, when, and how much.
//!
//! Its fields are the parameters of the plan's link. Boxes of one name are read as one list. The browser is told to
//! send whatever was filled in: what is wrong is said here, in the page's language, beside its field.

use maud::{Markup, html};

use super::words::{self, Words};
use super::{Asking, PATH};
use crate::model::Mode;
use crate::pages::numbers::count;
use crate::pages::visits::form::Field;
use crate::pages::words::fill;
use crate::pages::{Site, names, pick};
use crate::snapshot::{Snapshot, VintageView};
use crate::visits::fault;
use crate::visits::month::CAPACITY_DEFAULT;

/// What evenness costs, with words for it; the second is usual.
const FAIRNESS: [&str; 4] = ["0", "0.05", "0.2", "1"];
const FAIRNESS_USUAL: &str = "0.05";
/// Visits that one may choose.
const VISITS_MAX: u32 = 5;

/// What is to be mended, each a way to its field, in the order of the form.
pub fn summary(site: &Site<'_>, asking: &Asking<'_>, words: &Words) -> Markup {
    let labels = labels(words);
    let of_field = |name: &'static str| asking.faults.iter().filter(move |fault| fault.field == name);
    let faults = labels.iter().flat_map(|&(name, label)| of_field(name).map(move |fault| (label, fault)));
    html! {
        div.faults role="alert" {
            p { (words.faults) }
            ul { @for (label, fault) in faults {
                li { a href={ "#" (fault.field) } { (label) } ": " (fault::told(fault, site.lang)) }
            } }
        }
    }
}

/// Fields in the order of the form.
const fn labels(words: &Words) -> [(&'static str, &'static str); 13] {
    [
        ("district", words.who),
        ("visitors", words.khoroos_short),
        ("themes", words.what),
        ("needs", words.needs),
        ("from", words.from),
        ("to", words.to),
        ("visits", words.visits),
        ("capacity", words.capacity),
        ("group", words.group),
        ("mode", words.mode),
        ("fairness", words.fairness),
        ("fixed", words.by_hand_column),
        ("vintage", words.boundaries),
    ]
}

pub fn form(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>) -> Markup {
    let words = words::of(site.lang);
    html! {
        form.asked.month method="get" action=(site.page(PATH)) novalidate {
            (who(site, asking, words))
            (what(site, snapshot, asking, words))
            (when(site, asking, words))
            (bounds(site, asking, words))
            (decided(site, snapshot, asking, words))
            (boundaries(site, snapshot, asking, words))
            button { (words.make) }
        }
    }
}

fn who(site: &Site<'_>, asking: &Asking<'_>, words: &Words) -> Markup {
    let told = asking.fault(site, "district");
    let told = field("district", words.districts, None, told.as_deref());
    let districts = asking.view.geography.districts.iter();
    let boxes = districts.map(|district| (district.code.as_str(), names::unit(site.lang, district)));
    let named = asking.fault(site, "visitors");
    html! {
        fieldset #district aria-describedby=[told.described()] {
            legend { (words.who) }
            p.hint { (words.districts) }
            (checks(asking, "district", boxes.chain([("all", words.whole_city)])))
            (told.told())
            (field("visitors", words.khoroos, Some(words.khoroos_hint), named.as_deref())
                .input("text", &asking.value("visitors").replace(',', ", ")))
        }
    }
}

fn what(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>, words: &Words) -> Markup {
    let told = asking.fault(site, "themes");
    let hint = if asking.is_office() { words.what_hint_office } else { words.what_hint };
    let told = field("themes", words.what, Some(hint), told.as_deref());
    let mut themes: Vec<_> = snapshot.records.themes.iter().collect();
    themes.sort_by_key(|theme| (theme.position, &theme.code));
    let boxes = themes
        .into_iter()
        .map(|theme| (theme.code.as_str(), pick(site.lang, &theme.name_mn, &theme.name_en)));
    // The public's plan is of any theme where none is chosen.
    let any = asking.is_office().then_some(("any", words.any_theme));
    let (needs, wrong) = (asking.value("needs"), asking.fault(site, "needs"));
    html! {
        fieldset #themes aria-describedby=[told.described()] {
            legend { (words.what) }
            p.hint #themes-hint { (hint) }
            (checks(asking, "themes", boxes.chain(any)))
            (told.told())
            @if !needs.is_empty() {
                (field("needs", words.needs, Some(words.needs_hint), wrong.as_deref())
                    .input("text", needs))
            }
        }
    }
}

fn when(site: &Site<'_>, asking: &Asking<'_>, words: &Words) -> Markup {
    let day = |name, label, usual: String| {
        let told = asking.fault(site, name);
        let given = asking.value(name);
        let value = if given.is_empty() { usual } else { given.to_owned() };
        field(name, label, None, told.as_deref()).input("date", &value)
    };
    let (from, to) = asking.period;
    html! {
        fieldset {
            legend { (words.when) }
            div.row { (day("from", words.from, from.to_string())) (day("to", words.to, to.to_string())) }
        }
    }
}

fn bounds(site: &Site<'_>, asking: &Asking<'_>, words: &Words) -> Markup {
    let lang = site.lang;
    let told = |name| asking.fault(site, name);
    let usual = fill(words.capacity_hint, &[("n", &count(i64::from(CAPACITY_DEFAULT), lang))]);
    let (capacity_hint, group_hint) = if asking.is_office() {
        (words.capacity_hint_office, words.group_hint_office)
    } else {
        (&*usual, words.group_hint)
    };
    let number = |name, label, hint| {
        let told = told(name);
        let field = field(name, label, Some(hint), told.as_deref());
        field.around(html! {
            input id=(name) name=(name) type="text" inputmode="numeric" size="6" value=(asking.value(name))
                aria-describedby=[field.described()] aria-invalid=[field.invalid()];
        })
    };
    let modes = [Mode::FaceToFace, Mode::Virtual, Mode::Hybrid];
    let modes =
        modes.map(|mode| (mode.word().to_owned(), names::choice(site.words(), mode.word()).to_owned()));
    let visits: Vec<(String, String)> =
        (1..=VISITS_MAX).map(|n| (n.to_string(), count(i64::from(n), lang))).collect();
    let any = std::iter::once((String::new(), words.any_mode.to_owned()));
    html! {
        fieldset {
            legend { (words.bounds) }
            div.row {
                (select(site, asking, "visits", words.visits, None, visits, "1"))
                (number("capacity", words.capacity, capacity_hint))
                (number("group", words.group, group_hint))
                (select(site, asking, "mode", words.mode, None, any.chain(modes).collect(), ""))
                (select(site, asking, "fairness", words.fairness, Some(words.fairness_hint),
                    fairness(asking.value("fairness"), words), FAIRNESS_USUAL))
            }
        }
    }
}

/// In which boundaries, where an address has named some.
fn boundaries(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>, words: &Words) -> Markup {
    if asking.value("vintage").is_empty() {
        return html! {};
    }
    let title = |view: &VintageView| {
        let vintage = &view.vintage;
        (vintage.id.to_string(), pick(site.lang, &vintage.title_mn, &vintage.title_en).to_owned())
    };
    let choices = snapshot.vintages.iter().rev().map(title).collect();
    html! { fieldset {
        legend { (words.boundaries) }
        (select(site, asking, "vintage", words.boundaries_of, None, choices, ""))
    } }
}

/// Evenness in words; a value between them as it is.
fn fairness(given: &str, words: &Words) -> Vec<(String, String)> {
    let said = [words.fairness_none, words.fairness_some, words.fairness_more, words.fairness_most];
    let mut choices: Vec<(String, String)> =
        FAIRNESS.iter().zip(said).map(|(part, said)| ((*part).to_owned(), said.to_owned())).collect();
    if !given.is_empty() && !FAIRNESS.contains(&given) {
        choices.push((given.to_owned(), fill(words.fairness_given, &[("part", given)])));
    }
    choices
}

/// One of a few; what was given otherwise is kept as it was written, so that the fault can be seen.
fn select(
    site: &Site<'_>,
    asking: &Asking<'_>,
    name: &'static str,
    label: &str,
    hint: Option<&str>,
    mut choices: Vec<(String, String)>,
    usual: &str,
) -> Markup {
    let told = asking.fault(site, name);
    let field = field(name, label, hint, told.as_deref());
    let given = asking.value(name);
    let chosen = if given.is_empty() { usual } else { given };
    if !choices.iter().any(|(value, _)| value == chosen) {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    field.around(html! {
        select id=(name) name=(name) aria-describedby=[field.described()] aria-invalid=[field.invalid()] {
            @for (value, said) in &choices { option value=(value) selected[value == chosen] { (said) } }
        }
    })
}

/// Visits decided by hand: unticking one releases it.
fn decided(site: &Site<'_>, snapshot: &Snapshot, asking: &Asking<'_>, words: &Words) -> Markup {
    let fixed = asking.value("fixed");
    let told = asking.fault(site, "fixed");
    if fixed.is_empty() && told.is_none() {
        return html! {};
    }
    let told = field("fixed", words.by_hand_column, None, told.as_deref());
    let said = |pair: &str| {
        let (visitor, practice) = pair.split_once(':')?;
        let idx = visitor.parse().ok().and_then(|code| asking.view.geography.khoroo_idx(&code))?;
        let practice = snapshot.public_practice(practice)?;
        let visitor = names::whole(site, asking.view, idx);
        let title = names::quoted(site.lang, names::title(site.lang, practice).0);
        Some(format!("{visitor}: {title}"))
    };
    let pairs = fixed.split(',').filter(|pair| !pair.is_empty());
    let boxes: Vec<(&str, String)> =
        pairs.map(|pair| (pair, said(pair).unwrap_or_else(|| pair.to_owned()))).collect();
    html! {
        fieldset #fixed aria-describedby=[told.described()] {
            legend { (words.by_hand_column) }
            (checks(asking, "fixed", boxes.iter().map(|(pair, said)| (*pair, said.as_str()))))
            (told.told())
        }
    }
}

fn field<'a>(id: &'a str, label: &'a str, hint: Option<&'a str>, fault: Option<&'a str>) -> Field<'a> {
    Field { hint, fault, ..Field::new(id, label) }
}

/// Boxes of one name.
fn checks<'a>(
    asking: &Asking<'_>,
    name: &'static str,
    boxes: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    html! {
        ul.checks { @for (value, said) in boxes {
            li { label {
                input type="checkbox" name=(name) value=(value)
                    checked[asking.has(name, value)];
                " " (said)
            } }
        } }
    }
}
