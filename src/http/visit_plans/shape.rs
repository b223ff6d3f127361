//! The shape of a plan in JSON.
//!
//! Owns: names of its fields, what is rounded. Leaves to others: filling them (`told`).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::http::partners::{MethodOut, TravelOut};
use crate::snapshot::Unit;
use crate::visits::plan::Comparison;

/// Who visits whom in a period. Proposed: nothing is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanOut {
    #[schema(example = "2022")]
    pub vintage: String,
    #[schema(example = "2023-05-01")]
    pub from: String,
    #[schema(example = "2023-05-31")]
    pub to: String,
    /// Days of the period on which offices are open.
    pub working_days: usize,
    /// Visits of one visitor at most.
    pub visits: u32,
    /// Visits at one host at most; null where offers alone say.
    pub capacity: Option<u32>,
    /// Where the bound on visits at a host comes from: `asked`, `default`, or `offers` on the internal listener.
    pub capacity_source: &'static str,
    pub group: Option<i64>,
    pub mode: Option<&'static str>,
    pub fairness: f64,
    pub visitors: usize,
    pub needs: u32,
    pub needs_served: u32,
    /// Visitors in the city's order, each one's best first.
    pub assignments: Vec<AssignmentOut>,
    pub unserved: Vec<UnservedOut>,
    /// Codes of visitors without a need on record; of the internal listener.
    pub without_needs: Vec<String>,
    /// Hosts with a visit, those with most first. Visits of this plan alone are counted.
    pub hosts: Vec<HostOut>,
    pub comparison: ComparisonOut,
    /// What the visits decided by hand change; null without such.
    pub effect: Option<EffectOut>,
    pub sentence_mn: String,
    pub sentence_en: String,
    pub method: MethodOut,
    /// What was not used because it is the office's; empty on the internal listener.
    #[schema(value_type = Vec<String>)]
    pub withheld: Vec<&'static str>,
    /// True where the vintage or its records are invented.
    pub illustrative: bool,
}

/// A khoroo with its names.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceOut {
    #[schema(example = "bzd-26")]
    pub code: String,
    #[schema(example = "bzd")]
    pub district: String,
    pub name_mn: String,
    pub name_en: String,
}

impl PlaceOut {
    pub fn of(unit: &Unit) -> Self {
        Self {
            code: unit.code.clone(),
            district: unit.district.to_string(),
            name_mn: unit.name_mn.clone(),
            name_en: unit.name_en.clone(),
        }
    }
}

/// A visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentOut {
    pub visitor: PlaceOut,
    pub host: PlaceOut,
    /// Id of the practice that is shown.
    #[schema(example = "p-2022-003")]
    pub practice: String,
    pub title_mn: String,
    pub title_en: Option<String>,
    /// Of the practice.
    #[schema(example = "waste")]
    pub theme: String,
    /// The theme that was wanted; null where any was.
    pub need: Option<String>,
    /// 0 to 1: the sum of the parts.
    pub score: f64,
    /// Points of each part, as of learning partners.
    #[schema(value_type = BTreeMap<String, f64>)]
    pub parts: Map<String, Value>,
    /// One way; null for a visit online, and where the way is unknown.
    pub minutes: Option<f64>,
    /// Null for a visit online.
    pub travel: Option<TravelOut>,
    /// Metres in EPSG:32648 between the nearest places of both, 0 where they touch.
    pub distance_m: Option<f64>,
    /// `face_to_face`, `virtual` (online) or `hybrid`.
    pub mode: &'static str,
    /// A quarter of the period in which host and practice have room for it, as in `quarters` of the host; null for
    /// the public.
    #[schema(example = "2022-Q4")]
    pub quarter: Option<String>,
    /// Null where the setting of one is unknown.
    pub same_setting: Option<bool>,
    /// True for one decided by hand.
    pub fixed: bool,
    /// Why: who shows what, how far it is, and what speaks for it most.
    pub sentence_mn: String,
    pub sentence_en: String,
    /// The next best for the same need; into `fixed` with them.
    pub alternatives: Vec<AlternativeOut>,
    pub illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AlternativeOut {
    pub host: PlaceOut,
    pub practice: String,
    pub title_mn: String,
    pub title_en: Option<String>,
    pub score: f64,
    /// One way; null for a visit online, and where the way is unknown.
    pub minutes: Option<f64>,
    /// `face_to_face`, `virtual` (online) or `hybrid`.
    pub mode: &'static str,
    /// True where the plan leaves a place for it at this host.
    pub free: bool,
}

