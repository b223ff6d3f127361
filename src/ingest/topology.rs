//! All units into one coverage: overlaps and gaps settled within what the request allows.

use std::collections::BTreeMap;

use super::cause::{Cause, Spot};
use super::decisions::StatedDecision;
use super::report::{Patch, Report};
use super::request::{Level, Request};
use super::rings::Unit;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{
    self, BadDecision, CleanOptions, CleanReport, Decision, Repair, Resolve,
};
use crate::geometry::coverage::winding::winding;
use crate::geometry::label::interior_point;
use crate::model::naming::DistrictNames;
use crate::model::{GridPoint, MultiPolygon};

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
    report.decisions.stated = request.decisions.len();
    report.decisions.without_dispute = unused.len();
    report.notes.extend(unused.iter().map(|&index| {
        let StatedDecision { line, at, winner } = stated(index);
        let winner = winner.as_deref().unwrap_or("outside");
        let spot = Spot::of(*at);
        format!("the decision in line {line}, at {spot}, meets no overlap or gap: the ground is `{winner}` already")
    }));
    let cleaned = cleaned.map_err(|refusal| refused(request, &refusal, &codes, &shapes))?;
    book(request, &cleaned.report, &codes, report);
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
        claimants: named(&patch.claimants, codes),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let gaps = refusal.gaps.iter().map(|patch| Cause::Gap {
        beside: beside(patch, codes),
        area_m2: patch.area_m2,
        spot: Spot::of(patch.at),
    });
    let place = |unit: u32| {
        let shape = &shapes[unit as usize];
        // A unit too thin to hold a grid point still has corners.
        interior_point(shape).or_else(|| shape.vertices().next())
    };
    let lost = lost(request, &refusal.lost, codes, shapes, place);
    let folded = refusal
        .folded
        .iter()
        .map(|&unit| Cause::TooThin { unit: codes[unit as usize].clone(), spot: place(unit).map(Spot::of) });
    bad.chain(overlaps).chain(gaps).chain(lost).chain(folded).collect()
}

/// Units that others take all ground of, with what can be done for each; no two of the lines that are
/// proposed are about the same ground, nor about ground that a decision gave away.
fn lost(
    request: &Request,
    lost: &[u32],
    codes: &[String],
    shapes: &[MultiPolygon],
    place: impl Fn(u32) -> Option<GridPoint>,
) -> Vec<Cause> {
    let why = match request.resolve {
        _ if request
            .decisions
            .iter()
            .any(|d| lost.iter().any(|&unit| holds(&shapes[unit as usize], d.at))) =>
        {
            "get it, some of it by decision"
        }
        Some(Resolve::Larger) => "get it as the larger ones or those with more border to it",
        Some(Resolve::Smaller) => "get it as the smaller ones or those with more border to it",
        Some(Resolve::First) => "get it as the first by code or those with more border to it",
        Some(Resolve::Refuse) | None => "have more border to it",
    };
    let mut proposed: Vec<(u32, GridPoint)> = Vec::new();
    let mut causes = Vec::new();
    for &unit in lost {
        let (code, shape) = (&codes[unit as usize], &shapes[unit as usize]);
        let at = place(unit);
        let against: Vec<String> = request
            .decisions
            .iter()
            .filter(|decision| holds(shape, decision.at))
            .map(|decision| decision.line.to_string())
            .collect();
        let rival = at.and_then(|at| {
            let meets = |&&(other, spot): &&(u32, GridPoint)| {
                spot == at || holds(&shapes[other as usize], at) || holds(shape, spot)
            };
            proposed.iter().find(meets)
        });
        let leave_out = format!("leave {code} out of the files");
        let advice = match (at, rival) {
            _ if !against.is_empty() => {
                let lines = if against.len() == 1 { "line" } else { "lines" };
                format!(
                    "change {lines} {} of the decisions, which are about its ground, or {leave_out}",
                    against.join(", ")
                )
            }
            (_, Some((other, _))) => {
                format!(
                    "it lies on the ground of {}, so mend one of the two, or {leave_out}",
                    codes[*other as usize]
                )
            }
            (Some(at), None) => {
                proposed.push((unit, at));
                format!("give it back in --decisions with the line {},{code}, or {leave_out}", Spot::of(at))
            }
            (None, None) => leave_out,
        };
        causes.push(Cause::Lost { unit: code.clone(), spot: at.map(Spot::of), why, advice });
    }
    causes
}

/// Whether a shape holds a point, by the even-odd rule.
fn holds(shape: &MultiPolygon, at: GridPoint) -> bool {
    shape.rings().map(|ring| winding(ring, at).abs()).sum::<i32>() % 2 == 1
}

fn bad_decision(request: &Request, bad: &BadDecision, codes: &[String]) -> Cause {
    let stated = |index: usize| &request.decisions[index];
    let winner = |index: usize| stated(index).winner.clone().unwrap_or_else(|| "outside".to_owned());
    match bad {
        BadDecision::Stranger { decision, able } => Cause::StrangeWinner {
            line: stated(*decision).line,
            winner: winner(*decision),
            spot: Spot::of(stated(*decision).at),
            able: named(able, codes),
        },
        BadDecision::Undisputed { decision, holders } => Cause::UndisputedGround {
            line: stated(*decision).line,
            winner: winner(*decision),
            spot: Spot::of(stated(*decision).at),
            holders: named(holders, codes),
        },
        BadDecision::Contradiction { first, second, is_gap, area_m2 } => Cause::ContradictingDecisions {
            first_line: stated(*first).line,
            first: winner(*first),
            second_line: stated(*second).line,
            second: winner(*second),
            what: if *is_gap { "gap" } else { "overlap" },
            area_m2: *area_m2,
            spot: Spot::of(stated(*second).at),
        },
    }
}

fn book(request: &Request, clean: &CleanReport, codes: &[String], report: &mut Report) {
    let patch = |repair: &Repair| Patch {
        claimants: named(&repair.claimants, codes),
        winner: repair.winner.map(|unit| codes[unit as usize].clone()),
        area_m2: repair.area_m2,
        lon: repair.at.lon(),
        lat: repair.at.lat(),
        decided_in_line: repair.decision.map(|decision| request.decisions[decision].line),
    };
    report.overlaps = clean.overlaps.iter().map(patch).collect();
    let gap = |repair: &Repair| Patch { claimants: beside(repair, codes), ..patch(repair) };
    report.gaps = clean.gaps.iter().map(gap).collect();
    report.kept_gaps = clean.kept_gaps;
    report.outside_m2 = clean.outside_m2;
    report.largest_shift_m = clean.largest_shift_m;
    for (code, moved) in codes.iter().zip(&clean.moved) {
        if *moved != clean::Moved::default() {
            report.moved(code, moved.won_m2, moved.lost_m2);
        }
    }
    report.total_moved_m2 += clean.settled_m2 + clean.outside_m2 - kept_m2(clean);
}

/// Ground of gaps that stay: nobody had it before.
fn kept_m2(clean: &CleanReport) -> f64 {
    clean.gaps.iter().filter(|gap| gap.winner.is_none()).map(|gap| gap.area_m2).sum()
}

fn named(units: &[u32], codes: &[String]) -> Vec<String> {
    units.iter().map(|&unit| codes[unit as usize].clone()).collect()
}

/// A gap has no claimants: the units around it name the place instead, the longest border first.
fn beside(gap: &Repair, codes: &[String]) -> Vec<String> {
    named(if gap.claimants.is_empty() { &gap.beside } else { &gap.claimants }, codes)
}
