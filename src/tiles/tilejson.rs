//! TileJSON 3.0: what a client must know before it asks for tiles.
//!
//! Owns: descriptions of layers and fields, in both languages, and the address of a tile.
//! Design: a boundary tile's address names its content (`?rev=`), so it may be kept for ever.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::figures::{Figure, Figures, Kind};
use super::{Tileset, beside, context, records, units};
use crate::geometry::cut::UNITS_FROM_ZOOM;
use crate::model::grid::STEPS_PER_DEGREE;
use crate::model::tile::ZOOM_MAX;
use crate::model::{GridBox, Lang};
use crate::snapshot::{CycleChoice, Level, Measure, Snapshot, VintageView, property};

/// Source: TileJSON 3.0.0; `illustrative` and `language` are additions, which it allows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TileJson {
    pub tilejson: &'static str,
    pub id: String,
    pub name: String,
    pub description: String,
    /// HTML, which map libraries put into their page: the store's text in it is escaped.
    pub attribution: String,
    pub scheme: &'static str,
    pub tiles: Vec<String>,
    pub minzoom: u8,
    pub maxzoom: u8,
    /// West, south, east, north in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// Longitude, latitude, zoom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub center: Option<[f64; 3]>,
    pub vector_layers: Vec<VectorLayer>,
    pub language: &'static str,
    /// True when what the tiles show is invented.
    pub illustrative: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VectorLayer {
    pub id: String,
    pub description: String,
    pub minzoom: u8,
    pub maxzoom: u8,
    /// 0 of points, 1 of lines, 2 of areas; unknown of a foreign archive's.
    #[serde(skip)]
    pub dimension: Option<u8>,
    /// Name and what it holds.
    pub fields: BTreeMap<String, Field>,
}

/// A property of a layer's features; in `TileJSON` its words alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub kind: FieldKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// Whole and never below 0.
    Count,
    Number,
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Describes a tileset; `None` when there is no such one.
///
/// - `base_url`: address of the service without a slash at its end.
pub fn tilejson(snapshot: &Snapshot, tileset: &Tileset, base_url: &str, lang: Lang) -> Option<TileJson> {
    let say = |mn: &str, en: &str| match lang {
        Lang::Mn => mn.to_owned(),
        Lang::En => en.to_owned(),
    };
    let view = match tileset.vintage() {
        Some(id) => Some(snapshot.vintage(id)?),
        None if !snapshot.has_context() => return None,
        None => None,
    };
    if let (Tileset::Context, Some(context)) = (tileset, &snapshot.orientation.context) {
        return Some(beside::tilejson(context, base_url, lang, &say));
    }
    let title = view.map_or_else(String::new, |view| {
        let title = say(&view.vintage.title_mn, &view.vintage.title_en);
        format!(": {title}")
    });
    let (name, description) = match tileset {
        Tileset::Boundaries(_) => (
            say("Дүүрэг, хорооны хил", "District and khoroo boundaries"),
            say("Хил, код, нэр", "Boundaries, codes and names"),
        ),
        Tileset::Tracker(_) => (
            say("Сайн туршлага", "Good practices"),
            say(
                "Хил, код, нэр; тодорхойлсон ба нутагшуулсан сайн туршлагын тоо",
                "Boundaries, codes and names; good practices identified and replicated",
            ),
        ),
        Tileset::Context => {
            (say("Гол, зам", "Rivers and roads"), say("Баримжаалах шугам", "Lines for orientation"))
        }
    };
    let bounds = match view {
        Some(view) => view.geography.bounds(),
        None => GridBox::around(snapshot.context_lines.iter().flat_map(|line| line.line.iter().copied())),
    };
    let revision = match (tileset, view) {
        (Tileset::Boundaries(_), Some(view)) => format!("?rev={}", view.geography.content_hash),
        _ => String::new(),
    };
    let illustrative = view.map_or_else(
        || snapshot.context_lines.iter().any(|line| line.illustrative),
        |view| view.vintage.illustrative || (matches!(tileset, Tileset::Tracker(_)) && snapshot.illustrative),
    );
    let invented = say("зохиомол өгөгдөл", "invented data");
    let source = view.map_or_else(String::new, |view| escaped(&view.vintage.source));
    Some(TileJson {
        tilejson: "3.0.0",
        id: tileset.to_string(),
        name: if illustrative && !title.contains(&say("зохиомол", "invented")) {
            format!("{name}{title} ({invented})")
        } else {
            format!("{name}{title}")
        },
        description,
        attribution: match (illustrative, source.is_empty()) {
            (false, _) => source,
            (true, true) => invented,
            (true, false) => format!("{source} ({invented})"),
        },
        scheme: "xyz",
        tiles: vec![format!("{base_url}/tiles/{tileset}/{{z}}/{{x}}/{{y}}.mvt{revision}")],
        minzoom: 0,
        maxzoom: ZOOM_MAX,
        bounds: bounds.map(GridBox::degrees),
        center: bounds.map(center),
        vector_layers: match view {
            Some(view) => vintage_layers(view, matches!(tileset, Tileset::Tracker(_)), &say),
            None => context_layers(&say),
        },
        language: lang.tag(),
        illustrative,
    })
}

