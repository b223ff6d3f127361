//! Styles work in anyone's map: their expressions, over the properties that tiles carry, give every unit
//! the value and the colour that `/api/v1/values` tells.

use std::collections::BTreeMap;

use fast_mvt::{MvtReaderRef, MvtValue};
use hlp_tracker::cartography::{Asked, FontFaces, Ground, MapMeasure, Query, style, values};
use hlp_tracker::model::{Lang, Loaded, TileCoord, VintageId};
use hlp_tracker::snapshot::{Level, Snapshot, VintageView};
use hlp_tracker::tiles::{self, Tileset};
use serde_json::{Value, json};

use crate::small_world::{fact, identification, loaded, town_of_two_cycles};
use crate::support::demo;

type Properties = BTreeMap<String, Value>;

/// Khoroos wide open at this zoom, and the city in a few tiles.
const ZOOM: u32 = 9;

/// What tiles say of every unit, by layer and feature id.
fn of_tiles(snapshot: &Snapshot, view: &VintageView) -> BTreeMap<(&'static str, u64), Properties> {
    let tileset = Tileset::Tracker(view.vintage.id.clone());
    let [west, south, east, north] = view.geography.bounds().expect("has lines").degrees();
    let scale = f64::from(1 << ZOOM);
    let column = |lon: f64| ((lon + 180.0) / 360.0 * scale) as u32;
    let row = |lat: f64| {
        let sin = lat.to_radians().sin();
        ((0.5 - ((1.0 + sin) / (1.0 - sin)).ln() / (4.0 * std::f64::consts::PI)) * scale) as u32
    };
    let mut found = BTreeMap::new();
    for x in column(west)..=column(east) {
        for y in row(north)..=row(south) {
            let tile = TileCoord::new(ZOOM, x, y).expect("on the grid");
            let bytes = tiles::encode(snapshot, &tileset, tile).expect("encoded").expect("known");
            let tile = MvtReaderRef::new(&bytes).expect("a tile").to_tile().expect("a valid tile");
            for name in ["khoroos", "districts"] {
                for feature in tile.layers.iter().filter(|layer| layer.name == name).flat_map(|l| &l.features)
                {
                    let properties: Properties =
                        feature.properties.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
                    let before = found.insert((name, feature.id.expect("an id")), properties.clone());
                    assert!(before.is_none_or(|before| before == properties), "tiles agree");
                }
            }
        }
    }
    found
}

fn plain(value: &MvtValue) -> Value {
    match value {
        MvtValue::String(text) => json!(text),
        MvtValue::UInt(number) => json!(number),
        MvtValue::Double(number) => json!(number),
        other => panic!("not written by us: {other:?}"),
    }
}

/// Evaluates the expressions that styles use, as the MapLibre style specification defines them.
fn evaluate(expression: &Value, of: &BTreeMap<String, Value>) -> Value {
    let Value::Array(parts) = expression else { return expression.clone() };
    let arg = |idx: usize| evaluate(&parts[idx], of);
    let number = |idx: usize| arg(idx).as_f64().expect("a number");
    let name = |idx: usize| parts[idx].as_str().expect("a name");
    match name(0) {
        "get" => of.get(name(1)).cloned().unwrap_or(Value::Null),
        "has" => json!(of.contains_key(name(1))),
        "!" => json!(!arg(1).as_bool().expect("a boolean")),
        "==" => match (arg(1), arg(2)) {
            (Value::Number(a), Value::Number(b)) => json!(a.as_f64() == b.as_f64()),
            (a, b) => json!(a == b),
        },
        "<" => json!(number(1) < number(2)),
        "<=" => json!(number(1) <= number(2)),
        "+" => json!(number(1) + number(2)),
        "*" => json!(number(1) * number(2)),
        "/" => json!(number(1) / number(2)),
        "min" => json!(number(1).min(number(2))),
        "max" => json!(number(1).max(number(2))),
        "floor" => json!(number(1).floor()),
        "coalesce" => (1..parts.len()).map(arg).find(|v| !v.is_null()).unwrap_or(Value::Null),
        "case" => {
            let mut idx = 1;
            while idx + 1 < parts.len() {
                if arg(idx) == json!(true) {
                    return arg(idx + 1);
                }
                idx += 2;
            }
            arg(idx)
        }
        "match" => {
            let input = arg(1);
            let is_hit = |label: &Value| match (label, &input) {
                (Value::Array(labels), input) => labels.contains(input),
                (label, input) if label.is_number() => label.as_f64() == input.as_f64(),
                (label, input) => label == input,
            };
            let mut idx = 2;
            while idx + 1 < parts.len() {
                if is_hit(&parts[idx]) {
                    return arg(idx + 1);
                }
                idx += 2;
            }
            arg(idx)
        }
        "step" => {
            let input = number(1);
            let mut found = 2;
            for idx in (3..parts.len()).step_by(2) {
                if input >= parts[idx].as_f64().expect("a stop") {
                    found = idx + 1;
                }
            }
            arg(found)
        }
        other => panic!("unknown operator {other}"),
    }
}

