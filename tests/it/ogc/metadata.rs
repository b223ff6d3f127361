//! Records for catalogues: each tells every fact of its collection, and every address in it answers.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::exports::Format;
use hlp_tracker::features::{Collection, Kind};
use hlp_tracker::http::Settings;
use hlp_tracker::model::Lang;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::lists::Site;
use crate::partners::loaded;
use crate::support::judge;
use crate::visits::{Answer, city, get};

const ADDRESS: &str = "http://localhost:8080";
const CATALOG: &str = "/api/v1/catalog.jsonld";
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// A service that says everything.
fn stated() -> Site {
    let (licence, contact) = (Some(LICENCE.to_owned()), Some("a&b@ub.example".to_owned()));
    Site::with(Settings { licence, contact, ..Settings::default() }, loaded())
}

async fn found(site: &Site, path: &str) -> Answer {
    let answer = get(&site.public, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer
}

/// Texts of elements and values of codes, by the names of the elements above them.
fn facts(xml: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let (mut way, mut facts): (Vec<String>, BTreeMap<String, Vec<String>>) = (Vec::new(), BTreeMap::new());
    let name = |element: &BytesStart<'_>| {
        let name = element.name().as_ref().to_owned();
        name.rsplit(':').next().expect("a name").to_owned()
    };
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            Event::Start(element) => {
                way.push(name(&element));
                text.clear();
            }
            Event::Text(part) => text.push_str(&part.into_inner()),
            Event::GeneralRef(reference) => {
                let entity = format!("&{};", &*reference.into_inner());
                text.push_str(&unescape(&entity).expect("a known entity"));
            }
            Event::End(_) => {
                if !text.trim().is_empty() {
                    facts.entry(way.join("/")).or_default().push(std::mem::take(&mut text));
                }
                way.pop();
            }
            _ => {}
        }
    }
    assert!(way.is_empty());
    facts
}

/// What ends so.
fn ending<'a>(facts: &'a BTreeMap<String, Vec<String>>, end: &str) -> Vec<&'a str> {
    facts
        .iter()
        .filter(|(way, _)| way.ends_with(end))
        .flat_map(|(_, told)| told)
        .map(String::as_str)
        .collect()
}

fn gather<'a>(json: &'a Value, into: &mut BTreeSet<&'a str>) {
    match json {
        Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
        Value::Object(members) => {
            into.extend(members.get("@id").and_then(Value::as_str));
            members.values().for_each(|value| gather(value, into));
        }
        _ => {}
    }
}

#[tokio::test]
async fn every_address_of_the_catalogue_answers() {
    let site = city();
    let landing = found(&site, "/ogc").await.json();
    let links = landing["links"].as_array().expect("links");
    let link = links.iter().find(|link| link["rel"] == "http://www.w3.org/ns/dcat#catalog").expect("a link");
    assert_eq!(link["href"], format!("{ADDRESS}{CATALOG}"));
    let answer = found(&site, CATALOG).await;
    assert_eq!(answer.header("content-type"), "application/ld+json");
    let catalog = answer.json();
    let mut addresses = BTreeSet::new();
    gather(&catalog, &mut addresses);
    let own = addresses.iter().filter_map(|address| address.strip_prefix(ADDRESS));
    let own: BTreeSet<&str> = own.map(|path| path.split('#').next().expect("a path")).collect();
    assert!(own.len() > 60, "{own:?}");
    for path in own {
        assert_eq!(get(&site.public, path).await.status, 200, "{path}");
    }
    assert!(found(&site, "/mn/about").await.text().contains(&format!("href=\"{CATALOG}\"")));
    for path in [&format!("{CATALOG}?lang=en"), "/ogc/collections/khoroos/metadata.xml?f=json"] {
        assert_eq!(get(&site.public, path).await.status, 400, "{path}");
    }
    assert_eq!(get(&site.public, "/ogc/collections/khoroos-1999/metadata.xml").await.status, 404);
}

