//! What bounds a search: parts of the city, pages, what is no question, an index that is patched.

use std::sync::Arc;
use std::time::Duration;

use hlp_tracker::model::{Lang, PracticeStatus};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::snapshot::search::{Kind, Scope, Typed};
use serde_json::Value;

use super::{city, found};
use crate::lists::{Site, ids};
use crate::tracker::town::build;

#[tokio::test]
async fn nothing_to_look_for_is_refused() {
    let site = Site::of(city());
    let long: String = "a".repeat(101);
    for (query, code, parameter) in [
        ("", "missing_parameter", "q"),
        ("q=", "invalid_parameter", "q"),
        ("q=%20-%20", "invalid_parameter", "q"),
        (&*format!("q={long}"), "invalid_parameter", "q"),
        ("q=a&kind=street", "invalid_parameter", "kind"),
        ("q=a&limit=101", "invalid_parameter", "limit"),
        ("q=a&limit=0", "invalid_parameter", "limit"),
        ("q=a&vintage=1999", "invalid_parameter", "vintage"),
        ("q=a&lang=de", "invalid_parameter", "lang"),
        ("q=a&sort=id", "unknown_parameter", "sort"),
    ] {
        let (status, problem) = site.get(&format!("/api/v1/search?{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert_eq!(
            (problem["code"].as_str(), problem["parameter"].as_str()),
            (Some(code), Some(parameter)),
            "{query}"
        );
    }
    let (status, _) = site.get(&format!("/api/v1/search?q={}", &long[1..])).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn what_is_found_is_walked_page_by_page_within_a_revision() {
    let loaded = city();
    let site = Site::of(loaded.clone());
    let whole = found(&site, "Баянзүрх", "").await;
    let mut walked = Vec::new();
    let mut next = Some("?q=bzd&limit=7".to_owned());
    let mut second = None;
    while let Some(query) = next {
        let (status, page) = site.get(&format!("/api/v1/search{query}")).await;
        assert_eq!((status, page["total"].as_u64()), (200, Some(44)), "{query}");
        walked.extend(page["items"].as_array().expect("items").clone());
        next = page["next"].as_str().map(str::to_owned);
        second = second.or_else(|| next.clone());
    }
    assert_eq!(ids(&walked), ids(&whole));
    let mut changed = loaded;
    changed.revision.seq += 1;
    site.app.publish(Arc::new(build(changed)), Duration::ZERO);
    let (status, problem) = site.get(&format!("/api/v1/search{}", second.expect("a second page"))).await;
    assert_eq!((status, problem["code"].as_str()), (410, Some("list_changed")));
}

#[tokio::test]
async fn within_a_district_only_what_stands_there_is_found_and_counted() {
    let site = Site::of(city());
    let everywhere = found(&site, "1", "").await;
    let within = found(&site, "1", "&district=bzd").await;
    let of_bzd =
        |items: &[Value]| items.iter().filter(|item| item["district"] == "bzd").cloned().collect::<Vec<_>>();
    assert!(!within.is_empty() && within.len() < everywhere.len());
    assert_eq!(ids(&of_bzd(&within)), ids(&within));
    assert_eq!(ids(&of_bzd(&everywhere)), ids(&within));
    let first = found(&site, "1", "&district=bkh").await;
    assert_eq!(first.first().map(|item| &item["district"]), Some(&Value::from("bkh")), "{first:?}");
    let (status, problem) = site.get("/api/v1/search?q=1&district=xyz").await;
    assert_eq!((status, problem["parameter"].as_str()), (400, Some("district")));
    assert!(
        problem["allowed"].as_array().is_some_and(|allowed| allowed.contains(&"bzd".into())),
        "{problem}"
    );
}

/// A changed record must reach the index, and an unchanged one must not cost it.
#[test]
fn a_patched_index_finds_what_a_new_one_finds() {
    let loaded = city();
    let before = build(loaded.clone());
    let mut changed = loaded;
    changed.records.practices.retain(|p| p.id != "x-waste");
    let shared = changed.records.practices.iter_mut().find(|p| p.id == "x-draft").expect("a draft");
    shared.status = PracticeStatus::Shared;
    changed.districts[3].aliases.push("Зүүн".into());
    let patched = Snapshot::build(changed.clone(), Some(&before), 10_000.0).expect("builds");
    let new = build(changed);
    let scope = Scope { kinds: Kind::ALL, vintage: None, is_alone: false, district: None };
    for q in ["хог хаягдал", "bzd 26", "зүүн 3", "26", "а", "нууц", "h"] {
        let typed = Typed::read(q).expect("words");
        let (a, b) = (patched.find(&typed, scope, 50), new.find(&typed, scope, 50));
        assert_eq!(a, b, "{q}");
        let why = |snapshot: &Snapshot| -> Vec<String> {
            a.hits.iter().map(|hit| snapshot.why(&typed, *hit, Lang::Mn)).collect()
        };
        assert_eq!(why(&patched), why(&new), "{q}");
    }
    let typed = Typed::read("хог хаягдал").expect("words");
    let first = |snapshot: &Snapshot| {
        let hit = snapshot.find(&typed, scope, 1).hits[0];
        snapshot.records.practices[hit.idx as usize].id.clone()
    };
    assert_eq!([first(&before), first(&patched)], ["x-waste", "x-draft"]);
    assert_eq!(patched.find(&Typed::read("зүүн 3 ").expect("words"), scope, 9).total, 1);
}
