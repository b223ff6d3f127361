//! Step 6.

use jiff::civil::date;

use super::*;
use crate::model::{Review, ReviewReviewer};

fn review(id: &str, replication: &str, day: Date) -> Review {
    Review {
        id: id.into(),
        replication: replication.into(),
        reviewed_on: day,
        mode: None,
        rating: "good".into(),
        comment: None,
        follow_up_by: None,
        trainer: None,
        illustrative: false,
    }
}

#[test]
fn a_review_is_of_a_completed_copy_after_its_completion_and_by_others() {
    let reviewed = |status: &str, day: Date, reviewer: &str| {
        first_fault(|r| {
            let mut copy = replication("r1", "shared", "2022:bn-2", status);
            copy.completed_on = Some(date(2022, 9, 30));
            r.replications.push(copy);
            r.reviews.push(review("w1", "r1", day));
            let reviewer =
                ReviewReviewer { review: "w1".into(), khoroo: khoroo(reviewer), illustrative: false };
            r.review_reviewers.push(reviewer);
        })
    };
    assert_eq!(reviewed("completed", date(2022, 9, 30), "2022:bn-1"), "", "the host may review");
    assert_eq!(
        reviewed("stopped", date(2022, 10, 1), "2022:bn-1"),
        "review `w1`: replication `r1` is `stopped`, not completed"
    );
    assert_eq!(
        reviewed("completed", date(2022, 9, 29), "2022:bn-1"),
        "review `w1`: of 2022-09-29, before replication `r1` was completed on 2022-09-30"
    );
    assert_eq!(
        reviewed("completed", date(2022, 10, 1), "2022:bn-2"),
        "review reviewer `w1/2022:bn-2`: khoroo 2022:bn-2 reviews replication `r1` of 2022:bn-2 of its own line"
    );
    assert_eq!(
        reviewed("completed", date(2022, 10, 1), "2020:bn-1"),
        "review reviewer `w1/2020:bn-1`: 2022-10-01 is outside vintage `2020`"
    );
}

#[test]
fn a_review_by_the_host_is_told() {
    let reviewed = |reviewer: &str| {
        let mut records = Records {
            practices: vec![practice("old", "2020:bn-1", PracticeStatus::Shared)],
            replications: vec![replication("r1", "old", "2022:bn-2", "completed")],
            reviews: vec![review("w1", "r1", date(2022, 9, 1))],
            ..Records::default()
        };
        let row = ReviewReviewer { review: "w1".into(), khoroo: khoroo(reviewer), illustrative: false };
        records.review_reviewers.push(row);
        let vintages = [
            vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
            vintage("2022", date(2022, 1, 1), None),
        ];
        let khoroos = ["2020:bn-1", "2022:bn-1", "2022:bn-2", "2022:bn-3"].map(khoroo).into();
        let lineage = [pair("2020:bn-1", "2022:bn-3", LineageKind::Renumber, 1.0)];
        let shapes = Shapes::new();
        let ground = Ground { vintages: &vintages, khoroos: &khoroos, lineage: &lineage, shapes };
        let notes = reviews_by_hosts(&ground.homes(), &records);
        notes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        reviewed("2022:bn-3"),
        ["review `w1`: 2022:bn-3 reviews replication `r1` of its own practice `old`"]
    );
    assert_eq!(reviewed("2022:bn-1"), [""; 0]);
}
