//! Styles of a map for programs that colour files: QGIS (QML) and whatever knows Styled Layer Descriptors (SLD); and
//! for QGIS a layer of the running service with its style (QLR).
//!
//! Owns: rules over the fields of an export, one for each class of the legend. Leaves to others: classes, colours,
//! labels.
//! Design: rules instead of a graduated colour, because zero, no data and both figures at once are classes too.

mod qlr;
mod qml;
mod sld;

pub use qlr::qlr;
pub use qml::qml;
pub use sld::sld;

use super::context::Ground;
use super::figures::{Classed, RATE_BASE};
use super::legend::{Entry, EntryKind, Key, view_of};
use super::palette::Rgb;
use super::query::{Error, MapMeasure, Query, Rate};
use super::text;
use crate::snapshot::{CycleChoice, Level, Snapshot, VintageView, property};

/// A colour, what it stands for, and which features have it.
struct Rule {
    label: String,
    colour: Rgb,
    is_no_data: bool,
    /// All of which hold; for no data, one of which does.
    conditions: Vec<Condition>,
}

enum Condition {
    IsUnknown { field: String },
    IsZero { field: String },
    Below(Product, Product),
    AtLeast(Product, Product),
}

/// A number, or that many times a field.
struct Product {
    times: i64,
    field: Option<String>,
}

/// Where the figures of a map stand in a file.
struct Columns {
    /// One, or the two of the bivariate map.
    figures: Vec<String>,
    /// What rates divide by; `None` of counts.
    residents: Option<String>,
}

/// Rules in the order of the legend, and what the map shows.
struct Style {
    title: String,
    /// Districts where khoroos have no lines.
    level: Level,
    rules: Vec<Rule>,
}

impl Style {
    /// Errors: what cannot be told from the fields of a file: one theme, participation of a district.
    fn of(snapshot: &Snapshot, query: &Query, ground: Ground) -> Result<Self, Error> {
        let words = |name, value: &str, allowed: &[&str]| Error::Value {
            name,
            value: value.to_owned(),
            allowed: allowed.iter().map(|word| (*word).to_owned()).collect(),
        };
        if let Some(theme) = &query.theme {
            return Err(words("theme", theme, &["all"]));
        }
        let mut query = query.clone();
        let view = view_of(snapshot, &query)?;
        if view.geography.coverage.is_none() {
            query.level = Level::District;
        }
        if query.measure == MapMeasure::Participation && query.level == Level::District {
            let others = MapMeasure::ALL.into_iter().filter(|&measure| measure != MapMeasure::Participation);
            let others: Vec<&str> = others.map(MapMeasure::word).collect();
            return Err(words("measure", query.measure.word(), &others));
        }
        let key = Key::of(snapshot, &query)?;
        let columns = Columns::of(view, &query, &key);
        let n_columns = key.first.n_places();
        let rule = |(idx, entry): (usize, &Entry)| {
            let is_no_data = entry.kind == EntryKind::NoData;
            let conditions = if is_no_data {
                columns.unknown()
            } else {
                let mut all = match (&key.second, &*columns.figures) {
                    (Some(second), [first_field, second_field]) => {
                        let mut both = columns.within(first_field, &key.first, idx % n_columns);
                        both.extend(columns.within(second_field, second, idx / n_columns));
                        both
                    }
                    _ => columns.within(&columns.figures[0], &key.first, idx),
                };
                all.extend(columns.inhabited());
                all
            };
            let label = text::Text::new(&entry.label_mn, &entry.label_en).get(query.lang).to_owned();
            Rule { label, colour: ground.of(entry), is_no_data, conditions }
        };
        let rules = key.entries.iter().enumerate().map(rule).collect();
        Ok(Self {
            title: text::title(snapshot, &query).get(query.lang).to_owned(),
            level: query.level,
            rules,
        })
    }
}

impl Columns {
    fn of(view: &VintageView, query: &Query, key: &Key) -> Self {
        let figure = |of: &Classed| property::name(of.series.measure.word(), &query.cycle, None);
        let residents = || {
            let cycle = view.cycle_of_residents(&query.cycle);
            let has_own = view.cycles_of_residents(query.level).contains(&cycle);
            let cycle = if has_own { cycle } else { CycleChoice::All };
            property::name(property::POPULATION, &cycle, None)
        };
        Self {
            figures: std::iter::once(&key.first).chain(&key.second).map(figure).collect(),
            residents: (query.rate == Rate::Per10000).then(residents),
        }
    }

    /// One of which holds where there is no figure.
    fn unknown(&self) -> Vec<Condition> {
        let fields = self.figures.iter().chain(&self.residents).cloned();
        let unknown = fields.map(|field| Condition::IsUnknown { field });
        let nobody = self.residents.clone().map(|field| Condition::IsZero { field });
        unknown.chain(nobody).collect()
    }

    /// All of which hold of the figures of a place: 0 none, from 1 the classes.
    ///
    /// A rate is `count × 10,000 × unit ÷ residents`, rounded half up; set against a bound both are multiplied out, so
    /// that nothing is divided.
    fn within(&self, field: &str, classed: &Classed, place: usize) -> Vec<Condition> {
        let lower = &classed.classes.lower;
        let count = |times| Product { times, field: Some(field.to_owned()) };
        let number = |times| Product { times, field: None };
        let sides = |bound: i64| match &self.residents {
            None => (count(1), number(bound)),
            Some(residents) => (
                count(2 * RATE_BASE * classed.scale.unit()),
                Product { times: 2 * bound - 1, field: Some(residents.clone()) },
            ),
        };
        let at_least = |(count, bound)| Condition::AtLeast(count, bound);
        let below = |(count, bound)| Condition::Below(count, bound);
        // Of participation a khoroo took part or did not, however often.
        let is_open = classed.series.is_participation;
        let upper = lower.get(place).filter(|_| !is_open).map(|&bound| below(sides(bound)));
        match place {
            0 => vec![at_least((count(1), number(0))), below((count(1), number(1)))],
            // What lies below the first bound belongs to the first class.
            1 => std::iter::once(at_least((count(1), number(1)))).chain(upper).collect(),
            _ => std::iter::once(at_least(sides(lower[place - 1]))).chain(upper).collect(),
        }
    }

    /// Holds where a rate can be told.
    fn inhabited(&self) -> Option<Condition> {
        let one = |field| Product { times: 1, field };
        self.residents.clone().map(|field| Condition::AtLeast(one(Some(field)), one(None)))
    }
}
