//! Which rows of a [`Table`] a question finds, and in which order.
//!
//! A [`Query`] asks for ground ([`Area`]), time ([`Interval`]), values ([`Filter`]: CQL2 or `field=value`) and an
//! order ([`SortKey`]); [`Table::select`] answers with the rows that fit all of it, so that their number is exact.
//!
//! - A box takes what has a point in common with it, borders included: the ground itself, not its box. Its sides
//!   are straight in its own reference system. A feature without a place is found with any box of the world, as
//!   OGC API – Features says (17-069r4, /req/core/fc-bbox-response); a condition on its place stays unknown. A box
//!   beyond the world is none of it and finds nothing at all: mostly its axes are in the wrong order.
//! - A time takes what was so at some moment of it. Days are civil days of Ulaanbaatar, whole ones. A feature
//!   without a time of its own is found at any time, as OGC API – Features says.
//! - Where nothing else is asked, rows keep the order of the collection; equal ones keep it, too.
//!
//! Owns: boxes, times, CQL2, the order. Leaves to others: parameters, pages, answers.
//! Invariant: no input makes it panic; what a filter may cost is bounded.

mod area;
mod cql2;
mod extent;
mod filter;
mod index;
mod plane;
mod sort;
#[cfg(test)]
mod tests;
mod time;

pub use area::{Area, AreaError};
pub use cql2::{Fault, FilterError, Place};
pub use extent::Extent;
pub use filter::{Axes, Filter, TooCostly};
pub use index::Index;
pub use sort::{Ranks, SortKey};
pub use time::{Days, Interval, IntervalError};

use super::Table;

/// What is asked of a table; the default asks for all of it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub area: Option<Area>,
    pub datetime: Option<Interval>,
    pub filter: Option<Filter>,
    /// The first counts most.
    pub sort: Vec<SortKey>,
}

impl Table {
    /// The rows that fit all that is asked, in the order asked.
    ///
    /// O(found) with an area that cuts few features, else O(rows).
    pub fn select(&self, query: &Query) -> Result<Vec<u32>, TooCostly> {
        let mut rows = match &query.area {
            Some(area) => self.index(area.crs()).rows_in(self, area),
            None => (0..self.len() as u32).collect(),
        };
        if let Some(asked) = &query.datetime {
            rows.retain(|&row| self.days(row as usize).is_none_or(|days| asked.meets(days)));
        }
        if let Some(filter) = &query.filter {
            filter.keep(self, &mut rows)?;
        }
        sort::sort(self, &query.sort, &mut rows);
        Ok(rows)
    }
}
