//! Lineage of the whole store after an ingest: what is computed anew, dropped, kept, or refused.

use std::collections::BTreeMap;

use hlp_tracker::ingest::{Cause, Level, Plan, Refused, Request};
use hlp_tracker::model::{KhorooFact, Lineage, LineageKind, Loaded};
use jiff::civil::date;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::fixture;
use super::support::{accepted, applied, causes, plan_into, put_json, request, scratch, vintage};

/// A wanted ingest of cells as a vintage.
fn wanted(folder: &TempDir, id: &str, cells: &Value) -> Request {
    let mut request = request(&put_json(folder, &format!("{id}.json"), cells));
    request.vintage = vintage(id);
    request
}

/// The clean cells as `2020` and as `2024`.
fn store() -> Loaded {
    let folder = scratch();
    ["2020", "2024"].into_iter().fold(Loaded::default(), |store, id| {
        applied(&store, &accepted(plan_into(&store, &wanted(&folder, id, &fixture::clean()))))
    })
}

/// Rows by the two vintages that they join.
fn counts(store: &Loaded) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in &store.lineage {
        *counts.entry(format!("{}>{}", row.from.vintage, row.to.vintage)).or_default() += 1;
    }
    counts
}

fn counted(of_pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    of_pairs.iter().map(|(pair, n)| ((*pair).to_owned(), *n)).collect()
}

fn state(store: &mut Loaded, from: &str, to: &str, population_share: Option<f64>) -> Lineage {
    let row = Lineage {
        from: from.parse().expect("a khoroo"),
        to: to.parse().expect("a khoroo"),
        kind: LineageKind::Merge,
        area_share: 0.4,
        population_share,
        stated: true,
        illustrative: false,
    };
    store.lineage.retain(|old| (&old.from, &old.to) != (&row.from, &row.to));
    store.lineage.push(row.clone());
    store.sort();
    row
}

fn refused_by_a_stated_row(outcome: Result<Plan, Refused>, row: &str) {
    for cause in causes(outcome) {
        let Cause::StatedLineage { fault } = &cause else { panic!("{cause}") };
        assert!(fault.contains(row), "{fault}");
    }
}

/// Cells without the one at an index.
fn without(index: usize) -> Value {
    let mut cells = fixture::clean();
    cells.as_array_mut().expect("an array").remove(index);
    cells
}

#[test]
fn a_vintage_between_two_others_takes_the_place_of_their_lineage() {
    let (folder, store) = (scratch(), store());
    assert_eq!(counts(&store), counted(&[("2020>2024", 12)]));
    let plan = accepted(plan_into(&store, &wanted(&folder, "2022", &fixture::clean())));
    assert_eq!(counts(&applied(&store, &plan)), counted(&[("2020>2022", 12), ("2022>2024", 12)]));
    let notes = plan.report.notes.join("\n");
    assert!(notes.contains("12 rows of lineage from `2020` to `2024` dropped"), "{notes}");
}

#[test]
fn a_vintage_that_moves_in_time_leaves_neighbours_with_a_lineage_of_their_own() {
    let folder = scratch();
    let mut request = wanted(&folder, "2022", &fixture::clean());
    let store = store();
    let store = applied(&store, &accepted(plan_into(&store, &request)));
    request.valid_from = Some(date(2025, 1, 1));
    let moved = applied(&store, &accepted(plan_into(&store, &request)));
    assert_eq!(counts(&moved), counted(&[("2020>2024", 12), ("2024>2022", 12)]));
}

#[test]
fn lineage_that_an_older_program_left_behind_is_set_right() {
    let folder = scratch();
    let store = store();
    let mut stale =
        applied(&store, &accepted(plan_into(&store, &wanted(&folder, "2022", &fixture::clean()))));
    stale.lineage.retain(|row| row.from.vintage.as_str() != "2020");
    stale.lineage.extend(store.lineage.iter().cloned());
    assert_eq!(counts(&stale), counted(&[("2020>2024", 12), ("2022>2024", 12)]));
    let plan = accepted(plan_into(&stale, &wanted(&folder, "2024", &fixture::clean())));
    assert_eq!(counts(&applied(&stale, &plan)), counted(&[("2020>2022", 12), ("2022>2024", 12)]));
}

