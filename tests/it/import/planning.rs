//! Records to change sets: what goes in, what is refused, and what a second import does.

use hlp_tracker::import::template;
use hlp_tracker::model::{Change, Key, Lineage, LineageKind, Loaded, Mode, Row};
use rust_xlsxwriter::{Format, Workbook};

use super::support::{GROUND, RECORDS, accepted, applied, book_of, ground, messages, plan_into, spoiled};

#[test]
fn one_workbook_fills_an_empty_store_with_places_and_records_of_every_kind() {
    let store = Loaded::default();
    let all: Vec<_> = GROUND.iter().chain(RECORDS).copied().collect();
    let plan = accepted(plan_into(&store, "all.xlsx", book_of(&all)));
    let store = applied(&store, &plan);
    let records = &store.records;
    assert_eq!((store.districts.len(), store.vintages.len(), store.datasets.len()), (9, 2, 2));
    let practice = &records.practices[0];
    assert_eq!(practice.host.to_string(), "2022:bzd-26", "in the vintage of its identification");
    assert_eq!((practice.theme.as_str(), practice.details.cost_setup), ("waste", Some(100_200)));
    assert!(practice.location.is_some());
    assert_eq!(records.identifications[0].occasion.mode, Some(Mode::Virtual));
    assert_eq!(records.identifications[0].occasion.attended, Some(100));
    let visitors: Vec<_> = records.visit_visitors.iter().map(|v| (v.khoroo.to_string(), v.people)).collect();
    assert_eq!(visitors, [("2022:bzd-43".to_owned(), None), ("2022:skhd-3".to_owned(), Some(4))]);
    assert_eq!(records.workshop_practices.len(), 1);
    assert_eq!(records.budget_lines.iter().map(|line| line.amount).sum::<i64>(), 5_100_200);
    assert_eq!(records.reviews[0].comment.as_deref(), Some("=HYPERLINK(\"x\")"), "text stays text");
    assert_eq!(records.trainings[0].pre_score_pct, Some(46.0));
    assert_eq!(
        records.clone().into_rows().count(),
        plan.changes.changes.iter().filter(|c| is_record(c)).count()
    );
    assert!(!records.clone().into_rows().any(|row| row.is_illustrative()));
}

fn is_record(change: &Change) -> bool {
    !matches!(change, Change::Put(Row::District(_) | Row::Vintage(_) | Row::Khoroo(_)))
}

#[test]
fn the_same_workbook_twice_changes_nothing() {
    let store = ground();
    let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
    let again = accepted(plan_into(&store, "a.xlsx", book_of(RECORDS)));
    assert_eq!(again.changes.changes, []);
    assert!(again.report.changes_nothing());
    let ground = accepted(plan_into(&store, "ground.xlsx", book_of(GROUND)));
    assert_eq!(ground.changes.changes, []);
}

#[test]
fn a_corrected_workbook_updates_what_was_corrected_and_nothing_else() {
    let store = ground();
    let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
    let plan = accepted(plan_into(&store, "a.xlsx", spoiled("visits", "СХД-3 (4); bzd-43", "СХД-3 (5)")));
    let keys: Vec<String> = plan
        .changes
        .changes
        .iter()
        .map(|change| match change {
            Change::Put(row) => format!("put {}", row.key()),
            Change::Delete(key) => format!("delete {key}"),
            Change::DeleteIllustrative => "demo".to_owned(),
        })
        .collect();
    assert_eq!(keys, ["put v-1/2022:skhd-3", "delete v-1/2022:bzd-43"]);
}

#[test]
fn a_column_that_is_not_there_keeps_what_the_store_has_and_an_empty_cell_clears_it() {
    let store = ground();
    let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
    let practices = |rows: &[&[&str]]| accepted(plan_into(&store, "a.xlsx", book_of(&[("practices", rows)])));
    let kept = practices(&[
        &["id", "title_mn", "theme", "host", "status"],
        &["p-1", "Хог ангилах цэг", "waste", "bzd-26", "shared"],
    ]);
    assert_eq!(kept.changes.changes, []);
    let cleared = practices(&[
        &["id", "title_mn", "theme", "host", "status", "cost_setup"],
        &["p-1", "Хог ангилах цэг", "waste", "bzd-26", "shared", ""],
    ]);
    let [Change::Put(Row::Practice(practice))] = &cleared.changes.changes[..] else { panic!("one practice") };
    assert_eq!(practice.details.cost_setup, None);
    assert!(practice.location.is_some());
}

