//! Shapes of the documents.

use serde_json::{Map, Value as Json, json};

pub fn named(name: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// All of them, by name.
pub fn all() -> Map<String, Json> {
    let parts = [documents(), collections(), features()];
    parts
        .into_iter()
        .filter_map(|part| if let Json::Object(part) = part { Some(part) } else { None })
        .flatten()
        .collect()
}

fn text() -> Json {
    json!({"type": "string"})
}

fn links() -> Json {
    json!({"type": "array", "items": named("link")})
}

fn documents() -> Json {
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
    })
}

fn collections() -> Json {
    json!({
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
    })
}

fn features() -> Json {
    let count = || json!({"type": "integer", "minimum": 0});
    json!({
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
                "published_at": {"type": "string", "format": "date-time"},
                "revision": {"type": "integer"},
                "illustrative": {"type": "boolean"},
                "links": links(),
            },
        },
        "featureCollection": {
            "type": "object",
            "required": ["type", "features", "links", "numberMatched", "numberReturned", "published_at", "revision"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "title": text(),
                "features": {"type": "array", "items": named("feature")},
                "links": links(),
                "numberMatched": count(),
                "numberReturned": count(),
                "published_at": {"type": "string", "format": "date-time"},
                "revision": {"type": "integer"},
                "illustrative": {"type": "boolean"},
            },
        },
        "tileMatrixSets": {
            "type": "object",
            "required": ["tileMatrixSets"],
            "properties": {
                "tileMatrixSets": {
                    "type": "array",
                    "items": {
                        "type": "object", "required": ["id", "links"],
                        "properties": {"id": text(), "title": text(), "uri": text(), "crs": text(), "links": links()},
                    },
                },
                "links": links(),
            },
        },
        "tileMatrixSet": {
            "type": "object",
            "required": ["crs", "tileMatrices"],
            "properties": {
                "id": text(), "title": text(), "uri": text(), "crs": text(), "wellKnownScaleSet": text(),
                "tileMatrices": {"type": "array", "items": {"type": "object"}},
            },
        },
        "tileSet": {
            "type": "object",
            "required": ["dataType", "crs", "links"],
            "properties": {
                "title": text(), "description": text(), "crs": text(), "links": links(),
                "dataType": {"type": "string", "enum": ["vector"]},
                "tileMatrixSetId": text(), "tileMatrixSetURI": text(),
                "tileMatrixSetLimits": {"type": "array", "items": {"type": "object"}},
                "layers": {"type": "array", "items": {"type": "object"}},
            },
        },
        "tileSets": {
            "type": "object",
            "required": ["tilesets"],
            "properties": {"tilesets": {"type": "array", "items": named("tileSet")}, "links": links()},
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
