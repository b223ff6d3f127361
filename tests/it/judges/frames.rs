//! `tests/judge/tracker.py` on the lists of the demo, beside a server of the same demo.

use serde_json::{Map, Value, json};

use super::{Office, Question};
use crate::support::judge;
use crate::support::server::{get, hlp};

fn items(office: &Office, path: &str, field: &str) -> Vec<String> {
    let page = get(&office.address, path).json();
    let items = page["items"].as_array().expect("items").iter();
    items.map(|item| item[field].as_str().expect("a text").to_owned()).collect()
}

/// Every question of the city and its districts, by cycle and theme.
fn questions(office: &Office) -> Vec<Question> {
    let with_all = |codes: Vec<String>| std::iter::once(String::new()).chain(codes).collect::<Vec<_>>();
    let places = with_all(items(office, "/api/v1/districts", "code"));
    let themes = with_all(items(office, "/api/v1/themes", "code"));
    let cycles = items(office, "/api/v1/cycles", "id").into_iter().chain(["all".into()]);
    let mut questions = Vec::new();
    for cycle in cycles {
        for place in &places {
            for theme in &themes {
                let (cycle, place, theme) = (cycle.clone(), place.clone(), theme.clone());
                questions.push(Question { cycle, place, theme });
            }
        }
    }
    questions
}

/// The answer in the judge's form, with the records behind figures that it asks for.
fn answered(office: &Office, question: &Question, with_records: bool) -> Value {
    let answer = get(&office.address, &format!("/api/v1/tracker?{}", question.query())).json();
    let (mut figures, mut records) = (Map::new(), Map::new());
    let cards = ["steps", "more"].into_iter().flat_map(|part| answer[part].as_array().expect("cards"));
    for card in cards {
        for figure in card["figures"].as_array().expect("figures") {
            let name = |value: &Value| value.as_str().expect("a text").to_owned();
            let key = format!("{} {}", name(&card["code"]), name(&figure["id"]));
            if let Some(url) = figure["records_url"].as_str().filter(|_| with_records) {
                let path =
                    url.strip_prefix(&format!("http://{}", office.address)).expect("an absolute address");
                let page = get(&office.address, &format!("{path}&limit=1000")).json();
                assert_eq!(page["next"], Value::Null, "{path}");
                records.insert(key.clone(), page["items"].clone());
            }
            figures.insert(key, json!([figure["definition"], figure["value"], figure["n"]]));
        }
    }
    let (cycle, district, theme) = (&question.cycle, &question.place, &question.theme);
    let query = question.query();
    json!({ "query": query, "cycle": cycle, "district": district, "theme": theme, "figures": figures, "records": records })
}

#[test]
fn every_figure_is_what_pandas_makes_of_the_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| {
        let output = hlp(folder.path()).args(args).output().expect("the built program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (store, lists, file) = (path("demo.gpkg"), path("lists/"), path("answers.json"));
    run(&["demo", "--out", &store]);
    run(&["demo", "--out", &lists]);
    let office = Office::serve(folder.path(), &store);
    let answers: Vec<Value> = questions(&office)
        .iter()
        .enumerate()
        .map(|(nth, question)| answered(&office, question, nth.is_multiple_of(13)))
        .collect();
    std::fs::write(&file, serde_json::to_vec(&answers).expect("plain values")).expect("written");

    let codes = concat!(env!("CARGO_MANIFEST_DIR"), "/data/codes");
    let out = judge("tracker.py").args([lists.as_str(), codes, &file]).output().expect("Python is installed");
    let said = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}");
    assert!(said.contains(&format!("{} questions", answers.len())) && said.contains(" 0 faults"), "{said}");
}
