//! One load becomes one snapshot.
//!
//! Owns: what is shared with the previous snapshot, and why a load may be refused.
//! Invariant: a patched snapshot equals one built from nothing out of the same rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::carry::Carrier;
use super::counts::{Counts, Unplaced, count};
use super::homes::Homes;
use super::lines::Mended;
use super::marks::Marker;
use super::offices::Offices;
use super::register::Register;
use super::residents::Residents;
use super::search::Index;
use super::seats::Seats;
use super::{Geography, Snapshot, VintageView};
use crate::model::rules::{self, Ground, Shapes, Verdict};
use crate::model::{
    Dataset, District, KhorooCode, KhorooId, Lineage, Loaded, Records, Standings, Table, Unreadable, Vintage,
    VintageId,
};

/// Why a load makes no snapshot; the one before it stays.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("khoroo `{khoroo}` of vintage `{vintage}` belongs to a district that is not in the store")]
    UnknownDistrict { vintage: VintageId, khoroo: KhorooCode },
    #[error("borders of vintage `{vintage}` do not fit together within {max_fix_m2} m²: {misfit}")]
    Lines { vintage: VintageId, max_fix_m2: f64, misfit: Misfit },
    /// A load of everything helps, as units are sorted and numbered by district.
    #[error("districts of vintage `{vintage}` were renumbered, and the load left its khoroos out")]
    Renumbered { vintage: VintageId },
}

/// Where borders do not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    pub places: Vec<Mended>,
    /// Codes of units that mending would make vanish.
    pub lost: Vec<String>,
}

/// How many places an error message names before it only counts them.
const PLACES_TOLD: usize = 5;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.places.iter().take(PLACES_TOLD).map(ToString::to_string).collect();
        if self.places.len() > PLACES_TOLD {
            let more = self.places.len() - PLACES_TOLD;
            parts.push(format!("{more} more places (`hlp check` lists all)"));
        }
        if !self.lost.is_empty() {
            parts.push(format!("nothing would be left of {}", self.lost.join(", ")));
        }
        f.write_str(&parts.join("; "))
    }
}

impl Snapshot {
    /// Makes the snapshot of a load.
    ///
    /// - `previous`: supplies the vintages that the load left out as unchanged, and is shared with
    ///   wherever the content is equal. A vintage that neither has is one without khoroos.
    /// - `max_fix_m2`: overlaps and gaps up to this area each are mended in memory and listed.
    /// - Errors: see [`BuildError`]; nothing of `previous` is touched.
    pub fn build(loaded: Loaded, previous: Option<&Self>, max_fix_m2: f64) -> Result<Self, BuildError> {
        let Loaded {
            revision,
            districts,
            mut vintages,
            datasets,
            lineage,
            context_lines,
            records,
            unreadable,
        } = loaded;
        vintages.sort_by(|a, b| (a.valid_from, &a.id).cmp(&(b.valid_from, &b.id)));
        let unreadable = all_unreadable(unreadable, &datasets, previous);
        let placed = geographies(vintages, &datasets, &districts, previous, max_fix_m2)?;
        let known = known_khoroos(&placed);
        let of_vintages: Vec<Vintage> = placed.iter().map(|(v, _)| v.clone()).collect();
        let shapes = shapes(&placed, &known);
        let ground = Ground { vintages: &of_vintages, khoroos: &known, lineage: &lineage, shapes };
        let verdict = rules::check(&ground, &records);
        let grounds: Vec<_> =
            placed.iter().map(|(vintage, geography)| (vintage, geography.as_ref())).collect();
        let homes = Homes::of(&ground, &grounds, &records);
        let standings = Standings::of(&records, &verdict.broken);
        let world = World { placed: &placed, records: &records, verdict: &verdict, homes: &homes };
        let (vintages, unplaced, seats) = views(&world, &known, &lineage, &standings, previous);
        let illustrative = is_illustrative(&districts, &placed, &records);
        let districts = shared(previous.map(|p| &p.districts), districts);
        let records = shared(previous.map(|p| &p.records), records);
        Ok(Self {
            revision,
            search: Index::build(&districts, &vintages, &records, &standings, previous),
            seats: shared(previous.map(|p| &p.seats), seats),
            districts,
            vintages,
            lineage: shared(previous.map(|p| &p.lineage), lineage),
            context_lines: shared(previous.map(|p| &p.context_lines), context_lines),
            orientation: previous.map(|p| Arc::clone(&p.orientation)).unwrap_or_default(),
            register: Register::of(&records),
            records,
            khoroos: known,
            homes,
            standings,
            verdict,
            unplaced,
            unreadable,
            illustrative,
        })
    }
}

/// What figures and marks of all vintages are made from.
pub(super) struct World<'a> {
    /// In order of validity.
    pub placed: &'a [(Vintage, Arc<Geography>)],
    pub records: &'a Records,
    pub verdict: &'a Verdict,
    pub homes: &'a Homes,
}

/// Ground of all khoroos that have some.
fn shapes<'a>(placed: &'a [(Vintage, Arc<Geography>)], known: &'a BTreeSet<KhorooId>) -> Shapes<'a> {
    let shape = |id: &'a KhorooId| {
        let (_, geography) = placed.iter().find(|(vintage, _)| vintage.id == id.vintage)?;
        let shape = geography.shapes.get(geography.khoroo_idx(&id.code)?)?;
        (!shape.is_empty()).then_some((id, shape))
    };
    known.iter().filter_map(shape).collect()
}

