//! The snapshot of a town small enough to count by hand.

use std::sync::Arc;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::model::{Decision, GridPoint, KhorooCode, LineageKind, Loaded, VintageId};
use hlp_tracker::snapshot::{BuildError, CycleChoice, Level, LookupError, Measure, Snapshot, VintageView};
use jiff::civil::date;
use proptest::prelude::*;

use crate::small_world::{at, identification, lineage, loaded, replication};
use crate::support::cases;

const MAX_FIX_M2: f64 = 10_000.0;

fn build(loaded: Loaded) -> Snapshot {
    Snapshot::build(loaded, None, MAX_FIX_M2).expect("a sound town")
}

fn view<'a>(snapshot: &'a Snapshot, vintage: &str) -> &'a VintageView {
    snapshot.named(vintage).expect("a vintage")
}

fn code(text: &str) -> KhorooCode {
    text.parse().expect("a code")
}

fn figures(view: &VintageView, measure: Measure, level: Level, cycle: &str) -> Vec<Option<u32>> {
    let cycle: CycleChoice = cycle.parse().expect("any text");
    (0..view.units(level).len()).map(|idx| view.counts.value(measure, level, idx, &cycle, None)).collect()
}

fn some(values: &[u32]) -> Vec<Option<u32>> {
    values.iter().copied().map(Some).collect()
}

/// Everything that must be equal when two snapshots are.
fn assert_same(a: &Snapshot, b: &Snapshot) {
    assert_eq!(a.vintages.len(), b.vintages.len());
    for (a, b) in a.vintages.iter().zip(&b.vintages) {
        assert_eq!(a.geography.khoroos, b.geography.khoroos);
        assert_eq!(a.geography.districts, b.geography.districts);
        assert_eq!(a.geography.content_hash, b.geography.content_hash);
        assert_eq!(a.counts, b.counts);
        assert_eq!(a.residents, b.residents);
        assert_eq!(a.marks, b.marks);
    }
    assert_eq!(a.verdict, b.verdict);
    assert_eq!(a.unplaced, b.unplaced);
    assert_eq!(a.unreadable, b.unreadable);
    assert_eq!(a.illustrative, b.illustrative);
}

#[test]
fn units_are_sorted_named_and_measured() {
    let snapshot = build(loaded());
    let geography = &view(&snapshot, "2022").geography;
    let codes: Vec<&str> = geography.khoroos.iter().map(|u| u.code.as_str()).collect();
    assert_eq!(codes, ["aa-1", "aa-2", "aa-3", "bb-1", "bb-2"]);
    assert_eq!(geography.district_of, [0, 0, 0, 1, 1]);
    let third = &geography.khoroos[2];
    assert_eq!(
        (third.mvt_id, third.name_mn.as_str(), third.name_en.as_str()),
        (1_000_003, "3 дугаар хороо", "Khoroo 3")
    );
    // A square of 0.01° at 47.9° north is 0.747 km wide and 1.112 km high.
    let area_km2 = geography.khoroos[0].area_km2.expect("has lines");
    assert!((area_km2 - 0.831).abs() < 0.002, "{area_km2}");
    let whole: f64 = geography.khoroos.iter().filter_map(|u| u.area_km2).sum();
    let by_district: f64 = geography.districts.iter().filter_map(|u| u.area_km2).sum();
    assert!((whole - by_district).abs() < 1e-9);
}

#[test]
fn a_district_has_its_own_population_or_else_its_khoroos() {
    let snapshot = build(loaded());
    let districts = &view(&snapshot, "2022").geography.districts;
    assert_eq!((districts[0].population, districts[0].population_year), (Some(23_000), Some(2021)));
    assert_eq!((districts[1].population, districts[1].population_year), (Some(25_000), Some(2022)));

    let mut unknown = loaded();
    let dataset = unknown.datasets.get_mut(&"2022".parse::<VintageId>().expect("a vintage")).expect("there");
    dataset.khoroos.iter_mut().filter(|k| k.code() == &code("bb-2")).for_each(|k| k.population = None);
    let snapshot = build(unknown);
    assert_eq!(view(&snapshot, "2022").geography.districts[1].population, None);
}

