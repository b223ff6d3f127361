//! DCAT 3 as JSON-LD, with its context inside, so that readers fetch nothing.
//!
//! Source: <https://www.w3.org/TR/vocab-dcat-3/>; extents and language as in `GeoDCAT-AP`.

use serde_json::{Map, Value as Json, json};

use super::{Contact, Record, SYSTEMS, Service, Told, Way, is_address, words};
use crate::features::Kind;

const NAMESPACES: [(&str, &str); 8] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

const LANGUAGES: [&str; 2] = ["MON", "ENG"];

/// One catalogue of all collections.
///
/// - `address`: of the document.
/// - `records`: of one service and snapshot.
pub fn catalog(address: &str, service: &Service<'_>, records: &[Record<'_>]) -> Json {
    let title = "HLP Tracker";
    let mut catalog = json!({
        "@context": context(),
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": told(&Told::new(title, title)),
        "dct:description": told(&words::service()),
        "dct:language": languages(),
        "foaf:homepage": {"@id": format!("{}/mn/", service.address)},
        "dcat:service": data_service(service, records),
        "dcat:dataset": records.iter().map(node).collect::<Vec<_>>(),
    });
    add_terms(service, &mut catalog);
    if let Some(first) = records.first() {
        catalog["dct:modified"] = moment(&first.published_at);
    }
    catalog
}

/// One collection by itself.
pub fn dataset(record: &Record<'_>) -> Json {
    let mut document = json!({"@context": context()});
    if let (Json::Object(document), Json::Object(node)) = (&mut document, node(record)) {
        document.extend(node);
    }
    document
}

fn context() -> Json {
    let names = NAMESPACES.map(|(prefix, address)| (prefix.to_owned(), Json::from(address)));
    Json::Object(names.into_iter().collect::<Map<_, _>>())
}

fn node(record: &Record<'_>) -> Json {
    let address = record.address();
    let mut node = json!({
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": record.id,
        "dct:title": told(&record.title),
        "dct:description": told(&record.description),
        "dct:language": languages(),
        "dct:modified": moment(&record.published_at),
        "dcat:version": record.revision.to_string(),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": told(&record.lineage)},
        "dcat:keyword": keywords(record),
        "dcat:landingPage": {"@id": format!("{address}?f=html")},
        "foaf:isPrimaryTopicOf": {
            "@id": format!("{address}/metadata.xml"),
            "@type": "dcat:CatalogRecord",
            "dct:conformsTo": {"@id": "http://www.isotc211.org/2005/gmd"},
            "foaf:primaryTopic": {"@id": address},
            "dct:modified": moment(&record.published_at),
        },
        "dcat:distribution": record.ways.iter().map(|way| distribution(record, way)).collect::<Vec<_>>(),
    });
    add_terms(&record.service, &mut node);
    if let Some(bbox) = record.bbox {
        node["dct:spatial"] = json!({
            "@type": "dct:Location",
            "dcat:bbox": {"@type": "geo:wktLiteral", "@value": polygon(bbox)},
        });
    }
    // The step of the grid is no spatial resolution, which is the smallest thing that can be told apart.
    if record.has_ground {
        node["dct:conformsTo"] = SYSTEMS.map(system).to_vec().into();
        node["rdfs:comment"] = told(&words::accuracy());
    }
    if let Some(days) = record.days {
        let mut period = json!({"@type": "dct:PeriodOfTime"});
        for (name, day) in [("dcat:startDate", days.from), ("dcat:endDate", days.to)] {
            if let Some(day) = day {
                period[name] = json!({"@type": "xsd:date", "@value": day.to_string()});
            }
        }
        node["dct:temporal"] = period;
    }
    if let Some(space) = &record.id_space {
        node["void:uriSpace"] = space.as_str().into();
    }
    node
}

