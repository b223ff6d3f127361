//! The built `hlp`, driven as a process, and a plain HTTP client.
//!
//! Every child is killed when its guard falls. Waits have a bound and end as soon as what they wait for
//! is there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest wait for anything; far above what a loaded machine needs.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Pause between two looks at something that cannot be waited for.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// `hlp` with an environment of its own: no settings from outside, its data folder in `home`.
pub fn hlp(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hlp"));
    command.env_clear().env("XDG_DATA_HOME", home).env("HOME", home);
    command.env("HLP_LOG_FORMAT", "json").stdin(Stdio::null());
    command
}

/// A running `hlp`; killed when dropped.
pub struct Process {
    child: Child,
    stdout: mpsc::Receiver<String>,
    stderr: Arc<Mutex<Vec<String>>>,
}

impl Process {
    pub fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the built program starts");
        let (sender, stdout) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().expect("piped"));
        thread::spawn(move || out.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let stderr = Arc::new(Mutex::new(Vec::new()));
        let err = BufReader::new(child.stderr.take().expect("piped"));
        let lines = stderr.clone();
        thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                lines.lock().expect("no panic holds it").push(line);
            }
        });
        Self { child, stdout, stderr }
    }

    /// The next line of standard output.
    pub fn line(&self) -> String {
        self.stdout.recv_timeout(PATIENCE).unwrap_or_else(|e| panic!("no line: {e}; log: {}", self.log()))
    }

    /// All of standard error so far.
    pub fn log(&self) -> String {
        self.stderr.lock().expect("no panic holds it").join("\n")
    }

    /// Waits for a text in the log.
    pub fn logged(&self, text: &str) {
        wait_until(&format!("`{text}` in the log"), || self.log().contains(text));
    }

    /// Value of a field of the first log line that has it.
    pub fn field(&self, name: &str) -> String {
        let find = || {
            let log = self.log();
            log.lines().find_map(|line| {
                let line: Value = serde_json::from_str(line).ok()?;
                line.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
        };
        wait_until(&format!("`{name}` in the log"), || find().is_some());
        find().expect("just found")
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Ends it at once, as a loss of power would; it may have ended by itself.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        self.wait();
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("our child") {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "did not end; log: {}", self.log());
            thread::sleep(LOOK_EVERY);
        }
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("our child").is_none()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again and again until `there`, or fails naming `what`.
pub fn wait_until(what: &str, mut there: impl FnMut() -> bool) {
    let started = Instant::now();
    while !there() {
        assert!(started.elapsed() < PATIENCE, "waited for {what} in vain");
        thread::sleep(LOOK_EVERY);
    }
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

/// One GET on a connection of its own.
pub fn get(address: &str, path: &str) -> Answer {
    try_get(address, path).unwrap_or_else(|e| panic!("GET {path}: {e}"))
}

pub fn try_get(address: &str, path: &str) -> std::io::Result<Answer> {
    let mut stream = connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    read_answer(&mut stream)
}

pub fn connect(address: &str) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Everything until the server closes the connection.
pub fn read_answer(stream: &mut TcpStream) -> std::io::Result<Answer> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let broken = || std::io::Error::other(format!("no answer in {:?}", String::from_utf8_lossy(&bytes)));
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").ok_or_else(broken)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(broken)?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let body = bytes[end + 4..].to_vec();
    let announced =
        headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, n)| n.parse().ok());
    if let Some(announced) = announced.filter(|&n: &usize| n != body.len()) {
        return Err(std::io::Error::other(format!("{} of {announced} bytes came", body.len())));
    }
    Ok(Answer { status, headers, body })
}
