//! Pages of the API: their maps, their forms, what they say of errors.

use serde_json::Value;

use super::site::{CRS84, GEOJSON, HTML, array, id, ids, is_media, items_of, site, text, text_of, with};
use crate::pages::html::Document;

const SVG_BYTES_MAX: usize = 150_000;

/// Where a page of this address is, in a language.
fn page(href: &str, lang: &str) -> String {
    let plain = href.split('?').next().expect("a path");
    with(plain, &[("f", "html"), ("lang", lang)])
}

#[track_caller]
fn shown(href: &str) -> String {
    let answer = site().ask(href, HTML);
    assert_eq!(answer.status, 200, "{href}: {}", text_of(&answer.body));
    text_of(&answer.body)
}

fn read(html: &str) -> Document {
    Document::read(html).unwrap_or_else(|fault| panic!("{fault} in {html}"))
}

fn map(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<figure class=\"picture features")?;
    rest.split_once("</figure>").map(|(figure, _)| figure.split("<figcaption").next().unwrap_or(figure))
}

fn addresses<'a>(part: &'a str, before: &str) -> Vec<&'a str> {
    part.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn unescaped(address: &str) -> String {
    address.replace("&amp;", "&")
}

/// Of an item's address, its id.
fn id_of(address: &str) -> String {
    let (_, rest) = address.rsplit_once("/items/").expect("an item");
    let plain = rest.split('?').next().expect("a path").replace('+', " ");
    form_urlencoded::parse(format!("id={plain}").as_bytes()).next().expect("an id").1.into_owned()
}

#[test]
fn the_map_of_a_page_has_a_link_for_every_feature_on_it_that_has_a_place() {
    for collection in &site().collections {
        let href = items_of(collection);
        let features = site().items(&href);
        let placed = array(&features["features"]).iter().filter(|one| !one["geometry"].is_null());
        let mut expected: Vec<String> = placed.map(id).collect();
        expected.sort();
        for lang in ["mn", "en"] {
            let html = shown(&page(&href, lang));
            read(&html);
            let svg = map(&html).unwrap_or_default();
            assert!(svg.len() <= SVG_BYTES_MAX, "{href}: {}", svg.len());
            let mut found: Vec<String> =
                addresses(svg, "<a href=\"").into_iter().map(|to| id_of(&unescaped(to))).collect();
            found.sort();
            assert_eq!(found, expected, "{href} {lang}");
        }
    }
}

#[test]
fn the_page_of_a_collection_shows_it_whole_and_that_of_an_item_the_item() {
    for collection in site().spatial() {
        let link = array(&collection["links"]).iter().find(|link| link["rel"] == "self").expect("a link");
        let html = shown(&page(text(&link["href"]), "en"));
        assert!(map(&html).is_some_and(|svg| svg.len() <= SVG_BYTES_MAX && svg.contains("<path")));
        let first = &site().items(&with(&items_of(collection), &[("limit", "1")]))["features"][0];
        let html = shown(&page(&super::features::address_of(collection, first), "mn"));
        let svg = map(&html).expect("a map");
        assert!(!svg.contains("<a ") && svg.contains(&id(first)), "{svg}");
    }
}

#[test]
fn what_has_no_place_or_is_asked_without_has_no_map() {
    let khoroos = items_of(site().collection("khoroos"));
    for asked in [&[("skipGeometry", "true")][..], &[("properties", "code")], &[("filter", "number < 0")]] {
        assert_eq!(map(&shown(&with(&page(&khoroos, "en"), asked))), None, "{asked:?}");
    }
    assert_eq!(map(&shown(&page(&items_of(site().collection("lineage")), "en"))), None);
}

/// Value of each field of the form, as a browser would send it.
fn filled(html: &str) -> Vec<(String, String)> {
    let (_, form) = html.split_once("<form class=\"asked ogc\"").expect("a form");
    let (form, _) = form.split_once("</form>").expect("its end");
    let document = read(&format!("<!DOCTYPE html><form{form}</form>"));
    let mut sent: Vec<(String, String)> = Vec::new();
    for (nth, (name, attributes)) in document.elements.iter().enumerate() {
        match name.as_str() {
            "input" => sent.push((attributes["name"].clone(), attributes["value"].clone())),
            "textarea" => sent.push((
                attributes["name"].clone(),
                document.texts("textarea").into_iter().next().expect("a text").to_owned(),
            )),
            "select" => {
                let mut options =
                    document.elements[nth + 1..].iter().take_while(|(name, _)| name == "option");
                let chosen = options.find(|(_, option)| option.contains_key("selected"));
                sent.push((attributes["name"].clone(), chosen.expect("a choice").1["value"].clone()));
            }
            _ => {}
        }
    }
    sent
}

