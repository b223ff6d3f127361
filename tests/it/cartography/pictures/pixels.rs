//! Pictures as PNG.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::{Area, AskedFrame, Form, text_width};
use hlp_tracker::cartography::raster::Painter;
use hlp_tracker::cartography::{Asked, legend};
use resvg::tiny_skia::Pixmap;
use resvg::usvg::{self, fontdb};

use super::{bare, drawn, framed, parsed, read, town};
use crate::support::demo;

fn painter() -> Painter {
    let fonts = hlp_tracker::http::assets::picture_fonts();
    Painter::new(fonts.expect("`make web` makes fonts for pictures")).expect("sound fonts")
}

fn pixels(png: &[u8]) -> Pixmap {
    Pixmap::decode_png(png).expect("a PNG")
}

/// Colours that many pixels have.
fn colours(pixmap: &Pixmap) -> BTreeMap<u32, usize> {
    let mut colours = BTreeMap::new();
    for pixel in pixmap.pixels() {
        let rgb = [0, pixel.red(), pixel.green(), pixel.blue()];
        *colours.entry(u32::from_be_bytes(rgb)).or_default() += 1;
    }
    colours
}

#[test]
fn a_png_has_the_size_that_was_asked_and_the_colours_of_its_classes() {
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked::default());
    for (width, height) in [("1200", Some(630)), ("800", Some(420)), ("480", None)] {
        let frame = framed(&AskedFrame { width: Some(width), ..AskedFrame::default() });
        let png = painter().png(&drawn(&snapshot, &query, &frame)).expect("a PNG");
        let pixmap = pixels(&png);
        assert_eq!(pixmap.width().to_string(), width);
        assert!(height.is_none_or(|height| pixmap.height() == height), "{}", pixmap.height());
        let found = colours(&pixmap);
        for entry in legend(&snapshot, &query).expect("a legend").classes.iter().filter(|e| e.units > 0) {
            assert!(found.get(&entry.colour.0).is_some_and(|&n| n > 200), "{} {found:?}", entry.colour);
        }
    }
}

#[test]
fn letters_and_signs_of_both_languages_are_drawn_and_no_boxes() {
    let painter = painter();
    let drawn = |text: &str, weight: u16| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"60\"><text x=\"5\" y=\"45\" \
             font-family=\"Noto Sans\" font-weight=\"{weight}\" font-size=\"40\">{text}</text></svg>"
        );
        pixels(&painter.png(&svg).expect("a PNG")).data().to_vec()
    };
    let (nothing, missing) = (drawn(" ", 400), drawn("\u{e000}", 400));
    let mut seen = BTreeSet::new();
    for sign in "ӨөҮүЁёҢЯщ₮№€%·…–—ABzЭ0".chars() {
        let glyph = drawn(&sign.to_string(), 400);
        assert!(glyph != nothing && glyph != missing, "`{sign}` is not in the font");
        assert!(seen.insert(glyph), "`{sign}` looks like another");
    }
    assert_ne!(drawn("Ө", 400), drawn("Ө", 600), "headlines are bolder");
}

/// Width of a line of text as the renderer sets it, by weight.
fn set_width(text: &str, size: f64, is_bold: bool) -> f64 {
    let weight = if is_bold { 600 } else { 400 };
    let fonts = hlp_tracker::http::assets::picture_fonts().expect("`make web` makes fonts for pictures");
    let mut database = fontdb::Database::new();
    for (_, _, bytes) in fonts.into_iter().filter(|(_, own, _)| *own == weight) {
        database.load_font_data(bytes);
    }
    let family = database.faces().next().expect("a face").families[0].0.clone();
    let options = usvg::Options { fontdb: database.into(), font_family: family, ..usvg::Options::default() };
    let text = quick_xml::escape::escape(text);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text font-size=\"{size}\">{text}</text></svg>"
    );
    let tree = usvg::Tree::from_str(&svg, &options).expect("an SVG");
    f64::from(tree.root().bounding_box().width())
}

#[test]
fn each_letter_and_sign_is_as_wide_as_in_the_font() {
    let signs = "\u{a0}©«²·»ЁёҮүӨө–—’“”„…€₮№−";
    for (c, is_bold) in
        (' '..='~').chain('А'..='я').chain(signs.chars()).flat_map(|c| [(c, false), (c, true)])
    {
        // Between bars: it joins no other of its kind, and spaces have an end.
        let row = format!("|{}", format!("{c}|").repeat(40));
        let set = set_width(&row, 10.0, is_bold) - set_width("|", 10.0, is_bold);
        let told = (text_width(&row, is_bold) - text_width("|", is_bold)) * 10.0;
        assert!((set - told).abs() <= 0.4, "`{c}`, bold {is_bold}: {told} beside {set}");
    }
}

/// So it looks the same with the font, and takes no more room without it.
#[test]
fn every_text_of_a_picture_that_stands_alone_keeps_the_width_it_has_in_its_font() {
    let snapshot = demo::snapshot(204);
    for (measure, lang, form, width) in [
        ("identifications", "mn", "map", "1200"),
        ("bivariate", "en", "map", "480"),
        ("replications", "en", "cells", "1200"),
        ("participation", "mn", "cells", "480"),
    ] {
        let query = read(&snapshot, measure, &Asked { lang: Some(lang), ..Asked::default() });
        let asked = AskedFrame { form: Some(form), width: Some(width), ..AskedFrame::default() };
        let elements = parsed(&drawn(&snapshot, &query, &framed(&asked)));
        let mut measured = BTreeSet::new();
        for text in elements.iter().filter(|e| e.name == "text" && e.text.chars().count() > 2) {
            let of = |name: &str| text.attributes.get(name).map(String::as_str);
            let number = |name| of(name).and_then(|number| number.parse::<f64>().ok());
            let (Some(kept), Some(size)) = (number("textLength"), number("font-size")) else {
                panic!("`{}` keeps no width", text.text);
            };
            assert_eq!(of("lengthAdjust"), Some("spacingAndGlyphs"));
            let is_bold = of("font-weight").is_some();
            if measured.insert((text.text.clone(), is_bold)) && size >= 10.0 {
                let set = set_width(&text.text, size, is_bold);
                assert!((kept - set).abs() <= 0.03 * set + 0.2, "`{}`: {kept} beside {set}", text.text);
            }
            if of("text-anchor").is_none() && text.parent == Some(0) {
                let right = number("x").expect("a place") + kept;
                let edge = if width == "480" { 480.0 - 16.0 } else { 1200.0 - 36.0 };
                assert!(right <= edge + 0.2, "`{}` ends at {right}", text.text);
            }
        }
        // Pages bring the font, and enlarge its letters.
        for form in Form::ALL {
            assert!(!drawn(&snapshot, &query, &bare(form, Area::City)).contains("textLength"));
        }
    }
}
