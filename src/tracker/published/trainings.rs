//! Trainings of the Human Resources Development Center.

use super::sources::{CITY_NEWS, HRDC_SLIDES};
use super::{Part, Published, Topic, figure, part};

const PARTICIPATIONS: [&str; 2] = [
    "Оролцоо: хоёр сургалтад суусан хүнийг хоёр удаа тоолсон байж болно",
    "Participations: who came to two trainings may be counted twice",
];

pub(super) const TRAININGS: [Published; 8] = [
    hrdc("hrdc_trainings", ["Сургалт", "Trainings"], &[only(["Сургалт", "Trainings"], 661.0, "trainings")])
        .of("Сургалт", "Trainings held"),
    hrdc(
        "hrdc_participants",
        ["Сургалтын оролцогч", "Participants of trainings"],
        &[only(["Оролцогч", "Participants"], 14_451.0, "participations")],
    )
    .of(PARTICIPATIONS[0], PARTICIPATIONS[1])
    .noting("Давхардаагүй хүний тоо биш.", "Not a number of different people."),
    hrdc(
        "hrdc_gender",
        ["Оролцогчийн хүйс", "Participants by gender"],
        &[part("women", ["Эмэгтэй", "Women"], 69.0, "%"), part("men", ["Эрэгтэй", "Men"], 31.0, "%")],
    )
    .of(PARTICIPATIONS[0], PARTICIPATIONS[1]),
    hrdc(
        "hrdc_form",
        ["Цахим ба танхимын сургалт", "Online and classroom"],
        &[
            part("online", ["Цахим", "Online"], 43.0, "%"),
            part("classroom", ["Танхим", "Classroom"], 57.0, "%"),
        ],
    )
    .of_untold(
        "Эх сурвалжид заагаагүй: сургалтын эсвэл оролцооны хувь байж болно",
        "Not told by the source: a share of trainings, or of participations",
    ),
    hrdc(
        "hrdc_scores",
        ["Сургалтын өмнөх ба дараах оноо", "Scores before and after training"],
        &[
            part("before", ["Өмнө", "Before"], 46.0, "%"),
            part("after", ["Дараа", "After"], 76.0, "%"),
            part("gain", ["Өсөлт", "Gain"], 30.0, "percentage points"),
        ],
    )
    .of_untold(
        "Эх сурвалжид заагаагүй: шалгуулсан хүний тоо мэдэгдэхгүй",
        "Not told by the source: how many people were tested",
    )
    .noting(
        "Эх сурвалжид өсөлтийг «30 %» гэсэн; энэ нь хувийн нэгж (харьцангуй өсөлт биш).",
        "The source prints the gain as “30 %”; it is percentage points, not a relative gain.",
    ),
    hrdc(
        "hrdc_satisfaction",
        ["Сургалтын сэтгэл ханамж", "Satisfaction with trainings"],
        &[only(["Сэтгэл ханамж", "Satisfaction"], 85.0, "%")],
    )
    .of("Санал асуулгад хариулсан оролцогч", "Participants who answered the survey")
    .over(2_480),
    figure(
        Topic::Trainings,
        "trainers_2019",
        ["2019 онд бэлтгэсэн сургагч багш", "Trainers trained in 2019"],
        &[only(["Сургагч багш", "Trainers"], 34.0, "people")],
        "2019",
        &[HRDC_SLIDES],
    )
    .of("Хүн", "People"),
    figure(
        Topic::Trainings,
        "trainers_2021",
        ["2021 онд бэлтгэсэн сургагч багш", "Trainers trained in 2021"],
        &[only(["Сургагч багш", "Trainers"], 17.0, "people")],
        "2021-08",
        &[CITY_NEWS],
    )
    .of("Хүн", "People")
    .noting(
        "2019 оны сургагч багш нартай давхардсан эсэх нь мэдэгдэхгүй тул нэмж болохгүй.",
        "Whether they overlap with those of 2019 is not known, so the two cannot be added.",
    ),
];

const fn hrdc(id: &'static str, names: [&'static str; 2], values: &'static [Part]) -> Published {
    figure(Topic::Trainings, id, names, values, "2023-09", &[HRDC_SLIDES])
}

const fn only(names: [&'static str; 2], value: f64, unit: &'static str) -> Part {
    part("value", names, value, unit)
}
