//! Where each practice is at home on the ground of every vintage, found once for a snapshot.
//!
//! The rule is that of [`rules::Homes`](crate::model::rules::Homes); here it has indices instead of ids.

use super::Geography;
use crate::model::rules::{Ground, Homes as Rule};
use crate::model::{GridPoint, Practice, Records, Vintage};

/// The khoroo of a vintage that has a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// Index of the khoroo.
    pub khoroo: usize,
    /// True where the practice's point told, in a vintage other than its host's.
    pub by_point: bool,
}

/// Homes of the practices of one [`Records`], by their positions there.
#[derive(Debug, Default)]
pub struct Homes {
    /// By practice, then vintage.
    homes: Vec<Vec<Option<Home>>>,
    /// Points that lie in their hosts.
    points: Vec<Option<GridPoint>>,
}

impl Homes {
    /// - `vintages`: in order of validity; all that `ground` knows.
    pub(super) fn of(ground: &Ground<'_>, vintages: &[(&Vintage, &Geography)], records: &Records) -> Self {
        let rule: Rule<'_> = ground.homes();
        let of_practice = |practice: &Practice| -> Vec<Option<Home>> {
            let on = |(vintage, geography): &(&Vintage, &Geography)| {
                let home = rule.home(practice, &vintage.id)?;
                Some(Home { khoroo: geography.khoroo_idx(&home.khoroo.code)?, by_point: home.by_point })
            };
            vintages.iter().map(on).collect()
        };
        Self {
            homes: records.practices.iter().map(of_practice).collect(),
            points: records.practices.iter().map(|practice| rule.point(practice)).collect(),
        }
    }

    /// - `practice`, `vintage`: positions.
    pub(super) fn home(&self, practice: usize, vintage: usize) -> Option<Home> {
        *self.homes.get(practice)?.get(vintage)?
    }

    pub(super) fn point(&self, practice: usize) -> Option<GridPoint> {
        *self.points.get(practice)?
    }
}
