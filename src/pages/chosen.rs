//! What a map shows of one place, in words.

use maud::{Markup, html};

use super::numbers::decimal;
use super::{Site, names, pick};
use crate::cartography::picture::Area;
use crate::cartography::{self, Cell, MapMeasure, Query, UnitValues, Values};
use crate::snapshot::{CycleChoice, Level, Snapshot};

/// The place that a map marks: its name leads to its page, its figure stands behind. Nothing for the city, and for
/// a place that the boundaries do not have.
pub(super) fn chosen(site: &Site<'_>, snapshot: &Snapshot, query: &Query, marked: &Area) -> Markup {
    let words = site.words();
    let Some(Chosen { name, href, texts }) = Chosen::of(site, snapshot, query, marked) else {
        return html! {};
    };
    let figures = match &texts[..] {
        [first, second] => {
            format!("{} {first}, {} {second}", words.identifications, words.replications)
        }
        _ => texts.concat(),
    };
    html! { p.under { (words.marked) ": " a href=(href) { (name) } ": " (figures) } }
}

struct Chosen {
    name: String,
    href: String,
    /// One figure, or the pair of the bivariate map.
    texts: Vec<String>,
}

impl Chosen {
    fn of(site: &Site<'_>, snapshot: &Snapshot, query: &Query, marked: &Area) -> Option<Self> {
        let view = snapshot.vintage(&query.vintage)?;
        let (level, name, href) = match marked {
            Area::City => return None,
            Area::District(code) => {
                let unit = &view.geography.districts[view.geography.district_idx(code)?];
                let href = site.district(snapshot, &query.vintage, code);
                (Level::District, names::unit(site.lang, unit).to_owned(), href)
            }
            Area::Khoroo(code) => {
                let id = code.at(&query.vintage);
                let idx = view.geography.khoroo_idx(code)?;
                (Level::Khoroo, names::whole(site, view, idx), site.khoroo(snapshot, &id))
            }
        };
        let code = super::embed::code_of(marked);
        let values = cartography::values(snapshot, &Query { level, ..query.clone() }).ok()?;
        let unit = values.units.iter().find(|unit| unit.code == code)?;
        Some(Self { name, href, texts: texts(site, &values, &query.cycle, level, unit) })
    }
}

/// A unit's figure, or the pair of the bivariate map.
pub(super) fn texts(
    site: &Site<'_>,
    values: &Values,
    cycle: &CycleChoice,
    level: Level,
    unit: &UnitValues,
) -> Vec<String> {
    let key = match cycle {
        CycleChoice::All => "all",
        CycleChoice::One(id) => id.as_str(),
    };
    let unknown = || site.words().not_reported.to_owned();
    let Some(Cell { value, second, class, .. }) = unit.cells.get(key) else { return vec![unknown()] };
    let is_participation = values.legend.measure == MapMeasure::Participation.word();
    let text = |value: &Option<serde_json::Number>| match value.as_ref().and_then(serde_json::Number::as_f64)
    {
        None => unknown(),
        Some(_) if is_participation && level == Level::Khoroo => {
            let entry = values.legend.classes.get(*class);
            entry.map_or_else(unknown, |entry| pick(site.lang, &entry.label_mn, &entry.label_en).to_owned())
        }
        Some(value) if is_participation => format!("{} %", decimal(value, 0, site.lang)),
        Some(value) => decimal(value, values.legend.decimals, site.lang),
    };
    std::iter::once(value).chain(second).map(text).collect()
}
