//! What CSV has no room for: that there is more, in which system its ground is, and its name as a file.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::asked::{Asked, Form, Media};
use super::items::{CONTENT_CRS, find, turns};
use super::link::Link;
use super::reference::Reference;
use crate::http::cache::Key;
use crate::http::error::Error;

/// Features that the query matches.
const NUMBER_MATCHED: HeaderName = HeaderName::from_static("ogc-numbermatched");
/// Features of this answer.
const NUMBER_RETURNED: HeaderName = HeaderName::from_static("ogc-numberreturned");

/// Adds the headers of a list of features as CSV.
///
/// - `id`: of the collection.
pub async fn tell(asked: Asked, id: String, headers: &mut HeaderMap) -> Result<(), Error> {
    let value = |text: &str| HeaderValue::try_from(text).map_err(Error::internal);
    let reference = Reference::read("crs", asked.parameter("crs"))?.east_first();
    headers.insert(CONTENT_CRS, value(&format!("<{}>", reference.uri))?);
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("attachment; filename=\"{id}.csv\""))?);
    let (app, content) = (asked.app.clone(), asked.world.turn.clone());
    let key = Key { content, answer: asked.named("headers of csv") };
    let told = app.made(key, move || Ok(lines(&asked, &id)?.into_bytes())).await?;
    let mut told = std::str::from_utf8(&told.bytes).map_err(Error::internal)?.lines();
    for name in [NUMBER_MATCHED, NUMBER_RETURNED, header::LINK] {
        headers.append(name, value(told.next().unwrap_or_default())?);
    }
    Ok(())
}

/// Values of the headers that follow from what is found, one a line.
fn lines(asked: &Asked, id: &str) -> Result<String, Error> {
    let world = &asked.world;
    let (_, question, found) = find(asked, world.tables.find(id)?, world)?;
    let mut links = asked.forms(Form::Csv, Media::Features);
    links.extend(turns(asked, &question, &found, Form::Csv));
    let links: Vec<String> = links.iter().map(link).collect();
    Ok(format!("{}\n{}\n{}", found.total, found.rows.len(), links.join(", ")))
}

/// As RFC 8288 has it; titles are left out, since a header has no letters for them.
fn link(Link { href, rel, kind, .. }: &Link) -> String {
    format!("<{href}>; rel=\"{rel}\"; type=\"{kind}\"")
}
