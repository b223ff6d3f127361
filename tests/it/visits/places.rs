//! What the office's plans take of offers, hosts and quarters.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::model::{Loaded, Mode, Offer, OfferStatus, Visit, VisitPractice, VisitStatus};
use jiff::civil::date;
use serde_json::Value;

use super::{PLANS, get, list, text};
use crate::lists::Site;
use crate::partners::{city, loaded};

/// The demo without visits, with two open offers, both of one host; gives their practices.
fn with_offers(capacities: [i64; 2]) -> (Loaded, [String; 2]) {
    let of_one_host = offered().into_values().find(|practices| practices.len() > 1);
    let practices = of_one_host.expect("a host with two offers").into_iter().take(2).collect::<Vec<_>>();
    let practices: [String; 2] = practices.try_into().expect("two");
    (reduced(&practices, capacities), practices)
}

/// Practices with offers by the host, of one district.
fn offered() -> BTreeMap<String, BTreeSet<String>> {
    let mut of_host: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_shown = |practice: &str| city().public_practice(practice).is_some();
    for offer in loaded().records.offers.iter().filter(|offer| is_shown(&offer.practice)) {
        if let Some(code) =
            offer.khoroo.to_string().strip_prefix("2022:").filter(|code| code.starts_with("bzd-"))
        {
            of_host.entry(code.to_owned()).or_default().insert(offer.practice.clone());
        }
    }
    of_host
}

/// The demo without visits, with one open offer of each practice.
fn reduced(practices: &[String; 2], capacities: [i64; 2]) -> Loaded {
    let mut town = loaded();
    let records = &mut town.records;
    records.visits.clear();
    records.visit_practices.clear();
    records.visit_visitors.clear();
    let mut seen = BTreeSet::new();
    records.offers.retain(|offer| practices.contains(&offer.practice) && seen.insert(offer.practice.clone()));
    for offer in &mut records.offers {
        let nth = usize::from(offer.practice == practices[1]);
        offer.capacity_per_quarter = capacities[nth];
        (offer.mode, offer.max_group, offer.status) = (None, None, OfferStatus::Open);
    }
    records.replications.retain(|copy| !practices.contains(&copy.practice));
    town
}

#[tokio::test]
async fn a_host_with_places_free_is_none_of_those_without() {
    let mut hosts = offered().into_iter();
    let [(_, wide), (narrow_host, narrow)] = [(); 2].map(|()| hosts.next().expect("two hosts"));
    let practices = [wide, narrow].map(|practices| practices.into_iter().next().expect("an offer"));
    let site = Site::of(reduced(&practices, [90, 1]));
    let plan = plan(&site, "visits=2&from=2022-10-03&to=2022-10-31").await;
    let taken: Vec<&Value> =
        list(&plan["unserved"]).iter().filter(|one| one["code"] == "places_taken").collect();
    assert!(taken.len() > 2, "{plan}");
    for one in taken {
        assert_eq!(list(&one["hosts"]), &[Value::from(narrow_host.as_str())], "{one}");
        assert!(text(&one["text_en"]).contains("(hosts: 1)"), "{one}");
    }
}

