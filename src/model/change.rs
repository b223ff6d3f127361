//! What can be written, and what a load brings back.
//!
//! Every write of ours is one [`ChangeSet`] handed to the store: whole rows put by key, rows deleted
//! by key, or all invented rows removed. The store turns it into one transaction.

use std::collections::BTreeMap;
use std::fmt;

use super::code::{DistrictCode, KhorooId, VintageId};
use super::place::{ContextLine, District, DistrictVersion, Khoroo, Lineage, Vintage};
use super::record::{Cycle, Identification, Practice, Records, Replication, ReplicationStatus, Theme};

/// A table of the store, in the order in which rows may be put (referenced tables first).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    District,
    Vintage,
    Khoroo,
    DistrictVersion,
    Lineage,
    ContextLine,
    Cycle,
    Theme,
    ReplicationStatus,
    Practice,
    Identification,
    Replication,
}

/// A whole row.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    District(District),
    Vintage(Vintage),
    Khoroo(Khoroo),
    DistrictVersion(DistrictVersion),
    Lineage(Lineage),
    ContextLine(ContextLine),
    Cycle(Cycle),
    Theme(Theme),
    ReplicationStatus(ReplicationStatus),
    Practice(Practice),
    Identification(Identification),
    Replication(Replication),
}

/// The key of a row; its text stands in `change` and `audit`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    District(DistrictCode),
    Vintage(VintageId),
    Khoroo(KhorooId),
    DistrictVersion(VintageId, DistrictCode),
    Lineage(KhorooId, KhorooId),
    ContextLine(String),
    Cycle(String),
    Theme(String),
    ReplicationStatus(String),
    Practice(String),
    /// Practice, cycle.
    Identification(String, String),
    Replication(String),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Inserts the row, or replaces the one with its key. A row equal to the stored one is no change.
    Put(Row),
    /// Deletes the row; a key that is not there is no change.
    Delete(Key),
    /// Deletes every row marked illustrative, in all tables.
    DeleteIllustrative,
}

/// Changes that succeed or fail together, applied in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChangeSet {
    pub changes: Vec<Change>,
}

/// A state of the store: `seq` of its last change, and when that was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Revision {
    /// Commit order, from 0 for a store that was never written.
    pub seq: i64,
    /// Unix seconds, UTC.
    pub published_at: i64,
    /// Numbers of changes mean something in this store alone.
    pub store: StoreId,
}

/// Tells a store from another one put in its place; drawn when it is made. 0 where none was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct StoreId(pub u128);

impl Revision {
    /// True for the same state of the same store; a store without an identity passes for any.
    pub fn is_state(&self, other: &Self) -> bool {
        let unknown = StoreId::default();
        let same_store = self.store == other.store || self.store == unknown || other.store == unknown;
        same_store && (self.seq, self.published_at) == (other.seq, other.published_at)
    }
}

/// Geometry of one vintage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dataset {
    pub khoroos: Vec<Khoroo>,
    pub district_versions: Vec<DistrictVersion>,
}

/// What a load brings: everything, except the vintages that did not change since the asked revision.
///
/// All lists are sorted by key, so that both stores give equal values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    pub revision: Revision,
    pub districts: Vec<District>,
    pub vintages: Vec<Vintage>,
    /// By vintage: present when its khoroos or district versions changed (or everything was asked for).
    pub datasets: BTreeMap<VintageId, Dataset>,
    pub lineage: Vec<Lineage>,
    pub context_lines: Vec<ContextLine>,
    pub records: Records,
    /// What other programs wrote and nobody can use; sorted by table, then key.
    pub unreadable: Vec<Unreadable>,
}

/// A row, or the geometry of a row, that is in the store but cannot be understood.
///
/// A row whose geometry alone is unusable is loaded without it; any other such row is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    pub table: Table,
    /// As in `change.key`.
    pub key: String,
    pub reason: String,
}

impl Table {
    pub const ALL: [Self; 12] = [
        Self::District,
        Self::Vintage,
        Self::Khoroo,
        Self::DistrictVersion,
        Self::Lineage,
        Self::ContextLine,
        Self::Cycle,
        Self::Theme,
        Self::ReplicationStatus,
        Self::Practice,
        Self::Identification,
        Self::Replication,
    ];

    /// Its name in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Vintage => "vintage",
            Self::Khoroo => "khoroo",
            Self::DistrictVersion => "district_version",
            Self::Lineage => "lineage",
            Self::ContextLine => "context_line",
            Self::Cycle => "cycle",
            Self::Theme => "theme",
            Self::ReplicationStatus => "replication_status",
            Self::Practice => "practice",
            Self::Identification => "identification",
            Self::Replication => "replication",
        }
    }
}

impl Row {
    pub fn key(&self) -> Key {
        match self {
            Self::District(r) => Key::District(r.code.clone()),
            Self::Vintage(r) => Key::Vintage(r.id.clone()),
            Self::Khoroo(r) => Key::Khoroo(r.id.clone()),
            Self::DistrictVersion(r) => Key::DistrictVersion(r.vintage.clone(), r.district.clone()),
            Self::Lineage(r) => Key::Lineage(r.from.clone(), r.to.clone()),
            Self::ContextLine(r) => Key::ContextLine(r.id.clone()),
            Self::Cycle(r) => Key::Cycle(r.id.clone()),
            Self::Theme(r) => Key::Theme(r.code.clone()),
            Self::ReplicationStatus(r) => Key::ReplicationStatus(r.code.clone()),
            Self::Practice(r) => Key::Practice(r.id.clone()),
            Self::Identification(r) => Key::Identification(r.practice.clone(), r.cycle.clone()),
            Self::Replication(r) => Key::Replication(r.id.clone()),
        }
    }

    pub fn table(&self) -> Table {
        self.key().table()
    }
}

impl Key {
    pub const fn table(&self) -> Table {
        match self {
            Self::District(_) => Table::District,
            Self::Vintage(_) => Table::Vintage,
            Self::Khoroo(_) => Table::Khoroo,
            Self::DistrictVersion(..) => Table::DistrictVersion,
            Self::Lineage(..) => Table::Lineage,
            Self::ContextLine(_) => Table::ContextLine,
            Self::Cycle(_) => Table::Cycle,
            Self::Theme(_) => Table::Theme,
            Self::ReplicationStatus(_) => Table::ReplicationStatus,
            Self::Practice(_) => Table::Practice,
            Self::Identification(..) => Table::Identification,
            Self::Replication(_) => Table::Replication,
        }
    }
}

/// The text that stands in `change.key`: parts joined by `/`, khoroos as `2022:bzd-26`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::District(code) => write!(f, "{code}"),
            Self::Vintage(id) => write!(f, "{id}"),
            Self::Khoroo(id) => write!(f, "{id}"),
            Self::DistrictVersion(vintage, district) => write!(f, "{vintage}:{district}"),
            Self::Lineage(from, to) => write!(f, "{from}/{to}"),
            Self::Identification(practice, cycle) => write!(f, "{practice}/{cycle}"),
            Self::ContextLine(text)
            | Self::Cycle(text)
            | Self::Theme(text)
            | Self::ReplicationStatus(text)
            | Self::Practice(text)
            | Self::Replication(text) => f.write_str(text),
        }
    }
}

impl ChangeSet {
    pub fn put(&mut self, row: Row) {
        self.changes.push(Change::Put(row));
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}
