//! Nobody can work out the ratings of one or two copies from what everybody is told.
//!
//! A rating shown for a place, cycle, theme or day is the sum over a known set of reviews. Whoever adds and
//! subtracts such sums gets the row space of the sets; the test looks there for anything about reviews of
//! fewer copies than may be told.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{Loaded, PracticeStatus, Review};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::tracker::{Answer, Figure, Question, RATINGS_SHOWN_FROM, ask};
use jiff::civil::date;

use super::town::{SCOPES, THEMES, build, town, with_lists};
use super::{cycle, office, scope};
use crate::small_world::{practice, replication};

const PRIME: u64 = 1_000_000_007;

fn review_figures(answer: &Answer) -> &[Figure] {
    &answer.steps.iter().find(|card| card.code == "review").expect("the card").figures
}

/// Sets of reviews whose ratings everybody is told, and how many questions had theirs withheld.
fn told(snapshot: &Snapshot) -> (BTreeSet<BTreeSet<String>>, usize) {
    let days = [None, Some(date(2022, 9, 30)), Some(date(2022, 12, 24)), Some(date(2023, 10, 25))];
    let vintages: Vec<_> =
        std::iter::once(None).chain(snapshot.vintages.iter().map(|v| Some(v.vintage.id.clone()))).collect();
    let (mut sets, mut n_withheld) = (BTreeSet::new(), 0);
    for place in SCOPES {
        for round in ["2020", "2022", "2023", "all"] {
            for theme in THEMES {
                for (as_of, vintage) in days.iter().flat_map(|day| vintages.iter().map(move |v| (day, v))) {
                    let question = Question {
                        scope: scope(place),
                        cycle: cycle(round),
                        theme: theme.map(str::to_owned),
                        as_of: *as_of,
                        vintage: vintage.clone(),
                    };
                    let Ok(public) = ask(snapshot, &question, Audience::Public) else { continue };
                    let everything = office(snapshot, &question);
                    let reviews = &review_figures(&everything)[0];
                    let rating = &review_figures(&public)[2];
                    assert_eq!((reviews.definition.id, rating.definition.id), ("reviews", "rating"));
                    if !rating.is_withheld && !reviews.members.is_empty() {
                        sets.insert(reviews.members.iter().map(|m| m.key.to_string()).collect());
                    }
                    n_withheld += usize::from(rating.is_withheld);
                }
            }
        }
    }
    (sets, n_withheld)
}

/// Dimension of what the rows make together, modulo a prime.
fn rank(mut rows: Vec<Vec<u64>>) -> usize {
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let (done, rest) = rows.split_at_mut(rank + 1);
        let pivot = &done[rank];
        for row in rest.iter_mut().filter(|row| row[column] != 0) {
            let (by, of) = (pivot[column], row[column]);
            for (value, other) in row.iter_mut().zip(pivot) {
                *value = (*value * by + PRIME * PRIME - other * of) % PRIME;
            }
        }
        rank += 1;
    }
    rank
}

/// Copies, one or two, of whose reviews a sum can be worked out.
fn worked_out(
    sets: &BTreeSet<BTreeSet<String>>,
    copy_of: &dyn Fn(&str) -> String,
) -> Option<BTreeSet<String>> {
    let all: BTreeSet<&String> = sets.iter().flatten().collect();
    let place: BTreeMap<&String, usize> = all.iter().copied().zip(0..).collect();
    let rows: Vec<Vec<u64>> =
        sets.iter().map(|set| all.iter().map(|review| u64::from(set.contains(*review))).collect()).collect();
    let whole = rank(rows.clone());
    let copies: Vec<String> = all.iter().map(|review| copy_of(review)).collect();
    // What lies in the columns of a few copies alone is what is lost without them.
    let is_told = |few: [&String; 2]| {
        let without = rows.iter().map(|row| {
            let kept = row.iter().zip(&copies).filter(|(_, copy)| !few.contains(copy));
            kept.map(|(value, _)| *value).collect()
        });
        rank(without.collect()) < whole
    };
    // Reviews that are always told of together cannot be told apart.
    let mut alike: BTreeMap<Vec<u64>, BTreeSet<&String>> = BTreeMap::new();
    for review in &all {
        let at = place[*review];
        alike.entry(rows.iter().map(|row| row[at]).collect()).or_default().insert(&copies[at]);
    }
    assert_eq!(RATINGS_SHOWN_FROM, 3, "pairs are the most that must not be told");
    let few: BTreeSet<&String> = alike.into_values().filter(|group| group.len() < 3).flatten().collect();
    for &one in &few {
        for &other in few.iter().filter(|other| **other >= one) {
            if is_told([one, other]) {
                return Some(BTreeSet::from([one.clone(), other.clone()]));
            }
        }
    }
    None
}

#[test]
fn no_sum_of_what_is_told_is_about_one_or_two_copies() {
    let (mut n_told, mut n_withheld) = (0, 0);
    for seed in 0..8 {
        let mut crowded = town(seed);
        // Enough copies that places of every size are there: each of a practice of its own, with all the
        // reviews of the one that it is drawn after.
        let copies = crowded.records.replications.clone();
        for nth in 0..5 {
            for (_, copy) in copies.iter().enumerate().filter(|(at, _)| at % 5 >= nth) {
                add_alike(&mut crowded, &copy.id, &format!("{}-{nth}", copy.id));
            }
        }
        crowded.sort();
        let snapshot = build(crowded);
        let (sets, withheld) = told(&snapshot);
        assert_eq!(worked_out(&sets, &|id| copy_of(&snapshot, id)), None, "seed {seed}: {sets:?}");
        n_told += sets.len();
        n_withheld += withheld;
    }
    assert!(n_told > 10 && n_withheld > 100, "{n_told} told, {n_withheld} withheld");
}

