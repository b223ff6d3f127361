//! From led pieces to labelled lines: which unit lies on which side inside the frame.
//!
//! Pieces led the same way are bundled and their sides cancel: `A|B` beside `B|C` is `A|C`. Then the
//! faces between the lines are walked once, and each takes the label its lines agree on.
//!
//! Design: labels come from the lines, not from locating a point per face, so nothing can disagree
//! along a border. Where lines do disagree (two borders that cross because a straight line bends in
//! the projection, or a pin laid over them), faces are counted across the lines from one that is
//! sure; of several claims the smallest label wins, which is the same in every tile. What no line
//! tells is taken from the rounded lines around it, and only in a cell that no line passes from the
//! coverage itself: elsewhere a place and its cell may lie on different sides of a border.

use std::collections::VecDeque;

use super::Label;
use super::links::Links;
use super::snap::{Piece, Snapped};

/// A line between two vertices with what lies on its sides.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub a: u32,
    pub b: u32,
    /// To the right and to the left when walking from `a` to `b`, as drawn.
    pub sides: [Label; 2],
}

/// What crossing an edge changes.
enum Net {
    /// Right, left.
    Clean([Label; 2]),
    /// Right minus left, as labels with counts.
    Sum(Vec<(Label, i32)>),
    /// An edge of the frame; the frame lies on this side (0 right, 1 left).
    Frame(usize),
}

/// How often each label lies over a face; counts of 0 are left out.
type Layers = Vec<(Label, i32)>;

/// A cell on the frame's edge that no segment passes, and what it lies in; `None` when there is none.
type FreeCell<'a> = &'a dyn Fn() -> Option<([i32; 2], Label)>;

/// Bundles the pieces and labels both sides of every line.
pub fn label(snapped: &Snapped, free_cell: FreeCell) -> Vec<Edge> {
    let (ends, nets): (Vec<[u32; 2]>, Vec<Net>) = bundle(snapped).into_iter().unzip();
    let links = Links::new(&snapped.vertices, &ends);
    let labels = label_cycles(snapped, &links, &nets, free_cell);
    let side = |half_edge: usize| labels[links.cycle_of[half_edge] as usize];
    ends.iter()
        .enumerate()
        .map(|(e, &[a, b])| Edge { a, b, sides: [side(2 * e), side(2 * e + 1)] })
        .filter(|edge| edge.sides[0] != edge.sides[1] && !edge.sides.iter().all(|side| side.is_empty()))
        .collect()
}

/// Unique lines with their nets, without those that change nothing, and with the frame's edges.
fn bundle(snapped: &Snapped) -> Vec<([u32; 2], Net)> {
    let mut pieces = snapped.pieces.clone();
    pieces.extend(frame_pieces(&snapped.vertices));
    pieces.sort_unstable();
    pieces
        .chunk_by(|p, q| (p.a, p.b) == (q.a, q.b))
        .filter_map(|bundle| {
            let first = bundle[0];
            let ends = [first.a, first.b];
            if let Some(frame) = bundle.iter().find(|p| p.left == Label::Beyond || p.right == Label::Beyond) {
                return Some((ends, Net::Frame(usize::from(frame.right == Label::Beyond))));
            }
            if bundle.len() == 1 && first.left < Label::Void && first.right < Label::Void {
                return (first.left != first.right).then_some((ends, Net::Clean([first.right, first.left])));
            }
            let mut sum = Layers::new();
            for piece in bundle {
                add(&mut sum, piece.right, 1);
                add(&mut sum, piece.left, -1);
            }
            match sum[..] {
                [] => None,
                // What lies under a pin is not told by its neighbours.
                [(Label::Pin(_), _), ..] => Some((ends, Net::Sum(sum))),
                [(right, 1), (left, -1)] | [(left, -1), (right, 1)] => {
                    Some((ends, Net::Clean([right, left])))
                }
                _ => Some((ends, Net::Sum(sum))),
            }
        })
        .collect()
}

