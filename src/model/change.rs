//! What can be written, and what a load brings back.
//!
//! Every write of ours is one [`ChangeSet`] handed to the store: whole rows put by key, rows deleted
//! by key, or all invented rows removed. The store turns it into one transaction. The kinds of rows are
//! listed once, below: tables, rows and keys are made from that list.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use super::code::{DistrictCode, KhorooId, VintageId};
use super::place::{ContextLine, District, DistrictVersion, Khoroo, Lineage, Vintage};
use super::records::{
    BudgetLine, Cycle, FundingSource, Identification, IdentificationStage, KhorooFact, Need, Offer, Practice,
    PracticeStatus, PracticeStatusChange, Rating, Records, Replication, ReplicationStatus,
    ReplicationStatusChange, Review, ReviewReviewer, Setting, Stage, Step, Theme, Trainer, Training,
    TravelTime, Visit, VisitPractice, VisitVisitor, Vote, Workshop, WorkshopPractice,
};

/// A row whose key is known.
pub trait Keyed {
    fn key(&self) -> Key;
}

/// Kinds of rows, in the order in which they may be put (referenced tables first): type, name in SQL and
/// the fields of the key. Rows of a kind marked `listed` are codes; all others may be invented.
macro_rules! kinds {
    ($($Kind:ident $name:literal ($($part:ident: $Part:ident),+) $($listed:ident)?;)+) => {
        /// A table of the store, in the order in which rows may be put (referenced tables first).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Table {
            $($Kind,)+
        }

        /// A whole row.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Row {
            $($Kind($Kind),)+
        }

        /// The key of a row; its text stands in `change` and `audit`.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Key {
            $($Kind($($Part),+),)+
        }

        impl Table {
            pub const ALL: &'static [Self] = &[$(Self::$Kind),+];

            /// Its name in SQL.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Kind => $name),+ }
            }
        }

        impl Row {
            pub fn key(&self) -> Key {
                match self { $(Self::$Kind(row) => row.key()),+ }
            }

            pub const fn table(&self) -> Table {
                match self { $(Self::$Kind(_) => Table::$Kind),+ }
            }

            /// True for a row marked as invented.
            pub const fn is_illustrative(&self) -> bool {
                match self { $(Self::$Kind(row) => is_invented!(row $($listed)?)),+ }
            }
        }

        impl Key {
            pub const fn table(&self) -> Table {
                match self { $(Self::$Kind(..) => Table::$Kind),+ }
            }

            /// Its parts as texts, those of a khoroo apart: one for each column of the key.
            pub fn texts(&self) -> Vec<String> {
                let mut texts = Vec::new();
                match self {
                    $(Self::$Kind($($part),+) => { $($part.add_to(&mut texts);)+ })+
                }
                texts
            }
        }

        $(
            impl Keyed for $Kind {
                fn key(&self) -> Key {
                    Key::$Kind($(self.$part.clone()),+)
                }
            }

            impl From<$Kind> for Row {
                fn from(row: $Kind) -> Self {
                    Self::$Kind(row)
                }
            }
        )+
    };
}

macro_rules! is_invented {
    ($row:ident) => {
        $row.illustrative
    };
    ($row:ident listed) => {{
        let _ = $row;
        false
    }};
}
pub(super) use is_invented;

kinds! {
    District "district" (code: DistrictCode);
    Vintage "vintage" (id: VintageId);
    Khoroo "khoroo" (id: KhorooId);
    DistrictVersion "district_version" (vintage: VintageId, district: DistrictCode);
    Lineage "lineage" (from: KhorooId, to: KhorooId);
    ContextLine "context_line" (id: String);
    Cycle "cycle" (id: String);
    Theme "theme" (code: String) listed;
    ReplicationStatus "replication_status" (code: String) listed;
    Setting "setting" (code: String) listed;
    FundingSource "funding_source" (code: String) listed;
    Rating "rating" (code: String) listed;
    Step "step" (code: String) listed;
    Trainer "trainer" (id: String);
    Practice "practice" (id: String);
    PracticeStatusChange "practice_status_change" (practice: String, changed_on: Date, status: PracticeStatus);
    Identification "identification" (practice: String, cycle: String);
    IdentificationStage "identification_stage" (practice: String, cycle: String, stage: Stage);
    Workshop "workshop" (id: String);
    WorkshopPractice "workshop_practice" (workshop: String, practice: String);
    Visit "visit" (id: String);
    VisitVisitor "visit_visitor" (visit: String, khoroo: KhorooId);
    VisitPractice "visit_practice" (visit: String, practice: String);
    Vote "vote" (khoroo: KhorooId, practice: String, cycle: String);
    Replication "replication" (id: String);
    ReplicationStatusChange "replication_status_change" (replication: String, changed_on: Date, status: String);
    BudgetLine "budget_line" (replication: String, position: i32);
    Review "review" (id: String);
    ReviewReviewer "review_reviewer" (review: String, khoroo: KhorooId);
    Training "training" (id: String);
    Need "need" (id: String);
    Offer "offer" (id: String);
    KhorooFact "khoroo_fact" (khoroo: KhorooId, year: i16);
    TravelTime "travel_time" (from: KhorooId, to: KhorooId);
}

#[expect(clippy::large_enum_variant, reason = "nearly all changes are puts")]
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

/// A part of a key.
trait Part: fmt::Display {
    fn add_to(&self, texts: &mut Vec<String>) {
        texts.push(self.to_string());
    }
}

impl Part for DistrictCode {}
impl Part for VintageId {}
impl Part for String {}
impl Part for Date {}
impl Part for i16 {}
impl Part for i32 {}
impl Part for PracticeStatus {}
impl Part for Stage {}

