//! The city's page without script: what the map shows is chosen with a form, and all of it stands in tables.

use jiff::civil::date;
use serde_json::Value;

use super::embed::config;
use super::html::Document;
use super::{LANGS, Site, ask};

/// What the viewer offers too, by the names in its address.
const CHOICES: [&str; 5] = ["measure", "cycle", "theme", "rate", "level"];

/// The form that only browsers without script show.
fn form(html: &str) -> Document {
    let (_, rest) = html.split_once("<noscript>").expect("a part for those without script");
    let (form, _) = rest.split_once("</noscript>").expect("its end");
    Document::read(&format!("<!DOCTYPE html><html>{form}</html>")).expect("well-formed")
}

/// Each list with its values, the chosen one marked.
fn lists(form: &Document) -> Vec<(&str, Vec<(&str, bool)>)> {
    let mut lists: Vec<(&str, Vec<(&str, bool)>)> = Vec::new();
    for (element, at) in &form.elements {
        match element.as_str() {
            "select" => lists.push((&at["name"], Vec::new())),
            "option" => {
                let (_, options) = lists.last_mut().expect("an option stands in a list");
                options.push((&at["value"], at.contains_key("selected")));
            }
            _ => {}
        }
    }
    lists
}

fn chosen<'a>(lists: &[(&str, Vec<(&'a str, bool)>)], name: &str) -> Vec<&'a str> {
    let (_, options) = lists.iter().find(|(list, _)| *list == name).expect("a list");
    options.iter().filter(|(_, is_chosen)| *is_chosen).map(|(value, _)| *value).collect()
}

/// Cells of the rows of the districts' and of the khoroos' table.
fn tables(html: &str) -> [Vec<Vec<String>>; 2] {
    let (_, figures) = html.split_once("<div id=\"figures\">").expect("tables");
    let bodies: Vec<&str> = figures.split("<tbody>").skip(1).collect();
    let rows = |body: &str| {
        let (body, _) = body.split_once("</tbody>").expect("its end");
        let cells = |row: &str| {
            let cells = row.split("<td>").skip(1);
            cells.map(|cell| cell.split("</td>").next().unwrap_or_default().to_owned()).collect()
        };
        body.split("<tr>").skip(1).map(cells).collect()
    };
    [rows(bodies[0]), rows(bodies[1])]
}

