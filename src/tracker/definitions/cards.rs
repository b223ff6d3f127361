//! Figures on the six step cards, apart from those that are measures of the map too.

use super::Definition;
use crate::tracker::Base;

pub(super) const CARDS: [Definition; 15] = [
    Definition {
        id: "workshops",
        base: Some(Base::Events),
        unit: "workshops",
        name_mn: "Сүлжээний семинар",
        name_en: "Workshops",
        definition_mn: "Болсон семинарын тоо. Нийслэлд нэг удаа тоолно. Хороо, дүүрэгт: тэндхийн туршлагыг \
                        танилцуулсан, эсвэл тухайн дүүрэгт зориулсан семинар; тиймээс хороодын нийлбэр \
                        нийслэлийн тоотой тэнцэхгүй.",
        definition_en: "Workshops held. The city counts each once. A khoroo or district counts those where \
                        a practice at home there was presented, a district also those held for it; so \
                        khoroos do not add up to the city. Under a theme: workshops where a practice of \
                        the theme was presented, with all their cost and people.",
    },
    Definition {
        id: "visits",
        base: Some(Base::Events),
        unit: "visits",
        name_mn: "Туршлага судлах айлчлал",
        name_en: "Learning visits",
        definition_mn: "Болсон айлчлалын тоо, зочилсон хороонд нь тоолно. Олон хороо хамт зочилсон бол тус \
                        бүрд нь, нийслэлд нэг удаа тоолно.",
        definition_en: "Visits with the status held, at the khoroos that came to learn. A visit of several \
                        khoroos counts at each of them and once in the city. Under a theme: visits that \
                        saw a practice of it.",
    },
    Definition {
        id: "priorities",
        base: Some(Base::Events),
        unit: "decisions",
        name_mn: "Эрэмбэлсэн шийдвэр",
        name_en: "Priorities decided",
        definition_mn: "Хороо бусдын туршлагыг нутагшуулах эсэхээ шийдсэн тоо (хороо, туршлага, мөчлөг \
                        бүрд нэг), шийдвэр ямар байхаас үл хамааран.",
        definition_en: "Decisions of khoroos on practices of others, one for each khoroo, practice and \
                        cycle, whatever was decided.",
    },
    Definition {
        id: "reviews",
        base: Some(Base::Reviews),
        unit: "reviews",
        name_mn: "Ижил түвшний үнэлгээ",
        name_en: "Peer reviews",
        definition_mn: "Дууссан нутагшуулалтад өгсөн үнэлгээний тоо, нутагшуулсан хороонд нь тоолно. \
                        Нутагшуулалтыг тоолоогүй мөчлөгт утга байхгүй.",
        definition_en: "Reviews of completed copies, at the khoroo whose copy was reviewed, in the cycle \
                        of the copy. No value in a cycle that did not count replications.",
    },
    Definition {
        id: "average_budget",
        base: Some(Base::Tugrik),
        unit: "₮",
        name_mn: "Дундаж төсөв",
        name_en: "Average budget",
        definition_mn: "Алхмын нэг арга хэмжээний дундаж зардал: мэдэгдэж буй зардлын нийлбэрийг зардал нь \
                        мэдэгдэж буй арга хэмжээний тоонд (n) хуваасан. Зардал нэг нь ч мэдэгдэхгүй бол \
                        утга байхгүй, тэг биш. Олон хорооны семинар, айлчлалын зардлыг хороо бүрд бүхлээр \
                        нь авна.",
        definition_en: "Mean cost of one event of the step: the sum of known costs divided by the events \
                        whose cost is known (n). No value where no cost is known; a cost of 0 is known. A \
                        workshop or visit of several khoroos comes with its whole cost at each of them.",
    },
    Definition {
        id: "attended",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Ирсэн",
        name_en: "Attended",
        definition_mn: "Алхмын арга хэмжээнд ирсэн хүний тоо, ирсэн ба уригдсан хоёулаа мэдэгдэж буй арга \
                        хэмжээгээр (n). Хоёр арга хэмжээнд ирсэн хүнийг хоёр удаа тоолно. Олон хорооны \
                        семинар, айлчлалын хүнийг хороо бүрд бүхлээр нь тоолох тул хороодын нийлбэр \
                        нийслэлийн тоотой тэнцэхгүй.",
        definition_en: "People who came to events of the step, over the events where both they and those \
                        invited are known (n). Who came to two events counts twice. A workshop or visit of \
                        several khoroos comes with all its people at each of them, so khoroos do not add up \
                        to the city.",
    },
    Definition {
        id: "invited",
        base: Some(Base::Participations),
        unit: "people",
        name_mn: "Уригдсан",
        name_en: "Invited",
        definition_mn: "Алхмын арга хэмжээнд уригдсан хүний тоо, ирсэн ба уригдсан хоёулаа мэдэгдэж буй \
                        арга хэмжээгээр (n). Олон хорооны семинар, айлчлалын хүнийг хороо бүрд бүхлээр нь \
                        тоолох тул хороодын нийлбэр нийслэлийн тоотой тэнцэхгүй.",
        definition_en: "People asked to events of the step, over the events where both they and those who \
                        came are known (n). Who was asked twice counts twice. A workshop or visit of several \
                        khoroos comes with all its people at each of them, so khoroos do not add up to the \
                        city.",
    },
    Definition {
        id: "practices",
        base: Some(Base::Practices),
        unit: "practices",
        name_mn: "Сайн туршлага",
        name_en: "Good practices",
        definition_mn: "Алхмын арга хэмжээнд хамрагдсан өөр өөр туршлагын тоо; олон арга хэмжээнд орсон \
                        туршлагыг нэг удаа тоолно.",
        definition_en: "Different practices that the events of the step were about; one that came up in \
                        several counts once.",
    },
    Definition {
        id: "face_to_face",
        base: Some(Base::Events),
        unit: "events",
        name_mn: "Танхимаар",
        name_en: "Face to face",
        definition_mn: "Танхимаар болон хосолсон хэлбэрээр болсон арга хэмжээ. Хосолсныг хоёр талд нь, \
                        нийт тоонд нэг удаа тоолно. Хэлбэр нэг нь ч мэдэгдэхгүй бол утга байхгүй.",
        definition_en: "Events held face to face or in both ways at once. A hybrid one counts here and as \
                        virtual, and once in the headline. No value where no mode is known.",
    },
    Definition {
        id: "virtual",
        base: Some(Base::Events),
        unit: "events",
        name_mn: "Цахимаар",
        name_en: "Virtual",
        definition_mn: "Цахимаар болон хосолсон хэлбэрээр болсон арга хэмжээ. Хосолсныг хоёр талд нь, нийт \
                        тоонд нэг удаа тоолно. Хэлбэр нэг нь ч мэдэгдэхгүй бол утга байхгүй.",
        definition_en: "Events held virtually or in both ways at once. A hybrid one counts here and as \
                        face to face, and once in the headline. No value where no mode is known.",
    },
    Definition {
        id: "allocated_budget",
        base: Some(Base::Tugrik),
        unit: "₮",
        name_mn: "Хуваарилсан төсөв",
        name_en: "Allocated budget",
        definition_mn: "Тоонд орсон нутагшуулалтад хуваарилсан мөнгөний нийлбэр, бүх эх үүсвэр, бүх жил. n \
                        нь төсвийн мөрийн тоо. Нэг ч мөр бүртгээгүй бол утга байхгүй.",
        definition_en: "Sum of the budget lines of the replications counted, all sources and years; n is \
                        the number of lines. No value where there are replications but no line is \
                        recorded.",
    },
    Definition {
        id: "direct",
        base: Some(Base::Replications),
        unit: "replications",
        name_mn: "Шууд (өөрийн төсөв)",
        name_en: "Direct (own money)",
        definition_mn: "Төсвийн бүх мөр нь хорооны өөрийн мөнгө болох нутагшуулалт (эх үүсвэрийн \
                        жагсаалтад шууд гэж тэмдэглэсэн). Төсөв нь бүртгэгдээгүйг тусад нь тоолно. Нэг ч мөр \
                        бүртгээгүй бол утга байхгүй.",
        definition_en: "Replications all of whose budget lines are from sources marked direct, the \
                        khoroo's own money. Those without budget lines are counted apart. No value where \
                        there are replications but no line is recorded.",
    },
    Definition {
        id: "other",
        base: Some(Base::Replications),
        unit: "replications",
        name_mn: "Бусад эх үүсвэр",
        name_en: "Other sources",
        definition_mn: "Төсвийн ядаж нэг мөр нь өөр эх үүсвэрээс гарсан нутагшуулалт; холимог эх \
                        үүсвэртэйг энд тоолно. Нэг ч мөр бүртгээгүй бол утга байхгүй.",
        definition_en: "Replications with at least one budget line from a source that is not direct; those \
                        of mixed money count here, not as direct. No value where there are replications \
                        but no line is recorded.",
    },
    Definition {
        id: "no_budget",
        base: Some(Base::Replications),
        unit: "replications",
        name_mn: "Төсөв бүртгээгүй",
        name_en: "Budget not recorded",
        definition_mn: "Төсвийн нэг ч мөр бүртгээгүй нутагшуулалт; шууд, бусад эх үүсвэртэйтэй нийлээд бүх \
                        нутагшуулалт болно. Нэг ч мөр бүртгээгүй бол утга байхгүй.",
        definition_en: "Replications without a budget line; with those of direct and of other money they are \
                        all replications. No value where there are replications but no line is recorded.",
    },
    Definition {
        id: "rating",
        base: Some(Base::Reviews),
        unit: "reviews",
        name_mn: "Үнэлгээ",
        name_en: "Rating",
        definition_mn: "Тухайн үнэлгээг өгсөн тоо. Үнэлгээг нэрээр нь харуулна, дунджилдаггүй. Нийтэд: \
                        3-аас цөөн нутагшуулалтын үнэлгээг, мөн хасаж бодоход цөөн нь ил гарах газрынхыг \
                        нэрээр нь задлахгүй; сэдвээр, өмнөх өдрөөр, өөр хилээр мөн задлахгүй.",
        definition_en: "Reviews that gave this rating. Ratings are shown by name, never as an average. In \
                        public they are not told apart where they are of fewer than 3 copies, as one could \
                        then be told of a single copy; nor where fewer would come out by subtracting what is \
                        shown elsewhere, by theme, as of a day, or in an estimate.",
    },
];
