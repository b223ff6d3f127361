//! A figure and the records that it is made of.
//!
//! A figure's value is computed from its [`Member`]s, and they are the list that its drill-down serves:
//! there is no second way to a number, so the two cannot disagree.
//!
//! Owns: how members become a value. Leaves to others: which records are members.

use serde::{Serialize, Serializer};

use super::definitions::{Definition, definition};
use crate::model::audience::{Audience, is_public_kind};
use crate::model::{Key, Lang, Table, written};

/// A number on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Unique on its card: the id of the definition, with a code behind it where there are several.
    pub id: String,
    pub definition: &'static Definition,
    /// Names of the code behind the id, Mongolian and English.
    pub of: Option<[String; 2]>,
    /// `None` where it is unknown, which is not 0.
    pub value: Option<Value>,
    /// How many records or people a mean, a sum, a median or a percentage is taken over; in an estimate every
    /// record of which some part belongs here counts as one.
    pub n: Option<i64>,
    /// True where it was carried from another vintage.
    pub is_estimate: bool,
    /// True where the value is known but so few stand behind it that it would tell of one of them.
    pub is_withheld: bool,
    /// The table whose rows it is about; decides who may see the members.
    pub source: Table,
    pub members: Vec<Member>,
}

/// A record's part in a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub key: Key,
    /// How much of it counts here, above 0 to 1; below 1 only in an estimate.
    pub share: f64,
    /// What is added up or averaged, in the figure's unit; a count has none.
    pub amount: Option<f64>,
    /// People behind `amount`, where the mean is weighted by them.
    pub weight: Option<f64>,
}

/// What a figure counts: whether one of them may be counted twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    Events,
    /// People, once for each event they came to.
    Participations,
    Practices,
    Khoroos,
    Replications,
    Reviews,
    Needs,
    Tugrik,
}

/// How members become a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fold {
    /// Their shares.
    Count,
    /// Their amounts; 0 only if there is nothing of which the amount could be unknown.
    Sum { n_asked: usize },
    /// Mean amount, weighted by shares; unknown without members.
    Mean,
    /// Mean amount, weighted; unknown without members.
    WeightedMean,
    /// Middle amount, weighted by shares; unknown without members.
    Median,
    /// Percentage of a whole; unknown where that is 0.
    Percent { whole: usize },
}

/// A number as JSON likes it: whole ones without a point. Exact up to 2^53.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Value(pub f64);

impl Member {
    pub fn whole(key: Key) -> Self {
        Self::part(key, 1.0)
    }

    pub fn part(key: Key, share: f64) -> Self {
        Self { key, share, amount: None, weight: None }
    }

    #[must_use]
    pub fn amount(mut self, amount: f64) -> Self {
        self.amount = Some(amount);
        self
    }

    #[must_use]
    pub fn weighing(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }
}

impl Figure {
    /// - `id`: of a [`Definition`].
    pub(super) fn new(id: &'static str, source: Table, fold: Fold, members: Vec<Member>) -> Self {
        let (value, n) = fold.apply(&members);
        Self {
            id: id.into(),
            definition: definition(id),
            of: None,
            value: value.map(Value),
            n,
            is_estimate: false,
            is_withheld: false,
            source,
            members,
        }
    }

    /// One of several figures of a definition, told apart by a code.
    #[must_use]
    pub(super) fn of(mut self, code: &str, names: [String; 2]) -> Self {
        self.id = format!("{}_{code}", self.id);
        self.of = Some(names);
        self
    }

    /// Unknown unless `is_known`; what is unknown has no records either.
    #[must_use]
    pub(super) fn known_if(mut self, is_known: bool) -> Self {
        if !is_known {
            (self.value, self.n) = (None, None);
            self.members.clear();
        }
        self
    }

    /// Whether its records may be seen one by one; kinds that are internal are only counted.
    pub fn may_be_listed(&self, audience: Audience) -> bool {
        audience == Audience::Internal || is_public_kind(self.source)
    }

    /// Digits behind its point: of an estimate parts of records count.
    pub fn decimals(&self) -> u8 {
        let own = self.definition.decimals();
        let is_in_parts = self.is_estimate && self.definition.base != Some(Base::Tugrik);
        if is_in_parts { own.max(written::AVERAGE_DECIMALS) } else { own }
    }

    pub fn name(&self, lang: Lang) -> String {
        let (own, of) = match lang {
            Lang::Mn => (self.definition.name_mn, self.of.as_ref().map(|names| &names[0])),
            Lang::En => (self.definition.name_en, self.of.as_ref().map(|names| &names[1])),
        };
        of.map_or_else(|| own.to_owned(), |of| format!("{own}: {of}"))
    }
}