#[tokio::test]
async fn a_reader_of_rdf_finds_every_collection_with_all_its_forms() {
    let site = stated();
    let snapshot = site.app.snapshot().expect("published");
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("catalog.jsonld");
    std::fs::write(&place, found(&site, CATALOG).await.body).expect("written");
    let output = judge("catalogue.py").arg(&place).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let all = Collection::all(&snapshot);
    assert_eq!(read.as_object().expect("datasets").len(), all.len());
    for collection in &all {
        let told = &read[&collection.id];
        for lang in Lang::ALL {
            assert_eq!(told["title"][lang.tag()], collection.title(&snapshot, lang));
            let description = told["description"][lang.tag()].as_str().expect("a text");
            assert!(description.starts_with(collection.description(lang)), "{description}");
            assert!(!told["provenance"][lang.tag()].as_str().expect("a text").is_empty());
        }
        assert_eq!(told["licence"], LICENCE);
        let mut access: Vec<String> = Format::ALL
            .iter()
            .filter(|format| format.holds(collection, &snapshot))
            .map(|format| format!("{ADDRESS}/exports/{}.{}", collection.id, format.extension()))
            .collect();
        access.push(format!("{ADDRESS}/ogc/collections/{}/items", collection.id));
        // Those of which tiles have every feature.
        if matches!(collection.kind, Kind::Districts | Kind::Khoroos | Kind::Replications) {
            access.push(format!("{ADDRESS}/ogc/collections/{}/tiles", collection.id));
        }
        access.sort();
        assert_eq!(told["access"], serde_json::json!(access), "{}", collection.id);
    }
    let khoroos = &read["khoroos-2020"];
    assert_eq!(khoroos["start"], "2020-01-01");
    assert_eq!(khoroos["systems"].as_array().expect("a list").len(), 3);
    assert_eq!(khoroos["space"], format!("{ADDRESS}/id/khoroos/2020:"));
    assert!(khoroos["bbox"].as_str().expect("a polygon").starts_with("POLYGON((106."));
}

#[tokio::test]
async fn a_record_by_iso_tells_every_fact() {
    let site = stated();
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("record.xml");
    let collections = found(&site, "/ogc/collections?lang=mn").await.json();
    for collection in collections["collections"].as_array().expect("a list") {
        let id = collection["id"].as_str().expect("an id");
        let links = collection["links"].as_array().expect("links");
        let record = format!("{ADDRESS}/ogc/collections/{id}/metadata.xml");
        let link = links.iter().find(|link| link["href"] == record).expect("a link to the record");
        assert_eq!(link["rel"], "describedby");
        for link in links.iter().filter(|link| link["rel"] == "describedby" || link["rel"] == "related") {
            let href = link["href"].as_str().expect("an address");
            found(&site, href.strip_prefix(ADDRESS).expect("our own").split('#').next().expect("a path"))
                .await;
        }
        let answer = found(&site, record.strip_prefix(ADDRESS).expect("our own")).await;
        std::fs::write(&place, &answer.body).expect("written");
        let output = judge("iso.py").arg(&place).output().expect("Python runs");
        assert!(output.status.success(), "{id}: {}", String::from_utf8_lossy(&output.stderr));
        let read: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((&read["id"], &read["title"]), (&format!("hlp-{id}").into(), &collection["title"]));
        assert_eq!(read["bbox"], collection["extent"]["spatial"]["bbox"][0], "{id}");
        assert!(
            read["online"]
                .as_array()
                .expect("links")
                .contains(&format!("{ADDRESS}/ogc/collections/{id}/items").into())
        );
        assert_eq!(answer.header("content-type"), link["type"].as_str().expect("a type"));
        let facts = facts(answer.text());
        assert_eq!(ending(&facts, "MD_Metadata/fileIdentifier/CharacterString"), [format!("hlp-{id}")]);
        let title = collection["title"].as_str().expect("a title");
        assert_eq!(ending(&facts, "CI_Citation/title/CharacterString"), [title]);
        let english = found(&site, &format!("/ogc/collections/{id}?lang=en")).await.json();
        let localised = "title/PT_FreeText/textGroup/LocalisedCharacterString";
        assert_eq!(ending(&facts, localised), [english["title"].as_str().expect("a title")]);
        assert!(ending(&facts, "abstract/CharacterString")[0].contains("Зохиомол"), "{id}");
        assert!(!ending(&facts, "LI_Lineage/statement/CharacterString").is_empty());
        assert_eq!(ending(&facts, "otherConstraints/CharacterString"), [LICENCE]);
        assert_eq!(
            ending(&facts, "MD_Metadata/contact/CI_ResponsibleParty/organisationName/CharacterString"),
            ["a&b@ub.example"]
        );
        let page = found(&site, &format!("/ogc/collections/{id}/items?limit=1")).await.json();
        assert_eq!(
            ending(&facts, "MD_Metadata/dateStamp/DateTime"),
            [page["published_at"].as_str().expect("a time")]
        );
        let bbox = &collection["extent"]["spatial"]["bbox"][0];
        for (side, at) in [("west", 0), ("south", 1), ("east", 2), ("north", 3)] {
            let way = format!("{side}Bound{}/Decimal", if at % 2 == 0 { "Longitude" } else { "Latitude" });
            let told: Vec<f64> =
                ending(&facts, &way).iter().map(|text| text.parse().expect("a number")).collect();
            assert_eq!(told, bbox[at].as_f64().into_iter().collect::<Vec<_>>(), "{id} {side}");
        }
        let accuracy = ending(&facts, "DQ_QuantitativeResult/value/Record");
        assert_eq!(accuracy, if bbox.is_null() { &[][..] } else { &["0.011"] }, "{id}");
        for address in ending(&facts, "onLine/CI_OnlineResource/linkage/URL") {
            let path = address.strip_prefix(ADDRESS).expect("our own");
            assert_eq!(get(&site.public, path).await.status, 200, "{path}");
        }
    }
    let answer = found(&site, "/ogc/collections/khoroos-2020/metadata.xml").await;
    let facts = facts(answer.text());
    assert_eq!(ending(&facts, "TimePeriod/beginPosition"), ["2020-01-01"]);
    assert_eq!(ending(&facts, "TimePeriod/endPosition"), ["2021-12-31"]);
    let statement = ending(&facts, "LI_Lineage/statement/CharacterString")[0];
    assert!(statement.starts_with("2020 оны хилийн эх сурвалж: "), "{statement}");
}