#[test]
fn each_fault_names_its_place_and_what_is_allowed() {
    let store = ground();
    let check = |sheet: &str, old: &str, new: &str, expected: &str| {
        let found = messages(plan_into(&store, "a.xlsx", spoiled(sheet, old, new)));
        assert!(
            found.iter().any(|message| message.contains(expected)),
            "{expected}\nfound:\n{}",
            found.join("\n")
        );
        let place = format!("`a.xlsx` sheet `{sheet}` row ");
        assert!(found.iter().all(|message| message.starts_with(&place)), "{found:#?}");
    };
    let practices = "Сайн туршлага";
    check(
        practices,
        "100 200 ₮",
        "100.50",
        "row 2 column F \"Эхлэх зардал, ₮\": `100.50` is not a whole amount of ₮",
    );
    check(practices, "100 200 ₮", "-5", "`-5` is out of range; allowed: a whole amount of ₮, 0 or more");
    check(
        practices,
        "хог хаягдал",
        "газар тариалан",
        "is unknown; allowed: Ногоон байгууламж (green), Хог хаягдал (waste)",
    );
    check(
        practices,
        "БЗД-26",
        "БЗД-99",
        "means khoroo bzd-99, which is not in vintage 2022; no vintage has it",
    );
    check(practices, "БЗД-26", "26", "`26` names no khoroo");
    check(practices, "танилцуулсан", "бэлэн", "is none of: ноорог (draft)");
    check(
        practices,
        "Хог ангилах цэг",
        "",
        "column B \"Нэр\": is required; allowed: text of at most 200 characters",
    );
    check(
        practices,
        "47.91",
        "",
        "column H \"Өргөрөг\": is required; allowed: both degrees of a point, or none",
    );
    check("identifications", "2022/2/14", "хавар", "is not a day such as 2022-05-14");
    check("identifications", "2022/2/14", "02/03/2022", "can be 2022-03-02 or 2022-02-03");
    check("identifications", "2022/2/14", "2018-01-01", "no vintage holds 2018-01-01; known are: 2020");
    check("identifications", "145", "99", "attended 100 are more than invited 99");
    check("identifications", "p-1", "p-9", "`p-9` is unknown; allowed: p-1");
    check(
        "visits",
        "СХД-3 (4); bzd-43",
        "СХД-3 (4); bzd-44",
        "khoroo bzd-44, which did not exist on 2022-05-14",
    );
    check("votes", "40", "20", "votes 30 are more than voters 20");
    check(
        "replications",
        "2022-09-01",
        "2022-06-01",
        "completed_on 2022-06-01 is before decided_on 2022-06-02",
    );
    check("replications", "СХД-3", "БЗД-26", "hosts practice `p-1` itself");
    check("budget_lines", "100 200", "0", "amount 0 is not above 0");
    check("needs", "2", "4", "out of range; allowed: 1 to 3");
    check("trainings", "46 %", "146 %", "out of range; allowed: 0 to 100 %");
}

#[test]
fn a_khoroo_that_did_not_exist_at_that_day_is_refused_with_the_vintages_that_have_it() {
    let sheets: &[(&str, &[&[&str]])] = &[(
        "needs",
        &[&["id", "khoroo", "theme", "since", "status"], &["n-1", "БЗД-43", "waste", "2021-03-01", "open"]],
    )];
    assert_eq!(
        messages(plan_into(&ground(), "a.xlsx", book_of(sheets))),
        [
            "`a.xlsx` sheet `needs` row 2 column B \"khoroo\": `БЗД-43` means khoroo bzd-43, which did not exist on 2021-03-01 \
          (vintage 2020); vintages that have it: 2022 (from 2022-01-01)"
        ]
    );
}

