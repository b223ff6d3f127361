//! Suggestions as people check them: whose practice, how far, and every part of the score with its reason.
//!
//! Invariant: the parts that are shown add up to the score that is shown, in its last digit too.

use maud::{Markup, html};

use super::words::{self, Words};
use crate::model::{KhorooCode, Lang, Practice};
use crate::pages::layout::scroll;
use crate::pages::numbers::decimal;
use crate::pages::words::fill;
use crate::pages::{Site, names, pick};
use crate::partners::{self, Part, PartKind, Points, Suggestion, WaySource};
use crate::snapshot::{Snapshot, VintageView};

/// Thousandths of a score of 1 that a page shows.
const DIGITS: u8 = 3;
const POINTS_OF_A_DIGIT: i64 = 1_000;

/// What suggestions are told from.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Told<'a> {
    pub site: &'a Site<'a>,
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
}

impl<'a> Told<'a> {
    pub fn words(&self) -> &'static Words {
        words::of(self.site.lang)
    }

    pub fn practice(&self, one: &Suggestion) -> &'a Practice {
        &self.snapshot.records.practices[one.practice]
    }

    /// `bzd-12:p-2022-003`.
    pub fn stop(&self, host: usize, practice: &Practice) -> String {
        format!("{}:{}", self.view.geography.khoroos[host].code, practice.id)
    }

    /// A khoroo of the vintage, as a link.
    pub fn khoroo(&self, khoroo: usize) -> Markup {
        let unit = &self.view.geography.khoroos[khoroo];
        let id =
            KhorooCode { district: unit.district.clone(), number: unit.number }.at(&self.view.vintage.id);
        names::khoroo_link(self.site, self.snapshot, &id)
    }

    /// How long the way is, and whether that is an estimate.
    pub fn minutes(&self, one: &Suggestion) -> String {
        let words = self.words();
        let Some(minutes) = one.way.minutes else { return words.minutes_unknown.to_owned() };
        let text = if one.way.source == WaySource::Estimate { words.about_minutes } else { words.minutes };
        fill(text, &[("n", &decimal(minutes, 0, self.site.lang))])
    }

    pub fn score(&self, one: &Suggestion) -> String {
        self.points(one.score)
    }

    pub fn points(&self, points: Points) -> String {
        shown(rounded(points), self.site.lang)
    }

    /// Who shows what, how far it is, and what speaks for it most.
    pub fn sentence(&self, one: &Suggestion) -> String {
        let lang = self.site.lang;
        let geography = &self.view.geography;
        let host = &geography.khoroos[one.host];
        let district = &geography.districts[geography.district_of[one.host] as usize];
        let host = match lang {
            Lang::Mn => format!("{} дүүргийн {}", district.name_mn, host.name_mn),
            Lang::En => format!("{}, {}", host.name_en, district.name_en),
        };
        let practice = self.practice(one);
        let title_en = practice.title_en.as_deref().unwrap_or(&practice.title_mn);
        partners::words::sentence(one, &host, pick(lang, &practice.title_mn, title_en), lang)
    }

    /// The parts of a score, in a table that adds up.
    pub fn parts(&self, one: &Suggestion) -> Markup {
        let (lang, words) = (self.site.lang, self.words());
        let name = fill(words.score_how, &[("score", &self.score(one))]);
        let points = apportioned(&one.parts, one.score);
        let table = html! {
            table.score {
                thead { tr {
                    th scope="col" { (words.part) }
                    th scope="col" { span.visually-hidden { (words.points) } }
                    th.n scope="col" { (words.points) }
                } }
                tbody { @for (part, points) in one.parts.iter().zip(points) {
                    tr {
                        th scope="row" {
                            (part_name(words, part.kind))
                            span.of { (partners::words::reason(part, one, lang)) }
                        }
                        td { (bar(part)) }
                        td.n {
                            (shown(points, lang))
                            span.of { (fill(words.at_most, &[("n", &plain(part.weight, lang))])) }
                        }
                    }
                } }
                tfoot { tr {
                    th scope="row" { (words.total) }
                    td {}
                    td.n { (self.score(one)) }
                } }
            }
        };
        html! { details { summary { (name) } (scroll(&name, table)) } }
    }
}

fn bar(part: &Part) -> Markup {
    let width = |part: f64| format!("{:.1}", 100.0 * part);
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.other width=(width(part.weight / WIDEST)) height="8" {}
            rect width=(width(part.weight * part.value / WIDEST)) height="8" {}
        }
    }
}

/// The weight that a whole bar stands for: most parts have less.
const WIDEST: f64 = 0.5;

const fn part_name(words: &Words, kind: PartKind) -> &'static str {
    match kind {
        PartKind::Need => words.part_need,
        PartKind::Proximity => words.part_proximity,
        PartKind::Quality => words.part_quality,
        PartKind::Setting => words.part_setting,
        PartKind::Ease => words.part_ease,
        PartKind::Capacity => words.part_capacity,
    }
}

/// A weight with as many digits as it has: `0.35`, `0.2`.
fn plain(weight: f64, lang: Lang) -> String {
    let text = decimal(weight, DIGITS, lang);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn shown(digits: i64, lang: Lang) -> String {
    decimal(digits as f64 / 1_000.0, DIGITS, lang)
}

const fn rounded(points: Points) -> i64 {
    (points + POINTS_OF_A_DIGIT / 2) / POINTS_OF_A_DIGIT
}

/// Points of each part in thousandths that add up to those of the score: the largest remainders are rounded up.
fn apportioned(parts: &[Part; 6], score: Points) -> [i64; 6] {
    let mut shown = parts.each_ref().map(|part| part.points / POINTS_OF_A_DIGIT);
    let missing = usize::try_from(rounded(score) - shown.iter().sum::<i64>()).unwrap_or(0);
    let mut by_rest: Vec<usize> = (0..parts.len()).collect();
    by_rest.sort_by_key(|&at| (-(parts[at].points % POINTS_OF_A_DIGIT), at));
    for &at in by_rest.iter().take(missing) {
        shown[at] += 1;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partners::Input;

    #[test]
    fn shown_parts_add_up_to_the_shown_score() {
        for points in
            [[233_333, 120_500, 90_499, 80_501, 50_999, 40_000], [1, 1, 1, 1, 1, 1], [999; 6], [0; 6]]
        {
            let parts = points.map(|points| Part {
                kind: PartKind::Need,
                weight: 0.5,
                value: 0.5,
                points,
                is_known: true,
                input: Input::Proximity { minutes: None },
            });
            let score: i64 = points.iter().sum();
            let shown = apportioned(&parts, score);
            assert_eq!(shown.iter().sum::<i64>(), rounded(score), "{points:?}");
            for (shown, points) in shown.into_iter().zip(points) {
                assert!((shown * POINTS_OF_A_DIGIT - points).abs() < POINTS_OF_A_DIGIT, "{points}");
            }
        }
    }

    #[test]
    fn a_weight_has_no_more_digits_than_it_needs() {
        assert_eq!(
            [0.35, 0.2, 0.125, 0.0].map(|weight| plain(weight, Lang::En)),
            ["0.35", "0.2", "0.125", "0"]
        );
    }
}
