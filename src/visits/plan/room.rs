//! Room for further visits: what is left of visits, places and needs.
//!
//! Owns: what may still be taken, and why not.

use std::collections::BTreeMap;

use super::{Instance, Pair, PlanError};

/// What the decided pairs leave.
pub struct Room {
    pub visits: Vec<u32>,
    pub places: Vec<u32>,
    pub host_places: Vec<u32>,
    pub load: Vec<u32>,
    /// By need, how often it can still be answered.
    pub times: Vec<u32>,
    pub seen: BTreeMap<(usize, usize), usize>,
}

impl Room {
    pub fn around(instance: &Instance) -> Result<Self, PlanError> {
        let mut room = Self::new(instance);
        for &pair in &instance.decided {
            room.take(instance, pair)?;
        }
        Ok(room)
    }

    fn new(instance: &Instance) -> Self {
        Self {
            visits: vec![instance.most_visits; instance.n_visitors],
            places: instance.offers.iter().map(|offer| offer.places).collect(),
            host_places: instance.host_places.clone(),
            load: instance.host_load.clone(),
            times: instance.needs.iter().map(|need| need.times).collect(),
            seen: BTreeMap::new(),
        }
    }

    /// One more visit; an error leaves the room as it was.
    pub fn take(&mut self, instance: &Instance, pair: usize) -> Result<(), PlanError> {
        let Pair { need, offer, .. } = instance.pairs[pair];
        let (visitor, host) = (instance.visitor_of(pair), instance.host_of(pair));
        if self.times[need] == 0 {
            return Err(PlanError::NeedTwice(pair));
        }
        if self.visits[visitor] == 0 {
            return Err(PlanError::TooManyVisits(pair));
        }
        if let Some(&other) = self.seen.get(&(visitor, offer)) {
            return Err(PlanError::SameOfferTwice(other, pair));
        }
        if self.places[offer] == 0 {
            return Err(PlanError::NoPlace(pair));
        }
        if self.host_places[host] == 0 {
            return Err(PlanError::HostFull(pair));
        }
        self.times[need] -= 1;
        self.visits[visitor] -= 1;
        self.places[offer] -= 1;
        self.host_places[host] -= 1;
        self.load[host] += 1;
        self.seen.insert((visitor, offer), pair);
        Ok(())
    }
}
