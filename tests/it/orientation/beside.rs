//! `hlp serve --context --landmarks` as a program.

use serde_json::json;

use super::archive::Made;
use super::home;
use crate::support::server::{Process, get, hlp};

#[test]
fn a_server_takes_both_files_and_names_the_sources_it_is_told() {
    let home = home();
    let (context, table) = (home.path().join("town.pmtiles"), home.path().join("sights.csv"));
    std::fs::write(&context, Made::new(vec![(0, 0, 0, b"world".to_vec())]).bytes()).expect("writes");
    std::fs::write(&table, "name,lon,lat\nУлсын их дэлгүүр,106.9057,47.9166\n").expect("writes");
    let mut command = hlp(home.path());
    command.args(["serve", "--listen", "127.0.0.1:0", "--context-attribution", "© Хот"]);
    command.env("HLP_CONTEXT", &context).env("HLP_LANDMARKS", &table);
    let process = Process::start(&mut command);
    let line = process.line();
    let address = line.strip_prefix("http://").expect("an address");
    assert_eq!(get(address, "/tiles/context.json").json()["attribution"], "© Хот");
    assert_eq!(get(address, "/tiles/context/0/0/0.mvt").body, b"world");
    let found = get(address, "/api/v1/search?q=delguur").json();
    assert_eq!(found["items"][0]["kind"], json!("landmark"), "{found}");
    assert!(
        get(address, "/tiles").json()["items"]
            .as_array()
            .expect("items")
            .iter()
            .any(|t| t["id"] == "context")
    );
}

#[test]
fn a_file_that_cannot_be_used_ends_the_start_before_anything_is_made() {
    let home = home();
    let (context, table) = (home.path().join("cut.pmtiles"), home.path().join("sights.csv"));
    let whole = Made::new(vec![(0, 0, 0, b"world".to_vec())]).bytes();
    std::fs::write(&context, &whole[..whole.len() - 2]).expect("writes");
    std::fs::write(&table, "name,lon,lat\nДэлгүүр,x,47.9166\n").expect("writes");
    for (flag, file, words) in
        [("--context", &context, "truncated"), ("--landmarks", &table, "row 2 column B")]
    {
        let mut command = hlp(home.path());
        command.args(["serve", "--listen", "127.0.0.1:0", flag]).arg(file);
        let output = command.output().expect("the built program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words), "{said}");
    }
    assert!(!home.path().join("hlp").exists(), "a store was made");
}