#[tokio::test]
async fn what_nobody_stated_is_said_to_be_so() {
    let site = city();
    let answer = found(&site, "/ogc/collections/khoroos/metadata.xml").await;
    assert!(answer.text().contains("<gmd:contact gco:nilReason=\"missing\"/>"));
    assert_eq!(ending(&facts(answer.text()), "otherConstraints/CharacterString"), ["Лицензийг заагаагүй."]);
    let dataset = found(&site, "/ogc/collections/khoroos/metadata.jsonld").await.json();
    assert_eq!(dataset["dct:rights"]["rdfs:label"][1]["@value"], "The licence is not stated.");
    assert!(dataset["dct:license"].is_null() && dataset["dcat:contactPoint"].is_null());
}

#[tokio::test]
async fn a_list_of_codes_is_told_as_a_table() {
    let mut loaded = loaded();
    let vintage = "2020".parse().expect("a vintage");
    let dataset = loaded.datasets.get_mut(&vintage).expect("there");
    dataset.khoroos.iter_mut().for_each(|khoroo| khoroo.shape = None);
    let site = Site::of(loaded);
    for (id, representation, n_systems) in [("khoroos-2020", "textTable", 0), ("khoroos-2022", "vector", 3)] {
        let path = format!("/ogc/collections/{id}/metadata");
        let record = found(&site, &format!("{path}.xml")).await;
        let facts = facts(record.text());
        assert_eq!(ending(&facts, "MD_SpatialRepresentationTypeCode"), [representation], "{id}");
        assert_eq!(ending(&facts, "RS_Identifier/code/CharacterString").len(), n_systems, "{id}");
        let accuracy = ending(&facts, "DQ_QuantitativeResult/value/Record");
        assert_eq!(accuracy.is_empty(), n_systems == 0, "{id}: {accuracy:?}");
        let dataset = found(&site, &format!("{path}.jsonld")).await.json();
        let systems = dataset["dct:conformsTo"].as_array().map_or(0, Vec::len);
        assert_eq!((systems, dataset["rdfs:comment"].is_null()), (n_systems, n_systems == 0), "{id}");
        // The step of a grid is not the smallest thing that can be told apart.
        assert!(dataset["dcat:spatialResolutionInMeters"].is_null(), "{id}");
    }
}