#[test]
fn every_measure_is_counted_where_its_definition_says() {
    let snapshot = build(loaded());
    let (before, now) = (view(&snapshot, "2020"), view(&snapshot, "2022"));
    assert_eq!(figures(before, Measure::Identifications, Level::Khoroo, "2020"), some(&[0, 1, 1, 0]));
    assert_eq!(figures(now, Measure::Identifications, Level::Khoroo, "2022"), some(&[1, 0, 0, 2, 0]));
    assert_eq!(figures(now, Measure::Replications, Level::Khoroo, "2022"), some(&[1, 0, 0, 1, 1]));
    // `p1` was hosted by 2020:aa-2, whose larger piece is aa-3 now.
    assert_eq!(figures(now, Measure::ReplicationsHosted, Level::Khoroo, "2022"), some(&[1, 0, 1, 1, 0]));
    assert_eq!(figures(now, Measure::Identifications, Level::District, "2022"), some(&[1, 2]));
}

#[test]
fn what_was_not_reported_is_unknown_and_a_foreign_cycle_is_no_figure() {
    let snapshot = build(loaded());
    let (before, now) = (view(&snapshot, "2020"), view(&snapshot, "2022"));
    assert_eq!(figures(before, Measure::Replications, Level::District, "2020"), [None, None]);
    assert_eq!(figures(before, Measure::Replications, Level::District, "all"), [None, None]);
    assert_eq!(figures(now, Measure::Identifications, Level::District, "2020"), [None, None]);
    assert_eq!(before.counts.total(Measure::Replications, &CycleChoice::All, None), None);
    assert_eq!(now.counts.total(Measure::Replications, &CycleChoice::All, None), Some(3));
}

#[test]
fn a_sum_over_cycles_adds_up_those_that_were_reported() {
    let mut two_cycles = loaded();
    let mut more = two_cycles.records.cycles[1].clone();
    (more.id, more.replications_reported) = ("2023".into(), false);
    two_cycles.records.cycles.push(more);
    let mut entry = identification("p3", "2022", "2022:bb-2", Decision::Accepted);
    entry.cycle = "2023".into();
    two_cycles.records.identifications.push(entry);
    let snapshot = build(two_cycles);
    let now = view(&snapshot, "2022");
    assert_eq!(figures(now, Measure::Identifications, Level::Khoroo, "all"), some(&[1, 0, 0, 2, 1]));
    assert_eq!(figures(now, Measure::Replications, Level::Khoroo, "all"), some(&[1, 0, 0, 1, 1]));
    assert_eq!(figures(now, Measure::Replications, Level::District, "2023"), [None, None]);
}

#[test]
fn themes_split_a_figure_without_remainder() {
    let snapshot = build(loaded());
    let counts = &view(&snapshot, "2022").counts;
    let of = |theme| counts.total(Measure::Identifications, &CycleChoice::All, theme);
    assert_eq!(
        (of(None), of(Some("green")), of(Some("waste")), of(Some("noise"))),
        (Some(3), Some(2), Some(1), None)
    );
}

#[test]
fn a_broken_record_is_listed_and_left_out() {
    let mut broken = loaded();
    broken.records.identifications.push(identification("p3", "2020", "2020:aa-9", Decision::Accepted));
    broken.records.replications.push(replication("r5", "p2", "2022:aa-1", "completed"));
    let snapshot = build(broken);
    assert_eq!(snapshot.verdict.faults.len(), 2, "{:?}", snapshot.verdict.faults);
    let sound = build(loaded());
    for vintage in ["2020", "2022"] {
        assert_eq!(view(&snapshot, vintage).counts, view(&sound, vintage).counts);
    }
}

#[test]
fn a_host_without_successor_is_named_instead_of_guessed() {
    let mut lost = loaded();
    lost.lineage.clear();
    let snapshot = build(lost);
    // Without lineage the same code answers.
    let now = view(&snapshot, "2022");
    assert_eq!(figures(now, Measure::ReplicationsHosted, Level::Khoroo, "2022"), some(&[1, 1, 0, 1, 0]));

    let mut gone = loaded();
    gone.lineage.clear();
    let dataset = gone.datasets.get_mut(&"2022".parse::<VintageId>().expect("a vintage")).expect("there");
    dataset.khoroos.retain(|k| k.code() != &code("aa-2"));
    let snapshot = build(gone);
    let now = view(&snapshot, "2022");
    assert_eq!(figures(now, Measure::ReplicationsHosted, Level::Khoroo, "2022"), some(&[1, 0, 1, 0]));
    let told: Vec<String> = snapshot.unplaced.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["r1: khoroo 2020:aa-2 has no counterpart in vintage `2022`, so replications_hosted miss it"]
    );
}

#[test]
fn the_unchanged_successor_wins_over_a_larger_piece() {
    let mut disputed = loaded();
    disputed.lineage.push(lineage("2020:aa-2", "2022:aa-1", LineageKind::Unchanged, 0.1));
    let snapshot = build(disputed);
    let now = view(&snapshot, "2022");
    assert_eq!(figures(now, Measure::ReplicationsHosted, Level::Khoroo, "2022"), some(&[2, 0, 0, 1, 0]));
}

