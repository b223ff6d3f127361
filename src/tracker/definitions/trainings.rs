//! Figures of trainings.

use super::Definition;
use crate::tracker::Base;

pub(super) const TRAININGS: [Definition; 12] = [
    Definition {
        id: "trainings",
        base: Some(Base::Events),
        unit: "trainings",
        name_mn: "Сургалт",
        name_en: "Trainings",
        definition_mn: "Нэг байгууллагын зохион байгуулсан сургалтын тоо. Мөчлөг, сэдэв, хороонд \
                        хамаарахгүй.",
        definition_en: "Trainings held by one organisation. They belong to no cycle, theme or khoroo.",
    },
    Definition {
        id: "participants",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Оролцогч",
        name_en: "Participants",
        definition_mn: "Сургалтад оролцсон хүний тоо, мэдэгдэж буй сургалтаар (n). Хоёр сургалтад орсон \
                        хүнийг хоёр удаа тоолно.",
        definition_en: "People who took part, women, men and those of whom only the number is known, over \
                        the trainings where any of these is known (n). Who came to two trainings counts \
                        twice.",
    },
    Definition {
        id: "participants_f",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Эмэгтэй оролцогч",
        name_en: "Women",
        definition_mn: "Эмэгтэй оролцогчийн тоо, мэдэгдэж буй сургалтаар (n).",
        definition_en: "Women who took part, over the trainings where their number is known (n).",
    },
    Definition {
        id: "participants_m",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Эрэгтэй оролцогч",
        name_en: "Men",
        definition_mn: "Эрэгтэй оролцогчийн тоо, мэдэгдэж буй сургалтаар (n).",
        definition_en: "Men who took part, over the trainings where their number is known (n).",
    },
    Definition {
        id: "participants_unknown",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Хүйс нь тодорхойгүй оролцогч",
        name_en: "Participants of unknown gender",
        definition_mn: "Зөвхөн тоо нь мэдэгдэж буй оролцогч (n нь сургалтын тоо).",
        definition_en: "People of whom only their number is known, over the trainings that tell it (n).",
    },
    Definition {
        id: "form_online",
        base: Some(Base::Events),
        unit: "trainings",
        name_mn: "Цахим сургалт",
        name_en: "Online",
        definition_mn: "Цахимаар болсон сургалтын тоо (оролцогчийн тоо биш).",
        definition_en: "Trainings held online; trainings, not participants.",
    },
    Definition {
        id: "form_classroom",
        base: Some(Base::Events),
        unit: "trainings",
        name_mn: "Танхимын сургалт",
        name_en: "Classroom",
        definition_mn: "Танхимаар болсон сургалтын тоо (оролцогчийн тоо биш).",
        definition_en: "Trainings held in a classroom; trainings, not participants.",
    },
    Definition {
        id: "form_hybrid",
        base: Some(Base::Events),
        unit: "trainings",
        name_mn: "Хосолсон сургалт",
        name_en: "Hybrid",
        definition_mn: "Танхим, цахим хосолсон сургалтын тоо; өөр хэлбэрт давхар тоолохгүй.",
        definition_en: "Trainings held in both ways at once; not counted under the other forms.",
    },
    Definition {
        id: "score_before",
        base: Some(Base::Participations),
        unit: "%",
        name_mn: "Сургалтын өмнөх оноо",
        name_en: "Score before",
        definition_mn: "Сургалтын өмнөх дундаж оноо, шалгуулсан хүний тоогоор (n) жигнэсэн. Өмнөх ба \
                        дараах оноо, хүний тоо нь бүгд мэдэгдэж буй сургалтыг л оруулна. Нийтэд: өмнө \
                        эсвэл дараа нь 5-аас цөөн хүн шалгуулсан сургалтыг дунджид ч, n-д ч оруулахгүй.",
        definition_en: "Mean score before, weighted by the people tested (n), over the trainings where \
                        both scores and both numbers of people are known. In public, trainings where \
                        fewer than 5 people were tested before or after are left out, of the mean and of n.",
    },
    Definition {
        id: "score_after",
        base: Some(Base::Participations),
        unit: "%",
        name_mn: "Сургалтын дараах оноо",
        name_en: "Score after",
        definition_mn: "Сургалтын дараах дундаж оноо, шалгуулсан хүний тоогоор (n) жигнэсэн. Өмнөх оноотой \
                        ижил сургалтуудаар.",
        definition_en: "Mean score after, weighted by the people tested (n), over the same trainings as \
                        the score before.",
    },
    Definition {
        id: "score_gain",
        base: Some(Base::Events),
        unit: "percentage points",
        name_mn: "Онооны өсөлт",
        name_en: "Gain in score",
        definition_mn: "Дараах ба өмнөх дундаж онооны зөрүү, хувийн нэгжээр (хувь биш). n нь сургалтын \
                        тоо.",
        definition_en: "The score after less the score before, in percentage points, not per cent; n is \
                        the trainings compared.",
    },
    Definition {
        id: "satisfaction",
        base: Some(Base::Participations),
        unit: "%",
        name_mn: "Сэтгэл ханамж",
        name_en: "Satisfaction",
        definition_mn: "Сэтгэл ханамжийн дундаж, санал асуулгад оролцсон хүний тоогоор (n) жигнэсэн. Хүний \
                        тоо нь мэдэгдэхгүй сургалт орохгүй. Нийтэд: 5-аас цөөн хүн хариулсан сургалтыг \
                        дунджид ч, n-д ч оруулахгүй.",
        definition_en: "Mean satisfaction, weighted by the people who answered (n), over the trainings \
                        where both are known. In public, trainings where fewer than 5 people answered are \
                        left out, of the mean and of n.",
    },
];
