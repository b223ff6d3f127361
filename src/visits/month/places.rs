//! What hosts and offers take in a period, quarter by quarter.
//!
//! Offers say how many visits they take in a quarter, so a period is parted where quarters meet. To the public the
//! load of hosts is unknown: every host takes as many as are asked for, and the period is one part.
//!
//! Owns: from offers and visits on record to the places of an instance.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{CAPACITY_DEFAULT, Order};
use crate::model::audience::Audience;
use crate::partners::{Roster, Takes, quarter};
use crate::snapshot::Snapshot;

/// The days of a period that lie in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    pub from: Date,
    pub to: Date,
}

impl Quarter {
    /// The parts of a period, in order.
    ///
    /// - `from`, `to`: first and last day.
    pub fn of(from: Date, to: Date) -> impl Iterator<Item = Self> {
        let part = move |from: Date| Self { from, to: to.min(quarter(from).1.saturating_sub(1.day())) };
        let next = move |part: &Self| {
            Some(part.to.saturating_add(1.day())).filter(|next| *next <= to && *next > part.from)
        };
        std::iter::successors(Some(part(from)).filter(|_| from <= to), move |last| next(last).map(part))
    }

    /// `2022-Q4`.
    pub fn name(self) -> String {
        format!("{}-Q{}", self.from.year(), self.number())
    }

    /// 1 to 4.
    pub fn number(self) -> i8 {
        (self.from.month() - 1) / 3 + 1
    }
}

/// Visits that can still be taken.
pub struct Places {
    /// By khoroo, in the period.
    pub hosts: Vec<u32>,
    /// By khoroo and quarter.
    pub host_quarters: Vec<Vec<u32>>,
    /// By practice and quarter.
    pub practices: Vec<Vec<Takes>>,
    /// By khoroo, visits that it has in the period already; for the public none is known.
    pub load: Vec<u32>,
}

impl Places {
    pub fn of(roster: &Roster, order: &Order, snapshot: &Snapshot) -> Self {
        let n_khoroos = snapshot.vintages[order.vintage].geography.khoroos.len();
        let n_practices = snapshot.records.practices.len();
        if order.audience == Audience::Public {
            return Self {
                hosts: vec![order.capacity.unwrap_or(CAPACITY_DEFAULT); n_khoroos],
                host_quarters: vec![vec![u32::MAX]; n_khoroos],
                practices: vec![vec![takes(u32::MAX)]; n_practices],
                load: vec![0; n_khoroos],
            };
        }
        let n_quarters = order.quarters.len();
        let mut host_quarters = vec![vec![0; n_quarters]; n_khoroos];
        let mut practices = vec![vec![takes(0); n_quarters]; n_practices];
        for (nth, quarter) in order.quarters.iter().enumerate() {
            let left = roster.left(order.vintage, quarter.from, order.mode, order.group);
            for (host, n) in host_quarters.iter_mut().zip(left.hosts) {
                host[nth] = n;
            }
            for (practice, n) in left.practices {
                practices[practice][nth] = n;
            }
        }
        let most = order.capacity.unwrap_or(u32::MAX);
        let in_period = |quarters: &Vec<u32>| quarters.iter().copied().fold(0, u32::saturating_add).min(most);
        Self {
            hosts: host_quarters.iter().map(in_period).collect(),
            host_quarters,
            practices,
            load: roster.visits_between(order.vintage, order.from, order.to),
        }
    }
}

/// Of either form, so many.
pub const fn takes(all: u32) -> Takes {
    Takes { on_site: all, online: all, all }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_is_parted_where_quarters_meet() {
        let parts = |from: Date, to: Date| -> Vec<String> {
            Quarter::of(from, to).map(|part| format!("{} {} {}", part.name(), part.from, part.to)).collect()
        };
        assert_eq!(parts(date(2022, 10, 3), date(2022, 12, 31)), ["2022-Q4 2022-10-03 2022-12-31"]);
        assert_eq!(
            parts(date(2022, 9, 30), date(2023, 1, 1)),
            [
                "2022-Q3 2022-09-30 2022-09-30",
                "2022-Q4 2022-10-01 2022-12-31",
                "2023-Q1 2023-01-01 2023-01-01"
            ]
        );
        assert_eq!(Quarter::of(date(2022, 1, 1), date(2022, 12, 31)).count(), 4);
        assert_eq!(Quarter::of(date(2022, 1, 2), date(2022, 1, 1)).count(), 0);
        assert_eq!(Quarter::of(Date::MAX, Date::MAX).count(), 1);
    }
}