#[test]
fn a_place_is_found_inside_on_borders_and_nowhere_outside() {
    let snapshot = build(loaded());
    let geography = &view(&snapshot, "2022").geography;
    let found = |x, y| geography.locate(at(x, y)).map(|idx| geography.khoroos[idx].code.as_str());
    assert_eq!([found(5, 5), found(19, 3), found(25, 15)], [Some("aa-1"), Some("aa-3"), Some("bb-2")]);
    assert_eq!([found(31, 5), found(-1, 5), found(5, 21)], [None; 3]);
    assert!(found(10, 10).is_some() && found(10, 10) == found(10, 10));
    for (idx, unit) in geography.khoroos.iter().enumerate() {
        assert_eq!(geography.locate(unit.label.expect("has lines")), Some(idx), "label of {}", unit.code);
    }
}

#[test]
fn neighbours_share_a_border_both_ways() {
    let snapshot = build(loaded());
    let geography = &view(&snapshot, "2022").geography;
    let units = |idx: usize| geography.neighbours(idx).iter().map(|n| n.unit).collect::<Vec<_>>();
    assert_eq!(units(0), [1, 3]);
    assert_eq!(units(2), [1, 4]);
    for idx in 0..geography.khoroos.len() {
        for other in geography.neighbours(idx) {
            assert!(units(other.unit as usize).contains(&(idx as u32)));
        }
    }
}

#[test]
fn a_khoroo_that_is_elsewhere_is_pointed_out() {
    let snapshot = build(loaded());
    let before = view(&snapshot, "2020");
    let error = before.khoroo(&snapshot, &code("aa-3")).expect_err("new in 2022");
    assert_eq!(error.to_string(), "khoroo `aa-3` is not in vintage `2020`; it is in `2022`");
    let error = before.khoroo(&snapshot, &code("aa-9")).expect_err("nowhere");
    assert_eq!(
        error.to_string(),
        "khoroo `aa-9` is not in vintage `2020`; its district has numbers 1 to 2 there"
    );
    let error = snapshot.named("2019").err().expect("unknown");
    assert_eq!(error.to_string(), "vintage `2019` is unknown; known are `2020`, `2022`");
    let empty = build(Loaded::default());
    assert!(matches!(empty.named("2022"), Err(LookupError::Vintage { .. })));
    assert!(empty.in_force(date(2022, 1, 1)).is_none() && empty.counted_last().is_none());
}

#[test]
fn the_current_vintage_is_the_one_valid_today() {
    let snapshot = build(loaded());
    let current = |day| snapshot.current(day).map(|v| v.vintage.id.to_string());
    assert_eq!(current(date(2021, 12, 31)).as_deref(), Some("2020"));
    assert_eq!(current(date(2022, 1, 1)).as_deref(), Some("2022"));
    assert_eq!(current(date(2019, 12, 31)), None);
    let in_force = |day| snapshot.in_force(day).map(|v| v.vintage.id.to_string());
    assert_eq!(in_force(date(2019, 12, 31)).as_deref(), Some("2020"), "the first to come");
    assert_eq!(in_force(date(2021, 12, 31)).as_deref(), Some("2020"));
    assert_eq!(in_force(date(2022, 1, 1)).as_deref(), Some("2022"));
}

#[test]
fn a_vintage_of_mere_codes_counts_and_borrows_district_lines() {
    let mut codes_only = loaded();
    let dataset =
        codes_only.datasets.get_mut(&"2020".parse::<VintageId>().expect("a vintage")).expect("there");
    dataset.khoroos.iter_mut().for_each(|k| k.shape = None);
    let snapshot = build(codes_only);
    let before = view(&snapshot, "2020");
    assert!(before.geography.coverage.is_none());
    assert_eq!(before.geography.district_lines_from.as_ref().map(VintageId::as_str), Some("2022"));
    assert_eq!(before.geography.district_coverage.as_ref().map(Coverage::n_units), Some(2));
    assert_eq!(figures(before, Measure::Identifications, Level::District, "2020"), some(&[1, 1]));
    assert_eq!(before.geography.locate(at(5, 5)), None);
}

