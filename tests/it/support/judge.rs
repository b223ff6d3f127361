//! Judges written in Python, `tests/judge`.
//!
//! `HLP_TEST_PYTHON` names a Python with the packages of `tests/judge/requirements.txt`; `make test` makes
//! one. Without it `python3` is asked, and tests that need a judge fail if it has not got them.

use std::path::Path;
use std::process::Command;

/// The command that runs this script.
pub fn judge(script: &str) -> Command {
    let python = std::env::var_os("HLP_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge").join(script));
    command
}
