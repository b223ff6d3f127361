//! Rows for COPY in PostgreSQL's binary format: the fast way in, whatever their number.
//!
//! Cells go out in the very form in which columns hold them, geometry as the bytes of its WKB, so that
//! the server has next to nothing to parse. Each chunk is sent when it is full: while the server works
//! on it the next one is made, and no more than one is ever held.
//!
//! Source: PostgreSQL manual, COPY, "Binary Format".

use jiff::civil::{Date, date};
use sqlx::PgConnection;
use sqlx::postgres::PgCopyIn;

use crate::store::rows::Cell;
use crate::store::schema::Kind;

/// Bytes sent at once; few enough to be under way while the next ones are made.
const CHUNK_BYTES: usize = 1 << 18;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
const HEADER_FLAGS: i32 = 0;
const HEADER_EXTENSION_BYTES: i32 = 0;
const TRAILER: i16 = -1;
/// In place of a value's length.
const NULL: i32 = -1;
/// Day 0 of the type `date`.
const DAY_0: Date = date(2000, 1, 1);
/// The version that leads every value of the type `jsonb`.
const JSONB_VERSION: u8 = 1;
/// Mark in EWKB's type: the number of a reference system follows it.
const HAS_SRID: u32 = 0x2000_0000;
const SRID: u32 = 4326;

/// A `copy … from stdin` under way.
pub(super) struct CopyIn<'c> {
    copy: PgCopyIn<&'c mut PgConnection>,
    chunk: Vec<u8>,
}

impl<'c> CopyIn<'c> {
    pub async fn begin(
        connection: &'c mut PgConnection,
        table: &str,
        columns: &[&str],
    ) -> sqlx::Result<Self> {
        let statement = format!("copy {table} ({}) from stdin with (format binary)", columns.join(", "));
        let copy = connection.copy_in_raw(&statement).await?;
        let mut chunk = Vec::with_capacity(CHUNK_BYTES * 2);
        chunk.extend(SIGNATURE);
        chunk.extend(HEADER_FLAGS.to_be_bytes());
        chunk.extend(HEADER_EXTENSION_BYTES.to_be_bytes());
        Ok(Self { copy, chunk })
    }

    /// Begins a row of as many values as come before the next one.
    pub async fn row(&mut self, n_values: usize) -> sqlx::Result<()> {
        if self.chunk.len() >= CHUNK_BYTES {
            self.copy.send(self.chunk.as_slice()).await?;
            self.chunk.clear();
        }
        let n_values = i16::try_from(n_values).expect("tables have a handful of columns");
        self.chunk.extend(n_values.to_be_bytes());
        Ok(())
    }

    /// A cell of a column of this kind.
    pub fn cell(&mut self, kind: Kind, cell: &Cell) {
        match (kind, cell) {
            (_, Cell::Null | Cell::List(_)) => self.null(),
            (Kind::Date, Cell::Text(text)) => self.date(text.parse().expect("our own dates read back")),
            (_, Cell::Text(text)) => self.text(text),
            (Kind::Small, Cell::Int(n)) => self.value(&(fitted(kind, *n) as i16).to_be_bytes()),
            (Kind::Int, Cell::Int(n)) => self.value(&(fitted(kind, *n) as i32).to_be_bytes()),
            (_, Cell::Int(n)) => self.int(*n),
            (_, Cell::Real(x)) => self.value(&x.to_be_bytes()),
            (_, Cell::Bool(flag)) => self.value(&[u8::from(*flag)]),
            (_, Cell::Shape(wkb)) => self.shape(wkb),
        }
    }

    pub fn int(&mut self, n: i64) {
        self.value(&n.to_be_bytes());
    }

    pub fn text(&mut self, text: &str) {
        self.value(text.as_bytes());
    }

    /// A value of the type `jsonb`.
    pub fn json(&mut self, json: Option<&str>) {
        match json {
            Some(json) => {
                self.length(json.len() + 1);
                self.chunk.push(JSONB_VERSION);
                self.chunk.extend(json.as_bytes());
            }
            None => self.null(),
        }
    }

    /// Sends what is left and hears the server's verdict on all rows.
    pub async fn finish(mut self) -> sqlx::Result<()> {
        self.chunk.extend(TRAILER.to_be_bytes());
        self.copy.send(self.chunk).await?;
        self.copy.finish().await.map(|_| ())
    }

    fn null(&mut self) {
        self.chunk.extend(NULL.to_be_bytes());
    }

    fn date(&mut self, day: Date) {
        let days = (day - DAY_0).get_days();
        self.value(&days.to_be_bytes());
    }

    /// Little-endian ISO WKB of two dimensions; PostGIS takes it with its reference system: EWKB.
    fn shape(&mut self, wkb: &[u8]) {
        let (head, body) = wkb.split_at(5);
        let kind = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
        self.length(wkb.len() + size_of_val(&SRID));
        self.chunk.push(head[0]);
        self.chunk.extend((kind | HAS_SRID).to_le_bytes());
        self.chunk.extend(SRID.to_le_bytes());
        self.chunk.extend(body);
    }

    fn value(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.chunk.extend(bytes);
    }

    fn length(&mut self, n_bytes: usize) {
        let n_bytes = i32::try_from(n_bytes).expect("a value of 2 GiB does not fit into a message at all");
        self.chunk.extend(n_bytes.to_be_bytes());
    }
}

/// What is too large for its column becomes its largest value, which the rules refuse by name.
pub(super) fn fitted(kind: Kind, n: i64) -> i64 {
    match kind {
        Kind::Small => n.clamp(i16::MIN.into(), i16::MAX.into()),
        Kind::Int => n.clamp(i32::MIN.into(), i32::MAX.into()),
        _ => n,
    }
}
