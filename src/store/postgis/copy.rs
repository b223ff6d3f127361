//! Rows as text for COPY: the fast way in, whatever their number.

use sqlx::PgConnection;

use crate::store::edits::hex;
use crate::store::rows::Cell;

/// Bytes sent at once.
const CHUNK_BYTES: usize = 1 << 20;

/// Lines in COPY's text format, in chunks.
#[derive(Default)]
pub(super) struct Lines {
    chunks: Vec<Vec<u8>>,
    last: Vec<u8>,
    in_line: bool,
}

impl Lines {
    pub fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Null | Cell::List(_) => self.null(),
            Cell::Text(text) => self.text(text),
            Cell::Int(n) => self.plain(&n.to_string()),
            // The shortest text that reads back as the same number.
            Cell::Real(x) => self.plain(&x.to_string()),
            Cell::Bool(flag) => self.plain(if *flag { "t" } else { "f" }),
            Cell::Shape(wkb) => self.plain(&format!("\\\\x{}", hex(wkb))),
        }
    }

    pub fn text(&mut self, text: &str) {
        self.begin_cell();
        for byte in text.bytes() {
            match byte {
                b'\\' => self.last.extend(b"\\\\"),
                b'\n' => self.last.extend(b"\\n"),
                b'\r' => self.last.extend(b"\\r"),
                b'\t' => self.last.extend(b"\\t"),
                _ => self.last.push(byte),
            }
        }
    }

    pub fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    pub fn null(&mut self) {
        self.plain("\\N");
    }

    /// Text without anything to escape.
    pub fn plain(&mut self, text: &str) {
        self.begin_cell();
        self.last.extend(text.as_bytes());
    }

    pub fn end_line(&mut self) {
        self.last.push(b'\n');
        self.in_line = false;
        if self.last.len() >= CHUNK_BYTES {
            self.chunks.push(std::mem::take(&mut self.last));
        }
    }

    fn begin_cell(&mut self) {
        if self.in_line {
            self.last.push(b'\t');
        }
        self.in_line = true;
    }

    /// Sends everything to a `copy … from stdin` statement.
    pub async fn send(self, connection: &mut PgConnection, statement: &str) -> sqlx::Result<()> {
        let mut copy = connection.copy_in_raw(statement).await?;
        for chunk in self.chunks.into_iter().chain([self.last]) {
            if !chunk.is_empty() {
                copy.send(chunk).await?;
            }
        }
        copy.finish().await.map(|_| ())
    }
}
