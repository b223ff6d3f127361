//! What is wrong with a file, where, and what is allowed there.
//!
//! A fault is a [`Place`] and a [`Problem`]. All of them are gathered before anything is refused, so
//! that a workbook is corrected in one go; [`Faults`] keeps the first ones and counts the rest.

use std::fmt;

/// How many faults are listed; the others are counted. More than anybody reads at once.
pub const LISTED_FAULTS: usize = 200;

/// Characters of a value that are shown.
const SHOWN_CHARS: usize = 60;

/// Where in the input, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct Place {
    pub file: Box<str>,
    /// `None` for the file as a whole, and in files of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Box<str>>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The letter that a spreadsheet shows, and the header if there is one: `D "Огноо"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Box<str>>,
    /// As written, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub problem: Problem,
}

/// What is wrong; with what is allowed instead, where that can be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("no file is given")]
    NoFile,
    #[error("cannot be read: {detail}")]
    Unreadable { detail: String },
    #[error("is empty")]
    Empty,
    #[error("the workbook is protected by a password; save it without one")]
    Password,
    #[error("is {found}, which is not read here; save it as an Excel workbook (.xlsx) or as CSV")]
    UnknownKind { found: &'static str },
    #[error("the workbook is damaged: {detail}")]
    Damaged { detail: String },
    #[error("{what} {found} is over the limit {limit}")]
    TooMuch { what: &'static str, found: u64, limit: u64 },
    #[error("part `{part}` unpacks to more than {limit} bytes: refused as a zip bomb")]
    ZipBomb { part: String, limit: u64 },
    #[error("bytes {bytes} are no text in {encoding}")]
    NotText { encoding: &'static str, bytes: String },
    #[error("`{}` holds a control character; type the text anew", shown(text))]
    ControlCharacter { text: String },
    #[error("the row is not whole: {detail}")]
    BrokenRow { detail: String },
    #[error("cells {range} are merged; split them and fill each one")]
    Merged { range: String },
    #[error("is an error of the spreadsheet; allowed: {allowed}")]
    CellError { allowed: String },
    #[error(
        "is a formula that was never computed; open and save the workbook in a spreadsheet, or put a value"
    )]
    Uncomputed,

    #[error("no sheet of records is in it; known are: {known}")]
    NoKnownSheet { known: String },
    #[error("is no kind of record; name the file or the sheet after one of: {known}, or say --as NAME")]
    UnknownSheet { known: String },
    #[error("no row of headers among the first {searched} rows; expected are: {expected}")]
    NoHeader { searched: usize, expected: String },
    #[error("column `{expected}` is missing; headers seen: {seen}")]
    MissingColumn { expected: String, seen: String },
    #[error("the header stands twice, here and in column {first}")]
    DuplicateColumn { first: String },
    #[error("is required; allowed: {allowed}")]
    Required { allowed: String },
    #[error("is not {expected}")]
    NotA { expected: String },
    #[error("can be {first} or {second}; write it as {first}")]
    AmbiguousDate { first: String, second: String },
    #[error("is out of range; allowed: {allowed}")]
    OutOfRange { allowed: String },
    #[error("is none of: {allowed}")]
    NoChoice { allowed: String },
    #[error("is unknown; allowed: {allowed}")]
    Unknown { allowed: String },
    #[error("names no khoroo; write its code such as `bzd-26`, or `Баянзүрх 26`")]
    NoKhoroo,
    #[error("names several khoroos: {candidates}")]
    AmbiguousKhoroo { candidates: String },
    #[error("means khoroo {code}, which did not exist on {day} (vintage {vintage}); {elsewhere}")]
    KhorooNotThen { code: String, day: String, vintage: String, elsewhere: String },
    #[error("means khoroo {code}, which is not in vintage {vintage}; {elsewhere}")]
    KhorooNotThere { code: String, vintage: String, elsewhere: String },
    #[error("cannot be placed: no vintage holds {day}; {known}")]
    NoVintage { day: String, known: String },
    #[error("{key} stands already in {first}")]
    Duplicate { key: String, first: String },
    #[error("{detail}")]
    BrokenRule { detail: String },
    #[error("the store holds invented data ({detail}); --replace-demo removes it in the same transaction")]
    Illustrative { detail: String },
}

/// The first faults in the order in which they were found, and the number of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    pub listed: Vec<Fault>,
    pub n_faults: usize,
    limit: usize,
}

impl Place {
    pub fn of_file(file: &str) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    #[must_use]
    pub fn sheet(&self, sheet: &str) -> Self {
        Self { sheet: Some(sheet.into()), ..self.clone() }
    }

