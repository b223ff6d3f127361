//! Records behind a figure, one by one, as the drill-down shows them, in JSON and on pages.
//!
//! Owns: which of a record's fields are shown. A practice that is not public is counted but not told of: of
//! its records everybody sees what figures of places and cycles tell anyway, and nothing that would say
//! what became of it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Figure, Member, Value};
use crate::model::audience::Audience;
use crate::model::{Key, Keyed, KhorooId, Mode, Records, Table};
use crate::snapshot::Snapshot;

/// Figures of days that begin or end with a visit, a vote or a review. What each practice took is only for
/// the office: with the days that are public it would date what everybody may only count.
const DAYS_FOR_THE_OFFICE: [&str; 4] =
    ["days_to_learned", "days_to_prioritised", "days_to_replicated", "days_to_reviewed"];

/// A record behind a figure.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct RecordOut {
    /// Kind of the record: `identification`, `workshop`, `replication`, `budget_line`, …
    #[schema(example = "identification")]
    pub kind: &'static str,
    /// Its key; null where it would name a practice that is not public. Of such a record day, state, mode,
    /// amount, practice and titles are null too.
    #[schema(example = "p-2022-001/2022")]
    pub id: Option<String>,
    #[schema(example = "2022")]
    pub cycle: Option<String>,
    /// The day of the event.
    #[schema(example = "2022-05-14")]
    pub date: Option<String>,
    /// Where it counts, as vintage and code.
    #[schema(example = "2022:bzd-26")]
    pub khoroo: Option<String>,
    /// Id of the practice that it is about.
    pub practice: Option<String>,
    pub title_mn: Option<String>,
    pub title_en: Option<String>,
    /// Status, decision or rating.
    pub state: Option<String>,
    /// `face_to_face`, `virtual` or `hybrid`.
    pub mode: Option<&'static str>,
    /// What it adds to a sum or mean, in the figure's unit; null where records are only counted, and where
    /// it is withheld.
    #[schema(value_type = Option<f64>, example = 100_200)]
    pub amount: Option<Value>,
    /// People that weigh `amount` in a mean; null where it is not weighted.
    #[schema(value_type = Option<f64>)]
    pub weight: Option<Value>,
    /// How much of it counts here: below 1 only in an estimate.
    #[schema(value_type = f64, example = 1)]
    pub share: Option<Value>,
    /// True where `amount` is known but only for the office.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub withheld: bool,
    pub illustrative: bool,
}

/// The records of `members` of the figure `of`, in their order.
pub fn describe(snapshot: &Snapshot, of: &Figure, members: &[&Member], audience: Audience) -> Vec<RecordOut> {
    let found = Found::of(&snapshot.records, members);
    let is_public = audience == Audience::Public;
    let of_office = is_public && DAYS_FOR_THE_OFFICE.contains(&of.definition.id);
    let row = |member: &&Member| {
        let mut out = found.rows.get(&member.key).cloned().unwrap_or_default();
        let id = out.practice.take();
        let is_hidden = is_public && id.as_deref().is_some_and(|id| snapshot.public_practice(id).is_none());
        if is_hidden {
            out = counted_only(out, member);
        } else {
            let practice = id.as_deref().and_then(|id| snapshot.practice(id));
            out.id = Some(member.key.to_string());
            out.practice = practice.map(|p| p.id.clone());
            out.title_mn = out.title_mn.or_else(|| practice.map(|p| p.title_mn.clone()));
            out.title_en = out.title_en.or_else(|| practice.and_then(|p| p.title_en.clone()));
        }
        let is_told = !is_hidden && !of_office;
        RecordOut {
            kind: member.key.table().name(),
            amount: member.amount.filter(|_| is_told).map(Value),
            weight: member.weight.filter(|_| is_told).map(Value),
            share: Some(Value(member.share)),
            withheld: !is_told && member.amount.is_some(),
            ..out
        }
    };
    members.iter().map(row).collect()
}

/// What figures tell of a record in any case: they are asked by place and by cycle. Where a practice is at
/// home is not among that, as it counts where it was entered or shown.
fn counted_only(out: RecordOut, member: &Member) -> RecordOut {
    RecordOut {
        cycle: out.cycle,
        khoroo: out.khoroo.filter(|_| member.key.table() != Table::Practice),
        illustrative: out.illustrative,
        ..RecordOut::default()
    }
}

/// What is known of the records on one page.
struct Found {
    rows: HashMap<Key, RecordOut>,
}

impl Found {
    fn of(records: &Records, members: &[&Member]) -> Self {
        let wanted: HashSet<&Key> = members.iter().map(|member| &member.key).collect();
        let mut found = Self { rows: HashMap::new() };
        let tables: HashSet<Table> = wanted.iter().map(|key| key.table()).collect();
        for table in tables {
            found.look_up(table, records, &wanted);
        }
        found
    }