#[test]
fn borders_that_do_not_fit_name_units_and_place() {
    let mut torn = loaded();
    let dataset = torn.datasets.get_mut(&"2022".parse::<VintageId>().expect("a vintage")).expect("there");
    // bb-2 is pushed half a square down, over aa-2 and aa-3.
    let shape = dataset.khoroos[4].shape.as_mut().expect("has lines");
    shape.0[0].exterior.iter_mut().for_each(|p| p.y -= 50_000);
    let error = Snapshot::build(torn, None, MAX_FIX_M2).err().expect("refused");
    assert!(matches!(&error, BuildError::Lines { vintage, .. } if vintage.as_str() == "2022"), "{error}");
    let told = error.to_string();
    assert!(told.contains("bb-2") && told.contains("106.9") && told.contains("47.9"), "{told}");
}

#[test]
fn a_sliver_within_the_limit_is_mended_in_memory_and_listed() {
    let mut nudged = loaded();
    let dataset = nudged.datasets.get_mut(&"2022".parse::<VintageId>().expect("a vintage")).expect("there");
    // The lower left corner of bb-2 sinks 1 m into aa-2 and aa-3.
    let shape = dataset.khoroos[4].shape.as_mut().expect("has lines");
    shape.0[0].exterior[1].y -= 90;
    let snapshot = build(nudged);
    let mended: Vec<String> =
        snapshot.mended().map(|(vintage, place)| format!("{vintage}: {place}")).collect();
    assert!(
        !mended.is_empty() && mended.iter().all(|told| told.starts_with("2022: overlap of ")),
        "{mended:?}"
    );
    assert!(mended.iter().all(|told| told.contains("bb-2")), "{mended:?}");
    let geography = &view(&snapshot, "2022").geography;
    let whole: f64 = geography.khoroos.iter().filter_map(|u| u.area_km2).sum();
    let sound = build(loaded());
    let expected: f64 = view(&sound, "2022").geography.khoroos.iter().filter_map(|u| u.area_km2).sum();
    assert!((whole - expected).abs() < 1e-6, "{whole} {expected}");
    assert_eq!(sound.mended().count(), 0);
}

#[test]
fn a_hole_that_stays_and_a_unit_without_lines_are_told() {
    let vintage: VintageId = "2022".parse().expect("a vintage");
    let mut holed = loaded();
    let khoroos = &mut holed.datasets.get_mut(&vintage).expect("there").khoroos;
    let shape = khoroos[4].shape.as_mut().expect("has lines");
    let bounds = shape.bounds().expect("has ground");
    let (x, y) = (i32::midpoint(bounds.west, bounds.east), i32::midpoint(bounds.south, bounds.north));
    let corner = |dx: i32, dy: i32| GridPoint::new(x + dx * 10_000, y + dy * 10_000);
    shape.0[0].interiors.push(vec![corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1)]);
    let snapshot = build(holed.clone());
    assert_eq!(snapshot.mended().count(), 0);
    let holes: Vec<_> = snapshot.holes().collect();
    let [(of, hole)] = holes[..] else { panic!("{holes:?}") };
    assert_eq!((of, hole.beside.as_slice()), (&vintage, ["bb-2".to_owned()].as_slice()));
    assert!((30_000.0..36_000.0).contains(&hole.area_m2), "{hole}");
    assert!((x - 10_000..x + 10_000).contains(&hole.at.x), "{hole}");
    assert_eq!(snapshot.without_lines().count(), 0);

    holed.datasets.get_mut(&vintage).expect("there").khoroos[4].shape = None;
    let snapshot = build(holed);
    assert_eq!(snapshot.without_lines().collect::<Vec<_>>(), [(&vintage, "bb-2")]);
    // A vintage of mere codes lacks nothing.
    let mut codes_only = loaded();
    let dataset = codes_only.datasets.get_mut(&vintage).expect("there");
    dataset.khoroos.iter_mut().for_each(|k| k.shape = None);
    assert_eq!(build(codes_only).without_lines().count(), 0);
}

#[test]
fn what_did_not_change_is_shared_with_the_snapshot_before() {
    let before = build(loaded());
    let mut changed = loaded();
    changed.datasets.clear();
    changed.records.identifications.retain(|i| i.practice != "p3");
    let after = Snapshot::build(changed, Some(&before), MAX_FIX_M2).expect("sound");
    for (a, b) in before.vintages.iter().zip(&after.vintages) {
        assert!(Arc::ptr_eq(&a.geography, &b.geography) && Arc::ptr_eq(&a.residents, &b.residents));
    }
    let marks = [&before, &after].map(|s| [0, 1].map(|idx| &s.vintages[idx].marks));
    assert!(Arc::ptr_eq(marks[0][0], marks[1][0]) && !Arc::ptr_eq(marks[0][1], marks[1][1]));
    assert!(Arc::ptr_eq(&before.vintages[0].counts, &after.vintages[0].counts));
    assert!(!Arc::ptr_eq(&before.vintages[1].counts, &after.vintages[1].counts));
    assert!(Arc::ptr_eq(&before.lineage, &after.lineage) && Arc::ptr_eq(&before.districts, &after.districts));
}

