//! `hlp ingest`: boundary files into a store, all or nothing.
//!
//! Nothing is written before the plan is whole; then everything is, in one transaction. A store file
//! that is not there yet is made beside its place and moved there only after that.

use std::path::Path;

use anyhow::Context as _;

use super::progress::Bar;
use super::stores::{ACTOR, NewFile, Wanted};
use super::{Failure, say};
use crate::config::{GapsArg, IngestArgs, LevelArg, ResolveArg};
use crate::geometry::coverage::clean::{Gaps, Resolve};
use crate::geometry::projection::Crs;
use crate::ingest::{self, Level, Report, Request};
use crate::store::{self, AnyStore, Mode, Store as _};

pub async fn ingest(args: IngestArgs) -> Result<(), Failure> {
    let request = request(&args)?;
    let wanted = Wanted::of(args.store.as_deref())?;
    let new = wanted.missing_file().map(NewFile::beside).transpose()?;
    let location = new.as_ref().map_or_else(|| wanted.location.clone(), NewFile::location);
    let store = store::open(&location, Mode::CreateEmpty).await?;
    let written = plan_and_write(&store, request, &args).await?;
    drop(store);
    if let Some(file) = new.filter(|_| written) {
        file.keep()?;
    }
    Ok(())
}

/// Out: true if the store was written to.
async fn plan_and_write(store: &AnyStore, request: Request, args: &IngestArgs) -> Result<bool, Failure> {
    let existing = store.load(None).await?;
    let bar = Bar::start();
    let planned = tokio::task::spawn_blocking(move || {
        let planned = ingest::plan(&request, &existing, &mut |progress| bar.show(progress));
        bar.finish();
        planned
    })
    .await?;
    let plan = match planned {
        Ok(plan) => plan,
        Err(refused) => {
            report(&refused.report, args.report.as_deref())?;
            return Err(Failure::Refused(anyhow::anyhow!("refused; the store is as before")));
        }
    };
    let written = if args.dry_run {
        false
    } else {
        let reason = format!("ingest of vintage {}", args.vintage);
        let revision = store.apply(&plan.changes, None, ACTOR, &reason).await?;
        tracing::info!(revision = revision.seq, changes = plan.changes.changes.len(), "written");
        true
    };
    report(&plan.report, args.report.as_deref())?;
    if args.dry_run {
        say(format_args!("dry run: nothing was written"));
    }
    Ok(written)
}

fn report(report: &Report, file: Option<&Path>) -> Result<(), Failure> {
    say(format_args!("{report}"));
    if let Some(path) = file {
        let json = serde_json::to_vec_pretty(report)?;
        std::fs::write(path, json)
            .with_context(|| format!("cannot write the report `{}`", path.display()))?;
    }
    Ok(())
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
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the decisions `{}`", path.display()))?;
        request.decisions = ingest::parse_decisions(&text).map_err(Failure::usage)?;
    }
    request.replace_demo = args.replace_demo;
    Ok(request)
}

fn crs(text: &str) -> Result<Crs, Failure> {
    let code = text.strip_prefix("EPSG:").or_else(|| text.strip_prefix("epsg:")).unwrap_or(text);
    let known = code.parse().ok().and_then(Crs::from_epsg);
    known.ok_or_else(|| {
        Failure::usage(format!("--crs `{text}` is none of EPSG:4326, EPSG:3857, EPSG:32646 to EPSG:32649"))
    })
}
