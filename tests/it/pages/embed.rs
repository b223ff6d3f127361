//! The map for other sites: what stands in its frame, which sites are spoken with, the code for them.

use hlp_tracker::http::Settings;

use super::html::Document;
use super::{Answer, LANGS, Site, city, pages};

async fn allowing(hosts: &[&str]) -> Site {
    let embed_hosts = hosts.iter().map(|host| host.parse().expect("an origin")).collect();
    Site::of(city().await, Settings { embed_hosts, ..Settings::default() })
}

/// What the viewer is told before its first request.
pub(super) fn config(answer: &Answer) -> serde_json::Value {
    let (_, rest) = answer.text.split_once("id=\"hlp-config\">").expect("a configuration");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

/// Of the frame, or of the element.
fn code(page: &Document, id: &str) -> String {
    let texts = page.texts("textarea");
    texts[usize::from(id == "code-element")].to_owned()
}

#[tokio::test]
async fn a_frame_tells_everything_without_its_script() {
    let site = Site::demo().await;
    for (path, said) in [
        ("/embed?lang=en", &["Good practices identified, by khoroo", "Bayanzurkh", "Illustrative data"][..]),
        ("/embed?lang=mn&measure=replications", &["Нутагшуулсан сайн туршлага", "Баянзүрх", "Жишээ өгөгдөл"]),
        ("/embed?lang=en&area=bzd&level=khoroo", &[": Bayanzurkh", "Khoroo 26"]),
        ("/embed?lang=en&area=bzd-26", &["Khoroo 26, Bayanzurkh district"]),
        ("/embed?lang=en&measure=participation&area=bn", &["Baganuur"]),
        ("/embed?lang=en&measure=bivariate&rate=per10000", &["Good practices replicated", "residents"]),
        ("/embed?lang=en&still=1", &["Bayanzurkh", "Illustrative data", "Open on the city's site"]),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, &*answer.kind), (200, "text/html; charset=utf-8"), "{path}");
        let page = Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        for text in said {
            assert!(page.text.contains(text), "{path} does not say `{text}`: {}", page.text);
        }
        assert!(answer.text.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert!(answer.text.contains("target=\"_blank\" rel=\"noopener\""), "{path}");
        assert_eq!(answer.headers.get("set-cookie"), None, "{path}");
    }
}

#[tokio::test]
async fn a_still_frame_has_no_script_and_its_pictures_are_there() {
    let site = Site::demo().await;
    for query in [
        "",
        "&area=bzd&level=khoroo&form=cells&cycle=2022",
        "&area=bzd-26&measure=participation",
        "&measure=bivariate&cycle=2020",
    ] {
        let path = format!("/embed?lang=mn&still=1{query}");
        let answer = site.get(&path).await;
        assert!(!answer.text.contains("<script"), "{path}");
        let page = Document::read(&answer.text).expect("well-formed");
        let pictures: Vec<String> =
            page.elements.iter().filter_map(|(_, of)| of.get("srcset").or(of.get("src"))).cloned().collect();
        assert_eq!(pictures.len(), 4, "{path}");
        for picture in pictures {
            let svg = site.get(&picture).await;
            assert_eq!((svg.status, &*svg.kind), (200, "image/svg+xml"), "{picture}: {}", svg.text);
        }
    }
    // Around it waits the element, which itself is a script.
    let awaited = site.get("/embed?lang=mn&still=1&origin=https%3A%2F%2Fcity.example").await.text;
    assert_eq!(awaited.matches("<script").count(), 1);
    assert!(awaited.contains("<script src=\"/embed.js\""), "{awaited}");
}

#[tokio::test]
async fn what_is_not_understood_counts_as_not_given() {
    let site = Site::demo().await;
    let plain = site.get("/embed?lang=en").await.text;
    for query in [
        "measure=height",
        "cycle=1999",
        "theme=%3Cb%3E",
        "rate=per100",
        "level=city",
        "form=globe",
        "area=zzz",
        "area=bzd-999",
        "area=%3Cscript%3E",
        "select=bzd-999",
        "still=yes",
        "utm_source=x",
        "origin=javascript:alert(1)",
        "origin=null",
        "measure=",
        "vintage=1999",
        "vintage=2022:bzd",
        "origin=https://evil.example",
    ] {
        let mut shown = site.get(&format!("/embed?lang=en&{query}")).await.text;
        // A remark that says so stands before what is shown all the same.
        while let Some(start) = shown.find("<p class=\"notice\" data-misread=") {
            let length = shown[start..].find("</p>").expect("a paragraph ends") + "</p>".len();
            shown.replace_range(start..start + length, "");
        }
        assert_eq!(shown, plain, "{query}");
    }
    let by_header = site.get("/embed").await;
    assert!(by_header.headers.get_all("vary").iter().any(|of| of == "Accept-Language"));
    let locked =
        config(&site.get("/embed?lang=en&measure=replications&level=district&theme=waste&area=bzd").await);
    assert_eq!(locked["embed"]["locked"], serde_json::json!(["measure", "theme", "level"]));
    assert_eq!(locked["embed"]["area"]["code"], "bzd");
    assert_eq!(locked["embed"]["area"]["name"], "Bayanzurkh");
    assert_eq!(locked["embed"]["area"]["box"].as_array().map(Vec::len), Some(4));
    // A vintage stands for its last cycle, and a cycle that is named decides.
    let of_vintage = site.get("/embed?lang=en&vintage=2020").await;
    assert!(of_vintage.text.contains("by khoroo, 2020 cycle</h1>"), "{}", of_vintage.text);
    assert_eq!(config(&of_vintage)["embed"]["locked"], serde_json::json!(["cycle"]));
    let contradicted = site.get("/embed?lang=en&vintage=2020&cycle=2022").await;
    assert!(contradicted.text.contains("by khoroo, 2022 cycle</h1>"), "{}", contradicted.text);
    assert_eq!(
        config(&site.get("/en/").await)["embed"],
        serde_json::Value::Null,
        "the city's page is in no frame"
    );
}

