//! `hlp check` and `hlp migrate`: the state of a store.

use anyhow::anyhow;

use super::stores::Wanted;
use super::{Failure, say};
use crate::config::{CheckArgs, MigrateArgs};
use crate::model::Unreadable;
use crate::snapshot::Snapshot;
use crate::store::{self, Location, Mode, SCHEMA_VERSION, Store as _};

/// Lists every fault, one a line; any fault is exit code 1.
pub async fn check(args: CheckArgs) -> Result<(), Failure> {
    let wanted = Wanted::of(args.store.as_deref())?;
    let store = store::open(&wanted.location, Mode::MustExist).await?;
    let loaded = store.load(None).await?;
    let snapshot = tokio::task::spawn_blocking(move || Snapshot::build(loaded, None, args.max_fix)).await??;
    let mut n_faults = 0;
    let mut fault = |text: String| {
        say(format_args!("{text}"));
        n_faults += 1;
    };
    for row in &snapshot.unreadable {
        fault(unreadable(row));
    }
    for broken in &snapshot.verdict.faults {
        fault(broken.to_string());
    }
    for record in &snapshot.unplaced {
        fault(record.to_string());
    }
    for (vintage, mended) in snapshot.mended() {
        fault(format!("vintage `{vintage}`: {mended}"));
    }
    let n_units: usize = snapshot.vintages.iter().map(|view| view.geography.khoroos.len()).sum();
    let (n_vintages, revision) = (snapshot.vintages.len(), snapshot.revision.seq);
    if n_faults == 0 {
        say(format_args!("no faults: {n_vintages} vintages, {n_units} khoroos, revision {revision}"));
        return Ok(());
    }
    Err(anyhow!("{n_faults} faults in `{}`", wanted.location).into())
}

/// A row that no program of ours can use.
pub fn unreadable(row: &Unreadable) -> String {
    format!("{} `{}` cannot be read: {}", row.table.name(), row.key, row.reason)
}

pub async fn migrate(args: MigrateArgs) -> Result<(), Failure> {
    let wanted = Wanted::of(args.store.as_deref())?;
    // A database is made by its administrator and so is there already, but without our tables.
    let mode = match wanted.location {
        Location::GeoPackage(_) => Mode::MustExist,
        Location::Postgis(_) => Mode::CreateEmpty,
    };
    store::open(&wanted.location, mode).await?;
    say(format_args!("schema {SCHEMA_VERSION} in `{}`", wanted.location));
    Ok(())
}
