//! Figures of one vintage's cycle on another's ground.

use hlp_tracker::model::{
    Dataset, Decision, Khoroo, Lineage, LineageKind, Loaded, PracticeStatus, VintageId,
};
use hlp_tracker::snapshot::Snapshot;
use hlp_tracker::tracker::Question;
use jiff::civil::date;
use proptest::prelude::*;

use super::town::{build, town, with_lists};
use super::{cycle, figure, office, scope, value};
use crate::small_world::{at, identification, lineage, practice};
use crate::support::cases;

fn on(vintage: &str, code: &str, asked: &str) -> Question {
    let vintage: VintageId = vintage.parse().expect("a vintage");
    Question { scope: scope(code), vintage: Some(vintage), ..Question::city(cycle(asked)) }
}

fn entered(snapshot: &Snapshot, question: &Question) -> f64 {
    value(&office(snapshot, question), "identify", "identifications").expect("known")
}

/// Entries of 2020 on the ground of 2022: `p1` was at home in aa-2, which was cut in two.
fn of_the_cut(loaded: Loaded) -> [f64; 2] {
    let snapshot = build(loaded);
    ["aa-2", "aa-3"].map(|code| entered(&snapshot, &on("2022", code, "2020")))
}

#[test]
fn the_point_decides_then_residents_then_ground() {
    let mut town = with_lists();
    let close = |found: [f64; 2], expected: [f64; 2]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?} {expected:?}");
    };
    close(of_the_cut(town.clone()), [0.45, 0.55]);
    for (pair, share) in town.lineage.iter_mut().filter(|l| l.area_share < 1.0).zip([0.3, 0.7]) {
        pair.population_share = Some(share);
    }
    close(of_the_cut(town.clone()), [0.3, 0.7]);
    town.lineage[1].population_share = None;
    close(of_the_cut(town.clone()), [0.45, 0.55]);
    town.records.practices[0].location = Some(at(15, 5));
    close(of_the_cut(town.clone()), [1.0, 0.0]);
    town.records.practices[0].location = Some(at(25, 5));
    close(of_the_cut(town), [0.0, 1.0]);
}

#[test]
fn what_was_cut_in_two_comes_back_whole() {
    let snapshot = build(with_lists());
    let back = |code| value(&office(&snapshot, &on("2020", code, "2022")), "identify", "identifications");
    assert_eq!(["aa-1", "aa-2", "bb-1", "bb-2"].map(back), [1.0, 0.0, 2.0, 0.0].map(Some));
}