    fn look_up(&mut self, table: Table, records: &Records, wanted: &HashSet<&Key>) {
        match table {
            Table::Practice => self.take(&records.practices, wanted, |r| RecordOut {
                khoroo: Some(r.host.to_string()),
                practice: Some(r.id.clone()),
                state: Some(r.status.to_string()),
                illustrative: r.illustrative,
                ..RecordOut::default()
            }),
            Table::Identification => self.take(&records.identifications, wanted, |r| RecordOut {
                mode: r.occasion.mode.map(Mode::word),
                ..event(&r.cycle, r.entered_on, Some(&r.khoroo), Some(&r.practice), r.illustrative)
            }),
            Table::Workshop => self.take(&records.workshops, wanted, |r| RecordOut {
                mode: Some(r.mode.word()),
                ..event(&r.cycle, r.held_on, None, None, r.illustrative)
            }),
            Table::Visit => self.take(&records.visits, wanted, |r| RecordOut {
                mode: Some(r.mode.word()),
                state: Some(r.status.to_string()),
                ..event(&r.cycle, r.held_on, Some(&r.host), None, r.illustrative)
            }),
            Table::Vote => self.take(&records.votes, wanted, |r| RecordOut {
                mode: r.occasion.mode.map(Mode::word),
                state: Some(r.decision.to_string()),
                ..event(&r.cycle, r.decided_on, Some(&r.khoroo), Some(&r.practice), r.illustrative)
            }),
            Table::Replication => self.take(&records.replications, wanted, |r| {
                let day = r.completed_on.unwrap_or(r.decided_on);
                let out = event(&r.cycle, day, Some(&r.khoroo), Some(&r.practice), r.illustrative);
                RecordOut { state: Some(r.status.clone()), ..out }
            }),
            Table::BudgetLine => {
                let copies: HashMap<&str, _> =
                    records.replications.iter().map(|r| (r.id.as_str(), r)).collect();
                self.take(&records.budget_lines, wanted, |r| {
                    let copy = copies.get(r.replication.as_str());
                    RecordOut {
                        cycle: copy.map(|copy| copy.cycle.clone()),
                        date: Some(r.fiscal_year.to_string()),
                        khoroo: copy.map(|copy| copy.khoroo.to_string()),
                        practice: copy.map(|copy| copy.practice.clone()),
                        state: Some(r.source.clone()),
                        illustrative: r.illustrative,
                        ..RecordOut::default()
                    }
                });
            }
            Table::Review => {
                let copies: HashMap<&str, _> =
                    records.replications.iter().map(|r| (r.id.as_str(), r)).collect();
                self.take(&records.reviews, wanted, |r| {
                    let copy = copies.get(r.replication.as_str());
                    RecordOut {
                        cycle: copy.map(|copy| copy.cycle.clone()),
                        date: Some(r.reviewed_on.to_string()),
                        khoroo: copy.map(|copy| copy.khoroo.to_string()),
                        practice: copy.map(|copy| copy.practice.clone()),
                        state: Some(r.rating.clone()),
                        mode: r.mode.map(Mode::word),
                        illustrative: r.illustrative,
                        ..RecordOut::default()
                    }
                });
            }
            Table::Training => self.take(&records.trainings, wanted, |r| RecordOut {
                date: Some(r.held_on.to_string()),
                title_mn: Some(r.title_mn.clone()),
                title_en: r.title_en.clone(),
                state: Some(r.form.to_string()),
                illustrative: r.illustrative,
                ..RecordOut::default()
            }),
            Table::Need => self.take(&records.needs, wanted, |r| RecordOut {
                date: Some(r.since.to_string()),
                khoroo: Some(r.khoroo.to_string()),
                state: Some(r.theme.clone()),
                illustrative: r.illustrative,
                ..RecordOut::default()
            }),
            Table::Khoroo => {
                for key in wanted {
                    if let Key::Khoroo(id) = key {
                        let row = RecordOut { khoroo: Some(id.to_string()), ..RecordOut::default() };
                        self.rows.insert((*key).clone(), row);
                    }
                }
            }
            // No figure is made of rows of other tables.
            _ => {}
        }
    }

    fn take<R: Keyed>(&mut self, rows: &[R], wanted: &HashSet<&Key>, make: impl Fn(&R) -> RecordOut) {
        for row in rows {
            let key = row.key();
            if wanted.contains(&key) {
                self.rows.insert(key, make(row));
            }
        }
    }
}

fn event(
    cycle: &str,
    day: Date,
    khoroo: Option<&KhorooId>,
    practice: Option<&String>,
    illustrative: bool,
) -> RecordOut {
    RecordOut {
        cycle: Some(cycle.to_owned()),
        date: Some(day.to_string()),
        khoroo: khoroo.map(ToString::to_string),
        practice: practice.cloned(),
        illustrative,
        ..RecordOut::default()
    }
}
