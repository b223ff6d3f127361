//! Step 6: what peers said of completed copies; not every copy was looked at.

use super::Scene;
use super::calendar::{ROUNDS, after, days_later};
use super::copies::{eager, guest};
use super::draw::Meeting;
use super::phrases::COMMENTS;
use super::replications::COMPLETED;
use crate::demo::random::Random;
use crate::model::{Records, Replication, Review, ReviewReviewer};

/// Of a hundred copies, those that were reviewed.
const REVIEWED_PCT: usize = 66;
/// Ratings of a hundred reviews, the best first, as running sums; the rest works with support.
const RATINGS_PCT: [(&str, usize); 4] =
    [("outstanding", 44), ("good", 87), ("needs_improvement", 97), ("with_support", 100)];
const MEETING: Meeting = Meeting { face_to_face: 78, online: 16 };

pub fn invent(scene: &Scene<'_>, records: &mut Records) {
    let mut random = scene.random(&[PURPOSE]);
    // All copies are of the newest cycle.
    let cycle = ROUNDS.len() - 1;
    let eager = eager(scene, cycle, &mut random);
    let mut number = 0;
    let (mut reviews, mut reviewers) = (Vec::new(), Vec::new());
    for copy in records.replications.iter().filter(|r| r.status == COMPLETED) {
        if random.below(100) >= REVIEWED_PCT {
            continue;
        }
        number += 1;
        let Some(review) = review(format!("rv-{}-{number:03}", copy.cycle), copy, records, &mut random)
        else {
            continue;
        };
        let mut came = Vec::new();
        for _ in 0..=random.below(3) {
            let khoroo = guest(scene, cycle, &eager, &copy.khoroo, &mut random);
            if let Some(khoroo) = khoroo.filter(|khoroo| !came.contains(khoroo)) {
                came.push(khoroo);
            }
        }
        reviewers.extend(came.into_iter().map(|khoroo| ReviewReviewer {
            review: review.id.clone(),
            khoroo: khoroo.clone(),
            illustrative: true,
        }));
        reviews.push(review);
    }
    records.reviews.extend(reviews);
    records.review_reviewers.extend(reviewers);
}

fn review(id: String, copy: &Replication, records: &Records, random: &mut Random) -> Option<Review> {
    let completed_on = copy.completed_on?;
    let at = random.below(100);
    let rank = RATINGS_PCT.iter().position(|(_, upto)| at < *upto)?;
    let reviewed_on = days_later(completed_on, 7, 30, random);
    let trainer = random.chance(0.5) && !records.trainers.is_empty();
    Some(Review {
        id,
        replication: copy.id.clone(),
        reviewed_on,
        mode: random.chance(0.92).then(|| MEETING.mode(random)),
        rating: RATINGS_PCT[rank].0.into(),
        comment: random.chance(0.7).then(|| (*random.pick(COMMENTS[rank])).into()),
        follow_up_by: (rank >= 2).then(|| after(reviewed_on, 60 + random.below(60))),
        trainer: trainer.then(|| random.pick(&records.trainers).id.clone()),
        illustrative: true,
    })
}

const PURPOSE: u64 = 0x4EF1;
