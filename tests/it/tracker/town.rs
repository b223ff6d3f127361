//! The small town with records of all kinds, drawn by dice: sound ones, broken ones and unknown values.

use hlp_tracker::model::{
    BudgetLine, Cycle, Decision, FundingSource, Loaded, Mode, Need, NeedStatus, Occasion, Offer, OfferStatus,
    Practice, PracticeStatus, Rating, Review, ReviewReviewer, Visit, VisitPractice, VisitStatus,
    VisitVisitor, Vote, VoteDecision, Workshop, WorkshopPractice, WorkshopScope,
};
use hlp_tracker::snapshot::Snapshot;
use jiff::civil::{Date, date};

use crate::small_world::{at, identification, loaded, practice, replication};

pub const SCOPES: [&str; 8] = ["city", "aa", "bb", "aa-1", "aa-2", "aa-3", "bb-1", "bb-2"];
pub const THEMES: [Option<&str>; 3] = [None, Some("green"), Some("waste")];

pub fn build(loaded: Loaded) -> Snapshot {
    Snapshot::build(loaded, None, 10_000.0).expect("a sound town")
}

/// Draws numbers in an order that its seed decides.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Unknown one time in three.
    pub fn maybe(&mut self, below: usize) -> Option<i64> {
        (!self.chance(3)).then(|| self.below(below) as i64)
    }
}

pub const KHOROOS_2020: [&str; 4] = ["2020:aa-1", "2020:aa-2", "2020:bb-1", "2020:bb-2"];
pub const KHOROOS_2022: [&str; 5] = ["2022:aa-1", "2022:aa-2", "2022:aa-3", "2022:bb-1", "2022:bb-2"];
const MODES: [Mode; 3] = [Mode::FaceToFace, Mode::Virtual, Mode::Hybrid];

/// Code lists that cards need.
pub fn with_lists() -> Loaded {
    let mut town = loaded();
    let source = |code: &str, position, direct| FundingSource {
        code: code.into(),
        name_mn: code.into(),
        name_en: code.into(),
        position,
        direct,
        active: true,
    };
    town.records.funding_sources =
        vec![source("donor", 3, false), source("ldf", 2, false), source("own", 1, true)];
    let rating = |code: &str, position| Rating {
        code: code.into(),
        name_mn: code.into(),
        name_en: code.into(),
        position,
        active: true,
    };
    town.records.ratings = vec![
        rating("good", 2),
        rating("needs_improvement", 3),
        rating("outstanding", 1),
        rating("with_support", 4),
    ];
    town
}

/// The town with records of all kinds.
pub fn town(seed: u64) -> Loaded {
    let mut town = with_lists();
    let dice = &mut Dice::new(seed);
    let later = Cycle {
        id: "2023".into(),
        replications_reported: !seed.is_multiple_of(3),
        starts_on: date(2023, 1, 1),
        ends_on: date(2023, 12, 31),
        ..town.records.cycles[1].clone()
    };
    town.records.cycles.push(later);
    practices(&mut town, dice);
    meetings(&mut town, dice);
    votes(&mut town, dice);
    copies(&mut town, dice);
    needs(&mut town, dice);
    town
}

fn year_of(cycle: &str) -> i16 {
    cycle.parse().expect("a year")
}

fn day(cycle: &str, dice: &mut Dice) -> Date {
    date(year_of(cycle), 1 + dice.below(12) as i8, 1 + dice.below(28) as i8)
}

fn khoroo(cycle: &str, dice: &mut Dice) -> &'static str {
    if cycle == "2020" { dice.one(&KHOROOS_2020) } else { dice.one(&KHOROOS_2022) }
}

fn occasion(dice: &mut Dice) -> Occasion {
    let invited = dice.maybe(40);
    Occasion {
        mode: (!dice.chance(4)).then(|| dice.one(&MODES)),
        cost: dice.maybe(100_000),
        invited,
        // Sometimes more than were asked, which breaks a rule.
        attended: dice.maybe(invited.map_or(40, |n| n as usize + 4)),
    }
}

