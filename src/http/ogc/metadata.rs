//! Records of collections for catalogues: one catalogue of all, and each by itself in two standards.
//!
//! A record is in both languages at once, so nothing is negotiated and there are no parameters.

use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::PATH;
use super::asked::{Asked, json};
use super::link::{Link, rel};
use super::pick;
use super::tiles::has_all;
use crate::exports::metadata::{Record, Service, catalog, dataset, iso_record};
use crate::features::Collection;
use crate::http::answer::Answer;
use crate::http::cache::Key;
use crate::http::error::Error;
use crate::http::openapi::Refusals;
use crate::http::params::{NoParams, Params, Path};
use crate::http::proxy::Base;
use crate::http::{App, Settings, World};
use crate::model::Lang;

pub const JSON_LD: &str = "application/ld+json";

const CATALOG: &str = "/api/v1/catalog.jsonld";

/// How a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    Dcat,
    Iso,
}

impl Standard {
    pub const ALL: [Self; 2] = [Self::Dcat, Self::Iso];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Dcat => "dcat",
            Self::Iso => "iso19139",
        }
    }

    /// Below the collection.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Dcat => "metadata.jsonld",
            Self::Iso => "metadata.xml",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Dcat => JSON_LD,
            Self::Iso => "application/xml",
        }
    }

    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Dcat => pick(lang, "Мета өгөгдөл (DCAT 3)", "Metadata (DCAT 3)"),
            Self::Iso => pick(lang, "Мета өгөгдөл (ISO 19115)", "Metadata (ISO 19115)"),
        }
    }

    /// `GET /ogc/collections/{collection}/metadata.{jsonld|xml}`
    pub async fn get(
        self,
        State(app): State<App>,
        Extension(base): Extension<Base>,
        Path(id): Path<String>,
        Params(NoParams {}): Params<NoParams>,
        headers: HeaderMap,
    ) -> Result<Response, Error> {
        let world = app.world()?;
        world.tables.find(&id)?;
        let address = base.absolute()?;
        let word = self.word();
        let key = Key { content: world.turn.clone(), answer: format!("{word} of {id} at {address}") };
        let maker = app.clone();
        let make = move || {
            let record = record(service(&maker.settings, &address), &world, world.tables.find(&id)?);
            match self {
                Self::Dcat => json(&dataset(&record)),
                Self::Iso => Ok(iso_record(&record).into_bytes()),
            }
        };
        let body = app.made(key, make).await?;
        app.respond(&headers, Answer::new(body, self.content_type())).await
    }
}

/// What there is, for catalogues: DCAT 3 as JSON-LD, a dataset for each collection of `/ogc` with all its forms, in
/// both languages.
#[utoipa::path(get, path = "/api/v1/catalog.jsonld", tag = "exports",
    responses((status = 200, description = "DCAT 3", content_type = "application/ld+json", body = serde_json::Value),
        Refusals))]
pub async fn get_catalog(
    State(app): State<App>,
    Extension(base): Extension<Base>,
    Params(NoParams {}): Params<NoParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let world = app.world()?;
    let address = base.absolute()?;
    let key = Key { content: world.turn.clone(), answer: format!("catalogue at {address}") };
    let maker = app.clone();
    let make = move || {
        let service = service(&maker.settings, &address);
        let records: Vec<Record<'_>> =
            world.tables.collections().map(|one| record(service, &world, one)).collect();
        json(&catalog(&format!("{address}{CATALOG}"), &service, &records))
    };
    let body = app.made(key, make).await?;
    app.respond(&headers, Answer::new(body, JSON_LD)).await
}

/// From a collection to its records.
pub fn links(asked: &Asked, collection: &Collection) -> Vec<Link> {
    let link = |standard: Standard| {
        let href = format!("{}{PATH}/collections/{}/{}", asked.address, collection.id, standard.file());
        Link::new(href, "describedby", standard.content_type(), standard.title(asked.lang))
    };
    Standard::ALL.map(link).to_vec()
}

/// From the first document to the catalogue.
pub fn catalog_link(asked: &Asked) -> Link {
    let title = asked.pick("Каталог (DCAT 3)", "Catalogue (DCAT 3)");
    Link::new(format!("{}{CATALOG}", asked.address), rel::CATALOG, JSON_LD, title)
}

fn service<'a>(settings: &'a Settings, address: &'a str) -> Service<'a> {
    Service { address, licence: settings.licence.as_deref(), contact: settings.contact.as_deref() }
}

fn record<'a>(service: Service<'a>, world: &'a World, collection: &'a Collection) -> Record<'a> {
    let snapshot = &world.snapshot;
    let extent = world.tables.open(collection, snapshot).extent();
    Record::new(service, snapshot, collection, extent, has_all(snapshot, collection))
}
