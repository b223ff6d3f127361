//! Against `esda` and `libpysal`; `tests/judge/spread.py` says how their answers were made.

#![expect(clippy::float_cmp, reason = "counts are whole, and equal seeds give equal bits")]

use serde_json::Value;

use super::moran::Quadrant;
use super::weights::Weights;
use super::*;

struct Case(Value);

impl Case {
    fn all() -> Vec<Self> {
        let text = include_str!("../../tests/judge/spread.json");
        let file: Value = serde_json::from_str(text).expect("the file is JSON");
        let cases = file["cases"].as_array().expect("it has cases");
        assert_eq!(cases.len(), 4);
        cases.iter().cloned().map(Self).collect()
    }

    fn name(&self) -> &str {
        self.0["name"].as_str().expect("a name")
    }

    fn number(&self, key: &str) -> f64 {
        self.0[key].as_f64().expect(key)
    }

    fn numbers(&self, key: &str) -> Vec<f64> {
        self.0[key].as_array().expect(key).iter().map(|value| value.as_f64().expect(key)).collect()
    }

    fn weights(&self) -> Weights {
        let list = |list: &Value| {
            list.as_array().expect("a list").iter().map(|to| to.as_u64().expect("a number") as u32).collect()
        };
        let near = self.0["near"].as_array().expect("lists").iter().map(list).collect();
        Weights::binary(near).expect("a neighbourhood")
    }
}

fn assert_near(ours: f64, theirs: f64, name: &str) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{name}: {ours} instead of {theirs}");
}

/// Two shares of so many random rounds, four deviations apart at most.
fn assert_alike(ours: f64, n_ours: u32, theirs: f64, n_theirs: u32, name: &str) {
    let spread = |n: u32| theirs.max(0.001) * (1.0 - theirs).max(0.001) / f64::from(n);
    let allowed = 4.0 * (spread(n_ours) + spread(n_theirs)).sqrt() + 1.0 / f64::from(n_ours);
    assert!((ours - theirs).abs() <= allowed, "{name}: {ours} instead of {theirs} ± {allowed}");
}

#[test]
fn likeness_of_all_units_is_what_esda_finds() {
    for case in Case::all() {
        let found = moran::global(&case.numbers("values"), &case.weights().row_standardised(), 1_999, 7)
            .unwrap_or_else(|e| panic!("{}: {e}", case.name()));
        for (key, ours) in [("i", found.i), ("expected", found.expected), ("z", found.z)] {
            assert_near(ours, case.number(key), &format!("{} {key}", case.name()));
        }
        assert_alike(found.p_folded, 1_999, case.number("p"), 9_999, case.name());
        assert!(found.p >= (2.0 * found.p_folded).min(1.0), "{}: {found:?}", case.name());
    }
}

#[test]
fn likeness_at_each_unit_is_what_esda_finds() {
    let mut n_quadrants = [0; 4];
    for case in Case::all() {
        let found = moran::local(&case.numbers("values"), &case.weights().row_standardised(), 1_999, 7)
            .unwrap_or_else(|e| panic!("{}: {e}", case.name()));
        let theirs = (case.numbers("local_i"), case.numbers("local_quadrant"), case.numbers("local_p"));
        for (unit, local) in found.iter().enumerate() {
            let name = format!("{}, unit {unit}", case.name());
            assert_near(local.i, theirs.0[unit], &name);
            let quadrant = match local.quadrant {
                Quadrant::HighHigh => 1,
                Quadrant::LowHigh => 2,
                Quadrant::LowLow => 3,
                Quadrant::HighLow => 4,
            };
            assert_eq!(quadrant as f64, theirs.1[unit], "{name}");
            n_quadrants[quadrant - 1] += 1;
            match local.p_folded {
                Some(p) => assert_alike(p, 1_999, theirs.2[unit], 9_999, &name),
                None => assert!(case.weights().near(unit).is_empty(), "{name}"),
            }
        }
    }
    assert!(n_quadrants.iter().all(|n| *n > 5), "every kind is tried: {n_quadrants:?}");
}

/// A grid of so many by so many units, near by a side or a corner.
fn grid(side: usize) -> Weights {
    let near = |a: usize, b: usize| {
        a != b && (a / side).abs_diff(b / side) <= 1 && (a % side).abs_diff(b % side) <= 1
    };
    let list = |unit| (0..side * side).filter(|other| near(unit, *other)).map(|other| other as u32).collect();
    Weights::binary((0..side * side).map(list).collect()).expect("a neighbourhood").row_standardised()
}

