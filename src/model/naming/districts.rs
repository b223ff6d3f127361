//! Which district a text means.

use std::collections::BTreeMap;

use super::city::CityDistrict;
use crate::model::code::{DistrictCode, KhorooCode};
use crate::model::place::District;

/// Names, abbreviations and codes of a store's districts, looked up whatever their spelling.
#[derive(Debug, Clone, Default)]
pub struct DistrictNames {
    /// By folded spelling; `None` where two districts share it.
    by_key: BTreeMap<String, Option<DistrictCode>>,
    by_nso_code: BTreeMap<String, DistrictCode>,
    by_ebarilga_code: BTreeMap<String, DistrictCode>,
    /// `Баянзүрх (bzd)`, in the order given.
    listed: Vec<String>,
}

impl DistrictNames {
    pub fn new(districts: &[District]) -> Self {
        let mut names = Self::default();
        for district in districts {
            names.listed.push(format!("{} ({})", district.name_mn, district.code));
            for spelling in spellings(district) {
                names.learn(spelling, &district.code);
            }
            if let Some(code) = &district.nso_code {
                names.by_nso_code.insert(code.clone(), district.code.clone());
            }
            if let Some(code) = &district.ebarilga_code {
                names.by_ebarilga_code.insert(code.clone(), district.code.clone());
            }
        }
        names
    }

    /// The nine districts of Ulaanbaatar.
    pub fn of_the_city() -> Self {
        Self::new(&CityDistrict::rows(false))
    }

    fn learn(&mut self, spelling: &str, code: &DistrictCode) {
        self.learn_key(fold(spelling), code);
        // Windows-1251 has no Ө and Ү: tables in it lost them, or have `?` in their place.
        let lost: String = spelling.chars().filter(|c| !matches!(c, 'Ө' | 'ө' | 'Ү' | 'ү')).collect();
        self.learn_key(fold(&lost), code);
    }

    fn learn_key(&mut self, key: String, code: &DistrictCode) {
        if key.is_empty() {
            return;
        }
        let known = self.by_key.entry(key).or_insert_with(|| Some(code.clone()));
        if known.as_ref() != Some(code) {
            *known = None;
        }
    }

    /// The district that the whole text names, with or without the word for district.
    pub fn find(&self, text: &str) -> Option<&DistrictCode> {
        let words: Vec<&str> = letters(text).filter(|word| !is_suffix(word)).collect();
        if words.is_empty() || text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.by_key.get(&fold(&words.concat()))?.as_ref()
    }

    /// The khoroo that a text names by code, or by district and number: `bzd-26`, `БЗД 26`,
    /// `Баянзүрх дүүрэг 26-р хороо`.
    pub fn khoroo(&self, text: &str) -> Option<KhorooCode> {
        let by_code = text.trim().to_lowercase().parse::<KhorooCode>().ok();
        by_code.filter(|code| self.find(code.district.as_str()) == Some(&code.district)).or_else(|| {
            KhorooCode::new(self.find_within(text)?.clone(), super::parse_khoroo_number(text)?).ok()
        })
    }

    /// The one district named somewhere in a text such as `Баянзүрх дүүрэг 26-р хороо` or `БГД_01`.
    pub fn find_within(&self, text: &str) -> Option<&DistrictCode> {
        let words: Vec<&str> = letters(text).collect();
        let mut found = None;
        for start in 0..words.len() {
            // Names of two words: Хан-Уул, Сонгино хайрхан.
            for end in [start + 2, start + 1].into_iter().filter(|end| *end <= words.len()) {
                match (self.by_key.get(&fold(&words[start..end].concat())), found) {
                    (Some(Some(code)), None) => found = Some(code),
                    (Some(Some(code)), Some(other)) if code != other => return None,
                    _ => {}
                }
            }
        }
        found
    }

    /// By the statistics office's code: `10`, also within the city (`1110`, `01110`, `MN1110`).
    pub fn find_by_nso_code(&self, text: &str) -> Option<&DistrictCode> {
        let text = text.trim();
        let digits = text.strip_prefix("MN").unwrap_or(text);
        let code = match digits.len() {
            1 => format!("0{digits}"),
            2 => digits.to_owned(),
            4 => digits.strip_prefix("11")?.to_owned(),
            5 => digits.strip_prefix("011")?.to_owned(),
            _ => return None,
        };
        self.by_nso_code.get(&code)
    }

    /// Every district for a message: `Баянзүрх (bzd), Баянгол (bgd)`.
    pub fn listed(&self) -> String {
        self.listed.join(", ")
    }

    /// By the building register's code.
    pub fn find_by_ebarilga_code(&self, text: &str) -> Option<&DistrictCode> {
        self.by_ebarilga_code.get(text.trim())
    }
}

/// Every way in which a district is written: code, names, aliases.
pub fn spellings(district: &District) -> impl Iterator<Item = &str> {
    let names = [district.code.as_str(), &district.name_mn, &district.name_en];
    names.into_iter().chain(district.aliases.iter().map(String::as_str))
}

/// Words of letters; apostrophes of transliteration belong to the word.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’'))).filter(|word| !word.is_empty())
}

fn is_suffix(word: &str) -> bool {
    matches!(fold(word).as_str(), "dureg" | "dreg" | "durgiin" | "durgin" | "durgin ner" | "district" | "d")
}

