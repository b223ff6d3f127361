//! What the features of a collection have, as JSON Schema: to read, to filter by, to sort by.

use axum::response::Response;
use serde_json::{Map, Value as Json, json};

use super::asked::{Asked, Form, Media, json};
use super::collections::{up, way_to};
use super::landing::{root, sheet};
use super::link::rel;
use super::{FORM_AND_LANGUAGE, pick};
use crate::features::{self, Collection, Field, FieldKind, GeometryType, Table};
use crate::http::error::Error;
use crate::http::params::Path;
use crate::model::Lang;
use crate::pages::ogc::{Cell, Part, Sheet};

/// Name of the place among the properties.
pub const GEOMETRY: &str = "geometry";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What comes back.
    Schema,
    Queryables,
    Sortables,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Schema, Self::Queryables, Self::Sortables];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Queryables => "queryables",
            Self::Sortables => "sortables",
        }
    }

    /// Below `/ogc`.
    pub fn path(self, collection: &str) -> String {
        format!("/collections/{collection}/{}", self.word())
    }

    pub const fn rel(self) -> &'static str {
        match self {
            Self::Schema => rel::SCHEMA,
            Self::Queryables => rel::QUERYABLES,
            Self::Sortables => rel::SORTABLES,
        }
    }

    pub const fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Schema, Lang::Mn) => "Талбарууд",
            (Self::Schema, Lang::En) => "Properties",
            (Self::Queryables, Lang::Mn) => "Шүүж болох талбарууд",
            (Self::Queryables, Lang::En) => "Properties to filter by",
            (Self::Sortables, Lang::Mn) => "Эрэмбэлж болох талбарууд",
            (Self::Sortables, Lang::En) => "Properties to sort by",
        }
    }
}

/// `GET /ogc/collections/{collection}/{schema|queryables|sortables}`
pub async fn get_schema(kind: Kind, Path(id): Path<String>, asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.world.tables.find(&id)?;
    asked.answer(Media::Schema, move |asked, form| written(asked, kind, &id, form)).await
}

fn written(asked: &Asked, kind: Kind, id: &str, form: Form) -> Result<Vec<u8>, Error> {
    let world = &asked.world;
    let collection = world.tables.find(id)?;
    let table = world.tables.open(collection, &world.snapshot);
    let properties = properties(kind, collection, table, asked.lang);
    if form == Form::Json {
        return json(&json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": asked.uri(&kind.path(id)),
            "type": "object",
            "title": collection.title(&world.snapshot, asked.lang),
            "properties": properties,
            "additionalProperties": false,
        }));
    }
    let text = |property: &Json, name: &str| property[name].as_str().unwrap_or_default().to_owned();
    let row = |(name, property): (&String, &Json)| {
        let kind = [text(property, "type"), text(property, "format")].join(" ");
        let words = property["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
        let words = words.collect::<Vec<_>>().join(", ");
        vec![
            name.as_str().into(),
            Cell::text(text(property, "title")),
            Cell::text(kind.trim()),
            Cell::text(words),
        ]
    };
    let columns = [("Нэр", "Name"), ("Гарчиг", "Title"), ("Төрөл", "Type"), ("Утгууд", "Values")];
    let parts = vec![
        Part::table(
            kind.title(asked.lang),
            columns.map(|(mn, en)| asked.pick(mn, en)),
            properties.iter().map(row),
        ),
        Part::links(asked.pick("Холбоос", "Links"), &asked.forms(form, Media::Schema)),
    ];
    let crumbs = vec![root(asked), up(asked), way_to(asked, collection)];
    Ok(asked.page(Sheet { crumbs, parts, ..sheet(asked, kind.title(asked.lang)) }))
}

/// The properties in their order, as JSON Schema.
fn properties(kind: Kind, collection: &Collection, table: &Table, lang: Lang) -> Map<String, Json> {
    let mut all: Map<String, Json> = table
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let mut property = of_field(field, lang);
            if let Some(words) = table.codes(at) {
                property["enum"] = words.into_iter().collect();
            }
            if let Some(role) = role(collection, &field.name) {
                property["x-ogc-role"] = role.into();
            }
            (field.name.clone(), property)
        })
        .collect();
    if kind != Kind::Sortables
        && let Some(format) = geometry_format(collection.geometry())
    {
        let title = pick(lang, "Байршил", "Place");
        let place = json!({"title": title, "format": format, "x-ogc-role": "primary-geometry"});
        all.insert(GEOMETRY.to_owned(), place);
    }
    for (place, property) in all.values_mut().enumerate() {
        property["x-ogc-propertySeq"] = (place + 1).into();
    }
    all
}

/// A field as JSON Schema.
pub fn of_field(field: &Field, lang: Lang) -> Json {
    let mut schema = json!({"title": field.title(lang), "type": json_type(field.kind)});
    if field.kind == FieldKind::Date {
        schema["format"] = "date".into();
    }
    schema
}

pub const fn json_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Date => "string",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
    }
}

/// The time is that of `datetime`.
fn role(collection: &Collection, name: &str) -> Option<&'static str> {
    use features::Kind::{Districts, Indicators, KhorooVersions, Khoroos, Practices, Replications};
    match (collection.kind, name) {
        (Districts | Khoroos, "code") | (Practices | Replications, "id") => Some("id"),
        (KhorooVersions, "valid_from")
        | (Practices, "since")
        | (Replications, "decided_on")
        | (Indicators, "starts_on") => Some("primary-interval-start"),
        (KhorooVersions, "valid_to") | (Replications, "completed_on") | (Indicators, "ends_on") => {
            Some("primary-interval-end")
        }
        _ => None,
    }
}

const fn geometry_format(geometry: GeometryType) -> Option<&'static str> {
    match geometry {
        GeometryType::None => None,
        GeometryType::Point => Some("geometry-point"),
        GeometryType::Line => Some("geometry-linestring"),
        GeometryType::MultiPolygon => Some("geometry-multipolygon"),
    }
}
