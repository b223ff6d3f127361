//! An invented river with its tributary, another by the exclave, and main roads.
//!
//! The river comes from the east, follows the common border of districts through the city, as rivers
//! do, and leaves by the west. Courses were laid by eye; no line is traced.

use super::border::{Manner, wander};
use super::outline::Outline;
use super::plane::Vertex;
use super::random::Random;
use crate::model::{ContextKind, ContextLine, GridPoint};

/// A course through places (longitude, latitude in 1e-4 degrees) and along arcs of the outline.
struct Course {
    id: &'static str,
    kind: ContextKind,
    name_mn: &'static str,
    name_en: &'static str,
    legs: &'static [Leg],
}

enum Leg {
    Through(&'static [(i32, i32)]),
    /// An arc of the frame, walked backwards.
    Back(usize),
    /// An arc of the frame, walked as it lies.
    Along(usize),
}

/// Every line, sorted by id.
pub fn lines(seed: u64, outline: &Outline) -> Vec<ContextLine> {
    let mut lines: Vec<ContextLine> =
        (0_u64..).zip(&COURSES).map(|(nth, course)| draw(seed, nth, course, outline)).collect();
    lines.sort_by(|a, b| a.id.cmp(&b.id));
    lines
}

fn draw(seed: u64, nth: u64, course: &Course, outline: &Outline) -> ContextLine {
    let mut random = Random::stream(seed, &[PURPOSE, nth]);
    let (step, roughness) = match course.kind {
        ContextKind::River => (180.0, 0.28),
        ContextKind::Road => (320.0, 0.09),
    };
    let step_m = |_: f64, _: f64| step;
    let manner = Manner { step_m: &step_m, roughness };
    let mut line: Vec<Vertex> = Vec::new();
    for leg in course.legs {
        match leg {
            Leg::Through(places) => {
                for &place in *places {
                    let next = Vertex::table(place);
                    if let Some(&last) = line.last() {
                        line.extend(wander(last, next, 0.0, &manner, &mut random));
                    }
                    line.push(next);
                }
            }
            Leg::Along(arc) => line.extend_from_slice(&outline.arcs[*arc]),
            Leg::Back(arc) => line.extend(outline.arcs[*arc].iter().rev()),
        }
    }
    let mut points: Vec<GridPoint> = line.into_iter().map(|v| v.grid).collect();
    points.dedup();
    ContextLine {
        id: course.id.into(),
        kind: course.kind,
        name_mn: Some(course.name_mn.into()),
        name_en: Some(course.name_en.into()),
        line: points,
        illustrative: true,
    }
}

const PURPOSE: u64 = 0x0A7E;

/// Arcs of the frame between the southern district and its northern neighbours, from east to west.
const SOUTH_OF_MIDDLE: usize = 9;
const SOUTH_OF_WEST_MIDDLE: usize = 2;
const SOUTH_OF_WEST: usize = 11;

const COURSES: [Course; 9] = [
    Course {
        id: "river-sample",
        kind: ContextKind::River,
        name_mn: "Жишээ гол",
        name_en: "Sample River",
        legs: &[
            Leg::Through(&[
                (1_077_200, 480_900),
                (1_075_600, 480_150),
                (1_074_300, 479_500),
                (1_073_000, 479_250),
                (1_071_700, 479_350),
                (1_070_600, 479_000),
                (1_069_800, 479_080),
                (1_069_219, 479_008),
            ]),
            Leg::Back(SOUTH_OF_MIDDLE),
            Leg::Along(SOUTH_OF_WEST_MIDDLE),
            Leg::Along(SOUTH_OF_WEST),
            Leg::Through(&[(1_064_100, 478_050), (1_062_900, 477_500)]),
        ],
    },
    Course {
        id: "river-sample-stream",
        kind: ContextKind::River,
        name_mn: "Жишээ горхи",
        name_en: "Sample Stream",
        legs: &[Leg::Through(&[
            (1_069_500, 481_700),
            (1_069_550, 481_000),
            (1_069_650, 480_300),
            (1_069_450, 479_700),
            (1_069_200, 479_350),
            (1_068_984, 479_070),
        ])],
    },
    Course {
        id: "river-sample-east",
        kind: ContextKind::River,
        name_mn: "Зүүн жишээ гол",
        name_en: "Sample East River",
        legs: &[Leg::Through(&[
            (1_082_100, 480_600),
            (1_083_100, 479_500),
            (1_084_000, 478_600),
            (1_084_100, 477_700),
            (1_083_500, 476_900),
            (1_083_000, 475_900),
        ])],
    },
    Course {
        id: "road-sample-avenue",
        kind: ContextKind::Road,
        name_mn: "Жишээ өргөн чөлөө",
        name_en: "Sample Avenue",
        legs: &[Leg::Through(&[
            (1_064_300, 478_600),
            (1_066_400, 478_900),
            (1_067_900, 479_040),
            (1_068_700, 479_150),
            (1_069_170, 479_170),
            (1_069_700, 479_150),
            (1_070_700, 479_120),
        ])],
    },
    Course {
        id: "road-sample-north",
        kind: ContextKind::Road,
        name_mn: "Хойд жишээ зам",
        name_en: "Sample North Road",
        legs: &[Leg::Through(&[
            (1_069_170, 479_170),
            (1_068_900, 479_600),
            (1_068_850, 480_300),
            (1_068_700, 480_900),
        ])],
    },
    Course {
        id: "road-sample-northwest",
        kind: ContextKind::Road,
        name_mn: "Баруун хойд жишээ зам",
        name_en: "Sample Northwest Road",
        legs: &[Leg::Through(&[
            (1_067_900, 479_040),
            (1_067_300, 479_700),
            (1_066_300, 480_600),
            (1_065_400, 481_600),
            (1_064_700, 482_600),
        ])],
    },
    Course {
        id: "road-sample-south",
        kind: ContextKind::Road,
        name_mn: "Өмнөд жишээ зам",
        name_en: "Sample South Road",
        legs: &[Leg::Through(&[
            (1_069_170, 479_170),
            (1_068_900, 478_800),
            (1_068_000, 478_400),
            (1_067_000, 477_800),
            (1_066_500, 476_800),
        ])],
    },
    Course {
        id: "road-sample-to-bagakhangai",
        kind: ContextKind::Road,
        name_mn: "Багахангайн жишээ зам",
        name_en: "Sample Road to Bagakhangai",
        legs: &[Leg::Through(&[
            (1_073_200, 477_850),
            (1_073_700, 476_900),
            (1_074_300, 475_600),
            (1_074_700, 474_500),
            (1_074_800, 473_600),
        ])],
    },
    Course {
        id: "road-sample-to-baganuur",
        kind: ContextKind::Road,
        name_mn: "Багануурын жишээ зам",
        name_en: "Sample Road to Baganuur",
        legs: &[Leg::Through(&[
            (1_070_700, 479_120),
            (1_072_000, 478_500),
            (1_073_200, 477_850),
            (1_075_500, 478_000),
            (1_078_000, 477_600),
            (1_081_000, 477_800),
            (1_083_700, 477_900),
        ])],
    },
];
