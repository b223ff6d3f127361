//! The description of the service against the service.

use std::collections::BTreeSet;

use super::{PATHS, Site};

#[tokio::test]
async fn the_description_names_every_path_and_its_errors() {
    let site = Site::new().await;
    let document = site.get("/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths");
    let practices = site.get("/api/v1/practices?limit=1").await.json();
    let practice = practices["items"][0]["id"].as_str().expect("a practice").to_owned();
    let mut documented = BTreeSet::new();
    for (template, item) in paths {
        let path = template
            .replace("{tileset}", "boundaries-2022")
            .replace("{measure}", "identifications")
            .replace("/styles/{file}", "/styles/identifications.json")
            .replace("/exports/{file}", "/exports/khoroos.geojson")
            .replace("{z}/{x}/{y}", "10/816/356")
            .replace("{id}", &practice)
            .replace("{code}", if template.contains("khoroos") { "bzd-26" } else { "bzd" });
        let required: Vec<String> = item["get"]["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|p| p["in"] == "query" && p["required"] == true)
            .map(|p| {
                let text = |field: &str| p[field].as_str().expect("a text");
                form_urlencoded::Serializer::new(String::new())
                    .append_pair(text("name"), text("example"))
                    .finish()
            })
            .collect();
        let answer = site.get(&format!("{path}?{}", required.join("&"))).await;
        assert_eq!(answer.status, 200, "{template}: {}", String::from_utf8_lossy(&answer.body));
        if !template.starts_with("/health/") {
            for status in ["400", "404", "405", "406", "413", "414", "500", "503"] {
                let content = &item["get"]["responses"][status]["content"];
                assert!(content["application/problem+json"].is_object(), "{template} {status}");
            }
        }
        documented.insert(path);
    }
    let is_page = |path: &&&str| path.starts_with("/mn/") || path.starts_with("/en/");
    let is_of_machines = |path: &&&str| matches!(**path, "/robots.txt" | "/sitemap.xml");
    for path in PATHS.iter().filter(|path| !is_page(path) && !is_of_machines(path)) {
        let plain = path.split('?').next().expect("a path");
        let same_kind = documented.iter().any(|known| {
            known.split('/').count() == plain.split('/').count()
                && known.split('/').nth(1) == plain.split('/').nth(1)
        });
        assert!(same_kind, "{path} is not described");
    }
    insta::assert_snapshot!(paths.keys().cloned().collect::<Vec<_>>().join("\n"));
}
