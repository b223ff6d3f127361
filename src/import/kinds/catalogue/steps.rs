//! Records of the six steps, trainings, needs and offers.

use super::{COUNT, INVENTED, LONG, YEAR, kind, may, must};
use crate::import::kinds::{Column, Holds, Kind};
use crate::import::values::choice::{
    DECISION, FORM, MATURITY, MODE, NEED_STATUS, OFFER_STATUS, PRACTICE_STATUS, REPLICABILITY, ROUTE, SCOPE,
    STAGE, VISIT_STATUS, VOTE_DECISION,
};

pub const PRACTICES: Kind = kind(
    "practices",
    "Сайн туршлага",
    "Practices",
    &["practice", "good practices", "good practice"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("title_mn", "Нэр", "Title (Mongolian)", &["title"], Holds::Text(200)),
        may("title_en", "Нэр (англи)", "Title (English)", &[], Holds::Text(200)),
        must("theme", "Сэдэв", "Theme", &["чиглэл"], Holds::Ref("themes")),
        must("host", "Хороо", "Khoroo", &["host khoroo", "эзэмшигч хороо"], Holds::Khoroo),
        must("status", "Төлөв", "Status", &[], Holds::Choice(PRACTICE_STATUS)),
        may("summary_mn", "Товч агуулга", "Summary (Mongolian)", &["summary"], LONG),
        may("summary_en", "Товч агуулга (англи)", "Summary (English)", &[], LONG),
        may("started_on", "Эхэлсэн өдөр", "Started on", &[], Holds::Date),
        may("problem_mn", "Асуудал", "Problem (Mongolian)", &["problem"], LONG),
        may("problem_en", "Асуудал (англи)", "Problem (English)", &[], LONG),
        may("what_we_did_mn", "Юу хийсэн", "What we did (Mongolian)", &["what we did"], LONG),
        may("what_we_did_en", "Юу хийсэн (англи)", "What we did (English)", &[], LONG),
        may("result_mn", "Үр дүн", "Result (Mongolian)", &["result"], LONG),
        may("result_en", "Үр дүн (англи)", "Result (English)", &[], LONG),
        may("setting", "Суурьшлын төрөл", "Setting", &[], Holds::Ref("settings")),
        may("cost_setup", "Эхлэх зардал, ₮", "Setup cost, ₮", &["cost setup"], Holds::Money),
        may("cost_year", "Жилийн зардал, ₮", "Yearly cost, ₮", &["cost per year"], Holds::Money),
        may("people_served", "Хүртсэн хүн", "People served", &[], COUNT),
        may("replicability", "Нутагшуулахад", "Replicability", &[], Holds::Choice(REPLICABILITY)),
        may("maturity", "Боловсорсон байдал", "Maturity", &[], Holds::Choice(MATURITY)),
        may("last_confirmed_on", "Сүүлд нягталсан өдөр", "Last confirmed on", &[], Holds::Date),
        may("lon", "Уртраг", "Longitude", &["x"], Holds::Longitude),
        may("lat", "Өргөрөг", "Latitude", &["y"], Holds::Latitude),
        INVENTED,
    ],
);

pub const PRACTICE_STATUS_CHANGES: Kind = kind(
    "practice_status_changes",
    "Туршлагын төлөвийн түүх",
    "Practice status changes",
    &[],
    &[
        must("practice", "Туршлагын код", "Practice", &[], Holds::Ref("practices")),
        must("changed_on", "Өдөр", "Changed on", &["date", "огноо"], Holds::Date),
        must("status", "Төлөв", "Status", &[], Holds::Choice(PRACTICE_STATUS)),
        INVENTED,
    ],
);

