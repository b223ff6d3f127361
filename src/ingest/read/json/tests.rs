//! That the quick reader reads as the careful one does, or not at all.

use std::path::Path;

use super::*;
use crate::ingest::read::Limits;

fn quickly(text: &str, block_bytes: usize, limits: Limits) -> Option<Layer> {
    let mut budget = Budget::new(limits);
    let mut sink = Sink::new(Path::new("a.geojson"), &mut budget);
    let crs = quick::read(text.as_bytes(), &mut sink, &mut |_| {}, block_bytes)?;
    Some(sink.into_layer(crs.as_ref()))
}

fn carefully(text: &str, limits: Limits) -> Result<Layer, Cause> {
    let context = Context {
        file: Path::new("a.geojson"),
        wanted_layer: None,
        budget: &mut Budget::new(limits),
        on_bytes: &mut |_| {},
    };
    read_from(context, text.as_bytes())
}

/// All there is in a layer, NaN being equal to itself.
fn content(layer: &Layer) -> String {
    format!("{layer:?}")
}

/// Both readers agree on `text`, wherever blocks end.
fn check_same(text: &str) {
    let expected = content(&carefully(text, Limits::default()).expect("a good document"));
    for block_bytes in (1..=text.len() + 1).chain([quick::BLOCK_BYTES]) {
        let layer = quickly(text, block_bytes, Limits::default());
        assert_eq!(layer.as_ref().map(content).as_ref(), Some(&expected), "blocks of {block_bytes}: {text}");
    }
}

const RING: &str = "[[106.9,47.9],[107,47.9],[1.07e2,48,1300.5],[106.9,47.9]]";

fn collection(features: &[String]) -> String {
    format!(
        "\u{feff}{{ \"name\" : \"a \\\"features\\\": [\", \"type\":\"FeatureCollection\",\n\"deep\":{{\"features\":[{{\"x\":[]}}]}},\n\
         \"features\" : [ {} ],\r\n\t\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"EPSG:32648\"}}}} }} \n",
        features.join(" ,\n")
    )
}

fn feature(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{"n":1}},"geometry":{geometry}}}"#)
}

#[test]
fn a_document_cut_at_any_byte_reads_the_same() {
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[{RING},{RING}]}}"#);
    check_same(&collection(&[
        feature(&polygon),
        format!(
            r#"{{"id":7,"geometry":{polygon},"x":{{"}}":[1]}},"properties":{{"a":"}}{{\"\\","б":"ү\\\\"}},"type":"Feature"}}"#
        ),
        format!(r#"{{"bbox":[1,2,3,4],"properties":null,"type":"Feature","geometry":{polygon}}}"#),
    ]));
}

