//! What people type, and what they meant.

mod bounds;
mod practices;

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::model::{Loaded, Practice, PracticeStatus, PracticeStatusChange, VintageId};
use jiff::civil::date;
use serde_json::Value;

use super::{Site, ids};
use crate::small_world;
use crate::support::applied;

/// The invented city with a khoroo that has a name and with practices of known titles.
fn city() -> Loaded {
    let mut city =
        applied(&Loaded::default(), &generate(&DemoOptions { records_pct: 20, ..DemoOptions::default() }));
    let vintage: VintageId = "2022".parse().expect("a vintage");
    let khoroos = &mut city.datasets.get_mut(&vintage).expect("the newest").khoroos;
    let named = khoroos.iter_mut().find(|k| k.id.code.to_string() == "khud-11").expect("a khoroo");
    (named.name_mn, named.name_en) = (Some("Яармаг".into()), Some("Yarmag".into()));
    let practice = |id: &str, title_mn: &str, title_en: Option<&str>, status| Practice {
        title_mn: title_mn.into(),
        title_en: title_en.map(str::to_owned),
        ..small_world::practice(id, "waste", "2022:bzd-26", status)
    };
    city.records.practices.extend([
        practice(
            "x-waste",
            "Айл бүрийн хог хаягдал ангилах хоёр сав",
            Some("Two bins for each household"),
            PracticeStatus::Shared,
        ),
        practice(
            "x-parking",
            "Авто зогсоолын ээлж",
            Some("Parking rules made with neighbours"),
            PracticeStatus::Identified,
        ),
        practice("x-lonely", "Ерөнхий төлөвлөгөө 24", None, PracticeStatus::Archived),
        practice("x-draft", "Хог хаягдал шатаах нууц зуух", Some("A secret furnace"), PracticeStatus::Draft),
        practice("x-returned", "Нууц хог хаягдал", None, PracticeStatus::Returned),
    ]);
    city.records.practice_status_changes.push(PracticeStatusChange {
        practice: "x-lonely".into(),
        changed_on: date(2022, 3, 1),
        status: PracticeStatus::Identified,
        illustrative: true,
    });
    city.sort();
    city
}

async fn found(site: &Site, q: &str, more: &str) -> Vec<Value> {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let path = format!("/api/v1/search?q={q}&limit=100{more}");
    let (status, page) = site.get(&path).await;
    assert_eq!(status, 200, "{path}: {page}");
    page["items"].as_array().expect("items").clone()
}

async fn check(site: &Site, q: &str, grade: &str, id: &str) {
    let items = found(site, q, "").await;
    let first = items.first().unwrap_or_else(|| panic!("nothing for {q}"));
    assert_eq!((first["match"].as_str(), first["id"].as_str()), (Some(grade), Some(id)), "{q}");
}

#[tokio::test]
async fn a_khoroo_is_found_however_it_is_typed() {
    let site = Site::of(city());
    for q in [
        "bzd-26",
        "2022:bzd-26",
        "bzd 26",
        "BZD26",
        "БЗД-26",
        "бзд 26 ",
        "Баянзүрх 26",
        "Баянзурх 26",
        "bayanzurkh 26",
        "Bayanzürkh 26",
        "Bayanzu\u{308}rkh 26",
        "bayanzvrh 26",
        "баянзүрх дүүргийн 26 дугаар хороо",
        "26-р хороо, Баянзүрх дүүрэг",
        "Баянзүрх 26-р хор",
        "khoroo 26 bayan zurkh",
    ] {
        check(&site, q, "exact", "2022:bzd-26").await;
    }
    for (q, id) in [
        ("hud 4", "2022:khud-4"),
        ("KhUD 4", "2022:khud-4"),
        ("khan uul 4", "2022:khud-4"),
        ("Хан-Уул 4", "2022:khud-4"),
        ("СХД 12", "2022:skhd-12"),
        ("skhd12", "2022:skhd-12"),
        ("сх 12", "2022:skhd-12"),
        ("songino khairkhan 12", "2022:skhd-12"),
        ("BHD 2", "2022:bkh-2"),
        ("налайх 7", "2022:nd-7"),
    ] {
        check(&site, q, "exact", id).await;
    }
}

#[tokio::test]
async fn a_district_is_found_first_and_its_khoroos_after_it() {
    let site = Site::of(city());
    for q in ["Bayanzürkh", "Баянзүрх", "баянзүрх дүүрэг", "BZD", "бзд", "Bayanzurh duureg"]
    {
        let items = found(&site, q, "").await;
        assert_eq!(ids(&items)[..3], ["bzd", "2022:bzd-1", "2022:bzd-2"], "{q}");
        assert_eq!(items.len(), 44, "{q}");
    }
    check(&site, "хайрхан", "substring", "skhd").await;
    check(&site, "Чингэл", "prefix", "chd").await;
    check(&site, "bayanzur", "prefix", "bzd").await;
    let kinds = found(&site, "Баянзүрх", "&kind=khoroo,practice").await;
    assert!(kinds.iter().all(|item| item["kind"] != "district") && kinds.len() == 43);
}

