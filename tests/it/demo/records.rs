//! Records of the demo: the published totals, every gate passed in order and in date, plausible figures.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use hlp_tracker::demo::{DemoOptions, VINTAGE_2020, VINTAGE_2022};
use hlp_tracker::model::{
    Cycle, Decision, Khoroo, KhorooId, Mode, NeedStatus, Occasion, Practice, PracticeStatus, Records, Row,
    Stage, VisitStatus, VoteDecision,
};

use super::{city_of, lies_in, shape, the_default_city};

/// What must hold between records for any seed and size, beyond the rules of the model.
pub fn assert_consistent(records: &Records, khoroos: &[Khoroo]) {
    let history = History::of(records);
    let cycles: BTreeMap<&str, &Cycle> = records.cycles.iter().map(|c| (c.id.as_str(), c)).collect();
    let within = |cycle: &str, day: Date| {
        let cycle = cycles[cycle];
        assert!(cycle.starts_on <= day && day <= cycle.ends_on, "{day} is outside cycle {}", cycle.id);
    };
    assert_entries(records, &history, &within);
    assert_learning(records, &history, &within);
    assert_copies(records, &within);
    let by_id: BTreeMap<&KhorooId, &Khoroo> = khoroos.iter().map(|k| (&k.id, k)).collect();
    for practice in &records.practices {
        let place = practice.location.expect("every practice has a place");
        assert!(lies_in(shape(by_id[&practice.host]), place), "{practice:?}");
    }
    for fact in &records.khoroo_facts {
        let office = fact.office.expect("every office has a place");
        assert!(lies_in(shape(by_id[&fact.khoroo]), office), "{fact:?}");
    }
    for offer in &records.offers {
        assert_eq!(history.practices[offer.practice.as_str()].status, PracticeStatus::Shared, "{offer:?}");
    }
    for way in &records.travel_times {
        assert!(way.minutes > 0 && way.source.contains("Invented"), "{way:?}");
    }
}

/// Records by what others say of them.
struct History<'a> {
    practices: BTreeMap<&'a str, &'a Practice>,
    /// Days of each practice's statuses, by day.
    statuses: BTreeMap<&'a str, Vec<(Date, PracticeStatus)>>,
    /// Days of workshops at which a practice was presented.
    presented: BTreeMap<&'a str, Vec<Date>>,
}

impl<'a> History<'a> {
    fn of(records: &'a Records) -> Self {
        let mut statuses: BTreeMap<&str, Vec<(Date, PracticeStatus)>> = BTreeMap::new();
        for row in &records.practice_status_changes {
            statuses.entry(&row.practice).or_default().push((row.changed_on, row.status));
        }
        let days: BTreeMap<&str, Date> =
            records.workshops.iter().map(|w| (w.id.as_str(), w.held_on)).collect();
        let mut presented: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
        for row in &records.workshop_practices {
            presented.entry(&row.practice).or_default().push(days[row.workshop.as_str()]);
        }
        let practices = records.practices.iter().map(|p| (p.id.as_str(), p)).collect();
        Self { practices, statuses, presented }
    }

    fn day_of(&self, practice: &str, status: PracticeStatus) -> Option<Date> {
        self.statuses[practice].iter().find(|(_, s)| *s == status).map(|(day, _)| *day)
    }
}

