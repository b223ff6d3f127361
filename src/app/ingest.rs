//! `hlp ingest`: boundary files into a store, all or nothing.
//!
//! Nothing is there for others before the plan is whole; then everything is written, in one transaction,
//! and only if the store is still what the plan was made for. A store file that is not there yet is made
//! beside its place and moved there after that; an empty schema is made in a transaction while the plan
//! is, and not kept, nor waited for, if that is refused. Once written, nothing turns success into failure any more.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::account::{Account, ReportFile};
use super::progress::Bar;
use super::stores::{self, Wanted};
use super::{Failure, say};
use crate::config::{GapsArg, IngestArgs, LevelArg, ResolveArg};
use crate::exports::System;
use crate::geometry::coverage::clean::{Gaps, Resolve};
use crate::geometry::projection::Crs;
use crate::ingest::{self, Level, Plan, Refused, Request};
use crate::model::Loaded;
use crate::store::{self, Location};

pub async fn ingest(args: IngestArgs) -> Result<(), Failure> {
    let request = request(&args)?;
    let wanted = Wanted::of(args.store.as_deref())?;
    let store_file = match &wanted.location {
        Location::GeoPackage(path) => Some(path.as_path()),
        Location::Postgis(_) => None,
    };
    let read = args.files.iter().chain(&args.decisions).map(PathBuf::as_path);
    let inputs: Vec<&Path> = read.chain(store_file).collect();
    let account = Account::open(args.report.as_deref(), inputs.iter().copied())?;
    let others = inputs.into_iter().chain(args.report.as_deref());
    let template = ReportFile::open("--decisions-template", args.decisions_template.as_deref(), others)?;

    let existing = store::peek(&wanted.location).await?;
    let planned_for = existing.as_ref().map(|loaded| loaded.revision);
    let makes_store = existing.is_none() && !args.dry_run;
    let begun = async { if makes_store { store::begin(&wanted.location).await } else { Ok(None) } };
    // What goes wrong with the store is told once the plan is known: a refusal goes first.
    let both = tokio::try_join!(plan(request, existing.unwrap_or_default()), async { Ok(begun.await) });
    let (plan, begun) = match both {
        Ok(both) => both,
        Err(Unplanned::Failed(failure)) => return Err(failure),
        Err(Unplanned::Refused(refused)) => {
            account.tell(&refused.report)?;
            let to_decide = ingest::decisions_template(&refused.causes);
            let hint = if to_decide.is_some() {
                "; --resolve, --gaps or --decisions say what becomes of overlaps and gaps above --max-fix"
            } else {
                ""
            };
            if let (Some(mut file), Some(lines)) = (template, to_decide) {
                file.write(lines.as_bytes())?;
            }
            return Err(Failure::Refused(anyhow!("refused; the store is as before{hint}")));
        }
    };
    if args.dry_run {
        account.tell(&plan.report)?;
        say(format_args!("dry run: nothing was written"));
        return Ok(());
    }
    wanted.make_room()?;
    let reason = format!("ingest of vintage {}", args.vintage);
    let revision = stores::write(&wanted.location, planned_for, begun?, &plan.changes, &reason).await?;
    tracing::info!(revision = revision.seq, changes = plan.changes.changes.len(), "written");
    say(format_args!("written to `{}`", wanted.location));
    if let Err(Failure::Usage(error) | Failure::Refused(error)) = account.tell(&plan.report) {
        tracing::warn!("the ingest is written, but its report is not: {error:#}");
    }
    Ok(())
}

/// Why there is no plan.
enum Unplanned {
    Refused(Refused),
    Failed(Failure),
}

async fn plan(request: Request, existing: Loaded) -> Result<Plan, Unplanned> {
    let bar = Bar::start();
    let planned = tokio::task::spawn_blocking(move || {
        let planned = ingest::plan(&request, &existing, &mut |progress| bar.show(progress));
        bar.finish();
        planned
    });
    planned.await.map_err(|error| Unplanned::Failed(error.into()))?.map_err(Unplanned::Refused)
}

fn request(args: &IngestArgs) -> Result<Request, Failure> {
    let vintage = args.vintage.parse().map_err(Failure::usage)?;
    let mut request = Request::new(args.files.clone(), vintage);
    request.valid_from = args.valid_from;
    request.level = match args.level {
        LevelArg::Khoroo => Level::Khoroo,
        LevelArg::District => Level::District,
    };
    request.crs = args.crs.as_deref().map(crs).transpose()?;
    request.layer.clone_from(&args.layer);
    if let Some(map) = &args.map {
        request.map = ingest::parse_map(map).map_err(Failure::usage)?;
    }
    request.source.clone_from(&args.source);
    request.expect = args.expect;
    request.max_fix_m2 = args.max_fix;
    request.resolve = args.resolve.map(|resolve| match resolve {
        ResolveArg::Smaller => Resolve::Smaller,
        ResolveArg::Larger => Resolve::Larger,
        ResolveArg::First => Resolve::First,
    });
    request.gaps = args.gaps.map(|gaps| match gaps {
        GapsArg::Fill => Gaps::Fill,
        GapsArg::Keep => Gaps::Keep,
        GapsArg::Refuse => Gaps::Refuse,
    });
    if let Some(path) = &args.decisions {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read the decisions `{}`", path.display()))?;
        request.decisions = ingest::parse_decisions(&bytes)
            .map_err(|errors| Failure::usage(format!("`{}`: {errors}", path.display())))?;
    }
    request.replace_demo = args.replace_demo;
    Ok(request)
}

fn crs(text: &str) -> Result<Crs, Failure> {
    System::named(text).map(|system| system.crs).ok_or_else(|| {
        Failure::usage(format!("--crs `{text}` is none of EPSG:4326, EPSG:3857, EPSG:32646 to EPSG:32649"))
    })
}