fn value<'a>(sent: &'a [(String, String)], name: &str) -> Option<&'a str> {
    sent.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
}

#[test]
fn a_form_keeps_what_was_asked_and_has_fields_for_what_there_is() {
    let crs = "http://www.opengis.net/def/crs/EPSG/0/32648";
    let asked = [
        ("bbox", "106.5,47.5,107.5,48.5"),
        ("filter", "population > 1000 AND \"name_en\" <> '<b>'"),
        ("sortby", "-population"),
        ("limit", "7"),
        ("crs", crs),
        ("properties", "code,population,geometry"),
        ("illustrative", "true"),
        ("offset", "2"),
    ];
    let html = shown(&with(&page(&items_of(site().collection("khoroo-versions")), "en"), &asked));
    let sent = filled(&html);
    for (name, expected) in asked {
        let expected = Some(expected).filter(|_| name != "offset");
        assert_eq!(value(&sent, name), expected, "{name}");
    }
    assert_eq!([value(&sent, "f"), value(&sent, "lang")], [Some("html"), Some("en")]);
    assert_eq!(value(&sent, "datetime"), Some(""));
    let usual = [("limit", "100"), ("crs", CRS84)];
    let usual = filled(&shown(&with(&page(&items_of(site().collection("khoroos")), "en"), &usual)));
    assert_eq!(["limit", "crs"].map(|name| value(&usual, name)), [Some(""), Some("")]);
    let spelt = [("limit", "01000"), ("crs", "EPSG:4326")];
    let html = shown(&with(&page(&items_of(site().collection("khoroos")), "en"), &spelt));
    let lat_first = "http://www.opengis.net/def/crs/EPSG/0/4326";
    let sent = filled(&html);
    assert_eq!(["limit", "crs"].map(|name| value(&sent, name)), [Some("1000"), Some(lat_first)]);
    for (name, n) in [("limit", 4), ("crs", 4)] {
        let (_, rest) =
            html.split_once(&format!("<select id=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {html}"));
        assert_eq!(rest.split("</select>").next().expect("its end").matches("<option").count(), n, "{name}");
    }
    let lineage = filled(&shown(&page(&items_of(site().collection("lineage")), "mn")));
    assert_eq!(["bbox", "datetime", "crs"].map(|name| value(&lineage, name)), [None; 3]);
}

#[test]
fn what_was_asked_of_a_property_is_seen_and_can_be_taken_away() {
    let khoroos = page(&items_of(site().collection("khoroos")), "en");
    let html = shown(&with(&khoroos, &[("district", "nix"), ("number", "3")]));
    assert_eq!(
        ["district", "number"].map(|name| value(&filled(&html), name).map(str::to_owned)),
        [Some("nix".to_owned()), Some("3".to_owned())]
    );
    for name in ["district", "number"] {
        assert!(html.contains(&format!("<label for=\"{name}\"")), "{name} is hidden");
    }
    assert!(!html.contains("(0–") && !html.contains("–0)"), "a range of nothing");
    let emptied = [("district", ""), ("number", "3"), ("filter", "")];
    let html = shown(&with(&khoroos, &emptied));
    assert_eq!(["district", "number"].map(|name| value(&filled(&html), name).is_some()), [false, true]);
    let wrong = text_of(&site().ask(&with(&khoroos, &[("number", "many")]), BROWSER).body);
    assert_eq!(value(&filled(&wrong), "number"), Some("many"));
    let names = html.contains("/collections/khoroos/queryables?f=html");
    assert!(names, "nothing leads to the names that conditions are written with");
}

