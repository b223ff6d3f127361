//! Measures of the map and facts of units.

use super::Definition;
use crate::tracker::Base;

pub(super) const MEASURES: [Definition; 12] = [
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
                        эзлэх хувь; n нь хорооны тоо. Сэдэв сонговол тухайн сэдвийн туршлага илгээсэн эсэхийг \
                        тооцно. Нэг хороо хэд хэдэн сэдвээр илгээж болох тул сэдвүүдийн хувь нийт хувьд \
                        нэмэгдэхгүй. Хүн амд харьцуулсан хэлбэр байхгүй. Өөр хилийн мөчлөгүүдийг хамт асуувал хил \
                        бүрийн хороог тус тусад нь тоолж, n нь тэдгээрийн нийлбэр байна. Тооцоолсон утгад \
                        байхгүй.",
        definition_en: "Khoroo: whether it entered at least one practice in the cycle. District and city: \
                        percentage of their khoroos that did; n is the number of khoroos. Of a theme: \
                        whether it entered one of that theme; as a khoroo may enter several themes, these \
                        do not add up to the whole. There is no rate by residents. Where cycles of several \
                        vintages are asked for, each khoroo of each vintage counts on its own, so n is the \
                        sum of them. No value in an estimate: a part of a practice does not tell whether a \
                        khoroo took part.",
    },
    Definition {
        id: "khoroos_entering",
        base: Some(Base::Khoroos),
        unit: "khoroos",
        name_mn: "Туршлага илгээсэн хорооны тоо",
        name_en: "Khoroos that entered a practice, number",
        definition_mn: "Дүүргийн хороодоос мөчлөгт нэг ч гэсэн туршлага илгээсэн нь; бүх мөчлөгөөр бол аль нэгэнд \
                        нь илгээсэн нь. Оролцооны хувийг үүнээс бодно.",
        definition_en: "Khoroos of a district that entered at least one practice in the cycle; of all cycles, \
                        those that did in any. Participation is their part of all khoroos.",
    },
    Definition {
        id: "bivariate",
        base: None,
        unit: "practices and replications",
        name_mn: "Тодорхойлсон ба нутагшуулсан сайн туршлага",
        name_en: "Good practices identified and replicated",
        definition_mn: "Тодорхойлсон ба нутагшуулсан сайн туршлагыг нэг газрын зураг дээр зэрэг: тус бүр алга, цөөн, \
                        олон гэсэн гурван ангитай. Аль нэг нь мэдэгдэхгүй бол мэдээлэлгүй. Сэдэв, хүн амын \
                        харьцаа хоёуланд нь адил үйлчилнэ.",
        definition_en: "Identifications and replications on one map: each as none, fewer or more. No data where \
                        either is unknown. A theme or rate holds for both.",
    },
    Definition {
        id: "by_theme",
        base: None,
        unit: "as of all themes",
        name_mn: "Нэг сэдвээр",
        name_en: "Of one theme",
        definition_mn: "Сайн туршлага нэг сэдэвтэй; нутагшуулалтын сэдэв нь нутагшуулсан туршлагынх. Тиймээс \
                        тодорхойлсон, нутагшуулсан, бусад хороонд нутагшсан тоо сэдвүүдээр нэмэгдэж нийт тоотой \
                        тэнцэнэ. Тоолсон мөчлөгт бүртгэлгүй сэдэв тэг, тоолоогүй мөчлөгт утга байхгүй. Газрын зургийн \
                        ангилал сэдэв бүрд өөр боловч бүх мөчлөг, бүх хилд ижил.",
        definition_en: "A practice has one theme, and a copy that of the practice copied. So identifications, \
                        replications and replications hosted of all themes add up to the whole. A theme without \
                        records is 0 in a cycle that was counted, and has no value in one that was not. A map's \
                        classes differ by theme, but are the same for all its cycles and boundaries.",
    },
    Definition {
        id: "per10000",
        base: None,
        unit: "per 10,000 residents",
        name_mn: "10\u{a0}000 хүн тутамд",
        name_en: "Per 10,000 residents",
        definition_mn: "Тоог тухайн нэгжийн хүн амд хувааж 10\u{a0}000-аар үржүүлсэн. Мөчлөг эхэлсэн оны хүн амыг авна: \
                        тэр оных байхгүй бол өмнөх хамгийн сүүлчийн, тэр ч байхгүй бол дараагийн хамгийн эхний \
                        оныхыг, онгүй бол онгүй тоог. Нэг оны хоёр тоо байвал хорооны мөр, баримтаас (khoroo_fact) \
                        түрүүлж, дүүргийн өөрийн тоо, хорооных нь нийлбэрээс түрүүлнэ. Бүх мөчлөг хамтдаа бол \
                        хамгийн шинэ мөчлөгийнх. Хүн ам нь тодорхойгүй эсвэл тэг бол утга байхгүй.",
        definition_en: "The count divided by the unit's residents, times 10,000. Residents are those of the year \
                        in which the cycle began; where that year is unknown, of the latest year before it, else \
                        of the earliest after it, else those without a year. Of one year, a khoroo's own row \
                        goes before its facts (khoroo_fact), a district's own figure before the sum of its \
                        khoroos. All cycles together take the residents of the newest. No value where the \
                        residents are unknown or 0. Each value names its residents, their year and their row.",
    },
    Definition {
        id: "population",
        base: None,
        unit: "residents",
        name_mn: "Хүн ам",
        name_en: "Population",
        definition_mn: "Оршин суугчдын тоо, нэгжийн өөрийн мөрөнд бичсэнээр. Дүүргийнх: өөрийн тоо, эсвэл бүх хорооных \
                        нь мэдэгдэж байвал нийлбэр. Мөчлөгийн харьцаа өөр оны тоо авсан бол хавтанд \
                        population_{мөчлөг} нэрээр байна.",
        definition_en: "Residents, as the unit's own row tells. Of a district: its own figure, else the sum where \
                        all khoroos are known. Where a cycle's rate takes those of another year, tiles name these \
                        population_{cycle}.",
    },
    Definition {
        id: "population_year",
        base: None,
        unit: "year",
        name_mn: "Хүн амын он",
        name_en: "Year of the population",
        definition_mn: "Хүн амын тоо хэдэн оных вэ. Хороод нь өөр өөр онд тоологдсон дүүрэгт утга байхгүй.",
        definition_en: "The year of which the population is. No value for a district whose khoroos were counted \
                        in different years.",
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
