//! Requests a second: `/neighbours` of `hlp serve` as it is by default, beside the least that axum can do.
//!
//! The other server has one handler, which answers bytes that are ready, as many as our answers have in the middle.
//! `wrk` sends both the same requests, in turns, over connections that stay open. Ours computes each answer anew,
//! and writes its log to a file.

use std::fmt::Write as _;
use std::net::TcpListener;

use axum::Router;
use axum::body::Bytes;
use serde_json::Value;

use crate::cluster::Cluster;
use crate::server;
use crate::service::Hlp;
use crate::table::Table;
use crate::tools::Tools;
use crate::wrk::{self, Wrk};

const ROUNDS: usize = 5;
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/serve.lua");
/// What is asked besides khoroo and limit.
const QUESTIONS: [(&str, &str); 2] = [("by border", "by=border"), ("by distance", "by=distance")];
/// Limits that a question is asked with to learn how long an answer is.
const LIMITS: [usize; 5] = [1, 13, 25, 38, 50];

pub fn run(_: &Cluster, tools: &Tools) {
    let Some(wrk) = tools.wrk.as_deref().map(Wrk) else {
        println!("\nwithout wrk nobody asks");
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder");
    let store = scratch.path().join("demo.gpkg");
    let hlp = Hlp::start(scratch.path(), &store, &["--demo"]);
    let codes = codes(&hlp);
    let mut table = Table::new(["", "axum, a second", "hlp, a second", "ratio", "bytes of an answer"]);
    for (name, question) in QUESTIONS {
        let body = usual_answer(&hlp, &codes, question);
        let n_bytes = body.len();
        let ready = Ready::start(body);
        let known = codes.join(" ");
        let ask = |address: &str| {
            wrk.requests_a_second(address, SCRIPT, &[("CODES", &known), ("QUESTION", question)])
        };
        let mut rounds: Vec<(f64, f64)> =
            (0..ROUNDS).map(|_| (ask(&ready.address), ask(&hlp.address))).collect();
        rounds.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
        let (theirs, ours) = rounds[ROUNDS / 2];
        let ratio = format!("{:.2}", ours / theirs);
        table.row(name, [format!("{theirs:.0}"), format!("{ours:.0}"), ratio, n_bytes.to_string()]);
    }
    println!(
        "\n{table}\nround of the middle ratio out of {ROUNDS}, {} s each, {} connections",
        wrk::SECONDS,
        wrk::CONNECTIONS
    );
}

fn codes(hlp: &Hlp) -> Vec<String> {
    let found = server::get(&hlp.address, "/api/v1/khoroos?limit=1000").json();
    let khoroos = found["items"].as_array().expect("khoroos");
    let code = |khoroo: &Value| khoroo["code"].as_str().expect("a code").to_owned();
    let codes: Vec<String> = khoroos.iter().map(code).collect();
    assert!(codes.len() > 100, "{} khoroos", codes.len());
    codes
}

/// The answer of the middle length.
fn usual_answer(hlp: &Hlp, codes: &[String], question: &str) -> Vec<u8> {
    let asked = codes.iter().flat_map(|code| LIMITS.map(|limit| (code, limit)));
    let mut bodies: Vec<Vec<u8>> = asked
        .map(|(code, limit)| {
            let mut path = format!("/api/v1/khoroos/{code}/neighbours?{question}");
            let _ = write!(path, "&limit={limit}");
            let answer = server::get(&hlp.address, &path);
            assert_eq!(answer.status, 200, "{path}");
            answer.body
        })
        .collect();
    bodies.sort_by_key(Vec::len);
    bodies.swap_remove(bodies.len() / 2)
}

/// axum with one handler and nothing around it; ends when dropped.
struct Ready {
    runtime: Option<tokio::runtime::Runtime>,
    address: String,
}

impl Ready {
    fn start(body: Vec<u8>) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("bound").to_string();
        let body = Bytes::from(body);
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let answer = move || std::future::ready(body.clone());
            axum::serve(listener, Router::new().fallback(answer)).await
        });
        Self { runtime: Some(runtime), address }
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
