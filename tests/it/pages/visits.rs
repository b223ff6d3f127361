//! Pages for planning visits: suggestions that can be checked, a day that is chosen step by step, faults in words.

use jiff::civil::Date;
use serde_json::Value;

use super::html::Document;
use super::{HOST, LANGS, Site, ask};

const DAY: &str = "visits/day?from=bzd-26&date=2023-05-15";

async fn json(site: &Site, path: &str) -> Value {
    let answer = ask(&site.public, path, "application/json").await;
    serde_json::from_str(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}: {}", answer.text))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The page of a question that cannot be meant.
async fn refused(site: &Site, path: &str) -> Document {
    let answer = site.get(path).await;
    assert_eq!((answer.status, &*answer.kind), (400, "text/html; charset=utf-8"), "{path}");
    assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    assert!(!answer.headers.contains_key("etag"), "{path}");
    Document::read(&answer.text).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// Links whose words begin so.
fn links_named(page: &Document, words: &str) -> Vec<String> {
    let named = page.anchors().into_iter().filter(|(_, text)| text.starts_with(words));
    named.map(|(to, _)| to.to_owned()).collect()
}

/// Numbers such as `0.612` behind each other in a text.
fn thousandths(text: &str) -> Vec<i64> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let is_score = |word: &&str| word.len() == 5 && word.as_bytes()[1] == b'.';
    words.filter(is_score).map(|word| word.replace('.', "").parse().expect("digits")).collect()
}

#[tokio::test]
async fn a_khoroo_is_told_whom_to_learn_from_and_the_parts_add_up() {
    let site = Site::demo().await;
    for (lang, theme) in [("mn", ""), ("en", "waste")] {
        let page = site.get(&format!("/{lang}/khoroos/bzd-26?theme={theme}")).await.text;
        let section = page.split("id=\"partners\"").nth(1).expect("the section");
        let section = section.split("</section>").next().expect("an end");
        let query = if theme.is_empty() { String::new() } else { format!("&theme={theme}") };
        let answer = json(&site, &format!("/api/v1/khoroos/bzd-26/partners?explain=true{query}")).await;
        let partners = answer["partners"].as_array().expect("suggestions");
        assert_eq!(section.matches("<table class=\"score\">").count(), partners.len());
        let mut at = 0;
        for one in partners {
            let sentence = text(&one[format!("sentence_{lang}")]);
            let found = section[at..].find(sentence).unwrap_or_else(|| panic!("{sentence} in this order"));
            at += found;
            let (host, practice) = (text(&one["code"]), text(&one["practice"]));
            assert!(section.contains(&format!("href=\"/{lang}/khoroos/{host}\"")), "{host}");
            assert!(section.contains(&format!("href=\"/{lang}/practices/{practice}\"")), "{practice}");
            let theme = if theme.is_empty() { "" } else { "&amp;theme=waste" };
            let add = format!("/{lang}/visits/day?from=bzd-26{theme}&amp;stops={host}:{practice}\"");
            assert_eq!(section.contains(&add), one["mode"] != "virtual", "{add}");
            for reason in one["reasons"].as_array().expect("reasons") {
                assert!(section[at..].contains(text(&reason[format!("text_{lang}")])), "{reason}");
            }
        }
        for table in section.split("<table class=\"score\">").skip(1) {
            let table = table.split("</table>").next().expect("an end");
            let shown = thousandths(table);
            let (sum, parts) = shown.split_last().expect("a sum");
            assert_eq!((parts.len(), parts.iter().sum::<i64>()), (6, *sum), "{table}");
        }
        for passed in answer["not_suggested"].as_array().expect("others").iter().take(3) {
            let practice = text(&passed["practice"]);
            assert!(section.contains(&format!("/practices/{practice}\"")), "{practice} is explained");
        }
    }
    let old = site.get("/en/khoroos/bzd-20?vintage=2020").await.text;
    assert!(!old.contains("id=\"partners\""), "nobody visits a khoroo of the past");
}

#[tokio::test]
async fn a_visit_online_has_no_minutes_and_no_place_in_a_days_route() {
    let site = Site::demo().await;
    let answer = json(&site, "/api/v1/khoroos/bn-1/partners").await;
    let partners = answer["partners"].as_array().expect("suggestions");
    let n_online = partners.iter().filter(|one| one["mode"] == "virtual").count();
    assert!(n_online > 0, "{answer}");
    for (lang, add, one_way) in [
        ("mn", "Өдрийн маршрутад нэмэх", "<li>нэг талдаа"),
        ("en", "Add to a day's route", "min one way</li>"),
    ] {
        let page = site.get(&format!("/{lang}/khoroos/bn-1")).await.text;
        let section = page.split("id=\"partners\"").nth(1).expect("the section");
        let section = section.split("</section>").next().expect("an end").replace("&#39;", "'");
        for said in [add, one_way] {
            assert_eq!(section.matches(said).count(), partners.len() - n_online, "{lang} {said}");
        }
    }
}

/// The day that the form of a day's route begins from.
async fn first_day(site: &Site) -> Date {
    let form = site.page("/en/visits/day?from=bzd-26").await;
    let date = form.elements.iter().find(|(_, of)| of.get("name").is_some_and(|name| name == "date"));
    date.expect("a field").1["value"].parse().expect("a day")
}

#[tokio::test]
async fn a_khoroo_is_told_the_first_day_on_which_hosts_can_be_visited() {
    let site = Site::demo().await;
    // Midnight may come between.
    let before = first_day(&site).await;
    let texts = [site.page("/mn/khoroos/bzd-26").await.text, site.page("/en/khoroos/bzd-26").await.text];
    let answer = json(&site, "/api/v1/khoroos/bzd-26/partners").await;
    let after = first_day(&site).await;
    let is_told = |day: Date| {
        let mn =
            format!("ойрын өдөр: {}\u{a0}оны {}\u{a0}сарын\u{a0}{}, ", day.year(), day.month(), day.day());
        texts[0].contains(&mn)
            && texts[1]
                .contains(&format!(", {} on, the next working day", day.strftime("%-d\u{a0}%B\u{a0}%Y")))
    };
    assert!(is_told(before) || is_told(after), "{before}");
    let next = text(&answer["partners"][0]["next_open_on"]).parse::<Date>().expect("a day");
    assert!(next == before || next == after, "{next} beside a page of {before}");
    let old = site.page("/en/khoroos/bzd-20?vintage=2020").await.text;
    assert!(!old.contains("next working day"));
}

#[tokio::test]
async fn the_first_page_leads_to_a_khoroo_to_a_day_and_to_a_month() {
    let site = Site::demo().await;
    for lang in LANGS {
        let page = site.page(&format!("/{lang}/visits")).await;
        assert_eq!(page.count("form"), 3, "suggestions, a day, a month");
        let answer = site.get(&format!("/{lang}/visits?khoroo=bzd-26")).await;
        assert_eq!(
            (answer.status, &answer.headers["location"]),
            (302, &format!("/{lang}/khoroos/bzd-26#partners").parse().expect("a header"))
        );
        let home = site.page(&format!("/{lang}/")).await;
        assert!(home.addresses().contains(&format!("/{lang}/visits")), "the menu has it");
    }
}

#[tokio::test]
async fn a_day_can_begin_from_a_theme_alone() {
    let site = Site::demo().await;
    for (lang, lead, add, choose) in [
        (
            "mn",
            "зөвхөн чанар, хялбар байдлаар эрэмбэлсэн",
            "Нэмэх: ",
            "Гарах хороогоо сонговол маршрут гарна.",
        ),
        (
            "en",
            "the order is by quality and ease alone",
            "Add: ",
            "Choose where to start, and the route is found.",
        ),
    ] {
        let landing = site.page(&format!("/{lang}/visits")).await;
        let field = |name: &str| {
            landing.elements.iter().find(|(_, of)| of.get("name").is_some_and(|own| own == name))
        };
        assert!(
            field("theme").is_some() && !field("from").expect("a field").1.contains_key("required"),
            "{lang}"
        );
        let path = format!("/{lang}/visits/day?from=&theme=waste&date=2023-05-15");
        let page = site.page(&path).await;
        assert!(page.text.contains(lead), "{lang}");
        let source = site.get(&path).await.text;
        let section = source.split("id=\"suggestions\"").nth(1).expect("the section");
        let told = thousandths(section);
        // Ratings are not public, so 0.7 of quality is the most: 0.7 × 0.15 + 0.1.
        assert!(told.iter().skip(1).step_by(2).all(|most| *most == 205), "{told:?}");
        let points: Vec<i64> = told.into_iter().step_by(2).collect();
        assert!(points.len() > 2 && points.is_sorted_by(|a, b| a >= b), "{points:?}");
        let links = links_named(&page, add);
        assert_eq!(links.len(), points.len(), "{lang}");
        for link in &links {
            let practice =
                link.split(':').next_back().and_then(|rest| rest.split(['&', '#']).next()).expect("an id");
            let practice = json(&site, &format!("/api/v1/practices/{practice}")).await;
            assert_eq!(practice["theme"], "waste", "{link}");
        }
        let chosen = links[0].split('#').next().expect("an address");
        let next = site.page(chosen).await;
        let faulty = site.get(&chosen.replace("2023-05-15", "2023-05-99")).await;
        assert!(
            faulty.status == 400 && !faulty.text.contains(choose),
            "{chosen}: with a fault no route is found"
        );
        assert!(next.text.contains(choose) && next.count("select") == page.count("select") + 1, "{chosen}");
        let stop = chosen.split("stops=").nth(1).and_then(|rest| rest.split('&').next()).expect("a stop");
        let host = format!("{},{}:", stop, stop.split(':').next().expect("a khoroo"));
        assert!(links_named(&next, add).iter().all(|link| !link.contains(&host)), "a stop is no suggestion");
        let route = site.get(&format!("{chosen}&from=bzd-26")).await;
        assert!(route.status == 200 && route.text.contains("class=\"timetable\""), "{chosen}");
    }
}

#[tokio::test]
async fn stops_are_added_and_removed_by_links_until_the_day_is_full() {
    let site = Site::demo().await;
    let mut path = format!("/en/{DAY}");
    for n in 1..=12 {
        let page = site.page(&path).await;
        let links = links_named(&page, "Add: ");
        assert_eq!(links.len(), 12, "{path}");
        path = links[n % 3].split('#').next().expect("an address").to_owned();
        assert!(path.contains("&date=2023-05-15"), "{path}");
        assert_eq!(path.matches(":p-").count(), n, "{path}");
    }
    let full = site.page(&path).await;
    assert!(full.text.contains("Chosen: 12, at most 12"), "{}", full.text);
    assert!(links_named(&full, "Add: ").is_empty());
    let removes = links_named(&full, "Remove: ");
    assert_eq!(removes.len(), 12);
    let fewer = site.page(removes[0].split('#').next().expect("an address")).await;
    assert!(fewer.text.contains("Chosen: 11, at most 12"));
    // From the list, a stop is added by the address that has it.
    let answer = site.get(&format!("/mn/{DAY}&stops=bzd-1&theme=&add=chd-4")).await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.headers["location"], "/mn/visits/day?from=bzd-26&stops=bzd-1,chd-4&date=2023-05-15");
}

