//! Snap rounding: any heap of lines to segments that meet in common ends only.
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

mod pairs;

use std::ops::Range;

use super::predicates::along;
use super::vertices::number;
use crate::model::GridPoint;
use crate::parallel::in_ranges;
use pairs::Hits;

/// Lines on the borders of sources, as they come.
#[derive(Debug, Default)]
pub struct Claims {
    points: Vec<GridPoint>,
    /// End of each line in `points`, and the source whose border it is.
    lines: Vec<(u32, u32)>,
}

/// Segments that meet in common ends only, with the sources whose border each is on.
#[derive(Debug, Default)]
pub struct Noded {
    /// Sorted, each once; some may be no end of a segment.
    pub points: Vec<GridPoint>,
    /// Ends of each segment as places in `points`, the smaller first; sorted, each once.
    pub ends: Vec<[u32; 2]>,
    /// Sources of segment s, sorted, are `sources[start[s]..start[s + 1]]`; none for cuts only.
    sources: Vec<u32>,
    start: Vec<u32>,
    /// Upper bound on how far any segment was moved, in grid steps.
    pub shift_steps: f64,
}

impl Claims {
    /// - `n_points`: about how many points will come; rings count one more than their vertices.
    pub fn with_capacity(n_points: usize) -> Self {
        Self { points: Vec::with_capacity(n_points), lines: Vec::new() }
    }

    pub fn line(&mut self, line: &[GridPoint], source: u32) {
        self.points.extend_from_slice(line);
        self.lines.push((self.points.len() as u32, source));
    }

    /// - `ring`: open, as the model has them.
    pub fn ring(&mut self, ring: &[GridPoint], source: u32) {
        self.points.extend_from_slice(ring);
        self.line(&ring[..ring.len().min(1)], source);
    }
}

impl Noded {
    pub fn sources(&self, segment: usize) -> &[u32] {
        &self.sources[self.start[segment] as usize..self.start[segment + 1] as usize]
    }

    /// Adds segments of no source: they cut faces in two that the same sources claim.
    ///
    /// - `cuts`: between points that are there, crossing and repeating nothing, clear of all other
    ///   points' pixels.
    pub fn cut(&mut self, cuts: &[[GridPoint; 2]]) {
        let place = |p: &GridPoint| self.points.binary_search(p).expect("a cut joins points that are there");
        let ends = |cut: &[GridPoint; 2]| {
            let [a, b] = [place(&cut[0]), place(&cut[1])];
            [a.min(b) as u32, a.max(b) as u32]
        };
        let mut cuts: Vec<[u32; 2]> = cuts.iter().map(ends).collect();
        cuts.sort_unstable();
        let n_segments = self.ends.len() + cuts.len();
        let mut cuts = cuts.into_iter().peekable();
        let (mut all, mut start) = (Vec::with_capacity(n_segments), Vec::with_capacity(n_segments + 1));
        for (&ends, &first) in self.ends.iter().zip(&self.start) {
            while let Some(cut) = cuts.next_if(|cut| *cut < ends) {
                all.push(cut);
                start.push(first);
            }
            all.push(ends);
            start.push(first);
        }
        all.extend(cuts);
        start.resize(n_segments + 1, self.sources.len() as u32);
        (self.ends, self.start) = (all, start);
    }

    /// Adds a segment; false and nothing added when it has no source.
    fn add(&mut self, ends: [u32; 2], sources: impl IntoIterator<Item = u32>) -> bool {
        if self.start.is_empty() {
            self.start.push(0);
        }
        let before = self.sources.len();
        self.sources.extend(sources);
        if self.sources.len() == before {
            return false;
        }
        self.ends.push(ends);
        self.start.push(self.sources.len() as u32);
        true
    }
}

/// Nodes all lines of all sources together.
///
/// A source that runs over a segment twice is not on it (even-odd), so spikes vanish.
/// O((n + k) log n) for n segments with k close pairs; passes after the first cost O(n) and what is
/// new in them.
pub fn node(claims: &Claims) -> Noded {
    let (mut noded, order) = collect(claims);
    let mut hits = pairs::among_all(&noded, &order);
    drop(order);
    while !hits.splits.is_empty() {
        let is_new = split(&mut noded, hits);
        hits = pairs::with_new(&noded, &is_new);
    }
    noded
}

