//! A file or a folder of files in the making, out of sight until it is whole: a store, an export.
//!
//! It is made in a hidden folder beside its place and moved from there in one step, so a crash at any
//! moment leaves either nothing or a complete file. What a killed program left behind is never built
//! upon, and swept away when the same file is made the next time. A lock tells such leftovers from the
//! folder of a program that still runs.

use std::collections::hash_map::RandomState;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use super::Failure;
use crate::store::Location;

/// Its name within the hidden folder.
const MADE: &str = "made";

/// Held by the program that works in the folder; the system lets go of it when that program ends.
const LOCK: &str = "lock";

/// A folder can be swept in the moment between its making and its locking; then another one is made.
const ATTEMPTS_MAX: u32 = 8;

/// A file in the making. Dropped before [`NewFile::keep`], it leaves nothing.
#[derive(Debug)]
pub struct NewFile {
    place: PathBuf,
    /// Beside its place, so that the move is one step of the file system.
    folder: PathBuf,
    /// Closed, and thereby unlocked, after the folder is gone.
    _lock: File,
}

impl NewFile {
    /// Begins a file that is to stand at `place`, in a folder that is there.
    pub fn beside(place: &Path) -> Result<Self, Failure> {
        let name = place.file_name().ok_or_else(|| anyhow!("`{}` names no file", place.display()))?;
        must_be_there(place)?;
        let around = around(place);
        let prefix = format!(".{}.", name.to_string_lossy());
        sweep(around, &prefix);
        let begin = || {
            let random = RandomState::new().build_hasher().finish();
            begin(around.join(format!("{prefix}{random:016x}.new")))
        };
        let mut begun = begin();
        for _ in 1..ATTEMPTS_MAX {
            match &begun {
                Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {
                    begun = begin();
                }
                _ => break,
            }
        }
        let (folder, lock) = begun.with_context(|| format!("cannot make `{}`", place.display()))?;
        Ok(Self { place: place.to_owned(), folder, _lock: lock })
    }

    pub fn location(&self) -> Location {
        Location::GeoPackage(self.path())
    }

    /// Where it is to be made.
    pub fn path(&self) -> PathBuf {
        self.folder.join(MADE)
    }

    /// Moves the file to its place. It must be closed. A file that appeared there meanwhile stays.
    pub fn keep(self) -> Result<(), Failure> {
        let made = self.path();
        let result = fs::hard_link(&made, &self.place).or_else(|error| {
            // Folders and some file systems know no links; there the check and the move are two steps.
            if self.place.exists() { Err(error) } else { fs::rename(&made, &self.place) }
        });
        result.with_context(|| format!("cannot put the new file at `{}`", self.place.display()))?;
        // The name has to outlive a loss of power too; where folders cannot be synchronised, the system does it.
        let _ = File::open(around(&self.place)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// True for `-`, by which programs call standard output; a file of that name is `./-`.
pub fn is_stdout(place: &Path) -> bool {
    place.as_os_str() == "-"
}

/// Refuses a place that is taken, or in a folder that is not there: most likely its name is mistyped.
pub fn must_have_room(place: &Path) -> Result<(), Failure> {
    if place.exists() {
        return Err(anyhow!("`{}` is there already", place.display()).into());
    }
    must_be_there(place)
}

fn must_be_there(place: &Path) -> Result<(), Failure> {
    let folder = around(place);
    if folder.is_dir() {
        return Ok(());
    }
    Err(anyhow!("there is no folder `{}` to put `{}` in", folder.display(), place.display()).into())
}

/// Refuses a name whose ending says another format than the one asked for.
pub fn two_formats(asked: &str, name: &str) -> Failure {
    Failure::usage(format!(
        "--format {asked} does not go with `{name}`, whose ending is that of another format"
    ))
}

impl Drop for NewFile {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

/// Removes a hidden folder, its lock last: half removed, it is still one to sweep.
fn remove(folder: &Path) {
    for ending in ["-journal", "-wal", "-shm", ""] {
        // Most of them are not there; what cannot be removed now is swept the next time.
        let _ = fs::remove_file(folder.join(format!("{MADE}{ending}")));
    }
    let _ = fs::remove_dir_all(folder);
}

/// The folder that `place` is in.
fn around(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the hidden folder, which must be new, and takes its lock.
///
/// - Errors: `NotFound` if it was swept meanwhile.
fn begin(folder: PathBuf) -> std::io::Result<(PathBuf, File)> {
    fs::create_dir(&folder)?;
    let path = folder.join(LOCK);
    let lock = File::create_new(&path)?;
    match lock.try_lock() {
        // Where the file system knows no locks, nobody sweeps either.
        Err(TryLockError::Error(_)) => Ok((folder, lock)),
        Ok(()) if path.exists() => Ok((folder, lock)),
        Ok(()) | Err(TryLockError::WouldBlock) => Err(ErrorKind::NotFound.into()),
    }
}

/// Removes what ended programs left of the file whose hidden folders begin with `prefix`.
fn sweep(around: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(around) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(prefix)?.strip_suffix(".new"));
        if !random.is_some_and(|text| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit())) {
            continue;
        }
        let folder = entry.path();
        match File::open(folder.join(LOCK)) {
            Ok(lock) if lock.try_lock().is_ok() => {
                tracing::info!(folder = %folder.display(), "sweeping what a killed program left");
                remove(&folder);
            }
            Ok(_) => {}
            // Killed before it had a lock, so it is empty; this removes no other.
            Err(_) => drop(fs::remove_dir(&folder)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_kept_whole_or_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let place = home.path().join("a.gpkg");
        drop(NewFile::beside(&place).expect("begins"));
        assert!(names(home.path()).is_empty());
        let file = NewFile::beside(&place).expect("begins");
        fs::write(file.path(), "whole").expect("writes");
        assert!(!place.exists());
        file.keep().expect("keeps");
        assert_eq!(names(home.path()), ["a.gpkg"]);
        let late = NewFile::beside(&place).expect("begins");
        fs::write(late.path(), "late").expect("writes");
        assert!(late.keep().is_err());
        assert_eq!(fs::read_to_string(&place).expect("reads"), "whole");
    }

    #[test]
    fn only_leftovers_of_ended_programs_are_swept() {
        let home = tempfile::tempdir().expect("a folder");
        let place = home.path().join("a.gpkg");
        let (left, strange) =
            (home.path().join(".a.gpkg.0123456789abcdef.new"), home.path().join(".a.gpkg.x.new"));
        for folder in [&left, &strange] {
            fs::create_dir(folder).expect("makes");
            fs::write(folder.join(LOCK), "").expect("writes");
            fs::write(folder.join(MADE), "half").expect("writes");
        }
        let running = NewFile::beside(&place).expect("begins");
        assert!(!left.exists());
        let second = NewFile::beside(&place).expect("begins");
        assert!(running.folder.exists() && second.folder.exists() && strange.exists());
    }
}
