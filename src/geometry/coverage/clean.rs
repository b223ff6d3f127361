//! Cleaning: any polygons in, units that share their borders vertex for vertex out.
//!
//! All rings are noded together ([`super::noding`]), faces are built and labelled with the units
//! that claim them ([`super::faces`]), disputed and empty faces get an owner or are refused
//! ([`super::repair`]), and the borders between different owners are the coverage.
//!
//! Owns: the options, the report, the refusal. Invariant: all or nothing; the result depends on the
//! units and their order (which breaks ties; ingest sorts by code), not on the order of parts, rings or
//! vertices, and a clean coverage comes back as it is (in the canonical form of [`Coverage::polygon`]).

use super::faces::Faces;
use super::necks::necks;
use super::noding::{Claims, node};
use super::repair::{self, Repairs};
use super::{Arc, Coverage};
use crate::geometry::measure::metres_per_step;
use crate::model::{GridPoint, MultiPolygon};
use crate::parallel;

/// Ground up to this size changes hands without asking: one hectare.
pub const DEFAULT_MAX_FIX_M2: f64 = 10_000.0;

/// Who gets an overlap larger than `max_fix_m2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolve {
    /// Nobody: the cleaning is refused with a list.
    Refuse,
    /// The claimant that claims the least ground (square degrees of the grid).
    Smaller,
    Larger,
    /// The claimant that comes first in the order of units.
    First,
}

/// What becomes of an enclosed gap larger than `max_fix_m2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gaps {
    /// It goes to the unit with the longest common border.
    Fill,
    /// It stays a hole in the coverage.
    Keep,
    /// The cleaning is refused with a list.
    Refuse,
}

/// Who gets the overlap, gap, or piece of a gap that is cut, that holds a point, whatever its size.
///
/// A gap is cut where it is narrow when it is filled, or when decisions name several winners for it; what
/// is then left undecided follows the rule for the whole gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub at: GridPoint,
    /// `None` leaves the ground outside the coverage.
    pub winner: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CleanOptions {
    /// Overlaps and gaps up to this many square metres, each for itself, go to the unit with the
    /// longest common border. Too low: every digitising slip needs a decision; too high: real
    /// disputes are settled silently.
    pub max_fix_m2: f64,
    /// `None` is [`Resolve::Refuse`].
    pub resolve: Option<Resolve>,
    /// `None` is [`Gaps::Refuse`].
    pub gaps: Option<Gaps>,
    pub decisions: Vec<Decision>,
}

/// One connected piece of ground that was claimed by several units or by none.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Units that claimed it, sorted; none for a gap.
    pub claimants: Vec<u32>,
    /// `None` when it stays outside, or is refused.
    pub winner: Option<u32>,
    pub area_m2: f64,
    /// A point inside; on the border when the piece holds no grid point.
    pub at: GridPoint,
    /// For a gap the units around it, the longest common border first.
    pub beside: Vec<u32>,
    /// The first of the decisions that settled it.
    pub decision: Option<usize>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct CleanReport {
    /// The largest first.
    pub overlaps: Vec<Repair>,
    /// Filled and kept ones, the largest first.
    pub gaps: Vec<Repair>,
    /// Ground that each unit won and lost by repairs.
    pub moved: Vec<Moved>,
    /// How far any border moved: the Hausdorff distance, at vertices, of its old and new course
    /// across a repair, plus what snapping moved at most.
    pub largest_shift_m: f64,
    /// Holes that stay in the coverage: gaps, and overlaps that were decided to be nobody's.
    pub kept_gaps: usize,
    /// Ground of overlaps and gaps that got an owner, each square metre once.
    pub settled_m2: f64,
    /// Ground of overlaps and gaps that stay nobody's.
    pub outside_m2: f64,
    /// Places in `decisions` whose point is in no overlap or gap, but in ground of the winner.
    pub unused_decisions: Vec<usize>,
    /// Places in `decisions` that say the same of a piece of ground as an earlier one, after that one.
    pub repeated_decisions: Vec<(usize, usize)>,
}

