//! Bytes of an answer with the name of their content, which makes the ETag.
//!
//! Owns: how content is named. Equal bytes have equal names, wherever they were made.
//! Design: BLAKE3, because large answers leave about as fast as SHA-256 reads them.

use axum::body::Bytes;

use super::coding::Coding;

/// Bytes with the name of their content.
#[derive(Debug, Clone)]
pub struct Body {
    pub bytes: Bytes,
    /// Hash of the *plain* bytes; with the coding it makes the ETag.
    pub digest: Digest128,
}

/// First half of a BLAKE3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest128(pub [u8; 16]);

impl Body {
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { digest: Digest128::of(&bytes), bytes }
    }
}

impl Digest128 {
    pub fn of(bytes: &[u8]) -> Self {
        Self::first_half(blake3::hash(bytes))
    }

    /// Of a hash that was made piece by piece.
    pub fn first_half(full: blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&full.as_bytes()[..16]);
        Self(half)
    }

    /// Strong ETag of the content in `coding`: other bytes, other tag.
    pub fn etag(self, coding: Coding) -> String {
        let hex = format!("{:032x}", u128::from_be_bytes(self.0));
        match coding {
            Coding::Identity => format!("\"{hex}\""),
            other => format!("\"{hex}-{}\"", other.token()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_coding_has_a_tag_of_its_own() {
        let digest = Digest128::of(b"tile");
        let mut tags: Vec<String> = Coding::ALL.iter().map(|&coding| digest.etag(coding)).collect();
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), Coding::ALL.len());
    }
}
