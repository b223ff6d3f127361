//! What became of the khoroos of one vintage in the next, told from the ground that they have in common.
//!
//! A khoroo *continues* in the one that holds the largest part of it, if it is the largest part of that
//! one in turn; one that kept its code and lies within the other goes before larger ones. One that continues
//! nobody is new, one that continues in nobody has ended. So ground that changed sides between two khoroos
//! that both go on is a changed border, never a split or a merge. Both sides are told alike: a strip between
//! two khoroos that are the same area drawn twice is noise, and whoever won or lost more is not unchanged.
//!
//! Owns: the kinds of lineage, what is drawing noise, what is known of residents. Leaves to others: how
//! areas are measured. Boundaries taken in and invented ones are told by the same rules.

mod stated;

pub use stated::{Yielded, with_stated};

use std::collections::{BTreeMap, BTreeSet};

use super::code::{KhorooId, VintageId};
use super::place::{Lineage, LineageKind, Vintage};

/// A pair with less than this of both areas is drawing noise.
const NOISE_SHARE: f64 = 0.01;

/// Two areas with at least this intersection over union are the same area drawn twice.
const SAME_IOU: f64 = 0.98;

/// A unit lies in another when at least this part of its area does.
const WITHIN_SHARE: f64 = 0.9;

/// Ground that a khoroo and a later one have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonGround {
    pub from: KhorooId,
    pub to: KhorooId,
    /// Part of the area of `from`, 0 to 1.
    pub share_of_from: f64,
    /// Part of the area of `to`, 0 to 1.
    pub share_of_to: f64,
}

/// Vintages that have khoroos, with or without shapes, from the earliest on. Lineage joins one and the
/// next; a vintage of districts alone comes between nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order(Vec<VintageId>);

impl Order {
    pub fn new<'v>(
        vintages: impl IntoIterator<Item = &'v Vintage>,
        has_khoroos: impl Fn(&VintageId) -> bool,
    ) -> Self {
        let with_khoroos = vintages.into_iter().filter(|vintage| has_khoroos(&vintage.id));
        let mut order: Vec<&Vintage> = with_khoroos.collect();
        order.sort_by_key(|vintage| (vintage.valid_from, &vintage.id));
        Self(order.into_iter().map(|vintage| vintage.id.clone()).collect())
    }

    /// Every vintage that has a next one, with it.
    pub fn pairs(&self) -> impl Iterator<Item = (&VintageId, &VintageId)> {
        self.0.windows(2).map(|pair| (&pair[0], &pair[1]))
    }

    /// True when `pair`, two that follow each other, lies between `from` and the later `to`.
    pub fn spans(&self, from: &VintageId, to: &VintageId, pair: (&VintageId, &VintageId)) -> bool {
        let place = |id: &VintageId| self.0.iter().position(|known| known == id);
        let ends = [place(from), place(pair.0), place(pair.1), place(to)];
        ends.iter().all(Option::is_some) && ends.is_sorted()
    }

    /// True when the row leads from a vintage to the next.
    pub fn joins(&self, row: &Lineage) -> bool {
        self.pairs().any(|(from, to)| (from, to) == (&row.from.vintage, &row.to.vintage))
    }
}

