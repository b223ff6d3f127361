//! Which records enter figures: those that break no rule, in a cycle that reports their kind.
//!
//! Counts per unit and the tracker's cards both start from these lists, so they cannot come to count
//! different things. Leaves to others: where on the map a record counts, see [`super::Carrier`].

use std::collections::{BTreeSet, HashMap};

use crate::model::rules::Verdict;
use crate::model::{BudgetLine, Identification, Keyed as _, KhorooFact, Records, Replication};

/// Practices entered in a cycle, once each, whatever was decided about them.
pub fn entries<'a>(
    records: &'a Records,
    verdict: &'a Verdict,
) -> impl Iterator<Item = &'a Identification> + 'a {
    let broken = &verdict.broken_identifications;
    records
        .identifications
        .iter()
        .filter(|row| broken.is_empty() || !broken.contains(&(row.practice.clone(), row.cycle.clone())))
}

/// Copies in any state.
pub fn copies<'a>(records: &'a Records, verdict: &'a Verdict) -> impl Iterator<Item = &'a Replication> + 'a {
    copies_by_index(records, verdict).map(|(_, row)| row)
}

/// The same, each with its index into the snapshot's replications.
pub fn copies_by_index<'a>(
    records: &'a Records,
    verdict: &'a Verdict,
) -> impl Iterator<Item = (usize, &'a Replication)> + 'a {
    let rows = records.replications.iter().enumerate();
    rows.filter(|(_, row)| !verdict.broken_replications.contains(&row.id))
}

/// Budget lines that break no rule.
pub fn budget_lines<'a>(
    records: &'a Records,
    verdict: &'a Verdict,
) -> impl Iterator<Item = &'a BudgetLine> + 'a {
    let broken = &verdict.broken;
    records.budget_lines.iter().filter(|line| broken.is_empty() || !broken.contains(&line.key()))
}

/// ₮ of each copy over its budget lines; copies without any are not in it. A sum stops at the largest number.
pub fn budgets<'a>(records: &'a Records, verdict: &'a Verdict) -> HashMap<&'a str, i64> {
    let mut budgets: HashMap<&str, i64> = HashMap::new();
    for line in budget_lines(records, verdict) {
        let sum = budgets.entry(&line.replication).or_default();
        *sum = sum.saturating_add(line.amount);
    }
    budgets
}

/// Codes of the states in which a copy counts as made.
pub fn counting_statuses(records: &Records) -> BTreeSet<&str> {
    records.replication_statuses.iter().filter(|s| s.counts).map(|s| s.code.as_str()).collect()
}

/// Facts of khoroos that break no rule.
pub fn sound_facts<'a>(
    records: &'a Records,
    verdict: &'a Verdict,
) -> impl Iterator<Item = &'a KhorooFact> + 'a {
    let broken = &verdict.broken;
    records.khoroo_facts.iter().filter(|fact| broken.is_empty() || !broken.contains(&fact.key()))
}