pub const IDENTIFICATIONS: Kind = kind(
    "identifications",
    "Тодорхойлолт",
    "Identifications",
    &["identification", "тодорхойлох"],
    &[
        must("practice", "Туршлагын код", "Practice", &["practice id"], Holds::Ref("practices")),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        must("khoroo", "Хороо", "Khoroo", &["submitting khoroo"], Holds::Khoroo),
        must("entered_on", "Огноо", "Entered on", &["date", "өдөр"], Holds::Date),
        must("stage", "Шат", "Stage", &[], Holds::Choice(STAGE)),
        must("decision", "Шийдвэр", "Decision", &[], Holds::Choice(DECISION)),
        may("awarded", "Шагнагдсан", "Awarded", &[], Holds::YesNo),
        MODE_MAY,
        COST,
        INVITED,
        ATTENDED,
        INVENTED,
    ],
);

pub const IDENTIFICATION_STAGES: Kind = kind(
    "identification_stages",
    "Тодорхойлолтын шат",
    "Identification stages",
    &[],
    &[
        must("practice", "Туршлагын код", "Practice", &[], Holds::Ref("practices")),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        must("stage", "Шат", "Stage", &[], Holds::Choice(STAGE)),
        must("reached_on", "Огноо", "Reached on", &["date", "өдөр"], Holds::Date),
        must("decision", "Шийдвэр", "Decision", &[], Holds::Choice(DECISION)),
        may("awarded", "Шагнагдсан", "Awarded", &[], Holds::YesNo),
        INVENTED,
    ],
);

pub const WORKSHOPS: Kind = kind(
    "workshops",
    "Сүлжээний семинар",
    "Workshops",
    &["workshop", "семинар"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        must("scope", "Хүрээ", "Scope", &[], Holds::Choice(SCOPE)),
        may("district", "Дүүрэг", "District", &[], Holds::District),
        HELD_ON,
        MODE_MUST,
        may("venue", "Газар", "Venue", &["place"], Holds::Text(200)),
        COST,
        INVITED,
        may("attended_f", "Ирсэн эмэгтэй", "Attended, women", &["attended women"], COUNT),
        may("attended_m", "Ирсэн эрэгтэй", "Attended, men", &["attended men"], COUNT),
        may("attended_unknown", "Ирсэн (хүйс тодорхойгүй)", "Attended, unknown", &[], COUNT),
        may("attended_total", "Ирсэн бүгд", "Attended, all", &["attended", "ирсэн", "нийт ирсэн"], COUNT),
        may("practices", "Танилцуулсан туршлага", "Practices presented", &[], Holds::Refs("practices")),
        INVENTED,
    ],
);

pub const VISITS: Kind = kind(
    "visits",
    "Туршлага судлах айлчлал",
    "Visits",
    &["visit", "learning visits", "айлчлал"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        must("host", "Хүлээн авагч хороо", "Host khoroo", &["host"], Holds::Khoroo),
        must("visitors", "Зочлох хороо", "Visiting khoroos", &["visitor", "visiting khoroo"], Holds::Khoroos),
        must("practices", "Үзсэн туршлага", "Practices seen", &["practice"], Holds::Refs("practices")),
        HELD_ON,
        MODE_MUST,
        must("status", "Төлөв", "Status", &[], Holds::Choice(VISIT_STATUS)),
        COST,
        may("travel_min", "Зорчих хугацаа, мин", "Travel time, min", &["travel time"], COUNT),
        INVITED,
        ATTENDED,
        may("learning_points", "Сурсан зүйл", "Learning points", &[], LONG),
        may("action_plan", "Ажлын төлөвлөгөө", "Action plan", &[], LONG),
        may("host_feedback", "Хүлээн авагчийн үнэлгээ", "Host feedback", &[], Holds::Integer(1, 5)),
        may("visitor_feedback", "Зочны үнэлгээ", "Visitor feedback", &[], Holds::Integer(1, 5)),
        may("trainer", "Сургагч багш", "Trainer", &[], Holds::Ref("trainers")),
        INVENTED,
    ],
);

