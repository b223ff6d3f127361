//! Figures on the wire: totals, names, unknown ones.

use hlp_tracker::http::Settings;
use hlp_tracker::model::{BudgetLine, Records};
use serde_json::Value;

use super::{PATHS, Site, built, loaded, snapshot};

#[tokio::test]
async fn figures_add_up_to_the_published_totals() {
    let site = Site::new().await;
    let sum = |json: &Value, name: &str| -> Option<u64> {
        let items = json["items"].as_array()?;
        items.iter().map(|item| item[name].as_u64()).sum()
    };
    let khoroos = site.get("/api/v1/khoroos?limit=1000").await.json();
    assert_eq!((khoroos["total"].as_u64(), khoroos["next"].is_null()), (Some(204), true));
    assert_eq!(sum(&khoroos, "identifications"), Some(248));
    assert_eq!(sum(&khoroos, "replications"), Some(95));
    let districts = site.get("/api/v1/districts?vintage=2020").await.json();
    assert_eq!(sum(&districts, "identifications"), Some(144));
    assert_eq!(sum(&districts, "replications"), None, "2020 was not reported: null, not 0");
}

#[tokio::test]
async fn published_figures_name_unit_base_date_and_source_and_are_no_figures_of_the_tracker() {
    let site = Site::new().await;
    let json = site.get("/api/v1/published").await.json();
    let items = json["items"].as_array().expect("a list");
    assert_eq!((json["total"].as_u64(), &json["next"]), (Some(items.len() as u64), &Value::Null));
    let find = |id: &str| items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    let gain = &find("hrdc_scores")["values"][2];
    assert_eq!((gain["value"].as_i64(), gain["unit"].as_str()), (Some(30), Some("percentage points")));
    assert_eq!(find("hrdc_form")["base"]["is_told"], false);
    assert_eq!(find("hrdc_satisfaction")["n"], 2480);
    assert_eq!(find("undp_women")["values"][0]["value"], 61.5);
    assert_eq!(find("resolution_2019")["as_of"], "2019-01-28");
    assert_eq!(find("identifications")["sources"][1]["url"], "https://montsame.mn/en/read/237290");
    let timeline = site.get("/api/v1/published?topic=timeline").await.json();
    let days: Vec<&str> =
        timeline["items"].as_array().expect("a list").iter().filter_map(|i| i["as_of"].as_str()).collect();
    assert!(days.is_sorted() && days.len() == 6, "{days:?}");
    let wrong = site.get("/api/v1/published?topic=nope").await.json();
    assert_eq!(wrong["allowed"].as_array().map(Vec::len), Some(5));
    // The demo is shaped after these figures, but computed from its records: HRDC's are nobody's card.
    let cards = site.get("/api/v1/tracker?cycle=all").await.text();
    for number in ["14451", "661", "2480"] {
        assert!(!cards.contains(&format!("\"value\":{number},")), "{number}");
    }
}

