//! Bodies that are made once: encoded answers, and those answers compressed.
//!
//! They are made with bounded concurrency. A bound in bytes holds for plain and compressed bodies together, and
//! old ones make room.
//!
//! Owns: which bodies are kept, how many are made at a time. Leaves to others: what they contain, their names
//! ([`super::body`]), who makes ([`super::once`]).
//!
//! Design: keys name content (a vintage's content hash) or, where many things flow together, the
//! turn of the snapshot, never a time: a body is right for ever or unreachable. The eviction (S3-FIFO)
//! does not let a walk through ten thousand cold tiles throw out the few that everybody needs.

use std::sync::Arc;

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::body::{Body, Digest128};
use super::coding::{COMPRESS_FROM_BYTES, Coding};
use super::error::Error;
use super::once::{self, Found};

/// Fixed cost of an entry besides its bytes: pointers, the cache's own list.
const ENTRY_OVERHEAD_BYTES: u64 = 256;

/// Parts of the cache with a lock each; more only where bodies are small against the whole.
const SHARDS_MAX: u64 = 16;

/// Names a plain body: what it is made from, and which answer it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Content hash of a vintage, or the turn of the snapshot.
    pub content: Arc<str>,
    /// The answer: its path with its parameters in a fixed order.
    pub answer: String,
}

/// Cheap to clone; clones are the same cache.
#[derive(Clone)]
pub struct BodyCache {
    bodies: Arc<Cache<Slot, Body, ByBytes>>,
    makers: Arc<Semaphore>,
    slow: Slow,
}

/// Work that takes seconds is done one at a time, so that it leaves a processor to all other; who finds the
/// queue full is sent away.
#[derive(Clone)]
struct Slow {
    queue: Arc<Semaphore>,
    turn: Arc<Semaphore>,
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
    fn weight(&self, slot: &Slot, body: &Body) -> u64 {
        let key_bytes = if let Slot::Plain(key) = slot { key.answer.len() } else { 0 };
        (body.bytes.len() + key_bytes) as u64 + ENTRY_OVERHEAD_BYTES
    }
}

impl BodyCache {
    /// - `capacity_bytes`: bound for all bodies together; one that is larger is never kept.
    /// - `largest_bytes`: bodies up to this size must find room, as far as `capacity_bytes` allows.
    /// - `n_makers`: bodies that are made at the same time; more wait. As many as processors is right:
    ///   fewer leave some idle, more only switch.
    pub fn new(capacity_bytes: u64, largest_bytes: u64, n_makers: usize) -> Self {
        // The estimate sizes the tables: tiles and JSON of this service are around 16 KiB.
        let estimated = usize::try_from(capacity_bytes / (16 << 10)).unwrap_or(usize::MAX).clamp(64, 1 << 16);
        let options = OptionsBuilder::new()
            .estimated_items_capacity(estimated)
            .weight_capacity(capacity_bytes)
            .shards(n_shards(capacity_bytes, largest_bytes))
            .build()
            .expect("both capacities are given");
        let bodies =
            Cache::with_options(options, ByBytes, DefaultHashBuilder::default(), DefaultLifecycle::default());
        Self { bodies: Arc::new(bodies), makers: Arc::new(Semaphore::new(n_makers)), slow: Slow::new() }
    }

    /// The plain body of `key`; `make` runs at most once at a time for a key. True: it was there.
    pub async fn plain<F>(&self, key: Key, make: F) -> Result<(Body, bool), Error>
    where
        F: FnOnce() -> Result<Vec<u8>, Error> + Send + 'static,
    {
        self.get(Slot::Plain(key), None, move || make().map(Body::new)).await
    }

    /// As [`BodyCache::plain`], for bodies that take seconds; `Overloaded` where too many are waited for.
    pub async fn plain_slow<F>(&self, key: Key, make: F) -> Result<(Body, bool), Error>
    where
        F: FnOnce() -> Result<Vec<u8>, Error> + Send + 'static,
    {
        self.get(Slot::Plain(key), Some(self.slow.clone()), move || make().map(Body::new)).await
    }