/// One spelling for all spellings of a word: Latin letters, lower case, without doubling.
///
/// Cyrillic is transliterated first; then ü, v and u are one letter, so are ö and o, y and i, ts and c,
/// kh, x and h. Anything but letters is dropped. Not a transliteration to show: it only compares.
pub fn fold(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match cyrillic(c) {
            Some(letters) => latin.push_str(letters),
            None => latin.extend(plain(c)),
        }
    }
    let joined = latin.replace("kh", "h").replace("ts", "c");
    let mut folded = String::with_capacity(joined.len());
    for c in joined.chars() {
        let c = match c {
            'v' => 'u',
            'x' => 'h',
            'y' => 'i',
            c => c,
        };
        if !folded.ends_with(c) {
            folded.push(c);
        }
    }
    folded
}

/// Latin letters of a Cyrillic one; `w` for в keeps it apart from the v that people write for ү.
const fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "w",
        'г' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ё' => "io",
        'ж' => "j",
        'з' => "z",
        'и' | 'й' | 'ы' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' | 'ө' | 'є' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ї' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "c",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ъ' | 'ь' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => return None,
    })
}

/// A Latin letter without its marks, `None` for what is no letter.
fn plain(c: char) -> Option<char> {
    match c {
        'ü' | 'ú' | 'ū' | 'ʉ' => Some('u'),
        'ö' | 'ó' | 'ō' | 'ɵ' => Some('o'),
        'á' | 'ā' => Some('a'),
        'é' | 'ē' | 'è' => Some('e'),
        'í' | 'ī' => Some('i'),
        c if c.is_alphabetic() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Held by the viewer's table too (`web/src/i18n/fold.ts`).
    #[test]
    fn words_are_folded_as_the_viewer_folds_them() {
        let cases = include_str!("../../../web/src/i18n/fold.cases.json");
        let cases: Vec<(String, String)> = serde_json::from_str(cases).expect("pairs");
        assert!(cases.len() > 15);
        for (text, folded) in cases {
            assert_eq!(fold(&text), folded, "{text}");
        }
    }

    #[test]
    fn a_district_is_known_by_every_spelling() {
        let names = DistrictNames::of_the_city();
        let table: [(&str, &[&str]); 9] = [
            ("bn", &["Багануур", "Багануур дүүрэг", "Baganuur", "BAGANUR", "БНД", "BND", "bn"]),
            ("bkh", &["Багахангай", "Bagakhangai", "Bagahangai", "Bagakhangay", "БХД", "BHD", "BKhD"]),
            ("bgd", &["Баянгол", "баянгол дүүргийн", "Bayangol district", "Bayan gol", "БГД", "BGD"]),
            (
                "bzd",
                &[
                    "Баянзүрх",
                    "БАЯНЗҮРХ ДҮҮРЭГ",
                    "Баянзурх",
                    "Bayanzürkh",
                    "Bayanzurh",
                    "Bayanzvrkh",
                    "Baianzurh",
                    "БЗД",
                ],
            ),
            ("nd", &["Налайх", "Nalaikh", "Nalaih", "Nalaykh", "НД", "НАД", "NAD"]),
            (
                "skhd",
                &[
                    "Сонгинохайрхан",
                    "Сонгино хайрхан",
                    "Songinokhairkhan",
                    "Songinohairhan",
                    "СХД",
                    "СХ",
                    "SHD",
                ],
            ),
            (
                "sbd",
                &[
                    "Сүхбаатар",
                    "Сvхбаатар",
                    "Sükhbaatar",
                    "Sukhbaatar duureg",
                    "Suhbaatar",
                    "Svhbaatar",
                    "СБД",
                ],
            ),
            (
                "khud",
                &["Хан-Уул", "Хан Уул", "ХАНУУЛ", "Khan-Uul", "Han Uul", "Khanuul district", "ХУД", "HUD"],
            ),
            ("chd", &["Чингэлтэй", "Чингэлтэй дүүрэг", "Chingeltei", "Chingeltey", "ЧД", "CHD"]),
        ];
        for (code, spellings) in table {
            for spelling in spellings {
                assert_eq!(names.find(spelling).map(DistrictCode::as_str), Some(code), "{spelling}");
                assert_eq!(names.find_within(spelling).map(DistrictCode::as_str), Some(code), "{spelling}");
            }
        }
        for text in ["", "дүүрэг", "Дархан", "Bayan", "26", "Баянзүрх 26"] {
            assert_eq!(names.find(text), None, "{text}");
        }
    }

    #[test]
    fn a_district_is_found_within_a_longer_text() {
        let names = DistrictNames::of_the_city();
        let check = |text, code: Option<&str>| {
            assert_eq!(names.find_within(text).map(DistrictCode::as_str), code, "{text}");
        };
        check("БГД_01", Some("bgd"));
        check("Улаанбаатар, Хан-Уул дүүрэг, 11-р хороо", Some("khud"));
        check("khud_khoroo_11.kml", Some("khud"));
        check("Баянзүрх ба Баянгол", None);
        check("11-р хороо", None);
    }

    #[test]
    fn official_codes_name_districts_in_their_own_scheme() {
        let names = DistrictNames::of_the_city();
        for text in ["10", "1110", "01110", "MN1110"] {
            assert_eq!(names.find_by_nso_code(text).map(DistrictCode::as_str), Some("bzd"), "{text}");
        }
        assert_eq!(names.find_by_nso_code("7").map(DistrictCode::as_str), Some("bgd"));
        assert_eq!(names.find_by_nso_code("2110"), None);
        assert_eq!(names.find_by_ebarilga_code("13").map(DistrictCode::as_str), Some("bzd"));
    }
}
