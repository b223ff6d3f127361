//! What suggestions say, and what they do not.

use super::*;
use crate::partners::score::{PartKind, Rated};

fn suggestion(mode: Mode) -> Suggestion {
    Suggestion {
        practice: 0,
        host: 0,
        score: 0,
        parts: std::array::from_fn(|_| Part {
            kind: PartKind::Proximity,
            weight: 0.0,
            value: 0.0,
            points: 0,
            is_known: true,
            input: Input::Proximity { minutes: Some(95.0) },
        }),
        way: Way { minutes: Some(95.0), source: WaySource::Estimate, straight_m: None },
        distance_m: None,
        mode,
    }
}

#[test]
fn a_visit_online_is_told_without_a_way() {
    for (mode, expected) in [
        (Mode::Virtual, "Khoroo 1 can show “A tree”: online."),
        (Mode::FaceToFace, "Khoroo 1 can show “A tree”: about 95 minutes one way."),
    ] {
        assert_eq!(sentence(&suggestion(mode), "Khoroo 1", "A tree", Lang::En), expected);
    }
    let mn = sentence(&suggestion(Mode::Virtual), "1 дүгээр хороо", "Мод", Lang::Mn);
    assert_eq!(mn, "1 дүгээр хороо «Мод» туршлагаа танилцуулах боломжтой: цахимаар.");
}

#[test]
fn nearness_of_a_visit_online_says_that_nobody_travels() {
    let told = |mode, lang| reason(&suggestion(mode).parts[1], &suggestion(mode), lang);
    assert_eq!(told(Mode::FaceToFace, Lang::En), "about 95 minutes one way");
    let online = told(Mode::Virtual, Lang::En);
    assert!(online.starts_with("online, so nobody travels; counted by how far the host is"), "{online}");
    let online = told(Mode::Virtual, Lang::Mn);
    assert!(online.contains("хэн ч замд гарахгүй") && online.contains("95"), "{online}");
    let mut unknown = suggestion(Mode::Virtual);
    unknown.parts[1].input = Input::Proximity { minutes: None };
    let of = |suggestion: &Suggestion, lang| reason(&suggestion.parts[1], suggestion, lang);
    assert!(of(&unknown, Lang::En).starts_with("online, so nobody travels; how far the host is"));
    assert!(of(&unknown, Lang::Mn).starts_with("цахим айлчлал, хэн ч замд гарахгүй"));
    unknown.mode = Mode::FaceToFace;
    assert!(of(&unknown, Lang::En).starts_with("travel time unknown"));
}

