//! What taking boundaries in does to a store that already holds some.

use std::collections::BTreeMap;

use hlp_tracker::ingest::{Cause, Level};
use hlp_tracker::model::{
    Change, ChangeSet, Decision, Identification, Key, LineageKind, Loaded, Occasion, Practice,
    PracticeDetails, PracticeStatus, Row, Stage,
};
use jiff::civil::date;
use serde_json::{Value, json};

use super::fixture;
use super::support::{
    accepted, applied, cause, causes, khoroos, plan, plan_into, put_json, request, scratch, vintage,
};

/// A store that took the clean cells in as 2022.
fn store() -> Loaded {
    let folder = scratch();
    let plan = accepted(plan(&request(&put_json(&folder, "khoroos.json", &fixture::clean()))));
    applied(&Loaded::default(), &plan)
}

fn with_record(mut store: Loaded, khoroo: &str) -> Loaded {
    let id: hlp_tracker::model::KhorooId = format!("2022:{khoroo}").parse().expect("a khoroo");
    store.records.practices.push(Practice {
        id: "p-1".into(),
        title_mn: "Сайн туршлага".into(),
        title_en: None,
        summary_mn: None,
        summary_en: None,
        theme: "waste".into(),
        host: id.clone(),
        status: PracticeStatus::Identified,
        details: PracticeDetails::default(),
        location: None,
        illustrative: false,
    });
    store.records.identifications.push(Identification {
        practice: "p-1".into(),
        cycle: "2022".into(),
        khoroo: id,
        entered_on: date(2022, 5, 1),
        stage: Stage::District,
        decision: Decision::Accepted,
        awarded: false,
        occasion: Occasion::default(),
        illustrative: false,
    });
    store
}

fn vintages(set: &ChangeSet) -> BTreeMap<String, (String, Option<String>)> {
    let rows = set.changes.iter().filter_map(|change| match change {
        Change::Put(Row::Vintage(v)) => {
            Some((v.id.to_string(), (v.valid_from.to_string(), v.valid_to.map(|day| day.to_string()))))
        }
        _ => None,
    });
    rows.collect()
}

/// The cells without the given ones, by index.
fn without(indices: &[usize]) -> Value {
    let cells = fixture::clean();
    let kept = cells.as_array().expect("an array").iter().enumerate().filter(|(i, _)| !indices.contains(i));
    kept.map(|(_, cell)| cell.clone()).collect()
}

#[test]
fn an_empty_store_gets_the_nine_districts_and_the_vintage_of_the_year() {
    let store = store();
    assert_eq!(store.districts.len(), 9);
    assert!(store.districts.iter().all(|district| !district.illustrative));
    let vintage = &store.vintages[0];
    assert_eq!((vintage.valid_from, vintage.valid_to), (date(2022, 1, 1), None));
    assert_eq!(vintage.source, "khoroos.json");
    let khoroo = &store.datasets[&vintage.id].khoroos[0];
    assert_eq!(
        (khoroo.id.to_string().as_str(), khoroo.nso_code.as_deref()),
        ("2022:bzd-1", Some("MN111051"))
    );
}

#[test]
fn a_vintage_that_is_no_year_needs_its_first_day() {
    let mut request = request(&fixture::path());
    request.vintage = vintage("draft");
    request.max_fix_m2 = 1e6;
    assert!(matches!(cause(plan(&request)).0, Cause::NoFirstDay { .. }));
    request.valid_from = Some(date(2025, 7, 1));
    assert_eq!(vintages(&accepted(plan(&request)).changes)["draft"].0, "2025-07-01");
}

#[test]
fn a_first_day_that_nobody_said_or_that_changes_is_told() {
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &fixture::clean()));
    let first = accepted(plan(&request));
    let told = |notes: &[String], part: &str| notes.iter().any(|note| note.contains(part));
    let note = "vintage `2022` starts on 2022-01-01, after its name; --valid-from says another day";
    assert!(told(&first.report.notes, note), "{:?}", first.report.notes);
    let store = applied(&Loaded::default(), &first);
    let again = accepted(plan_into(&store, &request)).report.notes;
    assert!(!told(&again, "starts on"), "{again:?}");
    request.valid_from = Some(date(2022, 6, 1));
    let moved = accepted(plan_into(&store, &request)).report.notes;
    assert!(told(&moved, "vintage `2022` now starts on 2022-06-01, before on 2022-01-01"), "{moved:?}");
}

