//! Figures across steps, and what `as_of` and `estimate` mean.

use super::Definition;
use crate::tracker::Base;

pub(super) const FLOW: [Definition; 18] = [
    Definition {
        id: "funnel_identified",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Тодорхойлогдсон",
        name_en: "Identified",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас төлөв нь тодорхойлсон буюу түүнээс хойших болсон нь. \
                        Архивласан туршлагыг өмнө нь тодорхойлсон бол тоолно. Дараагийн алхмуудыг бүх \
                        газар, бүх мөчлөгөөс хайна.",
        definition_en: "Of the practices entered in the cycles asked for, those whose status became \
                        identified or shared. One that was archived counts if it had been identified before, \
                        by a dated change or an accepted entry. The later gates look everywhere and in every \
                        cycle.",
    },
    Definition {
        id: "funnel_shared",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Танилцуулсан",
        name_en: "Shared",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас семинарт танилцуулсан, эсвэл төлөв нь танилцуулсан \
                        болсон нь. Өдөр нь бүртгэгдээгүй төлөвийг энд тоолох ч хоногийн тооцоонд оруулахгүй.",
        definition_en: "Of the practices entered in the cycles asked for, those presented at a workshop, \
                        or with the status shared. A status whose day nobody noted counts here, but not in \
                        the days between.",
    },
    Definition {
        id: "days_to_shared",
        base: Some(Base::Practices),
        unit: "days",
        name_mn: "Тодорхойлохоос танилцуулах хүртэл",
        name_en: "Days to shared",
        definition_mn: "Тодорхойлсон өдрөөс танилцуулсан өдөр хүртэлх хоногийн голч утга. n нь хоёр өдөр \
                        нь мэдэгдэж буй туршлага. Дараалал зөрсөн бол хасах тоо гарна.",
        definition_en: "Median days from the first day on which a practice was identified to the first on \
                        which it was shared; n is the practices with both. One that went the other way \
                        round counts with a negative number.",
    },
    Definition {
        id: "funnel_learned",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Судалсан",
        name_en: "Learned",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас үйл ажиллагааны төлөвлөгөө гаргасан айлчлалаар үзсэн \
                        нь.",
        definition_en: "Of the practices entered in the cycles asked for, those seen on a visit that was \
                        held and ended with an action plan.",
    },
    Definition {
        id: "days_to_learned",
        base: Some(Base::Practices),
        unit: "days",
        name_mn: "Танилцуулахаас судлах хүртэл",
        name_en: "Days to learned",
        definition_mn: "Танилцуулсан өдрөөс судалсан өдөр хүртэлх хоногийн голч утга. n нь хоёр өдөр нь \
                        мэдэгдэж буй туршлага. Дараалал зөрсөн бол хасах тоо гарна. \
                        Туршлага тус бүрийн хоногийг нийтэд жагсаахгүй.",
        definition_en: "Median days from the first day on which a practice was shared to the first on \
                        which it was learned; n is the practices with both. One that went the other way \
                        round counts with a negative number. In public the days of single practices are \
                        not listed.",
    },
    Definition {
        id: "funnel_prioritised",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Сонгосон",
        name_en: "Prioritised",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас аль нэг хороо нутагшуулахаар шийдсэн нь.",
        definition_en: "Of the practices entered in the cycles asked for, those that some khoroo decided \
                        to replicate.",
    },
    Definition {
        id: "days_to_prioritised",
        base: Some(Base::Practices),
        unit: "days",
        name_mn: "Судлахаас сонгох хүртэл",
        name_en: "Days to prioritised",
        definition_mn: "Судалсан өдрөөс сонгосон өдөр хүртэлх хоногийн голч утга. n нь хоёр өдөр нь \
                        мэдэгдэж буй туршлага. Дараалал зөрсөн бол хасах тоо гарна. \
                        Туршлага тус бүрийн хоногийг нийтэд жагсаахгүй.",
        definition_en: "Median days from the first day on which a practice was learned to the first on \
                        which it was chosen; n is the practices with both. One that went the other way \
                        round counts with a negative number. In public the days of single practices are \
                        not listed.",
    },
    Definition {
        id: "funnel_replicated",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Нутагшсан",
        name_en: "Replicated",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас ядаж нэг хороонд нутагшуулж дууссан нь, нутагшуулалтыг \
                        тоолсон мөчлөгүүдээр. Асуусан болон дараагийн мөчлөгт тоолоогүй бол утга байхгүй.",
        definition_en: "Of the practices entered in the cycles asked for, those with at least one copy \
                        whose status counts, in a cycle that counted replications. No value where neither \
                        the cycles asked for nor later ones did.",
    },
    Definition {
        id: "days_to_replicated",
        base: Some(Base::Practices),
        unit: "days",
        name_mn: "Сонгохоос нутагшуулах хүртэл",
        name_en: "Days to replicated",
        definition_mn: "Сонгосон өдрөөс нутагшуулж дууссан өдөр хүртэлх хоногийн голч утга. n нь хоёр өдөр \
                        нь мэдэгдэж буй туршлага. Дараалал зөрсөн бол хасах тоо гарна. \
                        Туршлага тус бүрийн хоногийг нийтэд жагсаахгүй.",
        definition_en: "Median days from the first day on which a practice was chosen to the first on \
                        which it was replicated; n is the practices with both. One that went the other way \
                        round counts with a negative number. In public the days of single practices are \
                        not listed.",
    },
    Definition {
        id: "funnel_reviewed",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Үнэлэгдсэн",
        name_en: "Reviewed",
        definition_mn: "Мөчлөгт илгээсэн туршлагаас нутагшуулалт нь ядаж нэг үнэлгээ авсан нь, \
                        нутагшуулалтыг тоолсон мөчлөгүүдээр. Асуусан болон дараагийн мөчлөгт тоолоогүй бол \
                        утга байхгүй.",
        definition_en: "Of the practices entered in the cycles asked for, those with at least one peer \
                        review of a copy, in a cycle that counted replications. No value where neither the \
                        cycles asked for nor later ones did.",
    },
    Definition {
        id: "days_to_reviewed",
        base: Some(Base::Practices),
        unit: "days",
        name_mn: "Нутагшуулахаас үнэлэх хүртэл",
        name_en: "Days to reviewed",
        definition_mn: "Нутагшуулж дууссан өдрөөс үнэлсэн өдөр хүртэлх хоногийн голч утга. n нь хоёр өдөр \
                        нь мэдэгдэж буй туршлага. Дараалал зөрсөн бол хасах тоо гарна. \
                        Туршлага тус бүрийн хоногийг нийтэд жагсаахгүй.",
        definition_en: "Median days from the first day on which a practice was replicated to the first on \
                        which it was reviewed; n is the practices with both. One that went the other way \
                        round counts with a negative number. In public the days of single practices are \
                        not listed.",
    },
    Definition {
        id: "people_reached",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Хүртсэн хүн",
        name_en: "People reached",
        definition_mn: "Тоонд орсон нутагшуулалт хүрсэн хүний тоо, мэдэгдэж буй нутагшуулалтаар (n). Хоёр \
                        нутагшуулалтаас хүртсэн хүнийг хоёр удаа тоолно.",
        definition_en: "People served by the replications counted, over those where that is known (n). Who \
                        is served by two counts twice.",
    },
    Definition {
        id: "replication_budget",
        base: Some(Base::Tugrik),
        unit: "₮",
        name_mn: "Нутагшуулалтын төсөв",
        name_en: "Replication budget",
        definition_mn: "Тоонд орсон нутагшуулалтад нэг эх үүсвэрээс нэг санхүүгийн жилд хуваарилсан мөнгө. \
                        Бүгдийн нийлбэр нь хуваарилсан төсөвтэй тэнцэнэ. Мөнгөгүй эх үүсвэр, жилд үзүүлэлт \
                        байхгүй, бүртгэлийн жагсаалт нь хоосон.",
        definition_en: "Money for the replications counted from one source in one fiscal year. All of \
                        these add up to the allocated budget. A source and year without money has no \
                        figure on the card; its list of records is empty.",
    },
    Definition {
        id: "budget_by_status",
        base: Some(Base::Tugrik),
        unit: "₮",
        name_mn: "Төсөв төлөвөөр",
        name_en: "Budget by status",
        definition_mn: "Тухайн төлөвт байгаа нутагшуулалтад хуваарилсан мөнгө, тоонд орох эсэхээс үл \
                        хамааран.",
        definition_en: "Money set aside for replications in this status, whether the status counts or not: \
                        it shows where money waits.",
    },
    Definition {
        id: "needs_without_offer",
        base: Some(Base::Needs),
        unit: "needs",
        name_mn: "Саналгүй хэрэгцээ",
        name_en: "Needs without an offer",
        definition_mn: "Нээлттэй хэрэгцээнээс тухайн сэдвээр өөр хорооны нээлттэй санал байхгүй нь. \
                        Мөчлөгөөс хамаарахгүй; саналын одоогийн төлөвийг харна.",
        definition_en: "Open needs for whose theme no other khoroo has an open offer. Independent of the \
                        cycle; needs and offers are taken in their present state, needs from the day since \
                        which they stand.",
    },
    Definition {
        id: "silent_khoroos",
        base: Some(Base::Khoroos),
        unit: "khoroos",
        name_mn: "Чимээгүй хороо",
        name_en: "Silent khoroos",
        definition_mn: "Асуусан мөчлөгүүдэд зургаан алхмын аль нэгэнд ч бүртгэлгүй хороо; өөр дүүрэгт \
                        оролцсоныг ч тооцно. Хил бүрийн хороог тус тусад нь, өөрийн хилийн мөчлөгүүдээр \
                        тоолно. Тооцоолсон утгад байхгүй. Аль хороо бүх алхамд тэгтэйг хэн ч тооноос нь \
                        харж болно; жагсаалт нь зөвхөн хайх ажлыг хөнгөлнө.",
        definition_en: "Khoroos without a record in any of the six steps in the cycles asked for: nothing \
                        entered, shown, visited, received, decided, copied or reviewed, here or with \
                        khoroos of another district. Khoroos of each vintage count on their own, by the \
                        cycles native to it. No value in an estimate. Everybody can see the zeros of a \
                        khoroo in its figures; the list of the office only saves the looking.",
    },
    Definition {
        id: "as_of",
        base: None,
        unit: "",
        name_mn: "Өдрөөрх байдал",
        name_en: "As of a day",
        definition_mn: "Тухайн өдрийн эцэс хүртэл болсон арга хэмжээ, тухайн өдрийн төлөв. Огноотой \
                        өөрчлөлтгүй нутагшуулалтыг дууссан өдрөөс нь (мэдэгдэхгүй бол шийдсэн өдрөөс нь) \
                        тооцно. Айлчлал, хэрэгцээ, саналыг одоогийн төлвөөр нь, өөрийн өдрөөс нь эхлэн \
                        тооцно.",
        definition_en: "What had happened by the end of the day, and the states of that day by their dated \
                        changes. A present state without a dated change counts from the record's own day: \
                        a replication in a counting status from its completion, else from its decision; a \
                        practice from its first accepted stage, else from its entry. Later changes that \
                        the record's present state contradicts are ignored. Visits, needs and offers have \
                        no dated states: they are taken as they are now, from their own day on.",
    },
    Definition {
        id: "estimate",
        base: None,
        unit: "",
        name_mn: "Тооцоолсон утга",
        name_en: "Estimate",
        definition_mn: "Өөр хилийн мөчлөгийн тоог асуусан хил рүү шилжүүлсэн. Туршлагын цэг мэдэгдэж \
                        байвал тэр цэгийн хороонд, үгүй бол хүн амын хувиар, тэр нь ч мэдэгдэхгүй бол \
                        талбайн хувиар хуваарилна. Нийслэлийн дүн өөрчлөгдөхгүй. Дундаж ба голч утгад бичлэг \
                        бүрийг хувиар нь жинлэнэ, n нь хувь нь энд ногдох бичлэгийн тоо. Тооцоолсон утгыг \
                        жинхэнэ утгатай нийлүүлдэггүй.",
        definition_en: "Figures of a cycle of another vintage, carried to the one asked for: to the khoroo \
                        around the practice's point where that is known, else by the share of residents \
                        that passed, else by the share of ground. The city's figures stay as they are. \
                        Means and medians weigh each record by its part; n counts the records of which any \
                        part belongs here. \
                        Estimates are marked and never added to native figures.",
    },
];
