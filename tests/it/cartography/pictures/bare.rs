//! Maps for pages: what is linked, named, hatched, and how much it weighs.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::{Area, AskedFrame, Form, UNITS_MAX};
use hlp_tracker::cartography::{Asked, KhorooCell, cells, legend, values};
use hlp_tracker::model::Lang;
use hlp_tracker::snapshot::Snapshot;

use super::{Element, bare, drawn, framed, links, parsed, read, town};
use crate::small_world::loaded;
use crate::support::demo;

/// What a page may spend on the map of the city, before it is packed to a quarter.
const BARE_BYTES_MAX: usize = 72_000;

#[test]
fn every_khoroo_is_linked_and_named_once_with_its_value() {
    let snapshot = demo::snapshot(204);
    for asked in [Asked::default(), Asked { rate: Some("per10000"), lang: Some("en"), ..Asked::default() }] {
        let query = read(&snapshot, "identifications", &asked);
        let told = values(&snapshot, &query).expect("values");
        let name = |unit: &hlp_tracker::cartography::UnitValues| match query.lang {
            Lang::Mn => unit.name_mn.clone(),
            Lang::En => unit.name_en.clone(),
        };
        let scale = legend(&snapshot, &query).expect("a legend").decimals;
        for form in Form::ALL {
            let svg = drawn(&snapshot, &query, &bare(form, Area::City));
            let found: BTreeMap<String, String> = links(&parsed(&svg)).into_iter().collect();
            assert_eq!(links(&parsed(&svg)).len(), 204, "{form:?}");
            assert!(svg.len() <= BARE_BYTES_MAX, "{form:?} has {} bytes", svg.len());
            for unit in &told.units {
                let title = &found[&format!("/mn/khoroos/{}", unit.code)];
                let (words, value) = title.rsplit_once(": ").expect("name: value");
                assert!(words.starts_with(&name(unit)), "{title}");
                let shown =
                    unit.cells[&query.cycle.to_string()].value.as_ref().and_then(serde_json::Number::as_f64);
                let shown = shown.map(|v| format!("{v:.*}", usize::from(scale)));
                assert_eq!(Some(value), shown.as_deref(), "{title}");
            }
        }
    }
}

/// West, north, east and south of every cell, and of the letters of every district's name.
fn cells_and_names(svg: &str) -> (Vec<[f64; 4]>, Vec<[f64; 4]>) {
    let elements = parsed(svg);
    let square = |d: &String| {
        let sides = d.strip_prefix('M')?.strip_suffix('z')?.split([' ', 'h', 'v']);
        let sides: Vec<f64> = sides.map(|side| side.parse().ok()).collect::<Option<_>>()?;
        let [x, y, width, height, _] = sides[..] else { return None };
        Some([x, y, x + width, y + height])
    };
    let cells = elements.iter().filter_map(|element| square(element.attributes.get("d")?)).collect();
    let name = |element: &Element| {
        let number = |key| element.attributes.get(key)?.parse::<f64>().ok();
        element.attributes.get("paint-order")?;
        let (x, y, size) = (number("x")?, number("y")?, number("font-size")?);
        let half = element.text.chars().count() as f64 * size * 0.29;
        Some([x - half, y - size * 0.72, x + half, y + size * 0.2])
    };
    (cells, elements.iter().filter_map(name).collect())
}

#[test]
fn names_of_districts_lie_on_no_cell_and_on_no_other_name() {
    let snapshot = demo::snapshot(204);
    let framed = framed(&AskedFrame { form: Some("cells"), width: Some("1200"), ..AskedFrame::default() });
    for (lang, vintage, n_khoroos) in [("mn", "2022", 204), ("en", "2022", 204), ("mn", "2020", 171)] {
        let asked = Asked { lang: Some(lang), vintage: Some(vintage), ..Asked::default() };
        let query = read(&snapshot, "identifications", &asked);
        for frame in [&bare(Form::Cells, Area::City), &framed] {
            let svg = drawn(&snapshot, &query, frame);
            let (cells, names) = cells_and_names(&svg);
            assert_eq!((cells.len(), names.len()), (n_khoroos, 9), "{lang} {vintage}");
            let meet = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            for (idx, name) in names.iter().enumerate() {
                let over = cells.iter().chain(&names[..idx]).find(|other| meet(name, other));
                assert_eq!(over, None, "{lang} {vintage}: {name:?}");
            }
        }
    }
}

