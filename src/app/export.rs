//! `hlp export`: a collection as a file, the same bytes as under `/exports`.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};

use super::stores::Wanted;
use super::{Failure, say};
use crate::config::ExportArgs;
use crate::exports::{Export, Format, GeometryColumns, Options};
use crate::features::Collection;
use crate::geometry::projection::Crs;
use crate::model::Lang;
use crate::snapshot::Snapshot;
use crate::store::{self, Mode, Store as _};

pub async fn export(args: ExportArgs) -> Result<(), Failure> {
    let format = format(&args)?;
    let options = options(&args, format)?;
    if let Some(place) = args.output.as_deref().filter(|place| place.exists()) {
        return Err(anyhow!("`{}` is there already", place.display()).into());
    }
    let wanted = Wanted::of(args.store.as_deref())?;
    let store = store::open(&wanted.location, Mode::MustExist).await?;
    let loaded = store.load(None).await?;
    tokio::task::spawn_blocking(move || {
        let snapshot = Arc::new(Snapshot::build(loaded, None, args.max_fix)?);
        write(&snapshot, &args, format, options)
    })
    .await?
}

fn write(
    snapshot: &Arc<Snapshot>,
    args: &ExportArgs,
    format: Format,
    options: Options,
) -> Result<(), Failure> {
    let collection = Collection::find(snapshot, &args.collection).ok_or_else(|| {
        let known: Vec<String> = Collection::all(snapshot).into_iter().map(|one| one.id).collect();
        Failure::usage(format!(
            "no collection is called `{}`; there are {}",
            args.collection,
            known.join(", ")
        ))
    })?;
    if !format.holds(&collection, snapshot) {
        let words = format!("`{}` has no ground, and a Shapefile is nothing without", collection.id);
        return Err(Failure::usage(words));
    }
    let licence = args.licence.as_deref();
    let export = Export { collection: &collection, snapshot, licence, options };
    let Some(place) = &args.output else {
        let mut out = BufWriter::new(stdout().lock());
        return match export.write(format, &mut out) {
            // Whoever read has enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written.context("cannot write to standard output")?),
        };
    };
    let made = Unfinished::beside(place)?;
    let cannot = || format!("cannot write `{}`", place.display());
    let mut out = BufWriter::new(File::create_new(&made.path).with_context(cannot)?);
    export.write(format, &mut out).with_context(cannot)?;
    out.flush().and_then(|()| out.get_ref().sync_all()).with_context(cannot)?;
    made.keep(place)?;
    say(format_args!("{} as {} in {}", collection.id, format.extension(), place.display()));
    Ok(())
}

/// What `--format` says, or the ending of the file.
fn format(args: &ExportArgs) -> Result<Format, Failure> {
    let known = || Format::ALL.map(Format::extension).join(", ");
    let ending = || args.output.as_deref()?.extension()?.to_str().map(str::to_owned);
    let text = args.format.clone().or_else(ending);
    let text = text.ok_or_else(|| Failure::usage(format!("--format is missing: {}", known())))?;
    Format::from_extension(&text)
        .ok_or_else(|| Failure::usage(format!("no export has the form `{text}`; there are {}", known())))
}

fn options(args: &ExportArgs, format: Format) -> Result<Options, Failure> {
    let systems = format.systems();
    let crs = match args.crs.as_deref() {
        None => systems[0],
        Some(text) => {
            let code = text.strip_prefix("EPSG:").unwrap_or(text).parse().ok();
            code.and_then(Crs::from_epsg).filter(|crs| systems.contains(crs)).ok_or_else(|| {
                let codes: Vec<String> = systems.iter().map(|crs| crs.epsg().to_string()).collect();
                let codes = codes.join(", ");
                Failure::usage(format!("--crs {text}: {} is written in {codes}", format.extension()))
            })?
        }
    };
    let word = args.geometry.as_deref();
    let geometry = match word {
        None => GeometryColumns::Wkt,
        Some(word) => {
            let found = GeometryColumns::WORDS.into_iter().find(|(name, _)| *name == word);
            let known = GeometryColumns::WORDS.map(|(name, _)| name).join(", ");
            found.ok_or_else(|| Failure::usage(format!("--geometry {word}: allowed are {known}")))?.1
        }
    };
    if format != Format::Csv && (args.bom || word.is_some()) {
        return Err(Failure::usage("--geometry and --bom go with csv"));
    }
    let lang = if args.english { Lang::En } else { Lang::Mn };
    Ok(Options { crs, lang, geometry, bom: args.bom })
}

/// A file in the making beside its place; dropped before it is kept, it leaves nothing.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn beside(place: &Path) -> Result<Self, Failure> {
        let name = place.file_name().ok_or_else(|| anyhow!("`{}` names no file", place.display()))?;
        let name = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        Ok(Self { path: place.with_file_name(name) })
    }

    fn keep(self, place: &Path) -> Result<(), Failure> {
        fs::rename(&self.path, place).with_context(|| format!("cannot write `{}`", place.display()))?;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Kept, it is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}
