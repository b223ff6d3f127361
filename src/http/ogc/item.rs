//! One feature.

use axum::response::Response;
use serde_json::json;

use super::asked::{Asked, Form, Media, json};
use super::collections::{up, way_to};
use super::items::{answer, cell, published_at};
use super::landing::{root, sheet};
use super::link::Link;
use super::map::{map, name};
use super::question::{PARAMETERS_OF_ONE, shown};
use crate::exports::push_feature_shown;
use crate::features::{Shape, Table};
use crate::http::error::Error;
use crate::http::params::{Path, shortened};
use crate::model::GridBox;
use crate::pages::ogc::{Cell, Part, Sheet};

/// `GET /ogc/collections/{collection}/items/{feature}`
pub async fn get_item(Path((id, feature)): Path<(String, String)>, asked: Asked) -> Result<Response, Error> {
    asked.know(PARAMETERS_OF_ONE.into_iter())?;
    asked.world.tables.find(&id)?;
    answer(asked, Media::GeoJson, move |asked, form| one(asked, &id, &feature, form)).await
}

fn one(asked: &Asked, id: &str, feature: &str, form: Form) -> Result<Vec<u8>, Error> {
    let world = &asked.world;
    let collection = world.tables.find(id)?;
    let table = world.tables.open(collection, &world.snapshot);
    let shown = shown(asked, table)?;
    let row = table.find(feature).ok_or_else(|| Error::NotFound {
        detail: format!("collection `{id}` has no feature `{}`", shortened(feature)),
        allowed: Vec::new(),
    })?;
    let mut links = asked.forms(form, Media::GeoJson);
    let kind = if form == Form::Html { super::HTML } else { Media::Json.kind() };
    let to_collection = asked.to(&format!("/collections/{id}"), form);
    links.push(Link::new(to_collection, "collection", kind, collection.title(&world.snapshot, asked.lang)));
    if let Some(space) = collection.id_space(&world.snapshot) {
        let words = asked.pick("Байнгын хаяг", "Permanent address");
        links.push(Link::new(format!("{}{space}{feature}", asked.address), "cite-as", super::HTML, words));
    }
    if form == Form::Json {
        let mut out = Vec::new();
        push_feature_shown(table, row, &shown, &mut out);
        let rest = json(&json!({
            "published_at": published_at(&world.snapshot),
            "revision": world.snapshot.revision.seq,
            "illustrative": world.snapshot.illustrative,
            "links": links,
        }))?;
        // These go into the same object.
        out.pop();
        out.push(b',');
        out.extend_from_slice(&rest[1..]);
        out.push(b'\n');
        return Ok(out);
    }
    let mut values = Vec::new();
    table.values(row, &mut values);
    let (shown_geometry, lead) = (shown.geometry, name(table, &values, asked.lang).unwrap_or_default());
    let fields = shown.fields.unwrap_or_else(|| (0..table.fields.len()).collect());
    let mut rows: Vec<Vec<Cell>> = fields
        .into_iter()
        .map(|at| (&table.fields[at], &values[at]))
        .map(|(field, value)| {
            // One below the other, words and numbers begin at one line.
            vec![Cell::text(field.title(asked.lang)), cell(field, value, asked.lang).as_text()]
        })
        .collect();
    if let Some(place) = place(table, row).filter(|_| shown.geometry) {
        rows.push(vec![Cell::text(asked.pick("Хүрээ (CRS84)", "Bounds (CRS84)")), Cell::Text(place)]);
    }
    let columns = vec![asked.pick("Талбар", "Property").to_owned(), asked.pick("Утга", "Value").to_owned()];
    let map =
        shown_geometry.then(|| map(asked, collection, table, std::iter::once(row), Some(row))).flatten();
    let mut parts: Vec<Part> = map.into_iter().collect();
    parts.extend([
        Part::Table { title: String::new(), columns, rows },
        Part::links(asked.pick("Холбоос", "Links"), &links),
    ]);
    let crumbs = vec![root(asked), up(asked), way_to(asked, collection)];
    Ok(asked.page(Sheet { lead, crumbs, parts, ..sheet(asked, feature) }))
}

/// West, south, east and north.
fn place(table: &Table, row: usize) -> Option<String> {
    let bounds = match table.shape(row) {
        Shape::None => None,
        Shape::Point(at) => GridBox::around([at]),
        Shape::Line(ends) => GridBox::around(ends),
        Shape::MultiPolygon(ground) => ground.bounds(),
    }?;
    Some(bounds.degrees().map(|number| number.to_string()).join(", "))
}
