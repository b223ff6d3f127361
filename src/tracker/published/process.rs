//! Khoroos taking part, practices identified and replicated, as HRDC printed them.
//!
//! The totals that records must reproduce are computed from records elsewhere; these are what they are held
//! against.

use super::sources::{HRDC_SLIDES, MONTSAME};
use super::{Published, Topic, figure, part};

const IN_2020: [&str; 2] = ["2020 оны мөчлөг", "Cycle of 2020"];
const IN_2022: [&str; 2] = ["2022 оны мөчлөг", "Cycle of 2022"];

pub(super) const PROCESS: [Published; 3] = [
    figure(
        Topic::Process,
        "khoroos",
        ["Хамрагдсан хороо", "Khoroos covered"],
        &[part("2020", IN_2020, 171.0, "khoroos"), part("2022", IN_2022, 204.0, "khoroos")],
        "2023-09",
        &[HRDC_SLIDES, MONTSAME],
    )
    .of("Хороо", "Khoroos"),
    figure(
        Topic::Process,
        "identifications",
        ["Тодорхойлсон сайн туршлага", "Good practices identified"],
        &[
            part("2020", IN_2020, 144.0, "practices"),
            part("2022", IN_2022, 248.0, "practices"),
            part("total", ["Нийт", "Total"], 392.0, "practices"),
        ],
        "2023-09",
        &[HRDC_SLIDES, MONTSAME],
    )
    .of("Мөчлөгт ирүүлсэн туршлага (хороо биш)", "Practices entered in the cycle, not khoroos")
    .noting(
        "144 гэсэн тоог 2020 онд мөн «ирүүлсэн» туршлага гэж мэдээлсэн.",
        "The 144 were also reported in 2020, as practices “submitted”.",
    ),
    figure(
        Topic::Process,
        "replications",
        ["Нутагшуулсан сайн туршлага", "Good practices replicated"],
        &[part("2022", IN_2022, 95.0, "replications")],
        "2023-09",
        &[HRDC_SLIDES],
    )
    .of("Нутагшуулалт", "Replications")
    .noting(
        "2020 оны мөчлөгийн тоо нийтлэгдээгүй: мэдэгдэхгүй, тэг биш.",
        "None was published for the cycle of 2020: unknown, not 0.",
    ),
];
