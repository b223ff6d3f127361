//! Step 5.

use jiff::civil::date;

use super::*;

#[test]
fn a_khoroo_does_not_copy_its_own_practice() {
    assert_eq!(
        first_fault(|r| r.replications.push(replication("r1", "shared", "2022:bn-1", "completed"))),
        "replication `r1`: khoroo 2022:bn-1 hosts practice `shared` itself"
    );
}

#[test]
fn a_copy_ends_after_it_began_and_within_its_vintage() {
    let completed = |day| {
        let mut row = replication("r1", "shared", "2022:bn-2", "completed");
        row.completed_on = Some(day);
        first_fault(|r| r.replications.push(row))
    };
    assert_eq!(completed(date(2022, 5, 1)), "");
    assert_eq!(
        completed(date(2022, 4, 30)),
        "replication `r1`: completed on 2022-04-30, before it was decided on 2022-05-01"
    );
    assert_eq!(completed(date(2021, 12, 31)), "replication `r1`: 2021-12-31 is outside vintage `2022`");
}

#[test]
fn only_one_copy_is_active_and_a_stopped_one_bars_nothing() {
    let two = |status: &str| {
        first_fault(|r| {
            r.replications.push(replication("r1", "shared", "2022:bn-2", status));
            r.replications.push(replication("r2", "shared", "2022:bn-2", "completed"));
        })
    };
    assert_eq!(two("stopped"), "");
    assert_eq!(
        two("completed"),
        "replications `r1` and `r2` are both active for practice `shared` in khoroo 2022:bn-2"
    );
}

#[test]
fn a_practice_of_before_the_borders_changed_is_its_heirs_own() {
    let copied_by =
        |at: &str| first_fault(|r| r.replications.push(replication("r1", "old", at, "completed")));
    assert_eq!(
        copied_by("2022:bn-3"),
        "replication `r1`: khoroo 2022:bn-3 is of one line with 2020:bn-1, which hosts practice `old`"
    );
    assert_eq!(copied_by("2022:bn-1"), "", "the smaller piece learns from the one it came from");
    assert_eq!(copied_by("2022:bn-2"), "");
}

#[test]
fn only_one_copy_is_active_in_a_line_of_khoroos() {
    let before = |at: &str| {
        let mut row = replication("r0", "shared", at, "completed");
        row.decided_on = date(2021, 5, 1);
        row
    };
    let both = |early: &str, late: &str| {
        first_fault(|r| {
            r.replications.push(before(early));
            r.replications.push(replication("r1", "shared", late, "completed"));
        })
    };
    assert_eq!(
        both("2020:bn-2", "2022:bn-2"),
        "replications `r0` and `r1` are both active for practice `shared` in khoroos 2020:bn-2 and \
         2022:bn-2 of one line"
    );
    assert_eq!(both("2020:bn-2", "2022:bn-3"), "");
}
