//! Colours of pictures on light and dark grounds, and whether letters can be read on them.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::{Area, AskedFrame, Form, dark_properties};
use hlp_tracker::cartography::{Asked, MapMeasure};

use super::{Element, bare, drawn, framed, parsed, read};
use crate::support::demo;

/// What WCAG 2.2 asks of text.
const READABLE: f64 = 4.5;

const SHEET: &str = include_str!("../../../../web/src/css/picture.css");
const TOKENS: &str = include_str!("../../../../web/src/tokens.css");

/// Custom properties of a style sheet's dark part, by name.
fn dark_part(sheet: &'static str) -> BTreeMap<&'static str, &'static str> {
    let (_, dark) = sheet.split_once("(prefers-color-scheme: dark) {").expect("a dark part");
    dark.split([';', '{', '}']).filter_map(|rule| rule.trim().strip_prefix("--")?.split_once(": ")).collect()
}

/// A bare picture stands with its light colours, and the style sheet of pages has a dark one for each.
#[test]
fn dark_pages_have_a_colour_for_each_of_a_bare_picture() {
    let declared = dark_part(SHEET);
    let expected: BTreeMap<String, String> =
        dark_properties().into_iter().map(|(name, colour)| (name, colour.to_string())).collect();
    let expected: BTreeMap<&str, &str> = expected.iter().map(|(name, colour)| (&**name, &**colour)).collect();
    assert_eq!(declared, expected);

    let snapshot = demo::snapshot(204);
    for measure in ["identifications", "bivariate"] {
        let query = read(&snapshot, measure, &Asked::default());
        for form in Form::ALL {
            let svg = drawn(&snapshot, &query, &bare(form, Area::City));
            let named = svg.split("var(--").skip(1).map(|rest| rest.split_once(',').expect("a colour").0);
            for name in named.collect::<BTreeSet<_>>() {
                let is_set = declared.contains_key(name) || TOKENS.contains(&format!("--{name}:"));
                assert!(is_set, "{measure} {form:?}: --{name}");
            }
        }
    }
}

/// Of a colour as it stands in the markup: `#a8ddb5`, or `var(--a8ddb5,#a8ddb5)`, which a dark page sets anew.
fn luminance(paint: &str, page: &BTreeMap<&str, &str>) -> f64 {
    let hex = match paint.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
        Some(named) => {
            let (name, light) = named.split_once(',').expect("a colour where none is set");
            page.get(name).copied().unwrap_or(light)
        }
        None => paint,
    };
    let channel = |at: usize| {
        let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Colours that a text lies on: its halo, the shape that it is written into, the last rectangle around its place,
/// or the page.
fn grounds<'a>(elements: &'a [Element], at: usize) -> Vec<&'a str> {
    let text = &elements[at];
    let of = |element: &'a Element, name: &str| element.attributes.get(name).map(String::as_str);
    let number =
        |element: &'a Element, name: &str| of(element, name).and_then(|text| text.parse::<f64>().ok());
    if let Some(halo) = of(text, "stroke") {
        return vec![halo];
    }
    let is_around = |rect: &&'a Element| {
        let sides = [("x", "width"), ("y", "height")];
        sides.iter().all(|(corner, length)| {
            let from = number(rect, corner).unwrap_or(0.0);
            number(rect, length)
                .zip(number(text, corner))
                .is_some_and(|(length, own)| from <= own && own <= from + length)
        })
    };
    let before = || {
        elements[..at].iter().rev().filter(|element| of(element, "fill").is_some_and(|fill| fill != "none"))
    };
    let shape = before()
        .find(|element| element.name == "path" && element.parent == text.parent && text.parent != Some(0));
    let rect = || before().find(|element| element.name == "rect" && is_around(element));
    let Some(fill) = shape.or_else(rect).and_then(|element| of(element, "fill")) else {
        // The sheet of a picture that stands alone; a bare one has that of its page.
        let sheet = elements.iter().find(|element| element.name == "path" && element.parent == Some(0));
        let sheet = sheet.filter(|sheet| sheet.attributes["d"].starts_with("M0 0h"));
        return vec![sheet.and_then(|sheet| of(sheet, "fill")).unwrap_or("var(--paper,#ffffff)")];
    };
    let Some(pattern) = fill.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')) else {
        return vec![fill];
    };
    let pattern = elements.iter().position(|element| of(element, "id") == Some(pattern)).expect("a hatch");
    let parts = elements.iter().filter(|element| element.parent == Some(pattern));
    parts.flat_map(|part| [of(part, "fill"), of(part, "stroke")]).flatten().collect()
}

