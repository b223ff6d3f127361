//! `hlp export`: a collection as a file, the same bytes as under `/exports`.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _, stdout};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use super::new_file::{self, NewFile};
use super::{Failure, say, stores};
use crate::config::ExportArgs;
use crate::exports::{Asked, Format, Refusal, Wanted};
use crate::model::Lang;
use crate::snapshot::Snapshot;
use crate::store::Store as _;

pub async fn export(mut args: ExportArgs) -> Result<(), Failure> {
    args.output = args.output.filter(|place| !new_file::is_stdout(place));
    let format = format(&args)?;
    args.output.as_deref().map_or(Ok(()), new_file::must_have_room)?;
    let store = stores::Wanted::of(args.store.as_deref())?.open().await?;
    let loaded = store.load(None).await?;
    tokio::task::spawn_blocking(move || {
        let snapshot = Arc::new(Snapshot::build(loaded, None, args.max_fix)?);
        let asked = Asked {
            collection: &args.collection,
            format: &format,
            crs: args.crs.as_deref(),
            geometry: args.geometry.as_deref(),
            bom: args.bom.then_some(true),
            lang: if args.english { Lang::En } else { Lang::Mn },
        };
        write(&snapshot, &args, &Wanted::read(&snapshot, &asked).map_err(|refusal| usage(&refusal))?)
    })
    .await?
}

fn write(snapshot: &Arc<Snapshot>, args: &ExportArgs, wanted: &Wanted) -> Result<(), Failure> {
    let licence = args.licence.as_deref();
    let Some(place) = &args.output else {
        let mut out = BufWriter::new(stdout().lock());
        return match wanted.write(snapshot, licence, &mut out) {
            // Whoever read has enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written.context("cannot write to standard output")?),
        };
    };
    let made = NewFile::beside(place)?;
    let cannot = || format!("cannot write `{}`", place.display());
    let mut out = BufWriter::new(File::create_new(made.path()).with_context(cannot)?);
    wanted.write(snapshot, licence, &mut out).with_context(cannot)?;
    out.flush().and_then(|()| out.get_ref().sync_all()).with_context(cannot)?;
    made.keep()?;
    say(format_args!("{} is in {}", wanted.file_name(), place.display()));
    Ok(())
}

/// What `--format` says, or the ending of the output; they must not be two.
fn format(args: &ExportArgs) -> Result<String, Failure> {
    let name = args.output.as_deref().and_then(|place| place.file_name()?.to_str());
    let lower = name.map(str::to_ascii_lowercase);
    let is_of = |known: &&str| {
        lower.as_deref().and_then(|name| name.strip_suffix(known)).is_some_and(|stem| stem.ends_with('.'))
    };
    let all: Vec<&str> = Format::ALL.iter().map(|format| format.extension()).collect();
    let ending = all.iter().copied().find(is_of);
    let words = || all.join(", ");
    match (args.format.as_deref(), ending) {
        (Some(asked), Some(ending)) if asked != ending && all.contains(&asked) => {
            Err(new_file::two_formats(asked, name.unwrap_or_default()))
        }
        (Some(asked), _) => Ok(asked.to_owned()),
        (None, Some(ending)) => Ok(ending.to_owned()),
        (None, None) => Err(Failure::usage(match name {
            Some(name) if is_shp(name) => {
                format!("a Shapefile is written zipped: call it `{name}.zip` instead of `{name}`")
            }
            Some(name) => format!("`{name}` ends like no format, and --format is missing: {}", words()),
            None => {
                format!("--format is missing, which standard output has no ending to tell: {}", words())
            }
        })),
    }
}

fn is_shp(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"))
}

fn usage(refusal: &Refusal) -> Failure {
    let allowed = refusal.allowed().join(", ");
    let option = refusal.parameter().map(|name| format!("--{name}: ")).unwrap_or_default();
    let instead = if allowed.is_empty() { String::new() } else { format!("; there are {allowed}") };
    Failure::usage(format!("{option}{refusal}{instead}"))
}
