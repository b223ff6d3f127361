//! Shapes of the documents.

use serde_json::{Value as Json, json};

pub fn named(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

pub fn all() -> Json {
    let text = || json!({"type": "string"});
    let links = || json!({"type": "array", "items": named("link")});
    let number_or_more = || json!({"type": "integer", "minimum": 0});
    json!({
        "link": {
            "type": "object",
            "required": ["href", "rel"],
            "properties": {
                "href": text(), "rel": text(), "type": text(), "title": text(), "hreflang": text(),
                "length": {"type": "integer"}, "templated": {"type": "boolean"},
            },
        },
        "landingPage": {
            "type": "object",
            "required": ["links"],
            "properties": {
                "title": text(), "description": text(), "links": links(),
                "attribution": {"type": "string", "nullable": true},
                "illustrative": {"type": "boolean"},
            },
        },
        "confClasses": {
            "type": "object",
            "required": ["conformsTo"],
            "properties": {"conformsTo": {"type": "array", "items": text()}, "links": links()},
        },
        "openApi": {"type": "object"},
        "jsonSchema": {
            "type": "object",
            "required": ["$schema", "$id", "type", "properties"],
            "properties": {"$schema": text(), "$id": text(), "type": {"type": "string", "enum": ["object"]}},
        },
        "extent": {
            "type": "object",
            "properties": {
                "spatial": {
                    "type": "object",
                    "properties": {
                        "bbox": {
                            "type": "array", "minItems": 1,
                            "items": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
                        },
                        "crs": text(),
                    },
                },
                "temporal": {
                    "type": "object",
                    "properties": {
                        "interval": {
                            "type": "array", "minItems": 1,
                            "items": {
                                "type": "array", "minItems": 2, "maxItems": 2,
                                "items": {"type": "string", "format": "date-time", "nullable": true},
                            },
                        },
                        "trs": text(),
                    },
                },
            },
        },
        "collection": {
            "type": "object",
            "required": ["id", "links"],
            "properties": {
                "id": text(), "title": text(), "description": text(), "links": links(),
                "extent": named("extent"), "itemType": text(),
                "crs": {"type": "array", "items": text()}, "storageCrs": text(),
                "illustrative": {"type": "boolean"},
            },
        },
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": links(),
                "crs": {"type": "array", "items": text()},
                "collections": {"type": "array", "items": named("collection")},
            },
        },
        "geometry": {
            "type": "object",
            "nullable": true,
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"type": "string", "enum": ["Point", "LineString", "MultiPolygon"]},
                "coordinates": {"type": "array", "items": {}},
            },
        },
        "feature": {
            "type": "object",
            "required": ["type", "id", "geometry", "properties"],
            "properties": {
                "type": {"type": "string", "enum": ["Feature"]},
                "id": text(),
                "geometry": named("geometry"),
                "properties": {"type": "object"},
                "timeStamp": {"type": "string", "format": "date-time"},
                "revision": {"type": "integer"},
                "illustrative": {"type": "boolean"},
                "links": links(),
            },
        },
        "featureCollection": {
            "type": "object",
            "required": ["type", "features", "links", "numberMatched", "numberReturned", "timeStamp"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "title": text(),
                "features": {"type": "array", "items": named("feature")},
                "links": links(),
                "numberMatched": number_or_more(),
                "numberReturned": number_or_more(),
                "timeStamp": {"type": "string", "format": "date-time"},
                "revision": {"type": "integer"},
                "illustrative": {"type": "boolean"},
            },
        },
        "problem": {
            "type": "object",
            "required": ["type", "code", "title", "status", "detail"],
            "properties": {
                "type": text(), "code": text(), "title": text(), "status": {"type": "integer"}, "detail": text(),
                "allowed": {"type": "array", "items": text()}, "parameter": text(),
            },
        },
    })
}
