//! The quiet layers for orientation, under and over a map's colours.
//!
//! Under the colours lie water and built-up areas, where no unit hides them; over them rivers, edges of
//! water, roads as thin lines, and names of places, which give way to names of units. Which layers a file
//! has is known from its description, in the words of this program, `OpenMapTiles`, Protomaps and Shortbread.
//!
//! Owns: names of these schemas' layers, their colours and weights. Leaves to others: where layers of a map go.
//! Design: built-up areas are told over the colours by a hairline only: any tint would turn one class of the
//! legend into another.

use serde_json::{Value, json};

use super::style::{CONTEXT, FONT_REGULAR, KHOROO_NAME_ZOOM};
use crate::model::Lang;
use crate::snapshot::{Context, Snapshot};

/// On white, or on dark ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    Light,
    Dark,
}

/// Style layers by where they go, each from the lowest on.
#[derive(Debug, Default)]
pub struct Layers {
    pub under: Vec<Value>,
    pub over: Vec<Value>,
    pub names: Vec<Value>,
}

struct Colours {
    ground: &'static str,
    water: &'static str,
    built_up: &'static str,
    /// Around built-up areas, over the colours.
    edge: &'static str,
    river: &'static str,
    road: &'static str,
    ink: &'static str,
    halo: &'static str,
}

const LIGHT: Colours = Colours {
    ground: "#ffffff",
    water: "#dbe7f0",
    built_up: "#eeeeec",
    edge: "rgba(31, 41, 51, 0.10)",
    river: "#7fa8c9",
    road: "rgba(31, 41, 51, 0.22)",
    ink: "#52606d",
    halo: "rgba(255, 255, 255, 0.85)",
};

const DARK: Colours = Colours {
    ground: "#14181d",
    water: "#1d2b38",
    built_up: "#22272d",
    edge: "rgba(230, 235, 240, 0.10)",
    river: "#4f7ea3",
    road: "rgba(230, 235, 240, 0.2)",
    ink: "#a3afbb",
    halo: "rgba(20, 24, 29, 0.85)",
};

/// What is drawn of a tile layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    WaterAreas,
    BuiltUp,
    /// Of layers that hold all uses of land, only where people live and work.
    LandUse,
    Buildings,
    Rivers,
    Roads,
    Places,
}

/// Tile layers by name. Protomaps keeps rivers in `water` too; filters by geometry tell them apart.
const KNOWN: [(&str, &[Role]); 22] = [
    ("water", &[Role::WaterAreas, Role::Rivers]),
    ("water_polygons", &[Role::WaterAreas]),
    ("ocean", &[Role::WaterAreas]),
    ("lakes", &[Role::WaterAreas]),
    ("built_up", &[Role::BuiltUp]),
    ("landuse", &[Role::LandUse]),
    ("land", &[Role::LandUse]),
    ("building", &[Role::Buildings]),
    ("buildings", &[Role::Buildings]),
    ("rivers", &[Role::Rivers]),
    ("waterway", &[Role::Rivers]),
    ("waterways", &[Role::Rivers]),
    ("water_lines", &[Role::Rivers]),
    ("physical_line", &[Role::Rivers]),
    ("roads", &[Role::Roads]),
    ("transportation", &[Role::Roads]),
    ("streets", &[Role::Roads]),
    ("places", &[Role::Places]),
    ("place", &[Role::Places]),
    ("place_labels", &[Role::Places]),
    ("place_names", &[Role::Places]),
    ("settlements", &[Role::Places]),
];

const LIVED_IN: [&str; 9] = [
    "residential",
    "commercial",
    "industrial",
    "retail",
    "urban_area",
    "garages",
    "railway",
    "suburb",
    "neighbourhood",
];
/// A road of which nothing is said is of a layer that holds few.
const ROADS_MAJOR: [&str; 7] = ["major", "motorway", "trunk", "primary", "highway", "major_road", ""];
const ROADS_MIDDLE: [&str; 4] = ["middle", "secondary", "tertiary", "medium_road"];
const NO_ROADS: [&str; 14] = [
    "rail",
    "transit",
    "ferry",
    "aerialway",
    "light_rail",
    "subway",
    "tram",
    "narrow_gauge",
    "funicular",
    "monorail",
    "runway",
    "taxiway",
    "pier",
    "aeroway",
];
const PLACES_LARGE: [&str; 5] = ["major", "city", "town", "capital", "locality"];
const NO_PLACES: [&str; 9] =
    ["country", "state", "province", "region", "county", "continent", "island", "ocean", "sea"];

