//! Maps for pages: what is linked, named, hatched, and how much it weighs.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::{Area, Form, UNITS_MAX};
use hlp_tracker::cartography::{Asked, legend, values};
use hlp_tracker::model::Lang;
use hlp_tracker::snapshot::Snapshot;

use super::{bare, drawn, links, parsed, read, town};
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

#[test]
fn no_name_of_a_district_hides_a_number_of_equal_cells() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    let svg = drawn(&snapshot, &query, &bare(Form::Cells, Area::City));
    let elements = parsed(&svg);
    let n_khoroos = snapshot.newest().expect("a vintage").geography.khoroos.len();
    assert_eq!((svg.matches("</text></a>").count(), links(&elements).len()), (n_khoroos, n_khoroos));
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
