//! Parts of the dashboard below the cards: funnel, themes, budget, trainings and what else goes across.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::model::Key;
use crate::model::written::whole_percent;
use crate::pages::cards::{self, Shape, over, shown};
use crate::pages::layout::scroll;
use crate::pages::links::in_path;
use crate::pages::numbers::{decimal, money, percent};
use crate::pages::words::fill;
use crate::pages::{Site, pick};
use crate::snapshot::Snapshot;
use crate::tracker::{Answer, Card, Figure, Question, Scope, Value};

/// Cards with a table of their own; the others are lists.
const FUNNEL: &str = "funnel";
const BUDGET: &str = "budget";

/// Gates in order: how many practices passed each, and the median days since the one before.
pub(super) fn funnel(site: &Site<'_>, question: &Question, answer: &Answer) -> Markup {
    let words = site.words();
    let Some(card) = answer.more.iter().find(|card| card.code == FUNNEL) else { return html! {} };
    let gates = card.figures.iter().filter(|figure| !figure.id.starts_with("days_"));
    let days = |gate: &Figure| {
        let id = gate.id.replace("funnel_", "days_to_");
        card.figures.iter().find(move |figure| figure.id == id)
    };
    let whole = card.figures.first().and_then(|first| first.value).map_or(0.0, |Value(value)| value);
    let part = |gate: &Figure| gate.value.filter(|_| whole > 0.0).map_or(0.0, |Value(value)| value / whole);
    html! {
        section {
            h2 { (cards::name(site, card)) }
            p { (words.funnel_lead) }
            (scroll(cards::name(site, card), html! {
                table.funnel role="table" {
                    thead role="rowgroup" { tr role="row" {
                        th role="columnheader" scope="col" { (words.gate) }
                        th.n role="columnheader" scope="col" { (words.practices_count) }
                        th.n role="columnheader" scope="col" { (words.of_identified) }
                        th.screen role="columnheader" scope="col" { (words.share) }
                        th.n role="columnheader" scope="col" { (words.median_days) }
                    } }
                    tbody role="rowgroup" { @for gate in gates {
                        tr role="row" {
                            th role="rowheader" scope="row" { (gate.name(site.lang)) }
                            td.n role="cell" { (shown(site, question, card, gate, Shape::Bare)) }
                            td.n role="cell" { (percent(part(gate), 1.0, site.lang)) }
                            td.screen role="cell" {
                                svg.bar viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" {
                                    rect width=(whole_percent(100.0 * part(gate))) height="12" {}
                                }
                            }
                            td.n role="cell" data-name=(words.median_days) { @if let Some(days) = days(gate) {
                                (shown(site, question, card, days, Shape::WithUnit)) " " (over(site, days))
                            } @else { "–" } }
                        }
                    } }
                }
            }))
        }
    }
}

/// Practices and copies by theme, from the records of the cards' own figures.
pub(super) fn themes(site: &Site<'_>, snapshot: &Snapshot, question: &Question, answer: &Answer) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let columns = ["identifications", "replications"].map(|id| Column::of(snapshot, answer, id));
    let mut themes: Vec<_> = snapshot.records.themes.iter().collect();
    themes.retain(|theme| question.theme.as_ref().is_none_or(|asked| *asked == theme.code));
    themes.sort_by_key(|theme| (theme.position, &theme.code));
    let district = match &question.scope {
        Scope::District(code) => format!("&district={code}"),
        Scope::City | Scope::Khoroo(_) => String::new(),
    };
    let cell = |column: &Option<Column<'_>>, theme: &str| {
        let of_theme = Question { theme: Some(theme.to_owned()), ..question.clone() };
        html! {
            td.n {
                @match column {
                    Some(Column { card, figure, by_theme: Some(by_theme) }) => {
                        @if figure.is_estimate { "≈\u{a0}" }
                        a href=(site.records(&of_theme, &card.code, &figure.id)) {
                            (decimal(by_theme.get(theme).copied().unwrap_or_default(), figure.decimals(), lang))
                        }
                    }
                    _ => { span.quiet { (words.not_reported) } }
                }
            }
        }
    };
    html! {
        section {
            h2 { (words.themes) }
            (scroll(words.themes, html! {
                table {
                    thead { tr {
                        th scope="col" { (words.theme) }
                        th.n scope="col" { (words.identifications) }
                        th.n scope="col" { (words.replications) }
                    } }
                    tbody { @for theme in themes {
                        tr {
                            th scope="row" {
                                a href=(site.page(&format!("practices?theme={}{district}", in_path(&theme.code)))) {
                                    (pick(lang, &theme.name_mn, &theme.name_en))
                                }
                            }
                            @for column in &columns { (cell(column, &theme.code)) }
                        }
                    } }
                }
            }))
        }
    }
}

/// A figure of the cards by theme; `by_theme` is `None` where it was not reported.
struct Column<'a> {
    card: &'a Card,
    figure: &'a Figure,
    by_theme: Option<BTreeMap<&'a str, f64>>,
}

