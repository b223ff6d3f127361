//! What there is: each collection with its extent, systems and ways on.

use axum::response::Response;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::asked::{Asked, Form, Media, json};
use super::items::yes_or_no;
use super::landing::{root, sheet};
use super::link::{Link, rel};
use super::map::map;
use super::reference::Reference;
use super::schema::Kind as SchemaKind;
use super::{FORM_AND_LANGUAGE, HTML, metadata, tiles};
use crate::exports::Format;
use crate::features::{Collection, Extent, GeometryType, Kind};
use crate::http::error::Error;
use crate::http::params::Path;
use crate::model::written;
use crate::pages::ogc::{Part, Reference as PageLink, Sheet};
use crate::snapshot::Level;

/// `GET /ogc/collections`
pub async fn list_collections(asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.answer(Media::Json, list).await
}

fn list(asked: &Asked, form: Form) -> Result<Vec<u8>, Error> {
    let world = &asked.world;
    let links = asked.forms(form, Media::Json);
    if form == Form::Json {
        let all: Vec<Json> = world.tables.collections().map(|one| described(asked, one, form)).collect();
        let systems = Reference::ALL.map(|one| one.uri);
        return json(&json!({"links": links, "crs": systems, "collections": all}));
    }
    let one = |collection: &Collection| PageLink {
        href: asked.to(&format!("/collections/{}", collection.id), Form::Html),
        title: collection.title(&world.snapshot, asked.lang),
        rel: String::new(),
        kind: String::new(),
        note: format!("{}. {}", collection.id, collection.description(asked.lang)),
    };
    let all = world.tables.collections().map(one);
    let title = asked.pick("Цуглуулгууд", "Collections");
    let parts = vec![
        Part::list("", all),
        Part::links(asked.pick("Холбоос", "Links"), &links),
        Part::words(asked.pick("Солбицлын систем", "Reference systems"), &Reference::ALL.map(|one| one.uri)),
    ];
    Ok(asked.page(Sheet { parts, crumbs: vec![root(asked)], ..sheet(asked, title) }))
}

/// `GET /ogc/collections/{collection}`
pub async fn get_collection(Path(id): Path<String>, asked: Asked) -> Result<Response, Error> {
    asked.know(FORM_AND_LANGUAGE.into_iter())?;
    asked.world.tables.find(&id)?;
    asked.answer(Media::Json, move |asked, form| one(asked, &id, form)).await
}

fn one(asked: &Asked, id: &str, form: Form) -> Result<Vec<u8>, Error> {
    let collection = asked.world.tables.find(id)?;
    let mut all = described(asked, collection, form);
    if form == Form::Json {
        let own = asked.forms(form, Media::Json);
        if let Json::Array(links) = &mut all["links"] {
            links.retain(|link| link["rel"] != "self");
            for (place, link) in own.iter().enumerate() {
                links.insert(place, json!(link));
            }
        }
        return json(&all);
    }
    let text = |name: &str| all[name].as_str().unwrap_or_default().to_owned();
    let Ways { items, files, schemas, mut others } = ways(asked, collection, form);
    others.splice(0..0, asked.forms(form, Media::Json));
    let mut facts = vec![
        (asked.pick("Танигч", "Id"), text("id")),
        (
            asked.pick("Зохиомол", "Illustrative"),
            yes_or_no(asked.world.snapshot.illustrative, asked.lang).to_owned(),
        ),
    ];
    let table = asked.world.tables.open(collection, &asked.world.snapshot);
    if let Some(bounds) = table.extent().bbox() {
        let bounds = bounds.map(|number| number.to_string()).join(", ");
        facts.push((asked.pick("Хүрээ (CRS84)", "Bounds (CRS84)"), bounds));
    }
    if let Some(days) = table.extent().days {
        let end = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| written::day(day, asked.lang));
        facts.push((asked.pick("Хугацаа", "Time"), format!("{} – {}", end(days.from), end(days.to))));
    }
    let mut parts = vec![
        Part::facts(asked.pick("Тухай", "About"), facts),
        Part::links(
            asked.pick("Бүх мөр: харах, шүүх, эрэмбэлэх", "All features: look, filter, sort"),
            &items,
        ),
        Part::links(asked.pick("Файлаар татах", "Files to download"), &files),
        Part::links(asked.pick("Талбарууд", "Properties"), &schemas),
    ];
    parts.extend(map(asked, collection, table, 0..table.len(), None));
    parts.extend([
        Part::links(asked.pick("Холбоос", "Links"), &others),
        Part::words(asked.pick("Солбицлын систем", "Reference systems"), &Reference::ALL.map(|one| one.uri)),
    ]);
    let crumbs = vec![root(asked), up(asked)];
    Ok(asked.page(Sheet { lead: text("description"), parts, crumbs, ..sheet(asked, text("title")) }))
}

/// The way back to all collections.
pub fn up(asked: &Asked) -> (String, String) {
    (asked.pick("Цуглуулгууд", "Collections").to_owned(), asked.to("/collections", Form::Html))
}

/// The way back to one of them.
pub fn way_to(asked: &Asked, collection: &Collection) -> (String, String) {
    let to = asked.to(&format!("/collections/{}", collection.id), Form::Html);
    (collection.title(&asked.world.snapshot, asked.lang), to)
}