async fn plan(site: &Site, query: &str) -> Value {
    let answer = get(&site.office, &format!("{PLANS}?district=bzd&themes=any&{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

fn n_shown(plan: &Value, practice: &str) -> usize {
    list(&plan["assignments"]).iter().filter(|one| one["practice"] == practice).count()
}

#[tokio::test]
async fn the_office_sends_to_each_offer_no_more_than_it_takes() {
    for capacities in [[1, 5], [5, 1]] {
        let (town, practices) = with_offers(capacities);
        let site = Site::of(town);
        let plan = plan(&site, "from=2022-10-03&to=2022-10-31").await;
        let shown = practices.each_ref().map(|practice| n_shown(&plan, practice) as i64);
        assert_eq!(shown, capacities);
        for by_hand in ["nearest", "greedy"] {
            assert_eq!(plan["comparison"][by_hand]["needs_served"], 6);
        }
        let host = &plan["hosts"][0];
        assert_eq!((&host["visits"], &host["places"]), (&6.into(), &6.into()), "{host}");
        let quarter = &host["quarters"][0];
        assert_eq!((&quarter["quarter"], &quarter["places"]), (&"2022-Q4".into(), &6.into()), "{quarter}");
        for room in list(&quarter["practices"]) {
            let nth = usize::from(room["practice"] == practices[1].as_str());
            assert_eq!(
                (&room["places"], &room["visits"]),
                (&capacities[nth].into(), &capacities[nth].into())
            );
        }
        assert!(list(&plan["assignments"]).iter().all(|one| one["quarter"] == "2022-Q4"));
        let fewer = format!("from=2022-10-03&to=2022-10-31&capacity={}", 3);
        let fewer = self::plan(&site, &fewer).await;
        assert_eq!((&fewer["needs_served"], &fewer["hosts"][0]["places"]), (&3.into(), &3.into()));
        assert!(practices.iter().zip(capacities).all(|(one, most)| n_shown(&fewer, one) as i64 <= most));
    }
}

/// Two offers of one practice: one visit on site of a few people, five online of any number.
fn of_two_forms() -> (Loaded, String) {
    let (mut town, practices) = with_offers([1, 1]);
    let offers = &mut town.records.offers;
    offers.retain(|offer| offer.practice == practices[0]);
    let online = Offer {
        id: "o-online".into(),
        mode: Some(Mode::Virtual),
        capacity_per_quarter: 5,
        ..offers[0].clone()
    };
    (offers[0].mode, offers[0].max_group) = (Some(Mode::FaceToFace), Some(10));
    offers.push(online);
    let [practice, _] = practices;
    (town, practice)
}

#[tokio::test]
async fn a_place_of_an_offer_is_no_place_for_a_visit_that_it_does_not_take() {
    let (town, practice) = of_two_forms();
    let site = Site::of(town);
    for (query, expected) in [
        ("mode=face_to_face", 1),
        ("mode=face_to_face&group=20", 0),
        ("mode=virtual", 5),
        ("mode=virtual&group=20", 5),
        ("mode=hybrid", 1),
        ("mode=hybrid&group=20", 0),
    ] {
        let plan = plan(&site, &format!("from=2022-10-03&to=2022-10-31&{query}")).await;
        assert_eq!(n_shown(&plan, &practice), expected, "{query}");
    }
    for mode in ["face_to_face", "hybrid"] {
        let plan = plan(&site, &format!("from=2022-10-03&to=2022-10-31&mode={mode}&group=20")).await;
        let barred = &plan["unserved"][0]["barred"];
        assert_eq!(barred["group_too_large"], 1, "{mode}: {barred}");
    }
}

/// Without a form each visit has its own; its places are those of the offers that take it.
#[tokio::test]
async fn a_plan_of_both_forms_takes_of_each_no_more_than_is_offered() {
    let shown_as = |plan: &Value, practice: &str, mode: &str| {
        let is_it = |one: &&Value| one["practice"] == practice && one["mode"] == mode;
        list(&plan["assignments"]).iter().filter(is_it).count()
    };
    let (mut town, practice) = of_two_forms();
    let check = async |town: &Loaded, query: &str, expected: [usize; 2]| {
        let site = Site::of(town.clone());
        let plan = plan(&site, &format!("from=2022-10-03&to=2022-10-31{query}")).await;
        let found = ["face_to_face", "virtual"].map(|mode| shown_as(&plan, &practice, mode));
        assert_eq!(found, expected, "{query}");
        for by_hand in ["nearest", "greedy"] {
            assert_eq!(plan["comparison"][by_hand]["needs_served"], expected.iter().sum::<usize>());
        }
    };
    check(&town, "", [1, 0]).await;
    // Twenty people are too many on site, and any number may come online.
    check(&town, "&group=20", [0, 5]).await;
    let offers = &mut town.records.offers;
    let of_any = Offer { id: "o-any".into(), mode: None, capacity_per_quarter: 2, ..offers[0].clone() };
    offers.push(of_any);
    check(&town, "", [3, 0]).await;
    check(&town, "&mode=virtual", [0, 7]).await;
    let site = Site::of(town);
    let hybrid = plan(&site, "from=2022-10-03&to=2022-10-31&mode=hybrid").await;
    assert_eq!(shown_as(&hybrid, &practice, "hybrid"), 3);
}

#[tokio::test]
async fn a_period_of_two_quarters_says_in_which_there_is_room() {
    let (mut town, practices) = with_offers([1, 1]);
    let kept = &town.records.offers[0];
    let of_demo = loaded().records.visits;
    let agreed = Visit {
        id: "v-agreed".into(),
        host: kept.khoroo.clone(),
        held_on: date(2022, 10, 20),
        status: VisitStatus::Accepted,
        ..of_demo.into_iter().find(|visit| visit.cycle == "2022").expect("a visit")
    };
    town.records.visit_practices.push(VisitPractice {
        visit: agreed.id.clone(),
        practice: practices[0].clone(),
        illustrative: true,
    });
    town.records.visits.push(agreed);
    let site = Site::of(town);
    let plan = plan(&site, "from=2022-09-26&to=2022-10-31").await;
    let told: BTreeSet<(&str, &str)> = list(&plan["assignments"])
        .iter()
        .map(|one| (text(&one["practice"]), text(&one["quarter"])))
        .collect();
    let [first, second] = practices.each_ref().map(String::as_str);
    // The agreed visit has the first offer's place in the second quarter.
    assert_eq!(told, BTreeSet::from([(first, "2022-Q3"), (second, "2022-Q3"), (second, "2022-Q4")]));
    let quarters: Vec<(&str, &str, &str, u64)> = list(&plan["hosts"][0]["quarters"])
        .iter()
        .map(|of| {
            (text(&of["quarter"]), text(&of["from"]), text(&of["to"]), of["places"].as_u64().expect("places"))
        })
        .collect();
    assert_eq!(
        quarters,
        [("2022-Q3", "2022-09-26", "2022-09-30", 2), ("2022-Q4", "2022-10-01", "2022-10-31", 1)]
    );
    let page =
        get(&site.office, "/en/visits/month?district=bzd&themes=any&from=2022-09-26&to=2022-10-31").await;
    assert!(page.text().contains("quarter 3 of 2022: 2 / 2"), "{}", page.text());
    assert!(page.text().contains("quarter 4 of 2022: 1 / 1"));
}

#[tokio::test]
async fn a_quarter_of_which_the_period_has_no_working_day_gives_no_room() {
    let (town, _) = with_offers([1, 1]);
    let site = Site::of(town);
    // 1 October is a Saturday.
    let plan = plan(&site, "from=2022-09-26&to=2022-10-02").await;
    assert_eq!(plan["hosts"][0]["places"], 2);
    assert!(list(&plan["assignments"]).iter().all(|one| one["quarter"] == "2022-Q3"), "{plan}");
}

#[tokio::test]
async fn the_public_is_told_nothing_of_quarters() {
    let (town, _) = with_offers([1, 5]);
    let site = Site::of(town);
    let path = format!("{PLANS}?district=bzd&capacity=9&from=2022-09-26&to=2022-10-31");
    let plan = get(&site.public, &path).await.json();
    assert_eq!(plan["needs_served"], 9);
    assert!(list(&plan["assignments"]).iter().all(|one| one["quarter"].is_null()));
    assert!(list(&plan["hosts"][0]["quarters"]).is_empty());
}
