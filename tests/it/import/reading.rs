//! Files to cells: every encoding and separator, and workbooks that are not what they seem.

use hlp_tracker::import::read::{Cell, Epoch, Format, Limits};
use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};

use super::support::{read_bytes, read_path, read_within, refusal, whole, with_part, workbook};

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

#[test]
fn cells_of_a_workbook_are_what_the_file_says_they_are() {
    let bytes = workbook(|sheet| {
        let day = CellFormat::new().set_num_format("yyyy-mm-dd");
        sheet.write(0, 0, "id")?.write(0, 1, "value")?;
        sheet.write(1, 0, "text")?.write(1, 1, "  Сайн туршлага \u{a0}")?;
        sheet.write(2, 0, "number")?.write(2, 1, 100_200)?;
        sheet.write(3, 0, "day")?;
        sheet.write_with_format(3, 1, ExcelDateTime::from_ymd(2022, 5, 14)?, &day)?;
        sheet.write(4, 0, "bool")?.write(4, 1, true)?;
        sheet.write(6, 3, "far away")?;
        Ok(())
    });
    let book = whole(read_bytes("a.xlsx", bytes));
    let [sheet] = &book.sheets[..] else { panic!("one sheet") };
    assert_eq!((sheet.name.as_str(), sheet.format, sheet.epoch), ("practices", Format::Xlsx, Epoch::Y1900));
    let rows: Vec<(u32, &[Cell])> =
        sheet.rows.iter().map(|line| (line.row_no, line.cells.as_slice())).collect();
    assert_eq!(
        rows,
        [
            (1, &[text("id"), text("value")][..]),
            (2, &[text("text"), text("Сайн туршлага")]),
            (3, &[text("number"), Cell::Number(100_200.0)]),
            (4, &[text("day"), Cell::Date(date(2022, 5, 14))]),
            (5, &[text("bool"), Cell::Bool(true)]),
            (7, &[Cell::Empty, Cell::Empty, Cell::Empty, text("far away")]),
        ]
    );
}

#[test]
fn days_of_a_workbook_with_the_old_epoch_are_the_same_days() {
    let bytes = workbook(|sheet| {
        let day = CellFormat::new().set_num_format("yyyy-mm-dd");
        sheet.write(0, 0, 43_233)?.write_with_format(0, 1, 43_233, &day)?;
        Ok(())
    });
    let bytes = with_part(&bytes, "xl/workbook.xml", |xml| {
        xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    let book = whole(read_bytes("mac.xlsx", bytes));
    assert_eq!(book.sheets[0].epoch, Epoch::Y1904);
    assert_eq!(book.sheets[0].rows[0].cells, [Cell::Number(43_233.0), Cell::Date(date(2022, 5, 14))]);
}

#[test]
fn hidden_sheets_are_passed_over_and_named() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("practices").expect("a name").write(0, 0, "id").expect("a cell");
    book.add_worksheet().set_name("old").expect("a name").set_hidden(true).write(0, 0, "id").expect("a cell");
    book.add_worksheet()
        .set_name("lists")
        .expect("a name")
        .set_very_hidden(true)
        .write(0, 0, 1)
        .expect("a cell");
    let book = whole(read_bytes("a.xlsx", book.save_to_buffer().expect("a workbook")));
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["practices"]);
    assert_eq!(book.hidden, ["old", "lists"]);
}

#[test]
fn a_formula_counts_as_its_last_value_and_an_uncomputed_one_is_told_apart_from_nothing() {
    let bytes = workbook(|sheet| {
        sheet.write_formula(0, 0, Formula::new("=1+2").set_result("3"))?;
        sheet.write_formula(0, 1, Formula::new("=A1&\"x\"").set_result("3x"))?;
        sheet.write(0, 2, "=1+2")?;
        Ok(())
    });
    let book = whole(read_bytes("a.xlsx", &bytes));
    let sheet = &book.sheets[0];
    assert_eq!(sheet.rows[0].cells[..2], [Cell::Number(3.0), text("3x")]);
    assert_eq!(sheet.rows[0].cells[2], text("=1+2"), "a text stays a text");
    assert_eq!(sheet.n_formulas, 2);

    let bytes = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| xml.replace("<v>3</v>", ""));
    let book = whole(read_bytes("a.xlsx", bytes));
    assert_eq!(book.sheets[0].rows[0].cells[0], Cell::Uncomputed);
}

