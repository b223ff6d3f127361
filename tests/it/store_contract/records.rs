//! Records of every kind, each once with all it can hold and once with as little as it may; and the lists
//! that every new store has.

use hlp_tracker::model::{
    BudgetLine, GridPoint, IdentificationStage, KhorooFact, LearningRoute, Maturity, Mode, Need, NeedStatus,
    Occasion, Offer, OfferStatus, Practice, PracticeDetails, PracticeStatus, PracticeStatusChange, Records,
    Replicability, Replication, ReplicationStatusChange, Review, ReviewReviewer, Row, Stage, Trainer,
    Training, TrainingForm, TravelTime, Visit, VisitPractice, VisitStatus, VisitVisitor, Vote, VoteDecision,
    Workshop, WorkshopPractice, WorkshopScope,
};
use hlp_tracker::model::{Decision, Identification};
use jiff::civil::date;

use super::fixture::{SOUTH, WEST, id, identification, practice, replication};

const HOST: &str = "2022:bzd-2";
const PEER: &str = "2022:bzd-10";
const THIRD: &str = "2022:bn-1";

const FULL: Occasion =
    Occasion { mode: Some(Mode::Hybrid), cost: Some(9_819_600), invited: Some(145), attended: Some(100) };
const BARE: Occasion = Occasion { mode: None, cost: None, invited: None, attended: None };

pub fn workshop(name: &str) -> Workshop {
    Workshop {
        id: name.into(),
        cycle: "2022".into(),
        scope: WorkshopScope::City,
        district: None,
        held_on: date(2022, 3, 1),
        mode: Mode::Virtual,
        venue: None,
        cost: None,
        invited: None,
        attended_f: None,
        attended_m: None,
        attended_unknown: None,
        illustrative: true,
    }
}

pub fn visit(name: &str) -> Visit {
    Visit {
        id: name.into(),
        cycle: "2022".into(),
        host: id(HOST),
        held_on: date(2022, 4, 1),
        mode: Mode::FaceToFace,
        status: VisitStatus::Proposed,
        cost: None,
        travel_min: None,
        invited: None,
        attended: None,
        learning_points: None,
        action_plan: None,
        host_feedback: None,
        visitor_feedback: None,
        trainer: None,
        illustrative: true,
    }
}

pub fn vote(khoroo: &str) -> Vote {
    Vote {
        khoroo: id(khoroo),
        practice: "p-full".into(),
        cycle: "2022".into(),
        rank: None,
        votes: None,
        voters: None,
        citizens_involved: None,
        decided_on: date(2022, 5, 2),
        decision: VoteDecision::Later,
        planned_year: None,
        occasion: BARE,
        illustrative: true,
    }
}

pub fn budget_line(position: i32, amount: i64) -> BudgetLine {
    BudgetLine {
        replication: "r-full".into(),
        position,
        source: "own".into(),
        amount,
        fiscal_year: 2022,
        illustrative: true,
    }
}

pub fn review(name: &str) -> Review {
    Review {
        id: name.into(),
        replication: "r-full".into(),
        reviewed_on: date(2022, 10, 1),
        mode: None,
        rating: "with_support".into(),
        comment: None,
        follow_up_by: None,
        trainer: None,
        illustrative: true,
    }
}

pub fn training(name: &str) -> Training {
    Training {
        id: name.into(),
        org: "Сургалтын төв".into(),
        title_mn: "Ёс зүй".into(),
        title_en: None,
        topic: None,
        held_on: date(2021, 2, 3),
        form: TrainingForm::Online,
        target_group: None,
        participants_f: None,
        participants_m: None,
        participants_unknown: None,
        pre_score_pct: None,
        post_score_pct: None,
        n_pre: None,
        n_post: None,
        satisfaction_pct: None,
        n_survey: None,
        cost: None,
        illustrative: true,
    }
}

pub fn need(name: &str) -> Need {
    Need {
        id: name.into(),
        khoroo: id(PEER),
        theme: "waste".into(),
        text: None,
        urgency: None,
        since: date(2022, 2, 1),
        status: NeedStatus::Withdrawn,
        illustrative: true,
    }
}

