//! Rules between rows, checked in one place.
//!
//! Row-local rules are constraints of the tables. What concerns several rows is checked here: before
//! a change set is written, at every load, and by `hlp check`. Rows that other programs wrote and
//! that break a rule stay in the store, are listed, and are left out of figures.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Loaded;
use super::code::{KhorooId, VintageId};
use super::place::Vintage;
use super::records::{Cycle, PracticeStatus, Records};

/// A row that breaks a rule between rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    #[error("vintages `{first}` and `{second}` are both valid on {day}")]
    OverlappingVintages { first: String, second: String, day: String },
    #[error(
        "identification of practice `{practice}` in cycle `{cycle}`: khoroo {khoroo} is not in the store"
    )]
    IdentificationKhoroo { practice: String, cycle: String, khoroo: KhorooId },
    #[error(
        "identification of practice `{practice}` in cycle `{cycle}`: {day} is outside vintage `{vintage}`"
    )]
    IdentificationDate { practice: String, cycle: String, day: String, vintage: VintageId },
    #[error("identification of practice `{practice}` in cycle `{cycle}`: the practice is still a draft")]
    IdentificationOfDraft { practice: String, cycle: String },
    #[error("replication `{replication}`: khoroo {khoroo} is not in the store")]
    ReplicationKhoroo { replication: String, khoroo: KhorooId },
    #[error("replication `{replication}`: practice `{practice}` is `{status}`, not yet identified")]
    ReplicationOfUnidentified { replication: String, practice: String, status: &'static str },
    #[error("replication `{replication}`: khoroo {khoroo} hosts practice `{practice}` itself")]
    ReplicationAtHost { replication: String, practice: String, khoroo: KhorooId },
    #[error("replication `{replication}`: {day} is outside vintage `{vintage}`")]
    ReplicationDate { replication: String, day: String, vintage: VintageId },
    #[error("replication `{replication}`: completed on {completed}, before it was decided on {decided}")]
    ReplicationCompletedEarly { replication: String, decided: String, completed: String },
    #[error(
        "replications `{first}` and `{second}` are both active for practice `{practice}` in khoroo {khoroo}"
    )]
    ReplicationTwice { first: String, second: String, practice: String, khoroo: KhorooId },
}

/// Faults, and the records they exclude from figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Sorted.
    pub faults: Vec<Fault>,
    /// `(practice, cycle)`.
    pub broken_identifications: BTreeSet<(String, String)>,
    /// Ids.
    pub broken_replications: BTreeSet<String>,
}

/// Checks every rule between rows. `khoroos` are all khoroo versions in the store.
pub fn check(vintages: &[Vintage], khoroos: &BTreeSet<KhorooId>, records: &Records) -> Verdict {
    let mut verdict = Verdict::default();
    check_vintages(vintages, &mut verdict);
    check_identifications(vintages, khoroos, records, &mut verdict);
    check_replications(vintages, khoroos, records, &mut verdict);
    verdict.faults.sort();
    verdict
}

/// [`check`] for a load that brought every vintage.
pub fn check_loaded(loaded: &Loaded) -> Verdict {
    let khoroos = loaded.datasets.values().flat_map(|d| d.khoroos.iter().map(|k| k.id.clone())).collect();
    check(&loaded.vintages, &khoroos, &loaded.records)
}

fn check_vintages(vintages: &[Vintage], verdict: &mut Verdict) {
    let mut by_start: Vec<&Vintage> = vintages.iter().collect();
    by_start.sort_by_key(|v| (v.valid_from, v.id.clone()));
    for pair in by_start.windows(2) {
        if pair[0].valid_to.is_none_or(|end| end >= pair[1].valid_from) {
            verdict.faults.push(Fault::OverlappingVintages {
                first: pair[0].id.to_string(),
                second: pair[1].id.to_string(),
                day: pair[1].valid_from.to_string(),
            });
        }
    }
}