impl Part for KhorooId {
    fn add_to(&self, texts: &mut Vec<String>) {
        texts.extend([self.vintage.to_string(), self.code.to_string()]);
    }
}

impl Table {
    /// What stands in a key's text behind each part but the last; a khoroo has two parts.
    pub const fn key_separators(self) -> &'static [&'static str] {
        match self {
            Self::Khoroo | Self::DistrictVersion => &[":"],
            Self::Lineage | Self::TravelTime => &[":", "/", ":"],
            Self::VisitVisitor | Self::ReviewReviewer => &["/", ":"],
            Self::Vote => &[":", "/", "/"],
            Self::KhorooFact => &[":", "/"],
            Self::PracticeStatusChange | Self::ReplicationStatusChange | Self::IdentificationStage => {
                &["/", "/"]
            }
            Self::Identification | Self::WorkshopPractice | Self::VisitPractice | Self::BudgetLine => &["/"],
            _ => &[],
        }
    }
}

/// The text that stands in `change.key`: parts joined by `/`, khoroos as `2022:bzd-26`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separators = self.table().key_separators().iter().copied().chain([""]);
        self.texts().iter().zip(separators).try_for_each(|(text, separator)| write!(f, "{text}{separator}"))
    }
}

impl Loaded {
    /// Takes a row in; [`sort`](Self::sort) brings all of them in order.
    pub fn add(&mut self, row: Row) {
        match self.records.add(row) {
            None => {}
            Some(Row::District(r)) => self.districts.push(r),
            Some(Row::Vintage(r)) => self.vintages.push(r),
            Some(Row::Khoroo(r)) => self.datasets.entry(r.id.vintage.clone()).or_default().khoroos.push(r),
            Some(Row::DistrictVersion(r)) => {
                self.datasets.entry(r.vintage.clone()).or_default().district_versions.push(r);
            }
            Some(Row::Lineage(r)) => self.lineage.push(r),
            Some(Row::ContextLine(r)) => self.context_lines.push(r),
            Some(record) => unreachable!("{record:?} has its list among the records"),
        }
    }

    /// Sorts every list by key.
    pub fn sort(&mut self) {
        self.districts.sort_by(|a, b| a.code.cmp(&b.code));
        self.vintages.sort_by(|a, b| a.id.cmp(&b.id));
        for dataset in self.datasets.values_mut() {
            dataset.khoroos.sort_by(|a, b| a.id.cmp(&b.id));
            dataset.district_versions.sort_by(|a, b| a.district.cmp(&b.district));
        }
        self.lineage.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        self.context_lines.sort_by(|a, b| a.id.cmp(&b.id));
        self.records.sort();
        self.unreadable.sort();
    }

    /// Every row, referenced ones before those that refer to them.
    pub fn into_rows(self) -> impl Iterator<Item = Row> {
        let of_datasets = |dataset: Dataset| {
            let khoroos = dataset.khoroos.into_iter().map(Row::Khoroo);
            khoroos.chain(dataset.district_versions.into_iter().map(Row::DistrictVersion))
        };
        let districts = self.districts.into_iter().map(Row::District);
        let vintages = self.vintages.into_iter().map(Row::Vintage);
        districts
            .chain(vintages)
            .chain(self.datasets.into_values().flat_map(of_datasets))
            .chain(self.lineage.into_iter().map(Row::Lineage))
            .chain(self.context_lines.into_iter().map(Row::ContextLine))
            .chain(self.records.into_rows())
    }
}

impl ChangeSet {
    pub fn put(&mut self, row: impl Into<Row>) {
        self.changes.push(Change::Put(row.into()));
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_its_parts_joined_by_slashes() {
        let khoroo: KhorooId = "2022:bzd-26".parse().expect("a khoroo version");
        let day = jiff::civil::date(2022, 5, 3);
        for (key, text) in [
            (Key::District("bzd".parse().expect("a district")), "bzd"),
            (Key::Khoroo(khoroo.clone()), "2022:bzd-26"),
            (Key::TravelTime(khoroo.clone(), khoroo.clone()), "2022:bzd-26/2022:bzd-26"),
            (Key::VisitVisitor("v-1".into(), khoroo.clone()), "v-1/2022:bzd-26"),
            (Key::Vote(khoroo.clone(), "p-1".into(), "2022".into()), "2022:bzd-26/p-1/2022"),
            (Key::KhorooFact(khoroo, 2021), "2022:bzd-26/2021"),
            (Key::BudgetLine("r-1".into(), 2), "r-1/2"),
            (Key::PracticeStatusChange("p-1".into(), day, PracticeStatus::Shared), "p-1/2022-05-03/shared"),
            (Key::IdentificationStage("p-1".into(), "2022".into(), Stage::City), "p-1/2022/city"),
        ] {
            assert_eq!(key.to_string(), text);
            assert_eq!(key.texts().len(), key.table().key_separators().len() + 1, "{text}");
        }
    }

    #[test]
    fn the_rows_of_a_load_come_out_as_they_went_in_references_first() {
        let theme = |code: &str| Theme {
            code: code.into(),
            name_mn: "Ногоон".into(),
            name_en: "Green".into(),
            position: 1,
            active: true,
        };
        let district = |code: &str| District {
            code: code.parse().expect("a district"),
            number: 1,
            name_mn: String::new(),
            name_en: String::new(),
            nso_code: None,
            ebarilga_code: None,
            aliases: vec![],
            illustrative: true,
        };
        let mut loaded = Loaded::default();
        for row in [theme("b").into(), district("bzd").into(), theme("a").into(), Row::from(district("bn"))] {
            loaded.add(row);
        }
        loaded.sort();
        let keys: Vec<String> = loaded.into_rows().map(|row| row.key().to_string()).collect();
        assert_eq!(keys, ["bn", "bzd", "a", "b"]);
    }
}