/// Ground that changed hands.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moved {
    /// At least 0.
    pub won_m2: f64,
    /// At least 0.
    pub lost_m2: f64,
}

/// A decision that cannot stand; numbers are places in `decisions`.
#[derive(Debug, Clone, PartialEq)]
pub enum BadDecision {
    /// The winner neither claims the ground nor lies beside it.
    Stranger {
        decision: usize,
        /// Who could win, sorted.
        able: Vec<u32>,
    },
    /// Both are about the same piece of ground and name different winners.
    Contradiction { first: usize, second: usize, is_gap: bool, area_m2: f64 },
    /// Its point is in no overlap or gap, and the ground there is not the winner's.
    Undisputed {
        decision: usize,
        /// Whose it is, sorted; empty outside.
        holders: Vec<u32>,
    },
}

#[derive(Debug, Clone)]
pub struct Cleaned {
    /// Valid, disjoint, in canonical form, in the order of the units given.
    pub units: Vec<MultiPolygon>,
    pub coverage: Coverage,
    pub report: CleanReport,
}

/// What must be decided before the units can be a coverage.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{} overlaps and {} gaps are too large to repair unasked, {} units would be lost, {} are too thin, {} decisions cannot stand",
    overlaps.len(), gaps.len(), lost.len(), folded.len(), decisions.len())]
pub struct Refusal {
    /// Larger than `max_fix_m2`, the largest first.
    pub overlaps: Vec<Repair>,
    pub gaps: Vec<Repair>,
    /// Units that would be left without ground because others get all of it.
    pub lost: Vec<u32>,
    /// Units of which nothing is left on the grid: their sides fall together.
    pub folded: Vec<u32>,
    pub decisions: Vec<BadDecision>,
    /// As in [`CleanReport`]; no reason to refuse by themselves.
    pub unused_decisions: Vec<usize>,
}

impl Refusal {
    const fn is_empty(&self) -> bool {
        self.overlaps.is_empty()
            && self.gaps.is_empty()
            && self.lost.is_empty()
            && self.folded.is_empty()
            && self.decisions.is_empty()
    }
}

impl Default for CleanOptions {
    fn default() -> Self {
        Self { max_fix_m2: DEFAULT_MAX_FIX_M2, resolve: None, gaps: None, decisions: Vec::new() }
    }
}

/// Makes a coverage of units that may overlap, leave gaps, or cross themselves.
///
/// - `units`: rings in any direction, closed or open; ground inside an odd number of a polygon's
///   rings is the polygon's, and a unit is the union of its polygons.
/// - Errors: [`Refusal`] when something larger than `max_fix_m2` is not covered by the options,
///   or a unit that came with ground would have none.
pub fn clean(units: &[MultiPolygon], options: &CleanOptions) -> Result<Cleaned, Refusal> {
    let (claims, unit_of) = claims(units);
    let mut noded = node(&claims);
    drop(claims);
    let mut faces = Faces::new(&noded, &unit_of);
    // A gap that is refused, kept or decided on as one is so as it was drawn.
    let parted = repair::parted_gaps(&faces, options);
    let may_cut = |gap| {
        options.gaps == Some(Gaps::Fill)
            || repair::area_m2(&faces, gap) <= options.max_fix_m2
            || parted.contains(&gap)
    };
    let necks = necks(&faces, &noded.points, may_cut);
    if !necks.is_empty() {
        noded.cut(&necks);
        faces = Faces::new(&noded, &unit_of);
    }
    let repairs = repair::assign(&faces, units.len(), options);
    let (lost, folded) = lost(&faces, &repairs, units);
    let refusal = Refusal {
        overlaps: repairs.refused_overlaps,
        gaps: repairs.refused_gaps,
        lost,
        folded,
        decisions: repairs.refused_decisions,
        unused_decisions: repairs.report.unused_decisions.clone(),
    };
    if !refusal.is_empty() {
        return Err(refusal);
    }
    let owner = |face: u32| repairs.owner[face as usize];
    let lines = faces.lines.into_iter().zip(&faces.sides);
    let borders =
        lines.map(|(points, &[left, right])| Arc { points, left: owner(left), right: owner(right) });
    let coverage =
        Coverage::from_lines(units.len(), borders.filter(|line| line.left != line.right).collect());
    let cleaned = parallel::map(units.len(), |unit| coverage.polygon(unit as u32));
    let mut report = repairs.report;
    report.largest_shift_m += noded.shift_steps * metres_per_step(0.0).0;
    Ok(Cleaned { units: cleaned, coverage, report })
}

