//! A plan as a workbook: visits, what is not served, hosts, comparison, and what it was made from.
//!
//! Owns: sheets and columns. Leaves to others: every figure and sentence (`shape`), words.
//! Invariant: equal plans make equal bytes, whatever the hour.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::shape::{AssignmentOut, PlaceOut, PlanOut, UnservedOut};
use crate::exports::cells::{Cell, Column, Formats, fill};
use crate::model::{Lang, Mode, naming};
use crate::pages;
use crate::pages::visits::month::words::{self, Words};
use crate::partners::{self, PartKind};
use crate::snapshot::{Snapshot, VintageView};
use crate::tracker;
use crate::visits::month::{Month, Order};
use crate::visits::plan::Comparison;

/// Most characters of an address that spreadsheets take as a link.
const URL_CHARS_MAX: usize = 2_079;

/// What a workbook is written of.
pub struct Of<'a> {
    pub snapshot: &'a Snapshot,
    pub view: &'a VintageView,
    pub order: &'a Order,
    pub month: &'a Month,
    pub plan: &'a PlanOut,
    /// Parameters of its link, and the address of its page, where it has one.
    pub asked: &'a [(&'static str, String)],
    pub link: Option<String>,
    pub lang: Lang,
}

impl Of<'_> {
    /// Errors: those of the writer; none for a plan within its bounds.
    pub fn written(&self) -> Result<Vec<u8>, XlsxError> {
        let words = words::of(self.lang);
        let mut book = Workbook::new();
        // Equal plans make an equal file, whatever the hour.
        let made_on = ExcelDateTime::from_ymd(2022, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title(words.title).set_creation_datetime(&made_on));
        let formats = Formats::new();
        for (name, columns, rows) in [
            (words.sheet_visits, visit_columns(words), self.visits(words)),
            (words.sheet_unserved, unserved_columns(words), self.unserved(words)),
            (words.sheet_hosts, host_columns(words), self.hosts()),
            (words.sheet_comparison, comparison_columns(words, self.month), self.comparison()),
            (words.sheet_about, about_columns(words), self.about(words)),
        ] {
            let sheet = book.add_worksheet();
            sheet.set_name(name)?;
            fill(sheet, &columns, rows, &formats)?;
        }
        book.save_to_buffer()
    }

    fn visits(&self, words: &Words) -> Vec<Vec<Cell>> {
        self.plan.assignments.iter().map(|visit| self.visit(visit, words)).collect()
    }

    fn visit(&self, visit: &AssignmentOut, words: &Words) -> Vec<Cell> {
        let yes_no = |yes: bool| Cell::text(if yes { words.yes } else { words.no });
        let part = |kind: PartKind| {
            Cell::or_empty(
                visit.parts.get(kind.word()).and_then(serde_json::Value::as_f64),
                Cell::Thousandths,
            )
        };
        let mut row = self.place(&visit.visitor);
        row.extend(self.place(&visit.host));
        let title = self.pick(&visit.title_mn, visit.title_en.as_deref().unwrap_or(&visit.title_mn));
        row.extend([
            Cell::text(title),
            Cell::text(&visit.practice),
            Cell::text(self.theme(Some(&visit.theme), words)),
            Cell::text(self.theme(visit.need.as_deref(), words)),
            self.minutes(visit),
            Cell::or_empty(visit.distance_m.map(|metres| metres / 1_000.0), Cell::Tenths),
            Cell::Thousandths(visit.score),
        ]);
        row.extend(PartKind::ALL.map(part));
        row.extend([
            Cell::text(pages::mode(self.lang, visit.mode)),
            visit.same_setting.map_or_else(|| Cell::text(words.unknown), yes_no),
            yes_no(visit.fixed),
            visit.quarter.as_deref().map_or(Cell::Empty, Cell::text),
            Cell::text(self.pick(&visit.sentence_mn, &visit.sentence_en)),
        ]);
        row
    }

    /// One way, or that nobody travels.
    fn minutes(&self, visit: &AssignmentOut) -> Cell {
        if visit.mode == Mode::Virtual.word() {
            return Cell::text(pages::mode(self.lang, visit.mode));
        }
        Cell::or_empty(visit.minutes, Cell::Tenths)
    }

    fn unserved(&self, words: &Words) -> Vec<Vec<Cell>> {
        let row = |one: &UnservedOut| {
            let mut row = self.place(&one.visitor);
            let barred: Vec<String> =
                one.barred.iter().map(|(word, n)| format!("{}: {n}", words.barred(word))).collect();
            row.extend([
                Cell::text(self.theme(one.need.as_deref(), words)),
                Cell::whole(one.missing),
                Cell::text(self.pick(&one.text_mn, &one.text_en)),
                Cell::text(barred.join(", ")),
                Cell::text(one.competing.join(", ")),
                Cell::text(one.hosts.join(", ")),
            ]);
            row
        };
        self.plan.unserved.iter().map(row).collect()
    }

    fn hosts(&self) -> Vec<Vec<Cell>> {
        let row = |host: &super::shape::HostOut| {
            let mut row = self.place(&host.host);
            let quarter =
                |of: &super::shape::QuarterOut| format!("{}: {}/{}", of.quarter, of.visits, of.places);
            let quarters: Vec<String> = host.quarters.iter().map(quarter).collect();
            row.extend([Cell::whole(host.visits), Cell::whole(host.places), Cell::text(quarters.join(", "))]);
            row
        };
        self.plan.hosts.iter().map(row).collect()
    }

    fn comparison(&self) -> Vec<Vec<Cell>> {
        let compared = compared(self.month);
        let row = |(nth, (id, _)): (usize, (&'static str, Option<f64>))| {
            let definition = tracker::definitions().find(|definition| definition.id == id);
            let definition = definition.expect("figures of plans are defined");
            let mut row = vec![Cell::text(self.pick(definition.name_mn, definition.name_en))];
            row.extend(compared.iter().map(|plan| {
                Cell::or_empty(plan.figures()[nth].1, |value| match definition.decimals() {
                    0 => Cell::Whole(super::shape::tenths(value)),
                    1 => Cell::Tenths(super::shape::tenths(value)),
                    _ => Cell::Hundredths(super::shape::short(value)),
                })
            }));
            row.push(Cell::text(self.pick(definition.definition_mn, definition.definition_en)));
            row
        };
        self.month.plan.figures().into_iter().enumerate().map(row).collect()
    }

    fn about(&self, words: &Words) -> Vec<Vec<Cell>> {
        let of_pages = pages::words::of(self.lang);
        let plan = self.plan;
        let revision = self.snapshot.revision.seq as f64;
        let published = pages::published_on(self.snapshot).map_or(Cell::Empty, Cell::Day);
        let usual = || Cell::text(words.default_value);
        let is_on_record = plan.withheld.is_empty() && self.asked("needs").is_none();
        let themes = match self.asked("themes") {
            None if is_on_record => words.needs_on_record.to_owned(),
            None | Some("any") => words.need_any.to_owned(),
            Some(codes) => {
                codes.split(',').map(|code| self.theme(Some(code), words)).collect::<Vec<_>>().join(", ")
            }
        };
        let link = self.link.as_deref().map_or_else(
            || Cell::text(words.link_none),
            |link| {
                if link.chars().count() <= URL_CHARS_MAX {
                    Cell::Link(link.to_owned())
                } else {
                    Cell::text(link)
                }
            },
        );
        let source = if plan.withheld.is_empty() { words.office_plan } else { words.public_plan };
        let mut rows = vec![
            (words.plan_sentence, Cell::text(self.pick(&plan.sentence_mn, &plan.sentence_en))),
            (words.notice, Cell::text(words.proposal)),
            (words.from, Cell::Day(self.order.from)),
            (words.to, Cell::Day(self.order.to)),
            (words.working_days, Cell::whole(plan.working_days as f64)),
            (words.visitors_count, Cell::whole(plan.visitors as f64)),
            (words.themes_asked, Cell::text(themes)),
            (words.visits, Cell::whole(plan.visits)),
            (words.capacity, plan.capacity.map_or_else(|| Cell::text(words.by_offers), Cell::whole)),
            (words.group, plan.group.map_or_else(usual, |people| Cell::whole(people as f64))),
            (words.mode, Cell::text(plan.mode.map_or(words.any_mode, |mode| pages::mode(self.lang, mode)))),
            (words.fairness, Cell::Thousandths(plan.fairness)),
            (
                words.boundaries,
                Cell::text(self.pick(&self.view.vintage.title_mn, &self.view.vintage.title_en)),
            ),
            (of_pages.source, Cell::text(naming::in_one_language(&self.view.vintage.source, self.lang))),
            (words.revision, Cell::Whole(revision)),
            (words.published, published),
            (words.withheld, Cell::text(source)),
            (words.method, Cell::text(partners::words::method(self.lang))),
            (words.method, Cell::text(crate::visits::words::plan_method(self.lang))),
            (words.comparison, Cell::text(words.comparison_text)),
            (words.link, link),
        ];
        if let Some(needs) = self.asked("needs") {
            rows.push((words.need, Cell::text(needs)));
        }
        if plan.illustrative {
            rows.insert(2, (words.notice, Cell::text(of_pages.illustrative)));
        }
        rows.into_iter().map(|(key, value)| vec![Cell::text(key), value]).collect()
    }

    fn asked(&self, name: &str) -> Option<&str> {
        self.asked.iter().find(|(asked, _)| *asked == name).map(|(_, value)| value.as_str())
    }

    /// District, khoroo and code.
    fn place(&self, place: &PlaceOut) -> Vec<Cell> {
        let district = self.view.geography.districts.iter().find(|district| district.code == place.district);
        let district =
            district.map_or(place.district.as_str(), |unit| self.pick(&unit.name_mn, &unit.name_en));
        vec![
            Cell::text(district),
            Cell::text(self.pick(&place.name_mn, &place.name_en)),
            Cell::text(&place.code),
        ]
    }

    fn theme(&self, code: Option<&str>, words: &Words) -> String {
        let Some(code) = code else { return words.need_any.to_owned() };
        let theme = self.snapshot.records.themes.iter().find(|theme| theme.code == code);
        theme.map_or(code, |theme| self.pick(&theme.name_mn, &theme.name_en)).to_owned()
    }

    const fn pick<'a>(&self, mn: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Mn => mn,
            Lang::En => en,
        }
    }
}

