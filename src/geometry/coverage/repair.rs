//! Who gets the faces that several units claim, or none.
//!
//! Overlaps first, then gaps, so that a gap sees its final neighbours. Faces next to each other
//! with the same claimants are one overlap; a gap is always a single face: only the cuts of
//! [`super::necks`] have nobody's ground on both sides, and they part it on purpose.
//!
//! Owns: the rules of [`CleanOptions`] and the sums of the report. Invariant: decided by
//! coordinates and the order of units only, so the same ground gives the same answer.

mod decided;

pub use decided::parted_gaps;

use std::collections::{BTreeMap, BTreeSet};

use super::clean::{BadDecision, CleanOptions, CleanReport, Gaps, Moved, Repair, Resolve};
use super::components::Components;
use super::faces::{Faces, OUTSIDE};
use super::shift::shift_m;
use decided::{Decided, decide};

use crate::geometry::label::{interior_point, point_in_middle_row};
use crate::geometry::measure::{length_m, metres_per_step, ring_area_m2};

use crate::model::grid::doubled_area;
use crate::model::{GridBox, GridPoint, MultiPolygon, Polygon};

/// The owner of every face, and how it came to that.
pub struct Repairs {
    pub owner: Vec<Option<u32>>,
    pub report: CleanReport,
    pub refused_overlaps: Vec<Repair>,
    pub refused_gaps: Vec<Repair>,
    pub refused_decisions: Vec<BadDecision>,
}

/// Faces that are decided together.
struct Group {
    faces: Vec<u32>,
    /// Lines with the group on exactly one side, and the face across.
    border: Vec<(u32, u32)>,
    claimants: Vec<u32>,
    area_m2: f64,
    /// Of a piece of a gap that was cut, the area of all its pieces; else its own.
    drawn_m2: f64,
    at: GridPoint,
    /// The first decision about it, by its place in the options.
    decision: Option<usize>,
    /// The rule that decided, if one did; the winner may be nobody.
    #[expect(clippy::option_option, reason = "undecided, decided for nobody, and decided for a unit differ")]
    winner: Option<Option<u32>>,
}

const NO_GROUP: u32 = u32::MAX;

pub fn assign(faces: &Faces, n_units: usize, options: &CleanOptions) -> Repairs {
    let (mut groups, group_of) = groups(faces, options.max_fix_m2);
    let owner = faces.claimants.iter().map(|units| (units.len() == 1).then(|| units[0])).collect();
    let decided = decide(faces, &mut groups, &group_of, options);
    let mut state = State { faces, groups, group_of, owner };
    state.settle_overlaps(n_units, options);
    state.settle_gaps(options);
    state.finish(n_units, decided)
}

/// Connected faces with the same claimants, if those are several, and single gaps.
fn groups(faces: &Faces, max_fix_m2: f64) -> (Vec<Group>, Vec<u32>) {
    let n_claimants = |face: usize| faces.claimants[face].len();
    let mut joined = Components::new(faces.n_faces());
    for &[left, right] in &faces.sides {
        let (left, right) = (left as usize, right as usize);
        if n_claimants(left) > 1 && faces.claimants[left] == faces.claimants[right] {
            joined.join(left, right);
        }
    }
    let mut group_of = vec![NO_GROUP; faces.n_faces()];
    let mut groups: Vec<Group> = Vec::new();
    for face in 0..faces.n_faces() {
        if face as u32 == OUTSIDE || n_claimants(face) == 1 {
            continue;
        }
        // The smallest member comes first and opens the group.
        let first = joined.of(face);
        if first == face {
            group_of[face] = groups.len() as u32;
            groups.push(Group::new(faces.claimants[face].clone()));
        }
        group_of[face] = group_of[first];
        groups[group_of[face] as usize].faces.push(face as u32);
    }
    for (line, &[left, right]) in (0..).zip(&faces.sides) {
        let [of_left, of_right] = [left, right].map(|face| group_of[face as usize]);
        if of_left != of_right {
            for (group, across) in [(of_left, right), (of_right, left)] {
                if group != NO_GROUP {
                    groups[group as usize].border.push((line, across));
                }
            }
        }
    }
    for group in &mut groups {
        group.measure(faces, max_fix_m2);
    }
    measure_drawn(faces, &mut groups, &group_of);
    (groups, group_of)
}