pub fn fact(year: i16) -> KhorooFact {
    KhorooFact {
        khoroo: id(PEER),
        year,
        population: None,
        households: None,
        setting: None,
        office_address: None,
        phone: None,
        opening_hours: None,
        source: "counted for a test".into(),
        office: None,
        illustrative: true,
    }
}

/// Two of every kind, beside the small world; together they break no rule.
pub fn records() -> Vec<Row> {
    let text = |words: &str| Some(words.to_owned());
    let mut rows = steps_1_and_2(text);
    rows.extend(steps_3_and_4(text));
    rows.extend(steps_5_and_6(text));
    rows.extend(around(text));
    rows
}

fn steps_1_and_2(text: impl Fn(&str) -> Option<String>) -> Vec<Row> {
    let details = PracticeDetails {
        started_on: Some(date(2021, 9, 1)),
        problem_mn: text("Хог"),
        problem_en: text("Waste"),
        what_we_did_mn: text("Ангилсан"),
        what_we_did_en: text("Sorted it"),
        result_mn: text("Цэвэр"),
        result_en: text("Clean"),
        setting: text("ger"),
        cost_setup: Some(0),
        cost_year: Some(i64::MAX),
        people_served: Some(1_200),
        replicability: Some(Replicability::Medium),
        maturity: Some(Maturity::Demonstrated),
        last_confirmed_on: Some(date(2023, 1, 31)),
    };
    let changed = |status, day| PracticeStatusChange {
        practice: "p-full".into(),
        changed_on: date(2022, 1, day),
        status,
        illustrative: true,
    };
    let stage = |stage, decision, awarded| IdentificationStage {
        practice: "p-full".into(),
        cycle: "2022".into(),
        stage,
        reached_on: date(2022, 2, 2),
        decision,
        awarded,
        illustrative: true,
    };
    let shown = |workshop: &str| WorkshopPractice {
        workshop: workshop.into(),
        practice: "p-full".into(),
        illustrative: true,
    };
    vec![
        Trainer {
            id: "t-1".into(),
            org: "Сургалтын төв".into(),
            tot_year: Some(2019),
            languages: text("mn en"),
            active: true,
            illustrative: true,
        }
        .into(),
        Trainer {
            id: "t-2".into(),
            org: String::new(),
            tot_year: None,
            languages: None,
            active: false,
            illustrative: true,
        }
        .into(),
        Practice { status: PracticeStatus::Shared, details, ..practice("p-full", HOST) }.into(),
        Practice { location: None, title_en: None, ..practice("p-bare", HOST) }.into(),
        changed(PracticeStatus::Identified, 1).into(),
        changed(PracticeStatus::Shared, 2).into(),
        Identification { occasion: FULL, ..identification("p-full", "2022", HOST) }.into(),
        identification("p-bare", "2022", HOST).into(),
        stage(Stage::Khoroo, Decision::Accepted, false).into(),
        stage(Stage::City, Decision::Pending, true).into(),
        Workshop {
            scope: WorkshopScope::District,
            district: Some("bzd".parse().expect("a district")),
            venue: text("Танхим"),
            cost: Some(1),
            invited: Some(6),
            attended_f: Some(1),
            attended_m: Some(2),
            attended_unknown: Some(3),
            ..workshop("w-full")
        }
        .into(),
        workshop("w-bare").into(),
        shown("w-full").into(),
        shown("w-bare").into(),
    ]
}

fn steps_3_and_4(text: impl Fn(&str) -> Option<String>) -> Vec<Row> {
    let visitor = |visit: &str, people| VisitVisitor {
        visit: visit.into(),
        khoroo: id(PEER),
        people,
        illustrative: true,
    };
    let seen =
        |visit: &str| VisitPractice { visit: visit.into(), practice: "p-full".into(), illustrative: true };
    vec![
        Visit {
            status: VisitStatus::Held,
            cost: Some(50_000),
            travel_min: Some(25),
            invited: Some(12),
            attended: Some(12),
            learning_points: text("Ангилах"),
            action_plan: text("Хавар эхэлнэ"),
            host_feedback: Some(5),
            visitor_feedback: Some(1),
            trainer: text("t-1"),
            ..visit("v-full")
        }
        .into(),
        visit("v-bare").into(),
        visitor("v-full", Some(12)).into(),
        visitor("v-bare", None).into(),
        seen("v-full").into(),
        seen("v-bare").into(),
        Vote {
            rank: Some(1),
            votes: Some(30),
            voters: Some(30),
            citizens_involved: Some(false),
            decision: VoteDecision::Replicate,
            planned_year: Some(2023),
            occasion: FULL,
            ..vote(PEER)
        }
        .into(),
        vote(THIRD).into(),
    ]
}

