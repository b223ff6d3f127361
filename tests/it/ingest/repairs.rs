//! What is mended, what has to be decided, and that the account of it adds up.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hlp_tracker::geometry::coverage::Coverage;
use hlp_tracker::geometry::coverage::clean::{Gaps, Resolve};
use hlp_tracker::geometry::measure::area_m2;
use hlp_tracker::ingest::{Cause, Patch, RepairKind, Spot, parse_decisions};
use hlp_tracker::model::{Change, MultiPolygon, Row};
use serde_json::Value;

use super::fixture::{self, FAULTS};
use super::support::{accepted, causes, khoroos, plan, put_json, request, scratch};
use crate::tiles::ground::Random;

#[test]
fn a_clean_file_needs_no_repair() {
    let folder = scratch();
    let plan = accepted(plan(&request(&put_json(&folder, "a.json", &fixture::clean()))));
    let report = &plan.report;
    assert_eq!((report.features_read, report.units, report.districts), (12, 12, 3));
    assert!(report.repairs.is_empty() && report.overlaps.is_empty() && report.gaps.is_empty(), "{report}");
    assert!(report.area_moved_m2.is_empty(), "{report}");
}

#[test]
fn large_overlaps_and_gaps_are_refused_with_names_area_and_place() {
    let causes = causes(plan(&request(&fixture::path())));
    let (overlaps, gaps): (Vec<_>, Vec<_>) =
        causes.iter().partition(|cause| matches!(cause, Cause::Overlap { .. }));
    assert_eq!((overlaps.len(), gaps.len()), (FAULTS.large_overlaps, FAULTS.large_gaps), "{causes:#?}");
    let Cause::Overlap { claimants, area_m2, spot } = overlaps[0] else { panic!("{:?}", overlaps[0]) };
    assert_eq!(*claimants, ["sbd-1", "sbd-2"]);
    assert!((100_000.0..250_000.0).contains(area_m2), "{area_m2}");
    assert!((spot.lon - 106.882).abs() < 0.002 && (spot.lat - 47.895).abs() < 0.005, "{spot}");
    let Cause::Gap { beside, area_m2, .. } = gaps[0] else { panic!("{:?}", gaps[0]) };
    assert_eq!(*beside, ["bzd-3", "bzd-4"]);
    assert!((100_000.0..250_000.0).contains(area_m2), "{area_m2}");
}

