//! A map style (`MapLibre`, version 8) that colours a `tracker-*` tileset by itself.
//!
//! Colours come from `step` expressions over the raw figures in the tiles, also for one theme or a rate,
//! so the style works in QGIS, Maputnik or anyone's page without a join, a changed count needs no new
//! tiles of its neighbours, and a style that somebody kept goes on telling the truth.
//!
//! Owns: layers, their order and line weights. Leaves to others: tiles, fonts, the viewer's own style.
//! Design: no sprite and no glyph server, since clients of 2026 draw text themselves; hence no data is
//! a plain grey here and a hatch where the viewer can draw one.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::context::{self, Ground};
use super::figures::{Classed, RATE_BASE};
use super::legend::{Entry, Key, view_of};
use super::palette::Rgb;
use super::query::{Error, Query, Rate};
use super::text;
use crate::model::Lang;
use crate::snapshot::{CycleChoice, Level, Snapshot, VintageView, property};

/// Font files by the name that layers call them, for clients that load fonts themselves.
pub type FontFaces = BTreeMap<String, Vec<FontFace>>;

/// One file and the characters it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FontFace {
    pub url: String,
    /// Such as `U+0400-045F`.
    #[serde(rename = "unicode-range")]
    pub unicode_range: Vec<String>,
}

/// Names under which layers look for their fonts.
pub const FONT_REGULAR: &str = "Noto Sans Regular";
pub const FONT_SEMIBOLD: &str = "Noto Sans SemiBold";

/// What carries no figure.
struct Inks {
    paper: &'static str,
    ink: &'static str,
    halo: &'static str,
    khoroo_edge: &'static str,
    district: &'static str,
}

const LIGHT: Inks = Inks {
    paper: "#ffffff",
    ink: "#1f2933",
    halo: "rgba(255, 255, 255, 0.85)",
    khoroo_edge: "rgba(31, 41, 51, 0.12)",
    district: "rgba(31, 41, 51, 0.6)",
};

const DARK: Inks = Inks {
    paper: "#14181d",
    ink: "#e6ebf0",
    halo: "rgba(20, 24, 29, 0.85)",
    khoroo_edge: "rgba(230, 235, 240, 0.12)",
    district: "rgba(230, 235, 240, 0.6)",
};

impl Ground {
    const fn inks(self) -> &'static Inks {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }

    pub(super) const fn of(self, entry: &Entry) -> Rgb {
        match self {
            Self::Light => entry.colour,
            Self::Dark => entry.colour_dark,
        }
    }
}

/// Zoom from which khoroos are called by number, and from which by their whole name.
const KHOROO_NUMBER_ZOOM: u8 = 11;
pub(super) const KHOROO_NAME_ZOOM: u8 = 13;

const SOURCE: &str = "tracker";
pub(super) const CONTEXT: &str = "context";

/// The style of a map.
///
/// - `base_url`: public address of the service without a slash at its end.
/// - `ground`: white or dark; colours of classes are those of the legend for it.
/// - A vintage without khoroo lines is coloured by district, and the legend in `metadata` says so.
pub fn style(
    snapshot: &Snapshot,
    query: &Query,
    base_url: &str,
    fonts: &FontFaces,
    ground: Ground,
) -> Result<Value, Error> {
    let view = view_of(snapshot, query)?;
    let mut query = query.clone();
    if view.geography.coverage.is_none() {
        query.level = Level::District;
    }
    let query = &query;
    let key = Key::of(snapshot, query)?;
    let title = text::title(snapshot, query);
    let fill = fill_colour(&key, view, query, ground);
    let around = context::layers(snapshot, query.lang, ground);
    let inks = ground.inks();
    let tileset = |name: String| json!({ "type": "vector", "url": format!("{base_url}/tiles/{name}.json") });
    let mut sources = serde_json::Map::new();
    sources.insert(SOURCE.into(), tileset(format!("tracker-{}", query.vintage)));
    if snapshot.has_context() {
        sources.insert(CONTEXT.into(), tileset(CONTEXT.into()));
    }
    let mut layers = vec![json!({
        "id": "ground",
        "type": "background",
        "paint": { "background-color": inks.paper },
    })];
    layers.extend(around.under);
    layers.push(fill_layer(query.level, &fill));
    layers.extend(around.over);
    layers.extend(border_lines(query.level, inks));
    layers.extend(around.names);
    layers.extend(labels(query, inks));
    let mut style = json!({
        "version": 8,
        "name": title.get(query.lang),
        "metadata": { "hlp:legend": key.legend(snapshot, view, query) },
        "sources": sources,
        "layers": layers,
    });
    if let Some(bounds) = view.geography.bounds() {
        let [west, south, east, north] = bounds.degrees();
        style["center"] = json!([f64::midpoint(west, east), f64::midpoint(south, north)]);
        style["zoom"] = json!(zoom_for(east - west));
    }
    if !fonts.is_empty() {
        style["font-faces"] = json!(fonts);
    }
    Ok(style)
}