#[test]
fn errors_of_a_spreadsheet_are_kept_as_errors() {
    let bytes = workbook(|sheet| {
        sheet.write_formula(0, 0, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write_formula(0, 1, Formula::new("=NA()").set_result("#N/A"))?;
        Ok(())
    });
    let book = whole(read_bytes("a.xlsx", bytes));
    assert_eq!(book.sheets[0].rows[0].cells, [Cell::Error("#DIV/0!"), Cell::Error("#N/A")]);
}

#[test]
fn empty_strings_do_not_shift_the_others() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "first")?.write(0, 1, "second")?.write(0, 2, "third")?;
        Ok(())
    });
    for empty in ["<si><t></t></si>", "<si><t/></si>", "<si/>"] {
        let bytes =
            with_part(&bytes, "xl/sharedStrings.xml", |xml| xml.replace("<si><t>second</t></si>", empty));
        let book = whole(read_bytes("a.xlsx", bytes));
        assert_eq!(book.sheets[0].rows[0].cells, [text("first"), Cell::Empty, text("third")], "{empty}");
    }
}

#[test]
fn a_workbook_that_is_cut_off_or_spoiled_is_refused_as_damaged() {
    let bytes = workbook(|sheet| {
        for row in 0..500 {
            sheet.write(row, 0, format!("id-{row}"))?.write(row, 1, row)?;
        }
        Ok(())
    });
    for cut in [bytes.len() / 4, bytes.len() / 2, bytes.len() - 30] {
        assert_eq!(refusal(read_bytes("a.xlsx", &bytes[..cut])).0, "damaged", "{cut}");
    }
    let broken = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| xml[..xml.len() / 2].to_owned());
    assert_eq!(refusal(read_bytes("a.xlsx", broken)).0, "damaged");
    let lying = with_part(&bytes, "xl/sharedStrings.xml", |xml| {
        xml.replacen("uniqueCount=\"500\"", "uniqueCount=\"99999999999999\"", 1)
    });
    let (code, message) = refusal(read_bytes("a.xlsx", lying));
    assert_eq!(code, "damaged", "{message}");
    assert!(message.contains("promises 99999999999999 strings"), "{message}");
}

#[test]
fn no_change_of_single_bytes_makes_reading_panic() {
    let bytes = workbook(|sheet| {
        for row in 0..20 {
            sheet.write(row, 0, format!("id-{row}"))?.write(row, 1, row)?.write(row, 2, row % 2 == 0)?;
        }
        sheet.merge_range(22, 0, 23, 0, "x", &CellFormat::new())?;
        Ok(())
    });
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"] {
        // Steps by a prime reach every kind of place without taking a minute.
        for at in (0..3_000).step_by(61) {
            for letter in ['<', '9', 'x', '"'] {
                let spoiled = with_part(&bytes, part, |xml| {
                    let spoil = |(n, c)| if n == at { letter } else { c };
                    xml.chars().enumerate().map(spoil).collect()
                });
                let _ = read_bytes("a.xlsx", spoiled);
            }
        }
    }
}

#[test]
fn other_kinds_of_workbooks_are_named() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/");
    let check = |file: &str, code: &str, words: &str| {
        let (found, message) = refusal(read_path(format!("{folder}{file}").as_ref(), Limits::default()));
        assert_eq!(found, code, "{message}");
        assert!(message.contains(words), "{message}");
    };
    check("protected.xlsx", "password", "save it without one");
    check("old.xls", "unknown_kind", "before 2007");
    check("open.ods", "unknown_kind", "OpenDocument");
    assert_eq!(refusal(read_bytes("empty.xlsx", "")).0, "empty");
    assert_eq!(refusal(read_bytes("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")).0, "not_text");
}

#[test]
fn limits_refuse_what_is_over_them_and_take_what_is_just_below() {
    let rows = |n: u32| {
        workbook(|sheet| {
            for row in 0..n {
                sheet.write(row, 0, format!("id-{row}"))?.write(row, 1, "x")?;
            }
            Ok(())
        })
    };
    let limits = Limits { rows: 20, cells: 40, ..Limits::default() };
    whole(read_within("a.xlsx", rows(20), limits));
    let (code, message) = refusal(read_within("a.xlsx", rows(21), limits));
    assert_eq!(
        (code, message.contains("number of rows of one import 21 is over the limit 20")),
        ("too_much", true),
        "{message}"
    );
    let narrow = Limits { cells: 39, ..limits };
    assert_eq!(refusal(read_within("a.xlsx", rows(20), narrow)).0, "too_much");
    let columns = Limits { columns: 1, ..limits };
    assert_eq!(refusal(read_within("a.xlsx", rows(1), columns)).0, "too_much");

    let csv = |n: usize| "id\n".repeat(n);
    whole(read_within("a.csv", csv(20), limits));
    assert_eq!(refusal(read_within("a.csv", csv(21), limits)).0, "too_much");
    let short = Limits { cell_chars: 5, ..limits };
    whole(read_within("a.csv", "өөөөө\n", short));
    assert_eq!(refusal(read_within("a.csv", "өөөөөө\n", short)).0, "too_much");
    let small = Limits { file_bytes: 60, ..limits };
    whole(read_within("a.csv", csv(20), small));
    assert_eq!(refusal(read_within("a.csv", csv(21), small)).0, "too_much");
}