#[tokio::test]
async fn only_a_page_that_may_show_the_map_is_spoken_with() {
    let site = allowing(&["https://ub.example", "https://*.ub.example"]).await;
    for (origin, expected) in [
        ("https://ub.example", Some("fit")),
        ("https://www.ub.example", Some("fit")),
        ("http://map.example:8080", Some("fit")),
        ("http://ub.example", None),
        ("https://evil.example", None),
        ("https://ub.example.evil.example", None),
        ("*", None),
    ] {
        let answer = site.get(&format!("/embed?lang=en&origin={origin}")).await;
        let told = config(&answer)["embed"]["origin"].as_str().map(str::to_owned);
        assert_eq!(told.as_deref(), expected.map(|_| origin), "{origin}");
        let fit = format!("data-embed=\"{}\"", expected.unwrap_or("fill"));
        assert!(answer.text.contains(&fit), "{origin}");
        let policy = answer.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(
            policy.ends_with("frame-ancestors 'self' https://ub.example https://*.ub.example"),
            "{policy}"
        );
        assert!(!answer.headers.contains_key("x-frame-options"));
    }
    let closed = Site::demo().await.get("/embed").await;
    assert_eq!(closed.headers["x-frame-options"], "SAMEORIGIN");
}

#[tokio::test]
async fn the_script_of_the_element_is_small_and_for_everybody() {
    let script = Site::demo().await.get("/embed.js").await;
    assert_eq!((script.status, &*script.kind), (200, "text/javascript; charset=utf-8"));
    assert!(script.text.len() <= 4_096, "{} bytes", script.text.len());
    assert!(script.text.contains("hlp-map") && !script.text.contains("import"), "a classic script");
    assert_eq!(script.headers["access-control-allow-origin"], "*");
    assert_eq!(script.headers["cross-origin-resource-policy"], "cross-origin");
    assert!(script.headers.contains_key("etag"));
    assert_eq!(script.headers["cache-control"], "public, max-age=60, stale-while-revalidate=60");
}

#[tokio::test]
async fn the_code_that_is_copied_is_the_map_that_was_seen() {
    let site = allowing(&["https://ub.example"]).await;
    let path = "/en/embed?area=bzd&measure=replications&cycle=2022&lang=mn&width=640&height=400&still=";
    let page = site.page(path).await;
    let frame = code(&page, "code-frame");
    let src = "http://map.example:8080/embed?lang=mn&amp;area=bzd&amp;measure=replications&amp;cycle=2022";
    assert!(frame.starts_with(&format!("<iframe src=\"{src}\" title=\"")), "{frame}");
    assert!(frame.contains(": Баянзүрх\" width=\"640\" height=\"400\" loading=\"lazy\""), "{frame}");
    let element = code(&page, "code-element");
    let lines: Vec<&str> = element.lines().collect();
    assert_eq!(lines[0], "<script src=\"http://map.example:8080/embed.js\" async></script>");
    assert!(lines[1].starts_with("<hlp-map lang=\"mn\" area=\"bzd\" measure=\"replications\" cycle=\"2022\" height=\"400\"><a href="), "{element}");
    let preview = page.elements.iter().find(|(name, _)| name == "iframe").expect("a preview");
    assert_eq!(site.get(&preview.1["src"]).await.status, 200);
    assert!(page.text.contains("https://ub.example"), "who may show it is said");
    let still = code(&site.page("/mn/embed?still=1&form=cells").await, "code-element");
    assert!(still.contains("form=\"cells\" still>"), "{still}");
    for query in ["area=%22%3E%3Cscript%3E", "width=1e9", "height=-5", "cycle=%22onload%3D"] {
        let odd = code(&site.page(&format!("/en/embed?{query}")).await, "code-frame");
        assert_eq!(odd, code(&site.page("/en/embed").await, "code-frame"), "{query}");
    }
    let closed = Site::demo().await;
    for (lang, said) in LANGS.into_iter().zip(["зөвхөн энэ сайтын", "only pages of this site"])
    {
        assert!(closed.page(&format!("/{lang}/embed")).await.text.contains(said));
    }
}

#[tokio::test]
async fn the_page_that_makes_code_is_one_of_the_site() {
    assert!(pages(&*city().await).contains("/mn/embed"));
    let about = Site::demo().await.page("/mn/about").await;
    assert!(about.addresses().iter().any(|address| address == "/mn/embed"));
}