#[test]
fn geometries_read_the_same_however_they_are_written() {
    let polygon = format!(r#"{{"coordinates":[{RING}],"type":"Polygon"}}"#);
    let parts = format!(r#"{{"coordinates":[[{RING},{RING}],[{RING}]],"type":"MultiPolygon"}}"#);
    let nested = format!(r#"{{"type":"GeometryCollection","geometries":[{polygon},{parts}]}}"#);
    for geometry in [
        &polygon,
        &parts,
        &nested,
        &format!(r#"{{"geometries":[{nested},{polygon}],"type":"GeometryCollection"}}"#),
        &format!(r#"{{"bbox":[106,47,107,48],"type":"Polygon","x":null,"coordinates":[{RING}]}}"#),
        &format!(r#"{{"type":"MultiPolygon","coordinates":[[{RING},[]],[],[{RING}]]}}"#),
        r#"{"type":"Polygon","coordinates":[[[106.9],[107,48],[],[-106.9,4790e-2]]]}"#,
        r#"{"type":"Polygon","coordinates":[]}"#,
    ] {
        check_same(&collection(&[feature(geometry), feature(&polygon)]));
    }
}

#[test]
fn attributes_read_the_same_whatever_their_order() {
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#);
    let with = |members: &str| format!(r#"{{"type":"Feature","geometry":{polygon},{members}}}"#);
    check_same(&collection(&[
        with(r#""properties":{"b":true,"a":12.0}"#),
        with(r#""id":"x","properties":{"a":"ө","c":[1],"id":5}"#),
        with(r#""properties":{"c":-1e3,"b":null,"b":"twice"},"id":18446744073709551615"#),
        with(r#""id":null"#),
    ]));
}

#[test]
fn whatever_is_no_plain_collection_is_left_to_the_careful_reader() {
    let polygon = feature(&format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#));
    let whole = collection(std::slice::from_ref(&polygon));
    assert!(quickly(&whole, 64, Limits::default()).is_some());
    let shortest = whole.trim_end().len();
    for (end, _) in whole.char_indices().filter(|(end, _)| *end < shortest) {
        assert!(quickly(&whole[..end], 64, Limits::default()).is_none(), "cut at {end}");
    }
    for text in [
        polygon.clone(),
        format!("{polygon}\n{polygon}"),
        format!("[{polygon}]"),
        format!("{whole}{whole}"),
        whole.replace(": [ {", ": [ , {"),
        whole.replace("} ],\r", "}, ],\r"),
        whole.replace("47.9", "NaN"),
        whole.replace("47.9", "\"47.9\""),
        whole.replace("\"features\" :", "\"f\\u0065atures\" :"),
        whole.replace("\"Polygon\"", "\"LineString\""),
        whole.replace("\"crs\":{", "\"crs\":{,"),
        whole.replace("\"crs\":", "\"features\":null,\"crs\":"),
        whole.replace("\"deep\":", "\"features\":{\"a\":1},\"deep\":"),
    ] {
        assert!(quickly(&text, 64, Limits::default()).is_none(), "{text}");
    }
}

#[test]
fn limits_stop_both_readers_at_the_same_byte() {
    let polygon = feature(&format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#));
    let text = collection(&[polygon.clone(), polygon]);
    let mut n_read = 0;
    for feature_bytes in 1..text.len() as u64 + 2 {
        let limits = Limits { feature_bytes, ..Limits::default() };
        let is_read = carefully(&text, limits).is_ok();
        n_read += usize::from(is_read);
        for block_bytes in [1, 17, text.len()] {
            let is_quickly_read = quickly(&text, block_bytes, limits).is_some();
            assert_eq!(is_quickly_read, is_read, "{feature_bytes} in blocks of {block_bytes}");
        }
    }
    assert!((1..text.len()).contains(&n_read), "{n_read}");
    for (limits, is_read) in [
        (Limits { features: 2, vertices: 8, columns: 1, attribute_bytes: 2, ..Limits::default() }, true),
        (Limits { features: 1, ..Limits::default() }, false),
        (Limits { vertices: 7, ..Limits::default() }, false),
        (Limits { columns: 0, ..Limits::default() }, false),
        (Limits { attribute_bytes: 1, ..Limits::default() }, false),
    ] {
        assert_eq!(carefully(&text, limits).is_ok(), is_read);
        assert_eq!(quickly(&text, 64, limits).is_some(), is_read);
    }
}

#[test]
fn both_readers_take_the_same_nesting_and_no_more() {
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#);
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let documents = |depth: usize| {
        let value = nested(depth);
        [
            // In the properties (one level more), beside them, and where the crate has to read the feature.
            format!(r#"{{"type":"Feature","properties":{{"a":{value}}},"geometry":{polygon}}}"#),
            format!(r#"{{"type":"Feature","properties":null,"x":[{value}],"geometry":{polygon}}}"#),
            format!(
                r#"{{"type":"Feature","properties":{{"a":{value}}},"bbox":[1,2,3,4],"geometry":{polygon}}}"#
            ),
        ]
        .map(|feature| format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#))
    };
    for (depth, is_read) in [(1, true), (17, true), (122, true), (123, true), (124, false), (125, false)] {
        for text in documents(depth) {
            assert_eq!(carefully(&text, Limits::default()).is_ok(), is_read, "carefully, {depth}: {text}");
            assert_eq!(quickly(&text, 64, Limits::default()).is_some(), is_read, "quickly, {depth}: {text}");
        }
    }
    // Brackets in a text are no nesting.
    let text =
        format!(r#"{{"type":"Feature","properties":{{"a":"\"{}"}},"geometry":{polygon}}}"#, "[".repeat(500));
    check_same(&format!(r#"{{"type":"FeatureCollection","features":[{text}]}}"#));
}
