"""Judges the OGC API: JSON Schema, OpenAPI, PROJ, GEOS, OWSLib, geopandas, schemathesis.

    ogc.py TASK < question.json

Says what is wrong and exits with 1, or prints the answer to what was asked as JSON.
"""

import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

LINK = {
    "type": "object",
    "required": ["href", "rel", "type"],
    "properties": {
        "href": {"type": "string", "minLength": 1},
        "rel": {"type": "string", "minLength": 1},
        "type": {"type": "string", "pattern": "/"},
        "hreflang": {"type": "string"},
        "title": {"type": "string"},
        "templated": {"type": "boolean"},
    },
}
LINKS = {"type": "array", "items": LINK}
POSITION = {"type": "array", "minItems": 2, "maxItems": 3, "items": {"type": "number"}}


def nested(schema, depth):
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    return schema


def geometry(kind, depth):
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": kind}, "coordinates": nested(POSITION, depth)},
    }


KINDS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
GEOMETRY = {"oneOf": [{"type": "null"}, *(geometry(*kind) for kind in KINDS.items())]}
FEATURE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": ["string", "integer"]},
        "geometry": GEOMETRY,
        "properties": {"type": ["object", "null"]},
        "links": LINKS,
    },
}
EXTENT = {
    "type": "object",
    "properties": {
        "spatial": {
            "type": "object",
            "required": ["bbox"],
            "properties": {
                "bbox": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
                },
                "crs": {"type": "string"},
            },
        },
        "temporal": {
            "type": "object",
            "required": ["interval"],
            "properties": {
                "interval": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 2,
                        "items": {"type": ["string", "null"], "format": "date-time"},
                    },
                },
                "trs": {"type": "string"},
            },
        },
    },
}
COLLECTION = {
    "type": "object",
    "required": ["id", "links"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "links": LINKS,
        "extent": EXTENT,
        "itemType": {"type": "string"},
        "crs": {"type": "array", "items": {"type": "string"}},
        "storageCrs": {"type": "string"},
    },
}
SCHEMAS = {
    "landing": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": {"type": "string"}, "description": {"type": "string"}, "links": LINKS},
    },
    "conformance": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}},
    },
    "collection": COLLECTION,
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {"links": LINKS, "collections": {"type": "array", "items": COLLECTION}},
    },
    "feature": {**FEATURE, "required": [*FEATURE["required"], "links"]},
    "features": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": FEATURE},
            "links": LINKS,
            "published_at": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    },
    "tilematrixset": {
        "type": "object",
        "required": ["crs", "tileMatrices"],
        "properties": {
            "id": {"type": "string"},
            "uri": {"type": "string"},
            "orderedAxes": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "tileMatrices": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": [
                        "id",
                        "scaleDenominator",
                        "cellSize",
                        "pointOfOrigin",
                        "tileWidth",
                        "tileHeight",
                        "matrixWidth",
                        "matrixHeight",
                    ],
                    "properties": {
                        "id": {"type": "string"},
                        "cornerOfOrigin": {"enum": ["topLeft", "bottomLeft"]},
                        "pointOfOrigin": {"type": "array", "minItems": 2, "maxItems": 2},
                    },
                },
            },
        },
    },
    "tilesets": {
        "type": "object",
        "required": ["tilesets"],
        "properties": {
            "tilesets": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["title", "dataType", "crs", "tileMatrixSetURI", "links"],
                    "properties": {
                        "dataType": {"enum": ["vector", "map", "coverage"]},
                        "tileMatrixSetURI": {"type": "string"},
                        "links": LINKS,
                    },
                },
            }
        },
    },
    "tileset": {
        "type": "object",
        "required": ["dataType", "crs", "tileMatrixSetURI", "links", "tileMatrixSetLimits"],
        "properties": {
            "dataType": {"const": "vector"},
            "links": LINKS,
            "tileMatrixSetLimits": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["tileMatrix", "minTileRow", "maxTileRow", "minTileCol", "maxTileCol"],
                    "properties": {"tileMatrix": {"type": "string"}},
                },
            },
        },
    },
}


