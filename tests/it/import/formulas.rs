//! Text that a spreadsheet would compute: it goes out as text and comes back as the same text.

use hlp_tracker::import::filled;
use hlp_tracker::import::read::{Cell, Format};
use hlp_tracker::import::template;
use hlp_tracker::model::{Loaded, Records};

use super::support::{RECORDS, accepted, applied, book_of, ground, plan_into, read_bytes, whole};

/// What people may have typed into a title, or put there to have it computed.
const TYPED: [&str; 9] = [
    "=1+2",
    "=HYPERLINK(\"http://x\",\"дарна уу\")",
    "+976 7000-0001",
    "-5 градус",
    "@SUM(A1)",
    "＝1+2",
    "'=1+2",
    "''@x",
    "'s Gravenhage",
];

/// The store of [`RECORDS`], its practice and review speaking like `typed`.
fn store(typed: &str) -> Loaded {
    let mut store = applied(&ground(), &accepted(plan_into(&ground(), "a.xlsx", book_of(RECORDS))));
    typed.clone_into(&mut store.records.practices[0].title_mn);
    store.records.practices[0].summary_mn = Some(typed.to_owned());
    store.records.reviews[0].comment = Some(typed.to_owned());
    store
}

fn csv_of(records: &Records, kind: &str) -> Vec<u8> {
    let sheets = filled::sheets(&records.clone().into_rows().collect::<Vec<_>>());
    let sheet = sheets.into_iter().find(|sheet| sheet.kind.name == kind).expect("its rows");
    sheet.csv().expect("memory")
}

#[test]
fn no_cell_of_a_written_csv_begins_a_formula() {
    for typed in TYPED {
        let bytes = csv_of(&store(typed).records, "practices");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        for cell in
            reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            assert!(!begins, "{typed}: {cell}");
        }
        let written = String::from_utf8(bytes).expect("UTF-8");
        assert!(written.contains(&typed.replace('"', "\"\"")), "{written}");
    }
}

#[test]
fn a_written_csv_and_a_written_workbook_read_back_as_the_same_records() {
    for typed in TYPED {
        let store = store(typed);
        for kind in ["practices", "reviews"] {
            let plan = accepted(plan_into(&store, &format!("{kind}.csv"), csv_of(&store.records, kind)));
            assert_eq!(plan.changes.changes, [], "{typed} in {kind}.csv");
        }
        let workbook = template::filled(&store.records, "Notice").expect("a workbook");
        let plan = accepted(plan_into(&store, "a.xlsx", workbook));
        assert_eq!(plan.changes.changes, [], "{typed} in a workbook");
    }
}

#[test]
fn a_written_workbook_holds_text_and_no_formula() {
    for typed in TYPED {
        let workbook = template::filled(&store(typed).records, "Notice").expect("a workbook");
        let book = whole(read_bytes("a.xlsx", workbook));
        let cells = || book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|line| &line.cells);
        assert!(book.sheets.iter().all(|sheet| sheet.n_formulas == 0), "{typed}");
        let n = cells().filter(|cell| **cell == Cell::Text(typed.into())).count();
        assert_eq!(n, 3, "{typed}");
    }
}

#[test]
fn an_apostrophe_is_taken_off_only_in_text_files_and_only_in_front_of_a_formula() {
    let cells = |name: &str, bytes: Vec<u8>| -> Vec<String> {
        let book = whole(read_bytes(name, bytes));
        let is_text = book.sheets[0].format == Format::Csv;
        assert_eq!(is_text, name.ends_with("csv"));
        book.sheets[0].rows.iter().flat_map(|line| &line.cells).map(ToString::to_string).collect()
    };
    let row: &[&str] = &["'=1", "''=1", "=1", "'a", "'", "'-5"];
    assert_eq!(cells("a.csv", row.join(",").into_bytes()), ["=1", "'=1", "=1", "'a", "'", "-5"]);
    assert_eq!(cells("a.xlsx", book_of(&[("practices", &[row])])), row);
}
