//! What may not be told is told nowhere: every public address is walked in a town whose secrets are marked.

use std::collections::BTreeSet;

use hlp_tracker::model::audience::is_public;
use hlp_tracker::model::{Decision, IdentificationStage, Loaded, PracticeStatus, Stage, Trainer};
use jiff::civil::date;
use serde_json::Value;

use super::filters::full;
use super::{Site, ask};
use crate::tracker::town::build;

/// Stands in every text that is not for everybody.
const SECRET: &str = "НУУЦ";

/// The town with a mark in everything internal, and the ids of practices that are not public.
pub fn marked(seed: u64) -> (Loaded, Vec<String>) {
    let mut town = full(seed);
    let hidden: Vec<String> = {
        let snapshot = build(town.clone());
        let practices = snapshot.records.practices.iter();
        practices.filter(|row| !snapshot.standings.is_identified(row)).map(|row| row.id.clone()).collect()
    };
    let records = &mut town.records;
    let secret = || Some(format!("{SECRET} үг"));
    for row in records.practices.iter_mut().filter(|row| hidden.contains(&row.id)) {
        row.title_mn = format!("{SECRET} туршлага");
        (row.title_en, row.summary_mn) = (secret(), secret());
        (row.details.problem_mn, row.details.result_en) = (secret(), secret());
    }
    for row in &mut records.visits {
        (row.learning_points, row.action_plan, row.trainer) = (secret(), secret(), Some("trainer-x".into()));
    }
    for row in &mut records.reviews {
        (row.comment, row.trainer) = (secret(), Some("trainer-x".into()));
    }
    for row in &mut records.needs {
        row.text = secret();
    }
    for row in &mut records.workshops {
        row.venue = secret();
    }
    records.trainers = vec![Trainer {
        id: "trainer-x".into(),
        org: SECRET.into(),
        tot_year: None,
        languages: None,
        active: true,
        illustrative: false,
    }];
    (town, hidden)
}

fn of_ogc(hidden: &[String]) -> Vec<String> {
    let documents = ["/ogc", "/ogc/api", "/ogc/collections", "/ogc/collections/practices/schema"];
    let mut paths = documents.map(str::to_owned).to_vec();
    for id in ["practices", "replications", "khoroos", "khoroo-versions", "districts", "lineage"] {
        for form in ["json", "html"] {
            paths.push(format!("/ogc/collections/{id}?f={form}"));
            paths.push(format!("/ogc/collections/{id}/items?limit=10000&f={form}"));
        }
        paths.extend(hidden.iter().map(|hidden| format!("/ogc/collections/{id}/items/{hidden}")));
    }
    paths
}

pub async fn addresses(site: &Site, hidden: &[String]) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/mn/",
        "/en/",
        "/tiles",
        "/tiles/tracker-2020.json",
        "/tiles/tracker-2022.json",
        "/styles/identifications.json",
        "/legends/replications.json",
        "/api/openapi.json",
        "/api/v1/values/identifications.json?cycle=all",
        "/api/v1/districts",
        "/api/v1/khoroos",
        "/api/v1/khoroos?vintage=2020",
        "/api/v1/vintages",
        "/api/v1/cycles",
        "/api/v1/themes",
        "/api/v1/settings",
        "/api/v1/funding-sources",
        "/api/v1/ratings",
        "/api/v1/steps",
        "/api/v1/replication-statuses",
        "/api/v1/practices",
        "/api/v1/practices?sort=-title_mn&limit=3",
        "/api/v1/replications",
        "/api/v1/workshops",
        "/api/v1/trainings",
        "/api/v1/khoroo-facts",
        "/api/v1/published",
        "/api/v1/definitions",
        "/api/v1/revision",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(hidden.iter().map(|id| format!("/api/v1/practices/{id}")));
    paths.extend(of_ogc(hidden));
    // НУУЦ, НУУЦ туршлага, туршлага, үг, nuuts; and the ids themselves.
    for q in ["%D0%9D%D0%A3%D0%A3%D0%A6", "nuuts%20turshlaga", "turshlaga", "%D2%AF%D0%B3", "q", "a", "2"] {
        paths.push(format!("/api/v1/search?q={q}&limit=100"));
        paths.push(format!("/api/v1/practices?q={q}"));
    }
    paths.extend(hidden.iter().map(|id| format!("/api/v1/search?q={id}")));
    for lang in ["mn", "en"] {
        paths.extend(
            ["practices", "about", "tracker", "tracker?print=1&district=aa"].map(|p| format!("/{lang}/{p}")),
        );
        paths.push(format!("/{lang}/practices?q=nuuts"));
        paths.extend(hidden.iter().map(|id| format!("/{lang}/practices/{id}")));
        for vintage in ["2020", "2022"] {
            let units = [
                "khoroos/aa-1",
                "khoroos/aa-2",
                "khoroos/bb-1",
                "khoroos/bb-2",
                "districts/aa",
                "districts/bb",
            ];
            paths.extend(units.map(|unit| format!("/{lang}/{unit}?vintage={vintage}")));
        }
    }
    paths.push("/sitemap.xml".into());
    for (vintage, codes) in
        [("2020", ["aa-1", "aa-2", "bb-1", "bb-2"]), ("2022", ["aa-1", "aa-2", "bb-1", "bb-2"])]
    {
        paths.extend(codes.map(|code| format!("/api/v1/khoroos/{code}?vintage={vintage}")));
        paths.extend(codes.map(|code| format!("/api/v1/khoroos/{code}/neighbours?vintage={vintage}")));
        for question in ["explain=true", "limit=50&as_of=2022-08-01&explain=true"] {
            let partners = |code| format!("/api/v1/khoroos/{code}/partners?vintage={vintage}&{question}");
            paths.extend(codes.map(partners));
        }
        paths.extend(of_visits(vintage));
        paths.push(format!("/tiles/tracker-{vintage}/0/0/0.mvt"));
        paths.push(format!("/tiles/tracker-{vintage}/6/32/31.mvt"));
    }
    for question in ["cycle=all", "cycle=2022&district=aa", "khoroo=bb-1", "as_of=2022-08-01"] {
        let path = format!("/api/v1/tracker?{question}");
        let (status, cards) = site.get(&path).await;
        assert_eq!(status, 200, "{path}");
        paths.push(path);
        let cards =
            ["steps", "more"].into_iter().flat_map(|part| cards[part].as_array().expect("cards").clone());
        for card in cards {
            for figure in card["figures"].as_array().expect("figures") {
                let (card, figure) = (&card["code"], &figure["id"]);
                for list in ["api/v1", "mn", "en"] {
                    paths.push(
                        format!("/{list}/tracker/records?{question}&card={card}&figure={figure}")
                            .replace('"', "")
                            .replace(' ', "%20"),
                    );
                }
            }
        }
    }
    paths
}