/// The border of every polygon as claims of a source of its own, and the unit of each source.
fn claims(units: &[MultiPolygon]) -> (Claims, Vec<u32>) {
    let rings = units.iter().flat_map(MultiPolygon::rings);
    let mut claims = Claims::with_capacity(rings.map(|ring| ring.len() + 1).sum());
    let mut unit_of = Vec::new();
    for (unit, shape) in (0..).zip(units) {
        for polygon in &shape.0 {
            let source = unit_of.len() as u32;
            unit_of.push(unit);
            for ring in polygon.rings() {
                claims.ring(ring, source);
            }
        }
    }
    (claims, unit_of)
}

/// Units that came with rings and are left without ground: those that claim some, and those that do not.
fn lost(faces: &Faces, repairs: &Repairs, units: &[MultiPolygon]) -> (Vec<u32>, Vec<u32>) {
    let found = |owners: &mut dyn Iterator<Item = u32>| {
        let mut is_found: Vec<bool> = units.iter().map(MultiPolygon::is_empty).collect();
        owners.for_each(|unit| is_found[unit as usize] = true);
        is_found
    };
    let is_owner = found(&mut repairs.owner.iter().flatten().copied());
    let is_claimant = found(&mut faces.claimants.iter().flatten().copied());
    let landless = (0..units.len() as u32).filter(|&unit| !is_owner[unit as usize]);
    landless.partition(|&unit| is_claimant[unit as usize])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Polygon;

    /// Thousand grid steps, about 10 m, near Ulaanbaatar.
    fn ring(points: &[(i32, i32)]) -> Vec<GridPoint> {
        points
            .iter()
            .map(|&(x, y)| GridPoint::new(1_069_000_000 + 1_000 * x, 479_000_000 + 1_000 * y))
            .collect()
    }

    fn unit(points: &[(i32, i32)]) -> MultiPolygon {
        MultiPolygon(vec![Polygon { exterior: ring(points), interiors: vec![] }])
    }

    fn rectangle(west: i32, south: i32, east: i32, north: i32) -> MultiPolygon {
        unit(&[(west, south), (east, south), (east, north), (west, north)])
    }

    fn point(x: i32, y: i32) -> GridPoint {
        ring(&[(x, y)])[0]
    }

    fn owners(cleaned: &Cleaned, places: &[(i32, i32)]) -> Vec<Option<u32>> {
        places.iter().map(|&(x, y)| cleaned.coverage.locate(point(x, y))).collect()
    }

    #[test]
    fn a_small_overlap_goes_to_the_longest_common_border_and_the_books_balance() {
        // The strip 10..11 shares 10 with the left unit and 20 (three sides less) with the right one.
        let units = [rectangle(0, 0, 11, 10), rectangle(10, -5, 20, 15)];
        let cleaned = clean(&units, &CleanOptions::default()).expect("about 800 m²");
        let [repair] = &cleaned.report.overlaps[..] else { panic!("{:?}", cleaned.report) };
        assert_eq!((&repair.claimants[..], repair.winner), (&[0, 1][..], Some(1)));
        let moved = Moved { won_m2: 0.0, lost_m2: repair.area_m2 };
        assert_eq!(cleaned.report.moved, [moved, Moved::default()]);
        let width_m = 1_000.0 * metres_per_step(47.9).0;
        assert!((cleaned.report.largest_shift_m - width_m).abs() < 0.02, "{:?}", cleaned.report);
    }

    #[test]
    fn a_large_overlap_is_refused_with_its_place_until_a_rule_says_who() {
        let units = [rectangle(0, 0, 60, 100), rectangle(40, 0, 80, 100)];
        let refusal = clean(&units, &CleanOptions::default()).expect_err("16 ha");
        let [overlap] = &refusal.overlaps[..] else { panic!("{refusal:?}") };
        assert!((overlap.area_m2 - 166_000.0).abs() < 1_000.0, "{}", overlap.area_m2);
        assert!(overlap.at.x > point(40, 0).x && overlap.at.x < point(60, 0).x);
        for (rule, winner) in [(Resolve::Smaller, 1), (Resolve::Larger, 0), (Resolve::First, 0)] {
            let options = CleanOptions { resolve: Some(rule), ..CleanOptions::default() };
            let cleaned = clean(&units, &options).expect("a rule");
            assert_eq!(owners(&cleaned, &[(20, 50), (50, 50), (70, 50)]), [Some(0), Some(winner), Some(1)]);
        }
    }

    #[test]
    fn a_decision_beats_every_rule_and_one_that_meets_nothing_is_named() {
        let units = [rectangle(0, 0, 60, 100), rectangle(40, 0, 80, 100)];
        for (winner, expected) in [(Some(0), Some(0)), (None, None)] {
            let options = CleanOptions {
                resolve: Some(Resolve::Smaller),
                decisions: vec![
                    Decision { at: point(1, 1), winner: Some(0) },
                    Decision { at: point(50, 50), winner },
                ],
                ..CleanOptions::default()
            };
            let cleaned = clean(&units, &options).expect("decided");
            assert_eq!(owners(&cleaned, &[(50, 50)]), [expected]);
            assert_eq!(cleaned.report.unused_decisions, [0]);
            let [repair] = &cleaned.report.overlaps[..] else { panic!("{:?}", cleaned.report) };
            assert_eq!(repair.decision, Some(1));
        }
    }

    #[test]
    fn a_decision_about_ground_that_nobody_disputes_is_refused_unless_it_is_so_already() {
        let units = [rectangle(0, 0, 60, 100), rectangle(40, 0, 80, 100)];
        let decided = |at, winner| {
            let decisions = vec![Decision { at, winner }];
            clean(
                &units,
                &CleanOptions { resolve: Some(Resolve::First), decisions, ..CleanOptions::default() },
            )
        };
        let holders = |at, winner| {
            let refusal = decided(at, winner).expect_err("another place is meant");
            let [BadDecision::Undisputed { decision: 0, holders }] = &refusal.decisions[..] else {
                panic!("{refusal:?}")
            };
            holders.clone()
        };
        assert_eq!(holders(point(1, 1), Some(1)), [0]);
        assert_eq!(holders(point(1, 1), None), [0]);
        assert_eq!(holders(point(-9, 1), Some(0)), [0_u32; 0]);
        // Also on a border, and outside: the same decisions after the cleaning that they led to.
        for (at, winner) in [(point(0, 1), Some(0)), (point(0, 1), None), (point(-9, 1), None)] {
            assert_eq!(decided(at, winner).expect("so it is").report.unused_decisions, [0]);
        }
    }

    #[test]
    fn an_overlap_that_is_nobodys_is_a_hole_and_its_ground_counts_once() {
        let around = MultiPolygon(vec![Polygon {
            exterior: ring(&[(0, 0), (100, 0), (100, 100), (0, 100)]),
            interiors: vec![ring(&[(20, 20), (20, 60), (60, 60), (60, 20)])],
        }]);
        let units = [around, rectangle(20, 20, 70, 60)];
        let decisions = vec![Decision { at: point(65, 40), winner: None }];
        let cleaned = clean(&units, &CleanOptions { decisions, ..CleanOptions::default() }).expect("decided");
        let CleanReport { overlaps, gaps, kept_gaps, settled_m2, outside_m2, .. } = &cleaned.report;
        assert_eq!((overlaps.len(), gaps.len(), *kept_gaps), (1, 0, 1));
        assert_eq!((*settled_m2, *outside_m2), (0.0, overlaps[0].area_m2));
        // At the edge there is no hole.
        let edge = [rectangle(0, 0, 60, 100), rectangle(40, 0, 80, 100)];
        let decisions = vec![Decision { at: point(50, 50), winner: None }];
        let cleaned = clean(&edge, &CleanOptions { decisions, ..CleanOptions::default() }).expect("decided");
        assert_eq!(cleaned.report.kept_gaps, 0);
    }

    #[test]
    fn a_winner_has_to_claim_the_ground_or_lie_beside_it() {
        // Two that overlap, one beside the overlap, one far away.
        let units = [
            rectangle(0, 0, 60, 100),
            rectangle(40, 0, 80, 100),
            rectangle(40, 100, 60, 120),
            rectangle(200, 0, 210, 10),
        ];
        let decided = |winners: &[Option<u32>]| {
            let decisions = winners.iter().map(|&winner| Decision { at: point(50, 50), winner }).collect();
            clean(&units, &CleanOptions { decisions, ..CleanOptions::default() })
        };
        for winner in [Some(0), Some(2), None] {
            let cleaned = decided(&[winner]).expect("able");
            assert_eq!(owners(&cleaned, &[(50, 50)]), [winner]);
        }
        let refusal = decided(&[Some(3)]).expect_err("far away");
        assert_eq!(refusal.decisions, [BadDecision::Stranger { decision: 0, able: vec![0, 1, 2] }]);
        let refusal = decided(&[Some(0), Some(0), Some(1)]).expect_err("both cannot win");
        let [BadDecision::Contradiction { first: 0, second: 2, is_gap: false, area_m2 }] =
            refusal.decisions[..]
        else {
            panic!("{refusal:?}")
        };
        assert!((area_m2 - 166_000.0).abs() < 1_000.0, "{area_m2}");
        let twice = decided(&[Some(0), Some(0)]).expect("the same twice");
        assert_eq!(twice.report.repeated_decisions, [(0, 1)]);
    }

    #[test]
    fn a_gap_goes_to_a_unit_around_it_and_to_no_other() {
        let units = [
            unit(&[(0, 0), (100, 0), (100, 100), (90, 50), (50, 50), (0, 100)]),
            unit(&[(0, 100), (50, 50), (50, 90), (90, 50), (100, 100)]),
            rectangle(200, 0, 210, 10),
        ];
        let decided = |winner| {
            let decisions = vec![Decision { at: point(55, 55), winner: Some(winner) }];
            clean(&units, &CleanOptions { decisions, ..CleanOptions::default() })
        };
        for winner in [0, 1] {
            assert_eq!(owners(&decided(winner).expect("beside"), &[(55, 55)]), [Some(winner)]);
        }
        let refusal = decided(2).expect_err("far away");
        assert_eq!(refusal.decisions, [BadDecision::Stranger { decision: 0, able: vec![0, 1] }]);
    }

    #[test]
    fn a_gap_is_filled_kept_or_refused_as_told() {
        let frame = |size: i32| {
            [
                unit(&[(0, 0), (100, 0), (100, 100), (50 + size, 50), (50, 50), (0, 100)]),
                unit(&[(0, 100), (50, 50), (50, 50 + size), (50 + size, 50), (100, 100)]),
            ]
        };
        let with = |gaps| CleanOptions { gaps, ..CleanOptions::default() };
        let small = clean(&frame(4), &with(Some(Gaps::Refuse))).expect("small gaps are filled unasked");
        assert_eq!((small.report.gaps.len(), small.report.kept_gaps), (1, 0));
        let refusal = clean(&frame(40), &with(None)).expect_err("large");
        assert_eq!((refusal.overlaps.len(), refusal.gaps.len()), (0, 1));
        let kept = clean(&frame(40), &with(Some(Gaps::Keep))).expect("told");
        assert_eq!((owners(&kept, &[(55, 55)]), kept.report.kept_gaps), (vec![None], 1));
        assert_eq!(clean(&kept.units, &with(Some(Gaps::Keep))).expect("told").units, kept.units);
        let filled = clean(&frame(40), &with(Some(Gaps::Fill))).expect("told");
        assert!(filled.coverage.locate(point(55, 55)).is_some());
    }

    #[test]
    fn a_unit_that_another_swallows_is_refused_as_lost() {
        let refusal = clean(&[rectangle(0, 0, 5, 5), rectangle(0, 0, 5, 5)], &CleanOptions::default());
        let refusal = refusal.expect_err("twins");
        assert_eq!((refusal.lost, refusal.folded), (vec![1], vec![]));
        let cleaned = clean(&[rectangle(0, 0, 5, 5), MultiPolygon::default()], &CleanOptions::default());
        assert_eq!(cleaned.expect("came without ground").units[1], MultiPolygon::default());
    }

    #[test]
    fn a_unit_whose_sides_fall_together_is_refused_as_folded_whoever_is_around() {
        // Twenty metres long and one step high: its third corner pulls the long side onto itself.
        let thin =
            [(0, 0), (2_000, 1), (1_000, 1)].map(|(x, y)| GridPoint::new(1_069_500_000 + x, 479_500_000 + y));
        let thin = MultiPolygon(vec![Polygon { exterior: thin.to_vec(), interiors: vec![] }]);
        for unit in [thin, unit(&[(1, 1), (1, 1)])] {
            let around = rectangle(-1_000, -1_000, 1_000, 1_000);
            for units in [vec![unit.clone()], vec![unit.clone(), around]] {
                let refusal = clean(&units, &CleanOptions::default()).expect_err("no ground");
                assert_eq!((refusal.lost, refusal.folded), (vec![], vec![0]));
            }
        }
    }

    #[test]
    fn a_refusal_names_the_decisions_that_meet_nothing() {
        let units = [rectangle(0, 0, 60, 100), rectangle(40, 0, 80, 100)];
        let decisions = vec![Decision { at: point(1, 1), winner: Some(0) }];
        let refusal = clean(&units, &CleanOptions { decisions, ..CleanOptions::default() });
        assert_eq!(refusal.expect_err("16 ha").unused_decisions, [0]);
    }

    #[test]
    fn bow_ties_spikes_and_repeated_points_become_valid() {
        let tie = unit(&[(0, 0), (10, 10), (10, 0), (0, 10)]);
        let cleaned = clean(&[tie], &CleanOptions::default()).expect("no conflict");
        assert_eq!(cleaned.units[0].0.len(), 2, "two parts that meet in the crossing");
        let spiky = unit(&[(0, 0), (10, 0), (10, 0), (10, 5), (30, 5), (10, 5), (10, 10), (0, 10)]);
        let cleaned = clean(&[spiky], &CleanOptions::default()).expect("no conflict");
        assert_eq!(cleaned.units[0], unit(&[(0, 0), (10, 0), (10, 5), (10, 10), (0, 10)]));
    }

    #[test]
    fn borders_less_than_a_step_apart_become_one() {
        // The right unit's border has a vertex half a step beside the left one's straight line.
        let left = unit(&[(0, 0), (10, 0), (13, 9), (0, 9)]);
        let mut right = unit(&[(10, 0), (20, 0), (20, 9), (13, 9)]);
        right.0[0].exterior.push(GridPoint::new(point(11, 0).x + 667, point(0, 5).y));
        let cleaned = clean(&[left, right], &CleanOptions::default()).expect("slivers at most");
        assert!(cleaned.report.overlaps.is_empty() && cleaned.report.gaps.is_empty(), "{:?}", cleaned.report);
        assert_eq!(cleaned.units[0].0[0].exterior.len(), 5);
        assert!(cleaned.report.largest_shift_m < 0.011);
    }
}
