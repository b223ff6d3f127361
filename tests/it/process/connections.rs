//! Connections of a served city: how they end, and how many there may be.

use std::io::Write;
use std::time::Duration;

use super::{home, serve, text};
use crate::support::server::{connect, get, read_answer, try_get, wait_until};

/// Asks for a tile that nobody has asked for, and stops the service while many such are on their way.
#[test]
fn requests_under_way_at_sigterm_are_finished() {
    let home = home();
    let mut serving = serve(home.path(), &["--internal-listen", "127.0.0.1:0"]);
    let internal = serving.process.field("listen.internal_address");
    let mut asking: Vec<_> = (0..16)
        .map(|x| {
            let mut stream = connect(&serving.address).expect("connects");
            let path = format!("/tiles/tracker-2022/14/{}/5704.mvt", 13_050 + x);
            write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").expect("sends");
            stream
        })
        .collect();
    let n_taken = || {
        let metrics = text(&get(&internal, "/metrics").body);
        let count = |name: &str| -> usize {
            let values = metrics.lines().filter(|line| line.starts_with(name) && line.contains("/tiles/"));
            values.filter_map(|line| line.rsplit(' ').next()?.parse::<usize>().ok()).sum()
        };
        count("hlp_requests_begun_total")
    };
    wait_until("all requests to be taken", || n_taken() == asking.len());
    serving.process.signal("TERM");
    for stream in &mut asking {
        let answer = read_answer(stream).expect("the answer is whole");
        assert!(matches!(answer.status, 200 | 204), "{}", answer.status);
    }
    assert_eq!(serving.process.wait().code(), Some(0));
    assert!(try_get(&serving.address, "/health/live").is_err());
}

#[test]
fn a_second_signal_ends_the_process_at_once_and_is_told() {
    let home = home();
    let mut serving = serve(home.path(), &["--shutdown-timeout", "60s", "--request-timeout", "60s"]);
    let mut asking = connect(&serving.address).expect("connects");
    let head = "POST /api/v1/visit-plans HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    asking.write_all(head.as_bytes()).expect("sends");
    serving.process.signal("TERM");
    serving.process.logged("SIGTERM: stopping");
    serving.process.signal("TERM");
    assert_eq!(serving.process.wait().code(), Some(1));
    serving.process.logged("SIGTERM again: stopping at once");
}

#[test]
fn a_client_that_never_finishes_its_request_is_let_go() {
    let home = home();
    let serving = serve(home.path(), &["--head-timeout", "200ms"]);
    for beginning in ["", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let mut slow = connect(&serving.address).expect("connects");
        slow.write_all(beginning.as_bytes()).expect("sends");
        let mut rest = Vec::new();
        std::io::Read::read_to_end(&mut slow, &mut rest).expect("the server closes");
    }
    // One that keeps its connection idle after an answer, too.
    let mut idle = connect(&serving.address).expect("connects");
    write!(idle, "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").expect("sends");
    assert_eq!(read_answer(&mut idle).expect("an answer, then the end").status, 200);
}

#[test]
fn more_connections_than_allowed_wait_their_turn() {
    let home = home();
    let serving = serve(home.path(), &["--max-connections", "1"]);
    let first = connect(&serving.address).expect("connects");
    let mut second = connect(&serving.address).expect("the system takes it into the queue");
    write!(second, "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("sends");
    second.set_read_timeout(Some(Duration::from_millis(300))).expect("a time");
    let waiting = std::io::Read::read(&mut second, &mut [0; 1]).expect_err("no answer yet");
    assert!(matches!(waiting.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
    drop(first);
    second.set_read_timeout(Some(crate::support::server::PATIENCE)).expect("a time");
    assert_eq!(read_answer(&mut second).expect("now it is served").status, 200);
}

#[test]
fn a_request_head_beyond_the_limit_is_refused() {
    let home = home();
    let serving = serve(home.path(), &[]);
    let limit = hlp_tracker::http::server::HEAD_BYTES_MAX;
    let ask = |filler: usize| {
        let mut stream = connect(&serving.address).expect("connects");
        let head = "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: ";
        // The server may hang up while the rest is still on its way.
        let _ = stream.write_all(format!("{head}{}\r\n\r\n", "a".repeat(filler)).as_bytes());
        read_answer(&mut stream).ok().map(|answer| answer.status)
    };
    assert_eq!(ask(limit - 200), Some(200));
    assert!(matches!(ask(limit), Some(431) | None));
}
