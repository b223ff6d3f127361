//! Plain collections, read on all cores.
//!
//! The calling thread cuts the document into blocks of whole features and hands them round to the
//! others in turn; it takes the parsed features back in the same turn, so that they arrive in the order
//! of the file whichever thread is faster.
//!
//! Memory: what is on its way is bounded in blocks and in bytes. Must not: explain; anything unexpected
//! is `None`, and the careful reader starts again.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use geojson::{JsonObject, JsonValue};

use super::split::{Block, Splitter};
use super::{Raw, Sink, feature};
use crate::parallel;

/// How much is read at once: some dozens of khoroos, so that the threads seldom wait for each other.
pub const BLOCK_BYTES: usize = 512 << 10;

/// Blocks on their way for each thread: one in work, one ready.
const BLOCKS_PER_THREAD: usize = 2;

/// Text on its way before it is waited for, bytes; only very long features get there.
const ON_THE_WAY_BYTES: usize = 32 << 20;

/// Reads the collection into `sink` and returns its member `crs`.
///
/// `None`: it is not what was expected, and `sink` holds only a part. Any `block_bytes` from 1 reads the
/// same.
#[expect(
    clippy::option_option,
    reason = "not readable quickly, read without a crs, and read with one differ"
)]
pub fn read(
    source: impl Read,
    sink: &mut Sink<'_>,
    on_bytes: &mut dyn FnMut(u64),
    block_bytes: usize,
) -> Option<Option<JsonValue>> {
    let mut splitter = Splitter::new(source, block_bytes, sink.budget.limits.feature_bytes);
    thread::scope(|scope| {
        let hands: Vec<Hand> = (0..parallel::n_threads())
            .map(|_| {
                let (blocks, todo) = channel();
                let (done, parsed) = channel();
                scope.spawn(move || work(&todo, &done));
                Hand { blocks, parsed }
            })
            .collect();
        let mut keep = |hand: &Hand, end_bytes: u64| -> Option<()> {
            for raw in hand.parsed.recv().expect("the thread answers every block")? {
                sink.keep(raw).ok()?;
            }
            on_bytes(end_bytes);
            Some(())
        };
        let mut on_the_way = VecDeque::new();
        let mut n_bytes = 0;
        for hand in hands.iter().cycle() {
            while on_the_way.len() >= hands.len() * BLOCKS_PER_THREAD || n_bytes > ON_THE_WAY_BYTES {
                let Some((hand, size_bytes, end_bytes)) = on_the_way.pop_front() else { break };
                keep(hand, end_bytes)?;
                n_bytes -= size_bytes;
            }
            let Some(block) = splitter.next_block().ok()? else { break };
            n_bytes += block.text.len();
            on_the_way.push_back((hand, block.text.len(), block.end_bytes));
            hand.blocks.send(block).expect("the thread takes blocks until it is let go");
        }
        on_the_way.into_iter().try_for_each(|(hand, _, end_bytes)| keep(hand, end_bytes))
    })?;
    let mut members: JsonObject = serde_json::from_slice(splitter.frame()).ok()?;
    members.contains_key("features").then(|| members.swap_remove("crs"))
}

/// A thread as the calling one sees it.
struct Hand {
    blocks: Sender<Block>,
    /// One answer to each block, in order; `None` if a feature is none.
    parsed: Receiver<Option<Vec<Raw>>>,
}

fn work(blocks: &Receiver<Block>, parsed: &Sender<Option<Vec<Raw>>>) {
    for block in blocks {
        let raws = block.features.iter().map(|at| feature::parse(&block.text[at.clone()])).collect();
        if parsed.send(raws).is_err() {
            // The calling thread has given up.
            return;
        }
    }
}