pub const VOTES: Kind = kind(
    "votes",
    "Эрэмбэлэх санал",
    "Votes",
    &["vote", "priority votes", "эрэмбэлэлт"],
    &[
        must("khoroo", "Хороо", "Khoroo", &[], Holds::Khoroo),
        must("practice", "Туршлагын код", "Practice", &[], Holds::Ref("practices")),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        may("rank", "Эрэмбэ", "Rank", &[], Holds::Integer(1, i64::MAX)),
        may("votes", "Санал", "Votes", &[], COUNT),
        may("voters", "Санал өгсөн хүн", "Voters", &[], COUNT),
        may("citizens_involved", "Иргэд оролцсон", "Citizens involved", &[], Holds::YesNo),
        must("decided_on", "Шийдвэрлэсэн өдөр", "Decided on", &["date", "огноо"], Holds::Date),
        must("decision", "Шийдвэр", "Decision", &[], Holds::Choice(VOTE_DECISION)),
        may("planned_year", "Төлөвлөсөн он", "Planned year", &[], YEAR),
        MODE_MAY,
        COST,
        INVITED,
        ATTENDED,
        INVENTED,
    ],
);

pub const REPLICATIONS: Kind = kind(
    "replications",
    "Нутагшуулалт",
    "Replications",
    &["replication", "нутагшуулах"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("practice", "Туршлагын код", "Practice", &[], Holds::Ref("practices")),
        must("khoroo", "Хороо", "Khoroo", &[], Holds::Khoroo),
        must("cycle", "Мөчлөг", "Cycle", &[], Holds::Ref("cycles")),
        must("status", "Төлөв", "Status", &[], Holds::Ref("replication_statuses")),
        must("decided_on", "Шийдвэрлэсэн өдөр", "Decided on", &["date", "огноо"], Holds::Date),
        may("completed_on", "Дууссан өдөр", "Completed on", &[], Holds::Date),
        may("learning_route", "Суралцсан хэлбэр", "Learning route", &[], Holds::Choice(ROUTE)),
        may("adaptations", "Өөрчлөлт", "Adaptations", &[], LONG),
        may("people_served", "Хүртсэн хүн", "People served", &[], COUNT),
        INVENTED,
    ],
);

pub const REPLICATION_STATUS_CHANGES: Kind = kind(
    "replication_status_changes",
    "Нутагшуулалтын түүх",
    "Replication status changes",
    &[],
    &[
        must("replication", "Нутагшуулалтын код", "Replication", &[], Holds::Ref("replications")),
        must("changed_on", "Өдөр", "Changed on", &["date", "огноо"], Holds::Date),
        must("status", "Төлөв", "Status", &[], Holds::Ref("replication_statuses")),
        INVENTED,
    ],
);

pub const BUDGET_LINES: Kind = kind(
    "budget_lines",
    "Төсөв",
    "Budget lines",
    &["budget line", "budget", "төсвийн мөр"],
    &[
        must("replication", "Нутагшуулалтын код", "Replication", &[], Holds::Ref("replications")),
        must("position", "Дугаар", "No", &["line", "number"], Holds::Integer(1, 10_000)),
        must("source", "Эх үүсвэр", "Source", &["funding source"], Holds::Ref("funding_sources")),
        must("amount", "Дүн, ₮", "Amount, ₮", &["amount"], Holds::Money),
        must("fiscal_year", "Төсвийн он", "Fiscal year", &["year", "он"], YEAR),
        INVENTED,
    ],
);

pub const REVIEWS: Kind = kind(
    "reviews",
    "Ижил түвшний үнэлгээ",
    "Reviews",
    &["review", "peer reviews", "peer review"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("replication", "Нутагшуулалтын код", "Replication", &[], Holds::Ref("replications")),
        must("reviewers", "Үнэлсэн хороо", "Reviewing khoroos", &["reviewer"], Holds::Khoroos),
        must("reviewed_on", "Огноо", "Reviewed on", &["date", "өдөр"], Holds::Date),
        MODE_MAY,
        must("rating", "Үнэлгээ", "Rating", &[], Holds::Ref("ratings")),
        may("comment", "Тайлбар", "Comment", &[], LONG),
        may("follow_up_by", "Дараагийн алхам хүртэл", "Follow up by", &[], Holds::Date),
        may("trainer", "Сургагч багш", "Trainer", &[], Holds::Ref("trainers")),
        INVENTED,
    ],
);

