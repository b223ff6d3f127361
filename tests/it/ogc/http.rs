//! What this service decides where the standards leave it open, and that its documents fit together.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use hlp_tracker::exports::{Format, Options};
use hlp_tracker::features::Collection;
use serde_json::Value;

use crate::exports::written;
use crate::lists::Site;
use crate::support::is_shown_to_everybody;
use crate::visits::{Answer, city, get, send};

const ADDRESS: &str = "http://localhost:8080";
const ITEMS: &str = "/ogc/collections/khoroos/items";

async fn json(site: &Site, path: &str) -> Value {
    let answer = get(&site.public, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

async fn accepting(site: &Site, path: &str, accept: &str) -> Answer {
    send(&site.public, Method::GET, path, &[("accept", accept)], Body::empty()).await
}

/// The address of a link, below the service.
fn href<'a>(document: &'a Value, rel: &str) -> Option<&'a str> {
    let links = document["links"].as_array().expect("links");
    let link = links.iter().find(|link| link["rel"] == rel)?;
    Some(link["href"].as_str().expect("an address").strip_prefix(ADDRESS).expect("our own"))
}

fn ids(page: &Value) -> Vec<&str> {
    let features = page["features"].as_array().expect("features");
    features.iter().map(|feature| feature["id"].as_str().expect("an id")).collect()
}

#[tokio::test]
async fn one_comes_from_the_first_document_to_every_feature() {
    let site = city();
    let landing = json(&site, "/ogc").await;
    assert_eq!(landing["illustrative"], true);
    let collections = json(&site, href(&landing, "data").expect("collections")).await;
    let mut n_features = 0;
    for collection in collections["collections"].as_array().expect("a list") {
        let alone = json(&site, href(collection, "self").expect("itself")).await;
        for field in ["id", "title", "description", "extent", "itemType", "crs", "storageCrs"] {
            assert_eq!(alone[field], collection[field], "{field}");
        }
        for rel in ["schema", "queryables", "sortables"] {
            let schema = json(
                &site,
                href(&alone, &format!("http://www.opengis.net/def/rel/ogc/1.0/{rel}")).expect(rel),
            )
            .await;
            assert_eq!(schema["additionalProperties"], false);
        }
        let page = json(&site, href(&alone, "items").expect("items")).await;
        let total = page["numberMatched"].as_u64().expect("a number");
        assert!(total > 0, "{}", alone["id"]);
        n_features += total;
        let first = &page["features"][0];
        let id = alone["id"].as_str().expect("an id");
        let path = format!("/ogc/collections/{id}/items/{}", first["id"].as_str().expect("an id"));
        let one = json(&site, &path).await;
        for field in ["id", "geometry", "properties"] {
            assert_eq!(one[field], first[field], "{path} {field}");
        }
        assert!(href(&one, "collection").is_some() && href(&one, "self").is_some());
    }
    assert!(n_features > 1000, "{n_features}");
}

