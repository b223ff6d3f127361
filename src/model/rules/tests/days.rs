//! Days in their order.

use super::events::{visit, vote, workshop};
use super::*;
use crate::model::{ReplicationStatusChange, Vote, Workshop};

fn cycle(r: &mut Records) {
    r.cycles.push(Cycle {
        id: "2022".into(),
        title_mn: String::new(),
        title_en: String::new(),
        starts_on: date(2022, 2, 1),
        ends_on: date(2023, 8, 31),
        vintage: "2022".parse().expect("a vintage"),
        replications_reported: true,
        illustrative: false,
    });
}

fn in_cycle(add: impl FnOnce(&mut Records)) -> String {
    first_fault(|r| {
        cycle(r);
        add(r);
    })
}

#[test]
fn an_entry_is_made_within_its_cycle() {
    let entered = |day| in_cycle(|r| r.identifications.push(identification("shared", "2022:bn-1", day)));
    assert_eq!([date(2022, 2, 1), date(2023, 8, 31)].map(entered), ["", ""]);
    assert_eq!(
        entered(date(2022, 1, 31)),
        "identification `shared/2022`: 2022-01-31 is before cycle `2022`, which starts on 2022-02-01"
    );
    assert_eq!(
        entered(date(2024, 5, 5)),
        "identification `shared/2022`: 2024-05-05 is after cycle `2022`, which ends on 2023-08-31"
    );
}

#[test]
fn nothing_happens_before_its_cycle_and_much_may_happen_after_it() {
    let held = |day| in_cycle(|r| r.workshops.push(Workshop { held_on: day, ..workshop("w1") }));
    let seen = |day| in_cycle(|r| r.visits.push(visit("2022:bn-1", day)));
    let voted = |day| in_cycle(|r| r.votes.push(Vote { decided_on: day, ..vote("2022:bn-2", "shared") }));
    let copied = |day| {
        in_cycle(|r| {
            let copy = replication("r1", "shared", "2022:bn-2", "completed");
            r.replications.push(Replication { decided_on: day, ..copy });
        })
    };
    let told =
        |record: &str| format!("{record}: 2022-01-31 is before cycle `2022`, which starts on 2022-02-01");
    let early = date(2022, 1, 31);
    assert_eq!(held(early), told("workshop `w1`"));
    assert_eq!(seen(early), told("visit `v1`"));
    assert_eq!(voted(early), told("vote `2022:bn-2/shared/2022`"));
    assert_eq!(copied(early), told("replication `r1`"));
    let late = date(2024, 5, 5);
    assert_eq!([held(late), seen(late), voted(late), copied(late)], [""; 4]);
}

#[test]
fn a_copy_comes_after_the_first_entry_of_its_practice() {
    let copied = |decided_on, completed_on| {
        first_fault(|r| {
            r.identifications.push(identification("shared", "2022:bn-1", date(2022, 5, 10)));
            let copy = replication("r1", "shared", "2022:bn-2", "completed");
            r.replications.push(Replication { decided_on, completed_on, ..copy });
        })
    };
    let day = |n| date(2022, 5, n);
    assert_eq!(copied(day(10), Some(day(10))), "");
    assert_eq!(
        copied(day(9), Some(day(20))),
        "replication `r1`: decided on 2022-05-09, before practice `shared` was first entered on 2022-05-10"
    );
    assert!(copied(day(8), Some(day(9))).contains("decided on 2022-05-08"));
}

#[test]
fn a_copy_is_completed_on_the_day_of_its_dated_change() {
    let completed = |own: Option<Date>, changed: &[(&str, i8)]| {
        first_fault(|r| {
            let copy = replication("r1", "shared", "2022:bn-2", "completed");
            r.replications.push(Replication { completed_on: own, ..copy });
            r.replication_status_changes.extend(changed.iter().map(|(status, day)| {
                ReplicationStatusChange {
                    replication: "r1".into(),
                    changed_on: date(2022, 9, *day),
                    status: (*status).into(),
                    illustrative: false,
                }
            }));
        })
    };
    let own = Some(date(2022, 9, 20));
    assert_eq!(completed(own, &[("stopped", 1), ("completed", 20)]), "");
    assert_eq!(completed(own, &[]), "");
    assert_eq!(completed(None, &[("completed", 25)]), "");
    assert_eq!(
        completed(own, &[("completed", 25)]),
        "replication `r1`: completed on 2022-09-20 by its own day, but on 2022-09-25 by its dated changes"
    );
}
