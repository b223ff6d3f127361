//! Documents of tiles: which tilesets and tile matrix sets there are, and what each holds.

use axum::response::Response;
use serde_json::{Map, Value as Json, json};

use super::{Scope, document, has_all, known_matrix_set, matrix};
use crate::cartography::MapMeasure;
use crate::http::error::Error;
use crate::http::ogc::asked::{Asked, Form, Media, json};
use crate::http::ogc::landing::{root, sheet};
use crate::http::ogc::link::{Link, rel};
use crate::http::ogc::{HTML, PATH};
use crate::http::params::Path;
use crate::http::tiles::MVT;
use crate::model::Lang;
use crate::model::tile::ZOOM_MAX;
use crate::pages::ogc::{Cell, Part, Sheet};
use crate::tiles::{FieldKind, TileJson, VectorLayer, tilejson};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// `GET /ogc/tileMatrixSets`
pub async fn list_matrix_sets(asked: Asked) -> Result<Response, Error> {
    document(asked, |asked, form| {
        let own = asked.forms(form, Media::Json);
        let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
        let to = asked.to(&format!("/tileMatrixSets/{}", matrix::ID), form);
        let set = Link::new(to, "self", kind, matrix::TITLE);
        if form == Form::Json {
            let set = json!({
                "id": matrix::ID, "title": matrix::TITLE, "uri": matrix::URI, "crs": matrix::CRS, "links": [set],
            });
            return json(&json!({"tileMatrixSets": [set], "links": own}));
        }
        let title = asked.pick("Хавтангийн торлолууд", "Tile matrix sets");
        Ok(page(asked, title, String::new(), vec![Part::list("", &[set]), ways(asked, &own)]))
    })
    .await
}