def faults_of(validator, document, name):
    for error in validator.iter_errors(document):
        yield f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def schemas(cases):
    from jsonschema import Draft202012Validator

    meta = Draft202012Validator.META_SCHEMA
    for case in cases:
        schema = meta if case["schema"] == "json-schema" else SCHEMAS[case["schema"]]
        checker = Draft202012Validator.FORMAT_CHECKER
        yield from faults_of(Draft202012Validator(schema, format_checker=checker), case["document"], case["schema"])


def rows(question):
    """Rows of properties; a value that is not known may always be null."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(
        question["schema"], format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for number, row in enumerate(question["rows"]):
        known = {name: value for name, value in row.items() if value is not None}
        yield from faults_of(validator, known, f"row {number}")


def openapi(document):
    from openapi_spec_validator import OpenAPIV30SpecValidator

    for error in OpenAPIV30SpecValidator(document).iter_errors():
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def project(question):
    from pyproj import CRS, Transformer

    # Authority order of axes, which for EPSG:4326 is latitude first.
    to = Transformer.from_crs(CRS("OGC:CRS84"), CRS.from_user_input(question["crs"]))
    if not question["positions"]:
        return []
    xs, ys = to.transform(*zip(*question["positions"]))
    return [list(pair) for pair in zip(xs, ys)]


def relate(question):
    from shapely import from_geojson

    literal = from_geojson(json.dumps(question["literal"]))

    def holds(told):
        return told is not None and bool(
            getattr(from_geojson(json.dumps(told)), question["function"])(literal)
        )

    return [holds(told) for told in question["geometries"]]


def owslib(question):
    from owslib.ogcapi.features import Features

    service = Features(question["root"])
    if set(service.feature_collections()) != set(question["counts"]):
        yield f"collections: {service.feature_collections()}"
    for name, count in question["counts"].items():
        if not service.collection(name)["title"]:
            yield f"{name}: no title"
        if not service.collection_queryables(name)["properties"]:
            yield f"{name}: no queryables"
        page = service.collection_items(name, limit=5)
        if page["numberMatched"] != count or len(page["features"]) != min(5, count):
            yield f"{name}: {page['numberMatched']} matched of {count}"
        first = page["features"][0]
        if service.collection_item(name, first["id"])["properties"] != first["properties"]:
            yield f"{name}: the first is another alone"
    if not service.api()["paths"] or not service.conformance()["conformsTo"]:
        yield "no definition or declaration"
    page = service.collection_items("khoroos", filter="number < 3", limit=1000)
    if any(feature["properties"]["number"] >= 3 for feature in page["features"]) or not page["features"]:
        yield "a filter chose others"


def geopandas(question):
    import geopandas as gpd

    expected = {f["properties"]["code"]: f for f in question["features"]}
    for url in question["sources"]:
        with tempfile.TemporaryDirectory() as folder:
            name = url.split("?")[0].rsplit("/", 1)[1]
            file = Path(folder, name if "." in name else f"{name}.geojson")
            with urllib.request.urlopen(url) as answer:
                file.write_bytes(answer.read())
            frame = gpd.read_file(file, engine="pyogrio")
        if len(frame) != len(expected):
            yield f"{url}: {len(frame)} of {len(expected)}"
        for row in frame.itertuples():
            truth = expected[row.code]
            known = truth["properties"]["population"]
            if known is not None and row.population != known:
                yield f"{url}: {row.code} has {row.population} for {known}"
        if frame.crs is None or frame.crs.to_epsg(min_confidence=20) != 4326:
            yield f"{url}: {frame.crs}"


def schemathesis(question):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "openapi.json")
        file.write_text(json.dumps(question["api"]))
        run = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                "run",
                str(file),
                f"--url={question['root']}",
                "--checks=not_a_server_error,status_code_conformance,content_type_conformance",
                "--phases=examples,coverage,fuzzing",
                "--max-examples=15",
                "--seed=204",
                "--generation-database=none",
                "--request-timeout=10",
                "--no-color",
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=240,
        )
    if run.returncode:
        yield run.stdout[-8000:] + run.stderr[-2000:]


def main(task):
    question = json.load(sys.stdin)
    if task in ("project", "relate"):
        json.dump(globals()[task](question), sys.stdout)
        return 0
    found = list(globals()[task](question))
    print("\n".join(found[:20]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