/// The plan, without what was decided by hand if something was, and the two simple ones.
fn compared(month: &Month) -> Vec<&Comparison> {
    let without = month.effect.as_ref().map(|effect| &effect.without_fixed);
    std::iter::once(&month.plan).chain(without).chain([&month.nearest, &month.greedy]).collect()
}

fn visit_columns(words: &Words) -> Vec<Column<'_>> {
    let mut columns = vec![
        (words.visitor_district, 20.0),
        (words.visitor, 18.0),
        (words.code, 9.0),
        (words.host_district, 20.0),
        (words.host, 18.0),
        (words.code_of_host, 9.0),
        (words.practice, 40.0),
        (words.practice_id, 14.0),
        (words.theme, 20.0),
        (words.need, 20.0),
        (words.minutes_one_way, 11.0),
        (words.distance_km, 11.0),
        (words.score, 9.0),
    ];
    columns.extend(PartKind::ALL.map(|part| (words.part(part.word()), 11.0)));
    columns.extend([
        (words.mode_of_visit, 16.0),
        (words.same_setting, 12.0),
        (words.by_hand_column, 12.0),
        (words.quarter, 11.0),
        (words.reason_sentence, 80.0),
    ]);
    columns
}

fn unserved_columns(words: &Words) -> Vec<Column<'_>> {
    vec![
        (words.visitor_district, 20.0),
        (words.visitor, 18.0),
        (words.code, 9.0),
        (words.need, 20.0),
        (words.missing, 9.0),
        (words.why, 60.0),
        (words.barred_column, 50.0),
        (words.competing_column, 40.0),
        (words.full_hosts_column, 40.0),
    ]
}

fn host_columns(words: &Words) -> Vec<Column<'_>> {
    vec![
        (words.host_district, 20.0),
        (words.host, 18.0),
        (words.code, 9.0),
        (words.visits_there, 9.0),
        (words.places, 9.0),
        (words.of_quarters, 30.0),
    ]
}

fn comparison_columns<'a>(words: &'a Words, month: &Month) -> Vec<Column<'a>> {
    let without = month.effect.as_ref().map(|_| (words.without_by_hand, 16.0));
    let plans = std::iter::once((words.this_plan, 16.0)).chain(without);
    let plans = plans.chain([(words.nearest, 16.0), (words.greedy, 16.0)]);
    std::iter::once((words.figure, 36.0)).chain(plans).chain([(words.definition, 90.0)]).collect()
}

fn about_columns(words: &Words) -> Vec<Column<'_>> {
    vec![(words.key, 32.0), (words.value, 100.0)]
}