#[test]
fn a_vintage_of_districts_alone_comes_between_nobody() {
    let (folder, mut store) = (scratch(), store());
    let row = state(&mut store, "2020:bzd-1", "2024:bzd-1", None);
    let mut districts = wanted(&folder, "2022", &json!([fixture::clean()[0]]));
    districts.level = Level::District;
    let after = applied(&store, &accepted(plan_into(&store, &districts)));
    assert_eq!(after.lineage, store.lineage);
    // Nor once it is there.
    let plan = accepted(plan_into(&after, &wanted(&folder, "2024", &fixture::clean())));
    let after = applied(&after, &plan);
    assert_eq!(counts(&after), counted(&[("2020>2024", 12)]));
    assert!(after.lineage.contains(&row), "{:?}", after.lineage);
}

#[test]
fn a_pair_of_vintages_that_cannot_be_compared_is_named() {
    let (folder, mut store) = (scratch(), store());
    let row = state(&mut store, "2020:bzd-1", "2024:bzd-1", None);
    let early = store.datasets.get_mut(&vintage("2020")).expect("a dataset");
    early.khoroos.iter_mut().for_each(|khoroo| khoroo.shape = None);
    let plan = accepted(plan_into(&store, &wanted(&folder, "2024", &fixture::clean())));
    let note = "no lineage from `2020` to `2024` is computed: the khoroos of vintage `2020` have no shapes";
    assert!(plan.report.notes.iter().any(|told| told == note), "{:?}", plan.report.notes);
    assert_eq!(applied(&store, &plan).lineage, [row]);
}

#[test]
fn lineage_deleted_by_hand_stays_deleted_until_one_of_its_vintages_is_taken_in_again() {
    let (folder, mut store) = (scratch(), store());
    store.lineage.clear();
    let later = applied(&store, &accepted(plan_into(&store, &wanted(&folder, "2026", &fixture::clean()))));
    assert_eq!(counts(&later), counted(&[("2024>2026", 12)]));
    let again = applied(&later, &accepted(plan_into(&later, &wanted(&folder, "2020", &fixture::clean()))));
    assert_eq!(counts(&again), counted(&[("2020>2024", 12), ("2024>2026", 12)]));
}

#[test]
fn a_stated_row_stays_and_is_named() {
    let (folder, mut store) = (scratch(), store());
    let row = state(&mut store, "2020:bzd-1", "2024:bzd-1", None);
    let plan = accepted(plan_into(&store, &wanted(&folder, "2024", &fixture::clean())));
    let after = applied(&store, &plan);
    assert!(after.lineage.contains(&row), "{:?}", after.lineage);
    assert_eq!(after.lineage.len(), 12);
    let notes = plan.report.notes.join("\n");
    assert!(notes.contains("1 row of lineage is stated and stays: 2020:bzd-1 → 2024:bzd-1"), "{notes}");
    assert!(plan.report.lineage.iter().any(|count| count.kind == LineageKind::Merge && count.count == 1));
}

#[test]
fn what_is_stated_of_a_khoroo_makes_its_computed_rows_smaller_and_is_told() {
    let (folder, mut store) = (scratch(), store());
    let row = state(&mut store, "2020:bzd-1", "2024:bzd-2", None);
    for vintage in ["2024", "2020", "2024"] {
        let plan = accepted(plan_into(&store, &wanted(&folder, vintage, &fixture::clean())));
        let note = "computed lineage 2020:bzd-1 → 2024:bzd-1: share 1 becomes 0.6, what is left beside the \
            stated 2020:bzd-1 → 2024:bzd-2";
        assert!(plan.report.notes.iter().any(|told| told == note), "{:?}", plan.report.notes);
        store = applied(&store, &plan);
        let of_parent: Vec<&Lineage> = store.lineage.iter().filter(|other| other.from == row.from).collect();
        let shares: f64 = of_parent.iter().map(|row| row.area_share).sum();
        assert!((shares - 1.0).abs() < 1e-9, "{of_parent:?}");
        assert!(of_parent.contains(&&row) && of_parent[0].population_share.is_none(), "{of_parent:?}");
    }
}

