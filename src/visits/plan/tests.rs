//! Plans against every possible plan.

use super::*;

/// xorshift64*, Vigna 2016.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n
    }
}

/// Few places, so that many instances cannot answer everything.
fn drawn(seed: u64, n_visitors: usize, n_needs: usize, n_hosts: usize, n_offers: usize) -> Instance {
    let mut draws = Draws(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let needs: Vec<Need> =
        (0..n_needs).map(|_| Need { visitor: draws.below(n_visitors as u64) as usize, times: 1 }).collect();
    let offers: Vec<Offer> = (0..n_offers)
        .map(|_| Offer { host: draws.below(n_hosts as u64) as usize, places: draws.below(3) as u32 })
        .collect();
    let mut pairs = Vec::new();
    for need in 0..n_needs {
        for offer in 0..n_offers {
            if draws.below(3) > 0 {
                pairs.push(Pair {
                    need,
                    offer,
                    score: draws.below(101) as f64 / 100.0,
                    minutes: (draws.below(20) > 0).then(|| draws.below(90) as f64),
                    is_online: false,
                    same_setting: Some(draws.below(2) == 0),
                });
            }
        }
    }
    let most_visits = 1 + draws.below(3) as u32;
    let host_places = if draws.below(3) == 0 { 2 } else { u32::MAX };
    let load_weight = draws.below(20) as f64 / 100.0;
    Instance {
        n_visitors,
        host_places: vec![host_places; n_hosts],
        host_load: (0..n_hosts).map(|_| draws.below(3) as u32).collect(),
        needs,
        offers,
        pairs,
        most_visits,
        load_weight,
        decided: Vec::new(),
    }
}

/// Most needs and, of these, highest worth, by trying everything.
fn best(instance: &Instance) -> (usize, i64) {
    fn go(instance: &Instance, need: usize, taken: &mut Vec<usize>, best: &mut (usize, i64)) {
        if need == instance.needs.len() {
            *best = (*best).max((taken.len(), instance.worth(taken)));
            return;
        }
        go(instance, need + 1, taken, best);
        for pair in (0..instance.pairs.len()).filter(|&pair| instance.pairs[pair].need == need) {
            taken.push(pair);
            if is_possible(instance, taken) {
                go(instance, need + 1, taken, best);
            }
            taken.pop();
        }
    }
    let mut found = (0, i64::MIN);
    if instance.decided.is_empty() {
        go(instance, 0, &mut Vec::new(), &mut found);
    }
    found
}

/// Said again, without the code under test.
fn is_possible(instance: &Instance, taken: &[usize]) -> bool {
    let n =
        |is: &dyn Fn(&Pair) -> bool| taken.iter().filter(|&&pair| is(&instance.pairs[pair])).count() as u32;
    let visitor = |pair: &Pair| instance.needs[pair.need].visitor;
    let host = |pair: &Pair| instance.offers[pair.offer].host;
    instance.needs.iter().enumerate().all(|(idx, need)| n(&|pair| pair.need == idx) <= need.times)
        && (0..instance.n_visitors).all(|who| {
            n(&|pair| visitor(pair) == who) <= instance.most_visits
                && (0..instance.offers.len())
                    .all(|to| n(&|pair| visitor(pair) == who && pair.offer == to) <= 1)
        })
        && instance.offers.iter().enumerate().all(|(idx, offer)| n(&|pair| pair.offer == idx) <= offer.places)
        && instance
            .host_places
            .iter()
            .enumerate()
            .all(|(idx, places)| n(&|pair| host(pair) == idx) <= *places)
}

#[test]
fn a_plan_is_as_good_as_the_best_of_all_possible_ones() {
    let mut unanswered = 0;
    for seed in 1..=200 {
        let instance = drawn(seed, 3, 5, 3, 4);
        let plan = instance.plan().expect("nothing is decided");
        assert!(is_possible(&instance, &plan.taken), "seed {seed}: {plan:?}");
        assert_eq!((plan.taken.len(), instance.worth(&plan.taken)), best(&instance), "seed {seed}");
        assert_eq!(plan.taken.len() + plan.unanswered.len(), instance.needs.len(), "seed {seed}");
        unanswered += plan.unanswered.len();
    }
    assert!(unanswered > 100, "the instances are not so easy that all is answered: {unanswered}");
}

#[test]
fn a_plan_answers_no_fewer_needs_than_the_simple_ones() {
    let mut more = 0;
    for seed in 1..=300 {
        let instance = drawn(seed, 20, 50, 15, 25);
        let plan = instance.plan().expect("nothing is decided");
        for simple in [instance.greedy(), instance.nearest()] {
            let simple = simple.expect("nothing is decided");
            assert!(is_possible(&instance, &simple.taken), "seed {seed}");
            assert!(plan.taken.len() >= simple.taken.len(), "seed {seed}");
            if plan.taken.len() == simple.taken.len() {
                assert!(instance.worth(&plan.taken) >= instance.worth(&simple.taken), "seed {seed}");
            } else {
                more += 1;
            }
        }
    }
    assert!(more > 10, "sometimes more needs are answered: {more}");
}

#[test]
fn a_plan_around_decided_pairs_is_the_best_that_has_them() {
    let mut tried = 0;
    for seed in 1..=200 {
        let mut instance = drawn(seed, 3, 4, 3, 3);
        for pair in 0..instance.pairs.len() {
            instance.decided = vec![pair];
            let Ok(plan) = instance.plan() else { continue };
            assert!(
                plan.taken.contains(&pair) && is_possible(&instance, &plan.taken),
                "seed {seed}, pair {pair}"
            );
            // The same, with every other pair of the decided one's need struck out and the need made a must.
            let mut free = instance.clone();
            free.decided.clear();
            let mut all = (0, i64::MIN);
            best_with(&free, pair, 0, &mut vec![pair], &mut all);
            assert_eq!((plan.taken.len(), instance.worth(&plan.taken)), all, "seed {seed}, pair {pair}");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
}

fn best_with(
    instance: &Instance,
    decided: usize,
    need: usize,
    taken: &mut Vec<usize>,
    best: &mut (usize, i64),
) {
    if need == instance.needs.len() {
        *best = (*best).max((taken.len(), instance.worth(taken)));
        return;
    }
    best_with(instance, decided, need + 1, taken, best);
    if need == instance.pairs[decided].need {
        return;
    }
    for pair in (0..instance.pairs.len()).filter(|&pair| instance.pairs[pair].need == need) {
        taken.push(pair);
        if is_possible(instance, taken) {
            best_with(instance, decided, need + 1, taken, best);
        }
        taken.pop();
    }
}

fn pair(need: usize, offer: usize) -> Pair {
    Pair { need, offer, score: 0.5, minutes: Some(10.0), is_online: false, same_setting: Some(true) }
}

#[test]
fn impossible_decisions_are_named() {
    let instance = Instance {
        n_visitors: 3,
        host_places: vec![2],
        host_load: vec![0],
        needs: [0, 0, 1, 2].map(|visitor| Need { visitor, times: 1 }).to_vec(),
        offers: vec![Offer { host: 0, places: 1 }, Offer { host: 0, places: 5 }],
        pairs: vec![pair(0, 0), pair(0, 1), pair(1, 1), pair(2, 0), pair(2, 1), pair(3, 1), pair(1, 0)],
        most_visits: 1,
        load_weight: 0.0,
        decided: Vec::new(),
    };
    let check = |most_visits, decided: &[usize], expected| {
        let instance = Instance { most_visits, decided: decided.to_vec(), ..instance.clone() };
        assert_eq!(instance.plan(), Err(expected), "{decided:?}");
    };
    check(2, &[0, 1], PlanError::NeedTwice(1));
    check(1, &[0, 2], PlanError::TooManyVisits(2));
    check(2, &[1, 2], PlanError::SameOfferTwice(1, 2));
    check(2, &[0, 3], PlanError::NoPlace(3));
    check(2, &[0, 4, 5], PlanError::HostFull(5));
}

#[test]
fn what_cannot_be_answered_has_a_reason_that_can_be_checked() {
    let mut places_taken = 0;
    for (times, seed) in (1..=5).flat_map(|times| (1..=100).map(move |seed| (times, seed))) {
        let mut instance = drawn(seed, 12, 20, 6, 8);
        instance.needs.iter_mut().for_each(|need| need.times = times);
        instance.most_visits *= times;
        let plan = instance.plan().expect("nothing is decided");
        for Unanswered { need, why, .. } in &plan.unanswered {
            let own = || instance.pairs.iter().enumerate().filter(|(_, pair)| pair.need == *need);
            let is_open = |idx: &usize| !plan.taken.contains(idx);
            match why {
                Why::NoPair => assert_eq!(own().count(), 0, "seed {seed}"),
                Why::NoMorePairs => {
                    assert!(own().count() > 0 && !own().any(|(idx, _)| is_open(&idx)), "seed {seed}");
                }
                Why::VisitsUsed => {
                    let visits = plan
                        .taken
                        .iter()
                        .filter(|&&pair| instance.visitor_of(pair) == instance.needs[*need].visitor);
                    assert_eq!(visits.count() as u32, instance.most_visits, "seed {seed}");
                }
                Why::PlacesTaken { contest } => {
                    let Contest { needs, hosts } = &plan.contests[*contest];
                    assert!(needs.contains(need));
                    for pair in instance.pairs.iter().filter(|pair| needs.contains(&pair.need)) {
                        assert!(hosts.contains(&instance.offers[pair.offer].host), "seed {seed}");
                    }
                    // Nowhere is there room for it as the plan stands.
                    for (idx, pair) in own().filter(|(idx, _)| is_open(idx)) {
                        let with: Vec<usize> = plan.taken.iter().copied().chain([idx]).collect();
                        assert!(!is_possible(&instance, &with), "seed {seed}, offer {}", pair.offer);
                    }
                    // Where nobody else wants them, places are taken by the need itself, or there are none.
                    let n_at = |host: usize| {
                        own().filter(|(idx, _)| !is_open(idx) && instance.host_of(*idx) == host).count()
                            as u32
                    };
                    let is_full = |(idx, pair): (usize, &Pair)| {
                        let host = instance.host_of(idx);
                        instance.offers[pair.offer].places == 0 || n_at(host) == instance.host_places[host]
                    };
                    let mut open = own().filter(|(idx, _)| is_open(idx));
                    assert!(needs.len() > 1 || open.all(is_full), "seed {seed}");
                    places_taken += 1;
                }
            }
        }
    }
    assert!(places_taken > 50, "{places_taken}");
}

#[test]
fn a_host_with_visitors_already_is_taken_after_one_without() {
    let instance = |host_load: [u32; 2]| Instance {
        n_visitors: 1,
        host_places: vec![5; 2],
        host_load: host_load.to_vec(),
        needs: vec![Need { visitor: 0, times: 1 }],
        offers: vec![Offer { host: 0, places: 5 }, Offer { host: 1, places: 5 }],
        pairs: vec![Pair { score: 0.55, ..pair(0, 0) }, pair(0, 1)],
        most_visits: 1,
        load_weight: 0.1,
        decided: Vec::new(),
    };
    for (host_load, taken) in [([0, 0], 0), ([1, 0], 1), ([1, 1], 0)] {
        assert_eq!(instance(host_load).plan().expect("nothing is decided").taken, [taken], "{host_load:?}");
    }
}

#[test]
fn who_is_shown_all_that_is_possible_is_not_crowded_out() {
    let instance = Instance {
        n_visitors: 2,
        host_places: vec![100; 3],
        host_load: vec![0; 3],
        needs: vec![Need { visitor: 0, times: 5 }, Need { visitor: 1, times: 5 }],
        offers: (0..3).map(|host| Offer { host, places: 100 }).collect(),
        pairs: vec![pair(0, 0), pair(0, 1), pair(0, 2), pair(1, 2)],
        most_visits: 5,
        load_weight: 0.1,
        decided: Vec::new(),
    };
    let plan = instance.plan().expect("nothing is decided");
    assert_eq!(plan.taken, [0, 1, 2, 3]);
    let missing = |need, missing| Unanswered { need, missing, why: Why::NoMorePairs };
    assert_eq!((plan.unanswered, plan.contests), (vec![missing(0, 2), missing(1, 4)], Vec::new()));
}

#[test]
fn a_need_that_is_answered_twice_is_two_needs_by_different_offers() {
    let mut n_missing = 0;
    for seed in 1..=200 {
        let twice = |instance: &Instance| {
            let mut instance = instance.clone();
            instance.needs.iter_mut().for_each(|need| need.times = 2);
            instance
        };
        let once = drawn(seed, 4, 4, 4, 6);
        let mut doubled = once.clone();
        doubled.needs.extend(once.needs.iter().copied());
        doubled
            .pairs
            .extend(once.pairs.iter().map(|pair| Pair { need: pair.need + once.needs.len(), ..*pair }));
        let twice = twice(&once);
        let [of_twice, of_doubled] =
            [&twice, &doubled].map(|instance| instance.plan().expect("nothing is decided"));
        assert!(is_possible(&twice, &of_twice.taken), "seed {seed}");
        assert_eq!(of_twice.taken.len(), of_doubled.taken.len(), "seed {seed}");
        assert_eq!(twice.worth(&of_twice.taken), doubled.worth(&of_doubled.taken), "seed {seed}");
        let missing: u32 = of_twice.unanswered.iter().map(|unanswered| unanswered.missing).sum();
        assert_eq!(of_twice.taken.len() as u32 + missing, 2 * once.needs.len() as u32, "seed {seed}");
        n_missing += missing;
    }
    assert!(n_missing > 100, "{n_missing}");
}
