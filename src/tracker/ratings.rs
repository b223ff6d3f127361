//! Which ratings everybody may see: none from which those of one or two copies could be worked out.
//!
//! Reviews of fewer than [`RATINGS_SHOWN_FROM`] copies are not told apart by rating, however many reviews
//! there are: three of one copy are that copy's. That alone would not do: the
//! ratings of a district less those of its other khoroos are those of the one that was withheld. So of
//! each cycle ratings are told along one tree only, city, districts, khoroos: in a family with a withheld
//! member the next smallest are withheld too, until what is hidden together is enough; and nothing is told
//! below what is withheld. What can be worked out in such a tree are its shown members less what is
//! shown below them, and each of these is nothing or enough.
//!
//! Every other cut would cross the tree: themes, earlier days (the day after less the day before is one
//! review) and carried figures. There ratings are withheld altogether.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::Figure;
use super::ledger::{Event, Ledger};
use super::question::{Scope, Span};
use crate::model::{DistrictCode, KhorooCode, Review};

/// Copies that have to stand behind ratings shown to everybody. Fewer: a rating can be told of one copy.
pub const RATINGS_SHOWN_FROM: usize = 3;

/// Takes away ratings that must not be told.
pub(super) fn withhold(ledger: &Ledger<'_>, figures: &mut [Figure]) {
    let n_reviews = figures.iter().find(|f| f.definition.id == "reviews").map_or(0, |f| f.members.len());
    if n_reviews == 0 || may_be_told(ledger) {
        return;
    }
    for figure in figures.iter_mut().filter(|f| f.definition.id == "rating") {
        figure.value = None;
        figure.is_withheld = true;
        figure.members.clear();
    }
}

/// Of several cycles only where each of them may be told: then they tell no more together.
fn may_be_told(ledger: &Ledger<'_>) -> bool {
    let question = ledger.question;
    if question.theme.is_some() || question.as_of.is_some() || ledger.is_estimate() {
        return false;
    }
    let reviews = ledger.everywhere().reviews();
    ledger.spans.iter().all(|span| Tree::of(ledger, &reviews, *span).tells(&question.scope))
}

/// Copies of one cycle that were reviewed, by their place.
struct Tree {
    districts: BTreeMap<DistrictCode, BTreeMap<KhorooCode, usize>>,
}

impl Tree {
    fn of(ledger: &Ledger<'_>, reviews: &[Event<'_, Review>], span: Span<'_>) -> Self {
        let reviewed: BTreeSet<&str> = reviews.iter().map(|event| event.row.replication.as_str()).collect();
        let mut districts: BTreeMap<DistrictCode, BTreeMap<KhorooCode, usize>> = BTreeMap::new();
        for id in reviewed {
            let place = ledger.copy(id).filter(|copy| copy.cycle == span.cycle.id);
            let place = place.and_then(|copy| ledger.carried(&copy.khoroo, span.home));
            if let Some(idx) = place {
                let code = ledger.khoroo_id(span.home, idx).code;
                *districts.entry(code.district.clone()).or_default().entry(code).or_default() += 1;
            }
        }
        Self { districts }
    }

    /// A place without reviews has nothing to hide.
    fn tells(&self, scope: &Scope) -> bool {
        let sums: BTreeMap<&DistrictCode, usize> =
            self.districts.iter().map(|(code, khoroos)| (code, khoroos.values().sum())).collect();
        let whole: usize = sums.values().sum();
        if whole > 0 && whole < RATINGS_SHOWN_FROM {
            return false;
        }
        let is_district_told = |code: &DistrictCode| !withheld(&sums).contains(&code);
        match scope {
            Scope::City => true,
            Scope::District(code) => is_district_told(code),
            Scope::Khoroo(code) => self.districts.get(&code.district).is_none_or(|khoroos| {
                let khoroos = khoroos.iter().map(|(code, n)| (code, *n)).collect();
                is_district_told(&code.district) && !withheld(&khoroos).contains(&code)
            }),
        }
    }
}

/// The members of a family that are withheld: those with too few copies, and of the others the smallest,
/// until those withheld have enough together. `family` holds members with reviewed copies only.
fn withheld<'a, K: Ord>(family: &BTreeMap<&'a K, usize>) -> Vec<&'a K> {
    let mut members: Vec<(usize, &K)> = family.iter().map(|(code, n)| (*n, *code)).collect();
    members.sort_unstable();
    let mut n_hidden = 0;
    let hidden = members.into_iter().take_while(|(n, _)| {
        let is_too_few = *n < RATINGS_SHOWN_FROM || (1..RATINGS_SHOWN_FROM).contains(&n_hidden);
        n_hidden += n;
        is_too_few
    });
    hidden.map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(family: &[(&'static str, usize)], expected: &[&str]) {
        let family: BTreeMap<&&str, usize> = family.iter().map(|(code, n)| (code, *n)).collect();
        let found: Vec<&str> = withheld(&family).into_iter().copied().collect();
        assert_eq!(found, expected, "{family:?}");
    }

    #[test]
    fn the_smallest_are_withheld_until_they_are_enough_together() {
        check(&[("a", 3), ("b", 9)], &[]);
        check(&[("a", 1), ("b", 2), ("c", 7)], &["a", "b"]);
        check(&[("a", 7), ("b", 1), ("c", 4), ("d", 4)], &["b", "c"]);
        check(&[("a", 1), ("b", 1), ("c", 5), ("d", 6)], &["a", "b", "c"]);
        check(&[("a", 2), ("b", 2), ("c", 2)], &["a", "b", "c"]);
        check(&[], &[]);
    }
}
