//! The tracker's figures recomputed by judges that share no code with it: SQL on the tables, pandas on
//! the lists. Both are written from the served definitions.

mod frames;
mod sql;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::server::{Process, get, hlp};

/// Served numbers are rounded to this many.
const ROUNDING: f64 = 1e-6;

/// A running `hlp` and the address for the office.
struct Office {
    _process: Process,
    address: String,
}

impl Office {
    fn serve(home: &Path, store: &str) -> Self {
        let mut command = hlp(home);
        command.args(["serve", "--store", store]);
        command.args(["--listen", "127.0.0.1:0", "--internal-listen", "127.0.0.1:0"]);
        let process = Process::start(&mut command);
        let address = process.field("listen.internal_address");
        process.line(); // tells that it answers
        Self { _process: process, address }
    }

    /// Every figure of an answer, by card and id.
    fn figures(&self, question: &Question) -> BTreeMap<(String, String), Option<f64>> {
        let answer = get(&self.address, &format!("/api/v1/tracker?{}", question.query()));
        assert_eq!(answer.status, 200, "{question:?}");
        let answer = answer.json();
        let cards = ["steps", "more"].into_iter().flat_map(|part| answer[part].as_array().expect("cards"));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let of = |card: &Value| -> Vec<_> {
            let figures = card["figures"].as_array().expect("figures").iter();
            figures.map(|f| ((text(&card["code"]), text(&f["id"])), f["value"].as_f64())).collect()
        };
        cards.flat_map(of).collect()
    }
}

/// What a judge answers; empty for the whole city and all themes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    cycle: String,
    place: String,
    theme: String,
}

impl Question {
    fn query(&self) -> String {
        let place = if self.place.contains('-') { "khoroo" } else { "district" };
        let parts = [("cycle", &self.cycle), (place, &self.place), ("theme", &self.theme)];
        let parts = parts.iter().filter(|(_, value)| !value.is_empty());
        parts.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}

fn is_equal(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= ROUNDING,
        (a, b) => a.is_none() && b.is_none(),
    }
}