/// What is said of everything: licence and contact.
fn add_terms(service: &Service<'_>, node: &mut Json) {
    match service.licence {
        Some(address) if is_address(address) => node["dct:license"] = json!({"@id": address}),
        Some(words) => {
            node["dct:license"] = json!({"@type": "dct:LicenseDocument", "rdfs:label": words});
        }
        None => {
            let label = told(&words::no_licence());
            node["dct:rights"] = json!({"@type": "dct:RightsStatement", "rdfs:label": label});
        }
    }
    let Some(contact) = service.contact else { return };
    let mut card = json!({"@type": "vcard:Kind", "vcard:fn": contact});
    match Contact::of(contact) {
        Contact::Web(address) => card["vcard:hasURL"] = json!({"@id": address}),
        Contact::Mail(mail) => card["vcard:hasEmail"] = json!({"@id": format!("mailto:{mail}")}),
        Contact::Words => {}
    }
    node["dcat:contactPoint"] = card;
}

fn distribution(record: &Record<'_>, way: &Way) -> Json {
    let title =
        Told::new(format!("{}: {}", record.title.mn, way.name), format!("{}: {}", record.title.en, way.name));
    let mut node = json!({
        "@id": format!("{}#{}", record.address(), way.name),
        "@type": "dcat:Distribution",
        "dct:title": told(&title),
        "dcat:mediaType": {
            "@id": format!("https://www.iana.org/assignments/media-types/{}", way.media_type),
        },
        "dct:modified": moment(&record.published_at),
        "dcat:accessURL": {"@id": way.address},
    });
    if way.is_file {
        node["dcat:downloadURL"] = json!({"@id": way.address});
    } else {
        node["dcat:accessService"] = json!({"@id": service_address(&record.service)});
    }
    add_terms(&Service { contact: None, ..record.service }, &mut node);
    node
}

fn data_service(service: &Service<'_>, records: &[Record<'_>]) -> Json {
    let title = "OGC API – Features, Tiles";
    json!({
        "@id": service_address(service),
        "@type": "dcat:DataService",
        "dct:title": told(&Told::new(title, title)),
        "dcat:endpointURL": {"@id": format!("{}/ogc", service.address)},
        "dcat:endpointDescription": {"@id": format!("{}/ogc/api", service.address)},
        "dct:conformsTo": [
            {"@id": "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"},
            {"@id": "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core"},
        ],
        "dcat:servesDataset": records.iter().map(|one| json!({"@id": one.address()})).collect::<Vec<_>>(),
    })
}

fn service_address(service: &Service<'_>) -> String {
    format!("{}/ogc", service.address)
}

fn keywords(record: &Record<'_>) -> Json {
    let (mn, en) = match record.kind {
        Kind::Districts => ("дүүрэг", "districts"),
        Kind::Khoroos | Kind::KhorooVersions => ("хороо", "khoroos"),
        Kind::Lineage => ("хилийн өөрчлөлт", "boundary changes"),
        Kind::Practices => ("сайн туршлага", "good practices"),
        Kind::Replications => ("нутагшуулалт", "replications"),
        Kind::Indicators => ("тоон үзүүлэлт", "figures"),
    };
    let mut words = vec![(mn, en), ("Улаанбаатар", "Ulaanbaatar")];
    if record.illustrative {
        words.push(("зохиомол", "illustrative"));
    }
    let told =
        |(mn, en)| [json!({"@language": "mn", "@value": mn}), json!({"@language": "en", "@value": en})];
    words.into_iter().flat_map(told).collect()
}

fn told(text: &Told) -> Json {
    json!([{"@language": "mn", "@value": text.mn}, {"@language": "en", "@value": text.en}])
}

fn languages() -> Json {
    let of =
        |code| json!({"@id": format!("http://publications.europa.eu/resource/authority/language/{code}")});
    LANGUAGES.map(of).to_vec().into()
}

fn moment(at: &str) -> Json {
    json!({"@type": "xsd:dateTime", "@value": at})
}

fn system(epsg: &str) -> Json {
    json!({"@id": format!("http://www.opengis.net/def/crs/EPSG/0/{epsg}"), "@type": "dct:Standard"})
}

/// Longitude first, in WGS 84.
fn polygon([west, south, east, north]: [f64; 4]) -> String {
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}
