//! Operations on tiles. Their ids end as the standard has it, so that programs find them.

use serde_json::{Value as Json, json};

use super::operations::{Operation, Told};
use super::parameters;
use crate::features::Collection;
use crate::http::ogc::asked::{Asked, Media};
use crate::http::ogc::tiles::{has_tiles, matrix};
use crate::http::tiles::MVT;
use crate::model::tile::ZOOM_MAX;

/// Of everything, and the tile matrix sets.
pub fn of_all(
    asked: &Asked,
    about: impl Fn(&str, &str, String, Media, &'static str) -> Operation,
) -> Vec<Operation> {
    let pick = |mn, en| asked.pick(mn, en).to_owned();
    let sets = about(
        "/tileMatrixSets",
        "getTileMatrixSetsList",
        pick("Хавтангийн торлолууд", "Tile matrix sets"),
        Media::Json,
        "tileMatrixSets",
    );
    let set = Operation {
        names_something: true,
        ..with_set(about(
            "/tileMatrixSets/{tileMatrixSetId}",
            "getTileMatrixSet",
            pick("Хавтангийн торлол", "Tile matrix set"),
            Media::Json,
            "tileMatrixSet",
        ))
    };
    let mut all = vec![tagged(sets), tagged(set)];
    all.extend(of_scope("", "dataset", asked.pick("Вектор хавтан", "Vector tiles"), about));
    all
}

/// Of a collection; none where tiles have no layer of it.
pub fn of_collection(
    asked: &Asked,
    collection: &Collection,
    about: impl Fn(&str, &str, String, Media, &'static str) -> Operation,
) -> Vec<Operation> {
    if !has_tiles(&asked.world.snapshot, collection) {
        return Vec::new();
    }
    let path = format!("/collections/{}", collection.id);
    let title = collection.title(&asked.world.snapshot, asked.lang);
    of_scope(&path, &format!("{}.collection", collection.id), &title, about)
}

fn of_scope(
    path: &str,
    id: &str,
    title: &str,
    about: impl Fn(&str, &str, String, Media, &'static str) -> Operation,
) -> Vec<Operation> {
    let operation = |path: String, verb: &str, schema| {
        let id = format!("{id}.vector.{verb}");
        Operation {
            names_something: true,
            ..tagged(about(&path, &id, title.to_owned(), Media::Json, schema))
        }
    };
    let list = operation(format!("{path}/tiles"), "getTileSetsList", "tileSets");
    let set = operation(format!("{path}/tiles/{{tileMatrixSetId}}"), "getTileSet", "tileSet");
    let tile = operation(
        format!("{path}/tiles/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"),
        "getTile",
        "tileSet",
    );
    // The standard has ids of matrices as text.
    let zooms: Vec<String> = (0..=ZOOM_MAX).map(|zoom| zoom.to_string()).collect();
    let zoom = in_path("tileMatrix", "Zoom.", &json!({"type": "string", "enum": zooms}));
    let numbers = [("tileRow", "Row from the north."), ("tileCol", "Column from the west.")];
    let numbers = numbers.map(|(name, description)| {
        let schema = json!({"type": "integer", "minimum": 0, "maximum": (1_u32 << ZOOM_MAX) - 1});
        in_path(name, description, &schema)
    });
    let f = json!({
        "name": "f", "in": "query", "required": false, "description": "The form.",
        "schema": {"type": "string", "enum": ["mvt"]},
    });
    let parameters = [set_parameter(), zoom].into_iter().chain(numbers).chain([f]).collect();
    vec![list, with_set(set), Operation { json: None, told: Told::Alone(MVT), parameters, ..tile }]
}

fn tagged(operation: Operation) -> Operation {
    Operation { tag: "tiles", ..operation }
}

fn with_set(operation: Operation) -> Operation {
    let shared = ["f", "lang"].map(parameters::reference);
    Operation { parameters: std::iter::once(set_parameter()).chain(shared).collect(), ..operation }
}

fn set_parameter() -> Json {
    in_path("tileMatrixSetId", "Id of a tile matrix set.", &json!({"type": "string", "enum": [matrix::ID]}))
}

fn in_path(name: &str, description: &str, schema: &Json) -> Json {
    json!({"name": name, "in": "path", "required": true, "description": description, "schema": schema})
}
