//! In which quarters the visits of a plan can be: each quarter holds so many of a kind, of an offer, and of its host.
//!
//! Owns: a quarter for every visit, and whether one more finds a quarter once others of its host move to another
//! (augmenting paths, Ford and Fulkerson 1956; a host has few offers, and a period touches few quarters).

use std::collections::{BTreeMap, VecDeque};

use super::{Instance, Kind};

#[derive(Debug, Clone)]
pub struct Slots<'a> {
    instance: &'a Instance,
    /// By host.
    offers_of: Vec<Vec<usize>>,
    /// Visits by kind and quarter.
    of_kinds: Vec<Vec<u32>>,
    /// Visits by host and quarter.
    of_hosts: Vec<Vec<u32>>,
}

/// Where one visit more, or one that makes way, has got to; the last number is a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// Looking for a quarter.
    Kind(Kind),
    Offer(usize, usize),
    Host(usize),
}

impl<'a> Slots<'a> {
    pub fn new(instance: &'a Instance) -> Self {
        let mut offers_of = vec![Vec::new(); instance.host_places.len()];
        for (offer, of) in instance.offers.iter().enumerate() {
            offers_of[of.host].push(offer);
        }
        let none = |kind: Kind| vec![0; instance.offers[kind.offer()].places.len()];
        Self {
            instance,
            offers_of,
            of_kinds: instance.kinds().map(none).collect(),
            of_hosts: instance.host_quarters.iter().map(|places| vec![0; places.len()]).collect(),
        }
    }

    /// By quarter, visits of a kind.
    pub fn of(&self, kind: Kind) -> &[u32] {
        &self.of_kinds[kind.0]
    }

    /// Visits of an offer in a quarter.
    pub fn of_offer(&self, offer: usize, quarter: usize) -> u32 {
        kinds(offer).map(|kind| self.of(kind)[quarter]).iter().sum()
    }

    /// Places of a kind in a quarter that no visit of it has.
    pub fn left(&self, kind: Kind, quarter: usize) -> u32 {
        kind.places(self.instance.offers[kind.offer()].places[quarter]) - self.of(kind)[quarter]
    }

    /// Places of an offer, for whatever kind.
    pub fn left_of(&self, offer: usize, quarter: usize) -> u32 {
        self.instance.offers[offer].places[quarter].all - self.of_offer(offer, quarter)
    }

    pub fn left_at(&self, host: usize, quarter: usize) -> u32 {
        self.instance.host_quarters[host][quarter] - self.of_hosts[host][quarter]
    }

    /// Whether the offer itself has a place for the kind, in whatever quarter.
    pub fn has_place(&self, kind: Kind) -> bool {
        let is_open = |quarter| self.left(kind, quarter) > 0 && self.left_of(kind.offer(), quarter) > 0;
        (0..self.of(kind).len()).any(is_open)
    }

    /// Whether there is a quarter for one more visit of the kind.
    pub fn has_room(&self, kind: Kind) -> bool {
        self.search(kind).is_some()
    }

    /// One more visit of the kind; false where no quarter has room for it, however others move.
    pub fn add(&mut self, kind: Kind) -> bool {
        let Some((quarter, came)) = self.search(kind) else { return false };
        self.of_hosts[self.instance.offers[kind.offer()].host][quarter] += 1;
        let mut step = Step::Host(quarter);
        while let Some(&before) = came.get(&step) {
            match (before, step) {
                (Step::Kind(kind), Step::Offer(_, to)) => self.of_kinds[kind.0][to] += 1,
                (Step::Offer(_, from), Step::Kind(kind)) => self.of_kinds[kind.0][from] -= 1,
                _ => {}
            }
            step = before;
        }
        true
    }

    /// The quarter in which the host has room, and by step the one before it.
    fn search(&self, kind: Kind) -> Option<(usize, BTreeMap<Step, Step>)> {
        let host = self.instance.offers[kind.offer()].host;
        let start = Step::Kind(kind);
        let mut came: BTreeMap<Step, Step> = BTreeMap::new();
        let mut ahead = VecDeque::from([start]);
        while let Some(step) = ahead.pop_front() {
            let next: Vec<Step> = match step {
                Step::Kind(kind) => {
                    let quarters = 0..self.of(kind).len();
                    let open = quarters.filter(|&to| self.left(kind, to) > 0);
                    open.map(|to| Step::Offer(kind.offer(), to)).collect()
                }
                Step::Offer(offer, quarter) => {
                    let there = (self.left_of(offer, quarter) > 0).then_some(Step::Host(quarter));
                    let moving = kinds(offer).into_iter().filter(|&kind| self.of(kind)[quarter] > 0);
                    there.into_iter().chain(moving.map(Step::Kind)).collect()
                }
                Step::Host(quarter) if self.left_at(host, quarter) > 0 => return Some((quarter, came)),
                Step::Host(quarter) => {
                    let offers = self.offers_of[host].iter().copied();
                    let moving = offers.filter(|&offer| self.of_offer(offer, quarter) > 0);
                    moving.map(|offer| Step::Offer(offer, quarter)).collect()
                }
            };
            for next in next.into_iter().filter(|next| *next != start) {
                came.entry(next).or_insert_with(|| {
                    ahead.push_back(next);
                    step
                });
            }
        }
        None
    }
}

/// Both of an offer.
const fn kinds(offer: usize) -> [Kind; 2] {
    [Kind::of(offer, false), Kind::of(offer, true)]
}
