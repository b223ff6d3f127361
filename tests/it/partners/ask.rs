//! Suggestions over the wire.

use std::collections::BTreeSet;

use hlp_tracker::partners::{Roster, Settings, TravelTimes, rank_all};
use serde_json::Value;

use super::{AUDIENCES, DAYS, asked, city, loaded};
use crate::lists::{Site, ask};

#[tokio::test]
async fn a_suggestion_tells_practice_host_way_parts_and_a_sentence_in_each_language() {
    let site = Site::of(loaded());
    let (status, answer) = site.get("/api/v1/khoroos/bzd-1/partners?theme=waste&as_of=2022-10-12").await;
    assert_eq!(
        (status, &answer["khoroo"], &answer["theme"]),
        (200, &"bzd-1".into(), &"waste".into()),
        "{answer}"
    );
    let partners = answer["partners"].as_array().expect("a list");
    assert!(!partners.is_empty() && partners.len() <= 5);
    for partner in partners {
        assert_eq!(partner["theme"], "waste");
        assert_ne!(partner["code"], "bzd-1");
        let parts = partner["parts"].as_object().expect("parts");
        assert_eq!(parts.len(), 6);
        let sum: f64 = parts.values().map(|points| points.as_f64().expect("points")).sum();
        assert!((sum - partner["score"].as_f64().expect("a score")).abs() < 1e-9, "{partner}");
        let reasons = partner["reasons"].as_array().expect("reasons");
        assert!(reasons.iter().all(|r| r["text_mn"].is_string() && r["text_en"].is_string()));
        let (mn, en) =
            (partner["sentence_mn"].as_str().expect("mn"), partner["sentence_en"].as_str().expect("en"));
        assert!(
            mn.contains("дүүргийн") && mn.contains(partner["title_mn"].as_str().expect("a title")),
            "{mn}"
        );
        let way = if partner["mode"] == "virtual" { "online" } else { "minutes one way" };
        assert!(en.contains(way) && en.ends_with('.'), "{en}");
        let practice = partner["practice"].as_str().expect("an id");
        assert_eq!(site.get(&format!("/api/v1/practices/{practice}")).await.0, 200);
        let host = partner["code"].as_str().expect("a code");
        let near = format!("/api/v1/khoroos/bzd-1/neighbours?by=distance&within_m={}", partner["distance_m"]);
        let (_, near) = site.get(&near).await;
        let is_there = near["neighbours"].as_array().expect("a list").iter().any(|n| n["code"] == host);
        assert!(is_there || near["complete"] == false, "{host} is as far as the neighbours say");
    }
    let visited = &answer["visited"];
    assert!(visited["hosts_visited"].as_u64() <= visited["hosts"].as_u64(), "{visited}");
    assert!(visited["practices_visited"].as_u64() <= visited["practices"].as_u64(), "{visited}");
    assert_eq!(answer["method"]["season"], 1.0);
}

#[tokio::test]
async fn explained_are_all_practices_of_the_theme_that_are_not_suggested() {
    let site = Site::of(loaded());
    let (_, answer) = site.get("/api/v1/khoroos/bzd-1/partners?theme=waste&explain=true&limit=2").await;
    let n_suggested = answer["partners"].as_array().expect("a list").len();
    let passed = answer["not_suggested"].as_array().expect("a list");
    let (_, all) = site.get("/api/v1/practices?theme=waste&limit=1000").await;
    // A practice at home nowhere on this ground is not looked at.
    let n_all = all["total"].as_u64().expect("a number") as usize;
    assert!(n_suggested + passed.len() <= n_all && n_suggested + passed.len() + 3 > n_all, "{n_all}");
    let ranks: Vec<f64> = passed.iter().filter_map(|p| p["reasons"][0]["score"].as_f64()).collect();
    assert!(!ranks.is_empty() && ranks.is_sorted_by(|a, b| a >= b));
    assert!(passed.iter().all(|p| !p["reasons"].as_array().expect("reasons").is_empty()));
}

