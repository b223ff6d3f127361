//! Improving an arrangement step by step: threshold accepting.
//!
//! A step moves a site to a free cell or exchanges it with another. It is taken unless it makes the whole
//! worse by more than a threshold that sinks to nothing (Dueck and Scheuer 1990), and never where it
//! would cut a group in two. Steps are drawn from a fixed sequence, so the end is always the same.
//!
//! Design: simulated annealing was dropped because it needs `exp`, whose last bit differs between
//! machines; the threshold needs only what IEEE 754 fixes.

use super::ground::Island;
use super::{Cell, Sites};

/// Steps tried for each site, and at most for all.
const STEPS_PER_SITE: usize = 6_000;
const STEPS_MAX: usize = 6_000_000;

/// Cost of a pair one cell apart from touching; the unit of the other weights.
const APART: f64 = 1.0;
/// Of each further cell between them.
const FARTHER: f64 = 0.1;
/// Of a pair turned round; less in proportion to 1 − cos.
const TURNED: f64 = 1.0;
/// Of one cell between a site and its place, squared.
const DISPLACED: f64 = 0.005;
/// Of one cell's edge in the outline of a group.
const OUTLINE: f64 = 0.25;
/// Of one cell's edge towards a free cell, besides: holes and frayed edges are dear.
const COAST: f64 = 0.2;

/// First threshold, in the units of the cost.
const THRESHOLD: f64 = 2.5;

/// Cells around the site's own, or around a neighbour's, that a step may go to.
const REACH: u64 = 3;

const NOBODY: u32 = u32::MAX;
const NOWHERE: usize = usize::MAX;

/// The cells of `start`, improved.
pub fn improve(island: &Island, sites: &Sites, targets: &[[f64; 2]], start: Vec<Cell>) -> Vec<Cell> {
    if start.len() < 2 {
        return start;
    }
    let mut board = Board::new(island, sites, targets, start);
    board.run((island.sites.len() * STEPS_PER_SITE).min(STEPS_MAX));
    board.cells()
}

/// A neighbour and the unit vector to it, rows counted down.
#[derive(Clone, Copy)]
struct Near {
    idx: u32,
    towards: [f64; 2],
}

struct Board<'a> {
    /// With a margin of one cell all around.
    width: usize,
    origin: Cell,
    /// Who has a cell, `NOBODY` for a free one.
    holder: Vec<u32>,
    /// Group of the holder; free cells have one that no site has, others another.
    group: Vec<u32>,
    free: u32,
    at: Vec<u32>,
    group_of: Vec<u32>,
    n_members: Vec<u32>,
    targets: &'a [[f64; 2]],
    near_from: Vec<u32>,
    near: Vec<Near>,
    draws: Draws,
}

/// xorshift64*, Vigna 2016.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as u64) >> 32) as usize
    }
}

impl<'a> Board<'a> {
    fn new(island: &Island, sites: &Sites, targets: &'a [[f64; 2]], start: Vec<Cell>) -> Self {
        let along = |axis: usize| island.cells.iter().map(move |cell| cell[axis]);
        let low = [0, 1].map(|axis| along(axis).min().unwrap_or(0));
        let high = [0, 1].map(|axis| along(axis).max().unwrap_or(0));
        let (width, height) = (usize::from(high[0] - low[0]) + 3, usize::from(high[1] - low[1]) + 3);
        let free = sites.n_groups as u32;
        let mut board = Self {
            width,
            origin: low,
            holder: vec![NOBODY; width * height],
            group: vec![free + 1; width * height],
            free,
            at: Vec::new(),
            group_of: island.sites.iter().map(|&site| sites.sites[site as usize].group).collect(),
            n_members: vec![0; sites.n_groups],
            targets,
            near_from: Vec::new(),
            near: Vec::new(),
            draws: Draws(0x9e37_79b9_7f4a_7c15),
        };
        for &cell in &island.cells {
            let place = board.place(cell);
            board.group[place] = free;
        }
        for (idx, cell) in start.into_iter().enumerate() {
            let place = board.place(cell);
            board.holder[place] = idx as u32;
            board.group[place] = board.group_of[idx];
            board.n_members[board.group_of[idx] as usize] += 1;
            board.at.push(place as u32);
        }
        board.join(island, sites);
        board
    }

    /// Neighbours of each site, in the order of the borders.
    fn join(&mut self, island: &Island, sites: &Sites) {
        let mut idx_of = vec![NOBODY; sites.sites.len()];
        for (idx, &site) in island.sites.iter().enumerate() {
            idx_of[site as usize] = idx as u32;
        }
        let mut lists: Vec<Vec<Near>> = vec![Vec::new(); island.sites.len()];
        for &[a, b] in &sites.borders {
            let (from, to) = (sites.sites[a as usize].place, sites.sites[b as usize].place);
            let (x, y) = (to[0] - from[0], from[1] - to[1]);
            let length = (x * x + y * y).sqrt().max(f64::MIN_POSITIVE);
            let towards = [x / length, y / length];
            let (a, b) = (idx_of[a as usize], idx_of[b as usize]);
            if a != NOBODY && b != NOBODY {
                lists[a as usize].push(Near { idx: b, towards });
                lists[b as usize].push(Near { idx: a, towards: towards.map(|v| -v) });
            }
        }
        self.near_from.push(0);
        for list in lists {
            self.near.extend(list);
            self.near_from.push(self.near.len() as u32);
        }
    }

    fn place(&self, cell: Cell) -> usize {
        let [column, row] = [0, 1].map(|axis| usize::from(cell[axis] - self.origin[axis]) + 1);
        row * self.width + column
    }