/// What records make of every vintage, in their order, those that have no place, and seats.
fn views(
    world: &World<'_>,
    khoroos: &BTreeSet<KhorooId>,
    lineage: &[Lineage],
    standings: &Standings,
    previous: Option<&Snapshot>,
) -> (Vec<VintageView>, Vec<Unplaced>, Seats) {
    let (placed, records, verdict) = (world.placed, world.records, world.verdict);
    let carrier = Carrier::new(placed.iter().map(|(v, g)| (v, g.as_ref())), khoroos, lineage);
    let (counts, unplaced) = count(world, &carrier);
    let marker = Marker::new(world, standings, &carrier);
    let view = |(at, ((vintage, geography), counts)): (usize, (&(Vintage, Arc<Geography>), Counts))| {
        let before = previous.and_then(|p| p.vintage(&vintage.id));
        let residents = Residents::build(vintage, geography, records, verdict);
        let offices = Offices::of(vintage, geography, records, verdict);
        VintageView {
            vintage: vintage.clone(),
            geography: Arc::clone(geography),
            residents: shared(before.map(|v| &v.residents), residents),
            marks: shared(before.map(|v| &v.marks), marker.marks(at, &counts)),
            offices: shared(before.map(|v| &v.offices), offices),
            counts: shared(before.map(|v| &v.counts), counts),
        }
    };
    let views: Vec<VintageView> = placed.iter().zip(counts).enumerate().map(view).collect();
    let seats = Seats::of(&views, &carrier);
    (views, unplaced, seats)
}

/// The value before, if it is equal.
fn shared<T: PartialEq>(before: Option<&Arc<T>>, now: T) -> Arc<T> {
    before.filter(|b| ***b == now).map_or_else(|| Arc::new(now), Arc::clone)
}

fn geographies(
    vintages: Vec<Vintage>,
    datasets: &BTreeMap<VintageId, Dataset>,
    districts: &[District],
    previous: Option<&Snapshot>,
    max_fix_m2: f64,
) -> Result<Vec<(Vintage, Arc<Geography>)>, BuildError> {
    let mut placed = Vec::with_capacity(vintages.len());
    for vintage in vintages {
        let before = previous.and_then(|p| p.vintage(&vintage.id)).map(|v| &v.geography);
        let geography = match (datasets.get(&vintage.id), before) {
            (None, Some(before)) if !before.fits(districts) => {
                return Err(BuildError::Renumbered { vintage: vintage.id });
            }
            (None, Some(before)) => before.renamed(districts).map_or_else(|| Arc::clone(before), Arc::new),
            (None, None) => Geography::build(&vintage.id, &Dataset::default(), districts, max_fix_m2)?.into(),
            (Some(dataset), _) => Geography::build(&vintage.id, dataset, districts, max_fix_m2)?.into(),
        };
        placed.push((vintage, geography));
    }
    lend_lines(&mut placed, previous);
    Ok(placed)
}

/// Gives vintages known only as codes the district lines of the vintage nearest in time that has any.
fn lend_lines(placed: &mut [(Vintage, Arc<Geography>)], previous: Option<&Snapshot>) {
    for idx in 0..placed.len() {
        let nearest = (0..placed.len())
            .filter(|&other| placed[other].1.coverage.is_some())
            .min_by_key(|&other| (other.abs_diff(idx), other < idx));
        let Some(lender) = nearest.filter(|&lender| lender != idx) else {
            if let Some(without) = placed[idx].1.giving_back() {
                placed[idx].1 = Arc::new(without);
            }
            continue;
        };
        let (lender_id, lender) = (placed[lender].0.id.clone(), Arc::clone(&placed[lender].1));
        let geography = &mut placed[idx].1;
        let same_lines = previous.and_then(|p| p.vintage(&lender_id)).is_some_and(|v| {
            Arc::ptr_eq(&v.geography, &lender) && geography.district_lines_from.as_ref() == Some(&lender_id)
        });
        if same_lines {
            continue;
        }
        if let Some(with_lines) = geography.borrowing(&lender, &lender_id) {
            *geography = Arc::new(with_lines);
        }
    }
}

fn known_khoroos(placed: &[(Vintage, Arc<Geography>)]) -> BTreeSet<KhorooId> {
    let khoroos = placed.iter().flat_map(|(vintage, geography)| {
        geography.khoroos.iter().map(|unit| KhorooId {
            vintage: vintage.id.clone(),
            code: KhorooCode { district: unit.district.clone(), number: unit.number },
        })
    });
    khoroos.collect()
}

/// What this load could not read, and what an earlier one could not in the vintages left out now.
fn all_unreadable(
    now: Vec<Unreadable>,
    datasets: &BTreeMap<VintageId, Dataset>,
    previous: Option<&Snapshot>,
) -> Vec<Unreadable> {
    let left_out = |row: &&Unreadable| {
        let vintage = row.key.split_once(':').map_or(row.key.as_str(), |(vintage, _)| vintage);
        matches!(row.table, Table::Khoroo | Table::DistrictVersion)
            && !datasets.keys().any(|id| id.as_str() == vintage)
    };
    let before = previous.into_iter().flat_map(|p| &p.unreadable).filter(left_out).cloned();
    now.into_iter().chain(before).collect::<BTreeSet<_>>().into_iter().collect()
}

fn is_illustrative(districts: &[District], placed: &[(Vintage, Arc<Geography>)], records: &Records) -> bool {
    districts.iter().any(|d| d.illustrative)
        || placed.iter().any(|(vintage, geography)| vintage.illustrative || geography.illustrative)
        || records.any_illustrative()
}
