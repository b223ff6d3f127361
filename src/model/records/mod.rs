//! Records of the Horizontal Learning Process: what happened in its six steps, and what stands around them.
//!
//! One file per step or theme: practices and their identification (step 1), workshops (2), visits (3),
//! votes (4), replications (5), reviews (6); then the lists that people may extend, trainings, needs
//! and offers, facts of khoroos. [`Records`] holds all of one store.
//!
//! A record's id is a text that people gave or an import made, never a number of the store: the same
//! record is the same in every copy. The row of a record holds its present state, its dated changes
//! stand beside it in rows of their own. `None` is unknown, never 0.

mod facts;
mod identification;
mod lists;
mod needs;
mod practice;
mod replication;
mod review;
mod starting;
mod training;
mod visit;
mod vote;
mod workshop;

use jiff::civil::Date;

use super::change::{Keyed as _, Row, is_invented};
use super::code::VintageId;
use super::place::words;

pub use facts::{KhorooFact, TravelTime};
pub use identification::{Decision, Identification, IdentificationStage, Stage};
pub use lists::{FundingSource, Rating, ReplicationStatus, Setting, Step, Theme};
pub use needs::{Need, NeedStatus, Offer, OfferStatus};
pub use practice::{
    Maturity, Practice, PracticeDetails, PracticeStatus, PracticeStatusChange, Replicability,
};
pub use replication::{BudgetLine, LearningRoute, Replication, ReplicationStatusChange};
pub use review::{Review, ReviewReviewer};
pub use training::{Trainer, Training, TrainingForm};
pub use visit::{Visit, VisitPractice, VisitStatus, VisitVisitor};
pub use vote::{Vote, VoteDecision};
pub use workshop::{Workshop, WorkshopPractice, WorkshopScope};

/// A round of the process; it may span years, so it is named, not dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    pub id: String,
    pub title_mn: String,
    pub title_en: String,
    pub starts_on: Date,
    pub ends_on: Date,
    /// The vintage whose khoroos took part; the cycle's figures are native to it.
    pub vintage: VintageId,
    /// False where replications were not counted in the cycle: the figure is unknown, not 0.
    pub replications_reported: bool,
    pub illustrative: bool,
}

/// How people met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    FaceToFace,
    Virtual,
    /// Both at once; counts in either figure, and once in their total.
    Hybrid,
}

/// What the cards of the tracker add up over the events of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Occasion {
    pub mode: Option<Mode>,
    /// ₮, ≥ 0.
    pub cost: Option<i64>,
    /// People asked to come, ≥ 0.
    pub invited: Option<i64>,
    /// People who came, 0 to `invited`.
    pub attended: Option<i64>,
}

words!(Mode { FaceToFace = "face_to_face", Virtual = "virtual", Hybrid = "hybrid" });

/// The lists of records, each under the name of its field, in the order in which rows may be put. Those
/// marked `listed` are codes; all others may be invented.
macro_rules! lists {
    ($($list:ident: $Record:ident $($listed:ident)?),+ $(,)?) => {
        /// All records of one store, each list sorted by key.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Records {
            $(pub $list: Vec<$Record>,)+
        }

        impl Records {
            /// Appends a record to its list; gives back a row that is none, which is a place.
            pub fn add(&mut self, row: Row) -> Option<Row> {
                match row {
                    $(Row::$Record(record) => self.$list.push(record),)+
                    place => return Some(place),
                }
                None
            }

            /// Sorts every list by key.
            pub fn sort(&mut self) {
                $(self.$list.sort_by_cached_key(|record| record.key());)+
            }

            /// True when any record is invented.
            pub fn any_illustrative(&self) -> bool {
                false$(|| self.$list.iter().any(|row| is_invented!(row $($listed)?)))+
            }

            /// Every record, referenced ones before those that refer to them.
            pub fn into_rows(self) -> impl Iterator<Item = Row> {
                std::iter::empty()$(.chain(self.$list.into_iter().map(Row::$Record)))+
            }
        }
    };
}

lists! {
    cycles: Cycle,
    themes: Theme listed,
    replication_statuses: ReplicationStatus listed,
    settings: Setting listed,
    funding_sources: FundingSource listed,
    ratings: Rating listed,
    steps: Step listed,
    trainers: Trainer,
    practices: Practice,
    practice_status_changes: PracticeStatusChange,
    identifications: Identification,
    identification_stages: IdentificationStage,
    workshops: Workshop,
    workshop_practices: WorkshopPractice,
    visits: Visit,
    visit_visitors: VisitVisitor,
    visit_practices: VisitPractice,
    votes: Vote,
    replications: Replication,
    replication_status_changes: ReplicationStatusChange,
    budget_lines: BudgetLine,
    reviews: Review,
    review_reviewers: ReviewReviewer,
    trainings: Training,
    needs: Need,
    offers: Offer,
    khoroo_facts: KhorooFact,
    travel_times: TravelTime,
}

/// The sum of the parts that are known; `None` when none is.
fn sum_of_known(parts: &[Option<i64>]) -> Option<i64> {
    parts.iter().flatten().copied().reduce(i64::saturating_add)
}
