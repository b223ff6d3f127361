//! What import makes of days and places: hosts of their time, nothing of tomorrow, points where they belong.

use hlp_tracker::import::{self, Plan, Refused, Request};
use hlp_tracker::model::{GridPoint, Loaded, MultiPolygon, Polygon, Ring};
use jiff::civil::date;

use super::support::{RECORDS, accepted, applied, book_of, ground, messages, plan_into, put, scratch};

const PRACTICES: (&str, &[&[&str]]) = (
    "practices",
    &[
        &["id", "title_mn", "theme", "host", "status"],
        &["p-1", "Хог ангилах цэг", "waste", "БЗД-26", "shared"],
    ],
);

/// [`GROUND`] with a cycle of 2020 too.
fn two_cycles() -> Loaded {
    let cycle: (&str, &[&[&str]]) = (
        "cycles",
        &[
            &["id", "title_mn", "title_en", "starts_on", "ends_on"],
            &["2020", "2020 он", "2020", "2020-02-01", "2021-11-30"],
        ],
    );
    let store = ground();
    applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(&[cycle]))))
}

fn entry(cycle: &str, day: &str) -> Vec<u8> {
    let head: &[&str] = &["practice", "cycle", "khoroo", "entered_on", "stage", "decision"];
    let row: &[&str] = &["p-1", cycle, "bzd-26", day, "khoroo", "accepted"];
    book_of(&[("identifications", &[head, row])])
}

fn host(store: &Loaded) -> String {
    store.records.practices[0].host.to_string()
}

#[test]
fn an_entry_that_comes_later_moves_the_host_to_its_time_once() {
    let store = two_cycles();
    let practices = || book_of(&[PRACTICES]);
    let alone = applied(&store, &accepted(plan_into(&store, "p.xlsx", practices())));
    assert_eq!(host(&alone), "2022:bzd-26", "nothing tells its day yet");
    let plan = accepted(plan_into(&alone, "i.xlsx", entry("2020", "2020-05-01")));
    let told = "practice `p-1`: its host is 2020:bzd-26, no longer 2022:bzd-26, as it was first entered on 2020-05-01";
    assert_eq!(plan.report.notes, [told]);
    assert_eq!(plan.report.changes["practice"].updated, 1);
    let entered = applied(&alone, &plan);
    assert_eq!(host(&entered), "2020:bzd-26");
    for again in [practices(), entry("2020", "2020-05-01")] {
        let plan = accepted(plan_into(&entered, "again.xlsx", again));
        assert_eq!(plan.changes.changes, [], "the same file twice changes nothing");
    }
    // Both orders end alike.
    let both = book_of(&[PRACTICES]);
    let mut first = two_cycles();
    first = applied(&first, &accepted(plan_into(&first, "p.xlsx", both)));
    let later = applied(&first, &accepted(plan_into(&first, "i.xlsx", entry("2022", "2022-03-01"))));
    assert_eq!(host(&later), "2022:bzd-26");
    let earlier = applied(&later, &accepted(plan_into(&later, "i.xlsx", entry("2020", "2020-05-01"))));
    assert_eq!(earlier.records, {
        let mut other =
            applied(&entered, &accepted(plan_into(&entered, "i.xlsx", entry("2022", "2022-03-01"))));
        other.sort();
        other.records
    });
}

#[test]
fn a_corrected_day_takes_the_host_along() {
    let store = two_cycles();
    let store = applied(&store, &accepted(plan_into(&store, "p.xlsx", book_of(&[PRACTICES]))));
    let store = applied(&store, &accepted(plan_into(&store, "i.xlsx", entry("2020", "2020-05-01"))));
    let mut corrected = store.clone();
    corrected.records.identifications.clear();
    let plan = accepted(plan_into(&corrected, "i.xlsx", entry("2022", "2022-03-01")));
    assert_eq!(host(&applied(&corrected, &plan)), "2022:bzd-26");
}