/// The frame's edges between the vertices on it, [`Label::Beyond`] on their outer side.
fn frame_pieces(vertices: &[[i32; 2]]) -> Vec<Piece> {
    // Vertices are sorted and the frame's corners are among them.
    let (first, last) = (vertices[0][0], vertices[vertices.len() - 1][0]);
    let mut pieces = Vec::new();
    for (axis, line) in [(0, first), (0, last), (1, first), (1, last)] {
        let on_line: Vec<u32> =
            (0..vertices.len() as u32).filter(|&v| vertices[v as usize][axis] == line).collect();
        // Walking south along the west edge, and east along the south edge, the frame is on the left.
        let frame_on_left = (axis == 0) == (line == first);
        let (left, right) =
            if frame_on_left { (Label::Void, Label::Beyond) } else { (Label::Beyond, Label::Void) };
        pieces.extend(on_line.windows(2).map(|w| Piece { a: w[0], b: w[1], left, right }));
    }
    pieces
}

fn add(sum: &mut Layers, label: Label, count: i32) {
    if label == Label::Void {
        return;
    }
    match sum.binary_search_by_key(&label, |&(l, _)| l) {
        Ok(i) => {
            sum[i].1 += count;
            if sum[i].1 == 0 {
                sum.remove(i);
            }
        }
        Err(i) => sum.insert(i, (label, count)),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Claim {
    None,
    Agreed(Label),
    Disputed,
}

fn label_cycles(snapped: &Snapped, links: &Links, nets: &[Net], free_cell: FreeCell) -> Vec<Label> {
    let mut claims = vec![Claim::None; links.n_cycles];
    for half_edge in 0..links.next.len() {
        let claim = &mut claims[links.cycle_of[half_edge] as usize];
        let side = half_edge % 2;
        let said = match &nets[half_edge / 2] {
            Net::Clean(sides) => Claim::Agreed(sides[side]),
            Net::Sum(_) => Claim::Disputed,
            Net::Frame(inner) if *inner == side => continue,
            Net::Frame(_) => Claim::Agreed(Label::Beyond),
        };
        *claim = if *claim == Claim::None || *claim == said { said } else { Claim::Disputed };
    }
    for claim in claims.iter_mut().filter(|claim| **claim == Claim::None) {
        // No line ends on the frame: its whole edge lies in one thing.
        *claim = Claim::Agreed(free_cell().map_or(Label::Outside, |(_, label)| label));
    }
    let layers = if claims.contains(&Claim::Disputed) {
        Layering { snapped, links, nets, layers: vec![None; links.n_cycles] }.count(&claims, free_cell)
    } else {
        Vec::new()
    };
    let label = |(cycle, claim): (usize, &Claim)| match claim {
        Claim::Agreed(label) => *label,
        Claim::None | Claim::Disputed => top(&layers[cycle]),
    };
    claims.iter().enumerate().map(label).collect()
}

/// The label that a face shows.
fn top(layers: &Layers) -> Label {
    match layers.iter().find(|&&(_, count)| count > 0) {
        Some(&(Label::Pin(unit), _)) => Label::Unit(unit),
        Some(&(label, _)) => label,
        None => Label::Outside,
    }
}

/// What lies over each face, counted across the lines from faces that are sure.
struct Layering<'a> {
    snapped: &'a Snapped,
    links: &'a Links,
    nets: &'a [Net],
    layers: Vec<Option<Layers>>,
}

impl Layering<'_> {
    fn count(mut self, claims: &[Claim], free_cell: FreeCell) -> Vec<Layers> {
        let areas = self.links.doubled_areas(&self.snapped.vertices);
        let half_edges_of = self.links.half_edges_by_cycle();
        let sure = |&cycle: &usize| !matches!(claims[cycle], Claim::Disputed | Claim::Agreed(Label::Beyond));
        let mut seeds: Vec<usize> = (0..self.links.n_cycles).filter(sure).collect();
        seeds.sort_by_key(|&cycle| -areas[cycle].abs());
        for seed in seeds {
            if let Claim::Agreed(label) = claims[seed] {
                self.spread(seed, vec![(label, 1)], &half_edges_of);
            }
        }
        if let Some((cycle, label)) = self.on_frame(free_cell) {
            self.spread(cycle, vec![(label, 1)], &half_edges_of);
        }
        // What is still open lies as an island in something further west, or a line up.
        let start = |cycle: &usize| {
            let origins = half_edges_of[*cycle].iter().map(|&half_edge| self.links.origin(half_edge));
            origins.min().expect("a cycle has half-edges")
        };
        let mut islands: Vec<(u32, usize)> = (0..self.links.n_cycles)
            .filter(|&cycle| areas[cycle] <= 0 && self.layers[cycle].is_none())
            .map(|cycle| (start(&cycle), cycle))
            .collect();
        islands.sort_unstable();
        for (first, island) in islands {
            let around = self.west_of(first).and_then(|cycle| self.layers[cycle].clone());
            self.spread(island, around.unwrap_or_default(), &half_edges_of);
        }
        self.layers.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// From one face to all that hang together with it.
    fn spread(&mut self, seed: usize, start: Layers, half_edges_of: &[Vec<u32>]) {
        if self.layers[seed].is_some() {
            return;
        }
        self.layers[seed] = Some(start);
        let mut queue = VecDeque::from([seed]);
        while let Some(cycle) = queue.pop_front() {
            for &half_edge in &half_edges_of[cycle] {
                let side = half_edge as usize % 2;
                let beyond = self.links.cycle_of[half_edge as usize ^ 1] as usize;
                if self.layers[beyond].is_some() {
                    continue;
                }
                let mut over = self.layers[cycle].clone().expect("queued when its layers were known");
                match &self.nets[half_edge as usize / 2] {
                    Net::Clean(sides) => {
                        add(&mut over, sides[side], -1);
                        add(&mut over, sides[1 - side], 1);
                    }
                    Net::Sum(sum) => {
                        let sign = if side == 0 { -1 } else { 1 };
                        for &(label, count) in sum {
                            add(&mut over, label, sign * count);
                        }
                    }
                    Net::Frame(_) => continue,
                }
                self.layers[beyond] = Some(over);
                queue.push_back(beyond);
            }
        }
    }

    /// The face inside the frame at its free cell.
    fn on_frame(&self, free_cell: FreeCell) -> Option<(usize, Label)> {
        let (cell, label) = free_cell()?;
        let edge = self.nets.iter().enumerate().find_map(|(edge, net)| {
            let Net::Frame(inner) = net else { return None };
            let half_edge = 2 * edge as u32;
            let [a, b] = [self.links.origin(half_edge), self.links.target(half_edge)]
                .map(|vertex| self.snapped.vertices[vertex as usize]);
            let between = (0..2).all(|i| a[i].min(b[i]) <= cell[i] && cell[i] <= a[i].max(b[i]));
            between.then_some(half_edge + *inner as u32)
        })?;
        Some((self.links.cycle_of[edge as usize] as usize, label))
    }

    /// The face just west of a vertex, and a little south.
    fn west_of(&self, vertex: u32) -> Option<usize> {
        let [x, y] = self.snapped.vertices[vertex as usize].map(i64::from);
        let mut nearest: Option<(Crossing, u32)> = None;
        for half_edge in 0..self.links.next.len() as u32 {
            // Northwards, what lies east is on the right.
            let [south, north] = [self.links.origin(half_edge), self.links.target(half_edge)]
                .map(|vertex| self.snapped.vertices[vertex as usize].map(i64::from));
            if north[1] > y || south[1] <= y {
                continue;
            }
            let crossing = Crossing::new(north, south, y);
            if crossing.is_west_of_x(x) && nearest.as_ref().is_none_or(|(n, _)| crossing.is_east_of(n)) {
                nearest = Some((crossing, half_edge));
            }
        }
        nearest.map(|(_, half_edge)| self.links.cycle_of[half_edge as usize] as usize)
    }
}

/// Where an edge meets a row: x = `along` / `height`, leaning `slope` per `height` southwards.
struct Crossing {
    along: i64,
    slope: i64,
    height: i64,
}

impl Crossing {
    fn new(north: [i64; 2], south: [i64; 2], y: i64) -> Self {
        let (slope, height) = (south[0] - north[0], south[1] - north[1]);
        Self { along: north[0] * height + slope * (y - north[1]), slope, height }
    }

    fn is_west_of_x(&self, x: i64) -> bool {
        self.along < x * self.height
    }

    /// Compares places, then where the edges go from there.
    fn is_east_of(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.along * other.height, other.along * self.height);
        (ours, self.slope * other.height) > (theirs, other.slope * self.height)
    }
}
