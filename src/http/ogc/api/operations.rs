//! Everything that can be asked, in one list.

use serde_json::Value as Json;

use super::{parameters, tiles};
use crate::features::Collection;
use crate::http::ogc::asked::{Asked, Media};
use crate::http::ogc::metadata::Standard;
use crate::http::ogc::schema::Kind;

pub const TAGS: [(&str, &str); 3] = [
    ("about", "What there is and how it is asked for"),
    ("features", "Collections and their features"),
    ("tiles", "Vector tiles of all data and of a collection"),
];

/// What an operation answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Document,
    /// Those that a filter chooses.
    Features,
    Feature,
    /// What is neither JSON nor a page, of this media type.
    Alone(&'static str),
}

pub struct Operation {
    /// Below `/ogc`.
    pub path: String,
    pub id: String,
    pub summary: String,
    pub tag: &'static str,
    pub parameters: Vec<Json>,
    /// Media type of its JSON form, and the name of the schema.
    pub json: Option<(&'static str, &'static str)>,
    pub told: Told,
    /// True if what the path names may not be there.
    pub names_something: bool,
}

pub fn operations(asked: &Asked) -> Vec<Operation> {
    let pick = |mn, en| asked.pick(mn, en).to_owned();
    let about = |path: &str, id: &str, summary, media: Media, schema| Operation {
        path: path.into(),
        id: id.into(),
        summary,
        tag: "about",
        parameters: vec![parameters::reference("f"), parameters::reference("lang")],
        json: Some((media.kind(), schema)),
        told: Told::Document,
        names_something: false,
    };
    let api = || pick("Энэ тайлбар", "This description");
    let mut all = vec![
        about("/", "getLandingPage", pick("Эхний хуудас", "Landing page"), Media::Json, "landingPage"),
        about(
            "/conformance",
            "getConformance",
            pick("Баримталсан стандартууд", "Standards that are kept"),
            Media::Json,
            "confClasses",
        ),
        about("/api", "getApi", api(), Media::OpenApi, "openApi"),
        Operation {
            parameters: vec![parameters::reference("lang")],
            json: None,
            ..about("/api.html", "getApiPage", api(), Media::OpenApi, "openApi")
        },
        about(
            "/collections",
            "getCollections",
            pick("Цуглуулгууд", "Collections"),
            Media::Json,
            "collections",
        ),
    ];
    all.extend(tiles::of_all(asked, about));
    for collection in asked.world.tables.collections() {
        all.extend(of_collection(asked, collection, about));
        all.extend(tiles::of_collection(asked, collection, about));
    }
    all
}

fn of_collection(
    asked: &Asked,
    collection: &Collection,
    about: impl Fn(&str, &str, String, Media, &'static str) -> Operation,
) -> Vec<Operation> {
    let world = &asked.world;
    let fields = &world.tables.open(collection, &world.snapshot).fields;
    let title = collection.title(&world.snapshot, asked.lang);
    let path = format!("/collections/{}", collection.id);
    let id = |verb: &str| format!("{verb}.{}", collection.id);
    let feature = |of: Operation| Operation { tag: "features", names_something: true, ..of };
    let mut all = vec![
        feature(about(&path, &id("getCollection"), title.clone(), Media::Json, "collection")),
        Operation {
            parameters: parameters::of_items(fields, asked.lang),
            told: Told::Features,
            ..feature(about(
                &format!("{path}/items"),
                &id("getItems"),
                format!("{title}: {}", asked.pick("бүгд", "features")),
                Media::GeoJson,
                "featureCollection",
            ))
        },
        Operation {
            parameters: parameters::of_item(fields),
            told: Told::Feature,
            ..feature(about(
                &format!("{path}/items/{{featureId}}"),
                &id("getItem"),
                format!("{title}: {}", asked.pick("нэг нь", "one feature")),
                Media::GeoJson,
                "feature",
            ))
        },
    ];
    all.extend(Standard::ALL.into_iter().map(|standard| Operation {
        parameters: Vec::new(),
        json: None,
        told: Told::Alone(standard.content_type()),
        ..feature(about(
            &format!("{path}/{}", standard.file()),
            &id(standard.word()),
            format!("{title}: {}", standard.title(asked.lang)),
            Media::Json,
            "record",
        ))
    }));
    all.extend(Kind::ALL.into_iter().map(|kind| {
        feature(about(
            &format!("{path}/{}", kind.word()),
            &id(kind.word()),
            format!("{title}: {}", kind.title(asked.lang)),
            Media::Schema,
            "jsonSchema",
        ))
    }));
    all
}