/// Plans, ways of a day, and statistics.
fn of_visits(vintage: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for question in ["visits=3", "themes=any&visits=2&capacity=1"] {
        paths.push(format!("/api/v1/visit-plans?vintage={vintage}&from=2022-08-01&to=2022-08-31&{question}"));
    }
    for form in ["json", "geojson", "ics"] {
        let day = format!("/api/v1/day-routes?from=aa-1&stops=aa-2,bb-1&date=2022-08-01&f={form}");
        paths.push(format!("{day}&vintage={vintage}"));
    }
    for form in ["json", "geojson", "csv"] {
        paths.push(format!("/api/v1/flows?vintage={vintage}&cycle=all&f={form}"));
    }
    for kind in ["queen", "knn"] {
        paths.push(format!("/api/v1/spread?vintage={vintage}&weights={kind}&permutations=99"));
        paths.push(format!("/api/v1/weights.gal?vintage={vintage}&weights={kind}"));
    }
    paths
}

#[tokio::test]
async fn no_public_address_tells_what_is_not_public() {
    for seed in 0..3 {
        let (town, hidden) = marked(seed);
        assert!(hidden.len() > 2, "{hidden:?}");
        let site = Site::of(town);
        let paths = addresses(&site, &hidden).await;
        assert!(paths.len() > 150, "{}", paths.len());
        for path in paths {
            let (status, body) = ask(&site.public, &path).await;
            assert!(matches!(status, 200 | 204 | 404), "{path}: {status}");
            let text = String::from_utf8_lossy(&body);
            assert!(!text.contains(SECRET) && !text.contains("trainer-x"), "{path}: {text}");
            for id in &hidden {
                let quoted = format!("\"{id}\"");
                assert!(!text.contains(&quoted) && !text.contains(&format!("\"{id}/")), "{path} names {id}");
                assert!(!text.contains(&format!("/practices/{id}\"")), "{path} links {id}");
            }
            assert!(!text.contains("77077"), "{path} tells what a training cost");
        }
        // The marks are there to be found: the office sees ids of what it counts.
        let path = "/api/v1/tracker/records?cycle=all&card=identify&figure=identifications";
        let (_, office) = ask(&site.office, path).await;
        assert!(String::from_utf8_lossy(&office).contains(SECRET));
    }
}

#[tokio::test]
async fn a_practice_that_is_not_public_is_not_there_for_either_listener() {
    let (town, hidden) = marked(1);
    let n_public = town.records.practices.len() - hidden.len();
    let site = Site::of(town);
    let (_, unknown) = site.get("/api/v1/practices/nobody").await;
    for router in [&site.public, &site.office] {
        for id in &hidden {
            let (status, body) = ask(router, &format!("/api/v1/practices/{id}")).await;
            let problem: Value = serde_json::from_slice(&body).expect("JSON");
            assert_eq!(status, 404, "{id}");
            assert_eq!(problem.to_string(), unknown.to_string().replace("nobody", id));
            let (status, _) = ask(router, &format!("/api/v1/replications?practice={id}")).await;
            assert_eq!(status, 400, "{id}");
        }
        let (_, body) = ask(router, "/api/v1/practices?limit=1").await;
        let page: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(page["total"], n_public, "what is hidden is not counted either");
    }
}

