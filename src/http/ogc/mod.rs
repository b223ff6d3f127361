//! OGC API: the collections of [`crate::features`] as standard clients ask for them.
//!
//! Features Part 1 (core, GeoJSON, HTML, OpenAPI 3.0), Part 2 (reference systems), Part 3 (filters in CQL2), schemas,
//! sorting and selection of properties. Texts: <https://docs.ogc.org/is/17-069r4/17-069r4.html> and the parts after it.
//!
//! Tiles Part 1 (core, tilesets of all data and of a collection, vector tiles): [`tiles`].
//!
//! - Every document is JSON and a page; lists of operations, links and classes are data, so that routes, description
//!   and conformance say the same: [`api::operations`], [`landing`].
//! - Lists of features have a third form, CSV, with its paging in headers ([`csv`]). Pages have a form that asks for features
//!   ([`form`]); errors in a browser are pages ([`refusal`]).
//! - A page of items begins at `offset`. Links to the next one name no revision: who reads on while the data changes
//!   may meet a feature twice or miss one, and sees it by `revision` in each page. Whoever needs one state takes an
//!   export, or begins again when `revision` changes.
//! - Pages tell `revision` and `published_at` as exports do, and no `timeStamp`: that would be the moment of the
//!   answer, and equal pages have equal bytes and one ETag.

mod api;
mod asked;
mod collections;
mod csv;
mod form;
mod item;
mod items;
mod landing;
mod link;
mod map;
pub mod metadata;
mod question;
mod reference;
pub mod refusal;
mod schema;
mod tables;
mod tiles;

use axum::Router;

use super::{App, read};
use crate::model::Lang;

pub use asked::{Asked, Form, Media, form_of};
pub use collections::item_path;
pub use items::CONTENT_CRS;
pub use reference::Reference;
pub use tables::Tables;

/// Below the service.
pub const PATH: &str = "/ogc";

const HTML: &str = "text/html";
const CSV: &str = "text/csv";

/// Parameters that every document has.
const FORM_AND_LANGUAGE: [&str; 2] = ["f", "lang"];

pub fn routes() -> Router<App> {
    let routes = tiles::routes()
        .route("/ogc", read(landing::get_landing))
        .route("/ogc/", read(landing::get_landing))
        .route("/ogc/conformance", read(landing::get_conformance))
        .route("/ogc/api", read(api::get_api))
        .route("/ogc/api.html", read(api::get_page))
        .route("/ogc/collections", read(collections::list_collections))
        .route("/ogc/collections/{collection}", read(collections::get_collection))
        .route("/ogc/collections/{collection}/items", read(items::list_items))
        .route("/ogc/collections/{collection}/items/{feature}", read(item::get_item));
    let routes = metadata::Standard::ALL.into_iter().fold(routes, |routes, standard| {
        let path = format!("/ogc/collections/{{collection}}/{}", standard.file());
        let get = move |app, base, path, none, headers| standard.get(app, base, path, none, headers);
        routes.route(&path, read(get))
    });
    schema::Kind::ALL.into_iter().fold(routes, |routes, kind| {
        let path = format!("/ogc/collections/{{collection}}/{}", kind.word());
        routes.route(&path, read(move |path, asked| schema::get_schema(kind, path, asked)))
    })
}

/// The words of one of two languages.
const fn pick<'a>(lang: Lang, mn: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}
