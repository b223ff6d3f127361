//! The tables as data: columns in their order, keys first, and what a cell holds.
//!
//! Both homes make their queries from these lists, so a column is named once. The migrations hold
//! types and rules; the contract tests fail when the two disagree.
//!
//! Design: written-out statements for each table in two dialects were many texts that had to agree.

use std::collections::BTreeSet;

use crate::model::Table;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Whole number of 16 bits.
    Small,
    /// Whole number of 32 bits.
    Int,
    /// Whole number of 64 bits.
    Big,
    Real,
    Bool,
    /// `YYYY-MM-DD`.
    Date,
    /// Geometry, in EPSG:4326.
    Shape,
    /// The rows of `district_alias`, in their order; no column of the table itself.
    Aliases,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

/// Steps of the schema, in their order: file names below `migrations/geopackage/`.
pub const GEOPACKAGE_MIGRATIONS: &[(&str, &str)] = &[
    ("0001_tables", include_str!("../../migrations/geopackage/0001_tables.sql")),
    ("0002_changes", include_str!("../../migrations/geopackage/0002_changes.sql")),
    ("0003_views", include_str!("../../migrations/geopackage/0003_views.sql")),
    ("0004_identity", include_str!("../../migrations/geopackage/0004_identity.sql")),
    ("0005_hosts", include_str!("../../migrations/geopackage/0005_hosts.sql")),
    ("0006_storage", include_str!("../../migrations/geopackage/0006_storage.sql")),
    ("0007_records", include_str!("../../migrations/geopackage/0007_records.sql")),
    ("0008_lists", include_str!("../../migrations/geopackage/0008_lists.sql")),
    ("0009_steps", include_str!("../../migrations/geopackage/0009_steps.sql")),
    ("0010_homes", include_str!("../../migrations/geopackage/0010_homes.sql")),
];

/// Steps of the schema, in their order: file names below `migrations/postgis/`.
pub const POSTGIS_MIGRATIONS: &[(&str, &str)] = &[
    ("0001_tables", include_str!("../../migrations/postgis/0001_tables.sql")),
    ("0002_changes", include_str!("../../migrations/postgis/0002_changes.sql")),
    ("0003_views", include_str!("../../migrations/postgis/0003_views.sql")),
    ("0004_identity", include_str!("../../migrations/postgis/0004_identity.sql")),
    ("0005_hosts", include_str!("../../migrations/postgis/0005_hosts.sql")),
    ("0006_storage", include_str!("../../migrations/postgis/0006_storage.sql")),
    ("0007_records", include_str!("../../migrations/postgis/0007_records.sql")),
    ("0008_lists", include_str!("../../migrations/postgis/0008_lists.sql")),
    ("0009_steps", include_str!("../../migrations/postgis/0009_steps.sql")),
    ("0010_homes", include_str!("../../migrations/postgis/0010_homes.sql")),
];

/// Version of the schema that this program reads and writes.
pub const SCHEMA_VERSION: i64 = GEOPACKAGE_MIGRATIONS.len() as i64;

macro_rules! columns {
    ($($name:ident $kind:ident),+ $(,)?) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind }),+]
    };
}

