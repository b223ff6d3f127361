//! The lists that every store has from the start; people may change, add and retire any of their rows.
//!
//! Migrations `0008` and `0009` write the same rows into a new store, because SQL cannot call this: a test
//! of both stores holds the two together.

use super::{FundingSource, Rating, Records, ReplicationStatus, Setting, Step, Theme};

/// Code, name in Mongolian, name in English; positions follow the order.
type Names = (&'static str, &'static str, &'static str);

const THEMES: [Names; 12] = [
    ("eservice", "Цахим үйлчилгээ", "Online services"),
    ("service", "Төрийн үйлчилгээний чанар", "Service quality"),
    ("participation", "Иргэдийн оролцоо", "Participation"),
    ("waste", "Хог хаягдал", "Waste"),
    ("green", "Ногоон байгууламж", "Greening"),
    ("space", "Нийтийн талбай, тохижилт", "Public space"),
    ("infra", "Дэд бүтэц, ус, ариун цэвэр", "Infrastructure, water and sanitation"),
    ("safety", "Аюулгүй байдал, гамшиг", "Safety and disasters"),
    ("social", "Нийгмийн хамгаалал, эрүүл мэнд", "Social protection and health"),
    ("youth", "Хүүхэд, залуучууд, боловсрол", "Children, youth and education"),
    ("work", "Ажил эрхлэлт, орлого", "Livelihoods"),
    ("admin", "Дотоод ажил, хүний нөөц", "Internal administration"),
];

/// With whether it counts as made, and whether it bars another copy.
const REPLICATION_STATUSES: [(Names, bool, bool); 5] = [
    (("planned", "Төлөвлөсөн", "Planned"), false, true),
    (("funded", "Санхүүжсэн", "Funded"), false, true),
    (("in_progress", "Хэрэгжиж буй", "In progress"), false, true),
    (("completed", "Дууссан", "Completed"), true, true),
    (("stopped", "Зогссон", "Stopped"), false, false),
];

const SETTINGS: [Names; 4] = [
    ("ger", "Гэр хороолол", "Ger area"),
    ("apartment", "Орон сууцны хороолол", "Apartment area"),
    ("mixed", "Холимог", "Mixed"),
    ("rural", "Хөдөө", "Rural"),
];

/// With whether it is the khoroo's own money.
const FUNDING_SOURCES: [(Names, bool); 7] = [
    (("own", "Хорооны өөрийн төсөв", "Own budget"), true),
    (("district", "Дүүргийн төсөв", "District budget"), false),
    (("city", "Нийслэлийн төсөв", "City budget"), false),
    (("ldf", "Орон нутгийн хөгжлийн сан", "Local Development Fund"), false),
    (("donor", "Хандивлагч байгууллага", "Donor"), false),
    (("private", "Хувийн хэвшил", "Private sector"), false),
    (("residents", "Иргэд", "Residents"), false),
];

/// The best first.
const RATINGS: [Names; 4] = [
    ("outstanding", "Онцгой сайн", "Outstanding"),
    ("good", "Сайн", "Good"),
    ("needs_improvement", "Сайжруулах шаардлагатай", "Needs improvement"),
    ("with_support", "Дэмжлэгтэй", "With support"),
];

/// In the order in which they follow each other.
const STEPS: [Names; 6] = [
    ("identify", "Сайн туршлага тодорхойлох", "Identifying good practices"),
    ("share", "Сүлжээний семинар", "Network workshop"),
    ("learn", "Туршлага судлах айлчлал", "Peer learning visits"),
    ("prioritise", "Нутагшуулах туршлагыг эрэмбэлэх", "Prioritising for replication"),
    ("replicate", "Сайн туршлагыг нутагшуулах", "Replication"),
    ("review", "Ижил түвшний үнэлгээ", "Peer review"),
];

macro_rules! listed {
    ($Kind:ident, $position:ident, $names:ident $(, $field:ident)*) => {
        $Kind {
            code: $names.0.into(),
            name_mn: $names.1.into(),
            name_en: $names.2.into(),
            position: $position,
            $($field,)*
        }
    };
}

impl Records {
    /// The lists of a new store and nothing else, sorted by code.
    pub fn starting() -> Self {
        let active = true;
        let themes = (1..).zip(THEMES).map(|(position, names)| listed!(Theme, position, names, active));
        let statuses = (1..).zip(REPLICATION_STATUSES).map(|(position, (names, counts, active))| {
            listed!(ReplicationStatus, position, names, counts, active)
        });
        let settings = (1..).zip(SETTINGS).map(|(position, names)| listed!(Setting, position, names, active));
        let sources = (1..)
            .zip(FUNDING_SOURCES)
            .map(|(position, (names, direct))| listed!(FundingSource, position, names, direct, active));
        let ratings = (1..).zip(RATINGS).map(|(position, names)| listed!(Rating, position, names, active));
        let steps = (1..).zip(STEPS).map(|(position, names)| listed!(Step, position, names, active));
        let mut records = Self {
            themes: themes.collect(),
            replication_statuses: statuses.collect(),
            settings: settings.collect(),
            funding_sources: sources.collect(),
            ratings: ratings.collect(),
            steps: steps.collect(),
            ..Self::default()
        };
        records.sort();
        records
    }
}
