//! Steps 5 and 6: replications with their money, and peer reviews of them.

use super::Made;
use super::reader::{Reader, before};
use crate::model::{BudgetLine, Key, Replication, ReplicationStatusChange, Review, ReviewReviewer, Row};

pub fn replication(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let decided_on = reader.must("decided_on");
    let (practice, cycle, status) = (reader.refer("practice"), reader.refer("cycle"), reader.refer("status"));
    let khoroo = reader.khoroo_on("khoroo", decided_on);
    let before = before!(reader, Replication(id));
    Some(Made::one(Replication {
        practice: practice?,
        khoroo: khoroo?,
        cycle: cycle?,
        status: status?,
        decided_on,
        completed_on: reader.may("completed_on", before.and_then(|b| b.completed_on)),
        learning_route: reader.may("learning_route", before.and_then(|b| b.learning_route)),
        adaptations: reader.may("adaptations", before.and_then(|b| b.adaptations.clone())),
        people_served: reader.may("people_served", before.and_then(|b| b.people_served)),
        illustrative: reader.is_invented(),
        id,
    }))
}

pub fn status_change(reader: &mut Reader<'_>) -> Option<Made> {
    let (replication, status) = (reader.refer("replication"), reader.refer("status"));
    Some(Made::one(ReplicationStatusChange {
        replication: replication?,
        changed_on: reader.must("changed_on"),
        status: status?,
        illustrative: reader.is_invented(),
    }))
}

pub fn budget_line(reader: &mut Reader<'_>) -> Option<Made> {
    let (replication, source) = (reader.refer("replication"), reader.refer("source"));
    Some(Made::one(BudgetLine {
        replication: replication?,
        position: reader.must("position"),
        source: source?,
        amount: reader.must("amount"),
        fiscal_year: reader.must("fiscal_year"),
        illustrative: reader.is_invented(),
    }))
}

pub fn review(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let reviewed_on = reader.must("reviewed_on");
    let (replication, rating) = (reader.refer("replication"), reader.refer("rating"));
    let reviewers = reader.khoroos_on("reviewers", reviewed_on)?;
    let before = before!(reader, Review(id));
    let trainer = reader.refer_may("trainer", before.and_then(|b| b.trainer.clone()));
    let mut made = Made::one(Review {
        id: id.clone(),
        replication: replication?,
        reviewed_on,
        mode: reader.may("mode", before.and_then(|b| b.mode)),
        rating: rating?,
        comment: reader.may("comment", before.and_then(|b| b.comment.clone())),
        follow_up_by: reader.may("follow_up_by", before.and_then(|b| b.follow_up_by)),
        trainer,
        illustrative: reader.is_invented(),
    });
    let links = reviewers.into_iter().map(|(khoroo, _)| {
        Row::from(ReviewReviewer { review: id.clone(), khoroo, illustrative: reader.is_invented() })
    });
    made.rows.extend(links);
    let kept: Vec<Key> = made.rows.iter().map(Row::key).collect();
    made.deletes =
        reader.no_longer(&Key::Review(id.clone()), &kept, |key| matches!(key, Key::ReviewReviewer(..)));
    Some(made)
}
