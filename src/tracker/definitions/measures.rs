//! Measures of the map and facts of units.

use super::Definition;
use crate::tracker::Base;

pub(super) const MEASURES: [Definition; 8] = [
    Definition {
        id: "identifications",
        base: Some(Base::Events),
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
        base: Some(Base::Replications),
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
        base: Some(Base::Replications),
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
        base: Some(Base::Khoroos),
        unit: "% of khoroos",
        name_mn: "Сайн туршлагаа илгээсэн хороо",
        name_en: "Khoroos that entered a practice",
        definition_mn: "Хороо: мөчлөгт нэг ч гэсэн туршлага илгээсэн эсэх. Дүүрэг, нийслэл: илгээсэн хорооны \
                        эзлэх хувь; n нь хорооны тоо. Өөр хилийн мөчлөгүүдийг хамт асуувал хил бүрийн хороог \
                        тус тусад нь тоолж, n нь тэдгээрийн нийлбэр байна. Тооцоолсон утгад байхгүй.",
        definition_en: "Khoroo: whether it entered at least one practice in the cycle. District and city: \
                        percentage of their khoroos that did; n is the number of khoroos. Where cycles of \
                        several vintages are asked for, each khoroo of each vintage counts on its own, so n \
                        is the sum of them. No value in an estimate: a part of a practice does not tell \
                        whether a khoroo took part.",
    },
    Definition {
        id: "per10000",
        base: None,
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
        base: None,
        unit: "residents",
        name_mn: "Хүн ам",
        name_en: "Population",
        definition_mn: "Оршин суугчдын тоо. Дүүргийнх: өөрийн тоо, эсвэл бүх хорооных нь мэдэгдэж байвал нийлбэр.",
        definition_en: "Residents. Of a district: its own figure, else the sum where all khoroos are known.",
    },
    Definition {
        id: "households",
        base: None,
        unit: "households",
        name_mn: "Өрх",
        name_en: "Households",
        definition_mn: "Өрхийн тоо. Дүүргийнх: бүх хорооных нь мэдэгдэж байвал нийлбэр.",
        definition_en: "Households. Of a district: the sum where all khoroos are known.",
    },
    Definition {
        id: "area_km2",
        base: None,
        unit: "km²",
        name_mn: "Газар нутаг",
        name_en: "Area",
        definition_mn: "Хилээр нь эллипсоид дээр бодсон талбай.",
        definition_en: "Area within the boundary, computed on the ellipsoid.",
    },
];