#[test]
fn back_in_time_the_residents_who_came_decide_not_bare_shares() {
    let mut town = with_lists();
    town.records.practices.push(practice("m", "green", "2022:aa-3", PracticeStatus::Shared));
    town.records.identifications.push(identification("m", "2022", "2022:aa-3", Decision::Accepted));
    let passed = |from: &str, to: &str, area: f64, residents| Lineage {
        population_share: residents,
        ..lineage(from, to, LineageKind::BoundaryChange, area)
    };
    // Half of the 10,000 of aa-1 came, and a quarter of the 12,000 of aa-2.
    town.lineage = vec![
        passed("2020:aa-1", "2022:aa-1", 0.9, Some(0.5)),
        passed("2020:aa-1", "2022:aa-3", 0.1, Some(0.5)),
        passed("2020:aa-2", "2022:aa-2", 0.2, Some(0.75)),
        passed("2020:aa-2", "2022:aa-3", 0.8, Some(0.25)),
    ];
    let of = |town: Loaded| {
        let snapshot = build(town);
        ["aa-1", "aa-2"].map(|code| {
            let question = on("2020", code, "2022");
            let answer = office(&snapshot, &question);
            let members = &figure(&answer, "identify", "identifications").members;
            members.iter().find(|m| m.key.to_string() == "m/2022").map_or(0.0, |m| m.share)
        })
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let [first, second] = of(town.clone());
    assert!(close(first, 0.625) && close(second, 0.375), "{first} {second}");
    // Without residents, square kilometres: aa-2 is about twice as large as aa-1.
    town.lineage[1].population_share = None;
    let areas = {
        let snapshot = build(town.clone());
        let geography = &snapshot.vintages[0].geography;
        [0, 1].map(|idx| geography.khoroos[idx].area_km2.expect("has lines"))
    };
    let [first, second] = of(town);
    let whole = 0.1 * areas[0] + 0.8 * areas[1];
    assert!(
        close(first, 0.1 * areas[0] / whole) && close(second, 0.8 * areas[1] / whole),
        "{first} {second}"
    );
}

#[test]
fn what_loses_a_part_on_the_way_arrives_whole() {
    let mut town = with_lists();
    let mut later = town.vintages[1].clone();
    (later.id, later.valid_from) = ("2024".parse().expect("a vintage"), date(2024, 1, 1));
    town.vintages[1].valid_to = Some(date(2023, 12, 31));
    // Two khoroos are left, known as codes; nothing tells what became of aa-2.
    let before = &town.datasets[&town.vintages[1].id].khoroos;
    let khoroos = before.iter().filter(|k| ["aa-1", "bb-1"].contains(&k.code().to_string().as_str()));
    let khoroos = khoroos.map(|k| Khoroo { id: k.code().at(&later.id), shape: None, ..k.clone() }).collect();
    town.datasets.insert(later.id.clone(), Dataset { khoroos, district_versions: Vec::new() });
    town.vintages.push(later);
    town.lineage.push(lineage("2022:aa-3", "2024:aa-1", LineageKind::Merge, 1.0));
    let snapshot = build(town);
    let of = |code| value(&office(&snapshot, &on("2024", code, "2020")), "identify", "identifications");
    assert_eq!(["aa-1", "bb-1"].map(of), [Some(1.0); 2]);
}

#[test]
fn what_is_carried_is_marked_and_never_mixed_with_native_figures() {
    let snapshot = build(with_lists());
    let carried = office(&snapshot, &on("2022", "aa-3", "2020"));
    assert!(carried.is_estimate);
    assert!(carried.steps.iter().chain(&carried.more).all(|c| c.figures.iter().all(|f| f.is_estimate)));
    assert!(value(&carried, "reach", "participation").is_none());
    let share: f64 = figure(&carried, "identify", "identifications").members.iter().map(|m| m.share).sum();
    assert!((share - 0.55).abs() < 1e-9);
    for question in [on("2022", "aa-3", "all"), on("2022", "aa-3", "2022"), on("2022", "city", "2020")] {
        let answer = office(&snapshot, &question);
        assert!(!answer.is_estimate, "{question:?}");
        assert!(answer.steps.iter().all(|c| c.figures.iter().all(|f| !f.is_estimate)));
    }
    assert_eq!(office(&snapshot, &on("2022", "aa-3", "all")).cycles, ["2022"]);
}

#[test]
fn a_khoroo_is_of_its_cycles_vintage_unless_another_is_asked_for() {
    let snapshot = build(with_lists());
    let asked = |asked: &str| Question { scope: scope("aa-2"), ..Question::city(cycle(asked)) };
    let before = office(&snapshot, &asked("2020"));
    assert_eq!((before.vintage.as_ref().map(VintageId::as_str), before.is_estimate), (Some("2020"), false));
    assert_eq!(value(&before, "identify", "identifications"), Some(1.0));
    let now = office(&snapshot, &asked("all"));
    assert_eq!((now.vintage.as_ref().map(VintageId::as_str), now.cycles.len()), (Some("2022"), 1));
    assert_eq!(value(&now, "identify", "identifications"), Some(0.0));
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn carrying_moves_figures_within_the_city_and_loses_none(seed: u64) {
        let snapshot = build(town(seed));
        for (ground, asked, khoroos) in [
            ("2022", "2020", &["aa-1", "aa-2", "aa-3", "bb-1", "bb-2"][..]),
            ("2020", "2022", &["aa-1", "aa-2", "bb-1", "bb-2"]),
            ("2020", "2023", &["aa-1", "aa-2", "bb-1", "bb-2"]),
        ] {
            for (card, id) in [("identify", "identifications"), ("prioritise", "priorities"), ("replicate", "replications"), ("review", "reviews")] {
                let of = |code: &str| value(&office(&snapshot, &on(ground, code, asked)), card, id);
                let city = of("city");
                let sum = |codes: &[&str]| codes.iter().map(|code| of(code)).sum::<Option<f64>>();
                for parts in [sum(khoroos), sum(&["aa", "bb"])] {
                    match (city, parts) {
                        (Some(city), Some(parts)) => prop_assert!((city - parts).abs() < 1e-9, "{id} {ground}: {city} {parts}"),
                        (city, parts) => prop_assert_eq!(city, parts),
                    }
                }
            }
        }
    }
}
