//! What kind of file it is, told by its first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::name_of;
use crate::ingest::cause::Cause;

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Json,
    Shapefile,
    GeoPackage,
    Kml,
    /// An archive with files of the other kinds.
    Zip,
}

/// Enough to get past an XML prologue with comments.
const HEAD_BYTES: u64 = 4096;

/// Opens the file and looks at its head.
///
/// Errors: unreadable (missing, a folder, no permission), larger than `limit_bytes`, empty, unknown.
pub fn kind_of(file: &Path, limit_bytes: u64) -> Result<Kind, Cause> {
    let name = || name_of(file);
    let unreadable = |e: std::io::Error| Cause::Unreadable { file: name(), detail: e.to_string() };
    let metadata = std::fs::metadata(file).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Cause::Unreadable { file: name(), detail: "not a regular file".into() });
    }
    if metadata.len() > limit_bytes {
        return Err(Cause::TooLarge {
            file: name(),
            what: "size in bytes",
            found: metadata.len(),
            limit: limit_bytes,
        });
    }
    let mut head = Vec::new();
    File::open(file).and_then(|f| f.take(HEAD_BYTES).read_to_end(&mut head)).map_err(unreadable)?;
    kind_of_head(&head).map_err(|found| match found {
        None => Cause::Empty { file: name() },
        Some(found) => Cause::UnknownKind { file: name(), found },
    })
}

/// The kind of what begins with `head`; otherwise a description of it, `None` if there is only space.
pub fn kind_of_head(head: &[u8]) -> Result<Kind, Option<String>> {
    if head.starts_with(b"SQLite format 3\0") {
        return Ok(Kind::GeoPackage);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if head.starts_with(&[0, 0, 0x27, 0x0a]) {
        return Ok(Kind::Shapefile);
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Some("text in UTF-16 (UTF-8 is read)".into()));
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        return Err(Some("a gzip file".into()));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        None => Err(None),
        Some(b'{' | b'[' | 0x1e) => Ok(Kind::Json),
        Some(b'<') if String::from_utf8_lossy(text).to_ascii_lowercase().contains("<kml") => Ok(Kind::Kml),
        Some(b'<') => Err(Some("markup without a kml element".into())),
        Some(_) if matches!(text.first(), Some(0x03 | 0x83 | 0xf5 | 0x30)) && text.len() > 32 => {
            Err(Some("a dBASE table (give the .shp beside it)".into()))
        }
        Some(_) if text.starts_with(b"PROJCS") || text.starts_with(b"GEOGCS") => {
            Err(Some("a projection file (give the .shp beside it)".into()))
        }
        Some(_) => {
            let start: String = String::from_utf8_lossy(text).chars().take(20).collect();
            Err(Some(format!("a file that starts with {start:?}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind() {
        assert_eq!(kind_of_head(b"\xef\xbb\xbf \n{\"type\":"), Ok(Kind::Json));
        assert_eq!(kind_of_head(b"\x1e{\"type\":"), Ok(Kind::Json));
        assert_eq!(kind_of_head(b"[{"), Ok(Kind::Json));
        assert_eq!(kind_of_head(b"SQLite format 3\0..."), Ok(Kind::GeoPackage));
        assert_eq!(kind_of_head(b"PK\x03\x04..."), Ok(Kind::Zip));
        assert_eq!(kind_of_head(b"\0\0\x27\x0a\0\0"), Ok(Kind::Shapefile));
        assert_eq!(kind_of_head(b"<?xml version=\"1.0\"?>\n<!-- x --><kml xmlns=\"\">"), Ok(Kind::Kml));
        assert_eq!(kind_of_head(b" \n\t "), Err(None));
        assert!(matches!(kind_of_head(b"<html>"), Err(Some(_))));
        assert!(matches!(kind_of_head(b"id;name"), Err(Some(found)) if found.contains("id;name")));
    }
}
