//! A plan as a workbook, opened again.

use std::io::Cursor;

use axum::body::Body;
use axum::http::Method;
use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};

use super::{Answer, PLANS, city, get, list, post, send, text};

const QUERY: &str =
    "district=bzd&themes=waste,green&from=2022-10-03&to=2022-10-31&visits=2&capacity=1&vintage=2022";

fn opened(answer: &Answer) -> Xlsx<Cursor<&[u8]>> {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    Xlsx::new(Cursor::new(&answer.body[..])).expect("a workbook")
}

fn sheets(answer: &Answer) -> Vec<(String, Range<Data>)> {
    let mut book = opened(answer);
    book.worksheets()
}

fn cell<'a>(sheet: &'a Range<Data>, row: usize, heading: &str) -> &'a Data {
    let first = sheet.rows().next().expect("headings");
    let at = first.iter().position(|cell| cell.as_string().as_deref() == Some(heading));
    sheet.get((row, at.unwrap_or_else(|| panic!("no column {heading}: {first:?}")))).expect("a cell")
}

fn about<'a>(sheet: &'a Range<Data>, key: &str) -> &'a Data {
    let row = sheet.rows().find(|row| row[0].as_string().as_deref() == Some(key));
    &row.unwrap_or_else(|| panic!("nothing about {key}"))[1]
}

#[tokio::test]
async fn a_workbook_tells_what_the_plan_tells() {
    let site = city();
    let plan = get(&site.public, &format!("{PLANS}?{QUERY}")).await.json();
    let answer = get(&site.public, &format!("{PLANS}?{QUERY}&f=xlsx&lang=en")).await;
    assert_eq!(
        answer.header("content-type"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    );
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"visit-plan-2022-10-03.xlsx\"");
    let sheets = sheets(&answer);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Visits", "Not served", "Hosts", "Comparison", "About"]);
    let [visits, unserved, hosts, compared, told] = [0, 1, 2, 3, 4].map(|nth| &sheets[nth].1);
    let assignments = list(&plan["assignments"]);
    assert!(!assignments.is_empty() && !list(&plan["unserved"]).is_empty());
    assert_eq!(visits.height(), 1 + assignments.len());
    assert_eq!(unserved.height(), 1 + list(&plan["unserved"]).len());
    assert_eq!(hosts.height(), 1 + list(&plan["hosts"]).len());
    for (one, row) in assignments.iter().zip(1..) {
        assert_eq!(cell(visits, row, "Code"), &Data::String(text(&one["visitor"]["code"]).into()));
        assert_eq!(cell(visits, row, "Id of the practice"), &Data::String(text(&one["practice"]).into()));
        assert_eq!(cell(visits, row, "Score"), &Data::Float(one["score"].as_f64().expect("a score")));
        assert_eq!(cell(visits, row, "Minutes one way").as_f64(), one["minutes"].as_f64());
        assert_eq!(cell(visits, row, "Reason"), &Data::String(text(&one["sentence_en"]).into()));
        let parts = ["need", "proximity", "quality", "setting", "ease", "capacity"];
        let sum: f64 = parts.iter().filter_map(|part| cell(visits, row, part).as_f64()).sum();
        assert!((sum - one["score"].as_f64().expect("a score")).abs() < 1e-9, "row {row}");
    }
    for (one, row) in list(&plan["unserved"]).iter().zip(1..) {
        assert_eq!(cell(unserved, row, "Why"), &Data::String(text(&one["text_en"]).into()));
    }
    for (column, of) in [("The plan", "plan"), ("Nearest", "nearest"), ("Best first", "greedy")] {
        let figures = &plan["comparison"][of];
        let figures_told = [
            "needs_served",
            "visitors_served",
            "journeys",
            "online",
            "mean_minutes",
            "total_minutes",
            "highest_load",
            "gini_load",
        ];
        for (row, figure) in (1..).zip(figures_told) {
            assert_eq!(cell(compared, row, column).as_f64(), figures[figure].as_f64(), "{of} {figure}");
        }
    }
    let Data::DateTime(day) = about(told, "First day") else { panic!("no day") };
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    assert_eq!((year, month, day), (2022, 10, 3));
    assert_eq!(about(told, "Visiting khoroos").as_f64(), plan["visitors"].as_f64());
    assert_eq!(about(told, "In one sentence"), &Data::String(text(&plan["sentence_en"]).into()));
    let link = about(told, "Link of the plan").as_string().expect("a link");
    assert_eq!(link, format!("http://localhost:8080/en/visits/month?{QUERY}"));
    let methods = told.rows().filter(|row| row[0] == Data::String("How it is computed".into()));
    let methods: Vec<String> = methods.map(|row| row[1].to_string()).collect();
    assert!(methods.iter().any(|method| method.contains("as many needs as can be")), "{methods:?}");
    let notices: Vec<_> = told
        .rows()
        .filter(|row| row[0] == Data::String("Notice".into()))
        .map(|row| row[1].to_string())
        .collect();
    assert!(notices.iter().any(|notice| notice.contains("invented")), "{notices:?}");
}

