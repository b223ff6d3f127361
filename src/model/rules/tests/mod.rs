//! Every rule, kept and broken, by family of rules.

mod days;
mod events;
mod homes;
mod identifications;
mod lineage;
mod replications;
mod reviews;

use jiff::civil::date;

use super::*;
use crate::model::{
    Decision, GridPoint, Identification, LineageKind, MultiPolygon, Occasion, Polygon, PracticeDetails,
    PracticeStatus, Replication, ReplicationStatus, Stage,
};

pub fn vintage(id: &str, from: Date, to: Option<Date>) -> Vintage {
    Vintage {
        id: id.parse().expect("a vintage"),
        valid_from: from,
        valid_to: to,
        title_mn: String::new(),
        title_en: String::new(),
        source: String::new(),
        illustrative: false,
    }
}

pub fn khoroo(text: &str) -> KhorooId {
    text.parse().expect("a khoroo version")
}

pub fn practice(id: &str, host: &str, status: PracticeStatus) -> Practice {
    Practice {
        id: id.into(),
        title_mn: id.into(),
        title_en: None,
        summary_mn: None,
        summary_en: None,
        theme: "waste".into(),
        host: khoroo(host),
        status,
        details: PracticeDetails::default(),
        location: None,
        illustrative: false,
    }
}

pub fn identification(practice: &str, at: &str, day: Date) -> Identification {
    Identification {
        practice: practice.into(),
        cycle: "2022".into(),
        khoroo: khoroo(at),
        entered_on: day,
        stage: Stage::Khoroo,
        decision: Decision::Accepted,
        awarded: false,
        occasion: Occasion::default(),
        illustrative: false,
    }
}

pub fn replication(id: &str, practice: &str, at: &str, status: &str) -> Replication {
    Replication {
        id: id.into(),
        practice: practice.into(),
        khoroo: khoroo(at),
        cycle: "2022".into(),
        status: status.into(),
        decided_on: date(2022, 5, 1),
        completed_on: None,
        learning_route: None,
        adaptations: None,
        people_served: None,
        illustrative: false,
    }
}

pub fn pair(from: &str, to: &str, kind: LineageKind, area_share: f64) -> Lineage {
    Lineage {
        from: khoroo(from),
        to: khoroo(to),
        kind,
        area_share,
        population_share: None,
        stated: false,
        illustrative: false,
    }
}

/// Two vintages, in which `bn-1` was cut in two and most of it became `bn-3`; a shared practice and a
/// draft of today, and one of the days before; `add` puts what is to be judged.
pub fn judge(add: impl FnOnce(&mut Records)) -> Verdict {
    judge_on(&[], add)
}

/// As [`judge`], on ground that is drawn: the piece of the old `bn-1` that became `bn-3` is the eastern one.
pub fn judge_drawn(add: impl FnOnce(&mut Records)) -> Verdict {
    let drawn = [
        ("2020:bn-1", [0, 100]),
        ("2020:bn-2", [100, 150]),
        ("2022:bn-1", [0, 40]),
        ("2022:bn-3", [40, 100]),
        ("2022:bn-2", [100, 150]),
    ];
    judge_on(&drawn.map(|(id, sides)| (khoroo(id), strip(sides))), add)
}

/// The place `x` and `y` thousandths of a degree from the corner of the drawn ground.
pub fn at(x: i32, y: i32) -> GridPoint {
    GridPoint::new(1_069_000_000 + x * 10_000, 479_000_000 + y * 10_000)
}

/// Ground from the one side to the other, in thousandths of a degree, and a tenth of a degree high.
fn strip([west, east]: [i32; 2]) -> MultiPolygon {
    let exterior = vec![at(west, 0), at(east, 0), at(east, 100), at(west, 100)];
    MultiPolygon(vec![Polygon { exterior, interiors: Vec::new() }])
}

fn judge_on(shapes: &[(KhorooId, MultiPolygon)], add: impl FnOnce(&mut Records)) -> Verdict {
    let vintages = [
        vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
        vintage("2022", date(2022, 1, 1), None),
    ];
    let khoroos =
        ["2020:bn-1", "2020:bn-2", "2022:bn-1", "2022:bn-2", "2022:bn-3"].map(khoroo).into_iter().collect();
    let status = |code: &str, active| ReplicationStatus {
        code: code.into(),
        name_mn: String::new(),
        name_en: String::new(),
        position: 0,
        counts: code == "completed",
        active,
    };
    let mut records = Records {
        replication_statuses: vec![status("completed", true), status("stopped", false)],
        practices: vec![
            practice("shared", "2022:bn-1", PracticeStatus::Shared),
            practice("draft", "2022:bn-1", PracticeStatus::Draft),
            practice("identified", "2022:bn-1", PracticeStatus::Identified),
            practice("old", "2020:bn-1", PracticeStatus::Shared),
        ],
        ..Records::default()
    };
    add(&mut records);
    let lineage = [
        pair("2020:bn-1", "2022:bn-1", LineageKind::Split, 0.4),
        pair("2020:bn-1", "2022:bn-3", LineageKind::Split, 0.6),
    ];
    let shapes = shapes.iter().map(|(id, shape)| (id, shape)).collect();
    check(&Ground { vintages: &vintages, khoroos: &khoroos, lineage: &lineage, shapes }, &records)
}

pub fn first_fault(add: impl FnOnce(&mut Records)) -> String {
    judge(add).faults.first().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn records_in_order_have_no_fault() {
    let verdict = judge(|r| {
        r.identifications.push(identification("shared", "2022:bn-1", date(2022, 3, 1)));
        r.replications.push(replication("r1", "shared", "2022:bn-2", "completed"));
    });
    assert_eq!(verdict, Verdict::default());
}

#[test]
fn vintages_do_not_share_a_day() {
    let overlapping =
        [vintage("2020", date(2020, 1, 1), Some(date(2022, 1, 1))), vintage("2022", date(2022, 1, 1), None)];
    let (khoroos, shapes) = (BTreeSet::new(), Shapes::new());
    let ground = Ground { vintages: &overlapping, khoroos: &khoroos, lineage: &[], shapes };
    let verdict = check(&ground, &Records::default());
    assert_eq!(
        verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["vintages `2020` and `2022` are both valid on 2022-01-01"]
    );
}

#[test]
fn what_is_broken_is_known_by_its_key() {
    let verdict = judge(|r| r.replications.push(replication("r1", "old", "2022:bn-3", "completed")));
    assert_eq!(verdict.broken, BTreeSet::from([Key::Replication("r1".into())]));
    assert!(verdict.broken_replications.contains("r1"));
}
