//! Pictures that stand alone: what they tell, what they mark, what is refused.

use std::collections::BTreeSet;

use hlp_tracker::cartography::picture::{Area, AskedFrame, WIDTH_PX_MAX, WIDTH_PX_MIN, settled};
use hlp_tracker::cartography::{Asked, Frame, MapMeasure, legend, picture, values};
use hlp_tracker::model::naming;
use hlp_tracker::snapshot::Snapshot;

use super::{Element, drawn, encloses, framed, links, parsed, read, town};
use crate::small_world::loaded;
use crate::support::demo;

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

#[test]
fn a_picture_by_district_says_of_what_its_share_is() {
    let snapshot = town();
    for (lang, said) in
        [("mn", "Нийтдээ: хороодын 40 % (5 хорооноос 2)<"), ("en", "Overall: 40 % of khoroos (2 of 5)<")]
    {
        let asked = Asked { level: Some("district"), lang: Some(lang), ..Asked::default() };
        let svg =
            drawn(&snapshot, &read(&snapshot, "participation", &asked), &framed(&AskedFrame::default()));
        assert!(svg.contains(said), "{lang}: {svg}");
    }
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
fn a_title_that_tells_the_number_of_khoroos_is_not_told_it_again() {
    let mut town = loaded();
    let n = town.datasets.values().last().expect("the newest").khoroos.len();
    let last = town.vintages.len() - 1;
    town.vintages[last].title_en = format!("Khoroos after a city of {n}");
    let snapshot = Snapshot::build(town, None, 10_000.0).expect("a sound town");
    let base = |snapshot: &Snapshot| {
        let query = read(snapshot, "identifications", &Asked::default());
        legend(snapshot, &query).expect("a legend").base.en
    };
    assert_eq!(base(&snapshot), format!("Khoroos after a city of {n}"));
    let plain = Snapshot::build(loaded(), None, 10_000.0).expect("a sound town");
    assert!(base(&plain).ends_with(&format!("({n} khoroos)")), "{}", base(&plain));
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

/// Printed without colours a class cannot be told from its neighbours by everybody.
#[test]
fn figures_stand_in_the_units_of_a_map_that_have_room_for_them() {
    let snapshot = demo::snapshot(204);
    for (measure, level, at_least) in
        [("identifications", "khoroo", 130), ("bivariate", "khoroo", 60), ("replications", "district", 9)]
    {
        let query = read(&snapshot, measure, &Asked { level: Some(level), ..Asked::default() });
        let told = values(&snapshot, &query).expect("values");
        let written = told.units.iter().map(|unit| {
            let cell = &unit.cells["2022"];
            let parts = cell.value.iter().chain(cell.second.iter().flatten());
            parts.map(ToString::to_string).collect::<Vec<_>>().join("/")
        });
        let written: BTreeSet<String> = written.collect();
        let elements = parsed(&drawn(&snapshot, &query, &framed(&AskedFrame::default())));
        let around = |element: &Element| element.parent.map(|at| (at, &elements[at]));
        let number =
            |element: &Element, name: &str| element.attributes[name].parse::<f64>().expect("a number");
        let labels = elements.iter().filter(|e| e.name == "text" && e.attributes.contains_key("stroke"));
        let mut units = BTreeSet::new();
        for label in labels.filter(|label| written.contains(&label.text)) {
            // The middle of its letters, in steps.
            let at =
                [number(label, "x"), number(label, "y") - 0.36 * number(label, "font-size")].map(|v| v * 5.0);
            let below = elements.iter().filter(|e| e.name == "path").find_map(|path| {
                let (unit, group) = around(path).filter(|(_, group)| group.name == "g")?;
                let (_, shapes) = around(group).filter(|(_, shapes)| shapes.parent == label.parent)?;
                let is_here = shapes.name == "g" && encloses(&path.attributes["d"], at);
                is_here.then_some(unit)
            });
            let unit = below.unwrap_or_else(|| panic!("{measure} by {level}: `{}` on no unit", label.text));
            let title =
                elements.iter().find(|e| e.parent == Some(unit) && e.name == "title").expect("a title");
            assert!(title.text.ends_with(&format!(": {}", label.text)), "{}: {}", title.text, label.text);
            assert!(units.insert(title.text.clone()), "{} twice", title.text);
        }
        assert!(units.len() >= at_least, "{measure} by {level}: {}", units.len());
    }
}

#[test]
fn what_has_no_room_beside_its_figure_has_its_number_all_the_same() {
    let snapshot = demo::snapshot(204);
    let query = read(&snapshot, "identifications", &Asked { rate: Some("per10000"), ..Asked::default() });
    let labels = |area| {
        let asked = AskedFrame { area: Some(area), width: Some("480"), ..AskedFrame::default() };
        let elements = parsed(&drawn(&snapshot, &query, &framed(&asked)));
        let labels = elements.into_iter().filter(|e| e.name == "text" && e.attributes.contains_key("stroke"));
        labels.map(|label| label.text).collect::<Vec<_>>()
    };
    let is_number = |label: &String| label.parse::<u32>().is_ok();
    for area in ["bzd-26", "bzd"] {
        let labels = labels(area);
        assert!(
            labels.iter().any(is_number) && labels.iter().any(|l| l.contains(" · ")),
            "{area}: {labels:?}"
        );
    }
}

#[test]
fn the_core_of_the_city_is_seen_with_its_frames_beside_it_whatever_the_words_take() {
    let snapshot = demo::snapshot(204);
    for (measure, lang) in MapMeasure::ALL.into_iter().flat_map(|m| [(m, "mn"), (m, "en")]) {
        for width in ["1200", "480"] {
            let query = read(&snapshot, measure.word(), &Asked { lang: Some(lang), ..Asked::default() });
            let asked = AskedFrame { width: Some(width), ..AskedFrame::default() };
            let elements = parsed(&drawn(&snapshot, &query, &framed(&asked)));
            let n_sights = elements.iter().filter(|e| e.name == "svg" && e.parent.is_some()).count();
            assert!((3..=5).contains(&n_sights), "{measure:?} {lang} {width}: {n_sights}");
        }
    }
}
