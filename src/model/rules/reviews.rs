//! Step 6: peers review what was completed, and nobody reviews itself. A host may, and it is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, Homes, Verdict, World};
use crate::model::change::Keyed as _;
use crate::model::code::KhorooId;
use crate::model::records::{Practice, Records, Replication, Review};

pub(super) fn check(world: &World<'_>, verdict: &mut Verdict) {
    let records = world.records;
    let replications: BTreeMap<&str, &Replication> =
        records.replications.iter().map(|r| (r.id.as_str(), r)).collect();
    let statuses = records.replication_statuses.iter();
    let completed: BTreeSet<&str> = statuses.filter(|s| s.counts).map(|s| s.code.as_str()).collect();
    let mut reviewed: BTreeMap<&str, (&Review, &Replication)> = BTreeMap::new();
    for row in &records.reviews {
        let Some(&copy) = replications.get(row.replication.as_str()) else { continue };
        reviewed.insert(&row.id, (row, copy));
        let early = copy.completed_on.filter(|&day| row.reviewed_on < day);
        let (review, replication) = (row.id.clone(), copy.id.clone());
        let fault = if completed.contains(copy.status.as_str()) {
            early.map(|day| Fault::ReviewBeforeCompletion {
                review,
                replication,
                reviewed: row.reviewed_on.to_string(),
                completed: day.to_string(),
            })
        } else {
            Some(Fault::ReviewOfUnfinished { review, replication, status: copy.status.clone() })
        };
        verdict.note(row, fault);
    }
    for row in &records.review_reviewers {
        let Some((review, copy)) = reviewed.get(row.review.as_str()) else { continue };
        let own = world.lines().is_one(&row.khoroo, &copy.khoroo).then(|| Fault::ReviewOfOwn {
            record: row.key(),
            khoroo: row.khoroo.clone(),
            replication: copy.id.clone(),
            copier: copy.khoroo.clone(),
        });
        verdict.note(row, own.or_else(|| world.place(row, &row.khoroo, review.reviewed_on)));
    }
}

/// A review by the khoroo whose practice was copied: allowed, but worth knowing, as it is not a stranger's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("review `{review}`: {khoroo} reviews replication `{replication}` of its own practice `{practice}`")]
pub struct HostReview {
    pub review: String,
    pub khoroo: KhorooId,
    pub replication: String,
    pub practice: String,
}

/// Reviews by hosts, sorted.
pub fn reviews_by_hosts(homes: &Homes<'_>, records: &Records) -> Vec<HostReview> {
    let practices: BTreeMap<&str, &Practice> = records.practices.iter().map(|p| (p.id.as_str(), p)).collect();
    let copies: BTreeMap<&str, &Replication> =
        records.replications.iter().map(|r| (r.id.as_str(), r)).collect();
    let reviews: BTreeMap<&str, &Review> = records.reviews.iter().map(|r| (r.id.as_str(), r)).collect();
    let by_host = records.review_reviewers.iter().filter_map(|row| {
        let copy = copies.get(reviews.get(row.review.as_str())?.replication.as_str())?;
        let practice = practices.get(copy.practice.as_str())?;
        homes.is_own(practice, &row.khoroo).then(|| HostReview {
            review: row.review.clone(),
            khoroo: row.khoroo.clone(),
            replication: copy.id.clone(),
            practice: practice.id.clone(),
        })
    });
    let mut by_host: Vec<HostReview> = by_host.collect();
    by_host.sort();
    by_host
}
