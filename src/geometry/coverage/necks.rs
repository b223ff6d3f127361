//! Where a gap is so narrow that it is cut into pieces, each decided for itself.
//!
//! Khoroos drawn each for itself a little too small leave one gap that runs along all their borders.
//! Whole it would go to a single khoroo, which would reach through the city in threads. A gap is
//! therefore cut at its necks: edges of its constrained Delaunay triangulation that are much shorter
//! than the border on either side of them. Pieces that border on the same units stay one.
//!
//! Owns: what a neck is. Leaves to others: which gaps are cut, and who gets a piece.
//! Design: edges of a triangulation join vertices that are there already, so a cut brings no new
//! vertex; one that would run within half a grid step of another vertex is left out, because
//! noding the result again would bend it. A triangulation is the one of Delaunay in the plane of
//! grid steps (a degree east counts like a degree north); lengths are metres.

use std::collections::BTreeSet;

use spade::handles::UndirectedEdgeHandle;
use spade::{ConstrainedDelaunayTriangulation, Point2, Triangulation};

use super::components::Components;
use super::faces::{Faces, OUTSIDE};
use super::predicates::meets_pixel;
use crate::geometry::measure::distance_m;
use crate::model::GridPoint;
use crate::parallel;

/// How many times its own length a neck needs of border on either side. With less, every dent of a
/// compact gap would be a piece of its own; with more, threads that are wide for their length stay
/// whole. A square has three times its side, a half circle 1.6 times its diameter.
const BORDER_PER_NECK: f64 = 4.0;

/// A cut through a gap from one vertex of its border to another.
pub type Neck = [GridPoint; 2];

/// The necks of all gaps for which `may_cut` holds; they cross neither each other nor a line.
///
/// - `points`: all vertices of the lines, sorted.
pub fn necks(faces: &Faces, points: &[GridPoint], may_cut: impl Fn(u32) -> bool) -> Vec<Neck> {
    let gaps: Vec<u32> = (OUTSIDE + 1..faces.n_faces() as u32)
        .filter(|&face| faces.claimants[face as usize].is_empty() && is_between_several(faces, face))
        .filter(|&face| may_cut(face))
        .collect();
    parallel::map(gaps.len(), |i| Gap::new(faces, gaps[i]).necks(&faces.claimants, points)).concat()
}

/// Whether three units or more are around a gap: between two, every cut would be a matter of taste.
fn is_between_several(faces: &Faces, gap: u32) -> bool {
    let mut units: Vec<u32> =
        faces.across(gap).flat_map(|face| &faces.claimants[face as usize]).copied().collect();
    units.sort_unstable();
    units.dedup();
    units.len() > 2
}

/// A side of a gap: from one vertex to the next with the gap on its left.
struct Side {
    from: u32,
    to: u32,
    /// The face on its right.
    across: u32,
    ring: u32,
    /// Where it starts, in metres from the start of the ring.
    along_m: f64,
}

/// The border of a gap, cut into triangles.
struct Gap {
    /// Sorted, each once; a vertex's number is its place here.
    vertices: Vec<GridPoint>,
    /// Those that start in vertex v are `sides[start[v]..start[v + 1]]`: one, or several where the
    /// border touches itself.
    sides: Vec<Side>,
    start: Vec<u32>,
    /// Length of each ring in metres.
    rings_m: Vec<f64>,
    triangles: ConstrainedDelaunayTriangulation<Point2<f64>>,
}

/// An edge of the triangulation within the gap.
struct Cut {
    ends: [u32; 2],
    length_m: f64,
    triangles: [usize; 2],
}

