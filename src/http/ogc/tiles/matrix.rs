//! The one tile matrix set: the square world of Web Mercator, halved at each zoom.
//!
//! Source: OGC Two Dimensional Tile Matrix Set 2.0, annex D.1, and the definition that OGC registers.

use serde_json::{Value as Json, json};

pub const ID: &str = "WebMercatorQuad";
pub const TITLE: &str = "Google Maps Compatible for the World";
pub const URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
pub const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
const SCALE_SET: &str = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";

/// Matrices of the registered definition; tiles are served of fewer.
const N_MATRICES: u32 = 25;

/// Half the width of the world in metres.
const EDGE_M: f64 = 20_037_508.342_789_244;
const TILE_PX: u32 = 256;
/// A pixel of a screen, in metres, by which scales are told.
const PIXEL_M: f64 = 0.000_28;

pub fn definition() -> Json {
    let matrix = |zoom: u32| {
        let n = 1_u64 << zoom;
        let cell_m = 2.0 * EDGE_M / f64::from(TILE_PX) / n as f64;
        json!({
            "id": zoom.to_string(),
            "scaleDenominator": cell_m / PIXEL_M,
            "cellSize": cell_m,
            "cornerOfOrigin": "topLeft",
            "pointOfOrigin": [-EDGE_M, EDGE_M],
            "matrixWidth": n,
            "matrixHeight": n,
            "tileWidth": TILE_PX,
            "tileHeight": TILE_PX,
        })
    };
    json!({
        "id": ID,
        "title": TITLE,
        "uri": URI,
        "crs": CRS,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": SCALE_SET,
        "tileMatrices": (0..N_MATRICES).map(matrix).collect::<Vec<_>>(),
    })
}
