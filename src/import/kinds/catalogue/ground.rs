//! What records stand on: places, cycles, code lists, people of the resource pool.

use super::{COUNT, INVENTED, YEAR, kind, may, must};
use crate::import::kinds::{Column, Holds, Kind};

pub const VINTAGES: Kind = kind(
    "vintages",
    "Хилийн хувилбар",
    "Vintages",
    &["vintage", "хувилбар"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("valid_from", "Эхлэх өдөр", "Valid from", &[], Holds::Date),
        may("valid_to", "Дуусах өдөр", "Valid to", &[], Holds::Date),
        must("title_mn", "Нэр", "Title (Mongolian)", &[], Holds::Text(200)),
        must("title_en", "Нэр (англи)", "Title (English)", &["title"], Holds::Text(200)),
        must("source", "Эх сурвалж", "Source", &[], Holds::Text(500)),
        INVENTED,
    ],
);

pub const KHOROOS: Kind = kind(
    "khoroos",
    "Хороо",
    "Khoroos",
    &["хороод", "khoroo"],
    &[
        must("vintage", "Хилийн хувилбар", "Vintage", &[], Holds::Vintage),
        must("khoroo", "Хороо", "Khoroo", &["code", "хорооны код"], Holds::Khoroo),
        may("name_mn", "Нэр", "Name (Mongolian)", &["name"], Holds::Text(200)),
        may("name_en", "Нэр (англи)", "Name (English)", &[], Holds::Text(200)),
        may("population", "Хүн ам", "Population", &["residents", "нийт иргэдийн тоо"], COUNT),
        may("population_year", "Хүн амын он", "Population year", &[], YEAR),
        may("households", "Өрх", "Households", &["нийт өрхийн тоо"], COUNT),
        INVENTED,
    ],
);

pub const CYCLES: Kind = kind(
    "cycles",
    "Мөчлөг",
    "Cycles",
    &["cycle", "үе шат"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("title_mn", "Нэр", "Title (Mongolian)", &[], Holds::Text(200)),
        must("title_en", "Нэр (англи)", "Title (English)", &["title"], Holds::Text(200)),
        must("starts_on", "Эхэлсэн өдөр", "Starts on", &["start"], Holds::Date),
        must("ends_on", "Дууссан өдөр", "Ends on", &["end"], Holds::Date),
        may("vintage", "Хилийн хувилбар", "Vintage", &[], Holds::Vintage),
        may("replications_reported", "Нутагшуулалт тоологдсон", "Replications reported", &[], Holds::YesNo),
        INVENTED,
    ],
);

pub const THEMES: Kind =
    kind("themes", "Сэдэв", "Themes", &["theme", "чиглэл"], &[CODE, NAME_MN, NAME_EN, POSITION, ACTIVE]);

pub const REPLICATION_STATUSES: Kind = kind(
    "replication_statuses",
    "Нутагшуулалтын төлөв",
    "Replication statuses",
    &["replication status"],
    &[
        CODE,
        NAME_MN,
        NAME_EN,
        POSITION,
        must("counts", "Тооцох", "Counts", &[], Holds::YesNo),
        must("active", "Идэвхтэй", "Active", &[], Holds::YesNo),
    ],
);

pub const SETTINGS: Kind = kind(
    "settings",
    "Суурьшлын төрөл",
    "Settings",
    &["setting"],
    &[CODE, NAME_MN, NAME_EN, POSITION, ACTIVE],
);

pub const FUNDING_SOURCES: Kind = kind(
    "funding_sources",
    "Санхүүжилтийн эх үүсвэр",
    "Funding sources",
    &["funding source"],
    &[
        CODE,
        NAME_MN,
        NAME_EN,
        POSITION,
        must("direct", "Шууд", "Direct", &["own", "өөрийн төсөв"], Holds::YesNo),
        ACTIVE,
    ],
);

pub const RATINGS: Kind =
    kind("ratings", "Үнэлгээний түвшин", "Ratings", &["rating"], &[CODE, NAME_MN, NAME_EN, POSITION, ACTIVE]);

pub const STEPS: Kind =
    kind("steps", "Алхам", "Steps", &["step"], &[CODE, NAME_MN, NAME_EN, POSITION, ACTIVE]);

pub const TRAINERS: Kind = kind(
    "trainers",
    "Сургагч багш",
    "Trainers",
    &["trainer", "resource pool"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("org", "Байгууллага", "Organisation", &["organization"], Holds::Text(200)),
        may("tot_year", "Сургагч болсон он", "Year of training of trainers", &[], YEAR),
        may("languages", "Хэл", "Languages", &[], Holds::Text(100)),
        may("active", "Идэвхтэй", "Active", &[], Holds::YesNo),
        INVENTED,
    ],
);

pub const KHOROO_FACTS: Kind = kind(
    "khoroo_facts",
    "Хорооны мэдээлэл",
    "Khoroo facts",
    &["khoroo fact", "facts"],
    &[
        must("khoroo", "Хороо", "Khoroo", &[], Holds::Khoroo),
        must("year", "Он", "Year", &[], YEAR),
        may("population", "Хүн ам", "Population", &["residents", "нийт иргэдийн тоо"], COUNT),
        may("households", "Өрх", "Households", &["нийт өрхийн тоо"], COUNT),
        may("setting", "Суурьшлын төрөл", "Setting", &[], Holds::Ref("settings")),
        may("office_address", "Хаяг", "Office address", &["address"], Holds::Text(500)),
        may("phone", "Утас", "Phone", &[], Holds::Text(100)),
        may("opening_hours", "Ажлын цаг", "Opening hours", &[], Holds::Text(200)),
        must("source", "Эх сурвалж", "Source", &[], Holds::Text(500)),
        may("lon", "Уртраг", "Longitude", &["x"], Holds::Longitude),
        may("lat", "Өргөрөг", "Latitude", &["y"], Holds::Latitude),
        INVENTED,
    ],
);

pub const TRAVEL_TIMES: Kind = kind(
    "travel_times",
    "Зорчих хугацаа",
    "Travel times",
    &["travel time"],
    &[
        must("from", "Хаанаас", "From", &[], Holds::Khoroo),
        must("to", "Хаашаа", "To", &[], Holds::Khoroo),
        must("minutes", "Минут", "Minutes", &["min"], COUNT),
        must("source", "Эх сурвалж", "Source", &[], Holds::Text(500)),
        INVENTED,
    ],
);

const CODE: Column = must("code", "Код", "Code", &["id"], Holds::Id);
const NAME_MN: Column = must("name_mn", "Нэр", "Name (Mongolian)", &["name"], Holds::Text(200));
const NAME_EN: Column = must("name_en", "Нэр (англи)", "Name (English)", &[], Holds::Text(200));
const POSITION: Column = must("position", "Дараалал", "Position", &["order"], Holds::Integer(0, 10_000));
const ACTIVE: Column = may("active", "Идэвхтэй", "Active", &[], Holds::YesNo);