#[test]
fn no_border_runs_into_a_name_beside_its_district() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    let svg = drawn(&snapshot, &query, &bare(Form::Cells, Area::City));
    let (elements, (_, names)) = (parsed(&svg), cells_and_names(&svg));
    let labels: Vec<usize> = (0..elements.len())
        .filter(|&at| elements[at].name == "text" && elements[at].attributes.contains_key("paint-order"))
        .collect();
    let at = labels.iter().position(|&at| elements[at].text == "Налайх").expect("a name");
    let plate = &elements[labels[at] - 1];
    let number = |key: &str| plate.attributes[key].parse::<f64>().expect("a number");
    assert_eq!((plate.name.as_str(), plate.attributes["fill"].as_str()), ("rect", "var(--paper,#ffffff)"));
    assert!(number("x") <= names[at][0] + 2.0 && number("x") + number("width") >= names[at][2] - 2.0);
    assert!(number("y") <= names[at][1] && number("y") + number("height") >= names[at][3]);
}

/// Cells of the bare picture are squares of 24 px, one pixel from its edge.
#[test]
fn where_districts_are_shown_each_name_stands_on_its_own_ground_or_on_nobodys() {
    let snapshot = demo::snapshot(204);
    for (lang, vintage) in [("mn", "2022"), ("en", "2022"), ("mn", "2020"), ("en", "2020")] {
        let asked =
            Asked { lang: Some(lang), vintage: Some(vintage), level: Some("district"), ..Asked::default() };
        let query = read(&snapshot, "identifications", &asked);
        let svg = drawn(&snapshot, &query, &bare(Form::Cells, Area::City));
        let layout = cells(&snapshot, vintage).expect("cells");
        let (_, names) = cells_and_names(&svg);
        assert_eq!(names.len(), layout.districts.len());
        for (name, district) in names.iter().zip(&layout.districts) {
            let over = |cell: &&KhorooCell| {
                let [x, y] = [cell.column, cell.row].map(|at| f64::from(at) * 24.0 + 1.0);
                name[0] < x + 24.0 && x < name[2] && name[1] < y + 24.0 && y < name[3]
            };
            let others = layout.cells.iter().filter(|cell| cell.district != district.code);
            let met: Vec<&str> = others.filter(over).map(|cell| cell.code.as_str()).collect();
            assert_eq!(met, [""; 0], "{lang} {vintage}: {}", district.code);
        }
    }
}

#[test]
fn every_cell_of_a_bare_picture_has_its_number() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    let svg = drawn(&snapshot, &query, &bare(Form::Cells, Area::City));
    assert_eq!((svg.matches("</text></a>").count(), links(&parsed(&svg)).len()), (204, 204));
}

#[test]
fn links_go_through_the_core_and_then_the_frames_in_the_order_of_the_khoroos() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    let elements = parsed(&drawn(&snapshot, &query, &bare(Form::Cells, Area::City)));
    let codes: Vec<String> = links(&elements).into_iter().map(|(href, _)| href).collect();
    let told = values(&snapshot, &query).expect("values");
    let expected: Vec<String> = told.units.iter().map(|unit| format!("/mn/khoroos/{}", unit.code)).collect();
    assert_eq!(codes, expected);
}

#[test]
fn equal_maps_are_equal_bytes() {
    let (one, other) = (demo::snapshot(204), demo::snapshot(204));
    for form in Form::ALL {
        let frame = bare(form, Area::City);
        let of = |snapshot| drawn(snapshot, &read(snapshot, "bivariate", &Asked::default()), &frame);
        assert_eq!(of(&one), of(&other));
    }
}

