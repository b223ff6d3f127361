//! `hlp import`: records from workbooks and text files into a store, all or nothing.
//!
//! As with `hlp ingest`, nothing is made or written before the plan is whole, and then everything in one
//! transaction, if the store is still what the plan was made for. `--template` alone writes the empty
//! workbook, with the code lists of the store.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::account::Account;
use super::progress::Bar;
use super::stores::{self, Wanted};
use super::{Failure, say};
use crate::config::ImportArgs;
use crate::http::select::today;
use crate::import::kinds::Kind;
use crate::import::{self, Plan, Refused, Request, template};
use crate::model::{Loaded, Records};
use crate::store::{self, Location};

pub async fn import(args: ImportArgs) -> Result<(), Failure> {
    if args.files.is_empty() && args.template.is_none() {
        return Err(Failure::usage("name a file to import, or an empty workbook to write with --template"));
    }
    let request = request(&args)?;
    let wanted = Wanted::of(args.store.as_deref())?;
    let store_file = match &wanted.location {
        Location::GeoPackage(path) => Some(path.as_path()),
        Location::Postgis(_) => None,
    };
    let read = args.files.iter().map(PathBuf::as_path);
    let account = Account::open(args.report.as_deref(), read.chain(store_file))?;
    let existing = store::peek(&wanted.location).await?;
    if let Some(path) = &args.template {
        write_template(path, existing.as_ref())?;
        if args.files.is_empty() {
            return Ok(());
        }
    }

    let planned_for = existing.as_ref().map(|loaded| loaded.revision);
    let plan = match plan(request, existing.unwrap_or_else(new_store)).await? {
        Ok(plan) => plan,
        Err(refused) => {
            account.tell(&*refused.report)?;
            return Err(Failure::Refused(anyhow!("refused; the store is as before")));
        }
    };
    if args.dry_run || plan.changes.is_empty() {
        account.tell(&plan.report)?;
        say(format_args!("{}nothing was written", if args.dry_run { "dry run: " } else { "" }));
        return Ok(());
    }
    let names: Vec<String> = args.files.iter().map(|path| path.display().to_string()).collect();
    let reason = format!("import of {}", names.join(", "));
    wanted.make_room()?;
    let revision = stores::write(&wanted.location, planned_for, None, &plan.changes, &reason).await?;
    tracing::info!(revision = revision.seq, changes = plan.changes.changes.len(), "written");
    say(format_args!("written to `{}`", wanted.location));
    if let Err(Failure::Usage(error) | Failure::Refused(error)) = account.tell(&plan.report) {
        tracing::warn!("the import is written, but its report is not: {error:#}");
    }
    Ok(())
}

async fn plan(request: Request, existing: Loaded) -> Result<Result<Plan, Refused>, Failure> {
    let bar = Bar::start();
    let planned = tokio::task::spawn_blocking(move || {
        let planned = import::plan(&request, &existing, &mut |progress| bar.show_import(progress));
        bar.finish();
        planned
    });
    Ok(planned.await?)
}

/// What a store holds that is about to be made.
fn new_store() -> Loaded {
    Loaded { records: Records::starting(), ..Loaded::default() }
}

/// Writes the empty workbook to a new file; one that is there may have been filled.
fn write_template(path: &Path, existing: Option<&Loaded>) -> Result<(), Failure> {
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        return Err(Failure::usage(format!(
            "--template `{}`: a workbook's name ends with .xlsx",
            path.display()
        )));
    }
    let records = existing.map_or_else(Records::starting, |loaded| loaded.records.clone());
    let bytes = template::workbook(&records)?;
    let cannot = || format!("cannot write the template `{}`", path.display());
    let mut file = std::fs::File::create_new(path).with_context(cannot)?;
    std::io::Write::write_all(&mut file, &bytes).with_context(cannot)?;
    say(format_args!("template written to `{}`", path.display()));
    Ok(())
}

fn request(args: &ImportArgs) -> Result<Request, Failure> {
    let mut request = Request::new(args.files.clone());
    request.replace_demo = args.replace_demo;
    request.today = Some(today());
    if let Some(name) = &args.kind {
        let kind = Kind::named(name);
        let unknown = || Failure::usage(format!("--as `{name}` is none of: {}", Kind::listed()));
        request.kind = Some(kind.ok_or_else(unknown)?);
    }
    Ok(request)
}
