//! Bodies that are made once: encoded answers, and those answers compressed.
//!
//! Whoever asks first makes the body, off the async threads and with bounded concurrency; everyone
//! who asks meanwhile waits for that one. A bound in bytes holds for plain and compressed bodies
//! together, and old ones make room.
//!
//! Owns: bodies, their ETags, who computes. Leaves to others: what they contain.
//!
//! Design: keys name content (a vintage's content hash) or, where many things flow together, the
//! turn of the snapshot, never a time: a body is right for ever or unreachable. The eviction (S3-FIFO)
//! does not let a walk through ten thousand cold tiles throw out the few that everybody needs.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::coding::{COMPRESS_FROM_BYTES, Coding};
use super::error::Error;

/// Fixed cost of an entry besides its bytes: keys, pointers, the cache's own list.
const ENTRY_OVERHEAD_BYTES: u64 = 256;

/// Bytes with the name of their content.
#[derive(Debug, Clone)]
pub struct Body {
    pub bytes: Bytes,
    /// Hash of the *plain* bytes; with the coding it makes the ETag.
    pub digest: Digest128,
}

/// First half of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest128(pub [u8; 16]);

/// Names a plain body: what it is made from, and which answer it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Content hash of a vintage, or the turn of the snapshot.
    pub content: Arc<str>,
    /// The answer: its path with its parameters in a fixed order.
    pub answer: String,
}

pub struct BodyCache {
    bodies: Cache<Slot, Body, ByBytes>,
    makers: Arc<Semaphore>,
}

/// How full the cache is and what it did.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub size_bytes: u64,
    pub n_bodies: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Slot {
    Plain(Key),
    /// Equal bytes are compressed once, wherever they come from.
    Coded(Digest128, Coding),
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Slot, Body> for ByBytes {
    fn weight(&self, _: &Slot, body: &Body) -> u64 {
        body.bytes.len() as u64 + ENTRY_OVERHEAD_BYTES
    }
}

impl Body {
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self { digest: Digest128::of(&bytes), bytes }
    }
}

impl Digest128 {
    pub fn of(bytes: &[u8]) -> Self {
        let full: [u8; 32] = Sha256::digest(bytes).into();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
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

impl BodyCache {
    /// - `capacity_bytes`: bound for all bodies together.
    /// - `n_makers`: bodies that are made at the same time; more wait. As many as processors is right:
    ///   fewer leave some idle, more only switch.
    pub fn new(capacity_bytes: u64, n_makers: usize) -> Self {
        // The estimate sizes the tables: tiles and JSON of this service are around 16 KiB.
        let estimated = usize::try_from(capacity_bytes / (16 << 10)).unwrap_or(usize::MAX).clamp(64, 1 << 16);
        Self {
            bodies: Cache::with_weighter(estimated, capacity_bytes, ByBytes),
            makers: Arc::new(Semaphore::new(n_makers)),
        }
    }

    /// The plain body of `key`; `make` runs at most once at a time for a key. True: it was there.
    pub async fn plain<F>(&self, key: Key, make: F) -> Result<(Body, bool), Error>
    where
        F: FnOnce() -> Result<Vec<u8>, Error> + Send + 'static,
    {
        self.get(Slot::Plain(key), move || make().map(Body::new)).await
    }

    /// `plain` in `coding`; bodies too small to gain are `None`. True: it was there.
    pub async fn coded(&self, plain: &Body, coding: Coding) -> Result<(Option<Body>, bool), Error> {
        if coding == Coding::Identity || plain.bytes.len() < COMPRESS_FROM_BYTES {
            return Ok((None, true));
        }
        let Body { bytes, digest } = plain.clone();
        let make = move || Ok(Body { bytes: coding.encode(&bytes).into(), digest });
        self.get(Slot::Coded(digest, coding), make).await.map(|(body, hit)| (Some(body), hit))
    }

    pub fn usage(&self) -> Usage {
        Usage { size_bytes: self.bodies.weight(), n_bodies: self.bodies.len() }
    }

    async fn get<F>(&self, slot: Slot, make: F) -> Result<(Body, bool), Error>
    where
        F: FnOnce() -> Result<Body, Error> + Send + 'static,
    {
        match self.bodies.get_value_or_guard_async(&slot).await {
            Ok(body) => Ok((body, true)),
            Err(guard) => {
                // If this client goes away, the guard falls and the next one waiting takes over.
                let permit = self.makers.clone().acquire_owned().await.map_err(Error::internal)?;
                let body = tokio::task::spawn_blocking(move || {
                    let _permit = permit;
                    make()
                })
                .await
                .map_err(Error::internal)??;
                // Refused only when the entry was removed meanwhile; the body is as good.
                let _ = guard.insert(body.clone());
                Ok((body, false))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn key(answer: &str) -> Key {
        Key { content: "1".into(), answer: answer.into() }
    }

    #[tokio::test]
    async fn many_who_ask_at_once_get_one_body_made_once() {
        let cache = Arc::new(BodyCache::new(1 << 20, 4));
        let made = Arc::new(AtomicUsize::new(0));
        let asked = (0..50).map(|_| {
            let (cache, made) = (cache.clone(), made.clone());
            tokio::spawn(async move {
                let make = move || {
                    made.fetch_add(1, Ordering::SeqCst);
                    Ok(vec![7; 100])
                };
                cache.plain(key("/tile"), make).await.expect("makes").0.bytes
            })
        });
        for answer in futures_util::future::join_all(asked).await {
            assert_eq!(answer.expect("no panic"), vec![7; 100]);
        }
        assert_eq!(made.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let cache = BodyCache::new(1 << 20, 1);
        assert!(cache.plain(key("/a"), || Err(Error::Overloaded)).await.is_err());
        let (body, was_there) = cache.plain(key("/a"), || Ok(vec![1])).await.expect("second try");
        assert_eq!((&body.bytes[..], was_there), (&[1][..], false));
    }

    #[tokio::test]
    async fn bodies_together_stay_below_the_bound() {
        let bound = 1 << 20;
        let cache = BodyCache::new(bound, 2);
        for i in 0..100_u32 {
            let make = move || Ok(i.to_le_bytes().repeat(10_000));
            let (body, _) = cache.plain(key(&format!("/{i}")), make).await.expect("makes");
            cache.coded(&body, Coding::Gzip).await.expect("compresses");
            assert!(cache.usage().size_bytes <= bound, "{:?}", cache.usage());
        }
    }

    #[test]
    fn each_coding_has_a_tag_of_its_own() {
        let digest = Digest128::of(b"tile");
        let mut tags: Vec<String> = Coding::ALL.iter().map(|&coding| digest.etag(coding)).collect();
        tags.dedup();
        assert_eq!(tags.len(), 4);
    }
}
