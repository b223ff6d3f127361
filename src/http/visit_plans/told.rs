//! A plan told in JSON, and why there is none.
//!
//! Owns: from numbers of khoroos and practices to codes, ids and names.

use std::collections::BTreeMap;

use serde_json::json;

use super::shape::{
    AlternativeOut, AssignmentOut, ComparisonOut, EffectOut, FiguresOut, HostOut, PlaceOut, PlanOut,
    PracticeRoomOut, QuarterOut, UnservedOut, VisitOut, short, tenths,
};
use crate::http::neighbours::to_mm;
use crate::http::partners::{MethodOut, TravelOut, WITHHELD, share};
use crate::http::visit_plans::ask::{Office, fault, working_days};
use crate::model::audience::Audience;
use crate::model::{Lang, Mode};
use crate::partners::{Settings, words};
use crate::snapshot::Unit;
use crate::visits::fault::{Fault, Why};
use crate::visits::month::{
    Alternative, Assignment, CAPACITY_DEFAULT, Effect, Fixed, HostLoad, Month, Order, OrderError, Quarter,
    QuarterLoad, Unserved, WhyUnserved,
};
use crate::visits::plan::Comparison;
use crate::visits::words as told;

/// The answer to an order.
pub fn out(office: &Office<'_>, settings: &Settings, order: &Order, month: &Month) -> PlanOut {
    let teller = Teller { office, quarters: &order.quarters };
    let is_public = order.audience == Audience::Public;
    let capacity = order.capacity.or_else(|| is_public.then_some(CAPACITY_DEFAULT));
    let says = |lang| told::plan(&month.plan, &month.nearest, &month.greedy, lang);
    PlanOut {
        vintage: office.view.vintage.id.to_string(),
        from: order.from.to_string(),
        to: order.to.to_string(),
        working_days: working_days(office.calendar, order.from, order.to),
        visits: order.visits,
        capacity,
        capacity_source: match (order.capacity, is_public) {
            (Some(_), _) => "asked",
            (None, true) => "default",
            (None, false) => "offers",
        },
        group: order.group,
        mode: order.mode.map(crate::model::Mode::word),
        fairness: order.fairness,
        visitors: order.guests.len(),
        needs: month.plan.needs,
        needs_served: month.plan.needs_served,
        assignments: month.assignments.iter().map(|one| teller.assignment(one)).collect(),
        unserved: month.unserved.iter().map(|one| teller.unserved(one)).collect(),
        without_needs: month.without_needs.iter().map(|&khoroo| teller.code(khoroo)).collect(),
        hosts: month.hosts.iter().map(|one| teller.host(one)).collect(),
        comparison: ComparisonOut {
            plan: FiguresOut::of(&month.plan),
            nearest: FiguresOut::of(&month.nearest),
            greedy: FiguresOut::of(&month.greedy),
        },
        effect: month.effect.as_ref().map(|effect| teller.effect(&month.plan, effect)),
        sentence_mn: says(Lang::Mn),
        sentence_en: says(Lang::En),
        method: MethodOut::of(settings, order.from),
        withheld: if is_public { WITHHELD.into_iter().chain(["group_limits"]).collect() } else { Vec::new() },
        illustrative: office.world.snapshot.illustrative,
    }
}

/// Why an order has no plan, as a fault of its fields.
pub fn refused(office: &Office<'_>, order: &Order, error: OrderError) -> Fault {
    let pair = |fixed: &Fixed| {
        let visitor = &office.view.geography.khoroos[fixed.khoroo].code;
        format!("{visitor}:{}", office.world.snapshot.records.practices[fixed.practice].id)
    };
    let (field, given) = match &error {
        OrderError::TooManyPairs => ("visitors", "these".to_owned()),
        OrderError::TooManyVisits { .. } => ("visits", order.visits.to_string()),
        OrderError::NoVisitor(fixed)
        | OrderError::NoPractice(fixed)
        | OrderError::NoNeed(fixed)
        | OrderError::Barred(fixed, _)
        | OrderError::Impossible { fixed, .. } => ("fixed", pair(fixed)),
    };
    fault(field, &given, Why::Order(error))
}

struct Teller<'a> {
    office: &'a Office<'a>,
    /// Of the order.
    quarters: &'a [Quarter],
}

