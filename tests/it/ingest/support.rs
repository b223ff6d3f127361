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

/// The store after the plan, as far as ingest looks at stores.
pub fn applied(existing: &Loaded, plan: &Plan) -> Loaded {
    use hlp_tracker::model::Key;
    let mut store = existing.clone();
    for change in &plan.changes.changes {
        match change {
            Change::Put(Row::District(row)) => store.districts.push(row.clone()),
            Change::Put(Row::Vintage(row)) => {
                store.vintages.retain(|old| old.id != row.id);
                store.vintages.push(row.clone());
            }
            Change::Put(Row::Khoroo(row)) => {
                let khoroos = &mut store.datasets.entry(row.id.vintage.clone()).or_default().khoroos;
                khoroos.retain(|old| old.id != row.id);
                khoroos.push(row.clone());
                khoroos.sort_by(|a, b| a.id.cmp(&b.id));
            }
            Change::Put(Row::DistrictVersion(row)) => {
                let versions = &mut store.datasets.entry(row.vintage.clone()).or_default().district_versions;
                versions.retain(|old| old.district != row.district);
                versions.push(row.clone());
            }
            Change::Put(Row::Lineage(row)) => {
                store.lineage.retain(|old| (&old.from, &old.to) != (&row.from, &row.to));
                store.lineage.push(row.clone());
            }
            Change::Delete(Key::Khoroo(id)) => {
                store.datasets.entry(id.vintage.clone()).or_default().khoroos.retain(|old| old.id != *id);
            }
            Change::Delete(Key::Lineage(from, to)) => {
                store.lineage.retain(|old| (&old.from, &old.to) != (from, to));
            }
            other => panic!("an ingest does not do this: {other:?}"),
        }
    }
    store
}