#[tokio::test]
async fn every_document_is_a_page_too() {
    let site = city();
    for path in [
        "/ogc",
        "/ogc/",
        "/ogc/conformance",
        "/ogc/api",
        "/ogc/api.html",
        "/ogc/collections",
        "/ogc/collections/khoroos",
        "/ogc/collections/khoroos/schema",
        "/ogc/collections/khoroos/queryables",
        "/ogc/collections/khoroos/sortables",
        "/ogc/collections/khoroos/items?limit=3",
        "/ogc/collections/khoroos/items/bzd-26",
        "/ogc/collections/practices/items?limit=3",
    ] {
        let answer = accepting(&site, path, "text/html,application/xhtml+xml,*/*;q=0.8").await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        let page = answer.text();
        assert!(page.contains("зохиомол"), "{path} says that the data are invented");
        assert!(!page.contains("<script src"), "{path}");
        let joined = if path.contains('?') { '&' } else { '?' };
        let english = get(&site.public, &format!("{path}{joined}lang=en")).await;
        assert_eq!(english.status, 200, "{path}");
    }
    let vary = accepting(&site, "/ogc", "text/html").await;
    let vary: Vec<_> = vary.headers.get_all("vary").iter().map(|v| v.to_str().expect("ASCII")).collect();
    assert!(vary.contains(&"Accept"), "{vary:?}");
    assert_eq!(accepting(&site, "/ogc", "image/png").await.status, 406);
    assert_eq!(get(&site.public, "/ogc?f=xml").await.refusal(400, "f").1, "f");
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end_and_keep_the_question() {
    let site = city();
    let all = json(&site, &format!("{ITEMS}?limit=10000&district=bzd")).await;
    let mut path = format!("{ITEMS}?limit=7&district=bzd&sortby=-population&lang=en");
    let (mut seen, mut n_pages) = (Vec::new(), 0);
    loop {
        let page = json(&site, &path).await;
        assert_eq!(page["numberMatched"], all["numberMatched"]);
        assert_eq!(page["numberReturned"], ids(&page).len());
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        n_pages += 1;
        if n_pages > 1 {
            assert!(href(&page, "prev").is_some());
        }
        match href(&page, "next") {
            Some(next) => path = next.to_owned(),
            None => break,
        }
        assert!(path.contains("district=bzd") && path.contains("sortby=-population"), "{path}");
    }
    let (seen_once, expected): (BTreeSet<_>, BTreeSet<_>) =
        (seen.iter().map(String::as_str).collect(), ids(&all).into_iter().collect());
    assert_eq!((seen.len(), seen_once), (expected.len(), expected));
    let third = json(&site, &format!("{ITEMS}?limit=10&offset=3")).await;
    let first = json(&site, &format!("{ITEMS}?limit=3")).await;
    let before = json(&site, href(&third, "prev").expect("a page before")).await;
    assert_eq!(ids(&before), ids(&first), "as many as are left");
    let beyond = json(&site, &format!("{ITEMS}?offset=99999")).await;
    assert_eq!((beyond["numberReturned"].as_u64(), href(&beyond, "next")), (Some(0), None));
}

#[tokio::test]
async fn a_limit_beyond_the_maximum_is_the_maximum() {
    let site = city();
    for limit in ["10001", "99999999999999999999999999"] {
        let page = json(&site, &format!("{ITEMS}?limit={limit}&skipGeometry=true")).await;
        assert_eq!(page["numberReturned"], page["numberMatched"]);
    }
    for limit in ["0", "-1", "NaN", "1.5", "", "1e3"] {
        let answer = get(&site.public, &format!("{ITEMS}?limit={limit}")).await;
        assert_eq!(answer.refusal(400, limit).1, "limit");
    }
}

#[tokio::test]
async fn what_is_asked_in_vain_is_named() {
    let site = city();
    for (query, parameter) in [
        ("colour=red", "colour"),
        ("limit=1&limit=1", "limit"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=NaN,1,2,3", "bbox"),
        ("bbox=106,48,107,47", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=106,47,107,48&bbox-crs=EPSG:9999", "bbox-crs"),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/9999", "crs"),
        ("filter=population", "filter"),
        ("filter-lang=sql", "filter-lang"),
        ("filter-crs=x", "filter-crs"),
        ("datetime=yesterday", "datetime"),
        ("datetime=2022-01-01/2021-01-01", "datetime"),
        ("sortby=colour", "sortby"),
        ("sortby=", "sortby"),
        ("properties=colour", "properties"),
        ("skipGeometry=maybe", "skipGeometry"),
        ("population=many", "population"),
        ("offset=-1", "offset"),
        ("lang=de", "lang"),
        ("f=kml", "f"),
    ] {
        let answer = get(&site.public, &format!("{ITEMS}?{query}")).await;
        let (_, named, detail) = answer.refusal(400, query);
        assert_eq!(named, parameter, "{query}: {detail}");
    }
    let property = get(&site.public, &format!("{ITEMS}?population=abc")).await.refusal(400, "a word");
    assert_eq!(property.2, "`abc` is no value of parameter `population`: a whole number is needed");
    let filter = get(&site.public, &format!("{ITEMS}?filter=name_mn='хороо'%20AND%20colour=1")).await;
    let (_, _, detail) = filter.refusal(400, "no such field");
    assert!(detail.ends_with("at character 21"), "{detail}");
    let unknown = get(&site.public, &format!("{ITEMS}?colour=red")).await.json();
    assert!(unknown["allowed"].as_array().expect("a list").contains(&"district".into()));
    let gone = get(&site.public, "/ogc/collections/khoroos-1990/items?offset=100").await;
    let (_, _, detail) = gone.refusal(404, "a collection that is gone");
    assert!(detail.contains("khoroos-1990"), "{detail}");
    get(&site.public, "/ogc/collections/khoroos/items/bzd-99").await.refusal(404, "no such feature");
    get(&site.public, "/ogc/collections/khoroos/items/bzd-26?limit=3").await.refusal(400, "not a list");
    get(&site.public, "/ogc/conformance?limit=3").await.refusal(400, "not a list");
}

#[tokio::test]
async fn coordinates_come_in_the_system_and_order_that_is_asked_for() {
    let site = city();
    let first = |answer: &Answer| {
        let point = answer.json()["geometry"]["coordinates"].clone();
        [0, 1].map(|at| point[at].clone())
    };
    let page = json(&site, "/ogc/collections/practices/items?limit=1").await;
    let path = format!("/ogc/collections/practices/items/{}", ids(&page)[0]);
    let plain = get(&site.public, &path).await;
    assert_eq!(plain.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    let [lon, lat] = first(&plain);
    let in_4326 = get(&site.public, &format!("{path}?crs=http://www.opengis.net/def/crs/EPSG/0/4326")).await;
    assert_eq!(in_4326.header("content-crs"), "<http://www.opengis.net/def/crs/EPSG/0/4326>");
    assert_eq!(first(&in_4326), [lat.clone(), lon.clone()]);
    let [lon, lat] = [lon, lat].map(|number| number.as_f64().expect("degrees"));
    for (name, expected) in [
        ("[EPSG:3857]", (lon.to_radians() * 6_378_137.0, 100.0)),
        (
            "EPSG:32648",
            (500_000.0 + (lon - 105.0).to_radians() * 6_378_137.0 * lat.to_radians().cos(), 5_000.0),
        ),
    ] {
        let answer = get(&site.public, &format!("{path}?crs={name}")).await;
        let [x, _] = first(&answer).map(|number| number.as_f64().expect("metres"));
        assert!((x - expected.0).abs() < expected.1, "{name}: {x} {expected:?}");
        assert!(answer.header("content-crs").contains("/EPSG/0/"));
    }
    let in_box = |query: String| {
        let site = &site;
        async move {
            let page = json(site, &format!("{ITEMS}?limit=1000&skipGeometry=true&{query}")).await;
            ids(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
        }
    };
    let of_84 = in_box("bbox=106.9,47.9,106.95,47.93".into()).await;
    assert!(!of_84.is_empty());
    let of_4326 =
        in_box("bbox=47.9,106.9,47.93,106.95&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326".into());
    assert_eq!(of_4326.await, of_84);
    assert_eq!(in_box("bbox=106.9,47.9,0,106.95,47.93,9000".into()).await, of_84);
}

#[tokio::test]
async fn conditions_in_both_languages_of_cql2_find_the_same() {
    let site = city();
    let found = |pairs: &[(&str, &str)]| {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let (site, path) = (&site, format!("{ITEMS}?limit=1000&skipGeometry=true&{query}"));
        async move {
            let page = json(site, &path).await;
            ids(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
        }
    };
    let of_bzd = found(&[("district", "bzd")]).await;
    let text = found(&[("filter", "population > 5000"), ("district", "bzd")]).await;
    let json_filter = r#"{"op":">","args":[{"property":"population"},5000]}"#;
    let as_json = found(&[("filter", json_filter), ("filter-lang", "cql2-json"), ("district", "bzd")]).await;
    assert_eq!(text, as_json);
    assert!(!text.is_empty() && text.len() < of_bzd.len());
    let by_box = found(&[("bbox", "106.9,47.9,106.95,47.93")]).await;
    let in_84 = found(&[("filter", "S_INTERSECTS(geometry, BBOX(106.9, 47.9, 106.95, 47.93))")]).await;
    let turned = [
        ("filter", "S_INTERSECTS(geometry, BBOX(47.9, 106.9, 47.93, 106.95))"),
        ("filter-crs", "http://www.opengis.net/def/crs/EPSG/0/4326"),
    ];
    assert_eq!((&in_84, &found(&turned).await), (&by_box, &by_box));
}

#[tokio::test]
async fn features_are_those_of_the_export() {
    let site = city();
    let snapshot = site.app.snapshot().expect("a world");
    for id in ["khoroos", "districts", "practices", "replications", "lineage", "khoroo-versions"] {
        let page = get(&site.public, &format!("/ogc/collections/{id}/items?limit=10000")).await;
        let lines = written(&snapshot, id, Format::GeoJsonLines, Options::default());
        let exported: Vec<&str> = std::str::from_utf8(&lines).expect("UTF-8").lines().collect();
        let page = page.text();
        let (_, features) = page.split_once("\"features\":[\n").expect("features");
        let shown: Vec<&str> = features
            .lines()
            .take_while(|line| line.starts_with('{'))
            .map(|line| line.strip_suffix(',').unwrap_or(line))
            .collect();
        assert_eq!(shown, exported, "{id}");
    }
}

#[tokio::test]
async fn properties_and_places_are_chosen() {
    let site = city();
    let of = |query: &'static str| {
        let site = &site;
        async move { json(site, &format!("{ITEMS}?limit=1&{query}")).await["features"][0].clone() }
    };
    let few = of("properties=name_en,population").await;
    let names: Vec<_> = few["properties"].as_object().expect("an object").keys().cloned().collect();
    assert_eq!(
        (names, &few["geometry"]),
        (vec!["name_en".to_owned(), "population".to_owned()], &Value::Null)
    );
    let placed = of("properties=name_en,geometry").await;
    assert_eq!(placed["geometry"]["type"], "MultiPolygon");
    for yes in ["skipGeometry=true", "skipGeometry=1"] {
        let bare = of(yes).await;
        assert_eq!(
            (&bare["geometry"], bare["properties"]["code"].is_string()),
            (&Value::Null, true),
            "{yes}"
        );
    }
    assert_eq!(of("skipGeometry=0").await["geometry"]["type"], "MultiPolygon");
}

#[tokio::test]
async fn versions_are_found_by_the_day_on_which_they_were_in_force() {
    let site = city();
    let path = "/ogc/collections/khoroo-versions/items?limit=10000&skipGeometry=true";
    let count = |query: &'static str| {
        let site = &site;
        async move { json(site, &format!("{path}{query}")).await["numberMatched"].as_u64().expect("a number") }
    };
    let (old, new) = (count("&vintage=2020").await, count("&vintage=2022").await);
    assert!(old > 0 && new > old);
    assert_eq!(count("").await, old + new);
    assert_eq!(count("&datetime=2021-06-01").await, old);
    assert_eq!(count("&datetime=2023-06-01T12:00:00+08:00").await, new);
    assert_eq!(count("&datetime=2021-06-01/..").await, old + new);
    let one = json(&site, "/ogc/collections/khoroo-versions/items/2022:bzd-26").await;
    assert_eq!(one["properties"]["vintage"], "2022");
    let collection = json(&site, "/ogc/collections/khoroo-versions").await;
    let interval = &collection["extent"]["temporal"]["interval"][0];
    assert_eq!((&interval[0], &interval[1]), (&"2019-12-31T16:00:00Z".into(), &Value::Null));
}

#[tokio::test]
async fn a_known_page_is_not_sent_again() {
    let site = city();
    let path = format!("{ITEMS}?limit=5&f=json&lang=en");
    let answer = get(&site.public, &path).await;
    let etag = answer.header("etag").to_owned();
    assert!(etag.starts_with('"'), "{etag}");
    let headers = [("if-none-match", etag.as_str())];
    let again = send(&site.public, Method::GET, &path, &headers, Body::empty()).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = get(&site.public, &format!("{ITEMS}?limit=6&f=json&lang=en")).await;
    assert_ne!(other.header("etag"), etag);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-expose-headers"), "*");
}

#[tokio::test]
async fn the_description_names_what_there_is_and_nothing_else() {
    let site = city();
    let landing = json(&site, "/ogc").await;
    let answer = get(&site.public, href(&landing, "service-desc").expect("a description")).await;
    assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let document = answer.json();
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(document["servers"][0]["url"], format!("{ADDRESS}/ogc"));
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        described.insert(path.as_str());
        let collection = path.split('/').nth(2).unwrap_or_default();
        let path = if path.contains("{featureId}") {
            let page = json(&site, &format!("/ogc/collections/{collection}/items?limit=1")).await;
            path.replace("{featureId}", ids(&page)[0])
        } else {
            let tile = [
                ("{tileMatrixSetId}", "WebMercatorQuad"),
                ("{tileMatrix}", "0"),
                ("{tileRow}", "0"),
                ("{tileCol}", "0"),
            ];
            tile.iter().fold(path.clone(), |path, (name, value)| path.replace(name, value))
        };
        let answer = get(&site.public, &format!("/ogc{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        let kind = answer.header("content-type").replace("; charset=utf-8", "");
        let responses = &item["get"]["responses"];
        assert!(responses["200"]["content"][&kind].is_object(), "{path}: {kind}");
        for status in ["304", "400", "405", "406", "413", "414", "500", "503"] {
            assert!(responses[status].is_object(), "{path} {status}");
        }
    }
    let collections = json(&site, "/ogc/collections").await;
    for collection in collections["collections"].as_array().expect("a list") {
        let id = collection["id"].as_str().expect("an id");
        for below in ["", "/items", "/items/{featureId}", "/schema", "/queryables", "/sortables"] {
            assert!(described.contains(&*format!("/collections/{id}{below}")), "{id}{below}");
        }
        let queryables = json(&site, &format!("/ogc/collections/{id}/queryables")).await;
        let parameters = &document["paths"][format!("/collections/{id}/items")]["get"]["parameters"];
        let named: BTreeSet<&str> =
            parameters.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
        for name in queryables["properties"].as_object().expect("properties").keys() {
            assert!(name == "geometry" || named.contains(name.as_str()), "{id} {name}");
        }
    }
}

#[tokio::test]
async fn fields_are_those_that_everybody_may_see() {
    let site = city();
    let snapshot = site.app.snapshot().expect("published");
    for one in Collection::all(&snapshot) {
        let schema = json(&site, &format!("/ogc/collections/{}/schema", one.id)).await;
        for name in schema["properties"].as_object().expect("properties").keys() {
            let is_shown = name == "geometry" || is_shown_to_everybody(&snapshot, one.kind, name);
            assert!(is_shown, "{} {name}", one.id);
        }
    }
}
