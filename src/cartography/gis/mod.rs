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
use super::figures::Classed;
use super::legend::{Entry, EntryKind, Key, view_of};
use super::palette::Rgb;
use super::query::{Error, MapMeasure, Query, Rate};
use super::text;
use crate::snapshot::{Level, Snapshot, property};

/// A colour, what it stands for, and which features have it.
struct Rule {
    label: String,
    colour: Rgb,
    is_no_data: bool,
    /// All of which hold; for no data, one of which does.
    conditions: Vec<Condition>,
}

enum Condition {
    IsUnknown {
        field: String,
    },
    /// At least `from`, and below `below`.
    Within {
        field: String,
        from: i64,
        below: Option<i64>,
    },
}

/// Rules in the order of the legend, and what the map shows.
struct Rules {
    title: String,
    /// Districts where khoroos have no lines.
    level: Level,
    rules: Vec<Rule>,
}

impl Rules {
    /// Errors: what cannot be told from the fields of a file: rates, one theme, participation of a district.
    fn of(snapshot: &Snapshot, query: &Query, ground: Ground) -> Result<Self, Error> {
        let words = |name, value: &str, allowed: &[&str]| Error::Value {
            name,
            value: value.to_owned(),
            allowed: allowed.iter().map(|word| (*word).to_owned()).collect(),
        };
        if query.rate != Rate::Count {
            return Err(words("rate", query.rate.word(), &[Rate::Count.word()]));
        }
        if let Some(theme) = &query.theme {
            return Err(words("theme", theme, &["all"]));
        }
        let mut query = query.clone();
        if view_of(snapshot, &query)?.geography.coverage.is_none() {
            query.level = Level::District;
        }
        if query.measure == MapMeasure::Participation && query.level == Level::District {
            let others = MapMeasure::ALL.into_iter().filter(|&measure| measure != MapMeasure::Participation);
            let others: Vec<&str> = others.map(MapMeasure::word).collect();
            return Err(words("measure", query.measure.word(), &others));
        }
        let key = Key::of(snapshot, &query)?;
        let field = |of: &Classed| property::name(of.series.measure.word(), &query.cycle, None);
        let fields: Vec<String> = std::iter::once(&key.first).chain(&key.second).map(field).collect();
        let n_columns = key.first.n_places();
        let rule = |(idx, entry): (usize, &Entry)| {
            let is_no_data = entry.kind == EntryKind::NoData;
            let conditions = if is_no_data {
                fields.iter().map(|field| Condition::IsUnknown { field: field.clone() }).collect()
            } else if let (Some(second), [first_field, second_field]) = (&key.second, fields.as_slice()) {
                vec![
                    Condition::of(first_field, &key.first, idx % n_columns),
                    Condition::of(second_field, second, idx / n_columns),
                ]
            } else {
                vec![Condition::of(&fields[0], &key.first, idx)]
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

impl Condition {
    /// The figures of a place: 0 none, from 1 the classes.
    fn of(field: &str, classed: &Classed, place: usize) -> Self {
        let lower = &classed.classes.lower;
        let (from, below) = match place {
            0 => (0, Some(1)),
            // What lies below the first bound belongs to the first class.
            1 => (1, lower.get(1).copied()),
            _ => (lower[place - 1], lower.get(place).copied()),
        };
        // Of participation a khoroo took part or did not, however often.
        let below = below.filter(|_| !(classed.series.is_participation && place > 0));
        Self::Within { field: field.to_owned(), from, below }
    }
}
