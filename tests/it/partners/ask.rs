//! Suggestions over the wire.

use super::{city, loaded};
use crate::lists::Site;

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

/// Of a whole city's practices not all are told, but how many there are, and each that cannot be shown.
#[tokio::test]
async fn explained_are_first_those_that_cannot_be() {
    let site = Site::of(loaded());
    let (_, answer) = site.get("/api/v1/khoroos/bzd-1/partners?explain=true").await;
    let passed = answer["not_suggested"].as_array().expect("a list");
    let total = answer["not_suggested_total"].as_u64().expect("a number") as usize;
    assert!(passed.len() == 200 && total > 200, "{} of {total}", passed.len());
    assert_eq!(total + 5, answer["visited"]["practices"].as_u64().expect("a number") as usize);
    let is_ranked = |one: &&serde_json::Value| one["reasons"][0]["code"] == "ranked_below";
    let n_barred = passed.iter().take_while(|one| !is_ranked(one)).count();
    assert!(n_barred > 0 && passed[n_barred..].iter().all(|one| is_ranked(&one)), "{n_barred}");
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
    let far: Vec<_> = partners.iter().filter(|p| p["minutes"].as_f64().expect("minutes") > 120.0).collect();
    assert!(!far.is_empty(), "{answer}");
    assert!(far.iter().all(|p| p["mode"] == "virtual"));
    let (_, on_site) = site.get("/api/v1/khoroos/bn-1/partners?limit=50&mode=face_to_face").await;
    let on_site = on_site["partners"].as_array().expect("a list");
    assert!(on_site.iter().all(|p| p["minutes"].as_f64().expect("minutes") <= 120.0));
}