/// A need without an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnservedOut {
    pub visitor: PlaceOut,
    /// The theme that is wanted; null where any is.
    pub need: Option<String>,
    /// Times without an answer.
    pub missing: u32,
    /// `no_host`, `no_more_hosts` (it goes wherever something can be shown to it), `visits_used` or `places_taken`.
    pub code: &'static str,
    /// Of `places_taken`: codes of other visitors that have or want the places of `hosts`, or those to which one of
    /// them could move instead, 20 at most.
    pub competing: Vec<String>,
    /// Of `places_taken`: codes of the hosts that could answer it once more, 20 at most.
    pub hosts: Vec<String>,
    /// Of `no_host` and `no_more_hosts`: how many practices of the theme cannot be shown, by the first reason, in
    /// the words of learning partners and `group_too_large`.
    #[schema(value_type = BTreeMap<String, usize>)]
    pub barred: BTreeMap<&'static str, usize>,
    pub text_mn: String,
    pub text_en: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HostOut {
    #[serde(flatten)]
    pub host: PlaceOut,
    /// One khoroo that comes twice makes two.
    pub visits: u32,
    /// That it can take in the period.
    pub places: u32,
    /// What its open offers still take in each quarter that the period touches with a working day; empty for the
    /// public.
    pub quarters: Vec<QuarterOut>,
}

/// A host in a quarter: visits of the plan, and places that visits held or agreed leave.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarterOut {
    #[schema(example = "2022-Q4")]
    pub quarter: String,
    /// Days of the period in it.
    #[schema(example = "2022-10-03")]
    pub from: String,
    #[schema(example = "2022-10-31")]
    pub to: String,
    pub visits: u32,
    pub places: u32,
    /// Those with a visit in the quarter.
    pub practices: Vec<PracticeRoomOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeRoomOut {
    /// Id.
    #[schema(example = "p-2022-003")]
    pub practice: String,
    pub visits: u32,
    /// Of its own open offers, of those of the form and group asked for; of any form together where none is, and
    /// then visits on site and online get no more than the offers that take such visits.
    pub places: u32,
}

/// The plan beside the two that are made by hand, all around the visits decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonOut {
    pub plan: FiguresOut,
    /// The shortest way first.
    pub nearest: FiguresOut,
    /// The best pair first.
    pub greedy: FiguresOut,
}

/// Each is defined in `/api/v1/definitions` under `plan_` and its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresOut {
    pub needs_served: u32,
    pub needs: u32,
    /// Visitors with a visit; online counts.
    pub visitors_served: u32,
    pub mean_score: Option<f64>,
    /// Visits for which somebody travels.
    pub journeys: u32,
    pub online: u32,
    /// One way; over the journeys whose way is known.
    pub mean_minutes: Option<f64>,
    /// One way; of all journeys whose way is known.
    pub total_minutes: Option<f64>,
    pub highest_load: u32,
    pub gini_load: Option<f64>,
    pub same_setting_share: Option<f64>,
}

impl FiguresOut {
    pub fn of(of: &Comparison) -> Self {
        Self {
            needs_served: of.needs_served,
            needs: of.needs,
            visitors_served: of.visitors_served,
            mean_score: of.mean_score.map(short),
            journeys: of.journeys,
            online: of.online,
            mean_minutes: of.mean_minutes.map(tenths),
            total_minutes: of.total_minutes.map(tenths),
            highest_load: of.highest_load,
            gini_load: of.gini_load.map(short),
            same_setting_share: of.same_setting_share.map(short),
        }
    }
}

/// Each difference is with less without; null where one of them is unknown.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectOut {
    pub without_fixed: FiguresOut,
    pub needs_served: i64,
    pub visitors_served: i64,
    pub mean_score: Option<f64>,
    pub journeys: i64,
    pub online: i64,
    pub mean_minutes: Option<f64>,
    pub total_minutes: Option<f64>,
    pub highest_load: i64,
    pub gini_load: Option<f64>,
    pub same_setting_share: Option<f64>,
    /// Visits that the plan without has not.
    pub added: Vec<VisitOut>,
    /// Visits that the plan without has, and this one has not.
    pub dropped: Vec<VisitOut>,
    pub text_mn: String,
    pub text_en: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VisitOut {
    /// Codes of visitor and host, id of the practice.
    #[schema(example = "bzd-1")]
    pub visitor: String,
    pub host: String,
    pub practice: String,
}

/// Six digits of what is from 0 to 1.
pub fn short(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Of minutes.
pub fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
