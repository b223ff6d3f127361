//! Which field of a row fills which cell.

use jiff::civil::Date;

use super::{Links, Shown};
use crate::model::{DistrictCode, GridPoint, Key, KhorooId, Occasion, Row, VintageId};

/// The kind of sheet that a row stands in; links stand in the cells of others.
pub fn kind(row: &Row) -> Option<&'static str> {
    Some(match row {
        Row::Vintage(_) => "vintages",
        Row::Khoroo(_) => "khoroos",
        Row::Cycle(_) => "cycles",
        Row::Theme(_) => "themes",
        Row::ReplicationStatus(_) => "replication_statuses",
        Row::Setting(_) => "settings",
        Row::FundingSource(_) => "funding_sources",
        Row::Rating(_) => "ratings",
        Row::Step(_) => "steps",
        Row::Trainer(_) => "trainers",
        Row::Practice(_) => "practices",
        Row::PracticeStatusChange(_) => "practice_status_changes",
        Row::Identification(_) => "identifications",
        Row::IdentificationStage(_) => "identification_stages",
        Row::Workshop(_) => "workshops",
        Row::Visit(_) => "visits",
        Row::Vote(_) => "votes",
        Row::Replication(_) => "replications",
        Row::ReplicationStatusChange(_) => "replication_status_changes",
        Row::BudgetLine(_) => "budget_lines",
        Row::Review(_) => "reviews",
        Row::Training(_) => "trainings",
        Row::Need(_) => "needs",
        Row::Offer(_) => "offers",
        Row::KhorooFact(_) => "khoroo_facts",
        Row::TravelTime(_) => "travel_times",
        Row::District(_)
        | Row::DistrictVersion(_)
        | Row::Lineage(_)
        | Row::ContextLine(_)
        | Row::WorkshopPractice(_)
        | Row::VisitVisitor(_)
        | Row::VisitPractice(_)
        | Row::ReviewReviewer(_) => return None,
    })
}

/// Shows the fields that are called as their columns.
macro_rules! fields {
    ($row:expr, $field:ident: $($name:ident),+) => {
        match $field {
            $(stringify!($name) => $row.$name.show(),)+
            _ => None,
        }
    };
}

