//! The city's dashboard: the six cards, how far practices come, themes, money, trainings; each number leads
//! to its records. As a report it is the same without choices, for a sheet of paper.

mod parts;

use maud::{Markup, html};

use super::choices::select;
use super::district::khoroos;
use super::layout::{Page, Part, as_published};
use super::links::{asked, query};
use super::trend::Place;
use super::words::fill;
use super::{Site, cards, choices, names, numbers, pick};
use crate::model::audience::Audience;
use crate::snapshot::{CycleChoice, Level, Snapshot};
use crate::tracker::{self, Answer, AskError, Question, Scope};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct TrackerChoice {
    pub question: Question,
    /// Without choices, and with the khoroos of a district.
    pub is_report: bool,
}

pub fn tracker(site: &Site<'_>, snapshot: &Snapshot, choice: &TrackerChoice) -> Result<String, AskError> {
    let words = site.words();
    let question = &choice.question;
    let answer = tracker::ask(snapshot, question, Audience::Public)?;
    let body = html! {
        p.lead { (scope(site, snapshot, question)) }
        @if answer.is_estimate { p.under { strong { (words.estimate) ". " } (words.estimate_explained) } }
        @if choice.is_report {
            p.under { (as_published(site, snapshot)) }
            p.under.screen { (words.report_how) " "
                a href=(site.tracker(question)) { (words.report_back) } }
        } @else {
            (form(site, snapshot, question))
            p.small { a href=(report(site, question)) { (words.report) } }
        }
        section {
            h2 { (words.six_steps) }
            p { span.screen data-served { (words.number_leads) " " } (words.n_explained) " " (words.cards_explained) }
            (cards::steps(site, question, &answer.steps))
        }
        (parts::funnel(site, question, &answer))
        (parts::themes(site, snapshot, question, &answer))
        (parts::budget(site, snapshot, question, &answer))
        (parts::lists(site, question, &answer))
        @if choice.is_report { (khoroos_of_report(site, snapshot, &answer, question)) }
        @else {
            section {
                h2 { (words.data) }
                p { (words.data_of_tracker) }
                ul.links {
                    li { a href={ (site.data("tracker")) (query(&asked(question))) } { (words.data_figures) } }
                    li { a href=(site.data("definitions")) { (words.data_definitions) } }
                    li { a href=(site.data("trainings")) { (words.data_trainings) } }
                }
            }
        }
    };
    let mut view = asked(question);
    if choice.is_report {
        view.push(("print", "1".to_owned()));
    }
    let title = if choice.is_report { words.report_title } else { words.tracker_title };
    let page = Page {
        view: query(&view),
        is_indexed: !choice.is_report,
        description: words.tracker_description.to_owned(),
        crumbs: vec![(words.city.to_owned(), site.page(""))],
        ..Page::new("tracker", title, Part::Tracker, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

/// Whose figures, of when and of what, in words.
pub(super) fn scope(site: &Site<'_>, snapshot: &Snapshot, question: &Question) -> String {
    let (lang, words) = (site.lang, site.words());
    let place = match &question.scope {
        Scope::City => words.whole_city.to_owned(),
        Scope::District(code) => {
            let name = snapshot.districts.iter().find(|district| district.code == *code);
            let name =
                name.map_or(code.as_str(), |district| pick(lang, &district.name_mn, &district.name_en));
            fill(words.district_named, &[("name", name)])
        }
        Scope::Khoroo(code) => {
            let of = question.vintage.clone().or_else(|| snapshot.vintages_with(code).pop());
            of.map_or_else(|| code.to_string(), |vintage| names::khoroo(site, snapshot, &code.at(&vintage)))
        }
    };
    let cycle = match &question.cycle {
        CycleChoice::All => words.all_cycles,
        CycleChoice::One(id) => names::cycle(lang, snapshot, id),
    };
    let mut said = format!("{place} · {cycle}");
    if let Some(theme) = &question.theme {
        said = format!("{said} · {}: {}", words.theme, names::theme(lang, snapshot, theme));
    }
    if let Some(day) = question.as_of {
        said = format!("{said} · {}: {}", words.as_of, numbers::day(day, lang));
    }
    said
}

fn form(site: &Site<'_>, snapshot: &Snapshot, question: &Question) -> Markup {
    let words = site.words();
    let cycle = match &question.cycle {
        CycleChoice::One(id) => Some(id.as_str()),
        CycleChoice::All => None,
    };
    let district = match &question.scope {
        Scope::District(code) => Some(code.as_str()),
        _ => None,
    };
    let theme = question.theme.as_deref();
    let as_of = question.as_of.map(|day| day.to_string()).unwrap_or_default();
    html! {
        form.choices method="get" action=(site.page("tracker")) {
            (select("cycle", words.cycle, words.all_cycles, cycle, choices::cycles(site, snapshot)))
            (select("district", words.district, words.all_districts, district, choices::districts(site, snapshot)))
            (select("theme", words.theme, words.all_themes, theme, choices::themes(site, snapshot)))
            div {
                label for="as_of" { (words.as_of_day) }
                input #as_of name="as_of" type="date" value=(as_of);
            }
            div { button { (words.show) } }
        }
    }
}

/// The same figures for a sheet of paper.
fn report(site: &Site<'_>, question: &Question) -> String {
    let mut pairs = asked(question);
    pairs.push(("print", "1".to_owned()));
    site.page(&format!("tracker{}", query(&pairs)))
}

/// Of a district's report: its khoroos on the ground that the figures stand on.
fn khoroos_of_report(site: &Site<'_>, snapshot: &Snapshot, answer: &Answer, question: &Question) -> Markup {
    let words = site.words();
    let Scope::District(code) = &question.scope else { return html! {} };
    let view = answer.vintage.as_ref().map_or_else(|| site.in_force(snapshot), |id| snapshot.vintage(id));
    let found = view.and_then(|view| Some((view, view.geography.district_idx(code)?)));
    html! {
        @if let Some((view, idx)) = found {
            section {
                h2 { (words.khoroos_of_district) }
                p.small { (words.boundaries) ": " (pick(site.lang, &view.vintage.title_mn, &view.vintage.title_en)) }
                (khoroos(site, Place { snapshot, view, level: Level::District, idx }))
            }
        }
    }
}
