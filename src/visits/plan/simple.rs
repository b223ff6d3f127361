//! The two plans that people make by hand: everybody to the nearest, and the best pair first.

use super::{Instance, Plan, PlanError, Room};

impl Instance {
    /// Each pair in turn, nearest first and those of unknown ways last, if there is still room for it; of equally
    /// near ones the first given.
    pub fn nearest(&self) -> Result<Plan, PlanError> {
        let minutes = |pair: usize| self.pairs[pair].minutes.unwrap_or(f64::INFINITY);
        self.one_by_one(|a, b| minutes(a).total_cmp(&minutes(b)))
    }

    /// Each pair in turn, best score first, if there is still room for it; of equally good ones the first given.
    pub fn greedy(&self) -> Result<Plan, PlanError> {
        self.one_by_one(|a, b| self.pairs[b].score.total_cmp(&self.pairs[a].score))
    }

    fn one_by_one(&self, order: impl Fn(usize, usize) -> std::cmp::Ordering) -> Result<Plan, PlanError> {
        let mut room = Room::around(self, &self.decided)?;
        let mut pairs: Vec<usize> = (0..self.pairs.len()).collect();
        pairs.sort_by(|&a, &b| order(a, b));
        let mut taken = self.decided.clone();
        taken.extend(pairs.into_iter().filter(|&pair| room.take(pair).is_ok()));
        taken.sort_unstable();
        let slots = self.kinds().map(|kind| room.slots.of(kind).to_vec()).collect();
        let quarters = self.in_quarters(&taken, slots);
        // Only the plan that answers as many as possible knows reasons that hold for any plan.
        Ok(Plan { taken, quarters, unanswered: Vec::new(), contests: Vec::new() })
    }
}
