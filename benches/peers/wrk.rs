//! `wrk` sends as many requests as a server answers, over connections that stay open.

use std::path::Path;
use std::process::Command;

/// Of one turn, long against what a server needs to come to its speed.
pub const SECONDS: &str = "4";
pub const CONNECTIONS: &str = "32";
/// Above what a slow server lets the last of all connections wait.
const PATIENCE: &str = "30s";

/// The program.
pub struct Wrk<'a>(pub &'a Path);

impl Wrk<'_> {
    /// What it counts of the requests that a script makes; the script is told `variables`. Panics where one answer was
    /// an error.
    pub fn requests_a_second(&self, address: &str, script: &str, variables: &[(&str, &str)]) -> f64 {
        let mut command = Command::new(self.0);
        command.args([
            "-t",
            "1",
            "-c",
            CONNECTIONS,
            "-d",
            SECONDS,
            "--timeout",
            PATIENCE,
            "-s",
            script,
            &format!("http://{address}"),
        ]);
        let output = command.envs(variables.iter().copied()).output().expect("wrk runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && !said.contains("Non-2xx") && !said.contains("Socket errors"),
            "{said}"
        );
        let count = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")?.trim().parse().ok());
        count.unwrap_or_else(|| panic!("no count in: {said}"))
    }
}
