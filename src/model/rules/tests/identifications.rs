//! Step 1.

use jiff::civil::date;

use super::*;
use crate::model::{IdentificationStage, PracticeStatusChange, WorkshopPractice};

#[test]
fn an_identification_belongs_to_a_khoroo_of_its_day() {
    assert_eq!(
        first_fault(|r| r.identifications.push(identification("shared", "2020:bn-1", date(2022, 3, 1)))),
        "identification of practice `shared` in cycle `2022`: 2022-03-01 is outside vintage `2020`"
    );
    assert_eq!(
        first_fault(|r| r.identifications.push(identification("shared", "2022:bn-9", date(2022, 3, 1)))),
        "identification of practice `shared` in cycle `2022`: khoroo 2022:bn-9 is not in the store"
    );
}

#[test]
fn a_draft_is_not_identified_and_not_copied() {
    let verdict = judge(|r| {
        r.identifications.push(identification("draft", "2022:bn-1", date(2022, 3, 1)));
        r.replications.push(replication("r1", "draft", "2022:bn-2", "completed"));
    });
    assert_eq!(verdict.faults.len(), 2);
    assert!(verdict.broken_identifications.contains(&("draft".into(), "2022".into())));
    assert!(verdict.broken_replications.contains("r1"));
}

fn changed(practice: &str, status: PracticeStatus) -> PracticeStatusChange {
    PracticeStatusChange {
        practice: practice.into(),
        changed_on: date(2022, 2, 1),
        status,
        illustrative: false,
    }
}

#[test]
fn what_was_archived_is_what_it_had_become() {
    use PracticeStatus::{Archived, Identified, Returned, Shared, Submitted};
    let standing = |add: &dyn Fn(&mut Records)| {
        let mut records =
            Records { practices: vec![practice("p", "2022:bn-1", Archived)], ..Records::default() };
        add(&mut records);
        let standings = Standings::of(&records, &BTreeSet::new());
        [standings.is_identified(&records.practices[0]), standings.is_shared(&records.practices[0])]
    };
    let entered =
        |decision| Identification { decision, ..identification("p", "2022:bn-1", date(2022, 3, 1)) };
    let stage = |decision| IdentificationStage {
        practice: "p".into(),
        cycle: "2022".into(),
        stage: Stage::District,
        reached_on: date(2022, 4, 1),
        decision,
        awarded: false,
        illustrative: false,
    };
    let shown = || WorkshopPractice { workshop: "w".into(), practice: "p".into(), illustrative: false };
    assert_eq!(standing(&|_| ()), [false, false]);
    assert_eq!(standing(&|r| r.identifications.push(entered(Decision::Rejected))), [false, false]);
    assert_eq!(standing(&|r| r.identifications.push(entered(Decision::Accepted))), [true, false]);
    assert_eq!(standing(&|r| r.identification_stages.push(stage(Decision::Pending))), [false, false]);
    assert_eq!(standing(&|r| r.identification_stages.push(stage(Decision::Accepted))), [true, false]);
    let by_change = |status| standing(&|r| r.practice_status_changes.push(changed("p", status)));
    assert_eq!([Submitted, Returned, Archived].map(by_change), [[false, false]; 3]);
    assert_eq!([Identified, Shared].map(by_change), [[true, false], [true, true]]);
    assert_eq!(standing(&|r| r.workshop_practices.push(shown())), [false, true]);
}

#[test]
fn what_was_rejected_and_put_away_is_not_copied_and_not_shown() {
    let copied = |add: &dyn Fn(&mut Records)| {
        first_fault(|r| {
            r.practices.push(practice("away", "2022:bn-1", PracticeStatus::Archived));
            r.replications.push(replication("r1", "away", "2022:bn-2", "completed"));
            add(r);
        })
    };
    let rejected = Identification {
        decision: Decision::Rejected,
        ..identification("away", "2022:bn-1", date(2022, 3, 1))
    };
    let refused = "replication `r1`: practice `away` is `archived`, not yet identified";
    assert_eq!(copied(&|_| ()), refused);
    assert_eq!(copied(&|r| r.identifications.push(rejected.clone())), refused);
    assert_eq!(copied(&|r| r.practice_status_changes.push(changed("away", PracticeStatus::Identified))), "");
    // What breaks a rule itself tells nothing.
    let nowhere = identification("away", "2022:bn-9", date(2022, 3, 1));
    assert_eq!(
        copied(&|r| r.identifications.push(nowhere.clone())),
        "identification of practice `away` in cycle `2022`: khoroo 2022:bn-9 is not in the store"
    );
    let both = judge(|r| {
        r.practices.push(practice("away", "2022:bn-1", PracticeStatus::Archived));
        r.identifications.push(nowhere);
        r.replications.push(replication("r1", "away", "2022:bn-2", "completed"));
    });
    assert_eq!(both.faults.len(), 2);
}
