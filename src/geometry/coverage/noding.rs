//! Snap rounding: any heap of segments to segments that meet in common ends only.
//!
//! Every vertex and every crossing, rounded to the grid, makes its pixel *hot*; a segment that
//! meets a hot pixel is led through the pixel's middle. That may lead it into further pixels, so it
//! is done again until nothing changes. The result is then its own result: noding a subset of it
//! changes nothing, which is what makes cleaning idempotent.
//!
//! Owns: where segments are split. Knows nothing of faces.
//! Design: splitting at rounded crossings alone, as usual, can loop for ever or leave new crossings,
//! because rounding moves the pieces across near vertices. Here every piece is shorter in
//! |dx| + |dy| than the segment it comes from, so the passes end. No segment moves by more than
//! half a grid step's diagonal per pass; real files need two or three passes.
//!
//! Source: J. Hobby, "Practical segment intersection with finite precision output" (1999);
//! D. Halperin, E. Packer, "Iterated snap rounding" (2002).

use super::index::{BoxTree, FANOUT, near_order, segment_box};
use super::predicates::{along, crossing, meets_pixel, orient};
use crate::model::{GridBox, GridPoint};

/// One segment on the border of one source polygon; `a < b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    pub a: GridPoint,
    pub b: GridPoint,
    pub source: u32,
    /// Not yet compared with the others.
    is_new: bool,
}

/// Segments that meet in common ends only, with the sources whose border each is on.
#[derive(Debug, Default)]
pub struct Noded {
    /// Sorted, each once, smaller end first.
    pub segments: Vec<[GridPoint; 2]>,
    /// Sources of segment s, sorted, are `sources[start[s]..start[s + 1]]`; never none.
    pub sources: Vec<u32>,
    pub start: Vec<u32>,
    /// Upper bound on how far any segment was moved, in grid steps.
    pub shift_steps: f64,
}

impl Claim {
    /// `None` for a segment without length.
    pub fn new(a: GridPoint, b: GridPoint, source: u32) -> Option<Self> {
        (a != b).then(|| Self { a: a.min(b), b: a.max(b), source, is_new: true })
    }
}

impl Noded {
    pub fn sources(&self, segment: usize) -> &[u32] {
        &self.sources[self.start[segment] as usize..self.start[segment + 1] as usize]
    }
}

/// Nodes all segments of all sources together.
///
/// A source that runs over a segment twice is not on it (even-odd), so spikes vanish.
/// O((n + k) log n) per pass for n segments with k close pairs.
pub fn node(mut claims: Vec<Claim>) -> Noded {
    let mut shift_steps = 0.0;
    loop {
        claims = uncancelled(claims);
        let splits = splits(&claims);
        if splits.is_empty() {
            return noded(&claims, shift_steps);
        }
        shift_steps += splits.iter().map(|s| s.shift_steps).fold(0.0, f64::max);
        claims = split(&claims, &splits);
    }
}

/// Sorts, and drops pairs of equal claims of one source.
fn uncancelled(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_unstable();
    let is_same = |s: &Claim, t: &Claim| (s.a, s.b, s.source) == (t.a, t.b, t.source);
    claims.chunk_by(is_same).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect()
}

fn noded(claims: &[Claim], shift_steps: f64) -> Noded {
    let mut noded = Noded { shift_steps, start: vec![0], ..Noded::default() };
    for same in claims.chunk_by(|s, t| (s.a, s.b) == (t.a, t.b)) {
        noded.segments.push([same[0].a, same[0].b]);
        noded.sources.extend(same.iter().map(|claim| claim.source));
        noded.start.push(noded.sources.len() as u32);
    }
    noded
}

/// A hot pixel that the segment a→b must be led through.
#[derive(Debug, Clone, Copy)]
struct Split {
    a: GridPoint,
    b: GridPoint,
    at: GridPoint,
    shift_steps: f64,
}

/// A segment of the current pass.
#[derive(Clone, Copy)]
struct Segment {
    a: GridPoint,
    b: GridPoint,
    is_new: bool,
}

