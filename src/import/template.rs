//! The workbook that people fill: a sheet per kind, headers in both languages, lists to choose from.
//!
//! Headers stand in one row, Mongolian above English in the same cell, so that sorting, filters and other
//! programs see one row of headers and nobody has to keep two rows together. Every word that a template
//! offers is one that the reader takes. All text is written as text: a cell that begins with `=`, `+`, `-`
//! or `@` never becomes a formula.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Formula,
    Note, Workbook, Worksheet, XlsxError,
};

use super::filled::{self, Filled, Shown};
use super::kinds::{Column, Holds, KINDS, Kind};
use crate::model::{Lang, Records, Row};

/// Rows that lists and formats are prepared for.
const PREPARED_ROWS: u32 = 5_000;
/// Where lists that are too long for a cell's own list stand.
const LISTS: &str = "Жагсаалт";
const README: &str = "Тайлбар - Readme";
/// Width and height of a note: room for both languages.
const NOTE_PX: [u32; 2] = [360, 150];
/// Of a list written into a cell's validation.
const INLINE_CHARS: usize = 255;

/// Writes the empty workbook.
///
/// - `records`: code lists of the store are filled in and offered.
///
/// Errors: those of the writer; none for the kinds of the catalogue.
pub fn workbook(records: &Records) -> Result<Vec<u8>, XlsxError> {
    let lists = Records {
        themes: records.themes.clone(),
        replication_statuses: records.replication_statuses.clone(),
        settings: records.settings.clone(),
        funding_sources: records.funding_sources.clone(),
        ratings: records.ratings.clone(),
        steps: records.steps.clone(),
        ..Records::default()
    };
    written(&lists, None)
}

/// Writes a workbook filled with records.
///
/// - `notice`: said first, on the first sheet.
///
/// Errors: those of the writer, as for more rows than a sheet has.
pub fn filled(records: &Records, notice: &str) -> Result<Vec<u8>, XlsxError> {
    written(records, Some(notice))
}

fn written(records: &Records, notice: Option<&str>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Equal records make an equal file, whatever the hour.
    let made_on = ExcelDateTime::from_ymd(2022, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_on));
    let formats = Formats::new();
    readme(book.add_worksheet(), notice, &formats)?;
    let lists = Lists::of(records);
    let filled = filled::sheets(&records.clone().into_rows().collect::<Vec<_>>());
    for kind in KINDS {
        let sheet = book.add_worksheet();
        sheet.set_name(kind.mn)?;
        headers(sheet, kind, &formats)?;
        for (column, index) in kind.columns.iter().zip(0..) {
            validate(sheet, column, index, &lists)?;
        }
        if let Some(filled) = filled.iter().find(|filled| filled.kind.name == kind.name) {
            fill(sheet, filled, &lists, &formats)?;
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name(LISTS)?;
    for (list, index) in lists.0.iter().zip(0..) {
        for (name, row) in list.names().zip(0..) {
            sheet.write_string(row, index, name)?;
        }
    }
    book.save_to_buffer()
}

struct Formats {
    must: Format,
    may: Format,
    wrapped: Format,
    bold: Format,
    date: Format,
    money: Format,
}

impl Formats {
    fn new() -> Self {
        let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            must: header.clone().set_background_color(0x00FD_E9D9),
            may: header.set_background_color(0x00E7_EEF5),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            bold: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            money: Format::new().set_num_format("#,##0"),
        }
    }
}

/// Code lists of the store: what may be chosen.
struct Lists(Vec<List>);

struct List {
    kind: &'static str,
    /// Code, name in Mongolian; in the order of their positions.
    codes: Vec<(String, String)>,
}

impl List {
    fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.codes.iter().map(|(_, name)| name.as_str())
    }
}