#[tokio::test]
async fn the_timetable_the_map_and_the_files_are_those_of_the_route() {
    let site = Site::demo().await;
    let question =
        "stops=bzd-1,bzd-12,skhd-4,khud-2&start=08:30&open=09:00-12:00,13:00-17:00&lunch_minutes=45";
    for lang in LANGS {
        let path = format!("/{lang}/{DAY}&{question}");
        let page = site.page(&path).await;
        let day = json(&site, &format!("/api/v1/day-routes?from=bzd-26&date=2023-05-15&{question}")).await;
        assert!(page.text.contains(text(&day[format!("sentence_{lang}")])), "{}", page.text);
        let stops = day["stops"].as_array().expect("stops");
        let mut rest = &*page.text;
        let mut next = |what: &str| {
            let at = rest.find(what).unwrap_or_else(|| panic!("{what} is not told in this order: {rest}"));
            rest = &rest[at + what.len()..];
        };
        next(text(&day["leaves_at"]));
        for stop in stops {
            for name in ["arrives_at", "begins_at", "ends_at"] {
                next(text(&stop[name]));
            }
        }
        next(text(&day["back_at"]));
        let html = site.get(&path).await.text;
        let map = html.split("<figure class=\"picture way\">").nth(1).expect("a map");
        let map = map.split("</figure>").next().expect("an end");
        assert_eq!(
            map.matches("font-weight=\"600\" text-anchor=\"middle\" fill=\"var(--paper").count(),
            stops.len()
        );
        for (stop, order) in stops.iter().zip(1..) {
            let name = text(&stop[format!("name_{lang}")]);
            assert!(map.contains(&format!("{order}. ")) && map.contains(name), "{name}");
        }
        for form in ["f=ics", "f=geojson", "f=json"] {
            let link = page.addresses().into_iter().find(|to| to.contains(form)).expect("a file");
            let answer = ask(&site.public, link.trim_start_matches(&format!("http://{HOST}")), "*/*").await;
            assert_eq!(answer.status, 200, "{link}");
            let has_all = stops.iter().all(|stop| {
                answer.text.contains(
                    text(&stop["begins_at"]).replace(':', if form == "f=ics" { "" } else { ":" }).as_str(),
                )
            });
            assert!(has_all, "{link}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn on_a_day_off_the_next_working_day_is_offered_and_what_has_no_time_is_told() {
    let site = Site::demo().await;
    for (lang, said, left_out) in [
        ("mn", "баярын өдөр тул хороод хүлээн авахгүй: Наадам", "тэр өдөр ажлын өдөр биш"),
        ("en", "is a holiday, so no khoroo receives visitors: Naadam", "offices are shut that day"),
    ] {
        let page =
            site.page(&format!("/{lang}/visits/day?from=bzd-26&stops=bzd-1,bzd-2&date=2026-07-13")).await;
        assert!(page.text.contains(said), "{}", page.text);
        assert_eq!(page.text.matches(left_out).count(), 2, "{}", page.text);
        let next = format!("/{lang}/visits/day?from=bzd-26&stops=bzd-1,bzd-2&date=2026-07-16");
        assert!(page.addresses().contains(&next), "{:?}", page.addresses());
        assert!(!page.addresses().iter().any(|to| to.contains("f=ics")), "there is nothing to write down");
    }
    let short = site.page(&format!("/en/{DAY}&stops=bn-1,bzd-1&start=10:00&end=13:00&lunch=none")).await;
    assert!(short.text.contains("not even alone: it is too far"), "{}", short.text);
}

#[tokio::test]
async fn a_fault_is_told_beside_its_field_and_what_is_good_stays() {
    let site = Site::demo().await;
    let many: Vec<String> = (1..=13).map(|n| format!("bzd-{n}")).collect();
    for (query, field, mn, en) in [
        (
            "from=bzd-99",
            "from",
            "ийм хороо алга",
            "there is no such khoroo; its district has numbers 1 to 43",
        ),
        ("from=nonsense", "from", "хорооны код", "a khoroo's code such as bzd-26"),
        ("from=bzd-43&vintage=2020", "from", "өөр үеийн хилд бий: 2022", "those of 2022 do"),
        ("stops=bzd-1", "from", "заавал сонгоно", "it is needed"),
        (
            "from=bzd-26&stops=bzd-1,bzd-99",
            "stops",
            "bzd-99: ийм хороо алга",
            "bzd-99: there is no such khoroo",
        ),
        ("from=bzd-26&stops=bzd-1,bzd-1", "stops", "хоёр удаа нэрлэсэн", "it is named twice"),
        ("from=bzd-26&stops=bzd-26", "stops", "өөр дээрээ", "does not visit itself"),
        ("from=bzd-26&stops=bzd-1:none", "stops", "ийм туршлага алга", "bzd-1 has no such practice"),
        (
            &format!("from=bzd-26&stops={}", many.join(",")),
            "stops",
            "13 хороо",
            "13 stops; a day has at most 12",
        ),
        ("from=bzd-26&stops=bzd-1&add=bzd-1", "add", "хоёр удаа", "named twice"),
        ("from=bzd-26&stops=bzd-1&add=bzd-26", "add", "өөр дээрээ", "does not visit itself"),
        ("from=bzd-26&theme=noise", "theme", "ийм сэдэв алга", "there is no such theme"),
        ("from=bzd-26&date=tomorrow", "date", "огноо шаардлагатай", "a day such as"),
        ("from=bzd-26&date=9999-01-01", "date", "2007–2200", "from 2007 to 2200"),
        ("from=bzd-26&start=9", "start", "цаг шаардлагатай", "a time such as 09:00"),
        ("from=bzd-26&start=10:00&end=10:00", "end", "эхлэх цагаас (10:00)", "it begins at 10:00"),
        ("from=bzd-26&visit_minutes=NaN", "visit_minutes", "10–480", "from 10 to 480"),
        ("from=bzd-26&visit_minutes=9", "visit_minutes", "10–480", "from 10 to 480"),
        ("from=bzd-26&open=09:00", "open", "хэлбэрээр бичнэ", "it is written as 09:00-12:00"),
        ("from=bzd-26&lunch=noon", "lunch", "12:00-14:00", "12:00-14:00"),
        ("from=bzd-26&lunch_minutes=1e9", "lunch_minutes", "10–180", "from 10 to 180"),
    ] {
        for (lang, said) in [("mn", mn), ("en", en)] {
            let page = refused(&site, &format!("/{lang}/visits/day?{query}")).await;
            let path = format!("{lang} {query}");
            assert!(page.text.contains(said), "{path}: {}", page.text);
            let to = format!("#{field}");
            assert!(
                page.anchors().iter().any(|(own, _)| *own == to),
                "{path}: the list of faults leads there"
            );
            page.check_own_links().unwrap_or_else(|fault| panic!("{path}: {fault}"));
            if field != "stops" {
                let control = page.elements.iter().find(|(_, at)| at.get("id").is_some_and(|id| id == field));
                let (_, control) = control.unwrap_or_else(|| panic!("{path}: no field"));
                assert_eq!(control.get("aria-invalid").map(String::as_str), Some("true"), "{path}");
                let described = control.get("aria-describedby").expect("what is wrong");
                assert!(described.starts_with(&format!("{field}-fault")), "{path}: {described}");
            }
            assert_eq!(page.meta("robots"), Some("noindex"), "{path}");
            assert_eq!(page.count("figure"), 0, "{path}: no way is made of half a question");
        }
    }
    let page = refused(
        &site,
        "/en/visits/day?from=bzd-26&stops=bzd-1,bzd-99&end=25:00&visit_minutes=45&open=10:00-15:00",
    )
    .await;
    let value = |id: &str| {
        let (_, field) =
            page.elements.iter().find(|(_, at)| at.get("id").is_some_and(|own| own == id)).expect(id);
        field.get("value").cloned().unwrap_or_default()
    };
    assert_eq!([value("visit_minutes"), value("open"), value("end")], ["45", "10:00-15:00", "25:00"]);
    let chosen = page.elements.iter().any(|(name, at)| {
        name == "option"
            && at.contains_key("selected")
            && at.get("value").is_some_and(|code| code == "bzd-26")
    });
    assert!(chosen && page.text.contains("Khoroo 1, Bayanzurkh"), "what is good stays");
    let faults = page.text.matches("is needed").count();
    assert!(faults >= 1 && page.text.contains("bzd-99: there is no such khoroo"), "all are told at once");
}

#[tokio::test]
async fn the_text_of_an_address_is_told_back_as_text() {
    let site = Site::demo().await;
    let evil = "%22%3E%3Cb%3Ehi";
    let path =
        format!("/en/visits/day?from={evil}&stops={evil}&date={evil}&open={evil}&theme={evil}&add={evil}");
    let page = site.get(&path).await;
    assert_eq!(page.status, 400);
    assert!(!page.text.contains("<b>hi") && page.text.contains("&lt;b&gt;hi"), "{}", page.text);
}
