//! Suggestions as JSON: names of fields, what the public is told.

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::http::World;
use crate::http::neighbours::to_mm;
use crate::model::audience::Audience;
use crate::model::{Lang, Maturity, Mode, Replicability};
use crate::partners::{
    self, Asked, Input, Part, Passed, Points, Roster, Settings, Suggestion, Way, WaySource, WhyNot, words,
};
use crate::snapshot::VintageView;
use crate::visits::calendar::Calendar;

/// What the public's answer is made without.
pub const WITHHELD: [&str; 4] = ["needs", "visits", "ratings", "host_load"];

/// Whom a khoroo could learn from.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnersOut {
    #[schema(example = "bzd-26")]
    khoroo: String,
    #[schema(example = "2022")]
    vintage: String,
    #[schema(example = "waste")]
    theme: Option<String>,
    #[schema(example = "2023-05-15")]
    as_of: String,
    /// The best first; of equal scores the practice with the first id.
    partners: Vec<PartnerOut>,
    /// How many were looked at.
    visited: VisitedOut,
    /// With `explain=true`: why each other practice is not among them; first those that cannot be, by host in the
    /// city's order, then those that come next by score.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_suggested: Option<Vec<PassedOut>>,
    /// With `explain=true`: how many others there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_suggested_total: Option<usize>,
    method: MethodOut,
    /// What was not used because it is the office's; empty on the internal listener.
    #[schema(value_type = Vec<String>)]
    withheld: &'static [&'static str],
    /// True where the vintage or its records are invented.
    illustrative: bool,
}

