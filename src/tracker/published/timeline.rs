//! How the process came to the city, year by year.

use super::sources::HRDC_SLIDES;
use super::{Part, Published, Topic, figure, part};

pub(super) const TIMELINE: [Published; 6] = [
    event(
        "orientation_2018",
        ["LOGIN сүлжээний танилцуулга", "Orientation by the network LOGIN"],
        &[],
        "2018",
    ),
    event(
        "trainers_trained_2019",
        ["Сургагч багш бэлтгэв", "Trainers and staff of HRDC trained"],
        &[part("people", ["Сургагч багш, ажилтан", "Trainers and staff"], 34.0, "people")],
        "2019",
    )
    .of("Хүн", "People"),
    event(
        "resolution_2019",
        ["НИТХ-ын 21/03 дугаар тогтоол", "City Council resolution 21/03"],
        &[],
        "2019-01-28",
    )
    .noting(
        "Эрэлтэд суурилсан харилцан суралцах арга зүйг чадавх бэхжүүлэх хөтөлбөрт тусгасан (5.2.5).",
        "Puts demand-based horizontal learning into the capacity programme (clause 5.2.5).",
    ),
    event(
        "forum_2020",
        ["Сайн туршлагын хэлэлцүүлэг, 1–2 дугаар алхам", "Forum of good practices, steps 1–2"],
        &[part("khoroos", ["Хороо", "Khoroos"], 171.0, "khoroos")],
        "2020",
    )
    .of("Хороо", "Khoroos"),
    event(
        "tracker_2021",
        [
            "Газрын зурагт суурилсан HLP Tracker; 3–6 дугаар алхам цахимаар",
            "GIS-based HLP Tracker developed; steps 3–6 online",
        ],
        &[part("khoroos", ["Хороо", "Khoroos"], 171.0, "khoroos")],
        "2021",
    )
    .of("Хороо", "Khoroos"),
    event(
        "forum_2022",
        ["Сайн туршлагын хэлэлцүүлэг, 3–6 дугаар алхам", "Forum of good practices, steps 3–6"],
        &[part("khoroos", ["Хороо", "Khoroos"], 204.0, "khoroos")],
        "2022",
    )
    .of("Хороо", "Khoroos"),
];

const fn event(
    id: &'static str,
    names: [&'static str; 2],
    values: &'static [Part],
    as_of: &'static str,
) -> Published {
    figure(Topic::Timeline, id, names, values, as_of, &[HRDC_SLIDES])
}