fn described(asked: &Asked, collection: &Collection, form: Form) -> Json {
    let world = &asked.world;
    let table = world.tables.open(collection, &world.snapshot);
    let path = format!("/collections/{}", collection.id);
    let mut links = vec![Link::new(
        asked.to(&path, Form::Json),
        "self",
        Media::Json.kind(),
        asked.pick("Энэ цуглуулга", "This collection"),
    )];
    let Ways { items, files, schemas, others } = ways(asked, collection, form);
    links.extend([items, schemas, files, others].into_iter().flatten());
    let mut all = json!({
        "id": collection.id,
        "title": collection.title(&world.snapshot, asked.lang),
        "description": collection.description(asked.lang),
        "links": links,
        "extent": extent(&table.extent()),
        "itemType": "feature",
        "crs": Reference::ALL.map(|one| one.uri),
    });
    if collection.geometry() != GeometryType::None {
        all["storageCrs"] = Reference::DEFAULT.uri.into();
    }
    all["illustrative"] = world.snapshot.illustrative.into();
    all
}

/// From a collection to its features and to what is said of them.
struct Ways {
    items: Vec<Link>,
    files: Vec<Link>,
    schemas: Vec<Link>,
    others: Vec<Link>,
}

fn ways(asked: &Asked, collection: &Collection, form: Form) -> Ways {
    let snapshot = &asked.world.snapshot;
    let path = format!("/collections/{}", collection.id);
    let title = collection.title(snapshot, asked.lang);
    // On its own page the collection's name stands above.
    let named = |what: &str| if form == Form::Html { what.to_owned() } else { format!("{title}: {what}") };
    let item = |of: Form, what: &str| {
        Link::new(asked.to(&format!("{path}/items"), of), "items", Media::Features.kind_of(of), named(what))
    };
    let mut items = vec![
        item(Form::Json, "GeoJSON"),
        item(Form::Html, asked.pick("Хуудас", "Page")),
        item(Form::Csv, "CSV"),
    ];
    if form == Form::Html {
        items.swap(0, 1);
    }
    let schemas = SchemaKind::ALL.into_iter().map(|kind| {
        let path = kind.path(&collection.id);
        // The address of a schema is its `$id`, which has no parameters.
        let (to, kind_of_form) = match form {
            Form::Html => (asked.to(&path, form), HTML),
            Form::Json | Form::Csv => (asked.plainly_to(&path), Media::Schema.kind()),
        };
        Link::new(to, kind.rel(), kind_of_form, kind.title(asked.lang))
    });
    let mut others = Vec::new();
    if tiles::has_all(snapshot, collection) {
        let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
        let words = asked.pick("Вектор хавтан", "vector tiles");
        let to = asked.to(&format!("{path}/tiles"), form);
        others.push(Link::new(to, rel::TILESETS, kind, named(words)));
    }
    let held = Format::ALL.iter().filter(|format| format.holds(collection, snapshot));
    let files = held.map(|format| {
        let href = format!("{}/exports/{}.{}", asked.address, collection.id, format.extension());
        Link::new(href, "enclosure", format.content_type(), named(format.extension()))
    });
    let about = format!("{}/{}/about#definitions", asked.address, asked.lang.tag());
    let told = asked.pick("Тоо бүрийн утга", "What every figure means");
    others.push(Link::new(about, "describedby", HTML, told).in_language(asked.lang));
    others.extend(metadata::links(asked, collection));
    others.extend(coloured(asked, collection));
    let licence = asked.app.settings.licence.as_deref();
    if let Some(address) = licence.filter(|text| text.starts_with("https://") || text.starts_with("http://"))
    {
        others.push(Link::new(address, "license", HTML, asked.pick("Лиценз", "Licence")));
    }
    Ways { items, files: files.collect(), schemas: schemas.collect(), others }
}

/// To a layer of QGIS in the colours of the map, where there is one.
fn coloured(asked: &Asked, collection: &Collection) -> Option<Link> {
    let level = match collection.kind {
        Kind::Districts => Level::District,
        Kind::Khoroos => Level::Khoroo,
        _ => return None,
    };
    let snapshot = &asked.world.snapshot;
    let view = collection.view(snapshot).filter(|_| collection.has_ground(snapshot))?;
    let (address, vintage, level, lang) = (&asked.address, &view.vintage.id, level.word(), asked.lang.tag());
    let href = format!("{address}/styles/identifications.qlr?vintage={vintage}&level={level}&lang={lang}");
    let words = asked.pick("QGIS-ийн давхарга, өнгөтэй", "Layer of QGIS, coloured");
    Some(Link::new(href, "related", "application/xml", words).in_language(asked.lang))
}

fn extent(extent: &Extent) -> Json {
    let mut all = json!({});
    if let Some(bbox) = extent.bbox() {
        all["spatial"] = json!({"bbox": [bbox], "crs": Reference::DEFAULT.uri});
    }
    if let Some(days) = extent.days {
        let moments = days.moments();
        let told = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        all["temporal"] = json!({
            "interval": [[told(moments.start), told(moments.end)]],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        });
    }
    all
}

/// Address of an item, without its form.
pub fn item_path(collection: &str, id: &str) -> String {
    let id: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
    format!("/collections/{collection}/items/{}", id.replace('+', "%20").replace("%3A", ":"))
}