/// Steps 1 and 2.
fn assert_entries(records: &Records, history: &History<'_>, within: &dyn Fn(&str, Date)) {
    let entered: BTreeSet<&str> = records.identifications.iter().map(|i| i.practice.as_str()).collect();
    for (id, practice) in &history.practices {
        assert_eq!(entered.contains(id), practice.status != PracticeStatus::Draft, "{id}");
        let statuses = &history.statuses[id];
        assert!(statuses.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1), "{id}: {statuses:?}");
        assert_eq!(statuses.last().map(|(_, status)| *status), Some(practice.status), "{id}");
        let first_shown = history.presented.get(id).and_then(|days| days.iter().min().copied());
        assert_eq!(history.day_of(id, PracticeStatus::Shared), first_shown, "{id}");
    }
    for row in &records.identifications {
        within(&row.cycle, row.entered_on);
        let practice = history.practices[row.practice.as_str()];
        assert_eq!(practice.host, row.khoroo);
        assert!(practice.details.started_on < Some(row.entered_on), "{row:?}");
        let stages: Vec<_> = records
            .identification_stages
            .iter()
            .filter(|s| (&s.practice, &s.cycle) == (&row.practice, &row.cycle))
            .collect();
        let reached: Vec<Stage> = stages.iter().map(|s| s.stage).collect();
        assert_eq!(reached, Stage::ALL[..=row.stage as usize], "{row:?}");
        assert!(stages.is_sorted_by_key(|s| s.reached_on) && stages[0].reached_on == row.entered_on);
        let last = stages[stages.len() - 1];
        within(&row.cycle, last.reached_on);
        assert_eq!((last.decision, last.awarded), (row.decision, row.awarded), "{row:?}");
        assert!(stages[..stages.len() - 1].iter().all(|s| s.decision == Decision::Accepted && !s.awarded));
        assert!(!row.awarded || row.stage == Stage::City);
        let identified_on = history.day_of(&row.practice, PracticeStatus::Identified);
        assert_eq!(identified_on.is_some(), row.decision == Decision::Accepted, "{row:?}");
    }
    for row in &records.workshops {
        within(&row.cycle, row.held_on);
        assert_eq!(row.held_on.year(), row.cycle.parse::<i16>().expect("a year"), "step 2 is of that year");
    }
}

/// Steps 3 and 4: nobody sees what was not shared, nobody votes on what it did not see.
fn assert_learning(records: &Records, history: &History<'_>, within: &dyn Fn(&str, Date)) {
    for visit in &records.visits {
        within(&visit.cycle, visit.held_on);
        assert!(visit.cost.or(visit.attended).is_none() || visit.status == VisitStatus::Held, "{visit:?}");
        assert!(visit.cycle != "2020" || visit.mode == Mode::Virtual, "in 2021 all was online");
        assert_eq!(visit.travel_min.is_none(), visit.mode == Mode::Virtual, "{visit:?}");
        let shown: Vec<&str> = records
            .visit_practices
            .iter()
            .filter(|p| p.visit == visit.id)
            .map(|p| p.practice.as_str())
            .collect();
        assert!(!shown.is_empty() && records.visit_visitors.iter().any(|v| v.visit == visit.id));
        for practice in shown {
            let shared_on = history.day_of(practice, PracticeStatus::Shared);
            assert!(shared_on.is_some_and(|day| day < visit.held_on), "{practice} on {visit:?}");
        }
    }
    let visits: BTreeMap<&str, _> = records.visits.iter().map(|v| (v.id.as_str(), v)).collect();
    let mut learned: BTreeMap<(&KhorooId, &str), Date> = BTreeMap::new();
    for visitor in &records.visit_visitors {
        let visit = visits[visitor.visit.as_str()];
        if visit.status == VisitStatus::Held && visit.action_plan.is_some() {
            for shown in records.visit_practices.iter().filter(|p| p.visit == visit.id) {
                let first = learned.entry((&visitor.khoroo, &shown.practice)).or_insert(visit.held_on);
                *first = visit.held_on.min(*first);
            }
        }
    }
    for vote in &records.votes {
        within(&vote.cycle, vote.decided_on);
        let seen_on = learned.get(&(&vote.khoroo, vote.practice.as_str()));
        assert!(seen_on.is_some_and(|day| *day < vote.decided_on), "{vote:?} without a visit");
        assert_eq!(vote.planned_year.is_some(), vote.decision == VoteDecision::Replicate, "{vote:?}");
    }
}

