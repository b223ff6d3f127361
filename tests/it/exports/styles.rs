//! Styles for other programs: every feature of a file has the colour that the map gives it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::http::Method;
use hlp_tracker::cartography::{Asked, Entry, Ground, Legend, MapMeasure, Query, gis, legend};
use hlp_tracker::exports::{Format, Options};
use hlp_tracker::model::Lang;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rusqlite::Connection;

use super::{city, written};
use crate::small_world::town_of_two_cycles;
use crate::visits::{city as site, get, send};

/// Title, colour, and the condition as SQL has it.
type Rule = (String, String, String);

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).expect("attributes").unwrap_or_else(|| panic!("no `{name}`"));
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("text").into_owned()
}

/// QGIS writes conditions as SQL does.
fn rules_of_qml(qml: &str) -> Vec<Rule> {
    let mut reader = Reader::from_str(qml);
    let (mut rules, mut colours) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => break,
            Event::Empty(element) if element.name().as_ref() == "rule" => {
                assert_eq!(attribute(&element, "symbol"), rules.len().to_string());
                rules.push((attribute(&element, "label"), attribute(&element, "filter")));
            }
            Event::Empty(element)
                if element.name().as_ref() == "prop" && attribute(&element, "k") == "color" =>
            {
                let value = attribute(&element, "v");
                let parts: Vec<u8> = value.split(',').map(|part| part.parse().expect("a byte")).collect();
                colours.push(format!("#{:02x}{:02x}{:02x}", parts[0], parts[1], parts[2]));
            }
            _ => {}
        }
    }
    assert_eq!(rules.len(), colours.len());
    rules.into_iter().zip(colours).map(|((title, filter), colour)| (title, colour, filter)).collect()
}

