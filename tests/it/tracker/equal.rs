//! The tracker and the counts of the map say the same, and the totals are those published.

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::model::audience::Audience;
use hlp_tracker::model::{Change, Loaded};
use hlp_tracker::snapshot::{Level, Measure, Snapshot};
use hlp_tracker::tracker::{Question, Scope, Value, figure};
use proptest::prelude::*;

use super::town::{SCOPES, THEMES, build, town};
use super::{cycle, office, questions, value};
use crate::support::cases;

fn demo() -> Snapshot {
    let mut loaded = Loaded::default();
    for change in generate(&DemoOptions::default()).changes {
        match change {
            Change::Put(row) => loaded.add(row),
            other => panic!("{other:?} in an empty store"),
        }
    }
    loaded.sort();
    build(loaded)
}

fn check(snapshot: &Snapshot, scopes: &[&str], themes: &[Option<&str>]) {
    for question in questions(snapshot, scopes, themes) {
        let view = snapshot.vintage(question.vintage.as_ref().expect("asked")).expect("a vintage");
        let count = |measure| {
            let theme = question.theme.as_deref();
            match &question.scope {
                Scope::City => view.counts.total(measure, &question.cycle, theme),
                Scope::District(code) => {
                    let idx = view.geography.district_idx(code).expect("a district");
                    view.counts.value(measure, Level::District, idx, &question.cycle, theme)
                }
                Scope::Khoroo(code) => {
                    let idx = view.geography.khoroo_idx(code).expect("a khoroo");
                    view.counts.value(measure, Level::Khoroo, idx, &question.cycle, theme)
                }
            }
        };
        for (card, measure) in [("identify", Measure::Identifications), ("replicate", Measure::Replications)]
        {
            let told =
                figure(snapshot, &question, Audience::Internal, card, measure.word()).expect("is there");
            let counted = count(measure).map(|n| Value(f64::from(n)));
            assert_eq!((told.value, told.is_estimate), (counted, false), "{question:?}");
        }
    }
}

#[test]
fn the_tracker_and_the_map_agree_on_the_demo() {
    let snapshot = demo();
    let view = snapshot.newest().expect("a vintage");
    let themes: Vec<Option<&str>> =
        std::iter::once(None).chain(view.counts.themes.iter().map(|t| Some(t.as_str()))).collect();
    let districts: Vec<&str> = view.geography.districts.iter().map(|u| u.code.as_str()).collect();
    check(&snapshot, &[&["city"], &districts[..]].concat(), &themes);
    let khoroos: Vec<&str> = view.geography.khoroos.iter().map(|u| u.code.as_str()).collect();
    check(&snapshot, &khoroos, &themes);
}

#[test]
fn the_totals_are_those_published() {
    let snapshot = demo();
    let of = |vintage: Option<&str>, asked: &str| {
        let vintage = vintage.map(|id| id.parse().expect("a vintage"));
        let answer = office(&snapshot, &Question { vintage, ..Question::city(cycle(asked)) });
        (value(&answer, "identify", "identifications"), value(&answer, "replicate", "replications"))
    };
    assert_eq!(of(None, "2020"), (Some(144.0), None));
    assert_eq!(of(None, "2022"), (Some(248.0), Some(95.0)));
    assert_eq!(of(None, "all"), (Some(392.0), Some(95.0)));
    // On whatever ground: the city is the same city.
    assert_eq!(of(Some("2022"), "2020"), (Some(144.0), None));
    assert_eq!(of(Some("2020"), "2022"), (Some(248.0), Some(95.0)));
    // All cycles of a vintage are those native to it, as everywhere else.
    assert_eq!(of(Some("2022"), "all"), (Some(248.0), Some(95.0)));
    assert_eq!(of(Some("2020"), "all"), (Some(144.0), None));
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn the_tracker_and_the_map_agree_on_any_town(seed: u64) {
        check(&build(town(seed)), &SCOPES, &THEMES);
    }
}
