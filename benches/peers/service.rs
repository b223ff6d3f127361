//! `hlp serve` as it is by default, its log in a file.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::server::{self, wait_until};

/// Killed when dropped.
pub struct Hlp {
    child: Child,
    pub address: String,
}

impl Hlp {
    /// Waits until the store is loaded.
    pub fn start(folder: &Path, store: &Path, args: &[&str]) -> Self {
        let log = File::create(folder.join("log")).expect("a file for the log");
        let mut command = server::hlp(folder);
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(args).arg("--store").arg(store);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("hlp starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("the address");
        let address =
            line.split_once("http://").map(|(_, rest)| rest.trim_end_matches(['/', '\n']).to_owned());
        let address = address.unwrap_or_else(|| panic!("no address in `{line}`"));
        wait_until("the first load", || {
            server::try_get(&address, "/health/ready").is_ok_and(|answer| answer.status == 200)
        });
        Self { child, address }
    }

    /// Most memory that it ever had, in MB.
    pub fn memory_mb(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("Linux says");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        peak.trim().trim_end_matches(" kB").parse::<f64>().expect("kilobytes") / 1e3
    }
}

impl Drop for Hlp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
