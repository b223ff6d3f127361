//! The records behind a figure, as far as everybody may see them.

use maud::{Markup, html};

use super::cards::{self, Shape, over, shown};
use super::layout::{Page, Part, scroll};
use super::links::{asked, query};
use super::names::{self, said};
use super::numbers::{count, date_text, decimal, figure_with_unit, percent, with_unit};
use super::practices::turn;
use super::tracker::scope;
use super::words::fill;
use super::{Site, pick};
use crate::model::KhorooId;
use crate::model::audience::Audience;
use crate::snapshot::Snapshot;
use crate::tracker::{self, AskError, Card, Figure, Question, RecordOut, Value};

/// Records on a page. Too low: much turning. Too high: long pages on slow phones.
const PER_PAGE: usize = 100;

/// Which figure.
#[derive(Debug, Clone)]
pub struct RecordsChoice<'a> {
    pub question: Question,
    pub card: &'a str,
    pub figure: &'a str,
    /// From 1; beyond the last one is the last.
    pub page: usize,
}

pub fn records(site: &Site<'_>, snapshot: &Snapshot, choice: &RecordsChoice<'_>) -> Result<String, AskError> {
    let (lang, words) = (site.lang, site.words());
    let question = &choice.question;
    let figure = tracker::figure(snapshot, question, Audience::Public, choice.card, choice.figure)?;
    let definition = figure.definition;
    let n_pages = figure.members.len().div_ceil(PER_PAGE).max(1);
    let page = choice.page.clamp(1, n_pages);
    let body = html! {
        p.lead { (scope(site, snapshot, question)) }
        (value(site, question, &figure, choice.card))
        p.under {
            strong { (words.definition) ". " } (pick(lang, definition.definition_mn, definition.definition_en))
        }
        section {
            h2 { (words.records) }
            @if figure.value.is_none() {
                p { (if figure.is_withheld { words.withheld_explained } else { words.no_records_unknown }) }
            } @else if !figure.may_be_listed(Audience::Public) {
                p { (words.records_internal) }
            } @else if figure.members.is_empty() {
                p { (words.no_records) }
            } @else {
                (list(site, snapshot, &figure, page))
                (turn(site, words.pages_of_list, page, n_pages, |page| address(site, choice, page)))
            }
        }
        p { a href=(site.tracker(question)) { (words.back_to_tracker) } }
    };
    let mut view = pairs(choice);
    if page > 1 {
        view.push(("page", page.to_string()));
    }
    let page = Page {
        view: query(&view),
        // One figure of very many.
        is_indexed: false,
        crumbs: vec![
            (words.city.to_owned(), site.page("")),
            (words.tracker.to_owned(), site.tracker(question)),
        ],
        ..Page::new("tracker/records", figure.name(lang), Part::Tracker, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

/// Every figure of a question's answer, each a link to its records.
///
/// - `card`: named without a figure of it; there has to be one of that code.
pub fn figures(
    site: &Site<'_>,
    snapshot: &Snapshot,
    question: &Question,
    card: Option<&str>,
) -> Result<String, AskError> {
    let words = site.words();
    let answer = tracker::ask(snapshot, question, Audience::Public)?;
    let known = || answer.steps.iter().chain(&answer.more).map(|card| card.code.clone());
    if let Some(asked) = card.filter(|asked| !known().any(|code| code == **asked)) {
        return Err(AskError::Card { asked: asked.to_owned(), known: known().collect() });
    }
    let is_shown = |card: &&Card| !card.figures.is_empty();
    let body = html! {
        p.lead { (scope(site, snapshot, question)) }
        p { (words.choose_figure) }
        @for card in answer.steps.iter().chain(&answer.more).filter(is_shown) {
            section {
                h2 { (cards::name(site, card)) }
                dl.facts.wide { (cards::rows(site, question, card, &card.figures)) }
            }
        }
        p { a href=(site.tracker(question)) { (words.back_to_tracker) } }
    };
    let page = Page {
        view: query(&asked(question)),
        is_indexed: false,
        crumbs: vec![
            (words.city.to_owned(), site.page("")),
            (words.tracker.to_owned(), site.tracker(question)),
        ],
        ..Page::new("tracker/records", words.records_of_figures, Part::Tracker, body)
    };
    Ok(page.set(site, Some(snapshot)))
}

/// The number, as its card shows it.
fn value(site: &Site<'_>, question: &Question, figure: &Figure, code: &str) -> Markup {
    let card =
        Card { code: code.to_owned(), name_mn: String::new(), name_en: String::new(), figures: Vec::new() };
    html! {
        p.headline {
            span.number { @match figure.value {
                Some(value) => {
                    @if figure.is_estimate { "≈\u{a0}" }
                    (figure_with_unit(figure, value, site.lang))
                }
                None => (shown(site, question, &card, figure, Shape::Bare)),
            } }
            (over(site, figure))
        }
        @if figure.is_estimate { p.under { (site.words().estimate_explained) } }
    }
}

fn pairs(choice: &RecordsChoice<'_>) -> Vec<(&'static str, String)> {
    let mut pairs = asked(&choice.question);
    pairs.extend([("card", choice.card.to_owned()), ("figure", choice.figure.to_owned())]);
    pairs
}

fn address(site: &Site<'_>, choice: &RecordsChoice<'_>, page: usize) -> String {
    let mut pairs = pairs(choice);
    pairs.push(("page", page.to_string()));
    site.page(&format!("tracker/records{}", query(&pairs)))
}

fn list(site: &Site<'_>, snapshot: &Snapshot, figure: &Figure, page: usize) -> Markup {
    let words = site.words();
    let members: Vec<_> = figure.members.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    let rows = tracker::describe(snapshot, figure, &members, Audience::Public);
    let has_amounts = rows.iter().any(|row| row.amount.is_some() || row.withheld);
    let is_shared = rows.iter().any(|row| row.share.is_some_and(|Value(share)| share < 1.0));
    html! {
        p { (fill(words.n_records, &[("n", &count(figure.members.len() as i64, site.lang))])) }
        (scroll(words.records, html! {
            table {
                thead { tr {
                    th scope="col" { (words.record) }
                    th scope="col" { (words.date) }
                    th scope="col" { (words.khoroo) }
                    th scope="col" { (words.state) }
                    @if has_amounts { th.n scope="col" { (words.amount) } }
                    @if is_shared { th.n scope="col" { (words.part_here) } }
                } }
                tbody { @for row in &rows {
                    tr {
                        th scope="row" { (named(site, row)) }
                        td { (row.date.as_deref().map(|date| date_text(date, site.lang)).unwrap_or_default()) }
                        td { @if let Some(id) = row.khoroo.as_deref().and_then(|id| id.parse::<KhorooId>().ok()) {
                            (names::khoroo_link(site, snapshot, &id))
                        } }
                        td { (state(site, snapshot, row)) }
                        @if has_amounts { td.n { (amount(site, figure, row)) } }
                        @if is_shared { td.n { (share(site, row)) } }
                    }
                } }
            }
        }))
    }
}

/// What the record is about: its title where it has one, else its kind and id.
fn named(site: &Site<'_>, row: &RecordOut) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let title = said(lang, row.title_mn.as_deref(), row.title_en.as_deref());
    html! {
        @match (title, &row.practice) {
            (Some((text, of)), Some(practice)) => {
                a href=(site.practice(practice)) lang=[names::foreign(lang, of)] { (text) }
            }
            (Some(title), None) => (names::text(lang, title)),
            (None, _) => {
                @if row.id.is_none() { (words.practice_not_public) }
                @else { (kind(site, row.kind)) " " span.quiet { (row.id.as_deref().unwrap_or_default()) } }
            }
        }
    }
}

fn kind(site: &Site<'_>, kind: &str) -> &'static str {
    let words = site.words();
    match kind {
        "workshop" => words.kind_workshop,
        "khoroo" => words.khoroo,
        "training" => words.kind_training,
        "practice" | "identification" => words.practice,
        "replication" => words.kind_replication,
        "budget_line" => words.kind_budget_line,
        _ => words.record,
    }
}

/// State and mode in words; codes that are rows of a list by their names.
fn state(site: &Site<'_>, snapshot: &Snapshot, row: &RecordOut) -> String {
    let (lang, words) = (site.lang, site.words());
    let state = row.state.as_deref().map(|state| match row.kind {
        "replication" => names::replication_status(lang, snapshot, state),
        "budget_line" => names::funding_source(lang, snapshot, state),
        _ => names::choice(words, state),
    });
    let mode = row.mode.map(|mode| names::choice(words, mode));
    state.into_iter().chain(mode).collect::<Vec<_>>().join(", ")
}

fn amount(site: &Site<'_>, figure: &Figure, row: &RecordOut) -> Markup {
    let words = site.words();
    html! {
        @if row.withheld { span.quiet { (words.withheld) } }
        @if let Some(amount) = row.amount { (with_unit(amount, figure.definition.unit, site.lang)) }
        @if let Some(Value(weight)) = row.weight {
            " " span.quiet { "(n\u{a0}=\u{a0}" (decimal(weight, 0, site.lang)) ")" }
        }
    }
}

fn share(site: &Site<'_>, row: &RecordOut) -> String {
    let Some(Value(share)) = row.share else { return String::new() };
    percent(share, 1.0, site.lang)
}