/// Zoom from which paths and yards are drawn, and names of quarters.
const DETAIL_ZOOM: u8 = 12;

/// The layers of a snapshot's context; none where it has none.
pub fn layers(snapshot: &Snapshot, lang: Lang, ground: Ground) -> Layers {
    let names: Vec<&str> = match &snapshot.orientation.context {
        Some(Context::Archive(archive)) => archive.layers.iter().map(|layer| layer.id.as_str()).collect(),
        Some(Context::Features(features)) => {
            use crate::model::orientation::ContextLayer;
            ContextLayer::ALL.iter().filter(|layer| features.has(**layer)).map(|layer| layer.word()).collect()
        }
        None if snapshot.context_lines.is_empty() => Vec::new(),
        None => vec!["rivers", "roads"],
    };
    let colours = match ground {
        Ground::Light => &LIGHT,
        Ground::Dark => &DARK,
    };
    let mut layers = Layers::default();
    // In the order of the table, whatever the file's is.
    for (name, roles) in KNOWN.iter().filter(|(name, _)| names.contains(name)) {
        for role in *roles {
            add(&mut layers, name, *role, colours, lang);
        }
    }
    layers
}

/// A style of the context alone, whose layers say in `metadata` where they go on a map.
pub fn context_style(snapshot: &Snapshot, base_url: &str, lang: Lang, ground: Ground) -> Value {
    let Layers { under, over, names } = layers(snapshot, lang, ground);
    let colour = match ground {
        Ground::Light => LIGHT.ground,
        Ground::Dark => DARK.ground,
    };
    let mut all =
        vec![json!({ "id": "ground", "type": "background", "paint": { "background-color": colour } })];
    for (place, layers) in [("under", under), ("over", over), ("names", names)] {
        all.extend(layers.into_iter().map(|mut layer| {
            layer["metadata"] = json!({ "hlp:place": place });
            layer
        }));
    }
    let mut sources = serde_json::Map::new();
    if snapshot.has_context() {
        let url = format!("{base_url}/tiles/{CONTEXT}.json");
        sources.insert(CONTEXT.to_owned(), json!({ "type": "vector", "url": url }));
    }
    json!({ "version": 8, "name": "context", "sources": sources, "layers": all })
}

fn add(layers: &mut Layers, of: &str, role: Role, colours: &Colours, lang: Lang) {
    let area = json!(["match", ["geometry-type"], ["Polygon", "MultiPolygon"], true, false]);
    let line = json!(["match", ["geometry-type"], ["LineString", "MultiLineString"], true, false]);
    match role {
        Role::WaterAreas => {
            layers.under.push(fill(of, colours.water, &area));
            layers.over.push(edge(&format!("{of}-edge"), of, colours.river, 0.8, &area));
        }
        Role::BuiltUp => {
            layers.under.push(fill(of, colours.built_up, &area));
            layers.over.push(edge(&format!("{of}-edge"), of, colours.edge, 0.6, &area));
        }
        Role::LandUse => {
            let lived_in = json!(["all", area, is(&LIVED_IN)]);
            layers.under.push(fill(of, colours.built_up, &lived_in));
            layers.over.push(edge(&format!("{of}-edge"), of, colours.edge, 0.6, &lived_in));
        }
        Role::Buildings => layers.under.push(fill(of, colours.built_up, &area)),
        Role::Rivers => {
            let id = if of == "water" { format!("{of}-lines") } else { of.to_owned() };
            let mut rivers = lines(&id, of, colours.river, 2.0);
            rivers["filter"] = line;
            layers.over.push(rivers);
        }
        Role::Roads => {
            let known: Vec<&str> = [&ROADS_MAJOR[..], &ROADS_MIDDLE[..], &NO_ROADS[..]].concat();
            let mut minor = lines(&format!("{of}-minor"), of, colours.road, 0.5);
            minor["filter"] = json!(["all", line, ["!", is(&known)]]);
            minor["minzoom"] = json!(DETAIL_ZOOM);
            let mut roads = lines(of, of, colours.road, 1.2);
            roads["filter"] = json!(["all", line, is(&[&ROADS_MAJOR[..], &ROADS_MIDDLE[..]].concat())]);
            let major = is(&ROADS_MAJOR);
            roads["paint"]["line-width"] = json!([
                "interpolate",
                ["linear"],
                ["zoom"],
                8,
                ["case", major.clone(), 0.6, 0.2],
                13,
                ["case", major, 1.9, 1.2],
            ]);
            layers.over.extend([minor, roads]);
        }
        Role::Places => {
            layers.names.extend([true, false].map(|is_large| places(of, is_large, colours, lang)));
        }
    }
}

