//! Errors as pages, for browsers; programs get them as everywhere else.
//!
//! The page says the same as the problem document, shows what was asked as it came, and has the form still filled
//! in where there is one.

use axum::http::HeaderMap;

use super::PATH;
use super::asked::{Asked, Form, Media, form_of};
use super::collections::{up, way_to};
use super::form::form;
use super::landing::{root, sheet};
use super::link::Link;
use crate::features::Collection;
use crate::http::error::Refused;
use crate::model::Lang;
use crate::pages::ogc::{Part, Sheet};

/// Of a request that is shown.
const REQUEST_CHARS_MAX: usize = 2_000;

/// True for addresses of this API.
pub fn is_ours(path: &str) -> bool {
    path.strip_prefix(PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A form that is asked for by name counts more than what a browser likes.
pub fn wants_page(query: &str, headers: &HeaderMap) -> bool {
    let mut asked = form_urlencoded::parse(query.as_bytes());
    match asked.find(|(name, _)| name == "f").map(|(_, form)| form.into_owned()).as_deref() {
        Some("html") => true,
        Some("json" | "geojson" | "csv" | "mvt") => false,
        _ => form_of(headers, Media::GeoJson).is_ok_and(|form| form == Form::Html),
    }
}

/// - `came`: path and query of the request.
pub fn page(asked: &Asked, refused: &Refused, came: &str) -> Vec<u8> {
    let (title, lead) = words(asked, refused.status.as_u16());
    let collection = collection(asked);
    let status = refused.status.canonical_reason().unwrap_or_default();
    let facts = [
        (asked.pick("Хүсэлт", "Request"), came.chars().take(REQUEST_CHARS_MAX).collect()),
        (asked.pick("Төлөв", "Status"), format!("{} {status}", refused.status.as_u16())),
        (asked.pick("Код", "Code"), refused.code.to_owned()),
    ];
    let mut parts = vec![
        Part::Fault {
            detail: refused.detail.clone(),
            allowed_title: asked.pick("Зөвшөөрөгдөх нь", "Allowed").to_owned(),
            allowed: refused.allowed.clone(),
        },
        Part::facts("", facts),
    ];
    let mut crumbs = vec![root(asked)];
    let mut links = vec![(asked.to("", Form::Html), asked.pick("Эхний хуудас", "First page").to_owned())];
    if let Some(collection) = collection {
        let world = &asked.world;
        let path = format!("/collections/{}", collection.id);
        if asked.path == format!("{PATH}{path}/items") {
            let table = world.tables.open(collection, &world.snapshot);
            parts.push(Part::Form(form(asked, collection, table, refused.parameter.as_deref())));
        }
        crumbs.extend([up(asked), way_to(asked, collection)]);
        let to = |below: &str| asked.to(&format!("{path}{below}"), Form::Html);
        links = vec![
            (to(""), collection.title(&world.snapshot, asked.lang)),
            (to("/items"), asked.pick("Бүх мөр", "All features").to_owned()),
            (to("/queryables"), asked.pick("Шүүж болох талбарууд", "Properties to filter by").to_owned()),
        ];
    }
    let links: Vec<Link> =
        links.into_iter().map(|(href, title)| Link::new(href, "", super::HTML, title)).collect();
    parts.push(Part::links(asked.pick("Цааш", "From here"), &links));
    asked.page(Sheet { lead: lead.to_owned(), crumbs, parts, ..sheet(asked, title) })
}

/// The collection that the path names, if there is one.
fn collection(asked: &Asked) -> Option<&Collection> {
    let rest = asked.path.strip_prefix(PATH)?.strip_prefix("/collections/")?;
    asked.world.tables.find(rest.split('/').next()?).ok()
}

fn words(asked: &Asked, status: u16) -> (&'static str, &'static str) {
    let (mn, en) = match status {
        404 | 410 => (
            ("Ийм зүйл алга", "Энэ хаягт юу ч алга, эсвэл авагдсан."),
            ("Nothing is there", "There is nothing at this address, or no longer."),
        ),
        400..500 => (
            ("Хүсэлтийг ойлгосонгүй", "Доор заасныг засаад дахин илгээнэ үү."),
            ("The request was not understood", "Mend what is named below and send it again."),
        ),
        503 => (
            ("Одоо ачаалал их байна", "Түр хүлээгээд дахин оролдоно уу."),
            ("Too busy just now", "Wait a moment and try again."),
        ),
        _ => (
            ("Хариулж чадсангүй", "Алдаа манайх. Дараа дахин оролдоно уу."),
            ("No answer", "The fault is ours. Try again later."),
        ),
    };
    match asked.lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}
