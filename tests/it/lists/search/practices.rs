//! Practices that are looked for: by their words, and only public ones.

use hlp_tracker::model::{Practice, PracticeStatus};
use jiff::civil::date;
use serde_json::Value;

use super::{check, city, found};
use crate::lists::{Site, ids};
use crate::small_world;

#[tokio::test]
async fn a_practice_is_found_by_words_of_its_title_in_either_script_and_language() {
    let site = Site::of(city());
    for (q, grade, id) in [
        ("хог хаягдал", "words", "x-waste"),
        ("hog hayagdal", "words", "x-waste"),
        ("khog khayagdal", "words", "x-waste"),
        ("HOG XAYAGDAL", "words", "x-waste"),
        ("hayagdal hog", "words", "x-waste"),
        ("хог хаяг", "word_starts", "x-waste"),
        ("ayagd", "substring", "x-waste"),
        ("ail bvriin hog", "prefix", "x-waste"),
        ("Two bins for each household", "exact", "x-waste"),
        ("each household", "words", "x-waste"),
        ("household bins", "words", "x-waste"),
        ("household waste", "theme", "x-waste"),
        ("хоёр waste", "theme", "x-waste"),
        ("avto zogsool", "prefix", "x-parking"),
        ("парковка", "", ""),
        ("parking neighb", "word_starts", "x-parking"),
        ("yeronhii tolovlogoo 24", "exact", "x-lonely"),
        ("eronhiy tolovlogoo", "prefix", "x-lonely"),
        ("x-lonely", "exact", "x-lonely"),
    ] {
        if id.is_empty() {
            assert_eq!(found(&site, q, "").await, Vec::<Value>::new(), "{q}");
        } else {
            check(&site, q, grade, id).await;
        }
    }
    let listed = site.items("/api/v1/practices?q=hog%20hayagdal").await;
    // Theme and title: its name is `Хог хаягдал`.
    assert!(listed.iter().all(|item| item["theme"] == "waste") && listed.len() > 1, "{:?}", ids(&listed));
    assert!(ids(&listed).contains(&"x-waste") && !ids(&listed).contains(&"x-draft"));
}

#[tokio::test]
async fn practices_that_are_not_public_cannot_be_found() {
    let site = Site::of(city());
    let snapshot = site.app.snapshot().expect("published");
    let hidden: Vec<&Practice> =
        snapshot.records.practices.iter().filter(|p| !snapshot.standings.is_identified(p)).collect();
    assert!(hidden.len() > 2);
    for practice in hidden {
        for q in
            [Some(&practice.id), Some(&practice.title_mn), practice.title_en.as_ref()].into_iter().flatten()
        {
            let q: String = q.chars().take(100).collect();
            let items = found(&site, &q, "").await;
            assert!(items.iter().all(|item| item["id"] != practice.id.as_str()), "{q}");
        }
    }
    assert_eq!(found(&site, "нууц", "").await, Vec::<Value>::new());
    assert_eq!(found(&site, "secret furnace", "").await, Vec::<Value>::new());
}

#[tokio::test]
async fn practices_of_one_title_are_told_apart_by_place_and_year() {
    let mut city = city();
    let twin = |id: &str, host: &str| Practice {
        title_mn: "Адил нэртэй туршлага".into(),
        title_en: None,
        ..small_world::practice(id, "waste", host, PracticeStatus::Shared)
    };
    city.records.practices.extend([twin("x-one", "2022:bzd-26"), twin("x-two", "2022:khud-4")]);
    let mut begun = twin("x-three", "2020:bzd-3");
    begun.details.started_on = Some(date(2019, 5, 1));
    city.records.practices.push(begun);
    city.sort();
    let site = Site::of(city);
    let told = |items: &[Value], id: &str| {
        let item = items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id}: {items:?}"));
        (item["place"].as_str().map(str::to_owned), item["year"].as_i64())
    };
    let items = found(&site, "Адил нэртэй", "&lang=mn").await;
    assert_eq!(told(&items, "x-one").0.as_deref(), Some("Баянзүрх, 26 дугаар хороо"));
    assert_eq!(told(&items, "x-two").0.as_deref(), Some("Хан-Уул, 4 дүгээр хороо"));
    assert_eq!(told(&items, "x-three"), (Some("Баянзүрх, 3 дугаар хороо".into()), Some(2019)));
    // An entry says the year in which others first heard of it.
    let items = found(&site, "QR", "&lang=en&kind=practice").await;
    assert!(items.iter().all(|item| matches!(item["year"].as_i64(), Some(2020..=2022))), "{items:?}");
    assert!(
        !items.is_empty()
            && items.iter().all(|item| item["place"].as_str().is_some_and(|p| p.contains(", Khoroo ")))
    );
}
