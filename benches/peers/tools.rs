//! The tools to compare with, as far as they are at hand.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Tools {
    pub mapshaper: Option<PathBuf>,
    pub martin: Option<PathBuf>,
    pub martin_cp: Option<PathBuf>,
    /// Of an environment that has tipg.
    pub uvicorn: Option<PathBuf>,
    pub wrk: Option<PathBuf>,
    pub ogr2ogr: PathBuf,
}

impl Tools {
    /// Each by the variable of its name in capitals (`MARTIN_CP`), else on the search path.
    ///
    /// Panics without `ogr2ogr`: it also carries files to the referee.
    pub fn find() -> Self {
        let ogr2ogr =
            find("ogr2ogr").expect("ogr2ogr (GDAL) is needed to judge anything; OGR2OGR may name it");
        Self {
            mapshaper: find("mapshaper"),
            martin: find("martin"),
            martin_cp: find("martin-cp"),
            uvicorn: find("uvicorn"),
            wrk: find("wrk"),
            ogr2ogr,
        }
    }
}

impl fmt::Display for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = [
            ("mapshaper", self.mapshaper.as_deref()),
            ("martin", self.martin.as_deref()),
            ("martin-cp", self.martin_cp.as_deref()),
            ("uvicorn", self.uvicorn.as_deref()),
            ("wrk", self.wrk.as_deref()),
            ("ogr2ogr", Some(self.ogr2ogr.as_path())),
        ];
        for (name, path) in named {
            match path.and_then(version) {
                Some(version) => writeln!(f, "- {name}: {version}")?,
                None => writeln!(f, "- {name}: missing ({} may name it)", variable(name))?,
            }
        }
        Ok(())
    }
}

fn variable(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os(variable(name)).map_or_else(|| PathBuf::from(name), PathBuf::from);
    version(&path).is_some().then_some(path)
}

fn version(path: &Path) -> Option<String> {
    let output = Command::new(path).arg("--version").output().ok()?;
    // One of them says it on standard error, one calls it a failure.
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    said.lines().find(|line| !line.is_empty()).map(|line| line.trim().to_owned())
}
