//! Reference systems as PROJJSON, which GeoParquet wants them in.

use serde_json::{Value as Json, json};

use crate::geometry::projection::{Crs, FLATTENING, SEMI_MAJOR_M};

/// Longitude of the middle of UTM zone 0, so to speak, and how wide a zone is.
const ZONE_0_DEG: i32 = -183;
const ZONE_DEG: i32 = 6;

/// Degrees are told with longitude first, as their coordinates are.
pub fn of(crs: Crs) -> Json {
    let (name, conversion) = match crs {
        Crs::Wgs84 => {
            let mut degrees = geographic(
                "WGS 84 (CRS84)",
                [("Geodetic longitude", "Lon", "east"), ("Geodetic latitude", "Lat", "north")],
            );
            degrees["id"] = json!({"authority": "OGC", "code": "CRS84"});
            return degrees;
        }
        Crs::WebMercator => ("WGS 84 / Pseudo-Mercator".to_owned(), web_mercator()),
        Crs::Utm(zone) => (format!("WGS 84 / UTM zone {zone}N"), utm(zone)),
    };
    let mut base =
        geographic("WGS 84", [("Geodetic latitude", "Lat", "north"), ("Geodetic longitude", "Lon", "east")]);
    base["id"] = epsg(4326);
    json!({
        "$schema": SCHEMA,
        "type": "ProjectedCRS",
        "name": name,
        "base_crs": base,
        "conversion": conversion,
        "coordinate_system": {
            "subtype": "Cartesian",
            "axis": [axis("Easting", "E", "east", "metre"), axis("Northing", "N", "north", "metre")],
        },
        "id": epsg(crs.epsg()),
    })
}

const SCHEMA: &str = "https://proj.org/schemas/v0.7/projjson.schema.json";

fn epsg(code: u32) -> Json {
    json!({"authority": "EPSG", "code": code})
}

fn axis(name: &str, abbreviation: &str, direction: &str, unit: &str) -> Json {
    json!({"name": name, "abbreviation": abbreviation, "direction": direction, "unit": unit})
}

fn geographic(name: &str, axes: [(&str, &str, &str); 2]) -> Json {
    json!({
        "$schema": SCHEMA,
        "type": "GeographicCRS",
        "name": name,
        "datum": {
            "type": "GeodeticReferenceFrame",
            "name": "World Geodetic System 1984",
            "ellipsoid": {
                "name": "WGS 84",
                "semi_major_axis": SEMI_MAJOR_M,
                "inverse_flattening": 1.0 / FLATTENING,
            },
        },
        "coordinate_system": {
            "subtype": "ellipsoidal",
            "axis": axes.map(|(name, abbreviation, direction)| axis(name, abbreviation, direction, "degree")),
        },
    })
}

fn parameter(name: &str, value: f64, unit: &str, code: u32) -> Json {
    json!({"name": name, "value": value, "unit": unit, "id": epsg(code)})
}

fn web_mercator() -> Json {
    json!({
        "name": "Popular Visualisation Pseudo-Mercator",
        "method": {"name": "Popular Visualisation Pseudo Mercator", "id": epsg(1024)},
        "parameters": [
            parameter("Latitude of natural origin", 0.0, "degree", 8801),
            parameter("Longitude of natural origin", 0.0, "degree", 8802),
            parameter("False easting", 0.0, "metre", 8806),
            parameter("False northing", 0.0, "metre", 8807),
        ],
    })
}

fn utm(zone: u8) -> Json {
    let middle = f64::from(ZONE_0_DEG + ZONE_DEG * i32::from(zone));
    json!({
        "name": format!("UTM zone {zone}N"),
        "method": {"name": "Transverse Mercator", "id": epsg(9807)},
        "parameters": [
            parameter("Latitude of natural origin", 0.0, "degree", 8801),
            parameter("Longitude of natural origin", middle, "degree", 8802),
            parameter("Scale factor at natural origin", 0.9996, "unity", 8805),
            parameter("False easting", 500_000.0, "metre", 8806),
            parameter("False northing", 0.0, "metre", 8807),
        ],
    })
}