impl Teller<'_> {
    fn unit(&self, khoroo: usize) -> &Unit {
        &self.office.view.geography.khoroos[khoroo]
    }

    fn code(&self, khoroo: usize) -> String {
        self.unit(khoroo).code.clone()
    }

    fn theme(&self, theme: Option<u32>) -> Option<String> {
        theme.map(|theme| self.office.roster.theme_code(theme).to_owned())
    }

    fn practice(&self, practice: usize) -> &crate::model::Practice {
        &self.office.world.snapshot.records.practices[practice]
    }

    fn assignment(&self, one: &Assignment) -> AssignmentOut {
        let suggestion = &one.suggestion;
        let practice = self.practice(suggestion.practice);
        let geography = &self.office.view.geography;
        let host = self.unit(suggestion.host);
        let district = &geography.districts[geography.district_of[suggestion.host] as usize];
        let title_en = practice.title_en.as_deref().unwrap_or(&practice.title_mn);
        let host_mn = format!("{} дүүргийн {}", district.name_mn, host.name_mn);
        let host_en = format!("{}, {}", host.name_en, district.name_en);
        let part = |part: &crate::partners::Part| (part.kind.word().to_owned(), json!(share(part.points)));
        AssignmentOut {
            visitor: PlaceOut::of(self.unit(one.khoroo)),
            host: PlaceOut::of(host),
            practice: practice.id.clone(),
            title_mn: practice.title_mn.clone(),
            title_en: practice.title_en.clone(),
            theme: practice.theme.clone(),
            need: self.theme(one.need),
            score: share(suggestion.score),
            parts: suggestion.parts.iter().map(part).collect(),
            minutes: suggestion.travel_minutes(),
            travel: (suggestion.mode != Mode::Virtual).then(|| TravelOut::of(&suggestion.way)),
            distance_m: suggestion.distance_m.map(to_mm),
            mode: suggestion.mode.word(),
            quarter: one.quarter.map(|nth| self.quarters[nth].name()),
            same_setting: one.same_setting,
            fixed: one.is_fixed,
            sentence_mn: words::sentence(suggestion, &host_mn, &practice.title_mn, Lang::Mn),
            sentence_en: words::sentence(suggestion, &host_en, title_en, Lang::En),
            alternatives: one.alternatives.iter().map(|other| self.alternative(other)).collect(),
            illustrative: practice.illustrative || self.office.view.vintage.illustrative,
        }
    }

    fn alternative(&self, other: &Alternative) -> AlternativeOut {
        let practice = self.practice(other.pairing.practice);
        AlternativeOut {
            host: PlaceOut::of(self.unit(other.pairing.host)),
            practice: practice.id.clone(),
            title_mn: practice.title_mn.clone(),
            title_en: practice.title_en.clone(),
            score: share(other.pairing.score),
            minutes: other.pairing.travel_minutes(),
            mode: other.pairing.mode.word(),
            free: other.is_free,
        }
    }

    fn unserved(&self, one: &Unserved) -> UnservedOut {
        let codes =
            |khoroos: &[usize]| -> Vec<String> { khoroos.iter().map(|&khoroo| self.code(khoroo)).collect() };
        let (code, competing, hosts, barred) = match &one.why {
            WhyUnserved::NoHost { barred } => ("no_host", Vec::new(), Vec::new(), barred.clone()),
            WhyUnserved::NoMoreHosts { barred } => ("no_more_hosts", Vec::new(), Vec::new(), barred.clone()),
            WhyUnserved::VisitsUsed => ("visits_used", Vec::new(), Vec::new(), BTreeMap::new()),
            WhyUnserved::PlacesTaken { competing, hosts, .. } => {
                ("places_taken", codes(competing), codes(hosts), BTreeMap::new())
            }
        };
        UnservedOut {
            visitor: PlaceOut::of(self.unit(one.khoroo)),
            need: self.theme(one.need),
            missing: one.missing,
            code,
            competing,
            hosts,
            barred,
            text_mn: told::unserved(&one.why, Lang::Mn),
            text_en: told::unserved(&one.why, Lang::En),
        }
    }

    fn host(&self, one: &HostLoad) -> HostOut {
        HostOut {
            host: PlaceOut::of(self.unit(one.khoroo)),
            visits: one.visits,
            places: one.places,
            quarters: one.quarters.iter().map(|quarter| self.quarter(quarter)).collect(),
        }
    }

    fn quarter(&self, load: &QuarterLoad) -> QuarterOut {
        let practice = |&(practice, visits, places): &(usize, u32, u32)| PracticeRoomOut {
            practice: self.practice(practice).id.clone(),
            visits,
            places,
        };
        QuarterOut {
            quarter: load.quarter.name(),
            from: load.quarter.from.to_string(),
            to: load.quarter.to.to_string(),
            visits: load.visits,
            places: load.places,
            practices: load.practices.iter().map(practice).collect(),
        }
    }

    fn effect(&self, with: &Comparison, effect: &Effect) -> EffectOut {
        let without = &effect.without_fixed;
        let off = |with: Option<f64>, without: Option<f64>| {
            with.zip(without).map(|(with, without)| short(with - without))
        };
        let minutes_off = |with: Option<f64>, without: Option<f64>| {
            with.zip(without).map(|(with, without)| tenths(with - without))
        };
        let visit = |&(visitor, practice, host): &(usize, usize, usize)| VisitOut {
            visitor: self.code(visitor),
            host: self.code(host),
            practice: self.practice(practice).id.clone(),
        };
        EffectOut {
            without_fixed: FiguresOut::of(without),
            needs_served: i64::from(with.needs_served) - i64::from(without.needs_served),
            visitors_served: i64::from(with.visitors_served) - i64::from(without.visitors_served),
            mean_score: off(with.mean_score, without.mean_score),
            journeys: i64::from(with.journeys) - i64::from(without.journeys),
            online: i64::from(with.online) - i64::from(without.online),
            mean_minutes: minutes_off(with.mean_minutes, without.mean_minutes),
            total_minutes: minutes_off(with.total_minutes, without.total_minutes),
            highest_load: i64::from(with.highest_load) - i64::from(without.highest_load),
            gini_load: off(with.gini_load, without.gini_load),
            same_setting_share: off(with.same_setting_share, without.same_setting_share),
            added: effect.added.iter().map(visit).collect(),
            dropped: effect.dropped.iter().map(visit).collect(),
            text_mn: told::effect(with, without, Lang::Mn),
            text_en: told::effect(with, without, Lang::En),
        }
    }
}