#[test]
fn every_repair_of_the_fixture_is_reported_and_the_account_adds_up() {
    let mut request = request(&fixture::path());
    request.resolve = Some(Resolve::Smaller);
    request.gaps = Some(Gaps::Fill);
    let plan = accepted(plan(&request));
    let report = &plan.report;
    let by_kind = |kind| report.repairs_by_kind.get(&kind).copied().unwrap_or(0);
    assert_eq!(by_kind(RepairKind::Winding), FAULTS.clockwise, "{report}");
    assert_eq!(by_kind(RepairKind::RepeatedPoint), FAULTS.repeated, "{report}");
    assert!(by_kind(RepairKind::SelfIntersection) >= FAULTS.spikes, "{report}");
    let mut sums: BTreeMap<RepairKind, usize> = BTreeMap::new();
    for line in &report.repairs {
        *sums.entry(line.kind).or_default() += line.count;
    }
    assert_eq!(sums, report.repairs_by_kind);
    assert!(report.overlaps.len() >= FAULTS.large_overlaps + FAULTS.small_overlaps, "{report}");
    assert!(report.gaps.len() >= FAULTS.large_gaps + FAULTS.small_gaps, "{report}");
    // A filled gap is gained by one khoroo; an overlap is lost by all its claimants but the winner.
    let moved: f64 = report.area_moved_m2.values().map(|moved| moved.gained - moved.lost).sum();
    let filled: f64 = report.gaps.iter().filter(|gap| gap.winner.is_some()).map(|gap| gap.area_m2).sum();
    let lost: f64 = report.overlaps.iter().map(|o| o.area_m2 * (o.claimants.len() - 1) as f64).sum();
    assert!((moved - (filled - lost)).abs() < 10.0, "{moved} {filled} {lost}");
    assert!(
        (report.total_moved_m2 - (filled + lost)).abs() < 10.0,
        "{} {filled} {lost}",
        report.total_moved_m2
    );
    let text = report.to_string();
    for part in ["sbd-1 × sbd-2", "rings turned", "12 khoroos in 3 districts"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn unclosed_and_crossing_rings_are_made_valid_and_told() {
    let mut cells = fixture::clean();
    let ring = |cells: &mut serde_json::Value, cell: usize| {
        cells[cell]["geometry"]["coordinates"][0][0].as_array_mut().expect("a ring").clone()
    };
    let mut unclosed = ring(&mut cells, 0);
    unclosed.pop();
    cells[0]["geometry"]["coordinates"][0][0] = unclosed.into();
    // The southern border runs into a loop on its way.
    let mut crossing = ring(&mut cells, 3);
    let [x, y] = [0, 1].map(|axis| crossing[2][axis].as_f64().expect("a coordinate"));
    crossing.insert(3, serde_json::json!([x + 0.008, y - 0.002]));
    crossing.insert(4, serde_json::json!([x - 0.003, y - 0.002]));
    cells[3]["geometry"]["coordinates"][0][0] = crossing.into();
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &cells));
    request.max_fix_m2 = 500_000.0;
    let plan = accepted(plan(&request));
    let told: Vec<_> = plan.report.repairs.iter().map(|line| (line.unit.as_str(), line.kind)).collect();
    assert_eq!(told, [("sbd-1", RepairKind::Unclosed), ("sbd-4", RepairKind::SelfIntersection)]);
    let khoroos = khoroos(&plan);
    let shapes: Vec<&MultiPolygon> = khoroos.values().filter_map(|khoroo| khoroo.shape.as_ref()).collect();
    Coverage::from_polygons(&shapes).expect("valid and shared vertex for vertex");
}

#[test]
fn the_report_is_json_that_programs_can_follow() {
    let refused = plan(&request(&fixture::path())).expect_err("two patches to decide");
    let json = serde_json::to_value(&refused.report).expect("a report is plain values");
    assert_eq!(json["vintage"], "2022");
    assert_eq!(json["features_read"], 12);
    assert_eq!(json["files"][0]["kind"], "json");
    assert_eq!(json["columns"]["number"], "khoroo_number");
    assert_eq!(json["repairs_by_kind"]["winding"], FAULTS.clockwise);
    let codes: Vec<_> =
        json["refusals"].as_array().expect("a list").iter().map(|r| r["code"].clone()).collect();
    assert_eq!(codes, ["overlap", "gap"]);
    let [overlap, gap] = [0, 1].map(|index| &json["refusals"][index]);
    assert_eq!(overlap["claimants"], serde_json::json!(["sbd-1", "sbd-2"]));
    assert_eq!(gap["beside"], serde_json::json!(["bzd-3", "bzd-4"]));
    for refusal in [overlap, gap] {
        assert!(refusal["area_m2"].as_f64().is_some_and(|m2| m2 > 100_000.0), "{refusal}");
        assert!(refusal["lon"].is_f64() && refusal["lat"].is_f64(), "{refusal}");
    }
    assert_eq!((&json["units"], &json["districts"]), (&12.into(), &3.into()), "what was read");
    let folder = scratch();
    let report = accepted(plan(&request(&put_json(&folder, "a.json", &fixture::clean())))).report;
    assert!(!serde_json::to_string(&report).expect("plain values").contains("-0.0"));
}

