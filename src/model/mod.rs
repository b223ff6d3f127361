//! The vocabulary: what a district, a khoroo, a vintage and a record of the tracker *are*.
//!
//! Every other room speaks in these types, and so do the tables, the JSON and the viewer: one word
//! per thing. Plain values with public fields; whatever can be wrong about one value alone is
//! refused where it is parsed, whatever can be wrong between values is found by [`rules::check`].
//!
//! Owns: codes, names, grid geometry as data, tile addresses, records, changes, audiences.
//! Invariant: uses no other room; no I/O, clock or randomness.

pub mod audience;
pub mod change;
pub mod code;
pub mod grid;
pub mod naming;
pub mod orientation;
pub mod place;
pub mod records;
pub mod rules;
pub mod standing;
pub mod succession;
pub mod tile;
pub mod written;

pub use change::{Change, ChangeSet, Dataset, Key, Keyed, Loaded, Revision, Row, StoreId, Table, Unreadable};
pub use code::{CodeError, DistrictCode, KhorooCode, KhorooId, VintageId};
pub use grid::{GridBox, GridPoint, MultiPolygon, Polygon, Ring};
pub use place::{ContextKind, ContextLine, District, DistrictVersion, Khoroo, Lineage, LineageKind, Vintage};
pub use records::{
    BudgetLine, Cycle, Decision, FundingSource, Identification, IdentificationStage, KhorooFact,
    LearningRoute, Maturity, Mode, Need, NeedStatus, Occasion, Offer, OfferStatus, Practice, PracticeDetails,
    PracticeStatus, PracticeStatusChange, Rating, Records, Replicability, Replication, ReplicationStatus,
    ReplicationStatusChange, Review, ReviewReviewer, Setting, Stage, Step, Theme, Trainer, Training,
    TrainingForm, TravelTime, Visit, VisitPractice, VisitStatus, VisitVisitor, Vote, VoteDecision, Workshop,
    WorkshopPractice, WorkshopScope,
};
pub use standing::Standings;
pub use tile::{TileCoord, TileError};

/// Languages the service speaks, Mongolian first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Mn,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Mn, Self::En];

    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Mn => "mn",
            Self::En => "en",
        }
    }
}
