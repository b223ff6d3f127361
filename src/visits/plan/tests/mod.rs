//! Plans against every possible plan.

mod by_hand;

use super::*;
use crate::draws::Draws;

/// Fewer than `most` of each form, in half of the quarters any of both.
fn takes(draws: &mut Draws, most: u32) -> Takes {
    let all = draws.below(most);
    let is_any = draws.below(2) == 0;
    let mut of_form = || if is_any { all } else { draws.below(all + 1) };
    Takes { on_site: of_form(), online: of_form(), all }
}

/// Few places, so that many instances cannot answer everything.
fn drawn(seed: u64, n_visitors: usize, n_needs: usize, n_hosts: usize, n_offers: usize) -> Instance {
    let mut draws = Draws::new(seed, 0);
    let needs: Vec<Need> =
        (0..n_needs).map(|_| Need { visitor: draws.below(n_visitors as u32) as usize, times: 1 }).collect();
    let n_quarters = 1 + draws.below(2) as usize;
    let offers: Vec<Offer> = (0..n_offers)
        .map(|_| Offer {
            host: draws.below(n_hosts as u32) as usize,
            places: (0..n_quarters).map(|_| takes(&mut draws, 4 - n_quarters as u32)).collect(),
        })
        .collect();
    let mut pairs = Vec::new();
    let is_online: Vec<bool> = (0..n_visitors * n_offers).map(|_| draws.below(3) == 0).collect();
    for need in 0..n_needs {
        for offer in 0..n_offers {
            if draws.below(3) > 0 {
                pairs.push(Pair {
                    need,
                    offer,
                    score: f64::from(draws.below(101)) / 100.0,
                    minutes: (draws.below(20) > 0).then(|| f64::from(draws.below(90))),
                    is_online: is_online[needs[need].visitor * n_offers + offer],
                    same_setting: Some(draws.below(2) == 0),
                });
            }
        }
    }
    let most_visits = 1 + draws.below(3);
    let host_places = if draws.below(3) == 0 { 2 } else { u32::MAX };
    let is_tight = draws.below(2) == 0;
    let mut of_quarter = || if is_tight { draws.below(3) } else { u32::MAX };
    let host_quarters = (0..n_hosts).map(|_| (0..n_quarters).map(|_| of_quarter()).collect()).collect();
    let load_weight = f64::from(draws.below(20)) / 100.0;
    Instance {
        n_visitors,
        host_places: vec![host_places; n_hosts],
        host_quarters,
        host_load: (0..n_hosts).map(|_| draws.below(3)).collect(),
        needs,
        offers,
        pairs,
        most_visits,
        load_weight,
        decided: Vec::new(),
    }
}

/// How good a plan is: most needs, then most even, then highest worth.
type Good = (usize, i64, i64);

fn good(instance: &Instance, taken: &[usize]) -> Good {
    (taken.len(), -instance.unevenness(taken), instance.worth(taken))
}