fn assert_readable(svg: &str, page: &BTreeMap<&str, &str>, told: &str) {
    let elements = parsed(svg);
    for (at, text) in elements.iter().enumerate().filter(|(_, element)| element.name == "text") {
        assert!(!text.attributes.contains_key("fill-opacity"), "{told}: `{}` is faint", text.text);
        let ink = luminance(&text.attributes["fill"], page);
        for ground in grounds(&elements, at) {
            let under = luminance(ground, page);
            let contrast = (ink.max(under) + 0.05) / (ink.min(under) + 0.05);
            let fill = &text.attributes["fill"];
            assert!(contrast >= READABLE, "{told}: `{}` in {fill} on {ground}: {contrast:.2}", text.text);
        }
    }
}

#[test]
fn every_text_of_a_picture_can_be_read_on_what_it_stands_on() {
    let snapshot = demo::snapshot(204);
    let dark: BTreeMap<&str, &str> = dark_part(SHEET).into_iter().chain(dark_part(TOKENS)).collect();
    let light = BTreeMap::new();
    for (measure, form) in MapMeasure::ALL.into_iter().flat_map(|m| Form::ALL.map(|form| (m, form))) {
        let query = read(&snapshot, measure.word(), &Asked::default());
        for area in ["city", "bzd", "bzd-5"] {
            let told = format!("{measure:?} {form:?} {area}");
            for (scheme, width) in [("light", "1200"), ("dark", "1200"), ("dark", "480")] {
                let asked = AskedFrame {
                    form: Some(form.word()),
                    area: Some(area),
                    scheme: Some(scheme),
                    width: Some(width),
                    ..AskedFrame::default()
                };
                let svg = drawn(&snapshot, &query, &framed(&asked));
                assert_readable(&svg, &light, &format!("{told} {scheme} {width}"));
            }
            let area = framed(&AskedFrame { area: Some(area), ..AskedFrame::default() }).area;
            let svg = drawn(&snapshot, &query, &bare(form, area));
            assert_readable(&svg, &light, &format!("{told} on a light page"));
            assert_readable(&svg, &dark, &format!("{told} on a dark page"));
        }
    }
}

/// Dark letters with a pale halo are hard to read on a dark fill, so a number is black or white by its own.
#[test]
fn numbers_on_real_shapes_follow_the_colour_of_their_khoroo() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked::default());
    for scheme in ["light", "dark"] {
        let asked = AskedFrame { area: Some("bzd"), scheme: Some(scheme), ..AskedFrame::default() };
        let elements = parsed(&drawn(&snapshot, &query, &framed(&asked)));
        let fills: BTreeSet<&str> = elements
            .iter()
            .filter(|element| element.name == "path")
            .filter_map(|path| path.attributes.get("fill").map(String::as_str))
            .collect();
        let numbers = elements.iter().filter(|element| {
            element.name == "text"
                && element.text.contains(" · ")
                && element.attributes.contains_key("stroke")
        });
        let colours: Vec<[&str; 2]> =
            numbers.map(|text| ["fill", "stroke"].map(|name| text.attributes[name].as_str())).collect();
        let on_its_own = colours.iter().filter(|[_, halo]| fills.contains(halo)).count();
        assert!(
            10 * on_its_own >= 9 * colours.len() && on_its_own > 5,
            "{scheme}: {on_its_own} of {}",
            colours.len()
        );
        let inks: BTreeSet<&str> = colours.iter().map(|[ink, _]| *ink).collect();
        assert!(inks.contains("#000000") && inks.contains("#ffffff"), "{scheme}: {inks:?}");
    }
}