#[test]
fn a_part_of_the_city_shows_its_own_khoroos_only() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    for form in Form::ALL {
        let area = Area::District("bzd".parse().expect("a district"));
        let elements = parsed(&drawn(&snapshot, &query, &bare(form, area)));
        let codes: BTreeSet<String> = links(&elements).into_iter().map(|(href, _)| href).collect();
        assert_eq!(codes.len(), 43, "{form:?}");
        assert!(codes.iter().all(|href| href.starts_with("/mn/khoroos/bzd-")));

        let area = Area::Khoroo("bzd-5".parse().expect("a khoroo"));
        let elements = parsed(&drawn(&snapshot, &query, &bare(form, area)));
        let codes: Vec<String> = links(&elements).into_iter().map(|(href, _)| href).collect();
        assert!(codes.contains(&"/mn/khoroos/bzd-5".to_owned()), "{form:?}");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "{form:?}");
    }
}

#[test]
fn a_vintage_without_khoroo_lines_is_drawn_by_district_and_in_cells_by_khoroo() {
    let mut codes_only = loaded();
    let first = "2020".parse().expect("a vintage");
    for khoroo in &mut codes_only.datasets.get_mut(&first).expect("the first").khoroos {
        khoroo.shape = None;
    }
    let snapshot = Snapshot::build(codes_only, None, 10_000.0).expect("lines of one");
    let query = read(&snapshot, "identifications", &Asked { vintage: Some("2020"), ..Asked::default() });
    let of = |form| links(&parsed(&drawn(&snapshot, &query, &bare(form, Area::City))));
    let hrefs = |form| of(form).into_iter().map(|(href, _)| href).collect::<Vec<_>>();
    assert_eq!(hrefs(Form::Map), ["/mn/districts/aa", "/mn/districts/bb"]);
    assert_eq!(hrefs(Form::Cells).len(), 4);

    let mut no_lines = loaded();
    for dataset in no_lines.datasets.values_mut() {
        dataset.khoroos.iter_mut().for_each(|khoroo| khoroo.shape = None);
    }
    let snapshot = Snapshot::build(no_lines, None, 10_000.0).expect("codes alone");
    let query = read(&snapshot, "identifications", &Asked::default());
    let svg = drawn(&snapshot, &query, &bare(Form::Map, Area::City));
    assert!(!links(&parsed(&svg)).is_empty(), "a list of codes is shown in cells");
}

#[test]
fn what_is_unknown_is_hatched_and_said() {
    let snapshot = town();
    let query = read(&snapshot, "replications", &Asked { cycle: Some("2020"), ..Asked::default() });
    for form in Form::ALL {
        let elements = parsed(&drawn(&snapshot, &query, &bare(form, Area::City)));
        assert!(links(&elements).iter().all(|(_, title)| title.ends_with(": Мэдээлэлгүй")));
        let hatch = elements.iter().find(|element| element.name == "pattern").expect("a hatch");
        let fill = format!("url(#{})", hatch.attributes["id"]);
        let filled = elements.iter().filter(|e| e.attributes.get("fill") == Some(&fill)).count();
        assert_eq!(filled, 4, "{form:?}");
    }
}

#[test]
fn a_country_is_drawn_by_district() {
    let snapshot = demo::snapshot(UNITS_MAX + 100);
    let query = read(&snapshot, "identifications", &Asked::default());
    for form in Form::ALL {
        let svg = drawn(&snapshot, &query, &bare(form, Area::City));
        let links = links(&parsed(&svg));
        assert!(links.iter().all(|(href, _)| href.starts_with("/mn/districts/")), "{form:?}");
        assert!(svg.len() <= 2 * BARE_BYTES_MAX, "{form:?} has {} bytes", svg.len());
    }
}
