//! What a picture is asked to be besides its map: form, area, colours, size, dress.
//!
//! Owns: allowed words and limits.

use crate::cartography::query::{Error, one_of};
use crate::model::{DistrictCode, KhorooCode};
use crate::snapshot::VintageView;

/// Narrowest picture. Narrower, and no legend can be read.
pub const WIDTH_PX_MIN: u32 = 320;
/// Widest picture. Wider, and a PNG takes seconds and megabytes.
pub const WIDTH_PX_MAX: u32 = 2_400;
const WIDTH_PX: u32 = 1_200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Real shapes.
    Map,
    /// One equal cell for each khoroo.
    Cells,
}

/// What is shown of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    City,
    District(DistrictCode),
    /// The khoroo in its neighbourhood.
    Khoroo(KhorooCode),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// What stands around the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dress {
    /// A picture that stands alone.
    Framed { width_px: u32, scheme: Scheme },
    /// Only the map, for a page that says the rest.
    Bare {
        links: Links,
        /// Begins the ids in the picture, so that a page can hold several.
        id: String,
    },
}

/// Where the page of each unit lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// Stands before `khoroos/` or `districts/` and the code: `/mn/`.
    pub prefix: String,
    /// Stands behind the code: `?vintage=2020`, or nothing.
    pub query: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub form: Form,
    pub area: Area,
    /// A khoroo or district that is outlined and named with its figure; none for [`Area::City`].
    pub marked: Area,
    pub dress: Dress,
}

/// Parameters as they stand in an address; what is missing takes its default.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskedFrame<'a> {
    /// `map` (default) or `cells`.
    pub form: Option<&'a str>,
    /// `city` (default), or the code of a district or khoroo.
    pub area: Option<&'a str>,
    /// The code of a district or khoroo.
    pub select: Option<&'a str>,
    /// `light` (default) or `dark`.
    pub scheme: Option<&'a str>,
    /// From [`WIDTH_PX_MIN`] to [`WIDTH_PX_MAX`].
    pub width: Option<&'a str>,
}

/// An area that is there: indices into the vintage's districts and khoroos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    City,
    District(usize),
    Khoroo { district: usize, khoroo: usize },
}

impl Form {
    pub const ALL: [Self; 2] = [Self::Map, Self::Cells];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Cells => "cells",
        }
    }
}

impl Scheme {
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Frame {
    /// A framed picture as an address asks for it.
    pub fn read(asked: &AskedFrame) -> Result<Self, Error> {
        Ok(Self {
            form: one_of("form", asked.form, Some(Form::Map), &Form::ALL, Form::word)?,
            area: asked.area.map_or(Ok(Area::City), |text| Area::read("area", text))?,
            marked: asked.select.map_or(Ok(Area::City), |text| Area::read("select", text))?,
            dress: Dress::Framed {
                width_px: asked.width.map_or(Ok(WIDTH_PX), read_width)?,
                scheme: one_of("scheme", asked.scheme, Some(Scheme::Light), &Scheme::ALL, Scheme::word)?,
            },
        })
    }

    /// The bare map for a page, in the page's colours: ids begin with `id`.
    pub fn bare(form: Form, area: Area, links: Links, id: impl Into<String>) -> Self {
        Self { form, area, marked: Area::City, dress: Dress::Bare { links, id: id.into() } }
    }
}

impl Area {
    fn read(name: &'static str, text: &str) -> Result<Self, Error> {
        let refused = || Error::AreaText { name, value: text.to_owned() };
        match text {
            "city" => Ok(Self::City),
            _ if text.contains('-') => text.parse().map(Self::Khoroo).map_err(|_| refused()),
            _ => text.parse().map(Self::District).map_err(|_| refused()),
        }
    }

    /// The area in a vintage. Errors: it has no such district or khoroo.
    pub(super) fn find(&self, view: &VintageView) -> Result<Scope, Error> {
        let geography = &view.geography;
        let unknown = |code: String| Error::Area { code, vintage: view.vintage.id.clone() };
        Ok(match self {
            Self::City => Scope::City,
            Self::District(code) => {
                Scope::District(geography.district_idx(code).ok_or_else(|| unknown(code.to_string()))?)
            }
            Self::Khoroo(code) => {
                let khoroo = geography.khoroo_idx(code).ok_or_else(|| unknown(code.to_string()))?;
                Scope::Khoroo { district: geography.district_of[khoroo] as usize, khoroo }
            }
        })
    }
}

impl Scope {
    pub const fn is_city(self) -> bool {
        matches!(self, Self::City)
    }
}

fn read_width(text: &str) -> Result<u32, Error> {
    let width = text.parse().ok().filter(|width| (WIDTH_PX_MIN..=WIDTH_PX_MAX).contains(width));
    width.ok_or_else(|| Error::Width(text.to_owned()))
}