fn copy_of(snapshot: &Snapshot, review: &str) -> String {
    let row = snapshot.records.reviews.iter().find(|row| row.id == review).expect("a review");
    row.replication.clone()
}

/// Another copy like `like`, of another practice like that of `like`, with reviews like those of `like`.
fn add_alike(town: &mut Loaded, like: &str, id: &str) {
    let records = &mut town.records;
    let mut copy = records.replications.iter().find(|row| row.id == like).expect("a copy").clone();
    let mut shown = records.practices.iter().find(|row| row.id == copy.practice).expect("a practice").clone();
    (copy.id, copy.practice, shown.id) = (id.into(), format!("of {id}"), format!("of {id}"));
    records.practices.push(shown);
    records.replications.push(copy);
    let reviews = records.reviews.iter().filter(|row| row.replication == like).cloned();
    let reviews: Vec<Review> =
        reviews.map(|row| Review { id: format!("{id} {}", row.id), replication: id.into(), ..row }).collect();
    records.reviews.extend(reviews);
}

fn review(id: &str, copy: &str) -> Review {
    Review {
        id: id.into(),
        replication: copy.into(),
        reviewed_on: date(2022, 12, 1),
        mode: None,
        rating: "good".into(),
        comment: None,
        follow_up_by: None,
        trainer: None,
        illustrative: false,
    }
}

/// The small town with so many copies in bb-2, bb-1 and aa-1, each with so many reviews.
fn reviewed(n_copies: [usize; 3], n_reviews: usize) -> Snapshot {
    let mut town = with_lists();
    for ((place, host), n) in
        [("2022:bb-2", "2022:aa-2"), ("2022:bb-1", "2022:aa-2"), ("2022:aa-1", "2022:bb-1")]
            .into_iter()
            .zip(n_copies)
    {
        for nth in 0..n {
            let id = format!("{place}-{nth}");
            town.records.practices.push(practice(&id, "waste", host, PracticeStatus::Identified));
            town.records.replications.push(replication(&id, &id, place, "completed"));
            town.records.reviews.extend((0..n_reviews).map(|nth| review(&format!("{id}-{nth}"), &id)));
        }
    }
    town.sort();
    build(town)
}

#[test]
fn many_reviews_of_one_copy_are_still_of_one_copy() {
    for (n_copies, n_told) in [([1, 0, 0], 0), ([1, 1, 0], 0), ([2, 0, 0], 0), ([3, 0, 0], 3)] {
        let snapshot = reviewed(n_copies, 5);
        assert!(snapshot.verdict.faults.is_empty(), "{:?}", snapshot.verdict.faults);
        // Of three copies in bb-2: the city, bb and bb-2.
        assert_eq!(told(&snapshot).0.len(), usize::from(n_told > 0), "{n_copies:?}");
        let n_shown = ["city", "bb", "bb-2"].into_iter().filter(|place| {
            let question = Question { scope: scope(place), ..Question::city(cycle("2022")) };
            let public = ask(&snapshot, &question, Audience::Public).expect("an answer");
            !review_figures(&public)[2].is_withheld
        });
        assert_eq!(n_shown.count(), n_told, "{n_copies:?}");
    }
}

#[test]
fn the_only_one_withheld_is_not_left_over_by_the_others() {
    for (n, expected) in [
        // Everything is enough: the city, aa with aa-1, bb, bb-1, bb-2.
        ([3, 4, 5], 5),
        // bb-1 alone is too few, so bb-2 is withheld too: the city and both districts.
        ([3, 1, 5], 3),
        // aa alone is too few, so bb is withheld too, with all below it: the city.
        ([3, 4, 2], 1),
        ([1, 1, 0], 0),
    ] {
        for n_reviews in [1, 4] {
            let snapshot = reviewed(n, n_reviews);
            assert!(snapshot.verdict.faults.is_empty(), "{:?}", snapshot.verdict.faults);
            let (sets, _) = told(&snapshot);
            assert_eq!(worked_out(&sets, &|id| copy_of(&snapshot, id)), None, "{n:?}: {sets:?}");
            assert_eq!(sets.len(), expected, "{n:?}: {sets:?}");
        }
    }
}

#[test]
fn what_can_be_worked_out_is_found() {
    let set = |reviews: &[&str]| reviews.iter().map(|&review| review.to_owned()).collect::<BTreeSet<_>>();
    let whole = set(&["a", "b", "c", "d", "e"]);
    let found = |sets: &[&[&str]]| {
        let sets = sets.iter().map(|reviews| set(reviews)).chain([whole.clone()]).collect();
        worked_out(&sets, &str::to_owned)
    };
    assert_eq!(found(&[]), None);
    assert_eq!(found(&[&["a", "b", "c", "d"]]), Some(set(&["e"])));
    assert_eq!(found(&[&["a", "b", "c"]]), Some(set(&["d", "e"])));
    // The first of several.
    assert_eq!(found(&[&["a", "b", "c"], &["c", "d", "e"]]), Some(set(&["a", "b"])));
    // Three reviews, all of one copy.
    let one = BTreeSet::from([set(&["a1", "a2", "a3"])]);
    assert_eq!(worked_out(&one, &|id| id[..1].to_owned()), Some(set(&["a"])));
}
