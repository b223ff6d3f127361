//! Lines linked into cycles: the walks along the edge of each face.
//!
//! Edge `e` from `a` to `b` is two half-edges, `2e` from `a` and `2e + 1` from `b`; the face of a
//! half-edge lies on its right as drawn (y south, where the cross product is positive). A cycle with
//! positive area goes around its face, one with negative area around what lies in the face.

use std::cmp::Ordering;

pub struct Links {
    ends: Vec<[u32; 2]>,
    /// The half-edge after each one, along the same face.
    pub next: Vec<u32>,
    pub cycle_of: Vec<u32>,
    pub n_cycles: usize,
    /// Lines that end at each vertex.
    pub degree: Vec<u32>,
}

impl Links {
    /// Every edge is there once.
    pub fn new(vertices: &[[i32; 2]], ends: &[[u32; 2]]) -> Self {
        let mut links = Self {
            ends: ends.to_vec(),
            next: vec![0; 2 * ends.len()],
            cycle_of: vec![u32::MAX; 2 * ends.len()],
            n_cycles: 0,
            degree: vec![0; vertices.len()],
        };
        links.link(vertices);
        links.number_cycles();
        links
    }

    pub fn origin(&self, half_edge: u32) -> u32 {
        self.ends[half_edge as usize / 2][half_edge as usize % 2]
    }

    pub fn target(&self, half_edge: u32) -> u32 {
        self.origin(half_edge ^ 1)
    }

    /// The half-edges of a cycle from `start` on.
    pub fn walk(&self, start: u32) -> impl Iterator<Item = u32> + '_ {
        let step = move |&h: &u32| Some(self.next[h as usize]).filter(|&h| h != start);
        std::iter::successors(Some(start), step)
    }

    pub fn half_edges_by_cycle(&self) -> Vec<Vec<u32>> {
        let mut by_cycle = vec![Vec::new(); self.n_cycles];
        for (half_edge, &cycle) in self.cycle_of.iter().enumerate() {
            by_cycle[cycle as usize].push(half_edge as u32);
        }
        by_cycle
    }

    /// Twice the signed area of each cycle, in square cells.
    pub fn doubled_areas(&self, vertices: &[[i32; 2]]) -> Vec<i64> {
        let mut areas = vec![0; self.n_cycles];
        for (half_edge, &cycle) in self.cycle_of.iter().enumerate() {
            let h = half_edge as u32;
            areas[cycle as usize] +=
                cross(vertices[self.origin(h) as usize], vertices[self.target(h) as usize]);
        }
        areas
    }

    fn link(&mut self, vertices: &[[i32; 2]]) {
        let mut next = std::mem::take(&mut self.next);
        let mut degree = std::mem::take(&mut self.degree);
        let direction = |h: u32| {
            let (p, q) = (vertices[self.origin(h) as usize], vertices[self.target(h) as usize]);
            [q[0] - p[0], q[1] - p[1]]
        };
        for &vertex in self.ends.iter().flatten() {
            degree[vertex as usize] += 1;
        }
        // Where the half-edges of each vertex end in `outgoing`, and, once it is filled, where they begin.
        let mut place: Vec<u32> = degree
            .iter()
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect();
        let mut outgoing = vec![0; next.len()];
        for half_edge in 0..next.len() as u32 {
            let place = &mut place[self.origin(half_edge) as usize];
            *place -= 1;
            outgoing[*place as usize] = half_edge;
        }
        for (&first, &n) in place.iter().zip(&degree) {
            let star = &mut outgoing[first as usize..(first + n) as usize];
            // One or two have no order around a vertex.
            if n > 2 {
                star.sort_unstable_by(|&g, &h| by_angle(direction(g), direction(h)));
            }
            for (i, &leaving) in star.iter().enumerate() {
                // Arriving against `leaving`, the face on the right goes on with the line before it.
                next[leaving as usize ^ 1] = star[(i + star.len() - 1) % star.len()];
            }
        }
        (self.next, self.degree) = (next, degree);
    }

    fn number_cycles(&mut self) {
        for start in 0..self.next.len() {
            if self.cycle_of[start] != u32::MAX {
                continue;
            }
            let mut at = start;
            while self.cycle_of[at] == u32::MAX {
                self.cycle_of[at] = self.n_cycles as u32;
                at = self.next[at] as usize;
            }
            self.n_cycles += 1;
        }
    }
}

/// Turning from east over south (y is down), once around.
pub fn by_angle(p: [i32; 2], q: [i32; 2]) -> Ordering {
    let upper = |d: [i32; 2]| d[1] < 0 || (d[1] == 0 && d[0] < 0);
    upper(p).cmp(&upper(q)).then_with(|| 0.cmp(&cross(p, q)))
}

/// Cross product of two vectors, or twice the area of a triangle with the origin.
pub fn cross(p: [i32; 2], q: [i32; 2]) -> i64 {
    i64::from(p[0]) * i64::from(q[1]) - i64::from(p[1]) * i64::from(q[0])
}