#[test]
fn a_form_sent_as_it_stands_leads_to_the_address_without_empty_fields() {
    for collection in &site().collections {
        let href = page(&items_of(collection), "mn");
        let sent = filled(&shown(&href));
        let pairs: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let plain = href.split('?').next().expect("a path");
        let html = shown(&with(plain, &pairs));
        // A policy of pages lets forms go to their own host only, which may be another than the service's name.
        let (form, _) =
            html.split_once("<form class=\"asked ogc\"").expect("a form").1.split_once('>').expect("its end");
        assert!(form.contains(&format!("action=\"{}\"", &plain[site().root().len() - 4..])), "{form}");
        // The page knows itself by the address it was led to.
        let own = addresses(&html, "rel=\"self\" type=\"text/html\"");
        assert_eq!(own.len(), 1);
        let (before, _) = html.split_once("rel=\"self\"").expect("a link");
        let own = unescaped(addresses(before, "<a href=\"").last().expect("an address"));
        assert_eq!(own.split_once('?').expect("a query").1, "lang=mn&f=html", "{own}");
    }
    // Programs are told.
    let khoroos = items_of(site().collection("khoroos"));
    site().refuses(&with(khoroos.split('?').next().expect("a path"), &[("f", "json"), ("bbox", "")]));
}

#[test]
fn the_example_of_every_collection_finds_something() {
    for collection in &site().collections {
        let html = shown(&page(&items_of(collection), "en"));
        let (_, rest) = html.split_once("A condition, for example: <a href=\"").expect("an example");
        let href = unescaped(rest.split('"').next().expect("an address"));
        let found = site().items(&href.replace("f=html", "f=json"));
        let n = found["numberMatched"].as_u64().expect("a number");
        let all = site().items(&items_of(collection))["numberMatched"].as_u64().expect("a number");
        assert!(n > 0 && n <= all, "{href}: {n} of {all}");
        assert!(value(&filled(&shown(&href)), "filter").is_some_and(|told| told.len() > 5), "{href}");
    }
}

#[test]
fn a_page_leads_to_exactly_its_query_as_csv_and_geojson() {
    let asked = [("filter", "district = 'bzd'"), ("sortby", "-population"), ("limit", "5")];
    let html = shown(&with(&page(&items_of(site().collection("khoroos")), "en"), &asked));
    let document = read(&html);
    let address = |name: &str| {
        let found = document.anchors().into_iter().find(|(_, text)| *text == name);
        found.unwrap_or_else(|| panic!("no `{name}`")).0.to_owned()
    };
    for (which, n) in [("this page", 5), ("all 43", 43)] {
        let features = site().items(&address(&format!("GeoJSON, {which}")));
        let answer = site().ask(&address(&format!("CSV, {which}")), BROWSER);
        assert!(is_media(answer.header("content-type").unwrap_or_default(), "text/csv"), "{answer:?}");
        assert!(answer.header("content-disposition").is_some_and(|it| it.contains("khoroos.csv")));
        let mut csv = csv::Reader::from_reader(&*answer.body);
        let code = csv.headers().expect("names").iter().position(|name| name == "code").expect("a code");
        let wkt = csv.headers().expect("names").len() - 1;
        let rows: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a row")).collect();
        let codes: Vec<&str> = rows.iter().map(|row| &row[code]).collect();
        assert_eq!(codes, ids(array(&features["features"])), "{which}");
        assert_eq!(codes.len(), n);
        assert!(rows.iter().all(|row| row[wkt].starts_with("MULTIPOLYGON (((10")), "{}", &rows[0][wkt]);
    }
}

/// As a browser asks.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn problem(href: &str) -> Value {
    let answer = site().ask(href, GEOJSON);
    assert!(
        is_media(answer.header("content-type").unwrap_or_default(), "application/problem+json"),
        "{href}"
    );
    answer.json()
}

