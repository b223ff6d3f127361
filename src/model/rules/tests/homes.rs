//! Where a practice is at home after borders changed, and points that lie elsewhere.

use super::events::vote;
use super::*;

fn first(add: impl FnOnce(&mut Records)) -> String {
    judge_drawn(add).faults.first().map(ToString::to_string).unwrap_or_default()
}

/// The practice `old` of the khoroo that was cut in two, with its point there.
fn standing_at(records: &mut Records, x: i32, y: i32) {
    let old = records.practices.iter_mut().find(|row| row.id == "old").expect("the old practice");
    old.location = Some(at(x, y));
}

#[test]
fn a_practice_stays_with_the_piece_in_which_its_point_lies() {
    let copied = |x: i32, by: &str| {
        first(|r| {
            standing_at(r, x, 50);
            r.replications.push(replication("r1", "old", by, "completed"));
        })
    };
    // The eastern piece is the larger one, and takes what has no point.
    let refused = |by: &str| {
        format!("replication `r1`: khoroo {by} is of one line with 2020:bn-1, which hosts practice `old`")
    };
    assert_eq!(copied(20, "2022:bn-1"), refused("2022:bn-1"));
    assert_eq!(copied(20, "2022:bn-3"), "");
    assert_eq!(copied(70, "2022:bn-3"), refused("2022:bn-3"));
    assert_eq!(copied(70, "2022:bn-1"), "");
    assert_eq!(copied(40, "2022:bn-3"), refused("2022:bn-3"), "on the new border by line");
    let voted = |x: i32, by: &str| {
        first(|r| {
            standing_at(r, x, 50);
            r.votes.push(vote(by, "old"));
        })
    };
    assert!(voted(20, "2022:bn-1").contains("of its own line"));
    assert_eq!(voted(20, "2022:bn-3"), "");
}

#[test]
fn a_copy_is_not_made_by_the_khoroo_that_had_the_practice_before() {
    let copied = |host: &str, x: i32, by: &str| {
        let verdict = judge_drawn(|r| {
            let mut row = practice("new", host, PracticeStatus::Shared);
            row.location = Some(at(x, 50));
            r.practices.push(row);
            let mut copy = replication("r1", "new", by, "completed");
            copy.decided_on = date(2021, 5, 1);
            r.replications.push(copy);
        });
        verdict.broken_replications.contains("r1")
    };
    assert!(copied("2022:bn-1", 20, "2020:bn-1"));
    assert!(copied("2022:bn-3", 70, "2020:bn-1"));
    assert!(!copied("2022:bn-3", 70, "2020:bn-2"));
}

#[test]
fn a_point_outside_the_host_is_told_with_its_way_and_decides_nothing() {
    let verdict = judge_drawn(|r| {
        standing_at(r, 120, 50);
        r.replications.push(replication("r1", "old", "2022:bn-1", "completed"));
    });
    // 0.02° east at 47.95°.
    let told: Vec<String> = verdict.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "practice `old`: its point 107.020000,47.950000 lies 1490 m outside its host 2020:bn-1, in 2020:bn-2"
        ]
    );
    assert_eq!(verdict.broken, BTreeSet::new(), "the practice keeps counting");
    let far = judge_drawn(|r| {
        let old = r.practices.iter_mut().find(|row| row.id == "old").expect("the old practice");
        old.location = GridPoint::from_degrees(2.35, 48.85);
    });
    let told = far.faults[0].to_string();
    assert!(told.contains("2.350000,48.850000") && told.ends_with("in no khoroo"), "{told}");
    // By line it belongs to the larger piece.
    let own = judge_drawn(|r| {
        standing_at(r, 120, 50);
        r.replications.push(replication("r1", "old", "2022:bn-3", "completed"));
    });
    assert!(own.broken_replications.contains("r1"));
}

#[test]
fn a_point_on_the_border_street_is_inside() {
    let told = |steps: i32| {
        let verdict = judge_drawn(|r| {
            let old = r.practices.iter_mut().find(|row| row.id == "old").expect("the old practice");
            old.location = Some(GridPoint { x: at(100, 50).x + steps, ..at(100, 50) });
        });
        verdict.faults.len()
    };
    // A step is 0.745 cm east: 6,600 are 49 m, 6,900 are 51 m.
    assert_eq!([told(0), told(6_600), told(6_900)], [0, 0, 1]);
    assert_eq!(judge(|r| standing_at(r, 5_000, 50)).faults, [], "nobody knows where the host lies");
}

#[test]
fn a_host_was_there_when_its_practice_was_first_entered() {
    let told = |host: &str, day| {
        first_fault(|r| {
            r.practices.push(practice("p", host, PracticeStatus::Identified));
            let at = if day < date(2022, 1, 1) { "2020:bn-1" } else { "2022:bn-1" };
            r.identifications.push(Identification { cycle: "early".into(), ..identification("p", at, day) });
            r.identifications.push(identification("p", "2022:bn-1", date(2022, 3, 1)));
        })
    };
    assert_eq!(told("2020:bn-1", date(2020, 5, 1)), "");
    assert_eq!(
        told("2022:bn-1", date(2020, 5, 1)),
        "practice `p`: its host 2022:bn-1 was not there when it was first entered on 2020-05-01; the host is a \
         khoroo of that day's vintage"
    );
    assert_eq!(told("2022:bn-1", date(2022, 2, 1)), "");
}
