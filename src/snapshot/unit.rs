//! A khoroo or a district as every answer shows it: names resolved, facts filled in.
//!
//! Owns: which name stands where none is given, and how a district's facts follow from its khoroos'.

use crate::model::code::KHOROO_NUMBER_LIMIT;
use crate::model::{District, DistrictCode, DistrictVersion, GridBox, GridPoint, Khoroo, Lang, naming};

/// A khoroo or a district as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// `bzd-26` or `bzd`.
    pub code: String,
    pub district: DistrictCode,
    /// Khoroo number, or district number.
    pub number: u32,
    /// District number × 1 000 000 + khoroo number; 0 in the latter part for a district.
    pub mvt_id: u64,
    pub name_mn: String,
    pub name_en: String,
    pub nso_code: Option<String>,
    pub land_code: Option<String>,
    pub ebarilga_code: Option<String>,
    pub population: Option<i64>,
    /// `None` also where a district's khoroos were counted in different years.
    pub population_year: Option<i16>,
    pub households: Option<i64>,
    /// Geodesic, square kilometres.
    pub area_km2: Option<f64>,
    pub bounds: Option<GridBox>,
    /// A point inside, for the label.
    pub label: Option<GridPoint>,
    /// From that point to the unit's border, metres.
    pub room_m: Option<f64>,
}

impl Unit {
    /// A khoroo without its geometry: `area_km2`, `bounds`, `label` and `room_m` are filled in by the coverage.
    pub(super) fn of_khoroo(khoroo: &Khoroo, district_number: u32) -> Self {
        let code = khoroo.code();
        Self {
            code: code.to_string(),
            district: code.district.clone(),
            number: code.number,
            mvt_id: mvt_id(district_number, code.number),
            name_mn: khoroo.name_mn.clone().unwrap_or_else(|| naming::khoroo_name(code.number, Lang::Mn)),
            name_en: khoroo.name_en.clone().unwrap_or_else(|| naming::khoroo_name(code.number, Lang::En)),
            nso_code: khoroo.nso_code.clone(),
            land_code: khoroo.land_code.clone(),
            ebarilga_code: khoroo.ebarilga_code.clone(),
            population: khoroo.population,
            population_year: khoroo.population_year,
            households: khoroo.households,
            area_km2: None,
            bounds: None,
            label: None,
            room_m: None,
        }
    }

    /// A district over its khoroos in one vintage, without label.
    ///
    /// - Population: the district's own figure; without one the sum of its khoroos, if all are known.
    /// - Households and area: sums, if all khoroos are known.
    pub(super) fn of_district(
        district: &District,
        version: Option<&DistrictVersion>,
        khoroos: &[Self],
    ) -> Self {
        let (population, population_year) = match version.and_then(|v| v.population) {
            Some(own) => (Some(own), version.and_then(|v| v.population_year)),
            None => (sum(khoroos, |k| k.population), common_year(khoroos)),
        };
        let areas: Option<Vec<f64>> = khoroos.iter().map(|k| k.area_km2).collect();
        Self {
            code: district.code.to_string(),
            district: district.code.clone(),
            number: district.number,
            mvt_id: mvt_id(district.number, 0),
            name_mn: district.name_mn.clone(),
            name_en: district.name_en.clone(),
            nso_code: district.nso_code.clone(),
            land_code: None,
            ebarilga_code: district.ebarilga_code.clone(),
            population,
            population_year,
            households: sum(khoroos, |k| k.households),
            area_km2: areas.filter(|a| !a.is_empty()).map(|a| a.iter().sum()),
            bounds: khoroos.iter().filter_map(|k| k.bounds).reduce(GridBox::union),
            label: None,
            room_m: None,
        }
    }

    /// Takes over what the district's own row says; lines and facts of the vintage stay.
    pub(super) fn rename_district(&mut self, district: &District) {
        self.name_mn.clone_from(&district.name_mn);
        self.name_en.clone_from(&district.name_en);
        self.nso_code.clone_from(&district.nso_code);
        self.ebarilga_code.clone_from(&district.ebarilga_code);
    }
}

fn mvt_id(district_number: u32, khoroo_number: u32) -> u64 {
    u64::from(district_number) * u64::from(KHOROO_NUMBER_LIMIT) + u64::from(khoroo_number)
}

/// The sum of what every khoroo knows; unknown if one does not, or if there is none.
fn sum(khoroos: &[Unit], of: impl Fn(&Unit) -> Option<i64>) -> Option<i64> {
    if khoroos.is_empty() { None } else { khoroos.iter().map(of).sum() }
}

fn common_year(khoroos: &[Unit]) -> Option<i16> {
    let first = khoroos.first()?.population_year;
    first.filter(|_| khoroos.iter().all(|k| k.population_year == first))
}
