//! A directory: which tiles, or other directories, are where.

use super::ArchiveError;

/// Entries of a directory, by the tile's number.
#[derive(Debug, PartialEq, Eq)]
pub struct Directory {
    entries: Box<[Entry]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub id: u64,
    /// Tiles from `id` on that are this one; 0 where the entry leads to another directory.
    pub run: u32,
    pub length: u32,
    pub offset: u64,
}

/// What a directory says of a tile; offsets count within their section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Nothing,
    Tile { offset: u64, length: u32 },
    Leaf { offset: u64, length: u32 },
}

impl Directory {
    pub fn read(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut numbers = Numbers { rest: bytes };
        let n_entries = numbers.next()?;
        // Each entry takes four numbers of a byte at least, so a promise takes six times the memory that it brings, at most.
        if n_entries == 0 || n_entries > bytes.len() as u64 / 4 {
            return Err(ArchiveError::Directory("its number of entries does not fit its size"));
        }
        let mut entries = vec![Entry { id: 0, run: 0, length: 0, offset: 0 }; n_entries as usize];
        let mut id = 0_u64;
        for (nth, entry) in entries.iter_mut().enumerate() {
            let step = numbers.next()?;
            let is_rising = nth == 0 || step > 0;
            id = id
                .checked_add(step)
                .filter(|_| is_rising)
                .ok_or(ArchiveError::Directory("tiles out of order"))?;
            entry.id = id;
        }
        for entry in &mut entries {
            entry.run = numbers.next_u32()?;
        }
        for entry in &mut entries {
            entry.length = numbers.next_u32()?;
        }
        let mut end = 0_u64;
        for (nth, entry) in entries.iter_mut().enumerate() {
            let said = numbers.next()?;
            entry.offset = if said == 0 && nth > 0 { end } else { said.saturating_sub(1) };
            end = entry.offset.saturating_add(u64::from(entry.length));
        }
        Ok(Self { entries: entries.into() })
    }

    pub fn find(&self, id: u64) -> Found {
        let after = self.entries.partition_point(|entry| entry.id <= id);
        let Some(entry) = after.checked_sub(1).map(|at| self.entries[at]) else { return Found::Nothing };
        let Entry { offset, length, .. } = entry;
        if entry.run == 0 {
            Found::Leaf { offset, length }
        } else if id - entry.id < u64::from(entry.run) {
            Found::Tile { offset, length }
        } else {
            Found::Nothing
        }
    }

    pub fn size_bytes(&self) -> u64 {
        size_of_val(&*self.entries) as u64
    }
}

/// The bytes of a directory; `entries` rise by their ids.
pub fn write(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * 6);
    put(&mut bytes, entries.len() as u64);
    let mut id = 0;
    for entry in entries {
        put(&mut bytes, entry.id - id);
        id = entry.id;
    }
    for entry in entries {
        put(&mut bytes, entry.run.into());
    }
    for entry in entries {
        put(&mut bytes, entry.length.into());
    }
    let mut end = None;
    for entry in entries {
        put(&mut bytes, if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + u64::from(entry.length));
    }
    bytes
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Variable-length numbers, seven bits a byte, the lowest first.
struct Numbers<'b> {
    rest: &'b [u8],
}

impl Numbers<'_> {
    fn next(&mut self) -> Result<u64, ArchiveError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) =
                self.rest.split_first().ok_or(ArchiveError::Directory("it ends within an entry"))?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ArchiveError::Directory("a number has too many bytes"))
    }

    fn next_u32(&mut self) -> Result<u32, ArchiveError> {
        u32::try_from(self.next()?).map_err(|_| ArchiveError::Directory("a number is too large"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_number_and_run() {
        // Tiles 5 to 7 at 0, tile 9 behind them, from 20 on a leaf at 300.
        let bytes = [3, 5, 4, 11, 3, 1, 0, 10, 20, 30, 1, 0, 0xad, 0x02];
        let directory = Directory::read(&bytes).expect("whole");
        assert_eq!(write(&directory.entries), bytes);
        let tile = |offset, length| Found::Tile { offset, length };
        for (id, expected) in [
            (4, Found::Nothing),
            (5, tile(0, 10)),
            (7, tile(0, 10)),
            (8, Found::Nothing),
            (9, tile(10, 20)),
            (10, Found::Nothing),
            (20, Found::Leaf { offset: 300, length: 30 }),
            (2000, Found::Leaf { offset: 300, length: 30 }),
        ] {
            assert_eq!(directory.find(id), expected, "{id}");
        }
    }

    #[test]
    fn a_damaged_directory_is_refused_and_takes_no_memory() {
        for bytes in [
            &[][..],
            &[0],
            &[0xff, 0xff, 0xff, 0xff, 0x0f],
            &[1, 1, 1],
            &[2, 1, 0, 1, 1, 1, 1, 1, 1],
            &[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert!(matches!(Directory::read(bytes), Err(ArchiveError::Directory(_))), "{bytes:?}");
        }
    }
}
