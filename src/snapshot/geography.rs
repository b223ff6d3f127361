//! Units and lines of one vintage: what changes only when lines, names or facts change.
//!
//! Khoroos are sorted by district number, then khoroo number, so those of a district are one range,
//! and a khoroo's index is also its unit in the coverage. The R-tree over their boxes answers box
//! queries and throws out far-away places before the exact test on the coverage.
//!
//! Owns: unit order, spatial index, content hash, repairs made while loading.
//! Design: polygons are the record and arcs are derived by exact vertex match, so an edit made by any
//! program is honoured; only where the match fails are lines mended, in memory and on the list.

use std::ops::Range;
use std::sync::Arc;

use rstar::{AABB, RTree, RTreeObject};
use sha2::{Digest, Sha256};

use super::build::BuildError;
use super::lines::{Hole, Lines, Mended};
use super::unit::Unit;
use crate::geometry::coverage::{Coverage, Neighbour};
use crate::geometry::cut::TileCutter;
use crate::geometry::distance::Outlines;
use crate::geometry::label;
use crate::geometry::projection::Crs;
use crate::geometry::simplify::Simplification;
use crate::model::{
    Dataset, District, DistrictCode, GridBox, GridPoint, Khoroo, KhorooCode, MultiPolygon, VintageId,
};
use crate::parallel;

/// The plane in which distances are measured: EPSG:32648, metres.
pub const PLANE: Crs = Crs::Utm(48);

/// What changes only when lines, names or facts of the vintage's units change.
#[derive(Clone)]
pub struct Geography {
    /// Khoroos sorted by district number, then khoroo number; the index is the coverage's unit.
    pub khoroos: Vec<Unit>,
    /// Districts that have khoroos in this vintage, sorted by district number.
    pub districts: Vec<Unit>,
    /// District (index into `districts`) of each khoroo; never decreasing.
    pub district_of: Vec<u32>,
    /// Ground of each khoroo, empty where it has no place; none for a mere list of codes.
    pub shapes: Arc<Vec<MultiPolygon>>,
    /// `None` for a vintage known only as a list of codes.
    pub coverage: Option<Coverage>,
    /// The coverage's borders in the [`PLANE`], for distances.
    pub outlines: Option<Arc<Outlines>>,
    /// Which piece of connected ground each khoroo is on, 0 the one with most khoroos; empty without lines.
    pub piece_of: Vec<u32>,
    /// Districts as units, where khoroos have no lines but districts do: own ones, or borrowed.
    pub district_coverage: Option<Coverage>,
    /// Cuts `coverage` into tiles, or `district_coverage` where khoroos have no lines.
    pub cutter: Option<Arc<TileCutter>>,
    /// The vintage from which `district_coverage` was borrowed, `None` for own lines.
    pub district_lines_from: Option<VintageId>,
    /// Repairs made to these lines while loading; empty when every border matched.
    pub mended: Vec<Mended>,
    /// Ground enclosed by units that belongs to none, the largest first.
    pub holes: Vec<Hole>,
    /// Codes of units without lines, where others have them.
    pub without_lines: Vec<String>,
    /// True when any of these khoroos or districts is invented.
    pub illustrative: bool,
    /// Hex of a hash over lines, codes, names and grouping; names the content in `?rev=`.
    pub content_hash: String,
    boxes: RTree<Boxed>,
}

/// A box in an R-tree, in grid steps, and the place in its list of what lies in it.
#[derive(Clone)]
pub(super) struct Boxed {
    pub bounds: GridBox,
    pub idx: u32,
}

impl RTreeObject for Boxed {
    /// `f64` holds every grid step, and products of extents do not overflow it.
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.bounds)
    }
}

pub(super) fn envelope(bounds: GridBox) -> AABB<[f64; 2]> {
    let corner = |x: i32, y: i32| [f64::from(x), f64::from(y)];
    AABB::from_corners(corner(bounds.west, bounds.south), corner(bounds.east, bounds.north))
}

impl Geography {
    pub fn khoroo_idx(&self, code: &KhorooCode) -> Option<usize> {
        let range = self.khoroos_of(self.district_idx(&code.district)?);
        let start = range.start;
        let found = self.khoroos[range].binary_search_by_key(&code.number, |u| u.number).ok()?;
        Some(start + found)
    }

    pub fn district_idx(&self, code: &DistrictCode) -> Option<usize> {
        self.districts.iter().position(|d| &d.district == code)
    }

