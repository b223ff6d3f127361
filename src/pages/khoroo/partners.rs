//! Whom the khoroo could learn from: the best practices of others with their reasons, and why others are not among them.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Shown;
use crate::model::Mode;
use crate::pages::names;
use crate::pages::numbers::weekday;
use crate::pages::visits::form::Field;
use crate::pages::visits::suggested::Told;
use crate::pages::visits::words::{self, Words};
use crate::pages::visits::{Asked, Learning};
use crate::pages::words::fill;
use crate::partners::{self, Passed, Suggestion, WhyNot};

/// Practices told for each reason; of more their number.
const TOLD_PER_REASON: usize = 5;

pub(super) fn partners(shown: &Shown<'_>, learning: &Learning<'_>) -> Markup {
    let &Shown { site, snapshot, view, ref id, .. } = shown;
    let words = words::of(site.lang);
    let told = Told { site, snapshot, view };
    let asked = Asked {
        from: Some(id.code.to_string()),
        theme: learning.theme.map(str::to_owned),
        ..Asked::default()
    };
    let action = format!("{}#partners", site.page(&format!("khoroos/{}", id.code)));
    let theme = learning.theme.map(|theme| format!("&theme={theme}")).unwrap_or_default();
    html! {
        section #partners {
            h2 { (words.whom) }
            p { (words.suggested_lead) }
            form.asked method="get" action=(action) {
                (Field::new("theme", site.words().theme).theme(site, snapshot, learning.theme))
                button { (site.words().show) }
            }
            @if learning.suggestions.is_empty() { p { (words.none_suggested) } }
            @else if let Some(day) = learning.open_on {
                // Of the day on which it is asked.
                p data-served { (fill(words.next_open, &[("day", &weekday(day, site.lang))])) }
            }
            ol.partners {
                @for one in learning.suggestions { li { (suggestion(told, &asked, one)) } }
            }
            (why_not(told, learning))
            ul.links {
                li { a href={ (site.page("visits/day")) (asked.query()) "#suggestions" } { (words.more_suggestions) } }
                li { a href=(site.page("about#def-partner_score")) { (words.score_means) } }
                li { a href=(site.data(&format!("khoroos/{}/partners?explain=true{theme}", id.code))) {
                    (words.data_partners)
                } }
            }
        }
    }
}

fn suggestion(told: Told<'_>, asked: &Asked, one: &Suggestion) -> Markup {
    let (site, words) = (told.site, told.words());
    let practice = told.practice(one);
    let is_online = one.mode == Mode::Virtual;
    html! {
        h3 { (names::practice_link(site, practice)) }
        ul.tags {
            li { (told.khoroo(one.host)) }
            @if !is_online { li { (told.minutes(one)) } }
            li { (names::theme(site.lang, told.snapshot, &practice.theme)) }
            li { (names::choice(site.words(), one.mode.word())) }
        }
        p { (told.sentence(one)) }
        (told.parts(one))
        @if !is_online {
            p.screen { a rel="nofollow" href={ (site.page("visits/day")) (asked.and_stop(&told.stop(one.host, practice)).query()) } {
                (words.add_to_day)
                span.visually-hidden { ": " (names::title(site.lang, practice).0) }
            } }
        }
    }
}

/// By reason, first those that come next by score.
fn why_not(told: Told<'_>, learning: &Learning<'_>) -> Markup {
    let words = told.words();
    let mut by_reason: BTreeMap<usize, Vec<&Passed>> = BTreeMap::new();
    for passed in learning.not_suggested {
        by_reason.entry(place(&passed.reasons[0])).or_default().push(passed);
    }
    html! {
        @if !by_reason.is_empty() {
            details.why {
                summary { (words.why_not) }
                @for (at, passed) in by_reason {
                    h3 { (names_of(words)[at]) " · " (passed.len()) }
                    ul {
                        @for passed in passed.iter().take(TOLD_PER_REASON) { li { (one(told, passed)) } }
                        @if passed.len() > TOLD_PER_REASON {
                            li.quiet { (fill(words.and_more, &[("n", &(passed.len() - TOLD_PER_REASON).to_string())])) }
                        }
                    }
                }
            }
        }
    }
}

/// What the heading says already is not said again.
fn one(told: Told<'_>, passed: &Passed) -> Markup {
    let site = told.site;
    let practice = &told.snapshot.records.practices[passed.practice];
    let is_said = |at: usize, reason: &WhyNot| {
        at == 0
            && matches!(reason, WhyNot::Own | WhyNot::SameLineage | WhyNot::Archived | WhyNot::NoOpenOffer)
    };
    let more = passed.reasons.iter().enumerate().filter(|(at, reason)| !is_said(*at, reason));
    let more: Vec<String> = more.map(|(_, reason)| partners::words::why_not(reason, site.lang)).collect();
    html! {
        (names::practice_link(site, practice)) " · " (told.khoroo(passed.host))
        @if !more.is_empty() { ": " (more.join("; ")) }
    }
}

/// Where a reason stands in [`names_of`].
const fn place(reason: &WhyNot) -> usize {
    match reason {
        WhyNot::Ranked { .. } => 0,
        WhyNot::Copied { .. } => 1,
        WhyNot::TooFar { .. } => 2,
        WhyNot::Mode => 3,
        WhyNot::NoOpenOffer => 4,
        WhyNot::Own => 5,
        WhyNot::SameLineage => 6,
        WhyNot::Archived => 7,
        WhyNot::NotYet | WhyNot::Visited { .. } | WhyNot::HostFull { .. } | WhyNot::GroupTooLarge { .. } => 8,
    }
}

const fn names_of(words: &Words) -> [&'static str; 9] {
    [
        words.why_ranked,
        words.why_copied,
        words.why_far,
        words.why_mode,
        words.why_no_offer,
        words.why_own,
        words.why_lineage,
        words.why_archived,
        words.why_other,
    ]
}