#[tokio::test]
async fn a_visit_online_has_no_minutes_in_a_workbook() {
    let site = city();
    let path = format!("{PLANS}?district=all&themes=waste&from=2022-10-03&to=2022-10-31&f=xlsx");
    for (lang, minutes, online) in
        [("en", "Minutes one way", "online"), ("mn", "Нэг талын зам, минут", "цахимаар")]
    {
        let sheets = sheets(&get(&site.public, &format!("{path}&lang={lang}")).await);
        let visits = &sheets[0].1;
        let cells: Vec<&Data> = (1..visits.height()).map(|row| cell(visits, row, minutes)).collect();
        let (numbers, words): (Vec<&Data>, Vec<&Data>) = cells.into_iter().partition(|cell| cell.is_float());
        assert!(!numbers.is_empty() && !words.is_empty());
        assert!(words.iter().all(|cell| cell.as_string().as_deref() == Some(online)), "{words:?}");
    }
}

#[tokio::test]
async fn equal_plans_are_equal_workbooks_and_languages_differ() {
    let site = city();
    let path = format!("{PLANS}?{QUERY}&f=xlsx");
    let (first, again) = (
        get(&site.public, &format!("{path}&lang=mn")).await,
        // Another process would make it anew: so does another site.
        get(&city().public, &format!("{path}&lang=mn")).await,
    );
    assert_eq!((first.body == again.body, first.header("etag")), (true, again.header("etag")));
    let known = [("if-none-match", first.header("etag"))];
    let kept = send(&site.public, Method::GET, &format!("{path}&lang=mn"), &known, Body::empty()).await;
    assert_eq!(kept.status, 304);
    let asked = [("accept-language", "en")];
    let english = send(&site.public, Method::GET, &path, &asked, Body::empty()).await;
    assert_eq!(english.header("content-language"), "en");
    assert_eq!(sheets(&english)[0].0, "Visits");
    assert_eq!(sheets(&first)[0].0, "Айлчлал");
    let json = [("content-type", "application/json")];
    let body = "{\"district\": [\"bzd\"], \"themes\": [\"waste\", \"green\"], \"visits\": 2, \"capacity\": 1, \
                \"from\": \"2022-10-03\", \"to\": \"2022-10-31\", \"vintage\": \"2022\"}";
    let sent =
        send(&site.public, Method::POST, &format!("{PLANS}?f=xlsx&lang=mn"), &json, Body::from(body)).await;
    assert_eq!(sent.body, first.body);
    assert_eq!(sent.header("cache-control"), "no-store");
    let (code, at, _) = get(&site.public, &format!("{PLANS}?{QUERY}&f=pdf")).await.refusal(400, "pdf");
    assert_eq!((code.as_str(), at.as_str()), ("invalid_parameter", "f"));
}

#[tokio::test]
async fn headings_stay_and_what_was_decided_by_hand_is_marked() {
    let site = city();
    let free = get(&site.public, &format!("{PLANS}?{QUERY}")).await.json();
    let one = &free["assignments"][0];
    let pair = format!("{}:{}", text(&one["visitor"]["code"]), text(&one["practice"]));
    let answer = get(&site.public, &format!("{PLANS}?{QUERY}&fixed={pair}&f=xlsx&lang=en")).await;
    let sheets = sheets(&answer);
    let decided: Vec<usize> = (1..sheets[0].1.height())
        .filter(|row| cell(&sheets[0].1, *row, "Decided by hand") == &Data::String("yes".into()))
        .collect();
    assert_eq!(decided.len(), 1);
    assert!(cell(&sheets[3].1, 1, "Nothing by hand").is_float());
    let mut parts = zip::ZipArchive::new(Cursor::new(&answer.body)).expect("a zip");
    for nth in 1..=5 {
        let mut xml = String::new();
        let mut sheet = parts.by_name(&format!("xl/worksheets/sheet{nth}.xml")).expect("a sheet");
        std::io::Read::read_to_string(&mut sheet, &mut xml).expect("XML");
        assert!(xml.contains("state=\"frozen\"") && xml.contains("<autoFilter "), "sheet {nth}");
    }
}

#[tokio::test]
async fn what_is_too_long_for_a_link_says_so_in_its_workbook() {
    let site = city();
    let path = format!("{PLANS}?district=all&visits=2&capacity=5&from=2022-10-03&to=2022-10-31");
    let plan = get(&site.public, &path).await.json();
    let pairs = list(&plan["assignments"])
        .iter()
        .take(150)
        .map(|one| serde_json::json!({"visitor": one["visitor"]["code"], "practice": one["practice"]}));
    let body = serde_json::json!({
        "district": ["all"], "visits": 2, "capacity": 5, "from": "2022-10-03", "to": "2022-10-31", "fixed": pairs.collect::<Vec<_>>(),
    });
    assert_eq!(post(&site.public, &body.to_string()).await.status, 200);
    let json = [("content-type", "application/json")];
    let path = format!("{PLANS}?f=xlsx&lang=en");
    let sent = send(&site.public, Method::POST, &path, &json, Body::from(body.to_string())).await;
    let sheets = sheets(&sent);
    assert_eq!(about(&sheets[4].1, "Link of the plan").to_string(), "The question is too long for a link");
}