/// The cell of a row's field; `None` where it is unknown.
pub fn cell(row: &Row, field: &str, links: &Links) -> Option<Shown> {
    match row {
        Row::Vintage(r) => fields!(r, field: id, valid_from, valid_to, title_mn, title_en, source, illustrative),
        Row::Khoroo(r) => match field {
            "vintage" => r.id.vintage.show(),
            "khoroo" => r.id.show(),
            _ => fields!(r, field: name_mn, name_en, population, population_year, households, illustrative),
        },
        Row::Cycle(r) => fields!(
            r, field: id, title_mn, title_en, starts_on, ends_on, vintage, replications_reported, illustrative
        ),
        Row::Theme(r) => fields!(r, field: code, name_mn, name_en, position, active),
        Row::ReplicationStatus(r) => fields!(r, field: code, name_mn, name_en, position, counts, active),
        Row::Setting(r) => fields!(r, field: code, name_mn, name_en, position, active),
        Row::FundingSource(r) => fields!(r, field: code, name_mn, name_en, position, direct, active),
        Row::Rating(r) => fields!(r, field: code, name_mn, name_en, position, active),
        Row::Step(r) => fields!(r, field: code, name_mn, name_en, position, active),
        Row::Trainer(r) => fields!(r, field: id, org, tot_year, languages, active, illustrative),
        Row::Practice(r) => match field {
            "host" => Some(version(&r.host)),
            "lon" | "lat" => degrees(r.location, field),
            "id" | "title_mn" | "title_en" | "summary_mn" | "summary_en" | "theme" | "status" | "illustrative" => {
                fields!(
                    r, field: id, title_mn, title_en, summary_mn, summary_en, theme, status, illustrative
                )
            }
            _ => fields!(
                r.details, field: started_on, problem_mn, problem_en, what_we_did_mn, what_we_did_en, result_mn,
                result_en, setting, cost_setup, cost_year, people_served, replicability, maturity,
                last_confirmed_on
            ),
        },
        Row::PracticeStatusChange(r) => fields!(r, field: practice, changed_on, status, illustrative),
        Row::Identification(r) => occasion(r.occasion, field).or_else(|| {
            fields!(
                r, field: practice, cycle, khoroo, entered_on, stage, decision, awarded, illustrative
            )
        }),
        Row::IdentificationStage(r) => {
            fields!(r, field: practice, cycle, stage, reached_on, decision, awarded, illustrative)
        }
        Row::Workshop(r) => match field {
            "practices" => links.cell(Key::Workshop(r.id.clone()), "practices"),
            _ => fields!(
                r, field: id, cycle, scope, district, held_on, mode, venue, cost, invited, attended_f, attended_m,
                attended_unknown, illustrative
            ),
        },
        Row::Visit(r) => match field {
            "visitors" => links.cell(Key::Visit(r.id.clone()), "visitors"),
            "practices" => links.cell(Key::Visit(r.id.clone()), "practices"),
            _ => fields!(
                r, field: id, cycle, host, held_on, mode, status, cost, travel_min, invited, attended,
                learning_points, action_plan, host_feedback, visitor_feedback, trainer, illustrative
            ),
        },
        Row::Vote(r) => occasion(r.occasion, field).or_else(|| {
            fields!(
                r, field: khoroo, practice, cycle, rank, votes, voters, citizens_involved, decided_on, decision,
                planned_year, illustrative
            )
        }),
        Row::Replication(r) => fields!(
            r, field: id, practice, khoroo, cycle, status, decided_on, completed_on, learning_route, adaptations,
            people_served, illustrative
        ),
        Row::ReplicationStatusChange(r) => fields!(r, field: replication, changed_on, status, illustrative),
        Row::BudgetLine(r) => {
            fields!(r, field: replication, position, source, amount, fiscal_year, illustrative)
        }
        Row::Review(r) => match field {
            "reviewers" => links.cell(Key::Review(r.id.clone()), "reviewers"),
            _ => fields!(
                r, field: id, replication, reviewed_on, mode, rating, comment, follow_up_by, trainer, illustrative
            ),
        },
        Row::Training(r) => fields!(
            r, field: id, org, title_mn, title_en, topic, held_on, form, target_group, participants_f,
            participants_m, participants_unknown, pre_score_pct, post_score_pct, n_pre, n_post,
            satisfaction_pct, n_survey, cost, illustrative
        ),
        Row::Need(r) => fields!(r, field: id, khoroo, theme, text, urgency, since, status, illustrative),
        Row::Offer(r) => match field {
            "khoroo" => Some(version(&r.khoroo)),
            _ => fields!(r, field: id, practice, capacity_per_quarter, mode, max_group, status, illustrative),
        },
        Row::KhorooFact(r) => match field {
            "lon" | "lat" => degrees(r.office, field),
            _ => fields!(
                r, field: khoroo, year, population, households, setting, office_address, phone, opening_hours,
                source, illustrative
            ),
        },
        Row::TravelTime(r) => match field {
            "from" => Some(version(&r.from)),
            "to" => Some(version(&r.to)),
            _ => fields!(r, field: minutes, source, illustrative),
        },
        _ => None,
    }
}

fn occasion(occasion: Occasion, field: &str) -> Option<Shown> {
    fields!(occasion, field: mode, cost, invited, attended)
}

/// A khoroo with its vintage, where no day says it.
fn version(khoroo: &KhorooId) -> Shown {
    Shown::Text(khoroo.to_string())
}

fn degrees(point: Option<GridPoint>, field: &str) -> Option<Shown> {
    point.map(|p| Shown::Number(if field == "lon" { p.lon() } else { p.lat() }))
}

trait Show {
    fn show(&self) -> Option<Shown>;
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> Option<Shown> {
        self.as_ref().and_then(Show::show)
    }
}

macro_rules! shows {
    ($($type:ty: $value:ident => $shown:expr;)+) => {
        $(impl Show for $type {
            fn show(&self) -> Option<Shown> {
                let $value = self;
                Some($shown)
            }
        })+
    };
}

shows! {
    String: text => Shown::Text(text.clone());
    bool: value => Shown::YesNo(*value);
    i16: n => Shown::Number(f64::from(*n));
    i32: n => Shown::Number(f64::from(*n));
    i64: n => Shown::Number(*n as f64);
    f64: n => Shown::Number(*n);
    Date: day => Shown::Date(*day);
    KhorooId: khoroo => Shown::Text(khoroo.code.to_string());
    DistrictCode: code => Shown::Text(code.to_string());
    VintageId: id => Shown::Text(id.to_string());
}

macro_rules! words {
    ($($type:ty),+ $(,)?) => {
        $(impl Show for $type {
            fn show(&self) -> Option<Shown> {
                Some(Shown::Word(self.word()))
            }
        })+
    };
}

crate::import::values::choice::word_types!(words);