#[test]
fn a_new_vintage_closes_the_one_before_and_gets_its_lineage() {
    let store = store();
    let folder = scratch();
    // Khoroo 4 of each district moves under the number 5; the rest stays.
    let mut cells = fixture::clean();
    for cell in cells.as_array_mut().expect("an array") {
        if cell["khoroo_number"] == 4 {
            cell["khoroo_number"] = json!(5);
        }
    }
    let mut request = request(&put_json(&folder, "a.json", &cells));
    request.vintage = vintage("2024");
    request.valid_from = Some(date(2024, 3, 1));
    let plan = accepted(plan_into(&store, &request));
    let vintages = vintages(&plan.changes);
    assert_eq!(vintages["2022"], ("2022-01-01".into(), Some("2024-02-29".into())));
    assert_eq!(vintages["2024"], ("2024-03-01".into(), None));
    let kinds: BTreeMap<LineageKind, usize> =
        plan.report.lineage.iter().map(|count| (count.kind, count.count)).collect();
    assert_eq!(kinds, BTreeMap::from([(LineageKind::Unchanged, 9), (LineageKind::Renumber, 3)]));

    // An older vintage that comes later ends where the next begins.
    request.vintage = vintage("2020");
    request.valid_from = None;
    let plan = accepted(plan_into(&store, &request));
    assert_eq!(
        super::store_side::vintages(&plan.changes)["2020"],
        ("2020-01-01".into(), Some("2021-12-31".into()))
    );
    assert_eq!(plan.report.lineage.iter().map(|count| count.count).sum::<usize>(), 12);
    request.valid_from = Some(date(2022, 1, 1));
    assert!(matches!(cause(plan_into(&store, &request)).0, Cause::SameFirstDay { .. }));
}

#[test]
fn a_split_is_told_from_a_merge_by_the_direction_of_time() {
    let folder = scratch();
    let halves = fixture::clean();
    // Khoroos 1 and 2 of the first district as one.
    let mut whole = without(&[1]);
    let ring = |cell: usize| halves[cell]["geometry"]["coordinates"][0].clone();
    whole[0]["geometry"]["coordinates"] = json!([ring(0), ring(1)]);
    let whole_file = put_json(&folder, "whole.json", &whole);
    let halves_file = put_json(&folder, "halves.json", &halves);
    let kind_between = |first: &std::path::Path, second: &std::path::Path| {
        let store = applied(&Loaded::default(), &accepted(plan(&request(first))));
        let mut later = request(second);
        later.vintage = vintage("2024");
        let plan = accepted(plan_into(&store, &later));
        let kinds: BTreeMap<String, LineageKind> = plan
            .changes
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Put(Row::Lineage(row)) => {
                    Some((format!("{}>{}", row.from.code, row.to.code), row.kind))
                }
                _ => None,
            })
            .collect();
        kinds
    };
    let split = kind_between(&whole_file, &halves_file);
    assert_eq!((split["sbd-1>sbd-1"], split["sbd-1>sbd-2"]), (LineageKind::Split, LineageKind::Split));
    assert_eq!(split["sbd-3>sbd-3"], LineageKind::Unchanged);
    let merge = kind_between(&halves_file, &whole_file);
    assert_eq!((merge["sbd-1>sbd-1"], merge["sbd-2>sbd-1"]), (LineageKind::Merge, LineageKind::Merge));
}

#[test]
fn taking_the_same_file_in_again_changes_no_shape() {
    let store = store();
    let folder = scratch();
    let plan = accepted(plan_into(&store, &request(&put_json(&folder, "khoroos.json", &fixture::clean()))));
    assert_eq!(plan.report.unchanged, 12);
    let again = applied(&store, &plan);
    assert_eq!(again.datasets, store.datasets);
    assert_eq!(again.vintages, store.vintages);
}

#[test]
fn facts_stay_when_the_file_says_nothing_of_them() {
    let mut store = store();
    let khoroos_before = &mut store.datasets.get_mut(&vintage("2022")).expect("2022").khoroos;
    khoroos_before[0].population = Some(9_000);
    khoroos_before[0].population_year = Some(2022);
    khoroos_before[0].land_code = Some("0111051".into());
    let folder = scratch();
    let mut cells = fixture::clean();
    cells[5]["population"] = json!("12,345");
    let plan = accepted(plan_into(&store, &request(&put_json(&folder, "a.json", &cells))));
    let khoroos = khoroos(&plan);
    let kept = &khoroos["bzd-1"];
    assert_eq!(
        (kept.population, kept.population_year, kept.land_code.as_deref()),
        (Some(9_000), Some(2022), Some("0111051"))
    );
    assert_eq!(khoroos["bzd-2"].population, Some(12_345));
}

#[test]
fn a_khoroo_with_records_must_not_disappear() {
    let store = with_record(store(), "bzd-2");
    let folder = scratch();
    let file = put_json(&folder, "a.json", &without(&[4, 5]));
    let (cause, message) = cause(plan_into(&store, &request(&file)));
    assert!(matches!(cause, Cause::RecordsWithoutKhoroo { n_records: 2, .. }), "{message}");
    assert!(message.contains("bzd-2"), "{message}");

    // One without records may go, and takes its lineage along.
    let file = put_json(&folder, "b.json", &without(&[4]));
    let plan = accepted(plan_into(&store, &request(&file)));
    assert_eq!(plan.report.removed, ["bzd-1"]);
    assert!(
        plan.changes.changes.contains(&Change::Delete(Key::Khoroo("2022:bzd-1".parse().expect("a khoroo"))))
    );
}

