//! From polygons that share borders vertex for vertex to edges with a unit on either side.
//!
//! Equal edges running in opposite directions are one border. Edges left alone face the outside; if
//! the units overlapped anywhere, or lacked each other's vertices, these lone edges would cross,
//! touch, or lie inside a unit. So only they need the search for faults, and a clean coverage loads
//! in the time that sorting takes.
//!
//! Owns: matching and the list of what does not match. Repairs nothing: that is `clean`.

use super::Mismatch;
use super::arcs::Edge;
use super::components::Components;
use super::index::{BoxTree, first_below, near_order, segment_box};
use super::predicates::{by_angle, crossing, on_segment};
use crate::model::grid::doubled_area;
use crate::model::{GridPoint, MultiPolygon};
use crate::parallel;

/// One edge of one unit: ends in order, and whether the unit walks it from the smaller to the larger.
type Side = (GridPoint, GridPoint, bool, u32);

/// Edges of the coverage, sorted; or every place where the units do not fit together.
pub fn edges(units: &[&MultiPolygon]) -> Result<Vec<Edge>, Mismatch> {
    let mut sides = sides(units);
    parallel::sort(&mut sides);
    let mut faults = winding_faults(units);
    let is_same = |s: &Side, t: &Side| (s.0, s.1) == (t.0, t.1);
    // Growing would copy the edges of a country several times.
    let n_edges = 1 + sides.windows(2).filter(|pair| !is_same(&pair[0], &pair[1])).count();
    let mut edges = Vec::with_capacity(n_edges);
    edges.extend(sides.chunk_by(is_same).map(|same| join(same, &mut faults)));
    check_lone_edges(&edges, &mut faults);
    if faults.is_empty() {
        return Ok(edges);
    }
    faults.sort_unstable();
    faults.dedup();
    Err(Mismatch { places: faults })
}

type Fault = (u32, u32, GridPoint);

/// Rings that run the wrong way round; matched as they are, they would claim everything else.
fn winding_faults(units: &[&MultiPolygon]) -> Vec<Fault> {
    let polygons = (0..).zip(units).flat_map(|(unit, shape)| shape.0.iter().map(move |part| (unit, part)));
    polygons
        .flat_map(|(unit, part)| {
            let exterior = Some(&part.exterior).filter(|ring| doubled_area(ring) <= 0);
            let interiors = part.interiors.iter().filter(|ring| doubled_area(ring) >= 0);
            exterior.into_iter().chain(interiors).filter_map(move |ring| Some((unit, unit, *ring.first()?)))
        })
        .collect()
}

fn sides(units: &[&MultiPolygon]) -> Vec<Side> {
    let mut sides = Vec::with_capacity(units.iter().map(|unit| unit.n_vertices()).sum());
    for (unit, shape) in (0_u32..).zip(units) {
        for ring in shape.rings() {
            let Some(&last) = ring.last() else { continue };
            let mut a = last;
            for &b in ring {
                if a != b {
                    sides.push((a.min(b), a.max(b), a < b, unit));
                }
                a = b;
            }
        }
    }
    sides
}

/// Makes one edge of all that run between the same two vertices.
fn join(same: &[Side], faults: &mut Vec<Fault>) -> Edge {
    let (a, b, ..) = same[0];
    let mut edge = Edge { a, b, left: None, right: None };
    for &(.., is_forward, unit) in same {
        let (own, other) =
            if is_forward { (&mut edge.left, edge.right) } else { (&mut edge.right, edge.left) };
        // Two on one side overlap; one unit on both sides is a spike.
        if let Some(rival) = own.replace(unit).or(other.filter(|&other| other == unit)) {
            faults.push((unit.min(rival), unit.max(rival), a));
        }
    }
    edge
}

