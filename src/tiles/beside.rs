//! `TileJSON` of context that comes from a file beside the store.
//!
//! Owns: how layers and sources of such a file are described. What an archive says of itself is handed on; of
//! its attribution, words and links to the web.

use super::tilejson::{
    Field, FieldKind, TileJson, VectorLayer, center_zoom, escaped, fields, middle, name_fields,
};
use super::{Tileset, context};
use crate::model::Lang;
use crate::model::orientation::{ArchiveLayer, Attribution, AttributionPart, ContextLayer, TileArchive};
use crate::model::tile::ZOOM_MAX;
use crate::snapshot::{Context, Features};

/// The context that a file brings.
pub fn tilejson(
    context: &Context,
    base_url: &str,
    lang: Lang,
    say: &dyn Fn(&str, &str) -> String,
) -> TileJson {
    let (name, description) =
        (say("Суурь зураг", "Context"), say("Баримжаалах давхарга", "Layers for orientation"));
    let (attribution, bounds, zooms, vector_layers) = match context {
        Context::Features(features) => {
            (&features.attribution, features.bounds.degrees(), (0, ZOOM_MAX), feature_layers(features, say))
        }
        Context::Archive(archive) => {
            let field = |words: &String| Field { kind: kind_of(words), text: words.clone() };
            let layer = |layer: &ArchiveLayer| VectorLayer {
                id: layer.id.clone(),
                description: layer.description.clone(),
                minzoom: layer.zoom_min,
                maxzoom: layer.zoom_max,
                dimension: None,
                fields: layer.fields.iter().map(|(name, words)| (name.clone(), field(words))).collect(),
            };
            let layers = archive.layers.iter().map(layer).collect();
            (&archive.attribution, archive.bounds, (archive.zoom_min, archive.zoom_max), layers)
        }
    };
    let named = match context {
        Context::Archive(TileArchive { name: Some(own), .. }) if !own.trim().is_empty() => {
            format!("{name}: {own}")
        }
        _ => name,
    };
    let described = match context {
        Context::Archive(TileArchive { description: Some(own), .. }) if !own.trim().is_empty() => own.clone(),
        _ => description,
    };
    let ([west, _, east, _], [lon, lat]) = (bounds, middle(bounds));
    let zoom = center_zoom(east - west).clamp(f64::from(zooms.0), f64::from(zooms.1));
    TileJson {
        tilejson: "3.0.0",
        id: Tileset::Context.to_string(),
        name: named,
        description: described,
        attribution: html(attribution),
        scheme: "xyz",
        tiles: vec![format!("{base_url}/tiles/{}/{{z}}/{{x}}/{{y}}.mvt", Tileset::Context)],
        minzoom: zooms.0,
        maxzoom: zooms.1,
        bounds: Some(bounds),
        center: Some([lon, lat, zoom]),
        vector_layers,
        language: lang.tag(),
        illustrative: false,
    }
}

fn feature_layers(features: &Features, say: &dyn Fn(&str, &str) -> String) -> Vec<VectorLayer> {
    let described = |layer: &ContextLayer| match layer {
        ContextLayer::Water => say("Ус", "Water"),
        ContextLayer::BuiltUp => say("Барилгажсан газар", "Built-up areas"),
        ContextLayer::Rivers => say("Гол", "Rivers"),
        ContextLayer::Roads => say("Зам", "Roads"),
        ContextLayer::Places => say("Газрын нэр", "Names of places"),
    };
    let mut all = name_fields(say);
    let class = say("Зэрэг: major, middle, minor", "Weight: major, middle, minor");
    all.extend(fields(FieldKind::Text, &[(context::CLASS, class)]));
    let layer = |layer: &ContextLayer| VectorLayer {
        id: layer.word().to_owned(),
        description: described(layer),
        minzoom: 0,
        maxzoom: ZOOM_MAX,
        dimension: match layer {
            ContextLayer::Water | ContextLayer::BuiltUp => Some(2),
            ContextLayer::Rivers | ContextLayer::Roads => Some(1),
            ContextLayer::Places => Some(0),
        },
        fields: all.clone(),
    };
    ContextLayer::ALL.iter().filter(|layer| features.has(**layer)).map(layer).collect()
}

/// What an archive calls the kind of a field.
fn kind_of(words: &str) -> FieldKind {
    if words == "Number" { FieldKind::Number } else { FieldKind::Text }
}

/// Words and links as HTML.
fn html(attribution: &Attribution) -> String {
    let part = |part: &AttributionPart| {
        let text = escaped(&part.text);
        part.href.as_ref().map_or(text.clone(), |href| format!("<a href=\"{}\">{text}</a>", escaped(href)))
    };
    attribution.0.iter().map(part).collect()
}
