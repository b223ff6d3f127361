//! `hlp copy`: everything from one store into another, whatever their kinds.

use anyhow::{Context as _, anyhow};

use super::new_file::NewFile;
use super::stores::{self, ACTOR};
use super::{Failure, check, say};
use crate::config::CopyArgs;
use crate::model::{Change, ChangeSet};
use crate::store::{self, AnyStore, Location, Mode, Store as _};

pub async fn copy(args: CopyArgs) -> Result<(), Failure> {
    let (from, to) = (stores::location(&args.from)?, stores::location(&args.to)?);
    let source = store::open(&from, Mode::MustExist).await.context("cannot read the source")?;
    let loaded = source.load(None).await?;
    if let Some(row) = loaded.unreadable.first() {
        return Err(anyhow!(
            "`{from}` holds {} rows that cannot be read, the first: {}; `hlp check` lists them",
            loaded.unreadable.len(),
            check::unreadable(row)
        )
        .into());
    }
    let set = ChangeSet { changes: loaded.into_rows().map(Change::Put).collect() };
    match &to {
        Location::GeoPackage(path) if !path.exists() => {
            let file = NewFile::beside(path)?;
            let store = store::open(&file.location(), Mode::CreateEmpty).await?;
            write(&store, &set, &from).await?;
            drop(store);
            file.keep()?;
        }
        _ => {
            let store = store::open(&to, Mode::CreateEmpty).await?;
            write(&store, &set, &from).await?;
        }
    }
    say(format_args!("{} rows copied to {to}", set.changes.len()));
    Ok(())
}

async fn write(store: &AnyStore, set: &ChangeSet, from: &Location) -> Result<(), Failure> {
    let revision = stores::must_be_empty(store).await?;
    // A new store has lists of its own; those of the source take their place.
    let there = store.load(None).await?.into_rows().map(|row| Change::Delete(row.key()));
    let set = ChangeSet { changes: there.chain(set.changes.iter().cloned()).collect() };
    store.apply(&set, Some(revision), ACTOR, &format!("copy of {from}")).await?;
    Ok(())
}
