//! All units into one coverage: overlaps and gaps settled within what the request allows.

use std::collections::BTreeMap;

use super::cause::{Cause, Spot};
use super::report::{Patch, Report};
use super::request::Request;
use super::rings::Unit;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, CleanOptions, CleanReport, Repair};
use crate::model::MultiPolygon;

/// Units that share borders vertex for vertex.
pub(super) struct Cleaned {
    /// Sorted by key; the index is the coverage's unit.
    pub units: Vec<Unit>,
    pub coverage: Coverage,
}

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
    let cleaned = clean::clean(&shapes, &options).map_err(|refusal| refused(&refusal, &codes))?;
    book(&cleaned.report, &codes, report);
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

fn refused(refusal: &clean::Refusal, codes: &[String]) -> Vec<Cause> {
    let overlaps = refusal.overlaps.iter().map(|patch| Cause::Overlap {
        claimants: named(&patch.claimants, codes).join(" × "),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let gaps = refusal.gaps.iter().map(|patch| Cause::Gap {
        beside: beside(patch, codes).join(", "),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let lost = refusal.lost.iter().map(|&unit| Cause::Lost { unit: codes[unit as usize].clone() });
    overlaps.chain(gaps).chain(lost).collect()
}

fn book(clean: &CleanReport, codes: &[String], report: &mut Report) {
    let patch = |repair: &Repair| Patch {
        claimants: named(&repair.claimants, codes),
        winner: repair.winner.map(|unit| codes[unit as usize].clone()),
        area_m2: repair.area_m2,
        lon: repair.at.lon(),
        lat: repair.at.lat(),
    };
    report.overlaps = clean.overlaps.iter().map(patch).collect();
    let gap = |repair: &Repair| Patch { claimants: beside(repair, codes), ..patch(repair) };
    report.gaps = clean.gaps.iter().map(gap).collect();
    report.kept_gaps = clean.kept_gaps;
    report.largest_shift_m = clean.largest_shift_m;
    let moved = codes.iter().zip(&clean.area_moved_m2).filter(|(_, area)| **area != 0.0);
    report.area_moved_m2 = moved.map(|(code, area)| (code.clone(), *area)).collect();
}

fn named(units: &[u32], codes: &[String]) -> Vec<String> {
    units.iter().map(|&unit| codes[unit as usize].clone()).collect()
}

/// A gap has no claimants: the units around it name the place instead, the longest border first.
fn beside(gap: &Repair, codes: &[String]) -> Vec<String> {
    named(if gap.claimants.is_empty() { &gap.beside } else { &gap.claimants }, codes)
}

impl Cleaned {
    pub fn keys(&self) -> impl Iterator<Item = &UnitKey> {
        self.units.iter().map(|unit| &unit.identified.key)
    }
}
