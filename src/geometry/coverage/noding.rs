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

use super::predicates::along;
use super::vertices::number;
use crate::model::GridPoint;
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
    /// Sources of segment s, sorted, are `sources[start[s]..start[s + 1]]`; never none.
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

    fn push(&mut self, ends: [u32; 2], sources: impl IntoIterator<Item = u32>) {
        if self.start.is_empty() {
            self.start.push(0);
        }
        self.sources.extend(sources);
        self.ends.push(ends);
        self.start.push(self.sources.len() as u32);
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
    let (points, numbers) = number(&claims.points);
    let mut start = vec![0_u32; points.len() + 1];
    each_segment(claims, &numbers, |smaller, _| start[smaller as usize + 1] += 1);
    for v in 0..points.len() {
        start[v + 1] += start[v];
    }
    let mut by_smaller = vec![Claim { larger: 0, source: 0, place: 0 }; start[points.len()] as usize];
    let mut fill = start.clone();
    each_segment(claims, &numbers, |smaller, claim| {
        by_smaller[fill[smaller as usize] as usize] = claim;
        fill[smaller as usize] += 1;
    });
    drop((fill, numbers));

    const NONE: u32 = u32::MAX;
    let mut segment_at = vec![NONE; claims.points.len()];
    let mut noded = Noded::default();
    for smaller in 0..points.len() {
        let here = &mut by_smaller[start[smaller] as usize..start[smaller + 1] as usize];
        here.sort_unstable();
        for same in here.chunk_by(|s, t| s.larger == t.larger) {
            let before = noded.sources.len();
            noded.sources.extend(odd(same.iter().map(|claim| claim.source)));
            if noded.sources.len() > before {
                let place = same.iter().map(|claim| claim.place).min().expect("a chunk is not empty");
                segment_at[place as usize] = noded.ends.len() as u32;
                noded.push([smaller as u32, same[0].larger], []);
            }
        }
    }
    noded.points = points;
    segment_at.retain(|&segment| segment != NONE);
    (noded, segment_at)
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
        let before = merged.sources.len();
        merged.sources.extend(odd(group.iter().map(|&(_, source)| source)));
        if merged.sources.len() > before {
            merged.push(group[0].0, []);
            true
        } else {
            false
        }
    };
    for segment in (0..noded.ends.len()).filter(|&segment| !is_split[segment]) {
        let ends = noded.ends[segment];
        while let Some(group) = groups.next_if(|group| group[0].0 < ends) {
            if add(&mut merged, group) {
                is_new.push(true);
            }
        }
        let is_kept = if let Some(group) = groups.next_if(|group| group[0].0 == ends) {
            let stored = noded.sources(segment).iter().map(|&source| (ends, source));
            let mut all: Vec<Piece> = group.iter().copied().chain(stored).collect();
            all.sort_unstable();
            add(&mut merged, &all)
        } else {
            merged.push(ends, noded.sources(segment).iter().copied());
            true
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
