//! A collection ready to be read and searched.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::query::{Extent, Index, Ranks};
use super::{Days, Field, Rows, Shape, UnitAt, Value};
use crate::geometry::projection::Crs;
use crate::snapshot::Snapshot;

/// A collection ready to be read, row by row, from several threads if need be.
///
/// What searches need is made when it is first needed, and kept: an index of the ground in each reference system,
/// columns that filters read, ranks that lists are sorted by. Making one is O(rows).
pub struct Table {
    pub fields: Vec<Field>,
    snapshot: Arc<Snapshot>,
    rows: Box<dyn Rows + Send + Sync>,
    ids: OnceLock<HashMap<Box<str>, u32>>,
    indices: [OnceLock<Index>; Crs::ALL.len()],
    extent: OnceLock<Extent>,
    /// One a field.
    columns: Box<[OnceLock<Vec<Value<'static>>>]>,
    ranks: Box<[OnceLock<Ranks>]>,
}

impl Table {
    pub(super) fn new(
        fields: Vec<Field>,
        snapshot: Arc<Snapshot>,
        rows: Box<dyn Rows + Send + Sync>,
    ) -> Self {
        let columns = fields.iter().map(|_| OnceLock::new()).collect();
        let ranks = fields.iter().map(|_| OnceLock::new()).collect();
        let (ids, indices, extent) = (OnceLock::new(), Default::default(), OnceLock::new());
        Self { fields, snapshot, rows, ids, indices, extent, columns, ranks }
    }

    pub fn len(&self) -> usize {
        self.rows.len(&self.snapshot)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn id(&self, row: usize) -> Cow<'_, str> {
        self.rows.id(&self.snapshot, row)
    }

    pub fn shape(&self, row: usize) -> Shape<'_> {
        self.rows.shape(&self.snapshot, row)
    }

    /// When it was so, `None` for what has no time of its own.
    pub fn days(&self, row: usize) -> Option<Days> {
        self.rows.days(&self.snapshot, row)
    }

    /// The khoroo or district that it is, `None` where it is none.
    pub fn unit(&self, row: usize) -> Option<UnitAt> {
        self.rows.unit(&self.snapshot, row)
    }

    /// The values of a row, in the order of the fields, in place of what `into` has.
    pub fn values<'a>(&'a self, row: usize, into: &mut Vec<Value<'a>>) {
        into.clear();
        self.rows.values(&self.snapshot, row, into);
        debug_assert_eq!(into.len(), self.fields.len(), "row {row}");
    }

    /// The row of a feature. O(1).
    pub fn find(&self, id: &str) -> Option<usize> {
        let rows = || (0..self.len()).map(|row| (self.id(row).into(), row as u32)).collect();
        self.ids.get_or_init(rows).get(id).map(|&row| row as usize)
    }

    /// Where and when its features are.
    pub fn extent(&self) -> Extent {
        *self.extent.get_or_init(|| Extent::of(self))
    }

    /// Where the rows are, in a reference system.
    pub(super) fn index(&self, crs: Crs) -> &Index {
        let place = Crs::ALL.iter().position(|one| *one == crs).expect("all systems are listed");
        self.indices[place].get_or_init(|| Index::of(self, crs))
    }

    /// The values of one field, a row each.
    pub(super) fn column(&self, field: usize) -> &[Value<'static>] {
        self.columns[field].get_or_init(|| {
            let mut values = Vec::with_capacity(self.fields.len());
            let value = |row| {
                self.values(row, &mut values);
                values.swap_remove(field).into_owned()
            };
            (0..self.len()).map(value).collect()
        })
    }

    /// The words that a coded field has in any row, sorted; `None` for other fields.
    pub fn codes(&self, field: usize) -> Option<BTreeSet<&str>> {
        let words = || {
            self.column(field).iter().filter_map(|value| match value {
                Value::Text(word) => Some(&**word),
                _ => None,
            })
        };
        self.fields[field].is_coded.then(|| words().collect())
    }

    pub(super) fn ranks(&self, field: usize) -> &Ranks {
        self.ranks[field].get_or_init(|| Ranks::of(self.column(field)))
    }
}