#[test]
fn headers_are_found_below_titles_in_two_rows_and_in_any_order() {
    let sheets: &[(&str, &[&[&str]])] = &[(
        "needs",
        &[
            &["Суралцах хэрэгцээний бүртгэл"],
            &[],
            &["ТӨЛӨВ", "Notes", "Хэзээнээс", " хороо ", "Сэдэв / Theme", "Код"],
            &["Status", "", "Since", "Khoroo", "Theme", "Id"],
            &["open", "x", "2022.03.01", "СХД-3", "waste", "n-1"],
        ],
    )];
    let plan = accepted(plan_into(&ground(), "a.xlsx", book_of(sheets)));
    assert_eq!(plan.changes.changes.len(), 1);
    assert_eq!(plan.report.sheets[0].unknown_columns, ["B \"Notes\""]);
}

#[test]
fn missing_and_repeated_columns_are_named() {
    let with_headers = |headers: &[&str]| {
        let rows: &[&[&str]] = &[headers, &["n-1", "СХД-3", "waste", "2022-03-01", "open"]];
        messages(plan_into(&ground(), "a.xlsx", book_of(&[("needs", rows)])))
    };
    assert_eq!(
        with_headers(&["id", "khoroo", "theme", "since"]),
        [
            "`a.xlsx` sheet `needs` row 1: column `Төлөв / Status` is missing; headers seen: id, khoroo, theme, since"
        ]
    );
    assert_eq!(
        with_headers(&["id", "khoroo", "theme", "since", "status", "Төлөв"]),
        ["`a.xlsx` sheet `needs` row 1 column F \"Төлөв\": the header stands twice, here and in column E"]
    );
    let none = with_headers(&["a", "b", "c", "d", "e"]);
    assert!(
        none[0].contains("no row of headers among the first 10 rows; expected are: Код / Id"),
        "{none:?}"
    );
}

#[test]
fn a_record_that_stands_twice_is_refused_with_both_rows() {
    let rows: &[&[&str]] = &[
        &["id", "khoroo", "theme", "since", "status"],
        &["n-1", "СХД-3", "waste", "2022-03-01", "open"],
        &["n-1", "СХД-3", "green", "2022-03-01", "open"],
    ];
    assert_eq!(
        messages(plan_into(&ground(), "a.xlsx", book_of(&[("needs", rows)]))),
        ["`a.xlsx` sheet `needs` row 3: `n-1` stands already in `a.xlsx` sheet `needs` row 2"]
    );
}

#[test]
fn merged_cells_among_records_are_a_fault_and_over_them_are_not() {
    let filled = |merge_records: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("needs").expect("a name");
        sheet.merge_range(0, 0, 0, 4, "Бүртгэл", &Format::new()).expect("cells");
        for (column, text) in (0..).zip(["id", "khoroo", "theme", "since", "status"]) {
            sheet.write(1, column, text).expect("a cell");
        }
        for (row, id) in (2..).zip(["n-1", "n-2"]) {
            for (column, text) in (0..).zip([id, "СХД-3", "waste", "2022-03-01", "open"]) {
                sheet.write(row, column, text).expect("a cell");
            }
        }
        if merge_records {
            sheet.merge_range(2, 4, 3, 4, "open", &Format::new()).expect("cells");
        }
        plan_into(&ground(), "a.xlsx", book.save_to_buffer().expect("a workbook"))
    };
    accepted(filled(false));
    let found = messages(filled(true));
    assert_eq!(
        found[0],
        "`a.xlsx` sheet `needs` row 3 column E: cells E3:E4 are merged; split them and fill each one"
    );
    assert!(found[1].contains("row 4 column E \"status\": is required"), "{found:?}");
}

#[test]
fn many_faults_are_counted_and_the_first_ones_listed() {
    let lines: Vec<Vec<String>> = (0..500)
        .map(|n| vec![format!("n-{n}"), "СХД-3".into(), "x".into(), "2022-03-01".into(), "open".into()])
        .collect();
    let mut text = String::from("id,khoroo,theme,since,status\n");
    for line in &lines {
        text.push_str(&(line.join(",") + "\n"));
    }
    let refused = plan_into(&ground(), "needs.csv", text).expect_err("unknown themes");
    assert_eq!((refused.report.faults.len(), refused.report.n_faults), (200, 500));
    assert!(refused.to_string().contains("and 300 more faults"));
}