    fn cells(&self) -> Vec<Cell> {
        let cell = |&place: &u32| {
            let (column, row) = (place as usize % self.width - 1, place as usize / self.width - 1);
            [self.origin[0] + column as u16, self.origin[1] + row as u16]
        };
        self.at.iter().map(cell).collect()
    }

    fn run(&mut self, n_steps: usize) {
        for step in 0..n_steps {
            let rest = (n_steps - step) as f64 / n_steps as f64;
            let (site, to) = self.drawn();
            if to != self.at[site] as usize && self.group[to] <= self.free {
                self.step(site, to, THRESHOLD * rest * rest);
            }
        }
    }

    /// A site, and a cell near it or near one of its neighbours.
    fn drawn(&mut self) -> (usize, usize) {
        let site = self.draws.below(self.at.len());
        let near = self.near_from[site] as usize..self.near_from[site + 1] as usize;
        let is_to_neighbour = !near.is_empty() && self.draws.next().is_multiple_of(2);
        let (around, reach) = if is_to_neighbour {
            let chosen = near.start + self.draws.below(near.len());
            (self.at[self.near[chosen].idx as usize], 1)
        } else {
            (self.at[site], REACH)
        };
        let span = (2 * reach + 1) as usize;
        let (dx, dy) = (self.draws.below(span) as i64, self.draws.below(span) as i64);
        let column = i64::from(around) % self.width as i64 + dx - reach as i64;
        let row = i64::from(around) / self.width as i64 + dy - reach as i64;
        let height = self.holder.len() / self.width;
        let column = column.clamp(0, self.width as i64 - 1) as usize;
        let row = row.clamp(0, height as i64 - 1) as usize;
        (site, row * self.width + column)
    }

    fn step(&mut self, site: usize, to: usize, threshold: f64) {
        let from = self.at[site] as usize;
        let other = self.holder[to];
        let (own, theirs) = (self.group[from], self.group[to]);
        if own != theirs && !(self.may_change(own, from, to) && self.may_change(theirs, to, from)) {
            return;
        }
        let before = self.cost(site, other) + if own == theirs { 0.0 } else { self.outline(from, to) };
        self.exchange(site, other, from, to);
        let after = self.cost(site, other) + if own == theirs { 0.0 } else { self.outline(from, to) };
        if after - before > threshold {
            self.exchange(site, other, to, from);
        }
    }

    /// Puts `site` from `from` to `to`, and whoever is there into its place.
    fn exchange(&mut self, site: usize, other: u32, from: usize, to: usize) {
        self.at[site] = to as u32;
        if other != NOBODY {
            self.at[other as usize] = from as u32;
        }
        self.holder.swap(from, to);
        self.group.swap(from, to);
    }

    /// Whether a group stays in one piece without a hole when it gives `from` for `to`; the outside is a
    /// group like others. Looks only at the eight cells around each, so it may refuse what would do.
    fn may_change(&self, group: u32, from: usize, to: usize) -> bool {
        if group < self.free && self.n_members[group as usize] == 1 {
            return true;
        }
        self.is_edge(group, from, NOWHERE) && self.is_edge(group, to, from)
    }

    /// Whether a group with and without the cell `at` is equally in one piece and equally whole: around the
    /// cell, its cells make one run that holds an edge neighbour. `gone` is not counted as the group's.
    fn is_edge(&self, group: u32, at: usize, gone: usize) -> bool {
        let w = self.width;
        // From the north clockwise.
        let ring = [at - w, at - w + 1, at + 1, at + w + 1, at + w, at + w - 1, at - 1, at - w - 1];
        let has = ring.map(|p| p != gone && self.group[p].min(self.free) == group);
        let ends = [0, 2, 4, 6].iter().filter(|&&edge| has[edge] && !(has[edge + 1] && has[(edge + 2) % 8]));
        ends.count() == 1
    }

    /// What `site` and `other` cost where they are, their common pair once.
    fn cost(&self, site: usize, other: u32) -> f64 {
        let own = self.cost_of(site, NOBODY);
        if other == NOBODY { own } else { own + self.cost_of(other as usize, site as u32) }
    }

    fn cost_of(&self, site: usize, except: u32) -> f64 {
        let width = self.width as i64;
        let place = i64::from(self.at[site]);
        let (column, row) = (place % width, place / width);
        let target = self.targets[site];
        let dx = (column - 1 + i64::from(self.origin[0])) as f64 - target[0];
        let dy = (row - 1 + i64::from(self.origin[1])) as f64 - target[1];
        let mut cost = DISPLACED * (dx * dx + dy * dy);
        for near in &self.near[self.near_from[site] as usize..self.near_from[site + 1] as usize] {
            if near.idx == except {
                continue;
            }
            let there = i64::from(self.at[near.idx as usize]);
            let (dx, dy) = ((there % width - column) as f64, (there / width - row) as f64);
            let far = dx.abs().max(dy.abs());
            cost += if far > 1.0 { APART + FARTHER * (far - 2.0) } else { 0.0 };
            let cosine = (dx * near.towards[0] + dy * near.towards[1]) / (dx * dx + dy * dy).sqrt();
            cost += TURNED * 0.5 * (1.0 - cosine);
        }
        cost
    }

    /// Outline at the edges of two cells; an edge between them counts twice, before as after.
    fn outline(&self, a: usize, b: usize) -> f64 {
        let w = self.width;
        let edge = |own: u32, other: u32| match own {
            _ if own == other => 0.0,
            _ if own == self.free || other == self.free => OUTLINE + COAST,
            _ => OUTLINE,
        };
        let edges = |p: usize| -> f64 {
            [p - w, p + w, p - 1, p + 1].iter().map(|&q| edge(self.group[p], self.group[q])).sum()
        };
        edges(a) + edges(b)
    }
}