#[test]
fn a_stated_row_is_never_dropped_unasked() {
    let (folder, mut store) = (scratch(), store());
    state(&mut store, "2020:bzd-1", "2024:bzd-1", None);
    let row = "2020:bzd-1 → 2024:bzd-1";
    refused_by_a_stated_row(plan_into(&store, &wanted(&folder, "2022", &fixture::clean())), row);
    // The fifth cell is the one that goes.
    refused_by_a_stated_row(plan_into(&store, &wanted(&folder, "2024", &without(4))), row);
    refused_by_a_stated_row(plan_into(&store, &wanted(&folder, "2020", &without(4))), row);
    assert_eq!(accepted(plan_into(&store, &wanted(&folder, "2024", &without(0)))).report.removed, ["sbd-1"]);
}

#[test]
fn a_khoroo_that_goes_takes_its_computed_lineage_along() {
    let (folder, store) = (scratch(), store());
    let plan = accepted(plan_into(&store, &wanted(&folder, "2024", &without(4))));
    let after = applied(&store, &plan);
    assert!(after.lineage.iter().all(|row| row.to.to_string() != "2024:bzd-1"), "{:?}", after.lineage);
    assert_eq!(after.lineage.len(), 11);
}

#[test]
fn residents_of_a_split_khoroo_follow_from_counts_unless_they_are_stated() {
    let folder = scratch();
    let cells = fixture::clean();
    // Khoroos 1 and 2 of the first district were one.
    let mut whole = without(1);
    let ring = |cell: usize| cells[cell]["geometry"]["coordinates"][0].clone();
    whole[0]["geometry"]["coordinates"] = json!([ring(0), ring(1)]);
    let store = applied(
        &Loaded::default(),
        &accepted(plan_into(&Loaded::default(), &wanted(&folder, "2020", &whole))),
    );
    let mut store = applied(&store, &accepted(plan_into(&store, &wanted(&folder, "2022", &cells))));
    let share = |store: &Loaded, to: &str| {
        let row = store.lineage.iter().find(|row| row.to.to_string() == to).expect("an heir");
        (row.from.to_string(), row.kind, row.population_share)
    };
    let parent = "2020:sbd-1".to_owned();
    assert_eq!(share(&store, "2022:sbd-1"), (parent.clone(), LineageKind::Split, None));
    assert_eq!(share(&store, "2022:sbd-3").2, Some(1.0), "passed on whole");
    for (khoroo, population) in [("2022:sbd-1", 6_000), ("2022:sbd-2", 2_000)] {
        store.records.khoroo_facts.push(KhorooFact {
            khoroo: khoroo.parse().expect("a khoroo"),
            year: 2022,
            population: Some(population),
            households: None,
            setting: None,
            office_address: None,
            phone: None,
            opening_hours: None,
            source: String::new(),
            office: None,
            illustrative: false,
        });
    }
    let again = |store: &Loaded| {
        applied(store, &accepted(plan_into(store, &wanted(&folder, "2022", &fixture::clean()))))
    };
    let computed = again(&store);
    assert_eq!(share(&computed, "2022:sbd-1").2, Some(0.75));
    assert_eq!(share(&computed, "2022:sbd-2").2, Some(0.25));
    // What is stated of one heir leaves the other open.
    state(&mut store, "2020:sbd-1", "2022:sbd-1", Some(0.6));
    let stated = again(&store);
    assert_eq!(share(&stated, "2022:sbd-1").2, Some(0.6));
    assert_eq!(share(&stated, "2022:sbd-2").2, None);
}
