//! The way of a day.

use serde_json::{Value, json};

use super::{city, get, list, text};
use crate::support::judge;

const DAY: &str = "/api/v1/day-routes?from=bzd-20&date=2023-05-15";

fn minute(value: &Value) -> u32 {
    let (hour, minute) = text(value).split_once(':').expect("a time");
    hour.parse::<u32>().expect("an hour") * 60 + minute.parse::<u32>().expect("a minute")
}

#[tokio::test]
async fn an_itinerary_is_a_day_that_can_be_lived() {
    let site = city();
    let path =
        format!("{DAY}&stops=bzd-1,bzd-12,skhd-4,khud-2&open=09:00-12:00,13:00-17:00&lunch_minutes=45");
    let day = get(&site.public, &path).await.json();
    let stops = list(&day["stops"]);
    assert!(stops.len() >= 3, "{day}");
    let (mut at, mut on_the_way) = (minute(&day["leaves_at"]), 0);
    assert!(at >= 9 * 60 && minute(&day["back_at"]) <= 18 * 60);
    let lunch = (minute(&day["lunch"]["begins_at"]), minute(&day["lunch"]["ends_at"]));
    assert!(lunch.0 >= 12 * 60 && lunch.1 == lunch.0 + 45 && lunch.1 <= 14 * 60, "{lunch:?}");
    for (stop, order) in stops.iter().zip(1..) {
        let [arrives, begins, ends] = ["arrives_at", "begins_at", "ends_at"].map(|name| minute(&stop[name]));
        let travel = stop["travel_minutes"].as_u64().expect("minutes") as u32;
        assert_eq!(stop["order"], order);
        assert!(at + travel <= arrives && arrives <= begins && ends == begins + 60, "{stop}");
        let is_open = |from: u32, to: u32| from * 60 <= begins && ends <= to * 60;
        assert!(is_open(9, 12) || is_open(13, 17), "{stop}");
        assert!(lunch.1 <= begins || ends <= lunch.0, "nobody rests during a visit: {stop}");
        assert!(stop["lon"].as_f64().expect("a place") > 106.0 && stop["name_mn"].is_string());
        on_the_way += travel;
        at = ends;
    }
    let home = day["home_minutes"].as_u64().expect("minutes") as u32;
    assert!(at + home <= minute(&day["back_at"]));
    assert_eq!(day["travel_minutes"], on_the_way + home);
    let left_out = list(&day["left_out"]);
    assert_eq!(stops.len() + left_out.len(), 4);
    assert_eq!(day["day"]["working"], true);
    assert_eq!(day["day"]["next_working_day"], "2023-05-16");
    let said = text(&day["sentence_en"]);
    assert!(said.starts_with(&format!("{} of 4 visits fit", stops.len())), "{said}");
}

#[tokio::test]
async fn no_other_order_of_the_same_stops_is_shorter() {
    let site = city();
    let day = get(&site.public, &format!("{DAY}&stops=bzd-1,bzd-12,bzd-30&lunch=none&visit_minutes=10"))
        .await
        .json();
    assert_eq!(list(&day["stops"]).len(), 3);
    let total = day["travel_minutes"].as_u64().expect("minutes");
    let mut shortest = u64::MAX;
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let codes = order.map(|at| ["bzd-1", "bzd-12", "bzd-30"][at]);
        // Legs of other ways, by days with one stop: there and back are each a leg.
        let mut sum = 0;
        for pair in ["bzd-20", codes[0], codes[1], codes[2], "bzd-20"].windows(2) {
            let path =
                format!("/api/v1/day-routes?from={}&stops={}&date=2023-05-15&lunch=none", pair[0], pair[1]);
            let one = get(&site.public, &path).await.json();
            sum += one["stops"][0]["travel_minutes"].as_u64().expect("minutes");
        }
        shortest = shortest.min(sum);
    }
    assert_eq!(total, shortest);
}

#[tokio::test]
async fn nobody_stands_before_a_door_that_opens_after_noon() {
    let site = city();
    let day = get(&site.public, &format!("{DAY}&stops=bzd-1&open=14:00-17:00")).await.json();
    let stop = &day["stops"][0];
    let travel = stop["travel_minutes"].as_u64().expect("minutes") as u32;
    assert_eq!(minute(&day["leaves_at"]) + travel, 14 * 60, "{day}");
    assert_eq!((&stop["arrives_at"], &stop["begins_at"]), (&"14:00".into(), &"14:00".into()));
    assert!(day["lunch"].is_null(), "at home, not on the way: {day}");
}

