//! Themes, replication statuses and cycles of the demo, in both languages.

use jiff::civil::{Date, date};

use super::{VINTAGE_2020, VINTAGE_2022};
use crate::model::{Cycle, ReplicationStatus, Theme};

const THEMES: [(&str, &str, &str); 12] = [
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

/// Code, names, whether it counts as made, whether it bars another copy.
const STATUSES: [(&str, &str, &str, bool, bool); 5] = [
    ("planned", "Төлөвлөсөн", "Planned", false, true),
    ("funded", "Санхүүжсэн", "Funded", false, true),
    ("in_progress", "Хэрэгжиж буй", "In progress", false, true),
    ("completed", "Дууссан", "Completed", true, true),
    ("stopped", "Зогссон", "Stopped", false, false),
];

pub const CYCLE_2020: &str = "2020";
pub const CYCLE_2022: &str = "2022";
pub const COMPLETED: &str = "completed";

/// First and last day of a cycle, both within its vintage.
pub const DAYS_2020: (Date, Date) = (date(2020, 2, 1), date(2021, 11, 30));
pub const DAYS_2022: (Date, Date) = (date(2022, 2, 1), date(2023, 8, 31));

pub fn themes() -> impl Iterator<Item = Theme> {
    (1..).zip(THEMES).map(|(position, (code, name_mn, name_en))| Theme {
        code: code.into(),
        name_mn: name_mn.into(),
        name_en: name_en.into(),
        position,
        active: true,
    })
}

pub fn statuses() -> impl Iterator<Item = ReplicationStatus> {
    (1..).zip(STATUSES).map(|(position, (code, name_mn, name_en, counts, active))| ReplicationStatus {
        code: code.into(),
        name_mn: name_mn.into(),
        name_en: name_en.into(),
        position,
        counts,
        active,
    })
}

pub fn cycles() -> [Cycle; 2] {
    let cycle = |id: &str, vintage: &str, (starts_on, ends_on): (Date, Date), replications_reported| Cycle {
        id: id.into(),
        title_mn: format!("{id} оны мөчлөг"),
        title_en: format!("{id} cycle"),
        starts_on,
        ends_on,
        vintage: vintage.parse().expect("the demo's vintages are valid names"),
        replications_reported,
        illustrative: true,
    };
    [cycle(CYCLE_2020, VINTAGE_2020, DAYS_2020, false), cycle(CYCLE_2022, VINTAGE_2022, DAYS_2022, true)]
}
