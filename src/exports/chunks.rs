//! Rows written by all processors and handed on in their order.

use std::io::{self, Write};

use crate::features::Table;

/// What a whole is written in at a time, in bytes: a few pages of the network.
const CHUNK_BYTES: usize = 64 << 10;

/// Hands rows on a chunk at a time: `append` adds one to the bytes that wait.
pub fn in_chunks(
    table: &Table,
    out: &mut impl Write,
    append: impl Fn(usize, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    // Some rows for every processor, and no more than these in memory.
    const ROWS: usize = 64;
    for start in (0..table.len()).step_by(ROWS) {
        let n_rows = ROWS.min(table.len() - start);
        let parts = crate::parallel::map(n_rows.div_ceil(8), |part| {
            let mut bytes = Vec::with_capacity(CHUNK_BYTES);
            for row in start + part * 8..(start + part * 8 + 8).min(start + n_rows) {
                append(row, &mut bytes);
            }
            bytes
        });
        for part in parts {
            out.write_all(&part)?;
        }
    }
    Ok(())
}