#[tokio::test]
async fn what_does_not_fit_is_left_out_and_told_why() {
    let site = city();
    let stops: Vec<String> = (1..=12).map(|n| format!("bzd-{n}")).collect();
    let day = get(&site.public, &format!("{DAY}&stops={}&end=15:00", stops.join(","))).await.json();
    let left_out = list(&day["left_out"]);
    assert!(!left_out.is_empty() && list(&day["stops"]).len() + left_out.len() == 12, "{day}");
    assert!(left_out.iter().all(|one| one["why"] == "no_time" && !text(&one["text_mn"]).is_empty()));
    // The exclave is too far for any other visit, and with little time for itself.
    let day =
        get(&site.public, &format!("{DAY}&stops=bn-1,bzd-1&start=10:00&end=13:00&lunch=none")).await.json();
    assert_eq!(
        (&day["left_out"][0]["code"], &day["left_out"][0]["why"]),
        (&"bn-1".into(), &"not_alone".into())
    );
    assert_eq!(day["stops"][0]["code"], "bzd-1");
}

#[tokio::test]
async fn a_way_of_unknown_length_is_not_told_as_too_far() {
    let mut town = super::loaded();
    for khoroo in town.datasets.values_mut().flat_map(|dataset| &mut dataset.khoroos) {
        khoroo.shape = None;
    }
    town.records.khoroo_facts.iter_mut().for_each(|facts| facts.office = None);
    town.records.travel_times.clear();
    let site = super::Site::of(town);
    let day = get(&site.public, &format!("{DAY}&stops=bzd-1")).await.json();
    assert_eq!(day["left_out"][0]["why"], "way_unknown", "{day}");
    assert_eq!(day["left_out"][0]["text_en"], "how long the way takes is not known");
}

#[tokio::test]
async fn on_weekends_and_holidays_nobody_receives() {
    let site = city();
    for (date, reason, next) in [
        ("2026-07-13", "holiday", "2026-07-16"),
        ("2026-02-18", "holiday", "2026-02-23"),
        ("2026-11-21", "weekend", "2026-11-23"),
    ] {
        let path = format!("/api/v1/day-routes?from=bzd-20&stops=bzd-1,bzd-2&date={date}");
        let answer = get(&site.public, &path).await.json();
        let day = &answer["day"];
        assert_eq!((&day["working"], &day["reason"]), (&false.into(), &reason.into()), "{date}");
        assert_eq!(day["name_mn"].is_string(), reason == "holiday");
        assert_eq!(day["next_working_day"], next, "{date}");
        assert!(list(&answer["stops"]).is_empty() && answer["leaves_at"].is_null());
        assert!(list(&answer["left_out"]).iter().all(|one| one["why"] == "closed"));
        for form in ["geojson", "ics"] {
            let (code, _, detail) = get(&site.public, &format!("{path}&f={form}")).await.refusal(404, form);
            assert!(code == "not_found" && detail.contains(date), "{detail}");
        }
    }
    let far = get(&site.public, "/api/v1/day-routes?from=bzd-20&stops=bzd-1&date=2100-06-07").await.json();
    assert_eq!((&far["day"]["holidays_known"], &far["day"]["working"]), (&false.into(), &true.into()));
}

#[tokio::test]
async fn the_way_is_a_line_on_the_map() {
    let site = city();
    let answer = get(&site.public, &format!("{DAY}&stops=bzd-1,bzd-12&f=geojson")).await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let map = answer.json();
    let features = list(&map["features"]);
    assert_eq!(features.len(), 4);
    let line = list(&features[0]["geometry"]["coordinates"]);
    assert_eq!((features[0]["geometry"]["type"].clone(), line.len()), ("LineString".into(), 4));
    assert_eq!(line[0], line[3], "back where it began");
    for (feature, at) in features[1..].iter().zip([0, 1, 2]) {
        assert_eq!(feature["geometry"]["coordinates"], line[at]);
    }
    assert_eq!(features[2]["properties"]["order"], 1);
}

#[tokio::test]
async fn a_calendar_file_has_the_visits_in_the_citys_time() {
    let site = city();
    let practices = get(&site.public, "/api/v1/practices?khoroo=bzd-1&limit=1").await.json();
    let practice = practices["items"].get(0);
    let stop = practice.map_or_else(|| "bzd-1".into(), |one| format!("bzd-1:{}", text(&one["id"])));
    for (lang, said) in [("mn", "Туршлага судлах айлчлал"), ("en", "Learning visit")] {
        let path = format!("{DAY}&stops={stop},bzd-12&f=ics&lang={lang}");
        let answer = get(&site.public, &path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"visits-2023-05-15.ics\"");
        let file = answer.text().replace("\r\n ", "");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 2);
        assert!(file.contains("DTSTART;TZID=Asia/Ulaanbaatar:20230515T"), "{file}");
        assert!(file.contains(said) && file.contains("TZOFFSETTO:+0800"), "{file}");
        let itinerary = get(&site.public, &format!("{DAY}&stops={stop},bzd-12")).await.json();
        for visit in list(&itinerary["stops"]) {
            let begins = text(&visit["begins_at"]).replace(':', "");
            assert!(file.contains(&format!(":20230515T{begins}00\r\n")), "{begins}: {file}");
        }
        let uids: Vec<&str> = file.lines().filter(|line| line.starts_with("UID:")).collect();
        assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
        assert_eq!(answer.body, get(&site.public, &path).await.body, "the same whenever it is asked for");
    }
}

