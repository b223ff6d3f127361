//! Lineage, and lines that it makes.

use jiff::civil::date;

use super::*;

fn lineage_faults(rows: &[Lineage]) -> Vec<String> {
    let vintages = [
        vintage("2018", date(2018, 1, 1), Some(date(2019, 12, 31))),
        vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
        vintage("2022", date(2022, 1, 1), None),
    ];
    let khoroos = ["2018:bn-1", "2020:bn-1", "2022:bn-1", "2022:bn-2"].map(khoroo).into_iter().collect();
    let ground = Ground { vintages: &vintages, khoroos: &khoroos, lineage: rows, shapes: Shapes::new() };
    let verdict = check(&ground, &Records::default());
    verdict.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn lineage_joins_khoroos_of_vintages_that_follow_each_other() {
    let pair = |from, to| pair(from, to, LineageKind::Unchanged, 1.0);
    assert_eq!(lineage_faults(&[pair("2018:bn-1", "2020:bn-1"), pair("2020:bn-1", "2022:bn-1")]), [""; 0]);
    let apart = ["lineage 2018:bn-1 → 2022:bn-1: vintage `2022` is not the one after `2018`"];
    assert_eq!(lineage_faults(&[pair("2018:bn-1", "2022:bn-1")]), apart);
    let back = ["lineage 2020:bn-1 → 2018:bn-1: vintage `2018` is not the one after `2020`"];
    assert_eq!(lineage_faults(&[pair("2020:bn-1", "2018:bn-1")]), back);
    let unknown = ["lineage 2020:bn-1 → 2022:bn-9: khoroo 2022:bn-9 is not in the store"];
    assert_eq!(lineage_faults(&[pair("2020:bn-1", "2022:bn-9")]), unknown);
}

#[test]
fn a_vintage_without_khoroos_comes_between_nobody() {
    let vintages = [
        vintage("2020", date(2020, 1, 1), Some(date(2020, 12, 31))),
        vintage("2021", date(2021, 1, 1), Some(date(2021, 12, 31))),
        vintage("2022", date(2022, 1, 1), None),
    ];
    let lineage = [pair("2020:bn-1", "2022:bn-2", LineageKind::Renumber, 1.0)];
    let khoroos = ["2020:bn-1", "2022:bn-1", "2022:bn-2"].map(khoroo);
    let told = |khoroos: &[KhorooId]| {
        let records = Records {
            practices: vec![practice("old", "2020:bn-1", PracticeStatus::Identified)],
            identifications: vec![identification("old", "2020:bn-1", date(2020, 5, 1))],
            replications: vec![replication("r1", "old", "2022:bn-2", "planned")],
            ..Records::default()
        };
        let khoroos = khoroos.iter().cloned().collect();
        let shapes = Shapes::new();
        check(&Ground { vintages: &vintages, khoroos: &khoroos, lineage: &lineage, shapes }, &records).faults
    };
    let is_apart = |fault: &Fault| matches!(fault, Fault::LineageApart { .. });
    let is_own =
        |fault: &Fault| matches!(fault, Fault::ReplicationAtHost { .. } | Fault::ReplicationByHeir { .. });
    let faults = told(&khoroos);
    assert!(!faults.iter().any(is_apart) && faults.iter().any(is_own), "{faults:?}");
    let faults = told(&[&khoroos[..], &[khoroo("2021:bn-1")]].concat());
    assert!(faults.iter().any(is_apart) && !faults.iter().any(is_own), "{faults:?}");
}

#[test]
fn the_residents_of_a_khoroo_are_shared_out_once() {
    let shares = |one, two| {
        let row =
            |to, share| Lineage { population_share: share, ..pair("2020:bn-1", to, LineageKind::Split, 0.5) };
        lineage_faults(&[row("2022:bn-1", one), row("2022:bn-2", two)])
    };
    assert_eq!(shares(Some(0.7), Some(0.3)), [""; 0]);
    assert_eq!(shares(Some(1.0), None), [""; 0]);
    let told = "lineage of 2020:bn-1 to vintage `2022`: population shares add up to 1.100, more than 1 \
        (2022:bn-1 0.7, 2022:bn-2 0.4)";
    assert_eq!(shares(Some(0.7), Some(0.4)), [told]);
}

#[test]
fn the_ground_of_a_khoroo_is_passed_on_once_but_for_drawing_noise() {
    let shares = |one: f64, two: f64| {
        let computed = pair("2020:bn-1", "2022:bn-1", LineageKind::Renumber, one);
        let stated = Lineage { stated: true, ..pair("2020:bn-1", "2022:bn-2", LineageKind::Split, two) };
        lineage_faults(&[computed, stated])
    };
    assert_eq!(shares(0.5, 0.5), [""; 0]);
    assert_eq!(shares(0.505, 0.5), [""; 0]);
    let told = "lineage of 2020:bn-1 to vintage `2022`: area shares add up to 1.500, more than 1 \
        (2022:bn-1 1, 2022:bn-2 0.5 stated)";
    assert_eq!(shares(1.0, 0.5), [told]);
}

fn carried(lineage: &[Lineage], khoroo_id: &str, vintage_id: &str, areas: &[(&str, f64)]) -> Vec<String> {
    let vintages = [
        vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
        vintage("2022", date(2022, 1, 1), None),
    ];
    let ids = ["2020:bn-1", "2020:bn-2", "2020:bn-7", "2022:bn-1", "2022:bn-2", "2022:bn-7"];
    let khoroos = ids.map(khoroo).into();
    let area = |id: &KhorooId| areas.iter().find(|(of, _)| *of == id.to_string()).map(|(_, area)| *area);
    let lines = Lines::new(&vintages, &khoroos, lineage, &area);
    let vintage_id = vintage_id.parse().expect("a vintage");
    let kin = lines.kin(&khoroo(khoroo_id), &vintage_id);
    assert_eq!(kin.first().copied(), lines.carry(&khoroo(khoroo_id), &vintage_id));
    kin.iter().map(ToString::to_string).collect()
}

#[test]
fn an_unchanged_khoroo_answers_before_larger_ground_and_that_before_the_same_code() {
    use LineageKind::{Split, Unchanged};
    let of = |kinds: [LineageKind; 2], shares: [f64; 2]| {
        let [a, b] = kinds;
        let rows =
            [pair("2020:bn-1", "2022:bn-1", a, shares[0]), pair("2020:bn-1", "2022:bn-2", b, shares[1])];
        carried(&rows, "2020:bn-1", "2022", &[])
    };
    assert_eq!(of([Split, Split], [0.5, 0.5]), ["2022:bn-1", "2022:bn-2"]);
    assert_eq!(of([Split, Split], [0.4, 0.6]), ["2022:bn-2", "2022:bn-1"]);
    assert_eq!(of([Unchanged, Split], [0.4, 0.6]), ["2022:bn-1", "2022:bn-2"]);
    assert_eq!(carried(&[], "2020:bn-7", "2022", &[]), ["2022:bn-7"], "without lineage the same code");
}

#[test]
fn back_in_time_the_common_ground_counts_and_not_the_bare_share() {
    let rows = [
        pair("2020:bn-1", "2022:bn-1", LineageKind::Merge, 1.0),
        pair("2020:bn-2", "2022:bn-1", LineageKind::Merge, 0.5),
    ];
    let back = |areas: &[(&str, f64)]| carried(&rows, "2022:bn-1", "2020", areas);
    assert_eq!(back(&[("2020:bn-1", 1.0), ("2020:bn-2", 4.0)]), ["2020:bn-2", "2020:bn-1"]);
    assert_eq!(back(&[("2020:bn-2", 4.0)]), ["2020:bn-1", "2020:bn-2"], "one unknown area compares nothing");
}
