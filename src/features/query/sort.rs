//! The order that is asked for.

use std::cmp::Ordering;

use crate::features::{Table, Value};
use crate::model::naming;

/// By the values of a field; unknown ones come last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// Place in the fields of the table.
    pub field: usize,
    pub descending: bool,
}

/// The place of each row's value among the values of a field; equal values have one place.
///
/// Text is in the order of the Mongolian alphabet, `9` before `10`.
pub struct Ranks(Vec<u32>);

/// Of what is unknown.
const UNKNOWN: u32 = u32::MAX;

impl Ranks {
    pub fn of(values: &[Value<'_>]) -> Self {
        let mut known: Vec<(u32, Key<'_>)> =
            values.iter().zip(0..).filter_map(|(value, row)| Some((row, Key::of(value)?))).collect();
        known.sort_by(|(_, a), (_, b)| a.cmp(b));
        let mut ranks = vec![UNKNOWN; values.len()];
        let mut rank = 0;
        for (idx, (row, key)) in known.iter().enumerate() {
            if idx > 0 && known[idx - 1].1.cmp(key).is_ne() {
                rank += 1;
            }
            ranks[*row as usize] = rank;
        }
        Self(ranks)
    }

    fn compare(&self, a: u32, b: u32, descending: bool) -> Ordering {
        let (a, b) = (self.0[a as usize], self.0[b as usize]);
        if descending && a != UNKNOWN && b != UNKNOWN { b.cmp(&a) } else { a.cmp(&b) }
    }
}

/// A value that can be compared with others of its field.
enum Key<'a> {
    Text(naming::SortKey),
    Other(&'a Value<'a>),
}

impl<'a> Key<'a> {
    fn of(value: &'a Value<'a>) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Text(text) => Some(Self::Text(naming::SortKey::new(text))),
            other => Some(Self::Other(other)),
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Other(Value::Integer(a)), Self::Other(Value::Integer(b))) => a.cmp(b),
            (Self::Other(Value::Number(a)), Self::Other(Value::Number(b))) => a.total_cmp(b),
            (Self::Other(Value::Boolean(a)), Self::Other(Value::Boolean(b))) => a.cmp(b),
            (Self::Other(Value::Date(a)), Self::Other(Value::Date(b))) => a.cmp(b),
            _ => unreachable!("the values of a field are of one kind"),
        }
    }
}

pub fn sort(table: &Table, keys: &[SortKey], rows: &mut [u32]) {
    if keys.is_empty() {
        return;
    }
    let ranks: Vec<_> = keys.iter().map(|key| (table.ranks(key.field), key.descending)).collect();
    rows.sort_by(|&a, &b| {
        let orders = ranks.iter().map(|(ranks, descending)| ranks.compare(a, b, *descending));
        orders.fold(Ordering::Equal, Ordering::then)
    });
}