/// Units compared, and among them those above zero and those of one theme above zero.
#[derive(Debug, Default, PartialEq, Eq)]
struct Painted {
    n: usize,
    n_above_zero: usize,
    n_of_a_theme: usize,
}

/// Every measure, level, rate, cycle and theme of every vintage.
fn assert_painted(snapshot: &Snapshot) -> Painted {
    let themes = snapshot.records.themes.iter().map(|t| t.code.clone()).chain(["all".to_owned()]);
    let themes: Vec<String> = themes.collect();
    let mut painted = Painted::default();
    for view in &snapshot.vintages {
        let of_tiles = of_tiles(snapshot, view);
        let vintage = Some(view.vintage.id.as_str());
        let cycles: Vec<String> = view.counts.choices().map(|cycle| cycle.to_string()).collect();
        for measure in MapMeasure::ALL {
            for (level, layer) in [(Level::Khoroo, "khoroos"), (Level::District, "districts")] {
                for rate in ["count", "per10000"] {
                    for (cycle, theme) in cycles.iter().flat_map(|c| themes.iter().map(move |t| (c, t))) {
                        let asked = Asked {
                            vintage,
                            cycle: Some(cycle),
                            level: Some(level.word()),
                            rate: Some(rate),
                            theme: Some(theme),
                            ..Asked::default()
                        };
                        let Ok(query) = Query::read(snapshot, measure.word(), &asked, Lang::Mn) else {
                            assert_eq!((measure, rate), (MapMeasure::Participation, "per10000"));
                            continue;
                        };
                        let told = values(snapshot, &query).expect("values");
                        let grounds = [Ground::Light, Ground::Dark];
                        let fills = grounds.map(|ground| {
                            let style = style(snapshot, &query, "", &FontFaces::new(), ground);
                            style.expect("a style")["layers"][1].clone()
                        });
                        assert_eq!(fills.each_ref().map(|fill| &fill["source-layer"]), [layer; 2]);
                        for unit in &told.units {
                            let cell = &unit.cells[cycle.as_str()];
                            let class = &told.legend.classes[cell.class];
                            let properties = &of_tiles[&(layer, unit.id)];
                            for (fill, colour) in fills.iter().zip([class.colour, class.colour_dark]) {
                                let found = evaluate(&fill["paint"]["fill-color"], properties);
                                let expected = json!(colour.to_string());
                                assert_eq!(found, expected, "{} in {query:?}: {properties:?}", unit.code);
                            }
                            let is_above_zero =
                                cell.value.as_ref().and_then(serde_json::Number::as_f64) > Some(0.0);
                            painted.n += 1;
                            painted.n_above_zero += usize::from(is_above_zero);
                            painted.n_of_a_theme += usize::from(is_above_zero && theme != "all");
                        }
                    }
                }
            }
        }
    }
    painted
}