fn practices(town: &mut Loaded, dice: &mut Dice) {
    use PracticeStatus::{Archived, Draft, Identified, Shared, Submitted};
    for nth in 0..16 {
        let id = format!("q{nth:02}");
        let cycle = dice.one(&["2020", "2022", "2023"]);
        let host = khoroo(cycle, dice);
        let status = dice.one(&[Shared, Shared, Shared, Identified, Archived, Submitted, Draft]);
        let mut row = practice(&id, dice.one(&["green", "waste"]), host, status);
        row.location = dice.chance(2).then(|| at(1 + dice.below(28) as i32, 1 + dice.below(18) as i32));
        town.records.practices.push(row);
        let submitter = if dice.chance(6) { khoroo(cycle, dice) } else { host };
        let mut entry = identification(&id, cycle, submitter, Decision::Accepted);
        // Early in the year, as copies begin soon after.
        entry.entered_on = date(year_of(cycle), 1, day(cycle, dice).day());
        entry.occasion = occasion(dice);
        town.records.identifications.push(entry);
    }
}

/// A practice of the town, any.
fn any_practice(town: &Loaded, dice: &mut Dice) -> Practice {
    town.records.practices[dice.below(town.records.practices.len())].clone()
}

fn meetings(town: &mut Loaded, dice: &mut Dice) {
    for nth in 0..14 {
        let cycle = dice.one(&["2020", "2022", "2023"]);
        let id = format!("w{nth:02}");
        let scope = dice.one(&[WorkshopScope::District, WorkshopScope::City]);
        let of_district = scope == WorkshopScope::District;
        town.records.workshops.push(Workshop {
            id: id.clone(),
            cycle: cycle.into(),
            scope,
            district: of_district.then(|| dice.one(&["aa", "bb"]).parse().expect("a district")),
            held_on: day(cycle, dice),
            mode: dice.one(&MODES),
            venue: None,
            cost: dice.maybe(100_000),
            invited: dice.maybe(60),
            attended_f: dice.maybe(20),
            attended_m: dice.maybe(20),
            attended_unknown: dice.maybe(3),
            illustrative: false,
        });
        for practice in drawn(town, dice) {
            let workshop = id.clone();
            town.records.workshop_practices.push(WorkshopPractice {
                workshop,
                practice,
                illustrative: false,
            });
        }
    }
    for nth in 0..14 {
        let cycle = dice.one(&["2020", "2022", "2023"]);
        let id = format!("v{nth:02}");
        let shown = any_practice(town, dice);
        let host = if shown.host.vintage.as_str() == if cycle == "2020" { "2020" } else { "2022" } {
            shown.host.clone()
        } else {
            khoroo(cycle, dice).parse().expect("a khoroo")
        };
        let occasion = occasion(dice);
        town.records.visits.push(Visit {
            id: id.clone(),
            cycle: cycle.into(),
            host,
            held_on: day(cycle, dice),
            mode: dice.one(&MODES),
            status: dice.one(&[
                VisitStatus::Held,
                VisitStatus::Held,
                VisitStatus::Held,
                VisitStatus::Cancelled,
            ]),
            cost: occasion.cost,
            travel_min: None,
            invited: occasion.invited,
            attended: occasion.attended,
            learning_points: None,
            action_plan: dice.chance(2).then(|| "to do".into()),
            host_feedback: None,
            visitor_feedback: None,
            trainer: None,
            illustrative: false,
        });
        let visit = id.clone();
        town.records.visit_practices.push(VisitPractice { visit, practice: shown.id, illustrative: false });
        let mut visitors = vec![khoroo(cycle, dice), khoroo(cycle, dice)];
        visitors.sort_unstable();
        visitors.dedup();
        for visitor in visitors {
            town.records.visit_visitors.push(VisitVisitor {
                visit: id.clone(),
                khoroo: visitor.parse().expect("a khoroo"),
                people: None,
                illustrative: false,
            });
        }
    }
}