/// A zoom at which `width_deg` fills about three tiles of 512 pixels, in quarter steps.
fn zoom_for(width_deg: f64) -> f64 {
    let zoom = (3.0 * 360.0 / width_deg.max(1e-3)).log2() - 1.0;
    (zoom * 4.0).floor() / 4.0
}

fn fill_layer(level: Level, colour: &Value) -> Value {
    let units = source_layer(level);
    json!({
        "id": format!("{units}-fill"),
        "type": "fill",
        "source": SOURCE,
        "source-layer": units,
        "paint": { "fill-color": colour, "fill-antialias": false },
    })
}

const fn source_layer(level: Level) -> &'static str {
    match level {
        Level::Khoroo => "khoroos",
        Level::District => "districts",
    }
}

/// The colour of a unit as an expression over its properties.
fn fill_colour(key: &Key, view: &VintageView, query: &Query, ground: Ground) -> Value {
    let first = Figure::of(&key.first, view, query);
    let no_data = ground.of(&key.entries[key.entries.len() - 1]);
    let Some(second) = &key.second else {
        let classes: Vec<Rgb> = key.entries[1..key.entries.len() - 1].iter().map(|e| ground.of(e)).collect();
        let coloured =
            step(&first.value, &key.first.classes.lower, &classes.into_iter().map(hex).collect::<Vec<_>>());
        let above_zero = json!(["case", ["<=", first.value, 0], hex(ground.of(&key.entries[0])), coloured]);
        return first.or_else(no_data, above_zero);
    };
    let second_figure = Figure::of(second, view, query);
    let place =
        json!(["+", ["*", key.first.n_places(), side(&second_figure, second)], side(&first, &key.first)]);
    let mut pairs = vec![json!("match"), place];
    for (idx, entry) in key.entries[..key.entries.len() - 1].iter().enumerate() {
        pairs.extend([json!(idx), hex(ground.of(entry))]);
    }
    pairs.push(hex(no_data));
    first.or_else(no_data, second_figure.or_else(no_data, Value::Array(pairs)))
}

/// 0, 1 or 2: none, fewer, more.
fn side(figure: &Figure, of: &Classed) -> Value {
    if of.classes.is_empty() {
        return json!(0);
    }
    let places: Vec<Value> = (1..of.n_places()).map(|place| json!(place)).collect();
    json!(["case", ["<=", figure.value, 0], 0, step(&figure.value, &of.classes.lower, &places)])
}

/// What holds in each class above zero; zero itself is asked for before.
fn step(input: &Value, lower: &[i64], results: &[Value]) -> Value {
    let Some((first, others)) = results.split_first() else { return hex(Rgb(0)) };
    if others.is_empty() {
        return first.clone();
    }
    let mut step = vec![json!("step"), input.clone(), first.clone()];
    for (bound, result) in lower[1..].iter().zip(others) {
        step.extend([json!(bound), result.clone()]);
    }
    Value::Array(step)
}

/// A figure in whole units of its scale, as an expression, and when it is unknown.
struct Figure {
    value: Value,
    /// Expressions any of which being true means no data.
    unknown: Vec<Value>,
}

impl Figure {
    fn of(classed: &Classed, view: &VintageView, query: &Query) -> Self {
        let series = classed.series;
        let theme = query.theme.as_deref();
        let is_of_khoroos = series.is_participation && series.level == Level::District;
        let word = if is_of_khoroos { property::KHOROOS_ENTERING } else { series.measure.word() };
        // Of one theme tiles leave out what is 0, but never what is known of all themes.
        let is_known = json!(["has", property::name(word, &query.cycle, None)]);
        let count = match theme {
            None => json!(["get", property::name(word, &query.cycle, None)]),
            Some(_) => json!(["coalesce", ["get", property::name(word, &query.cycle, theme)], 0]),
        };
        let mut unknown = vec![json!(["!", is_known])];
        let value = match (series.is_participation, series.rate) {
            (true, _) if is_of_khoroos => per_cent(&count, &json!(["get", property::KHOROOS])),
            (true, _) => json!(["min", 1, count]),
            (false, Rate::Count) => count,
            (false, Rate::Per10000) => {
                let residents = residents(view, &query.cycle);
                unknown.push(json!(["<=", residents, 0]));
                let rate = json!(["/", ["*", count, RATE_BASE * classed.scale.unit()], residents]);
                json!(["case", ["==", count, 0], 0, nearest(&rate)])
            }
        };
        Self { value, unknown }
    }

