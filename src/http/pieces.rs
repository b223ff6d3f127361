//! Bodies that are written while their reader takes them.
//!
//! Owns: how far a writer may be ahead, how slow a reader may be, how a body ends.
//! Invariant: what broke off never looks whole.

use std::io::{self, BufWriter, Write};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// Bytes of a piece on its way out, and how many pieces may wait for their reader.
const CHUNK_BYTES: usize = 256 << 10;
const CHUNKS_AHEAD: usize = 4;

/// Bytes that a reader takes in a second, in the long run. Too low: a few readers hold all places for hours. Too
/// high: who has a poor line never gets a large file.
const READ_BYTES_PER_S_MIN: u64 = 32 << 10;

/// How long a writer waits for its reader, over the whole body: what is taken earns time.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    at_first: Duration,
    bytes_per_s: u64,
}

impl Patience {
    pub const fn new(at_first: Duration) -> Self {
        Self { at_first, bytes_per_s: READ_BYTES_PER_S_MIN }
    }

    const fn after(self, n_bytes: u64) -> Duration {
        self.at_first.saturating_add(Duration::from_millis(n_bytes.saturating_mul(1000) / self.bytes_per_s))
    }
}

/// What `write` writes, on a thread that ends with its reader, or when that one is too slow.
pub fn body<F>(patience: Patience, write: F) -> Body
where
    F: FnOnce(&mut BufWriter<Pieces>) -> io::Result<()> + Send + 'static,
{
    let (send, receive) = mpsc::channel(CHUNKS_AHEAD);
    let (finished, is_finished) = oneshot::channel();
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let pieces = Pieces { send, runtime, patience, waited: Duration::ZERO, n_bytes: 0 };
        let mut out = BufWriter::with_capacity(CHUNK_BYTES, pieces);
        match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => {
                let _ = finished.send(());
            }
            // Who goes away or is too slow is no event.
            Err(error) if matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::TimedOut) => {}
            Err(error) => tracing::error!(%error, "an answer broke off"),
        }
    });
    Body::from_stream(stream::try_unfold((receive, is_finished), next_piece))
}

type Left = (mpsc::Receiver<Bytes>, oneshot::Receiver<()>);

/// The end is one only where the writer says so; otherwise the answer is cut off, so that nobody takes it for whole.
async fn next_piece((mut receive, is_finished): Left) -> io::Result<Option<(Bytes, Left)>> {
    if let Some(piece) = receive.recv().await {
        return Ok(Some((piece, (receive, is_finished))));
    }
    is_finished.await.map(|()| None).map_err(io::Error::other)
}

/// Takes bytes to the reader of an answer, waiting where it is slow.
pub struct Pieces {
    send: mpsc::Sender<Bytes>,
    runtime: Handle,
    patience: Patience,
    /// For the reader, so far.
    waited: Duration,
    n_bytes: u64,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        let left = self.patience.after(self.n_bytes).saturating_sub(self.waited);
        let begun = Instant::now();
        let sent = self.runtime.block_on(async { timeout(left, self.send.send(piece)).await });
        self.waited += begun.elapsed();
        sent?.map_err(|_| io::ErrorKind::BrokenPipe)?;
        self.n_bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    static PIECE: [u8; CHUNK_BYTES] = [7; CHUNK_BYTES];

    fn endless(out: &mut BufWriter<Pieces>) -> io::Error {
        loop {
            if let Err(error) = out.write_all(&PIECE) {
                return error;
            }
        }
    }

    /// How a body without end ends.
    fn ended(patience: Patience) -> (Body, oneshot::Receiver<io::ErrorKind>) {
        let (tell, told) = oneshot::channel();
        let body = body(patience, move |out| {
            let error = endless(out);
            tell.send(error.kind()).expect("the test waits");
            Err(error)
        });
        (body, told)
    }

    #[tokio::test]
    async fn who_takes_nothing_is_left_and_does_not_see_an_end() {
        let (body, told) = ended(Patience { at_first: Duration::ZERO, bytes_per_s: u64::MAX });
        assert_eq!(told.await, Ok(io::ErrorKind::TimedOut));
        assert!(to_bytes(body, usize::MAX).await.is_err());
    }

    #[tokio::test]
    async fn who_goes_away_ends_the_work() {
        let (body, told) = ended(Patience::new(Duration::from_hours(1)));
        drop(body);
        assert_eq!(told.await, Ok(io::ErrorKind::BrokenPipe));
    }

    #[tokio::test]
    async fn what_is_taken_earns_time() {
        let n_pieces = 4 * CHUNKS_AHEAD;
        let patience = Patience { at_first: Duration::ZERO, bytes_per_s: 1 };
        let body = body(patience, move |out| (0..n_pieces).try_for_each(|_| out.write_all(&PIECE)));
        assert_eq!(to_bytes(body, usize::MAX).await.expect("whole").len(), n_pieces * CHUNK_BYTES);
    }

    #[tokio::test]
    async fn what_broke_off_does_not_look_whole() {
        let failed = body(Patience::new(Duration::from_hours(1)), |_| Err(io::ErrorKind::StorageFull.into()));
        assert!(to_bytes(failed, usize::MAX).await.is_err());
    }

    #[test]
    fn patience_grows_with_what_was_taken() {
        let patience = Patience::new(Duration::from_secs(30));
        assert_eq!(patience.after(0), Duration::from_secs(30));
        assert_eq!(patience.after(10 * READ_BYTES_PER_S_MIN), Duration::from_secs(40));
    }
}
