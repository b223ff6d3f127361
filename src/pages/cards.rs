//! Figures on cards and in lists, each a link to the records it is made of.

use maud::{Markup, html};

use super::numbers::{count, figure_with_unit, percent, unit_after};
use super::words::{Words, fill};
use super::{Site, numbers};
use crate::tracker::{Base, Card, Figure, Question, Value};

/// The steps, in order.
pub(super) fn steps(site: &Site<'_>, question: &Question, cards: &[Card]) -> Markup {
    let words = site.words();
    html! {
        ol.cards {
            @for (nth, card) in (1..).zip(cards) {
                li {
                    h3 { span.step { (nth) } span { (name(site, card)) } }
                    @if let Some((headline, rest)) = card.figures.split_first() {
                        (headline_of(site, question, card, headline))
                        dl.facts { (rows(site, question, card, rest)) }
                    } @else { p.quiet { (words.nothing_counted_here) } }
                }
            }
        }
        p.small.screen {
            a href=(site.page("about#definitions")) { (words.what_figures_mean) }
        }
    }
}

pub(super) fn name<'a>(site: &Site<'_>, card: &'a Card) -> &'a str {
    super::pick(site.lang, &card.name_mn, &card.name_en)
}

fn headline_of(site: &Site<'_>, question: &Question, card: &Card, figure: &Figure) -> Markup {
    html! {
        p.headline {
            span.number { (shown(site, question, card, figure, Shape::Bare)) }
            @if let Some(value) = figure.value { " " (unit_after(value.0, figure.definition.unit, site.lang)) }
            span.of { (figure.name(site.lang)) (base(site, figure)) }
        }
    }
}

/// What is counted, where a unit alone does not say it.
fn base(site: &Site<'_>, figure: &Figure) -> Markup {
    let words = site.words();
    let said = figure.definition.base.map(|base| base_word(words, base));
    html! { @if let Some(said) = said { " · " (fill(words.counted, &[("what", said)])) } }
}

/// What is counted, in words.
pub(super) const fn base_word(words: &'static Words, base: Base) -> &'static str {
    match base {
        Base::Events => words.base_events,
        Base::Participations => words.base_participations,
        Base::Practices => words.base_practices,
        Base::Khoroos => words.base_khoroos,
        Base::Replications => words.base_replications,
        Base::Reviews => words.base_reviews,
        Base::Needs => words.base_needs,
        Base::Tugrik => words.base_tugrik,
    }
}

/// Rows of a list of figures. People who came and who were asked stand in one.
pub(super) fn rows(site: &Site<'_>, question: &Question, card: &Card, figures: &[Figure]) -> Markup {
    let words = site.words();
    let find = |id: &str| figures.iter().find(|figure| figure.definition.id == id);
    let pair = find("attended").zip(find("invited"));
    html! {
        @for figure in figures {
            @match (figure.definition.id, pair) {
                ("invited", Some(_)) => {}
                ("attended", Some((attended, invited))) => {
                    div {
                        dt { (words.attended_of_invited) }
                        dd {
                            @if attended.value.is_none() && invited.value.is_none() {
                                (shown(site, question, card, attended, Shape::Bare))
                            } @else {
                                (shown(site, question, card, attended, Shape::Bare)) " / "
                                (shown(site, question, card, invited, Shape::Bare))
                                (share(site, attended, invited))
                            }
                        }
                    }
                }
                _ => {
                    div {
                        dt { (short_name(site, figure)) }
                        dd { (shown(site, question, card, figure, Shape::WithUnit)) (over(site, figure)) }
                    }
                }
            }
        }
    }
}

/// Of several figures of one definition only what tells them apart.
fn short_name(site: &Site<'_>, figure: &Figure) -> String {
    match &figure.of {
        Some([mn, en]) => super::pick(site.lang, mn, en).to_owned(),
        None => figure.name(site.lang),
    }
}

/// Over how many records or people.
pub(super) fn over(site: &Site<'_>, figure: &Figure) -> Markup {
    html! {
        @if let Some(n) = figure.n.filter(|_| figure.value.is_some()) {
            span.of { "n\u{a0}=\u{a0}" (count(n, site.lang)) }
        }
    }
}

fn share(site: &Site<'_>, attended: &Figure, invited: &Figure) -> Markup {
    let share = attended.value.zip(invited.value).filter(|(_, Value(all))| *all > 0.0);
    // Both are sums over the events that know them; over different events a share would mean nothing.
    let share = share.filter(|_| attended.n == invited.n);
    html! {
        @if let Some((Value(came), Value(all))) = share {
            span.of { (percent(came, all, site.lang)) }
        }
        (over(site, attended))
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Bare,
    WithUnit,
}

/// A number as a link to its records; unknown and withheld in words.
pub(super) fn shown(
    site: &Site<'_>,
    question: &Question,
    card: &Card,
    figure: &Figure,
    shape: Shape,
) -> Markup {
    let words = site.words();
    let Some(value) = figure.value else {
        let said = if figure.is_withheld { words.withheld } else { words.not_reported };
        return html! { span.quiet { (said) } };
    };
    let text = match shape {
        Shape::Bare => numbers::figure(figure, value, site.lang),
        Shape::WithUnit => figure_with_unit(figure, value, site.lang),
    };
    html! {
        @if figure.is_estimate { span title=(words.estimate) { "≈\u{a0}" } }
        a href=(site.records(question, &card.code, &figure.id)) { (text) }
    }
}
