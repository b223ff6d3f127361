//! Who may read what: other sites, the office, scripts in pages.

use std::collections::BTreeSet;

use axum::http::Method;
use hlp_tracker::http::Settings;

use super::{STRANGER, Site, TILE, asset, built, loaded, request};

#[tokio::test]
async fn any_site_may_read_and_is_told_so() {
    let site = Site::new().await;
    let preflight = [("origin", "https://other.example"), ("access-control-request-method", "GET")];
    let answer = site.send(request(Method::OPTIONS, TILE, STRANGER, &preflight)).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
    let sent = answer.header("access-control-allow-headers");
    for name in ["If-None-Match", "If-Range", "Range"] {
        assert!(sent.split(", ").any(|one| one == name), "{name} in {sent}");
    }
    let answer = site.get_with(TILE, &[("origin", "https://other.example")]).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    // All headers, which browsers take at its word where no credentials are allowed.
    assert_eq!(answer.header("access-control-expose-headers"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn no_other_site_may_read_what_is_for_the_office() {
    let site =
        Site::with(Settings { internal_hosts: vec!["hlp.office".into()], ..Settings::default() }).await;
    let office = site.office();
    for path in ["/metrics", "/api/v1/khoroos", "/mn/", "/nope"] {
        for host in ["localhost:9090", "127.0.0.1:9090", "[::1]:9090", "hlp.office"] {
            let asked = [("host", host), ("origin", "https://other.example")];
            let answer = office.get_with(path, &asked).await;
            assert_eq!(answer.status, if path == "/nope" { 404 } else { 200 }, "{path} {host}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {host}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path} {host}");
        }
        let rebound = office.get_with(path, &[("host", "evil.example:9090")]).await;
        assert_eq!((rebound.status, rebound.json()["code"].clone()), (421, "foreign_host".into()), "{path}");
    }
    let preflight = [
        ("host", "localhost:9090"),
        ("origin", "https://other.example"),
        ("access-control-request-method", "GET"),
    ];
    let answer = office.send(request(Method::OPTIONS, "/metrics", STRANGER, &preflight)).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("access-control-allow-methods"), "");
}

#[tokio::test]
async fn metrics_are_for_the_office_only() {
    let site = Site::new().await;
    assert_eq!(site.get("/metrics").await.status, 404);
    for _ in 0..2 {
        site.get_with(TILE, &[("accept-encoding", "br")]).await;
    }
    site.get("/nope/at/all").await;
    let inside = [("host", "localhost:9090")];
    let text = site.office().send(request(Method::GET, "/metrics", STRANGER, &inside)).await.text();
    for line in [
        "hlp_responses_total{route=\"/tiles/{tileset}/{z}/{x}/{file}\",method=\"GET\",status=\"200\"} 2",
        "hlp_responses_total{route=\"(none)\",method=\"GET\",status=\"404\"} 2",
        "hlp_bodies_total{kind=\"plain\",result=\"hit\"} 1",
        "hlp_bodies_total{kind=\"coded\",result=\"miss\"} 1",
        "hlp_degraded 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
    assert!(text.contains("hlp_request_duration_seconds_bucket"), "{text}");
    assert!(!text.contains("/nope"), "paths must not become labels");
}

#[tokio::test]
async fn only_identified_practices_are_public() {
    let site = Site::new().await;
    let drafts = site.app.snapshot().expect("published").records.practices.len();
    let mut path = "/api/v1/practices?limit=100".to_owned();
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let page = site.get(&path).await.json();
        for item in page["items"].as_array().expect("a list") {
            assert!(["identified", "shared", "archived"].contains(&item["status"].as_str().expect("a word")));
            assert!(seen.insert(item["id"].to_string()), "twice: {item}");
        }
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["total"], seen.len());
            break;
        };
        path = format!("/api/v1/practices{next}");
    }
    assert!(seen.len() > 100 && seen.len() < drafts, "{} of {drafts}", seen.len());
}

#[tokio::test]
async fn pages_carry_a_strict_policy_and_no_inline_script() {
    let site = Site::with(Settings {
        embed_hosts: vec!["https://ulaanbaatar.example".parse().expect("an origin")],
        ..Settings::default()
    })
    .await;
    let page = site.get("/mn/").await;
    let policy = page.header("content-security-policy");
    for rule in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(policy.ends_with("frame-ancestors 'self' https://ulaanbaatar.example"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let text = page.text();
    assert!(!text.contains(" style=") && !text.contains(" onload=") && !text.contains("<style"));
    for script in text.split("<script").skip(1) {
        assert!(
            script.starts_with(" type=\"module\" src=") || script.starts_with(" type=\"application/json\""),
            "an inline script: {script}"
        );
    }
    for path in ["/mn/", TILE, "/nope", "/api/v1/cycles"] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("referrer-policy").is_empty(), "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
    }
    // A worker obeys the policy of its own file, and has to fetch tiles.
    let script = site.get(&asset(".js")).await;
    assert!(script.header("content-security-policy").contains("connect-src 'self'"));
}

#[tokio::test]
async fn text_of_the_store_is_no_markup_in_an_attribution() {
    let mut loaded = loaded().await;
    for vintage in &mut loaded.vintages {
        vintage.source = "<img src=x onerror=alert(1)> & \"co\"".into();
    }
    let site = Site::over(Settings::default(), built(loaded));
    for tileset in ["boundaries-2022", "tracker-2022"] {
        let json = site.get(&format!("/tiles/{tileset}.json?lang=en")).await.json();
        let expected = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;co&quot; (invented data)";
        assert_eq!(json["attribution"], expected);
    }
    assert!(!site.get("/en/").await.text().contains("<img"));
}