    /// `plain` in `coding`; bodies too small to gain are `None`. True: it was there.
    pub async fn coded(&self, plain: &Body, coding: Coding) -> Result<(Option<Body>, bool), Error> {
        if coding == Coding::Identity || plain.bytes.len() < COMPRESS_FROM_BYTES {
            return Ok((None, true));
        }
        let Body { bytes, digest } = plain.clone();
        let make = move || Ok(Body { bytes: coding.encode(&bytes).into(), digest });
        self.get(Slot::Coded(digest, coding), None, make).await.map(|(body, hit)| (Some(body), hit))
    }

    pub fn usage(&self) -> Usage {
        Usage { size_bytes: self.bodies.weight(), n_bodies: self.bodies.len() }
    }

    async fn get<F>(&self, slot: Slot, slow: Option<Slow>, make: F) -> Found<Body>
    where
        F: FnOnce() -> Result<Body, Error> + Send + 'static,
    {
        let makers = self.makers.clone();
        let turn = async move {
            let slow = Slow::wait(slow).await?;
            let maker = makers.acquire_owned().await.map_err(Error::internal)?;
            Ok((slow, maker))
        };
        once::get(&self.bodies, slot, turn, make).await
    }
}

/// Bodies that take seconds and are waited for; more would only wait until they are given up.
const SLOW_QUEUE: usize = 16;

impl Slow {
    fn new() -> Self {
        Self { queue: Arc::new(Semaphore::new(SLOW_QUEUE)), turn: Arc::new(Semaphore::new(1)) }
    }

    /// The turn of slow work, kept until it is dropped; nothing for other work.
    async fn wait(slow: Option<Self>) -> Result<Option<[OwnedSemaphorePermit; 2]>, Error> {
        let Some(Self { queue, turn }) = slow else { return Ok(None) };
        let place = queue.try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let turn = turn.acquire_owned().await.map_err(Error::internal)?;
        Ok(Some([place, turn]))
    }
}