fn steps_5_and_6(text: impl Fn(&str) -> Option<String>) -> Vec<Row> {
    let changed = |day| ReplicationStatusChange {
        replication: "r-full".into(),
        changed_on: date(2022, 9, day),
        status: "completed".into(),
        illustrative: true,
    };
    let reviewer = |review: &str, khoroo| ReviewReviewer {
        review: review.into(),
        khoroo: id(khoroo),
        illustrative: true,
    };
    vec![
        Replication {
            learning_route: Some(LearningRoute::TrackerOnly),
            adaptations: text("Өвөл"),
            people_served: Some(300),
            completed_on: Some(date(2022, 9, 29)),
            ..replication("r-full", "p-full", PEER)
        }
        .into(),
        replication("r-bare", "p-bare", PEER).into(),
        changed(29).into(),
        changed(30).into(),
        budget_line(1, 1).into(),
        BudgetLine { source: "donor".into(), ..budget_line(2, i64::MAX) }.into(),
        Review {
            mode: Some(Mode::FaceToFace),
            rating: "outstanding".into(),
            comment: text("Үргэлжлүүлэх"),
            follow_up_by: Some(date(2023, 4, 1)),
            trainer: text("t-2"),
            ..review("k-full")
        }
        .into(),
        review("k-bare").into(),
        reviewer("k-full", HOST).into(),
        reviewer("k-full", THIRD).into(),
    ]
}

fn around(text: impl Fn(&str) -> Option<String>) -> Vec<Row> {
    let offer = |name: &str, mode, max_group, status| Offer {
        id: name.into(),
        khoroo: id(HOST),
        practice: "p-full".into(),
        capacity_per_quarter: 2,
        mode,
        max_group,
        status,
        illustrative: true,
    };
    let way = |from, to, minutes| TravelTime {
        from: id(from),
        to: id(to),
        minutes,
        source: "guessed".into(),
        illustrative: true,
    };
    vec![
        Training {
            title_en: text("Ethics"),
            topic: text("ethics councils"),
            form: TrainingForm::Hybrid,
            target_group: text("HR managers"),
            participants_f: Some(69),
            participants_m: Some(31),
            participants_unknown: Some(0),
            pre_score_pct: Some(0.1 + 0.2),
            post_score_pct: Some(100.0),
            n_pre: Some(90),
            n_post: Some(80),
            satisfaction_pct: Some(85.0),
            n_survey: Some(2_480),
            cost: Some(100_200),
            ..training("tr-full")
        }
        .into(),
        training("tr-bare").into(),
        Need {
            text: text("Хог ангилах"), urgency: Some(3), status: NeedStatus::Open, ..need("n-full")
        }
        .into(),
        need("n-bare").into(),
        offer("o-full", Some(Mode::FaceToFace), Some(30), OfferStatus::Open).into(),
        offer("o-bare", None, None, OfferStatus::Paused).into(),
        KhorooFact {
            population: Some(9_000),
            households: Some(0),
            setting: text("apartment"),
            office_address: text("Энхтайвны өргөн чөлөө 1"),
            phone: text("11-000000"),
            opening_hours: text("9-18"),
            office: Some(GridPoint::new(WEST + 3, SOUTH + 4)),
            ..fact(2022)
        }
        .into(),
        fact(2023).into(),
        way(HOST, PEER, 25).into(),
        way(PEER, HOST, 0).into(),
    ]
}

/// The lists of a new store, sorted by code: what the migrations write is what the model says.
pub fn lists() -> Records {
    Records::starting()
}
