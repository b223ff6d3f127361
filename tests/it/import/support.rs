//! What the tests of import share: scratch files, workbooks, and what reading them brought.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use hlp_tracker::import::fault::{Fault, Faults};
use hlp_tracker::import::read::{Book, Budget, Limits, read};
use hlp_tracker::import::{self, Plan, Refused, Request};
use hlp_tracker::model::Loaded;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

pub fn scratch() -> TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

pub fn put(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a scratch file");
    path
}

/// A workbook of one sheet `practices`, filled by `fill`.
pub fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("practices").expect("a name");
    fill(sheet).expect("cells");
    book.save_to_buffer().expect("a workbook")
}

/// The workbook with one part rewritten: what no writer makes.
pub fn with_part(workbook: &[u8], part: &str, edit: impl Fn(String) -> String) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..source.len() {
        let mut entry = source.by_index(index).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        let text = if name == part { edit(text) } else { text };
        target.start_file(name, SimpleFileOptions::default()).expect("a part");
        target.write_all(text.as_bytes()).expect("memory");
    }
    target.finish().expect("memory").into_inner()
}

pub fn read_bytes(name: &str, bytes: impl AsRef<[u8]>) -> (Result<Book, Fault>, Faults) {
    read_within(name, bytes, Limits::default())
}

pub fn read_within(name: &str, bytes: impl AsRef<[u8]>, limits: Limits) -> (Result<Book, Fault>, Faults) {
    let folder = scratch();
    let path = put(&folder, name, bytes);
    read_path(&path, limits)
}

pub fn read_path(path: &Path, limits: Limits) -> (Result<Book, Fault>, Faults) {
    let name = path.file_name().expect("a file").to_string_lossy();
    let mut faults = Faults::default();
    let book = read(path, &name, &mut Budget::new(limits), &mut faults, &mut |_| {});
    (book, faults)
}

/// The book of a file without faults.
pub fn whole((book, faults): (Result<Book, Fault>, Faults)) -> Book {
    let listed: Vec<String> = faults.listed.iter().map(ToString::to_string).collect();
    assert!(listed.is_empty(), "{listed:#?}");
    book.unwrap_or_else(|fault| panic!("{fault}"))
}

/// The code and the message of the fault that ended the reading.
pub fn refusal((book, _): (Result<Book, Fault>, Faults)) -> (&'static str, String) {
    let fault = book.expect_err("this has to be refused");
    (fault.problem.code(), fault.to_string())
}

