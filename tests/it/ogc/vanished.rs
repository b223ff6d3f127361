//! Data that change while a client turns pages.

use std::sync::Arc;
use std::time::Duration;

use hlp_tracker::model::{Loaded, Records};
use serde_json::Value;

use crate::lists::Site;
use crate::small_world;
use crate::tracker::town::build;
use crate::visits::get;

const ITEMS: &str = "/ogc/collections/khoroos-2020/items?limit=2";

/// The town without its earlier boundaries.
fn without_2020() -> Loaded {
    let mut town = small_world::loaded();
    town.revision.seq += 1;
    town.vintages.retain(|vintage| vintage.id.as_str() == "2022");
    town.datasets.retain(|vintage, _| vintage.as_str() == "2022");
    town.lineage.clear();
    town.records = Records::starting();
    town
}

async fn next(site: &Site, path: &str) -> String {
    let page = get(&site.public, path).await.json();
    let links = page["links"].as_array().expect("links");
    let next = links.iter().find(|link| link["rel"] == "next").expect("more than a page");
    let href = next["href"].as_str().expect("an address");
    href.strip_prefix("http://localhost:8080").expect("our own").to_owned()
}

#[tokio::test]
async fn a_collection_that_is_gone_between_two_pages_is_not_found() {
    let site = Site::of(small_world::loaded());
    let next = next(&site, ITEMS).await;
    assert_eq!(get(&site.public, &next).await.status, 200);
    site.app.publish(Arc::new(build(without_2020())), Duration::ZERO);
    // The page that was made before is not told again.
    for path in [&*next, ITEMS, "/ogc/collections/khoroos-2020", "/ogc/collections/khoroos-2020/queryables"] {
        let (code, _, detail) = get(&site.public, path).await.refusal(404, path);
        assert_eq!(code, "not_found", "{path}");
        assert!(detail.contains("khoroos-2020") && detail.contains("taken out"), "{detail}");
    }
    let listed = get(&site.public, "/ogc/collections").await.json();
    let ids = listed["collections"].as_array().expect("a list").iter().map(|one| one["id"].clone());
    assert!(ids.into_iter().all(|id: Value| id != "khoroos-2020"));
}

#[tokio::test]
async fn a_page_of_another_revision_says_so() {
    let site = Site::of(small_world::loaded());
    let first = "/ogc/collections/khoroos-2022/items?limit=2";
    let page = get(&site.public, first).await.json();
    let next = next(&site, first).await;
    site.app.publish(Arc::new(build(without_2020())), Duration::ZERO);
    let second = get(&site.public, &next).await;
    assert_eq!(second.status, 200);
    assert_ne!(second.json()["revision"], page["revision"]);
}
