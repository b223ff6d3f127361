//! Addresses of pages: one for each place, and what is said of those that are not understood.

use super::{LANGS, Site, ask, ask_under, city};

#[tokio::test]
async fn a_code_in_capital_letters_leads_to_the_one_address_of_its_place() {
    let site = Site::demo().await;
    for (path, place) in [
        ("/mn/khoroos/BZD-12", "/mn/khoroos/bzd-12"),
        ("/en/khoroos/Bzd-12?vintage=2020&print=1", "/en/khoroos/bzd-12?vintage=2020&print=1"),
        ("/mn/districts/BZD", "/mn/districts/bzd"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 308, "{path}");
        assert_eq!(answer.headers["location"], place, "{path}");
        assert_eq!(site.get(place).await.status, 200, "{place}");
    }
    // Nobody is sent on to where nothing is.
    for path in [
        "/mn/khoroos/NONSENSE",
        "/mn/districts/B!",
        "/mn/khoroos/bzd-12/",
        "/mn/khoroos/bzd-999",
        "/mn/khoroos/BZD-999",
        "/en/districts/XYZ",
        "/en/khoroos/BZD-40?vintage=2020",
    ] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    // Of a code without a district nothing is said as if there was one.
    for (path, code) in [("/en/khoroos/zzz-99", Some("the code zzz")), ("/en/khoroos/bzd-99", None)] {
        let page = site.get(path).await.text;
        assert_eq!(page.contains("that district"), code.is_none(), "{path}");
        assert!(code.is_none_or(|code| page.contains(code)), "{path}");
    }
}

#[tokio::test]
async fn the_service_has_a_sign_of_its_own() {
    let site = Site::demo().await;
    for (path, kind, beginning) in [
        ("/favicon.ico", "image/x-icon", "\0\0\u{1}\0\u{1}\0"),
        ("/icon.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\""),
    ] {
        let answer = site.get(path).await;
        assert_eq!((answer.status, &*answer.kind), (200, kind), "{path}");
        assert!(answer.text.starts_with(beginning), "{path}");
    }
    for path in ["/mn/", "/en/khoroos/bzd-26", "/embed"] {
        let page = site.page(path).await;
        assert_eq!(page.links("icon").len(), 2, "{path}");
    }
}

#[tokio::test]
async fn records_of_no_figure_are_a_list_of_all_that_have_records() {
    let site = Site::demo().await;
    let listed = |path: &'static str| {
        let site = &site;
        async move { site.page(path).await.anchors().into_iter().filter(|(to, _)| to.contains("figure=")).count() }
    };
    assert!(listed("/mn/tracker/records").await > 30);
    assert!(listed("/en/tracker/records?card=identify").await > 30, "a figure is missing");
    assert!(listed("/en/tracker/records?khoroo=bzd-26&cycle=2022").await > 10);
    let page = site.page("/en/tracker/records?district=bzd&cycle=2022").await;
    let of_district = page.anchors().into_iter().filter(|(to, _)| to.contains("figure="));
    assert!(of_district.map(|(to, _)| to).all(|to| to.contains("district=bzd") && to.contains("cycle=2022")));
    // A figure that there is not leads there.
    let answer = site.get("/mn/tracker/records?card=identify&figure=nonsense").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("href=\"/mn/tracker/records\""), "{}", answer.text);
}

#[tokio::test]
async fn the_city_page_says_what_its_address_asks_for_in_vain() {
    let site = Site::demo().await;
    for (lang, said) in [
        (
            "mn",
            "Хаягт заасан «Мөчлөг: 1999» гэсэн сонголт энэ газрын зурагт алга. Оронд нь харуулсан: Тодорхойлсон сайн туршлага",
        ),
        (
            "en",
            "The address asks for “Cycle: 1999”, which this map does not have. Shown instead: Good practices identified",
        ),
    ] {
        let page = site.page(&format!("/{lang}/?cycle=1999&measure=replications_lost&utm_source=x")).await;
        assert!(page.text.contains(said), "{}", page.text);
        let misread = |name| {
            page.elements.iter().filter(move |(_, at)| at.get("data-misread").is_some_and(|n| n == name))
        };
        assert_eq!(
            [misread("cycle").count(), misread("measure").count(), misread("utm_source").count()],
            [1, 1, 0]
        );
        let page = site.page(&format!("/{lang}/?cycle=2020&measure=replications&theme=all&form=cells")).await;
        assert!(!page.elements.iter().any(|(_, attributes)| attributes.contains_key("data-misread")));
        // As the viewer has it: all themes and the boundaries of today can be asked for, all cycles cannot.
        let page = site.page(&format!("/{lang}/?vintage=current&theme=all&cycle=all")).await;
        let told = |name| {
            page.elements.iter().filter(move |(_, at)| at.get("data-misread").is_some_and(|n| n == name))
        };
        assert_eq!([told("vintage").count(), told("theme").count(), told("cycle").count()], [0, 0, 1]);
        // What is told back is text, and no longer than any name.
        let long = format!("/{lang}/?cycle=%3Cb%3E{}", "9".repeat(300));
        let answer = ask(&site.public, &long, "text/html").await;
        assert!(answer.text.contains("&lt;b&gt;999") && !answer.text.contains(&"9".repeat(60)));
    }
}