    /// Indices of the khoroos of a district.
    pub fn khoroos_of(&self, district_idx: usize) -> Range<usize> {
        let start = self.district_of.partition_point(|&d| (d as usize) < district_idx);
        let end = self.district_of.partition_point(|&d| (d as usize) <= district_idx);
        start..end
    }

    /// The khoroo whose ground this is; on a border the first of those there. Exact.
    pub fn locate(&self, at: GridPoint) -> Option<usize> {
        let spot = GridBox { west: at.x, south: at.y, east: at.x, north: at.y };
        self.coverage.as_ref()?;
        // Few boxes hold a place, however large the country; falling down to the border below it would pass
        // all that lies south.
        let mut first: Option<usize> = None;
        for hit in self.boxes.locate_in_envelope_intersecting(envelope(spot)) {
            let idx = hit.idx as usize;
            if first.is_none_or(|first| idx < first) && self.shapes[idx].holds(at) {
                first = Some(idx);
            }
        }
        first
    }

    /// Khoroos whose boxes meet `bounds`, in order.
    pub fn khoroos_in(&self, bounds: GridBox) -> Vec<usize> {
        let hits = self.boxes.locate_in_envelope_intersecting(envelope(bounds));
        let mut found: Vec<usize> = hits.map(|b| b.idx as usize).collect();
        found.sort_unstable();
        found
    }

    /// Khoroos across a border of this one, the longest first, equal ones in order; none without lines.
    pub fn neighbours(&self, khoroo_idx: usize) -> &[Neighbour] {
        self.coverage.as_ref().map_or(&[], |coverage| coverage.neighbours(khoroo_idx as u32))
    }

    /// The box around everything that has a place; `None` for a mere list of codes.
    pub fn bounds(&self) -> Option<GridBox> {
        self.khoroos.iter().chain(&self.districts).filter_map(|u| u.bounds).reduce(GridBox::union)
    }

    /// Sums over the khoroos of each district.
    pub(super) fn add_up(&self, by_khoroo: &[u32]) -> Vec<u32> {
        let mut sums = vec![0; self.districts.len()];
        for (&district, value) in self.district_of.iter().zip(by_khoroo) {
            sums[district as usize] += value;
        }
        sums
    }

    /// Builds units and lines of `vintage`.
    ///
    /// - `max_fix_m2`: overlaps and gaps up to this area each are mended; larger ones are an error.
    pub(super) fn build(
        vintage: &VintageId,
        dataset: &Dataset,
        districts: &[District],
        max_fix_m2: f64,
    ) -> Result<Self, BuildError> {
        let sorted = sorted_khoroos(vintage, dataset, districts)?;
        let mut khoroos: Vec<Unit> = sorted.iter().map(|(d, k)| Unit::of_khoroo(k, d.number)).collect();
        let mut groups: Vec<&District> = sorted.iter().map(|(d, _)| *d).collect();
        groups.dedup_by_key(|d| &d.code);
        let district_of: Vec<u32> = sorted
            .iter()
            .scan((0_u32, None), |(at, last), (d, _)| {
                *at += u32::from(last.is_some_and(|l| l != &d.code));
                *last = Some(&d.code);
                Some(*at)
            })
            .collect();

        let shapes: Vec<Option<&MultiPolygon>> = sorted.iter().map(|(_, k)| k.shape.as_ref()).collect();
        let lines = Lines::of(vintage, &khoroos, &shapes, max_fix_m2)?;
        let version =
            |district: &District| dataset.district_versions.iter().find(|v| v.district == district.code);
        let describe = || {
            if let Some(lines) = &lines {
                lines.describe(&mut khoroos);
            }
            let members = |idx: usize| {
                let range = district_of.partition_point(|&d| (d as usize) < idx)
                    ..district_of.partition_point(|&d| (d as usize) <= idx);
                &khoroos[range]
            };
            let of_district = |(idx, d): (usize, &&District)| Unit::of_district(d, version(d), members(idx));
            let mut districts: Vec<Unit> = groups.iter().enumerate().map(of_district).collect();
            let outlines = lines.as_ref().map(|lines| {
                let dissolved = lines.coverage.dissolve(&district_of);
                for (district, shape) in districts.iter_mut().zip(&dissolved) {
                    (district.label, district.room_m) = label::roomy_point(shape).unzip();
                }
                Arc::new(Outlines::new(&lines.coverage, PLANE))
            });
            (districts, outlines)
        };
        // Neither keeps all processors busy all the time.
        let cut = || lines.as_ref().map(|lines| cutter(&lines.coverage, Some(&district_of)));
        let (mut cutter_of_units, (mut districts, outlines)) = parallel::both(lines.is_some(), cut, describe);
        let (mut mended, mut holes, mut without_lines) = (Vec::new(), Vec::new(), Vec::new());
        let (mut coverage, mut ground) = (None, Vec::new());
        let mut district_coverage = None;
        if let Some(lines) = lines {
            (mended, holes, without_lines) = (lines.mended, lines.holes, lines.bare);
            (coverage, ground) = (Some(lines.coverage), lines.shapes);
        } else {
            let shapes: Vec<Option<&MultiPolygon>> =
                groups.iter().map(|d| version(d).and_then(|v| v.shape.as_ref())).collect();
            if let Some(lines) = Lines::of(vintage, &districts, &shapes, max_fix_m2)? {
                lines.describe(&mut districts);
                (mended, holes, without_lines) = (lines.mended, lines.holes, lines.bare);
                cutter_of_units = Some(cutter(&lines.coverage, None));
                district_coverage = Some(lines.coverage);
            }
        }
        let mut geography = Self {
            boxes: boxes_of(&khoroos),
            khoroos,
            districts,
            cutter: cutter_of_units,
            outlines,
            piece_of: coverage.as_ref().map_or_else(Vec::new, pieces),
            district_of,
            shapes: Arc::new(ground),
            coverage,
            district_coverage,
            district_lines_from: None,
            mended,
            holes,
            without_lines,
            illustrative: dataset.khoroos.iter().any(|k| k.illustrative)
                || dataset.district_versions.iter().any(|v| v.illustrative),
            content_hash: String::new(),
        };
        geography.content_hash = geography.hash();
        Ok(geography)
    }

