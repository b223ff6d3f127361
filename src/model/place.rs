//! Districts, khoroos, vintages and how one vintage became the next.

use jiff::civil::Date;

use super::code::{DistrictCode, KhorooCode, KhorooId, VintageId};
use super::grid::{GridPoint, MultiPolygon};

/// A district as an institution; its area belongs to a vintage, see [`DistrictVersion`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    pub code: DistrictCode,
    /// From 1; order of the city's list; leading part of MVT feature ids.
    pub number: u32,
    pub name_mn: String,
    pub name_en: String,
    pub nso_code: Option<String>,
    pub ebarilga_code: Option<String>,
    /// Other spellings that people and files use (`СХД`, `HUD`), any script.
    pub aliases: Vec<String>,
    pub illustrative: bool,
}

/// A set of boundaries, valid from one civil day (Asia/Ulaanbaatar) to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vintage {
    pub id: VintageId,
    pub valid_from: Date,
    /// `None` while it is the latest.
    pub valid_to: Option<Date>,
    pub title_mn: String,
    pub title_en: String,
    /// Where the lines come from, in words; shown as attribution.
    pub source: String,
    pub illustrative: bool,
}

/// One khoroo in one vintage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Khoroo {
    pub id: KhorooId,
    /// A name of its own; most khoroos have none and are called by number.
    pub name_mn: Option<String>,
    pub name_en: Option<String>,
    pub nso_code: Option<String>,
    pub land_code: Option<String>,
    pub ebarilga_code: Option<String>,
    /// Residents, ≥ 0; unknown is `None`, never 0.
    pub population: Option<i64>,
    pub population_year: Option<i16>,
    pub households: Option<i64>,
    /// `None` for a vintage known only as a list of codes.
    pub shape: Option<MultiPolygon>,
    pub illustrative: bool,
}

/// A district's area and facts in one vintage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictVersion {
    pub vintage: VintageId,
    pub district: DistrictCode,
    pub population: Option<i64>,
    pub population_year: Option<i16>,
    pub shape: Option<MultiPolygon>,
    /// True when `shape` is the union of the khoroos, false when a file gave it.
    pub dissolved: bool,
    pub illustrative: bool,
}

/// How ground passed from a khoroo of one vintage to a khoroo of a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineage {
    pub from: KhorooId,
    pub to: KhorooId,
    pub kind: LineageKind,
    /// Part of `from`'s area that lies in `to`, 0 to 1.
    pub area_share: f64,
    /// Part of `from`'s residents, 0 to 1, where known: where it follows from counts (see
    /// [`succession`](super::succession)), or as stated. Those out of one khoroo add up to 1 at most.
    pub population_share: Option<f64>,
    /// True when stated by a person instead of computed by overlay; survives a new overlay.
    pub stated: bool,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineageKind {
    Unchanged,
    Split,
    Merge,
    BoundaryChange,
    Renumber,
}

/// A line drawn for orientation under or over the colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextLine {
    pub id: String,
    pub kind: ContextKind,
    pub name_mn: Option<String>,
    pub name_en: Option<String>,
    /// At least two vertices.
    pub line: Vec<GridPoint>,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    River,
    Road,
}

impl Khoroo {
    pub fn code(&self) -> &KhorooCode {
        &self.id.code
    }
}

impl Vintage {
    pub fn holds(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }
}

/// Words that tables and JSON use for the variants of an enum; the same words as serde's.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variant of a word, `None` for any other text.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use words;

words!(LineageKind {
    Unchanged = "unchanged",
    Split = "split",
    Merge = "merge",
    BoundaryChange = "boundary_change",
    Renumber = "renumber",
});
words!(ContextKind { River = "river", Road = "road" });