#[test]
fn text_files_are_named_after_their_kind() {
    let text = "Код;Хороо;Сэдэв;Хэзээнээс;Төлөв\nn-1;СХД-3;waste;2022.03.01;нээлттэй\n";
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("id;khoroo;theme;since;status\nn-1;skhd-3;waste;2022.03.01;open\n");
    for (name, bytes) in
        [("needs.csv", text.as_bytes()), ("Суралцах хэрэгцээ.csv", text.as_bytes()), ("needs.csv", &bytes)]
    {
        let plan = accepted(plan_into(&ground(), name, bytes));
        assert_eq!(plan.changes.changes.len(), 1, "{name}");
    }
    let found = messages(plan_into(&ground(), "Book1.csv", text));
    assert!(found[0].starts_with("`Book1.csv`: is no kind of record; name the file"), "{found:?}");
}

#[test]
fn the_template_reads_back_without_a_fault() {
    let empty = template::workbook(&ground().records).expect("a template");
    let plan = accepted(plan_into(&ground(), "template.xlsx", empty));
    assert_eq!(plan.changes.changes, [], "its lists are those of the store");
    let read: Vec<&str> = plan.report.sheets.iter().map(|sheet| sheet.kind).collect();
    let kinds: Vec<&str> = hlp_tracker::import::kinds::KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(read, kinds);
    assert!(plan.report.sheets.iter().all(|sheet| sheet.unknown_columns.is_empty()));
}

#[test]
fn invented_data_is_replaced_only_when_told_so() {
    let mut store = ground();
    for cycle in &mut store.records.cycles {
        cycle.illustrative = true;
    }
    let found = messages(plan_into(&store, "a.xlsx", book_of(RECORDS)));
    assert_eq!(
        found,
        [
            "`a.xlsx`: the store holds invented data (1 records); --replace-demo removes it in the same transaction"
        ]
    );
    let folder = super::support::scratch();
    let path = super::support::put(&folder, "a.xlsx", book_of(&[GROUND[2]]));
    let mut request = hlp_tracker::import::Request::new(vec![path]);
    request.replace_demo = true;
    let plan = accepted(hlp_tracker::import::plan(&request, &store, &mut |_| {}));
    assert_eq!(plan.changes.changes[0], Change::DeleteIllustrative);
    let Change::Put(Row::Cycle(cycle)) = &plan.changes.changes[1] else { panic!("the real cycle") };
    assert!(!cycle.illustrative);
    assert_eq!(Row::Cycle(cycle.clone()).key(), Key::Cycle("2022".into()));
}

#[test]
fn a_listed_vintage_between_two_others_parts_their_lineage() {
    let mut store = ground();
    let row = |code: &str, stated| Lineage {
        from: format!("2020:{code}").parse().expect("a khoroo"),
        to: format!("2022:{code}").parse().expect("a khoroo"),
        kind: LineageKind::Unchanged,
        area_share: 1.0,
        population_share: None,
        stated,
        illustrative: false,
    };
    let between: &[(&str, &[&[&str]])] = &[
        (
            "vintages",
            &[
                &["id", "valid_from", "valid_to", "title_mn", "title_en", "source"],
                &["2020", "2020-01-01", "2020-12-31", "171 хороо", "171 khoroos", "a list"],
                &["2021", "2021-01-01", "2021-12-31", "180 хороо", "180 khoroos", "a list"],
            ],
        ),
        ("khoroos", &[&["vintage", "khoroo"], &["2021", "bzd-26"]]),
    ];
    store.lineage = vec![row("bzd-26", false), row("skhd-3", true)];
    let plan = accepted(plan_into(&store, "empty.xlsx", book_of(&between[..1])));
    let is_of_lineage = |change: &Change| matches!(change, Change::Delete(Key::Lineage(..)));
    assert!(!plan.changes.changes.iter().any(is_of_lineage), "no khoroos, no part in it: {:?}", plan.changes);
    store.lineage = vec![row("bzd-26", false)];
    let plan = accepted(plan_into(&store, "between.xlsx", book_of(between)));
    let computed = &store.lineage[0];
    let gone = Change::Delete(Key::Lineage(computed.from.clone(), computed.to.clone()));
    assert!(plan.changes.changes.contains(&gone), "{:?}", plan.changes);
    store.lineage = vec![row("skhd-3", true)];
    let told = messages(plan_into(&store, "between.xlsx", book_of(between)));
    assert!(told.iter().any(|message| message.contains("lineage 2020:skhd-3 → 2022:skhd-3")), "{told:?}");
}
