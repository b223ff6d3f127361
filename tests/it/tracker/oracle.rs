//! Every figure of the cards against a count of the records by hand, for every scope, cycle and theme.
//!
//! The count here knows nothing of the tracker's lists: it goes over the records once per figure, and
//! places them with a table of the small town written down by hand.

use std::collections::BTreeSet;

use hlp_tracker::model::{Keyed, KhorooId, Mode, Occasion, Replication, VisitStatus};
use hlp_tracker::snapshot::{CycleChoice, Snapshot};
use hlp_tracker::tracker::{Question, Scope, Value};
use proptest::prelude::*;

use super::town::{SCOPES, THEMES, build, town};
use super::{office, questions};
use crate::small_world::at;
use crate::support::cases;

struct Oracle<'a> {
    snapshot: &'a Snapshot,
    question: &'a Question,
}

/// What happened once: key, occasion, practices.
type Fact = (String, Occasion, Vec<String>);

impl Oracle<'_> {
    /// Is a cycle asked for: native to the vintage, and named or among all.
    fn cycle(&self, id: &str) -> bool {
        let cycle = self.snapshot.cycle(id).expect("a cycle");
        let is_named = match &self.question.cycle {
            CycleChoice::All => true,
            CycleChoice::One(named) => named == id,
        };
        is_named && Some(&cycle.vintage) == self.question.vintage.as_ref()
    }

    /// Where a khoroo lies on the ground of a cycle.
    fn code(khoroo: &KhorooId, cycle: &str) -> String {
        let to = if cycle == "2020" { "2020" } else { "2022" };
        match (khoroo.vintage.as_str(), khoroo.code.to_string().as_str(), to) {
            ("2020", "aa-2", "2022") => "aa-3".into(),
            ("2022", "aa-3", "2020") => "aa-2".into(),
            (_, code, _) => code.into(),
        }
    }

    fn here(&self, khoroo: &KhorooId, cycle: &str) -> bool {
        let code = Self::code(khoroo, cycle);
        match &self.question.scope {
            Scope::City => true,
            Scope::District(district) => code.starts_with(district.as_str()),
            Scope::Khoroo(khoroo) => khoroo.to_string() == code,
        }
    }

    fn themed(&self, practice: &str) -> bool {
        let practice = self.snapshot.records.practices.iter().find(|p| p.id == practice).expect("a practice");
        self.question.theme.as_ref().is_none_or(|theme| *theme == practice.theme)
    }

    /// Where a practice is at home on the ground of a cycle: only aa-2 was cut, along a line from (18, 0) to
    /// (20, 10), and what lies on the line went with the larger piece.
    fn is_home_here(&self, practice: &str, cycle: &str) -> bool {
        let practice = self.snapshot.records.practices.iter().find(|p| p.id == practice).expect("a practice");
        let tenths = practice.location.map(|p| ((p.x - at(0, 0).x) / 10_000, (p.y - at(0, 0).y) / 10_000));
        let host = practice.host.to_string();
        let piece = match (host.as_str(), cycle, tenths) {
            ("2020:aa-2", "2022" | "2023", Some((x, y)))
                if (10..=30).contains(&x) && (0..=10).contains(&y) =>
            {
                if 5 * (x - 18) < y {
                    "2022:aa-2"
                } else {
                    "2022:aa-3"
                }
            }
            (host, ..) => host,
        };
        self.here(&piece.parse().expect("a khoroo"), cycle)
    }

    fn sound(&self, row: &impl Keyed) -> bool {
        !self.snapshot.verdict.broken.contains(&row.key())
    }

    fn facts(&self, card: &str) -> Vec<Fact> {
        let r = &self.snapshot.records;
        let is_city = self.question.scope == Scope::City;
        let mut facts = Vec::new();
        match card {
            "identify" => {
                for row in &r.identifications {
                    if self.sound(row)
                        && self.cycle(&row.cycle)
                        && self.here(&row.khoroo, &row.cycle)
                        && self.themed(&row.practice)
                    {
                        facts.push((row.key().to_string(), row.occasion, vec![row.practice.clone()]));
                    }
                }
            }
            "share" => {
                for row in r.workshops.iter().filter(|row| self.sound(*row) && self.cycle(&row.cycle)) {
                    let shown =
                        r.workshop_practices.iter().filter(|l| l.workshop == row.id && self.sound(*l));
                    let shown: Vec<String> =
                        shown.map(|l| l.practice.clone()).filter(|p| self.themed(p)).collect();
                    let is_own = matches!(&self.question.scope, Scope::District(d) if row.district.as_ref() == Some(d));
                    let is_here = is_city || is_own || shown.iter().any(|p| self.is_home_here(p, &row.cycle));
                    if is_here && (self.question.theme.is_none() || !shown.is_empty()) {
                        let (cost, invited, attended) = (row.cost, row.invited, row.attended());
                        facts.push((
                            row.id.clone(),
                            Occasion { mode: Some(row.mode), cost, invited, attended },
                            shown,
                        ));
                    }
                }
            }
            "learn" => {
                for row in r.visits.iter().filter(|row| self.sound(*row) && self.cycle(&row.cycle)) {
                    let shown = r.visit_practices.iter().filter(|l| l.visit == row.id && self.sound(*l));
                    let shown: Vec<String> =
                        shown.map(|l| l.practice.clone()).filter(|p| self.themed(p)).collect();
                    let came = r.visit_visitors.iter().filter(|l| l.visit == row.id && self.sound(*l));
                    let is_here = is_city || came.into_iter().any(|l| self.here(&l.khoroo, &row.cycle));
                    let is_themed = self.question.theme.is_none() || !shown.is_empty();
                    if row.status == VisitStatus::Held && is_here && is_themed {
                        let (cost, invited, attended) = (row.cost, row.invited, row.attended);
                        facts.push((
                            row.id.clone(),
                            Occasion { mode: Some(row.mode), cost, invited, attended },
                            shown,
                        ));
                    }
                }
            }
            _ => {
                for row in &r.votes {
                    if self.sound(row)
                        && self.cycle(&row.cycle)
                        && self.here(&row.khoroo, &row.cycle)
                        && self.themed(&row.practice)
                    {
                        facts.push((row.key().to_string(), row.occasion, vec![row.practice.clone()]));
                    }
                }
            }
        }
        facts
    }

    fn of_events(&self, card: &str, id: &str) -> Option<f64> {
        let facts = self.facts(card);
        let sum = |of: fn(&Occasion) -> Option<i64>| -> Option<f64> {
            let both = facts.iter().filter(|(_, o, _)| o.attended.and(o.invited).is_some());
            let known: Vec<i64> = both.filter_map(|(_, o, _)| of(o)).collect();
            (facts.is_empty() || !known.is_empty()).then(|| known.iter().sum::<i64>() as f64)
        };
        let in_mode = |mode| {
            let n =
                facts.iter().filter(|(_, o, _)| o.mode == Some(mode) || o.mode == Some(Mode::Hybrid)).count();
            (facts.is_empty() || facts.iter().any(|(_, o, _)| o.mode.is_some())).then_some(n as f64)
        };
        match id {
            "average_budget" => {
                let known: Vec<i64> = facts.iter().filter_map(|(_, o, _)| o.cost).collect();
                (!known.is_empty()).then(|| known.iter().sum::<i64>() as f64 / known.len() as f64)
            }
            "attended" => sum(|o| o.attended),
            "invited" => sum(|o| o.invited),
            "practices" => Some(facts.iter().flat_map(|(_, _, p)| p).collect::<BTreeSet<_>>().len() as f64),
            "face_to_face" => in_mode(Mode::FaceToFace),
            "virtual" => in_mode(Mode::Virtual),
            _ => Some(facts.iter().map(|(key, _, _)| key).collect::<BTreeSet<_>>().len() as f64),
        }
    }

    fn is_reported(&self) -> bool {
        self.snapshot.records.cycles.iter().any(|c| c.replications_reported && self.cycle(&c.id))
    }

    fn made(&self) -> Vec<&Replication> {
        let rows = self.snapshot.records.replications.iter().filter(|row| self.sound(*row));
        let asked = |row: &&Replication| {
            let reported = self.snapshot.cycle(&row.cycle).expect("a cycle").replications_reported;
            reported
                && self.cycle(&row.cycle)
                && self.here(&row.khoroo, &row.cycle)
                && self.themed(&row.practice)
        };
        rows.filter(asked).collect()
    }

    fn of_copies(&self, id: &str) -> Option<f64> {
        let made: Vec<_> = self.made().into_iter().filter(|row| row.status == "completed").collect();
        let r = &self.snapshot.records;
        let lines = |row: &Replication| -> Vec<_> {
            r.budget_lines.iter().filter(|l| l.replication == row.id && self.sound(*l)).collect()
        };
        let all: Vec<_> = made.iter().flat_map(|row| lines(row)).collect();
        let is_known = made.is_empty() || !all.is_empty();
        let is_own = |row: &Replication| lines(row).iter().all(|l| l.source == "own");
        let value = match id {
            "replications" => Some(made.len() as f64),
            "allocated_budget" => is_known.then(|| all.iter().map(|l| l.amount).sum::<i64>() as f64),
            "practices" => Some(made.iter().map(|row| &row.practice).collect::<BTreeSet<_>>().len() as f64),
            "direct" => {
                is_known.then(|| made.iter().filter(|r| !lines(r).is_empty() && is_own(r)).count() as f64)
            }
            "no_budget" => is_known.then(|| made.iter().filter(|r| lines(r).is_empty()).count() as f64),
            _ => is_known.then(|| made.iter().filter(|r| !lines(r).is_empty() && !is_own(r)).count() as f64),
        };
        value.filter(|_| self.is_reported())
    }

    fn of_reviews(&self, id: &str) -> Option<f64> {
        let copies = self.made();
        let reviews = self.snapshot.records.reviews.iter().filter(|row| self.sound(*row));
        let found: Vec<_> =
            reviews.filter_map(|row| Some((row, copies.iter().find(|c| c.id == row.replication)?))).collect();
        let value = match id.strip_prefix("rating_") {
            Some(rating) => found.iter().filter(|(row, _)| row.rating == rating).count(),
            None if id == "practices" => {
                found.iter().map(|(_, c)| &c.practice).collect::<BTreeSet<_>>().len()
            }
            None => found.len(),
        };
        self.is_reported().then_some(value as f64)
    }
}

/// Compares every figure of every card; gives back how many of them were more than 0.
fn check(seed: u64) -> usize {
    let snapshot = build(town(seed));
    let mut n_told = 0;
    for question in questions(&snapshot, &SCOPES, &THEMES) {
        let oracle = Oracle { snapshot: &snapshot, question: &question };
        let answer = office(&snapshot, &question);
        for card in &answer.steps {
            for figure in &card.figures {
                let expected = match card.code.as_str() {
                    "replicate" => oracle.of_copies(&figure.id),
                    "review" => oracle.of_reviews(&figure.id),
                    code => oracle.of_events(code, &figure.id),
                };
                let found = figure.value.map(|Value(value)| value);
                assert_eq!(found, expected, "seed {seed}, {question:?}: {} of {}", figure.id, card.code);
                n_told += usize::from(found.is_some_and(|value| value > 0.0));
            }
        }
    }
    n_told
}

#[test]
fn every_figure_is_what_a_count_by_hand_gives() {
    let told: usize = (0..12).map(check).sum();
    assert!(told > 3000, "the towns are too empty to tell anything: {told}");
}

proptest! {
    #![proptest_config(cases(12))]
    #[test]
    fn any_town_counts_as_by_hand(seed: u64) {
        check(seed);
    }
}
