//! From led pieces to labelled lines: which unit lies on which side inside the frame.
//!
//! Pieces led the same way are bundled and their sides cancel: `A|B` beside `B|C` is `A|C`. Then the
//! faces between the lines are walked once, and each takes the label its lines agree on.
//!
//! Design: labels come from the lines, not from locating a point per face, so nothing can disagree
//! along a border. Where lines do disagree (two borders that cross because a straight line bends in
//! the projection, or a pin laid over them), faces are counted across the lines from one that is
//! sure; of several claims the smallest label wins, which is the same in every tile.

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

/// Bundles the pieces and labels both sides of every line. `locate` gives the label at a vertex that
/// no piece touches.
pub fn label(snapped: &Snapped, locate: &dyn Fn([i32; 2]) -> Label) -> Vec<Edge> {
    let (ends, nets): (Vec<[u32; 2]>, Vec<Net>) = bundle(snapped).into_iter().unzip();
    let links = Links::new(&snapped.vertices, &ends);
    let labels = label_cycles(snapped, &links, &nets, locate);
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

fn label_cycles(
    snapped: &Snapped,
    links: &Links,
    nets: &[Net],
    locate: &dyn Fn([i32; 2]) -> Label,
) -> Vec<Label> {
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
    let layers = if claims.contains(&Claim::Disputed) {
        count_layers(snapped, links, nets, &claims, locate)
    } else {
        Vec::new()
    };
    claims
        .iter()
        .enumerate()
        .map(|(cycle, claim)| match claim {
            Claim::Agreed(label) => *label,
            // No line ends on the frame: the whole edge lies in what its corner lies in.
            Claim::None => locate(snapped.vertices[0]),
            Claim::Disputed => top(&layers[cycle]),
        })
        .collect()
}

/// The label that a face shows.
fn top(layers: &Layers) -> Label {
    match layers.iter().find(|&&(_, count)| count > 0) {
        Some(&(Label::Pin(unit), _)) => Label::Unit(unit),
        Some(&(label, _)) => label,
        None => Label::Outside,
    }
}

/// What lies over each face, counted across the lines from faces whose lines agree.
fn count_layers(
    snapped: &Snapped,
    links: &Links,
    nets: &[Net],
    claims: &[Claim],
    locate: &dyn Fn([i32; 2]) -> Label,
) -> Vec<Layers> {
    let areas = links.doubled_areas(&snapped.vertices);
    let half_edges_of = links.half_edges_by_cycle();
    let mut order: Vec<usize> = (0..links.n_cycles).collect();
    // Sure faces first, large ones before small ones; then the outer sides of what is left.
    order.sort_by_key(|&c| {
        (claims[c] == Claim::Disputed, claims[c] == Claim::Disputed && areas[c] > 0, -areas[c].abs())
    });
    let mut layers: Vec<Option<Layers>> = vec![None; links.n_cycles];
    for seed in order {
        let start = match claims[seed] {
            _ if layers[seed].is_some() => continue,
            Claim::None | Claim::Agreed(Label::Beyond) => continue,
            Claim::Agreed(label) => label,
            Claim::Disputed => locate(snapped.vertices[links.origin(half_edges_of[seed][0]) as usize]),
        };
        layers[seed] = Some(vec![(start, 1)]);
        let mut queue = VecDeque::from([seed]);
        while let Some(cycle) = queue.pop_front() {
            for &half_edge in &half_edges_of[cycle] {
                let side = half_edge as usize % 2;
                let beyond = links.cycle_of[half_edge as usize ^ 1] as usize;
                if layers[beyond].is_some() {
                    continue;
                }
                let mut over = layers[cycle].clone().expect("queued when its layers were known");
                match &nets[half_edge as usize / 2] {
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
                layers[beyond] = Some(over);
                queue.push_back(beyond);
            }
        }
    }
    layers.into_iter().map(Option::unwrap_or_default).collect()
}
