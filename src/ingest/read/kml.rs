//! KML: placemarks with polygons, attributes from `ExtendedData` or from an HTML table in
//! `description`, as map programs export them.
//!
//! Read leniently, without namespaces: such exports use prefixes that they never bind.

mod html;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Context, Feature, Kind, Layer, RawPolygon, RawRing, name_of};
use crate::geometry::declared::DeclaredCrs;
use crate::ingest::cause::{Cause, FeatureRef};

pub fn read(context: Context<'_>) -> Result<Layer, Cause> {
    let file = context.file;
    let source =
        File::open(file).map_err(|e| Cause::Unreadable { file: name_of(file), detail: e.to_string() })?;
    read_from(context, BufReader::new(source))
}

/// The same from any stream, such as an entry of an archive.
pub fn read_from(context: Context<'_>, source: impl BufRead) -> Result<Layer, Cause> {
    let Context { file, budget, on_bytes, .. } = context;
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_end_names = true;
    let mut layer = Layer {
        file: file.to_path_buf(),
        kind: Kind::Kml,
        name: None,
        crs: DeclaredCrs::Unsaid,
        columns: Vec::new(),
        features: Vec::new(),
    };
    let mut state = State::default();
    let mut n_open = 0_usize;
    let mut n_placemarks = 0_usize;
    let mut buffer = Vec::new();
    loop {
        let event =
            reader.read_event_into(&mut buffer).map_err(|e| malformed(file, &reader, &e.to_string()))?;
        match event {
            Event::Start(tag) => {
                n_open += 1;
                state.open(&tag);
            }
            Event::Empty(tag) => {
                state.open(&tag);
                state.close(tag.name().local_name().as_ref(), file)?;
            }
            Event::Text(text) => state.text(&text.into_inner()),
            Event::CData(text) => state.text(&text.into_inner()),
            Event::GeneralRef(reference) => {
                state.entity(&reference.into_inner());
            }
            Event::End(tag) => {
                n_open = n_open.saturating_sub(1);
                if let Some(placemark) = state.close(tag.name().local_name().as_ref(), file)? {
                    n_placemarks += 1;
                    let at = FeatureRef { file: name_of(file).into(), layer: None, position: n_placemarks };
                    let feature = placemark.feature(&mut layer.columns, at)?;
                    budget.admit_columns(file, layer.columns.len())?;
                    budget.admit(file, &feature)?;
                    layer.features.push(feature);
                    on_bytes(reader.buffer_position());
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if state.held_bytes() > budget.limits.feature_bytes as usize {
            let limit = budget.limits.feature_bytes;
            let found = state.held_bytes() as u64;
            return Err(Cause::TooLarge {
                file: name_of(file),
                what: "bytes of a single feature",
                found,
                limit,
            });
        }
        buffer.clear();
    }
    if n_open > 0 {
        let detail = format!("{n_placemarks} whole placemarks");
        return Err(Cause::Truncated { file: name_of(file), detail });
    }
    Ok(layer)
}

fn malformed<R: BufRead>(file: &Path, reader: &Reader<R>, detail: &str) -> Cause {
    Cause::Malformed { file: name_of(file), detail: format!("at byte {}: {detail}", reader.error_position()) }
}

/// Where in the document the reader is, and what it collected on the way.
#[derive(Default)]
struct State {
    placemark: Option<Placemark>,
    /// The element whose text is being collected.
    collecting: Option<Collected>,
    text: String,
    /// Name of the `Data` element that is open.
    data_name: String,
    in_hole: bool,
    kept_bytes: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Collected {
    Name,
    Description,
    Value,
    Coordinates,
}

#[derive(Default)]
struct Placemark {
    name: String,
    /// From `ExtendedData`.
    data: Vec<(String, String)>,
    description: String,
    polygons: Vec<RawPolygon>,
    /// What geometry there is besides polygons.
    other: Option<&'static str>,
    in_polygon: bool,
}

impl State {
    fn held_bytes(&self) -> usize {
        self.text.len() + self.kept_bytes
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        let local = name.local_name();
        if local.as_ref() == "Placemark" {
            self.placemark = Some(Placemark::default());
            self.kept_bytes = 0;
            self.collecting = None;
            return;
        }
        let Some(placemark) = &mut self.placemark else { return };
        let collect = match local.as_ref() {
            "name" if self.collecting.is_none() => Collected::Name,
            "description" => Collected::Description,
            "Data" | "SimpleData" => {
                self.data_name = attribute(tag, "name").unwrap_or_default();
                if local.as_ref() == "Data" {
                    return;
                }
                Collected::Value
            }
            "value" => Collected::Value,
            "Polygon" => {
                placemark.in_polygon = true;
                placemark.polygons.push(Vec::new());
                return;
            }
            "Point" => return placemark.other = Some("Point"),
            "LineString" => return placemark.other = Some("LineString"),
            "innerBoundaryIs" => return self.in_hole = true,
            "outerBoundaryIs" => return self.in_hole = false,
            "coordinates" => Collected::Coordinates,
            _ => return,
        };
        self.collecting = Some(collect);
        self.text.clear();
    }

    fn text(&mut self, text: &str) {
        if self.collecting.is_some() {
            self.text.push_str(text);
        }
    }

    fn entity(&mut self, entity: &str) {
        if self.collecting.is_some() {
            match html::entity(entity) {
                Some(c) => self.text.push(c),
                None => self.text.push(' '),
            }
        }
    }

    /// The placemark that ends here, if one does.
    fn close(&mut self, local: &str, file: &Path) -> Result<Option<Placemark>, Cause> {
        match local {
            "Placemark" => return Ok(self.placemark.take()),
            "Polygon" => {
                if let Some(placemark) = &mut self.placemark {
                    placemark.in_polygon = false;
                }
                return Ok(None);
            }
            "name" | "description" | "SimpleData" | "value" | "coordinates" => {}
            _ => return Ok(None),
        }
        let (Some(collected), Some(placemark)) = (self.collecting.take(), &mut self.placemark) else {
            return Ok(None);
        };
        self.kept_bytes += self.text.len();
        let text = self.text.trim();
        match collected {
            Collected::Name => text.clone_into(&mut placemark.name),
            Collected::Description => text.clone_into(&mut placemark.description),
            Collected::Value => placemark.data.push((std::mem::take(&mut self.data_name), text.to_owned())),
            Collected::Coordinates if placemark.in_polygon => {
                let ring = coordinates(text).map_err(|found| Cause::Malformed {
                    file: name_of(file),
                    detail: format!("placemark `{}`: `{found}` is no coordinate", placemark.name),
                })?;
                if let Some(polygon) = placemark.polygons.last_mut() {
                    if self.in_hole || polygon.is_empty() {
                        polygon.push(ring);
                    } else {
                        polygon.insert(0, ring);
                    }
                }
            }
            Collected::Coordinates => {}
        }
        self.text.clear();
        Ok(None)
    }
}

impl Placemark {
    fn feature(self, columns: &mut Vec<String>, at: FeatureRef) -> Result<Feature, Cause> {
        if self.polygons.is_empty() {
            return Err(match self.other {
                Some(kind) => Cause::NotAnArea { at, kind: kind.to_owned() },
                None => Cause::NoGeometry { at },
            });
        }
        let mut feature = Feature { values: Vec::new(), polygons: self.polygons };
        let mut put = |column: &str, value: String| {
            let index = columns.iter().position(|known| known == column).unwrap_or_else(|| {
                columns.push(column.to_owned());
                columns.len() - 1
            });
            if feature.values.len() <= index {
                feature.values.resize(index + 1, None);
            }
            // The first word on a column stands: ExtendedData before the table that repeats it.
            let slot = &mut feature.values[index];
            if slot.is_none() && !value.is_empty() {
                *slot = Some(value);
            }
        };
        for (column, value) in self.data {
            put(&column, value);
        }
        for (column, value) in html::table_rows(&self.description) {
            put(&column, value);
        }
        put("name", self.name);
        Ok(feature)
    }
}

/// `lon,lat[,height]` separated by space; Err is the first piece that is none.
fn coordinates(text: &str) -> Result<RawRing, String> {
    text.split_whitespace()
        .map(|piece| {
            let mut parts = piece.split(',');
            let number = |part: Option<&str>| part.and_then(|p| p.parse::<f64>().ok());
            match (number(parts.next()), number(parts.next())) {
                (Some(x), Some(y)) => Ok([x, y]),
                _ => Err(piece.chars().take(40).collect()),
            }
        })
        .collect()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(html::text(&found.value))
}
