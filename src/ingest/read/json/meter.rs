//! A reader that counts, and stops a feature that never ends.

use std::cell::Cell;
use std::io::{self, Read};

/// What has passed through a [`Metered`] reader.
#[derive(Debug)]
pub struct Meter {
    feature_limit_bytes: u64,
    read_bytes: Cell<u64>,
    feature_start: Cell<u64>,
    last_byte: Cell<u8>,
    exceeded: Cell<bool>,
}

/// Counts into a [`Meter`]; record separators of text sequences (RFC 8142) become spaces.
pub struct Metered<'a, R> {
    source: R,
    meter: &'a Meter,
    at_start: bool,
}

impl Meter {
    pub const fn new(feature_limit_bytes: u64) -> Self {
        Self {
            feature_limit_bytes,
            read_bytes: Cell::new(0),
            feature_start: Cell::new(0),
            last_byte: Cell::new(0),
            exceeded: Cell::new(false),
        }
    }

    pub const fn read_bytes(&self) -> u64 {
        self.read_bytes.get()
    }

    pub fn next_feature(&self) {
        self.feature_start.set(self.read_bytes.get());
    }

    pub const fn last_byte(&self) -> u8 {
        self.last_byte.get()
    }

    /// The limit, if a feature was longer.
    pub fn exceeded(&self) -> Option<u64> {
        self.exceeded.get().then_some(self.feature_limit_bytes)
    }
}

impl<'a, R> Metered<'a, R> {
    pub const fn new(source: R, meter: &'a Meter) -> Self {
        Self { source, meter, at_start: true }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut n = self.source.read(buffer)?;
        if self.at_start && n > 0 {
            self.at_start = false;
            if buffer[0] == 0xef {
                // The rest of a byte order mark; the caller reads byte by byte, so it never straddles.
                let mut rest = [0; 2];
                self.source.read_exact(&mut rest)?;
                if n != 1 || rest != [0xbb, 0xbf] {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"));
                }
                n = self.source.read(buffer)?;
            }
        }
        for byte in &mut buffer[..n] {
            if *byte == 0x1e {
                *byte = b' ';
            }
        }
        if n > 0 {
            self.meter.last_byte.set(buffer[n - 1]);
        }
        let read_bytes = self.meter.read_bytes.get() + n as u64;
        self.meter.read_bytes.set(read_bytes);
        if read_bytes - self.meter.feature_start.get() > self.meter.feature_limit_bytes {
            self.meter.exceeded.set(true);
            return Err(io::Error::other("feature too long"));
        }
        Ok(n)
    }
}
