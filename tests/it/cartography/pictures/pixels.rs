//! Pictures as PNG.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::AskedFrame;
use hlp_tracker::cartography::raster::Painter;
use hlp_tracker::cartography::{Asked, legend};
use resvg::tiny_skia::Pixmap;

use super::{drawn, framed, read, town};

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
