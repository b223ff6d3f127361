//! The nine districts of Ulaanbaatar, as a store without districts gets them.
//!
//! Names and statistics codes: Mongolian and English Wikipedia and the national statistics office's
//! list of administrative units; `ebarilga` codes: the city's building register; other spellings:
//! seen in published layers and reports. Order and numbers are the statistics office's.

use crate::model::code::DistrictCode;
use crate::model::place::District;

/// The city with its exclaves: west, south, east, north in degrees.
pub const CITY_BOUNDS: [f64; 4] = [106.363, 47.302, 108.501, 48.272];

/// A district of the city, before it becomes a row.
#[derive(Debug, Clone, Copy)]
pub struct CityDistrict {
    pub code: &'static str,
    pub name_mn: &'static str,
    pub name_en: &'static str,
    pub nso_code: &'static str,
    pub ebarilga_code: &'static str,
    pub aliases: &'static [&'static str],
}

/// In order of their numbers, from 1.
pub const CITY_DISTRICTS: [CityDistrict; 9] = [
    district("bn", "Багануур", "Baganuur", "01", "12", &["БНД", "BND"]),
    district("bkh", "Багахангай", "Bagakhangai", "04", "19", &["БХД", "BKhD", "BHD"]),
    district("bgd", "Баянгол", "Bayangol", "07", "16", &["БГД", "BGD"]),
    district("bzd", "Баянзүрх", "Bayanzurkh", "10", "13", &["БЗД", "BZD"]),
    district("nd", "Налайх", "Nalaikh", "13", "11", &["НД", "НАД", "NAD", "ND"]),
    district("skhd", "Сонгинохайрхан", "Songinokhairkhan", "16", "18", &["СХД", "СХ", "SKhD", "SHD"]),
    district("sbd", "Сүхбаатар", "Sukhbaatar", "19", "14", &["СБД", "SBD"]),
    district("khud", "Хан-Уул", "Khan-Uul", "22", "17", &["ХУД", "KhUD", "HUD"]),
    district("chd", "Чингэлтэй", "Chingeltei", "25", "15", &["ЧД", "ChD"]),
];

const fn district(
    code: &'static str,
    name_mn: &'static str,
    name_en: &'static str,
    nso_code: &'static str,
    ebarilga_code: &'static str,
    aliases: &'static [&'static str],
) -> CityDistrict {
    CityDistrict { code, name_mn, name_en, nso_code, ebarilga_code, aliases }
}

impl CityDistrict {
    /// The row of the district with this number.
    pub fn row(&self, number: u32, illustrative: bool) -> District {
        let code: DistrictCode = self.code.parse().expect("the table holds district codes only");
        District {
            code,
            number,
            name_mn: self.name_mn.into(),
            name_en: self.name_en.into(),
            nso_code: Some(self.nso_code.into()),
            ebarilga_code: Some(self.ebarilga_code.into()),
            aliases: self.aliases.iter().map(ToString::to_string).collect(),
            illustrative,
        }
    }

    /// The rows of all nine.
    pub fn rows(illustrative: bool) -> Vec<District> {
        (1..).zip(&CITY_DISTRICTS).map(|(number, district)| district.row(number, illustrative)).collect()
    }
}
