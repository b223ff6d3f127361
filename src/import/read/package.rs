//! The container of a workbook, weighed before anything in it is parsed.
//!
//! What a workbook promises of itself is not believed: every part is unpacked once into nothing and
//! counted, and the length of its longest token is taken, because a parser of XML holds one token at a
//! time in memory. So nothing that is parsed afterwards can be larger than the limits say.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Limits, within};
use crate::import::fault::{Fault, Place, Problem};

/// Begins a zip container.
pub const ZIP: &[u8] = b"PK\x03\x04";
/// Begins a compound file: an old `.xls`, or any workbook with a password.
pub const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Signature of the record that ends a zip.
const END: &[u8] = b"PK\x05\x06";
/// Signature of what stands there in archives of more than 65 535 entries or 4 GiB.
const LARGE_END: &[u8] = b"PK\x06\x07";
/// Where the ending record says how many entries there are.
const ENTRIES_AT: usize = 10;
/// The longest ending: record, comment, and the pointer of large archives in front of it.
const TAIL_BYTES: usize = 22 + 65_535 + 20;
/// The strings that cells share.
const SHARED_STRINGS: &str = "xl/sharedStrings.xml";
/// A shared string takes at least this much: `<si/>`.
const SHARED_STRING_BYTES: u64 = 5;

/// Each merged range of cells is a tag of this name.
const MERGED: &[u8] = b"mergeCell ";

/// Why a compound file is not read.
pub fn why_compound(bytes: &[u8]) -> Problem {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &encrypted).is_some() {
        Problem::Password
    } else {
        Problem::UnknownKind { found: "an Excel workbook of before 2007 (.xls)" }
    }
}

/// Makes sure that `bytes` is a workbook whose parts stay within the limits.
pub fn weigh(place: &Place, bytes: &[u8], limits: Limits) -> Result<(), Fault> {
    let damaged = |detail: String| place.fault(Problem::Damaged { detail });
    within(place, "number of parts", promised_parts(bytes).map_err(damaged)?, limits.parts as u64)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let mut left_bytes = limits.unpacked_bytes;
    let (mut has_workbook, mut n_merged) = (false, 0);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let part = entry.name().map_err(|e| damaged(e.to_string()))?.into_owned();
        has_workbook |= part == "xl/workbook.xml";
        if part == "mimetype" {
            return Err(place.fault(Problem::UnknownKind { found: "an OpenDocument file" }));
        }
        let limit = if part.eq_ignore_ascii_case(SHARED_STRINGS) {
            limits.shared_string_bytes
        } else {
            limits.part_bytes
        }
        .min(left_bytes);
        let extension = part.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let is_xml = matches!(extension.as_deref(), Some("xml" | "rels"));
        let weight = count(entry, limit, is_xml).map_err(|e| damaged(format!("part `{part}`: {e}")))?;
        if weight.bytes > limit {
            return Err(place.fault(Problem::ZipBomb { part, limit }));
        }
        within(place, "size in bytes of one tag or text", weight.token_bytes, limits.token_bytes as u64)?;
        if part.eq_ignore_ascii_case(SHARED_STRINGS) && weight.promised > weight.bytes / SHARED_STRING_BYTES {
            let detail = format!("part `{part}` promises {} strings, more than it can hold", weight.promised);
            return Err(damaged(detail));
        }
        left_bytes -= weight.bytes;
        n_merged += weight.merged;
        within(place, "number of merged cells", n_merged, limits.merged as u64)?;
    }
    if has_workbook {
        Ok(())
    } else {
        Err(place.fault(Problem::UnknownKind { found: "an archive without a workbook" }))
    }
}

/// The number of entries that the archive's ending states, before the list is read into memory.
fn promised_parts(bytes: &[u8]) -> Result<u64, String> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL_BYTES)..];
    if memchr::memmem::rfind(tail, LARGE_END).is_some() {
        return Err("its list of parts is of the form for huge archives".into());
    }
    let end =
        memchr::memmem::rfind(tail, END).ok_or("its list of parts is missing; the file may be cut off")?;
    match tail.get(end + ENTRIES_AT..end + ENTRIES_AT + 2) {
        Some(&[low, high]) => Ok(u64::from(u16::from_le_bytes([low, high]))),
        _ => Err("its list of parts is cut off".into()),
    }
}

#[derive(Debug, Default)]
struct Weight {
    bytes: u64,
    /// Of the longest stretch from one `<` to the next.
    token_bytes: u64,
    /// `uniqueCount` at the head, 0 where there is none.
    promised: u64,
    /// Tags of merged cells.
    merged: u64,
}

/// Unpacks into nothing, up to `limit` bytes and one more.
fn count(entry: impl Read, limit: u64, is_xml: bool) -> std::io::Result<Weight> {
    let mut entry = entry.take(limit.saturating_add(1));
    let mut buffer = vec![0; 64 << 10];
    let mut weight = Weight::default();
    let mut token_start = 0;
    // The end of the chunk before, as a name may be cut in two.
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let n = entry.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        let chunk = &buffer[..n];
        if is_xml {
            if weight.bytes == 0 {
                weight.promised = unique_count(chunk);
            }
            for at in memchr::memchr_iter(b'<', chunk) {
                let at = weight.bytes + at as u64;
                weight.token_bytes = weight.token_bytes.max(at - token_start);
                token_start = at;
            }
            weight.merged += memchr::memmem::find_iter(chunk, MERGED).count() as u64;
            tail.extend(&chunk[..chunk.len().min(MERGED.len() - 1)]);
            weight.merged += memchr::memmem::find_iter(&tail, MERGED).count() as u64;
            tail.clear();
            tail.extend(&chunk[chunk.len().saturating_sub(MERGED.len() - 1)..]);
        }
        weight.bytes += n as u64;
    }
    if is_xml {
        weight.token_bytes = weight.token_bytes.max(weight.bytes - token_start);
    }
    Ok(weight)
}

fn unique_count(head: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let Some(at) = memchr::memmem::find(head, NAME) else { return 0 };
    let digits =
        head[at + NAME.len()..].iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
    digits.fold(0_u64, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}
