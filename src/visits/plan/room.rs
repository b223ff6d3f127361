//! Room for further visits: what is left of visits, places and needs.
//!
//! Owns: what may still be taken, and why not.

use std::collections::BTreeMap;

use super::slots::Slots;
use super::{Instance, Pair, PlanError};

/// What the decided pairs leave.
pub struct Room<'a> {
    instance: &'a Instance,
    pub visits: Vec<u32>,
    pub slots: Slots<'a>,
    /// In the period, whatever the quarters have.
    pub host_places: Vec<u32>,
    pub load: Vec<u32>,
    /// By need, how often it can still be answered.
    pub times: Vec<u32>,
    pub seen: BTreeMap<(usize, usize), usize>,
    /// By kind, whether it has been found without room: it has none ever after.
    is_full: Vec<bool>,
}

impl<'a> Room<'a> {
    pub fn around(instance: &'a Instance, pairs: &[usize]) -> Result<Self, PlanError> {
        let mut room = Self::new(instance);
        for &pair in pairs {
            room.take(pair)?;
        }
        Ok(room)
    }

    fn new(instance: &'a Instance) -> Self {
        Self {
            instance,
            visits: vec![instance.most_visits; instance.n_visitors],
            slots: Slots::new(instance),
            host_places: instance.host_places.clone(),
            load: instance.host_load.clone(),
            times: instance.needs.iter().map(|need| need.times).collect(),
            seen: BTreeMap::new(),
            is_full: vec![false; instance.kinds().count()],
        }
    }

    /// One more visit; an error leaves the room as it was.
    pub fn take(&mut self, pair: usize) -> Result<(), PlanError> {
        let instance = self.instance;
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
        if self.host_places[host] == 0 {
            return Err(PlanError::HostFull(pair));
        }
        let kind = instance.kind_of(pair);
        let is_full = &mut self.is_full[kind.0];
        *is_full = *is_full || !self.slots.add(kind);
        if *is_full {
            let has_place = self.slots.has_place(kind);
            return Err(if has_place { PlanError::HostFull(pair) } else { PlanError::NoPlace(pair) });
        }
        self.times[need] -= 1;
        self.visits[visitor] -= 1;
        self.host_places[host] -= 1;
        self.load[host] += 1;
        self.seen.insert((visitor, offer), pair);
        Ok(())
    }
}