#[test]
fn progress_goes_through_the_stages_in_order() {
    use hlp_tracker::ingest::Progress;
    let folder = scratch();
    let request = request(&put_json(&folder, "a.json", &fixture::clean()));
    let mut stages = Vec::new();
    let existing = hlp_tracker::model::Loaded::default();
    let outcome = hlp_tracker::ingest::plan(&request, &existing, &mut |progress| {
        stages.push(match progress {
            Progress::Reading { read_bytes, all_bytes, .. } => {
                assert!(read_bytes <= all_bytes);
                "reading"
            }
            Progress::Checking { n_features } => {
                assert_eq!(n_features, 12);
                "checking"
            }
            Progress::Cleaning { .. } => "cleaning",
            Progress::Comparing => "comparing",
        });
    });
    accepted(outcome);
    stages.dedup();
    assert_eq!(stages, ["reading", "checking", "cleaning", "comparing"]);
}

#[test]
fn what_comes_out_is_a_coverage_whose_districts_are_its_unions() {
    let mut request = request(&fixture::path());
    request.resolve = Some(Resolve::Smaller);
    request.gaps = Some(Gaps::Fill);
    let plan = accepted(plan(&request));
    let khoroos = khoroos(&plan);
    let shapes: Vec<&MultiPolygon> = khoroos.values().filter_map(|khoroo| khoroo.shape.as_ref()).collect();
    assert_eq!(shapes.len(), 12);
    Coverage::from_polygons(&shapes).expect("shared vertex for vertex");
    let districts: Vec<&MultiPolygon> = plan
        .changes
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Put(Row::DistrictVersion(version)) => version.shape.as_ref(),
            _ => None,
        })
        .collect();
    assert_eq!(districts.len(), 3);
    let sum = |shapes: &[&MultiPolygon]| shapes.iter().map(|shape| area_m2(shape)).sum::<f64>();
    assert!((sum(&districts) - sum(&shapes)).abs() < 1.0);
    assert!(districts.iter().all(|district| district.0.len() == 1 && district.0[0].interiors.is_empty()));
}

#[test]
fn decisions_settle_single_patches() {
    let refused = causes(plan(&request(&fixture::path())));
    let mut lines = String::from("lon,lat,winner\n");
    for cause in &refused {
        let (spot, winner) = match cause {
            Cause::Overlap { spot, .. } => (spot, "sbd-2"),
            Cause::Gap { spot, .. } => (spot, "outside"),
            other => panic!("{other:?}"),
        };
        writeln!(lines, "{},{},{winner}", spot.lon, spot.lat).expect("a string");
    }
    let mut request = request(&fixture::path());
    request.decisions = parse_decisions(lines.as_bytes()).expect("decisions");
    let report = accepted(plan(&request)).report;
    let large = &report.overlaps[0];
    assert_eq!((large.winner.as_deref(), report.kept_gaps), (Some("sbd-2"), FAULTS.large_gaps), "{report}");

    request.decisions = parse_decisions(b"106.9,47.9,bzd-99").expect("decisions");
    assert!(matches!(causes(plan(&request))[..], [Cause::UnknownWinner { .. }]));
}

/// The refused overlap and gap of the fixture.
fn disputed() -> (Spot, Spot) {
    let mut spots = causes(plan(&request(&fixture::path()))).into_iter().filter_map(|cause| match cause {
        Cause::Overlap { spot, .. } | Cause::Gap { spot, .. } => Some(spot),
        _ => None,
    });
    (spots.next().expect("an overlap"), spots.next().expect("a gap"))
}

fn decided(lines: &str) -> Result<hlp_tracker::ingest::Plan, hlp_tracker::ingest::Refused> {
    let mut request = request(&fixture::path());
    request.decisions = parse_decisions(lines.as_bytes()).expect("decisions");
    plan(&request)
}

#[test]
fn winners_are_found_by_code_and_by_name() {
    let (overlap, gap) = disputed();
    for (winner, code) in [("sbd-2", "sbd-2"), ("Сүхбаатар 2", "sbd-2"), ("СБД 1-р хороо", "sbd-1")]
    {
        let plan = accepted(decided(&format!("{overlap},{winner}\n{gap},Баянзүрх 3\n")));
        assert_eq!(plan.report.overlaps[0].winner.as_deref(), Some(code), "{winner}");
        let is_won = |gap: &Patch| gap.area_m2 > 100_000.0 && gap.winner.as_deref() == Some("bzd-3");
        assert!(plan.report.gaps.iter().any(is_won), "{}", plan.report);
    }
}

