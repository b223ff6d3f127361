//! What a pyramid says of itself, in the words of each container.

use serde_json::{Map, Value, json};

use super::Pyramid;
use crate::exports::about::licence_told;
use crate::pmtiles;
use crate::tiles::{FieldKind, TileJson, tilejson};

pub struct About {
    tilejson: TileJson,
    /// What containers have no name for.
    more: Vec<(&'static str, Value)>,
    bounds: [f64; 4],
    center: [f64; 3],
}

impl About {
    /// `None` where there are no such tiles.
    pub fn of(pyramid: &Pyramid<'_>) -> Option<Self> {
        let Pyramid { snapshot, tileset, zooms, licence, lang, ready: _ } = pyramid;
        let mut tilejson = tilejson(snapshot, tileset, "", *lang)?;
        let (zoom_min, zoom_max) = (*zooms.start(), *zooms.end());
        tilejson.minzoom = zoom_min;
        tilejson.maxzoom = zoom_max;
        tilejson.vector_layers.retain(|layer| layer.minzoom <= zoom_max && layer.maxzoom >= zoom_min);
        for layer in &mut tilejson.vector_layers {
            layer.minzoom = layer.minzoom.max(zoom_min);
            layer.maxzoom = layer.maxzoom.min(zoom_max);
        }
        let published_at = jiff::Timestamp::from_second(snapshot.revision.published_at).unwrap_or_default();
        let mut more = vec![
            ("tileset", json!(tileset.to_string())),
            ("licence", json!(licence_told(*licence, *lang))),
            ("illustrative", json!(tilejson.illustrative)),
            ("language", json!(tilejson.language)),
            ("revision", json!(snapshot.revision.seq)),
            ("published_at", json!(published_at.to_string())),
        ];
        more.extend(tileset.vintage().map(|vintage| ("vintage", json!(vintage.as_str()))));
        let (bounds, [lon, lat, zoom]) = (tilejson.bounds?, tilejson.center?);
        let center = [lon, lat, zoom.clamp(zoom_min.into(), zoom_max.into())];
        Some(Self { tilejson, more, bounds, center })
    }

    pub fn for_pmtiles(&self) -> pmtiles::About {
        let mut metadata: Map<_, _> =
            self.named().map(|(name, text)| (name.to_owned(), json!(text))).collect();
        metadata.extend(self.more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        metadata.insert("vector_layers".to_owned(), self.layers());
        pmtiles::About {
            zoom_min: self.tilejson.minzoom,
            zoom_max: self.tilejson.maxzoom,
            bounds: self.bounds,
            center: self.center,
            metadata: Value::Object(metadata).to_string().into_bytes(),
        }
    }

    pub fn for_mbtiles(&self) -> Vec<(&'static str, String)> {
        let listed = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        let mut rows: Vec<(&str, String)> = self.named().collect();
        rows.extend([
            ("format", "pbf".to_owned()),
            ("bounds", listed(&self.bounds)),
            ("center", listed(&self.center)),
            ("minzoom", self.tilejson.minzoom.to_string()),
            ("maxzoom", self.tilejson.maxzoom.to_string()),
            ("json", json!({ "vector_layers": self.layers() }).to_string()),
        ]);
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        rows.extend(self.more.iter().map(|(name, value)| (*name, plain(value))));
        rows
    }

    fn named(&self) -> impl Iterator<Item = (&'static str, String)> {
        let TileJson { name, description, attribution, .. } = &self.tilejson;
        let revision = self.more.iter().find(|(name, _)| *name == "revision");
        [
            ("name", name.clone()),
            ("description", description.clone()),
            ("attribution", attribution.clone()),
            ("version", revision.map(|(_, value)| value.to_string()).unwrap_or_default()),
            ("type", "overlay".to_owned()),
        ]
        .into_iter()
    }

    fn layers(&self) -> Value {
        let kind = |kind| match kind {
            FieldKind::Text => "String",
            FieldKind::Count | FieldKind::Number => "Number",
        };
        let layers = self.tilejson.vector_layers.iter().map(|layer| {
            let fields = layer.fields.iter().map(|(name, field)| (name.clone(), json!(kind(field.kind))));
            json!({
                "id": layer.id,
                "description": layer.description,
                "minzoom": layer.minzoom,
                "maxzoom": layer.maxzoom,
                "fields": fields.collect::<Map<_, _>>(),
            })
        });
        layers.collect()
    }
}