#[tokio::test]
async fn tilesets_call_the_measures_what_everything_else_calls_them() {
    let text = Site::new().await.get("/tiles/tracker-2022.json?lang=mn").await.text();
    assert!(text.contains("Тодорхойлсон сайн туршлага") && text.contains("Нутагшуулсан сайн туршлага"));
    for other in ["одруулсан", "эвтрүүлсэн", "эвтэрсэн"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
}

#[tokio::test]
async fn practices_of_a_cycle_are_those_entered_in_it() {
    let (site, snapshot) = (Site::new().await, snapshot().await);
    for cycle in &snapshot.records.cycles {
        let entered = |id: &str| {
            snapshot.records.identifications.iter().any(|row| row.practice == id && row.cycle == cycle.id)
        };
        let public = snapshot.public_practices();
        let expected: Vec<&str> = public.map(|p| p.id.as_str()).filter(|id| entered(id)).collect();
        let path = format!("/api/v1/practices?limit=1000&cycle={}", cycle.id);
        let json = site.get(&path).await.json();
        let items = json["items"].as_array().expect("a list");
        let found: Vec<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
        assert!(!expected.is_empty(), "{}", cycle.id);
        assert_eq!(found, expected, "{}", cycle.id);
        assert_eq!(site.get(&path).await.json(), json);
    }
}

/// Boundaries alone, as after a first ingest: every figure is unknown, and nothing fails.
#[tokio::test]
async fn a_store_without_records_is_served_with_unknown_figures() {
    let mut loaded = loaded().await;
    loaded.records = Records::starting();
    loaded.context_lines.clear();
    let site = Site::over(Settings::default(), built(loaded));
    for path in PATHS.iter().filter(|path| !path.contains("context") && !path.contains("cycle=2022")) {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    }
    for measure in ["identifications", "replications", "replications_hosted", "participation", "bivariate"] {
        for query in ["", "?level=district", "?cycle=all"] {
            let style = site.get(&format!("/styles/{measure}.json{query}")).await;
            assert_eq!(style.status, 200, "{measure}{query}: {}", style.text());
            let values = site.get(&format!("/api/v1/values/{measure}.json{query}")).await;
            assert_eq!(values.status, 200, "{measure}{query}: {}", values.text());
            let values = values.json();
            let no_data = values["classes"].as_array().expect("classes").iter();
            let no_data =
                no_data.filter(|class| class["kind"] == "no_data").map(|class| class["units"].as_u64());
            let units = values["units"].as_array().expect("units");
            assert_eq!(no_data.collect::<Vec<_>>(), [Some(units.len() as u64)], "{measure}{query}");
            let cells = units.iter().map(|unit| &unit["cells"]["all"]["value"]);
            assert!(cells.clone().count() > 0 && cells.clone().all(Value::is_null), "{measure}{query}");
            let said = values["notes"].as_array().expect("notes").iter().map(|note| note["en"].as_str());
            assert!(said.flatten().any(|note| note.starts_with("No cycle has been recorded")), "{values}");
        }
    }
    let khoroo = site.get("/api/v1/khoroos/bzd-26").await.json();
    assert!(khoroo["identifications"].is_null() && khoroo["replications"].is_null(), "{khoroo}");
    let page = site.get("/en/").await.text();
    assert!(page.contains("not reported") && !page.contains("<caption>By cycle</caption>"), "{page}");
}

#[tokio::test]
async fn a_page_tells_everything_without_its_script() {
    let site = Site::new().await;
    let page = site.get("/en/").await.text();
    assert!(page.contains("Illustrative data"), "invented data must say so");
    assert!(page.contains("<td>248</td><td>95</td>"), "headline figures of 2022");
    assert!(page.contains("<td>144</td><td>not reported</td>"), "unknown is not 0");
    assert_eq!(page.matches("<tr><th scope=\"row\"><a href=\"/en/khoroos/").count(), 204);
    let block = page.split("id=\"hlp-config\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let config: Value = serde_json::from_str(block.expect("a block")).expect("JSON");
    assert_eq!(config["lang"], "en");
    assert_eq!(config["cycles"].as_array().map(Vec::len), Some(2));
    assert_eq!(config["themes"][3]["name_en"], "Waste");
    assert_eq!(config["measures"].as_array().map(Vec::len), Some(5));
    let preload = page.split("<link").find(|link| link.contains("/assets/map-")).expect("the map's script");
    assert!(
        preload.contains("rel=\"modulepreload\"") && preload.contains("media=\"(min-width: 480px)\""),
        "{preload}"
    );
    // Asked for in the way in which it is used, or a browser asks twice.
    let ahead = |href: &str| page.split("<link").find(|link| link.contains(href)).unwrap_or_default();
    let style = page.split("<link").find(|link| link.contains("rel=\"preload\"")).expect("the map's style");
    assert!(style.contains("as=\"style\" crossorigin") && style.contains("/assets/maplibre-gl-"), "{style}");
    let library =
        page.split("<link").find(|link| link.contains("/assets/maplibre-gl-") && link.contains(".js\""));
    assert!(library.is_some_and(|link| link.contains("rel=\"modulepreload\"")), "{library:?}");
    let worker = ahead("/assets/maplibre-gl-worker");
    assert!(worker.contains("rel=\"modulepreload\"") && !worker.contains(" as="), "{worker}");
    let core: Vec<f64> = config["core"].as_array().expect("a box").iter().filter_map(Value::as_f64).collect();
    assert!(core.len() == 4 && core[0] < core[2] && core[1] < core[3], "{core:?}");
    let tiles = config["tiles"].as_str().expect("an address");
    assert_eq!(site.get(tiles).await.status, 200);
    for link in page.split('"').filter(|part| part.starts_with("/assets/")) {
        assert_eq!(site.get(link).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn a_khoroo_is_found_by_its_own_label_point() {
    let site = Site::new().await;
    let khoroos = site.get("/api/v1/khoroos?district=chd").await.json();
    let items = khoroos["items"].as_array().expect("a list");
    assert!(items.len() > 10);
    for item in items {
        let (lon, lat) = (&item["label"][0], &item["label"][1]);
        let found = site.get(&format!("/api/v1/khoroos-at?lon={lon}&lat={lat}")).await.json();
        assert_eq!(found["code"], item["code"]);
    }
}

#[tokio::test]
async fn a_budget_beyond_all_numbers_is_the_largest_one() {
    let mut loaded = loaded().await;
    let line = loaded.records.budget_lines.first().expect("a budget line").clone();
    let more = BudgetLine { position: 99, amount: i64::MAX, ..line.clone() };
    loaded.records.budget_lines.push(more);
    let site = Site::over(Settings::default(), built(loaded));
    let copies = site.get("/exports/replications.geojson").await.json();
    let of_copy = |feature: &&Value| feature["properties"]["id"] == line.replication.as_str();
    let copy = copies["features"].as_array().expect("a list").iter().find(of_copy).expect("a public copy");
    assert_eq!(copy["properties"]["budget_total"], i64::MAX);
}
