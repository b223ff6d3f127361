//! The legend beside a map: classes with their breaks, how the khoroos spread over them, and where a khoroo
//! and the average of its district stand; of two figures a square of their pairs.

use maud::{Markup, PreEscaped, html};

use super::numbers::{AVERAGE_DECIMALS, count, decimal};
use super::words::fill;
use super::{Site, pick};
use crate::cartography::picture::swatch;
use crate::cartography::{Entry, EntryKind, Legend, Text};
use crate::snapshot::Level;

/// What is marked among the classes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// Figure of the page's khoroo.
    pub own: Option<f64>,
    /// Average of its district.
    pub average: Option<f64>,
}

pub(super) fn key(site: &Site<'_>, legend: &Legend, marks: Marks) -> Markup {
    let words = site.words();
    // "No data" is explained only where it occurs.
    let is_told = |entry: &&Entry| entry.kind != EntryKind::NoData || entry.units > 0;
    let lines: Vec<&Entry> = legend.classes.iter().filter(is_told).collect();
    let most = lines.iter().map(|entry| entry.units).max().unwrap_or(0).max(1);
    let own = marks.own.and_then(|figure| class_of(&legend.classes, figure));
    let average = marks.average.and_then(|figure| class_of(&legend.classes, figure));
    let is = |entry: &Entry, class: Option<&Entry>| class.is_some_and(|class| std::ptr::eq(class, entry));
    let counted =
        if legend.level == Level::District.word() { words.legend_districts } else { words.legend_khoroos };
    if let Some(sides) = &legend.side_labels {
        return square(site, sides, &lines, counted);
    }
    html! {
        table.key {
            caption { (words.legend) }
            thead { tr {
                th scope="col" { (legend.figures.get(site.lang)) }
                th scope="col" { (counted) }
            } }
            tbody { @for entry in lines {
                // Classes of the city that nobody here is in stay, and say so quietly.
                tr class=[(entry.units == 0).then_some("nobody")] {
                    th scope="row" {
                        (PreEscaped(swatch(entry)))
                        span {
                            (pick(site.lang, &entry.label_mn, &entry.label_en))
                            @if is(entry, own) { span.mark { (words.this_khoroo) } }
                            @if let Some(figure) = marks.average.filter(|_| is(entry, average)) {
                                span.mark.average { (fill(words.legend_average, &[("figure", &decimal(figure, AVERAGE_DECIMALS, site.lang))])) }
                            }
                        }
                    }
                    td {
                        svg.spread viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                            rect width=(100 * entry.units / most) height="8" {}
                        }
                        span { (count(entry.units as i64, site.lang)) }
                    }
                }
            } }
        }
    }
}

/// Both figures at once: a column for each class of the first, a row for each of the second, below them what is
/// neither.
fn square(site: &Site<'_>, [columns, rows]: &[Vec<Text>; 2], lines: &[&Entry], counted: &str) -> Markup {
    let words = site.words();
    let at = |x, y| lines.iter().find(move |entry| entry.pair == Some([x, y]));
    let units = |entry: &Entry| count(entry.units as i64, site.lang);
    html! {
        table.key.square {
            caption { (words.legend) ": " (counted) }
            thead {
                tr { td {} th scope="colgroup" colspan=(columns.len()) { (words.identifications) "\u{a0}→" } }
                tr {
                    th scope="col" { (words.replications) "\u{a0}↓" }
                    @for column in columns { th scope="col" { (column.get(site.lang)) } }
                }
            }
            tbody { @for (y, row) in rows.iter().enumerate() {
                tr {
                    th scope="row" { (row.get(site.lang)) }
                    @for x in 0..columns.len() {
                        td { @if let Some(entry) = at(x, y) {
                            (PreEscaped(swatch(entry)))
                            span { (units(entry)) }
                        } }
                    }
                }
            } }
            tfoot { @for entry in lines.iter().filter(|entry| entry.pair.is_none()) {
                tr {
                    th scope="row" colspan=(columns.len()) {
                        (PreEscaped(swatch(entry))) " " (pick(site.lang, &entry.label_mn, &entry.label_en))
                    }
                    td { (units(entry)) }
                }
            } }
        }
    }
}

/// What a reader of the map must not miss, a sentence each.
pub(super) fn notes(site: &Site<'_>, legend: &Legend) -> Markup {
    html! { @for note in &legend.notes { p.under { (note.get(site.lang)) } } }
}

/// The class that a figure lies in: the last that begins at or below it. An average may lie between classes
/// of whole numbers.
fn class_of(classes: &[Entry], figure: f64) -> Option<&Entry> {
    let begins = |entry: &&Entry| {
        entry.from.as_ref().and_then(serde_json::Number::as_f64).is_some_and(|from| from <= figure)
    };
    classes.iter().filter(|entry| entry.kind != EntryKind::NoData).rfind(begins)
}
