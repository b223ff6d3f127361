//! The published boundaries of the 204 khoroos, which are not part of the project.

use std::path::{Path, PathBuf};

/// The file that `HLP_REAL_BOUNDARIES` names, or one beside the checkout.
///
/// Panics where there is neither. Its tests are ignored unless asked for, so that a run without the
/// file says so: `make test-published` runs them.
pub fn boundaries() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ulaanbaatar-204/khoroos.json");
    let file = std::env::var_os("HLP_REAL_BOUNDARIES").map_or(beside, PathBuf::from);
    assert!(file.is_file(), "no file `{}`; HLP_REAL_BOUNDARIES may name another", file.display());
    file
}
