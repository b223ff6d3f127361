//! All units into one coverage: overlaps and gaps settled within what the request allows.

use std::collections::BTreeMap;

use super::cause::{Cause, Spot};
use super::decisions::StatedDecision;
use super::report::{AreaMoved, Patch, Report};
use super::request::{Level, Request};
use super::rings::Unit;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, BadDecision, CleanOptions, CleanReport, Decision, Repair};
use crate::geometry::label::interior_point;
use crate::model::MultiPolygon;
use crate::model::naming::DistrictNames;

/// Units that share borders vertex for vertex.
pub(super) struct Cleaned {
    /// Sorted by key; the index is the coverage's unit.
    pub units: Vec<Unit>,
    pub coverage: Coverage,
}

pub(super) fn clean(
    request: &Request,
    names: &DistrictNames,
    mut units: Vec<Unit>,
    report: &mut Report,
) -> Stage<Cleaned> {
    let codes: Vec<String> = units.iter().map(|unit| unit.identified.key.to_string()).collect();
    let options = CleanOptions {
        max_fix_m2: request.max_fix_m2,
        resolve: request.resolve,
        gaps: request.gaps,
        decisions: decisions(request, names, &units)?,
    };
    let shapes: Vec<MultiPolygon> = units.iter_mut().map(|unit| std::mem::take(&mut unit.shape)).collect();
    let stated = |index: usize| &request.decisions[index];
    let cleaned = clean::clean(&shapes, &options);
    let (Ok(CleanReport { unused_decisions: unused, .. })
    | Err(clean::Refusal { unused_decisions: unused, .. })) = cleaned.as_ref().map(|cleaned| &cleaned.report);
    report.notes.extend(unused.iter().map(|&index| {
        let StatedDecision { line, at, .. } = stated(index);
        format!("the decision in line {line}, at {}, meets no overlap or gap", Spot::of(*at))
    }));
    let cleaned = cleaned.map_err(|refusal| refused(request, &refusal, &codes, &shapes))?;
    book(&cleaned.report, &codes, report);
    report.notes.extend(cleaned.report.repeated_decisions.iter().map(|&(first, again)| {
        format!("the decision in line {} says what line {} says", stated(again).line, stated(first).line)
    }));
    drop(shapes);
    for (unit, shape) in units.iter_mut().zip(cleaned.units) {
        unit.shape = shape;
    }
    Ok(Cleaned { units, coverage: cleaned.coverage })
}

/// The stated decisions with winners as indexes into units; Err lists winners that name no unit.
fn decisions(request: &Request, names: &DistrictNames, units: &[Unit]) -> Stage<Vec<Decision>> {
    let unit_of: BTreeMap<&UnitKey, u32> = units.iter().map(|unit| &unit.identified.key).zip(0..).collect();
    let named = |text: &str| {
        let key = match request.level {
            Level::Khoroo => UnitKey::Khoroo(names.khoroo(text)?),
            Level::District => {
                UnitKey::District(names.find(text).or_else(|| names.find_within(text))?.clone())
            }
        };
        unit_of.get(&key).copied()
    };
    let (mut decisions, mut causes) = (Vec::new(), Vec::new());
    for StatedDecision { line, at, winner } in &request.decisions {
        let (line, spot) = (*line, Spot::of(*at));
        match winner.as_deref().map(|text| (text, named(text))) {
            None => decisions.push(Decision { at: *at, winner: None }),
            Some((_, Some(unit))) => decisions.push(Decision { at: *at, winner: Some(unit) }),
            Some((text, None)) => causes.push(Cause::UnknownWinner { line, winner: text.to_owned(), spot }),
        }
    }
    if causes.is_empty() { Ok(decisions) } else { Err(causes) }
}

fn refused(
    request: &Request,
    refusal: &clean::Refusal,
    codes: &[String],
    shapes: &[MultiPolygon],
) -> Vec<Cause> {
    let bad = refusal.decisions.iter().map(|bad| bad_decision(request, bad, codes));
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
    let place = |unit: u32| {
        let shape = &shapes[unit as usize];
        // A unit too thin to hold a grid point still has corners.
        let at = interior_point(shape).or_else(|| shape.vertices().next());
        (codes[unit as usize].clone(), at.map(Spot::of))
    };
    let lost = refusal.lost.iter().map(|&unit| place(unit));
    let lost = lost.map(|(unit, spot)| Cause::Lost { unit, spot });
    let folded = refusal.folded.iter().map(|&unit| place(unit));
    let folded = folded.map(|(unit, spot)| Cause::TooThin { unit, spot });
    bad.chain(overlaps).chain(gaps).chain(lost).chain(folded).collect()
}

fn bad_decision(request: &Request, bad: &BadDecision, codes: &[String]) -> Cause {
    let stated = |index: usize| &request.decisions[index];
    let winner = |index: usize| stated(index).winner.clone().unwrap_or_else(|| "outside".to_owned());
    match bad {
        BadDecision::Stranger { decision, able } => Cause::StrangeWinner {
            line: stated(*decision).line,
            winner: winner(*decision),
            spot: Spot::of(stated(*decision).at),
            able: named(able, codes).join(", "),
        },
        BadDecision::Contradiction { first, second } => Cause::ContradictingDecisions {
            first_line: stated(*first).line,
            first: winner(*first),
            second_line: stated(*second).line,
            second: winner(*second),
            spot: Spot::of(stated(*second).at),
        },
    }
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
    let moved = codes.iter().zip(&clean.moved).filter(|(_, moved)| **moved != clean::Moved::default());
    report.area_moved_m2 =
        moved.map(|(code, m)| (code.clone(), AreaMoved { gained: m.won_m2, lost: m.lost_m2 })).collect();
    report.total_moved_m2 = report.area_moved_m2.values().map(|moved| moved.gained + moved.lost).sum();
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
