//! What pages say, one table per language.

use crate::model::Lang;

/// Words of a page; the field names are the meaning.
pub struct Words {
    /// Stands between groups of three digits.
    pub group: char,
    pub site: &'static str,
    pub subtitle: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub other_language: &'static str,
    pub illustrative: &'static str,
    pub by_cycle: &'static str,
    pub by_district: &'static str,
    pub by_khoroo: &'static str,
    pub cycle: &'static str,
    pub district: &'static str,
    pub khoroo: &'static str,
    pub khoroos: &'static str,
    pub residents: &'static str,
    pub identifications: &'static str,
    pub replications: &'static str,
    pub not_reported: &'static str,
    pub too_many: &'static str,
    pub source: &'static str,
    pub starting: &'static str,
}

pub const fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Mn => &MN,
        Lang::En => &EN,
    }
}

const MN: Words = Words {
    group: '\u{a0}',
    site: "HLP Tracker",
    subtitle: "Харилцан суралцах арга зүй · Улаанбаатар",
    title: "Улаанбаатарын хороодын сайн туршлага",
    description: "Улаанбаатар хотын дүүрэг, хороодын тодорхойлсон ба нутагшуулсан сайн туршлага.",
    other_language: "English",
    illustrative: "Жишээ өгөгдөл: хил, тоо баримт нь зохиомол бөгөөд бодит мэдээлэл биш.",
    by_cycle: "Мөчлөгөөр",
    by_district: "Дүүргээр",
    by_khoroo: "Хороогоор",
    cycle: "Мөчлөг",
    district: "Дүүрэг",
    khoroo: "Хороо",
    khoroos: "Хорооны тоо",
    residents: "Хүн ам",
    identifications: "Тодорхойлсон сайн туршлага",
    replications: "Нутагшуулсан сайн туршлага",
    not_reported: "мэдээлэл алга",
    too_many: "Хороод олон тул энд жагсаасангүй; газрын зураг эсвэл өгөгдлийн хаягаас үзнэ үү.",
    source: "Хилийн эх сурвалж",
    starting: "Өгөгдлийг уншиж байна. Хуудас удахгүй өөрөө нээгдэнэ.",
};

const EN: Words = Words {
    group: ',',
    site: "HLP Tracker",
    subtitle: "Horizontal Learning Process · Ulaanbaatar",
    title: "Good practices of Ulaanbaatar's khoroos",
    description: "Good practices identified and replicated in the districts and khoroos of Ulaanbaatar.",
    other_language: "Монгол",
    illustrative: "Illustrative data: boundaries and figures are invented, not real information.",
    by_cycle: "By cycle",
    by_district: "By district",
    by_khoroo: "By khoroo",
    cycle: "Cycle",
    district: "District",
    khoroo: "Khoroo",
    khoroos: "Khoroos",
    residents: "Residents",
    identifications: "Good practices identified",
    replications: "Good practices replicated",
    not_reported: "not reported",
    too_many: "There are too many khoroos to list here; see the map or the data address.",
    source: "Source of the boundaries",
    starting: "The data is being read. This page will open by itself in a moment.",
};