#[test]
fn what_unpacks_without_end_is_refused_before_it_is_parsed() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "id")?;
        Ok(())
    });
    let spaces = |n: usize| {
        with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
            xml.replace("</sheetData>", &format!("{}</sheetData>", "<row></row>".repeat(n)))
        })
    };
    let limits = Limits { part_bytes: 1 << 20, ..Limits::default() };
    whole(read_within("a.xlsx", spaces(90_000), limits));
    assert_eq!(refusal(read_within("a.xlsx", spaces(100_000), limits)).0, "zip_bomb");
    let one_token = with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("<sheetData>", &format!("<sheetData><row r=\"{}\"/>", "1".repeat(2 << 20)))
    });
    assert_eq!(refusal(read_bytes("a.xlsx", one_token)).0, "too_much");
    let merged = |n: usize| {
        with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
            let cells = "<mergeCell ref=\"A1:B2\"/>".repeat(n);
            xml.replace("</sheetData>", &format!("</sheetData><mergeCells>{cells}</mergeCells>"))
        })
    };
    let limits = Limits { merged: 20_000, ..Limits::default() };
    whole(read_within("a.xlsx", merged(20_000), limits));
    let (code, message) = refusal(read_within("a.xlsx", merged(20_001), limits));
    assert_eq!(code, "too_much");
    assert!(message.contains("number of merged cells 20001 is over the limit 20000"), "{message}");
}

#[test]
fn what_is_only_named_like_a_workbook_is_refused_as_none() {
    let (code, message) = refusal(read_bytes("junk.xlsx", "hello"));
    assert_eq!(code, "unknown_kind");
    assert!(message.contains("`junk.xlsx`: is no workbook, though it is named like one"), "{message}");
}

#[test]
fn a_sheet_of_half_a_million_rows_is_refused_by_its_number_of_rows() {
    let bytes = workbook(|sheet| {
        for row in 0..500_000 {
            sheet.write(row, 0, row)?;
        }
        Ok(())
    });
    let (code, message) = refusal(read_bytes("a.xlsx", bytes));
    assert_eq!(code, "too_much");
    assert!(message.contains("number of rows of one import 250001 is over the limit 250000"), "{message}");
}

#[test]
fn text_files_are_the_same_in_every_encoding_and_separator() {
    let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("нэр;хороо\nСайн туршлага;БЗД-26\n");
    let utf16: Vec<u8> =
        "\u{feff}нэр\tхороо\nСайн туршлага\tБЗД-26\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [(&[u8], &str); 4] = [
        ("нэр,хороо\nСайн туршлага,БЗД-26\n".as_bytes(), "UTF-8, ,"),
        ("\u{feff}нэр;хороо\r\nСайн туршлага;БЗД-26\r\n".as_bytes(), "UTF-8, ;"),
        (&cyrillic, "windows-1251, ;"),
        (&utf16, "UTF-16LE, tab"),
    ];
    for (bytes, text_as) in files {
        let book = whole(read_bytes("сайн туршлага.csv", bytes));
        assert_eq!(book.text_as.as_deref(), Some(text_as));
        let [sheet] = &book.sheets[..] else { panic!("one sheet") };
        assert_eq!((sheet.name.as_str(), sheet.format), ("сайн туршлага", Format::Csv));
        let rows: Vec<&[Cell]> = sheet.rows.iter().map(|line| line.cells.as_slice()).collect();
        assert_eq!(rows, [&[text("нэр"), text("хороо")][..], &[text("Сайн туршлага"), text("БЗД-26")]]);
    }
}

#[test]
fn a_cell_with_a_control_character_is_refused_with_its_place() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "title")?.write(1, 1, "MARK")?;
        Ok(())
    });
    for mark in ["a\u{1}b", "a\u{7f}b"] {
        let bytes = with_part(&bytes, "xl/sharedStrings.xml", |xml| xml.replace("MARK", mark));
        let (code, message) = refusal(read_bytes("a.xlsx", bytes));
        assert_eq!(code, "control_character", "{message}");
        assert!(message.contains("row 2") && message.contains("column B"), "{message}");
        assert!(!message.contains(char::is_control), "{message:?}");
    }
    let bytes = with_part(&bytes, "xl/sharedStrings.xml", |xml| xml.replace("MARK", "a\tb"));
    assert_eq!(whole(read_bytes("a.xlsx", bytes)).sheets[0].rows[1].cells[1], text("a\tb"));
}
