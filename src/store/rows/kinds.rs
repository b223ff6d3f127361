//! The fields of each kind of row, in the order of the columns.

use super::Cell;
use super::cells::Cells;
use super::fields::Field;
use crate::model::{
    BudgetLine, ContextLine, Cycle, District, DistrictVersion, FundingSource, Identification,
    IdentificationStage, Khoroo, KhorooFact, KhorooId, Lineage, Need, Occasion, Offer, Practice,
    PracticeDetails, PracticeStatusChange, Rating, Replication, ReplicationStatus, ReplicationStatusChange,
    Review, ReviewReviewer, Row, Setting, Step, Table, Theme, Trainer, Training, TravelTime, Vintage, Visit,
    VisitPractice, VisitVisitor, Vote, Workshop, WorkshopPractice,
};

/// Makes cells of a struct from those of its fields, in the order given.
macro_rules! fields {
    ($($Struct:ident { $($field:ident),+ })+) => {$(
        impl Field for $Struct {
            fn put(&self, cells: &mut Vec<Cell>) {
                $(self.$field.put(cells);)+
            }

            fn take(cells: &mut Cells) -> Result<Self, String> {
                Ok(Self { $($field: Field::take(cells)?),+ })
            }
        }
    )+};
}

/// [`fields!`] for the kinds of rows, and rows of any kind from theirs; kinds in `also` have their own.
macro_rules! kinds {
    (also $($Also:ident),+; $($Kind:ident { $($field:ident),+ })+) => {
        fields! { $($Kind { $($field),+ })+ }

        pub(super) fn put(row: &Row, cells: &mut Vec<Cell>) {
            match row {
                $(Row::$Also(row) => row.put(cells),)+
                $(Row::$Kind(row) => row.put(cells),)+
            }
        }

        pub(super) fn take(table: Table, cells: &mut Cells) -> Result<Row, String> {
            match table {
                $(Table::$Also => $Also::take(cells).map(Row::$Also),)+
                $(Table::$Kind => $Kind::take(cells).map(Row::$Kind),)+
            }
        }
    };
}

kinds! {
    also Khoroo;
    District { code, number, name_mn, name_en, nso_code, ebarilga_code, illustrative, aliases }
    Vintage { id, valid_from, valid_to, title_mn, title_en, source, illustrative }
    DistrictVersion { vintage, district, population, population_year, dissolved, illustrative, shape }
    Lineage { from, to, kind, area_share, population_share, stated, illustrative }
    ContextLine { id, kind, name_mn, name_en, illustrative, line }
    Cycle { id, title_mn, title_en, starts_on, ends_on, vintage, replications_reported, illustrative }
    Theme { code, name_mn, name_en, position, active }
    ReplicationStatus { code, name_mn, name_en, position, counts, active }
    Setting { code, name_mn, name_en, position, active }
    FundingSource { code, name_mn, name_en, position, direct, active }
    Rating { code, name_mn, name_en, position, active }
    Step { code, name_mn, name_en, position, active }
    Trainer { id, org, tot_year, languages, active, illustrative }
    Practice {
        id, title_mn, title_en, summary_mn, summary_en, theme, host, status, details, illustrative,
        location
    }
    PracticeStatusChange { practice, changed_on, status, illustrative }
    Identification {
        practice, cycle, khoroo, entered_on, stage, decision, awarded, occasion, illustrative
    }
    IdentificationStage { practice, cycle, stage, reached_on, decision, awarded, illustrative }
    Workshop {
        id, cycle, scope, district, held_on, mode, venue, cost, invited, attended_f, attended_m,
        attended_unknown, illustrative
    }
    WorkshopPractice { workshop, practice, illustrative }
    Visit {
        id, cycle, host, held_on, mode, status, cost, travel_min, invited, attended, learning_points,
        action_plan, host_feedback, visitor_feedback, trainer, illustrative
    }
    VisitVisitor { visit, khoroo, people, illustrative }
    VisitPractice { visit, practice, illustrative }
    Vote {
        khoroo, practice, cycle, rank, votes, voters, citizens_involved, decided_on, decision,
        planned_year, occasion, illustrative
    }
    Replication {
        id, practice, khoroo, cycle, status, decided_on, completed_on, learning_route, adaptations,
        people_served, illustrative
    }
    ReplicationStatusChange { replication, changed_on, status, illustrative }
    BudgetLine { replication, position, source, amount, fiscal_year, illustrative }
    Review { id, replication, reviewed_on, mode, rating, comment, follow_up_by, trainer, illustrative }
    ReviewReviewer { review, khoroo, illustrative }
    Training {
        id, org, title_mn, title_en, topic, held_on, form, target_group, participants_f, participants_m,
        participants_unknown, pre_score_pct, post_score_pct, n_pre, n_post, satisfaction_pct, n_survey,
        cost, illustrative
    }
    Need { id, khoroo, theme, text, urgency, since, status, illustrative }
    Offer { id, khoroo, practice, capacity_per_quarter, mode, max_group, status, illustrative }
    KhorooFact {
        khoroo, year, population, households, setting, office_address, phone, opening_hours, source,
        illustrative, office
    }
    TravelTime { from, to, minutes, source, illustrative }
}

fields! {
    PracticeDetails {
        started_on, problem_mn, problem_en, what_we_did_mn, what_we_did_en, result_mn, result_en, setting,
        cost_setup, cost_year, people_served, replicability, maturity, last_confirmed_on
    }
    Occasion { mode, cost, invited, attended }
}

/// District and number repeat the code, for people and for the database's own rules.
impl Field for Khoroo {
    fn put(&self, cells: &mut Vec<Cell>) {
        self.id.put(cells);
        self.id.code.district.put(cells);
        self.id.code.number.put(cells);
        self.name_mn.put(cells);
        self.name_en.put(cells);
        self.nso_code.put(cells);
        self.land_code.put(cells);
        self.ebarilga_code.put(cells);
        self.population.put(cells);
        self.population_year.put(cells);
        self.households.put(cells);
        self.illustrative.put(cells);
        self.shape.put(cells);
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        let id = KhorooId::take(cells)?;
        cells.skip(2);
        Ok(Self {
            id,
            name_mn: Field::take(cells)?,
            name_en: Field::take(cells)?,
            nso_code: Field::take(cells)?,
            land_code: Field::take(cells)?,
            ebarilga_code: Field::take(cells)?,
            population: Field::take(cells)?,
            population_year: Field::take(cells)?,
            households: Field::take(cells)?,
            illustrative: Field::take(cells)?,
            shape: Field::take(cells)?,
        })
    }
}
