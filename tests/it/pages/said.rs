//! What pages say: the tracker's figures, words of both languages, and no text of the data as markup.

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::Settings;
use hlp_tracker::model::{Loaded, VintageId};
use hlp_tracker::snapshot::Snapshot;
use serde_json::Value;

use super::{Arc, HOST, LANGS, Site, ask, ask_all, city, pages};
use crate::support::applied;

/// A number as pages write it, without what groups its digits.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

#[tokio::test]
async fn figures_on_pages_are_those_of_the_tracker() {
    let site = Site::demo().await;
    let mut n_compared = 0;
    for (page, question) in [
        ("/en/tracker", "cycle=all"),
        ("/mn/tracker?cycle=2022&district=bzd", "cycle=2022&district=bzd"),
        ("/en/tracker?cycle=2020&theme=waste", "cycle=2020&theme=waste"),
        ("/mn/tracker?cycle=2022&as_of=2022-09-30", "cycle=2022&as_of=2022-09-30"),
        ("/mn/khoroos/bzd-26", "khoroo=bzd-26&vintage=2022"),
        ("/en/khoroos/chd-3?vintage=2020", "khoroo=chd-3&vintage=2020"),
        ("/mn/districts/skhd", "district=skhd&vintage=2022"),
    ] {
        let shown = site.page(page).await;
        let answer =
            ask(&site.public, &format!("/api/v1/tracker?{question}&lang=en"), "application/json").await;
        let json: Value = serde_json::from_str(&answer.text).expect("JSON");
        let is_dashboard = page.contains("/tracker");
        let parts: &[&str] = if is_dashboard { &["steps", "more"] } else { &["steps"] };
        for card in parts.iter().flat_map(|part| json[*part].as_array().expect("cards")) {
            for figure in card["figures"].as_array().expect("figures") {
                let Some(value) = figure["value"].as_f64() else { continue };
                let ids = [("card", &card["code"]), ("figure", &figure["id"])];
                let ids = ids.map(|(name, id)| (name, id.as_str().expect("an id")));
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(ids).finish();
                let found = shown.anchors().into_iter().find(|(address, _)| {
                    address.contains("/tracker/records?") && address.ends_with(&query)
                        // Other links of the page ask for the same figure of one theme, or of one cycle.
                        && address.contains("&theme=") == question.contains("theme=")
                        && (is_dashboard || !address.contains("cycle="))
                });
                let (_, text) = found.unwrap_or_else(|| panic!("{page} has no {query}"));
                let n_decimals = match figure["unit"].as_str().expect("a unit") {
                    "days" | "%" | "percentage points" => 1,
                    "₮" | "% of khoroos" => 0,
                    _ => usize::from(figure["estimate"] == true),
                };
                let unit = 10_f64.powi(n_decimals as i32);
                let expected = format!("{:.n_decimals$}", (value * unit).round() / unit);
                assert_eq!(plain(text), expected, "{page}: {query}");
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 300, "{n_compared}");
}

#[tokio::test]
async fn a_page_tells_how_many_of_the_practices_entered_have_a_page() {
    let site = Site::demo().await;
    let mut n_told = 0;
    for number in 1..=43 {
        let path = format!("/api/v1/tracker?khoroo=bzd-{number}&vintage=2022");
        let json: Value =
            serde_json::from_str(&ask(&site.public, &path, "application/json").await.text).expect("JSON");
        let value = |part: &str, id: &str| {
            let cards = json[part].as_array().expect("cards").iter();
            let mut figures = cards.flat_map(|card| card["figures"].as_array().expect("figures"));
            figures.find(|figure| figure["id"] == id).and_then(|figure| figure["value"].as_f64())
        };
        let n_entered = value("steps", "identifications").expect("counted");
        let n_with_page = value("more", "funnel_identified").expect("counted");
        let shown = site.page(&format!("/en/khoroos/bzd-{number}")).await;
        let told = format!(
            "Entered and counted: {n_entered}. Accepted by the district, with a page of their own: {n_with_page}."
        );
        assert_eq!(shown.text.contains(&told), n_with_page < n_entered, "bzd-{number}");
        n_told += usize::from(n_with_page < n_entered);
        let n_besides = shown.count("article") as f64 - n_with_page;
        let besides = format!("Also listed, though not counted above: {n_besides},");
        assert_eq!(shown.text.contains(&besides), n_besides > 0.0, "bzd-{number}: {n_besides}");
    }
    assert!(n_told > 5, "{n_told}");
    for (page, numbers) in [("/en/", [392, 332]), ("/en/practices", [392, 332])] {
        let [n_entered, n_with_page] = numbers;
        let told = format!(
            "Entered and counted: {n_entered}. Accepted by the district, with a page of their own: {n_with_page}."
        );
        assert!(site.page(page).await.text.contains(&told), "{page}");
    }
    let searched = site.page("/en/practices?q=waste").await;
    assert!(!searched.text.contains("Entered and counted"), "of words that were typed there is no figure");
}

#[tokio::test]
async fn figures_over_time_are_those_of_the_tracker_cycle_by_cycle() {
    let site = Site::demo().await;
    let mut n_estimates = 0;
    for (page, place) in [
        ("/en/khoroos/bzd-26", "khoroo=bzd-26&vintage=2022"),
        ("/en/khoroos/sbd-12", "khoroo=sbd-12&vintage=2022"),
        ("/en/khoroos/chd-3?vintage=2020", "khoroo=chd-3&vintage=2020"),
        ("/en/districts/bzd", "district=bzd"),
        ("/en/districts/bn?vintage=2020", "district=bn"),
    ] {
        let shown = site.page(page).await;
        for (cycle, card, id) in ["2020", "2022"]
            .into_iter()
            .flat_map(|cycle| [(cycle, "identify", "identifications"), (cycle, "replicate", "replications")])
        {
            let path = format!("/api/v1/tracker?{place}&cycle={cycle}");
            let json: Value =
                serde_json::from_str(&ask(&site.public, &path, "application/json").await.text).expect("JSON");
            let steps = json["steps"].as_array().expect("steps");
            let figures = steps.iter().find(|step| step["code"] == card).expect("a step")["figures"].clone();
            let figure = &figures[0];
            assert_eq!(figure["id"], id);
            let ending = format!("card={card}&figure={id}");
            let found = shown.anchors().into_iter().find(|(address, _)| {
                address.contains(&format!("cycle={cycle}&")) && address.ends_with(&ending)
            });
            // What was counted is whole; what is carried over has parts, also where they add up to a whole.
            let n_decimals = usize::from(figure["estimate"] == true);
            let expected = figure["value"].as_f64().map(|value| format!("{value:.n_decimals$}"));
            assert_eq!(found.map(|(_, text)| plain(text)), expected, "{page} {cycle} {id}");
            n_estimates += usize::from(figure["estimate"] == true);
        }
    }
    assert!(n_estimates >= 4, "{n_estimates}");
}

#[tokio::test]
async fn records_behind_a_figure_are_listed_where_everybody_may_see_them() {
    let site = Site::demo().await;
    let listed = site.page("/en/tracker/records?cycle=2022&card=replicate&figure=replications").await;
    assert!(listed.text.contains("Number of records: 95"), "{}", listed.text);
    assert_eq!(listed.count("tr"), 1 + 95);
    let second =
        site.page("/en/tracker/records?cycle=2022&card=identify&figure=identifications&page=3").await;
    assert_eq!(second.count("tr"), 1 + 48);
    let internal = site.page("/en/tracker/records?cycle=2022&card=review&figure=reviews").await;
    assert!(internal.text.contains("not published one by one") && internal.count("table") == 0);
    let unknown = site.page("/en/tracker/records?cycle=2020&card=replicate&figure=replications").await;
    assert!(unknown.text.contains("this is not zero"), "{}", unknown.text);
}

#[tokio::test]
async fn both_listeners_show_the_same_public_pages() {
    let site = Site::of(
        city().await,
        Settings { internal_hosts: vec!["map.example".into()], ..Settings::default() },
    );
    for page in ["khoroos/bzd-26", "districts/bzd", "tracker", "practices", "about", "practices/p-2022-055"] {
        for lang in LANGS {
            let path = format!("/{lang}/{page}");
            let [public, office] = [&site.public, &site.office];
            let [public, office] =
                [ask(public, &path, "text/html").await, ask(office, &path, "text/html").await];
            assert_eq!((public.status, office.status), (200, 200), "{path}");
            assert_eq!(public.text, office.text, "{path}");
        }
    }
}

/// The invented city with a text in everything that people may write.
fn evil(text: &str) -> Arc<Snapshot> {
    let changes = generate(&DemoOptions { khoroos: 204, seed: 1, ..DemoOptions::default() });
    let mut loaded = applied(&Loaded::default(), &changes);
    let some = || Some(text.to_owned());
    for vintage in &mut loaded.vintages {
        text.clone_into(&mut vintage.source);
        text.clone_into(&mut vintage.title_mn);
    }
    let records = &mut loaded.records;
    for row in &mut records.practices {
        (row.title_mn, row.title_en, row.summary_mn) = (text.to_owned(), None, some());
        (row.details.problem_mn, row.details.result_en) = (some(), some());
    }
    for row in &mut records.replications {
        row.adaptations = some();
    }
    for row in &mut records.khoroo_facts {
        (row.phone, row.office_address, row.opening_hours) = (some(), some(), some());
        text.clone_into(&mut row.source);
    }
    for row in &mut records.trainings {
        (row.org, row.title_mn) = (text.to_owned(), text.to_owned());
    }
    for row in &mut records.themes {
        text.clone_into(&mut row.name_mn);
    }
    Arc::new(Snapshot::build(loaded, None, 10_000.0).expect("builds"))
}

#[tokio::test]
async fn no_text_of_the_data_becomes_markup() {
    let text = "</title></script><script>alert('\"&')</script><img src=x onerror=alert(1)> javascript:x";
    let settings = Settings { contact: Some(text.into()), licence: Some(text.into()), ..Settings::default() };
    let site = Site::of(evil(text), settings);
    for lang in LANGS {
        for page in [
            "",
            "khoroos/bzd-26",
            "khoroos/bzd-26?vintage=2020",
            "districts/bzd",
            "practices",
            "practices?q=script",
            "practices/p-2022-055",
            "tracker",
            "tracker/records?card=identify&figure=identifications",
            "tracker/records?card=trainings:HRDC&figure=trainings",
            "about",
            "khoroos/%3Cscript%3E",
            "tracker?cycle=%3Cscript%3E",
            "practices?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ] {
            let path = format!("/{lang}/{page}");
            let answer = site.get(&path).await;
            assert!(answer.text.starts_with("<!DOCTYPE html>"), "{path}");
            for bad in ["<script>", "<img", "</title></script>"] {
                assert!(!answer.text.contains(bad), "{path} carries {bad}");
            }
            let document = super::html::Document::read(&answer.text);
            let document = document.unwrap_or_else(|fault| panic!("{path}: {fault}"));
            for (address, _) in document.anchors() {
                assert!(
                    ["/", "#", "https://", "mailto:", "tel:"].iter().any(|ok| address.starts_with(ok)),
                    "{address}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_only_in_the_other_language_is_marked_as_such() {
    let site = Site::of(evil("Гудамжны мод"), Settings::default());
    let page = site.page("/en/practices/p-2022-055").await;
    assert!(page.text.contains("in Mongolian only"), "{}", page.text);
    let list = site.page("/en/practices").await;
    let titles =
        list.elements.iter().filter(|(name, a)| name == "a" && a.get("lang").is_some_and(|l| l == "mn"));
    assert!(titles.filter(|(_, a)| a["href"].contains("/practices/")).count() >= 25);
}

#[tokio::test]
async fn history_and_neighbours_of_a_khoroo_are_told_in_words() {
    let site = Site::demo().await;
    let city = city().await;
    let newer: VintageId = "2022".parse().expect("a vintage");
    let split = city.lineage.iter().find(|pair| {
        pair.to.vintage == newer && pair.from.code != pair.to.code && pair.area_share > 0.2 && {
            let view = &city.vintages[0];
            view.geography.khoroo_idx(&pair.to.code).is_none()
        }
    });
    let split = split.expect("a khoroo cut out of another");
    let child = site.page(&format!("/en/khoroos/{}", split.to.code)).await;
    assert!(child.text.contains("Until the end of 2021 it was part of"), "{}", child.text);
    let parent = format!("/en/khoroos/{}?vintage=2020", split.from.code);
    assert!(child.addresses().contains(&parent), "{:?}", child.addresses());
    let parent = site.page(&parent).await;
    assert!(parent.text.contains("Since 2022 its ground has been in"), "{}", parent.text);
    assert!(parent.addresses().contains(&format!("/en/khoroos/{}", split.to.code)));
    let view = city.vintage(&newer).expect("a vintage");
    let idx = view.geography.khoroo_idx(&split.to.code).expect("a khoroo");
    for neighbour in view.geography.neighbours(idx).iter().filter(|n| n.border_m > 0.0) {
        let code = &view.geography.khoroos[neighbour.unit as usize].code;
        assert!(child.addresses().contains(&format!("/en/khoroos/{code}")), "{code}");
    }
}

#[tokio::test]
async fn zero_cost_and_unknown_cost_are_told_apart() {
    let site = Site::demo().await;
    let city = city().await;
    let of = |cost: Option<i64>| {
        let public = city.public_practices();
        let mut public = public.filter(|practice| practice.details.cost_year == cost);
        public.next().map(|practice| format!("/en/practices/{}", practice.id)).expect("such a practice")
    };
    let [free, unknown] = [site.page(&of(Some(0))).await, site.page(&of(None)).await];
    assert!(free.text.contains("Cost per year 0\u{a0}₮"), "{}", free.text);
    assert!(unknown.text.contains("Cost per year unknown"), "{}", unknown.text);
}

#[tokio::test]
async fn contact_and_licence_are_as_configured_and_else_said_to_be_missing() {
    let plain = Site::demo().await.page("/en/about").await;
    assert!(plain.text.contains("Licence not stated") && plain.text.contains("No contact has been set up"));
    let told = Settings {
        contact: Some("hlp@ub.example".into()),
        licence: Some("https://creativecommons.org/licenses/by/4.0/".into()),
        ..Settings::default()
    };
    let page = Site::of(city().await, told).page("/en/about").await;
    let addresses = page.addresses();
    assert!(addresses.contains("mailto:hlp@ub.example"), "{addresses:?}");
    assert!(addresses.contains("https://creativecommons.org/licenses/by/4.0/"), "{addresses:?}");
}

#[tokio::test]
async fn canonical_and_twin_addresses_are_absolute_and_lead_to_each_other() {
    let site = Site::demo().await;
    for (path, canonical) in [
        ("/mn/khoroos/bzd-26?vintage=2022&utm_source=x", "khoroos/bzd-26"),
        ("/mn/khoroos/bzd-26?vintage=2020", "khoroos/bzd-26?vintage=2020"),
        ("/mn/practices?theme=waste&page=1", "practices"),
        ("/mn/tracker?cycle=2022", "tracker"),
    ] {
        let page = site.page(path).await;
        let address = |lang: &str| format!("http://{HOST}/{lang}/{canonical}");
        assert_eq!(page.links("canonical")[0]["href"], address("mn"), "{path}");
        for twin in page.links("alternate") {
            let lang = if twin["hreflang"] == "en" { "en" } else { "mn" };
            assert_eq!(twin["href"], address(lang), "{path}");
        }
        assert_eq!(page.meta("og:url"), Some(&*address("mn")), "{path}");
    }
}

/// What is read on a page: its text without scripts, codes to copy and fields of forms.
fn read_text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let unread = ["script", "textarea", "code"].into_iter().find(|name| after.starts_with(name));
        let end = unread.map_or_else(|| ">".to_owned(), |name| format!("</{name}>"));
        rest = after.split_once(&end).map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// Days as programs write them: `2023-02-24`.
fn iso_days(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '-')).map(|word| word.trim_matches('-'));
    words.filter(|word| word.len() == 10 && word.parse::<jiff::civil::Date>().is_ok()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_are_in_words_on_every_page() {
    let (site, snapshot) = (Site::demo().await, city().await);
    for (path, answer) in ask_all(&site, pages(&snapshot)).await {
        let text = read_text(&answer.text);
        assert_eq!(iso_days(&text), Vec::<&str>::new(), "{path}");
    }
    let text = read_text("<p>2023-02-24-нд</p><a href='2022-01-01'><code>2022-01-01</code>");
    assert_eq!(iso_days(&text), ["2023-02-24"]);
}
