//! Which khoroo of another vintage took a khoroo's place.
//!
//! The rule, from vintage to neighbouring vintage until the wanted one is reached:
//! 1. where lineage is known, an `unchanged` pair wins, then the larger piece of common ground (area share,
//!    going back times the earlier khoroo's area where those are known), then the same code, then the
//!    smaller one;
//! 2. where it is not, the khoroo of the same code;
//! 3. otherwise nobody.
//!
//! The other pieces of a split are khoroos of their own, which may learn from the one they came from. This is
//! the only place that knows the rule; where a record has a point, see [`super::Homes`].

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::code::{KhorooId, VintageId};
use crate::model::place::{Lineage, LineageKind, Vintage};

/// How khoroos passed from one vintage to the next.
pub struct Lines<'a> {
    /// Vintages that have khoroos, from the earliest on.
    order: Vec<&'a VintageId>,
    khoroos: &'a BTreeSet<KhorooId>,
    /// By khoroo: those of the next vintage with some of its ground, its heir first.
    forward: BTreeMap<&'a KhorooId, Vec<&'a KhorooId>>,
    /// The same for the vintage before.
    back: BTreeMap<&'a KhorooId, Vec<&'a KhorooId>>,
}

/// A pair as one of its two khoroos sees it.
struct Piece<'a> {
    pair: &'a Lineage,
    other: &'a KhorooId,
    is_same_code: bool,
    /// How much ground they have in common; comparable between the pieces of one khoroo.
    ground: f64,
}

impl<'a> Lines<'a> {
    /// - `area`: of a khoroo, in any unit; `None` where it is unknown.
    pub fn new(
        vintages: impl IntoIterator<Item = &'a Vintage>,
        khoroos: &'a BTreeSet<KhorooId>,
        lineage: &'a [Lineage],
        area: &dyn Fn(&KhorooId) -> Option<f64>,
    ) -> Self {
        let with_khoroos: BTreeSet<&VintageId> = khoroos.iter().map(|khoroo| &khoroo.vintage).collect();
        let mut by_start: Vec<&Vintage> =
            vintages.into_iter().filter(|vintage| with_khoroos.contains(&vintage.id)).collect();
        by_start.sort_by_key(|v| (v.valid_from, &v.id));
        let order: Vec<&VintageId> = by_start.into_iter().map(|vintage| &vintage.id).collect();
        let position = |id: &VintageId| order.iter().position(|known| *known == id);
        let mut forward: BTreeMap<&KhorooId, Vec<Piece<'_>>> = BTreeMap::new();
        let mut back: BTreeMap<&KhorooId, Vec<Piece<'_>>> = BTreeMap::new();
        for pair in lineage {
            let steps = (position(&pair.from.vintage), position(&pair.to.vintage));
            let is_next = matches!(steps, (Some(from), Some(to)) if from + 1 == to);
            if is_next && khoroos.contains(&pair.from) && khoroos.contains(&pair.to) {
                let piece = |other| Piece {
                    pair,
                    other,
                    is_same_code: pair.from.code == pair.to.code,
                    ground: pair.area_share,
                };
                forward.entry(&pair.from).or_default().push(piece(&pair.to));
                back.entry(&pair.to).or_default().push(piece(&pair.from));
            }
        }
        for pieces in back.values_mut() {
            let areas: Option<Vec<f64>> = pieces.iter().map(|piece| area(piece.other)).collect();
            for (piece, area) in pieces.iter_mut().zip(areas.into_iter().flatten()) {
                piece.ground *= area;
            }
        }
        let closest_first = |pieces: BTreeMap<&'a KhorooId, Vec<Piece<'a>>>| {
            let sorted = pieces.into_iter().map(|(khoroo, mut pieces)| {
                pieces.sort_by(|a, b| closeness(b, a));
                (khoroo, pieces.into_iter().map(|piece| piece.other).collect())
            });
            sorted.collect()
        };
        let (forward, back) = (closest_first(forward), closest_first(back));
        Self { order, khoroos, forward, back }
    }