/// So many events, each at any unit.
fn anywhere(n_events: usize, n_units: usize, seed: u64) -> Vec<f64> {
    let mut draws = crate::draws::Draws::new(seed, 4_711);
    let mut values = vec![0.0; n_units];
    (0..n_events).for_each(|_| values[draws.below(n_units as u32) as usize] += 1.0);
    values
}

#[test]
fn a_lone_event_is_no_sign_of_anything() {
    let mut values = vec![0.0; 36];
    values[14] = 1.0;
    let found = moran::global(&values, &grid(6), 999, 1).expect("likeness");
    assert!(found.p > 0.05, "{found:?}");
    let local = moran::local(&values, &grid(6), 999, 1).expect("likeness");
    assert!(local.iter().all(|unit| unit.p.is_some_and(|p| p > 0.05)), "{local:?}");
    // The unit itself and those far from it: none near them has any, as in most draws.
    assert_eq!((local[14].p, local[35].p), (Some(1.0), Some(1.0)));
}

#[test]
fn chance_is_taken_for_a_finding_in_at_most_one_case_of_twenty() {
    let weights = grid(6);
    for (n_events, least) in [(360, 20), (12, 5)] {
        let (mut n_global, mut n_local) = (0, 0);
        for seed in 0..1_000 {
            let values = anywhere(n_events, 36, seed);
            let found = moran::global(&values, &weights, 99, seed + 1).expect("likeness");
            n_global += u32::from(found.p <= 0.05);
            if seed < 100 {
                let local = moran::local(&values, &weights, 99, seed + 1).expect("likeness");
                n_local += local.iter().filter(|unit| unit.p.is_some_and(|p| p <= 0.05)).count();
            }
        }
        // Of 99 rounds 40 are expected with a deviation of 6, fewer where many tie; one side alone gives 100.
        assert!((least..=60).contains(&n_global), "{n_global} of 1000 with {n_events} events");
        // 144 expected; units near each other are found together.
        assert!(n_local <= 200, "{n_local} of 3600 with {n_events} events");
    }
}

#[test]
fn borders_between_those_that_have_are_counted_as_esda_counts_them() {
    for case in Case::all() {
        let has: Vec<bool> =
            case.0["has"].as_array().expect("a list").iter().map(|has| has == true).collect();
        let found = join_counts::join_counts(&has, &case.weights(), 1_999, 7);
        assert_eq!(
            [found.both, found.neither, found.one],
            ["both", "neither", "one"].map(|key| case.number(key)),
            "{}",
            case.name()
        );
        assert!(
            (found.both_expected - case.number("both_expected")).abs() < 0.5,
            "{}: {found:?}",
            case.name()
        );
        assert_alike(found.both_p, 1_999, case.number("both_p"), 9_999, case.name());
        assert_alike(found.one_p, 1_999, case.number("one_p"), 9_999, case.name());
    }
}

#[test]
fn rates_are_shrunk_and_scored_as_esda_does() {
    for case in Case::all() {
        let (events, residents) = (case.numbers("events"), case.numbers("residents"));
        for (key, ours) in [
            ("empirical_bayes", rates::empirical_bayes(&events, &residents)),
            ("standardised", rates::standardised(&events, &residents)),
        ] {
            let ours = ours.unwrap_or_else(|e| panic!("{}: {e}", case.name()));
            for (unit, (ours, theirs)) in ours.iter().zip(case.numbers(key)).enumerate() {
                assert_near(*ours, theirs, &format!("{} {key}, unit {unit}", case.name()));
            }
        }
    }
}

#[test]
fn rates_that_differ_as_chance_has_it_are_all_the_citys() {
    // One event for 1 000 residents everywhere, up to whole numbers.
    let rates =
        rates::empirical_bayes(&[1.0, 2.0, 3.0, 4.0], &[1_000.0, 2_100.0, 2_900.0, 4_000.0]).expect("rates");
    assert!(rates.iter().all(|rate| (rate - 0.001).abs() < 1e-12), "{rates:?}");
}