impl Lists {
    fn of(records: &Records) -> Self {
        let mut found: Vec<(&'static str, i32, String, String)> = Vec::new();
        for row in records.clone().into_rows() {
            found.push(match row {
                Row::Theme(r) => ("themes", r.position, r.code, r.name_mn),
                Row::ReplicationStatus(r) => ("replication_statuses", r.position, r.code, r.name_mn),
                Row::Setting(r) => ("settings", r.position, r.code, r.name_mn),
                Row::FundingSource(r) => ("funding_sources", r.position, r.code, r.name_mn),
                Row::Rating(r) => ("ratings", r.position, r.code, r.name_mn),
                _ => continue,
            });
        }
        found.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        let mut lists: Vec<List> = Vec::new();
        for (kind, _, code, name) in found {
            match lists.last_mut() {
                Some(list) if list.kind == kind => list.codes.push((code, name)),
                _ => lists.push(List { kind, codes: vec![(code, name)] }),
            }
        }
        Self(lists)
    }

    fn find(&self, kind: &str) -> Option<(u16, &List)> {
        (0..).zip(&self.0).find(|(_, list)| list.kind == kind)
    }

    /// What people choose for a code.
    fn name<'a>(&'a self, kind: &str, code: &'a str) -> &'a str {
        let list = self.find(kind).map(|(_, list)| list);
        list.and_then(|list| list.codes.iter().find(|(c, _)| c == code)).map_or(code, |(_, name)| name)
    }
}

fn headers(sheet: &mut Worksheet, kind: &Kind, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_row_height(0, 32)?.set_freeze_panes(1, 0)?;
    for (column, index) in kind.columns.iter().zip(0..) {
        let format = if column.is_required { &formats.must } else { &formats.may };
        sheet.write_string_with_format(0, index, format!("{}\n{}", column.mn, column.en), format)?;
        let must =
            if column.is_required { "заавал / required" } else { "заавал биш / optional" };
        let [mn, en] = [Lang::Mn, Lang::En].map(|lang| column.allowed(lang));
        let text = if mn == en { format!("{must}\n{mn}") } else { format!("{must}\n{mn}\n{en}") };
        let note = Note::new(text).add_author_prefix(false).set_width(NOTE_PX[0]).set_height(NOTE_PX[1]);
        sheet.insert_note(0, index, &note)?;
        sheet.set_column_width(index, if matches!(column.holds, Holds::Text(_)) { 32 } else { 20 })?;
        if matches!(column.holds, Holds::Date) {
            sheet.set_column_format(index, &formats.date)?;
        } else if matches!(column.holds, Holds::Money) {
            sheet.set_column_format(index, &formats.money)?;
        } else if !matches!(
            column.holds,
            Holds::Integer(..) | Holds::Percent | Holds::Longitude | Holds::Latitude
        ) {
            // Text, so that `1-2` stays one and is not made a day.
            sheet.set_column_format(index, &Format::new().set_num_format("@"))?;
        }
    }
    Ok(())
}

fn validate(sheet: &mut Worksheet, column: &Column, index: u16, lists: &Lists) -> Result<(), XlsxError> {
    let validation = match column.holds {
        Holds::YesNo => DataValidation::new().allow_list_strings(&["тийм", "үгүй"])?,
        Holds::Choice(choices) => {
            let words: Vec<&str> = choices.iter().map(|choice| choice.mn[0]).collect();
            debug_assert!(words.join(",").chars().count() <= INLINE_CHARS, "a list in a cell is short");
            DataValidation::new().allow_list_strings(&words)?
        }
        Holds::Ref(kind) => match lists.find(kind) {
            Some((at, list)) => {
                let letters = super::fault::column_letters(usize::from(at));
                let range = format!("='{LISTS}'!${letters}$1:${letters}${}", list.names().len());
                DataValidation::new().allow_list_formula(Formula::new(range))
            }
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    // Other spellings are read too, so a word outside the list is a warning.
    let validation = validation.set_error_style(DataValidationErrorStyle::Warning);
    sheet.add_data_validation(1, index, PREPARED_ROWS, index, &validation)?;
    Ok(())
}

/// Writes records below the headers, in the words that the lists offer.
fn fill(sheet: &mut Worksheet, filled: &Filled, lists: &Lists, formats: &Formats) -> Result<(), XlsxError> {
    for (cells, at) in filled.rows.iter().zip(1..) {
        for ((cell, column), index) in cells.iter().zip(filled.kind.columns).zip(0..) {
            match cell {
                None => {}
                Some(Shown::Text(text)) => {
                    let text = match column.holds {
                        Holds::Ref(kind) => lists.name(kind, text),
                        _ => text,
                    };
                    sheet.write_string(at, index, text)?;
                }
                Some(Shown::Word(code)) => {
                    let Holds::Choice(choices) = column.holds else {
                        unreachable!("words stand in columns of choices")
                    };
                    let choice = choices.iter().find(|choice| choice.code == *code);
                    sheet.write_string(at, index, choice.map_or(*code, |choice| choice.mn[0]))?;
                }
                Some(Shown::Number(number)) if matches!(column.holds, Holds::Money) => {
                    sheet.write_number_with_format(at, index, *number, &formats.money)?;
                }
                Some(Shown::Number(number)) => drop(sheet.write_number(at, index, *number)?),
                Some(Shown::Date(day)) => {
                    let day = ExcelDateTime::from_ymd(
                        day.year().unsigned_abs(),
                        day.month().unsigned_abs(),
                        day.day().unsigned_abs(),
                    )?;
                    sheet.write_datetime_with_format(at, index, &day, &formats.date)?;
                }
                Some(Shown::YesNo(value)) => {
                    sheet.write_string(at, index, if *value { "тийм" } else { "үгүй" })?;
                }
            }
        }
    }
    Ok(())
}

const INTRODUCTION: [&str; 7] = [
    "Хуудас бүр нэг төрлийн бүртгэл. Гарчгийн мөрийг бүү өөрчил; дараалал чухал биш. / Each sheet holds one kind of record. Keep the row of headers; the order of columns does not matter.",
    "Улбар шар багана заавал бөглөнө. / Orange columns are required.",
    "Код нь давтагдахгүй, өөрчлөгдөхгүй: ижил кодтой мөр өмнөхийг шинэчилнэ. / Ids are unique and never change: a row with a known id updates its record.",
    "Хоосон нүд өмнөх утгыг арилгана; утгыг үлдээх бол баганыг нь бүхэлд нь хасна. / An empty cell clears what was there; to keep values, leave their column out.",
    "Хороо: bzd-26, БЗД-26 эсвэл Баянзүрх 26. Огноо: 2022-05-14 эсвэл 2022.05.14. Мөнгө: 100 200 ₮. / Khoroos: bzd-26, БЗД-26 or Баянзүрх 26. Days: 2022-05-14 or 2022.05.14. Money: 100 200 ₮.",
    "Нуусан хуудас уншигдахгүй; нэгтгэсэн нүд болохгүй. / Hidden sheets are not read; cells must not be merged.",
    "Аль нэг мөр буруу бол юу ч хадгалагдахгүй, алдаа бүр нэрлэгдэнэ. / If any row is wrong, nothing is saved and every fault is named.",
];

fn readme(sheet: &mut Worksheet, notice: Option<&str>, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(README)?.set_column_width(0, 32)?.set_column_width(1, 26)?.set_column_width(2, 26)?;
    sheet.set_column_width(3, 60)?.set_column_width(4, 60)?;
    let mut row = 0;
    for line in notice.into_iter().chain(INTRODUCTION) {
        sheet.merge_range(row, 0, row, 4, line, &formats.wrapped)?.set_row_height(row, 32)?;
        row += 1;
    }
    row += 1;
    let titles = ["Хуудас / Sheet", "Багана", "Column", "Зөвшөөрөх утга", "Allowed"];
    for (title, index) in titles.into_iter().zip(0..) {
        sheet.write_string_with_format(row, index, title, &formats.bold)?;
    }
    for kind in KINDS {
        for column in kind.columns {
            row += 1;
            sheet.write_string(row, 0, format!("{} / {}", kind.mn, kind.en))?;
            sheet.write_string(row, 1, column.mn)?;
            sheet.write_string(row, 2, column.en)?;
            for (lang, index) in [(Lang::Mn, 3), (Lang::En, 4)] {
                sheet.write_string_with_format(row, index, column.allowed(lang), &formats.wrapped)?;
            }
        }
    }
    Ok(())
}
