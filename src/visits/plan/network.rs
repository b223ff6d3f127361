//! An instance as a network: source → visitor → need → (visitor at an offer) → kind of visit → quarter of an offer →
//! quarter of a host → host → sink.
//!
//! Owns: nodes, arcs and their costs; what a flow through them means.

use std::collections::BTreeMap;

use super::flow::{Flow, Network};
use super::room::Room;
use super::{Instance, Kind, SCORE_UNIT, in_millionths};

pub const SOURCE: u32 = 0;
pub const SINK: u32 = 1;

pub struct Built {
    pub network: Network,
    pub nodes: Nodes,
    /// Pairs that are open, with their arcs.
    pub pair_arcs: Vec<(usize, usize)>,
    pub slot_arcs: Vec<SlotArcs>,
}

/// Between a kind and a quarter of its offer; back goes what decided visits leave of it for others.
pub struct SlotArcs {
    kind: Kind,
    quarter: usize,
    decided: u32,
    to: usize,
    back: usize,
}

/// How many there are of each, by which nodes are numbered.
pub struct Nodes {
    visitors: usize,
    needs: usize,
    offers: usize,
    hosts: usize,
    quarters: usize,
}

impl Nodes {
    fn visitor(idx: usize) -> u32 {
        (2 + idx) as u32
    }

    pub fn need(&self, idx: usize) -> u32 {
        Self::visitor(self.visitors + idx)
    }

    fn kind(&self, kind: Kind) -> u32 {
        self.need(self.needs + kind.0)
    }

    fn offer(&self, offer: usize, quarter: usize) -> u32 {
        self.kind(Kind(2 * self.offers + offer * self.quarters + quarter))
    }

    fn host(&self, idx: usize) -> u32 {
        self.offer(self.offers, idx)
    }

    fn quarter(&self, host: usize, quarter: usize) -> u32 {
        self.host(self.hosts + host * self.quarters + quarter)
    }
}

impl Built {
    pub fn of(instance: &Instance, room: &Room<'_>) -> Self {
        let quarters = instance.host_quarters.first().map_or(0, Vec::len);
        let nodes = Nodes {
            visitors: instance.n_visitors,
            needs: instance.needs.len(),
            offers: instance.offers.len(),
            hosts: instance.host_places.len(),
            quarters,
        };
        let mut network = Network::default();
        for _ in 0..nodes.quarter(instance.host_places.len(), 0) {
            network.node();
        }
        visitor_arcs(instance, room, &mut network);
        for (need, of) in instance.needs.iter().enumerate() {
            network.arc(Nodes::visitor(of.visitor), nodes.need(need), room.times[need], 0);
        }
        let pair_arcs = pair_arcs(instance, room, &nodes, &mut network);
        let slot_arcs = slot_arcs(instance, room, &nodes, &mut network);
        host_arcs(instance, room, &nodes, &mut network);
        Self { network, nodes, pair_arcs, slot_arcs }
    }
}

/// One arc for each further visit of a visitor, so much dearer from one to the next that no scores and no loads of
/// all visits together make up for it.
fn visitor_arcs(instance: &Instance, room: &Room<'_>, network: &mut Network) {
    let allowed: i64 = room.visits.iter().map(|&left| i64::from(left)).sum();
    // Bounded by pairs too, so that costs stay far below what an `i64` holds.
    let n_visits = allowed.min(instance.pairs.len() as i64);
    let load = i64::from(room.load.iter().copied().max().unwrap_or(0)) + n_visits;
    let dearest = SCORE_UNIT as i64 + in_millionths(instance.load_weight) * load;
    let step = n_visits * dearest + 1;
    for (visitor, &left) in room.visits.iter().enumerate() {
        for further in instance.most_visits - left..instance.most_visits {
            network.arc(SOURCE, Nodes::visitor(visitor), 1, step * i64::from(further));
        }
    }
}

/// By kind and quarter, visits of a flow and of what was decided.
pub fn slots(slot_arcs: &[SlotArcs], instance: &Instance, flow: &Flow) -> Vec<Vec<u32>> {
    let none = |kind: Kind| vec![0; instance.offers[kind.offer()].places.len()];
    let mut slots: Vec<Vec<u32>> = instance.kinds().map(none).collect();
    for &SlotArcs { kind, quarter, decided, to, back } in slot_arcs {
        slots[kind.0][quarter] = decided + flow.through(to) - flow.through(back);
    }
    slots
}

/// A visitor with several needs that one offer would answer goes there once, for one of them.
fn pair_arcs(
    instance: &Instance,
    room: &Room<'_>,
    nodes: &Nodes,
    network: &mut Network,
) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for pair in &instance.pairs {
        *alike.entry((instance.needs[pair.need].visitor, pair.offer)).or_default() += 1;
    }
    let mut doors: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut arcs = Vec::with_capacity(instance.pairs.len());
    for (idx, pair) in instance.pairs.iter().enumerate() {
        let at = (instance.needs[pair.need].visitor, pair.offer);
        if room.times[pair.need] == 0 || room.seen.contains_key(&at) {
            continue;
        }
        let kind = nodes.kind(instance.kind_of(idx));
        let to = if alike[&at] == 1 {
            kind
        } else {
            *doors.entry(at).or_insert_with(|| {
                let door = network.node();
                network.arc(door, kind, 1, 0);
                door
            })
        };
        let cost = SCORE_UNIT as i64 - in_millionths(pair.score);
        arcs.push((idx, network.arc(nodes.need(pair.need), to, 1, cost)));
    }
    arcs
}

fn slot_arcs(instance: &Instance, room: &Room<'_>, nodes: &Nodes, network: &mut Network) -> Vec<SlotArcs> {
    for (host, places) in instance.host_quarters.iter().enumerate() {
        for quarter in 0..places.len() {
            let left = room.slots.left_at(host, quarter);
            network.arc(nodes.quarter(host, quarter), nodes.host(host), left, 0);
        }
    }
    for (offer, of) in instance.offers.iter().enumerate() {
        for quarter in 0..of.places.len() {
            let [from, into] = [nodes.offer(offer, quarter), nodes.quarter(of.host, quarter)];
            network.arc(from, into, room.slots.left_of(offer, quarter), 0);
            network.arc(into, from, room.slots.of_offer(offer, quarter), 0);
        }
    }
    let mut arcs = Vec::with_capacity(2 * instance.offers.len() * nodes.quarters);
    for kind in instance.kinds() {
        for (quarter, &decided) in room.slots.of(kind).iter().enumerate() {
            let [from, into] = [nodes.kind(kind), nodes.offer(kind.offer(), quarter)];
            let to = network.arc(from, into, room.slots.left(kind, quarter), 0);
            arcs.push(SlotArcs { kind, quarter, decided, to, back: network.arc(into, from, decided, 0) });
        }
    }
    arcs
}

/// One arc for each further visit of a host, dearer from one to the next.
fn host_arcs(instance: &Instance, room: &Room<'_>, nodes: &Nodes, network: &mut Network) {
    let mut wanted = vec![0_u32; instance.host_places.len()];
    for pair in 0..instance.pairs.len() {
        wanted[instance.host_of(pair)] += 1;
    }
    let weight = in_millionths(instance.load_weight);
    for (host, &wanted) in wanted.iter().enumerate() {
        let quarters = 0..instance.host_quarters[host].len();
        let left = quarters.map(|quarter| room.slots.left_at(host, quarter)).fold(0, u32::saturating_add);
        let load = room.load[host];
        for further in 0..left.min(wanted).min(room.host_places[host]) {
            network.arc(nodes.host(host), SINK, 1, weight * i64::from(load + further));
        }
    }
}
