//! Every rule, kept and broken.

use jiff::civil::date;

use super::*;
use crate::model::{
    BudgetLine, Decision, Identification, KhorooFact, LineageKind, Mode, Need, NeedStatus, Occasion,
    PracticeDetails, PracticeStatus, PracticeStatusChange, Replication, ReplicationStatus, Review,
    ReviewReviewer, Stage, Visit, VisitPractice, VisitStatus, VisitVisitor, Vote, VoteDecision, Workshop,
    WorkshopPractice, WorkshopScope,
};

fn vintage(id: &str, from: Date, to: Option<Date>) -> Vintage {
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

fn khoroo(text: &str) -> KhorooId {
    text.parse().expect("a khoroo version")
}

fn practice(id: &str, host: &str, status: PracticeStatus) -> Practice {
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

fn identification(practice: &str, at: &str, day: Date) -> Identification {
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

fn replication(id: &str, practice: &str, at: &str, status: &str) -> Replication {
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

fn pair(from: &str, to: &str, kind: LineageKind, area_share: f64) -> Lineage {
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
fn judge(add: impl FnOnce(&mut Records)) -> Verdict {
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
    check(&vintages, &khoroos, &lineage, &records)
}

fn first_fault(add: impl FnOnce(&mut Records)) -> String {
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
fn an_identification_belongs_to_a_khoroo_of_its_day() {
    assert_eq!(
        first_fault(|r| r.identifications.push(identification("shared", "2020:bn-1", date(2022, 3, 1)))),
        "identification of practice `shared` in cycle `2022`: 2022-03-01 is outside vintage `2020`"
    );
    assert_eq!(
        first_fault(|r| r.identifications.push(identification("shared", "2022:bn-9", date(2022, 3, 1)))),
        "identification of practice `shared` in cycle `2022`: khoroo 2022:bn-9 is not in the store"
    );
}

#[test]
fn a_draft_is_not_identified_and_not_copied() {
    let verdict = judge(|r| {
        r.identifications.push(identification("draft", "2022:bn-1", date(2022, 3, 1)));
        r.replications.push(replication("r1", "draft", "2022:bn-2", "completed"));
    });
    assert_eq!(verdict.faults.len(), 2);
    assert!(verdict.broken_identifications.contains(&("draft".into(), "2022".into())));
    assert!(verdict.broken_replications.contains("r1"));
}

#[test]
fn a_khoroo_does_not_copy_its_own_practice() {
    assert_eq!(
        first_fault(|r| r.replications.push(replication("r1", "shared", "2022:bn-1", "completed"))),
        "replication `r1`: khoroo 2022:bn-1 hosts practice `shared` itself"
    );
}

#[test]
fn a_copy_ends_after_it_began_and_within_its_vintage() {
    let completed = |day| {
        let mut row = replication("r1", "shared", "2022:bn-2", "completed");
        row.completed_on = Some(day);
        first_fault(|r| r.replications.push(row))
    };
    assert_eq!(completed(date(2022, 5, 1)), "");
    assert_eq!(
        completed(date(2022, 4, 30)),
        "replication `r1`: completed on 2022-04-30, before it was decided on 2022-05-01"
    );
    assert_eq!(completed(date(2021, 12, 31)), "replication `r1`: 2021-12-31 is outside vintage `2022`");
}

#[test]
fn only_one_copy_is_active_and_a_stopped_one_bars_nothing() {
    let two = |status: &str| {
        first_fault(|r| {
            r.replications.push(replication("r1", "shared", "2022:bn-2", status));
            r.replications.push(replication("r2", "shared", "2022:bn-2", "completed"));
        })
    };
    assert_eq!(two("stopped"), "");
    assert_eq!(
        two("completed"),
        "replications `r1` and `r2` are both active for practice `shared` in khoroo 2022:bn-2"
    );
}

#[test]
fn vintages_do_not_share_a_day() {
    let overlapping =
        [vintage("2020", date(2020, 1, 1), Some(date(2022, 1, 1))), vintage("2022", date(2022, 1, 1), None)];
    let verdict = check(&overlapping, &BTreeSet::new(), &[], &Records::default());
    assert_eq!(
        verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["vintages `2020` and `2022` are both valid on 2022-01-01"]
    );
}

#[test]
fn a_practice_of_before_the_borders_changed_is_its_heirs_own() {
    let copied_by =
        |at: &str| first_fault(|r| r.replications.push(replication("r1", "old", at, "completed")));
    assert_eq!(
        copied_by("2022:bn-3"),
        "replication `r1`: khoroo 2022:bn-3 is of one line with 2020:bn-1, which hosts practice `old`"
    );
    assert_eq!(copied_by("2022:bn-1"), "", "the smaller piece learns from the one it came from");
    assert_eq!(copied_by("2022:bn-2"), "");
}

#[test]
fn only_one_copy_is_active_in_a_line_of_khoroos() {
    let before = |at: &str| {
        let mut row = replication("r0", "shared", at, "completed");
        row.decided_on = date(2021, 5, 1);
        row
    };
    let both = |early: &str, late: &str| {
        first_fault(|r| {
            r.replications.push(before(early));
            r.replications.push(replication("r1", "shared", late, "completed"));
        })
    };
    assert_eq!(
        both("2020:bn-2", "2022:bn-2"),
        "replications `r0` and `r1` are both active for practice `shared` in khoroos 2020:bn-2 and \
         2022:bn-2 of one line"
    );
    assert_eq!(both("2020:bn-2", "2022:bn-3"), "");
}

fn review(id: &str, replication: &str, day: Date) -> Review {
    Review {
        id: id.into(),
        replication: replication.into(),
        reviewed_on: day,
        mode: None,
        rating: "good".into(),
        comment: None,
        follow_up_by: None,
        trainer: None,
        illustrative: false,
    }
}

#[test]
fn a_review_is_of_a_completed_copy_after_its_completion_and_by_others() {
    let reviewed = |status: &str, day: Date, reviewer: &str| {
        first_fault(|r| {
            let mut copy = replication("r1", "shared", "2022:bn-2", status);
            copy.completed_on = Some(date(2022, 9, 30));
            r.replications.push(copy);
            r.reviews.push(review("w1", "r1", day));
            let reviewer =
                ReviewReviewer { review: "w1".into(), khoroo: khoroo(reviewer), illustrative: false };
            r.review_reviewers.push(reviewer);
        })
    };
    assert_eq!(reviewed("completed", date(2022, 9, 30), "2022:bn-1"), "", "the host may review");
    assert_eq!(
        reviewed("stopped", date(2022, 10, 1), "2022:bn-1"),
        "review `w1`: replication `r1` is `stopped`, not completed"
    );
    assert_eq!(
        reviewed("completed", date(2022, 9, 29), "2022:bn-1"),
        "review `w1`: of 2022-09-29, before replication `r1` was completed on 2022-09-30"
    );
    assert_eq!(
        reviewed("completed", date(2022, 10, 1), "2022:bn-2"),
        "review reviewer `w1/2022:bn-2`: khoroo 2022:bn-2 reviews replication `r1` of 2022:bn-2 of its own line"
    );
    assert_eq!(
        reviewed("completed", date(2022, 10, 1), "2020:bn-1"),
        "review reviewer `w1/2020:bn-1`: 2022-10-01 is outside vintage `2020`"
    );
}

fn visit(host: &str, day: Date) -> Visit {
    Visit {
        id: "v1".into(),
        cycle: "2022".into(),
        host: khoroo(host),
        held_on: day,
        mode: Mode::FaceToFace,
        status: VisitStatus::Held,
        cost: None,
        travel_min: None,
        invited: Some(10),
        attended: Some(10),
        learning_points: None,
        action_plan: None,
        host_feedback: None,
        visitor_feedback: None,
        trainer: None,
        illustrative: false,
    }
}

#[test]
fn a_visit_is_of_another_khoroo_and_shows_what_is_at_home_there() {
    let visited = |visitor: &str, practice: &str| {
        first_fault(|r| {
            r.visits.push(visit("2022:bn-3", date(2022, 6, 1)));
            let visitor = VisitVisitor {
                visit: "v1".into(),
                khoroo: khoroo(visitor),
                people: None,
                illustrative: false,
            };
            r.visit_visitors.push(visitor);
            let shown = VisitPractice { visit: "v1".into(), practice: practice.into(), illustrative: false };
            r.visit_practices.push(shown);
        })
    };
    assert_eq!(visited("2022:bn-1", "old"), "", "an heir shows what it took over");
    assert_eq!(
        visited("2022:bn-3", "old"),
        "visit visitor `v1/2022:bn-3`: khoroo 2022:bn-3 visits 2022:bn-3 of its own line"
    );
    assert_eq!(
        visited("2022:bn-2", "shared"),
        "visit practice `v1/shared`: practice `shared` is at home in 2022:bn-1, not in 2022:bn-3"
    );
    assert_eq!(
        visited("2020:bn-2", "old"),
        "visit visitor `v1/2020:bn-2`: 2022-06-01 is outside vintage `2020`"
    );
}

fn workshop(id: &str) -> Workshop {
    Workshop {
        id: id.into(),
        cycle: "2022".into(),
        scope: WorkshopScope::City,
        district: None,
        held_on: date(2022, 3, 1),
        mode: Mode::Hybrid,
        venue: None,
        cost: None,
        invited: Some(20),
        attended_f: Some(15),
        attended_m: None,
        attended_unknown: None,
        illustrative: false,
    }
}

#[test]
fn nobody_comes_uninvited() {
    let crowded = |visit_of: Visit| first_fault(|r| r.visits.push(visit_of));
    let host = || visit("2022:bn-1", date(2022, 6, 1));
    assert_eq!(crowded(host()), "");
    assert_eq!(crowded(Visit { invited: None, ..host() }), "", "unknown is not 0");
    assert_eq!(
        crowded(Visit { attended: Some(11), ..host() }),
        "visit `v1`: 11 attended, but 10 were invited"
    );
    assert_eq!(
        first_fault(|r| r.workshops.push(Workshop { attended_unknown: Some(6), ..workshop("w1") })),
        "workshop `w1`: 21 attended, but 20 were invited"
    );
    assert_eq!(
        first_fault(|r| {
            let mut entry = identification("shared", "2022:bn-1", date(2022, 3, 1));
            entry.occasion = Occasion { invited: Some(1), attended: Some(2), ..Occasion::default() };
            r.identifications.push(entry);
        }),
        "identification `shared/2022`: 2 attended, but 1 were invited"
    );
}

#[test]
fn a_workshop_shows_identified_practices() {
    let shown = |practice: &str| {
        first_fault(|r| {
            let practice = practice.into();
            r.workshop_practices.push(WorkshopPractice {
                workshop: "w1".into(),
                practice,
                illustrative: false,
            });
        })
    };
    assert_eq!(shown("identified"), "");
    assert_eq!(
        shown("draft"),
        "workshop practice `w1/draft`: practice `draft` is `draft`, not yet identified"
    );
}

fn vote(at: &str, practice: &str) -> Vote {
    Vote {
        khoroo: khoroo(at),
        practice: practice.into(),
        cycle: "2022".into(),
        rank: Some(1),
        votes: None,
        voters: None,
        citizens_involved: None,
        decided_on: date(2022, 7, 1),
        decision: VoteDecision::Replicate,
        planned_year: None,
        occasion: Occasion::default(),
        illustrative: false,
    }
}

#[test]
fn votes_are_for_what_others_have_shown() {
    let voted = |at: &str, practice: &str| first_fault(|r| r.votes.push(vote(at, practice)));
    assert_eq!(voted("2022:bn-2", "shared"), "");
    assert_eq!(
        voted("2022:bn-2", "identified"),
        "vote `2022:bn-2/identified/2022`: practice `identified` is `identified`, not yet shared"
    );
    assert_eq!(
        voted("2022:bn-3", "old"),
        "vote `2022:bn-3/old/2022`: khoroo 2022:bn-3 votes for practice `old`, which 2020:bn-1 of its own \
         line hosts"
    );
    assert_eq!(
        voted("2020:bn-2", "shared"),
        "vote `2020:bn-2/shared/2022`: 2022-07-01 is outside vintage `2020`"
    );
}

#[test]
fn a_vote_is_for_what_was_shared_by_its_day() {
    let changed = |practice: &str, status, day| {
        first_fault(|r| {
            r.votes.push(vote("2022:bn-2", practice));
            r.practice_status_changes.push(PracticeStatusChange {
                practice: practice.into(),
                changed_on: day,
                status,
                illustrative: false,
            });
        })
    };
    let shown = |practice: &str, day| {
        first_fault(|r| {
            r.votes.push(vote("2022:bn-2", practice));
            r.workshops.push(Workshop { held_on: day, ..workshop("w-shown") });
            let workshop = "w-shown".into();
            r.workshop_practices.push(WorkshopPractice {
                workshop,
                practice: practice.into(),
                illustrative: false,
            });
        })
    };
    let too_early =
        "vote `2022:bn-2/shared/2022`: of 2022-07-01, before practice `shared` was shared on 2022-07-02";
    let (by_then, later) = (date(2022, 7, 1), date(2022, 7, 2));
    assert_eq!(changed("shared", PracticeStatus::Shared, by_then), "");
    assert_eq!(changed("shared", PracticeStatus::Shared, later), too_early);
    assert_eq!(shown("shared", by_then), "");
    assert_eq!(shown("shared", later), too_early);
    // When it was identified does not tell since when it is shared.
    assert_eq!(changed("shared", PracticeStatus::Identified, later), "");
    // It was shared then, whatever it is now.
    assert_eq!(changed("identified", PracticeStatus::Shared, by_then), "");
    assert_eq!(shown("identified", by_then), "");
}

#[test]
fn needs_facts_and_money_are_of_their_day_their_year_and_above_nothing() {
    let need = |at: &str| {
        first_fault(|r| {
            r.needs.push(Need {
                id: "n1".into(),
                khoroo: khoroo(at),
                theme: "waste".into(),
                text: None,
                urgency: None,
                since: date(2022, 2, 1),
                status: NeedStatus::Open,
                illustrative: false,
            });
        })
    };
    assert_eq!(need("2022:bn-1"), "");
    assert_eq!(need("2020:bn-1"), "need `n1`: 2022-02-01 is outside vintage `2020`");
    assert_eq!(need("2022:bn-9"), "need `n1`: khoroo 2022:bn-9 is not in the store");
    let fact = |year| {
        first_fault(|r| {
            r.khoroo_facts.push(KhorooFact {
                khoroo: khoroo("2020:bn-1"),
                year,
                population: Some(0),
                households: None,
                setting: None,
                office_address: None,
                phone: None,
                opening_hours: None,
                source: "a count".into(),
                office: None,
                illustrative: false,
            });
        })
    };
    assert_eq!((fact(2020), fact(2021)), (String::new(), String::new()));
    assert_eq!(fact(2022), "khoroo fact `2020:bn-1/2022`: 2022 is outside vintage `2020`");
    let line = |amount| {
        first_fault(|r| {
            r.budget_lines.push(BudgetLine {
                replication: "r1".into(),
                position: 1,
                source: "own".into(),
                amount,
                fiscal_year: 2022,
                illustrative: false,
            });
        })
    };
    assert_eq!(line(1), "");
    assert_eq!(line(0), "budget line `r1/1`: the amount is 0 ₮; a budget line is above 0");
}

#[test]
fn what_is_broken_is_known_by_its_key() {
    let verdict = judge(|r| r.replications.push(replication("r1", "old", "2022:bn-3", "completed")));
    assert_eq!(verdict.broken, BTreeSet::from([Key::Replication("r1".into())]));
    assert!(verdict.broken_replications.contains("r1"));
}

fn lineage_faults(rows: &[Lineage]) -> Vec<String> {
    let vintages = [
        vintage("2018", date(2018, 1, 1), Some(date(2019, 12, 31))),
        vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
        vintage("2022", date(2022, 1, 1), None),
    ];
    let khoroos = ["2018:bn-1", "2020:bn-1", "2022:bn-1", "2022:bn-2"].map(khoroo).into_iter().collect();
    let verdict = check(&vintages, &khoroos, rows, &Records::default());
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
        check(&vintages, &khoroos, &lineage, &records).faults
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
