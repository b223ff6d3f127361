//! Who may see a figure or field: everybody, or only the internal listener.
//!
//! Internal unless listed: what is added later is private until somebody decides otherwise here.

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
    "practice.id",
    "practice.title_mn",
    "practice.title_en",
    "practice.summary_mn",
    "practice.summary_en",
    "practice.theme",
    "practice.host",
    "practice.status",
    "practice.location",
];

/// True when `field`, written `subject.field`, may be shown to everybody.
pub fn is_public(field: &str) -> bool {
    PUBLIC.contains(&field)
}
