//! Boundaries that are decided and not yet in force, and have no cycle: everything opens as before, and they are shown
//! to whoever asks for them.

use std::sync::Arc;

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::Settings;
use hlp_tracker::model::{Loaded, VintageId};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::date;
use serde_json::Value;

use super::Site;
use crate::support::applied;

/// The demo city with boundaries from 2100 on: `bzd-1` and `bzd-26` change their ground, `bzd-43` is `bzd-99`.
fn decided() -> Snapshot {
    let changes = generate(&DemoOptions { khoroos: 204, seed: 1, ..DemoOptions::default() });
    let mut loaded = applied(&Loaded::default(), &changes);
    let [now, then]: [VintageId; 2] = ["2022", "2100"].map(|id| id.parse().expect("a vintage"));
    let own = loaded.vintages.iter_mut().find(|vintage| vintage.id == now).expect("the vintage of today");
    let mut new = own.clone();
    own.valid_to = Some(date(2099, 12, 31));
    new.id = then.clone();
    new.valid_from = date(2100, 1, 1);
    [new.title_mn, new.title_en] = ["2100 оны хил", "Boundaries of 2100"].map(str::to_owned);
    loaded.vintages.push(new);
    let mut lines = loaded.datasets[&now].clone();
    lines.district_versions.iter_mut().for_each(|district| district.vintage = then.clone());
    for khoroo in &mut lines.khoroos {
        khoroo.id.vintage = then.clone();
        let others = [("bzd-43", "bzd-99"), ("bzd-1", "bzd-26"), ("bzd-26", "bzd-1")];
        let code = khoroo.id.code.to_string();
        if let Some((_, other)) = others.iter().find(|(from, _)| *from == code) {
            khoroo.id.code = other.parse().expect("a code");
        }
    }
    lines.khoroos.sort_by(|a, b| a.id.cmp(&b.id));
    loaded.datasets.insert(then, lines);
    Snapshot::build(loaded, None, 10_000.0).expect("they fit together")
}

fn site() -> Site {
    Site::of(Arc::new(decided()), Settings::default())
}

async fn json(site: &Site, path: &str) -> Value {
    let answer = site.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    serde_json::from_str(&answer.text).expect("JSON")
}

/// Ids and values of a tracker's answer, without the addresses of their records.
fn figures(answer: &Value) -> Vec<[&Value; 2]> {
    let steps = answer["steps"].as_array().expect("steps");
    let figures = steps.iter().flat_map(|step| step["figures"].as_array().expect("figures"));
    figures.map(|figure| [&figure["id"], &figure["value"]]).collect()
}

#[tokio::test]
async fn maps_open_with_the_newest_cycle_and_its_boundaries() {
    let site = site();
    let values = json(&site, "/api/v1/values/identifications.json?lang=en").await;
    assert_eq!((&values["vintage"], &values["cycle"]), (&"2022".into(), &"2022".into()));
    let all = json(&site, "/api/v1/values/identifications.json?cycle=all").await;
    assert_eq!((&all["vintage"], &all["cycle"]), (&"2022".into(), &"all".into()));
    for path in ["/en/", "/embed?lang=en", "/embed?lang=en&area=bzd-43", "/maps/identifications.svg?lang=en"]
    {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text.contains("Good practices identified, by khoroo, 2022 cycle"), "{path}");
        assert!(!answer.text.contains("No cycle has been recorded"), "{path}");
        assert!(!answer.text.contains("?vintage="), "{path}: what is in force needs no name");
    }
    assert!(site.get("/embed?lang=en&area=bzd-43").await.text.contains("2022 cycle: Khoroo 43, Bayanzurkh"));
}

#[tokio::test]
async fn places_partners_and_search_are_of_the_boundaries_in_force() {
    let site = site();
    let page = site.get("/en/khoroos/bzd-26").await.text;
    assert!(page == site.get("/en/khoroos/bzd-26?vintage=2022").await.text);
    assert!(page.contains("Whom to learn from") && page.contains("id=\"partners\""));
    assert!(site.page("/en/districts/bzd").await.texts("a").contains(&"Khoroo 43"));
    assert_eq!(json(&site, "/api/v1/khoroos/bzd-26").await["vintage"], "2022");
    assert_eq!(json(&site, "/api/v1/khoroos/bzd-26/partners").await["khoroo"], "bzd-26");
    let asked = json(&site, "/api/v1/tracker?khoroo=bzd-26").await;
    let named = json(&site, "/api/v1/tracker?khoroo=bzd-26&vintage=2022").await;
    assert_eq!(figures(&asked), figures(&named));
    for (q, id) in [("bzd-26", "2022:bzd-26"), ("bzd-99", "2100:bzd-99"), ("bzd-43", "2022:bzd-43")] {
        let found = json(&site, &format!("/api/v1/search?q={q}")).await;
        assert_eq!((&found["items"][0]["id"], &found["total"]), (&id.into(), &1.into()), "{q}");
    }
    let found = json(&site, "/api/v1/search?q=bzd-26&vintage=2100").await;
    assert_eq!(found["items"][0]["id"], "2100:bzd-26");
}

#[tokio::test]
async fn boundaries_to_come_are_shown_to_whoever_names_them() {
    let site = site();
    for path in ["/en/?vintage=2100", "/embed?lang=en&vintage=2100&area=bzd-99"] {
        let page = site.get(path).await.text;
        assert!(page.contains("by khoroo, all cycles on these boundaries"), "{path}");
        assert!(page.contains("No cycle has been recorded for these boundaries"), "{path}");
        assert!(page.contains("/en/khoroos/bzd-99?vintage=2100\""), "{path}");
    }
    let city = site.get("/en/?vintage=2100").await.text;
    assert!(city.contains("<caption>By district · all cycles on these boundaries</caption>"));
    let page = site.page("/en/khoroos/bzd-99?vintage=2100").await;
    assert!(page.text.contains("Khoroo 99, Bayanzurkh") && !page.text.contains("Whom to learn from"));
    let still = site.get("/embed?lang=en&vintage=2100&still=1").await.text;
    assert!(still.contains("?vintage=2100&amp;"), "the picture is of the same boundaries");
    assert_eq!(site.get("/en/khoroos/bzd-99").await.status, 404);
}

#[tokio::test]
async fn the_viewer_is_told_which_boundaries_are_in_force() {
    let page = site().get("/en/").await.text;
    let (_, rest) = page.split_once("id=\"hlp-config\">").expect("a configuration");
    let (config, _) = rest.split_once("</script>").expect("its end");
    let config: Value = serde_json::from_str(config).expect("JSON");
    let told = config["vintages"].as_array().expect("a list");
    let told: Vec<_> = told.iter().map(|one| (one["id"].as_str(), one["in_force"].as_bool())).collect();
    let expected = [("2020", false), ("2022", true), ("2100", false)];
    assert_eq!(told, expected.map(|(id, is)| (Some(id), Some(is))));
    assert!(config["tiles"].as_str().expect("an address").contains("/tiles/boundaries-2022.json"));
}
