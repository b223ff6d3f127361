//! Whether practices gather, and how far they travel.

use super::Definition;
use crate::tracker::Base;

pub(super) const SPREAD: [Definition; 6] = [
    Definition {
        id: "spread_moran",
        base: Some(Base::Khoroos),
        unit: "",
        name_mn: "Морангийн I",
        name_en: "Moran's I",
        definition_mn: "Хөрш хороод төстэй юу гэдгийг хэмжинэ: санамсаргүй үед −1/(n−1), эерэг бол төстэй, сөрөг бол \
                        ялгаатай. Хөршийн жинг мөрөөр нь нормчилно. 10\u{a0}000 оршин суугчид тооцохдоо цөөн хүн амын \
                        хэлбэлзлийг засна (Ассунсан, Рейс 1999). p нь санамсаргүй дарааллуудаас дор хаяж ийм туйлширсан \
                        нь хэдэн хувь вэ гэдэг, хоёр талаар: ховор талынхыг хоёр дахин авна, тэнцсэнийг хоёр талд тоолно. \
                        p_folded нь нэг талынх, PySAL, GeoDa-гийнхтай ижил. Дараалал нь үрнээс (seed) гарах тул давтахад \
                        ижил.",
        definition_en: "Whether neighbours are alike: −1/(n−1) by chance, above it where they are alike, below where \
                        they differ. Weights are row-standardised. Rates per 10,000 enter as scores that allow for \
                        few residents (Assunção and Reis 1999). p is the part of random orders at least so far out on \
                        either side: twice that of the rarer side, equal ones counted on both. p_folded is of one side, as \
                        PySAL and GeoDa tell it. Random orders come from a seed, so they can be repeated.",
    },
    Definition {
        id: "spread_local",
        base: Some(Base::Khoroos),
        unit: "",
        name_mn: "Орон нутгийн Моран (LISA)",
        name_en: "Local Moran (LISA)",
        definition_mn: "Хороо бүрийн утга хөршүүдийнхтэйгээ хэрхэн холбоотой (Анселин 1995). p-г хөршүүдийг санамсаргүй сольж, \
                        Морангийн I-ийнхтэй адил хоёр талаар олно. Олон хороог зэрэг шалгадаг тул p-г засаж q болгоно (Бенжамини, Хохберг 1995): q ≤ 0.05 \
                        дотор ойролцоогоор 20 тутмын нэг нь санамсаргүй байж болно. found_from нь ийм олон давталтаар \
                        хамгийн цөөндөө хэдэн хороо илэрч болохыг хэлнэ.",
        definition_en: "How a khoroo's value goes with its neighbours' (Anselin 1995). p comes from drawing the \
                        neighbours at random from all others, on either side as for Moran's I. As many khoroos are tested at once, p is corrected to \
                        q (Benjamini and Hochberg 1995): of those with q ≤ 0.05 about one in twenty may be chance. \
                        found_from is the fewest khoroos that so many rounds can find.",
    },
    Definition {
        id: "spread_join_counts",
        base: Some(Base::Khoroos),
        unit: "",
        name_mn: "Хил холболтын тоо",
        name_en: "Join counts",
        definition_mn: "Хоёр тал нь хоёулаа бүртгэлтэй, аль нь ч бүртгэлгүй, зөвхөн нэг нь бүртгэлтэй хилийн тоо, хил бүрийг \
                        нэг удаа. 10\u{a0}000 оршин суугчид тооцвол бүртгэлтэй гэдэг нь хотын дунджаас өндөр гэсэн үг. p нь ийм \
                        буюу түүнээс олон хилтэй санамсаргүй дарааллын хувь.",
        definition_en: "Borders between two khoroos that both have at least one, neither, or one and not the other, \
                        each border counted once. With rates, those above the city's rate have. p is the part of random \
                        orders with so many or more.",
    },
    Definition {
        id: "spread_rates",
        base: Some(Base::Khoroos),
        unit: "per 10,000 residents",
        name_mn: "Тэгшилсэн түвшин",
        name_en: "Shrunk rates",
        definition_mn: "10\u{a0}000 оршин суугчид ногдох тоог хүн ам цөөтэй тусам хотын дундаж руу ойртуулсан (эмпирик Байес, \
                        Маршалл 1991): цөөн хүнтэй хорооны түвшин санамсаргүй их хэлбэлздэг. p нь тохиолдол бүр аль ч \
                        оршин суугчид ижил магадлалтай байхад түвшнүүд дор хаяж ийм ялгаатай гарах давталтын хувь \
                        (Пирсоны хи-квадрат). Эх хорооны тоонд (replications_hosted) нэг туршлагын нутагшуулалтуудыг хамтад нь \
                        сугална, учир нь тэдгээр нь бие биенээсээ хамааралтай. Тэгшилсэн утга нь тохиолдлуудыг хамааралгүй гэж үзсэн \
                        үнэлгээ тул түвшнүүд ялгаатай гэх баталгаагүй үед утгагүй.",
        definition_en: "Rates per 10,000 residents, each drawn to the city's the more, the fewer residents there are \
                        (empirical Bayes, Marshall 1991): rates of few residents vary much by chance alone. p is the \
                        part of rounds, each event being any resident's, in which the khoroos' rates are at least so \
                        unlike (Pearson's chi-square). Of replications_hosted all copies of one practice are drawn \
                        together, as they depend on each other. Shrunk rates are estimates that take each event for one \
                        by itself; without a sign that rates differ they say nothing.",
    },
    Definition {
        id: "spread_distance",
        base: Some(Base::Replications),
        unit: "0 to 1",
        name_mn: "Нутагшуулалтын зай",
        name_en: "Distance of copies",
        definition_mn: "Эх хорооноос нутагшуулсан хороо хүртэлх зайгаар нутагшуулалтын эзлэх хувь (албан байр хооронд, байр \
                        тодорхойгүй бол хороон доторх цэг). Санамсаргүй үед: нутагшуулсан нь бусад хорооны аль нь ч ижил \
                        магадлалтай; хязгаар нь 20 давталтын 19-ийнх.",
        definition_en: "Of copies, those whose host is so far from the copier, between offices or, where one is \
                        unknown, points inside. By chance: each copier is any other khoroo, each as likely; the \
                        bounds hold in nineteen of twenty rounds.",
    },
    Definition {
        id: "spread_across_districts",
        base: Some(Base::Replications),
        unit: "0 to 1",
        name_mn: "Өөр дүүрэгт нутагшсан хувь",
        name_en: "Copies in another district",
        definition_mn: "Эх хороо нь өөр дүүрэгт байгаа нутагшуулалтын эзлэх хувь; санамсаргүй үеийнхийг зайныхтай адил олно.",
        definition_en: "Of copies, those whose host is of another district; chance is as for distances.",
    },
];