impl Segment {
    fn frame(&self) -> GridBox {
        segment_box(self.a, self.b)
    }

    /// Leads the segment through `at` if it must.
    fn attract(&self, at: GridPoint, splits: &mut Vec<Split>) {
        if at != self.a && at != self.b && meets_pixel(self.a, self.b, at) {
            let (a, b) = (self.a, self.b);
            let length = (f64::from(b.x) - f64::from(a.x)).hypot(f64::from(b.y) - f64::from(a.y));
            splits.push(Split { a, b, at, shift_steps: orient(a, b, at).abs() as f64 / length });
        }
    }
}

/// All splits that the hot pixels of this pass ask for, by segment and in order along it.
fn splits(claims: &[Claim]) -> Vec<Split> {
    let mut segments: Vec<Segment> = claims
        .chunk_by(|s, t| (s.a, s.b) == (t.a, t.b))
        .map(|same| Segment { a: same[0].a, b: same[0].b, is_new: same.iter().all(|claim| claim.is_new) })
        .collect();
    if !segments.iter().any(|s| s.is_new) {
        return Vec::new();
    }
    segments.sort_by_cached_key(|s| near_order(s.frame()));
    let tree = BoxTree::new(segments.iter().map(Segment::frame).collect());
    let mut splits = Vec::new();
    let mut crossings = Vec::new();
    for (group, first) in segments.chunks(FANOUT).zip((0..).step_by(FANOUT)) {
        let frames = group.iter().filter(|s| s.is_new).map(Segment::frame);
        let Some(frame) = frames.reduce(GridBox::union) else { continue };
        tree.search(grown(frame), |j| {
            let other = segments[j];
            let near = grown(other.frame());
            for (i, segment) in (first..).zip(group) {
                // Each pair once; two old ones were compared in an earlier pass.
                let is_turn = segment.is_new && (!other.is_new || i < j);
                if is_turn && segment.frame().intersects(near) {
                    compare(segment, &other, &mut splits, &mut crossings);
                }
            }
        });
    }
    crossings.sort_unstable();
    crossings.dedup();
    for &at in &crossings {
        tree.search(grown(segment_box(at, at)), |i| segments[i].attract(at, &mut splits));
    }
    splits.sort_unstable_by(|s, t| {
        (s.a, s.b).cmp(&(t.a, t.b)).then_with(|| along(s.a, s.b, s.at).cmp(&along(t.a, t.b, t.at)))
    });
    splits.dedup_by_key(|s| (s.a, s.b, s.at));
    splits
}

fn compare(s: &Segment, t: &Segment, splits: &mut Vec<Split>, crossings: &mut Vec<GridPoint>) {
    s.attract(t.a, splits);
    s.attract(t.b, splits);
    t.attract(s.a, splits);
    t.attract(s.b, splits);
    crossings.extend(crossing(s.a, s.b, t.a, t.b));
}

/// A pixel reaches half a step beyond its point.
fn grown(b: GridBox) -> GridBox {
    GridBox {
        west: b.west.saturating_sub(1),
        south: b.south.saturating_sub(1),
        east: b.east.saturating_add(1),
        north: b.north.saturating_add(1),
    }
}

/// Replaces each claim by the chain through its splits; both are in the order of their segments.
fn split(claims: &[Claim], splits: &[Split]) -> Vec<Claim> {
    let mut out = Vec::with_capacity(claims.len() + splits.len());
    let mut rest = splits;
    for same in claims.chunk_by(|s, t| (s.a, s.b) == (t.a, t.b)) {
        let (a, b) = (same[0].a, same[0].b);
        let n_here = rest.iter().take_while(|s| (s.a, s.b) == (a, b)).count();
        let (here, later) = rest.split_at(n_here);
        rest = later;
        if here.is_empty() {
            out.extend(same.iter().map(|claim| Claim { is_new: false, ..*claim }));
            continue;
        }
        for claim in same {
            let mut from = a;
            for to in here.iter().map(|s| s.at).chain([b]) {
                out.extend(Claim::new(from, to, claim.source));
                from = to;
            }
        }
    }
    out
}