#[test]
fn a_winner_far_from_the_ground_is_refused_with_those_who_could_win() {
    let (overlap, gap) = disputed();
    let causes = causes(decided(&format!("lon,lat,winner\n{overlap},chd-4\n{gap},sbd-1\n")));
    let told: Vec<String> = causes
        .iter()
        .filter(|cause| matches!(cause, Cause::StrangeWinner { .. }))
        .map(ToString::to_string)
        .collect();
    assert_eq!(told.len(), 2, "{causes:#?}");
    assert!(told[0].starts_with("decision in line 2, at ") && told[0].contains("`chd-4`"), "{}", told[0]);
    assert!(told[0].contains("able to win: ") && told[0].contains("sbd-1, sbd-2"), "{}", told[0]);
    assert!(told[1].contains("line 3") && told[1].contains("bzd-3, bzd-4"), "{}", told[1]);
}

#[test]
fn decisions_that_contradict_each_other_are_refused_and_equal_ones_are_noted() {
    let (overlap, gap) = disputed();
    let lines = |second: &str| format!("{overlap},sbd-1\n{gap},outside\n{overlap},{second}\n");
    let causes = causes(decided(&lines("sbd-2")));
    let [Cause::ContradictingDecisions { first_line: 1, second_line: 3, first, second, .. }] = &causes[..]
    else {
        panic!("{causes:#?}")
    };
    assert_eq!((first.as_str(), second.as_str()), ("sbd-1", "sbd-2"));
    let report = accepted(decided(&lines("Сүхбаатар 1"))).report;
    assert!(
        report.notes.iter().any(|note| note == "the decision in line 3 says what line 1 says"),
        "{report}"
    );
}

#[test]
fn gaps_that_stay_are_told_apart_from_those_that_were_filled() {
    let mut request = request(&fixture::path());
    request.resolve = Some(Resolve::Smaller);
    request.gaps = Some(Gaps::Keep);
    let report = accepted(plan(&request)).report;
    let text = report.to_string();
    let count = |what: &str| {
        let is_meant = |line: &&str| line.replace("gap ", "gaps ").contains(what);
        let line = text.lines().find(is_meant).unwrap_or_else(|| panic!("{what}: {text}"));
        line.split(' ').next().and_then(|n| n.parse::<usize>().ok()).expect("a count")
    };
    assert_eq!(count("gaps kept, "), FAULTS.large_gaps);
    assert_eq!(count("gaps filled, "), report.gaps.len() - FAULTS.large_gaps);
    assert!(!text.contains("gaps settled"), "{text}");
}

#[test]
fn a_khoroo_that_would_vanish_is_named_with_its_place_and_can_be_given_back() {
    let mut cells = fixture::clean();
    // A small khoroo drawn into the middle of the first cell, whose outline was not cut for it.
    let (west, south, side) = (106.864, 47.894, 0.0008);
    let ring = [[0., 0.], [1., 0.], [1., 1.], [0., 1.], [0., 0.]];
    let ring: Vec<[f64; 2]> = ring.iter().map(|[x, y]| [west + x * side, south + y * side]).collect();
    cells.as_array_mut().expect("an array").push(serde_json::json!({
        "district": "Сүхбаатар", "khoroo": "9-р хороо", "khoroo_number": 9,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }));
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &cells));
    let (cause, message) = super::support::cause(plan(&request));
    let Cause::Lost { unit, spot: Some(spot), .. } = cause else { panic!("{message}") };
    assert_eq!(unit, "sbd-9");
    assert!((spot.lon - west - side / 2.0).abs() < side && (spot.lat - south - side / 2.0).abs() < side);
    let line = format!("{spot},sbd-9");
    assert!(message.contains(&line), "{message}");
    request.decisions = parse_decisions(line.as_bytes()).expect("a decision");
    assert_eq!(accepted(plan(&request)).report.units, 13);
}

