//! Who may see a figure or field: everybody, or only the internal listener.
//!
//! Internal unless listed: what is added later is private until somebody decides otherwise here.
//! Kinds of records without a public field are internal as a whole: they are counted for everybody, but
//! shown one by one only to the office.

use super::change::Table;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    Public,
    /// The second listener.
    Internal,
}

/// Fields of the public face, as `subject.field`; everything else is internal.
pub const PUBLIC: &[&str] = &[
    "district.code",
    "district.number",
    "district.name_mn",
    "district.name_en",
    "district.nso_code",
    "district.ebarilga_code",
    "vintage.id",
    "vintage.valid_from",
    "vintage.valid_to",
    "vintage.title_mn",
    "vintage.title_en",
    "vintage.source",
    "vintage.illustrative",
    "khoroo.code",
    "khoroo.vintage",
    "khoroo.district",
    "khoroo.number",
    "khoroo.name_mn",
    "khoroo.name_en",
    "khoroo.nso_code",
    "khoroo.land_code",
    "khoroo.ebarilga_code",
    "khoroo.population",
    "khoroo.population_year",
    "khoroo.households",
    "khoroo.area_km2",
    "khoroo.identifications",
    "khoroo.replications",
    "khoroo.replications_hosted",
    "district.population",
    "district.population_year",
    "district.households",
    "district.area_km2",
    "district.khoroos",
    "district.khoroos_entering",
    "district.identifications",
    "district.replications",
    "district.replications_hosted",
    "practice.id",
    "practice.title_mn",
    "practice.title_en",
    "practice.summary_mn",
    "practice.summary_en",
    "practice.theme",
    "practice.host",
    "practice.status",
    "practice.maturity",
    "practice.location",
    "identification.cycle",
    "identification.khoroo",
    "identification.entered_on",
    "identification.mode",
    "identification.cost",
    "identification.invited",
    "identification.attended",
    "workshop.id",
    "workshop.cycle",
    "workshop.held_on",
    "workshop.mode",
    "workshop.cost",
    "workshop.invited",
    "workshop.attended",
    "replication.id",
    "replication.practice",
    "replication.khoroo",
    "replication.cycle",
    "replication.status",
    "replication.decided_on",
    "replication.completed_on",
    "replication.people_served",
    "budget_line.replication",
    "budget_line.source",
    "budget_line.amount",
    "budget_line.fiscal_year",
    "training.id",
    "training.org",
    "training.title",
    "training.held_on",
    "training.form",
    "training.participants",
    "training.scores",
    "training.satisfaction",
];

/// True when `field`, written `subject.field`, may be shown to everybody.
pub fn is_public(field: &str) -> bool {
    PUBLIC.contains(&field)
}

/// True when everybody may see records of a kind one by one.
pub fn is_public_kind(table: Table) -> bool {
    let name = table.name();
    PUBLIC.iter().any(|field| field.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}
