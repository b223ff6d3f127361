//! The first document, and which parts of the standards are kept.

use axum::response::Response;
use serde_json::json;

use super::asked::{Asked, Form, Media, json};
use super::link::{Link, rel};
use super::{FORM_AND_LANGUAGE, HTML, metadata};
use crate::http::error::Error;
use crate::model::Lang;
use crate::pages::ogc::{Part, Sheet};

const TITLE: &str = "HLP Tracker: OGC API";

/// Classes of conformance; each room of the API adds its own.
const CLASSES: &[&[&str]] = &[
    super::tiles::CLASSES,
    &[
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
        "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/schemas",
        "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/advanced-property-roles",
        "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/returnables-and-receivables",
        "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/sortables",
        "http://www.opengis.net/spec/ogcapi-features-6/1.0/conf/properties",
        "http://www.opengis.net/spec/ogcapi-features-6/1.0/conf/properties-features",
        "http://www.opengis.net/spec/ogcapi-features-8/1.0/conf/sortables",
        "http://www.opengis.net/spec/ogcapi-features-8/1.0/conf/sorting",
        "http://www.opengis.net/spec/ogcapi-features-8/1.0/conf/features-sorting",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
        "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
        "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
        "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
        "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
        "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    ],
];

/// `GET /ogc`
pub async fn get_landing(asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.answer(Media::Json, landing).await
}

fn landing(asked: &Asked, form: Form) -> Result<Vec<u8>, Error> {
    let description = asked.pick(
        "Улаанбаатарын дүүрэг, хорооны хил, сайн туршлага, тэдгээрийн нутагшуулалт. Зөвхөн унших, түлхүүр шаардахгүй.",
        "Boundaries of Ulaanbaatar's districts and khoroos, good practices and their replications. Read only; no key needed.",
    );
    let mut links = asked.forms(form, Media::Json);
    links.extend(next_documents(asked, form));
    let illustrative = asked.world.snapshot.illustrative;
    if form == Form::Json {
        return json(&json!({
            "title": TITLE,
            "description": description,
            "illustrative": illustrative,
            "attribution": asked.app.settings.licence,
            "links": links,
        }));
    }
    let lead = description.to_owned();
    Ok(asked.page(Sheet {
        lead,
        parts: vec![Part::links(asked.pick("Холбоос", "Links"), &links)],
        ..sheet(asked, TITLE)
    }))
}

/// Where one goes on from here.
fn next_documents(asked: &Asked, form: Form) -> Vec<Link> {
    let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
    vec![
        Link::new(
            asked.to("/api", Form::Json),
            "service-desc",
            Media::OpenApi.kind(),
            asked.pick("Хаягуудын тайлбар (OpenAPI 3.0)", "Description of the addresses (OpenAPI 3.0)"),
        ),
        Link::new(
            asked.to("/api", Form::Html),
            "service-doc",
            HTML,
            asked.pick("Хаягуудын тайлбар", "Description of the addresses"),
        ),
        Link::new(
            asked.to("/conformance", form),
            "conformance",
            kind,
            asked.pick("Баримталсан стандартууд", "Standards that are kept"),
        ),
        Link::new(asked.to("/collections", form), "data", kind, asked.pick("Цуглуулгууд", "Collections")),
        metadata::catalog_link(asked),
        Link::new(
            asked.to("/tiles", form),
            rel::TILESETS,
            kind,
            asked.pick("Вектор хавтангууд", "Vector tiles"),
        ),
        Link::new(
            asked.to("/tileMatrixSets", form),
            rel::TILING_SCHEMES,
            kind,
            asked.pick("Хавтангийн торлолууд", "Tile matrix sets"),
        ),
    ]
}

/// `GET /ogc/conformance`
pub async fn get_conformance(asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.answer(Media::Json, conformance).await
}

fn conformance(asked: &Asked, form: Form) -> Result<Vec<u8>, Error> {
    let classes: Vec<&str> = CLASSES.iter().copied().flatten().copied().collect();
    let links = asked.forms(form, Media::Json);
    if form == Form::Json {
        return json(&json!({"conformsTo": classes, "links": links}));
    }
    let title = asked.pick("Баримталсан стандартууд", "Standards that are kept");
    let classes = classes.into_iter().map(|class| Link::new(class, "", "", class)).collect::<Vec<_>>();
    let parts = vec![
        Part::links(asked.pick("Нийцлийн ангиуд", "Classes of conformance"), &classes),
        Part::links(asked.pick("Холбоос", "Links"), &links),
    ];
    Ok(asked.page(Sheet { parts, crumbs: vec![root(asked)], ..sheet(asked, title) }))
}

/// A page without anything on it.
pub fn sheet(asked: &Asked, title: impl Into<String>) -> Sheet {
    let other = match asked.lang {
        Lang::Mn => "en",
        Lang::En => "mn",
    };
    Sheet {
        title: title.into(),
        lead: String::new(),
        other_language: asked.here(Form::Html, &[("lang", other)]),
        crumbs: Vec::new(),
        parts: Vec::new(),
    }
}

/// The way back to the first document.
pub fn root(asked: &Asked) -> (String, String) {
    (TITLE.to_owned(), asked.to("", Form::Html))
}