/// A claim of a source on a segment, by the segment's larger end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    larger: u32,
    source: u32,
    /// Where it stands in the input.
    place: u32,
}

/// Numbers all vertices and finds equal segments; also gives the segments in the order of the
/// input, which keeps near ones together.
fn collect(claims: &Claims) -> (Noded, Vec<u32>) {
    const NONE: u32 = u32::MAX;
    let (points, numbers) = number(&claims.points);
    let parts = in_ranges(points.len(), |smaller| gather(claims, &numbers, smaller));
    drop(numbers);
    let mut segment_at = vec![NONE; claims.points.len()];
    let mut noded = Noded { points, start: vec![0], ..Noded::default() };
    for (part, places) in parts {
        let (n_segments, n_sources) = (noded.ends.len() as u32, noded.sources.len() as u32);
        for (place, segment) in places.into_iter().zip(n_segments..) {
            segment_at[place as usize] = segment;
        }
        noded.ends.extend(part.ends);
        noded.start.extend(part.start.into_iter().skip(1).map(|end| end + n_sources));
        noded.sources.extend(part.sources);
    }
    segment_at.retain(|&segment| segment != NONE);
    (noded, segment_at)
}

/// The segments whose smaller ends are `vertices`, and where each stands first in the input.
fn gather(claims: &Claims, numbers: &[u32], vertices: Range<usize>) -> (Noded, Vec<u32>) {
    let first = vertices.start as u32;
    let mut start = vec![0_u32; vertices.len() + 1];
    let is_here = |smaller: u32| vertices.contains(&(smaller as usize));
    each_segment(claims, numbers, |smaller, _| {
        if is_here(smaller) {
            start[(smaller - first) as usize + 1] += 1;
        }
    });
    for v in 0..vertices.len() {
        start[v + 1] += start[v];
    }
    let mut by_smaller = vec![Claim { larger: 0, source: 0, place: 0 }; start[vertices.len()] as usize];
    let mut fill = start.clone();
    each_segment(claims, numbers, |smaller, claim| {
        if is_here(smaller) {
            let fill = &mut fill[(smaller - first) as usize];
            by_smaller[*fill as usize] = claim;
            *fill += 1;
        }
    });
    let (mut noded, mut places) = (Noded::default(), Vec::new());
    for (smaller, here) in (first..).zip(start.windows(2)) {
        let here = &mut by_smaller[here[0] as usize..here[1] as usize];
        here.sort_unstable();
        for same in here.chunk_by(|s, t| s.larger == t.larger) {
            if noded.add([smaller, same[0].larger], odd(same.iter().map(|claim| claim.source))) {
                places.push(same.iter().map(|claim| claim.place).min().expect("a chunk is not empty"));
            }
        }
    }
    (noded, places)
}

fn each_segment(claims: &Claims, numbers: &[u32], mut found: impl FnMut(u32, Claim)) {
    let mut first = 0;
    for &(end, source) in &claims.lines {
        let line = &numbers[first as usize..end as usize];
        for (place, pair) in (first..).zip(line.windows(2)) {
            if pair[0] != pair[1] {
                found(pair[0].min(pair[1]), Claim { larger: pair[0].max(pair[1]), source, place });
            }
        }
        first = end;
    }
}

/// Of sorted values those that come an odd number of times.
fn odd(sorted: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    let mut sorted = sorted.peekable();
    std::iter::from_fn(move || {
        loop {
            let value = sorted.next()?;
            if sorted.next_if_eq(&value).is_none() {
                return Some(value);
            }
        }
    })
}

/// A piece of a split segment.
type Piece = ([u32; 2], u32);