#[test]
fn a_khoroo_too_thin_for_the_grid_is_told_apart_from_one_that_others_take() {
    let khoroo = |n: u32, ring: &[[f64; 2]]| {
        serde_json::json!({
            "district": "Баянзүрх", "khoroo_number": n,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        })
    };
    let square = [[106.9, 47.9], [106.91, 47.9], [106.91, 47.91], [106.9, 47.91], [106.9, 47.9]];
    let thin = [[106.95, 47.95], [106.9502, 47.950_000_1], [106.9501, 47.950_000_1], [106.95, 47.95]];
    let cells = serde_json::json!([khoroo(1, &square), khoroo(2, &thin)]);
    let folder = scratch();
    let (cause, message) = super::support::cause(plan(&request(&put_json(&folder, "a.json", &cells))));
    let Cause::TooThin { unit, spot: Some(spot) } = &cause else { panic!("{message}") };
    assert_eq!((unit.as_str(), cause.code()), ("bzd-2", "too_thin"));
    assert!((spot.lon - 106.95).abs() < 0.001 && (spot.lat - 47.95).abs() < 0.001, "{message}");
    assert!(!message.contains("--decisions"), "{message}");
}

#[test]
fn a_refusal_names_the_decisions_that_meet_nothing() {
    let (overlap, _) = disputed();
    let refused =
        decided(&format!("{overlap},sbd-1\n\n1.5,2.5,outside\n")).expect_err("the gap is undecided");
    let note = "the decision in line 3, at 1.500000,2.500000, meets no overlap or gap: the ground is `outside` already";
    assert!(refused.to_string().contains(&format!("note: {note}\n")), "{refused}");
    let told = serde_json::to_value(&refused.report).expect("plain values");
    assert_eq!(told["notes"], serde_json::json!([note]));
    assert_eq!(told["decisions"], serde_json::json!({"stated": 2, "without_dispute": 1}));
}

#[test]
fn a_decision_on_another_place_than_meant_is_refused_and_the_same_file_serves_twice() {
    let (overlap, gap) = disputed();
    // A slip of the pen: the ground there is another's, and a rule would settle the overlap.
    let mut slip = request(&fixture::path());
    slip.resolve = Some(Resolve::Larger);
    slip.gaps = Some(Gaps::Keep);
    slip.decisions = parse_decisions(b"lon,lat,winner\n106.95,47.95,sbd-2").expect("decisions");
    let (cause, message) = super::support::cause(plan(&slip));
    assert!(matches!(cause, Cause::UndisputedGround { line: 2, .. }), "{message}");
    assert!(message.contains("the ground is chd-4's, not `sbd-2`'s"), "{message}");

    let lines = format!("{overlap},sbd-2\n{gap},bzd-3\n");
    let first = accepted(decided(&lines));
    let by_line: Vec<_> = first.report.overlaps.iter().filter_map(|patch| patch.decided_in_line).collect();
    assert_eq!(by_line, [1]);
    assert!(first.report.to_string().contains("(decision in line 2)"), "{}", first.report);
    let store = super::support::applied(&hlp_tracker::model::Loaded::default(), &first);
    let folder = scratch();
    let features: Vec<Value> = khoroos(&first)
        .values()
        .map(|khoroo| {
            let rings = |polygon: &hlp_tracker::model::Polygon| -> Vec<Vec<[f64; 2]>> {
                let ring = |ring: &[hlp_tracker::model::GridPoint]| {
                    ring.iter().chain(&ring[..1]).map(|p| [p.lon(), p.lat()]).collect()
                };
                polygon.rings().map(|points| ring(points)).collect()
            };
            let shape = khoroo.shape.as_ref().expect("a shape");
            serde_json::json!({
                "district": khoroo.id.code.district.to_string(), "khoroo_number": khoroo.id.code.number,
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": shape.0.iter().map(rings).collect::<Vec<_>>(),
                },
            })
        })
        .collect();
    let mut again = request(&put_json(&folder, "clean.json", &features.into()));
    again.decisions = parse_decisions(lines.as_bytes()).expect("decisions");
    let report = accepted(super::support::plan_into(&store, &again)).report;
    assert_eq!((report.unchanged, report.decisions.without_dispute), (12, 2), "{report}");
    let text = report.to_string();
    let last: Vec<&str> = text.lines().rev().take(3).collect();
    assert_eq!(last[2], "2 decisions, 2 of them about ground without an overlap or gap");
    assert!(last.iter().take(2).all(|line| line.starts_with("note: the decision in line ")), "{text}");
}

