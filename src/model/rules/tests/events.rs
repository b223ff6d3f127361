//! Steps 2 to 4, needs, facts and money.

use jiff::civil::date;

use super::*;
use crate::model::{
    BudgetLine, KhorooFact, Mode, Need, NeedStatus, PracticeStatusChange, Visit, VisitPractice, VisitStatus,
    VisitVisitor, Vote, VoteDecision, Workshop, WorkshopPractice, WorkshopScope,
};

pub fn visit(host: &str, day: Date) -> Visit {
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

pub fn workshop(id: &str) -> Workshop {
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

pub fn vote(at: &str, practice: &str) -> Vote {
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
