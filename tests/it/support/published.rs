//! The published boundaries of the 204 khoroos, which are not part of the project.

use std::path::{Path, PathBuf};

/// The file that `HLP_REAL_BOUNDARIES` names, or one beside the checkout, if there is one.
///
/// Its tests are ignored unless asked for and fail without it, so that a run that leaves them out says
/// so: `make test-published` runs them. Panics if the variable names no file: who names one wants it used.
pub fn at_hand() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("HLP_REAL_BOUNDARIES").map(PathBuf::from) {
        assert!(named.is_file(), "HLP_REAL_BOUNDARIES names `{}`, which is no file", named.display());
        return Some(named);
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ulaanbaatar-204/khoroos.json");
    beside.is_file().then_some(beside)
}