#[test]
fn an_overlap_that_is_decided_to_be_nobodys_is_a_hole_and_counts_once() {
    let (overlap, gap) = disputed();
    let report = accepted(decided(&format!("{overlap},outside\n{gap},outside\n"))).report;
    // The overlap lies at the edge of nothing: two holes.
    assert_eq!(report.kept_gaps, 2, "{report}");
    let outside = |patches: &[Patch]| -> f64 {
        patches.iter().filter(|patch| patch.winner.is_none()).map(|patch| patch.area_m2).sum()
    };
    let (overlaps_m2, gaps_m2) = (outside(&report.overlaps), outside(&report.gaps));
    assert!(overlaps_m2 > 100_000.0 && (report.outside_m2 - overlaps_m2 - gaps_m2).abs() < 1e-6, "{report}");
    let settled: f64 = report
        .overlaps
        .iter()
        .chain(&report.gaps)
        .filter(|patch| patch.winner.is_some())
        .map(|patch| patch.area_m2)
        .sum();
    assert!((report.total_moved_m2 - settled - overlaps_m2).abs() < 1e-6, "{report}");
    let text = report.to_string();
    assert!(text.contains("1 overlap left outside, ") && text.contains("1 gap kept, "), "{text}");
}

#[test]
fn khoroos_that_take_each_others_ground_are_not_told_to_contradict_each_other() {
    let mut cells = fixture::clean();
    let square = |number: u32, west: f64| {
        let (south, side) = (47.894, 0.0008);
        let ring = [[0., 0.], [1., 0.], [1., 1.], [0., 1.], [0., 0.]];
        let ring: Vec<[f64; 2]> = ring.iter().map(|[x, y]| [west + x * side, south + y * side]).collect();
        serde_json::json!({
            "district": "Сүхбаатар", "khoroo_number": number,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        })
    };
    // Two on the same ground within the first cell, and one elsewhere.
    let added = [square(7, 106.864), square(8, 106.864), square(9, 106.87)];
    cells.as_array_mut().expect("an array").extend(added);
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &cells));
    request.resolve = Some(Resolve::Larger);
    request.max_fix_m2 = 0.0;
    let told: Vec<String> = causes(plan(&request)).iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("sbd-7 would vanish") && told[0].contains("as the larger ones"), "{told:#?}");
    assert!(told[0].contains(",sbd-7, or leave") && told[2].contains(",sbd-9, or leave"), "{told:#?}");
    assert!(
        told[1].contains("it lies on the ground of sbd-7") && !told[1].contains("--decisions"),
        "{told:#?}"
    );
}