/// In 2016 the city was nine hours before UTC in summer.
#[tokio::test]
async fn a_calendar_file_of_invented_data_says_so_and_a_real_one_does_not() {
    let mark = ["Жишээ өгөгдөл", "Illustrative data"];
    let (demo, real) = (city(), super::Site::of(crate::small_world::loaded()));
    for (lang, mark) in ["mn", "en"].into_iter().zip(mark) {
        let path = format!("{DAY}&stops=bzd-1,bzd-12&f=ics&lang={lang}");
        let unfolded = |text: &str| text.replace("\r\n ", "");
        let file = unfolded(get(&demo.public, &path).await.text());
        assert_eq!(file.matches(mark).count(), 3, "of the calendar and of each visit: {file}");
        let path = format!("/api/v1/day-routes?from=aa-1&stops=bb-1&date=2023-05-15&f=ics&lang={lang}");
        let file = unfolded(get(&real.public, &path).await.text());
        assert!(file.contains("BEGIN:VEVENT") && !file.contains(mark), "{file}");
    }
    let path = "/api/v1/day-routes?from=bzd-20&stops=bzd-1&date=2016-07-04&f=ics";
    let file = get(&demo.public, path).await;
    assert!(file.text().contains("RDATE:20160326T020000"), "{}", file.text());
}

/// By the Python package `icalendar`, with the time zones of Python.
#[tokio::test]
async fn another_program_reads_the_visits_in_a_calendar_file() {
    let site = city();
    let practices = get(&site.public, "/api/v1/practices?khoroo=bzd-1&limit=1").await.json();
    let practice = text(&practices["items"][0]["id"]);
    let path = format!("{DAY}&stops=bzd-1:{practice},bzd-12");
    let day = get(&site.public, &path).await.json();
    let folder = tempfile::tempdir().expect("a scratch folder");
    for lang in ["mn", "en"] {
        let file = folder.path().join(format!("{lang}.ics"));
        let answer = get(&site.public, &format!("{path}&f=ics&lang={lang}")).await;
        std::fs::write(&file, &answer.body).expect("written");
        let out = judge("calendar_file.py").arg(&file).output().expect("Python is installed");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let read: Value = serde_json::from_slice(&out.stdout).expect("the judge says JSON");
        assert_eq!(read["faults"], json!([]), "{read}");
        assert!(text(&read["name"]).ends_with("2023-05-15"), "{read}");
        let zone = "Asia/Ulaanbaatar";
        assert_eq!((&read["zone"], &read["offset_faults"]), (&json!(zone), &json!([])), "{read}");
        assert_eq!(read["method"], "", "a method needs an organizer");
        let (events, stops) = (list(&read["events"]), list(&day["stops"]));
        assert!(events.len() == stops.len() && events.len() == 2, "{read}");
        assert_ne!(events[0]["uid"], events[1]["uid"]);
        for (event, stop) in events.iter().zip(stops) {
            for name in ["begins_at", "ends_at"] {
                assert_eq!(event[name], format!("2023-05-15T{}:00+08:00", text(&stop[name])));
            }
            assert_eq!((&event["zones"], &event["language"]), (&json!([zone, zone]), &json!(lang)));
            let place = text(&stop[format!("name_{lang}")]);
            for said in ["summary", "location"] {
                assert!(text(&event[said]).contains(place), "{event}");
            }
            for (at, name) in [(0_usize, "lon"), (1, "lat")] {
                let gap = event["at"][at].as_f64().zip(stop[name].as_f64()).map(|(a, b)| (a - b).abs());
                assert!(gap.is_some_and(|gap| gap < 1e-6), "{event} {stop}");
            }
            let title = stop[format!("title_{lang}")].as_str().or(stop["title_mn"].as_str());
            let shown = title.is_none_or(|title| text(&event["description"]).contains(title));
            assert!(shown && text(&event["url"]).contains(&format!("/{lang}/")), "{event}");
        }
    }
}
