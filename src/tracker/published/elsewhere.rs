//! Other countries and programmes: context, never part of a total of this city's process.

use super::sources::{HRDC_SLIDES, UNDP};
use super::{Published, Topic, figure, part};

const OTHER_PROGRAMME: [&str; 2] = [
    "Өөр хөтөлбөрийн тоо: нийслэлийн харилцан суралцах үйл ажиллагааны дүнд орохгүй.",
    "Of another programme: no part of the totals of the city's horizontal learning.",
];

pub(super) const ELSEWHERE: [Published; 5] = [
    figure(
        Topic::Elsewhere,
        "bangladesh",
        ["Бангладеш дахь харилцан суралцах үйл явц", "Horizontal learning in Bangladesh"],
        &[
            part("municipalities", ["Хотын захиргаа", "Municipalities"], 150.0, "municipalities"),
            part("unions", ["Юнион", "Unions"], 1_938.0, "unions"),
            part("districts", ["Дүүрэг", "Districts"], 39.0, "districts"),
        ],
        "2023-09",
        &[HRDC_SLIDES],
    )
    .of("Орон нутгийн захиргаа", "Local governments")
    .noting("2007 оноос хойш.", "Since 2007."),
    figure(
        Topic::Elsewhere,
        "undp_women",
        ["Төрийн албан дахь эмэгтэйчүүд", "Women in the civil service"],
        &[
            part("service", ["Бүх төрийн албан хаагч", "All civil servants"], 61.5, "%"),
            part("senior", ["Тэргүүн түшмэл", "Senior principal officers"], 24.0, "%"),
        ],
        "2021-09",
        &[UNDP],
    )
    .of("Монгол Улсын төрийн албан хаагч", "Civil servants of Mongolia")
    .noting(OTHER_PROGRAMME[0], OTHER_PROGRAMME[1]),
    figure(
        Topic::Elsewhere,
        "undp_women_leaders",
        ["Эмэгтэй удирдагчдын сургалт", "Training of women leaders"],
        &[
            part("second_intake", ["Хоёр дахь элсэлт", "Second intake"], 20.0, "people"),
            part("three_intakes", ["Гурван элсэлтийн дүн", "After three intakes"], 60.0, "people"),
        ],
        "2021-09",
        &[UNDP],
    )
    .of("Хүн", "People")
    .noting(OTHER_PROGRAMME[0], OTHER_PROGRAMME[1]),
    figure(
        Topic::Elsewhere,
        "undp_hr_specialists",
        ["Хүний нөөцийн мэргэжилтэн", "Human-resource specialists"],
        &[
            part("specialists", ["Мэргэжилтэн, ойролцоогоор", "Specialists, about"], 1_200.0, "people"),
            part("trained", ["Сургасан", "Trained"], 150.0, "people"),
            part("share", ["Хувь", "Share"], 12.5, "%"),
        ],
        "2021-09",
        &[UNDP],
    )
    .of("Хүн", "People")
    .noting(OTHER_PROGRAMME[0], OTHER_PROGRAMME[1]),
    figure(
        Topic::Elsewhere,
        "undp_ethics_councils",
        ["Ёс зүйн зөвлөл", "Ethics councils"],
        &[part("value", ["Зөвлөл, ойролцоогоор", "Councils, about"], 2_050.0, "councils")],
        "2021-09",
        &[UNDP],
    )
    .of("Зөвлөл", "Councils")
    .noting(OTHER_PROGRAMME[0], OTHER_PROGRAMME[1]),
];