impl<'a> Column<'a> {
    fn of(snapshot: &'a Snapshot, answer: &'a Answer, id: &str) -> Option<Self> {
        let of_card = |card: &'a Card| Some((card, card.figures.iter().find(|figure| figure.id == id)?));
        let (card, figure) = answer.steps.iter().find_map(of_card)?;
        let theme_of = |key: &'a Key| {
            let practice = match key {
                Key::Identification(practice, _) => practice,
                Key::Replication(copy) => &snapshot.replication(copy)?.practice,
                _ => return None,
            };
            Some(snapshot.practice(practice)?.theme.as_str())
        };
        let by_theme = figure.value.map(|_| {
            let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
            for member in &figure.members {
                if let Some(theme) = theme_of(&member.key) {
                    *sums.entry(theme).or_default() += member.share;
                }
            }
            sums
        });
        Some(Self { card, figure, by_theme })
    }
}

/// Money of copies by source and year; then by state.
pub(super) fn budget(site: &Site<'_>, snapshot: &Snapshot, question: &Question, answer: &Answer) -> Markup {
    let (lang, words) = (site.lang, site.words());
    let Some(card) = answer.more.iter().find(|card| card.code == BUDGET) else { return html! {} };
    let (by_source, by_state): (Vec<&Figure>, Vec<&Figure>) =
        card.figures.iter().partition(|figure| figure.definition.id == "replication_budget");
    let mut table: BTreeMap<&str, BTreeMap<&str, &Figure>> = BTreeMap::new();
    for figure in by_source {
        let code = figure.id.strip_prefix("replication_budget_").unwrap_or_default();
        if let Some((source, year)) = code.rsplit_once('_') {
            table.entry(source).or_default().insert(year, figure);
        }
    }
    let mut years: Vec<&str> = table.values().flat_map(BTreeMap::keys).copied().collect();
    years.sort_unstable();
    years.dedup();
    let sum = |figures: &mut dyn Iterator<Item = &&Figure>| {
        let sum: f64 = figures.filter_map(|figure| figure.value).map(|Value(value)| value).sum();
        money(sum, lang)
    };
    let mut sources: Vec<_> = snapshot.records.funding_sources.iter().collect();
    sources.retain(|source| table.contains_key(source.code.as_str()));
    sources.sort_by_key(|source| (source.position, &source.code));
    html! {
        section {
            h2 { (cards::name(site, card)) }
            @if card.figures.is_empty() { p.quiet { (words.no_budget) } }
            @if !table.is_empty() {
                (scroll(words.by_source, html! {
                    table.money {
                        caption { (words.by_source) }
                        thead { tr {
                            th scope="col" { (words.source_of_money) }
                            @for year in &years { th.n scope="col" { (year) } }
                            th.n scope="col" { (words.sum) }
                        } }
                        tbody { @for source in &sources {
                            @let row = &table[source.code.as_str()];
                            tr {
                                th scope="row" { (pick(lang, &source.name_mn, &source.name_en)) }
                                @for year in &years {
                                    td.n { @if let Some(figure) = row.get(year) {
                                        (shown(site, question, card, figure, Shape::WithUnit))
                                    } @else { "–" } }
                                }
                                td.n { (sum(&mut row.values())) }
                            }
                        } }
                        tfoot { tr {
                            th scope="row" { (words.sum) }
                            @for year in &years {
                                td.n { (sum(&mut table.values().filter_map(|row| row.get(year)))) }
                            }
                            td.n { (sum(&mut table.values().flat_map(BTreeMap::values))) }
                        } }
                    }
                }))
                p.small.quiet { (words.budget_is_of_made) }
            }
            @if !by_state.is_empty() {
                h3 { (words.by_state) }
                dl.facts.wide { @for figure in by_state {
                    div {
                        dt { (pick(lang, &figure_name(figure)[0], &figure_name(figure)[1])) }
                        dd { (shown(site, question, card, figure, Shape::WithUnit)) (over(site, figure)) }
                    }
                } }
            }
        }
    }
}

fn figure_name(figure: &Figure) -> [String; 2] {
    figure
        .of
        .clone()
        .unwrap_or_else(|| [figure.definition.name_mn.to_owned(), figure.definition.name_en.to_owned()])
}

/// What else goes across steps, and trainings by organisation.
pub(super) fn lists(site: &Site<'_>, question: &Question, answer: &Answer) -> Markup {
    let words = site.words();
    let rest = answer.more.iter().filter(|card| card.code != FUNNEL && card.code != BUDGET);
    let (trainings, others): (Vec<&Card>, Vec<&Card>) =
        rest.partition(|card| card.code.starts_with("trainings"));
    let list = |card: &Card| html! { dl.facts.wide { (cards::rows(site, question, card, &card.figures)) } };
    html! {
        @for card in others {
            section { h2 { (cards::name(site, card)) } (list(card)) }
        }
        @if !trainings.is_empty() {
            section {
                h2 { (words.trainings) }
                p { (words.trainings_lead) }
                div.split { @for card in trainings {
                    div { h3 { (cards::name(site, card)) } (list(card)) }
                } }
                p.small.quiet { (fill(words.scores_withheld, &[("n", &crate::tracker::SCORES_SHOWN_FROM.to_string())])) }
            }
        }
    }
}