    fn or_else(&self, no_data: Rgb, known: Value) -> Value {
        let mut case = vec![json!("case")];
        for unknown in &self.unknown {
            case.extend([unknown.clone(), hex(no_data)]);
        }
        case.push(known);
        Value::Array(case)
    }
}

/// What a rate divides by; 0 where it is unknown. Tiles name a cycle's residents only where these are not
/// the unit's own, and all cycles together take those of the newest.
fn residents(view: &VintageView, cycle: &CycleChoice) -> Value {
    let of_cycle = property::name(property::POPULATION, &view.cycle_of_residents(cycle), None);
    json!(["coalesce", ["get", of_cycle], ["get", property::POPULATION], 0])
}

/// The nearest whole number above zero, halves up: as values are rounded.
fn nearest(quotient: &Value) -> Value {
    json!(["max", 1, ["floor", ["+", quotient, 0.5]]])
}

/// Nothing is 0, everything 100, and a part neither.
fn per_cent(part: &Value, whole: &Value) -> Value {
    let rounded = nearest(&json!(["/", ["*", part, 100], whole]));
    json!(["case", ["==", part, 0], 0, ["==", part, whole], 100, ["min", 99, rounded]])
}

fn hex(colour: Rgb) -> Value {
    json!(colour.to_string())
}

/// Khoroos as the paper with a faint edge, so that pale fills have an outline too; districts and city in ink.
fn border_lines(level: Level, inks: &Inks) -> Vec<Value> {
    let line = |id: &str, border: &str, colour: &str, width: Value| {
        json!({
            "id": id,
            "type": "line",
            "source": SOURCE,
            "source-layer": "borders",
            "filter": ["==", ["get", "level"], border],
            "layout": { "line-join": "round", "line-cap": "round" },
            "paint": { "line-color": colour, "line-width": width },
        })
    };
    let growing = |low: f64, high: f64| json!(["interpolate", ["linear"], ["zoom"], 8, low, 11, high]);
    let mut lines = Vec::new();
    if level == Level::Khoroo {
        lines.push(line("khoroo-edges", "khoroo", inks.khoroo_edge, growing(0.6, 1.8)));
        lines.push(line("khoroo-borders", "khoroo", inks.paper, growing(0.3, 0.8)));
    }
    lines.push(line("district-borders", "district", inks.district, growing(0.9, 1.5)));
    lines.push(line("city-borders", "city", inks.ink, growing(1.3, 2.0)));
    lines
}

/// Names from the label layers, which hold one point a unit, so that no name repeats by tile.
fn labels(query: &Query, inks: &Inks) -> Vec<Value> {
    let name = match query.lang {
        Lang::Mn => json!(["get", "name_mn"]),
        Lang::En => json!(["coalesce", ["get", "name_en"], ["get", "name_mn"]]),
    };
    let paint = |halo_px: f64| json!({ "text-color": inks.ink, "text-halo-color": inks.halo, "text-halo-width": halo_px });
    let mut layers = Vec::new();
    if query.level == Level::Khoroo {
        layers.push(json!({
            "id": "khoroo-labels",
            "type": "symbol",
            "source": SOURCE,
            "source-layer": "khoroo_labels",
            "minzoom": KHOROO_NUMBER_ZOOM,
            "layout": {
                "text-field": ["step", ["zoom"], ["to-string", ["get", "number"]], KHOROO_NAME_ZOOM, name],
                "text-font": [FONT_REGULAR],
                "text-size": ["interpolate", ["linear"], ["zoom"], KHOROO_NUMBER_ZOOM, 11, KHOROO_NAME_ZOOM, 13],
                "text-max-width": 7,
                "text-padding": 2,
            },
            "paint": paint(1.2),
        }));
    }
    layers.push(json!({
        "id": "district-labels",
        "type": "symbol",
        "source": SOURCE,
        "source-layer": "district_labels",
        "maxzoom": KHOROO_NAME_ZOOM,
        "layout": {
            "text-field": name,
            "text-font": [FONT_SEMIBOLD],
            "text-size": ["interpolate", ["linear"], ["zoom"], 7, 12, 11, 15],
            "text-max-width": 8,
            "text-padding": 4,
        },
        "paint": paint(1.6),
    }));
    layers
}