/// Steps 5 and 6.
fn assert_copies(records: &Records, within: &dyn Fn(&str, Date)) {
    for copy in &records.replications {
        let vote = records
            .votes
            .iter()
            .find(|v| (&v.khoroo, &v.practice, &v.cycle) == (&copy.khoroo, &copy.practice, &copy.cycle));
        let vote = vote.unwrap_or_else(|| panic!("{copy:?} without a vote"));
        assert_eq!(vote.decision, VoteDecision::Replicate);
        assert!(vote.decided_on <= copy.decided_on, "{copy:?}");
        let history: Vec<_> =
            records.replication_status_changes.iter().filter(|c| c.replication == copy.id).collect();
        assert!(history.iter().any(|c| c.status == "planned" && c.changed_on == copy.decided_on), "{copy:?}");
        let last = history.iter().max_by_key(|c| c.changed_on).expect("there is one");
        assert_eq!(last.status, copy.status, "{copy:?}");
        assert_eq!(copy.completed_on, (copy.status == "completed").then_some(last.changed_on));
        within(&copy.cycle, last.changed_on);
        let lines: Vec<_> = records.budget_lines.iter().filter(|b| b.replication == copy.id).collect();
        assert!(lines.iter().all(|b| b.fiscal_year >= copy.decided_on.year()), "{copy:?}");
        for review in records.reviews.iter().filter(|r| r.replication == copy.id) {
            within(&copy.cycle, review.reviewed_on);
            assert!(copy.completed_on.is_some_and(|day| day < review.reviewed_on), "{review:?}");
            assert!(records.review_reviewers.iter().any(|r| r.review == review.id), "{review:?}");
        }
    }
}

#[test]
fn the_default_city_has_exactly_the_published_totals() {
    let city = the_default_city();
    assert_eq!((city.of_vintage(VINTAGE_2020).len(), city.of_vintage(VINTAGE_2022).len()), (171, 204));
    let identified = |cycle: &str| city.records.identifications.iter().filter(|i| i.cycle == cycle).count();
    assert_eq!((identified("2020"), identified("2022")), (144, 248));
    let counting: BTreeSet<&str> =
        city.records.replication_statuses.iter().filter(|s| s.counts).map(|s| s.code.as_str()).collect();
    let made = city.records.replications.iter().filter(|r| counting.contains(r.status.as_str()));
    assert_eq!(made.filter(|r| r.cycle == "2022").count(), 95);
    assert!(city.records.replications.iter().all(|r| r.cycle == "2022"));
    let reported: Vec<bool> = city.records.cycles.iter().map(|c: &Cycle| c.replications_reported).collect();
    assert_eq!(reported, [false, true]);
    assert_eq!(city.records.themes.len(), 12);
}

#[test]
fn records_come_in_every_state() {
    let records = the_default_city().records;
    for status in &records.replication_statuses {
        assert!(records.replications.iter().any(|r| r.status == status.code), "{}", status.code);
    }
    for status in PracticeStatus::ALL {
        assert!(records.practices.iter().any(|p| p.status == *status), "{status:?}");
    }
    for decision in Decision::ALL {
        assert!(records.identifications.iter().any(|i| i.decision == *decision), "{decision:?}");
    }
    for stage in Stage::ALL {
        assert!(records.identifications.iter().any(|i| i.stage == *stage), "{stage:?}");
    }
    assert!(records.identifications.iter().any(|i| i.awarded));
    for theme in ["eservice", "waste", "space", "safety"] {
        assert!(records.practices.iter().any(|p| p.theme == theme), "{theme}");
    }
}

#[test]
fn practices_are_told_in_both_languages() {
    for practice in &the_default_city().records.practices {
        let Practice { title_en, summary_mn, summary_en, details, .. } = practice;
        assert!(!practice.title_mn.is_empty() && title_en.is_some());
        for texts in [
            [summary_mn, summary_en],
            [&details.problem_mn, &details.problem_en],
            [&details.what_we_did_mn, &details.what_we_did_en],
            [&details.result_mn, &details.result_en],
        ] {
            assert!(texts.iter().all(|text| text.as_ref().is_some_and(|t| t.len() > 10)), "{practice:?}");
        }
    }
}