/// Leads segments through the hot pixels they meet; tells for each segment whether it is new.
fn split(noded: &mut Noded, hits: Hits) -> Vec<bool> {
    let mut splits = hits.splits;
    let end = |segment: u32, side: usize| noded.points[noded.ends[segment as usize][side] as usize];
    splits.sort_unstable_by(|s, t| {
        let along = |at| along(end(s.segment, 0), end(s.segment, 1), at);
        s.segment.cmp(&t.segment).then_with(|| along(s.at).cmp(&along(t.at)))
    });
    splits.dedup_by_key(|split| (split.segment, split.at));
    noded.shift_steps += splits.iter().map(|split| split.shift_steps).fold(0.0, f64::max);
    add_points(noded, splits.iter().map(|split| split.at).collect());

    let mut pieces: Vec<Piece> = Vec::new();
    for same in splits.chunk_by(|s, t| s.segment == t.segment) {
        let [first, last] = noded.ends[same[0].segment as usize];
        let through = same.iter().map(|split| {
            noded.points.binary_search(&split.at).expect("every split's point was added") as u32
        });
        let chain: Vec<u32> = std::iter::once(first).chain(through).chain([last]).collect();
        for pair in chain.windows(2).filter(|pair| pair[0] != pair[1]) {
            let ends = [pair[0].min(pair[1]), pair[0].max(pair[1])];
            pieces.extend(noded.sources(same[0].segment as usize).iter().map(|&source| (ends, source)));
        }
    }
    pieces.sort_unstable();
    let mut is_split = vec![false; noded.ends.len()];
    for split in &splits {
        is_split[split.segment as usize] = true;
    }
    merge(noded, &is_split, &pieces)
}

/// Adds points and renumbers the ends.
fn add_points(noded: &mut Noded, mut points: Vec<GridPoint>) {
    points.sort_unstable();
    points.dedup();
    points.retain(|p| noded.points.binary_search(p).is_err());
    if points.is_empty() {
        return;
    }
    let mut merged = Vec::with_capacity(noded.points.len() + points.len());
    let mut number_of = Vec::with_capacity(noded.points.len());
    let mut added = points.into_iter().peekable();
    for &p in &noded.points {
        merged.extend(std::iter::from_fn(|| added.next_if(|q| *q < p)));
        number_of.push(merged.len() as u32);
        merged.push(p);
    }
    merged.extend(added);
    for end in noded.ends.as_flattened_mut() {
        *end = number_of[*end as usize];
    }
    noded.points = merged;
}

