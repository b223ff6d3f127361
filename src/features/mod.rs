//! Collections of features: what exports and the OGC API show of a snapshot, and in which words.
//!
//! A [`Collection`] is opened into a [`Table`]: its fields and one row a feature, in a fixed order, each with its
//! ground straight from the grid.
//!
//! Owns: which collections there are, their fields and their order; which rows a question finds ([`query`]).
//! Leaves to others: formats, pages.
//! Invariant: fields that everybody may see ([`crate::model::audience`]), under the names they have in JSON and
//! tiles; a figure is the one that the map shows.

mod field;
mod indicators;
mod lineage;
mod practices;
pub mod query;
mod replications;
mod table;
mod units;

use std::borrow::Cow;
use std::sync::Arc;

pub use field::{Field, FieldKind, Value};
pub use query::{
    Area, AreaError, Axes, Days, Extent, Filter, FilterError, Interval, IntervalError, Query, SortKey,
    TooCostly,
};
pub use table::Table;

use crate::model::{GridPoint, Lang, MultiPolygon};
use crate::snapshot::{Level, Snapshot, VintageView};

/// Some features of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// `khoroos-2022`
    pub id: String,
    pub kind: Kind,
    /// Place in the snapshot's vintages of the one it is of, if it is of one.
    pub vintage: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Districts,
    Khoroos,
    /// Khoroos of all vintages, each with the days on which it was in force.
    KhorooVersions,
    /// Which khoroos came from which.
    Lineage,
    /// Points.
    Practices,
    /// Lines from the practice to the khoroo that copied it.
    Replications,
    /// Figures of every place, cycle and theme.
    Indicators,
}

/// What the features of a collection stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryType {
    None,
    Point,
    Line,
    /// Always multipolygons, also those of one part.
    MultiPolygon,
}

/// Fields, and the rows that have them.
type Opened = (Vec<Field>, Box<dyn Rows + Send + Sync>);

/// Where one feature stands.
#[derive(Debug, Clone, Copy)]
pub enum Shape<'a> {
    /// Unknown, or none by its kind.
    None,
    Point(GridPoint),
    Line([GridPoint; 2]),
    MultiPolygon(&'a MultiPolygon),
}

/// The khoroo or district that a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitAt {
    /// Place in the snapshot's vintages.
    pub vintage: usize,
    pub level: Level,
    /// Place in the vintage's units of the level.
    pub idx: usize,
}

/// Rows of a snapshot, in a fixed order; it is the one that they were made of.
trait Rows {
    fn len(&self, snapshot: &Snapshot) -> usize;

    /// Unique in the collection, and the same as long as the feature is.
    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str>;

    fn shape<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Shape<'a>;

    /// When it was so, `None` for what has no time of its own.
    fn days(&self, _: &Snapshot, _: usize) -> Option<Days> {
        None
    }

    /// `None` for what stands on no khoroo or district of its own.
    fn unit(&self, _: &Snapshot, _: usize) -> Option<UnitAt> {
        None
    }

    /// Appends one value a field.
    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>);
}

impl Collection {
    /// All collections, in the order of lists.
    pub fn all(snapshot: &Snapshot) -> Vec<Self> {
        let newest = snapshot.vintages.len().checked_sub(1);
        let of = |id: &str, kind, vintage| Self { id: id.to_owned(), kind, vintage };
        let mut all = Vec::new();
        if newest.is_some() {
            all.extend([of("districts", Kind::Districts, newest), of("khoroos", Kind::Khoroos, newest)]);
            let of_vintage = |(idx, view): (usize, &VintageView)| {
                of(&format!("khoroos-{}", view.vintage.id), Kind::Khoroos, Some(idx))
            };
            all.extend(snapshot.vintages.iter().enumerate().rev().map(of_vintage));
            all.push(of("khoroo-versions", Kind::KhorooVersions, None));
        }
        all.extend([
            of("lineage", Kind::Lineage, None),
            of("practices", Kind::Practices, None),
            of("replications", Kind::Replications, None),
            of("indicators", Kind::Indicators, None),
        ]);
        all
    }

    pub fn find(snapshot: &Snapshot, id: &str) -> Option<Self> {
        Self::all(snapshot).into_iter().find(|collection| collection.id == id)
    }

    /// The vintage it is of, if it is of one.
    pub fn view<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a VintageView> {
        snapshot.vintages.get(self.vintage?)
    }

    pub const fn geometry(&self) -> GeometryType {
        match self.kind {
            Kind::Districts | Kind::Khoroos | Kind::KhorooVersions => GeometryType::MultiPolygon,
            Kind::Lineage | Kind::Indicators => GeometryType::None,
            Kind::Practices => GeometryType::Point,
            Kind::Replications => GeometryType::Line,
        }
    }

    /// True if any of its features can have a place: a list of codes without lines has none.
    pub fn has_ground(&self, snapshot: &Snapshot) -> bool {
        match (self.kind, self.view(snapshot)) {
            (Kind::Khoroos, Some(view)) => view.geography.coverage.is_some(),
            (Kind::Districts, Some(view)) => view.geography.cutter.is_some(),
            (kind, _) => !matches!(kind, Kind::Lineage | Kind::Indicators),
        }
    }

