//! One store in its two homes, served side by side: every answer is the same to the byte.
//!
//! The twins get their data by the ways that people take, a demo copied into the database and the sample
//! imported into each, and then the same edits by other programs.
//!
//! Equal are status, body and headers, ETags among them: they name bytes, not stores. What belongs to one
//! store, process or request is left out by name: the headers `date` and `x-request-id`;
//! `/api/v1/revision` and files that tell it, whose time is that of one store's last change; `/metrics`,
//! which tells what one process did. Its number counts the changes of one store and stands in other answers too, so the twins
//! are brought to the same number first.

mod addresses;

use std::path::{Path, PathBuf};
use std::thread;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::postgres::{TestDatabase, psql};
use crate::support::server::{Answer, Process, get, hlp, wait_until};
use addresses::Places;

/// So that absolute addresses in answers do not tell the port.
const PUBLIC_URL: &str = "https://twins.example";

/// Headers that name the moment or the request.
const OF_ONE_REQUEST: [&str; 2] = ["date", "x-request-id"];

/// A running `hlp` with both listeners.
struct Site {
    _process: Process,
    public: String,
    office: String,
}

/// The same data, in a file and in a database.
struct Twins {
    path: PathBuf,
    database: TestDatabase,
    sites: [Site; 2],
    _folder: TempDir,
}

fn run(home: &Path, args: &[&str]) {
    let output = hlp(home).args(args).output().expect("the built program starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample.xlsx").to_str().expect("UTF-8").to_owned()
}

impl Site {
    fn serve(home: &Path, store: &str) -> Self {
        let mut command = hlp(home);
        command.args(["serve", "--store", store, "--public-url", PUBLIC_URL]);
        command.args(["--listen", "127.0.0.1:0", "--internal-listen", "127.0.0.1:0"]);
        let process = Process::start(&mut command);
        let office = process.field("listen.internal_address");
        let public = process.field("listen.address");
        process.line(); // tells that it answers
        Self { _process: process, public, office }
    }

    fn revision(&self) -> i64 {
        get(&self.public, "/api/v1/revision").json()["revision"].as_i64().expect("a number")
    }
}

impl Twins {
    /// - `fill`: from the folder, the file and the address of the database, both empty.
    async fn born(fill: impl FnOnce(&Path, &str, &str)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = TestDatabase::create().await;
        let path = folder.path().join("one.gpkg");
        let file = path.to_str().expect("UTF-8");
        fill(folder.path(), file, database.url());
        let sites = [file, database.url()].map(|store| Site::serve(folder.path(), store));
        let twins = Self { path, database, sites, _folder: folder };
        twins.level();
        twins
    }

    /// Brings both stores to the same number of changes, by edits that change nothing.
    fn level(&self) {
        let edit =
            |schema: &str| format!("update {schema}theme set position = position where code = 'waste';");
        let [file, database] = self.sites.each_ref().map(Site::revision);
        if file < database {
            let connection = Connection::open(&self.path).expect("opens");
            let edits = edit("").repeat(usize::try_from(database - file).expect("a few"));
            connection.execute_batch(&edits).expect("ordinary edits");
        } else if database < file {
            let edits = edit("hlp.").repeat(usize::try_from(file - database).expect("a few"));
            psql(self.database.url(), &edits);
        }
        wait_until("the same revision", || {
            let [file, database] = self.sites.each_ref().map(Site::revision);
            file == database
        });
    }

    /// Asks both for every address, on both listeners; gives back what the office was told.
    fn alike(&self, paths: &[String]) -> Vec<Answer> {
        assert!(!paths.is_empty());
        let listeners: [fn(&Site) -> &String; 2] = [|site| &site.public, |site| &site.office];
        let mut told = Vec::new();
        for address in listeners {
            let all =
                |address: &str| -> Vec<Answer> { paths.iter().map(|path| get(address, path)).collect() };
            let [file, database] = self.sites.each_ref().map(address);
            let (one, other) = thread::scope(|scope| {
                let other = scope.spawn(|| all(database));
                (all(file), other.join().expect("it told why before"))
            });
            for ((one, other), path) in one.iter().zip(&other).zip(paths) {
                let seen = |answer: &Answer| {
                    let headers = answer.headers.iter();
                    let headers = headers.filter(|(name, _)| !OF_ONE_REQUEST.contains(&name.as_str()));
                    (answer.status, headers.cloned().collect::<Vec<_>>())
                };
                assert_eq!(difference(&one.body, &other.body), None, "{path}");
                assert_eq!(seen(one), seen(other), "{path}");
            }
            told = one;
        }
        told
    }

    /// The same statement by other programs, `table` with its schema where it has one; comes back when
    /// both servers have seen it.
    fn edit(&self, sql: impl Fn(&str) -> String) {
        let before = self.sites.each_ref().map(Site::revision);
        let connection = Connection::open(&self.path).expect("opens");
        assert_eq!(connection.execute(&sql(""), []).expect("an ordinary edit"), 1);
        psql(self.database.url(), &sql("hlp."));
        for (site, before) in self.sites.iter().zip(before) {
            wait_until("the edit to be served", || site.revision() > before);
        }
    }