pub const TRAININGS: Kind = kind(
    "trainings",
    "Сургалт",
    "Trainings",
    &["training"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("org", "Байгууллага", "Organisation", &["organization"], Holds::Text(200)),
        must("title_mn", "Нэр", "Title (Mongolian)", &["title"], Holds::Text(200)),
        may("title_en", "Нэр (англи)", "Title (English)", &[], Holds::Text(200)),
        may("topic", "Сэдэв", "Topic", &[], Holds::Text(200)),
        HELD_ON,
        must("form", "Хэлбэр", "Form", &["mode"], Holds::Choice(FORM)),
        may("target_group", "Зорилтот бүлэг", "Target group", &[], Holds::Text(200)),
        may("participants_f", "Эмэгтэй", "Participants, women", &["women"], COUNT),
        may("participants_m", "Эрэгтэй", "Participants, men", &["men"], COUNT),
        may("participants_unknown", "Хүйс тодорхойгүй", "Participants, unknown", &[], COUNT),
        may("participants_total", "Оролцогч бүгд", "Participants, all", &["participants", "оролцогч"], COUNT),
        may("pre_score_pct", "Өмнөх оноо, %", "Score before, %", &["pre score"], Holds::Percent),
        may("post_score_pct", "Дараах оноо, %", "Score after, %", &["post score"], Holds::Percent),
        may("n_pre", "Өмнөх тест өгсөн хүн", "Tested before", &[], COUNT),
        may("n_post", "Дараах тест өгсөн хүн", "Tested after", &[], COUNT),
        may("satisfaction_pct", "Сэтгэл ханамж, %", "Satisfaction, %", &["satisfaction"], Holds::Percent),
        may("n_survey", "Санал асуулгад хамрагдсан", "Surveyed", &[], COUNT),
        COST,
        INVENTED,
    ],
);

pub const NEEDS: Kind = kind(
    "needs",
    "Суралцах хэрэгцээ",
    "Needs",
    &["need", "learning needs"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("khoroo", "Хороо", "Khoroo", &[], Holds::Khoroo),
        must("theme", "Сэдэв", "Theme", &[], Holds::Ref("themes")),
        may("text", "Тайлбар", "Text", &[], LONG),
        may("urgency", "Яаралтай", "Urgency", &[], Holds::Integer(1, 3)),
        must("since", "Хэзээнээс", "Since", &["date", "огноо"], Holds::Date),
        must("status", "Төлөв", "Status", &[], Holds::Choice(NEED_STATUS)),
        INVENTED,
    ],
);

pub const OFFERS: Kind = kind(
    "offers",
    "Туршлага хуваалцах санал",
    "Offers",
    &["offer", "learning offers"],
    &[
        must("id", "Код", "Id", &[], Holds::Id),
        must("khoroo", "Хороо", "Khoroo", &[], Holds::Khoroo),
        must("practice", "Туршлагын код", "Practice", &[], Holds::Ref("practices")),
        must("capacity_per_quarter", "Улиралд авах айлчлал", "Visits per quarter", &["capacity"], COUNT),
        MODE_MAY,
        may("max_group", "Бүлгийн дээд тоо", "Largest group", &[], Holds::Integer(1, i64::MAX)),
        must("status", "Төлөв", "Status", &[], Holds::Choice(OFFER_STATUS)),
        INVENTED,
    ],
);

const HELD_ON: Column = must("held_on", "Огноо", "Held on", &["date", "өдөр"], Holds::Date);
const MODE_MUST: Column = must("mode", "Хэлбэр", "Mode", &[], Holds::Choice(MODE));
const MODE_MAY: Column = may("mode", "Хэлбэр", "Mode", &[], Holds::Choice(MODE));
const COST: Column = may("cost", "Зардал, ₮", "Cost, ₮", &["cost", "зардал"], Holds::Money);
const INVITED: Column = may("invited", "Уригдсан", "Invited", &[], COUNT);
const ATTENDED: Column = may("attended", "Ирсэн", "Attended", &[], COUNT);
