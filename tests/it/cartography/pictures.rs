//! Still pictures: read back as XML and as pixels, and compared with the values they show.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::picture::{
    Area, AskedFrame, Form, UNITS_MAX, WIDTH_PX_MAX, WIDTH_PX_MIN, dark_properties, settled,
};
use hlp_tracker::cartography::raster::Painter;
use hlp_tracker::cartography::{Asked, Frame, Query, legend, picture, values};
use hlp_tracker::model::{Lang, naming};
use hlp_tracker::snapshot::Snapshot;
use quick_xml::Reader;
use quick_xml::events::Event;
use resvg::tiny_skia::Pixmap;

use crate::small_world::loaded;
use crate::support::demo;

/// What a page may spend on the map of the city, before it is packed to a quarter.
const BARE_BYTES_MAX: usize = 72_000;

fn town() -> Snapshot {
    Snapshot::build(loaded(), None, 10_000.0).expect("a sound town")
}

fn read(snapshot: &Snapshot, measure: &str, asked: &Asked) -> Query {
    Query::read(snapshot, measure, asked, Lang::Mn).expect("a sound query")
}

fn bare(form: Form, area: Area) -> Frame {
    Frame::bare(form, area, Some("/mn/".into()), "m")
}

fn framed(asked: &AskedFrame) -> Frame {
    Frame::read(asked).expect("a sound frame")
}

/// An element: its name, its attributes, and the text directly in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    /// Index of the element around it.
    parent: Option<usize>,
}

/// All elements in order. Panics where the text is no well-formed XML.
fn parsed(svg: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(svg);
    let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().expect("well-formed");
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let name = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.expect("a sound attribute");
                    let key = attribute.key.as_ref().to_owned();
                    (key, quick_xml::escape::unescape(&attribute.value).expect("escaped").into_owned())
                });
                let attributes = attributes.collect();
                let parent = open.last().copied();
                elements.push(Element { name, attributes, text: String::new(), parent });
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len() - 1);
                }
            }
            Event::End(_) => drop(open.pop().expect("opened before")),
            Event::Text(text) => {
                elements[*open.last().expect("inside")].text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let raw = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&raw).expect("known").into_owned();
                elements[*open.last().expect("inside")].text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    elements
}

/// Address and name of every link, in the order of the document.
fn links(elements: &[Element]) -> Vec<(String, String)> {
    let title_of = |link: usize| {
        let title = elements.iter().find(|e| e.parent == Some(link) && e.name == "title");
        title.expect("every link has a name").text.clone()
    };
    let links = elements.iter().enumerate().filter(|(_, element)| element.name == "a");
    links.map(|(idx, element)| (element.attributes["href"].clone(), title_of(idx))).collect()
}

fn drawn(snapshot: &Snapshot, query: &Query, frame: &Frame) -> String {
    picture(snapshot, query, frame).expect("a picture")
}

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
fn a_framed_picture_tells_all_that_explains_it() {
    let snapshot = demo::snapshot(204);
    for (width, scheme) in [("1200", "light"), ("480", "dark")] {
        for form in ["map", "cells"] {
            for (measure, lang) in [("identifications", "mn"), ("bivariate", "en")] {
                let asked = Asked { lang: Some(lang), ..Asked::default() };
                let query = read(&snapshot, measure, &asked);
                let frame = framed(&AskedFrame {
                    form: Some(form),
                    width: Some(width),
                    scheme: Some(scheme),
                    ..AskedFrame::default()
                });
                let svg = drawn(&snapshot, &query, &frame);
                let elements = parsed(&svg);
                let texts: Vec<&str> = elements.iter().map(|element| element.text.as_str()).collect();
                let all = texts.join(" ");
                let told = legend(&snapshot, &query).expect("a legend");
                assert!(texts.contains(&told.title.get(query.lang)), "the title");
                let mark = told.illustrative.expect("the demo is invented");
                assert!(texts.contains(&mark.get(query.lang)), "the mark");
                assert!(all.contains("2026") || all.contains("1970"), "the date: {all}");
                let source = naming::in_one_language(&told.source, query.lang);
                assert_ne!(source, told.source, "invented lines say it in both languages");
                for word in source.split_whitespace() {
                    assert!(all.contains(word), "source `{word}`");
                }
                if measure == "identifications" {
                    for entry in told.classes.iter().filter(|entry| entry.units > 0) {
                        assert!(texts.contains(&entry.label_mn.as_str()), "{}", entry.label_mn);
                    }
                }
                assert_eq!(all.contains(" km") || all.contains(" км"), form == "map", "a scale bar");
                let root = &elements[0].attributes;
                assert_eq!((root["role"].as_str(), root["width"].as_str()), ("img", width));
                assert!(!svg.contains("<style") && !svg.contains("style="), "pages allow no inline style");
                assert!(links(&elements).is_empty(), "nothing to press in an image");
            }
        }
    }
}