    /// True when these lines were built for the same districts, names aside.
    pub(super) fn fits(&self, districts: &[District]) -> bool {
        self.districts.iter().all(|u| districts.iter().any(|d| d.code == u.district && d.number == u.number))
    }

    /// The same lines with the names that `districts` have now; `None` when they are the same.
    pub(super) fn renamed(&self, districts: &[District]) -> Option<Self> {
        let mut units = self.districts.clone();
        for unit in &mut units {
            if let Some(district) = districts.iter().find(|d| d.code == unit.district) {
                unit.rename_district(district);
            }
        }
        if units == self.districts {
            return None;
        }
        let mut copy = Self { districts: units, ..self.clone() };
        copy.content_hash = copy.hash();
        Some(copy)
    }

    /// The same codes, drawn with the district lines of another vintage.
    ///
    /// `None` where these khoroos or districts have lines of their own, or `lender` has none.
    pub(super) fn borrowing(&self, lender: &Self, lender_id: &VintageId) -> Option<Self> {
        if self.coverage.is_some() || (self.district_coverage.is_some() && self.district_lines_from.is_none())
        {
            return None;
        }
        let dissolved = lender.coverage.as_ref()?.dissolve(&lender.district_of);
        let idx_there: Vec<Option<usize>> =
            self.districts.iter().map(|d| lender.district_idx(&d.district)).collect();
        let empty = MultiPolygon::default();
        let shapes: Vec<&MultiPolygon> =
            idx_there.iter().map(|idx| idx.map_or(&empty, |idx| &dissolved[idx])).collect();
        let coverage = Coverage::from_polygons(&shapes).ok()?;
        let mut units = self.districts.clone();
        for (unit, there) in units.iter_mut().zip(&idx_there) {
            let lent = there.map(|idx| &lender.districts[idx]);
            unit.area_km2 = lent.and_then(|d| d.area_km2);
            unit.bounds = lent.and_then(|d| d.bounds);
            unit.label = lent.and_then(|d| d.label);
            unit.room_m = lent.and_then(|d| d.room_m);
        }
        let mut copy = Self {
            districts: units,
            cutter: Some(cutter(&coverage, None)),
            district_coverage: Some(coverage),
            district_lines_from: Some(lender_id.clone()),
            ..self.clone()
        };
        copy.content_hash = copy.hash();
        Some(copy)
    }