/// The lineage of two vintages, sorted by key; not stated, not illustrative.
///
/// - `ground`: every pair with ground in common. Shares are rounded to a millionth, so that rows do not
///   hang on the last bits of an area.
/// - `residents`: of a khoroo, by year, as far as they are known.
///
/// The population share is filled where it follows: 1 where a khoroo passed on whole, and the part of the
/// residents where a khoroo fell into khoroos that lie wholly in it and were counted in one year. Areas
/// alone do not tell where people live, so elsewhere it is `None`.
pub fn lineage(
    mut ground: Vec<CommonGround>,
    residents: impl Fn(&KhorooId) -> BTreeMap<i16, i64>,
) -> Vec<Lineage> {
    for pair in &mut ground {
        pair.share_of_from = millionths(pair.share_of_from);
        pair.share_of_to = millionths(pair.share_of_to);
    }
    ground.retain(|pair| pair.share_of_from >= NOISE_SHARE || pair.share_of_to >= NOISE_SHARE);
    drop_strips_between_same(&mut ground);
    ground.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let succession = Succession::new(&ground);
    let mut rows = Vec::with_capacity(ground.len());
    for heirs in ground.chunk_by(|a, b| a.from == b.from) {
        let shares = population_shares(heirs, &residents);
        rows.extend(heirs.iter().zip(shares).map(|(pair, population_share)| Lineage {
            from: pair.from.clone(),
            to: pair.to.clone(),
            kind: succession.kind(pair),
            area_share: pair.share_of_from,
            population_share,
            stated: false,
            illustrative: false,
        }));
    }
    rows
}

/// Drops what two khoroos exchanged that both are the same area drawn twice: a strip that is nothing to the
/// larger one may well be more than noise to the smaller.
fn drop_strips_between_same(ground: &mut Vec<CommonGround>) {
    let same: Vec<[KhorooId; 2]> = ground
        .iter()
        .filter(|pair| iou(pair) >= SAME_IOU)
        .map(|pair| [pair.from.clone(), pair.to.clone()])
        .collect();
    let from: BTreeSet<&KhorooId> = same.iter().map(|[from, _]| from).collect();
    let to: BTreeSet<&KhorooId> = same.iter().map(|[_, to]| to).collect();
    ground.retain(|pair| iou(pair) >= SAME_IOU || !(from.contains(&pair.from) && to.contains(&pair.to)));
}

fn millionths(share: f64) -> f64 {
    ((share * 1e6).round() / 1e6).clamp(0.0, 1.0)
}

/// Parts of the residents of one khoroo in its heirs, `None` where they do not follow.
fn population_shares(
    heirs: &[CommonGround],
    residents: &impl Fn(&KhorooId) -> BTreeMap<i16, i64>,
) -> Vec<Option<f64>> {
    let is_whole = heirs.iter().map(|pair| pair.share_of_from).sum::<f64>() >= SAME_IOU;
    let shares = match heirs {
        _ if !is_whole => None,
        [_] => Some(vec![1.0]),
        _ if heirs.iter().all(|pair| pair.share_of_to >= SAME_IOU) => {
            let counts: Vec<BTreeMap<i16, i64>> = heirs.iter().map(|pair| residents(&pair.to)).collect();
            let newest = counts[0].keys().rfind(|year| counts.iter().all(|count| count.contains_key(year)));
            newest.and_then(|year| {
                let total: i64 = counts.iter().map(|count| count[year]).sum();
                let share = |count: &BTreeMap<i16, i64>| count[year] as f64 / total as f64;
                (total > 0).then(|| counts.iter().map(share).collect())
            })
        }
        _ => None,
    };
    shares.map_or_else(|| vec![None; heirs.len()], |shares: Vec<f64>| shares.into_iter().map(Some).collect())
}

/// Who continues in whom.
struct Succession<'a> {
    /// Pairs by the earlier and by the later khoroo.
    from: BTreeMap<&'a KhorooId, Vec<&'a CommonGround>>,
    to: BTreeMap<&'a KhorooId, Vec<&'a CommonGround>>,
}

impl<'a> Succession<'a> {
    fn new(ground: &'a [CommonGround]) -> Self {
        let mut succession = Self { from: BTreeMap::new(), to: BTreeMap::new() };
        for pair in ground {
            succession.from.entry(&pair.from).or_default().push(pair);
            succession.to.entry(&pair.to).or_default().push(pair);
        }
        succession
    }

