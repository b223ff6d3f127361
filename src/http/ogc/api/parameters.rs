//! Parameters as OpenAPI has them; their names are those that are read.

use serde_json::{Map, Value as Json, json};

use crate::features::Field;
use crate::http::ogc::pick;
use crate::http::ogc::question::{
    LIMIT_DEFAULT, LIMIT_MAX, OFFSET_MAX, PARAMETERS, PARAMETERS_OF_ONE, SORT_KEYS_MAX,
};
use crate::http::ogc::reference::Reference;
use crate::http::ogc::schema::{GEOMETRY, of_field};
use crate::model::Lang;

/// A parameter that is described once.
pub fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/components/parameters/{name}")})
}

/// The name of a parameter, described here or elsewhere.
pub fn name(parameter: &Json) -> String {
    let text = |key: &str| parameter[key].as_str();
    let elsewhere = || text("$ref").and_then(|path| path.rsplit('/').next());
    let name = text("name").or_else(elsewhere).unwrap_or_default();
    plain(name).to_owned()
}

/// Features have one form more by name, lists of them two.
const F_OF_FEATURES: &str = "f-features";
const F_OF_LISTS: &str = "f-lists";

fn plain(name: &str) -> &str {
    if matches!(name, F_OF_FEATURES | F_OF_LISTS) { "f" } else { name }
}

/// Of `/items`: those that all have, then one for each field.
pub fn of_items(fields: &[Field], lang: Lang) -> Vec<Json> {
    let own = fields.iter().map(|field| {
        let title = field.title(lang);
        let description =
            format!("{title}. {}", pick(lang, "Яг энэ утгатай нь.", "Features with this very value."));
        in_query(&field.name, &description, &of_field(field, lang))
    });
    let of_all = PARAMETERS.map(|name| match name {
        "f" => reference(F_OF_LISTS),
        name => of_fields(name, fields),
    });
    of_all.into_iter().chain(own).collect()
}

/// Of one feature.
pub fn of_item(fields: &[Field]) -> Vec<Json> {
    let id = json!({
        "name": "featureId",
        "in": "path",
        "required": true,
        "schema": {"type": "string"},
        "description": "The `id` of a feature.",
    });
    std::iter::once(id).chain(PARAMETERS_OF_ONE.into_iter().map(|name| of_fields(name, fields))).collect()
}

fn of_fields(name: &str, fields: &[Field]) -> Json {
    let names = || fields.iter().map(|field| field.name.as_str());
    match name {
        "f" => reference(F_OF_FEATURES),
        "sortby" => in_query(
            name,
            "Names to sort by, the first counts most; a minus turns one round. Unknown values come last.",
            &json!({
                "type": "array",
                "minItems": 1,
                "maxItems": SORT_KEYS_MAX,
                "items": {"type": "string", "pattern": format!("^[+-]?({})$", names().collect::<Vec<_>>().join("|"))},
            }),
        ),
        "properties" => in_query(
            name,
            "Names of the properties that are told; without `geometry` among them no place is.",
            &json!({"type": "array", "items": {"type": "string", "enum": names().chain([GEOMETRY]).collect::<Vec<_>>()}}),
        ),
        shared => reference(shared),
    }
}

fn in_query(name: &str, description: &str, schema: &Json) -> Json {
    json!({
        "name": name,
        "in": "query",
        "required": false,
        "description": description,
        "schema": schema,
        "style": "form",
        "explode": false,
    })
}

/// Parameters that mean the same everywhere.
pub fn shared(lang: Lang) -> Map<String, Json> {
    let system = || json!({"type": "string", "format": "uri", "enum": Reference::ALL.map(|one| one.uri), "default": Reference::DEFAULT.uri});
    let f = |words: &[&str]| json!({"type": "string", "enum": words});
    let all = [
        ("f", "The form; by `Accept` if not given.", f(&["json", "html"])),
        (F_OF_FEATURES, "The form; by `Accept` if not given.", f(&["json", "geojson", "html"])),
        (
            F_OF_LISTS,
            "The form; by `Accept` if not given. CSV has ground as WKT, x before y.",
            f(&["json", "geojson", "csv", "html"]),
        ),
        (
            "lang",
            pick(
                lang,
                "Гарчгийн хэл; өгөөгүй бол `Accept-Language`.",
                "Of titles; by `Accept-Language` if not given.",
            ),
            json!({"type": "string", "enum": Lang::ALL.map(Lang::tag)}),
        ),
        (
            "limit",
            "Features of a page. More than the maximum counts as the maximum; a page of much ground may end before, and has `next` then.",
            json!({"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT}),
        ),
        (
            "offset",
            "Features before the page; `next` and `prev` have it. It names no revision: if `revision` changes between two pages, begin again.",
            json!({"type": "integer", "minimum": 0, "maximum": OFFSET_MAX, "default": 0}),
        ),
        (
            "bbox",
            "Features with a point in the box, its border included, and those that have no place. In degrees a west beyond the east crosses the antimeridian.",
            json!({
                "type": "array", "minItems": 4, "maxItems": 6,
                "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
                "items": {"type": "number"},
            }),
        ),
        (
            "bbox-crs",
            "Reference system of `bbox`, axes in its order: in EPSG:4326 latitude, longitude. In the wrong order a box of Mongolia lies beyond the world, where nothing is.",
            system(),
        ),
        (
            "crs",
            "Reference system of the answer, axes in its order: in EPSG:4326 latitude, longitude. `32648`, `EPSG:32648`, `[EPSG:32648]` and `CRS84` are understood as well.",
            system(),
        ),
        (
            "datetime",
            "A day, a moment by RFC 3339, or two of them with a slash between, `..` for an open end.",
            json!({"type": "string", "example": "2021-06-01"}),
        ),
        ("filter", "A condition in CQL2.", json!({"type": "string", "example": "population > 10000"})),
        (
            "filter-lang",
            "How the condition is written.",
            json!({"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"}),
        ),
        ("filter-crs", "Reference system of places in the condition.", system()),
        ("skipGeometry", "True: no place is told.", json!({"type": "boolean", "default": false})),
    ];
    all.into_iter()
        .map(|(name, description, schema)| (name.to_owned(), in_query(plain(name), description, &schema)))
        .collect()
}