fn check_identifications(
    vintages: &[Vintage],
    khoroos: &BTreeSet<KhorooId>,
    records: &Records,
    verdict: &mut Verdict,
) {
    let status: BTreeMap<&str, PracticeStatus> =
        records.practices.iter().map(|p| (p.id.as_str(), p.status)).collect();
    for row in &records.identifications {
        let (practice, cycle) = (row.practice.clone(), row.cycle.clone());
        let fault = if !khoroos.contains(&row.khoroo) {
            Fault::IdentificationKhoroo { practice, cycle, khoroo: row.khoroo.clone() }
        } else if !holds(vintages, &row.khoroo.vintage, row.entered_on) {
            let vintage = row.khoroo.vintage.clone();
            Fault::IdentificationDate { practice, cycle, day: row.entered_on.to_string(), vintage }
        } else if status.get(row.practice.as_str()) == Some(&PracticeStatus::Draft) {
            Fault::IdentificationOfDraft { practice, cycle }
        } else {
            continue;
        };
        verdict.broken_identifications.insert((row.practice.clone(), row.cycle.clone()));
        verdict.faults.push(fault);
    }
}

fn check_replications(
    vintages: &[Vintage],
    khoroos: &BTreeSet<KhorooId>,
    records: &Records,
    verdict: &mut Verdict,
) {
    let practices: BTreeMap<&str, _> = records.practices.iter().map(|p| (p.id.as_str(), p)).collect();
    let mut active: BTreeMap<(&str, &KhorooId), &str> = BTreeMap::new();
    for row in &records.replications {
        let replication = row.id.clone();
        let vintage = &row.khoroo.vintage;
        let practice = practices.get(row.practice.as_str());
        let late = row.completed_on.filter(|&day| !holds(vintages, vintage, day));
        let fault = if !khoroos.contains(&row.khoroo) {
            Some(Fault::ReplicationKhoroo { replication, khoroo: row.khoroo.clone() })
        } else if let Some(p) = practice.filter(|p| !p.status.is_identified()) {
            let (practice, status) = (p.id.clone(), p.status.word());
            Some(Fault::ReplicationOfUnidentified { replication, practice, status })
        } else if let Some(p) = practice.filter(|p| p.host == row.khoroo) {
            Some(Fault::ReplicationAtHost { replication, practice: p.id.clone(), khoroo: row.khoroo.clone() })
        } else if !holds(vintages, vintage, row.decided_on) {
            Some(Fault::ReplicationDate {
                replication,
                day: row.decided_on.to_string(),
                vintage: vintage.clone(),
            })
        } else if let Some(day) = late {
            Some(Fault::ReplicationDate { replication, day: day.to_string(), vintage: vintage.clone() })
        } else if let Some(day) = row.completed_on.filter(|&day| day < row.decided_on) {
            let (decided, completed) = (row.decided_on.to_string(), day.to_string());
            Some(Fault::ReplicationCompletedEarly { replication, decided, completed })
        } else if !records.replication_statuses.iter().any(|s| s.code == row.status && s.active) {
            None
        } else {
            active.insert((&row.practice, &row.khoroo), &row.id).map(|first| Fault::ReplicationTwice {
                first: first.to_owned(),
                second: replication,
                practice: row.practice.clone(),
                khoroo: row.khoroo.clone(),
            })
        };
        if let Some(fault) = fault {
            verdict.broken_replications.insert(row.id.clone());
            verdict.faults.push(fault);
        }
    }
}

/// A vintage that is not there holds no day.
fn holds(vintages: &[Vintage], id: &VintageId, day: jiff::civil::Date) -> bool {
    vintages.iter().any(|v| &v.id == id && v.holds(day))
}

/// Cycles native to a vintage, in their order.
pub fn native_cycles<'a>(records: &'a Records, vintage: &'a VintageId) -> impl Iterator<Item = &'a Cycle> {
    records.cycles.iter().filter(move |c| &c.vintage == vintage)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::model::{
        Decision, Identification, Occasion, Practice, PracticeDetails, PracticeStatus, Replication,
        ReplicationStatus, Stage,
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

    /// Two vintages, three khoroos, one shared practice and one draft; `add` puts what is to be judged.
    fn judge(add: impl FnOnce(&mut Records)) -> Verdict {
        let vintages = [
            vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
            vintage("2022", date(2022, 1, 1), None),
        ];
        let khoroos = ["2020:bn-1", "2022:bn-1", "2022:bn-2"].map(khoroo).into_iter().collect();
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
            ],
            ..Records::default()
        };
        add(&mut records);
        check(&vintages, &khoroos, &records)
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
        let overlapping = [
            vintage("2020", date(2020, 1, 1), Some(date(2022, 1, 1))),
            vintage("2022", date(2022, 1, 1), None),
        ];
        let verdict = check(&overlapping, &BTreeSet::new(), &Records::default());
        assert_eq!(
            verdict.faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["vintages `2020` and `2022` are both valid on 2022-01-01"]
        );
    }
}