/// Up to three practices, each once.
fn drawn(town: &Loaded, dice: &mut Dice) -> Vec<String> {
    let mut ids: Vec<String> = (0..dice.below(4)).map(|_| any_practice(town, dice).id).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn votes(town: &mut Loaded, dice: &mut Dice) {
    for _ in 0..14 {
        let cycle = dice.one(&["2020", "2022", "2023"]);
        let row = Vote {
            khoroo: khoroo(cycle, dice).parse().expect("a khoroo"),
            practice: any_practice(town, dice).id,
            cycle: cycle.into(),
            rank: None,
            votes: None,
            voters: None,
            citizens_involved: None,
            decided_on: day(cycle, dice),
            decision: dice.one(&[VoteDecision::Replicate, VoteDecision::Later, VoteDecision::No]),
            planned_year: None,
            occasion: occasion(dice),
            illustrative: false,
        };
        let is_new =
            |v: &Vote| (&v.khoroo, &v.practice, &v.cycle) != (&row.khoroo, &row.practice, &row.cycle);
        if town.records.votes.iter().all(is_new) {
            town.records.votes.push(row);
        }
    }
}

fn copies(town: &mut Loaded, dice: &mut Dice) {
    for nth in 0..16 {
        let cycle = dice.one(&["2020", "2022", "2022", "2023"]);
        let status = dice.one(&["completed", "completed", "planned", "stopped"]);
        let id = format!("s{nth:02}");
        let mut row = replication(&id, &any_practice(town, dice).id, khoroo(cycle, dice), status);
        row.cycle = cycle.into();
        row.decided_on = date(year_of(cycle), 1 + dice.below(6) as i8, 10);
        row.completed_on = (status == "completed" && !dice.chance(3))
            .then(|| date(year_of(cycle), 7 + dice.below(3) as i8, 20));
        row.people_served = dice.maybe(500);
        town.records.replications.push(row);
        for position in 1..=dice.below(4) as i32 {
            town.records.budget_lines.push(BudgetLine {
                replication: id.clone(),
                position,
                source: dice.one(&["own", "own", "ldf", "donor"]).into(),
                amount: 1000 * dice.below(50) as i64,
                fiscal_year: year_of(cycle) + dice.below(2) as i16,
                illustrative: false,
            });
        }
        for nth in 0..dice.below(3) {
            let review = format!("{id}-{nth}");
            town.records.reviews.push(Review {
                id: review.clone(),
                replication: id.clone(),
                reviewed_on: date(year_of(cycle), 8 + dice.below(5) as i8, 25),
                mode: None,
                rating: dice.one(&["outstanding", "good", "needs_improvement"]).into(),
                comment: None,
                follow_up_by: None,
                trainer: None,
                illustrative: false,
            });
            let khoroo = khoroo(cycle, dice).parse().expect("a khoroo");
            town.records.review_reviewers.push(ReviewReviewer { review, khoroo, illustrative: false });
        }
    }
}

fn needs(town: &mut Loaded, dice: &mut Dice) {
    for nth in 0..6 {
        town.records.needs.push(Need {
            id: format!("n{nth}"),
            khoroo: dice.one(&KHOROOS_2022).parse().expect("a khoroo"),
            theme: dice.one(&["green", "waste"]).into(),
            text: None,
            urgency: None,
            since: day("2022", dice),
            status: dice.one(&[NeedStatus::Open, NeedStatus::Open, NeedStatus::Met]),
            illustrative: false,
        });
        let practice = any_practice(town, dice);
        town.records.offers.push(Offer {
            id: format!("o{nth}"),
            khoroo: practice.host,
            practice: practice.id,
            capacity_per_quarter: 2,
            mode: None,
            max_group: None,
            status: dice.one(&[OfferStatus::Open, OfferStatus::Paused, OfferStatus::Paused]),
            illustrative: false,
        });
    }
}
