//! One practice: its story, what it costs, the rounds it took part in and the copies made of it.

use maud::{Markup, html};

use super::layout::{Page, Part, scroll};
use super::links::in_path;
use super::names::{self, said};
use super::numbers::{count, day, money, or_unknown};
use super::trend::Place;
use super::words::fill;
use super::{Site, picture};
use crate::model::{
    BudgetLine, Decision, Identification, IdentificationStage, Keyed as _, KhorooId, Lang, Practice,
    Replication,
};
use crate::snapshot::{Level, Snapshot, copies, entries};

/// - `practice`: one that everybody may see.
pub fn practice(site: &Site<'_>, snapshot: &Snapshot, practice: &Practice) -> String {
    let (lang, words) = (site.lang, site.words());
    let (title, title_lang) = names::title(lang, practice);
    let summary = said(lang, practice.summary_mn.as_deref(), practice.summary_en.as_deref());
    let body = html! {
        @if title_lang != lang { p.under { (words.only_in_other_language) } }
        @if let Some(summary) = summary { p.lead { (names::text(lang, summary)) } }
        ul.tags.under {
            li { (words.theme) ": "
                a href=(site.page(&format!("practices?theme={}", in_path(&practice.theme)))) {
                    (names::theme(lang, snapshot, &practice.theme))
                }
            }
            li { (words.host) ": " (names::khoroo_link(site, snapshot, &practice.host)) }
            li { (words.state) ": " (names::choice(words, practice.status.word())) }
        }
        div.split {
            section { h2 { (words.story) } (story(site, practice)) }
            section { h2 { (words.key_facts) } dl.facts { (key_facts(site, snapshot, practice)) } }
        }
        (rounds(site, snapshot, practice))
        (replications(site, snapshot, practice))
        section {
            h2 { (words.data) }
            ul.links {
                li { a href=(site.data(&format!("practices/{}", in_path(&practice.id)))) { (words.data_practice) } }
            }
        }
    };
    let page = Page {
        description: summary.map_or_else(|| title.to_owned(), |(text, _)| text.to_owned()),
        preview: place_of(snapshot, &practice.host).map(|place| picture::preview(site, place)),
        crumbs: vec![
            (words.city.to_owned(), site.page("")),
            (words.practices.to_owned(), site.page("practices")),
        ],
        ..Page::new(format!("practices/{}", in_path(&practice.id)), title, Part::Practices, body)
    };
    page.set(site, Some(snapshot))
}

/// Where the boundaries of its own vintage have the khoroo.
fn place_of<'a>(snapshot: &'a Snapshot, id: &KhorooId) -> Option<Place<'a>> {
    let view = snapshot.vintage(&id.vintage)?;
    let idx = view.geography.khoroo_idx(&id.code)?;
    Some(Place { snapshot, view, level: Level::Khoroo, idx })
}

/// Problem, what was done, what came of it; where nothing of it is told, that.
pub(super) fn story(site: &Site<'_>, practice: &Practice) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let d = &practice.details;
    let parts = [
        (words.problem, said(lang, d.problem_mn.as_deref(), d.problem_en.as_deref())),
        (words.what_we_did, said(lang, d.what_we_did_mn.as_deref(), d.what_we_did_en.as_deref())),
        (words.result, said(lang, d.result_mn.as_deref(), d.result_en.as_deref())),
    ];
    html! {
        @if parts.iter().all(|(_, told)| told.is_none()) { p.quiet { (words.no_story) } }
        @for (name, told) in &parts {
            @if let Some(told) = told { p { span.quiet { (name) ". " } (names::text(lang, *told)) } }
        }
    }
}

/// Costs and people: 0 is a figure, unknown is said.
pub(super) fn key_facts(site: &Site<'_>, snapshot: &Snapshot, practice: &Practice) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let d = &practice.details;
    let cost = |cost: Option<i64>| {
        cost.map_or_else(|| words.cost_unknown.to_owned(), |cost| money(cost as f64, lang))
    };
    let row = |name: &str, value: Option<String>| {
        html! { @if let Some(value) = value { div { dt { (name) } dd { (value) } } } }
    };
    html! {
        (row(words.cost_setup, Some(cost(d.cost_setup))))
        (row(words.cost_year, Some(cost(d.cost_year))))
        (row(words.people_served, Some(or_unknown(d.people_served, words, lang))))
        (row(words.setting, d.setting.as_deref().map(|code| names::setting(lang, snapshot, code).to_owned())))
        (row(words.replicability, d.replicability.map(|it| names::choice(words, it.word()).to_owned())))
        (row(words.maturity, d.maturity.map(|it| names::choice(words, it.word()).to_owned())))
        (row(words.started_on, d.started_on.map(|date| day(date, lang))))
        (row(words.last_confirmed_on, d.last_confirmed_on.map(|date| day(date, lang))))
    }
}

