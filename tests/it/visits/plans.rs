//! Who visits whom.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Method;
use hlp_tracker::model::{Visit, VisitPractice, VisitStatus, VisitVisitor};
use jiff::civil::date;
use serde_json::{Value, json};

use super::{PLANS, city, get, list, post, send, text};
use crate::lists::Site;
use crate::partners::loaded;

const PERIOD: &str = "from=2022-10-03&to=2022-10-31";

async fn plan(router: &axum::Router, query: &str) -> Value {
    let answer = get(router, &format!("{PLANS}?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("no number: {value}"))
}

#[tokio::test]
async fn a_plan_keeps_to_places_and_visits_and_tells_why_them() {
    let site = city();
    let plan = plan(&site.public, &format!("district=bzd&themes=waste,green&visits=2&{PERIOD}")).await;
    let assignments = list(&plan["assignments"]);
    assert!(assignments.len() > 10, "{}", assignments.len());
    assert_eq!(plan["needs"], list(&plan["assignments"]).len() + missing(&plan), "every need is told of");
    assert_eq!(plan["needs_served"], assignments.len());
    let (mut of_visitor, mut of_host) = (BTreeMap::new(), BTreeMap::new());
    for one in assignments {
        let (visitor, host) = (text(&one["visitor"]["code"]), text(&one["host"]["code"]));
        assert!(visitor != host && one["visitor"]["district"] == "bzd", "{one}");
        assert_eq!(one["need"], one["theme"]);
        *of_visitor.entry(visitor).or_insert(0) += 1;
        *of_host.entry(host).or_insert(0) += 1;
        let sum: f64 = one["parts"].as_object().expect("parts").values().map(number).sum();
        assert!((sum - number(&one["score"])).abs() < 1e-9, "{one}");
        assert!(text(&one["sentence_mn"]).contains(text(&one["title_mn"])), "{one}");
        assert!(text(&one["sentence_en"]).ends_with('.'), "{one}");
        for other in list(&one["alternatives"]) {
            assert!(number(&other["score"]) <= 1.0 && other["practice"] != one["practice"], "{one}");
        }
    }
    assert!(of_visitor.values().all(|n| *n <= 2), "{of_visitor:?}");
    assert!(of_host.values().all(|n| *n <= 2), "{of_host:?}");
    for host in list(&plan["hosts"]) {
        assert_eq!(host["visits"], of_host[text(&host["code"])]);
        assert_eq!(host["places"], 2);
    }
    assert_eq!(list(&plan["hosts"]).len(), of_host.len());
    let compared = &plan["comparison"];
    for by_hand in ["nearest", "greedy"] {
        assert!(compared[by_hand]["needs_served"].as_u64() <= compared["plan"]["needs_served"].as_u64());
    }
    assert!(number(&compared["nearest"]["mean_minutes"]) <= number(&compared["greedy"]["mean_minutes"]));
    assert_eq!(plan["effect"], Value::Null);
    assert_eq!(plan["working_days"], 21);
    let said = text(&plan["sentence_en"]);
    assert!(said.contains(&format!("answers {} of {}", plan["needs_served"], plan["needs"])), "{said}");
}

#[tokio::test]
async fn nobody_goes_twice_where_another_could_go_once() {
    let site = city();
    let mut served = Vec::new();
    for visits in 1..=5 {
        let query = format!("district=all&visits={visits}&from=2023-05-01&to=2023-05-31");
        let plan = plan(&site.public, &query).await;
        let assignments = list(&plan["assignments"]);
        let visitors: BTreeSet<&str> = assignments.iter().map(|one| text(&one["visitor"]["code"])).collect();
        assert_eq!(plan["comparison"]["plan"]["visitors_served"], visitors.len(), "{visits}");
        served.push((assignments.len(), visitors.len()));
    }
    // More visits for each may answer more needs, and reach no fewer visitors.
    assert!(served.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1), "{served:?}");
}

#[tokio::test]
async fn a_need_that_finds_no_place_names_the_hosts_that_could_answer_it() {
    let site = city();
    let plan =
        plan(&site.public, &format!("district=bzd&themes=waste,green&visits=2&capacity=1&{PERIOD}")).await;
    let taken = list(&plan["unserved"]).iter().filter(|one| one["code"] == "places_taken");
    let mut n_checked = 0;
    for one in taken {
        let (visitor, need) = (text(&one["visitor"]["code"]), text(&one["need"]));
        let path = format!("/api/v1/khoroos/{visitor}/partners?theme={need}&as_of=2022-10-03&limit=50");
        let partners = get(&site.public, &path).await.json();
        let partners = list(&partners["partners"]);
        let could: BTreeSet<&str> = partners.iter().map(|partner| text(&partner["code"])).collect();
        let named: BTreeSet<&str> = list(&one["hosts"]).iter().map(text).collect();
        if partners.len() < 50 {
            assert!(!named.is_empty() && named.is_subset(&could), "{one}");
            assert!(named.len() == could.len().min(20), "{one}");
            n_checked += 1;
        }
    }
    assert!(n_checked > 0, "some places are taken");
}

fn missing(plan: &Value) -> usize {
    list(&plan["unserved"]).iter().map(|one| one["missing"].as_u64().expect("a number") as usize).sum()
}

#[tokio::test]
async fn a_visit_online_is_told_as_one_and_takes_no_time_on_the_way() {
    let site = city();
    let plan = plan(&site.public, &format!("district=all&themes=waste&capacity=100&{PERIOD}")).await;
    let (online, journeys): (Vec<&Value>, Vec<&Value>) =
        list(&plan["assignments"]).iter().partition(|one| one["mode"] == "virtual");
    assert!(!online.is_empty() && journeys.len() > 100, "{} and {}", online.len(), journeys.len());
    assert_eq!(plan["comparison"]["plan"]["online"], online.len());
    for one in online {
        assert!(text(&one["sentence_en"]).contains("”: online"), "{one}");
        assert!(text(&one["sentence_mn"]).contains("цахимаар"), "{one}");
        assert!(one["minutes"].is_null() && one["travel"].is_null(), "{one}");
    }
    let others = list(&plan["assignments"]).iter().flat_map(|one| list(&one["alternatives"]));
    let (online, on_site): (Vec<&Value>, Vec<&Value>) = others.partition(|other| other["mode"] == "virtual");
    assert!(!online.is_empty() && online.iter().all(|other| other["minutes"].is_null()));
    assert!(!on_site.is_empty() && on_site.iter().all(|other| other["minutes"].is_f64()));
    let sum = journeys.iter().map(|one| number(&one["minutes"])).sum::<f64>();
    let told = &plan["comparison"]["plan"];
    assert!((sum - number(&told["total_minutes"])).abs() <= 0.05, "{told} instead of {sum}");
    let mean = sum / journeys.len() as f64;
    assert!((mean - number(&told["mean_minutes"])).abs() <= 0.05, "{told} instead of {mean}");
    for figures in ["plan", "nearest", "greedy"].map(|of| &plan["comparison"][of]) {
        let visits = number(&figures["journeys"]) + number(&figures["online"]);
        assert!((visits - number(&figures["needs_served"])).abs() < 0.5, "{figures}");
    }
    let said = format!("{} on site (", told["journeys"]);
    assert!(text(&plan["sentence_en"]).contains(&said), "{}", plan["sentence_en"]);
    let said = format!("цахимаар {}", told["online"]);
    assert!(text(&plan["sentence_mn"]).contains(&said), "{}", plan["sentence_mn"]);
}

#[tokio::test]
async fn what_is_agreed_for_the_period_is_not_planned_once_more() {
    let query = format!("visitors=bzd-1&themes=waste&{PERIOD}");
    let before = city();
    let [first, told] = [plan(&before.office, &query).await, plan(&before.public, &query).await];
    let one = &first["assignments"][0];
    for status in [VisitStatus::Accepted, VisitStatus::Held] {
        let mut town = loaded();
        let records = &mut town.records;
        let visit = Visit {
            id: "v-agreed".into(),
            host: format!("2022:{}", text(&one["host"]["code"])).parse().expect("a khoroo"),
            held_on: date(2022, 10, 20),
            status,
            ..records.visits.iter().find(|visit| visit.cycle == "2022").expect("a visit").clone()
        };
        records.visit_practices.push(VisitPractice {
            visit: visit.id.clone(),
            practice: text(&one["practice"]).into(),
            illustrative: true,
        });
        records.visit_visitors.push(VisitVisitor {
            visit: visit.id.clone(),
            khoroo: "2022:bzd-1".parse().expect("a khoroo"),
            people: None,
            illustrative: true,
        });
        records.visits.push(visit);
        let after = Site::of(town);
        let second = plan(&after.office, &query).await;
        assert_ne!(second["assignments"][0]["practice"], one["practice"], "{second}");
        assert_eq!(plan(&after.public, &query).await["assignments"], told["assignments"]);
    }
}

#[tokio::test]
async fn a_score_is_the_one_of_the_suggestion() {
    let site = city();
    let plan = plan(&site.public, &format!("visitors=bzd-1&themes=waste&{PERIOD}")).await;
    let one = &plan["assignments"][0];
    let path = "/api/v1/khoroos/bzd-1/partners?theme=waste&as_of=2022-10-03&limit=1";
    let partners = get(&site.public, path).await.json();
    let best = &partners["partners"][0];
    for field in ["practice", "score", "parts", "minutes", "distance_m", "mode", "sentence_mn", "sentence_en"]
    {
        assert_eq!(one[field], best[field], "{field}");
    }
    assert_eq!(one["host"]["code"], best["code"]);
}

#[tokio::test]
async fn without_themes_each_visitor_goes_where_it_learns_most() {
    let site = city();
    let plan = plan(&site.public, &format!("district=all&capacity=10&visits=2&{PERIOD}")).await;
    assert_eq!((&plan["visitors"], &plan["needs"]), (&json!(204), &json!(408)));
    assert!(plan["needs_served"].as_u64() > Some(390), "{}", plan["needs_served"]);
    assert!(list(&plan["assignments"]).iter().all(|one| one["need"].is_null()));
    let nobody = get(&site.public, &format!("{PLANS}?capacity=10&visits=2&{PERIOD}")).await.json();
    assert_eq!(nobody, plan, "who names nobody asks for all");
}

#[tokio::test]
async fn needs_of_single_khoroos_are_planned_by_their_urgency() {
    let site = city();
    let query = format!("needs=bzd-1:waste:3,bzd-2:waste:1,bzd-2:green&visits=3&{PERIOD}");
    let plan = plan(&site.public, &query).await;
    assert_eq!((&plan["visitors"], &plan["needs"]), (&json!(2), &json!(3)));
    let of = |visitor: &str, theme: &str| {
        let mut of_both = list(&plan["assignments"]).iter();
        let found = of_both.find(|one| one["visitor"]["code"] == visitor && one["need"] == theme);
        number(&found.unwrap_or_else(|| panic!("{visitor} {theme}"))["parts"]["need"])
    };
    assert!(of("bzd-1", "waste") > of("bzd-2", "green") && of("bzd-2", "green") > of("bzd-2", "waste"));
}

#[tokio::test]
async fn a_visit_decided_by_hand_stays_and_its_effect_is_told() {
    let site = city();
    let query = format!("district=bzd&themes=waste&{PERIOD}");
    let free = plan(&site.public, &query).await;
    let one = list(&free["assignments"])
        .iter()
        .find(|one| !list(&one["alternatives"]).is_empty())
        .expect("somebody could go elsewhere");
    let (visitor, other) = (text(&one["visitor"]["code"]), &one["alternatives"][0]);
    let fixed = format!("{query}&fixed={visitor}:{}", text(&other["practice"]));
    let decided = plan(&site.public, &fixed).await;
    let kept = list(&decided["assignments"]).iter().filter(|one| one["fixed"] == true).collect::<Vec<_>>();
    assert_eq!(kept.len(), 1);
    assert_eq!((&kept[0]["visitor"]["code"], &kept[0]["practice"]), (&visitor.into(), &other["practice"]));
    let effect = &decided["effect"];
    assert_eq!(effect["without_fixed"], free["comparison"]["plan"]);
    let served = |plan: &Value| plan["needs_served"].as_i64().expect("a number");
    assert_eq!(served(effect), served(&decided) - served(&free));
    let is_it = |visit: &Value| visit["visitor"] == visitor && visit["practice"] == other["practice"];
    assert!(list(&effect["added"]).iter().any(is_it), "{effect}");
    assert!(!list(&effect["dropped"]).is_empty(), "{effect}");
    assert!(text(&effect["text_mn"]).contains("нөлөө") && text(&effect["text_en"]).contains("by hand"));
}

#[tokio::test]
async fn a_link_and_a_body_that_ask_the_same_get_the_same_bytes() {
    let site = city();
    let link = format!(
        "{PLANS}?visitors=bzd-1,bzd-2&district=bkh&needs=bzd-2:green:2&themes=waste&visits=2&capacity=3&group=12&\
         mode=face_to_face&fairness=0.1&vintage=2022&{PERIOD}"
    );
    let body = json!({
        "visitors": ["bzd-1", "bzd-2"], "district": ["bkh"], "themes": ["waste"], "visits": 2, "capacity": 3,
        "needs": [{"khoroo": "bzd-2", "theme": "green", "urgency": 2}], "group": 12, "mode": "face_to_face",
        "fairness": 0.1, "vintage": "2022", "from": "2022-10-03", "to": "2022-10-31", "fixed": [],
    });
    let (read, sent) = (get(&site.public, &link).await, post(&site.public, &body.to_string()).await);
    assert_eq!((read.status, sent.status), (200, 200), "{}", sent.text());
    assert_eq!(read.body, sent.body);
    assert_eq!(sent.header("cache-control"), "no-store");
    assert!(read.header("cache-control").contains("max-age=60"));
    let known = [("if-none-match", read.header("etag")), ("content-type", "application/json")];
    assert_eq!(send(&site.public, Method::GET, &link, &known[..1], Body::empty()).await.status, 304);
    let again = send(&site.public, Method::POST, PLANS, &known, Body::from(body.to_string())).await;
    assert_eq!(again.status, 200, "what is sent is always answered");
}

#[tokio::test]
async fn the_office_plans_by_needs_on_record_and_what_hosts_still_take() {
    let site = city();
    // After most needs were told.
    let path = format!("{PLANS}?district=all&visits=3&from=2023-08-01&to=2023-08-31");
    let (public, office) = (get(&site.public, &path).await.json(), get(&site.office, &path).await.json());
    assert_eq!(public["capacity_source"], "default");
    assert_eq!(office["capacity_source"], "offers");
    assert!(list(&public["withheld"]).contains(&"host_load".into()));
    assert_eq!((list(&public["without_needs"]).len(), list(&office["withheld"]).len()), (0, 0));
    let n_wanting = 204 - list(&office["without_needs"]).len();
    assert!(n_wanting > 10 && n_wanting < 204, "{n_wanting}");
    assert!(list(&office["assignments"]).iter().all(|one| one["need"].is_string()));
    let places: Vec<u64> =
        list(&office["hosts"]).iter().map(|host| host["places"].as_u64().expect("a number")).collect();
    assert!(places.iter().any(|n| *n != places[0]), "each host has its own: {places:?}");
    // A group that few take leaves fewer practices for the office, and moves nothing for the public.
    let large = format!("{path}&group=200&themes=waste");
    let small = format!("{path}&group=4&themes=waste");
    let served = |plan: Value| plan["needs_served"].as_u64().expect("a number");
    let [few, many] = [get(&site.office, &large).await.json(), get(&site.office, &small).await.json()];
    assert!(served(few) < served(many));
    let told = |plan: Value| plan["assignments"].clone();
    assert_eq!(told(get(&site.public, &large).await.json()), told(get(&site.public, &small).await.json()));
}

#[tokio::test]
async fn what_cannot_be_served_is_told_with_its_reason() {
    let site = city();
    let tight =
        plan(&site.public, &format!("district=all&themes=waste,green&visits=1&capacity=1&{PERIOD}")).await;
    let codes: Vec<&str> = list(&tight["unserved"]).iter().map(|one| text(&one["code"])).collect();
    assert!(codes.contains(&"visits_used") && codes.contains(&"places_taken"), "{codes:?}");
    for one in list(&tight["unserved"]) {
        assert!(!text(&one["text_mn"]).is_empty() && !text(&one["text_en"]).is_empty());
        match text(&one["code"]) {
            "places_taken" => assert!(!list(&one["hosts"]).is_empty(), "{one}"),
            "no_host" => assert!(!one["barred"].as_object().expect("counts").is_empty(), "{one}"),
            _ => {}
        }
    }
    // On site, nobody comes from the exclave.
    let far = plan(&site.public, &format!("visitors=bn-1&themes=waste&mode=face_to_face&{PERIOD}")).await;
    let one = &far["unserved"][0];
    assert_eq!(one["code"], "no_host", "{far}");
    assert!(one["barred"]["too_far"].as_u64() > Some(0), "{one}");
}