/// Finds crossings, vertices that a neighbour lacks, and units lying in others.
fn check_lone_edges(edges: &[Edge], faults: &mut Vec<Fault>) {
    let mut lone: Vec<Edge> =
        edges.iter().filter(|e| e.left.is_none() != e.right.is_none()).copied().collect();
    lone.sort_by_cached_key(|e| near_order(segment_box(e.a, e.b)));
    let tree = BoxTree::new(lone.iter().map(|e| segment_box(e.a, e.b)).collect());
    let lines: Vec<[GridPoint; 2]> = lone.iter().map(|e| [e.a, e.b]).collect();
    for (i, e) in lone.iter().enumerate() {
        tree.search(segment_box(e.a, e.b), |j| {
            if i < j
                && let Some(at) = clash(e, &lone[j])
            {
                let (u, v) = (owner(e), owner(&lone[j]));
                faults.push((u.min(v), u.max(v), at));
            }
        });
    }
    let mut ends: Vec<(GridPoint, usize, GridPoint)> =
        (0..).zip(&lone).flat_map(|(i, e)| [(e.a, i, e.b), (e.b, i, e.a)]).collect();
    ends.sort_unstable();
    for around in ends.chunk_by_mut(|s, t| s.0 == t.0) {
        check_vertex(&lone, around, faults);
    }
    check_nesting(&lone, &ends, |p| first_below(&tree, |k| &lines[k][..], p).map(|(j, _)| j), faults);
}

fn owner(e: &Edge) -> u32 {
    e.left.or(e.right).expect("a lone edge has a unit on one side")
}

/// Where two edges meet other than in a common end.
fn clash(e: &Edge, f: &Edge) -> Option<GridPoint> {
    let inside = |s: &Edge, p: GridPoint| p != s.a && p != s.b && on_segment(s.a, s.b, p);
    [f.a, f.b]
        .into_iter()
        .find(|&p| inside(e, p))
        .or_else(|| [e.a, e.b].into_iter().find(|&p| inside(f, p)))
        .or_else(|| crossing(e.a, e.b, f.a, f.b))
}

/// Turning around a vertex, outside and units must alternate.
fn check_vertex(lone: &[Edge], around: &mut [(GridPoint, usize, GridPoint)], faults: &mut Vec<Fault>) {
    let centre = around[0].0;
    around.sort_unstable_by(|s, t| by_angle(centre, s.2, t.2));
    // Whether turning counter-clockwise over this edge leads into a unit.
    let enters = |&(p, i, _): &(GridPoint, usize, GridPoint)| {
        let e: &Edge = &lone[i];
        if p == e.a { e.left.is_some() } else { e.right.is_some() }
    };
    for (k, here) in around.iter().enumerate() {
        let next = &around[(k + 1) % around.len()];
        if enters(here) == enters(next) {
            let (u, v) = (owner(&lone[here.1]), owner(&lone[next.1]));
            faults.push((u.min(v), u.max(v), centre));
        }
    }
}

/// Around every connected run of lone edges lies what its own outer side says: the outside, or units
/// where the run is the rim of a hole.
///
/// Its smallest vertex tells: falling down from there, the first edge must show the same.
/// `ends` are grouped by vertex, in order, and by angle around each.
fn check_nesting(
    lone: &[Edge],
    ends: &[(GridPoint, usize, GridPoint)],
    first_below: impl Fn(GridPoint) -> Option<usize>,
    faults: &mut Vec<Fault>,
) {
    let mut components = Components::new(lone.len());
    for around in ends.chunk_by(|s, t| s.0 == t.0) {
        for pair in around.windows(2) {
            components.join(pair[0].1, pair[1].1);
        }
    }
    let mut is_seen = vec![false; lone.len()];
    for around in ends.chunk_by(|s, t| s.0 == t.0) {
        if std::mem::replace(&mut is_seen[components.of(around[0].1)], true) {
            continue;
        }
        let smallest = around[0].0;
        // All edges leave eastwards; the one just counter-clockwise of straight down.
        let lowest = around.iter().find(|(.., head)| head.y < smallest.y).unwrap_or(&around[0]).1;
        let unit = owner(&lone[lowest]);
        let below = first_below(smallest).and_then(|j| lone[j].left);
        match (below, lone[lowest].right) {
            // Outside, but inside another unit.
            (Some(other), None) => faults.push((unit.min(other), unit.max(other), smallest)),
            // A ring wound the wrong way claims everything but its inside.
            (None, Some(_)) => faults.push((unit, unit, smallest)),
            // The rim of the whole, or the rim of a hole in it.
            (None, None) | (Some(_), Some(_)) => {}
        }
    }
}
