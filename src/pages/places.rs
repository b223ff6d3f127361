//! Districts and khoroos in the city's order, with the figures of the cycle and theme that the map shows.
//!
//! Counts of what was identified and replicated stand in every row. What else a map shows, such as a rate or a part,
//! stands behind them, in the numbers and words of the map.

use maud::{Markup, html};

use super::chosen::texts;
use super::layout::scroll;
use super::numbers::or_unknown;
use super::{Site, names};
use crate::cartography::{self, MapMeasure, Query, Rate, Values};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, Unit, VintageView};

/// Khoroos listed in a page at most. Too low: some cities lose their table. Too high: pages of
/// megabytes where a country is served; there the districts' table remains.
const KHOROO_ROWS_MAX: usize = 1000;

/// - `shown`: what the map shows; `None` where there is none.
pub(super) fn by_place(
    site: &Site<'_>,
    snapshot: &Snapshot,
    view: &VintageView,
    shown: Option<&Query>,
) -> Markup {
    let words = site.words();
    let geography = &view.geography;
    let vintage = &view.vintage.id;
    let (by_district, by_khoroo) = (
        Table::of(site, snapshot, view, Level::District, shown),
        Table::of(site, snapshot, view, Level::Khoroo, shown),
    );
    html! {
        (by_district.set(words.by_district, &[words.district, words.khoroos], &html! {
            @for (idx, unit) in geography.districts.iter().enumerate() {
                tr {
                    th scope="row" {
                        a href=(site.district(snapshot, vintage, &unit.district)) { (names::unit(site.lang, unit)) }
                    }
                    td { (geography.khoroos_of(idx).len()) }
                    (by_district.figures(idx, unit))
                }
            }
        }))
        @if geography.khoroos.len() > KHOROO_ROWS_MAX {
            p { (words.too_many) }
        } @else {
            (by_khoroo.set(words.by_khoroo, &[words.khoroo, words.district], &html! {
                @for (idx, unit) in geography.khoroos.iter().enumerate() {
                    @let district = &geography.districts[geography.district_of[idx] as usize];
                    tr {
                        th scope="row" {
                            a href={ (site.page(&format!("khoroos/{}", unit.code))) (site.of_vintage(snapshot, vintage)) } {
                                (names::unit(site.lang, unit))
                            }
                        }
                        td { (names::unit(site.lang, district)) }
                        (by_khoroo.figures(idx, unit))
                    }
                }
            }))
        }
    }
}

struct Table<'a> {
    site: &'a Site<'a>,
    snapshot: &'a Snapshot,
    view: &'a VintageView,
    level: Level,
    cycle: CycleChoice,
    theme: Option<&'a str>,
    /// Of the map, where the counts of every row are not all that it shows.
    besides: Option<(Query, Values)>,
}

impl<'a> Table<'a> {
    fn of(
        site: &'a Site<'_>,
        snapshot: &'a Snapshot,
        view: &'a VintageView,
        level: Level,
        shown: Option<&'a Query>,
    ) -> Self {
        let newest = || view.counts.cycles.last().cloned().map_or(CycleChoice::All, CycleChoice::One);
        let besides = shown.filter(|query| !is_in_every_row(query)).and_then(|query| {
            let query = Query { level, ..query.clone() };
            let values = cartography::values(snapshot, &query).ok()?;
            Some((query, values))
        });
        Self {
            site,
            snapshot,
            view,
            level,
            cycle: shown.map_or_else(newest, |query| query.cycle.clone()),
            theme: shown.and_then(|query| query.theme.as_deref()),
            besides,
        }
    }

    fn set(&self, units: &str, firsts: &[&str], rows: &Markup) -> Markup {
        let Self { site, snapshot, theme, .. } = self;
        let words = site.words();
        let theme = theme.map(|code| names::theme(site.lang, snapshot, code));
        let cycle = cartography::cycle_name(snapshot, &self.cycle);
        let said = [Some(units), theme, Some(cycle.get(site.lang))];
        let caption = said.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        scroll(
            &caption,
            html! { table {
                caption { (caption) }
                thead { tr {
                    @for name in firsts { th scope="col" { (name) } }
                    @for name in [words.residents, words.identifications, words.replications] {
                        th scope="col" { (name) }
                    }
                    @for name in self.heads() { th scope="col" { (name) } }
                } }
                tbody { (rows) }
            } },
        )
    }

    fn heads(&self) -> Vec<String> {
        let Some((query, values)) = &self.besides else { return Vec::new() };
        let measures = match query.measure {
            MapMeasure::Participation => return vec![values.legend.figures.get(self.site.lang).to_owned()],
            MapMeasure::Bivariate => vec![MapMeasure::Identifications, MapMeasure::Replications],
            measure => vec![measure],
        };
        let head = |measure| cartography::counted_name(measure, query.rate).get(self.site.lang).to_owned();
        measures.into_iter().map(head).collect()
    }

    /// Residents are those that a rate divides by.
    fn figures(&self, idx: usize, unit: &Unit) -> Markup {
        let Self { site, view, level, cycle, theme, .. } = self;
        let words = site.words();
        let figure =
            |measure| or_unknown(view.counts.value(measure, *level, idx, cycle, *theme), words, site.lang);
        let is_rate = self.besides.as_ref().is_some_and(|(query, _)| query.rate == Rate::Per10000);
        let counted = || view.residents.of(*level, idx, cycle).map(|count| count.population);
        let residents = if is_rate { counted() } else { unit.population };
        let besides = self.besides.as_ref().map_or_else(Vec::new, |(query, values)| {
            texts(site, values, &query.cycle, *level, &values.units[idx])
        });
        html! {
            td { (or_unknown(residents, words, site.lang)) }
            td { (figure(Measure::Identifications)) }
            td { (figure(Measure::Replications)) }
            @for text in besides { td { (text) } }
        }
    }
}

/// Whether the counts that stand in every row are what a map shows.
const fn is_in_every_row(query: &Query) -> bool {
    let is_counted = matches!(
        query.measure,
        MapMeasure::Identifications | MapMeasure::Replications | MapMeasure::Bivariate
    );
    is_counted && matches!(query.rate, Rate::Count)
}
