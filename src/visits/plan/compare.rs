//! Figures by which plans of one instance are compared.

use std::collections::BTreeSet;

use super::Instance;

/// Of a plan; means and shares are over what is known, `None` where nothing is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Comparison {
    /// A need that is to be answered several times counts as often.
    pub needs_served: u32,
    pub needs: u32,
    /// Visitors with a visit.
    pub visitors_served: u32,
    pub mean_score: Option<f64>,
    /// Visits for which somebody travels, and those online.
    pub journeys: u32,
    pub online: u32,
    /// Journeys whose way is known.
    pub known_ways: u32,
    /// One way, of these: their mean and their sum.
    pub mean_minutes: Option<f64>,
    pub total_minutes: Option<f64>,
    /// Visits at the host that has most.
    pub highest_load: u32,
    /// Of the visits per host, over all hosts with a place, 0 (all alike) to 1.
    pub gini_load: Option<f64>,
    /// Of the pairs, 0–1.
    pub same_setting_share: Option<f64>,
}

impl Comparison {
    /// Each figure with the id of its definition, those first that people ask for first.
    pub fn figures(&self) -> [(&'static str, Option<f64>); 10] {
        [
            ("plan_needs_served", Some(f64::from(self.needs_served))),
            ("plan_visitors_served", Some(f64::from(self.visitors_served))),
            ("plan_journeys", Some(f64::from(self.journeys))),
            ("plan_online", Some(f64::from(self.online))),
            ("plan_mean_minutes", self.mean_minutes),
            ("plan_total_minutes", self.total_minutes),
            ("plan_highest_load", Some(f64::from(self.highest_load))),
            ("plan_gini_load", self.gini_load),
            ("plan_same_setting_share", self.same_setting_share),
            ("plan_mean_score", self.mean_score),
        ]
    }
}

impl Instance {
    /// The figures of a plan's pairs.
    pub fn compare(&self, taken: &[usize]) -> Comparison {
        let known = |of: &dyn Fn(usize) -> Option<f64>| {
            let known: Vec<f64> = taken.iter().filter_map(|&pair| of(pair)).collect();
            (!known.is_empty()).then(|| (known.iter().sum::<f64>(), known.len() as f64))
        };
        let mean = |of: &dyn Fn(usize) -> Option<f64>| known(of).map(|(sum, n)| sum / n);
        let minutes = |pair: usize| self.pairs[pair].minutes.filter(|_| !self.pairs[pair].is_online);
        let online = taken.iter().filter(|&&pair| self.pairs[pair].is_online).count() as u32;
        let mut load = vec![0_u32; self.host_places.len()];
        for &pair in taken {
            load[self.host_of(pair)] += 1;
        }
        let mut has_place = vec![false; self.host_places.len()];
        for offer in self.offers.iter().filter(|offer| offer.places.iter().any(|places| places.all > 0)) {
            has_place[offer.host] = self.host_places[offer.host] > 0;
        }
        let highest_load = load.iter().copied().max().unwrap_or(0);
        let of_hosts =
            load.into_iter().zip(has_place).filter_map(|(load, has)| has.then_some(load)).collect();
        Comparison {
            needs_served: taken.len() as u32,
            needs: self.needs.iter().map(|need| need.times).sum(),
            visitors_served: taken.iter().map(|&pair| self.visitor_of(pair)).collect::<BTreeSet<_>>().len()
                as u32,
            mean_score: mean(&|pair| Some(self.pairs[pair].score)),
            journeys: taken.len() as u32 - online,
            online,
            known_ways: taken.iter().filter(|&&pair| minutes(pair).is_some()).count() as u32,
            mean_minutes: mean(&minutes),
            total_minutes: known(&minutes).map(|(sum, _)| sum),
            highest_load,
            gini_load: gini(of_hosts),
            same_setting_share: mean(&|pair| {
                self.pairs[pair].same_setting.map(|same| f64::from(u8::from(same)))
            }),
        }
    }
}

/// Mean difference of all pairs over twice the mean; `None` where all are 0.
fn gini(mut loads: Vec<u32>) -> Option<f64> {
    loads.sort_unstable();
    let n = loads.len() as f64;
    let sum: f64 = loads.iter().map(|&load| f64::from(load)).sum();
    let ranked: f64 = loads.iter().zip(1_u32..).map(|(&load, rank)| f64::from(rank) * f64::from(load)).sum();
    (sum > 0.0).then(|| (2.0 * ranked) / (n * sum) - (n + 1.0) / n)
}

#[cfg(test)]
mod tests {
    use super::super::{Need, Offer, Pair};
    use super::*;
    use crate::partners::Takes;

    #[test]
    fn a_visit_online_takes_nobodys_time_on_the_way() {
        let pair = |need, minutes, is_online| Pair {
            need,
            offer: 0,
            score: 0.5,
            minutes,
            is_online,
            same_setting: None,
        };
        let instance = Instance {
            n_visitors: 4,
            host_places: vec![4],
            host_quarters: vec![vec![4]],
            needs: (0..4).map(|visitor| Need { visitor, times: 1 }).collect(),
            offers: vec![Offer { host: 0, places: vec![Takes { on_site: 4, online: 4, all: 4 }] }],
            pairs: vec![
                pair(0, Some(10.0), false),
                pair(1, Some(20.0), false),
                pair(2, Some(300.0), true),
                pair(3, None, false),
            ],
            most_visits: 1,
            ..Instance::default()
        };
        let told = |taken: &[usize]| {
            let of = instance.compare(taken);
            (of.journeys, of.online, of.known_ways, of.mean_minutes, of.total_minutes)
        };
        assert_eq!(told(&[0, 1, 2]), (2, 1, 2, Some(15.0), Some(30.0)));
        assert_eq!(told(&[2]), (0, 1, 0, None, None));
        assert_eq!(
            told(&[0, 3]),
            (2, 0, 1, Some(10.0), Some(10.0)),
            "an unknown way is a journey without minutes"
        );
    }

    #[test]
    fn gini_is_the_mean_difference_over_twice_the_mean() {
        let check = |loads: &[u32]| {
            let n = loads.len() as f64;
            let pairs = loads.iter().flat_map(|a| loads.iter().map(move |b| f64::from(a.abs_diff(*b))));
            let mean = loads.iter().map(|&load| f64::from(load)).sum::<f64>() / n;
            let expected = pairs.sum::<f64>() / (n * n) / (2.0 * mean);
            let found = gini(loads.to_vec()).expect("somebody has a load");
            assert!((found - expected).abs() < 1e-12, "{loads:?}: {found} instead of {expected}");
        };
        check(&[1]);
        check(&[3, 3, 3]);
        check(&[0, 0, 0, 8]);
        check(&[5, 1, 2, 2, 0, 7]);
        assert_eq!(gini(vec![0, 0]), None);
        assert_eq!(gini(Vec::new()), None);
    }
}