/// A bare picture stands with its light colours, and the style sheet of pages has a dark one for each.
#[test]
fn dark_pages_have_a_colour_for_each_of_a_bare_picture() {
    let sheet = include_str!("../../../web/src/css/picture.css");
    let (_, dark) = sheet.split_once("(prefers-color-scheme: dark) {").expect("a dark part");
    let declared =
        dark.split([';', '{', '}']).filter_map(|rule| rule.trim().strip_prefix("--")?.split_once(": "));
    let declared: BTreeMap<&str, &str> = declared.collect();
    let expected: BTreeMap<String, String> =
        dark_properties().into_iter().map(|(name, colour)| (name, colour.to_string())).collect();
    let expected: BTreeMap<&str, &str> = expected.iter().map(|(name, colour)| (&**name, &**colour)).collect();
    assert_eq!(declared, expected);

    let tokens = include_str!("../../../web/src/tokens.css");
    let snapshot = demo::snapshot(204);
    for measure in ["identifications", "bivariate"] {
        let query = read(&snapshot, measure, &Asked::default());
        for form in Form::ALL {
            let svg = drawn(&snapshot, &query, &bare(form, Area::City));
            let named = svg.split("var(--").skip(1).map(|rest| rest.split_once(',').expect("a colour").0);
            for name in named.collect::<BTreeSet<_>>() {
                let is_set = declared.contains_key(name) || tokens.contains(&format!("--{name}:"));
                assert!(is_set, "{measure} {form:?}: --{name}");
            }
        }
    }
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
fn words_of_the_store_cannot_become_markup() {
    let mut evil = loaded();
    evil.districts[0].name_mn = "<script>\"&\u{1}'</script>".into();
    evil.vintages[1].source = "A & B <i>".into();
    let snapshot = Snapshot::build(evil, None, 10_000.0).expect("a sound town");
    let query = read(&snapshot, "identifications", &Asked::default());
    for form in ["map", "cells"] {
        let frame = framed(&AskedFrame { form: Some(form), ..AskedFrame::default() });
        let elements = parsed(&drawn(&snapshot, &query, &frame));
        assert!(elements.iter().all(|element| element.name != "script" && element.name != "i"));
        assert!(elements.iter().any(|element| element.text.contains("<script>\"&'</script>")));
        let all: String = elements.iter().map(|element| element.text.as_str()).collect();
        assert!(all.contains("A & B <i>"), "{all}");
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

#[test]
fn widths_and_areas_beyond_the_limits_are_refused_by_name() {
    let width = |text: &str| Frame::read(&AskedFrame { width: Some(text), ..AskedFrame::default() });
    for allowed in [WIDTH_PX_MIN, WIDTH_PX_MAX] {
        assert!(width(&allowed.to_string()).is_ok());
    }
    for refused in [WIDTH_PX_MIN - 1, WIDTH_PX_MAX + 1] {
        assert_eq!(width(&refused.to_string()).expect_err("refused").parameter(), "width");
    }
    assert!(width("wide").is_err() && width("-1").is_err());
    let form = Frame::read(&AskedFrame { form: Some("globe"), ..AskedFrame::default() });
    assert_eq!(form.expect_err("refused").to_string(), "`form` is `globe`; allowed are map, cells");
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked::default());
    for area in ["zz", "aa-99"] {
        let frame = framed(&AskedFrame { area: Some(area), ..AskedFrame::default() });
        let refused = picture(&snapshot, &query, &frame).expect_err("no such area");
        assert_eq!(refused.parameter(), "area");
        assert!(refused.to_string().contains(area), "{refused}");
    }
}

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

#[test]
fn a_picture_tells_its_total_and_the_unit_that_is_marked_with_its_figure() {
    let snapshot = town();
    let query = read(&snapshot, "identifications", &Asked::default());
    let values = values(&snapshot, &query).expect("values");
    let total = values.totals["city"]["2022"].value.clone().expect("a sum");
    let unit = &values.units[1];
    let figure = unit.cells["2022"].value.clone().expect("a figure");
    for form in ["map", "cells"] {
        let draw = |select| {
            drawn(
                &snapshot,
                &query,
                &framed(&AskedFrame { form: Some(form), select, ..AskedFrame::default() }),
            )
        };
        let (plain, marked) = (draw(None), draw(Some(unit.code.as_str())));
        let n_accents = |svg: &str| svg.matches("stroke=\"#1a5fb4\"").count();
        assert_eq!((n_accents(&plain), n_accents(&marked)), (0, 1), "{form}");
        for svg in [&plain, &marked] {
            assert!(svg.contains(&format!("Нийт: {total}")), "{form}");
        }
        let said = format!("Тэмдэглэсэн: {}", unit.name_mn);
        assert!(
            marked.contains(&said)
                && marked.contains(&format!(": {figure}<"))
                && !plain.contains("Тэмдэглэсэн"),
            "{form}"
        );
        // What these boundaries do not have is not marked, and no reason to show nothing.
        assert_eq!(draw(Some("aa-999")), plain, "{form}");
    }
    let refused = Frame::read(&AskedFrame { select: Some("B!"), ..AskedFrame::default() });
    assert_eq!(refused.expect_err("no code").parameter(), "select");
}

#[test]
fn pictures_that_are_alike_have_one_frame_and_what_is_named_is_outlined() {
    let snapshot = demo::snapshot(204);
    let frame = |area, select, level| {
        let query = read(&snapshot, "identifications", &Asked { level: Some(level), ..Asked::default() });
        let asked = AskedFrame { area: Some(area), select, ..AskedFrame::default() };
        let frame = settled(&snapshot, &query, framed(&asked));
        let svg = drawn(&snapshot, &query, &frame);
        assert_eq!(svg.contains("Тэмдэглэсэн"), frame.marked != Area::City, "{area} {select:?} {level}");
        frame
    };
    for (area, select, level, is_marked) in [
        ("city", "bzd-3", "khoroo", true),
        ("bzd", "bzd-3", "khoroo", true),
        ("bzd", "bzd-3", "district", true),
        ("city", "bzd", "district", true),
        ("city", "aa-999", "khoroo", false),
        ("city", "bzd-999", "khoroo", false),
        ("city", "bzd", "khoroo", false),
        ("bzd", "bgd-3", "khoroo", false),
        ("bzd-3", "bzd-4", "khoroo", false),
    ] {
        let (plain, marked) = (frame(area, None, level), frame(area, Some(select), level));
        assert_eq!(format!("{plain:?}") != format!("{marked:?}"), is_marked, "{area} {select} {level}");
    }
    let query = read(&snapshot, "identifications", &Asked::default());
    let of_part =
        drawn(&snapshot, &query, &framed(&AskedFrame { area: Some("bzd"), ..AskedFrame::default() }));
    assert!(of_part.contains("Баянзүрх, нийт: "), "the total of a part beside the khoroos of the city");
}

#[test]
fn a_title_that_tells_the_number_of_khoroos_is_not_told_it_again() {
    let mut town = loaded();
    let n = town.datasets.values().last().expect("the newest").khoroos.len();
    let last = town.vintages.len() - 1;
    town.vintages[last].title_en = format!("Khoroos after a city of {n}");
    let snapshot = Snapshot::build(town, None, 10_000.0).expect("a sound town");
    let base = |snapshot: &Snapshot| {
        let query = read(snapshot, "identifications", &Asked::default());
        hlp_tracker::cartography::legend(snapshot, &query).expect("a legend").base.en
    };
    assert_eq!(base(&snapshot), format!("Khoroos after a city of {n}"));
    let plain = Snapshot::build(loaded(), None, 10_000.0).expect("a sound town");
    assert!(base(&plain).ends_with(&format!("({n} khoroos)")), "{}", base(&plain));
}
