//! Records that break a rule of the steps, in files as people make them.

use super::support::{RECORDS, accepted, book_of, ground, messages, plan_into};

/// [`RECORDS`] with the sheet `name` made of these rows.
fn with_sheet(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    assert!(RECORDS.iter().any(|(sheet, _)| *sheet == name), "{name}");
    let sheets: Vec<_> =
        RECORDS.iter().map(|&(sheet, known)| (sheet, if sheet == name { rows } else { known })).collect();
    book_of(&sheets)
}

/// The faults of a file whose sheet is made of these rows; the same rows with `good` for `bad` have none.
fn faults(sheet: &str, rows: &[&[&str]], bad: &str, good: &str) -> Vec<String> {
    let mended: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| if *cell == bad { good } else { cell }).collect())
        .collect();
    let mended: Vec<&[&str]> = mended.iter().map(Vec::as_slice).collect();
    assert_ne!(mended, rows, "no cell `{bad}`");
    let plan = accepted(plan_into(&ground(), "good.xlsx", with_sheet(sheet, &mended)));
    assert!(!plan.changes.changes.is_empty());
    messages(plan_into(&ground(), "bad.xlsx", with_sheet(sheet, rows)))
}

#[test]
fn a_review_before_its_copy_was_completed_is_refused_with_both_days() {
    let rows: &[&[&str]] = &[
        &["id", "replication", "reviewers", "reviewed_on", "rating"],
        &["e-1", "r-1", "bzd-43", "2022-08-31", "good"],
    ];
    let [fault] = &faults("reviews", rows, "2022-08-31", "2022-09-01")[..] else { panic!("one fault") };
    assert!(fault.starts_with("`bad.xlsx` sheet `reviews` row 2"), "{fault}");
    assert!(fault.contains("2022-08-31") && fault.contains("completed on 2022-09-01"), "{fault}");
}

#[test]
fn a_review_of_a_copy_that_is_not_completed_is_refused() {
    let rows: &[&[&str]] = &[
        &["id", "practice", "khoroo", "cycle", "status", "decided_on", "completed_on"],
        &["r-1", "p-1", "СХД-3", "2022", "planned", "2022-06-02", "2022-09-01"],
    ];
    let found = faults("replications", rows, "planned", "completed");
    assert!(found.iter().any(|fault| fault.contains("sheet `reviews` row 2")), "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("replication `r-1` is `planned`")), "{found:?}");
}

#[test]
fn more_people_than_were_invited_are_refused_at_every_step() {
    let check = |sheet: &str, rows: &[&[&str]], bad: &str, good: &str, attended: &str| {
        let [fault] = &faults(sheet, rows, bad, good)[..] else { panic!("{sheet}: one fault") };
        assert!(fault.starts_with(&format!("`bad.xlsx` sheet `{sheet}` row 2")), "{fault}");
        assert!(fault.contains(attended) && fault.contains(bad), "{fault}");
    };
    check(
        "workshops",
        &[
            &["id", "cycle", "scope", "held_on", "mode", "invited", "attended_f", "attended_m", "practices"],
            &["w-1", "2022", "city", "2022-04-01", "virtual", "29", "20", "10", "p-1"],
        ],
        "29",
        "30",
        "30",
    );
    check(
        "visits",
        &[
            &[
                "id",
                "cycle",
                "host",
                "visitors",
                "practices",
                "held_on",
                "mode",
                "status",
                "invited",
                "attended",
            ],
            &["v-1", "2022", "bzd-26", "СХД-3", "p-1", "2022-05-14", "virtual", "held", "11", "12"],
        ],
        "11",
        "12",
        "12",
    );
    check(
        "votes",
        &[
            &["khoroo", "practice", "cycle", "decided_on", "decision", "invited", "attended"],
            &["skhd-3", "p-1", "2022", "2022-06-01", "replicate", "15", "16"],
        ],
        "15",
        "16",
        "16",
    );
}
