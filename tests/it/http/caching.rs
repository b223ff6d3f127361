//! What is kept, and for how long: tags, codings, 304.

use std::collections::BTreeSet;
use std::io::Read;

use axum::http::Method;

use super::{PATHS, STRANGER, Site, TILE, asset, request};

#[tokio::test]
async fn a_known_etag_is_answered_with_304_and_no_body() {
    let site = Site::new().await;
    for path in PATHS.iter().filter(|path| **path != "/robots.txt") {
        let first = site.get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"'), "{path} has no strong tag: {etag}");
        let again = site.get_with(path, &[("if-none-match", &format!("\"other\", {etag}"))]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(again.header(name), first.header(name), "{path}: {name}");
        }
        let other = site.get_with(path, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status, 200, "{path}");
    }
}

/// Browsers take over what a 304 carries: a policy of data would take style and script from a kept page.
#[tokio::test]
async fn a_page_that_has_not_changed_keeps_its_policy() {
    let site = Site::new().await;
    for path in ["/mn/", "/en/about", "/api/v1/cycles"] {
        let first = site.get(path).await;
        assert!(first.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        let again = site.get_with(path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!((again.status, again.header("content-security-policy")), (304, ""), "{path}");
    }
}

#[tokio::test]
async fn every_coding_decodes_to_the_same_bytes_under_a_tag_of_its_own() {
    let site = Site::new().await;
    let script = asset(".js");
    for path in PATHS.iter().copied().filter(|path| *path != "/robots.txt").chain([script.as_str()]) {
        let plain = site.get(path).await;
        let mut tags = BTreeSet::from([plain.header("etag").to_owned()]);
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for coding in ["gzip", "br", "zstd"] {
            let coded = site.get_with(path, &[("accept-encoding", coding)]).await;
            assert!(coded.header("vary").to_lowercase().contains("accept-encoding"), "{path}");
            if coded.header("content-encoding").is_empty() {
                let is_dense = plain.header("content-type") == "image/png";
                assert!(is_dense || plain.body.len() < 256, "{path} was not compressed");
                continue;
            }
            assert_eq!(coded.header("content-encoding"), coding, "{path}");
            assert_eq!(decode(coding, &coded.body), plain.body, "{path} in {coding}");
            assert!(coded.body.len() < plain.body.len(), "{path} in {coding}");
            assert!(tags.insert(coded.header("etag").to_owned()), "{path}: two codings share a tag");
            let again = site
                .get_with(path, &[("accept-encoding", coding), ("if-none-match", coded.header("etag"))])
                .await;
            assert_eq!(again.status, 304, "{path} in {coding}");
        }
    }
}

fn decode(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).map(|_| ()),
        "br" => brotli::BrotliDecompress(&mut &bytes[..], &mut out),
        _ => zstd::stream::copy_decode(bytes, &mut out),
    }
    .expect("decodes");
    out
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let site = Site::new().await;
    for path in PATHS {
        let get = site.get(path).await;
        let head = site.send(request(Method::HEAD, path, STRANGER, &[])).await;
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
        for name in ["etag", "content-type", "cache-control", "vary", "content-security-policy"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn a_boundary_tile_is_kept_for_ever_only_under_its_right_name() {
    let site = Site::new().await;
    let rev =
        site.get("/api/v1/vintages").await.json()["items"][1]["rev"].as_str().expect("a name").to_owned();
    let path = "/tiles/boundaries-2022/10/816/356.mvt";
    let right = site.get(&format!("{path}?rev={rev}")).await;
    let wrong = site.get(&format!("{path}?rev=0123")).await;
    let none = site.get(path).await;
    assert!(right.header("cache-control").contains("immutable"));
    assert_eq!(wrong.header("cache-control"), "no-store");
    assert_eq!(none.header("cache-control"), "public, max-age=60, stale-while-revalidate=60");
    assert_eq!((&right.body, &wrong.body), (&none.body, &none.body));
    assert_eq!(site.get(TILE).await.header("cache-control"), none.header("cache-control"));
    let tilejson = site.get("/tiles/boundaries-2022.json").await.json();
    let template = tilejson["tiles"][0].as_str().expect("an address").to_owned();
    assert!(template.ends_with(&format!("?rev={rev}")), "{template}");
}

#[tokio::test]
async fn an_empty_tile_is_204_and_may_be_kept() {
    let site = Site::new().await;
    let answer = site.get("/tiles/boundaries-2022/10/0/0.mvt").await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert!(answer.header("cache-control").contains("max-age=60"));
}
