//! Practices that were put away, copies that nobody counted, and numbers that belong together.

use hlp_tracker::model::{
    Decision, IdentificationStage, Loaded, Occasion, PracticeStatus, PracticeStatusChange, Stage,
};
use hlp_tracker::tracker::{Question, Value};
use jiff::civil::date;

use super::town::{build, with_lists};
use super::{cycle, figure, office, scope, value};
use crate::small_world::{at, identification, lineage, practice};

/// The town with an archived practice entered in 2022 with a decision.
fn put_away(decision: Decision) -> Loaded {
    let mut town = with_lists();
    town.records.practices.push(practice("x", "green", "2022:aa-1", PracticeStatus::Archived));
    town.records.identifications.push(identification("x", "2022", "2022:aa-1", decision));
    town
}

fn identified(town: Loaded, day: jiff::civil::Date) -> Option<f64> {
    let question = Question { as_of: Some(day), ..Question::city(cycle("2022")) };
    value(&office(&build(town), &question), "funnel", "funnel_identified")
}

#[test]
fn an_archived_practice_is_identified_since_its_entry_was_accepted_and_else_never() {
    // `p2` and `p3` are.
    let late = date(2023, 12, 31);
    assert_eq!(identified(put_away(Decision::Rejected), late), Some(2.0));
    assert_eq!(identified(put_away(Decision::Accepted), late), Some(3.0));
    let mut staged = put_away(Decision::Pending);
    staged.records.identification_stages.push(IdentificationStage {
        practice: "x".into(),
        cycle: "2022".into(),
        stage: Stage::District,
        reached_on: date(2022, 8, 1),
        decision: Decision::Accepted,
        awarded: false,
        illustrative: false,
    });
    staged.records.practice_status_changes.push(PracticeStatusChange {
        practice: "x".into(),
        changed_on: date(2022, 7, 1),
        status: PracticeStatus::Archived,
        illustrative: false,
    });
    assert_eq!(identified(staged.clone(), date(2022, 7, 31)), Some(2.0), "archived is no step forward");
    assert_eq!(identified(staged, date(2022, 8, 1)), Some(3.0));
}

#[test]
fn what_was_rejected_and_put_away_is_not_found_drawn_or_listed() {
    for (decision, is_public) in [(Decision::Rejected, false), (Decision::Accepted, true)] {
        let snapshot = build(put_away(decision));
        assert_eq!(snapshot.public_practices().any(|row| row.id == "x"), is_public);
        let marks = &snapshot.newest().expect("2022").marks.practices;
        let drawn = marks.iter().any(|mark| snapshot.records.practices[mark.practice].id == "x");
        assert_eq!(drawn, is_public);
        let typed = hlp_tracker::snapshot::search::Typed::read("Туршлага x").expect("words");
        let found = snapshot.search.practices(&typed);
        assert_eq!(found.iter().any(|at| snapshot.records.practices[*at].id == "x"), is_public);
    }
}

#[test]
fn a_found_title_follows_the_decision_and_not_the_practice_alone() {
    let before = build(put_away(Decision::Rejected));
    let after = hlp_tracker::snapshot::Snapshot::build(put_away(Decision::Accepted), Some(&before), 10_000.0);
    let after = after.expect("a sound town");
    let typed = hlp_tracker::snapshot::search::Typed::read("Туршлага x").expect("words");
    let finds = |snapshot: &hlp_tracker::snapshot::Snapshot| {
        snapshot.search.practices(&typed).iter().any(|at| snapshot.records.practices[*at].id == "x")
    };
    assert_eq!([finds(&before), finds(&after)], [false, true]);
}

#[test]
fn copies_of_a_cycle_that_does_not_count_them_pass_no_gate() {
    let mut town = with_lists();
    town.records.replications.retain(|row| row.id == "r1");
    let known = |town: &Loaded, asked: &str| {
        let answer = office(&build(town.clone()), &Question::city(cycle(asked)));
        ["funnel_replicated", "funnel_reviewed", "days_to_replicated"].map(|id| value(&answer, "funnel", id))
    };
    assert_eq!(
        known(&town, "2020"),
        [Some(1.0), Some(0.0), None],
        "the copy of a later cycle that counts them"
    );
    town.records.cycles[1].replications_reported = false;
    assert_eq!(known(&town, "2020"), [None; 3]);
    assert_eq!(known(&town, "2022"), [None; 3]);
    // Counted before the cycle that is asked for, but not in it.
    town.records.cycles[0].replications_reported = true;
    assert_eq!(known(&town, "2020"), [Some(0.0), Some(0.0), None]);
    assert_eq!(known(&town, "2022"), [None; 3]);
    let card = office(&build(town), &Question::city(cycle("2022")));
    assert_eq!(value(&card, "replicate", "replications"), None);
}

#[test]
fn attended_and_invited_are_of_the_same_events() {
    let mut town = with_lists();
    let people = [(Some(10), Some(4)), (Some(30), None), (None, Some(7))];
    let rows = town.records.identifications.iter_mut().filter(|row| row.cycle == "2022");
    for (row, (invited, attended)) in rows.zip(people) {
        row.occasion = Occasion { invited, attended, ..Occasion::default() };
    }
    let answer = office(&build(town), &Question::city(cycle("2022")));
    let of = |id: &str| (value(&answer, "identify", id), figure(&answer, "identify", id).n);
    assert_eq!([of("attended"), of("invited")], [(Some(4.0), Some(1)), (Some(10.0), Some(1))]);
}

