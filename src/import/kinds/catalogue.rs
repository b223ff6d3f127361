//! The table of kinds: every sheet and column that is read.

mod ground;
mod steps;

use super::{Column, Holds, Kind};

/// In the order in which their records are built: referenced ones first.
pub const KINDS: &[Kind] = &[
    ground::VINTAGES,
    ground::KHOROOS,
    ground::CYCLES,
    ground::THEMES,
    ground::REPLICATION_STATUSES,
    ground::SETTINGS,
    ground::FUNDING_SOURCES,
    ground::RATINGS,
    ground::STEPS,
    ground::TRAINERS,
    steps::PRACTICES,
    steps::PRACTICE_STATUS_CHANGES,
    steps::IDENTIFICATIONS,
    steps::IDENTIFICATION_STAGES,
    steps::WORKSHOPS,
    steps::VISITS,
    steps::VOTES,
    steps::REPLICATIONS,
    steps::REPLICATION_STATUS_CHANGES,
    steps::BUDGET_LINES,
    steps::REVIEWS,
    steps::TRAININGS,
    steps::NEEDS,
    steps::OFFERS,
    ground::KHOROO_FACTS,
    ground::TRAVEL_TIMES,
];

const COUNT: Holds = Holds::Integer(0, 100_000_000);
const YEAR: Holds = Holds::Integer(1990, 2100);
const LONG: Holds = Holds::Text(10_000);

/// Says of a row that it is invented, so that samples and trials never pass for records.
const INVENTED: Column = may("illustrative", "Зохиомол", "Invented", &["demo"], Holds::YesNo);

const fn kind(
    name: &'static str,
    mn: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
    columns: &'static [Column],
) -> Kind {
    Kind { name, mn, en, aliases, columns }
}

const fn must(
    field: &'static str,
    mn: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
    holds: Holds,
) -> Column {
    Column { field, mn, en, aliases, holds, is_required: true }
}

const fn may(
    field: &'static str,
    mn: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
    holds: Holds,
) -> Column {
    Column { field, mn, en, aliases, holds, is_required: false }
}
