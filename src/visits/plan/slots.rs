//! In which quarters the visits of a plan can be: each quarter holds so many of an offer, and of its host.
//!
//! Owns: a quarter for every visit, and whether one more finds a quarter once others of its host move to another
//! (augmenting paths, Ford and Fulkerson 1956; a host has few offers, and a period touches few quarters).

use std::collections::VecDeque;

use super::Instance;

#[derive(Debug, Clone)]
pub struct Slots<'a> {
    instance: &'a Instance,
    /// By host.
    offers_of: Vec<Vec<usize>>,
    /// Visits by offer and quarter.
    of_offers: Vec<Vec<u32>>,
    /// Visits by host and quarter.
    of_hosts: Vec<Vec<u32>>,
}

/// How a quarter got room: the offer that comes into it, and the quarter that this one leaves.
type Move = (usize, Option<usize>);

impl<'a> Slots<'a> {
    pub fn new(instance: &'a Instance) -> Self {
        let mut offers_of = vec![Vec::new(); instance.host_places.len()];
        for (offer, of) in instance.offers.iter().enumerate() {
            offers_of[of.host].push(offer);
        }
        Self {
            instance,
            offers_of,
            of_offers: instance.offers.iter().map(|offer| vec![0; offer.places.len()]).collect(),
            of_hosts: instance.host_quarters.iter().map(|places| vec![0; places.len()]).collect(),
        }
    }

    /// By quarter, visits of an offer.
    pub fn of(&self, offer: usize) -> &[u32] {
        &self.of_offers[offer]
    }

    /// Places of an offer in a quarter that no visit has.
    pub fn left(&self, offer: usize, quarter: usize) -> u32 {
        self.instance.offers[offer].places[quarter] - self.of_offers[offer][quarter]
    }

    pub fn left_at(&self, host: usize, quarter: usize) -> u32 {
        self.instance.host_quarters[host][quarter] - self.of_hosts[host][quarter]
    }

    /// Whether the offer itself has a place, in whatever quarter.
    pub fn has_place(&self, offer: usize) -> bool {
        (0..self.of_offers[offer].len()).any(|quarter| self.left(offer, quarter) > 0)
    }

    /// Whether there is a quarter for one more visit of the offer.
    pub fn has_room(&self, offer: usize) -> bool {
        self.search(offer).is_some()
    }

    /// One more visit of the offer; false where no quarter has room for it, however others move.
    pub fn add(&mut self, offer: usize) -> bool {
        let Some((mut quarter, came)) = self.search(offer) else { return false };
        self.of_hosts[self.instance.offers[offer].host][quarter] += 1;
        while let Some((moves, from)) = came[quarter] {
            self.of_offers[moves][quarter] += 1;
            let Some(from) = from else { break };
            self.of_offers[moves][from] -= 1;
            quarter = from;
        }
        true
    }

    /// The quarter in which the host has room, and the moves by which the offer gets there.
    fn search(&self, offer: usize) -> Option<(usize, Vec<Option<Move>>)> {
        let host = self.instance.offers[offer].host;
        let n_quarters = self.of_offers[offer].len();
        let mut came: Vec<Option<Move>> = vec![None; n_quarters];
        let mut ahead: VecDeque<usize> = (0..n_quarters).filter(|&to| self.left(offer, to) > 0).collect();
        for &to in &ahead {
            came[to] = Some((offer, None));
        }
        while let Some(quarter) = ahead.pop_front() {
            if self.left_at(host, quarter) > 0 {
                return Some((quarter, came));
            }
            for &other in self.offers_of[host].iter().filter(|&&other| self.of_offers[other][quarter] > 0) {
                for to in (0..n_quarters).filter(|&to| self.left(other, to) > 0) {
                    if came[to].is_none() {
                        came[to] = Some((other, Some(quarter)));
                        ahead.push_back(to);
                    }
                }
            }
        }
        None
    }
}
