//! How a file is asked for, in words, and what cannot be had.

use super::format::{Format, GeometryColumns, Options};
use super::geojson::System;
use crate::features::{Axes, Collection, GeometryType};
use crate::geometry::projection::Crs;
use crate::model::{Lang, MultiPolygon};
use crate::snapshot::{Snapshot, VintageView};

/// All collections as layers of one GeoPackage.
const ALL: &str = "all";

/// Words of an address or a command.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Id of a collection, or [`ALL`].
    pub collection: &'a str,
    /// Ending of its name.
    pub format: &'a str,
    /// As [`System::named`] reads it; longitude and easting come first all the same.
    pub crs: Option<&'a str>,
    pub geometry: Option<&'a str>,
    pub bom: Option<bool>,
    pub lang: Lang,
}

/// A file that can be written of the snapshot that it was asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// More than one only in a GeoPackage.
    pub collections: Vec<Collection>,
    pub format: Format,
    pub options: Options,
    /// Without its ending.
    name: String,
}

/// What cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no export has the form `{asked}`")]
    Format { asked: String },
    #[error("no collection is called `{asked}`")]
    Collection { asked: String, known: Vec<String> },
    #[error("all collections together are a GeoPackage, not {format}")]
    All { format: &'static str },
    #[error("`{collection}` has no ground, and {format} is nothing without")]
    NoGround { collection: String, format: &'static str },
    #[error("{format} is not written in `{asked}`")]
    Crs { asked: String, format: &'static str, known: Vec<String> },
    #[error("no columns of a place are called `{asked}`")]
    Geometry { asked: String },
    #[error("{format} does not let one choose this; csv does")]
    OnlyCsv { parameter: &'static str, format: &'static str },
}

impl Refusal {
    /// The choice at fault, where it is not the file itself.
    pub const fn parameter(&self) -> Option<&'static str> {
        match self {
            Self::Crs { .. } => Some("crs"),
            Self::Geometry { .. } => Some("geometry"),
            Self::OnlyCsv { parameter, .. } => Some(parameter),
            Self::Format { .. } | Self::Collection { .. } | Self::All { .. } | Self::NoGround { .. } => None,
        }
    }

    /// What can be had instead, where that is a list.
    pub fn allowed(&self) -> Vec<String> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match self {
            Self::Format { .. } => extensions(|_| true),
            Self::Collection { known, .. } | Self::Crs { known, .. } => known.clone(),
            Self::All { .. } => owned(&[Format::GeoPackage.extension()]),
            Self::NoGround { .. } => extensions(|format| !format.is_of_shapes()),
            Self::Geometry { .. } => owned(&GeometryColumns::WORDS.map(|(word, _)| word)),
            Self::OnlyCsv { .. } => Vec::new(),
        }
    }
}

impl Wanted {
    pub fn read(snapshot: &Snapshot, asked: &Asked<'_>) -> Result<Self, Refusal> {
        let format = Format::from_extension(asked.format)
            .ok_or_else(|| Refusal::Format { asked: asked.format.to_owned() })?;
        let mut collections = Collection::all(snapshot);
        if asked.collection == ALL {
            if format != Format::GeoPackage {
                return Err(Refusal::All { format: format.extension() });
            }
            // The newest khoroos stand under the name of their vintage, too.
            collections.retain(|one| one.id != "khoroos");
        } else {
            let known = collections.iter().map(|one| one.id.clone()).chain([ALL.to_owned()]).collect();
            collections.retain(|one| one.id == asked.collection);
            if collections.is_empty() {
                return Err(Refusal::Collection { asked: asked.collection.to_owned(), known });
            }
        }
        if let Some(bare) = collections.iter().find(|one| !format.holds(one, snapshot)) {
            return Err(Refusal::NoGround { collection: bare.id.clone(), format: format.extension() });
        }
        let options = Options {
            crs: crs(format, asked.crs)?,
            lang: asked.lang,
            geometry: geometry(format, asked.geometry)?,
            bom: of_csv(format, "bom", asked.bom)?.unwrap_or_default(),
        };
        Ok(Self { collections, format, options, name: asked.collection.to_owned() })
    }

    /// `khoroos-2022.geojson`
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.name, self.format.extension())
    }

    /// System of its coordinates, `None` where it can have none.
    pub fn system(&self, snapshot: &Snapshot) -> Option<System> {
        let is_without = self.format == Format::Csv && self.options.geometry == GeometryColumns::None;
        let has_any = !is_without && self.collections.iter().any(|one| one.has_ground(snapshot));
        has_any.then_some(System { crs: self.options.crs, axes: Axes::EastFirst })
    }

    /// Points of the ground that is in it: about what its size goes with.
    pub fn n_vertices(&self, snapshot: &Snapshot) -> usize {
        let of_view =
            |view: &VintageView| view.geography.shapes.iter().map(MultiPolygon::n_vertices).sum::<usize>();
        let has_ground = |of: &&Collection| of.geometry() == GeometryType::MultiPolygon;
        let of_one = |collection: &Collection| match collection.view(snapshot) {
            Some(view) => of_view(view),
            None => snapshot.vintages.iter().map(of_view).sum(),
        };
        self.collections.iter().filter(has_ground).map(of_one).sum()
    }
}

fn extensions(wanted: impl Fn(Format) -> bool) -> Vec<String> {
    Format::ALL.iter().filter(|&&format| wanted(format)).map(|format| format.extension().to_owned()).collect()
}

fn crs(format: Format, asked: Option<&str>) -> Result<Crs, Refusal> {
    let systems = format.systems();
    let Some(text) = asked else { return Ok(systems[0]) };
    let found = System::named(text).map(|system| system.crs).filter(|crs| systems.contains(crs));
    found.ok_or_else(|| Refusal::Crs {
        asked: text.to_owned(),
        format: format.extension(),
        known: systems.iter().map(|crs| crs.epsg().to_string()).collect(),
    })
}

fn geometry(format: Format, asked: Option<&str>) -> Result<GeometryColumns, Refusal> {
    let Some(text) = of_csv(format, "geometry", asked)? else { return Ok(GeometryColumns::Wkt) };
    let found = GeometryColumns::WORDS.into_iter().find(|(word, _)| *word == text);
    found.map(|(_, columns)| columns).ok_or_else(|| Refusal::Geometry { asked: text.to_owned() })
}

/// A choice that only CSV gives.
fn of_csv<T>(format: Format, parameter: &'static str, asked: Option<T>) -> Result<Option<T>, Refusal> {
    if asked.is_some() && format != Format::Csv {
        return Err(Refusal::OnlyCsv { parameter, format: format.extension() });
    }
    Ok(asked)
}
