//! Features of a collection, a page at a time.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use serde_json::json;

use super::asked::{Asked, Form, Media};
use super::collections::{item_path, up, way_to};
use super::form::{filled, form};
use super::landing::{root, sheet};
use super::link::Link;
use super::map::map;
use super::question::{LIMIT_MAX, Question};
use super::reference::Reference;
use super::schema::Kind as SchemaKind;
use super::{HTML, csv, pick};
use crate::exports::{push_feature_shown, write_csv_shown};
use crate::features::{Collection, Field, Shape, Table, Value};
use crate::http::World;
use crate::http::error::Error;
use crate::http::params::{Path, invalid};
use crate::model::{Lang, written};
use crate::pages::ogc::{Cell, Part, Sheet};
use crate::pages::published_on;
use crate::snapshot::{Snapshot, property};

/// Points of ground beyond which a page ends before its limit. Too low: clients ask more often. Too high: a page
/// fills tens of megabytes.
const PAGE_VERTICES: usize = 1_000_000;

/// About what a point of ground and all else of a feature take as JSON, so that a page is moved seldom while it grows.
const VERTEX_BYTES: usize = 25;
const FEATURE_BYTES: usize = 768;

/// Says in which system the coordinates of an answer are.
pub const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// `GET /ogc/collections/{collection}/items`
pub async fn list_items(Path(id): Path<String>, asked: Asked) -> Result<Response, Error> {
    asked.world.tables.find(&id)?;
    let (form, _) = asked.form(Media::Features)?;
    if form == Form::Html
        && let Some(moved) = filled(&asked)
    {
        return moved;
    }
    let kind = SchemaKind::Queryables;
    let fields = format!("<{}>; rel=\"{}\"", asked.plainly_to(&kind.path(&id)), kind.rel());
    let fields = HeaderValue::try_from(fields).map_err(Error::internal)?;
    let beside = (form == Form::Csv).then(|| (asked.clone(), id.clone()));
    let mut response = answer(asked, Media::Features, move |asked, form| page(asked, &id, form)).await?;
    response.headers_mut().insert(header::LINK, fields);
    if let Some((asked, id)) = beside {
        csv::tell(asked, id, response.headers_mut()).await?;
    }
    Ok(response)
}

/// An answer with coordinates.
pub async fn answer<F>(asked: Asked, media: Media, make: F) -> Result<Response, Error>
where
    F: FnOnce(&Asked, Form) -> Result<Vec<u8>, Error> + Send + 'static,
{
    let reference = Reference::read("crs", asked.parameter("crs"))?;
    let mut response = asked.answer(media, make).await?;
    let named = HeaderValue::from_str(&format!("<{}>", reference.uri)).map_err(Error::internal)?;
    response.headers_mut().insert(CONTENT_CRS, named);
    Ok(response)
}

/// A part of what is found.
pub struct Found {
    pub rows: Vec<u32>,
    /// Of the ground that is shown.
    n_vertices: usize,
    pub total: usize,
}

impl Found {
    /// The rows of the page.
    fn of(table: &Table, question: &Question, all: &[u32]) -> Self {
        let rest = all.iter().skip(question.offset).take(question.limit);
        let mut found = Self { rows: Vec::new(), n_vertices: 0, total: all.len() };
        for &row in rest {
            if question.shown.geometry
                && let Shape::MultiPolygon(ground) = table.shape(row as usize)
            {
                let n_vertices = found.n_vertices + ground.n_vertices();
                if n_vertices > PAGE_VERTICES && !found.rows.is_empty() {
                    break;
                }
                found.n_vertices = n_vertices;
            }
            found.rows.push(row);
        }
        found
    }
}

/// What a page of items shows, and of which table.
pub fn find<'a>(
    asked: &Asked,
    collection: &Collection,
    world: &'a World,
) -> Result<(&'a Table, Question, Found), Error> {
    let table = world.tables.open(collection, &world.snapshot);
    let question = Question::read(asked, table)?;
    let all = table.select(&question.query).map_err(|error| {
        let filter = asked.parameter("filter").unwrap_or_default();
        invalid("filter", filter, error)
    })?;
    let found = Found::of(table, &question, &all);
    Ok((table, question, found))
}