/// `GET /ogc/tileMatrixSets/{matrix_set}`
pub async fn get_matrix_set(Path(id): Path<String>, asked: Asked) -> Result<Response, Error> {
    known_matrix_set(&id)?;
    document(asked, |asked, form| {
        let own = asked.forms(form, Media::Json);
        let mut definition = matrix::definition();
        if form == Form::Json {
            definition["links"] = json!(own);
            return json(&definition);
        }
        let columns = ["id", "scaleDenominator", "cellSize", "matrixWidth"];
        let cell =
            |value: &Json| Cell::Number(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let row = |one: &Json| columns.iter().map(|&name| cell(&one[name])).collect();
        let rows = definition["tileMatrices"].as_array().into_iter().flatten().map(row);
        let parts = vec![
            Part::facts("", [("URI", matrix::URI.to_owned()), ("CRS", matrix::CRS.to_owned())]),
            Part::table("", columns, rows),
            ways(asked, &own),
        ];
        Ok(page(asked, matrix::TITLE, String::new(), parts))
    })
    .await
}

/// `GET /ogc/tiles`
pub async fn list_of_all(asked: Asked) -> Result<Response, Error> {
    list(asked, None).await
}

/// `GET /ogc/collections/{collection}/tiles`
pub async fn list_of_one(Path(collection): Path<String>, asked: Asked) -> Result<Response, Error> {
    list(asked, Some(collection)).await
}

/// `GET /ogc/tiles/{matrix_set}`
pub async fn get_of_all(Path(set): Path<String>, asked: Asked) -> Result<Response, Error> {
    known_matrix_set(&set)?;
    one(asked, None).await
}

/// `GET /ogc/collections/{collection}/tiles/{matrix_set}`
pub async fn get_of_one(
    Path((collection, set)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Error> {
    known_matrix_set(&set)?;
    one(asked, Some(collection)).await
}

async fn list(asked: Asked, collection: Option<String>) -> Result<Response, Error> {
    // Before there are boundaries all data have no tileset; a collection is refused.
    if collection.is_some() {
        Scope::find(&asked, collection.as_deref())?;
    }
    document(asked, move |asked, form| {
        let own = asked.forms(form, Media::Json);
        let scope = match &collection {
            Some(id) => Some(Scope::find(asked, Some(id))?),
            None => Scope::of_all(asked),
        };
        let told = scope.and_then(|scope| Told::of(asked, scope));
        if form == Form::Json {
            let tilesets: Vec<Json> = told.iter().map(|told| told.json(asked, form)).collect();
            return json(&json!({"tilesets": tilesets, "links": own}));
        }
        let sets: Vec<Link> = told.iter().map(|told| told.way(asked, form)).collect();
        let title = asked.pick("Вектор хавтангууд", "Vector tiles");
        Ok(page(asked, title, String::new(), vec![Part::list("", &sets), ways(asked, &own)]))
    })
    .await
}

async fn one(asked: Asked, collection: Option<String>) -> Result<Response, Error> {
    Scope::find(&asked, collection.as_deref())?;
    document(asked, move |asked, form| {
        let scope = Scope::find(asked, collection.as_deref())?;
        let told = Told::of(asked, scope);
        let told = told.ok_or_else(|| Error::internal("a tileset without a description"))?;
        if form == Form::Json {
            return json(&told.json(asked, form));
        }
        let layers = told.layers.iter().map(|layer| (layer.id.as_str(), layer.description.clone()));
        let mut links = asked.forms(form, Media::Json);
        links.extend(told.links(asked, form));
        let address = told.template(asked);
        let parts = vec![
            Part::facts(asked.pick("Хаяг", "Address"), [(MVT, address)]),
            Part::facts(asked.pick("Давхаргууд", "Layers"), layers),
            ways(asked, &links),
        ];
        Ok(page(asked, &told.title, told.description.clone(), parts))
    })
    .await
}

fn page(asked: &Asked, title: &str, lead: String, parts: Vec<Part>) -> Vec<u8> {
    asked.page(Sheet { lead, crumbs: vec![root(asked)], parts, ..sheet(asked, title) })
}

fn ways(asked: &Asked, links: &[Link]) -> Part {
    Part::links(asked.pick("Холбоос", "Links"), links)
}

/// A tileset with its description.
struct Told<'a> {
    scope: Scope<'a>,
    title: String,
    description: String,
    tilejson: TileJson,
    layers: Vec<VectorLayer>,
}

impl<'a> Told<'a> {
    fn of(asked: &Asked, scope: Scope<'a>) -> Option<Self> {
        let snapshot = &asked.world.snapshot;
        let tilejson = tilejson(snapshot, &scope.tileset, &asked.address, asked.lang)?;
        let mut layers = tilejson.vector_layers.clone();
        if let Some(own) = scope.layer() {
            layers.retain(|layer| layer.id == own);
        }
        let mut description = tilejson.description.clone();
        let title = match scope.collection {
            Some(collection) if has_all(snapshot, collection) => collection.title(snapshot, asked.lang),
            Some(collection) => {
                let vintage = scope.tileset.vintage()?;
                let lacks = match asked.lang {
                    Lang::Mn => format!("Зөвхөн {vintage} оны хилийн мөчлөгүүд; бүгд нь `items` дотор."),
                    Lang::En => format!("Cycles on the boundaries of {vintage} alone; `items` has all."),
                };
                description = format!("{lacks} {description}");
                let of_cycles = match asked.lang {
                    Lang::Mn => format!("{vintage} оны хилийн мөчлөгүүд"),
                    Lang::En => format!("cycles on the boundaries of {vintage}"),
                };
                format!("{}, {of_cycles}", collection.title(snapshot, asked.lang))
            }
            None => tilejson.name.clone(),
        };
        Some(Self { scope, title, description, tilejson, layers })
    }

    fn way(&self, asked: &Asked, form: Form) -> Link {
        let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
        let to = asked.to(&format!("{}/{}", self.scope.path(), matrix::ID), form);
        Link::new(to, "self", kind, &self.title)
    }

    fn template(&self, asked: &Asked) -> String {
        let path = self.scope.path();
        format!("{}{PATH}{path}/{}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", asked.address, matrix::ID)
    }

    /// To the scheme, the description for map libraries, and styles.
    fn links(&self, asked: &Asked, form: Form) -> Vec<Link> {
        let kind = if form == Form::Html { HTML } else { Media::Json.kind() };
        let address = &asked.address;
        let mut links = vec![Link::new(
            asked.to(&format!("/tileMatrixSets/{}", matrix::ID), form),
            rel::TILING_SCHEME,
            kind,
            matrix::TITLE,
        )];
        if self.scope.collection.is_none() {
            let tilejson = format!("{address}/tiles/{}.json", self.scope.tileset);
            links.push(Link::new(tilejson, "describedby", Media::Json.kind(), "TileJSON 3.0"));
            links.extend(MapMeasure::ALL.into_iter().map(|measure| {
                let style = format!("{address}/styles/{}.json", measure.word());
                Link::new(style, "stylesheet", Media::Json.kind(), measure.word())
            }));
        }
        links
    }

    fn json(&self, asked: &Asked, form: Form) -> Json {
        let mut links = vec![json!(self.way(asked, form))];
        links.extend(self.links(asked, form).iter().map(|link| json!(link)));
        let mut tiles = json!(Link::new(self.template(asked), "item", MVT, &self.title));
        tiles["templated"] = true.into();
        links.push(tiles);
        let snapshot = &asked.world.snapshot;
        let updated = jiff::Timestamp::from_second(snapshot.revision.published_at).unwrap_or_default();
        let limits: Vec<Json> = (0..=ZOOM_MAX).map(|z| self.limits(z)).collect();
        let mut all = json!({
            "title": self.title,
            "description": self.description,
            "dataType": "vector",
            "crs": matrix::CRS,
            "tileMatrixSetId": matrix::ID,
            "tileMatrixSetURI": matrix::URI,
            "links": links,
            "tileMatrixSetLimits": limits,
            "layers": self.layers.iter().map(described).collect::<Vec<_>>(),
            "attribution": self.tilejson.attribution,
            "mediaTypes": [MVT],
            "updated": updated.to_string(),
            "illustrative": self.tilejson.illustrative,
        });
        if let Some(licence) = &asked.app.settings.licence {
            all["license"] = licence.as_str().into();
        }
        if let Some([west, south, east, north]) = self.tilejson.bounds {
            all["boundingBox"] = json!({
                "lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84, "orderedAxes": ["Lon", "Lat"],
            });
        }
        if let Some([lon, lat, zoom]) = self.tilejson.center {
            all["centerPoint"] =
                json!({"coordinates": [lon, lat], "crs": CRS84, "tileMatrix": (zoom as u8).to_string()});
        }
        all
    }

    fn limits(&self, z: u8) -> Json {
        let [west, north, east, south] = self.scope.cover.limits(z);
        json!({
            "tileMatrix": z.to_string(),
            "minTileRow": north, "maxTileRow": south, "minTileCol": west, "maxTileCol": east,
        })
    }
}

fn described(layer: &VectorLayer) -> Json {
    let properties = layer.fields.iter().map(|(name, field)| {
        let mut schema = match field.kind {
            FieldKind::Text => json!({"type": "string"}),
            FieldKind::Count => json!({"type": "integer", "minimum": 0}),
            FieldKind::Number => json!({"type": "number"}),
        };
        schema["title"] = field.text.as_str().into();
        (name.clone(), schema)
    });
    let properties: Map<String, Json> = properties.collect();
    json!({
        "id": layer.id,
        "title": layer.description,
        "dataType": "vector",
        "geometryDimension": layer.dimension,
        "minTileMatrix": layer.minzoom.to_string(),
        "maxTileMatrix": layer.maxzoom.to_string(),
        "propertiesSchema": {"type": "object", "properties": properties},
    })
}