#[test]
fn the_style_paints_every_unit_of_the_town_in_the_colour_of_its_class() {
    let snapshot = town_of_two_cycles();
    assert!(snapshot.verdict.faults.is_empty(), "{:?}", snapshot.verdict.faults);
    let painted = assert_painted(&snapshot);
    // Nine maps; three themes; units of 2020 in its cycle and the sum, of 2022 in two and the sum.
    assert_eq!(painted.n, 9 * 3 * ((4 + 2) * 2 + (5 + 2) * 3));
    assert!(painted.n_of_a_theme > 100, "{painted:?}");
}

#[test]
fn the_style_paints_every_unit_of_the_city_in_the_colour_of_its_class() {
    let painted = assert_painted(&demo::snapshot(204));
    assert_eq!(painted.n, 9 * 13 * (171 + 9 + 204 + 9) * 2);
    assert!(painted.n_of_a_theme > 3_000, "{painted:?}");
}

#[test]
fn where_khoroos_have_no_lines_districts_are_painted_as_their_values_say() {
    let mut codes_only = loaded();
    let id: VintageId = "2020".parse().expect("a vintage");
    codes_only.datasets.get_mut(&id).expect("there").khoroos.iter_mut().for_each(|k| k.shape = None);
    let snapshot = Snapshot::build(codes_only, None, 10_000.0).expect("sound");
    let of_tiles = of_tiles(&snapshot, snapshot.vintage(&id).expect("there"));
    let mut colours = std::collections::BTreeSet::new();
    for measure in MapMeasure::ALL {
        for theme in ["all", "waste", "green"] {
            let asked = |level| {
                let asked = Asked { vintage: Some("2020"), level, theme: Some(theme), ..Asked::default() };
                Query::read(&snapshot, measure.word(), &asked, Lang::En).expect("a sound query")
            };
            let style =
                style(&snapshot, &asked(None), "", &FontFaces::new(), Ground::Light).expect("a style");
            let told = values(&snapshot, &asked(Some("district"))).expect("values");
            for unit in &told.units {
                let expected = told.legend.classes[unit.cells["2020"].class].colour.to_string();
                let fill = &style["layers"][1]["paint"]["fill-color"];
                let found = evaluate(fill, &of_tiles[&("districts", unit.id)]);
                assert_eq!(found, json!(expected), "{} {measure:?} {theme}", unit.code);
                colours.insert(expected);
            }
        }
    }
    assert!(colours.len() > 3, "{colours:?}");
}

#[test]
fn a_theme_has_classes_of_its_own_which_are_those_of_all_its_cycles() {
    let mut town = loaded();
    for id in ["p6", "p7", "p8"] {
        let status = hlp_tracker::model::PracticeStatus::Identified;
        town.records.practices.push(crate::small_world::practice(id, "waste", "2022:aa-1", status));
        let decision = hlp_tracker::model::Decision::Accepted;
        town.records.identifications.push(identification(id, "2022", "2022:aa-1", decision));
    }
    let snapshot = Snapshot::build(town, None, 10_000.0).expect("sound");
    let breaks = |theme, cycle| {
        let asked = Asked { theme: Some(theme), cycle: Some(cycle), ..Asked::default() };
        let query = Query::read(&snapshot, "identifications", &asked, Lang::En).expect("a sound query");
        let told = values(&snapshot, &query).expect("values").legend;
        (serde_json::to_value(told.breaks).expect("JSON"), told.notes.last().map(|note| note.en.clone()))
    };
    let note = "Classes are those of this theme: do not compare colours of two themes.".to_owned();
    assert_eq!(breaks("all", "2022"), (json!([1, 2, 4]), None));
    // Of waste 1 in 2020 and 4 in 2022; of greening never more than 1 but 2 of bb-1.
    assert_eq!(breaks("waste", "2020"), (json!([1, 4]), Some(note.clone())));
    assert_eq!(breaks("waste", "2022"), breaks("waste", "all"));
    assert_eq!(breaks("green", "2020"), (json!([1, 2]), Some(note)));
}

