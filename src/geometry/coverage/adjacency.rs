//! Who touches whom: one flat list, so that a question reads two places in memory however large the country.

use super::{Neighbour, Network, length_m};
use crate::parallel;

/// Units across each unit's borders.
#[derive(Debug, Clone)]
pub(super) struct Adjacency {
    /// Those of unit u are `list[start[u]..start[u + 1]]`, the longest common border first, equal ones by number.
    start: Vec<u32>,
    list: Vec<Neighbour>,
}

impl Adjacency {
    pub fn of(&self, unit: u32) -> &[Neighbour] {
        let unit = unit as usize;
        &self.list[self.start[unit] as usize..self.start[unit + 1] as usize]
    }

    pub fn new(n_units: usize, network: &Network) -> Self {
        let mut pairs: Vec<(u32, u32, f64)> = Vec::new();
        let lengths_m = parallel::map(network.arcs.len(), |i| length_m(&network.arcs[i].points));
        for (arc, border_m) in network.arcs.iter().zip(lengths_m) {
            if let (Some(left), Some(right)) = (arc.left, arc.right) {
                pairs.extend([(left, right, border_m), (right, left, border_m)]);
            }
        }
        // Around a node everyone touches everyone, if only there.
        for leaving in &network.leaving {
            let mut units: Vec<u32> = leaving.iter().filter_map(|&half| network.left_of(half)).collect();
            units.sort_unstable();
            units.dedup();
            for &u in &units {
                pairs.extend(units.iter().filter(|&&v| v != u).map(|&v| (u, v, 0.0)));
            }
        }
        // Stable, so that lengths are added in the order of the arcs.
        pairs.sort_by_key(|&(u, v, _)| (u, v));
        let mut start = Vec::with_capacity(n_units + 1);
        let mut list: Vec<Neighbour> = Vec::new();
        start.push(0);
        let mut same = pairs.chunk_by(|s, t| (s.0, s.1) == (t.0, t.1)).peekable();
        for u in 0..n_units as u32 {
            let first = list.len();
            while let Some(pair) = same.next_if(|pair| pair[0].0 == u) {
                let border_m = pair.iter().map(|pair| pair.2).sum();
                list.push(Neighbour { unit: pair[0].1, border_m });
            }
            list[first..].sort_by(|a, b| b.border_m.total_cmp(&a.border_m));
            start.push(list.len() as u32);
        }
        Self { start, list }
    }
}