    /// What it is called.
    pub fn title(&self, snapshot: &Snapshot, lang: Lang) -> String {
        let of_vintage = self.view(snapshot).map(|view| view.vintage.id.to_string()).unwrap_or_default();
        let is_of_newest = self.id == "khoroos";
        match (self.kind, lang) {
            (Kind::Khoroos, Lang::Mn) if is_of_newest => {
                format!("Хороод, хамгийн сүүлийн ({of_vintage} оны) хил")
            }
            (Kind::Khoroos, Lang::En) if is_of_newest => format!("Khoroos, newest boundaries ({of_vintage})"),
            (Kind::Districts, Lang::Mn) => format!("Дүүргүүд, {of_vintage} оны хил"),
            (Kind::Districts, Lang::En) => format!("Districts, boundaries of {of_vintage}"),
            (Kind::Khoroos, Lang::Mn) => format!("Хороод, {of_vintage} оны хил"),
            (Kind::Khoroos, Lang::En) => format!("Khoroos, boundaries of {of_vintage}"),
            (Kind::KhorooVersions, Lang::Mn) => "Хороод, бүх оны хил".into(),
            (Kind::KhorooVersions, Lang::En) => "Khoroos, boundaries of all years".into(),
            (Kind::Lineage, Lang::Mn) => "Хороо хорооноос салж үүссэн нь".into(),
            (Kind::Lineage, Lang::En) => "Which khoroos came from which".into(),
            (Kind::Practices, Lang::Mn) => "Сайн туршлагууд".into(),
            (Kind::Practices, Lang::En) => "Good practices".into(),
            (Kind::Replications, Lang::Mn) => "Нутагшуулалтууд".into(),
            (Kind::Replications, Lang::En) => "Replications".into(),
            (Kind::Indicators, Lang::Mn) => "Тоон үзүүлэлт: газар, мөчлөг, сэдвээр".into(),
            (Kind::Indicators, Lang::En) => "Figures by place, cycle and theme".into(),
        }
    }

    /// What it has, in a sentence.
    pub const fn description(&self, lang: Lang) -> &'static str {
        let (mn, en) = match self.kind {
            Kind::Districts => (
                "Дүүргийн хил, хүн ам, сайн туршлагын тоо.",
                "Districts with their boundaries, residents and counts of good practices.",
            ),
            Kind::Khoroos => (
                "Хорооны хил, хүн ам, сайн туршлагын тоо.",
                "Khoroos with their boundaries, residents and counts of good practices.",
            ),
            Kind::KhorooVersions => (
                "Бүх оны хороод, тус бүр хүчинтэй байсан хугацаатай; `datetime`-аар сонгоно.",
                "Khoroos of all boundaries, each with the days on which it was in force; choose with `datetime`.",
            ),
            Kind::Lineage => (
                "Аль хороо аль хорооноос салж үүссэн; байршилгүй. Хоёулангийнх нь талбайн 1%-д хүрэхгүй хэсгийг зургийн зөрүү гэж үзнэ.",
                "Which khoroos came from which; without a place. What is less than 1% of both areas counts as drawing noise.",
            ),
            Kind::Practices => (
                "Нийтэд нээлттэй сайн туршлагууд, тус бүр нэг цэгээр.",
                "Good practices that everybody may see, a point each.",
            ),
            Kind::Replications => (
                "Сайн туршлагыг нутагшуулсан нь: туршлагаас нутагшуулсан хороо хүртэлх шугам.",
                "Copies of good practices: lines from the practice to the khoroo that copied it.",
            ),
            Kind::Indicators => (
                "Дүүрэг, хороо бүрийн тоо, мөчлөг, сэдэв тус бүрээр нэг мөр; байршилгүй.",
                "Figures of every district and khoroo, a row a cycle and theme; without a place.",
            ),
        };
        match lang {
            Lang::Mn => mn,
            Lang::En => en,
        }
    }

    /// Path of the permanent addresses of its features: the id of one follows.
    pub fn id_space(&self, snapshot: &Snapshot) -> Option<String> {
        let of_vintage = self.view(snapshot).map(|view| format!("{}:", view.vintage.id)).unwrap_or_default();
        match self.kind {
            Kind::Districts => Some(format!("/id/districts/{of_vintage}")),
            Kind::Khoroos | Kind::KhorooVersions => Some(format!("/id/khoroos/{of_vintage}")),
            Kind::Lineage | Kind::Practices | Kind::Replications | Kind::Indicators => None,
        }
    }

    /// Opens it; O(features).
    pub fn open(&self, snapshot: &Arc<Snapshot>) -> Table {
        let (fields, rows) = match (self.kind, self.vintage) {
            (Kind::Districts, Some(vintage)) => units::open(snapshot, vintage, Level::District),
            (Kind::Khoroos, Some(vintage)) => units::open(snapshot, vintage, Level::Khoroo),
            (Kind::Districts | Kind::Khoroos | Kind::KhorooVersions, _) => units::open_versions(snapshot),
            (Kind::Lineage, _) => lineage::open(),
            (Kind::Practices, _) => practices::open(snapshot),
            (Kind::Replications, _) => replications::open(snapshot),
            (Kind::Indicators, _) => indicators::open(snapshot),
        };
        Table::new(fields, snapshot.clone(), rows)
    }
}
