//! The tables as data: columns in their order, keys first, and what a cell holds.
//!
//! Both homes make their queries from these lists, so a column is named once. The migrations hold
//! types and rules; the contract tests fail when the two disagree.
//!
//! Design: written-out statements for twelve tables in two dialects were 72 texts that had to agree.

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
];

/// Steps of the schema, in their order: file names below `migrations/postgis/`.
pub const POSTGIS_MIGRATIONS: &[(&str, &str)] = &[
    ("0001_tables", include_str!("../../migrations/postgis/0001_tables.sql")),
    ("0002_changes", include_str!("../../migrations/postgis/0002_changes.sql")),
    ("0003_views", include_str!("../../migrations/postgis/0003_views.sql")),
    ("0004_identity", include_str!("../../migrations/postgis/0004_identity.sql")),
    ("0005_hosts", include_str!("../../migrations/postgis/0005_hosts.sql")),
    ("0006_storage", include_str!("../../migrations/postgis/0006_storage.sql")),
];

/// Version of the schema that this program reads and writes.
pub const SCHEMA_VERSION: i64 = GEOPACKAGE_MIGRATIONS.len() as i64;

macro_rules! columns {
    ($($name:ident $kind:ident),+ $(,)?) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind }),+]
    };
}

/// Columns of a table, the key's first.
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
        Table::Theme => columns![code Text, name_mn Text, name_en Text, position Int, active Bool],
        Table::ReplicationStatus => columns![
            code Text, name_mn Text, name_en Text, position Int, counts Bool, active Bool,
        ],
        Table::Practice => columns![
            id Text, title_mn Text, title_en Text, summary_mn Text, summary_en Text, theme Text,
            host_vintage Text, host_code Text, status Text, illustrative Bool, location Shape,
        ],
        Table::Identification => columns![
            practice Text, cycle Text, khoroo_vintage Text, khoroo_code Text, entered_on Date,
            stage Text, decision Text, awarded Bool, illustrative Bool,
        ],
        Table::Replication => columns![
            id Text, practice Text, khoroo_vintage Text, khoroo_code Text, cycle Text, status Text,
            decided_on Date, completed_on Date, illustrative Bool,
        ],
        _ => &[],
    }
}

/// Tables that the schema has.
pub(super) fn tables() -> impl DoubleEndedIterator<Item = Table> {
    Table::ALL.iter().copied().filter(|&table| !columns(table).is_empty())
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
