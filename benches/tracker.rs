//! The tracker's cards, as a request without a kept body computes them.

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use hlp_tracker::model::Row;
use hlp_tracker::model::audience::Audience;
use hlp_tracker::snapshot::{CycleChoice, Snapshot};
use hlp_tracker::tracker::{Question, ask};

use crate::support;

/// Entries of the published city, to see that a larger one has as many more.
const ENTRIES: usize = 392;

#[divan::bench(name = "tracker_ask/city", args = [204, 10_200])]
fn city(bencher: Bencher, khoroos: usize) {
    check(bencher, khoroos, None);
}

#[divan::bench(name = "tracker_ask/city_one_theme", args = [204, 10_200])]
fn one_theme(bencher: Bencher, khoroos: usize) {
    check(bencher, khoroos, Some("waste"));
}

fn check(bencher: Bencher, khoroos: usize, theme: Option<&str>) {
    let snapshot = snapshot(khoroos);
    assert_eq!(snapshot.records.identifications.len(), ENTRIES * (khoroos / 204));
    let question = Question { theme: theme.map(str::to_owned), ..Question::city(CycleChoice::All) };
    let answer = ask(&snapshot, &question, Audience::Internal).expect("a sound question");
    assert_eq!(answer.steps.len(), 6);
    bencher.bench(|| ask(black_box(&snapshot), &question, Audience::Internal));
}

/// A city with as many times the records of the demo as it has times the khoroos: the demo's own, each told
/// again under other ids.
fn snapshot(khoroos: usize) -> Snapshot {
    let mut loaded = support::loaded(khoroos);
    let told: Vec<Row> = loaded.records.clone().into_rows().collect();
    for nth in 1..khoroos / 204 {
        for row in &told {
            if let Some(row) = retold(row.clone(), nth) {
                loaded.add(row);
            }
        }
    }
    loaded.sort();
    Snapshot::build(loaded, None, 10_000.0).expect("a snapshot")
}

/// The record under other ids, as are the records that it refers to; `None` for codes and cycles.
fn retold(mut row: Row, nth: usize) -> Option<Row> {
    let ids: Vec<&mut String> = match &mut row {
        Row::Practice(r) => vec![&mut r.id],
        Row::PracticeStatusChange(r) => vec![&mut r.practice],
        Row::Identification(r) => vec![&mut r.practice],
        Row::IdentificationStage(r) => vec![&mut r.practice],
        Row::Workshop(r) => vec![&mut r.id],
        Row::WorkshopPractice(r) => vec![&mut r.workshop, &mut r.practice],
        Row::Visit(r) => vec![&mut r.id],
        Row::VisitVisitor(r) => vec![&mut r.visit],
        Row::VisitPractice(r) => vec![&mut r.visit, &mut r.practice],
        Row::Vote(r) => vec![&mut r.practice],
        Row::Replication(r) => vec![&mut r.id, &mut r.practice],
        Row::ReplicationStatusChange(r) => vec![&mut r.replication],
        Row::BudgetLine(r) => vec![&mut r.replication],
        Row::Review(r) => vec![&mut r.id, &mut r.replication],
        Row::ReviewReviewer(r) => vec![&mut r.review],
        Row::Training(r) => vec![&mut r.id],
        Row::Need(r) => vec![&mut r.id],
        Row::Offer(r) => vec![&mut r.id, &mut r.practice],
        _ => return None,
    };
    for id in ids {
        write!(id, "-{nth}").expect("text takes all");
    }
    Some(row)
}