/// What the cards of the six steps would show.
#[test]
fn figures_are_plausible() {
    let records = the_default_city().records;
    let entries = |cycle| records.identifications.iter().filter(move |i| i.cycle == cycle);
    let visits =
        |cycle| records.visits.iter().filter(move |v| v.cycle == cycle && v.status == VisitStatus::Held);
    let of_workshop = |w: &hlp_tracker::model::Workshop| Occasion {
        mode: Some(w.mode),
        cost: w.cost,
        invited: w.invited,
        attended: w.attended(),
    };
    let of_visit = |v: &hlp_tracker::model::Visit| Occasion {
        mode: Some(v.mode),
        cost: v.cost,
        invited: v.invited,
        attended: v.attended,
    };
    for (step, events) in [
        ("identification 2020", entries("2020").map(|i| i.occasion).collect::<Vec<_>>()),
        ("identification 2022", entries("2022").map(|i| i.occasion).collect()),
        ("workshops", records.workshops.iter().map(of_workshop).collect()),
        ("visits 2022", visits("2022").map(of_visit).collect()),
        ("votes", records.votes.iter().map(|v| v.occasion).collect()),
    ] {
        let costs: Vec<i64> = events.iter().filter_map(|e| e.cost).collect();
        let mean = costs.iter().sum::<i64>() / costs.len() as i64;
        assert!((70_000..135_000).contains(&mean), "{step}: {mean} ₮ on average");
        assert!(costs.len() < events.len(), "{step}: some costs are unknown");
        let (attended, invited) = events
            .iter()
            .filter_map(|e| e.attended.zip(e.invited))
            .fold((0, 0), |(a, b), (attended, invited)| (a + attended, b + invited));
        let turnout = attended as f64 / invited as f64;
        assert!((0.55..0.9).contains(&turnout), "{step}: {turnout}");
        assert!(events.iter().any(|e| e.mode == Some(Mode::Hybrid)), "{step}: some are hybrid");
    }
    let mut budgets: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &records.budget_lines {
        *budgets.entry(&line.replication).or_default() += line.amount;
    }
    let mean = budgets.values().sum::<i64>() / budgets.len() as i64;
    assert!((80_000..120_000).contains(&mean), "{mean} ₮ for a copy");
    assert!(budgets.len() < records.replications.len(), "some copies have no known budget");
    let n_good =
        records.reviews.iter().filter(|r| ["outstanding", "good"].contains(&r.rating.as_str())).count();
    let n = records.reviews.len();
    assert!((48..80).contains(&n) && n_good * 10 > n * 7 && n_good < n, "{n_good} of {n} reviews");
    let ratings: BTreeSet<&str> = records.reviews.iter().map(|r| r.rating.as_str()).collect();
    assert!(ratings.len() >= 3, "{ratings:?}");
}

#[test]
fn some_khoroos_are_silent_and_some_needs_unanswered() {
    let city = the_default_city();
    let records = &city.records;
    let mut active: BTreeSet<&KhorooId> = records.identifications.iter().map(|i| &i.khoroo).collect();
    active.extend(records.visit_visitors.iter().map(|v| &v.khoroo));
    active.extend(records.replications.iter().map(|r| &r.khoroo));
    let n_silent = city.of_vintage(VINTAGE_2022).iter().filter(|k| !active.contains(&k.id)).count();
    assert!((5..80).contains(&n_silent), "{n_silent} silent khoroos");
    let theme_of: BTreeMap<&str, &str> =
        records.practices.iter().map(|p| (p.id.as_str(), p.theme.as_str())).collect();
    let offered: BTreeSet<&str> = records.offers.iter().map(|o| theme_of[o.practice.as_str()]).collect();
    let open = records.needs.iter().filter(|n| n.status == NeedStatus::Open);
    assert!(open.filter(|n| !offered.contains(n.theme.as_str())).count() > 0, "{offered:?}");
    for status in NeedStatus::ALL {
        assert!(records.needs.iter().any(|n| n.status == *status), "{status}");
    }
}

#[test]
fn every_kind_of_record_is_there() {
    let records = the_default_city().records;
    let tables: BTreeSet<&str> = records.into_rows().map(|row| row.table().name()).collect();
    assert_eq!(tables.len(), 28, "{tables:?}");
}

#[test]
fn a_part_of_the_records_is_consistent_too() {
    let options = DemoOptions { records_pct: 6, ..DemoOptions::default() };
    let city = city_of(&options);
    city.assert_sound(204);
    let records = city.records;
    assert_eq!((records.identifications.len(), records.trainers.len()), (9 + 15, 3 + 2));
    let n_made = records.replications.iter().filter(|r| r.status == "completed").count();
    assert_eq!(n_made, 6);
    assert!(records.khoroo_facts.len() < 60 && !records.travel_times.is_empty());
    let none = city_of(&DemoOptions { records_pct: 0, ..options }).records;
    assert_eq!(none.into_rows().filter(Row::is_illustrative).count(), 2, "the cycles alone");
}
