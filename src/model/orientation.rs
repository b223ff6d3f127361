//! What helps people find their way on the map: context drawn under and over the colours, and landmarks.
//!
//! None of it is of the store or has a figure: it comes from files that a server is started with.

use std::collections::BTreeMap;

use super::grid::{GridPoint, MultiPolygon};
use super::place::words;

/// What a context feature is, and the name of its layer in tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContextLayer {
    Water,
    BuiltUp,
    Rivers,
    Roads,
    Places,
}

words!(ContextLayer {
    Water = "water",
    BuiltUp = "built_up",
    Rivers = "rivers",
    Roads = "roads",
    Places = "places",
});

/// How much of a context feature there is: what is `Minor` shows last, when zooming in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    Major,
    Middle,
    Minor,
}

words!(Weight { Major = "major", Middle = "middle", Minor = "minor" });

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextFeature {
    pub layer: ContextLayer,
    pub weight: Weight,
    pub name_mn: Option<String>,
    pub name_en: Option<String>,
    pub shape: ContextShape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContextShape {
    Point(GridPoint),
    /// Each of at least two vertices.
    Lines(Vec<Vec<GridPoint>>),
    Areas(MultiPolygon),
}

/// Whom a map has to name as its source: words, some of which lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution(pub Vec<AttributionPart>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributionPart {
    /// Plain text, no markup.
    pub text: String,
    /// `http` or `https` only.
    pub href: Option<String>,
}

/// An archive of ready tiles, as it describes itself.
#[derive(Debug, Clone, PartialEq)]
pub struct TileArchive {
    pub name: Option<String>,
    pub description: Option<String>,
    pub attribution: Attribution,
    pub zoom_min: u8,
    pub zoom_max: u8,
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    pub layers: Vec<ArchiveLayer>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveLayer {
    pub id: String,
    pub description: String,
    pub zoom_min: u8,
    pub zoom_max: u8,
    /// Name and what it holds.
    pub fields: BTreeMap<String, String>,
}

/// A place that people know: a market, a school, an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landmark {
    pub name_mn: String,
    pub name_en: Option<String>,
    /// `эмнэлэг`, `school`, as its table says.
    pub kind: Option<String>,
    pub address: Option<String>,
    pub at: GridPoint,
}

impl ContextShape {
    pub fn vertices(&self) -> Box<dyn Iterator<Item = GridPoint> + '_> {
        match self {
            Self::Point(at) => Box::new(std::iter::once(*at)),
            Self::Lines(lines) => Box::new(lines.iter().flatten().copied()),
            Self::Areas(shape) => Box::new(shape.vertices()),
        }
    }
}

impl Attribution {
    /// Words that lead nowhere.
    pub fn plain(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::default();
        }
        Self(vec![AttributionPart { text: text.to_owned(), href: None }])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