#[test]
fn a_rate_says_by_whom_it_divides_and_nobody_divides_by_none() {
    let snapshot = town_of_two_cycles();
    let asked = Asked { rate: Some("per10000"), cycle: Some("2024"), ..Asked::default() };
    let query = Query::read(&snapshot, "identifications", &asked, Lang::En).expect("a sound query");
    let told = values(&snapshot, &query).expect("values");
    assert_eq!(told.legend.base.en, "Boundaries of 2022 (5 khoroos); population: 2022–2024");
    let cell = |code: &str, cycle: &str| {
        let unit = told.units.iter().find(|unit| unit.code == code).expect("there");
        let cell = serde_json::to_value(&unit.cells[cycle]).expect("JSON");
        (cell["value"].clone(), cell["residents"].clone())
    };
    let residents =
        |population: i64, year: i16, row: &str| json!({ "population": population, "year": year, "row": row });
    assert_eq!(cell("aa-1", "2022"), (json!(1.0), residents(10_000, 2022, "khoroo")));
    assert_eq!(cell("aa-1", "2024"), (json!(1.29), residents(7_777, 2024, "khoroo_fact")));
    // Both cycles together: 2 of those of the newest.
    assert_eq!(cell("aa-1", "all"), (json!(2.57), residents(7_777, 2024, "khoroo_fact")));
    assert_eq!(cell("aa-2", "2022"), (json!(null), json!(null)));
    assert_eq!(cell("bb-1", "2022"), (json!(null), residents(0, 2022, "khoroo")));
    // Its own figure is of 2030.
    assert_eq!(cell("bb-2", "2022"), (json!(0.0), residents(4_444, 2023, "khoroo_fact")));
}

#[test]
fn a_district_takes_the_sum_of_its_khoroos_where_that_is_of_a_nearer_year() {
    let residents = |town: Loaded, district: usize| {
        let snapshot = Snapshot::build(town, None, 10_000.0).expect("sound");
        let asked = Asked { rate: Some("per10000"), level: Some("district"), ..Asked::default() };
        let query = Query::read(&snapshot, "identifications", &asked, Lang::En).expect("a sound query");
        let told = values(&snapshot, &query).expect("values");
        let found = told.units[district].cells["2022"].residents.flatten();
        found.map(|r| (r.population, r.year, r.row))
    };
    // Its own figure, 23,000, is of 2021.
    assert_eq!(residents(loaded(), 0), Some((22_000, Some(2022), "khoroos")));
    let id: VintageId = "2022".parse().expect("a vintage");
    let of_2023 = |khoroos: &[&str]| {
        let mut town = loaded();
        let dataset = town.datasets.get_mut(&id).expect("there");
        dataset.khoroos.iter_mut().for_each(|k| k.population_year = None);
        town.records.khoroo_facts = khoroos.iter().map(|id| fact(id, 2023, Some(1_000))).collect();
        town
    };
    assert_eq!(residents(of_2023(&["2022:aa-1"]), 0), Some((23_000, Some(2021), "district")));
    assert_eq!(residents(of_2023(&["2022:bb-1", "2022:bb-2"]), 1), Some((2_000, Some(2023), "khoroos")));
    assert_eq!(residents(of_2023(&["2022:bb-1"]), 1), Some((25_000, None, "district")));
    // A fact of a year before the boundaries breaks a rule.
    let mut before = of_2023(&[]);
    before.records.khoroo_facts = ["2022:bb-1", "2022:bb-2"].map(|id| fact(id, 2021, Some(1_000))).into();
    assert_eq!(residents(before, 1), Some((25_000, None, "district")));
    let mut unknown = of_2023(&["2022:bb-1"]);
    unknown.datasets.get_mut(&id).expect("there").khoroos[3].population = None;
    assert_eq!(residents(unknown, 1), Some((6_000, None, "khoroos")));
}
