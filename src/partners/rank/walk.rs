//! The walk outward from the visitor, and its end.

use std::borrow::Cow;

use super::filters::FILTERS;
use super::{Query, Scored};
use crate::partners::score::{self, PartKind, Points, points};

/// The best so far, and what those ahead can still bring.
pub struct Walk<'q, 'a> {
    query: &'q Query<'a>,
    pub best: Vec<Scored<'a>>,
    /// By host.
    pub visited: Vec<bool>,
    pub n_candidates: usize,
    /// Themes asked for, with their points, and how far their ranked hosts were passed.
    themes: Vec<(u32, Points, usize)>,
    /// By theme.
    ranked: Cow<'a, [Vec<(Points, u32)>]>,
    /// The most that setting and free visits can add.
    rest: Points,
}

impl<'q, 'a> Walk<'q, 'a> {
    pub fn new(query: &'q Query<'a>) -> Self {
        let themes = query.needs.iter().zip(0..);
        let asked = themes.filter_map(|(need, theme)| Some((theme, (*need)?.points, 0)));
        let capacity = if query.is_internal() { 1.0 } else { score::capacity(None) };
        Self {
            best: Vec::with_capacity(query.asked.limit.min(64) + 1),
            visited: vec![false; query.ground.hosts.len()],
            n_candidates: 0,
            themes: asked.collect(),
            ranked: query.ground.ranked(&query.day),
            rest: points(query.weight(PartKind::Setting), 1.0)
                + points(query.weight(PartKind::Capacity), capacity),
            query,
        }
    }

    pub fn visit(&mut self, host: u32) {
        if std::mem::replace(&mut self.visited[host as usize], true) {
            return;
        }
        let query = self.query;
        let minutes = query.way(host).minutes;
        for candidate in query.ground.candidates_of(host) {
            let Some(need) = query.needs[candidate.theme as usize] else { continue };
            self.n_candidates += 1;
            if FILTERS.iter().any(|filter| filter(query, candidate, minutes).is_some()) {
                continue;
            }
            let scored = query.scored(candidate, need, minutes);
            let rank = self.best.partition_point(|before| before.order() < scored.order());
            self.best.insert(rank, scored);
            self.best.truncate(query.asked.limit);
        }
    }

    /// True when nobody ahead can enter, neither by points nor, with equal ones, by order.
    ///
    /// - `proximity`: the most that the way adds from here on.
    pub fn can_end(&mut self, proximity: Points) -> bool {
        let Some(last) = self.best.last().filter(|_| self.best.len() >= self.query.asked.limit) else {
            return self.themes.is_empty();
        };
        let (ranked, visited) = (&self.ranked, &self.visited);
        let most = self.themes.iter_mut().filter_map(|(theme, need, passed)| {
            let ranked = &ranked[*theme as usize];
            while ranked.get(*passed).is_some_and(|(_, host)| visited[*host as usize]) {
                *passed += 1;
            }
            ranked.get(*passed).map(|(fixed, _)| *need + fixed)
        });
        most.max().is_none_or(|most| most + self.rest + proximity < last.score)
    }
}
