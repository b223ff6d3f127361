//! What every figure means, in words that settle a dispute.
//!
//! One file a subject. `http` serves these lists as they are; nothing else says what a figure means.

mod cards;
mod flow;
mod measures;
mod spread;
mod trainings;
mod visits;

use super::Base;
use crate::model::written;

/// The meaning of a figure, a served constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Its name in addresses, JSON and tiles.
    pub id: &'static str,
    /// What is counted; `None` for facts and for words that are no figure.
    pub base: Option<Base>,
    /// `practices`, `replications`, `per 10,000 residents` …; empty for a bare yes or no.
    pub unit: &'static str,
    pub name_mn: &'static str,
    pub name_en: &'static str,
    pub definition_mn: &'static str,
    pub definition_en: &'static str,
}

impl Definition {
    /// Digits behind the point of its figures, by the rule of [`written`]; an estimate may have more.
    pub fn decimals(&self) -> u8 {
        match (self.id, self.unit) {
            (_, "per 10,000 residents" | "0 to 1") => written::RATE_DECIMALS,
            ("plan_mean_minutes", _) | (_, "days" | "%" | "percentage points") => written::AVERAGE_DECIMALS,
            _ => 0,
        }
    }
}

/// Every figure that is served, measures first.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    measures::MEASURES
        .iter()
        .chain(&cards::CARDS)
        .chain(&flow::FLOW)
        .chain(&trainings::TRAININGS)
        .chain(&visits::VISITS)
        .chain(&spread::SPREAD)
}

/// Panics on an id without definition: a figure must not be made without one.
pub(super) fn definition(id: &str) -> &'static Definition {
    definitions().find(|d| d.id == id).unwrap_or_else(|| panic!("figure `{id}` has no definition"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::snapshot::Measure;

    #[test]
    fn every_measure_has_one_definition_in_both_languages() {
        let ids: BTreeSet<&str> = definitions().map(|d| d.id).collect();
        assert_eq!(ids.len(), definitions().count());
        for measure in Measure::ALL {
            assert!(ids.contains(measure.word()), "{}", measure.word());
        }
        let is_cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        for d in definitions() {
            assert!(is_cyrillic(d.definition_mn) && !is_cyrillic(d.definition_en), "{}", d.id);
            assert!(is_cyrillic(d.name_mn) && !is_cyrillic(d.name_en), "{}", d.id);
            assert!(!d.definition_mn.contains("  ") && !d.definition_en.contains("  "), "{}", d.id);
        }
    }

    #[test]
    fn figures_of_plans_have_their_decimals() {
        for (id, decimals) in [
            ("plan_needs_served", 0),
            ("plan_highest_load", 0),
            ("plan_total_minutes", 0),
            ("plan_mean_minutes", 1),
            ("plan_gini_load", 2),
            ("plan_same_setting_share", 2),
            ("plan_mean_score", 2),
        ] {
            assert_eq!(definition(id).decimals(), decimals, "{id}");
        }
    }

    #[test]
    fn what_is_few_in_a_definition_is_what_is_few_in_the_rule() {
        let few = crate::tracker::RATINGS_SHOWN_FROM.to_string();
        let rating = definition("rating");
        assert!(rating.definition_en.contains(&format!("fewer than {few} copies")));
        assert!(rating.definition_mn.contains(&format!("{few}-аас цөөн")));
        let few = crate::tracker::SCORES_SHOWN_FROM.to_string();
        for id in ["score_before", "satisfaction"] {
            let mean = definition(id);
            assert!(mean.definition_en.contains(&format!("fewer than {few} people")), "{id}");
            assert!(mean.definition_mn.contains(&format!("{few}-аас цөөн")), "{id}");
        }
    }
}
