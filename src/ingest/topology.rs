//! All units into one coverage: overlaps and gaps settled within what the request allows.

use std::collections::BTreeMap;

use super::cause::{Cause, Spot};
use super::report::{Patch, Report};
use super::request::Request;
use super::rings::Unit;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, CleanOptions, CleanReport, Repair};
use crate::model::grid::STEPS_PER_DEGREE;
use crate::model::{GridBox, GridPoint, MultiPolygon};

/// Units that share borders vertex for vertex.
pub(super) struct Cleaned {
    /// Sorted by key; the index is the coverage's unit.
    pub units: Vec<Unit>,
    pub coverage: Coverage,
}

/// Borders move with less than this: the rounding of a noded crossing.
const MOVED_M2: f64 = 0.5;

pub(super) fn clean(request: &Request, mut units: Vec<Unit>, report: &mut Report) -> Stage<Cleaned> {
    let codes: Vec<String> = units.iter().map(|unit| unit.identified.key.to_string()).collect();
    let unit_of: BTreeMap<&str, u32> = codes.iter().map(String::as_str).zip(0..).collect();
    let mut causes = Vec::new();
    let mut decisions = Vec::new();
    for stated in &request.decisions {
        match stated.resolve(|code| unit_of.get(code).copied()) {
            Some(decision) => decisions.push(decision),
            None => causes.push(Cause::UnknownWinner {
                winner: stated.winner.clone().unwrap_or_default(),
                spot: Spot::of(stated.at),
            }),
        }
    }
    if !causes.is_empty() {
        return Err(causes);
    }
    let options = CleanOptions {
        max_fix_m2: request.max_fix_m2,
        resolve: request.resolve,
        gaps: request.gaps,
        decisions,
    };
    let shapes: Vec<MultiPolygon> = units.iter_mut().map(|unit| std::mem::take(&mut unit.shape)).collect();
    let cleaned = clean::clean(&shapes, &options).map_err(|refusal| refused(&refusal, &codes, &shapes))?;
    book(&cleaned.report, &codes, &shapes, report);
    report.notes.extend(cleaned.report.unused_decisions.iter().filter_map(|&index| {
        let at = request.decisions.get(index)?.at;
        Some(format!("the decision at {} meets no overlap or gap", Spot::of(at)))
    }));
    drop(shapes);
    for (unit, shape) in units.iter_mut().zip(cleaned.units) {
        unit.shape = shape;
    }
    Ok(Cleaned { units, coverage: cleaned.coverage })
}

fn refused(refusal: &clean::Refusal, codes: &[String], shapes: &[MultiPolygon]) -> Vec<Cause> {
    let overlaps = refusal.overlaps.iter().map(|patch| Cause::Overlap {
        claimants: named(&patch.claimants, codes).join(" × "),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let gaps = refusal.gaps.iter().map(|patch| Cause::Gap {
        beside: beside(patch, codes, shapes).join(", "),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let lost = refusal.lost.iter().map(|&unit| Cause::Lost { unit: codes[unit as usize].clone() });
    overlaps.chain(gaps).chain(lost).collect()
}

fn book(clean: &CleanReport, codes: &[String], shapes: &[MultiPolygon], report: &mut Report) {
    let patch = |repair: &Repair| Patch {
        claimants: named(&repair.claimants, codes),
        winner: repair.winner.map(|unit| codes[unit as usize].clone()),
        area_m2: repair.area_m2,
        lon: repair.at.lon(),
        lat: repair.at.lat(),
    };
    report.overlaps = clean.overlaps.iter().map(patch).collect();
    let gap = |repair: &Repair| Patch { claimants: beside(repair, codes, shapes), ..patch(repair) };
    report.gaps = clean.gaps.iter().map(gap).collect();
    report.kept_gaps = clean.kept_gaps;
    report.largest_shift_m = clean.largest_shift_m;
    let moved = codes.iter().zip(&clean.area_moved_m2).filter(|(_, area)| area.abs() >= MOVED_M2);
    report.area_moved_m2 = moved.map(|(code, area)| (code.clone(), *area)).collect();
}

fn named(units: &[u32], codes: &[String]) -> Vec<String> {
    units.iter().map(|&unit| codes[unit as usize].clone()).collect()
}

/// A gap has no claimants: the two units with the nearest borders name the place instead.
fn beside(gap: &Repair, codes: &[String], shapes: &[MultiPolygon]) -> Vec<String> {
    if !gap.claimants.is_empty() {
        return named(&gap.claimants, codes);
    }
    let mut by_distance: Vec<(f64, usize)> = shapes
        .iter()
        .enumerate()
        .filter(|(_, shape)| shape.bounds().is_some_and(|bounds| bounds.intersects(around(gap.at))))
        .map(|(unit, shape)| (distance(shape, gap.at), unit))
        .collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut units: Vec<usize> = by_distance.into_iter().take(2).map(|(_, unit)| unit).collect();
    units.sort_unstable();
    units.into_iter().map(|unit| codes[unit].clone()).collect()
}

/// A box of 0.05° to every side: some 5 km, more than half of any gap that is one.
fn around(p: GridPoint) -> GridBox {
    const REACH: i32 = STEPS_PER_DEGREE / 20;
    let [west, east] = [p.x.saturating_sub(REACH), p.x.saturating_add(REACH)];
    GridBox { west, south: p.y.saturating_sub(REACH), east, north: p.y.saturating_add(REACH) }
}

/// From the point to the nearest side of the shape, in grid steps with longitude shortened as at 48°.
fn distance(shape: &MultiPolygon, p: GridPoint) -> f64 {
    const SHORTER: f64 = 0.67;
    let relative =
        |v: GridPoint| ((f64::from(v.x) - f64::from(p.x)) * SHORTER, f64::from(v.y) - f64::from(p.y));
    let to_side = |(a, b): (&GridPoint, &GridPoint)| {
        let ((ax, ay), (bx, by)) = (relative(*a), relative(*b));
        let (dx, dy) = (bx - ax, by - ay);
        let length_2 = dx * dx + dy * dy;
        let along = if length_2 > 0.0 { (-(ax * dx + ay * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
        (ax + along * dx).hypot(ay + along * dy)
    };
    shape
        .rings()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)).map(to_side))
        .fold(f64::INFINITY, f64::min)
}

impl Cleaned {
    pub fn keys(&self) -> impl Iterator<Item = &UnitKey> {
        self.units.iter().map(|unit| &unit.identified.key)
    }
}