/// Cycles in which it was entered, and the stages that it passed: what was returned or rejected is nobody's
/// business.
fn rounds(site: &Site<'_>, snapshot: &Snapshot, practice: &Practice) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let of_it = entries(&snapshot.records, &snapshot.verdict).filter(|row| row.practice == practice.id);
    let mut rounds: Vec<&Identification> = of_it.collect();
    rounds.sort_by_key(|row| (row.entered_on, &row.cycle));
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (words.cycle) }
                th scope="col" { (words.entered_by) }
                th scope="col" { (words.entered_on) }
                th scope="col" { (words.mode) }
                th.n scope="col" { (words.attended_of_invited) }
                th.n scope="col" { (words.cost) }
                th scope="col" { (words.stages_passed) }
            } }
            tbody { @for row in &rounds {
                tr {
                    th scope="row" { (names::cycle(lang, snapshot, &row.cycle)) }
                    td { (names::khoroo_link(site, snapshot, &row.khoroo)) }
                    td { (day(row.entered_on, lang)) }
                    td { (row.occasion.mode.map_or(words.not_reported, |mode| names::choice(words, mode.word()))) }
                    td.n {
                        (or_unknown(row.occasion.attended, words, lang)) " / "
                        (or_unknown(row.occasion.invited, words, lang))
                    }
                    td.n { (row.occasion.cost.map_or_else(|| words.not_reported.to_owned(), |c| money(c as f64, lang))) }
                    td { (stages(site, snapshot, row)) }
                }
            } }
        }
    };
    html! {
        section {
            h2 { (words.rounds) }
            @if rounds.is_empty() { p.quiet { (words.no_rounds) } } @else { (scroll(words.rounds, table)) }
        }
    }
}

fn stages(site: &Site<'_>, snapshot: &Snapshot, entry: &Identification) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let passed = snapshot.records.identification_stages.iter().filter(|stage| {
        stage.practice == entry.practice
            && stage.cycle == entry.cycle
            && stage.decision == Decision::Accepted
            && !snapshot.verdict.broken.contains(&stage.key())
    });
    let mut passed: Vec<&IdentificationStage> = passed.collect();
    passed.sort_by_key(|stage| stage.stage);
    html! {
        @if passed.is_empty() { span.quiet { (words.none_passed) } }
        @for (nth, stage) in passed.iter().enumerate() {
            @if nth > 0 { br; }
            (names::choice(words, stage.stage.word())) ", " (day(stage.reached_on, lang))
            @if stage.awarded { " · " (words.awarded) }
        }
        @if entry.awarded && !passed.iter().any(|stage| stage.awarded) { br; (words.awarded) }
    }
}

/// Copies in any state: where, how it went, what it cost.
fn replications(site: &Site<'_>, snapshot: &Snapshot, practice: &Practice) -> Markup {
    let words = site.words();
    let of_it = copies(&snapshot.records, &snapshot.verdict).filter(|copy| copy.practice == practice.id);
    let mut made: Vec<&Replication> = of_it.collect();
    made.sort_by_key(|copy| (copy.decided_on, &copy.id));
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (words.copied_in) }
                th scope="col" { (words.state) }
                th scope="col" { (words.learned_by) }
                th scope="col" { (words.adaptations) }
                th.n scope="col" { (words.people_served) }
                th scope="col" { (words.budget) }
            } }
            tbody { @for copy in &made { (replication(site, snapshot, copy)) } }
        }
    };
    html! {
        section {
            h2 { (words.copies) }
            @if made.is_empty() { p.quiet { (words.no_copies) } } @else {
                p { (fill(words.copies_made, &[("n", &count(made.len() as i64, site.lang))])) }
                (scroll(words.copies, table))
            }
            p.small.quiet { (words.single_ratings_internal) }
        }
    }
}

fn replication(site: &Site<'_>, snapshot: &Snapshot, copy: &Replication) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let lines = budget_lines(snapshot, copy);
    html! {
        tr {
            th scope="row" { (names::khoroo_link(site, snapshot, &copy.khoroo)) }
            td {
                (names::replication_status(lang, snapshot, &copy.status))
                br; span.quiet { (fill(words.decided_on, &[("day", &day(copy.decided_on, lang))])) }
                @if let Some(completed) = copy.completed_on {
                    br; span.quiet { (fill(words.completed_on, &[("day", &day(completed, lang))])) }
                }
            }
            td { (copy.learning_route.map_or(words.not_reported, |route| names::choice(words, route.word()))) }
            td {
                @match copy.adaptations.as_deref() {
                    Some(text) => (names::text(lang, (text, Lang::Mn))),
                    None => (words.not_reported),
                }
            }
            td.n { (or_unknown(copy.people_served, words, lang)) }
            td {
                @if lines.is_empty() { span.quiet { (words.not_reported) } }
                @for (nth, line) in lines.iter().enumerate() {
                    @if nth > 0 { br; }
                    (money(line.amount as f64, lang)) ", "
                    (names::funding_source(lang, snapshot, &line.source)) ", " (line.fiscal_year)
                }
            }
        }
    }
}

/// Money set aside for a copy, but for lines that break a rule.
pub(super) fn budget_lines<'a>(snapshot: &'a Snapshot, copy: &Replication) -> Vec<&'a BudgetLine> {
    let broken = &snapshot.verdict.broken;
    let lines = snapshot.records.budget_lines.iter().filter(|line| line.replication == copy.id);
    lines.filter(|line| broken.is_empty() || !broken.contains(&line.key())).collect()
}
