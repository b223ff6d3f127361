//! What one client may ask of the service, and how it ends.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use hlp_tracker::http::guard::{BODY_BYTES_MAX, FILTER_QUERY_BYTES_MAX, Limits, QUERY_BYTES_MAX};
use hlp_tracker::http::server::serve;
use hlp_tracker::http::{Service, Settings, router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::{Site, TILE, snapshot};

#[tokio::test]
async fn a_query_has_a_longest_length() {
    let site = Site::new().await;
    let ask = |n_bytes: usize| format!("/mn/?a={}", "x".repeat(n_bytes - 2));
    assert_eq!(site.get(&ask(QUERY_BYTES_MAX)).await.status, 200);
    let answer = site.get(&ask(QUERY_BYTES_MAX + 1)).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (414, "query_too_long".into()));
    let items = "/ogc/collections/districts/items?filter=";
    let ask = |n_bytes: usize| format!("{items}code='{}'", "x".repeat(n_bytes - "filter=code=''".len()));
    assert_eq!(site.get(&ask(FILTER_QUERY_BYTES_MAX)).await.status, 200);
    assert_eq!(site.get(&ask(FILTER_QUERY_BYTES_MAX + 1)).await.status, 414);
}

#[tokio::test]
async fn a_body_has_a_largest_size() {
    let site = Site::new().await;
    for (n_bytes, status) in [(BODY_BYTES_MAX, 200), (BODY_BYTES_MAX + 1, 413)] {
        let answer = site.get_with("/api/v1/cycles", &[("content-length", &n_bytes.to_string())]).await;
        assert_eq!(answer.status, status);
    }
}

#[tokio::test]
async fn a_tile_has_a_largest_size() {
    let size = Site::new().await.get(TILE).await.body.len() as u64;
    for (tile_bytes, status) in [(size, 200), (size - 1, 500)] {
        let limits = Limits { tile_bytes, ..Limits::default() };
        let answer = Site::with(Settings { limits, ..Settings::default() }).await.get(TILE).await;
        assert_eq!(answer.status, status);
        if status == 500 {
            assert_eq!(answer.json()["code"], "tile_too_large");
        }
    }
}

/// A service in which nothing can be encoded, so that a tile waits.
async fn stuck(requests: usize, request_timeout: Duration) -> Site {
    let limits = Limits { requests, request_timeout, ..Limits::default() };
    let app = Service::new(Settings { limits, ..Settings::default() }, 0).expect("a built viewer");
    app.publish(snapshot().await, Duration::ZERO);
    Site { router: router(app.clone()), app }
}

#[tokio::test]
async fn more_requests_than_allowed_are_told_to_come_again() {
    let site = stuck(2, Duration::from_mins(1)).await;
    let mut first = pin!(site.get(TILE));
    assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(site.get("/api/v1/cycles").await.status, 200, "one below the limit");
    let mut second = pin!(site.get(TILE));
    assert!(second.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let refused = site.get("/api/v1/cycles").await;
    assert_eq!((refused.status, refused.json()["code"].clone()), (503, "overloaded".into()));
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(site.get("/health/live").await.status, 200, "liveness answers even then");
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_ended() {
    let site = stuck(10, Duration::from_millis(50)).await;
    let answer = site.get(TILE).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (503, "timed_out".into()));
    assert!(!answer.header("retry-after").is_empty());
}

/// A server on a free port whose one route waits to be released.
struct Slow {
    address: SocketAddr,
    begun: Arc<Notify>,
    release: Arc<Notify>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<bool>,
}

async fn slow(shutdown_timeout: Duration) -> Slow {
    let (begun, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (stop, stopped) = oneshot::channel();
    let (told, awaited) = (begun.clone(), release.clone());
    let route = get(move || async move {
        told.notify_one();
        awaited.notified().await;
        "whole"
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let limits = Limits { shutdown_timeout, ..Limits::default() };
        let stopped = async { stopped.await.unwrap_or_default() };
        serve(listener, Router::new().route("/slow", route), String::new(), &limits, stopped).await
    });
    Slow { address, begun, release, stop, served }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

#[tokio::test]
async fn a_request_under_way_at_shutdown_is_finished_while_no_new_one_is_taken() {
    let slow = slow(Duration::from_mins(1)).await;
    let asked = tokio::spawn(ask(slow.address));
    slow.begun.notified().await;
    slow.stop.send(()).expect("it listens");
    while TcpStream::connect(slow.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!asked.is_finished());
    slow.release.notify_one();
    let text = asked.await.expect("no panic").expect("an answer");
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("whole"), "{text}");
    assert!(slow.served.await.expect("no panic"), "all finished");
}

#[tokio::test]
async fn shutdown_does_not_wait_for_ever() {
    let slow = slow(Duration::from_millis(50)).await;
    let _asked = tokio::spawn(ask(slow.address));
    slow.begun.notified().await;
    slow.stop.send(()).expect("it listens");
    assert!(!slow.served.await.expect("no panic"), "one was cut off, and it says so");
}

/// Who reads a byte now and then holds a place only for as long as the limit on unread answers says.
#[tokio::test]
async fn a_client_that_reads_byte_by_byte_makes_room_for_others() {
    const WHOLE_BYTES: usize = 64 << 20;
    let router = Router::new()
        .route("/whole", get(|| async { vec![b'x'; WHOLE_BYTES] }))
        .route("/slow", get(|| async { "other" }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (_stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(async move {
        let write_timeout = Duration::from_millis(200);
        let limits = Limits { connections: 1, write_timeout, ..Limits::default() };
        let stopped = async { stopped.await.unwrap_or_default() };
        serve(listener, router, String::new(), &limits, stopped).await
    });
    let mut slow = TcpStream::connect(address).await.expect("it listens");
    slow.write_all(b"GET /whole HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("it listens");
    assert_eq!(slow.read_u8().await.expect("it begins"), b'H');
    let reading = async {
        let mut now_and_then = tokio::time::interval(Duration::from_millis(20));
        loop {
            now_and_then.tick().await;
            if slow.read_u8().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let other = async {
        tokio::select! {
            () = reading => String::new(),
            answer = ask(address) => answer.expect("an answer"),
        }
    };
    // Less than the limit that nobody has set.
    let answer = tokio::time::timeout(Duration::from_secs(25), other).await.expect("room");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("other"), "{answer}");
}