/// Text as HTML that shows it.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
    html
}

/// The middle, at the zoom at which a map 1024 px wide shows all.
fn center(bounds: GridBox) -> [f64; 3] {
    let bounds = bounds.degrees();
    let [lon, lat] = middle(bounds);
    [lon, lat, center_zoom(bounds[2] - bounds[0])]
}

/// Of west, south, east and north, to the step of the grid.
pub(super) fn middle([west, south, east, north]: [f64; 4]) -> [f64; 2] {
    let one = f64::from(STEPS_PER_DEGREE);
    [f64::midpoint(west, east), f64::midpoint(south, north)].map(|degrees| (degrees * one).round() / one)
}

pub(super) fn center_zoom(width_deg: f64) -> f64 {
    (360.0 / width_deg.max(1e-6) * 2.0).log2().floor().clamp(0.0, f64::from(ZOOM_MAX))
}

fn vintage_layers(
    view: &VintageView,
    with_figures: bool,
    say: &dyn Fn(&str, &str) -> String,
) -> Vec<VectorLayer> {
    let layer = |id: &str, dimension, minzoom, description, fields| VectorLayer {
        id: id.to_owned(),
        description,
        minzoom,
        maxzoom: ZOOM_MAX,
        dimension: Some(dimension),
        fields,
    };
    let has_lines = view.geography.cutter.is_some();
    let fields_of = |level, by_theme| unit_fields(view, level, with_figures.then_some(by_theme), say);
    let label_fields = |level| {
        let room = say("Цэгээс нэгжийн хил хүртэл, м", "From the point to the border of the unit, in metres");
        let mut all = fields_of(level, false);
        all.extend(fields(FieldKind::Count, &[("room_m", room)]));
        all
    };
    let mut layers = Vec::new();
    if units::draws_khoroos(&view.geography) {
        let khoroos = say("Хороод", "Khoroos");
        layers.push(layer(units::KHOROOS, 2, UNITS_FROM_ZOOM, khoroos, fields_of(Level::Khoroo, true)));
        let labels = say(
            "Хорооны нэр байрлах цэг; нэг хавтанд 1024-өөс олон бол зөвхөн нэр багтах хороо",
            "A point in each khoroo for its name; where a tile has more than 1,024, only those with room",
        );
        layers.push(layer(units::KHOROO_LABELS, 0, UNITS_FROM_ZOOM, labels, label_fields(Level::Khoroo)));
    }
    if has_lines {
        let districts = say("Дүүргүүд", "Districts");
        layers.push(layer(units::DISTRICTS, 2, 0, districts, fields_of(Level::District, true)));
        let labels = say("Дүүргийн нэр байрлах цэг", "A point in each district for its name");
        layers.push(layer(units::DISTRICT_LABELS, 0, 0, labels, label_fields(Level::District)));
        let level = say("Юуны хил: khoroo, district эсвэл city", "What it bounds: khoroo, district or city");
        let fields = fields(FieldKind::Text, &[("level", level)]);
        layers.push(layer(units::BORDERS, 1, 0, say("Хилийн шугам", "Border lines"), fields));
    }
    if with_figures {
        let practices = say("Тодорхойлсон сайн туршлага", "Good practices identified");
        layers.push(layer(records::PRACTICES, 0, UNITS_FROM_ZOOM, practices, practice_fields(say)));
        let replications = say(
            "Эзэн хорооноос нутагшуулсан хороо руу, шулуун шугамаар",
            "From host to the khoroo that copied, as a straight line",
        );
        layers.push(layer(records::REPLICATIONS, 1, UNITS_FROM_ZOOM, replications, replication_fields(say)));
    }
    layers
}