fn rules_of_sld(sld: &str) -> Vec<Rule> {
    let mut reader = Reader::from_str(sld);
    let mut rules: Vec<Rule> = Vec::new();
    // Operators that are open, each with its operands so far.
    let mut open: Vec<(String, Vec<String>)> = Vec::new();
    let (mut text, mut parameter, mut is_rule) = (String::new(), String::new(), false);
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => break,
            Event::Start(element) => {
                text.clear();
                let name = element.name().as_ref().to_owned();
                if name == "Rule" {
                    rules.push(Rule::default());
                    is_rule = true;
                } else if name == "CssParameter" {
                    parameter = attribute(&element, "name");
                } else if let Some(operator) = name.strip_prefix("ogc:") {
                    open.push((operator.to_owned(), Vec::new()));
                }
            }
            Event::Text(part) => text.push_str(&part.into_inner()),
            Event::End(element) => {
                let name = element.name().as_ref().to_owned();
                let rule = rules.last_mut().filter(|_| is_rule);
                match (name.as_str(), rule) {
                    ("Title", Some(rule)) => rule.0 = std::mem::take(&mut text),
                    ("CssParameter", Some(rule)) if parameter == "fill" => rule.1 = std::mem::take(&mut text),
                    ("CssParameter", Some(rule)) if parameter == "stroke" && rule.1.is_empty() => {
                        rule.1 = std::mem::take(&mut text);
                    }
                    (_, Some(rule)) if name.starts_with("ogc:") => {
                        let (operator, operands) = open.pop().expect("open");
                        let sql = match operator.as_str() {
                            "PropertyName" => format!("\"{text}\""),
                            "Literal" => text.clone(),
                            "Mul" => operands.join(" * "),
                            "PropertyIsEqualTo" => operands.join(" = "),
                            "PropertyIsNull" => format!("{} is null", operands[0]),
                            "PropertyIsLessThan" => operands.join(" < "),
                            "PropertyIsGreaterThanOrEqualTo" => operands.join(" >= "),
                            "And" => operands.join(" and "),
                            "Or" => operands.join(" or "),
                            "Filter" => operands.concat(),
                            other => panic!("{other}"),
                        };
                        match open.last_mut() {
                            Some((_, operands)) => operands.push(sql),
                            None => rule.2 = sql,
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    rules
}

/// Every class has as many rows as the legend counts, and its colour.
fn assert_same(connection: &Connection, layer: &str, rules: &[Rule], legend: &Legend, lang: Lang) {
    assert_eq!(rules.len(), legend.classes.len());
    let mut n_all = 0;
    for ((title, colour, condition), entry) in rules.iter().zip(&legend.classes) {
        let Entry { label_mn, label_en, units, .. } = entry;
        assert_eq!(title, if lang == Lang::Mn { label_mn } else { label_en });
        assert_eq!(*colour, entry.colour.to_string(), "{title}");
        let sql = format!("select count(*) from \"{layer}\" where {condition}");
        let n: i64 =
            connection.query_row(&sql, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"));
        assert_eq!(n, *units as i64, "{layer}, {}: {title}: {condition}", legend.measure);
        n_all += n;
    }
    let sql = format!("select count(*) from \"{layer}\"");
    let n_rows: i64 = connection.query_row(&sql, [], |row| row.get(0)).expect("a count");
    assert_eq!(n_all, n_rows, "{layer}: a feature has one colour");
}

#[test]
fn a_geopackage_has_every_collection_with_index_and_the_colours_of_its_maps() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("all.gpkg");
    std::fs::write(&place, written(city(), "all", Format::GeoPackage, Options::default())).expect("written");
    let connection = Connection::open(&place).expect("a database");
    let text = |sql: &str| -> Vec<String> {
        let mut query = connection.prepare(sql).expect(sql);
        let rows = query.query_map([], |row| row.get(0)).expect(sql);
        rows.collect::<Result<_, _>>().expect(sql)
    };
    let layers = text("select table_name from gpkg_contents where data_type = 'features' order by 1");
    assert_eq!(
        layers,
        ["districts", "khoroo-versions", "khoroos-2020", "khoroos-2022", "practices", "replications"]
    );
    assert_eq!(
        text("select table_name from gpkg_contents where data_type = 'attributes' order by 1"),
        ["indicators", "layer_styles", "lineage"]
    );
    for layer in &layers {
        let n = |sql: String| -> i64 { connection.query_row(&sql, [], |row| row.get(0)).expect("a count") };
        let n_with_ground = n(format!("select count(*) from \"{layer}\" where geom is not null"));
        assert_eq!(n(format!("select count(*) from \"rtree_{layer}_geom\"")), n_with_ground, "{layer}");
        assert!(n_with_ground > 0, "{layer}");
    }
    let about = &text("select description from gpkg_contents where table_name = 'khoroos-2022'")[0];
    assert!(about.contains("заагаагүй") && about.contains("Зохиомол"), "{about}");

    let mut styles = connection
        .prepare("select f_table_name, styleName, styleQML, styleSLD, useAsDefault from layer_styles")
        .expect("styles");
    let styles: Vec<(String, String, String, String, bool)> = styles
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .and_then(Iterator::collect)
        .expect("styles");
    let mut opens_as: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (layer, measure, qml, sld, is_default) in styles {
        let level = if layer == "districts" { "district" } else { "khoroo" };
        let vintage = layer.strip_prefix("khoroos-").unwrap_or("2022");
        let asked = Asked { vintage: Some(vintage), level: Some(level), ..Asked::default() };
        let query = Query::read(city(), &measure, &asked, Lang::Mn).expect("a map");
        let legend = legend(city(), &query).expect("a legend");
        assert_same(&connection, &layer, &rules_of_qml(&qml), &legend, Lang::Mn);
        assert_eq!(rules_of_sld(&sld), rules_of_qml(&qml), "{layer}, {measure}");
        if is_default {
            opens_as.entry(layer).or_default().push(measure);
        }
    }
    for layer in ["districts", "khoroos-2020", "khoroos-2022"] {
        assert_eq!(opens_as[layer], ["identifications"]);
    }
}

#[test]
fn a_rate_is_told_from_counts_and_the_residents_of_its_cycle() {
    let town = Arc::new(town_of_two_cycles());
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("all.gpkg");
    std::fs::write(&place, written(&town, "all", Format::GeoPackage, Options::default())).expect("written");
    let connection = Connection::open(&place).expect("a database");
    let mut divided_by = BTreeSet::new();
    for (layer, level, vintage, newest) in [
        ("khoroos-2020", "khoroo", "2020", "2020"),
        ("khoroos-2022", "khoroo", "2022", "2024"),
        ("districts", "district", "2022", "2024"),
    ] {
        for (cycle, measure) in [
            (vintage, "identifications"),
            (newest, "identifications"),
            ("all", "identifications"),
            (vintage, "replications_hosted"),
            (vintage, "bivariate"),
        ] {
            let asked = Asked {
                vintage: Some(vintage),
                level: Some(level),
                cycle: Some(cycle),
                rate: Some("per10000"),
                ..Asked::default()
            };
            let query = Query::read(&town, measure, &asked, Lang::En).expect("a map");
            let legend = legend(&town, &query).expect("a legend");
            let rules = rules_of_qml(&gis::qml(&town, &query, Ground::Light).expect("a style"));
            assert_same(&connection, layer, &rules, &legend, Lang::En);
            assert_eq!(rules_of_sld(&gis::sld(&town, &query, Ground::Light).expect("a style")), rules);
            let fields = rules.iter().flat_map(|(_, _, condition)| condition.split('"').skip(1).step_by(2));
            divided_by.extend(fields.filter(|field| field.starts_with("population")).map(str::to_owned));
        }
    }
    assert!(divided_by.len() > 1, "the cycles have other residents: {divided_by:?}");
}

#[test]
fn every_cycle_and_ground_has_a_style_in_both_languages() {
    for measure in MapMeasure::ALL.into_iter().filter(|&measure| measure != MapMeasure::Participation) {
        for (cycle, vintage) in [("2020", "2020"), ("2022", "2022"), ("all", "2022")] {
            for lang in Lang::ALL {
                let asked = Asked { cycle: Some(cycle), vintage: Some(vintage), ..Asked::default() };
                let query = Query::read(city(), measure.word(), &asked, lang).expect("a map");
                let legend = legend(city(), &query).expect("a legend");
                for ground in [Ground::Light, Ground::Dark] {
                    let qml = gis::qml(city(), &query, ground).expect("a style");
                    let rules = rules_of_qml(&qml);
                    assert_eq!(rules_of_sld(&gis::sld(city(), &query, ground).expect("a style")), rules);
                    for ((title, colour, _), entry) in rules.iter().zip(&legend.classes) {
                        let Entry { label_mn, label_en, .. } = entry;
                        assert_eq!(title, if lang == Lang::Mn { label_mn } else { label_en });
                        let expected = if ground == Ground::Light { entry.colour } else { entry.colour_dark };
                        assert_eq!(*colour, expected.to_string());
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn styles_have_addresses_and_say_what_they_cannot_tell() {
    let site = site();
    for (file, content_type) in
        [("identifications.qml", "application/xml"), ("bivariate.sld", "application/vnd.ogc.sld+xml")]
    {
        let answer = get(&site.public, &format!("/styles/{file}?lang=en")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{file}");
        let dark = get(&site.public, &format!("/styles/{file}?lang=en&scheme=dark")).await;
        assert_ne!(answer.body, dark.body);
    }
    for (path, parameter) in [
        ("/styles/participation.qml?rate=per10000", "rate"),
        ("/styles/identifications.qml?theme=waste", "theme"),
        ("/styles/identifications.sld?scheme=blue", "scheme"),
    ] {
        let problem = get(&site.public, path).await.json();
        assert_eq!((&problem["status"], &problem["parameter"]), (&400.into(), &parameter.into()), "{path}");
    }
    assert_eq!(get(&site.public, "/styles/identifications.lyr").await.status, 404);
    for ending in ["qlr", "qml", "sld"] {
        let path = format!("/styles/participation.{ending}?level=district");
        let problem = get(&site.public, &path).await.json();
        let detail = problem["detail"].as_str().expect("a sentence");
        assert_eq!(problem["status"], 404, "{path}");
        assert!(detail.contains("`participation` is told by no field of districts"), "{path}: {detail}");
    }
    let unknown = get(&site.public, "/styles/participations.qlr").await.json();
    assert_eq!(unknown["detail"], "there is no measure `participations`");
}

#[tokio::test]
async fn a_layer_definition_opens_the_live_collection_in_the_colours_of_the_style() {
    let site = site();
    for (query, collection) in [
        ("scheme=light", "khoroos-2022"),
        ("vintage=2020&cycle=2020", "khoroos-2020"),
        ("level=district&cycle=all&scheme=dark", "districts"),
    ] {
        let schema = get(&site.public, &format!("/ogc/collections/{collection}/schema")).await.json();
        for (measure, lang) in [("identifications", "mn"), ("replications_hosted", "en")] {
            let path = |ending: &str| format!("/styles/{measure}.{ending}?{query}&lang={lang}");
            let answer = get(&site.public, &path("qlr")).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml"), "{query}");
            assert_eq!(
                answer.header("content-disposition"),
                format!("attachment; filename=\"{measure}.qlr\"")
            );
            let rules = rules_of_qml(answer.text());
            assert_eq!(rules, rules_of_qml(get(&site.public, &path("qml")).await.text()));
            for (_, _, condition) in &rules {
                let field = condition.split('"').nth(1).expect("a field");
                assert!(schema["properties"][field].is_object(), "{collection} has no {field}");
            }
            let source = quick_xml::escape::unescape(answer.text()).expect("text").into_owned();
            for told in [format!("typename='{collection}'"), "url='http://localhost:8080/ogc'".into()] {
                assert_eq!(source.matches(&told).count(), 2, "{told}");
            }
        }
    }
    let path = "/styles/identifications.qlr?level=district&vintage=2020";
    let problem = get(&site.public, path).await.json();
    assert_eq!((&problem["status"], &problem["parameter"]), (&400.into(), &"vintage".into()), "{problem}");
}

#[tokio::test]
async fn a_file_made_whole_is_read_by_parts() {
    let site = site();
    let whole = get(&site.public, "/exports/khoroos.gpkg?lang=mn").await;
    assert_eq!(whole.status, 200);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let etag = whole.header("etag").to_owned();
    let part = |range: &'static str, etag: String| {
        let public = site.public.clone();
        async move {
            let headers = [("range", range), ("if-range", etag.as_str())];
            let path = "/exports/khoroos.gpkg?lang=mn";
            send(&public, Method::GET, path, &headers, axum::body::Body::empty()).await
        }
    };
    let n = whole.body.len();
    let answer = part("bytes=100-299", etag.clone()).await;
    assert_eq!(answer.status, 206);
    assert_eq!(answer.header("content-range"), format!("bytes 100-299/{n}"));
    assert_eq!(answer.body[..], whole.body[100..300]);
    let answer = part("bytes=-16", etag.clone()).await;
    assert_eq!((answer.status, &answer.body[..]), (206, &whole.body[n - 16..]));
    let answer = part("bytes=999999999-", etag).await;
    assert_eq!((answer.status, answer.header("content-range")), (416, format!("bytes */{n}").as_str()));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(answer.text().contains(&format!("the file has {n} bytes")), "{}", answer.text());
    assert!(!answer.headers.contains_key("content-disposition"), "an error is no file");
    let answer = part("bytes=0-9", "\"another\"".to_owned()).await;
    assert_eq!((answer.status, answer.body.len()), (200, n));
    let headers = [("range", "bytes=0-9")];
    let path = "/exports/khoroos.gpkg?lang=mn";
    let head = send(&site.public, Method::HEAD, path, &headers, axum::body::Body::empty()).await;
    assert_eq!((head.status, head.header("content-length")), (200, n.to_string().as_str()));
}