#[test]
fn ground_that_appears_where_rings_are_made_valid_is_told_and_bounded() {
    let mut cells = fixture::clean();
    let ring = |cells: &Value| cells[3]["geometry"]["coordinates"][0][0].as_array().expect("a ring").clone();
    let mut crossing = ring(&cells);
    let [x, y] = [0, 1].map(|axis| crossing[2][axis].as_f64().expect("a coordinate"));
    crossing.insert(3, serde_json::json!([x + 0.008, y - 0.002]));
    crossing.insert(4, serde_json::json!([x - 0.003, y - 0.002]));
    cells[3]["geometry"]["coordinates"][0][0] = crossing.into();
    let folder = scratch();
    let mut request = request(&put_json(&folder, "a.json", &cells));
    let told = causes(plan(&request));
    let [Cause::CrossesItself { unit, area_m2, .. }] = &told[..] else { panic!("{told:#?}") };
    assert!(unit == "sbd-4" && *area_m2 > 10_000.0, "{told:#?}");
    request.max_fix_m2 = 500_000.0;
    let report = accepted(plan(&request)).report;
    let moved = report.area_moved_m2["sbd-4"];
    assert!((moved.gained - area_m2).abs() < 1.0, "{moved:?} {area_m2}");
    assert!((report.repairs[0].area_m2 - area_m2).abs() < 1.0, "{:?}", report.repairs);
    assert!((report.total_moved_m2 - area_m2).abs() < 1.0, "{report}");

    // An interior ring outside, large and small.
    let stray = |side: f64| {
        let mut cells = fixture::clean();
        let (west, south) = (107.0, 48.1);
        let hole = [[0., 0.], [0., 1.], [1., 1.], [1., 0.], [0., 0.]];
        let hole: Vec<[f64; 2]> = hole.iter().map(|[x, y]| [west + x * side, south + y * side]).collect();
        let rings = cells[0]["geometry"]["coordinates"][0].as_array_mut().expect("rings");
        rings.push(serde_json::json!(hole));
        plan(&self::request(&put_json(&folder, "b.json", &cells)))
    };
    let (cause, message) = super::support::cause(stray(0.01));
    assert!(matches!(&cause, Cause::StrayInterior { unit, .. } if unit == "sbd-1"), "{message}");
    let plan = accepted(stray(0.001));
    let clean = accepted(self::plan(&self::request(&put_json(&folder, "c.json", &fixture::clean()))));
    assert_eq!(khoroos(&plan)["sbd-1"].shape, khoroos(&clean)["sbd-1"].shape);
    let [repair] = &plan.report.repairs[..] else { panic!("{:?}", plan.report.repairs) };
    assert!(repair.kind == RepairKind::StrayInterior && repair.area_m2 > 5_000.0, "{repair:?}");
    assert!((repair.lon - 107.0005).abs() < 0.001 && (repair.lat - 48.1005).abs() < 0.001, "{repair:?}");
}

#[test]
fn a_larger_allowance_settles_without_asking() {
    let mut request = request(&fixture::path());
    request.max_fix_m2 = 500_000.0;
    let report = accepted(plan(&request)).report;
    assert_eq!(report.units, 12);
}

#[test]
fn the_same_file_gives_the_same_plan() {
    let mut request = request(&fixture::path());
    request.resolve = Some(Resolve::Larger);
    request.gaps = Some(Gaps::Keep);
    let (first, second) = (accepted(plan(&request)), accepted(plan(&request)));
    assert_eq!(first.changes, second.changes);
    assert_eq!(first.report, second.report);
}

#[test]
fn the_order_of_features_changes_nothing() {
    let folder = scratch();
    let in_order = fixture::faulty();
    let planned = |name: &str, file: &Value| {
        let mut request = request(&put_json(&folder, name, file));
        request.resolve = Some(Resolve::First);
        request.gaps = Some(Gaps::Fill);
        let plan = accepted(plan(&request));
        (khoroos(&plan), plan.report)
    };
    let (expected, report) = planned("in-order.json", &in_order);
    assert!(!report.overlaps.is_empty() && !report.gaps.is_empty(), "{report}");
    let mut random = Random(7);
    for round in 0..12 {
        let mut shuffled = in_order.clone();
        let features = shuffled.as_array_mut().expect("a bare array");
        features.sort_by_cached_key(|_| random.draw().to_bits());
        assert_ne!(shuffled, in_order);
        let (found, told) = planned(&format!("{round}.json"), &shuffled);
        assert!(found == expected, "round {round}");
        assert_eq!((&told.overlaps, &told.gaps), (&report.overlaps, &report.gaps), "round {round}");
        assert_eq!(told.area_moved_m2, report.area_moved_m2, "round {round}");
    }
}