fn page(asked: &Asked, id: &str, form: Form) -> Result<Vec<u8>, Error> {
    let world = &asked.world;
    let collection = world.tables.find(id)?;
    let (table, question, found) = find(asked, collection, world)?;
    let mut links = asked.forms(form, Media::Features);
    links.extend(turns(asked, &question, &found, form));
    let to_collection = asked.to(&format!("/collections/{id}"), form);
    let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
    links.push(Link::new(to_collection, "collection", kind, collection.title(&world.snapshot, asked.lang)));
    Ok(match form {
        Form::Json => as_json(asked, collection, table, &question, &found, &links)?,
        Form::Csv => {
            let mut out = Vec::new();
            let written =
                write_csv_shown(collection.geometry(), table, &found.rows, &question.shown, &mut out);
            written.map_err(Error::internal)?;
            out
        }
        Form::Html => as_page(asked, collection, table, &question, &found, &links),
    })
}

/// To the pages before and after.
pub fn turns(asked: &Asked, question: &Question, found: &Found, form: Form) -> Vec<Link> {
    let kind = Media::Features.kind_of(form);
    let to =
        |paging: &[(&str, &str)], rel, title: &str| Link::new(asked.here(form, paging), rel, kind, title);
    let end = question.offset + found.rows.len();
    let next = (!found.rows.is_empty() && end < found.total)
        .then(|| to(&[("offset", &end.to_string())], "next", asked.pick("Дараагийн хуудас", "Next page")));
    let end_before = question.offset.min(found.total);
    let before = end_before.saturating_sub(question.limit);
    let (offset, rest) = (before.to_string(), (end_before - before).to_string());
    // What is left in front of this page may be less than a page.
    let is_short = (1..question.limit).contains(&(end_before - before));
    let paging = [("offset", offset.as_str()), ("limit", rest.as_str())];
    let paging = if is_short { &paging[..] } else { &paging[..1] };
    let prev = (question.offset > 0).then(|| to(paging, "prev", asked.pick("Өмнөх хуудас", "Previous page")));
    next.into_iter().chain(prev).collect()
}

/// When the revision was published; RFC 3339.
pub fn published_at(snapshot: &Snapshot) -> String {
    jiff::Timestamp::from_second(snapshot.revision.published_at).unwrap_or_default().to_string()
}