    #[must_use]
    pub fn row(&self, row: u32) -> Self {
        Self { row: Some(row), ..self.clone() }
    }

    #[must_use]
    /// - `column`: from 0.
    pub fn column(&self, column: usize, header: Option<&str>) -> Self {
        let letters = column_letters(column);
        let named = header.map_or(letters.clone(), |header| format!("{letters} \"{}\"", shown(header)));
        Self { column: Some(named.into()), ..self.clone() }
    }

    #[must_use]
    pub fn value(&self, value: impl fmt::Display) -> Self {
        Self { value: Some(shown(&value.to_string()).into()), ..self.clone() }
    }

    pub fn fault(&self, problem: Problem) -> Fault {
        Fault { place: self.clone(), problem }
    }
}

/// The name that spreadsheets give a column, counted from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// One line, not too long.
fn shown(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN_CHARS).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() { format!("{line}…") } else { line }
}

impl Faults {
    pub fn new(limit: usize) -> Self {
        Self { listed: Vec::new(), n_faults: 0, limit }
    }

    pub fn push(&mut self, fault: Fault) {
        self.n_faults += 1;
        if self.are_listed() {
            self.listed.push(fault);
        }
    }

    /// False once the next fault would only be counted.
    pub const fn are_listed(&self) -> bool {
        self.listed.len() < self.limit
    }

    pub const fn is_empty(&self) -> bool {
        self.n_faults == 0
    }

    pub fn unlisted(&self) -> usize {
        self.n_faults - self.listed.len()
    }
}

impl Default for Faults {
    fn default() -> Self {
        Self::new(LISTED_FAULTS)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " sheet `{sheet}`")?;
        }
        if let Some(row) = self.row {
            write!(f, " row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, " column {column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, ": `{value}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joint = if self.place.value.is_some() { "" } else { ":" };
        write!(f, "{}{joint} {}", self.place, self.problem)
    }
}

impl Problem {
    /// A stable word for the variant, for programs that read the report.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoFile => "no_file",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty => "empty",
            Self::Password => "password",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::Damaged { .. } => "damaged",
            Self::TooMuch { .. } => "too_much",
            Self::ZipBomb { .. } => "zip_bomb",
            Self::NotText { .. } => "not_text",
            Self::ControlCharacter { .. } => "control_character",
            Self::BrokenRow { .. } => "broken_row",
            Self::Merged { .. } => "merged",
            Self::CellError { .. } => "cell_error",
            Self::Uncomputed => "uncomputed",
            Self::NoKnownSheet { .. } => "no_known_sheet",
            Self::UnknownSheet { .. } => "unknown_sheet",
            Self::NoHeader { .. } => "no_header",
            Self::MissingColumn { .. } => "missing_column",
            Self::DuplicateColumn { .. } => "duplicate_column",
            Self::Required { .. } => "required",
            Self::NotA { .. } => "wrong_type",
            Self::AmbiguousDate { .. } => "ambiguous_date",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NoChoice { .. } => "no_choice",
            Self::Unknown { .. } => "unknown",
            Self::NoKhoroo => "no_khoroo",
            Self::AmbiguousKhoroo { .. } => "ambiguous_khoroo",
            Self::KhorooNotThen { .. } => "khoroo_not_then",
            Self::KhorooNotThere { .. } => "khoroo_not_there",
            Self::NoVintage { .. } => "no_vintage",
            Self::Duplicate { .. } => "duplicate",
            Self::BrokenRule { .. } => "broken_rule",
            Self::Illustrative { .. } => "illustrative",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        let check = |column, letters| assert_eq!(column_letters(column), letters);
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(701, "ZZ");
        check(702, "AAA");
        check(16_383, "XFD");
    }

    #[test]
    fn a_fault_names_file_sheet_row_column_and_value() {
        let place = Place::of_file("a.xlsx")
            .sheet("Сайн туршлага")
            .row(7)
            .column(3, Some("Огноо"))
            .value("2022.13.01");
        let fault = place.fault(Problem::NotA { expected: "a day such as 2022-05-14".into() });
        assert_eq!(
            fault.to_string(),
            "`a.xlsx` sheet `Сайн туршлага` row 7 column D \"Огноо\": `2022.13.01` is not a day such as 2022-05-14"
        );
    }

    #[test]
    fn faults_beyond_the_limit_are_counted_only() {
        let mut faults = Faults::new(2);
        for row in 1..=5 {
            faults.push(Place::of_file("a.csv").row(row).fault(Problem::Empty));
        }
        assert_eq!((faults.listed.len(), faults.n_faults, faults.unlisted()), (2, 5, 3));
    }
}
