//! A tile's bytes as gzip, with the name of their content.
//!
//! Design: a compressor is a quarter of a megabyte, which a tile of a few kilobytes should not clear anew: each thread
//! keeps its own, and gzip's frame around the compressed bytes is written here.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::{PoisonError, RwLock};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use sha2::{Digest as _, Sha256};

/// Of gzip's levels.
const LEVEL: u32 = 6;

pub struct Packed {
    /// First half of the SHA-256 of the bytes as they were.
    pub name: [u8; 16],
    /// Empty where the content is known already.
    pub gzip: Vec<u8>,
}

/// Names of contents that are written.
#[derive(Default)]
pub struct Known(RwLock<HashSet<[u8; 16]>>);

impl Packed {
    /// `None` where nothing is.
    pub fn of(bytes: &[u8], known: &Known) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let full: [u8; 32] = Sha256::digest(bytes).into();
        let mut name = [0; 16];
        name.copy_from_slice(&full[..16]);
        let gzip = if known.has(name) { Vec::new() } else { gzip(bytes) };
        Some(Self { name, gzip })
    }
}

impl Known {
    fn has(&self, name: [u8; 16]) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(&name)
    }

    /// True if it was not known.
    pub fn add(&self, name: [u8; 16]) -> bool {
        !self.has(name) && self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name)
    }
}

thread_local! {
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// Without a name and a time, so that equal bytes give equal bytes.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Source: RFC 1952.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    out.extend_from_slice(&HEAD);
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        loop {
            let rest = &bytes[compressor.total_in() as usize..];
            match compressor.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => break,
                Ok(Status::Ok | Status::BufError) => out.reserve(bytes.len() / 2 + 64),
                Err(error) => unreachable!("a compressor takes every byte: {error}"),
            }
        }
    });
    let mut crc = Crc::new();
    crc.update(bytes);
    out.extend_from_slice(&crc.sum().to_le_bytes());
    // Its length modulo 2^32, as the format has it.
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_packed_unpacks_whatever_its_size() {
        let mut seed = 204_u64;
        for n in [1, 2, 100, 4096, 1 << 20] {
            for is_dense in [false, true] {
                let mut byte = || {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    if is_dense { (seed >> 33) as u8 } else { 7 }
                };
                let bytes: Vec<u8> = (0..n).map(|_| byte()).collect();
                let packed = Packed::of(&bytes, &Known::default()).expect("not empty");
                let mut unpacked = Vec::new();
                flate2::read::GzDecoder::new(&packed.gzip[..]).read_to_end(&mut unpacked).expect("gzip");
                assert!(unpacked == bytes, "{n} bytes");
            }
        }
    }

    #[test]
    fn what_is_known_is_not_packed_again() {
        let known = Known::default();
        let first = Packed::of(b"tile", &known).expect("not empty");
        assert!(known.add(first.name) && !known.add(first.name));
        let second = Packed::of(b"tile", &known).expect("not empty");
        assert!(second.name == first.name && second.gzip.is_empty());
        assert!(Packed::of(b"", &known).is_none());
    }
}
