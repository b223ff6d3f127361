//! Judges written in Python, `tests/judge`.
//!
//! `HLP_TEST_PYTHON` names a Python with the packages of `tests/judge/requirements.txt`; `make test` makes
//! one. Without it `python3` is asked, and tests that need a judge fail if it has not got them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The command that runs this script.
pub fn judge(script: &str) -> Command {
    let python = std::env::var_os("HLP_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge").join(script));
    command
}

/// What QGIS sees of these layers, `tests/judge/desktop.py`; it comes with a Python of its own.
pub fn qgis(questions: &Value) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge/desktop.py");
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("/usr/bin/python3");
    command.arg(script).env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.path());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(questions.to_string().as_bytes()).expect("QGIS listens");
    drop(stdin);
    let output = child.wait_with_output().expect("QGIS ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {said}"))
}