/// The best plan, by trying everything.
fn best(instance: &Instance) -> Good {
    fn go(instance: &Instance, need: usize, taken: &mut Vec<usize>, best: &mut Good) {
        if need == instance.needs.len() {
            *best = (*best).max(good(instance, taken));
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
    let mut found = (0, i64::MIN, i64::MIN);
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
        && instance
            .host_places
            .iter()
            .enumerate()
            .all(|(idx, places)| n(&|pair| host(pair) == idx) <= *places)
        && (0..instance.host_places.len()).all(|idx| {
            let visits: Vec<&Pair> =
                taken.iter().map(|&pair| &instance.pairs[pair]).filter(|pair| host(pair) == idx).collect();
            let mut places: Vec<Vec<Takes>> =
                instance.offers.iter().map(|offer| offer.places.clone()).collect();
            fit(&visits, &mut places, &mut instance.host_quarters[idx].clone())
        })
}

/// Whether visits of one host find quarters, by trying each.
fn fit(visits: &[&Pair], places: &mut [Vec<Takes>], of_host: &mut [u32]) -> bool {
    let Some((visit, others)) = visits.split_first() else { return true };
    (0..of_host.len()).any(|quarter| {
        let before = places[visit.offer][quarter];
        let Some(left) = one_less(before, visit.is_online).filter(|_| of_host[quarter] > 0) else {
            return false;
        };
        places[visit.offer][quarter] = left;
        of_host[quarter] -= 1;
        let fits = fit(others, places, of_host);
        places[visit.offer][quarter] = before;
        of_host[quarter] += 1;
        fits
    })
}

fn one_less(takes: Takes, is_online: bool) -> Option<Takes> {
    let Takes { on_site, online, all } = takes;
    let all = all.checked_sub(1)?;
    Some(if is_online {
        Takes { online: online.checked_sub(1)?, on_site, all }
    } else {
        Takes { on_site: on_site.checked_sub(1)?, online, all }
    })
}

/// Whether each pair of a plan has a place in the quarter that it is told for.
fn are_in_their_quarters(instance: &Instance, plan: &Plan) -> bool {
    let n = |is: &dyn Fn(usize, usize) -> bool| {
        plan.taken.iter().zip(&plan.quarters).filter(|(pair, quarter)| is(**pair, **quarter)).count() as u32
    };
    let of = |pair: usize| instance.pairs[pair].offer;
    plan.taken.len() == plan.quarters.len()
        && instance.offers.iter().enumerate().all(|(offer, all)| {
            let mut places = all.places.iter().enumerate();
            places.all(|(nth, places)| {
                let is_in = |pair, quarter| of(pair) == offer && quarter == nth;
                let is_online = |pair: usize| instance.pairs[pair].is_online;
                n(&is_in) <= places.all
                    && n(&|pair, quarter| is_in(pair, quarter) && is_online(pair)) <= places.online
                    && n(&|pair, quarter| is_in(pair, quarter) && !is_online(pair)) <= places.on_site
            })
        })
        && instance.host_quarters.iter().enumerate().all(|(host, all)| {
            let is_at = |pair| instance.offers[of(pair)].host == host;
            let mut places = all.iter().enumerate();
            places.all(|(nth, places)| n(&|pair, quarter| is_at(pair) && quarter == nth) <= *places)
        })
}

#[test]
fn a_plan_is_as_good_as_the_best_of_all_possible_ones() {
    let mut unanswered = 0;
    for seed in 1..=200 {
        let instance = drawn(seed, 3, 5, 3, 4);
        let plan = instance.plan().expect("nothing is decided");
        assert!(is_possible(&instance, &plan.taken), "seed {seed}: {plan:?}");
        assert!(are_in_their_quarters(&instance, &plan), "seed {seed}: {plan:?}");
        assert_eq!(good(&instance, &plan.taken), best(&instance), "seed {seed}");
        assert_eq!(plan.taken.len() + plan.unanswered.len(), instance.needs.len(), "seed {seed}");
        unanswered += plan.unanswered.len();
    }
    assert!(unanswered > 100, "the instances are not so easy that all is answered: {unanswered}");
}

#[test]
fn a_plan_answers_no_fewer_needs_than_the_simple_ones() {
    let mut more = 0;
    for seed in 1..=400 {
        let instance = drawn(seed, 20, 50, 15, 25);
        let plan = instance.plan().expect("nothing is decided");
        for simple in [instance.greedy(), instance.nearest()] {
            let simple = simple.expect("nothing is decided");
            assert!(is_possible(&instance, &simple.taken), "seed {seed}");
            assert!(are_in_their_quarters(&instance, &simple), "seed {seed}");
            assert!(plan.taken.len() >= simple.taken.len(), "seed {seed}");
            if plan.taken.len() == simple.taken.len() {
                assert!(good(&instance, &plan.taken) >= good(&instance, &simple.taken), "seed {seed}");
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
                plan.taken.contains(&pair) && are_in_their_quarters(&instance, &plan),
                "seed {seed}, pair {pair}"
            );
            // The same, with every other pair of the decided one's need struck out and the need made a must.
            let mut free = instance.clone();
            free.decided.clear();
            let mut all = (0, i64::MIN, i64::MIN);
            best_with(&free, pair, 0, &mut vec![pair], &mut all);
            assert_eq!(good(&instance, &plan.taken), all, "seed {seed}, pair {pair}");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
}

fn best_with(instance: &Instance, decided: usize, need: usize, taken: &mut Vec<usize>, best: &mut Good) {
    if need == instance.needs.len() {
        *best = (*best).max(good(instance, taken));
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

#[test]
fn what_cannot_be_answered_has_a_reason_that_can_be_checked() {
    let mut places_taken = 0;
    for (times, seed) in (1..=5).flat_map(|times| (1..=100).map(move |seed| (times, seed))) {
        let mut instance = drawn(seed, 12, 20, 6, 8);
        instance.needs.iter_mut().for_each(|need| need.times = times);
        instance.most_visits *= times;
        instance.host_quarters.iter_mut().flatten().for_each(|places| *places = u32::MAX);
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
                    let Contest { needs } = &plan.contests[*contest];
                    assert!(needs.contains(need));
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
                        let places = &instance.offers[pair.offer].places;
                        places.iter().all(|places| one_less(*places, pair.is_online).is_none())
                            || n_at(host) == instance.host_places[host]
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
