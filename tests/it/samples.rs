//! The samples in `data/`: what is committed is what the product makes, and it can be taken in.
//!
//! `HLP_UPDATE_DATA=1 cargo test --test it samples` writes all of it anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hlp_tracker::demo::facts::FACTS;
use hlp_tracker::demo::{DemoOptions, NOTICE, generate};
use hlp_tracker::import::{self, Plan, Request, filled, template};
use hlp_tracker::model::naming::CITY_DISTRICTS;
use hlp_tracker::model::{Change, Khoroo, KhorooCode, Loaded, Records, Row, Vintage, rules};
use jiff::civil::date;

use crate::support::applied;

/// What the sample is a part of: the default demo, so that its places fit the demo's ground.
fn sample() -> DemoOptions {
    DemoOptions { records_pct: 5, ..DemoOptions::default() }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn sample_records() -> Records {
    let mut loaded = Loaded::default();
    for change in generate(&sample()).changes {
        if let Change::Put(row) = change {
            loaded.add(row);
        }
    }
    loaded.sort();
    loaded.records
}

/// Files of `data/` made by the product, with their bytes; all but the workbook, whose bytes are the writer's.
fn made() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let lists: Vec<Row> = Records::starting().into_rows().chain(ground()).collect();
    for sheet in filled::sheets(&lists) {
        files.push((format!("codes/{}.csv", sheet.kind.name), sheet.csv().expect("memory")));
    }
    let sample: Vec<Row> = sample_records().into_rows().filter(Row::is_illustrative).collect();
    for sheet in filled::sheets(&sample) {
        files.push((format!("sample/{}.csv", sheet.kind.name), sheet.csv().expect("memory")));
    }
    let mut districts =
        String::from("\u{feff}code,number,name_mn,name_en,nso_code,khoroos_2020,khoroos_2022\n");
    for ((number, district), facts) in (1..).zip(&CITY_DISTRICTS).zip(&FACTS) {
        let nso = district.nso_code;
        let (code, mn, en) = (district.code, district.name_mn, district.name_en);
        let (before, after) = (facts.khoroos_2020, facts.khoroos_2022);
        writeln!(districts, "{code},{number},{mn},{en},{nso},{before},{after}").expect("text takes all");
    }
    files.push(("codes/districts.csv".into(), districts.into_bytes()));
    files
}

/// Both vintages as lists of codes, without lines.
fn ground() -> Vec<Row> {
    let vintage = |id: &str, n, valid_from, valid_to, source: &str| Vintage {
        id: id.parse().expect("a vintage"),
        valid_from,
        valid_to,
        title_mn: format!("{n} хороо"),
        title_en: format!("{n} khoroos"),
        source: source.into(),
        illustrative: false,
    };
    let vintages = [
        vintage(
            "2020",
            171,
            date(2020, 1, 1),
            Some(date(2021, 12, 31)),
            "Counts by district of a khoroo layer published in December 2020; codes alone, no lines",
        ),
        vintage(
            "2022",
            204,
            date(2022, 1, 1),
            None,
            "Counts by district as published for 2022; codes alone, no lines",
        ),
    ];
    let khoroos = vintages.iter().zip([false, true]).flat_map(|(vintage, is_newest)| {
        CITY_DISTRICTS.iter().zip(&FACTS).flat_map(move |(district, facts)| {
            let n = if is_newest { facts.khoroos_2022 } else { facts.khoroos_2020 };
            (1..=n as u32).map(move |number| {
                let code = KhorooCode::new(district.code.parse().expect("a district"), number);
                Khoroo {
                    id: code.expect("a khoroo").at(&vintage.id),
                    name_mn: None,
                    name_en: None,
                    nso_code: None,
                    land_code: None,
                    ebarilga_code: None,
                    population: None,
                    population_year: None,
                    households: None,
                    shape: None,
                    illustrative: false,
                }
            })
        })
    });
    let khoroos: Vec<Row> = khoroos.map(Row::Khoroo).collect();
    vintages.into_iter().map(Row::Vintage).chain(khoroos).collect()
}