/// A workbook of plain text cells: name and rows of each sheet.
pub fn book_of(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// Vintages, khoroos, a cycle and all lists: what records stand on.
pub const GROUND: &[(&str, &[&[&str]])] = &[
    (
        "vintages",
        &[
            &["id", "valid_from", "valid_to", "title_mn", "title_en", "source"],
            &["2020", "2020-01-01", "2021-12-31", "171 хороо", "171 khoroos", "a list"],
            &["2022", "2022-01-01", "", "204 хороо", "204 khoroos", "a list"],
        ],
    ),
    (
        "khoroos",
        &[
            &["vintage", "khoroo", "population", "population_year"],
            &["2020", "bzd-26", "9 000", "2020"],
            &["2020", "skhd-3", "", ""],
            &["2022", "bzd-26", "8,500", "2022"],
            &["2022", "СХД-3", "", ""],
            &["2022", "Баянзүрх 43", "", ""],
        ],
    ),
    (
        "cycles",
        &[
            &["id", "title_mn", "title_en", "starts_on", "ends_on"],
            &["2022", "2022 он", "2022", "2022-02-01", "2023-08-31"],
        ],
    ),
    (
        "themes",
        &[
            &["code", "name_mn", "name_en", "position"],
            &["waste", "Хог хаягдал", "Waste", "1"],
            &["green", "Ногоон байгууламж", "Greening", "2"],
        ],
    ),
    (
        "replication_statuses",
        &[
            &["code", "name_mn", "name_en", "position", "counts", "active"],
            &["planned", "Төлөвлөсөн", "Planned", "1", "үгүй", "тийм"],
            &["completed", "Дууссан", "Completed", "2", "тийм", "тийм"],
        ],
    ),
    (
        "funding_sources",
        &[
            &["code", "name_mn", "name_en", "position", "direct"],
            &["own", "Өөрийн төсөв", "Own budget", "1", "тийм"],
            &["ldf", "Орон нутгийн хөгжлийн сан", "Local Development Fund", "2", "үгүй"],
        ],
    ),
    ("ratings", &[&["code", "name_mn", "name_en", "position"], &["good", "Сайн", "Good", "1"]]),
    ("steps", &[&["code", "name_mn", "name_en", "position"], &["share", "Семинар", "Workshop", "1"]]),
    ("trainers", &[&["id", "org"], &["t-1", "HRDC"]]),
];

/// One record of every kind that stands on [`GROUND`], without a fault.
pub const RECORDS: &[(&str, &[&[&str]])] = &[
    (
        "Сайн туршлага",
        &[
            &["Код", "Нэр", "Сэдэв", "Хороо", "Төлөв", "Эхлэх зардал, ₮", "Уртраг", "Өргөрөг"],
            &[
                "p-1",
                "Хог ангилах цэг",
                "хог хаягдал",
                "БЗД-26",
                "танилцуулсан",
                "100 200 ₮",
                "106.99",
                "47.91",
            ],
        ],
    ),
    (
        "Practice status changes",
        &[&["practice", "changed on", "status"], &["p-1", "2022.03.01", "identified"]],
    ),
    (
        "identifications",
        &[
            &[
                "practice",
                "cycle",
                "khoroo",
                "entered_on",
                "stage",
                "decision",
                "mode",
                "invited",
                "attended",
            ],
            &[
                "p-1",
                "2022",
                "Баянзүрх дүүргийн 26 дугаар хороо",
                "2022/2/14",
                "хот",
                "accepted",
                "цахим",
                "145",
                "100",
            ],
        ],
    ),
    (
        "identification_stages",
        &[
            &["practice", "cycle", "stage", "reached_on", "decision", "awarded"],
            &["p-1", "2022", "city", "2022-03-01", "accepted", "x"],
        ],
    ),
    (
        "workshops",
        &[
            &[
                "id",
                "cycle",
                "scope",
                "district",
                "held_on",
                "mode",
                "invited",
                "attended_f",
                "attended_m",
                "practices",
            ],
            &["w-1", "2022", "дүүрэг", "БЗД", "2022-04-01", "хосолсон", "40", "20", "10", "p-1"],
        ],
    ),
    (
        "visits",
        &[
            &["id", "cycle", "host", "visitors", "practices", "held_on", "mode", "status", "cost", "trainer"],
            &[
                "v-1",
                "2022",
                "bzd-26",
                "СХД-3 (4); bzd-43",
                "p-1",
                "2022-05-14",
                "танхим",
                "болсон",
                "₮50,000",
                "t-1",
            ],
        ],
    ),
    (
        "votes",
        &[
            &[
                "khoroo",
                "practice",
                "cycle",
                "rank",
                "votes",
                "voters",
                "citizens_involved",
                "decided_on",
                "decision",
            ],
            &["skhd-3", "p-1", "2022", "1", "30", "40", "yes", "2022-06-01", "нутагшуулах"],
        ],
    ),
    (
        "replications",
        &[
            &["id", "practice", "khoroo", "cycle", "status", "decided_on", "completed_on", "learning_route"],
            &["r-1", "p-1", "СХД-3", "2022", "дууссан", "2022-06-02", "2022-09-01", "айлчлал"],
        ],
    ),
    (
        "replication_status_changes",
        &[&["replication", "changed_on", "status"], &["r-1", "2022-06-02", "planned"]],
    ),
    (
        "budget_lines",
        &[
            &["replication", "position", "source", "amount", "fiscal_year"],
            &["r-1", "1", "own", "100 200", "2022"],
            &["r-1", "2", "Орон нутгийн хөгжлийн сан", "5,000,000 ₮", "2022"],
        ],
    ),
    (
        "reviews",
        &[
            &["id", "replication", "reviewers", "reviewed_on", "rating", "comment"],
            &["e-1", "r-1", "bzd-43", "2022-10-01", "сайн", "=HYPERLINK(\"x\")"],
        ],
    ),
    (
        "trainings",
        &[
            &[
                "id",
                "org",
                "title_mn",
                "held_on",
                "form",
                "participants_f",
                "pre_score_pct",
                "post_score_pct",
                "n_post",
            ],
            &["tr-1", "HRDC", "Сургагч", "2022-03-01", "цахим", "69", "46 %", "76 %", "60"],
        ],
    ),
    (
        "needs",
        &[
            &["id", "khoroo", "theme", "since", "status", "urgency"],
            &["n-1", "skhd-3", "green", "2022-03-01", "нээлттэй", "2"],
        ],
    ),
    (
        "offers",
        &[
            &["id", "khoroo", "practice", "capacity_per_quarter", "status"],
            &["o-1", "bzd-26", "p-1", "2", "open"],
        ],
    ),
    (
        "khoroo_facts",
        &[&["khoroo", "year", "population", "source"], &["bzd-26", "2022", "8 500", "a register"]],
    ),
    ("travel_times", &[&["from", "to", "minutes", "source"], &["bzd-26", "skhd-3", "35", "estimate"]]),
];

/// Plans one file into a store.
pub fn plan_into(existing: &Loaded, name: &str, bytes: impl AsRef<[u8]>) -> Result<Plan, Refused> {
    let folder = scratch();
    let path = put(&folder, name, bytes);
    import::plan(&Request::new(vec![path]), existing, &mut |_| {})
}

pub fn accepted(outcome: Result<Plan, Refused>) -> Plan {
    outcome.unwrap_or_else(|refused| panic!("refused:\n{refused}"))
}

/// Messages of all faults.
pub fn messages(outcome: Result<Plan, Refused>) -> Vec<String> {
    let refused = outcome.expect_err("this has to be refused");
    refused.faults.listed.iter().map(ToString::to_string).collect()
}

/// The store after the plan.
pub fn applied(existing: &Loaded, plan: &Plan) -> Loaded {
    crate::support::applied(existing, &plan.changes)
}

/// A store that holds [`GROUND`].
pub fn ground() -> Loaded {
    let plan = accepted(plan_into(&Loaded::default(), "ground.xlsx", book_of(GROUND)));
    applied(&Loaded::default(), &plan)
}

/// [`RECORDS`] with the first cell that reads `old` replaced.
pub fn spoiled(sheet: &str, old: &str, new: &str) -> Vec<u8> {
    let mut is_done = false;
    let rows = |cells: &[&str]| -> Vec<String> { cells.iter().map(|cell| (*cell).to_owned()).collect() };
    let mut sheets: Vec<(&str, Vec<Vec<String>>)> = RECORDS
        .iter()
        .map(|(name, lines)| (*name, lines.iter().map(|cells| rows(cells)).collect()))
        .collect();
    for (name, lines) in &mut sheets {
        let cell = lines.iter_mut().flatten().find(|cell| *name == sheet && *cell == old && !is_done);
        if let Some(cell) = cell {
            new.clone_into(cell);
            is_done = true;
        }
    }
    assert!(is_done, "no cell `{old}` in `{sheet}`");
    let lines: Vec<(&str, Vec<Vec<&str>>)> = sheets
        .iter()
        .map(|(name, lines)| {
            (*name, lines.iter().map(|cells| cells.iter().map(String::as_str).collect()).collect())
        })
        .collect();
    let slices: Vec<(&str, Vec<&[&str]>)> =
        lines.iter().map(|(name, lines)| (*name, lines.iter().map(Vec::as_slice).collect())).collect();
    let sheets: Vec<(&str, &[&[&str]])> =
        slices.iter().map(|(name, lines)| (*name, lines.as_slice())).collect();
    book_of(&sheets)
}
