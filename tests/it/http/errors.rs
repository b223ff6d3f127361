//! What is refused and how it is told.

use axum::http::Method;
use hlp_tracker::http::{Service, Settings, router};

use super::{STRANGER, Site, request};

#[tokio::test]
async fn errors_are_problem_details_with_stable_codes() {
    let site = Site::new().await;
    let mut told = String::new();
    for path in [
        "/nope",
        "/api/v1/nope",
        "/assets/nope.js",
        "/tiles/nope.json",
        "/tiles/%ff.json",
        "/tiles/boundaries-2022/3/%ff/1.mvt",
        "/tiles/boundaries-2022.txt",
        "/tiles/nope/1/0/0.mvt",
        "/tiles/boundaries-2022/17/0/0.mvt",
        "/tiles/boundaries-2022/3/8/0.mvt",
        "/tiles/boundaries-2022/3/-1/0.mvt",
        "/tiles/boundaries-2022/3/1/x.mvt",
        "/tiles/boundaries-2022/3/1/1.mvt?colour=red",
        "/styles/nope.json",
        "/styles/identifications.json?method=guess",
        "/styles/identifications.json?utm_source=x",
        "/api/v1/values/identifications.json?cycle=1999",
        "/api/v1/values/identifications.json?classes=0",
        "/api/v1/values/identifications.json?lang=de",
        "/api/v1/values/identifications.json?theme=noise",
        "/styles/replications_hosted.json?theme=noise",
        "/legends/bivariate.json?theme=noise",
        "/styles/participation.json?theme=waste&rate=per10000",
        "/api/v1/districts/nope",
        "/api/v1/districts?vintage=1999",
        "/api/v1/khoroos/bzd-999",
        "/api/v1/khoroos/%D0%91%D0%97%D0%94-1",
        "/api/v1/khoroos?limit=0",
        "/api/v1/khoroos?limit=1001",
        "/api/v1/khoroos?limit=1&limit=2",
        "/api/v1/khoroos?district=nope",
        "/api/v1/khoroos-at?lon=106.9",
        "/api/v1/khoroos-at?lon=106.9&lat=91",
        "/api/v1/khoroos-at?lon=NaN&lat=47",
        "/api/v1/khoroos-at?lon=0&lat=0",
        "/api/v1/practices?theme=nope",
        "/api/v1/visit-plans?visitors=bzd-999",
        "/api/v1/visit-plans?visitors=bzd-1&visits=1000000000",
        "/api/v1/visit-plans?visitors=bzd-1&fixed=bzd-1:nobody",
        "/api/v1/day-routes?from=bzd-1&stops=bzd-1",
        "/api/v1/spread?weights=bishop",
        "/api/v1/revision?x=1",
    ] {
        let answer = site.get(path).await;
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.json()["status"], answer.status, "{path}");
        told.extend([path, "\n", &answer.text(), "\n\n"]);
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_method_that_is_not_offered_is_refused_with_those_that_are() {
    let site = Site::new().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = site.send(request(method, "/api/v1/khoroos", STRANGER, &[])).await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.json()["code"], "method_not_allowed");
        assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
    }
}

#[tokio::test]
async fn pages_ignore_parameters_that_other_sites_add() {
    let site = Site::new().await;
    assert_eq!(site.get("/mn/?utm_source=x&fbclid=y").await.status, 200);
    let answer = site.get_with("/?measure=replications", &[("accept-language", "en-GB,mn;q=0.5")]).await;
    assert_eq!((answer.status, answer.header("location")), (302, "/en/?measure=replications"));
    assert_eq!(answer.header("vary"), "Accept-Language");
    assert_eq!(site.get("/").await.header("location"), "/mn/");
    assert_eq!(site.get("/en").await.header("location"), "/en/");
}

#[tokio::test]
async fn before_the_first_load_it_says_that_it_is_starting() {
    let app = Service::new(Settings::default(), 1).expect("a built viewer");
    let site = Site { router: router(app.clone()), app };
    assert_eq!(site.get("/health/live").await.status, 200);
    assert_eq!(site.get("/health/ready").await.status, 503);
    let answer = site.get("/api/v1/khoroos").await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (503, "starting".into()));
    let page = site.get("/mn/").await;
    assert_eq!((page.status, page.header("content-type")), (503, "text/html; charset=utf-8"));
    assert!(page.text().contains("http-equiv=\"refresh\""));
}
