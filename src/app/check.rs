//! `hlp check` and `hlp migrate`: the state of a store.

use anyhow::anyhow;

use super::stores::Wanted;
use super::{Failure, say};
use crate::config::{CheckArgs, MigrateArgs};
use crate::model::{Unreadable, rules};
use crate::snapshot::{BuildError, Snapshot};
use crate::store::{self, Location, Mode, SCHEMA_VERSION, Store as _};

/// Lists every fault, one a line; any fault is exit code 1. Holes and reviews by hosts are listed too: they may
/// be meant.
pub async fn check(args: CheckArgs) -> Result<(), Failure> {
    let wanted = Wanted::of(args.store.as_deref())?;
    let store = wanted.open().await?;
    let loaded = store.load(None).await?;
    let mut faults: Vec<String> = loaded.unreadable.iter().map(unreadable).collect();
    faults.extend(rules::check_loaded(&loaded).faults.iter().map(ToString::to_string));
    for note in rules::notes_on_loaded(&loaded) {
        say(format_args!("note: {note}"));
    }
    let build = move || Snapshot::build(loaded, None, args.max_fix);
    let summary = match tokio::task::spawn_blocking(build).await? {
        Ok(snapshot) => {
            faults.extend(snapshot.unplaced.iter().map(ToString::to_string));
            faults
                .extend(snapshot.mended().map(|(vintage, mended)| format!("vintage `{vintage}`: {mended}")));
            faults.extend(snapshot.without_lines().map(|(vintage, code)| {
                format!("khoroo `{vintage}:{code}` has no lines, others of its vintage have")
            }));
            for (vintage, hole) in snapshot.holes() {
                say(format_args!("note: vintage `{vintage}`: {hole}"));
            }
            let n_units: usize = snapshot.vintages.iter().map(|view| view.geography.khoroos.len()).sum();
            let (n_vintages, revision) = (snapshot.vintages.len(), snapshot.revision.seq);
            let holes = match snapshot.holes().count() {
                0 => String::new(),
                n => format!("; holes: {n}"),
            };
            format!("vintages: {n_vintages}; khoroos: {n_units}; revision: {revision}{holes}")
        }
        Err(BuildError::Lines { vintage, max_fix_m2, misfit }) => {
            let told = |place| format!("vintage `{vintage}`: {place}, more than {max_fix_m2} m²");
            faults.extend(misfit.places.iter().map(told));
            let lost =
                |code| format!("vintage `{vintage}`: nothing would be left of {code}, as others lie on it");
            faults.extend(misfit.lost.iter().map(lost));
            String::new()
        }
        Err(other) => {
            faults.push(other.to_string());
            String::new()
        }
    };
    if faults.is_empty() {
        say(format_args!("no faults; {summary}"));
        return Ok(());
    }
    for fault in &faults {
        say(format_args!("{fault}"));
    }
    let n_faults = match faults.len() {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    };
    Err(anyhow!("{n_faults} in `{}`", wanted.location).into())
}

/// A row that no program of ours can use.
pub fn unreadable(row: &Unreadable) -> String {
    format!("{} `{}` cannot be read: {}", row.table.name(), row.key, row.reason)
}

pub async fn migrate(args: MigrateArgs) -> Result<(), Failure> {
    let wanted = Wanted::of(args.store.as_deref())?;
    match wanted.location {
        Location::GeoPackage(_) => wanted.open().await?,
        // It is made by its administrator and so is there already, but without our tables.
        Location::Postgis(_) => store::open(&wanted.location, Mode::CreateEmpty).await?,
    };
    say(format_args!("schema {SCHEMA_VERSION} in `{}`", wanted.location));
    Ok(())
}