/// Anybody can make up addresses without end: what is told back of them is kept nowhere.
#[tokio::test]
async fn addresses_that_somebody_makes_up_take_no_room_from_pages() {
    let site = Site::demo().await;
    let held = async || {
        let told = ask_under("localhost", &site.office, "/metrics", "text/plain").await.text;
        let line = told.lines().find(|line| line.contains("cache_bodies_held") && !line.starts_with('#'));
        line.expect("how many bodies are held").to_owned()
    };
    site.get("/en/?measure=replications").await;
    let before = held().await;
    for made_up in 0..5 {
        let text = site.get(&format!("/en/?measure=replications&cycle=made-up-{made_up}")).await.text;
        assert!(text.contains(&format!("Cycle: made-up-{made_up}")));
    }
    assert_eq!(held().await, before);
    site.get("/en/?measure=bivariate").await;
    assert_ne!(held().await, before, "another page is kept");
}

/// Sources of invented rows are written in both languages; a page says each in its own.
#[tokio::test]
async fn a_page_names_sources_and_khoroos_in_its_own_language_and_one_way() {
    let site = Site::demo().await;
    let of_city = city().await;
    let code = &of_city.newest().expect("a vintage").geography.khoroos[40].code;
    for lang in LANGS {
        for path in ["", "about", "tracker", &format!("khoroos/{code}"), "districts/bzd"] {
            let text = site.page(&format!("/{lang}/{path}")).await.text;
            let (own, other) = if lang == "mn" {
                ("Зохиомол", "Invented")
            } else {
                ("Invented", "Зохиомол")
            };
            assert!(text.contains(own) && !text.contains(other), "/{lang}/{path}");
            assert!(!text.contains("-р хороо"), "/{lang}/{path}");
        }
        let config = site.get(&format!("/{lang}/")).await.text;
        let config = config.split("hlp-config").nth(1).expect("the viewer's configuration");
        let config = config.split("</script>").next().expect("an end");
        assert!(
            !config.contains(if lang == "mn" { "Invented boundaries" } else { "Зохиомол хил" }),
            "{lang}"
        );
    }
}

#[tokio::test]
async fn a_frame_says_what_its_address_asks_for_in_vain() {
    let site = Site::demo().await;
    let told = |page: &super::Document| -> Vec<String> {
        page.elements.iter().filter_map(|(_, at)| at.get("data-misread").map(ToString::to_string)).collect()
    };
    for (query, said) in [
        ("lang=en&area=xyz", "The address asks for “Part of the city: xyz”"),
        ("lang=mn&area=bzd-999", "«Хотын аль хэсэг: bzd-999»"),
        ("lang=en&area=xyz&still=1", "The address asks for “Part of the city: xyz”"),
    ] {
        let page = site.page(&format!("/embed?{query}")).await;
        assert_eq!(told(&page), ["area"], "{query}");
        assert!(page.text.contains(said), "{query}: {}", page.text);
    }
    let both = site.page("/embed?lang=en&area=xyz&cycle=1999").await;
    assert_eq!(told(&both), ["area", "cycle"]);
    for query in ["lang=en", "lang=en&area=city", "lang=en&area=bzd", "lang=mn&area=bzd-26&cycle=2020"] {
        assert!(told(&site.page(&format!("/embed?{query}")).await).is_empty(), "{query}");
    }
}