/// A store with the lists that every store has, and the khoroos of `data/codes`.
fn with_khoroos() -> Loaded {
    let empty = Loaded { records: Records::starting(), ..Loaded::default() };
    let files = ["vintages", "khoroos"].map(|name| data(&format!("codes/{name}.csv")));
    let plan = planned(files.to_vec(), &empty);
    applied(&empty, &plan.changes)
}

fn planned(files: Vec<PathBuf>, existing: &Loaded) -> Plan {
    import::plan(&Request::new(files), existing, &mut |_| {}).unwrap_or_else(|refused| panic!("{refused}"))
}

fn csv_files() -> Vec<PathBuf> {
    let entries = fs::read_dir(data("sample")).expect("the sample is committed");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
}

#[test]
fn the_committed_data_is_what_the_product_makes() {
    let made = made();
    if std::env::var_os("HLP_UPDATE_DATA").is_some() {
        for folder in ["codes", "sample"] {
            fs::create_dir_all(data(folder)).expect("a folder");
        }
        for (name, bytes) in &made {
            fs::write(data(name), bytes).expect("written");
        }
        let workbook = template::filled(&sample_records(), NOTICE).expect("a workbook");
        fs::write(data("sample.xlsx"), workbook).expect("written");
    }
    for (name, bytes) in &made {
        let committed = fs::read(data(name)).unwrap_or_else(|e| panic!("data/{name}: {e}"));
        assert!(&committed == bytes, "data/{name} is not what the product makes");
    }
    assert_eq!(csv_files().len(), made.iter().filter(|(name, _)| name.starts_with("sample/")).count());
}

#[test]
fn the_workbook_and_the_csv_files_give_the_same_records_and_a_second_time_change_nothing() {
    let empty = with_khoroos();
    let expected = sample_records();
    for files in [vec![data("sample.xlsx")], csv_files()] {
        let plan = planned(files.clone(), &empty);
        let after = applied(&empty, &plan.changes);
        assert_eq!(after.records, expected, "{files:?}");
        assert_eq!(rules::check_loaded(&after).faults, []);
        let again = planned(files, &after);
        assert!(again.changes.is_empty(), "{:?}", again.changes.changes.first());
    }
}

#[test]
fn every_row_of_the_sample_says_that_it_is_invented() {
    let after = applied(&with_khoroos(), &planned(vec![data("sample.xlsx")], &with_khoroos()).changes);
    let lists = Records::starting().into_rows().count();
    let real = after.records.into_rows().filter(|row| !row.is_illustrative());
    assert_eq!(real.count(), lists, "codes alone are not invented");
    let book = fs::read(data("sample.xlsx")).expect("the sample is committed");
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a workbook");
    let mut strings = String::new();
    let mut part = book.by_name("xl/sharedStrings.xml").expect("texts");
    std::io::Read::read_to_string(&mut part, &mut strings).expect("UTF-8");
    assert!(strings.contains("Зохиомол жишээ") && strings.contains("Invented sample"));
}

#[test]
fn real_records_are_refused_beside_the_sample_and_invented_ones_are_not() {
    let empty = with_khoroos();
    let mut after = applied(&empty, &planned(csv_files(), &empty).changes);
    let folder = tempfile::tempdir().expect("a folder");
    let need = |flag: &str| {
        let path = folder.path().join("needs.csv");
        let row = format!("n-x,bzd-1,waste,2023-01-10,open,{flag}");
        fs::write(&path, format!("id,khoroo,theme,since,status,illustrative\n{row}\n")).expect("written");
        import::plan(&Request::new(vec![path]), &after, &mut |_| {})
    };
    for flag in ["", "no"] {
        let refused = need(flag).expect_err("real input into invented data");
        let codes: Vec<_> = refused.faults.listed.iter().map(|fault| fault.problem.code()).collect();
        assert_eq!(codes, ["illustrative"]);
    }
    let plan = need("yes").unwrap_or_else(|refused| panic!("{refused}"));
    after = applied(&after, &plan.changes);
    assert!(after.records.needs.iter().any(|need| need.id == "n-x" && need.illustrative));
}