/// Adds up the pieces of gaps that were cut: what is left undecided of a large gap is no small one.
fn measure_drawn(faces: &Faces, groups: &mut [Group], group_of: &[u32]) {
    let mut joined = Components::new(groups.len());
    for side in &faces.sides {
        let [left, right] = side.map(|face| group_of[face as usize]);
        let is_gap = |g: u32| g != NO_GROUP && groups[g as usize].is_gap();
        if is_gap(left) && is_gap(right) {
            joined.join(left as usize, right as usize);
        }
    }
    let mut drawn_m2 = vec![0.0; groups.len()];
    for (g, group) in groups.iter().enumerate() {
        drawn_m2[joined.of(g)] += group.area_m2;
    }
    for (g, group) in groups.iter_mut().enumerate() {
        group.drawn_m2 = drawn_m2[joined.of(g)];
    }
}

impl Group {
    fn new(claimants: Vec<u32>) -> Self {
        Self {
            faces: Vec::new(),
            border: Vec::new(),
            claimants,
            area_m2: 0.0,
            drawn_m2: 0.0,
            at: GridPoint::new(0, 0),
            decision: None,
            winner: None,
        }
    }

    fn is_gap(&self) -> bool {
        self.claimants.is_empty()
    }

    /// Who could win it by decision: its claimants, and those of the ground around it.
    fn able(&self, faces: &Faces) -> BTreeSet<u32> {
        let around = self.border.iter().flat_map(|&(_, across)| &faces.claimants[across as usize]);
        self.claimants.iter().chain(around).copied().collect()
    }

    fn measure(&mut self, faces: &Faces, max_fix_m2: f64) {
        self.area_m2 = self.faces.iter().map(|&face| area_m2(faces, face)).sum();
        let largest = self.faces.iter().copied().max_by_key(|&face| faces.doubled_area[face as usize]);
        let largest = largest.expect("a group has faces");
        let part = part(faces, largest);
        let corner = part.exterior.iter().copied().min();
        // People look at the large ones; there may be a million slivers.
        let inside = if self.area_m2 > max_fix_m2 {
            interior_point(&MultiPolygon(vec![part]))
        } else {
            point_in_middle_row(&part)
        };
        self.at = inside.or(corner).expect("a face has vertices");
    }

    /// - `beside`: see [`Repair`].
    fn repair(&self, beside: Vec<u32>) -> Repair {
        Repair {
            claimants: self.claimants.clone(),
            winner: self.winner.flatten(),
            area_m2: self.area_m2,
            at: self.at,
            beside,
            decision: self.decision,
        }
    }
}

fn part(faces: &Faces, face: u32) -> Polygon {
    let (outer, inner): (Vec<_>, Vec<_>) = faces.rings(face).partition(|ring| doubled_area(ring) > 0);
    Polygon { exterior: outer.concat(), interiors: inner }
}

/// A grid point strictly inside a face, if it holds one.
pub fn inside(faces: &Faces, face: u32) -> Option<GridPoint> {
    let part = part(faces, face);
    point_in_middle_row(&part).or_else(|| interior_point(&MultiPolygon(vec![part])))
}

/// Area of a face in square metres.
pub fn area_m2(faces: &Faces, face: u32) -> f64 {
    faces.rings(face).map(|ring| ring_m2(&ring)).sum()
}

/// Signed area of a ring in square metres.
///
/// Up to 0.002° (about 200 m) the grid is a plane to 4e-5 of the area, and a geodesic integral for
/// each of a million slivers would take longer than everything else.
fn ring_m2(ring: &[GridPoint]) -> f64 {
    const PLANE_STEPS: i64 = 20_000;
    let Some(frame) = GridBox::around(ring.iter().copied()) else { return 0.0 };
    let width = i64::from(frame.east) - i64::from(frame.west);
    let height = i64::from(frame.north) - i64::from(frame.south);
    if width.max(height) > PLANE_STEPS {
        return ring_area_m2(ring);
    }
    let [_, south, _, north] = frame.degrees();
    let (east_m, north_m) = metres_per_step(f64::midpoint(south, north));
    doubled_area(ring) as f64 / 2.0 * east_m * north_m
}