    /// - `unchanged`: the same area under the same code; `renumber`: under another. Neither where more than
    ///   noise went elsewhere or came from elsewhere: the other side of that border tells of it too.
    /// - `split`: `to` is new and was cut out of `from`, or is what is left of `from` after that.
    /// - `merge`: `from` ended and went into `to`, or is what `to` was before that.
    /// - `boundary_change`: anything else, such as a strip that changed sides.
    fn kind(&self, pair: &CommonGround) -> LineageKind {
        let CommonGround { from, to, share_of_from, share_of_to } = pair;
        let is_same_code = from.code == to.code;
        let is_alone = self.from[from].len() == 1 && self.to[to].len() == 1;
        if iou(pair) >= SAME_IOU && is_alone {
            return if is_same_code { LineageKind::Unchanged } else { LineageKind::Renumber };
        }
        let continues = self.continuation_of(from).is_some_and(|heir| heir.to == *to);
        let is_split = |pair: &&CommonGround| self.is_cut_out(pair);
        let is_merge = |pair: &&CommonGround| self.is_taken_in(pair);
        if self.is_cut_out(pair) || (continues && self.from[from].iter().any(is_split)) {
            LineageKind::Split
        } else if self.is_taken_in(pair) || (continues && self.to[to].iter().any(is_merge)) {
            LineageKind::Merge
        } else if share_of_from.min(*share_of_to) >= WITHIN_SHARE && !is_same_code {
            LineageKind::Renumber
        } else {
            LineageKind::BoundaryChange
        }
    }

    /// `to` is new, and `from` was cut for it.
    fn is_cut_out(&self, pair: &CommonGround) -> bool {
        // Where what is left of `from` got other ground too, borders were drawn anew.
        let only_lost = || self.continuation_of(&pair.from).is_some_and(|p| p.share_of_to >= WITHIN_SHARE);
        self.origin_of(&pair.to).is_none()
            && (pair.share_of_to >= WITHIN_SHARE || (is_telling(pair) && only_lost()))
    }

    /// `from` ended, and `to` grew by it.
    fn is_taken_in(&self, pair: &CommonGround) -> bool {
        let only_won = || self.origin_of(&pair.to).is_some_and(|p| p.share_of_from >= WITHIN_SHARE);
        self.continuation_of(&pair.from).is_none()
            && (pair.share_of_from >= WITHIN_SHARE || (is_telling(pair) && only_won()))
    }

    /// The pair of a khoroo and the one that it continues in.
    fn continuation_of(&self, from: &KhorooId) -> Option<&'a CommonGround> {
        self.largest_part(from).filter(|pair| self.largest_source(&pair.to) == Some(*pair))
    }

    /// The pair of a khoroo and the one that continues in it.
    fn origin_of(&self, to: &KhorooId) -> Option<&'a CommonGround> {
        self.largest_source(to).filter(|pair| self.largest_part(&pair.from) == Some(*pair))
    }

    fn largest_part(&self, from: &KhorooId) -> Option<&'a CommonGround> {
        largest(self.from.get(from)?, |pair| (pair.share_of_from, pair.share_of_to))
    }

    fn largest_source(&self, to: &KhorooId) -> Option<&'a CommonGround> {
        largest(self.to.get(to)?, |pair| (pair.share_of_to, pair.share_of_from))
    }
}

/// More of one of the two than being within leaves open.
fn is_telling(pair: &CommonGround) -> bool {
    pair.share_of_from.max(pair.share_of_to) >= 1.0 - WITHIN_SHARE
}

/// The pair with the most ground; but a khoroo that keeps its code and lies within the other is what is
/// left of it, however much of it others got.
///
/// - `shares`: of the khoroo that all pairs have in common, and of the other.
fn largest<'a>(
    pairs: &[&'a CommonGround],
    shares: impl Fn(&CommonGround) -> (f64, f64),
) -> Option<&'a CommonGround> {
    let rank = |pair: &CommonGround| {
        let (of_common, of_other) = shares(pair);
        let keeps_code = pair.from.code == pair.to.code;
        (keeps_code && of_other >= WITHIN_SHARE, of_common, keeps_code)
    };
    let is_larger = |next: &CommonGround, best: &CommonGround| {
        let (next, best) = (rank(next), rank(best));
        next.0.cmp(&best.0).then(next.1.total_cmp(&best.1)).then(next.2.cmp(&best.2)).is_gt()
    };
    pairs.iter().copied().reduce(|best, next| if is_larger(next, best) { next } else { best })
}

