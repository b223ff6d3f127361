//! What the khoroo gave and took: its practices, copies it made, copies others made of its own.

use maud::{Markup, html};

use super::Shown;
use crate::model::{Practice, Replication};
use crate::pages::entered::Entered;
use crate::pages::layout::scroll;
use crate::pages::names;
use crate::pages::numbers::{day, money, or_unknown};
use crate::pages::practice::{budget_lines, key_facts, story};
use crate::pages::words::fill;
use crate::snapshot::copies;
use crate::tracker::Scope;

/// Practices at home here with their stories, the newest entry of the list last.
pub(super) fn practices(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, view, id, .. } = shown;
    let (lang, words) = (site.lang, site.words());
    let entered = Entered::of(snapshot, &Scope::Khoroo(id.code.clone()), None, &view.counts.cycles);
    let is_of_here = |practice: &&Practice| {
        practice.host == *id || (is_earlier(shown, practice) && shown.is_home(practice))
    };
    let practices: Vec<&Practice> = snapshot.public_practices().filter(is_of_here).collect();
    html! {
        section {
            h2 { (words.practices_of_khoroo) }
            @if practices.is_empty() { p.quiet { (words.no_practices) } }
            (entered.note(site))
            (entered.besides(site, &practices))
            @for practice in practices {
                article.story {
                    h3 { (names::practice_link(site, practice)) }
                    ul.tags {
                        li { (names::theme(lang, snapshot, &practice.theme)) }
                        li { (names::choice(words, practice.status.word())) }
                        @if practice.host.vintage != id.vintage {
                            li { (words.entered_as) " " (names::khoroo_link(site, snapshot, &practice.host)) }
                        }
                    }
                    div.split {
                        div { (story(site, practice)) }
                        dl.facts { (key_facts(site, snapshot, practice)) }
                    }
                }
            }
        }
    }
}

/// True for a practice of a vintage before the page's: those after are told on their own pages.
fn is_earlier(shown: &Shown<'_>, practice: &Practice) -> bool {
    let vintages = &shown.snapshot.vintages;
    vintages.iter().position(|view| view.vintage.id == practice.host.vintage).is_some_and(|at| at < shown.at)
}

/// A copy with the practice that it is of, which everybody may see.
fn told<'a>(shown: &'a Shown<'_>) -> impl Iterator<Item = (&'a Replication, &'a Practice)> {
    let snapshot = shown.snapshot;
    copies(&snapshot.records, &snapshot.verdict).filter_map(move |copy| {
        let practice = snapshot.practice(&copy.practice)?;
        snapshot.standings.is_identified(practice).then_some((copy, practice))
    })
}

/// What it replicated, and from whom.
pub(super) fn replicated(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, .. } = shown;
    let words = site.words();
    let rows: Vec<_> = told(shown).filter(|(copy, _)| shown.is_answered_here(&copy.khoroo)).collect();
    html! {
        section #replicated {
            h2 { (words.replicated_here) }
            @if rows.is_empty() { p.quiet { (words.nothing_replicated) } } @else {
                (copies_table(shown, words.replicated_here, words.learned_from, &rows, |_, practice| {
                    names::khoroo_link(site, snapshot, &practice.host)
                }))
            }
        }
    }
}

/// Who copied its practices.
pub(super) fn copied_by(shown: &Shown<'_>) -> Markup {
    let Shown { site, snapshot, .. } = shown;
    let words = site.words();
    let rows: Vec<_> = told(shown).filter(|(_, practice)| shown.is_home(practice)).collect();
    html! {
        section #copied-by {
            h2 { (words.copied_by_others) }
            @if rows.is_empty() { p.quiet { (words.nothing_copied) } } @else {
                (copies_table(shown, words.copied_by_others, words.copied_in, &rows, |copy, _| {
                    names::khoroo_link(site, snapshot, &copy.khoroo)
                }))
            }
        }
    }
}

fn copies_table(
    shown: &Shown<'_>,
    name: &str,
    other: &str,
    rows: &[(&Replication, &Practice)],
    beside: impl Fn(&Replication, &Practice) -> Markup,
) -> Markup {
    let site = shown.site;
    let (lang, words) = (site.lang, site.words());
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (words.practice) }
                th scope="col" { (other) }
                th scope="col" { (words.state) }
                th.n scope="col" { (words.budget) }
                th.n scope="col" { (words.people_served) }
            } }
            tbody { @for (copy, practice) in rows {
                tr {
                    th scope="row" { (names::practice_link(site, practice)) }
                    td { (beside(copy, practice)) }
                    td { (state(shown, copy)) }
                    td.n { (budget(shown, copy)) }
                    td.n { (or_unknown(copy.people_served, words, lang)) }
                }
            } }
        }
    };
    scroll(name, table)
}

/// State and the day it is known of.
fn state(shown: &Shown<'_>, copy: &Replication) -> Markup {
    let (lang, words) = (shown.site.lang, shown.site.words());
    let when = match copy.completed_on {
        Some(completed) => fill(words.completed_on, &[("day", &day(completed, lang))]),
        None => fill(words.decided_on, &[("day", &day(copy.decided_on, lang))]),
    };
    html! { (names::replication_status(lang, shown.snapshot, &copy.status)) br; span.quiet { (when) } }
}

/// ₮ over all lines; without lines it is unknown.
fn budget(shown: &Shown<'_>, copy: &Replication) -> String {
    let words = shown.site.words();
    let lines = budget_lines(shown.snapshot, copy);
    let total = lines.iter().map(|line| line.amount).reduce(i64::saturating_add);
    total.map_or_else(|| words.not_reported.to_owned(), |total| money(total as f64, shown.site.lang))
}