/// The work in progress.
struct State<'a> {
    faces: &'a Faces,
    groups: Vec<Group>,
    group_of: Vec<u32>,
    owner: Vec<Option<u32>>,
}

impl State<'_> {
    fn settle_overlaps(&mut self, n_units: usize, options: &CleanOptions) {
        let by_size = options.resolve.map(|rule| ruling(self.faces, n_units, rule));
        let mut small = Vec::new();
        for g in 0..self.groups.len() {
            let group = &self.groups[g];
            if group.is_gap() {
                continue;
            }
            if group.winner.is_none() {
                if group.area_m2 <= options.max_fix_m2 {
                    small.push(g);
                    continue;
                }
                let winner = by_size.as_ref().and_then(|rule| rule(&group.claimants));
                self.groups[g].winner = winner.map(Some);
            }
            self.take_over(g);
        }
        self.settle_by_border(small);
    }

    /// Gives overlaps to the claimant with the longest common border, in rounds: one that borders
    /// only on other overlaps waits for them.
    fn settle_by_border(&mut self, small: Vec<usize>) {
        let mut waiting = small.clone();
        while !waiting.is_empty() {
            let decided: Vec<(usize, u32)> =
                waiting.iter().filter_map(|&g| Some((g, self.longest_border(g)?))).collect();
            for &(g, winner) in &decided {
                self.groups[g].winner = Some(Some(winner));
                self.take_over(g);
            }
            waiting = decided.iter().flat_map(|&(g, _)| self.undecided_neighbours(g)).collect();
            waiting.sort_unstable();
            waiting.dedup();
        }
        // Claimants that hold nothing else around it: the first in the order of units.
        for g in small {
            if self.groups[g].winner.is_none() {
                self.groups[g].winner = Some(Some(self.groups[g].claimants[0]));
                self.take_over(g);
            }
        }
    }

    fn undecided_neighbours(&self, g: usize) -> Vec<usize> {
        let across = self.groups[g].border.iter().map(|&(_, face)| self.group_of[face as usize]);
        let groups = across.filter(|&group| group != NO_GROUP).map(|group| group as usize);
        groups.filter(|&h| !self.groups[h].is_gap() && self.groups[h].winner.is_none()).collect()
    }

    fn settle_gaps(&mut self, options: &CleanOptions) {
        for g in 0..self.groups.len() {
            let group = &self.groups[g];
            if group.is_gap() && group.winner.is_none() {
                let is_small = group.drawn_m2 <= options.max_fix_m2;
                self.groups[g].winner = match options.gaps {
                    _ if is_small => Some(self.longest_border(g)),
                    Some(Gaps::Fill) => Some(self.longest_border(g)),
                    Some(Gaps::Keep) => Some(None),
                    Some(Gaps::Refuse) | None => None,
                };
            }
        }
        // Only now: what one gap gets must not count as border for the next.
        for g in 0..self.groups.len() {
            if self.groups[g].is_gap() {
                self.take_over(g);
            }
        }
    }

    fn take_over(&mut self, g: usize) {
        for &face in &self.groups[g].faces {
            self.owner[face as usize] = self.groups[g].winner.flatten();
        }
    }

    /// Who owns the longest border around a group: one of its claimants, for a gap anybody. Of
    /// equals the first in the order of units.
    fn longest_border(&self, g: usize) -> Option<u32> {
        self.borders(&self.groups[g])
            .into_iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(unit, _)| unit)
    }

    /// Length of border that each owner around a group has on it, in metres; of overlaps only what
    /// claimants have.
    fn borders(&self, group: &Group) -> BTreeMap<u32, f64> {
        let mut lengths: BTreeMap<u32, f64> = BTreeMap::new();
        for &(line, across) in &group.border {
            if let Some(unit) = self.owner[across as usize]
                && (group.is_gap() || group.claimants.contains(&unit))
            {
                *lengths.entry(unit).or_default() += length_m(&self.faces.lines[line as usize]);
            }
        }
        lengths
    }

    /// Units around a gap, the longest common border first.
    fn beside(&self, group: &Group) -> Vec<u32> {
        let mut borders: Vec<(u32, f64)> = self.borders(group).into_iter().collect();
        borders.sort_by(|s, t| t.1.total_cmp(&s.1));
        borders.into_iter().map(|(unit, _)| unit).collect()
    }

    fn finish(self, n_units: usize, decided: Decided) -> Repairs {
        let mut report = CleanReport {
            moved: vec![Moved::default(); n_units],
            unused_decisions: decided.unused,
            repeated_decisions: decided.repeated,
            ..CleanReport::default()
        };
        let (mut refused_overlaps, mut refused_gaps) = (Vec::new(), Vec::new());
        for group in &self.groups {
            let (done, refused) = if group.is_gap() {
                (&mut report.gaps, &mut refused_gaps)
            } else {
                (&mut report.overlaps, &mut refused_overlaps)
            };
            let beside = if group.is_gap() { self.beside(group) } else { Vec::new() };
            let Some(winner) = group.winner else {
                refused.push(group.repair(beside));
                continue;
            };
            done.push(group.repair(beside));
            *(if winner.is_some() { &mut report.settled_m2 } else { &mut report.outside_m2 }) +=
                group.area_m2;
            let gained = winner.filter(|unit| !group.claimants.contains(unit));
            let losers = group.claimants.iter().copied().filter(|&unit| Some(unit) != winner);
            for unit in losers.chain(gained) {
                let moved = &mut report.moved[unit as usize];
                let side = if Some(unit) == winner { &mut moved.won_m2 } else { &mut moved.lost_m2 };
                *side += group.area_m2;
                report.largest_shift_m = report.largest_shift_m.max(self.shift_m(group, unit));
            }
        }
        report.kept_gaps = self.n_holes();
        for list in [&mut report.overlaps, &mut report.gaps, &mut refused_overlaps, &mut refused_gaps] {
            list.sort_by(|s, t| t.area_m2.total_cmp(&s.area_m2).then(s.at.cmp(&t.at)));
        }
        let refused_decisions = decided.refused;
        Repairs { owner: self.owner, report, refused_overlaps, refused_gaps, refused_decisions }
    }

    /// Pieces of ground inside the coverage that are nobody's; neighbours are one.
    fn n_holes(&self) -> usize {
        let is_nobodys = |face: u32| self.owner[face as usize].is_none();
        let mut joined = Components::new(self.faces.n_faces());
        for &[left, right] in &self.faces.sides {
            if is_nobodys(left) && is_nobodys(right) {
                joined.join(left as usize, right as usize);
            }
        }
        let outside = joined.of(OUTSIDE as usize);
        let holes = (0..self.faces.n_faces()).filter(|&face| is_nobodys(face as u32));
        holes.filter(|&face| joined.of(face) == face && face != outside).count()
    }

    /// How far the border of a unit moved across a group that it won or lost.
    fn shift_m(&self, group: &Group, unit: u32) -> f64 {
        let (own, rest): (Vec<_>, Vec<_>) =
            group.border.iter().partition(|(_, across)| self.owner[*across as usize] == Some(unit));
        let segments = |border: Vec<(u32, u32)>| -> Vec<_> {
            let lines = border.into_iter().map(|(line, _)| &self.faces.lines[line as usize]);
            lines.flat_map(|line| line.windows(2).map(|pair| [pair[0], pair[1]])).collect()
        };
        shift_m(&segments(own), &segments(rest))
    }
}

/// The rule for overlaps that are too large to settle by border.
fn ruling(faces: &Faces, n_units: usize, rule: Resolve) -> impl Fn(&[u32]) -> Option<u32> {
    let mut claimed = vec![0_i128; n_units];
    for (area, claimants) in faces.doubled_area.iter().zip(&faces.claimants) {
        for &unit in claimants {
            claimed[unit as usize] += area;
        }
    }
    move |claimants| {
        let mut units = claimants.iter().copied();
        match rule {
            Resolve::Refuse => None,
            Resolve::First => units.next(),
            Resolve::Smaller => units.min_by_key(|&unit| claimed[unit as usize]),
            // Of equals the first, as everywhere; `max_by_key` alone would give the last.
            Resolve::Larger => units.rev().max_by_key(|&unit| claimed[unit as usize]),
        }
    }
}