#[test]
fn a_host_that_was_not_there_when_its_practice_was_entered_is_refused() {
    let store = two_cycles();
    let named: (&str, &[&[&str]]) = (
        "practices",
        &[&["id", "title_mn", "theme", "host", "status"], &["p-1", "Хог", "waste", "2022:bzd-26", "shared"]],
    );
    let store = applied(&store, &accepted(plan_into(&store, "i.xlsx", book_of(&[PRACTICES]))));
    let store = applied(&store, &accepted(plan_into(&store, "i.xlsx", entry("2020", "2020-05-01"))));
    let told = messages(plan_into(&store, "p.xlsx", book_of(&[named])));
    assert_eq!(
        told,
        [
            "`p.xlsx` sheet `practices` row 2 column D \"host\": `2022:bzd-26` practice `p-1`: its host 2022:bzd-26 was not there when it was first \
          entered on 2020-05-01; the host is a khoroo of that day's vintage"
        ]
    );
    // bzd-43 is of 2022 only, and no other code means it.
    let new: (&str, &[&[&str]]) = (
        "practices",
        &[&["id", "title_mn", "theme", "host", "status"], &["p-2", "Хог", "waste", "bzd-43", "shared"]],
    );
    let store = applied(&store, &accepted(plan_into(&store, "p.xlsx", book_of(&[new]))));
    let head: &[&str] = &["practice", "cycle", "khoroo", "entered_on", "stage", "decision"];
    let row: &[&str] = &["p-2", "2020", "bzd-26", "2020-05-01", "khoroo", "accepted"];
    let told = messages(plan_into(&store, "i.xlsx", book_of(&[("identifications", &[head, row])])));
    assert!(told[0].contains("its host 2022:bzd-43 was not there"), "{told:?}");
}

fn on(store: &Loaded, today: jiff::civil::Date, sheets: &[(&str, &[&[&str]])]) -> Result<Plan, Refused> {
    let folder = scratch();
    let path = put(&folder, "a.xlsx", book_of(sheets));
    let request = Request { today: Some(today), ..Request::new(vec![path]) };
    import::plan(&request, store, &mut |_| {})
}

#[test]
fn what_has_happened_is_not_of_tomorrow() {
    let store = ground();
    accepted(on(&store, date(2022, 10, 1), RECORDS));
    let told = messages(on(&store, date(2022, 9, 30), RECORDS));
    assert_eq!(
        told,
        [
            "`a.xlsx` sheet `reviews` row 2 column D \"reviewed_on\": `2022-10-01` reviewed_on 2022-10-01 is after today, 2022-09-30: it cannot have happened yet"
        ]
    );
    let told = messages(on(&store, date(2022, 2, 1), RECORDS));
    for field in
        ["entered_on", "reached_on", "changed_on", "held_on", "decided_on", "completed_on", "reviewed_on"]
    {
        assert!(told.iter().any(|line| line.contains(&format!("` {field} "))), "{field}: {told:#?}");
    }
    let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
    let visit = |status: &'static str| {
        let head: &[&str] = &["id", "cycle", "host", "visitors", "practices", "held_on", "mode", "status"];
        let row: &[&str] = &["v-9", "2022", "bzd-26", "bzd-43", "p-1", "2099-05-14", "virtual", status];
        on(&store, date(2026, 11, 22), &[("visits", &[head, row])])
    };
    accepted(visit("proposed"));
    assert!(messages(visit("held"))[0].contains("held_on 2099-05-14 is after today, 2026-11-22"));
}

#[test]
fn a_day_that_does_not_fit_its_cycle_or_its_practice_is_refused_with_both() {
    let store = two_cycles();
    let refused = |sheet: &'static str, head: &[&str], row: &[&str]| {
        let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
        messages(plan_into(&store, "b.xlsx", book_of(&[(sheet, &[head, row])])))
    };
    let entry = ["practice", "cycle", "khoroo", "entered_on", "stage", "decision"];
    assert_eq!(
        refused("identifications", &entry, &["p-1", "2020", "bzd-26", "2024-05-05", "khoroo", "accepted"]),
        [
            "`b.xlsx` sheet `identifications` row 2 column D \"entered_on\": `2024-05-05` identification `p-1/2020`: 2024-05-05 is after cycle `2020`, \
          which ends on 2021-11-30"
        ]
    );
    let copy = ["id", "practice", "khoroo", "cycle", "status", "decided_on", "completed_on"];
    assert_eq!(
        refused(
            "replications",
            &copy,
            &["r-2", "p-1", "bzd-43", "2022", "completed", "2022-02-03", "2022-02-10"]
        ),
        [
            "`b.xlsx` sheet `replications` row 2 column F \"decided_on\": `2022-02-03` replication `r-2`: decided on 2022-02-03, before practice `p-1` was \
          first entered on 2022-02-14"
        ]
    );
    let change = ["replication", "changed_on", "status"];
    assert_eq!(
        refused("replication_status_changes", &change, &["r-1", "2022-11-20", "completed"]),
        [
            "`b.xlsx` sheet `replication_status_changes`: replication `r-1`: completed on 2022-09-01 by its own day, \
          but on 2022-11-20 by its dated changes"
        ]
    );
}

