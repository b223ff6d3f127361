//! The description of `/ogc` in OpenAPI 3.0, for programs and as a page.

mod operations;
mod parameters;
mod schemas;
mod tiles;

use axum::response::Response;
use serde_json::{Map, Value as Json, json};

use super::asked::{Asked, Form, Media, json};
use super::landing::{root, sheet};
use super::{FORM_AND_LANGUAGE, PATH};
use crate::http::error::Error;
use crate::http::ogc::metadata::JSON_LD;
use crate::http::tiles::MVT;
use crate::pages::ogc::{Part, Reference, Sheet};
use operations::{Operation, Told, operations};

/// Errors that every document may meet.
const ERRORS: [(&str, &str); 7] = [
    ("400", "A parameter is unknown, given twice or malformed."),
    ("405", "Only GET, HEAD and OPTIONS are offered."),
    ("406", "Neither JSON nor HTML, or no coding that is offered, is accepted."),
    ("413", "The body is too large; none is needed."),
    ("414", "The query is too long."),
    ("500", "A fault of the server."),
    ("503", "Starting, busy or too slow; `Retry-After` says when to come again."),
];

/// `GET /ogc/api`
pub async fn get_api(asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.answer(Media::OpenApi, described).await
}

/// `GET /ogc/api.html`
pub async fn get_page(asked: Asked) -> Result<Response, Error> {
    asked.know(["lang"].into_iter())?;
    asked.answer_as(Form::Html, Media::OpenApi, false, described).await
}

fn described(asked: &Asked, form: Form) -> Result<Vec<u8>, Error> {
    let all = operations(asked);
    match form {
        Form::Json | Form::Csv => json(&document(asked, &all)),
        Form::Html => Ok(page(asked, &all)),
    }
}

fn document(asked: &Asked, all: &[Operation]) -> Json {
    let paths: Map<String, Json> =
        all.iter().map(|one| (one.path.clone(), json!({"get": operation(one)}))).collect();
    let illustrative = if asked.world.snapshot.illustrative {
        asked.pick(" Өгөгдөл нь зохиомол.", " The data are invented.")
    } else {
        ""
    };
    let description = asked.pick(
        "Дүүрэг, хорооны хил, сайн туршлага. Зөвхөн унших, түлхүүр шаардахгүй.",
        "Boundaries of districts and khoroos, good practices. Read only; no key needed.",
    );
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "HLP Tracker: OGC API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("{description}{illustrative}"),
        },
        "servers": [{"url": format!("{}{PATH}", asked.address)}],
        "tags": operations::TAGS.map(|(name, description)| json!({"name": name, "description": description})),
        "paths": paths,
        "components": {
            "schemas": schemas::all(),
            "parameters": parameters::shared(asked.lang),
            "responses": error_responses(),
        },
    })
}

fn operation(one: &Operation) -> Json {
    let mut content = Map::new();
    if let Some((kind, schema)) = one.json {
        content.insert(kind.to_owned(), json!({"schema": schemas::named(schema)}));
    }
    if let Told::Alone(kind) = one.told {
        let schema = match kind {
            JSON_LD => json!({"type": "object"}),
            MVT => json!({"type": "string", "format": "binary"}),
            _ => json!({"type": "string"}),
        };
        content = Map::from_iter([(kind.to_owned(), json!({"schema": schema}))]);
    } else {
        content.insert("text/html".to_owned(), json!({"schema": {"type": "string"}}));
    }
    let mut headers = json!({
        "ETag": {"schema": {"type": "string"}, "description": "Other bytes, other tag."},
        "Content-Language": {"schema": {"type": "string"}, "description": "Where Accept-Language chose it."},
    });
    if matches!(one.told, Told::Features | Told::Feature) {
        headers["Content-Crs"] = json!({
            "schema": {"type": "string"},
            "description": "The reference system of the coordinates, in angle brackets.",
        });
    }
    if one.told == Told::Features {
        content.insert("text/csv".to_owned(), json!({"schema": {"type": "string"}}));
        headers["Link"] = json!({
            "schema": {"type": "string"},
            "description": "To the fields to filter by; of CSV also to other forms and pages.",
        });
        for (name, what) in [("Matched", "match the query"), ("Returned", "are in this answer")] {
            headers[format!("OGC-Number{name}")] = json!({
                "schema": {"type": "integer", "minimum": 0},
                "description": format!("Features that {what}; of CSV alone."),
            });
        }
    }
    let mut responses = json!({
        "200": {"description": one.summary, "headers": headers, "content": content},
        "304": {"description": "What `If-None-Match` names is still the same."},
    });
    if one.told == Told::Features {
        let moved = "On a page: to the same without the fields of its form that were left empty.";
        responses["302"] = json!({"description": moved});
    }
    for (status, _) in ERRORS {
        responses[status] = json!({"$ref": format!("#/components/responses/{status}")});
    }
    if one.names_something {
        responses["404"] = json!({"$ref": "#/components/responses/404"});
    }
    json!({
        "operationId": one.id,
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": one.parameters,
        "responses": responses,
    })
}

fn error_responses() -> Map<String, Json> {
    let not_found = ("404", "There is no such collection or feature, or no longer.");
    let response = |(status, description): (&str, &str)| {
        let content = json!({
            "application/problem+json": {"schema": schemas::named("problem")},
            "text/html": {"schema": {"type": "string"}},
        });
        (status.to_owned(), json!({"description": description, "content": content}))
    };
    ERRORS.into_iter().chain([not_found]).map(response).collect()
}

fn page(asked: &Asked, all: &[Operation]) -> Vec<u8> {
    let title = asked.pick("Хаягуудын тайлбар", "Description of the addresses");
    let row = |one: &Operation| {
        let names = one.parameters.iter().map(parameters::name).collect::<Vec<_>>().join(", ");
        let path = format!("{PATH}{}", one.path.trim_end_matches('/'));
        let href = format!("{}{}", asked.address, path.replace("/{featureId}", ""));
        let note = format!("{}. {}: {names}", one.summary, asked.pick("Параметр", "Parameters"));
        Reference { href, title: path, rel: String::new(), kind: String::new(), note }
    };
    let links = asked.to("/api", Form::Json);
    let link = super::link::Link::new(links, "alternate", Media::OpenApi.kind(), "OpenAPI 3.0 (JSON)");
    let parts =
        vec![Part::links(asked.pick("Холбоос", "Links"), &[link]), Part::list("", all.iter().map(row))];
    asked.page(Sheet { parts, crumbs: vec![root(asked)], ..sheet(asked, title) })
}
