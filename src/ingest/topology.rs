//! All units into one coverage: overlaps and gaps settled within what the request allows.

use std::collections::BTreeMap;

use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

use super::cause::{Cause, Spot};
use super::report::{Patch, Report};
use super::request::Request;
use super::rings::Unit;
use super::{Stage, UnitKey};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::clean::{self, CleanOptions, CleanReport, Repair};
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
    let near = Near::new(shapes);
    let gaps = refusal.gaps.iter().map(|patch| Cause::Gap {
        beside: beside(patch, codes, &near).join(", "),
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
    let near = Near::new(shapes);
    let gap = |repair: &Repair| Patch { claimants: beside(repair, codes, &near), ..patch(repair) };
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
fn beside(gap: &Repair, codes: &[String], near: &Near<'_>) -> Vec<String> {
    if gap.claimants.is_empty() { named(&near.two(gap.at), codes) } else { named(&gap.claimants, codes) }
}

/// Units by the boxes around them.
///
/// Design: a file drawn by many hands has more gaps than units; looking at every unit for every gap took
/// thirty times as long as the cleaning.
struct Near<'a> {
    shapes: &'a [MultiPolygon],
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
}

impl<'a> Near<'a> {
    fn new(shapes: &'a [MultiPolygon]) -> Self {
        let boxes = (0..).zip(shapes).filter_map(|(unit, shape)| {
            let GridBox { west, south, east, north } = shape.bounds()?;
            let [low, high] = [GridPoint::new(west, south), GridPoint::new(east, north)].map(in_plane);
            Some(GeomWithData::new(Rectangle::from_corners(low, high), unit))
        });
        Self { shapes, boxes: RTree::bulk_load(boxes.collect()) }
    }

    /// The two units whose sides are nearest to a place, sorted; the first ones of equals.
    fn two(&self, p: GridPoint) -> Vec<u32> {
        let mut nearest: Vec<(f64, u32)> = Vec::new();
        for (unit, to_box2) in self.boxes.nearest_neighbor_iter_with_distance_2(in_plane(p)) {
            // One step is more than rounding hides.
            if nearest.get(1).is_some_and(|second| to_box2.sqrt() > second.0 + 1.0) {
                break;
            }
            nearest.push((distance(&self.shapes[unit.data as usize], p), unit.data));
            nearest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            nearest.truncate(2);
        }
        let mut units: Vec<u32> = nearest.into_iter().map(|(_, unit)| unit).collect();
        units.sort_unstable();
        units
    }
}

/// Longitude is shortened as at 48°, so that near means near on the ground.
const SHORTER: f64 = 0.67;

/// Grid steps of latitude from the grid's middle.
fn in_plane(p: GridPoint) -> [f64; 2] {
    [f64::from(p.x) * SHORTER, f64::from(p.y)]
}

/// From the point to the nearest side of the shape, in grid steps of latitude.
fn distance(shape: &MultiPolygon, p: GridPoint) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Polygon;

    proptest::proptest! {
        #[test]
        fn the_two_nearest_units_are_those_that_a_look_at_all_finds(
            corners in proptest::collection::vec((0..100_i32, 0..100_i32, 1..40_i32, 1..40_i32), 0..12),
            (x, y) in (-20..120_i32, -20..120_i32),
        ) {
            let p = GridPoint::new;
            let shapes: Vec<MultiPolygon> = corners
                .into_iter()
                .map(|(x, y, w, h)| {
                    let exterior = vec![p(x, y), p(x + w, y), p(x + w / 2, y + h)];
                    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
                })
                .collect();
            let mut all: Vec<(f64, u32)> =
                shapes.iter().zip(0..).map(|(shape, unit)| (distance(shape, p(x, y)), unit)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut expected: Vec<u32> = all.into_iter().take(2).map(|(_, unit)| unit).collect();
            expected.sort_unstable();
            proptest::prop_assert_eq!(Near::new(&shapes).two(p(x, y)), expected);
        }
    }
}
