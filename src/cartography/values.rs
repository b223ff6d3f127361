//! One measure's figures for every unit of a vintage in every cycle, classed and coloured.
//!
//! The same answer feeds map, legend, table and cards. It holds all cycles, so moving along the time
//! slider asks for nothing more.
//! Owns: the shape of `/api/v1/values/{measure}.json`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::figures::{Classed, KhoroosEntering, Series};
use super::legend::{Key, Legend, view_of};
use super::query::{Error, Query, Rate};
use super::text::{self, Text};
use crate::snapshot::{CycleChoice, Headcount, Snapshot, VintageView};

/// Among the totals; no district's code.
const CITY: &str = "city";

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Values {
    /// Of the last change that the figures include.
    pub revision: i64,
    /// Counts of units are those of the asked cycle.
    #[serde(flatten)]
    pub legend: Legend,
    /// Ids of the cycles native to the vintage, in order.
    pub cycles: Vec<String>,
    /// By cycle, and `all`.
    pub cycle_titles: BTreeMap<String, Text>,
    /// Figures of whole areas, `city` and each district by its code; each by cycle, and `all`.
    pub totals: BTreeMap<String, BTreeMap<String, Total>>,
    /// Sorted by district number, then khoroo number.
    pub units: Vec<UnitValues>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitValues {
    pub code: String,
    /// Feature id in the tiles.
    pub id: u64,
    /// District code.
    pub district: String,
    /// Khoroo number, or district number.
    pub number: u32,
    pub name_mn: String,
    pub name_en: String,
    /// The unit's own figure; what a rate divides by stands in its cell.
    pub population: Option<i64>,
    pub population_year: Option<i16>,
    /// By cycle, and `all` for their sum.
    pub cells: BTreeMap<String, Cell>,
}

/// What one unit shows in one cycle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// `null` is unknown, which is not 0.
    pub value: Option<serde_json::Number>,
    /// The second figure, only in the bivariate map; the outer `None` elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<Option<serde_json::Number>>,
    /// Index into the legend's classes.
    pub class: usize,
    /// What a rate divides by; the outer `None` in a map of counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<Option<ResidentsOut>>,
}

/// What a whole area shows in one cycle: a sum, or the rate or share of the area as one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Total {
    /// `null` is unknown. Of participation by khoroo: how many took part.
    pub value: Option<serde_json::Number>,
    /// The second figure, only in the bivariate map; the outer `None` elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<Option<serde_json::Number>>,
    /// Residents that a rate divides by; the outer `None` in a map of counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<Option<i64>>,
    /// Only of participation: what its share is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub khoroos: Option<KhoroosEntering>,
}

/// A number of residents, and the row that tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ResidentsOut {
    pub population: i64,
    /// `null` where it is unknown, or where a district's khoroos were counted in different years.
    pub year: Option<i16>,
    /// `khoroo` or `khoroo_fact` of that code, vintage and year; `district`, or `khoroos` for their sum.
    pub row: &'static str,
}

/// Figures of every unit in every cycle native to the query's vintage.
pub fn values(snapshot: &Snapshot, query: &Query) -> Result<Values, Error> {
    let view = view_of(snapshot, query)?;
    let key = Key::of(snapshot, query)?;
    let theme = query.theme.as_deref();
    let mut units: Vec<UnitValues> = view
        .units(query.level)
        .iter()
        .map(|unit| UnitValues {
            code: unit.code.clone(),
            id: unit.mvt_id,
            district: unit.district.to_string(),
            number: unit.number,
            name_mn: unit.name_mn.clone(),
            name_en: unit.name_en.clone(),
            population: unit.population,
            population_year: unit.population_year,
            cells: BTreeMap::new(),
        })
        .collect();
    let choices: Vec<CycleChoice> = view.counts.choices().collect();
    let residents = |idx, cycle: &CycleChoice| {
        (query.rate == Rate::Per10000).then(|| {
            view.residents
                .of(query.level, idx, cycle)
                .map(|Headcount { population, year, row }| ResidentsOut { population, year, row: row.word() })
        })
    };
    for cycle in &choices {
        let first = key.first.series.figures(view, cycle, theme, key.first.scale);
        let second = key.second.as_ref().map(|s| (s.series.figures(view, cycle, theme, s.scale), s.scale));
        for (idx, (unit, &figure)) in units.iter_mut().zip(&first).enumerate() {
            let other = second.as_ref().map(|(figures, scale)| (figures[idx], scale));
            let cell = Cell {
                value: figure.map(|f| key.first.scale.json(f)),
                second: other.map(|(figure, scale)| figure.map(|f| scale.json(f))),
                class: key.entry_of(figure, other.and_then(|(figure, _)| figure)),
                residents: residents(idx, cycle),
            };
            unit.cells.insert(cycle.to_string(), cell);
        }
    }
    let totals = totals(view, query, &key, &choices);
    Ok(Values {
        revision: snapshot.revision.seq,
        legend: key.legend(snapshot, view, query),
        cycles: view.counts.cycles.clone(),
        cycle_titles: choices.iter().map(|c| (c.to_string(), text::cycle_name(snapshot, c))).collect(),
        totals,
        units,
    })
}

fn totals(
    view: &VintageView,
    query: &Query,
    key: &Key,
    cycles: &[CycleChoice],
) -> BTreeMap<String, BTreeMap<String, Total>> {
    let theme = query.theme.as_deref();
    let districts = &view.geography.districts;
    let whole = |of: &Classed, area: &Range<usize>, cycle: &CycleChoice| {
        let figure = of.series.whole(view, area.clone(), cycle, theme, of.scale);
        figure.map(|figure| of.scale.json(figure))
    };
    let of_cycle = |area: &Range<usize>, cycle: &CycleChoice| Total {
        value: whole(&key.first, area, cycle),
        second: key.second.as_ref().map(|second| whole(second, area, cycle)),
        residents: (query.rate == Rate::Per10000).then(|| Series::residents(view, area.clone(), cycle)),
        khoroos: key.first.series.entering(view, area.clone(), cycle, theme),
    };
    let of_area =
        |area: Range<usize>| cycles.iter().map(|cycle| (cycle.to_string(), of_cycle(&area, cycle))).collect();
    let city = (CITY.to_owned(), of_area(0..districts.len()));
    let each = districts.iter().enumerate();
    each.map(|(idx, unit)| (unit.code.clone(), of_area(idx..idx + 1))).chain([city]).collect()
}
