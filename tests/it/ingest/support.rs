//! What the tests of ingest share: scratch files, requests, and plans looked at from outside.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hlp_tracker::ingest::{self, Cause, Plan, Refused, Request};
use hlp_tracker::model::{Change, Khoroo, Loaded, Row, VintageId};
use serde_json::Value;
use tempfile::TempDir;

pub fn vintage(id: &str) -> VintageId {
    id.parse().expect("a vintage")
}

/// A folder that goes away with the test.
pub fn scratch() -> TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

/// Writes `content` under `name` into the folder.
pub fn put(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a scratch file");
    path
}

pub fn put_json(folder: &TempDir, name: &str, value: &Value) -> PathBuf {
    put(folder, name, serde_json::to_string(value).expect("plain values"))
}

pub fn request(file: &Path) -> Request {
    Request::new(vec![file.to_path_buf()], vintage("2022"))
}

/// Plans into a store that holds nothing.
pub fn plan(request: &Request) -> Result<Plan, Refused> {
    plan_into(&Loaded::default(), request)
}

pub fn plan_into(existing: &Loaded, request: &Request) -> Result<Plan, Refused> {
    ingest::plan(request, existing, &mut |_| {})
}

/// The plan, or the refusal as a person would read it.
pub fn accepted(outcome: Result<Plan, Refused>) -> Plan {
    outcome.unwrap_or_else(|refused| panic!("refused:\n{refused}"))
}

pub fn causes(outcome: Result<Plan, Refused>) -> Vec<Cause> {
    let refused = outcome.expect_err("this has to be refused");
    assert_eq!(refused.causes.len(), refused.report.refusals.len());
    refused.causes
}

/// The only cause of a refusal, with its message.
pub fn cause(outcome: Result<Plan, Refused>) -> (Cause, String) {
    let causes = causes(outcome);
    assert_eq!(causes.len(), 1, "{causes:#?}");
    let cause = causes.into_iter().next().expect("one cause");
    let message = cause.to_string();
    (cause, message)
}

/// Khoroo rows by code.
pub fn khoroos(plan: &Plan) -> BTreeMap<String, Khoroo> {
    let rows = plan.changes.changes.iter().filter_map(|change| match change {
        Change::Put(Row::Khoroo(khoroo)) => Some((khoroo.id.code.to_string(), khoroo.clone())),
        _ => None,
    });
    rows.collect()
}

/// The store after the plan.
pub fn applied(existing: &Loaded, plan: &Plan) -> Loaded {
    crate::support::applied(existing, &plan.changes)
}