#[test]
fn rates_of_two_units_are_as_unlike_as_the_binomial_has_it() {
    let check = |events: [u32; 2], residents: [f64; 2], chi_square: f64, p: f64| {
        let each = vec![1; (events[0] + events[1]) as usize];
        let found = rates::unlike(&events, &residents, &each, 9_999, 1).expect("rates");
        assert_near(found.chi_square, chi_square, "chi-square");
        assert_alike(found.p, 9_999, p, u32::MAX, &format!("{events:?}"));
    };
    // R: binom.test(15, 20)$p.value; pbinom(4, 10, 0.75); as many as expected.
    check([15, 5], [1_000.0, 1_000.0], 5.0, 0.041_389_47);
    check([4, 6], [3_000.0, 1_000.0], 12.25 / 7.5 + 12.25 / 2.5, 0.019_727_71);
    check([6, 2], [3_000.0, 1_000.0], 0.0, 1.0);
    check([0, 0], [3_000.0, 1_000.0], 0.0, 1.0);
}

#[test]
fn events_that_come_together_are_drawn_together() {
    let p = |together: &[u32]| {
        let found = rates::unlike(&[6, 0], &[1_000.0, 1_000.0], together, 9_999, 1).expect("rates");
        assert_near(found.chi_square, 6.0, "chi-square");
        found.p
    };
    // All on one side, whichever: one draw of six, two of three, six of one.
    for (together, expected) in [(&[6][..], 1.0), (&[3, 3], 0.5), (&[1; 6], 0.031_25)] {
        assert_alike(p(together), 9_999, expected, u32::MAX, &format!("{together:?}"));
    }
}

#[test]
fn one_hot_spot_is_found_with_the_rounds_that_are_made_by_default() {
    let mut values = vec![0.0; 196];
    let spot = [90, 91, 104, 105];
    for unit in spot {
        values[unit] = 1.0;
    }
    let found = |rounds| -> Vec<usize> {
        let local = moran::local(&values, &grid(14), rounds, 1).expect("likeness");
        let q = many::false_discovery_rates(&local.iter().map(|unit| unit.p).collect::<Vec<_>>());
        let sure = q.iter().enumerate().filter(|(_, q)| q.is_some_and(|q| q <= city::LEVEL));
        sure.map(|(unit, _)| unit).collect()
    };
    assert_eq!(found(PERMUTATIONS), spot);
    assert!(found(999).is_empty(), "fewer than {} cannot be", many::found_from(196, 999, city::LEVEL));
}

#[test]
fn what_cannot_be_said_is_an_error_that_names_the_unit() {
    let weights = Weights::binary(vec![vec![1], vec![0, 2], vec![1, 3], vec![2]]).expect("a neighbourhood");
    let check = |values: &[f64], expected: &str| {
        assert_eq!(moran::global(values, &weights, 9, 1).expect_err(expected).to_string(), expected);
    };
    check(&[1.0, 2.0], "2 values for 4 units");
    check(&[1.0, f64::NAN, 2.0, 3.0], "the value of unit 1 is not a finite number");
    check(&[2.0; 4], "all values are the same");
    let lonely = Weights::binary(vec![vec![]; 4]).expect("a neighbourhood");
    assert_eq!(moran::global(&[1.0, 2.0, 3.0, 4.0], &lonely, 9, 1), Err(moran::MoranError::NoNeighbours));
    assert_eq!(
        rates::empirical_bayes(&[1.0], &[0.0]).expect_err("nobody lives there").to_string(),
        "unit 0 has 0 residents; a rate needs more than 0"
    );
}

#[test]
fn the_same_seed_tells_the_same_and_another_one_nearly_so() {
    let case = &Case::all()[1];
    let p = |seed| {
        let found = moran::global(&case.numbers("values"), &case.weights().row_standardised(), 999, seed);
        found.expect("likeness").p
    };
    assert_eq!(p(1), p(1));
    assert!(p(1) != p(2) && (p(1) - p(2)).abs() < 0.1);
}

#[test]
fn a_gal_file_says_what_libpysals_says() {
    for case in Case::all() {
        let weights = case.weights();
        let ids: Vec<String> = (0..weights.n_units()).map(|unit| unit.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let read = |text: &str| -> Vec<(String, Vec<String>)> {
            let lines: Vec<&str> = text.lines().skip(1).collect();
            lines
                .chunks(2)
                .map(|pair| {
                    let mut near: Vec<String> = pair
                        .get(1)
                        .map_or(Vec::new(), |line| line.split_whitespace().map(str::to_owned).collect());
                    near.sort();
                    (pair[0].to_owned(), near)
                })
                .collect()
        };
        let theirs = case.0["gal"].as_str().expect("a file");
        assert_eq!(read(&weights.gal(&ids, "khoroos", "code")), read(theirs), "{}", case.name());
    }
}
