//! Connections: taken, bounded, watched, and ended in an orderly way.
//!
//! Owns: the accept loop, time limits on heads and on unread answers, graceful shutdown.
//! Leaves to others: everything about requests.
//!
//! Design: hyper is driven directly because `axum::serve` has neither a time limit on request heads
//! (one slow client per connection could hold them all) nor a bound on connections. HTTP/1.1 only:
//! browsers speak HTTP/2 with the proxy that holds the certificate, and reading the first bytes to
//! guess a version has no time limit.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

use super::guard::Limits;
use super::proxy::{Peer, without_prefix};

/// Largest head of a request. Too low: many cookies of a shared host name fail. Too high: memory.
pub const HEAD_BYTES_MAX: usize = 32 << 10;

/// Pause after a failed accept, most likely for want of file descriptors, which time frees.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` on `listener` until `shutdown`, then lets requests under way finish.
///
/// `prefix` is taken off paths that begin with it. Out: false if some had to be cut off.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    prefix: String,
    limits: &Limits,
    shutdown: impl Future<Output = ()>,
) -> bool {
    let connections = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let prefix: Arc<str> = prefix.into();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut shutdown => break,
            accepted = accept(&listener, &connections) => accepted,
        };
        let (stream, peer, permit) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        // Small answers leave at once instead of waiting for more bytes.
        let _ = stream.set_nodelay(true);
        let stream = TokioIo::new(Impatient::new(stream, limits.write_timeout));
        let service = handler(router.clone(), prefix.clone(), peer);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_timeout)
            .max_header_size(HEAD_BYTES_MAX)
            .serve_connection(stream, service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away or is too slow is no event.
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection ended early");
            }
            drop(permit);
        });
    }
    drop(listener);
    let left = graceful.count();
    if left > 0 {
        tracing::info!(connections = left, "finishing requests under way");
    }
    tokio::time::timeout(limits.shutdown_timeout, graceful.shutdown()).await.is_ok()
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, connections: &Arc<Semaphore>) -> io::Result<Accepted> {
    let permit = connections.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, permit))
}

fn handler(
    router: Router,
    prefix: Arc<str>,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future = impl Future<Output = Result<axum::response::Response, Infallible>> + Send,
> {
    service_fn(move |mut request: Request<Incoming>| {
        if let Some(uri) = without_prefix(request.uri(), &prefix) {
            *request.uri_mut() = uri;
        }
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    })
}

/// A stream that fails when the other side takes nothing for too long.
///
/// Without it a client that never reads holds a connection, and the memory of its answer, for ever.
struct Impatient {
    stream: TcpStream,
    patience: Duration,
    /// Runs while a write waits.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Impatient {
    const fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    fn judged<T>(&mut self, context: &mut Context<'_>, write: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if write.is_ready() {
            self.waiting = None;
            return write;
        }
        let patience = self.patience;
        let waiting =
            self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + patience)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Impatient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Impatient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judged(context, write)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let write = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judged(context, write)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flush = Pin::new(&mut self.stream).poll_flush(context);
        self.judged(context, flush)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shutdown = Pin::new(&mut self.stream).poll_shutdown(context);
        self.judged(context, shutdown)
    }
}