#[tokio::test]
async fn every_choice_of_the_map_is_offered_without_script_and_comes_back_chosen() {
    let site = Site::demo().await;
    for lang in LANGS {
        let answer = site.get(&format!("/{lang}/?select=bzd-26&form=cells")).await;
        let form = form(&answer.text);
        assert_eq!(form.attribute("form", "action"), Some(&*format!("/{lang}/")));
        assert_eq!(form.attribute("form", "method"), Some("get"));
        let lists = lists(&form);
        assert_eq!(lists.iter().map(|(name, _)| *name).collect::<Vec<_>>(), CHOICES);
        assert_eq!(form.count("label"), CHOICES.len(), "each has its label");
        let defaults = CHOICES.map(|name| chosen(&lists, name).concat());
        assert_eq!(
            [&*defaults[0], &defaults[1], &defaults[3], &defaults[4]],
            ["identifications", "2022", "count", "khoroo"]
        );
        let kept: Vec<_> = form.elements.iter().filter(|(name, _)| name == "input").collect();
        let kept: Vec<_> = kept.iter().map(|(_, at)| (&*at["type"], &*at["name"], &*at["value"])).collect();
        assert_eq!(kept, [("hidden", "form", "cells"), ("hidden", "select", "bzd-26")]);
        for (name, options) in &lists {
            for (value, _) in options {
                // As a browser sends it, with all others as they are.
                let mut query = form_urlencoded::Serializer::new(String::new());
                for (other, default) in CHOICES.iter().zip(&defaults) {
                    query.append_pair(other, if other == name { value } else { default });
                }
                let path = format!("/{lang}/?{}", query.finish());
                let answer = site.get(&path).await;
                assert_eq!(answer.status, 200, "{path}");
                assert!(!answer.text.contains("data-misread"), "{path}");
                let back = self::form(&answer.text);
                let expected: Vec<&str> = if value.is_empty() { vec![] } else { vec![value] };
                assert_eq!(chosen(&self::lists(&back), name), expected, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn what_the_map_shows_beside_the_counts_is_a_column_with_the_maps_own_figures() {
    let site = Site::demo().await;
    for (query, n_columns, n_decimals) in [
        ("measure=identifications&cycle=2022", 0, 0),
        ("measure=replications&cycle=2022", 0, 0),
        ("measure=bivariate&cycle=2022", 0, 0),
        ("measure=replications_hosted&cycle=2022", 1, 0),
        ("measure=identifications&cycle=2020&rate=per10000", 1, 2),
        ("measure=replications&cycle=2022&rate=per10000&theme=waste", 1, 2),
        ("measure=bivariate&cycle=2022&rate=per10000", 2, 2),
        ("measure=participation&cycle=2022", 1, 0),
    ] {
        let page = site.get(&format!("/en/?{query}")).await.text;
        let (measure, rest) = query.split_once('&').expect("a measure");
        let measure = measure.strip_prefix("measure=").expect("its word");
        for (level, rows) in ["district", "khoroo"].into_iter().zip(tables(&page)) {
            let path = format!("/api/v1/values/{measure}.json?level={level}&{rest}");
            let answer = ask(&site.public, &path, "application/json").await;
            let json: Value = serde_json::from_str(&answer.text).expect("JSON");
            assert_eq!(json["decimals"], n_decimals, "{path}");
            let units = json["units"].as_array().expect("units");
            assert_eq!(rows.len(), units.len(), "{path}");
            let cycle = if rest.contains("2020") { "2020" } else { "2022" };
            for (row, unit) in rows.iter().zip(units) {
                // Khoroos or district, residents, and the two counts stand before them.
                assert_eq!(row.len(), 4 + n_columns, "{path}");
                let cell = &unit["cells"][cycle];
                let figures = [&cell["value"], &cell["second"]];
                for (text, figure) in row[4..].iter().zip(figures) {
                    let value = figure.as_f64().expect("a figure");
                    let expected = match (measure, level) {
                        ("participation", "khoroo") if value > 0.0 => "Entered a practice".to_owned(),
                        ("participation", "khoroo") => "Entered nothing".to_owned(),
                        ("participation", _) => format!("{value} %"),
                        _ => format!("{value:.n_decimals$}"),
                    };
                    assert_eq!(*text, expected, "{path}: {}", unit["code"]);
                }
                if let Some(population) = cell["residents"]["population"].as_i64() {
                    assert_eq!(row[1].replace(',', ""), population.to_string(), "{path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_other_language_shows_the_same_map() {
    let site = Site::demo().await;
    let view =
        "measure=replications&cycle=2020&theme=waste&rate=per10000&level=district&form=cells&select=bzd";
    let page = site.page(&format!("/en/?{view}&utm_source=a%22b")).await;
    let (address, _) =
        page.anchors().into_iter().find(|(_, text)| *text == "Монгол").expect("a way to the other language");
    assert_eq!(address, format!("/mn/?{view}"));
    let canonical = page.links("canonical")[0]["href"].clone();
    assert!(canonical.ends_with("/en/"), "search engines keep one page: {canonical}");
    let there = form(&site.get(address).await.text);
    let of_there = lists(&there);
    let chosen = CHOICES.map(|name| chosen(&of_there, name).concat());
    assert_eq!(chosen, ["replications", "2020", "waste", "per10000", "district"]);
    // What is the default needs no words.
    let plain = site.page("/mn/?measure=identifications&cycle=2022&rate=count&theme=all&level=khoroo").await;
    let (address, _) = plain.anchors().into_iter().find(|(_, text)| *text == "English").expect("a way");
    assert_eq!(address, "/en/");
}

#[tokio::test]
async fn the_current_boundaries_are_those_in_force_for_pages_too() {
    let site = Site::demo().await;
    let named = site.get("/en/?vintage=2022&cycle=nonsense").await.text;
    let current = site.get("/en/?vintage=current&cycle=nonsense").await.text;
    assert!(named == current && !current.contains("data-misread=\"vintage\""));
    let frame = |vintage: &str| format!("/embed?lang=en&vintage={vintage}");
    assert!(site.get(&frame("2022")).await.text == site.get(&frame("current")).await.text);
    assert!(site.get("/en/?vintage=1990").await.text.contains("data-misread=\"vintage\""));
}

#[tokio::test]
async fn a_theme_out_of_use_is_shown_and_named_to_who_asks_for_it_alone() {
    let site = Site::changed(|loaded| {
        let themes = &mut loaded.records.themes;
        themes.iter_mut().find(|theme| theme.code == "waste").expect("the theme").active = false;
    });
    let themes = |page: &str| {
        let form = form(page);
        let (_, options) = lists(&form).into_iter().find(|(name, _)| *name == "theme").expect("themes");
        let waste = options.into_iter().find(|(code, _)| *code == "waste");
        waste.map(|(_, is_chosen)| is_chosen)
    };
    let (usual, asked) = (site.get("/en/").await.text, site.get("/en/?theme=waste").await.text);
    assert_eq!([themes(&usual), themes(&asked)], [None, Some(true)]);
    assert!(!asked.contains("data-misread"));
    // The viewer knows it, and which it offers.
    let told = config(&site.get("/en/").await)["themes"].clone();
    let waste = told.as_array().expect("themes").iter().find(|theme| theme["code"] == "waste").cloned();
    assert_eq!(waste.expect("all are told")["active"], false);
    let builder = site.get("/en/embed?theme=waste").await.text;
    assert!(builder.contains("<option value=\"waste\" selected>"), "the maker of code keeps it too");
}

#[tokio::test]
async fn what_a_measure_has_no_rate_of_keeps_the_rate_for_the_next() {
    let site = Site::demo().await;
    let page = site.get("/en/?measure=participation&rate=per10000").await.text;
    let form = form(&page);
    let names: Vec<&str> = lists(&form).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["measure", "cycle", "theme", "level"], "no list of what would change nothing");
    let hidden = form.elements.iter().filter(|(name, at)| name == "input" && at["type"] == "hidden");
    let hidden: Vec<_> = hidden.map(|(_, at)| (&*at["name"], &*at["value"])).collect();
    assert_eq!(hidden, [("rate", "per10000")]);
    let there = site.get("/en/?measure=participation").await.text;
    let title = |page: &str| {
        page.split_once("<h2>").and_then(|(_, rest)| Some(rest.split_once("</h2>")?.0.to_owned()))
    };
    assert_eq!(title(&page), title(&there));
}

#[tokio::test]
async fn the_viewer_takes_for_current_what_the_server_does() {
    let site = Site::demo().await;
    assert_eq!(config(&site.get("/en/").await)["current"], "2022");
    let site = Site::changed(|loaded| {
        loaded.vintages.iter_mut().last().expect("the newest").valid_to = Some(date(2023, 12, 31));
    });
    let page = site.get("/en/?vintage=current").await;
    assert!(page.text.contains("data-misread=\"vintage\""), "none is valid today");
    assert_eq!(config(&page)["current"], Value::Null);
}