#[test]
fn a_file_of_one_district_does_not_delete_the_others_unasked() {
    let store = store();
    let folder = scratch();
    let mut wanted = request(&put_json(&folder, "a.json", &without(&[0, 1, 2, 3, 4, 5, 6, 7])));
    let (cause, message) = cause(plan_into(&store, &wanted));
    assert!(matches!(cause, Cause::ManyRemoved { removed: 8, had: 12, left: 4, .. }), "{message}");
    assert!(message.contains("bzd-1, bzd-2") && message.contains("--expect 4"), "{message}");
    wanted.expect = Some(4);
    assert_eq!(accepted(plan_into(&store, &wanted)).report.removed.len(), 8);

    // Two of twelve are a reform, three are too many to go unasked.
    let planned = |gone: &[usize]| plan_into(&store, &request(&put_json(&folder, "b.json", &without(gone))));
    assert_eq!(accepted(planned(&[0, 3])).report.removed.len(), 2);
    assert!(matches!(super::support::cause(planned(&[0, 3, 8])).0, Cause::ManyRemoved { removed: 3, .. }));
}

#[test]
fn the_stated_source_of_a_vintage_outlives_the_name_of_a_file() {
    let folder = scratch();
    let mut store = store();
    store.vintages[0].source = "Land agency, survey of 2022".into();
    let source = |wanted: &hlp_tracker::ingest::Request| {
        applied(&store, &accepted(plan_into(&store, wanted))).vintages[0].source.clone()
    };
    let mut wanted = request(&put_json(&folder, "corrected.json", &fixture::clean()));
    assert_eq!(source(&wanted), "Land agency, survey of 2022");
    wanted.source = Some("Land agency, corrected in 2023".into());
    assert_eq!(source(&wanted), "Land agency, corrected in 2023");
}

#[test]
fn a_first_day_that_orphans_records_is_refused() {
    let store = with_record(store(), "bzd-2");
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &fixture::clean()));
    request.valid_from = Some(date(2023, 1, 1));
    assert!(
        causes(plan_into(&store, &request)).iter().all(|cause| matches!(cause, Cause::BrokenRule { .. }))
    );
}

#[test]
fn invented_data_is_only_replaced_on_demand() {
    let mut store = with_record(store(), "bzd-2");
    store.vintages[0].illustrative = true;
    store.records.practices[0].illustrative = true;
    store.records.identifications[0].illustrative = true;
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &without(&[3])));
    let (cause, message) = cause(plan_into(&store, &request));
    assert!(matches!(cause, Cause::Illustrative { .. }), "{message}");
    assert!(message.contains("1 practice,") && message.contains("--replace-demo"), "{message}");
    request.replace_demo = true;
    let plan = accepted(plan_into(&store, &request));
    assert_eq!(plan.changes.changes[0], Change::DeleteIllustrative);
    assert_eq!(plan.report.added.len(), 11);
}

#[test]
fn districts_of_a_file_replace_the_dissolved_ones_and_stay() {
    let store = store();
    let folder = scratch();
    // The three rows of cells as three districts.
    let cells = fixture::clean();
    let mut districts: Vec<Value> = Vec::new();
    for (row, name) in fixture::DISTRICTS.iter().enumerate() {
        let parts: Vec<&Value> = (0..fixture::COLUMNS)
            .map(|column| &cells[row * fixture::COLUMNS + column]["geometry"]["coordinates"][0])
            .collect();
        let geometry = json!({"type": "MultiPolygon", "coordinates": parts});
        districts.push(json!({"дүүрэг": name, "хүн ам": 1000 * (row + 1), "geometry": geometry}));
    }
    let mut wanted = request(&put_json(&folder, "d.json", &Value::from(districts)));
    wanted.level = Level::District;
    wanted.expect = Some(3);
    let plan = accepted(plan_into(&store, &wanted));
    assert!(khoroos(&plan).is_empty());
    let store = applied(&store, &plan);
    let versions = &store.datasets[&vintage("2022")].district_versions;
    assert!(versions.iter().all(|version| !version.dissolved && version.population.is_some()));
    // Khoroos taken in again leave them alone.
    let plan = accepted(plan_into(&store, &request(&put_json(&folder, "k.json", &fixture::clean()))));
    assert!(
        !plan.changes.changes.iter().any(|change| matches!(change, Change::Put(Row::DistrictVersion(_))))
    );
}