/// Common ground over all ground of both.
fn iou(pair: &CommonGround) -> f64 {
    let (from, to) = (pair.share_of_from, pair.share_of_to);
    if from > 0.0 && to > 0.0 { 1.0 / (1.0 / from + 1.0 / to - 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `1>2 split 0.6`; codes are numbers of one district.
    fn told(ground: &[(u32, u32, f64, f64)]) -> Vec<String> {
        let row = |row: &Lineage| {
            let (from, to) = (row.from.code.number, row.to.code.number);
            format!("{from}>{to} {} {}", row.kind.word(), row.area_share)
        };
        lineage(pairs(ground), |_| BTreeMap::new()).iter().map(row).collect()
    }

    fn pairs(ground: &[(u32, u32, f64, f64)]) -> Vec<CommonGround> {
        let id = |vintage: &str, n: u32| format!("{vintage}:bn-{n}").parse().expect("a khoroo version");
        let pair = |&(from, to, share_of_from, share_of_to): &_| CommonGround {
            from: id("2020", from),
            to: id("2022", to),
            share_of_from,
            share_of_to,
        };
        ground.iter().map(pair).collect()
    }

    #[test]
    fn the_same_area_is_unchanged_or_has_another_number() {
        let ground = [(1, 1, 0.995, 0.995), (2, 3, 0.995, 0.995), (4, 4, 0.95, 0.95), (5, 6, 0.95, 0.95)];
        let rows =
            ["1>1 unchanged 0.995", "2>3 renumber 0.995", "4>4 boundary_change 0.95", "5>6 renumber 0.95"];
        assert_eq!(told(&ground), rows);
    }

    #[test]
    fn a_khoroo_cut_in_two_is_split_whichever_piece_keeps_the_number() {
        assert_eq!(told(&[(1, 1, 0.6, 1.0), (1, 2, 0.4, 1.0)]), ["1>1 split 0.6", "1>2 split 0.4"]);
        assert_eq!(told(&[(1, 1, 0.4, 1.0), (1, 2, 0.6, 1.0)]), ["1>1 split 0.4", "1>2 split 0.6"]);
        assert_eq!(told(&[(1, 2, 0.5, 1.0), (1, 3, 0.5, 1.0)]), ["1>2 split 0.5", "1>3 split 0.5"]);
    }

    #[test]
    fn a_new_khoroo_of_two_parents_splits_both() {
        let ground = [(1, 1, 0.7, 1.0), (1, 3, 0.3, 0.5), (2, 2, 0.7, 1.0), (2, 3, 0.3, 0.5)];
        let rows = ["1>1 split 0.7", "1>3 split 0.3", "2>2 split 0.7", "2>3 split 0.3"];
        assert_eq!(told(&ground), rows);
        // Also where one of them is much smaller than the other.
        let uneven = [(1, 1, 0.7, 1.0), (1, 3, 0.3, 0.92), (2, 2, 0.6, 1.0), (2, 3, 0.4, 0.08)];
        assert!(told(&uneven).iter().all(|row| row.contains("split")), "{:?}", told(&uneven));
    }

    #[test]
    fn khoroos_that_become_one_are_merged_and_so_is_one_shared_out() {
        assert_eq!(told(&[(1, 1, 1.0, 0.5), (2, 1, 1.0, 0.5)]), ["1>1 merge 1", "2>1 merge 1"]);
        let ground = [(1, 1, 1.0, 0.8), (3, 1, 0.5, 0.2), (2, 2, 1.0, 0.8), (3, 2, 0.5, 0.2)];
        let rows = ["1>1 merge 1", "2>2 merge 1", "3>1 merge 0.5", "3>2 merge 0.5"];
        assert_eq!(told(&ground), rows);
    }

    #[test]
    fn ground_that_changes_sides_between_two_that_go_on_is_no_split() {
        let strip = [(1, 1, 0.8, 1.0), (1, 2, 0.2, 0.17), (2, 2, 1.0, 0.83)];
        let rows = ["1>1 boundary_change 0.8", "1>2 boundary_change 0.2", "2>2 boundary_change 1"];
        assert_eq!(told(&strip), rows);
        let exchange = [(1, 1, 0.8, 0.8), (1, 2, 0.2, 0.2), (2, 1, 0.2, 0.2), (2, 2, 0.8, 0.8)];
        assert!(told(&exchange).iter().all(|row| row.contains("boundary_change")), "{:?}", told(&exchange));
        // Small beside large: nearly all of 1 lies within the new 1.
        let uneven = [(1, 1, 0.95, 1.0), (1, 2, 0.05, 0.3), (2, 2, 1.0, 0.7)];
        assert!(told(&uneven).iter().all(|row| row.contains("boundary_change")), "{:?}", told(&uneven));
    }

    #[test]
    fn a_sliver_of_both_is_noise_and_one_of_a_large_khoroo_is_not() {
        let ground = [(1, 1, 0.995, 0.995), (1, 2, 0.009, 0.009), (2, 2, 0.5, 0.99), (3, 2, 0.001, 0.011)];
        let told = told(&ground);
        assert_eq!(told, ["1>1 unchanged 0.995", "2>2 boundary_change 0.5", "3>2 boundary_change 0.001"]);
    }

    #[test]
    fn a_strip_is_noise_or_a_changed_border_on_both_sides_of_it() {
        // A hundredth of the large 1, more than that of the small 2: both are what they were.
        let noise = [(1, 1, 1.0, 0.999), (2, 1, 0.015, 0.001), (2, 2, 0.985, 1.0)];
        assert_eq!(told(&noise), ["1>1 unchanged 1", "2>2 unchanged 0.985"]);
        // A tenth of 2 is no noise, so neither is it for 1, which grew by it.
        let strip = [(1, 1, 1.0, 0.991), (2, 1, 0.1, 0.009), (2, 2, 0.9, 1.0)];
        let rows = ["1>1 boundary_change 1", "2>1 boundary_change 0.1", "2>2 boundary_change 0.9"];
        assert_eq!(told(&strip), rows);
        // A small new khoroo out of a large one: what is left was split too.
        assert_eq!(told(&[(1, 1, 0.985, 1.0), (1, 2, 0.015, 1.0)]), ["1>1 split 0.985", "1>2 split 0.015"]);
    }

    #[test]
    fn residents_are_shared_only_where_it_follows() {
        let counted = |id: &KhorooId| match id.code.number {
            1 => BTreeMap::from([(2022, 3_000), (2023, 3_100)]),
            2 => BTreeMap::from([(2021, 9_000), (2022, 1_000)]),
            _ => BTreeMap::new(),
        };
        let check = |ground: &[_], expected: &[Option<f64>]| {
            let shares: Vec<_> =
                lineage(pairs(ground), counted).iter().map(|row| row.population_share).collect();
            assert_eq!(shares, expected, "{ground:?}");
        };
        check(&[(1, 1, 0.999, 0.999)], &[Some(1.0)]);
        check(&[(7, 1, 1.0, 0.5), (8, 1, 1.0, 0.5)], &[Some(1.0), Some(1.0)]);
        // 2022 is the newest year in which both were counted.
        check(&[(1, 1, 0.6, 1.0), (1, 2, 0.4, 1.0)], &[Some(0.75), Some(0.25)]);
        check(&[(1, 1, 0.6, 1.0), (1, 3, 0.4, 1.0)], &[None, None]);
        check(&[(1, 1, 0.6, 1.0), (1, 2, 0.4, 0.9)], &[None, None]);
        check(&[(1, 1, 0.6, 1.0)], &[None]);
    }
}