/// Columns of a table, the key's first.
#[expect(clippy::too_many_lines, reason = "a table of tables")]
pub(super) const fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::District => columns![
            code Text, number Int, name_mn Text, name_en Text, nso_code Text, ebarilga_code Text,
            illustrative Bool, aliases Aliases,
        ],
        Table::Vintage => columns![
            id Text, valid_from Date, valid_to Date, title_mn Text, title_en Text, source Text,
            illustrative Bool,
        ],
        Table::Khoroo => columns![
            vintage Text, code Text, district Text, number Int, name_mn Text, name_en Text,
            nso_code Text, land_code Text, ebarilga_code Text, population Big, population_year Small,
            households Big, illustrative Bool, shape Shape,
        ],
        Table::DistrictVersion => columns![
            vintage Text, district Text, population Big, population_year Small, dissolved Bool,
            illustrative Bool, shape Shape,
        ],
        Table::Lineage => columns![
            from_vintage Text, from_code Text, to_vintage Text, to_code Text, kind Text,
            area_share Real, population_share Real, stated Bool, illustrative Bool,
        ],
        Table::ContextLine => columns![
            id Text, kind Text, name_mn Text, name_en Text, illustrative Bool, line Shape,
        ],
        Table::Cycle => columns![
            id Text, title_mn Text, title_en Text, starts_on Date, ends_on Date, vintage Text,
            replications_reported Bool, illustrative Bool,
        ],
        Table::Theme | Table::Setting | Table::Rating | Table::Step => {
            columns![code Text, name_mn Text, name_en Text, position Int, active Bool]
        }
        Table::ReplicationStatus => columns![
            code Text, name_mn Text, name_en Text, position Int, counts Bool, active Bool,
        ],
        Table::Practice => columns![
            id Text, title_mn Text, title_en Text, summary_mn Text, summary_en Text, theme Text,
            host_vintage Text, host_code Text, status Text, started_on Date, problem_mn Text,
            problem_en Text, what_we_did_mn Text, what_we_did_en Text, result_mn Text, result_en Text,
            setting Text, cost_setup Big, cost_year Big, people_served Big, replicability Text,
            maturity Text, last_confirmed_on Date, illustrative Bool, location Shape,
        ],
        Table::Identification => columns![
            practice Text, cycle Text, khoroo_vintage Text, khoroo_code Text, entered_on Date,
            stage Text, decision Text, awarded Bool, mode Text, cost Big, invited Big, attended Big,
            illustrative Bool,
        ],
        Table::Replication => columns![
            id Text, practice Text, khoroo_vintage Text, khoroo_code Text, cycle Text, status Text,
            decided_on Date, completed_on Date, learning_route Text, adaptations Text,
            people_served Big, illustrative Bool,
        ],
        Table::FundingSource => columns![
            code Text, name_mn Text, name_en Text, position Int, direct Bool, active Bool,
        ],
        Table::Trainer => columns![
            id Text, org Text, tot_year Small, languages Text, active Bool, illustrative Bool,
        ],
        Table::PracticeStatusChange => columns![
            practice Text, changed_on Date, status Text, illustrative Bool,
        ],
        Table::IdentificationStage => columns![
            practice Text, cycle Text, stage Text, reached_on Date, decision Text, awarded Bool,
            illustrative Bool,
        ],
        Table::Workshop => columns![
            id Text, cycle Text, scope Text, district Text, held_on Date, mode Text, venue Text, cost Big,
            invited Big, attended_f Big, attended_m Big, attended_unknown Big, illustrative Bool,
        ],
        Table::WorkshopPractice => columns![workshop Text, practice Text, illustrative Bool],
        Table::Visit => columns![
            id Text, cycle Text, host_vintage Text, host_code Text, held_on Date, mode Text, status Text,
            cost Big, travel_min Big, invited Big, attended Big, learning_points Text, action_plan Text,
            host_feedback Small, visitor_feedback Small, trainer Text, illustrative Bool,
        ],
        Table::VisitVisitor => columns![
            visit Text, khoroo_vintage Text, khoroo_code Text, people Big, illustrative Bool,
        ],
        Table::VisitPractice => columns![visit Text, practice Text, illustrative Bool],
        Table::Vote => columns![
            khoroo_vintage Text, khoroo_code Text, practice Text, cycle Text, rank Big, votes Big, voters
            Big, citizens_involved Bool, decided_on Date, decision Text, planned_year Small, mode Text, cost
            Big, invited Big, attended Big, illustrative Bool,
        ],
        Table::ReplicationStatusChange => columns![
            replication Text, changed_on Date, status Text, illustrative Bool,
        ],
        Table::BudgetLine => columns![
            replication Text, position Int, source Text, amount Big, fiscal_year Small, illustrative Bool,
        ],
        Table::Review => columns![
            id Text, replication Text, reviewed_on Date, mode Text, rating Text, comment Text, follow_up_by
            Date, trainer Text, illustrative Bool,
        ],
        Table::ReviewReviewer => columns![
            review Text, khoroo_vintage Text, khoroo_code Text, illustrative Bool,
        ],
        Table::Training => columns![
            id Text, org Text, title_mn Text, title_en Text, topic Text, held_on Date, form Text,
            target_group Text, participants_f Big, participants_m Big, participants_unknown Big,
            pre_score_pct Real, post_score_pct Real, n_pre Big, n_post Big, satisfaction_pct Real, n_survey
            Big, cost Big, illustrative Bool,
        ],
        Table::Need => columns![
            id Text, khoroo_vintage Text, khoroo_code Text, theme Text, text Text, urgency Small, since
            Date, status Text, illustrative Bool,
        ],
        Table::Offer => columns![
            id Text, khoroo_vintage Text, khoroo_code Text, practice Text, capacity_per_quarter Big, mode
            Text, max_group Big, status Text, illustrative Bool,
        ],
        Table::KhorooFact => columns![
            khoroo_vintage Text, khoroo_code Text, year Small, population Big, households Big, setting Text,
            office_address Text, phone Text, opening_hours Text, source Text, illustrative Bool, office
            Shape,
        ],
        Table::TravelTime => columns![
            from_vintage Text, from_code Text, to_vintage Text, to_code Text, minutes Big, source Text,
            illustrative Bool,
        ],
    }
}

/// Columns of the tables that a store has, which may be of an older schema.
#[derive(Debug)]
pub(super) struct Present(BTreeSet<(String, String)>);

impl Present {
    /// From pairs of table and column.
    pub fn new(columns: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(columns.into_iter().collect())
    }

    /// The tables there are, in their order.
    pub fn tables(&self) -> impl Iterator<Item = Table> {
        Table::ALL.iter().copied().filter(|&table| self.has(table, columns(table)[0].name))
    }

    pub fn has(&self, table: Table, column: &str) -> bool {
        self.0.contains(&(table.name().to_owned(), column.to_owned()))
    }
}

pub(super) fn key_columns(table: Table) -> &'static [Column] {
    &columns(table)[..=table.key_separators().len()]
}

/// Columns that stand in the table itself.
pub(super) fn own_columns(table: Table) -> impl Iterator<Item = &'static Column> {
    columns(table).iter().filter(|c| c.kind != Kind::Aliases)
}

/// Position of the mark of invented rows, where the table has it.
pub(super) fn illustrative_idx(table: Table) -> Option<usize> {
    columns(table).iter().position(|c| c.name == "illustrative")
}

/// The column with geometry, where the table has one.
pub(super) fn shape_column(table: Table) -> Option<&'static str> {
    columns(table).iter().find(|c| c.kind == Kind::Shape).map(|c| c.name)
}