/// As many parts as leave each room for a few of the largest bodies: one is kept only if it fits its part.
fn n_shards(capacity_bytes: u64, largest_bytes: u64) -> usize {
    let wanted = capacity_bytes / (largest_bytes + ENTRY_OVERHEAD_BYTES).saturating_mul(4);
    // The cache rounds up to a power of two, so round down before.
    1 << wanted.clamp(1, SHARDS_MAX).ilog2()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;

    use super::*;

    fn key(answer: &str) -> Key {
        Key { content: "1".into(), answer: answer.into() }
    }

    #[tokio::test]
    async fn many_who_ask_at_once_get_one_body_made_once() {
        let cache = Arc::new(BodyCache::new(1 << 20, 1 << 16, 4));
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
        let cache = BodyCache::new(1 << 20, 1 << 16, 1);
        assert!(cache.plain(key("/a"), || Err(Error::Overloaded)).await.is_err());
        let (body, was_there) = cache.plain(key("/a"), || Ok(vec![1])).await.expect("second try");
        assert_eq!((&body.bytes[..], was_there), (&[1][..], false));
    }

    #[tokio::test]
    async fn work_that_has_begun_is_kept_though_nobody_waits_for_it() {
        let cache = BodyCache::new(1 << 20, 1 << 16, 1);
        let (begun, begins) = oneshot::channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let make = move || {
            begun.send(()).expect("the test waits");
            released.recv().expect("the test releases");
            Ok(vec![7; 100])
        };
        let asked = tokio::spawn({
            let cache = cache.clone();
            async move { cache.plain(key("/tile"), make).await.map(|_| ()) }
        });
        begins.await.expect("it begins");
        asked.abort();
        assert!(asked.await.is_err_and(|error| error.is_cancelled()));
        release.send(()).expect("it waits");
        let (body, was_there) = cache.plain(key("/tile"), || Err(Error::Overloaded)).await.expect("kept");
        assert_eq!((&body.bytes[..], was_there), (&[7; 100][..], true));
    }

    #[tokio::test]
    async fn slow_work_is_done_one_at_a_time_and_a_long_queue_is_refused() {
        let cache = BodyCache::new(1 << 20, 1 << 16, 4);
        let (release, released) = std::sync::mpsc::channel::<()>();
        let (begun, begins) = oneshot::channel();
        let first = tokio::spawn({
            let cache = cache.clone();
            let make = move || {
                begun.send(()).expect("the test waits");
                released.recv().expect("the test releases");
                Ok(vec![1])
            };
            async move { cache.plain_slow(key("/0"), make).await.map(|_| ()) }
        });
        begins.await.expect("it begins");
        let waiting: Vec<_> = (1..SLOW_QUEUE)
            .map(|n| {
                let cache = cache.clone();
                tokio::spawn(async move {
                    cache.plain_slow(key(&format!("/{n}")), || Ok(vec![1])).await.map(|_| ())
                })
            })
            .collect();
        while cache.slow.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = cache.plain_slow(key("/one more"), || Ok(vec![1])).await;
        assert!(matches!(refused, Err(Error::Overloaded)));
        // Other work goes on meanwhile.
        assert!(cache.plain(key("/tile"), || Ok(vec![2])).await.is_ok());
        release.send(()).expect("it waits");
        for asked in waiting.into_iter().chain([first]) {
            asked.await.expect("no panic").expect("made in its turn");
        }
    }

    #[tokio::test]
    async fn who_goes_away_before_the_work_begins_causes_none() {
        let cache = BodyCache::new(1 << 20, 1 << 16, 1);
        let only = cache.makers.clone().acquire_owned().await.expect("open");
        let asked = tokio::spawn({
            let cache = cache.clone();
            async move { cache.plain(key("/tile"), || Ok(vec![1])).await.map(|_| ()) }
        });
        tokio::task::yield_now().await;
        asked.abort();
        assert!(asked.await.is_err_and(|error| error.is_cancelled()));
        drop(only);
        let (body, was_there) = cache.plain(key("/tile"), || Ok(vec![2])).await.expect("makes");
        assert_eq!((&body.bytes[..], was_there), (&[2][..], false));
    }

    #[tokio::test]
    async fn the_largest_body_is_kept() {
        let (capacity, largest) = (128 << 20, 8 << 20);
        let cache = BodyCache::new(capacity, largest, 2);
        for name in ["/a", "/b", "/c", "/d"] {
            let make = move || Ok(vec![0; usize::try_from(largest).expect("fits")]);
            assert!(!cache.plain(key(name), make).await.expect("makes").1);
            assert!(cache.plain(key(name), || Err(Error::Overloaded)).await.expect("kept").1, "{name}");
        }
    }

    #[test]
    fn no_part_of_the_cache_is_too_small_for_the_largest_body() {
        for (capacity, largest) in
            [(128 << 20, 8 << 20), (16 << 20, 8 << 20), (1 << 30, 8 << 20), (1 << 20, 64)]
        {
            let n = n_shards(capacity, largest) as u64;
            assert!(n == 1 || capacity / n >= 4 * largest, "{capacity} {largest}: {n}");
            assert!(n.is_power_of_two() && n <= SHARDS_MAX, "{n}");
        }
        assert_eq!(n_shards(128 << 20, 8 << 20), 2);
    }

    #[tokio::test]
    async fn bodies_together_stay_below_the_bound() {
        let bound = 1 << 20;
        let cache = BodyCache::new(bound, 1 << 16, 2);
        for i in 0..100_u32 {
            let make = move || Ok(i.to_le_bytes().repeat(10_000));
            let (body, _) = cache.plain(key(&format!("/{i}")), make).await.expect("makes");
            cache.coded(&body, Coding::Gzip).await.expect("compresses");
            assert!(cache.usage().size_bytes <= bound, "{:?}", cache.usage());
        }
    }
}