impl Gap {
    fn new(faces: &Faces, gap: u32) -> Self {
        let rings: Vec<Vec<(GridPoint, u32)>> = faces.sides_around(gap).collect();
        let mut vertices: Vec<GridPoint> = rings.iter().flatten().map(|&(vertex, _)| vertex).collect();
        vertices.sort_unstable();
        vertices.dedup();
        let number = |p: GridPoint| vertices.binary_search(&p).expect("a vertex of the border") as u32;
        let (mut sides, mut rings_m) = (Vec::new(), Vec::new());
        for (ring, around) in (0..).zip(&rings) {
            let mut along_m = 0.0;
            for (i, &(from, across)) in around.iter().enumerate() {
                let to = around[(i + 1) % around.len()].0;
                sides.push(Side { from: number(from), to: number(to), across, ring, along_m });
                along_m += distance_m(from, to);
            }
            rings_m.push(along_m);
        }
        sides.sort_by_key(|side| side.from);
        let mut start = vec![0; vertices.len() + 1];
        for side in &sides {
            start[side.from as usize + 1] += 1;
        }
        for v in 0..vertices.len() {
            start[v + 1] += start[v];
        }
        // Exact: a coordinate has 32 bits, a float 53.
        let positions = vertices.iter().map(|p| Point2::new(f64::from(p.x), f64::from(p.y))).collect();
        let edges = sides.iter().map(|side| [side.from as usize, side.to as usize]).collect();
        let triangles = ConstrainedDelaunayTriangulation::bulk_load_cdt(positions, edges)
            .expect("grid coordinates are finite and not too small");
        Self { vertices, sides, start, rings_m, triangles }
    }

    /// The cuts between pieces with different units around them.
    ///
    /// - `claimants`: units of each face.
    /// - `points`: all vertices of all lines, sorted.
    fn necks(&self, claimants: &[Vec<u32>], points: &[GridPoint]) -> Vec<Neck> {
        let cuts = self.cuts();
        let mut pieces = Pieces::new(self, claimants, &cuts);
        let (mut cuts, wide): (Vec<Cut>, Vec<Cut>) =
            cuts.into_iter().partition(|cut| self.is_neck(cut) && self.keeps_clear(cut, points));
        for cut in &wide {
            pieces.join(cut);
        }
        cuts.retain(|cut| {
            let is_between_whole = pieces.at(cut).into_iter().all(|piece| pieces.is_whole(piece));
            if !is_between_whole {
                pieces.join(cut);
            }
            is_between_whole
        });
        cuts.retain(|cut| {
            let [left, right] = pieces.at(cut);
            let is_between_others = pieces.units[left] != pieces.units[right];
            if !is_between_others {
                pieces.join(cut);
            }
            is_between_others
        });
        let parting = cuts.into_iter().filter(|cut| {
            let [left, right] = pieces.at(cut);
            left != right
        });
        parting.map(|cut| cut.ends.map(|end| self.vertices[end as usize])).collect()
    }

    /// All edges within the gap, the longest first.
    fn cuts(&self) -> Vec<Cut> {
        let is_inside = self.is_inside();
        let edges = self.triangles.undirected_edges().filter(|edge| !edge.is_constraint_edge());
        let cut = |edge: UndirectedEdgeHandle<Point2<f64>, _, _, _>| {
            let edge = edge.as_directed();
            let mut ends = [edge.from(), edge.to()].map(|end| end.index() as u32);
            ends.sort_unstable();
            let [a, b] = ends.map(|end| self.vertices[end as usize]);
            let triangles = [edge.face().index(), edge.rev().face().index()];
            Cut { ends, length_m: distance_m(a, b), triangles }
        };
        let mut cuts: Vec<Cut> = edges.map(cut).filter(|cut| is_inside[cut.triangles[0]]).collect();
        cuts.sort_unstable_by(|s, t| t.length_m.total_cmp(&s.length_m).then(s.ends.cmp(&t.ends)));
        cuts
    }

    fn side(&self, from: usize, to: usize) -> Option<&Side> {
        self.sides_from(from).iter().find(|side| side.to as usize == to)
    }

    fn sides_from(&self, vertex: usize) -> &[Side] {
        &self.sides[self.start[vertex] as usize..self.start[vertex + 1] as usize]
    }

