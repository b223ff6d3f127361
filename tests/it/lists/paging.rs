//! Lists that are walked page by page, also while the store changes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::filters::full;
use super::{Site, ids};
use crate::tracker::town::build;

async fn page(site: &Site, path: &str) -> (Vec<Value>, Option<String>, u64) {
    let (status, page) = site.get(path).await;
    assert_eq!(status, 200, "{path}: {page}");
    let next =
        page["next"].as_str().map(|query| format!("{}{query}", path.split('?').next().expect("a path")));
    (page["items"].as_array().expect("items").clone(), next, page["total"].as_u64().expect("a total"))
}

#[tokio::test]
async fn every_list_is_walked_to_its_end_in_every_order() {
    let site = Site::of(full(3));
    for (list, columns) in [
        (
            "practices",
            "id title_mn title_en theme host status started_on last_confirmed_on cost_setup cost_year people_served",
        ),
        ("replications", "id practice khoroo cycle status decided_on completed_on people_served"),
        ("workshops", "id cycle scope district held_on mode cost invited attended"),
        ("trainings", "id org title_mn title_en topic held_on form participants"),
        ("khoroo-facts", "khoroo year population households"),
        ("khoroos", "code name_mn population households area_km2"),
    ] {
        let (all, _, total) = page(&site, &format!("/api/v1/{list}")).await;
        assert!(all.len() >= 5 && total == all.len() as u64, "{list}");
        for column in columns.split(' ').flat_map(|name| [name.to_owned(), format!("-{name}")]) {
            let whole = page(&site, &format!("/api/v1/{list}?sort={column}")).await.0;
            let mut walked = Vec::new();
            let mut next = Some(format!("/api/v1/{list}?sort={column}&limit=2"));
            while let Some(path) = next {
                let (items, later, n) = page(&site, &path).await;
                assert_eq!(n, total, "{path}");
                walked.extend(items);
                next = later;
            }
            assert_eq!(walked, whole, "{list} by {column}");
            let field = column.trim_start_matches('-');
            let known = whole.iter().map(|item| item.get(field).unwrap_or(&Value::Null));
            let is_unknown: Vec<bool> = known.map(Value::is_null).collect();
            assert!(is_unknown.is_sorted(), "{list} by {column}: the unknown are not last");
        }
        let jumped = page(&site, &format!("/api/v1/{list}?offset=2&limit=2")).await.0;
        assert_eq!(jumped, all[2..4], "{list}");
    }
}

#[tokio::test]
async fn a_walk_goes_on_through_a_new_revision_and_loses_nothing() {
    let town = full(3);
    let site = Site::of(town.clone());
    let before = site.items("/api/v1/practices?sort=-people_served").await;
    let (mut walked, next, _) = page(&site, "/api/v1/practices?sort=-people_served&limit=4").await;
    // The first one goes, the second is archived, one comes that belongs to the front.
    let gone = walked[0]["id"].as_str().expect("an id").to_owned();
    let mut changed = town;
    changed.revision.seq += 1;
    changed.records.practices.retain(|p| p.id != gone);
    let mut first = changed.records.practices[0].clone();
    (first.id, first.details.people_served) = ("new".into(), Some(1_000_000));
    first.status = hlp_tracker::model::PracticeStatus::Shared;
    changed.records.practices.push(first);
    site.app.publish(Arc::new(build(changed)), Duration::ZERO);
    let mut next = next;
    while let Some(path) = next {
        let (items, later, _) = page(&site, &path).await;
        walked.extend(items);
        next = later;
    }
    assert_eq!(ids(&walked), ids(&before));
    assert_eq!(site.items("/api/v1/practices?sort=-people_served").await[0]["id"], "new");
}

#[tokio::test]
async fn records_behind_a_figure_belong_to_one_revision() {
    let town = full(3);
    let site = Site::of(town.clone());
    let path = "/api/v1/tracker/records?card=identify&figure=identifications&limit=2";
    let (_, next, _) = page(&site, path).await;
    let next = next.expect("more");
    assert_eq!(site.get(&next).await.0, 200);
    let mut changed = town;
    changed.revision.seq += 1;
    site.app.publish(Arc::new(build(changed)), Duration::ZERO);
    let (status, problem) = site.get(&next).await;
    assert_eq!((status, problem["code"].as_str()), (410, Some("list_changed")), "{problem}");
    assert_eq!(site.get(path).await.0, 200);
}