/// A square of 0.1° around Baynzürkh 26 of [`RECORDS`]' point, in both vintages, and one east of it.
fn drawn() -> Loaded {
    let square = |west: f64| -> MultiPolygon {
        let corner = |lon: f64, lat: f64| GridPoint::from_degrees(lon, lat).expect("on earth");
        let (east, south, north) = (west + 0.1, 47.86, 47.96);
        let exterior: Ring =
            vec![corner(west, south), corner(east, south), corner(east, north), corner(west, north)];
        MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
    };
    let mut store = ground();
    for khoroo in store.datasets.values_mut().flat_map(|dataset| &mut dataset.khoroos) {
        match khoroo.id.to_string().as_str() {
            "2022:bzd-26" => khoroo.shape = Some(square(106.94)),
            "2022:bzd-43" => khoroo.shape = Some(square(107.04)),
            _ => {}
        }
    }
    store
}

#[test]
fn a_point_outside_its_host_is_refused_with_the_way_and_the_khoroo_it_lies_in() {
    let store = drawn();
    let practice = |lon: &str| {
        let head: &[&str] = &["id", "title_mn", "theme", "host", "status", "lon", "lat"];
        let row: &[&str] = &["p-1", "Хог ангилах цэг", "waste", "bzd-26", "identified", lon, "47.91"];
        plan_into(&store, "p.xlsx", book_of(&[("practices", &[head, row])]))
    };
    accepted(practice("106.99"));
    accepted(practice("107.0405"));
    assert_eq!(
        messages(practice("107.06")),
        [
            "`p.xlsx` sheet `practices` row 2 column F \"lon\": `107.06` practice `p-1`: its point 107.060000,47.910000 lies 1491 m outside its \
          host 2022:bzd-26, in 2022:bzd-43"
        ]
    );
    assert!(messages(practice("2.35"))[0].ends_with("in no khoroo"));
    // Where nobody drew the host, nobody can tell.
    let undrawn = ground();
    let head: &[&str] = &["id", "title_mn", "theme", "host", "status", "lon", "lat"];
    let row: &[&str] = &["p-1", "Хог", "waste", "bzd-26", "identified", "2.35", "48.85"];
    accepted(plan_into(&undrawn, "p.xlsx", book_of(&[("practices", &[head, row])])));
}

#[test]
fn a_review_by_the_host_is_taken_and_told() {
    let store = ground();
    let store = applied(&store, &accepted(plan_into(&store, "a.xlsx", book_of(RECORDS))));
    let head: &[&str] = &["id", "replication", "reviewers", "reviewed_on", "rating"];
    let row: &[&str] = &["e-2", "r-1", "bzd-26", "2022-10-05", "good"];
    let sheet: &[&[&str]] = &[head, row];
    let plan = accepted(plan_into(&store, "e.xlsx", book_of(&[("reviews", sheet)])));
    let told = "review `e-2`: 2022:bzd-26 reviews replication `r-1` of its own practice `p-1`";
    assert_eq!(plan.report.notes, [told]);
    assert!(plan.report.to_string().contains(&format!("note: {told}")));
    let store = applied(&store, &plan);
    let again = accepted(plan_into(&store, "e.xlsx", book_of(&[("reviews", sheet)])));
    assert_eq!(again.report.notes, [""; 0], "what the store knows is not told again");
}