#[test]
fn a_practice_of_before_a_split_is_where_its_point_lies_in_every_figure() {
    let hosted = |town: Loaded| {
        let snapshot = build(town);
        let view = snapshot.newest().expect("2022");
        let mark = view.marks.copies.iter().find(|mark| mark.replication == 0).expect("r1").from;
        let column = view.counts.column(
            hlp_tracker::snapshot::Measure::ReplicationsHosted,
            hlp_tracker::snapshot::Level::Khoroo,
            &cycle("2022"),
            None,
        );
        (column.expect("reported"), mark.at)
    };
    // `p1` of 2020:aa-2 is copied by r1; its pieces are aa-2 and the larger aa-3.
    let placed = |x: i32| {
        let mut town = with_lists();
        town.records.practices[0].location = Some(at(x, 5));
        hosted(town)
    };
    assert_eq!(hosted(with_lists()).0, [1, 0, 1, 1, 0]);
    assert_eq!(placed(15), (vec![1, 1, 0, 1, 0], at(15, 5)));
    assert_eq!(placed(25), (vec![1, 0, 1, 1, 0], at(25, 5)));
    // A point in another khoroo decides nothing, and the record stays.
    let (astray, mark) = placed(5);
    assert_eq!(astray, [1, 0, 1, 1, 0]);
    assert_ne!(mark, at(5, 5), "a mark does not stand on a slip");
}

#[test]
fn borders_corrected_later_change_no_total() {
    let mut town = with_lists();
    town.records.practices[0].location = Some(at(29, 5));
    let of = |town: &Loaded| {
        let snapshot = build(town.clone());
        let answer = |asked: &str| {
            let answer = office(&snapshot, &Question::city(cycle(asked)));
            [("identify", "identifications"), ("replicate", "replications"), ("identify", "practices")]
                .map(|(card, id)| value(&answer, card, id))
        };
        ([answer("2020"), answer("2022")], snapshot.verdict.faults.len())
    };
    let before = of(&town);
    assert_eq!(before.1, 0);
    // The old khoroo now ends where its point was left outside.
    let id = "2020".parse().expect("a vintage");
    for khoroo in &mut town.datasets.get_mut(&id).expect("there").khoroos {
        if khoroo.id.to_string() == "2020:aa-2" {
            let ring = &mut khoroo.shape.as_mut().expect("drawn").0[0].exterior;
            for corner in ring.iter_mut().filter(|corner| corner.x == at(30, 0).x) {
                corner.x = at(27, 0).x;
            }
        }
    }
    let after = of(&town);
    assert_eq!((&after.0, after.1), (&before.0, 1), "listed, and counted as before");
}

#[test]
fn what_a_workshop_showed_counts_where_it_is_at_home_now() {
    let shown = |x: Option<i32>| {
        let mut town = with_lists();
        town.records.practices[0].location = x.map(|x| at(x, 5));
        town.records.workshops.push(hlp_tracker::model::Workshop {
            id: "w".into(),
            cycle: "2022".into(),
            scope: hlp_tracker::model::WorkshopScope::City,
            district: None,
            held_on: date(2022, 6, 1),
            mode: hlp_tracker::model::Mode::Virtual,
            venue: None,
            cost: None,
            invited: None,
            attended_f: None,
            attended_m: None,
            attended_unknown: None,
            illustrative: false,
        });
        town.records.workshop_practices.push(hlp_tracker::model::WorkshopPractice {
            workshop: "w".into(),
            practice: "p1".into(),
            illustrative: false,
        });
        let snapshot = build(town);
        ["aa-2", "aa-3"].map(|code| {
            let question = Question { scope: scope(code), ..Question::city(cycle("2022")) };
            let answer = office(&snapshot, &question);
            let Some(Value(silent)) = figure(&answer, "attention", "silent_khoroos").value else {
                panic!("known")
            };
            (value(&answer, "share", "workshops"), silent)
        })
    };
    let (here, not) = ((Some(1.0), 0.0), (Some(0.0), 1.0));
    assert_eq!(shown(None), [not, here]);
    assert_eq!(shown(Some(15)), [here, not]);
    assert_eq!(shown(Some(25)), [not, here]);
}

#[test]
fn a_median_of_an_estimate_weighs_each_practice_by_its_part() {
    let mut town = with_lists();
    // Three practices of 2020: one wholly of aa-1, two of aa-2 that lie in aa-3 by 0.1 each.
    town.lineage[1].area_share = 0.9;
    town.lineage[2].area_share = 0.1;
    town.lineage[0] = lineage("2020:aa-1", "2022:aa-3", hlp_tracker::model::LineageKind::Unchanged, 1.0);
    town.records.practices.retain(|row| row.id == "p1");
    town.records.identifications.retain(|row| row.practice == "p1");
    town.records.replications.clear();
    for (id, host) in [("a", "2020:aa-1"), ("b", "2020:aa-2")] {
        town.records.practices.push(practice(id, "green", host, PracticeStatus::Shared));
        town.records.identifications.push(identification(id, "2020", host, Decision::Accepted));
    }
    for (id, month) in [("p1", 6), ("b", 7), ("a", 10)] {
        town.records.practice_status_changes.push(PracticeStatusChange {
            practice: id.into(),
            changed_on: date(2020, month, 1),
            status: PracticeStatus::Shared,
            illustrative: false,
        });
        town.records.practice_status_changes.push(PracticeStatusChange {
            practice: id.into(),
            changed_on: date(2020, 5, 1),
            status: PracticeStatus::Identified,
            illustrative: false,
        });
    }
    let question = Question {
        scope: scope("aa-3"),
        vintage: Some("2022".parse().expect("a vintage")),
        ..Question::city(cycle("2020"))
    };
    let answer = office(&build(town), &question);
    let days = figure(&answer, "funnel", "days_to_shared");
    // 31, 61 and 153 days with parts of 0.1, 0.1 and 1.
    assert_eq!((days.value, days.n), (Some(Value(153.0)), Some(3)));
}