/// Each practice of the city is suggested or told why not, as the full ranking has it; so number 6 is told too.
#[tokio::test]
async fn every_practice_is_suggested_or_told_why_not() {
    let (site, snapshot, settings) = (Site::of(loaded()), city(), Settings::default());
    let roster = Roster::of(snapshot, &settings, &TravelTimes::default());
    let id = |at: usize| snapshot.records.practices[at].id.clone();
    let mut words = BTreeSet::new();
    for (audience, router) in AUDIENCES.into_iter().zip([&site.public, &site.office]) {
        for code in ["bzd-1", "skhd-9"] {
            let path = format!("/api/v1/khoroos/{code}/partners?explain=true&as_of={}", DAYS[0]);
            let (_, bytes) = ask(router, &path).await;
            let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
            let khoroo = snapshot.vintages[1].geography.khoroo_idx(&code.parse().expect("a code"));
            let asked = asked(1, khoroo.expect("a khoroo"), None, audience);
            let (ranked, passed) = rank_all(snapshot, &roster, &settings, &asked);
            assert!(ranked.len() > 6 && passed.len() > 200, "{path}: {} and {}", ranked.len(), passed.len());
            let told = |list: &str, reason: &dyn Fn(&Value) -> Vec<String>| -> Vec<(String, Vec<String>)> {
                let list = answer[list].as_array().expect("a list").iter();
                list.map(|one| (one["practice"].as_str().expect("an id").to_owned(), reason(one))).collect()
            };
            let mut expected: Vec<(String, Vec<String>)> = passed
                .iter()
                .map(|one| (id(one.practice), one.reasons.iter().map(|why| why.word().to_owned()).collect()))
                .collect();
            let next = ranked.iter().skip(asked.limit);
            expected.extend(next.map(|one| (id(one.practice), vec!["ranked_below".to_owned()])));
            let reasons = |one: &Value| -> Vec<String> {
                let reasons = one["reasons"].as_array().expect("reasons").iter();
                reasons.map(|why| why["code"].as_str().expect("a word").to_owned()).collect()
            };
            assert_eq!(told("not_suggested", &reasons), expected, "{path}");
            let suggested: Vec<String> =
                told("partners", &|_| Vec::new()).into_iter().map(|(practice, _)| practice).collect();
            let best: Vec<String> = ranked.iter().take(asked.limit).map(|one| id(one.practice)).collect();
            assert_eq!(suggested, best, "{path}");
            assert_eq!(answer["not_suggested_total"], expected.len());
            words.extend(expected.into_iter().flat_map(|(_, reasons)| reasons));
            let sixth = answer["not_suggested"].as_array().expect("a list").get(passed.len());
            assert_eq!(sixth.expect("number 6")["reasons"][0]["text_en"], "number 6 by score");
        }
    }
    for word in ["own_practice", "archived", "no_open_offer", "ranked_below"] {
        assert!(words.contains(word), "{word} is tried: {words:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused_by_name() {
    let site = Site::of(loaded());
    for (query, parameter) in [
        ("limit=0", "limit"),
        ("limit=1000000000", "limit"),
        ("theme=noise", "theme"),
        ("explain=maybe", "explain"),
        ("as_of=tomorrow", "as_of"),
        ("as_of=9999-12-31", "as_of"),
        ("as_of=-009999-01-01", "as_of"),
        ("mode=phone", "mode"),
        ("vintage=1999", "vintage"),
    ] {
        let (status, problem) = site.get(&format!("/api/v1/khoroos/bzd-1/partners?{query}")).await;
        assert_eq!((status, problem["parameter"].as_str()), (400, Some(parameter)), "{query}: {problem}");
    }
    let [before, after] = [0, 1].map(|vintage| &city().vintages[vintage].geography.khoroos);
    let new = after.iter().find(|unit| before.iter().all(|old| old.code != unit.code)).expect("some are new");
    let (status, problem) = site.get(&format!("/api/v1/khoroos/{}/partners?vintage=2020", new.code)).await;
    assert_eq!(status, 404);
    assert!(problem["detail"].as_str().expect("a text").contains("it is in `2022`"), "{problem}");
}

#[tokio::test]
async fn an_exclave_is_shown_online_what_is_too_far_to_visit() {
    let site = Site::of(loaded());
    let (_, answer) = site.get("/api/v1/khoroos/bn-1/partners?limit=50&as_of=2023-05-15").await;
    let partners = answer["partners"].as_array().expect("a list");
    let nearness = |partner: &serde_json::Value| {
        let reasons = partner["reasons"].as_array().expect("reasons");
        reasons.iter().find(|reason| reason["part"] == "proximity").expect("a reason").clone()
    };
    let minutes =
        |partner: &&serde_json::Value| nearness(partner)["input"]["minutes"].as_f64().expect("minutes");
    let far: Vec<_> = partners.iter().filter(|partner| minutes(partner) > 120.0).collect();
    assert!(!far.is_empty(), "{answer}");
    for partner in far {
        assert_eq!(partner["mode"], "virtual");
        assert!(partner["minutes"].is_null() && partner["travel"].is_null(), "nobody travels: {partner}");
        let reason = nearness(partner);
        let said = reason["text_en"].as_str().expect("a text");
        assert!(said.starts_with("online, so nobody travels"), "{said}");
    }
    let (_, on_site) = site.get("/api/v1/khoroos/bn-1/partners?limit=50&mode=face_to_face").await;
    let on_site = on_site["partners"].as_array().expect("a list");
    assert!(on_site.iter().all(|p| p["minutes"].as_f64().expect("minutes") <= 120.0));
}