    /// True when one of them took the other's place, or they are the same.
    pub fn is_one(&self, a: &KhorooId, b: &KhorooId) -> bool {
        let position = |khoroo: &KhorooId| self.position(&khoroo.vintage);
        let (early, late) = if position(a) <= position(b) { (a, b) } else { (b, a) };
        early == late || self.heirs(early).any(|khoroo| khoroo == late)
    }

    /// The khoroo at the end of a line, equal for any two of one line.
    pub fn last<'k>(&'k self, khoroo: &'k KhorooId) -> &'k KhorooId {
        self.heirs(khoroo).last().unwrap_or(khoroo)
    }

    /// The khoroo of a vintage that answers for another.
    pub fn carry(&self, khoroo: &KhorooId, vintage: &VintageId) -> Option<&'a KhorooId> {
        let mut khoroo = self.khoroos.get(khoroo)?;
        while &khoroo.vintage != vintage {
            khoroo = self.step(khoroo, self.towards(&khoroo.vintage, vintage)?)?;
        }
        Some(khoroo)
    }

    /// All khoroos of a vintage with some of the khoroo's ground, the one that answers for it first.
    pub fn kin(&self, khoroo: &KhorooId, vintage: &VintageId) -> Vec<&'a KhorooId> {
        let mut kin: Vec<&KhorooId> = self.khoroos.get(khoroo).into_iter().collect();
        while let Some(first) = kin.first().filter(|first| &first.vintage != vintage) {
            let Some(next) = self.towards(&first.vintage, vintage) else { return Vec::new() };
            let mut passed: Vec<&KhorooId> = Vec::new();
            for khoroo in kin {
                let same = self.step(khoroo, next);
                for other in self.pieces(khoroo, next).iter().copied().chain(same) {
                    if !passed.contains(&other) {
                        passed.push(other);
                    }
                }
            }
            kin = passed;
        }
        kin
    }

    /// The vintage beside `from` on the way to `to`; `None` where they are the same, or one has no khoroos.
    pub(super) fn towards(&self, from: &VintageId, to: &VintageId) -> Option<&'a VintageId> {
        let (at, target) = (self.position(from)?, self.position(to)?);
        match at.cmp(&target) {
            Ordering::Less => Some(self.order[at + 1]),
            Ordering::Equal => None,
            Ordering::Greater => Some(self.order[at - 1]),
        }
    }

    pub(super) fn is_before(&self, a: &VintageId, b: &VintageId) -> bool {
        self.position(a) < self.position(b)
    }

    /// The khoroo of the neighbouring vintage `next` that answers for another.
    pub(super) fn step(&self, khoroo: &KhorooId, next: &VintageId) -> Option<&'a KhorooId> {
        let closest = self.pieces(khoroo, next).first().copied();
        closest.or_else(|| self.khoroos.get(&khoroo.code.at(next)))
    }

    fn pieces(&self, khoroo: &KhorooId, next: &VintageId) -> &[&'a KhorooId] {
        let is_forward = self.position(next) > self.position(&khoroo.vintage);
        let pieces = if is_forward { &self.forward } else { &self.back };
        pieces.get(khoroo).map_or(&[], Vec::as_slice)
    }

    fn heirs(&self, khoroo: &KhorooId) -> impl Iterator<Item = &'a KhorooId> + '_ {
        let heir =
            |khoroo: &KhorooId| self.step(khoroo, self.order.get(self.position(&khoroo.vintage)? + 1)?);
        std::iter::successors(heir(khoroo), move |khoroo| heir(khoroo))
    }

    fn position(&self, vintage: &VintageId) -> Option<usize> {
        self.order.iter().position(|known| *known == vintage)
    }
}

/// The greater of two pieces of one khoroo leads to the one that answers for it.
fn closeness(a: &Piece<'_>, b: &Piece<'_>) -> Ordering {
    let is_unchanged = |piece: &Piece<'_>| piece.pair.kind == LineageKind::Unchanged;
    (is_unchanged(a).cmp(&is_unchanged(b)))
        .then(a.ground.total_cmp(&b.ground))
        .then(a.is_same_code.cmp(&b.is_same_code))
        .then_with(|| b.other.code.cmp(&a.other.code))
}
