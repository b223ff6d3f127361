//! `hlp demo`: a store of invented data, of any size; or its records as files for `hlp import`.
//!
//! A name that ends in `.xlsx` is a filled workbook, one that ends in `/` a folder of CSV files, anything
//! else a store.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::{Failure, say, stores};
use crate::config::DemoArgs;
use crate::demo::{self, DemoOptions, KHOROOS_MAX, KHOROOS_MIN};
use crate::import::{filled, template};
use crate::model::{Change, Loaded, Row};
use crate::store::{self, Location, Mode};

pub async fn demo(args: DemoArgs) -> Result<(), Failure> {
    if !(KHOROOS_MIN..=KHOROOS_MAX).contains(&args.khoroos) {
        return Err(Failure::usage(format!("--khoroos must be from {KHOROOS_MIN} to {KHOROOS_MAX}")));
    }
    let options = DemoOptions { khoroos: args.khoroos, seed: args.seed, records_pct: args.records };
    if is_workbook(&args.out) || args.out.ends_with('/') {
        return files(&args.out, &options);
    }
    let location = stores::location(&args.out)?;
    match &location {
        Location::GeoPackage(path) if path.exists() => {
            return Err(anyhow!("`{location}` is there already").into());
        }
        Location::GeoPackage(path) => stores::make_demo_file(path, options).await?,
        Location::Postgis(_) => {
            let store = store::open(&location, Mode::CreateEmpty).await?;
            let revision = stores::must_be_empty(&store).await?;
            stores::fill_with_demo(&store, revision, options).await?;
        }
    }
    say(format_args!("invented data in {location}"));
    Ok(())
}

/// Writes the records of the demo to files that are not there yet.
fn files(out: &str, options: &DemoOptions) -> Result<(), Failure> {
    let mut loaded = Loaded::default();
    for change in demo::generate(options).changes {
        if let Change::Put(row) = change {
            loaded.add(row);
        }
    }
    if is_workbook(out) {
        write_new(Path::new(out), &template::filled(&loaded.records, demo::NOTICE)?)?;
    } else {
        fs::create_dir_all(out).with_context(|| format!("cannot make `{out}`"))?;
        // Every store has the lists.
        let records: Vec<Row> = loaded.records.into_rows().filter(Row::is_illustrative).collect();
        for sheet in filled::sheets(&records) {
            write_new(&Path::new(out).join(format!("{}.csv", sheet.kind.name)), &sheet.csv()?)?;
        }
    }
    say(format_args!("invented records in {out}"));
    Ok(())
}

fn is_workbook(out: &str) -> bool {
    Path::new(out).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = || format!("cannot write `{}`", path.display());
    let mut file = fs::File::create_new(path).with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    Ok(())
}
