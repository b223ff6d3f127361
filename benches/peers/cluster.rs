//! The PostgreSQL cluster: peer, store and referee.

use std::io::Write;
use std::path::Path;
use std::process::{self, Command, Output, Stdio};

use crate::tools::Tools;

/// Has PostGIS and nothing else; others are copied from it.
const TEMPLATE: &str = "peers_template";

pub struct Cluster {
    host: String,
    port: String,
    user: String,
    password: String,
}

/// A database that lives as long as this.
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
}

impl Cluster {
    /// The cluster of `HLP_STORE`, with a fresh template.
    pub fn of_environment() -> Self {
        let url =
            std::env::var("HLP_STORE").expect("HLP_STORE names a cluster, as `make bench-peers` sets it");
        let rest = url.strip_prefix("postgres://").expect("HLP_STORE starts with postgres://");
        let (login, place) = rest.split_once('@').expect("HLP_STORE has a user");
        let (user, password) = login.split_once(':').expect("HLP_STORE has a password");
        let (place, _) = place.split_once('/').unwrap_or((place, ""));
        let (host, port) = place.split_once(':').unwrap_or((place, "5432"));
        let [host, port, user, password] = [host, port, user, password].map(str::to_owned);
        let cluster = Self { host, port, user, password };
        cluster.server(&format!("drop database if exists {TEMPLATE}"));
        cluster.server(&format!("create database {TEMPLATE} template template0"));
        cluster.psql(TEMPLATE, "create extension postgis", &[]);
        cluster
    }

    pub fn version(&self) -> String {
        self.psql(TEMPLATE, include_str!("version.sql"), &[])
    }

    pub fn database(&self, purpose: &str) -> Database<'_> {
        let name = format!("peers_{}_{purpose}", process::id());
        self.server(&format!("create database {name} template {TEMPLATE}"));
        Database { cluster: self, name }
    }

    fn server(&self, sql: &str) {
        self.psql("postgres", sql, &[]);
    }

    /// Passwords go through the environment: command lines are public.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>, database: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PGHOST", &self.host).env("PGPORT", &self.port).env("PGUSER", &self.user);
        command.env("PGPASSWORD", &self.password).env("PGDATABASE", database);
        command
    }

    /// What the statements print, columns parted by `|`; `variables` are psql's.
    fn psql(&self, database: &str, sql: &str, variables: &[(&str, &str)]) -> String {
        let mut command = self.command("psql", database);
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"]);
        for (name, value) in variables {
            command.args(["-v", &format!("{name}={value}")]);
        }
        let output = with_input(&mut command, sql);
        assert!(output.status.success(), "{database}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
    }
}

impl Database<'_> {
    pub fn psql(&self, sql: &str, variables: &[(&str, &str)]) -> String {
        self.cluster.psql(&self.name, sql, variables)
    }

    pub fn url(&self) -> String {
        let Cluster { host, port, user, password } = self.cluster;
        format!("postgres://{user}:{password}@{host}:{port}/{}", self.name)
    }

    /// A command that finds this database by libpq's variables.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        self.cluster.command(program, &self.name)
    }

    /// A new table `table` of all features, shapes in `shape`, not checked in any way.
    pub fn load(&self, tools: &Tools, file: &Path, table: &str) {
        let mut command = self.ogr2ogr(tools, file);
        command.args(["-nln", table]);
        if file.extension().is_some_and(|extension| extension == "gpkg") {
            command.args(["-sql", include_str!("store_khoroos.sql")]);
        }
        crate::race::time_process(&mut command);
    }

    /// As its page on PostgreSQL advises for speed.
    pub fn ogr2ogr(&self, tools: &Tools, file: &Path) -> Command {
        let mut command = self.command(&tools.ogr2ogr);
        command.args(["-f", "PostgreSQL", &format!("PG:dbname={}", self.name)]).arg(file);
        command.args([
            "-nlt",
            "MULTIPOLYGON",
            "-lco",
            "GEOMETRY_NAME=shape",
            "--config",
            "PG_USE_COPY",
            "YES",
        ]);
        command
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.cluster.server(&format!("drop database {} with (force)", self.name));
        }
    }
}

fn with_input(command: &mut Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("psql is installed");
    let mut stdin = child.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        // A closed pipe is told by the exit status.
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        child.wait_with_output().expect("our child")
    })
}
