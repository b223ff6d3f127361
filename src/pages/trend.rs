//! What a place did cycle by cycle, and beside the average of its district.

use maud::{Markup, html};

use super::layout::scroll;
use super::numbers::{AVERAGE_DECIMALS, RATE_DECIMALS, decimal};
use super::{Site, names};
use crate::cartography::per_10000;
use crate::model::audience::Audience;
use crate::model::{Cycle, KhorooCode};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, VintageView};
use crate::tracker::{self, Question, Scope, Value};

/// A khoroo or district of one vintage.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub level: Level,
    pub idx: usize,
}

impl Place<'_> {
    pub fn scope(&self) -> Scope {
        let unit = &self.view.units(self.level)[self.idx];
        let code = || KhorooCode { district: unit.district.clone(), number: unit.number };
        match self.level {
            Level::Khoroo => Scope::Khoroo(code()),
            Level::District => Scope::District(unit.district.clone()),
        }
    }

    /// All cycles native to the vintage.
    pub fn question(&self) -> Question {
        let vintage = Some(self.view.vintage.id.clone());
        Question { scope: self.scope(), vintage, ..Question::city(CycleChoice::All) }
    }

    pub fn figure(&self, measure: Measure, cycle: &CycleChoice) -> Option<u32> {
        self.view.counts.value(measure, self.level, self.idx, cycle, None)
    }
}

/// Cycles by date, the newest first. A khoroo's ground was another one in cycles of other vintages, so what
/// was counted there is carried over and marked; a district is the same institution on its ground of the day.
pub(super) fn trend(site: &Site<'_>, place: Place<'_>) -> Markup {
    let words = site.words();
    let mut cycles: Vec<&Cycle> = place.snapshot.records.cycles.iter().collect();
    cycles.sort_by_key(|cycle| (std::cmp::Reverse(cycle.starts_on), &cycle.id));
    let is_carried = |cycle: &Cycle| place.level == Level::Khoroo && cycle.vintage != place.view.vintage.id;
    html! {
        (scroll(words.trend, html! {
            table {
                caption { (words.trend) }
                thead { tr {
                    th scope="col" { (words.cycle) }
                    th.n scope="col" { (words.identifications) }
                    th.n scope="col" { (words.replications) }
                } }
                tbody {
                    @for cycle in &cycles {
                        tr {
                            th scope="row" { (names::cycle(site.lang, place.snapshot, &cycle.id)) }
                            td.n { (in_cycle(site, place, cycle, "identify", Measure::Identifications)) }
                            td.n { (in_cycle(site, place, cycle, "replicate", Measure::Replications)) }
                        }
                    }
                }
            }
        }))
        @if cycles.iter().any(|cycle| is_carried(cycle)) { p.small.quiet { (words.trend_carried) } }
    }
}

/// A figure of one cycle, as the tracker tells it; a step that is no longer shown has none.
fn in_cycle(site: &Site<'_>, place: Place<'_>, cycle: &Cycle, card: &str, measure: Measure) -> Markup {
    let words = site.words();
    let vintage = (place.level == Level::Khoroo).then(|| place.view.vintage.id.clone());
    let question =
        Question { scope: place.scope(), vintage, ..Question::city(CycleChoice::One(cycle.id.clone())) };
    let is_carried = place.level == Level::Khoroo && cycle.vintage != place.view.vintage.id;
    let is_shown = place.snapshot.records.steps.iter().any(|step| step.active && step.code == card);
    let value = if is_carried {
        let figure = tracker::figure(place.snapshot, &question, Audience::Public, card, measure.word());
        figure.ok().and_then(|figure| figure.value)
    } else {
        counted(place, cycle, measure).map(|n| Value(f64::from(n))).filter(|_| is_shown)
    };
    let n_decimals = if is_carried { AVERAGE_DECIMALS } else { 0 };
    html! {
        @if let Some(Value(value)) = value {
            @if is_carried { "≈\u{a0}" }
            a href=(site.records(&question, card, measure.word())) { (decimal(value, n_decimals, site.lang)) }
        } @else { span.quiet { (words.not_reported) } }
    }
}

/// The count of a cycle on its own ground: the tracker's figure without its records.
fn counted(place: Place<'_>, cycle: &Cycle, measure: Measure) -> Option<u32> {
    let unit = &place.view.units(place.level)[place.idx];
    let view = place.snapshot.vintage(&cycle.vintage)?;
    let idx = match place.level {
        Level::Khoroo => place.idx,
        Level::District => view.geography.district_idx(&unit.district)?,
    };
    view.counts.value(measure, place.level, idx, &CycleChoice::One(cycle.id.clone()), None)
}

/// A khoroo beside the average khoroo of its district: never a rank.
pub(super) fn comparison(site: &Site<'_>, place: Place<'_>) -> Markup {
    let words = site.words();
    let geography = &place.view.geography;
    let district = geography.district_of[place.idx] as usize;
    let n_khoroos = geography.khoroos_of(district).len();
    let all = CycleChoice::All;
    let of = |measure, name| Compared {
        name,
        n_decimals: [0, AVERAGE_DECIMALS],
        own: place.figure(measure, &all).map(f64::from),
        average: place
            .view
            .counts
            .value(measure, Level::District, district, &all, None)
            .map(|sum| f64::from(sum) / n_khoroos as f64),
    };
    let rate = |level, idx| {
        let sum = place.view.counts.value(Measure::Identifications, level, idx, &all, None)?;
        per_10000(sum.into(), place.view.residents.of(level, idx, &all)?.population)
    };
    let rows = [
        of(Measure::Identifications, words.identifications),
        of(Measure::Replications, words.replications),
        of(Measure::ReplicationsHosted, words.replications_hosted),
        Compared {
            name: words.identifications_per_10000,
            n_decimals: [RATE_DECIMALS; 2],
            own: rate(Level::Khoroo, place.idx),
            average: rate(Level::District, district),
        },
    ];
    scroll(
        words.comparison,
        html! {
            table {
                caption { (words.comparison) }
                thead { tr {
                    th scope="col" { (words.figure) }
                    th.n scope="col" { (words.this_khoroo) }
                    th.n scope="col" { (words.district_average) }
                    th.screen scope="col" { (words.side_by_side) }
                } }
                tbody { @for row in &rows { (row.markup(site)) } }
            }
        },
    )
}

struct Compared {
    name: &'static str,
    /// Of the khoroo's own figure, and of the average.
    n_decimals: [u8; 2],
    own: Option<f64>,
    average: Option<f64>,
}

impl Compared {
    fn markup(&self, site: &Site<'_>) -> Markup {
        let [of_own, of_average] = self.n_decimals;
        let shown = |value: Option<f64>, n_decimals| {
            value.map_or_else(
                || site.words().not_reported.to_owned(),
                |value| decimal(value, n_decimals, site.lang),
            )
        };
        let most = self.own.unwrap_or(0.0).max(self.average.unwrap_or(0.0));
        let width =
            |value: Option<f64>| value.filter(|_| most > 0.0).map_or(0.0, |v| (100.0 * v / most).round());
        html! {
            tr {
                th scope="row" { (self.name) }
                td.n { (shown(self.own, of_own)) }
                td.n { (shown(self.average, of_average)) }
                td.screen {
                    svg.bar viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" {
                        rect width=(width(self.own)) height="5" {}
                        rect.other y="7" width=(width(self.average)) height="5" {}
                    }
                }
            }
        }
    }
}
