//! What the tests of import share: scratch files, workbooks, and what reading them brought.

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use hlp_tracker::import::fault::{Fault, Faults};
use hlp_tracker::import::read::{Book, Budget, Limits, read};
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