fn as_json(
    asked: &Asked,
    collection: &Collection,
    table: &Table,
    question: &Question,
    found: &Found,
    links: &[Link],
) -> Result<Vec<u8>, Error> {
    let snapshot = &asked.world.snapshot;
    let head = json!({
        "type": "FeatureCollection",
        "title": collection.title(snapshot, asked.lang),
        "numberMatched": found.total,
        "numberReturned": found.rows.len(),
        "published_at": published_at(snapshot),
        "revision": snapshot.revision.seq,
        "illustrative": snapshot.illustrative,
        "links": links,
    });
    let mut out = serde_json::to_vec(&head).map_err(Error::internal)?;
    // The features go into the same object.
    out.pop();
    out.extend_from_slice(b",\"features\":[");
    out.reserve(found.n_vertices * VERTEX_BYTES + found.rows.len() * FEATURE_BYTES);
    for (place, &row) in found.rows.iter().enumerate() {
        out.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
        push_feature_shown(table, row as usize, &question.shown, &mut out);
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(out)
}

fn as_page(
    asked: &Asked,
    collection: &Collection,
    table: &Table,
    question: &Question,
    found: &Found,
    links: &[Link],
) -> Vec<u8> {
    let snapshot = &asked.world.snapshot;
    let shown = columns(table, question);
    let mut values = Vec::new();
    let rows = found.rows.iter().map(|&row| {
        let row = row as usize;
        let id = table.id(row).into_owned();
        let to = asked.to(&item_path(&collection.id, &id), Form::Html);
        table.values(row, &mut values);
        let cells = shown.iter().map(|&at| cell(&table.fields[at], &values[at], asked.lang));
        std::iter::once(Cell::Link { text: id, href: to }).chain(cells).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let heads = shown.iter().map(|&at| table.fields[at].title(asked.lang).to_owned());
    let heads: Vec<String> = std::iter::once(asked.pick("Танигч", "Id").to_owned()).chain(heads).collect();
    let title = collection.title(snapshot, asked.lang);
    let (n_rows, before) = (found.rows.len(), question.offset);
    let count = |n: usize| written::count(n as i64, asked.lang);
    let facts = vec![
        (asked.pick("Нийт", "Matched"), count(found.total)),
        (
            asked.pick("Энэ хуудсанд", "On this page"),
            if n_rows == 0 {
                count(0)
            } else {
                format!("{} ({}–{})", count(n_rows), count(before + 1), count(before + n_rows))
            },
        ),
        (
            asked.pick("Нийтэлсэн", "Published"),
            published_on(snapshot).map(|day| written::day(day, asked.lang)).unwrap_or_default(),
        ),
        (asked.pick("Хувилбар", "Revision"), written::count(snapshot.revision.seq, asked.lang)),
    ];
    let drawn = found.rows.iter().map(|&row| row as usize);
    let map = question.shown.geometry.then(|| map(asked, collection, table, drawn, None)).flatten();
    let mut parts = vec![
        Part::Form(form(asked, collection, table, None)),
        Part::facts(asked.pick("Олдсон нь", "Found"), facts),
    ];
    parts.extend(map);
    parts.push(Part::turns(asked.pick("Хуудсууд", "Pages"), &turns(asked, question, found, Form::Html)));
    if !rows.is_empty() {
        parts.push(Part::Table { title: String::new(), columns: heads, rows });
    }
    parts.extend([
        Part::turns(
            asked.pick("Хуудсууд, хүснэгтийн доор", "Pages, below the table"),
            &turns(asked, question, found, Form::Html),
        ),
        Part::links(asked.pick("Яг энэ асуултаар", "Exactly this query"), &files(asked, found)),
        Part::links(asked.pick("Холбоос", "Links"), links),
    ]);
    let crumbs = vec![root(asked), up(asked), way_to(asked, collection)];
    asked.page(Sheet { crumbs, parts, ..sheet(asked, title) })
}

/// What was asked, for other programs: this page, and all that was found as far as one page goes.
fn files(asked: &Asked, found: &Found) -> Vec<Link> {
    let n = found.total.min(LIMIT_MAX);
    let limit = LIMIT_MAX.to_string();
    let all = [("offset", "0"), ("limit", limit.as_str())];
    let (mn, en) = if n < found.total { ("эхний", "the first") } else { ("бүгд", "all") };
    let told = format!("{} {}", asked.pick(mn, en), written::count(n as i64, asked.lang));
    let link = |form: Form, name: &str, paging: &[(&str, &str)], told: &str| {
        let kind = Media::Features.kind_of(form);
        Link::new(asked.here(form, paging), "alternate", kind, format!("{name}, {told}"))
    };
    let page = asked.pick("энэ хуудас", "this page");
    let mut links = vec![link(Form::Json, "GeoJSON", &[], page), link(Form::Csv, "CSV", &[], page)];
    if found.rows.len() < n {
        links.extend([link(Form::Json, "GeoJSON", &all, &told), link(Form::Csv, "CSV", &all, &told)]);
    }
    links
}

fn columns(table: &Table, question: &Question) -> Vec<usize> {
    question.shown.fields.clone().unwrap_or_else(|| (0..table.fields.len()).collect())
}

/// A value on a page, as people write it.
pub fn cell(field: &Field, value: &Value<'_>, lang: Lang) -> Cell {
    match value {
        // Years have no groups of digits.
        Value::Integer(year) if field.name.starts_with(property::POPULATION_YEAR) => {
            Cell::Number(year.to_string())
        }
        Value::Integer(number) => Cell::Number(written::count(*number, lang)),
        Value::Number(number) => {
            let is_area = field.name == "area_km2";
            let n_decimals = if is_area { written::AREA_DECIMALS } else { written::RATE_DECIMALS };
            Cell::Number(written::decimal(*number, n_decimals, lang))
        }
        Value::Boolean(truth) => Cell::text(yes_or_no(*truth, lang)),
        Value::Date(day) => Cell::Text(written::day(*day, lang)),
        Value::Text(text) => Cell::text(&**text),
        // Unknown, which is not 0 and not empty.
        Value::Null => Cell::text("–"),
    }
}

pub const fn yes_or_no(truth: bool, lang: Lang) -> &'static str {
    if truth { pick(lang, "тийм", "yes") } else { pick(lang, "үгүй", "no") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::FieldKind;

    #[test]
    fn years_have_no_groups_of_digits_and_counts_have() {
        for (name, expected) in [
            ("population_year", "2022"),
            ("population_year_2024", "2022"),
            ("population_2024", "2,022"),
            ("households", "2,022"),
        ] {
            let field = Field::new(name, FieldKind::Integer, name, name);
            let Cell::Number(told) = cell(&field, &Value::Integer(2022), Lang::En) else { panic!("{name}") };
            assert_eq!(told, expected, "{name}");
        }
    }
}