    /// Which triangles are in the gap; the others fill the hull around it and what lies in it.
    fn is_inside(&self) -> Vec<bool> {
        let n_triangles = self.triangles.num_all_faces();
        let mut regions = Components::new(n_triangles);
        for edge in self.triangles.undirected_edges().filter(|edge| !edge.is_constraint_edge()) {
            let edge = edge.as_directed();
            regions.join(edge.face().index(), edge.rev().face().index());
        }
        let mut is_inside = vec![false; n_triangles];
        for edge in self.triangles.directed_edges() {
            if self.side(edge.from().index(), edge.to().index()).is_some() {
                is_inside[regions.of(edge.face().index())] = true;
            }
        }
        (0..n_triangles).map(|triangle| is_inside[regions.of(triangle)]).collect()
    }

    /// Whether the border between the ends is much longer than the straight way, either way round.
    fn is_neck(&self, cut: &Cut) -> bool {
        let [from, to] = cut.ends.map(|end| self.sides_from(end as usize));
        let needed_m = BORDER_PER_NECK * cut.length_m;
        from.iter().all(|a| to.iter().all(|b| self.border_m(a, b) >= needed_m))
    }

    /// Metres of border on the shorter way from the start of one side to that of another; between rings, which a cut
    /// joins, the length of the shorter ring.
    fn border_m(&self, a: &Side, b: &Side) -> f64 {
        let [ring_m, other_ring_m] = [a, b].map(|side| self.rings_m[side.ring as usize]);
        if a.ring == b.ring {
            let way_m = (a.along_m - b.along_m).abs();
            way_m.min(ring_m - way_m)
        } else {
            ring_m.min(other_ring_m)
        }
    }

    /// Whether a cut meets no pixel but those of its ends.
    fn keeps_clear(&self, cut: &Cut, points: &[GridPoint]) -> bool {
        let [a, b] = cut.ends.map(|end| self.vertices[end as usize]);
        let first = points.partition_point(|p| p.x < a.x.min(b.x));
        let (south, north) = (a.y.min(b.y), a.y.max(b.y));
        points[first..]
            .iter()
            .take_while(|p| p.x <= a.x.max(b.x))
            .filter(|p| south <= p.y && p.y <= north && **p != a && **p != b)
            .all(|&p| !meets_pixel(a, b, p))
    }
}

/// Triangles that stay together. What is known of a piece stands at the triangle that stands for it.
struct Pieces {
    joined: Components,
    /// Units around each piece.
    units: Vec<BTreeSet<u32>>,
    /// Cuts around each piece.
    n_cuts: Vec<u32>,
    /// Runs of border around each piece; a run ends at a cut.
    n_runs: Vec<u32>,
    /// Cuts that end in each vertex.
    n_cuts_at: Vec<u32>,
}

impl Pieces {
    /// Each triangle for itself.
    fn new(gap: &Gap, claimants: &[Vec<u32>], cuts: &[Cut]) -> Self {
        let n_triangles = gap.triangles.num_all_faces();
        let mut pieces = Self {
            joined: Components::new(n_triangles),
            units: vec![BTreeSet::new(); n_triangles],
            n_cuts: vec![0; n_triangles],
            n_runs: vec![0; n_triangles],
            n_cuts_at: vec![0; gap.vertices.len()],
        };
        for edge in gap.triangles.directed_edges() {
            if let Some(side) = gap.side(edge.from().index(), edge.to().index()) {
                let triangle = edge.face().index();
                pieces.units[triangle].extend(&claimants[side.across as usize]);
                pieces.n_runs[triangle] += 1;
            }
        }
        for cut in cuts {
            cut.triangles.iter().for_each(|&triangle| pieces.n_cuts[triangle] += 1);
            cut.ends.iter().for_each(|&end| pieces.n_cuts_at[end as usize] += 1);
        }
        for triangle in gap.triangles.inner_faces() {
            // Two sides that meet where no cut ends are one run.
            let corners = triangle.vertices().map(|corner| corner.index());
            let n_uncut = corners.iter().filter(|&&corner| pieces.n_cuts_at[corner] == 0).count() as u32;
            let n_runs = &mut pieces.n_runs[triangle.index()];
            *n_runs = n_runs.saturating_sub(n_uncut);
        }
        pieces
    }

