//! The immutable world that a running server answers from.
//!
//! Design: a query per request was dropped because one page then mixes two revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geometry::coverage::Coverage;
use crate::model::rules::Verdict;
use crate::model::{
    ContextLine, District, DistrictCode, GridBox, GridPoint, KhorooCode, Lineage, Records, Revision, Vintage,
    VintageId,
};

/// One revision of everything, ready to answer.
pub struct Snapshot {
    pub revision: Revision,
    pub districts: Arc<Vec<District>>,
    /// Sorted by `valid_from`.
    pub vintages: Vec<VintageView>,
    pub lineage: Arc<Vec<Lineage>>,
    pub context_lines: Arc<Vec<ContextLine>>,
    pub records: Arc<Records>,
    pub verdict: Verdict,
    /// True when any vintage or record is invented.
    pub illustrative: bool,
}

/// A vintage: its lines (shared between revisions that do not change them) and its figures.
#[derive(Clone)]
pub struct VintageView {
    pub vintage: Vintage,
    pub geography: Arc<Geography>,
    pub counts: Arc<Counts>,
}

/// What changes only when lines, names or facts of the vintage's units change.
pub struct Geography {
    /// Khoroos sorted by district number, then khoroo number; the index is the coverage's unit.
    pub khoroos: Vec<Unit>,
    /// Districts that have khoroos in this vintage, sorted by district number.
    pub districts: Vec<Unit>,
    /// District (index into `districts`) of each khoroo.
    pub district_of: Vec<u32>,
    /// `None` for a vintage known only as a list of codes.
    pub coverage: Option<Coverage>,
    /// Hex of a hash over everything above; names the content in `?rev=`.
    pub content_hash: String,
}

/// A khoroo or a district as it is shown.
#[derive(Debug, Clone)]
pub struct Unit {
    /// `bzd-26` or `bzd`.
    pub code: String,
    pub district: DistrictCode,
    /// Khoroo number, or district number.
    pub number: u32,
    /// District number × 1 000 000 + khoroo number; 0 in the latter part for a district.
    pub mvt_id: u64,
    pub name_mn: String,
    pub name_en: String,
    pub nso_code: Option<String>,
    pub land_code: Option<String>,
    pub ebarilga_code: Option<String>,
    pub population: Option<i64>,
    pub population_year: Option<i16>,
    pub households: Option<i64>,
    /// Geodesic, square kilometres.
    pub area_km2: Option<f64>,
    pub bounds: Option<GridBox>,
    /// A point inside, for the label.
    pub label: Option<GridPoint>,
}

/// What is counted per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Practices entered in the cycle, at the submitting khoroo.
    Identifications,
    /// Replications with a counting status, made in the khoroo.
    Replications,
    /// Such replications elsewhere of practices that the khoroo hosts.
    ReplicationsHosted,
}

/// Figures of one vintage by khoroo; districts are sums.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Cycles native to the vintage, in order.
    pub cycles: Vec<String>,
    /// By (measure, cycle, theme; `None` = all themes): one value a khoroo; absent = not reported.
    pub by_khoroo: BTreeMap<(Measure, String, Option<String>), Vec<u32>>,
}

impl Snapshot {
    pub fn vintage(&self, id: &VintageId) -> Option<&VintageView> {
        self.vintages.iter().find(|v| &v.vintage.id == id)
    }
}

impl Geography {
    pub fn khoroo_idx(&self, code: &KhorooCode) -> Option<usize> {
        self.khoroos.iter().position(|u| u.district == code.district && u.number == code.number)
    }
}