/// A practice with its host.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerOut {
    /// Code of the host.
    #[schema(example = "bzd-12")]
    code: String,
    district: String,
    name_mn: String,
    name_en: String,
    /// Id of the practice.
    practice: String,
    title_mn: String,
    title_en: Option<String>,
    #[schema(example = "waste")]
    theme: String,
    /// 0 to 1: the sum of the parts.
    #[schema(example = 0.612_345)]
    score: f64,
    /// Points of each part.
    #[schema(value_type = std::collections::BTreeMap<String, f64>,
        example = json!({"need": 0.233_333, "proximity": 0.12, "quality": 0.09, "setting": 0.08, "ease": 0.05, "capacity": 0.04}))]
    parts: Map<String, Value>,
    /// Each part with what it was made from.
    reasons: Vec<ReasonOut>,
    /// Metres in EPSG:32648 between the nearest places of both, 0 where they touch.
    distance_m: Option<f64>,
    /// One way; null for a visit online, and where the way is unknown.
    minutes: Option<f64>,
    /// Null for a visit online.
    travel: Option<TravelOut>,
    /// `face_to_face`, `virtual` or `hybrid`.
    mode: &'static str,
    /// The first working day after `as_of`; on the internal listener one in whose quarter the host has visits left.
    /// Null where there is none within a year, or the table of holidays does not reach.
    #[schema(example = "2023-05-16")]
    next_open_on: Option<String>,
    sentence_mn: String,
    sentence_en: String,
    illustrative: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonOut {
    /// `need`, `proximity`, `quality`, `setting`, `ease` or `capacity`.
    part: &'static str,
    weight: f64,
    /// 0 to 1.
    value: f64,
    /// Weight times value.
    points: f64,
    /// False where nothing of it is known, and the middle was taken.
    known: bool,
    /// What the value was made from; null is unknown, or withheld.
    #[schema(value_type = Object)]
    input: Value,
    text_mn: String,
    text_en: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TravelOut {
    /// `estimate`, `store` (a row of the store) or `file` (`--travel-times`).
    source: &'static str,
    /// Metres as the crow flies between the offices; where one is unknown, a point inside the khoroo.
    straight_m: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VisitedOut {
    /// Khoroos that have practices, and how many of them the walk came to.
    hosts: usize,
    hosts_visited: usize,
    /// Practices that everybody may see, and how many of the themes asked for were looked at.
    practices: usize,
    practices_visited: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PassedOut {
    /// Code of the host.
    code: String,
    /// Id of the practice.
    practice: String,
    reasons: Vec<WhyNotOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WhyNotOut {
    /// `not_identified_yet`, `own_practice`, `same_lineage`, `archived`, `no_open_offer`, `already_replicated`, `mode_not_offered`,
    /// `too_far`, `ranked_below`; on the internal listener also `visited_recently`, `host_full`.
    code: &'static str,
    /// Of `ranked_below`.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    /// Of `host_full`: the first working day in whose quarter the host has visits left.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_open_on: Option<String>,
    text_mn: String,
    text_en: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MethodOut {
    #[schema(value_type = std::collections::BTreeMap<String, f64>)]
    weights: Map<String, Value>,
    detour: f64,
    speed_kmh: f64,
    /// The factor of the day asked for: 1 outside of winter.
    season: f64,
    text_mn: &'static str,
    text_en: &'static str,
}

impl TravelOut {
    pub fn of(way: &Way) -> Self {
        Self { source: way.source.word(), straight_m: way.straight_m.map(to_mm) }
    }
}

impl MethodOut {
    /// - `on`: the day of the visit.
    pub fn of(settings: &Settings, on: jiff::civil::Date) -> Self {
        let weights =
            partners::PartKind::ALL.map(|part| (part.word().to_owned(), json!(settings.weights.of(part))));
        Self {
            weights: weights.into_iter().collect(),
            detour: settings.travel.detour,
            speed_kmh: settings.travel.speed_kmh,
            season: settings.travel.season(on),
            text_mn: words::method(Lang::Mn),
            text_en: words::method(Lang::En),
        }
    }
}

/// A question with what it is answered from.
pub struct Question<'a> {
    pub world: &'a World,
    pub roster: &'a Roster,
    pub view: &'a VintageView,
    pub settings: &'a Settings,
    pub asked: &'a Asked,
    pub calendar: &'a Calendar,
}

impl Question<'_> {
    pub fn answer(&self, theme: Option<&str>, explain: bool) -> PartnersOut {
        let Self { world, roster, view, settings, asked, .. } = *self;
        let snapshot = &*world.snapshot;
        let found = partners::suggest(snapshot, roster, settings, asked);
        let (practices, hosts) = roster.size(asked.vintage);
        let passed = explain.then(|| partners::explained(snapshot, roster, settings, asked).1);
        PartnersOut {
            khoroo: view.geography.khoroos[asked.khoroo].code.clone(),
            vintage: view.vintage.id.to_string(),
            theme: theme.map(str::to_owned),
            as_of: asked.as_of.to_string(),
            partners: found.suggestions.iter().map(|one| self.partner(one)).collect(),
            visited: VisitedOut {
                hosts,
                hosts_visited: found.n_hosts_visited,
                practices,
                practices_visited: found.n_candidates_visited,
            },
            not_suggested_total: passed.as_ref().map(Vec::len),
            not_suggested: passed.map(|passed| passed.iter().map(|passed| self.passed(passed)).collect()),
            method: MethodOut::of(settings, asked.as_of),
            withheld: if asked.audience == Audience::Public { &WITHHELD } else { &[] },
            illustrative: snapshot.illustrative,
        }
    }

    fn partner(&self, one: &Suggestion) -> PartnerOut {
        let practice = &self.world.snapshot.records.practices[one.practice];
        let geography = &self.view.geography;
        let host = &geography.khoroos[one.host];
        let district = &geography.districts[geography.district_of[one.host] as usize];
        let title_en = practice.title_en.as_deref().unwrap_or(&practice.title_mn);
        let host_mn = format!("{} дүүргийн {}", district.name_mn, host.name_mn);
        let host_en = format!("{}, {}", host.name_en, district.name_en);
        PartnerOut {
            code: host.code.clone(),
            district: host.district.to_string(),
            name_mn: host.name_mn.clone(),
            name_en: host.name_en.clone(),
            practice: practice.id.clone(),
            title_mn: practice.title_mn.clone(),
            title_en: practice.title_en.clone(),
            theme: practice.theme.clone(),
            score: share(one.score),
            parts: one
                .parts
                .iter()
                .map(|part| (part.kind.word().to_owned(), json!(share(part.points))))
                .collect(),
            reasons: one.parts.iter().map(|part| reason(part, one)).collect(),
            distance_m: one.distance_m.map(to_mm),
            minutes: one.travel_minutes(),
            travel: (one.mode != Mode::Virtual).then(|| TravelOut::of(&one.way)),
            mode: one.mode.word(),
            next_open_on: self.next_open(one.host),
            sentence_mn: words::sentence(one, &host_mn, &practice.title_mn, Lang::Mn),
            sentence_en: words::sentence(one, &host_en, title_en, Lang::En),
            illustrative: practice.illustrative || self.view.vintage.illustrative,
        }
    }

    fn next_open(&self, host: usize) -> Option<String> {
        let Self { roster, calendar, asked, .. } = *self;
        let has_room = |day| roster.has_room((asked.vintage, host), day, asked.audience);
        calendar.open_day_after(asked.as_of, has_room).map(|day| day.to_string())
    }

    fn passed(&self, passed: &Passed) -> PassedOut {
        let next_open = |reason: &WhyNot| match reason {
            WhyNot::HostFull { .. } => self.next_open(passed.host),
            _ => None,
        };
        let reason = |reason: &WhyNot| WhyNotOut {
            code: reason.word(),
            score: match reason {
                WhyNot::Ranked { score, .. } => Some(share(*score)),
                _ => None,
            },
            next_open_on: next_open(reason),
            text_mn: words::why_not(reason, Lang::Mn),
            text_en: words::why_not(reason, Lang::En),
        };
        PassedOut {
            code: self.view.geography.khoroos[passed.host].code.clone(),
            practice: self.world.snapshot.records.practices[passed.practice].id.clone(),
            reasons: passed.reasons.iter().map(reason).collect(),
        }
    }
}

fn reason(part: &Part, one: &Suggestion) -> ReasonOut {
    ReasonOut {
        part: part.kind.word(),
        weight: part.weight,
        value: (part.value * 1e6).round() / 1e6,
        points: share(part.points),
        known: part.is_known,
        input: input(&part.input, one.way.source),
        text_mn: words::reason(part, one, Lang::Mn),
        text_en: words::reason(part, one, Lang::En),
    }
}

fn input(input: &Input, source: WaySource) -> Value {
    match input {
        Input::Need { theme, urgency } => json!({"theme": theme, "urgency": urgency}),
        Input::Proximity { minutes } => json!({"minutes": minutes, "source": source.word()}),
        Input::Quality { rated, is_awarded, maturity, .. } => json!({
            "n_ratings": rated.map(|rated| rated.n),
            "mean_rating": rated.and_then(|rated| rated.mean),
            "mean_of_all": rated.map(|rated| rated.mean_of_all),
            "awarded": is_awarded,
            "maturity": maturity.map(Maturity::word),
        }),
        Input::Setting { own, host, own_population, host_population } => json!({
            "setting": own, "host_setting": host,
            "population": own_population, "host_population": host_population,
        }),
        Input::Ease { cost, replicability } => json!({
            "cost_first_year": cost.first_year(), "cost_setup": cost.setup, "cost_year": cost.year,
            "costs_unknown": cost.n_unknown(), "replicability": replicability.map(Replicability::word),
        }),
        Input::Capacity { used_of } => json!({
            "visits_used": used_of.map(|(used, _)| used), "visits_taken": used_of.map(|(_, of)| of),
        }),
    }
}

/// Millionths as a part of 1.
pub fn share(points: Points) -> f64 {
    points as f64 / 1e6
}