fn context_layers(say: &dyn Fn(&str, &str) -> String) -> Vec<VectorLayer> {
    let names = [say("Гол", "Rivers"), say("Зам", "Roads")];
    let fields = name_fields(say);
    let layer = |((id, _), description): ((&'static str, _), String)| VectorLayer {
        id: id.to_owned(),
        description,
        minzoom: 0,
        maxzoom: ZOOM_MAX,
        dimension: Some(1),
        fields: fields.clone(),
    };
    context::LAYERS.into_iter().zip(names).map(layer).collect()
}

/// - `by_theme`: whether figures of one theme are there; `None` without any figures.
fn unit_fields(
    view: &VintageView,
    level: Level,
    by_theme: Option<bool>,
    say: &dyn Fn(&str, &str) -> String,
) -> BTreeMap<String, Field> {
    let mut all = name_fields(say);
    let district = say("Дүүргийн код", "Code of the district");
    all.extend(fields(FieldKind::Text, &[("code", say("Код", "Code")), ("district", district)]));
    all.extend(fields(FieldKind::Count, &[("number", say("Дугаар", "Number"))]));
    let Some(by_theme) = by_theme else { return all };
    let residents = [
        (property::POPULATION, say("Хүн ам", "Residents")),
        (property::POPULATION_YEAR, say("Хүн амын он", "Year of the residents")),
        ("households", say("Өрх", "Households")),
    ];
    all.extend(fields(FieldKind::Count, &residents));
    all.extend(fields(FieldKind::Number, &[("area_km2", say("Талбай, км²", "Area in km²"))]));
    if level == Level::District {
        all.extend(fields(FieldKind::Count, &[(property::KHOROOS, say("Хорооны тоо", "Number of khoroos"))]));
    }
    let figures = Figures::of(view, level, by_theme);
    for (cycle, [population, year]) in figures.residents_by_cycle() {
        let of_cycle = |what: String| format!("{what}, {cycle}");
        all.extend(fields(
            FieldKind::Count,
            &[
                (
                    population,
                    of_cycle(say(
                        "10\u{a0}000 оршин суугчид ногдох тоог бодох хүн ам",
                        "Residents that rates divide by",
                    )),
                ),
                (year, of_cycle(say("Түүний он", "Year of these residents"))),
            ],
        ));
    }
    for figure in &figures.list {
        all.extend(fields(FieldKind::Count, &[(figure.name.as_str(), described(figure, say))]));
    }
    all
}

/// `Good practices identified, 2022, theme waste; absent is 0`.
fn described(figure: &Figure, say: &dyn Fn(&str, &str) -> String) -> String {
    let what = match figure.kind {
        Kind::Count(Measure::Identifications) => {
            say("Тодорхойлсон сайн туршлага", "Good practices identified")
        }
        Kind::Count(Measure::Replications) => {
            say("Нутагшуулсан сайн туршлага", "Good practices replicated here")
        }
        Kind::Count(Measure::ReplicationsHosted) => {
            say("Бусад хороонд нутагшсан туршлага", "Copies of its practices elsewhere")
        }
        Kind::Entering => say("Туршлага илгээсэн хорооны тоо", "Khoroos that entered a practice"),
    };
    let cycle = match &figure.cycle {
        CycleChoice::All => None,
        CycleChoice::One(cycle) => Some(cycle.clone()),
    };
    let (of_theme, absent) = (say("сэдэв", "theme"), say("байхгүй бол 0", "absent is 0"));
    let theme = figure.theme.map(|theme| format!("{of_theme} {theme}; {absent}"));
    std::iter::once(what).chain(cycle).chain(theme).collect::<Vec<_>>().join(", ")
}

fn practice_fields(say: &dyn Fn(&str, &str) -> String) -> BTreeMap<String, Field> {
    let mut all = record_fields(say);
    all.extend(fields(
        FieldKind::Text,
        &[
            ("id", say("Сайн туршлагын дугаар", "Id of the practice")),
            ("title_mn", say("Гарчиг, монголоор", "Title in Mongolian")),
            ("title_en", say("Гарчиг, англиар", "Title in English")),
            ("status", say("Төлөв: identified, shared, archived", "Status: identified, shared, archived")),
            (
                "maturity",
                say(
                    "Хэр батлагдсан: promising, demonstrated, replicated",
                    "How far it has proved itself: promising, demonstrated, replicated",
                ),
            ),
            (
                "district",
                say(
                    "Эдгээр хилээр аль дүүрэгт байгаа нь, код",
                    "Code of the district of these boundaries where it is at home",
                ),
            ),
            (
                "cycles",
                say("Илгээсэн мөчлөгүүд, таслалаар", "Cycles in which it was entered, parted by commas"),
            ),
        ],
    ));
    all
}

fn replication_fields(say: &dyn Fn(&str, &str) -> String) -> BTreeMap<String, Field> {
    let mut all = record_fields(say);
    all.extend(fields(
        FieldKind::Text,
        &[
            ("id", say("Нутагшуулалтын дугаар", "Id of the replication")),
            ("practice", say("Сайн туршлагын дугаар", "Id of the practice")),
            ("khoroo", say("Нутагшуулсан хорооны код", "Code of the khoroo that copied it")),
            ("cycle", say("Мөчлөг", "Cycle")),
            (
                "from",
                say(
                    "Сайн туршлага эдгээр хилээр аль хороонд байгаа нь, код",
                    "Code of the khoroo of these boundaries where the practice is at home",
                ),
            ),
            (
                "to",
                say(
                    "Эдгээр хилээр аль хороонд нутагшсан нь, код",
                    "Code of the khoroo of these boundaries that copied it",
                ),
            ),
            ("status", say("Төлөвийн код", "Code of its status")),
        ],
    ));
    let year = say("Дууссан, эс бөгөөс шийдсэн он", "Year of completion, else of the decision");
    let budget = say("Хуваарилсан төсөв, ₮", "Allocated budget in ₮");
    all.extend(fields(FieldKind::Count, &[("year", year), ("budget_total", budget)]));
    all
}

/// What practices and replications both say.
fn record_fields(say: &dyn Fn(&str, &str) -> String) -> BTreeMap<String, Field> {
    let mut all = fields(
        FieldKind::Text,
        &[
            ("theme", say("Сэдвийн код", "Code of its theme")),
            ("host", say("Эзэн хорооны код", "Code of the khoroo that hosts it")),
            ("host_vintage", say("Эзэн хороо аль үеийнх", "Vintage of that khoroo")),
            (
                "placed",
                say(
                    "Байршил: point – өөрийн цэг, khoroo, district – хорооны, дүүргийн доторх цэг",
                    "Where it stands: point is its own spot, khoroo and district are points inside these",
                ),
            ),
        ],
    );
    let count = say(
        "Хэдийг төлөөлөх; 14-өөс доош томруулалтад нэг сэдэв, нэг мөчлөгийн, нэг дүүрэг эсвэл ижил хоёр хорооны ойр орших бүртгэлүүд нэг болж, зөвхөн ижил утгаа хадгална",
        "How many it stands for: below zoom 14, records of one theme and cycle near each other, of one district or between the same khoroos, are one, with the fields they share",
    );
    all.extend(fields(FieldKind::Count, &[("count", count)]));
    all
}

pub(super) fn name_fields(say: &dyn Fn(&str, &str) -> String) -> BTreeMap<String, Field> {
    fields(
        FieldKind::Text,
        &[
            ("name_mn", say("Нэр, монголоор", "Name in Mongolian")),
            ("name_en", say("Нэр, англиар", "Name in English")),
        ],
    )
}

pub(super) fn fields(kind: FieldKind, named: &[(&str, String)]) -> BTreeMap<String, Field> {
    named.iter().map(|(name, text)| ((*name).to_owned(), Field { kind, text: text.clone() })).collect()
}
