//! What every figure means, in words that settle a dispute.

use serde::Serialize;

/// The meaning of a figure, a served constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Its name in addresses, JSON and tiles.
    pub id: &'static str,
    /// `practices`, `replications`, `per 10,000 residents` …; empty for a bare yes or no.
    pub unit: &'static str,
    pub name_mn: &'static str,
    pub name_en: &'static str,
    pub definition_mn: &'static str,
    pub definition_en: &'static str,
}

/// Every figure that is served, measures first.
pub const fn definitions() -> &'static [Definition] {
    &DEFINITIONS
}

const DEFINITIONS: [Definition; 8] = [
    Definition {
        id: "identifications",
        unit: "practices",
        name_mn: "Тодорхойлсон сайн туршлага",
        name_en: "Good practices identified",
        definition_mn: "Тухайн мөчлөгт илгээсэн сайн туршлагын тоо. Шийдвэр ямар байхаас үл хамааран туршлага \
                        бүрийг нэг удаа, илгээсэн хороонд нь тоолно.",
        definition_en: "Practices entered in the cycle, whatever the decision, each counted once, at the \
                        khoroo that submitted it.",
    },
    Definition {
        id: "replications",
        unit: "replications",
        name_mn: "Нутагшуулсан сайн туршлага",
        name_en: "Good practices replicated",
        definition_mn: "Өөр хорооны туршлагыг энэ хороонд нутагшуулсан тоо. Тоонд орох төлөвтэй (ердийн \
                        тохиргоонд: дууссан) нутагшуулалтыг л тоолно. Тоолоогүй мөчлөгт утга байхгүй, тэг биш.",
        definition_en: "Copies of other khoroos' practices made in this khoroo, with a status that counts \
                        (by default: completed). In a cycle that did not count them there is no value, not 0.",
    },
    Definition {
        id: "replications_hosted",
        unit: "replications",
        name_mn: "Бусад хороонд нутагшсан сайн туршлага",
        name_en: "Good practices replicated by others",
        definition_mn: "Энэ хорооны туршлагыг бусад хороо нутагшуулсан тоо. Өмнөх хилийн хорооны туршлагыг \
                        өөрчлөгдөөгүй залгамжлагч, эсвэл нутгийн ихэнхийг авсан хороонд тоолно.",
        definition_en: "Copies of this khoroo's practices made elsewhere. A practice of a khoroo of earlier \
                        boundaries is counted at its unchanged successor, else at the khoroo that took the \
                        largest part of its ground.",
    },
    Definition {
        id: "participation",
        unit: "% of khoroos",
        name_mn: "Сайн туршлагаа илгээсэн хороо",
        name_en: "Khoroos that entered a practice",
        definition_mn: "Хороо: мөчлөгт нэг ч гэсэн туршлага илгээсэн эсэх. Дүүрэг: илгээсэн хорооны эзлэх хувь.",
        definition_en: "Khoroo: whether it entered at least one practice in the cycle. District: percentage \
                        of its khoroos that did.",
    },
    Definition {
        id: "per10000",
        unit: "per 10,000 residents",
        name_mn: "10 000 оршин суугч тутамд",
        name_en: "Per 10,000 residents",
        definition_mn: "Тоог тухайн нэгжийн хүн амд хувааж 10 000-аар үржүүлсэн. Хүн амын он нь газрын зургийн \
                        доор бичигдэнэ. Хүн ам нь тодорхойгүй бол утга байхгүй.",
        definition_en: "The count divided by the unit's residents, times 10,000. The year of the population \
                        stands beside the map. No value where the population is unknown.",
    },
    Definition {
        id: "population",
        unit: "residents",
        name_mn: "Хүн ам",
        name_en: "Population",
        definition_mn: "Оршин суугчдын тоо. Дүүргийнх: өөрийн тоо, эсвэл бүх хорооных нь мэдэгдэж байвал нийлбэр.",
        definition_en: "Residents. Of a district: its own figure, else the sum where all khoroos are known.",
    },
    Definition {
        id: "households",
        unit: "households",
        name_mn: "Өрх",
        name_en: "Households",
        definition_mn: "Өрхийн тоо. Дүүргийнх: бүх хорооных нь мэдэгдэж байвал нийлбэр.",
        definition_en: "Households. Of a district: the sum where all khoroos are known.",
    },
    Definition {
        id: "area_km2",
        unit: "km²",
        name_mn: "Газар нутаг",
        name_en: "Area",
        definition_mn: "Хилээр нь эллипсоид дээр бодсон талбай.",
        definition_en: "Area within the boundary, computed on the ellipsoid.",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::snapshot::Measure;

    #[test]
    fn every_measure_has_one_definition_in_both_languages() {
        let ids: BTreeSet<&str> = definitions().iter().map(|d| d.id).collect();
        assert_eq!(ids.len(), definitions().len());
        for measure in Measure::ALL {
            assert!(ids.contains(measure.word()), "{}", measure.word());
        }
        let is_cyrillic = |text: &str| text.chars().any(|c| ('а'..='я').contains(&c));
        for d in definitions() {
            assert!(is_cyrillic(d.definition_mn) && !is_cyrillic(d.definition_en), "{}", d.id);
            assert!(!d.definition_mn.contains("  ") && !d.definition_en.contains("  "), "{}", d.id);
        }
    }
}
