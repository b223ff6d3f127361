//! The page of a month's visits: form, plan, faults, and visits decided by hand.

use std::collections::BTreeMap;

use serde_json::Value;

use super::html::Document;
use super::{Answer, LANGS, Site, ask, city};
use hlp_tracker::http::Settings;

/// Bytes of a link.
const MOST: usize = 2_048;
const QUERY: &str = "district=sbd&themes=waste,green&from=2022-10-03&to=2022-10-31&visits=2";

async fn plan(site: &Site, query: &str) -> Value {
    let answer = ask(&site.public, &format!("/api/v1/visit-plans?{query}"), "application/json").await;
    serde_json::from_str(&answer.text).unwrap_or_else(|e| panic!("{e}: {}", answer.text))
}

fn read(answer: &Answer) -> Document {
    Document::read(&answer.text).unwrap_or_else(|fault| panic!("{fault}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Elements of a name with these attributes.
fn having<'a>(page: &'a Document, name: &str, wanted: &[(&str, &str)]) -> Vec<&'a BTreeMap<String, String>> {
    let has = |a: &BTreeMap<String, String>| {
        wanted.iter().all(|(key, value)| a.get(*key).is_some_and(|given| given == value))
    };
    page.elements.iter().filter(|(element, a)| element == name && has(a)).map(|(_, a)| a).collect()
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers["location"].to_str().expect("ASCII")
}

/// What the browser sends when the button is pressed: the hidden fields of its form, and itself.
fn pressed(page: &Document, lang: &str, name: &str, value: &str) -> String {
    assert_eq!(having(page, "button", &[("form", "hand"), ("name", name), ("value", value)]).len(), 1);
    let form = page.elements.iter().position(|(_, a)| a.get("id").is_some_and(|id| id == "hand"));
    let fields = page.elements[form.expect("a form") + 1..].iter().take_while(|(name, _)| name == "input");
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (_, a) in fields {
        query.append_pair(&a["name"], &a["value"]);
    }
    format!("/{lang}/visits/month?{}", query.append_pair(name, value).finish())
}

#[tokio::test]
async fn a_plan_says_what_it_looks_at_first() {
    let site = Site::demo().await;
    for (lang, said) in [
        ("mn", "Төлөвлөгөө эхлээд хамгийн олон хэрэгцээнд хариулж"),
        ("en", "The plan first answers as many needs as can be, then spreads visits over visitors"),
    ] {
        let page = site.page(&format!("/{lang}/visits/month?{QUERY}")).await;
        assert!(page.text.contains(said), "{lang}");
    }
}

#[tokio::test]
async fn without_parameters_there_is_a_form_with_an_example_and_no_plan() {
    let site = Site::demo().await;
    for lang in LANGS {
        let page = site.page(&format!("/{lang}/visits/month")).await;
        assert_eq!((page.count("table"), page.count("form")), (0, 1), "{lang}");
        for (name, kind) in [("visitors", "text"), ("from", "date"), ("to", "date")] {
            assert_eq!(having(&page, "input", &[("name", name), ("type", kind)]).len(), 1, "{lang} {name}");
        }
        assert_eq!(having(&page, "input", &[("name", "district"), ("type", "checkbox")]).len(), 10);
        let anchors = page.anchors();
        let example =
            anchors.iter().find(|(address, _)| address.contains("visits/month?")).expect("an example");
        let answer = site.get(example.0).await;
        assert_eq!(answer.status, 200, "{}", example.0);
        assert_eq!(read(&answer).count("caption"), 0);
        assert!(read(&answer).texts("h2").len() > 4, "{lang}");
        // What another page fills in asks for nothing yet.
        let filled = site.page(&format!("/{lang}/visits/month?themes=waste")).await;
        let waste = having(&filled, "input", &[("name", "themes"), ("value", "waste")]);
        assert!(waste[0].contains_key("checked") && filled.count("table") == 0, "{lang}");
    }
}

#[tokio::test]
async fn a_plan_says_what_the_interface_for_programs_says() {
    let site = Site::demo().await;
    let told = plan(&site, QUERY).await;
    let visits = told["assignments"].as_array().expect("visits");
    assert!(visits.len() > 10, "{}", visits.len());
    for lang in LANGS {
        let page = site.page(&format!("/{lang}/visits/month?{QUERY}")).await;
        page.check_headings().unwrap_or_else(|fault| panic!("{lang}: {fault}"));
        page.check_own_links().unwrap_or_else(|fault| panic!("{lang}: {fault}"));
        assert!(page.text.contains(text(&told[format!("sentence_{lang}")])), "{lang}: {}", page.text);
        for visit in visits {
            let row = format!("v-{}-{}", text(&visit["visitor"]["code"]), text(&visit["practice"]));
            assert_eq!(having(&page, "tr", &[("id", &row)]).len(), 1, "{lang} {row}");
        }
        for one in told["unserved"].as_array().expect("needs") {
            assert!(page.text.contains(text(&one[format!("text_{lang}")])), "{lang}: {one}");
        }
        let n_buttons = visits.len()
            + visits.iter().map(|visit| visit["alternatives"].as_array().map_or(0, Vec::len)).sum::<usize>();
        assert_eq!(having(&page, "button", &[("name", "swap")]).len(), n_buttons, "{lang}");
        let links = page.addresses();
        for form in ["", &format!("&f=xlsx&lang={lang}")] {
            let address = format!("/api/v1/visit-plans?{QUERY}{form}");
            let link =
                links.iter().find(|link| **link == address).unwrap_or_else(|| panic!("{address}: {links:?}"));
            assert_eq!(ask(&site.public, link, "*/*").await.status, 200, "{link}");
        }
        assert!(
            links.iter().any(|link| link.contains("/visits/day?from=sbd-") && link.contains("&stops=")),
            "{lang}"
        );
        let drawn = having(&page, "svg", &[("role", "img")]);
        assert!(drawn[0]["aria-label"].starts_with(&visits.len().to_string()), "{lang}: {drawn:?}");
        let other = page.anchors().into_iter().find(|(_, name)| matches!(*name, "English" | "Монгол"));
        assert!(other.expect("the other language").0.contains("district=sbd"), "{lang}");
    }
}

#[tokio::test]
async fn a_visit_is_changed_by_hand_and_released_and_its_effect_is_told() {
    let site = Site::demo().await;
    let free = plan(&site, QUERY).await;
    let one = free["assignments"].as_array().expect("visits").iter();
    let one =
        one.clone().find(|one| !one["alternatives"].as_array().expect("a list").is_empty()).expect("one");
    let (visitor, now) = (text(&one["visitor"]["code"]), text(&one["practice"]));
    let other = text(&one["alternatives"][0]["practice"]);
    for lang in LANGS {
        let page = site.page(&format!("/{lang}/visits/month?{QUERY}")).await;
        assert!(having(&page, "section", &[("id", "effect")]).is_empty());
        let swap = site.get(&pressed(&page, lang, "swap", &format!("{visitor},{now},{other}"))).await;
        assert_eq!(swap.headers["cache-control"], "no-store");
        let (link, row) = location(&swap).split_once('#').expect("a row to come back to");
        let decided = format!("{QUERY}&fixed={visitor}:{other}");
        let sorted = |query: &str| {
            let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(link.split_once('?').expect("a query").1), sorted(&decided));
        let page = site.page(link).await;
        let rows = having(&page, "tr", &[("id", row)]);
        assert!(rows[0]["class"].contains("decided"), "{rows:?}");
        let told = plan(&site, &decided).await;
        assert!(page.text.contains(text(&told["effect"][format!("text_{lang}")])), "{}", page.text);
        let n_listed =
            ["added", "dropped"].map(|side| told["effect"][side].as_array().expect("visits").len());
        assert!(n_listed[0] > 0);
        let lines = page.texts("li").into_iter().filter(|line| line.contains(" → ")).count();
        assert_eq!(lines, n_listed[0] + n_listed[1], "{lang}");
        // Another one instead of the one decided is one decided visit again.
        let third = free["assignments"].as_array().expect("visits").iter().find(|of| *of == one);
        let third = text(&third.expect("the same")["alternatives"][1]["practice"]);
        let again = site.get(&format!("/{lang}/visits/month?{decided}&swap={visitor},{other},{third}")).await;
        assert!(location(&again).contains(&format!("fixed={visitor}:{third}#")), "{}", location(&again));
        let release = site.get(&pressed(&page, lang, "release", &format!("{visitor},{other}"))).await;
        let (link, row) = location(&release).split_once('#').expect("a row to come back to");
        assert!(!link.contains("fixed") && row == format!("v-{visitor}"), "{link} {row}");
        let page = site.page(link).await;
        assert_eq!(having(&page, "th", &[("id", row)]).len(), 1);
    }
}

#[tokio::test]
async fn where_any_practice_will_do_the_other_visits_of_a_khoroo_stay() {
    let site = Site::demo().await;
    let query = "visitors=bzd-1&from=2022-10-03&to=2022-10-31&visits=3";
    let free = plan(&site, query).await;
    let visits = free["assignments"].as_array().expect("visits");
    let ids: Vec<&str> = visits.iter().map(|visit| text(&visit["practice"])).collect();
    let other = text(&visits[0]["alternatives"][0]["practice"]);
    assert_eq!(ids.len(), 3);
    let page = site.page(&format!("/en/visits/month?{query}")).await;
    let value = format!("bzd-1,{},{other},{},{}", ids[0], ids[1], ids[2]);
    let swap = site.get(&pressed(&page, "en", "swap", &value)).await;
    let (link, _) = location(&swap).split_once('#').expect("a row");
    let told = plan(&site, link.split_once('?').expect("a query").1).await;
    let mut after: Vec<&str> = told["assignments"]
        .as_array()
        .expect("visits")
        .iter()
        .map(|visit| text(&visit["practice"]))
        .collect();
    after.sort_unstable();
    let mut expected = vec![other, ids[1], ids[2]];
    expected.sort_unstable();
    assert_eq!(after, expected, "the first was replaced, and none of the others");
}

#[tokio::test]
async fn a_form_leads_to_the_link_of_its_plan() {
    let site = Site::demo().await;
    for (sent, link) in [
        (
            "district=sbd&district=bgd&visitors=&themes=waste&themes=green&from=2022-10-03&to=2022-10-31&visits=1&\
             capacity=&group=&mode=&fairness=0.05",
            "district=sbd,bgd&themes=waste,green&from=2022-10-03&to=2022-10-31&visits=1&fairness=0.05",
        ),
        (
            "visitors=%D0%91%D0%97%D0%94+26%2C+bzd-1+bzd-2%3B%D0%91%D0%B0%D1%8F%D0%BD%D0%B7%D2%AF%D1%80%D1%85+3\
             &from=2022-10-03&to=2022-10-31",
            "visitors=bzd-26,bzd-1,bzd-2,bzd-3&from=2022-10-03&to=2022-10-31",
        ),
        (
            "district=all&from=2022-10-03&to=2022-10-31&utm_source=x",
            "district=all&from=2022-10-03&to=2022-10-31",
        ),
    ] {
        let answer = site.get(&format!("/mn/visits/month?{sent}")).await;
        assert_eq!(location(&answer), format!("/mn/visits/month?{link}"), "{sent}");
        assert_eq!(site.get(location(&answer)).await.status, 200, "{link}");
    }
    // A link without a period is of the day on which it is opened, and leads to one that stays.
    let answer = site.get("/en/visits/month?district=sbd").await;
    assert!(
        location(&answer).contains("&from=") && location(&answer).contains("&to="),
        "{}",
        location(&answer)
    );
}

#[tokio::test]
async fn what_cannot_be_meant_is_told_beside_its_field_and_what_is_good_stays() {
    let site = Site::demo().await;
    for (query, field, mn, en) in [
        ("visitors=&themes=waste", "district", "Хэн зочлохыг", "Choose who visits"),
        ("visitors=bzd-999,sbd-1", "visitors", "«bzd-999»", "numbers 1 to"),
        ("visitors=somewhere", "visitors", "«somewhere»", "“somewhere” names no khoroo"),
        ("visitors=sbd-1,sbd-1", "visitors", "хоёр удаа", "named twice"),
        ("district=nope", "district", "«nope»", "no district “nope”"),
        ("district=sbd&themes=noise", "themes", "«noise»", "no theme “noise”"),
        ("needs=sbd-1", "needs", "«sbd-1»", "“sbd-1” in the link"),
        ("district=sbd&visits=9", "visits", "1–5", "from 1 to 5"),
        ("district=sbd&capacity=many", "capacity", "1–100", "from 1 to 100"),
        ("district=sbd&group=0", "group", "1–200", "from 1 to 200"),
        ("district=sbd&fairness=2", "fairness", "0–1", "from 0 to 1"),
        ("district=sbd&mode=phone", "mode", "жагсаалтаас", "from the list"),
        ("district=sbd&from=soon", "from", "2026-05-14", "2026-05-14"),
        ("district=sbd&from=2022-10-31&to=2022-10-03", "to", "өмнө", "before the first day"),
        ("district=sbd&from=2026-07-11&to=2026-07-12", "to", "ажлын өдөр алга", "no working day"),
        ("district=sbd&vintage=1999", "vintage", "«1999»", "no boundaries “1999”"),
        ("district=sbd&fixed=sbd-1:nobody", "fixed", "«nobody»", "no published practice"),
        (
            "visitors=sbd-1&from=2022-10-03&to=2022-10-31&fixed=sbd-2:p-2022-003",
            "fixed",
            "зочлох хороодод алга",
            "none of the visitors",
        ),
    ] {
        for (lang, told) in [("mn", mn), ("en", en)] {
            let answer = site.get(&format!("/{lang}/visits/month?{query}")).await;
            assert_eq!((answer.status, &*answer.kind), (400, "text/html; charset=utf-8"), "{lang} {query}");
            assert_eq!(answer.headers["cache-control"], "no-store");
            let page = read(&answer);
            page.check_own_links().unwrap_or_else(|fault| panic!("{lang} {query}: {fault}"));
            let beside: Vec<&str> = page
                .elements
                .iter()
                .zip(page.texts_of_all())
                .filter(|((_, a), _)| a.get("id").is_some_and(|id| *id == format!("{field}-fault")))
                .map(|(_, text)| text)
                .collect();
            assert_eq!(beside.len(), 1, "{lang} {query}");
            assert!(beside[0].contains(told), "{lang} {query}: {}", beside[0]);
            assert!(!beside[0].contains('`'), "{lang} {query}: {}", beside[0]);
            let tied = page.elements.iter().any(|(_, a)| {
                a.get("aria-describedby").is_some_and(|ids| ids.contains(&format!("{field}-fault")))
            });
            assert!(tied, "{lang} {query}");
            let ways = page.anchors();
            assert!(ways.iter().any(|(address, _)| *address == format!("#{field}")), "{lang} {query}");
        }
    }
    let many =
        site.get("/en/visits/month?district=sbd&visits=9&capacity=x&from=2022-10-03&to=2022-10-31").await;
    let page = read(&many);
    assert_eq!(page.texts("p").into_iter().filter(|line| line.starts_with("Write a whole")).count(), 2);
    assert!(having(&page, "input", &[("value", "sbd")])[0].contains_key("checked"));
    assert_eq!(having(&page, "input", &[("name", "capacity"), ("value", "x")]).len(), 1);
    assert_eq!(having(&page, "input", &[("name", "from"), ("value", "2022-10-03")]).len(), 1);
}

#[tokio::test]
async fn a_link_that_would_be_too_long_is_explained() {
    let site = Site::demo().await;
    let long = format!("/en/visits/month?visitors={}", "bzd-1,".repeat(400));
    let answer = site.get(&long).await;
    assert_eq!(answer.status, 414);
    assert!(answer.text.contains("The link of the plan is too long") && answer.text.contains("2,048"));
    let told = plan(&site, "district=all&from=2022-10-03&to=2022-10-31&visits=2&capacity=5").await;
    let pairs: Vec<String> = told["assignments"]
        .as_array()
        .expect("visits")
        .iter()
        .map(|visit| format!("{}:{}", text(&visit["visitor"]["code"]), text(&visit["practice"])))
        .collect();
    let asked = "district=all&from=2022-10-03&to=2022-10-31&visits=2&capacity=5&fixed=";
    // Without its last day the query with the button is short enough to be read, and its link is not.
    let fits = |link: &str, pair: &str| {
        let sent = link.len() - "&to=2022-10-31".len() + "&swap=,".len() + pair.len();
        link.len() <= MOST && link.len() + 1 + pair.len() > MOST && sent <= MOST
    };
    let links = (0..20).flat_map(|first| (first + 1..pairs.len()).map(move |last| (first, last)));
    let mut links =
        links.map(|(first, last)| (format!("{asked}{}", pairs[first..last].join(",")), &pairs[last]));
    let (link, pair) = links.find(|(link, pair)| fits(link, pair)).expect("one is as long as a link may be");
    let (visitor, practice) = pair.split_once(':').expect("a pair");
    assert_eq!(site.get(&format!("/mn/visits/month?{link}")).await.status, 200);
    let short = format!("/mn/visits/month?{}", link.replace("&to=2022-10-31", ""));
    let answer = site.get(&format!("{short}&swap={visitor},,{practice}")).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert!(answer.text.contains("2048 байтаас урт байж болохгүй"), "{}", answer.text);
}

#[tokio::test]
async fn the_whole_city_has_a_plan_when_it_is_asked_for() {
    let site = Site::demo().await;
    let answer = site.get("/en/visits/month?district=all&from=2022-10-03&to=2022-10-31").await;
    assert_eq!(answer.status, 200);
    let page = read(&answer);
    let rows = page
        .elements
        .iter()
        .filter(|(name, a)| name == "tr" && a.get("id").is_some_and(|id| id.starts_with("v-")));
    assert!(rows.count() > 190);
    assert!(answer.text.len() < 1 << 20, "{} bytes", answer.text.len());
    let nobody = site.get("/en/visits/month?visitors=").await;
    assert_eq!(nobody.status, 400, "who names nobody has not asked for the city");
}

#[tokio::test]
async fn the_office_has_its_own_plan_and_is_told_so() {
    let settings = Settings { internal_hosts: vec!["map.example".into()], ..Settings::default() };
    let site = Site::of(city().await, settings);
    let path = "/en/visits/month?district=bzd&from=2023-08-01&to=2023-08-31&visits=3";
    let [public, office] =
        [ask(&site.public, path, "text/html").await, ask(&site.office, path, "text/html").await];
    assert_eq!((public.status, office.status), (200, 200));
    assert!(public.text.contains("Needs on record, earlier visits, ratings"), "{}", public.text);
    assert!(office.text.contains("Not for publication"), "{}", office.text);
    let api = "/api/v1/visit-plans?district=bzd&from=2023-08-01&to=2023-08-31&visits=3";
    let told = ask(&site.office, api, "application/json").await;
    let told: Value = serde_json::from_str(&told.text).expect("JSON");
    assert!(office.text.contains(text(&told["sentence_en"])));
}
