//! Least-cost flow through a network with whole capacities and costs.
//!
//! Successive shortest paths with potentials (Edmonds and Karp 1972): each path is found by Dijkstra's method
//! on reduced costs, which ends as soon as the sink is settled. Exact, and the same on every machine, because
//! everything is counted in integers.
//!
//! Owns: the network and its flow. Knows nothing of visits.
//! Design: an own solver, because the crates at hand either solve only square assignments, or bring a compiled
//! solver of linear programmes for what takes a page here; the network of a city's month has a few ten
//! thousand arcs, and a plan needs some hundred paths.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const NONE: u32 = u32::MAX;

/// Arcs as they are put in; [`Network::solve`] finds the flow.
#[derive(Debug, Default)]
pub struct Network {
    n_nodes: u32,
    arcs: Vec<Arc>,
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    from: u32,
    to: u32,
    capacity: u32,
    cost: i64,
}

impl Network {
    /// A new node; they are counted from 0.
    pub fn node(&mut self) -> u32 {
        self.n_nodes += 1;
        self.n_nodes - 1
    }

    /// A new arc; they are counted from 0. `cost` is of one unit, and not negative.
    pub fn arc(&mut self, from: u32, to: u32, capacity: u32, cost: i64) -> usize {
        debug_assert!(cost >= 0, "paths are searched with costs ≥ 0");
        self.arcs.push(Arc { from, to, capacity, cost });
        self.arcs.len() - 1
    }

    /// As much as can flow from `source` to `sink`, and among all such flows one of least cost.
    pub fn solve(self, source: u32, sink: u32) -> Flow {
        let mut flow = Flow::of(&self);
        let mut search = Search::new(flow.n_nodes());
        while let Some(distance) = search.run(&flow, source, sink) {
            search.raise_potentials(distance);
            flow.send(&search, source, sink);
        }
        flow
    }
}

/// What flows. Each arc lies beside its way back, so that a later path can take back what an earlier one sent.
#[derive(Debug)]
pub struct Flow {
    /// Where the halves that leave a node begin; one more than nodes.
    first: Vec<u32>,
    halves: Vec<Half>,
    /// By arc as put in, the place of its half.
    place: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Half {
    to: u32,
    /// Place of the other half.
    back: u32,
    left: u32,
    cost: i64,
}

impl Flow {
    fn of(network: &Network) -> Self {
        let n_nodes = network.n_nodes as usize;
        let mut first = vec![0_u32; n_nodes + 1];
        for arc in &network.arcs {
            first[arc.from as usize + 1] += 1;
            first[arc.to as usize + 1] += 1;
        }
        for node in 0..n_nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut take = |node: u32| {
            let place = next[node as usize];
            next[node as usize] += 1;
            place
        };
        let mut halves = vec![Half { to: NONE, back: NONE, left: 0, cost: 0 }; network.arcs.len() * 2];
        let place = network
            .arcs
            .iter()
            .map(|arc| {
                let (there, back) = (take(arc.from), take(arc.to));
                halves[there as usize] = Half { to: arc.to, back, left: arc.capacity, cost: arc.cost };
                halves[back as usize] = Half { to: arc.from, back: there, left: 0, cost: -arc.cost };
                there
            })
            .collect();
        Self { first, halves, place }
    }

    /// Units through an arc, by the number that [`Network::arc`] gave it.
    pub fn through(&self, arc: usize) -> u32 {
        let half = self.halves[self.place[arc] as usize];
        self.halves[half.back as usize].left
    }

    /// For each node the basin that it is in, `None` where it is in none: nodes to which something more could be
    /// brought from one of `starts` without passing `source`. Basins that meet are one.
    ///
    /// If the sink is not in a basin, the full arcs that leave it are why no more can flow from there (Ford and
    /// Fulkerson 1956). Every node is visited once, however many starts there are.
    pub fn basins(&self, starts: impl Iterator<Item = u32>, source: u32) -> Vec<Option<u32>> {
        let mut basin_of = vec![NONE; self.n_nodes()];
        // Of each basin, another one that it became a part of, or itself.
        let mut part_of: Vec<u32> = Vec::new();
        let mut reached = Vec::new();
        for start in starts.filter(|&start| start != source) {
            if basin_of[start as usize] != NONE {
                continue;
            }
            let own = part_of.len() as u32;
            part_of.push(own);
            basin_of[start as usize] = own;
            reached.push(start);
            while let Some(from) = reached.pop() {
                for half in self.leaving(from).iter().filter(|half| half.left > 0 && half.to != source) {
                    let basin = &mut basin_of[half.to as usize];
                    if *basin == NONE {
                        *basin = own;
                        reached.push(half.to);
                    } else {
                        let (own, other) = (whole(&mut part_of, own), whole(&mut part_of, *basin));
                        part_of[own.max(other) as usize] = own.min(other);
                    }
                }
            }
        }
        let basin = |of: u32| (of != NONE).then(|| whole(&mut part_of, of));
        basin_of.into_iter().map(basin).collect()
    }

    fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }

    fn leaving(&self, node: u32) -> &[Half] {
        &self.halves[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// As much as the path that was found bears.
    fn send(&mut self, search: &Search, source: u32, sink: u32) {
        let path = |flow: &Self, mut node: u32| {
            let mut places = Vec::new();
            while node != source {
                let place = search.came_by[node as usize];
                places.push(place);
                node = flow.halves[flow.halves[place as usize].back as usize].to;
            }
            places
        };
        let places = path(self, sink);
        let units = places.iter().map(|&place| self.halves[place as usize].left).min().unwrap_or(0);
        for place in places {
            let back = self.halves[place as usize].back;
            self.halves[place as usize].left -= units;
            self.halves[back as usize].left += units;
        }
    }
}

/// The basin that one is a part of in the end; the way there is halved for the next who asks.
fn whole(part_of: &mut [u32], mut basin: u32) -> u32 {
    while part_of[basin as usize] != basin {
        let next = part_of[basin as usize];
        part_of[basin as usize] = part_of[next as usize];
        basin = next;
    }
    basin
}

/// Shortest paths by reduced costs, which the potentials keep from being negative.
struct Search {
    potential: Vec<i64>,
    distance: Vec<i64>,
    /// Place of the half by which a node was reached.
    came_by: Vec<u32>,
    settled: Vec<u32>,
    touched: Vec<u32>,
    waiting: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Search {
    fn new(n_nodes: usize) -> Self {
        Self {
            potential: vec![0; n_nodes],
            distance: vec![i64::MAX; n_nodes],
            came_by: vec![NONE; n_nodes],
            settled: Vec::new(),
            touched: Vec::new(),
            waiting: BinaryHeap::new(),
        }
    }

    /// Reduced length of the shortest path; `None` where there is none.
    fn run(&mut self, flow: &Flow, source: u32, sink: u32) -> Option<i64> {
        for node in self.touched.drain(..) {
            self.distance[node as usize] = i64::MAX;
        }
        self.settled.clear();
        self.waiting.clear();
        self.reach(source, 0, NONE);
        while let Some(Reverse((distance, node))) = self.waiting.pop() {
            if distance > self.distance[node as usize] {
                continue; // reached by a shorter way since
            }
            if node == sink {
                return Some(distance);
            }
            self.settled.push(node);
            let first = flow.first[node as usize];
            for (place, half) in (first..).zip(flow.leaving(node)) {
                if half.left == 0 {
                    continue;
                }
                let reduced = half.cost + self.potential[node as usize] - self.potential[half.to as usize];
                debug_assert!(reduced >= 0, "potentials keep reduced costs ≥ 0");
                if distance + reduced < self.distance[half.to as usize] {
                    self.reach(half.to, distance + reduced, place);
                }
            }
        }
        None
    }

    fn reach(&mut self, node: u32, distance: i64, by: u32) {
        if self.distance[node as usize] == i64::MAX {
            self.touched.push(node);
        }
        self.distance[node as usize] = distance;
        self.came_by[node as usize] = by;
        self.waiting.push(Reverse((distance, node)));
    }

    /// Only nodes nearer than the sink need a new one: the same amount added to all changes nothing.
    fn raise_potentials(&mut self, to_sink: i64) {
        for &node in &self.settled {
            self.potential[node as usize] += self.distance[node as usize] - to_sink;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheaper_way_is_taken_back_where_more_can_flow() {
        // Two pupils, two seats: the first alone would take the cheap seat that is the only one for the second.
        let mut network = Network::default();
        let [source, sink, a, b, one, two] = std::array::from_fn(|_| network.node());
        for pupil in [a, b] {
            network.arc(source, pupil, 1, 0);
        }
        for seat in [one, two] {
            network.arc(seat, sink, 1, 0);
        }
        let cheap = network.arc(a, one, 1, 1);
        let dear = network.arc(a, two, 1, 50);
        let only = network.arc(b, one, 1, 7);
        let flow = network.solve(source, sink);
        assert_eq!([cheap, dear, only].map(|arc| flow.through(arc)), [0, 1, 1]);
    }

    #[test]
    fn what_stands_in_the_way_is_within_reach() {
        let mut network = Network::default();
        let [source, sink, a, b, seat] = std::array::from_fn(|_| network.node());
        let into = [a, b].map(|pupil| {
            network.arc(pupil, seat, 1, 0);
            network.arc(source, pupil, 1, 0)
        });
        let gate = network.arc(seat, sink, 1, 0);
        let flow = network.solve(source, sink);
        assert_eq!(into.map(|arc| flow.through(arc)).iter().sum::<u32>(), 1);
        assert_eq!(flow.through(gate), 1);
        let left_out = if flow.through(into[0]) == 0 { a } else { b };
        let basins = flow.basins([left_out].into_iter(), source);
        let is_in = |node: u32| basins[node as usize].is_some();
        assert!(!is_in(sink) && !is_in(source));
        assert!([a, b, seat].into_iter().all(is_in));
    }

    #[test]
    fn basins_that_meet_are_one() {
        let mut network = Network::default();
        let nodes: [u32; 7] = std::array::from_fn(|_| network.node());
        let [source, sink, a, b, c, left, right] = nodes;
        for (from, to) in [(a, left), (b, right), (c, left), (c, right)] {
            network.arc(from, to, 1, 0);
        }
        let flow = network.solve(source, sink);
        let apart = flow.basins([a, b].into_iter(), source);
        assert!(apart[left as usize] == apart[a as usize] && apart[left as usize] != apart[right as usize]);
        let joined = flow.basins([a, b, c].into_iter(), source);
        assert!(nodes[2..].iter().all(|&node| joined[node as usize] == joined[a as usize]), "{joined:?}");
    }
}
