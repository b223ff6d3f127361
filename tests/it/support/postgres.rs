//! Databases of PostgreSQL for tests: one each, made and dropped by the test.
//!
//! `HLP_TEST_POSTGRES` is the address of a superuser of a cluster that the test run may use as it
//! likes; `make test` starts one. Without it these tests fail: PostGIS is half of the contract.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

static NUMBER: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// The cluster's address.
pub fn server_url() -> String {
    std::env::var("HLP_TEST_POSTGRES")
        .expect("HLP_TEST_POSTGRES names a superuser of a test cluster, as `make test` sets it")
}

/// A database of its own, with PostGIS and nothing else.
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    pub async fn create() -> Self {
        let template = TEMPLATE.get_or_init(make_template).await;
        let name = format!("hlp_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut server = connect(&server_url()).await;
        run(&mut server, &format!("create database {name} template {template}")).await;
        server.close().await.expect("closes");
        Self { url: url_of(&name), name }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn drop(self) {
        let mut server = connect(&server_url()).await;
        run(&mut server, &format!("drop database {} with (force)", self.name)).await;
        server.close().await.expect("closes");
    }
}

/// Adding PostGIS takes a second, copying a database that has it a tenth of that.
async fn make_template() -> String {
    let name = format!("hlp_template_{}", process::id());
    let mut server = connect(&server_url()).await;
    run(&mut server, &format!("create database {name} template template0")).await;
    let mut template = connect(&url_of(&name)).await;
    run(&mut template, "create extension postgis").await;
    template.close().await.expect("closes");
    server.close().await.expect("closes");
    name
}

/// One edit by another program.
pub fn psql(url: &str, sql: &str) {
    // Its parameters are those of another library.
    let url = url.split('?').next().unwrap_or(url);
    let output = Command::new("psql").args([url, "-qc", sql]).stdin(Stdio::null()).output();
    let output = output.expect("psql runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn url_of(database: &str) -> String {
    let options: PgConnectOptions = server_url().parse().expect("an address");
    options.database(database).to_url_lossy().to_string()
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("the test cluster answers")
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.expect("the test cluster obeys");
}

/// A cluster of its own, for tests that stop and start it; stopped when dropped.
pub struct Cluster {
    folder: TempDir,
    url: String,
}

impl Cluster {
    pub fn start() -> Self {
        // PostgreSQL's own user has to reach it.
        let folder = tempfile::Builder::new().permissions(Permissions::from_mode(0o711)).tempdir();
        let folder = folder.expect("a folder");
        let url = cluster("start", &folder);
        Self { folder, url }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Down and up again, on the same port.
    pub fn restart(&self) {
        cluster("restart", &self.folder);
    }

    pub fn stop(&self) {
        cluster("stop", &self.folder);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

fn cluster(action: &str, folder: &TempDir) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/cluster");
    let output = Command::new(script).arg(action).arg(folder.path()).output().expect("the script runs");
    assert!(output.status.success(), "{action}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}