#[test]
fn a_renamed_district_is_renamed_though_its_lines_were_not_loaded() {
    let before = build(loaded());
    let mut renamed = loaded();
    renamed.districts[0].name_en = "Nether".into();
    let whole = build(renamed.clone());
    renamed.datasets.clear();
    let patched = Snapshot::build(renamed.clone(), Some(&before), MAX_FIX_M2).expect("sound");
    assert_same(&patched, &whole);
    assert_ne!(view(&patched, "2022").geography.content_hash, view(&before, "2022").geography.content_hash);

    renamed.districts[0].number = 3;
    let refused = Snapshot::build(renamed, Some(&before), MAX_FIX_M2);
    assert!(matches!(refused, Err(BuildError::Renumbered { .. })));
}

#[test]
fn the_content_hash_follows_lines_and_names_but_not_facts() {
    let hash = |edit: &dyn Fn(&mut Loaded)| {
        let mut loaded = loaded();
        edit(&mut loaded);
        view(&build(loaded), "2022").geography.content_hash.clone()
    };
    let id: VintageId = "2022".parse().expect("a vintage");
    let plain = hash(&|_| {});
    assert_eq!(plain.len(), 32);
    assert_eq!(plain, hash(&|l| l.datasets.get_mut(&id).expect("there").khoroos[0].population = Some(1)));
    assert_eq!(plain, hash(&|l| l.datasets.get_mut(&id).expect("there").khoroos.reverse()));
    assert_ne!(
        plain,
        hash(&|l| l.datasets.get_mut(&id).expect("there").khoroos[0].name_en = Some("Hill".into()))
    );
    let moved = |l: &mut Loaded| {
        let shape = l.datasets.get_mut(&id).expect("there").khoroos[0].shape.as_mut().expect("has lines");
        shape.0[0].exterior[0].x -= 1;
    };
    assert_ne!(plain, hash(&moved));
}

proptest! {
    #![proptest_config(cases(48))]

    /// Whatever is entered where: districts are sums, nothing is lost, patching equals rebuilding.
    #[test]
    fn counts_add_up_and_patching_equals_rebuilding(
        entries in proptest::collection::vec((0_usize..5, 0_usize..5), 0..5),
        copies in proptest::collection::vec((0_usize..5, 0_usize..5, 0_usize..3), 0..12),
    ) {
        let units = ["2022:aa-1", "2022:aa-2", "2022:aa-3", "2022:bb-1", "2022:bb-2"];
        let statuses = ["completed", "planned", "stopped"];
        let mut changed = loaded();
        changed.records.identifications.retain(|i| i.cycle == "2020");
        for (practice, unit) in entries {
            let entry =
                identification(&format!("p{}", practice + 1), "2022", units[unit], Decision::Accepted);
            if !changed.records.identifications.iter().any(|i| i.practice == entry.practice && i.cycle == "2022") {
                changed.records.identifications.push(entry);
            }
        }
        changed.records.replications = copies
            .into_iter()
            .enumerate()
            .map(|(n, (p, unit, status))| {
                replication(&format!("r{n:02}"), &format!("p{}", p + 1), units[unit], statuses[status])
            })
            .collect();
        let whole = build(changed.clone());
        let records = changed.records.clone();
        changed.datasets.clear();
        let patched = Snapshot::build(changed, Some(&build(loaded())), MAX_FIX_M2).expect("sound");
        assert_same(&patched, &whole);

        let now = view(&whole, "2022");
        let sum = |level| figures(now, Measure::Replications, level, "2022").into_iter().flatten().sum::<u32>();
        let broken = &whole.verdict.broken_replications;
        let valid = records.replications.iter().filter(|r| r.status == "completed" && !broken.contains(&r.id));
        prop_assert_eq!(sum(Level::District), sum(Level::Khoroo));
        prop_assert_eq!(sum(Level::Khoroo) as usize, valid.count());
        let entered = figures(now, Measure::Identifications, Level::Khoroo, "2022");
        let broken = &whole.verdict.broken_identifications;
        let n_valid = records
            .identifications
            .iter()
            .filter(|i| i.cycle == "2022" && !broken.contains(&(i.practice.clone(), i.cycle.clone())))
            .count();
        prop_assert_eq!(entered.into_iter().flatten().sum::<u32>() as usize, n_valid);
    }
}