    /// The same codes without borrowed lines; `None` where none were borrowed.
    pub(super) fn giving_back(&self) -> Option<Self> {
        self.district_lines_from.as_ref()?;
        let mut copy =
            Self { district_coverage: None, cutter: None, district_lines_from: None, ..self.clone() };
        for unit in &mut copy.districts {
            (unit.area_km2, unit.bounds, unit.label, unit.room_m) = (None, None, None, None);
        }
        copy.content_hash = copy.hash();
        Some(copy)
    }

    /// Facts (population, area) are left out: they are not in the boundary tiles.
    fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let text = |hash: &mut Sha256, text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        for units in [&self.khoroos, &self.districts] {
            hash.update((units.len() as u64).to_le_bytes());
            for unit in units {
                hash.update(unit.mvt_id.to_le_bytes());
                // Follows from the lines, but tiles without it are others.
                hash.update(unit.room_m.map_or(u64::MAX, |metres| metres.round() as u64).to_le_bytes());
                text(&mut hash, &unit.code);
                text(&mut hash, &unit.name_mn);
                text(&mut hash, &unit.name_en);
                for scheme in [&unit.nso_code, &unit.land_code, &unit.ebarilga_code] {
                    text(&mut hash, scheme.as_deref().unwrap_or(""));
                }
            }
        }
        for coverage in [&self.coverage, &self.district_coverage] {
            let arcs = coverage.as_ref().map_or(&[][..], Coverage::arcs);
            hash.update((arcs.len() as u64).to_le_bytes());
            for arc in arcs {
                for side in [arc.left, arc.right] {
                    hash.update(side.map_or(u64::MAX, u64::from).to_le_bytes());
                }
                hash.update((arc.points.len() as u64).to_le_bytes());
                for p in &arc.points {
                    hash.update(p.x.to_le_bytes());
                    hash.update(p.y.to_le_bytes());
                }
            }
        }
        hash.finalize().iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
            use std::fmt::Write as _;
            write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
            hex
        })
    }
}

/// Khoroos with their districts, sorted by district number, then khoroo number.
fn sorted_khoroos<'a>(
    vintage: &VintageId,
    dataset: &'a Dataset,
    districts: &'a [District],
) -> Result<Vec<(&'a District, &'a Khoroo)>, BuildError> {
    let mut sorted = Vec::with_capacity(dataset.khoroos.len());
    for khoroo in &dataset.khoroos {
        let code = khoroo.code();
        let district = districts
            .iter()
            .find(|d| d.code == code.district)
            .ok_or_else(|| BuildError::UnknownDistrict { vintage: vintage.clone(), khoroo: code.clone() })?;
        sorted.push((district, khoroo));
    }
    sorted.sort_by(|a, b| (a.0.number, a.1.code()).cmp(&(b.0.number, b.1.code())));
    Ok(sorted)
}

/// Which piece of connected ground each unit is on; pieces are numbered from the one with most units, of
/// equal ones from that with the first unit.
fn pieces(coverage: &Coverage) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut piece_of = vec![NONE; coverage.n_units()];
    let mut sizes: Vec<(usize, u32)> = Vec::new();
    for start in 0..coverage.n_units() as u32 {
        if piece_of[start as usize] != NONE {
            continue;
        }
        let piece = sizes.len() as u32;
        piece_of[start as usize] = piece;
        let (mut ahead, mut size) = (vec![start], 0);
        while let Some(unit) = ahead.pop() {
            size += 1;
            for neighbour in coverage.neighbours(unit) {
                if piece_of[neighbour.unit as usize] == NONE {
                    piece_of[neighbour.unit as usize] = piece;
                    ahead.push(neighbour.unit);
                }
            }
        }
        sizes.push((size, piece));
    }
    sizes.sort_by_key(|&(size, piece)| (std::cmp::Reverse(size), piece));
    let mut rank_of = vec![0; sizes.len()];
    sizes.iter().zip(0..).for_each(|(&(_, piece), rank)| rank_of[piece as usize] = rank);
    piece_of.iter().map(|&piece| rank_of[piece as usize]).collect()
}

fn cutter(coverage: &Coverage, group_of: Option<&[u32]>) -> Arc<TileCutter> {
    Arc::new(TileCutter::new(coverage, Simplification::new(coverage), group_of))
}

fn boxes_of(khoroos: &[Unit]) -> RTree<Boxed> {
    let boxed = |(idx, unit): (usize, &Unit)| Some(Boxed { bounds: unit.bounds?, idx: idx as u32 });
    RTree::bulk_load(khoroos.iter().enumerate().filter_map(boxed).collect())
}
