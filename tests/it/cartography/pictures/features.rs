//! Maps of features for pages: what is drawn and linked, where, and how much it weighs.

use hlp_tracker::cartography::picture::{Drawn, Feature, LINKS_MAX, Look, Place, features};
use hlp_tracker::model::{GridPoint, Lang};
use hlp_tracker::snapshot::{Level, Snapshot};

use super::{Element, links, parsed};
use crate::support::demo;

const BYTES_MAX: usize = 150_000;
/// Lines may run so far beyond the edge, which hides them.
const MARGIN: f64 = 8.5;

fn drawn(snapshot: &Snapshot, all: &[Feature]) -> Drawn {
    features(snapshot, all, "Map <of> \"all\"", Lang::En).expect("room").expect("a picture")
}

fn feature(nth: usize, place: Place) -> Feature {
    Feature { place, title: format!("No. {nth} & more"), href: Some(format!("/items/{nth}?f=html&lang=mn")) }
}

fn units(snapshot: &Snapshot, level: Level) -> Vec<Feature> {
    let vintage = snapshot.vintages.len() - 1;
    let n = snapshot.vintages[vintage].units(level).len();
    (0..n).map(|idx| feature(idx, Place::Unit { vintage, level, idx })).collect()
}

fn labels(snapshot: &Snapshot) -> Vec<GridPoint> {
    let khoroos = &snapshot.newest().expect("a vintage").geography.khoroos;
    khoroos.iter().filter_map(|khoroo| khoroo.label).collect()
}

fn number(element: &Element, key: &str) -> f64 {
    element.attributes[key].parse().expect("a number")
}

/// Corners of a path in fifths of a pixel, whether told from the last one or not.
fn corners(d: &str) -> Vec<[f64; 2]> {
    let mut spaced = String::new();
    for c in d.chars() {
        match c {
            'M' | 'l' | 'h' | 'z' => spaced.extend([' ', c, ' ']),
            '-' => spaced.push_str(" -"),
            other => spaced.push(other),
        }
    }
    let (mut at, mut found, mut step) = ([0.0; 2], Vec::new(), 'M');
    let mut words = spaced.split_whitespace();
    while let Some(word) = words.next() {
        let Ok(x) = word.parse::<f64>() else {
            step = word.chars().next().expect("a letter");
            continue;
        };
        let mut next = || words.next().expect("two numbers").parse::<f64>().expect("a number");
        at = match step {
            'M' => [x, next()],
            'l' => [at[0] + x, at[1] + next()],
            _ => [at[0] + x, at[1]],
        };
        found.push(at);
    }
    found
}

/// Every corner lies in the panel that its path is drawn on, and every panel in the picture.
fn assert_inside(svg: &str) {
    let elements = parsed(svg);
    let of_box: Vec<f64> =
        elements[0].attributes["viewBox"].split(' ').map(|n| n.parse().expect("a number")).collect();
    let mut n_corners = 0;
    for element in &elements {
        let around = |mut at: Option<usize>| loop {
            match at {
                Some(idx) if idx > 0 && elements[idx].name == "svg" => break Some(&elements[idx]),
                Some(idx) => at = elements[idx].parent,
                None => break None,
            }
        };
        if element.name == "svg" && element.attributes.contains_key("x") {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|key| number(element, key));
            assert!(x >= 0.0 && y >= 0.0 && x + width <= of_box[2] && y + height <= of_box[3]);
        }
        let is_feature = element.name == "path" && !element.attributes.contains_key("transform");
        let Some(panel) = around(element.parent).filter(|_| is_feature) else { continue };
        if element.attributes.contains_key("stroke-opacity") || element.attributes.contains_key("stroke") {
            // The scale bar.
            continue;
        }
        let size = [number(panel, "width"), number(panel, "height")];
        for at in corners(&element.attributes["d"]) {
            n_corners += 1;
            for axis in 0..2 {
                let px = at[axis] / 5.0;
                assert!((-MARGIN..=size[axis] + MARGIN).contains(&px), "{at:?} outside {size:?}");
            }
        }
    }
    assert!(n_corners > 0);
}