    /// Takes a cut away.
    fn join(&mut self, cut: &Cut) {
        let [left, right] = self.at(cut);
        let (one, other) = (left.min(right), left.max(right));
        if one != other {
            self.joined.join(one, other);
            let units = std::mem::take(&mut self.units[other]);
            self.units[one].extend(units);
            self.n_cuts[one] += self.n_cuts[other];
            self.n_runs[one] += self.n_runs[other];
        }
        self.n_cuts[one] -= 2;
        for end in cut.ends {
            let n_cuts = &mut self.n_cuts_at[end as usize];
            *n_cuts -= 1;
            if *n_cuts == 0 {
                self.n_runs[one] = self.n_runs[one].saturating_sub(1);
            }
        }
    }

    /// The pieces on both sides of a cut.
    fn at(&mut self, cut: &Cut) -> [usize; 2] {
        cut.triangles.map(|triangle| self.joined.of(triangle))
    }

    /// Whether a piece reaches across the gap, from border to border, or to the end of a thread.
    fn is_whole(&self, piece: usize) -> bool {
        self.n_runs[piece] > 1 || self.n_cuts[piece] < 2
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use crate::geometry::coverage::Coverage;
    use crate::geometry::coverage::clean::{CleanOptions, CleanReport, Cleaned, Decision, Gaps, clean};
    use crate::geometry::measure::metres_per_step;
    use crate::model::{GridPoint, MultiPolygon, Polygon};

    const SIDE: i32 = 3;
    /// Grid steps from corner to corner.
    const CELL: i32 = 4_000;

    fn filled() -> CleanOptions {
        CleanOptions { gaps: Some(Gaps::Fill), ..CleanOptions::default() }
    }

    fn unit(points: &[(i32, i32)]) -> MultiPolygon {
        let exterior = points.iter().map(|&(x, y)| GridPoint::new(x, y)).collect();
        MultiPolygon(vec![Polygon { exterior, interiors: vec![] }])
    }

    /// Squares drawn `width` steps too small, each side with vertices of its own, within a frame.
    fn shrunken(width: i32, n_extra: &[usize]) -> Vec<MultiPolygon> {
        let mut units = Vec::new();
        for n in 0..SIDE * SIDE {
            let (x, y) = (n % SIDE * CELL, n / SIDE * CELL);
            let corners = [(x, y), (x + CELL, y), (x + CELL, y + CELL), (x, y + CELL)];
            let inward = [(1, 1), (-1, 1), (-1, -1), (1, -1)];
            let mut ring = Vec::new();
            for side in 0..4 {
                let [a, b] = [side, (side + 1) % 4]
                    .map(|k| (corners[k].0 + width * inward[k].0, corners[k].1 + width * inward[k].1));
                let n_parts = n_extra[4 * n as usize + side] as i32 + 1;
                ring.extend(
                    (0..n_parts).map(|k| (a.0 + (b.0 - a.0) * k / n_parts, a.1 + (b.1 - a.1) * k / n_parts)),
                );
            }
            units.push(unit(&ring));
        }
        let [low, high] = [-CELL, (SIDE + 1) * CELL];
        let mut frame = unit(&[(low, low), (high, low), (high, high), (low, high)]);
        let far = SIDE * CELL;
        let around = |k: i32| k * CELL / 4;
        let hole = (0..4 * SIDE).map(|k| (around(k), 0)).chain((0..4 * SIDE).map(|k| (far, around(k))));
        let hole = hole.chain((0..4 * SIDE).map(|k| (far - around(k), far)));
        let hole = hole.chain((0..4 * SIDE).map(|k| (0, far - around(k))));
        frame.0[0].interiors.push(hole.map(|(x, y)| GridPoint::new(x, y)).collect());
        units.push(frame);
        units
    }

    fn owners(cleaned: &Cleaned, places: &[(i32, i32)]) -> Vec<Option<u32>> {
        places.iter().map(|&(x, y)| cleaned.coverage.locate(GridPoint::new(x, y))).collect()
    }

    fn gaps(report: &CleanReport) -> Vec<Option<u32>> {
        report.gaps.iter().map(|gap| gap.winner).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_web_of_threads_moves_borders_by_little_and_makes_no_odd_neighbours(
            width in 1..60_i32,
            n_extra in proptest::collection::vec(1..6_usize, (4 * SIDE * SIDE) as usize),
        ) {
            let cleaned = clean(&shrunken(width, &n_extra), &filled()).expect("told to fill");
            // From corner to corner at most one part of a side that has no vertex across.
            let bound_m = metres_per_step(0.0).1 * f64::from(4 * width);
            prop_assert!(cleaned.report.largest_shift_m < bound_m, "{} m", cleaned.report.largest_shift_m);
            for n in 0..SIDE * SIDE {
                for other in 0..SIDE * SIDE {
                    let apart = (n % SIDE - other % SIDE).abs().max((n / SIDE - other / SIDE).abs());
                    let are_neighbours = cleaned.coverage.neighbours(n as u32).iter().any(|met| met.unit == other as u32);
                    prop_assert!(!are_neighbours || apart == 1, "{} and {}", n, other);
                }
            }
            let shapes: Vec<&MultiPolygon> = cleaned.units.iter().collect();
            prop_assert!(Coverage::from_polygons(&shapes).is_ok());
            prop_assert_eq!(clean(&cleaned.units, &CleanOptions::default()).expect("clean").units, cleaned.units);
        }
    }

    #[test]
    fn a_compact_gap_stays_one_whatever_it_borders_on() {
        // A square of 1000 between four units that turn around it.
        let units = [
            unit(&[(0, 0), (2_000, 0), (2_000, 1_000), (1_000, 1_000), (0, 1_000)]),
            unit(&[(2_000, 0), (3_000, 0), (3_000, 2_000), (2_000, 2_000), (2_000, 1_000)]),
            unit(&[(3_000, 2_000), (3_000, 3_000), (1_000, 3_000), (1_000, 2_000), (2_000, 2_000)]),
            unit(&[(0, 1_000), (1_000, 1_000), (1_000, 2_000), (1_000, 3_000), (0, 3_000)]),
        ];
        let cleaned = clean(&units, &filled()).expect("told to fill");
        assert_eq!(gaps(&cleaned.report).len(), 1);
    }

    #[test]
    fn a_pond_on_a_thread_is_decided_apart_from_it() {
        // Thread 10 wide between 0 (west) and 1 (east), ending in a pond of 1000 within unit 2.
        let units = [
            unit(&[(0, 0), (2_000, 0), (2_000, 4_000), (0, 4_000)]),
            unit(&[(2_010, 0), (4_000, 0), (4_000, 4_000), (2_010, 4_000)]),
            unit(&[
                (0, 4_000),
                (2_000, 4_000),
                (1_500, 4_300),
                (1_500, 5_000),
                (2_500, 5_000),
                (2_500, 4_300),
                (2_010, 4_000),
                (4_000, 4_000),
                (4_000, 6_000),
                (0, 6_000),
            ]),
            unit(&[(0, -100), (4_000, -100), (4_000, 0), (0, 0)]),
        ];
        let cleaned = clean(&units, &filled()).expect("told to fill");
        assert_eq!(cleaned.report.gaps.len(), 2, "{:?}", cleaned.report.gaps);
        assert_eq!(owners(&cleaned, &[(2_000, 4_600), (2_005, 2_000)]), [Some(2), Some(0)]);
    }

    #[test]
    fn a_gap_that_is_not_filled_unasked_stays_one() {
        let n_extra = [3; (4 * SIDE * SIDE) as usize];
        let units = shrunken(50, &n_extra);
        let web = |units: &[MultiPolygon], options: &CleanOptions| clean(units, options).expect("told");
        let with = |gaps| CleanOptions { gaps, max_fix_m2: 1.0, ..CleanOptions::default() };
        for gaps in [None, Some(Gaps::Refuse)] {
            let refusal = clean(&units, &with(gaps)).expect_err("larger than a square metre");
            assert_eq!(refusal.gaps.len(), 1, "whole, however narrow it is");
        }
        let kept = web(&units, &with(Some(Gaps::Keep)));
        assert_eq!((kept.report.kept_gaps, kept.report.gaps.len()), (1, 1));
        let alone = |unit: &MultiPolygon| web(std::slice::from_ref(unit), &with(Some(Gaps::Keep))).units;
        assert_eq!(kept.units, units.iter().flat_map(alone).collect::<Vec<_>>(), "as drawn");
        assert_eq!(web(&kept.units, &with(Some(Gaps::Keep))).units, kept.units);
        // One place in the web decides on all of it, as it would be listed.
        let at = GridPoint::new(CELL, CELL / 2);
        let decisions = vec![Decision { at, winner: None }];
        let decided = web(&units, &CleanOptions { decisions, ..with(None) });
        assert_eq!(decided.units, kept.units);
    }

    #[test]
    fn decisions_on_a_web_settle_the_pieces_that_are_listed_and_no_others() {
        let n_extra = [3; (4 * SIDE * SIDE) as usize];
        let units = shrunken(50, &n_extra);
        // Middles of two threads between cells 0 and 1, and 7 and 8.
        let [low, high] =
            [(CELL, CELL / 2), (2 * CELL, 2 * CELL + CELL / 2)].map(|(x, y)| GridPoint::new(x, y));
        let with = |gaps, decided: &[(GridPoint, Option<u32>)]| {
            let decisions = decided.iter().map(|&(at, winner)| Decision { at, winner }).collect();
            clean(&units, &CleanOptions { gaps, max_fix_m2: 1.0, resolve: None, decisions })
        };
        let filled = with(Some(Gaps::Fill), &[]).expect("filled");
        let decided = with(Some(Gaps::Fill), &[(low, Some(1)), (high, None)]).expect("decided");
        let n_different = filled
            .report
            .gaps
            .iter()
            .filter(|gap| decided.report.gaps.iter().all(|g| (g.at, g.winner) != (gap.at, gap.winner)))
            .count();
        assert!(n_different <= 2, "{n_different} pieces changed hands");
        let at = |cleaned: &Cleaned, at| cleaned.coverage.locate(at);
        assert_eq!((at(&decided, low), at(&decided, high)), (Some(1), None));
        assert_eq!(decided.report.kept_gaps, 1);
        let by = |cleaned: &Cleaned| -> Vec<_> {
            cleaned
                .report
                .gaps
                .iter()
                .filter_map(|gap| gap.decision)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect()
        };
        assert_eq!(by(&decided), [0, 1]);
        // Where nothing is filled, two winners part the gap, and the rest of it stays what it was.
        let kept = with(Some(Gaps::Keep), &[(low, Some(1)), (high, Some(8))]).expect("kept");
        assert_eq!((at(&kept, low), at(&kept, high)), (Some(1), Some(8)));
        assert!(kept.report.gaps.iter().filter(|gap| gap.winner.is_some()).count() == 2);
        let refusal = with(None, &[(low, Some(1)), (high, Some(8))]).expect_err("the others are open");
        assert!(refusal.decisions.is_empty(), "{:?}", refusal.decisions);
        assert_eq!(refusal.gaps.len() + 2, kept.report.gaps.len());
        // A winner has to lie beside its piece, not beside the gap.
        let refusal = with(Some(Gaps::Fill), &[(low, Some(8))]).expect_err("at the other end");
        assert_eq!(refusal.decisions.len(), 1);
    }
}
