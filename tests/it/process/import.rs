//! `hlp import` as a program: exit codes, reports, and a store that is written whole or not at all.

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::{check_refused, content, demo, home, loaded, path_text, run, text};

/// A workbook of plain text cells.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            sheet.write_row(row, 0, cells.iter().copied()).expect("cells");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

const GROUND: [(&str, &[&[&str]]); 4] = [
    (
        "vintages",
        &[
            &["id", "valid_from", "title_mn", "title_en", "source"],
            &["2022", "2022-01-01", "204 хороо", "204 khoroos", "a list"],
        ],
    ),
    ("khoroos", &[&["vintage", "khoroo"], &["2022", "БЗД-26"], &["2022", "СХД-3"]]),
    ("themes", &[&["code", "name_mn", "name_en", "position"], &["waste", "Хог хаягдал", "Waste", "1"]]),
    (
        "practices",
        &[&["id", "title_mn", "theme", "host", "status"], &["p-1", "=1+2", "waste", "БЗД-26", "identified"]],
    ),
];

#[tokio::test]
async fn a_workbook_makes_a_store_and_a_second_time_changes_nothing() {
    let home = home();
    let (file, store) = (home.path().join("a.xlsx"), home.path().join("mine.gpkg"));
    std::fs::write(&file, book(&GROUND)).expect("writes");
    let args = ["import", path_text(&file), "--store", path_text(&store)];
    let dry = run(home.path(), &[&args[..], &["--dry-run"]].concat());
    assert!(dry.status.success() && !store.exists(), "{}", text(&dry.stderr));

    let report = home.path().join("out.json");
    let first = run(home.path(), &[&args[..], &["--report", path_text(&report)]].concat());
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let told: Value = serde_json::from_slice(&std::fs::read(&report).expect("a report")).expect("JSON");
    assert_eq!(told["changes"]["practice"]["added"], 1);
    assert_eq!(told["n_faults"], 0);
    let written = loaded(&store).await;
    assert_eq!(written.records.practices[0].title_mn, "=1+2");
    assert_eq!(written.records.practices[0].host.to_string(), "2022:bzd-26");

    let second = run(home.path(), &args);
    assert!(text(&second.stdout).contains("nothing was written"), "{}", text(&second.stdout));
    assert_eq!(loaded(&store).await.revision, written.revision);
}

#[tokio::test]
async fn a_new_store_knows_the_codes_that_every_store_begins_with() {
    let home = home();
    let (file, store) = (home.path().join("a.xlsx"), home.path().join("mine.gpkg"));
    let sheets: Vec<_> = GROUND.into_iter().filter(|(name, _)| *name != "themes").collect();
    std::fs::write(&file, book(&sheets)).expect("writes");
    let output = run(home.path(), &["import", path_text(&file), "--store", path_text(&store)]);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let written = loaded(&store).await;
    assert_eq!(written.records.practices[0].theme, "waste");
    assert_eq!(written.records.themes, hlp_tracker::model::Records::starting().themes);

    let (template, absent) = (home.path().join("b.xlsx"), home.path().join("none.gpkg"));
    let args = ["import", "--template", path_text(&template), "--store", path_text(&absent)];
    assert!(run(home.path(), &args).status.success());
    let mut template = zip::ZipArchive::new(std::fs::File::open(&template).expect("written")).expect("a zip");
    let mut strings = String::new();
    let mut part = template.by_name("xl/sharedStrings.xml").expect("texts");
    std::io::Read::read_to_string(&mut part, &mut strings).expect("UTF-8");
    assert!(strings.contains("Хог хаягдал"), "themes are offered");
    let output = run(home.path(), &["import", "--template", path_text(&home.path().join("t.csv"))]);
    check_refused(&output, 2, "a workbook's name ends with .xlsx");
}

#[tokio::test]
async fn a_refusal_lists_every_fault_and_leaves_the_store_as_it_was() {
    let home = home();
    let (good, store) = (home.path().join("a.xlsx"), home.path().join("mine.gpkg"));
    std::fs::write(&good, book(&GROUND)).expect("writes");
    let first = run(home.path(), &["import", path_text(&good), "--store", path_text(&store)]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    let before = content(loaded(&store).await);

    let bad = home.path().join("practices.csv");
    std::fs::write(&bad, "id,title_mn,theme,host,status\np-2,x,waste,СХД-3,shared\np-3,x,mud,СХД-9,shared\n")
        .expect("writes");
    let report = home.path().join("out.json");
    let output = run(
        home.path(),
        &["import", path_text(&bad), "--store", path_text(&store), "--report", path_text(&report)],
    );
    check_refused(&output, 1, "the store is as before");
    let told: Value = serde_json::from_slice(&std::fs::read(&report).expect("a report")).expect("JSON");
    assert_eq!(told["n_faults"], 2);
    assert_eq!(told["faults"][0]["row"], 3);
    let columns: Vec<&str> =
        told["faults"].as_array().expect("a list").iter().filter_map(|f| f["column"].as_str()).collect();
    assert_eq!(columns, ["D \"host\"", "C \"theme\""]);
    assert_eq!(content(loaded(&store).await), before);
}

#[test]
fn invented_data_and_wrong_usage_are_refused_and_a_template_is_never_written_over() {
    let home = home();
    let invented = demo(home.path(), 9);
    let file = home.path().join("a.xlsx");
    std::fs::write(&file, book(&GROUND)).expect("writes");
    let output = run(home.path(), &["import", path_text(&file), "--store", path_text(&invented)]);
    check_refused(&output, 1, "the store is as before");
    assert!(text(&output.stdout).contains("--replace-demo removes it"), "{}", text(&output.stdout));
    let output =
        run(home.path(), &["import", path_text(&file), "--store", path_text(&invented), "--replace-demo"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));

    check_refused(&run(home.path(), &["import"]), 2, "--template");
    check_refused(&run(home.path(), &["import", path_text(&file), "--as", "roads"]), 2, "practices");
    let template = home.path().join("t.xlsx");
    let write =
        || run(home.path(), &["import", "--template", path_text(&template), "--store", path_text(&invented)]);
    assert!(write().status.success());
    check_refused(&write(), 1, "t.xlsx");
}
