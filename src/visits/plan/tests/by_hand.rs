//! Plans small enough to be worked out by hand.

use super::*;

fn pair(need: usize, offer: usize) -> Pair {
    Pair { need, offer, score: 0.5, minutes: Some(10.0), is_online: false, same_setting: Some(true) }
}

/// Of a period within one quarter.
fn offer(host: usize, places: u32) -> Offer {
    Offer { host, places: vec![any(places)] }
}

fn any(all: u32) -> Takes {
    Takes { on_site: all, online: all, all }
}

#[test]
fn each_offer_of_a_host_gets_no_more_than_it_takes() {
    // Six visitors, all better off with the offer that takes one; both are of one host.
    let mut instance = Instance {
        n_visitors: 6,
        host_places: vec![6],
        host_quarters: vec![vec![6]],
        host_load: vec![0],
        needs: (0..6).map(|visitor| Need { visitor, times: 1 }).collect(),
        offers: vec![offer(0, 1), offer(0, 5)],
        pairs: (0..6).flat_map(|need| [Pair { score: 0.9, ..pair(need, 0) }, pair(need, 1)]).collect(),
        most_visits: 1,
        load_weight: 0.0,
        decided: Vec::new(),
    };
    let shown = |plan: &Plan, offer: usize| plan.taken.iter().filter(|&&pair| pair % 2 == offer).count();
    for plan in [instance.plan(), instance.greedy(), instance.nearest()] {
        let plan = plan.expect("nothing is decided");
        assert_eq!([0, 1].map(|offer| shown(&plan, offer)), [1, 5]);
        assert_eq!(instance.free_kinds(&plan.taken), [false; 4]);
    }
    instance.offers[1].places = vec![any(2)];
    let plan = instance.plan().expect("nothing is decided");
    assert_eq!([0, 1].map(|offer| shown(&plan, offer)), [1, 2]);
    instance.decided = vec![0, 2];
    assert_eq!(instance.plan(), Err(PlanError::NoPlace(2)));
}

#[test]
fn each_form_of_an_offer_gets_no_more_than_it_takes_and_both_together_no_more_than_all() {
    // One place on site, five online, and one of them may be of either form.
    let instance = |n_online: usize, all: u32| Instance {
        n_visitors: 6,
        host_places: vec![9],
        host_quarters: vec![vec![9]],
        host_load: vec![0],
        needs: (0..6).map(|visitor| Need { visitor, times: 1 }).collect(),
        offers: vec![Offer { host: 0, places: vec![Takes { on_site: 2, online: 5, all }] }],
        pairs: (0..6).map(|need| Pair { is_online: need < n_online, ..pair(need, 0) }).collect(),
        most_visits: 1,
        load_weight: 0.0,
        decided: Vec::new(),
    };
    for (n_online, all, taken, free) in [
        (0, 6, 2, [false, true]),
        (6, 6, 5, [true, false]),
        (3, 6, 5, [false, true]),
        (5, 6, 6, [false, false]),
        (4, 5, 5, [false, false]),
    ] {
        let instance = instance(n_online, all);
        for plan in [instance.plan(), instance.greedy(), instance.nearest()] {
            let plan = plan.expect("nothing is decided");
            assert_eq!(plan.taken.len(), taken, "{n_online} online of {all}");
            assert_eq!(instance.free_kinds(&plan.taken), free, "{n_online} online of {all}");
        }
    }
}

#[test]
fn a_visit_makes_way_for_one_of_the_other_form_that_has_but_its_quarter() {
    let takes = |on_site| Takes { on_site, online: 1, all: 1 };
    let instance = Instance {
        n_visitors: 2,
        host_places: vec![9],
        host_quarters: vec![vec![9, 9]],
        host_load: vec![0],
        needs: (0..2).map(|visitor| Need { visitor, times: 1 }).collect(),
        offers: vec![Offer { host: 0, places: vec![takes(1), takes(0)] }],
        pairs: vec![Pair { is_online: true, ..pair(0, 0) }, pair(1, 0)],
        most_visits: 1,
        load_weight: 0.0,
        decided: vec![0],
    };
    for plan in [instance.plan(), instance.greedy()] {
        let plan = plan.expect("there is room for both");
        assert_eq!((plan.taken, plan.quarters), (vec![0, 1], vec![1, 0]));
    }
}

#[test]
fn a_decided_visit_makes_way_in_its_quarter_where_another_has_room_for_it() {
    // The host takes one visitor in each quarter; the second offer is open in the first quarter alone.
    let instance = Instance {
        n_visitors: 2,
        host_places: vec![u32::MAX],
        host_quarters: vec![vec![1, 1]],
        host_load: vec![0],
        needs: (0..2).map(|visitor| Need { visitor, times: 1 }).collect(),
        offers: vec![
            Offer { host: 0, places: vec![any(1); 2] },
            Offer { host: 0, places: vec![any(1), any(0)] },
        ],
        pairs: vec![pair(0, 0), pair(1, 1)],
        most_visits: 1,
        load_weight: 0.0,
        decided: vec![0],
    };
    let plan = instance.plan().expect("there is room for both");
    assert_eq!((plan.taken, plan.quarters), (vec![0, 1], vec![1, 0]));
    assert_eq!(instance.free_kinds(&[1]), [true, true, false, false]);
}

#[test]
fn impossible_decisions_are_named() {
    let instance = Instance {
        n_visitors: 3,
        host_places: vec![2],
        host_quarters: vec![vec![9]],
        host_load: vec![0],
        needs: [0, 0, 1, 2].map(|visitor| Need { visitor, times: 1 }).to_vec(),
        offers: vec![offer(0, 1), offer(0, 5)],
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
fn a_host_with_visitors_already_is_taken_after_one_without() {
    let instance = |host_load: [u32; 2]| Instance {
        n_visitors: 1,
        host_places: vec![5; 2],
        host_quarters: vec![vec![5]; 2],
        host_load: host_load.to_vec(),
        needs: vec![Need { visitor: 0, times: 1 }],
        offers: vec![offer(0, 5), offer(1, 5)],
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
        host_quarters: vec![vec![100]; 3],
        host_load: vec![0; 3],
        needs: vec![Need { visitor: 0, times: 5 }, Need { visitor: 1, times: 5 }],
        offers: (0..3).map(|host| offer(host, 100)).collect(),
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
fn a_place_goes_to_who_has_no_visit_before_who_has_one_whatever_the_scores() {
    // The second visitor suits nobody, and the only host that it could see has visits already.
    let mut instance = Instance {
        n_visitors: 2,
        host_places: vec![5; 2],
        host_quarters: vec![vec![5]; 2],
        host_load: vec![0, 9],
        needs: vec![Need { visitor: 0, times: 2 }, Need { visitor: 1, times: 1 }],
        offers: vec![offer(0, 1), offer(1, 1)],
        pairs: vec![
            Pair { score: 1.0, ..pair(0, 0) },
            Pair { score: 1.0, ..pair(0, 1) },
            Pair { score: 0.0, ..pair(1, 1) },
        ],
        most_visits: 2,
        load_weight: 1.0,
        decided: Vec::new(),
    };
    for decided in [vec![], vec![0]] {
        instance.decided = decided;
        assert_eq!(instance.plan().expect("there is room").taken, [0, 2], "{:?}", instance.decided);
    }
    instance.decided = vec![1];
    assert_eq!(instance.plan().expect("there is room").taken, [0, 1], "as many needs as can be come first");
}
