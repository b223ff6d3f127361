//! The table of visits, by district and khoroo, and what may be decided about each.
//!
//! Addresses within the page: `v-bzd-1` is a visitor's first row, `v-bzd-1-p-2022-003` that of a visit, so that
//! whoever changes a visit comes back to it.

use maud::{Markup, html};

use super::{PATH, Told};
use crate::model::{Lang, Mode, Practice};
use crate::pages::links::query;
use crate::pages::names::{self, foreign};
use crate::pages::numbers::{count, decimal};
use crate::pages::words::fill;
use crate::partners::{Points, words as partner_words};
use crate::visits::month::{Alternative, Assignment};

/// Stops of one day.
const STOPS_MAX: usize = 12;

impl Told<'_> {
    pub(super) fn table(&self) -> Markup {
        let words = self.words;
        let visits = &self.plan.month.assignments;
        html! {
            section #plan {
                h2 { (words.plan) }
                @if visits.is_empty() { p { (words.nobody_goes) } } @else {
                    (self.hand())
                    table.visits role="table" {
                        thead role="rowgroup" { tr role="row" {
                            th role="columnheader" scope="col" { (words.visitor) }
                            th role="columnheader" scope="col" { (words.host) }
                            th role="columnheader" scope="col" { (words.practice) }
                            th.n role="columnheader" scope="col" { (words.minutes) }
                            th role="columnheader" scope="col" { (words.reason) }
                        } }
                        @for of_district in visits.chunk_by(|a, b| self.district(a) == self.district(b)) {
                            (self.of_district(of_district))
                        }
                    }
                }
            }
        }
    }

    /// The form of all buttons: the plan's own link.
    fn hand(&self) -> Markup {
        let values = self.asking.values.iter();
        html! {
            form #hand method="get" action=(self.site.page(PATH)) {
                @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    fn district(&self, visit: &Assignment) -> u32 {
        self.asking.view.geography.district_of[visit.khoroo]
    }

    fn of_district(&self, visits: &[Assignment]) -> Markup {
        let district = &self.asking.view.geography.districts[self.district(&visits[0]) as usize];
        let n = count(visits.len() as i64, self.site.lang);
        html! {
            tbody role="rowgroup" {
                tr.group role="row" { th role="rowheader" colspan="5" scope="rowgroup" {
                    (names::unit(self.site.lang, district))
                    " " span.of { (fill(self.words.n_visits, &[("n", &n)])) }
                } }
                @for of_visitor in visits.chunk_by(|a, b| a.khoroo == b.khoroo) {
                    @for (nth, visit) in of_visitor.iter().enumerate() {
                        (self.row(visit, of_visitor, nth == 0))
                    }
                }
            }
        }
    }

    fn row(&self, visit: &Assignment, of_visitor: &[Assignment], is_first: bool) -> Markup {
        let (words, lang) = (self.words, self.site.lang);
        let suggestion = &visit.suggestion;
        let practice = self.practice(suggestion.practice);
        let code = self.code(visit.khoroo);
        let minutes = suggestion.travel_minutes().map_or_else(|| "—".to_owned(), |m| decimal(m, 0, lang));
        let strongest = partner_words::strongest(suggestion, lang);
        html! {
            tr role="row" id={ "v-" (code) "-" (practice.id) } .decided[visit.is_fixed] {
                th role="rowheader" scope="row" id=[is_first.then(|| format!("v-{code}"))] {
                    (self.khoroo(visit.khoroo))
                    @if visit.is_fixed { span.mark { (words.by_hand) } }
                }
                td role="cell" data-name=(words.host) { a href=(self.address(suggestion.host)) { (self.whole(suggestion.host)) } }
                td role="cell" data-name=(words.practice) { (names::practice_link(self.site, practice)) }
                td.n role="cell" data-name=(words.minutes_one_way) { (minutes) }
                td role="cell" data-name=(words.reason) {
                    (names::theme(lang, self.snapshot, &practice.theme))
                    @if suggestion.mode != Mode::FaceToFace { ", " (names::choice(self.site.words(), suggestion.mode.word())) }
                    @if let Some(strongest) = strongest { "; " (strongest) }
                    @if let Some(quarter) = self.quarter(visit) { span.of { (quarter) } }
                }
            }
            tr.change.screen role="row" .decided[visit.is_fixed] {
                td role="cell" colspan="5" { (self.decide(visit, of_visitor, is_first)) }
            }
        }
    }

    /// In which quarter there is room for it, where the period has several.
    fn quarter(&self, visit: &Assignment) -> Option<String> {
        let quarters = &self.plan.order.quarters;
        visit.quarter.filter(|_| quarters.len() > 1).map(|nth| self.words.quarter_of(quarters[nth]))
    }

    /// What else would do, and what may be done.
    fn decide(&self, visit: &Assignment, of_visitor: &[Assignment], is_first: bool) -> Markup {
        let words = self.words;
        let practice = self.practice(visit.suggestion.practice);
        let code = self.code(visit.khoroo);
        let name = self.whole(visit.khoroo);
        let day = if is_first { self.day(of_visitor) } else { None };
        let stay = self.stay(visit, of_visitor);
        html! {
            details {
                summary aria-label=(fill(words.change_this, &[("visitor", &name)])) { (words.change) }
                div.way {
                    p { (self.score(visit)) }
                    @if visit.is_fixed {
                        button form="hand" name="release" value={ (code) "," (practice.id) } { (words.release) }
                    } @else {
                        button form="hand" name="swap" value={ (code) ",," (practice.id) } title=(words.keep_hint) { (words.keep) }
                    }
                }
                @if visit.alternatives.is_empty() { p { (words.no_other) } } @else {
                    p { (words.instead) @if !stay.is_empty() { " " (words.others_stay) } }
                    ul { @for other in &visit.alternatives { li.way { (self.alternative(visit, other, &stay)) } } }
                }
                @if let Some(day) = day { p { a href=(day) { (words.day_of_visitor) } } }
            }
        }
    }

    /// Other visits of the visitor that would fall if one was chosen instead of another: a wish for any practice does
    /// not say which of them is replaced.
    fn stay(&self, visit: &Assignment, of_visitor: &[Assignment]) -> String {
        let others = of_visitor.iter().filter(|other| {
            visit.need.is_none() && !other.is_fixed && other.suggestion.practice != visit.suggestion.practice
        });
        others.flat_map(|other| [",", &self.practice(other.suggestion.practice).id]).collect()
    }

    fn alternative(&self, visit: &Assignment, other: &Alternative, stay: &str) -> Markup {
        let (words, lang) = (self.words, self.site.lang);
        let practice = self.practice(other.pairing.practice);
        let (title, of) = names::title(lang, practice);
        let host = self.whole(other.pairing.host);
        let now = &self.practice(visit.suggestion.practice).id;
        let minutes = match (other.pairing.mode, other.pairing.minutes) {
            (Mode::Virtual, _) => names::choice(self.site.words(), Mode::Virtual.word()).to_owned(),
            (_, None) => words.unknown.to_owned(),
            (_, Some(minutes)) => fill(words.n_minutes, &[("n", &decimal(minutes, 0, lang))]),
        };
        let place = if other.is_free { words.place_free } else { words.place_taken };
        html! {
            span { (host) ": " span lang=[foreign(lang, of)] { (names::quoted(lang, title)) } ", " (minutes) ", " (place) }
            button form="hand" name="swap" value={ (self.code(visit.khoroo)) "," (now) "," (practice.id) (stay) }
                aria-label=(fill(words.choose_this, &[("host", &host), ("title", title)])) { (words.choose) }
        }
    }

    /// The score and the parts that add up to it.
    fn score(&self, visit: &Assignment) -> String {
        let lang = self.site.lang;
        let share = |points: Points| decimal(points as f64 / 1e6, 2, lang);
        let parts = visit.suggestion.parts.iter();
        let parts = parts.map(|part| format!("{} {}", self.words.part(part.kind.word()), share(part.points)));
        let parts = parts.collect::<Vec<_>>().join(" + ");
        fill(self.words.score_is, &[("score", &share(visit.suggestion.score)), ("parts", &parts)])
    }

    /// The page of one day's way along the visitor's hosts; whoever is met online is not on the way.
    fn day(&self, of_visitor: &[Assignment]) -> Option<String> {
        let mut stops: Vec<(usize, &str)> = Vec::new();
        for visit in of_visitor.iter().filter(|visit| visit.suggestion.mode != Mode::Virtual) {
            let host = visit.suggestion.host;
            if stops.iter().all(|(seen, _)| *seen != host) {
                stops.push((host, &self.practice(visit.suggestion.practice).id));
            }
        }
        if stops.is_empty() {
            return None;
        }
        stops.truncate(STOPS_MAX);
        let stops: Vec<String> =
            stops.into_iter().map(|(host, practice)| format!("{}:{practice}", self.code(host))).collect();
        let from = self.plan.order.from;
        let calendar = self.plan.calendar;
        let date = if calendar.is_working(from) { Some(from) } else { calendar.next_working_day(from) };
        let mut pairs =
            vec![("from", self.code(of_visitor[0].khoroo).to_owned()), ("stops", stops.join(","))];
        pairs.extend(date.map(|date| ("date", date.to_string())));
        let vintage = self.asking.value("vintage");
        if !vintage.is_empty() {
            pairs.push(("vintage", vintage.to_owned()));
        }
        Some(format!("{}{}", self.site.page("visits/day"), query(&pairs)))
    }

    pub(super) fn practice(&self, practice: usize) -> &Practice {
        &self.snapshot.records.practices[practice]
    }

    pub(super) fn code(&self, khoroo: usize) -> &str {
        &self.asking.view.geography.khoroos[khoroo].code
    }

    pub(super) const fn lang(&self) -> Lang {
        self.site.lang
    }
}