#[tokio::test]
async fn every_field_of_a_list_is_one_that_is_named_as_public() {
    let site = Site::of(full(2));
    let mut fields = BTreeSet::new();
    let mut note = |subject: &str, item: &Value| {
        let names = item.as_object().expect("an object").keys();
        fields.extend(names.map(|name| format!("{subject}.{name}")));
    };
    for (list, subject) in [
        ("practices", "practice"),
        ("replications", "replication"),
        ("workshops", "workshop"),
        ("trainings", "training"),
        ("khoroo-facts", "khoroo_fact"),
    ] {
        for item in site.items(&format!("/api/v1/{list}")).await {
            note(subject, &item);
            for line in item["budget"].as_array().into_iter().flatten() {
                note("budget_line", line);
            }
        }
    }
    for item in site.items("/api/v1/practices").await {
        let (_, full) = site.get(&format!("/api/v1/practices/{}", item["id"].as_str().expect("an id"))).await;
        for entry in full["entries"].as_array().expect("rounds") {
            note("identification", entry);
        }
    }
    let private: Vec<&String> = fields.iter().filter(|field| !is_public(field)).collect();
    assert!(private.is_empty() && fields.len() > 60, "{private:?} of {}", fields.len());
}

#[tokio::test]
async fn stages_that_a_practice_did_not_pass_are_not_told() {
    let (mut town, _) = marked(1);
    let stage = |stage, decision, awarded| IdentificationStage {
        practice: "p2".into(),
        cycle: "2022".into(),
        stage,
        reached_on: date(2022, 6, 1),
        decision,
        awarded,
        illustrative: false,
    };
    town.records.identification_stages = vec![
        stage(Stage::Khoroo, Decision::Accepted, false),
        stage(Stage::District, Decision::Accepted, true),
        stage(Stage::City, Decision::Rejected, false),
    ];
    assert!(town.records.practices.iter().any(|p| p.id == "p2" && p.status == PracticeStatus::Identified));
    let site = Site::of(town);
    let (_, practice) = site.get("/api/v1/practices/p2").await;
    let stages = &practice["entries"][0]["stages"];
    let told: Vec<_> =
        stages.as_array().expect("stages").iter().map(|s| (&s["stage"], &s["awarded"])).collect();
    assert_eq!(told, [(&"khoroo".into(), &false.into()), (&"district".into(), &true.into())]);
    assert!(!practice.to_string().contains("rejected") && !practice.to_string().contains("\"city\""));
}

#[tokio::test]
async fn a_mean_over_so_few_people_that_it_tells_of_one_is_withheld() {
    let mut town = full(1);
    let scored = |id: &str, n: i64| {
        let mut row = town.records.trainings[0].clone();
        (row.id, row.org) = (id.into(), format!("org {id}"));
        (row.pre_score_pct, row.post_score_pct, row.satisfaction_pct) = (Some(41.0), Some(72.5), Some(83.0));
        (row.n_pre, row.n_post, row.n_survey) = (Some(n), Some(n), Some(n));
        row
    };
    town.records.trainings = vec![scored("few", 4), scored("many", 5)];
    let site = Site::of(town);
    let items = site.items("/api/v1/trainings").await;
    let means = ["pre_score_pct", "post_score_pct", "score_gain_points", "satisfaction_pct"];
    assert_eq!(means.map(|field| items[0][field].clone()), [const { Value::Null }; 4]);
    assert_eq!(means.map(|field| items[1][field].as_f64()), [41.0, 72.5, 31.5, 83.0].map(Some));
    assert_eq!([&items[0]["withheld"], &items[1]["withheld"]], [&Value::from(true), &Value::from(false)]);
    // Neither the card nor the records behind it tell it instead, but to the office.
    let (_, public) = ask(&site.public, "/api/v1/tracker").await;
    let (_, office) = ask(&site.office, "/api/v1/tracker").await;
    let value = |bytes: &[u8], org: &str| {
        let cards: Value = serde_json::from_slice(bytes).expect("JSON");
        let cards = cards["more"].as_array().expect("cards").clone();
        let card =
            cards.into_iter().find(|card| card["code"] == format!("trainings:org {org}")).expect("a card");
        let figures = card["figures"].as_array().expect("figures").clone();
        figures.into_iter().find(|figure| figure["id"] == "satisfaction").expect("a figure")["value"].clone()
    };
    assert_eq!([value(&public, "few"), value(&public, "many")], [Value::Null, 83.into()]);
    assert_eq!(value(&office, "few"), 83);
}
