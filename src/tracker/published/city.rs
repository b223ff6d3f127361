//! The city, as the slides about the process introduce it.

use super::sources::HRDC_SLIDES;
use super::{Published, Topic, figure, part};

pub(super) const CITY: [Published; 3] = [
    figure(
        Topic::City,
        "city_population",
        ["Нийслэлийн хүн ам", "Residents of the capital"],
        &[part("value", ["Хүн ам", "Residents"], 1_600_000.0, "people")],
        "2023-09",
        &[HRDC_SLIDES],
    )
    .of("Хүн", "People")
    .noting("Бүхэлчилсэн: 1.6 сая.", "Rounded by the source: 1.6 million."),
    figure(
        Topic::City,
        "city_households",
        ["Нийслэлийн өрх", "Households of the capital"],
        &[part("value", ["Өрх", "Households"], 411_420.0, "households")],
        "2023-09",
        &[HRDC_SLIDES],
    )
    .of("Өрх", "Households"),
    figure(
        Topic::City,
        "city_council",
        ["Дүүрэг ба НИТХ-ын төлөөлөгч", "Districts and city councillors"],
        &[
            part("districts", ["Дүүрэг", "Districts"], 9.0, "districts"),
            part("councillors", ["Төлөөлөгч", "Councillors"], 45.0, "people"),
        ],
        "2023-09",
        &[HRDC_SLIDES],
    )
    .of("Дүүрэг; төлөөлөгч", "Districts; councillors"),
];