#[test]
fn every_feature_is_drawn_and_linked_once_within_the_picture() {
    let snapshot = demo::snapshot(204);
    let places = labels(&snapshot);
    let points: Vec<Feature> =
        places.iter().enumerate().map(|(nth, &at)| feature(nth, Place::Point(at))).collect();
    let lines: Vec<Feature> = places
        .windows(2)
        .enumerate()
        .map(|(nth, ends)| feature(nth, Place::Line([ends[0], ends[1]])))
        .collect();
    let khoroos = units(&snapshot, Level::Khoroo);
    for all in [&khoroos[..], &khoroos[..3], &units(&snapshot, Level::District), &points, &lines] {
        let Drawn { svg, look } = drawn(&snapshot, all);
        assert!(look == Look::Links && svg.len() <= BYTES_MAX, "{} bytes", svg.len());
        let elements = parsed(&svg);
        let mut found = links(&elements);
        found.sort();
        let mut expected: Vec<(String, String)> =
            all.iter().map(|one| (one.href.clone().expect("an address"), one.title.clone())).collect();
        expected.sort();
        assert_eq!(found, expected);
        for path in elements.iter().filter(|one| one.parent.is_some_and(|at| elements[at].name == "a")) {
            assert!(path.name == "title" || !path.attributes["d"].is_empty(), "{path:?}");
        }
        assert_inside(&svg);
    }
}

#[test]
fn one_alone_stands_in_its_neighbourhood_and_leads_nowhere() {
    let snapshot = demo::snapshot(204);
    let places = labels(&snapshot);
    let line = Place::Line([places[0], places[150]]);
    for place in [units(&snapshot, Level::Khoroo)[40].place, Place::Point(places[7]), line] {
        let alone = Feature { place, title: "This".to_owned(), href: None };
        let Drawn { svg, .. } = drawn(&snapshot, &[alone]);
        let elements = parsed(&svg);
        assert!(links(&elements).is_empty());
        let titles = elements.iter().filter(|one| one.name == "title" && one.text == "This").count();
        assert_eq!(titles, 1, "{place:?}");
        assert_inside(&svg);
        let backdrop = elements.iter().filter(|one| one.attributes.contains_key("transform"));
        assert!(backdrop.filter(|one| one.name == "path").count() > 0, "{place:?} has no borders around it");
    }
}

#[test]
fn a_picture_stays_within_its_bytes_however_much_there_is() {
    let snapshot = demo::snapshot(204);
    let places = labels(&snapshot);
    let many = |n: usize| -> Vec<Feature> {
        (0..n).map(|nth| feature(nth, Place::Point(places[nth % places.len()]))).collect()
    };
    for (n, expected) in [(LINKS_MAX, true), (LINKS_MAX + 1, false), (10_000, false)] {
        let Drawn { svg, look } = drawn(&snapshot, &many(n));
        assert_eq!(look == Look::Links, expected, "{n}");
        assert!(svg.len() <= BYTES_MAX, "{n} take {} bytes", svg.len());
    }
    // Long addresses take the links away, never the map.
    let mut long = many(LINKS_MAX);
    for one in &mut long {
        one.href = Some(format!("https://example.org/{}", "a".repeat(1_000)));
    }
    let Drawn { svg, look } = drawn(&snapshot, &long);
    assert!(look == Look::Shapes && svg.len() <= BYTES_MAX);
    // Areas with all their corners.
    let khoroos = units(&snapshot, Level::Khoroo);
    let shapes = &snapshot.newest().expect("a vintage").geography.shapes;
    let n_vertices: usize = shapes.iter().map(hlp_tracker::model::MultiPolygon::n_vertices).sum();
    assert!(n_vertices > 10_000, "{n_vertices}");
    assert!(drawn(&snapshot, &khoroos).svg.len() <= BYTES_MAX);
}

#[test]
fn what_has_no_room_for_its_shapes_has_dots_where_it_is() {
    let snapshot = demo::snapshot(3_000);
    let places = labels(&snapshot);
    let line = |nth: usize| [places[nth % 2_999], places[nth * 7 % 2_998]];
    let lines: Vec<Feature> = (0..10_000).map(|nth| feature(nth, Place::Line(line(nth)))).collect();
    for all in [units(&snapshot, Level::Khoroo), lines] {
        let Drawn { svg, look } = drawn(&snapshot, &all);
        assert!(look == Look::Dots && svg.len() <= BYTES_MAX, "{look:?} of {} bytes", svg.len());
        assert!(svg.matches("h0").count() > 30, "hardly a dot");
        assert!(links(&parsed(&svg)).is_empty());
        assert_inside(&svg);
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let snapshot = demo::snapshot(204);
    assert!(features(&snapshot, &[], "Map", Lang::Mn).expect("room").is_none());
}
