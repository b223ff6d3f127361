//! Step 5: copies with the days on which they went on, and their money by source.

use jiff::civil::Date;

use super::Scene;
use super::calendar::{Round, after, days_later};
use super::draw::money;
use super::phrases::ADAPTATIONS;
use super::votes::Decided;
use crate::demo::random::{Lottery, Random};
use crate::model::{BudgetLine, LearningRoute, Records, Replication, ReplicationStatusChange};

pub const COMPLETED: &str = "completed";

/// Replications by status, from the furthest on: 95 are made, as published.
pub const REPLICATIONS: [(&str, usize); 5] =
    [(COMPLETED, 95), ("stopped", 8), ("in_progress", 19), ("funded", 12), ("planned", 16)];

/// Sources of money with how often a copy has some from them, own money first.
const SOURCES: [(&str, f64); 6] = [
    ("ldf", 0.32),
    ("district", 0.28),
    ("residents", 0.2),
    ("city", 0.12),
    ("private", 0.16),
    ("donor", 0.06),
];

pub fn invent(scene: &Scene<'_>, round: &Round, decided: &[Decided], records: &mut Records) {
    let mut random = scene.random(&[PURPOSE]);
    let mut order: Vec<&Decided> = decided.iter().collect();
    order.sort_by_key(|d| (d.on, &d.seen.practice, &d.seen.khoroo));
    // What was decided early is mostly further on.
    let mut progress: Vec<(usize, usize)> =
        (0..order.len()).map(|nth| (nth + random.below(1 + order.len() / 3), nth)).collect();
    progress.sort_unstable();
    let mut statuses = vec![COMPLETED; order.len()];
    let listed = REPLICATIONS.iter().flat_map(|(status, n)| std::iter::repeat_n(*status, scene.part(*n)));
    for ((_, nth), status) in progress.into_iter().zip(listed) {
        statuses[nth] = status;
    }
    for ((number, decided), status) in (1..).zip(order).zip(statuses) {
        let id = format!("r-{}-{number:03}", round.id);
        let history = history(status, decided.on, &mut random);
        let is_made = status == COMPLETED;
        if status != "planned" && random.chance(0.94) {
            let funded_on = history.get(1).map_or(decided.on, |(_, day)| *day);
            budget(&id, funded_on, &mut random, records);
        }
        records.replications.push(Replication {
            practice: decided.seen.practice.clone(),
            khoroo: decided.seen.khoroo.clone(),
            cycle: round.id.into(),
            status: status.into(),
            decided_on: decided.on,
            completed_on: history.iter().find(|(s, _)| *s == COMPLETED).map(|(_, day)| *day),
            learning_route: route(decided, &mut random),
            adaptations: random.chance(0.6).then(|| (*random.pick(&ADAPTATIONS)).into()),
            people_served: (is_made && random.chance(0.85)).then(|| 15 + random.below(1_200) as i64),
            illustrative: true,
            id: id.clone(),
        });
        records.replication_status_changes.extend(history.into_iter().map(|(status, changed_on)| {
            ReplicationStatusChange {
                replication: id.clone(),
                changed_on,
                status: status.into(),
                illustrative: true,
            }
        }));
    }
}

/// Statuses up to the present one, with their days; planned on the day of the decision.
fn history(status: &'static str, decided_on: Date, random: &mut Random) -> Vec<(&'static str, Date)> {
    let mut history = vec![("planned", decided_on)];
    let mut on = |status, from, to| {
        let day = history.last().map_or(decided_on, |(_, day)| *day);
        history.push((status, days_later(day, from, to, random)));
    };
    if status != "planned" {
        on("funded", 7, 28);
    }
    if matches!(status, "in_progress" | COMPLETED | "stopped") {
        on("in_progress", 3, 12);
    }
    match status {
        COMPLETED => on(COMPLETED, 14, 58),
        "stopped" => on("stopped", 10, 50),
        _ => {}
    }
    history
}

fn route(decided: &Decided, random: &mut Random) -> Option<LearningRoute> {
    match random.below(100) {
        0..=5 => None,
        6..=13 => Some(LearningRoute::Workshop),
        14..=16 => Some(LearningRoute::Other),
        _ if decided.seen.is_online() => Some(LearningRoute::Online),
        _ => Some(LearningRoute::Visit),
    }
}

/// One to three lines, about 100 000 ₮ together; in most the khoroo's own money.
fn budget(replication: &str, funded_on: Date, random: &mut Random, records: &mut Records) {
    let others = Lottery::new(SOURCES.iter().map(|(_, often)| *often));
    let mut sources = Vec::new();
    if random.chance(0.78) {
        sources.push("own");
    }
    while sources.is_empty() || (sources.len() < 3 && random.chance(0.24)) {
        let source = SOURCES[others.draw(random)].0;
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    for (position, source) in (1..).zip(sources) {
        let amount =
            if position == 1 { money(40_000, 130_000, random) } else { money(10_000, 70_000, random) };
        // What comes in late is of the next year.
        let is_late = position > 1 && random.chance(0.15);
        let day = if is_late { after(funded_on, 60) } else { funded_on };
        records.budget_lines.push(BudgetLine {
            replication: replication.into(),
            position,
            source: source.into(),
            amount,
            fiscal_year: day.year(),
            illustrative: true,
        });
    }
}

const PURPOSE: u64 = 0x4E91;
