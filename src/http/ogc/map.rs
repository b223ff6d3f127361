//! What of a collection can be drawn on a page.

use super::asked::{Asked, Form};
use super::collections::item_path;
use crate::cartography::picture::{Feature, Place};
use crate::features::{Collection, GeometryType, Shape, Table, Value};
use crate::model::Lang;
use crate::pages::ogc::{Map, Part};

/// The map of some rows; none of what stands on no ground.
///
/// - `own`: the row whose page it is.
pub fn map(
    asked: &Asked,
    collection: &Collection,
    table: &Table,
    rows: impl Iterator<Item = usize>,
    own: Option<usize>,
) -> Option<Part> {
    if collection.geometry() == GeometryType::None {
        return None;
    }
    let (mut features, mut n_without_place, mut values) = (Vec::new(), 0, Vec::new());
    for row in rows {
        let Some(place) = place(table, row) else {
            n_without_place += 1;
            continue;
        };
        let id = table.id(row);
        table.values(row, &mut values);
        let title =
            name(table, &values, asked.lang).map_or_else(|| id.to_string(), |name| format!("{name} ({id})"));
        let href = (own != Some(row)).then(|| asked.to(&item_path(&collection.id, &id), Form::Html));
        features.push(Feature { place, title, href });
    }
    Some(Part::Map(Map { features, n_without_place }))
}

fn place(table: &Table, row: usize) -> Option<Place> {
    match table.shape(row) {
        Shape::None => None,
        Shape::Point(at) => Some(Place::Point(at)),
        Shape::Line(ends) => Some(Place::Line(ends)),
        Shape::MultiPolygon(_) => {
            table.unit(row).map(|at| Place::Unit { vintage: at.vintage, level: at.level, idx: at.idx })
        }
    }
}

/// What a feature is called, in the language as far as it has a name in it.
pub fn name(table: &Table, values: &[Value<'_>], lang: Lang) -> Option<String> {
    let named = |word: &str, lang: Lang| {
        let field = format!("{word}_{}", lang.tag());
        let at = table.fields.iter().position(|one| one.name == field)?;
        Some(values[at].to_string()).filter(|text| !text.is_empty())
    };
    let languages = [lang, Lang::Mn, Lang::En];
    languages.into_iter().find_map(|lang| named("name", lang).or_else(|| named("title", lang)))
}