/// Puts sorted pieces in the place of the split segments.
fn merge(noded: &mut Noded, is_split: &[bool], pieces: &[Piece]) -> Vec<bool> {
    let mut merged = Noded {
        points: std::mem::take(&mut noded.points),
        ends: Vec::with_capacity(noded.ends.len() + pieces.len()),
        sources: Vec::with_capacity(noded.sources.len() + pieces.len()),
        start: Vec::with_capacity(noded.ends.len() + pieces.len() + 1),
        shift_steps: noded.shift_steps,
    };
    let mut is_new = Vec::with_capacity(noded.ends.len() + pieces.len());
    let mut groups = pieces.chunk_by(|s, t| s.0 == t.0).peekable();
    let add = |merged: &mut Noded, group: &[Piece]| {
        merged.add(group[0].0, odd(group.iter().map(|&(_, source)| source)))
    };
    for segment in (0..noded.ends.len()).filter(|&segment| !is_split[segment]) {
        let ends = noded.ends[segment];
        while let Some(group) = groups.next_if(|group| group[0].0 < ends) {
            if add(&mut merged, group) {
                is_new.push(true);
            }
        }
        let stored = noded.sources(segment).iter().copied();
        let is_kept = if let Some(group) = groups.next_if(|group| group[0].0 == ends) {
            let mut all: Vec<Piece> = group.iter().copied().chain(stored.map(|s| (ends, s))).collect();
            all.sort_unstable();
            add(&mut merged, &all)
        } else {
            merged.add(ends, stored)
        };
        if is_kept {
            is_new.push(false);
        }
    }
    for group in groups {
        if add(&mut merged, group) {
            is_new.push(true);
        }
    }
    *noded = merged;
    is_new
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::geometry::coverage::predicates::{crossing, meets_pixel};

    type Segment = [GridPoint; 2];

    /// The definition, taken at its word: in every pass each segment is led through all hot pixels
    /// that it meets, until none meets any.
    fn by_definition(lines: &[(Vec<GridPoint>, u32)]) -> BTreeMap<Segment, BTreeSet<u32>> {
        let mut segments: BTreeMap<Segment, BTreeSet<u32>> = BTreeMap::new();
        for (line, source) in lines {
            line.windows(2).for_each(|pair| toggle(&mut segments, pair[0], pair[1], *source));
        }
        loop {
            segments.retain(|_, sources| !sources.is_empty());
            let all: Vec<Segment> = segments.keys().copied().collect();
            let mut hot: BTreeSet<GridPoint> = all.iter().flatten().copied().collect();
            for (i, s) in all.iter().enumerate() {
                hot.extend(all[..i].iter().filter_map(|t| crossing(s[0], s[1], t[0], t[1])));
            }
            let mut led = BTreeMap::new();
            for (&[a, b], sources) in &segments {
                let mut chain: Vec<GridPoint> =
                    hot.iter().copied().filter(|&p| p == a || p == b || meets_pixel(a, b, p)).collect();
                chain.sort_by_key(|&p| along(a, b, p));
                for pair in chain.windows(2) {
                    for &source in sources {
                        toggle(&mut led, pair[0], pair[1], source);
                    }
                }
            }
            led.retain(|_, sources: &mut BTreeSet<u32>| !sources.is_empty());
            if led == segments {
                return led;
            }
            segments = led;
        }
    }

    fn toggle(segments: &mut BTreeMap<Segment, BTreeSet<u32>>, a: GridPoint, b: GridPoint, source: u32) {
        if a != b {
            let sources = segments.entry([a.min(b), a.max(b)]).or_default();
            if !sources.remove(&source) {
                sources.insert(source);
            }
        }
    }

    fn lines() -> impl Strategy<Value = Vec<(Vec<GridPoint>, u32)>> {
        // Near each other, spread over many squares of the later passes, and over the whole world.
        let scale = prop_oneof![Just((1, 1)), Just((1, 3)), Just((1, 9_000)), Just((3, 70_000_000))];
        let point = (-12..12_i32, -12..12_i32);
        let line = (proptest::collection::vec(point, 0..9), 0..4_u32);
        (proptest::collection::vec(line, 0..7), scale).prop_map(|(lines, (by_x, by_y))| {
            let placed = |line: Vec<(i32, i32)>| -> Vec<GridPoint> {
                line.into_iter().map(|(x, y)| GridPoint::new(x * by_y, y * by_x + x % 2)).collect()
            };
            lines.into_iter().map(|(line, source)| (placed(line), source)).collect()
        })
    }

    fn noded(lines: &[(Vec<GridPoint>, u32)]) -> Noded {
        let mut claims = Claims::default();
        for (line, source) in lines {
            claims.line(line, *source);
        }
        node(&claims)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn noding_is_what_its_definition_says(lines in lines()) {
            let noded = noded(&lines);
            prop_assert!(noded.ends.is_sorted_by(|s, t| s < t) && noded.points.is_sorted_by(|p, q| p < q));
            let found: BTreeMap<Segment, BTreeSet<u32>> = (0..noded.ends.len())
                .map(|s| {
                    let ends = noded.ends[s].map(|end| noded.points[end as usize]);
                    (ends, noded.sources(s).iter().copied().collect())
                })
                .collect();
            prop_assert_eq!(found, by_definition(&lines));
        }
    }

    #[test]
    fn a_ring_is_closed_and_a_point_is_no_line() {
        let p = GridPoint::new;
        let mut claims = Claims::with_capacity(9);
        claims.ring(&[p(0, 0), p(9, 0), p(0, 9)], 7);
        claims.ring(&[p(5, 5)], 8);
        claims.ring(&[], 9);
        let noded = node(&claims);
        assert_eq!(noded.ends.len(), 3);
        assert!((0..3).all(|s| noded.sources(s) == [7]));
    }
}