#[test]
fn nothing_is_said_for_a_suggestion_that_is_not_known() {
    let known = |setup, year| Cost { setup, year };
    let ease = |cost: Option<i64>, replicability| Input::Ease { cost: known(cost, cost), replicability };
    let setting = |host: Option<&str>, host_population| Input::Setting {
        own: Some("ger".into()),
        host: host.map(str::to_owned),
        own_population: Some(10_000),
        host_population,
    };
    let quality = |mean: Option<f64>, is_awarded, maturity| {
        let rated = Some(Rated { n: 3, mean, mean_of_all: 0.5 });
        Input::Quality { rated, is_awarded, maturity, is_copied: true }
    };
    let public =
        |is_awarded, maturity, is_copied| Input::Quality { rated: None, is_awarded, maturity, is_copied };
    for (input, expected) in [
        (ease(Some(0), Some(Replicability::Easy)), Some("it costs little and is easy to replicate")),
        (ease(None, Some(Replicability::Easy)), Some("it is easy to replicate")),
        (ease(Some(90_000_000), Some(Replicability::Easy)), Some("it is easy to replicate")),
        (ease(Some(0), None), Some("it costs little")),
        (ease(Some(0), Some(Replicability::Medium)), Some("it costs little")),
        (ease(None, None), None),
        (Input::Ease { cost: known(Some(0), None), replicability: None }, None),
        (setting(Some("ger"), Some(9_000)), Some("the khoroos are alike")),
        (setting(Some("ger"), None), Some("the setting is the same")),
        (setting(Some("ger"), Some(1_000)), Some("the setting is the same")),
        (setting(None, Some(9_000)), Some("the khoroos are of like size")),
        (setting(None, None), None),
        (quality(Some(0.9), false, Some(Maturity::Replicated)), Some("it has proved itself")),
        (quality(Some(0.9), true, Some(Maturity::Demonstrated)), Some("it has proved itself")),
        (quality(Some(0.1), false, Some(Maturity::Replicated)), None),
        (quality(Some(0.1), true, Some(Maturity::Demonstrated)), Some("it was awarded")),
        (quality(Some(0.5), false, Some(Maturity::Demonstrated)), None),
        (quality(None, false, Some(Maturity::Replicated)), Some("it is replicated elsewhere")),
        (quality(None, false, Some(Maturity::Demonstrated)), Some("its results have been seen")),
        (quality(None, true, Some(Maturity::Demonstrated)), Some("it was awarded")),
        (public(false, Some(Maturity::Promising), false), None),
        (public(true, Some(Maturity::Demonstrated), false), Some("it was awarded")),
        (public(true, Some(Maturity::Replicated), true), Some("it was awarded")),
        (public(false, Some(Maturity::Replicated), true), Some("it is replicated elsewhere")),
        (public(false, Some(Maturity::Replicated), false), None),
        (quality(Some(0.9), false, None), Some("its copies are rated well")),
        (quality(None, true, None), Some("it was awarded")),
        (quality(None, true, Some(Maturity::Promising)), Some("it was awarded")),
        (quality(None, false, None), None),
        (Input::Need { theme: "waste".into(), urgency: None }, None),
        (Input::Capacity { used_of: None }, None),
    ] {
        assert_eq!(merit(&input, Lang::En), expected, "{input:?}");
        assert_eq!(merit(&input, Lang::Mn).is_some(), expected.is_some(), "{input:?}");
    }
}

#[test]
fn a_cost_that_is_known_in_part_says_which_part() {
    let told = |setup, year| cost(Cost { setup, year }, Lang::En);
    assert_eq!(told(Some(1_000), Some(500)), "1,500 ₮ in the first year");
    assert_eq!(told(None, None), "cost unknown");
    for (text, part) in [(told(Some(1_000), None), "setting up"), (told(None, Some(1_000)), "a year")] {
        let parts = ["first year unknown", "1 of 2 parts is not known", part, "1,000 ₮"];
        assert!(parts.iter().all(|part| text.contains(part)), "{text}");
    }
}

#[test]
fn why_not_is_told_with_days_in_words_and_numbers_in_their_case() {
    let on = jiff::civil::date(2023, 2, 24);
    for (reason, mn, en) in [
        (
            WhyNot::Copied { on },
            "2023\u{a0}оны 2\u{a0}сарын\u{a0}24-нд нутагшуулахаар шийдсэн",
            "the khoroo decided on 24\u{a0}February\u{a0}2023 to replicate it",
        ),
        (
            WhyNot::Visited { on },
            "2023\u{a0}оны 2\u{a0}сарын\u{a0}24-нд үзэх айлчлал бүртгэгдсэн",
            "a visit to see it is on record for 24\u{a0}February\u{a0}2023",
        ),
        (
            WhyNot::HostFull { used: 2, capacity: 2 },
            "хүлээн авагч улиралд авах 2 айлчлалаас 2-ыг товлосон",
            "the host has 2 visits in the quarter and takes 2",
        ),
        (
            WhyNot::HostFull { used: 4, capacity: 4 },
            "хүлээн авагч улиралд авах 4 айлчлалаас 4-ийг товлосон",
            "the host has 4 visits in the quarter and takes 4",
        ),
    ] {
        assert_eq!([why_not(&reason, Lang::Mn), why_not(&reason, Lang::En)], [mn, en]);
    }
}
