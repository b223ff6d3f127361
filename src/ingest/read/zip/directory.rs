//! An archive's list of entries, read within limits.
//!
//! The list is parsed whole before anything can be asked of it, and each of its 46 bytes becomes some
//! hundreds in memory. So the record at the archive's end is looked at first, and reading is metered
//! until the list is known: a record that lies about the number only meets the meter.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use zip::ZipArchive;

use super::explain;
use crate::ingest::cause::Cause;
use crate::ingest::read::{Limits, name_of};

/// Signature of the record that ends an archive.
const END: [u8; 4] = *b"PK\x05\x06";
/// The record without its comment, bytes.
const END_BYTES: usize = 22;
/// Where the record says how many entries there are.
const ENTRIES_AT: usize = 10;
/// A number that stands in a larger record (zip64) instead.
const ELSEWHERE: u16 = u16::MAX;
/// The record with the longest comment, bytes.
const TAIL_BYTES: u64 = END_BYTES as u64 + u16::MAX as u64;

/// What an entry takes in the list at most on average: 46 bytes, name, times, comment.
const ENTRY_BYTES: u64 = 1 << 10;
/// For finding the list.
const SEARCH_BYTES: u64 = 1 << 20;

/// A file of which only so much is read.
pub struct Metered {
    inner: BufReader<File>,
    left_bytes: Rc<Cell<u64>>,
}

/// Errors: no archive, or more entries than the limits allow; either way little was read.
pub fn open(file: &Path, mut source: File, limits: Limits) -> Result<ZipArchive<Metered>, Cause> {
    let limit = limits.zip_entries as u64;
    let too_many = |found| Cause::TooLarge { file: name_of(file), what: "number of entries", found, limit };
    let unreadable = |e: io::Error| Cause::Unreadable { file: name_of(file), detail: e.to_string() };
    match promised_entries(&mut source).map_err(unreadable)? {
        None => {
            let detail = "as an archive: its list of entries is missing".to_owned();
            return Err(Cause::Truncated { file: name_of(file), detail });
        }
        Some(ELSEWHERE) => {}
        Some(n) if u64::from(n) > limit => return Err(too_many(n.into())),
        Some(_) => {}
    }

    let list_bytes = limit.saturating_mul(ENTRY_BYTES).saturating_add(SEARCH_BYTES);
    let left_bytes = Rc::new(Cell::new(list_bytes));
    let metered = Metered { inner: BufReader::new(source), left_bytes: left_bytes.clone() };
    let zip = ZipArchive::new(metered).map_err(|e| {
        if left_bytes.get() > 0 {
            return explain(file, &e);
        }
        let what = "bytes of its list of entries";
        Cause::TooLarge { file: name_of(file), what, found: list_bytes + 1, limit: list_bytes }
    })?;
    if zip.len() as u64 > limit {
        return Err(too_many(zip.len() as u64));
    }
    // What comes out of the entries has limits of its own.
    left_bytes.set(u64::MAX);
    Ok(zip)
}

/// What the last record of the archive says; `None` where there is no such record.
fn promised_entries(source: &mut File) -> io::Result<Option<u16>> {
    let size_bytes = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(size_bytes.saturating_sub(TAIL_BYTES)))?;
    let mut tail = Vec::new();
    source.by_ref().take(TAIL_BYTES).read_to_end(&mut tail)?;
    source.rewind()?;
    let end = tail.windows(END_BYTES).rfind(|window| window.starts_with(&END));
    Ok(end.map(|end| u16::from_le_bytes([end[ENTRIES_AT], end[ENTRIES_AT + 1]])))
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        let left_bytes = self.left_bytes.get().saturating_sub(n_bytes as u64);
        self.left_bytes.set(left_bytes);
        if left_bytes == 0 {
            return Err(io::Error::other("the list of entries is over its limit"));
        }
        Ok(n_bytes)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