    /// The value of a figure and the records behind it, the same in both homes.
    fn figure(&self, question: &str, card: &str, id: &str) -> (Value, Vec<Value>) {
        let cards = format!("/api/v1/tracker?{question}");
        let records = format!("/api/v1/tracker/records?{question}&card={card}&figure={id}&limit=1000");
        let told = self.alike(&[cards, records]);
        let cards = told[0].json();
        let card = cards["steps"].as_array().expect("cards").iter().find(|c| c["code"] == card);
        let figures = card.expect("the card")["figures"].as_array().expect("figures");
        let figure = figures.iter().find(|figure| figure["id"] == id).expect("the figure");
        (figure["value"].clone(), told[1].json()["items"].as_array().expect("records").clone())
    }

    async fn end(self) {
        drop(self.sites);
        self.database.drop().await;
    }
}

/// Where two bodies part, with what stands there in each.
fn difference(one: &[u8], other: &[u8]) -> Option<String> {
    let at = one.iter().zip(other).position(|(a, b)| a != b);
    let at = at.or_else(|| (one.len() != other.len()).then(|| one.len().min(other.len())))?;
    let near = |body: &[u8]| {
        let part = &body[at.saturating_sub(80).min(body.len())..(at + 80).min(body.len())];
        String::from_utf8_lossy(part).into_owned()
    };
    Some(format!("at byte {at}:\n{}\n{}", near(one), near(other)))
}

/// Everything that the description, the cards and the maps lead to.
fn check_everything(twins: &Twins) {
    let office = &twins.sites[0].office;
    let described = addresses::described(&get(office, "/api/openapi.json").json());
    twins.alike(&described);
    twins.alike(&addresses::collections(office));
    let places = Places::of(office);
    let maps = addresses::maps(office, &places);
    twins.alike(&maps);
    twins.alike(&addresses::tiles());
    twins.alike(&addresses::units(&places));

    let questions = [addresses::questions(&places), addresses::by_theme(&places)].concat();
    let answers = twins.alike(&questions);
    let answered = answers.iter().filter(|answer| answer.status == 200).count();
    assert!(answered * 10 > questions.len() * 9, "{answered} of {}", questions.len());
    let records = addresses::records(answers.iter().filter(|answer| answer.status == 200), PUBLIC_URL);
    assert!(records.len() > 2_000, "{}", records.len());
    let listed = twins.alike(&records);
    assert!(listed.iter().all(|answer| answer.status == 200), "a figure leads nowhere");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demo_and_its_copy_in_the_other_home_answer_alike() {
    let twins = Twins::born(|home, file, database| {
        run(home, &["demo", "--out", file, "--records", "20"]);
        run(home, &["copy", "--from", file, "--to", database]);
    })
    .await;
    check_everything(&twins);
    twins.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_edited_in_both_homes_moves_its_figure_and_its_list_alike() {
    let twins = Twins::born(|home, file, database| {
        for store in [file, database] {
            run(home, &["demo", "--out", store, "--records", "0"]);
            run(home, &["import", &sample(), "--store", store]);
        }
    })
    .await;
    let places = Places::of(&twins.sites[0].office);
    let look = |twins: &Twins| {
        twins.alike(&addresses::questions(&places));
        twins.alike(&addresses::maps(&twins.sites[0].office, &places));
        twins.alike(&addresses::tiles());
    };
    look(&twins);

    // What an entry cost.
    let (mean, costs) = twins.figure("cycle=2022", "identify", "average_budget");
    let entry = &costs[costs.len() / 2];
    let (id, cost) = (entry["id"].as_str().expect("an id"), entry["amount"].as_i64().expect("whole ₮"));
    let (practice, cycle) = id.split_once('/').expect("practice and cycle");
    twins.edit(|schema| {
        let row = format!("practice = '{practice}' and cycle = '{cycle}'");
        format!("update {schema}identification set cost = cost + 7000000 where {row}")
    });
    let (mean_now, costs_now) = twins.figure("cycle=2022", "identify", "average_budget");
    let moved = mean_now.as_f64().expect("a mean") - mean.as_f64().expect("a mean");
    assert!((moved - 7e6 / costs.len() as f64).abs() < 1e-3, "{mean} {mean_now} of {}", costs.len());
    let listed = costs_now.iter().find(|item| item["id"] == id).expect("still listed");
    assert_eq!(listed["amount"], cost + 7_000_000);
    assert_eq!(costs_now.len(), costs.len());

    // The state of a copy.
    let (made, copies) = twins.figure("cycle=2022", "replicate", "replications");
    let id = copies[0]["id"].as_str().expect("an id");
    twins.edit(|schema| format!("update {schema}replication set status = 'stopped' where id = '{id}'"));
    let (made_now, copies_now) = twins.figure("cycle=2022", "replicate", "replications");
    assert_eq!(made_now.as_i64().expect("a count"), made.as_i64().expect("a count") - 1);
    let left: Vec<&Value> = copies.iter().filter(|item| item["id"] != id).collect();
    assert_eq!(copies_now.iter().collect::<Vec<_>>(), left);
    look(&twins);
    twins.end().await;
}