#[tokio::test]
async fn a_number_alone_finds_every_khoroo_that_has_it() {
    let site = Site::of(city());
    let items = found(&site, "26-р хороо", "").await;
    assert_eq!(ids(&items), ["2022:bgd-26", "2022:bzd-26", "2022:skhd-26"]);
    assert!(items.iter().all(|item| item["match"] == "words"));
    // While a number is typed it may go on.
    let items = found(&site, "bzd 2", "").await;
    let told: Vec<_> =
        items.iter().map(|i| (i["code"].as_str().expect("a code"), i["match"].as_str())).collect();
    let mut expected = vec![("bzd-2", Some("exact"))];
    let rest: Vec<String> = (20..30).map(|n| format!("bzd-{n}")).collect();
    expected.extend(rest.iter().map(|code| (code.as_str(), Some("prefix"))));
    assert_eq!(told, expected);
    assert_eq!(ids(&found(&site, "bzd 2 ", "").await), ["2022:bzd-2"]);
}

#[tokio::test]
async fn every_beginning_of_what_is_typed_already_leads_there() {
    let site = Site::of(city());
    for (text, district, from) in [
        ("bayanzurkh 26", "bzd", 3),
        ("Баянзүрх дүүрэг 26-р хороо", "bzd", 3),
        ("khan-uul 4", "khud", 1),
        ("chingeltei", "chd", 2),
        ("Сонгинохайрхан 12", "skhd", 1),
    ] {
        for n in from..=text.chars().count() {
            let typed: String = text.chars().take(n).collect();
            let items = found(&site, &typed, "").await;
            let is_near = items.iter().take(3).any(|item| item["district"] == district);
            assert!(is_near, "{typed:?}: {:?}", ids(&items));
        }
    }
}

#[tokio::test]
async fn a_khoroo_with_a_name_is_found_by_it() {
    let site = Site::of(city());
    for (q, grade) in [
        ("Яармаг", "exact"),
        ("yarmag", "exact"),
        ("яарм", "prefix"),
        ("ХУД яармаг", "exact"),
        ("яармаг 11", "exact"),
    ] {
        check(&site, q, grade, "2022:khud-11").await;
    }
    assert_eq!(found(&site, "яармаг", "&lang=en").await[0]["title"], "Khan-Uul, Yarmag");
    assert_eq!(ids(&found(&site, "бзд яармаг", "").await), Vec::<&str>::new());
    assert_eq!(ids(&found(&site, "яармаг 12", "").await), Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_found_says_what_it_is_where_it_lies_and_why() {
    let site = Site::of(city());
    let khoroo = &found(&site, "hud 4", "&lang=en").await[0];
    assert_eq!(khoroo["title"], "Khan-Uul, Khoroo 4");
    assert_eq!((&khoroo["kind"], &khoroo["code"]), (&"khoroo".into(), &"khud-4".into()));
    assert_eq!((&khoroo["vintage"], &khoroo["district"]), (&"2022".into(), &"khud".into()));
    assert_eq!(khoroo["matched"], "HUD 4");
    for (q, matched) in
        [("ХУД 4", "ХУД 4"), ("хан", "Хан-Уул"), ("kha", "Khan-Uul"), ("songino", "Songinokhairkhan")]
    {
        assert_eq!(found(&site, q, "").await[0]["matched"], matched, "{q}");
    }
    let (west, point) =
        (khoroo["bbox"][0].as_f64().expect("a box"), khoroo["point"][0].as_f64().expect("a point"));
    assert!(west < point && point < khoroo["bbox"][2].as_f64().expect("a box"));
    assert_eq!(found(&site, "hud 4", "&lang=mn").await[0]["title"], "Хан-Уул, 4 дүгээр хороо");
    let practice = &found(&site, "hog hayag", "&lang=en").await[0];
    assert_eq!(
        (&practice["title"], &practice["title_lang"]),
        (&"Two bins for each household".into(), &"en".into())
    );
    assert_eq!(practice["matched"], "хог хаягдал");
    assert_eq!((&practice["host"], &practice["theme"]), (&"2022:bzd-26".into(), &"waste".into()));
    assert!(practice["point"][0].is_number(), "it lies in its host: {practice}");
    let untranslated = &found(&site, "төлөвлөгөө 24", "&lang=en").await[0];
    assert_eq!(
        (&untranslated["title_lang"], &untranslated["matched"]),
        (&"mn".into(), &"төлөвлөгөө 24".into())
    );
    let before = &found(&site, "bzd 26", "&vintage=2020").await[0];
    assert_eq!((&before["id"], &before["vintage"]), (&"2020:bzd-26".into(), &"2020".into()));
    assert_eq!(ids(&found(&site, "bzd 40", "&vintage=2020").await), Vec::<&str>::new());
}

#[tokio::test]
async fn the_word_for_a_kind_of_place_alone_means_all_of_that_kind() {
    let site = Site::of(city());
    for q in ["khoroo", "хороо", "Horoo", "khoroos", "хороод"] {
        let (_, page) = site
            .get(&format!(
                "/api/v1/search?q={}&kind=khoroo",
                form_urlencoded::byte_serialize(q.as_bytes()).collect::<String>()
            ))
            .await;
        let codes: std::collections::BTreeSet<&str> = page["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| item["code"].as_str())
            .collect();
        assert_eq!((page["total"].as_u64(), codes.len()), (Some(204), 10), "{q}");
    }
    for q in ["district", "дүүрэг", "duureg", "districts"] {
        assert_eq!(found(&site, q, "&kind=district").await.len(), 9, "{q}");
    }
    // Titles that begin with the word come first, and khoroos of one district stay among themselves.
    assert_eq!(found(&site, "khoroo", "&kind=khoroo&district=bkh").await.len(), 2);
    assert!(found(&site, "khor", "&kind=khoroo").await.is_empty());
}