/// True if the feature's class, as the schemas call it, is one of these.
fn is(words: &[&str]) -> Value {
    let class =
        json!(["to-string", ["coalesce", ["get", "class"], ["get", "kind"], ["get", "pmap:kind"], ""]]);
    json!(["match", class, words, true, false])
}

fn fill(of: &str, colour: &str, filter: &Value) -> Value {
    json!({
        "id": format!("context-{of}"),
        "type": "fill",
        "source": CONTEXT,
        "source-layer": of,
        "filter": filter,
        "paint": { "fill-color": colour, "fill-antialias": false },
    })
}

fn edge(id: &str, of: &str, colour: &str, width_px: f64, filter: &Value) -> Value {
    let mut edge = lines(id, of, colour, width_px);
    edge["filter"] = filter.clone();
    edge["minzoom"] = json!(10);
    edge
}

fn lines(id: &str, of: &str, colour: &str, width_px: f64) -> Value {
    json!({
        "id": format!("context-{id}"),
        "type": "line",
        "source": CONTEXT,
        "source-layer": of,
        "layout": { "line-join": "round", "line-cap": "round" },
        "paint": {
            "line-color": colour,
            "line-width": ["interpolate", ["linear"], ["zoom"], 8, width_px * 0.5, 13, width_px * 1.6],
        },
    })
}

/// Names of towns, or of quarters, which come with a nearer look.
fn places(of: &str, is_large: bool, colours: &Colours, lang: Lang) -> Value {
    let point = json!(["match", ["geometry-type"], ["Point", "MultiPoint"], true, false]);
    let name: Vec<&str> = match lang {
        Lang::Mn => vec!["name_mn", "name:mn", "name", "name_en", "name:en"],
        Lang::En => vec!["name_en", "name:en", "name:latin", "name_mn", "name"],
    };
    let mut text = vec![json!("coalesce")];
    text.extend(name.iter().map(|key| json!(["get", key])));
    text.push(json!(""));
    let chosen = if is_large {
        is(&PLACES_LARGE)
    } else {
        json!(["!", is(&[&PLACES_LARGE[..], &NO_PLACES[..]].concat())])
    };
    let (part, zoom, size_px) = if is_large { ("towns", 8, 12) } else { ("quarters", DETAIL_ZOOM, 11) };
    json!({
        "id": format!("context-{of}-{part}"),
        "type": "symbol",
        "source": CONTEXT,
        "source-layer": of,
        "minzoom": zoom,
        "maxzoom": if is_large { KHOROO_NAME_ZOOM + 2 } else { 24 },
        "filter": ["all", point, chosen],
        "layout": {
            "text-field": text,
            "text-font": [FONT_REGULAR],
            "text-size": size_px,
            "text-max-width": 8,
            "text-padding": 6,
        },
        "paint": { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.2 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Layer ids that a set of tile layers leads to, from the lowest on.
    fn ids(of: &[&str]) -> Vec<String> {
        let mut layers = Layers::default();
        for (name, roles) in KNOWN.iter().filter(|(name, _)| of.contains(name)) {
            roles.iter().for_each(|role| add(&mut layers, name, *role, &LIGHT, Lang::Mn));
        }
        let all = layers.under.iter().chain(&layers.over).chain(&layers.names);
        all.map(|layer| layer["id"].as_str().expect("an id").to_owned()).collect()
    }

    #[test]
    fn the_schemas_that_people_have_are_recognised() {
        let openmaptiles = ids(&["water", "waterway", "landuse", "transportation", "place", "poi"]);
        assert_eq!(
            openmaptiles,
            [
                "context-water",
                "context-landuse",
                "context-water-edge",
                "context-water-lines",
                "context-landuse-edge",
                "context-waterway",
                "context-transportation-minor",
                "context-transportation",
                "context-place-towns",
                "context-place-quarters",
            ]
        );
        let protomaps = ids(&["earth", "landuse", "water", "roads", "buildings", "places", "pois"]);
        assert!(
            ["context-water-lines", "context-roads", "context-places-towns"]
                .iter()
                .all(|id| protomaps.contains(&(*id).to_owned()))
        );
        let shortbread = ids(&["ocean", "land", "water_polygons", "water_lines", "streets", "place_labels"]);
        assert_eq!(shortbread.len(), 3 + 3 + 1 + 2 + 2);
    }

    #[test]
    fn no_two_layers_share_an_id() {
        let all: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        let mut ids = ids(&all);
        let n = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), n);
    }
}