impl Fold {
    /// Value and n.
    fn apply(self, members: &[Member]) -> (Option<f64>, Option<i64>) {
        // The sum of no floats is -0.
        let sum = |of: fn(&Member) -> f64| members.iter().map(of).fold(0.0, |a, b| a + b);
        let shares = sum(|m| m.share);
        let amounts = sum(|m| m.share * m.amount.unwrap_or(0.0));
        let n = i64::try_from(members.len()).ok();
        let known = |value: f64| (!members.is_empty()).then_some(value);
        match self {
            Self::Count => (Some(shares), None),
            Self::Sum { n_asked } => (known(amounts).or((n_asked == 0).then_some(0.0)), n),
            Self::Mean => (known(amounts / shares), n),
            Self::WeightedMean => {
                let weights = sum(|m| m.weight.unwrap_or(0.0));
                let weighed = sum(|m| m.amount.unwrap_or(0.0) * m.weight.unwrap_or(0.0));
                ((weights > 0.0).then(|| weighed / weights), Some(weights as i64))
            }
            Self::Median => (median(members), n),
            Self::Percent { whole } => {
                ((whole > 0).then(|| 100.0 * shares / whole as f64), i64::try_from(whole).ok())
            }
        }
    }
}

/// The amount with half of the shares on either side, or the mean of the two between which they part.
fn median(members: &[Member]) -> Option<f64> {
    let mut amounts: Vec<(f64, f64)> = members.iter().filter_map(|m| Some((m.amount?, m.share))).collect();
    amounts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = amounts.iter().map(|(_, share)| share).sum::<f64>() / 2.0;
    let mut passed = 0.0;
    let passed: Vec<(f64, f64)> = amounts
        .into_iter()
        .map(|(amount, share)| {
            passed += share;
            (amount, passed)
        })
        .collect();
    // Shares add up to a half but for the last digits.
    let first = |from: f64| passed.iter().find(|(_, passed)| *passed >= from).or(passed.last());
    let (lower, upper) = (first(half - ROUNDING)?, first(half + ROUNDING)?);
    Some(f64::midpoint(lower.0, upper.0))
}

/// Sums of shares this near to a half are a half.
const ROUNDING: f64 = 1e-9;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;
        // Parts of an estimate add up to a whole but for the last digits.
        let rounded = (self.0 * 1e6).round() / 1e6;
        if rounded.fract() == 0.0 && rounded.abs() < EXACT_BELOW {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(amounts: &[f64]) -> Vec<Member> {
        amounts.iter().map(|&a| Member::whole(Key::Practice(a.to_string())).amount(a)).collect()
    }

    #[test]
    fn nothing_known_is_unknown_and_nothing_there_is_zero() {
        let of = |n_asked, amounts: &[f64]| Fold::Sum { n_asked }.apply(&members(amounts));
        assert_eq!(of(0, &[]), (Some(0.0), Some(0)));
        assert_eq!(of(3, &[]), (None, Some(0)));
        assert_eq!(of(3, &[0.0]), (Some(0.0), Some(1)));
        assert_eq!(Fold::Mean.apply(&[]), (None, Some(0)));
        assert_eq!(Fold::Percent { whole: 0 }.apply(&[]).0, None);
    }

    #[test]
    fn a_median_lies_in_the_middle() {
        for (amounts, expected) in
            [(&[][..], None), (&[4.0], Some(4.0)), (&[9.0, 1.0], Some(5.0)), (&[9.0, 1.0, 2.0], Some(2.0))]
        {
            assert_eq!(Fold::Median.apply(&members(amounts)).0, expected, "{amounts:?}");
        }
    }

    #[test]
    fn a_median_weighs_parts_of_records() {
        let of = |parts: &[(f64, f64)]| {
            let member = |&(amount, share): &(f64, f64)| {
                Member::part(Key::Practice(amount.to_string()), share).amount(amount)
            };
            Fold::Median.apply(&parts.iter().map(member).collect::<Vec<_>>())
        };
        assert_eq!(of(&[(1.0, 0.1), (5.0, 0.1), (9.0, 1.0)]), (Some(9.0), Some(3)));
        assert_eq!(of(&[(1.0, 0.3), (5.0, 0.2), (9.0, 0.5)]).0, Some(7.0));
        assert_eq!(of(&[(1.0, 0.2), (2.0, 0.1), (5.0, 0.3), (9.0, 0.6)]).0, Some(7.0));
    }

    #[test]
    fn a_weighted_mean_counts_people_not_trainings() {
        let members = [
            Member::whole(Key::Training("a".into())).amount(50.0).weighing(30.0),
            Member::whole(Key::Training("b".into())).amount(80.0).weighing(10.0),
        ];
        assert_eq!(Fold::WeightedMean.apply(&members), (Some(57.5), Some(40)));
    }

    #[test]
    fn whole_numbers_are_written_without_a_point() {
        let json = |value| serde_json::to_string(&Value(value)).expect("a number");
        assert_eq!(
            [json(100_200.0), json(0.1 + 0.2), json(0.999_999_999)],
            ["100200".to_owned(), "0.3".to_owned(), "1".to_owned()]
        );
    }
}