#[test]
fn browsers_are_told_errors_as_pages_and_programs_as_before() {
    let root = site().root();
    let items = format!("{root}/collections/khoroos/items");
    for (href, status, has_form) in [
        (with(&items, &[("filter", "population >")]), 400, true),
        (with(&items, &[("colour", "red")]), 400, true),
        (with(&items, &[("bbox", "1,2,3")]), 400, true),
        (with(&items, &[("limit", "many")]), 400, true),
        (with(&format!("{root}/collections"), &[("x", "1")]), 400, false),
        (format!("{root}/collections/khoroos/items/bzd-999"), 404, false),
        (format!("{root}/collections/nothing/items"), 404, false),
        (format!("{root}/nothing"), 404, false),
    ] {
        let told = problem(&href);
        for lang in ["mn", "en"] {
            let asked = with(&href, &[("lang", lang)]);
            let answer = site().ask(&asked, BROWSER);
            let kind = answer.header("content-type").unwrap_or_default();
            assert!(answer.status == status && is_media(kind, HTML), "{asked}: {} {kind}", answer.status);
            assert_eq!(answer.header("content-language"), Some(lang), "{asked}");
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{asked}");
            let html = text_of(&answer.body);
            let document = read(&html);
            assert!(document.text.contains(text(&told["detail"])), "{asked}: {}", document.text);
            let path = asked.split_once("/ogc").expect("ours").1;
            assert!(document.text.contains(path), "{asked} is not shown");
            assert_eq!(html.contains("<form class=\"asked ogc\""), has_form, "{asked}");
            assert!(html.contains("<h1>") && html.contains("/ogc?f=html"), "{asked} leads nowhere");
        }
    }
    // What knows no language has pages of errors too.
    for below in ["collections/nothing/metadata.xml", "tiles/WebMercatorQuad/99/0/0", "nothing"] {
        let href = format!("{root}/{below}");
        let (answer, told) = (site().ask(&href, BROWSER), problem(&href));
        let document = read(&text_of(&answer.body));
        assert_eq!(u64::from(answer.status), told["status"].as_u64().expect("a number"), "{href}");
        assert!(document.text.contains(text(&told["detail"])), "{href}: {}", document.text);
    }
    let href = with(&items, &[("filter", "population >"), ("limit", "7"), ("lang", "en")]);
    let html = text_of(&site().ask(&href, BROWSER).body);
    let sent = filled(&html);
    assert_eq!(["filter", "limit"].map(|name| value(&sent, name)), [Some("population >"), Some("7")]);
    assert!(html.contains("aria-invalid=\"true\""));
    // What no field can mend is not sent again.
    for wrong in [("colour", "red"), ("bbox-crs", "none"), ("lang", "xx")] {
        let href = with(&items, &[wrong, ("filter", "population > 1"), ("properties", "code")]);
        let answer = site().ask(&href, BROWSER);
        assert_eq!(answer.status, 400, "{href}");
        let sent = filled(&text_of(&answer.body));
        assert_eq!(value(&sent, wrong.0), None, "{href}");
        let again = read(&text_of(&answer.body)).anchors().into_iter().any(|(to, _)| to.contains("lang=xx"));
        assert!(!again, "{href} leads to what is refused again");
        assert_eq!(
            ["filter", "properties"].map(|name| value(&sent, name)),
            [Some("population > 1"), Some("code")]
        );
    }
    for (form, kind) in [("html", HTML), ("json", "application/problem+json")] {
        for accept in ["*/*", BROWSER, GEOJSON] {
            let answer = site().ask(&with(&items, &[("limit", "0"), ("f", form)]), accept);
            let told = answer.header("content-type").unwrap_or_default();
            assert!(answer.status == 400 && is_media(told, kind), "{form} {accept}: {told}");
        }
    }
}

#[test]
fn values_stand_on_pages_in_the_words_of_their_language() {
    let replications = items_of(site().collection("replications"));
    let first = &site().items(&with(&replications, &[("limit", "1")]))["features"][0]["properties"];
    let [year, month, day] = text(&first["decided_on"]).split('-').collect::<Vec<_>>()[..] else { panic!() };
    let [month, day] = [month, day].map(|part| part.trim_start_matches('0'));
    let mn = read(&shown(&page(&replications, "mn"))).text.replace('\u{a0}', " ");
    assert!(mn.contains(&format!("{year} оны {month} сарын {day}")) && mn.contains("тийм"), "{mn}");
    assert!(!mn.contains("true"));
    let en = read(&shown(&page(&replications, "en")));
    assert!(en.texts("td").into_iter().any(|cell| cell == "yes"));
    assert!(en.texts("td").into_iter().any(|cell| cell == "–"), "nothing is unknown");
}
