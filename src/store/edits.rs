//! A change set against what is stored: the edits it comes to, and their audit rows.
//!
//! Both homes fetch the rows that a set touches, fold the set over them here, and write the outcome.
//! So "equal is no change", the order of changes and the audit cannot differ between them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::StoreError;
use super::rows::{Cell, encode, key_text, key_texts};
use super::schema::{columns, illustrative_idx};
use crate::model::{Change, ChangeSet, Revision, Table};

/// Refuses a set that was made for another state than the one it meets under the write lock.
pub(super) fn conflict(expected: Option<Revision>, found: Revision) -> Result<(), StoreError> {
    match expected {
        Some(expected) if !expected.is_state(&found) => {
            Err(StoreError::Conflict { expected: expected.seq, found: found.seq })
        }
        _ => Ok(()),
    }
}

/// A change set in cells.
pub(super) struct Wanted {
    steps: Vec<Step>,
    /// Keys that the set names, as texts per key column.
    pub keys: BTreeMap<Table, BTreeSet<Vec<String>>>,
    /// True when every row marked illustrative is needed too.
    pub all_illustrative: bool,
}

enum Step {
    Put { at: At, cells: Vec<Cell> },
    Delete { at: At },
    DeleteIllustrative,
}

/// Table and key text.
type At = (Table, String);

/// What becomes of one row; `before` and `after` differ.
#[derive(Debug, PartialEq)]
pub(super) struct Edit {
    pub table: Table,
    pub key: String,
    /// `None` when the row is new.
    pub before: Option<Vec<Cell>>,
    /// `None` when the row goes.
    pub after: Option<Vec<Cell>>,
}

impl Wanted {
    pub fn new(set: &ChangeSet) -> Self {
        let mut wanted = Self { steps: Vec::new(), keys: BTreeMap::new(), all_illustrative: false };
        for change in &set.changes {
            let step = match change {
                Change::Put(row) => {
                    let key = row.key();
                    wanted.keys.entry(key.table()).or_default().insert(key_texts(&key));
                    Step::Put { at: (key.table(), key.to_string()), cells: encode(row) }
                }
                Change::Delete(key) => {
                    wanted.keys.entry(key.table()).or_default().insert(key_texts(key));
                    Step::Delete { at: (key.table(), key.to_string()) }
                }
                Change::DeleteIllustrative => {
                    wanted.all_illustrative = true;
                    Step::DeleteIllustrative
                }
            };
            wanted.steps.push(step);
        }
        wanted
    }

    /// Folds the set over the stored rows that it touches; edits in the order of table and key.
    pub fn edits(self, stored: Vec<(Table, Vec<Cell>)>) -> Vec<Edit> {
        let mut fates: BTreeMap<At, Fate> = BTreeMap::new();
        for (table, cells) in stored {
            let at = (table, key_text(table, &cells));
            fates.insert(at, Fate { before: Some(cells), after: After::Stays });
        }
        for step in self.steps {
            match step {
                Step::Put { at, cells } => fates.entry(at).or_default().after = After::Becomes(cells),
                Step::Delete { at } => fates.entry(at).or_default().after = After::Goes,
                Step::DeleteIllustrative => {
                    for ((table, _), fate) in &mut fates {
                        if fate.is_illustrative(*table) {
                            fate.after = After::Goes;
                        }
                    }
                }
            }
        }
        fates.into_iter().filter_map(|((table, key), fate)| fate.edit(table, key)).collect()
    }
}

/// A row while a set is folded over it.
#[derive(Default)]
struct Fate {
    before: Option<Vec<Cell>>,
    after: After,
}

#[derive(Default)]
enum After {
    #[default]
    Stays,
    Goes,
    Becomes(Vec<Cell>),
}

impl Fate {
    fn is_illustrative(&self, table: Table) -> bool {
        let cells = match &self.after {
            After::Stays => self.before.as_ref(),
            After::Goes => None,
            After::Becomes(cells) => Some(cells),
        };
        let mark = illustrative_idx(table).zip(cells).map(|(idx, cells)| &cells[idx]);
        mark == Some(&Cell::Bool(true))
    }

    /// `None` when the row ends as it began.
    fn edit(self, table: Table, key: String) -> Option<Edit> {
        let after = match self.after {
            After::Stays => return None,
            After::Goes => None,
            After::Becomes(cells) => Some(cells),
        };
        (self.before != after).then_some(Edit { table, key, before: self.before, after })
    }
}

impl Edit {
    /// JSON of the row as it was, geometry as hex of its WKB; `None` when it is new.
    pub fn before_json(&self) -> Option<String> {
        self.before.as_ref().map(|cells| json(self.table, cells, hex))
    }

    /// JSON of the row as it is now, geometry as its digest: the geometry itself stands in the table,
    /// and in the next audit row's `before`. `None` when the row went.
    pub fn after_json(&self) -> Option<String> {
        self.after
            .as_ref()
            .map(|cells| json(self.table, cells, |wkb| format!("sha256:{}", hex(&Sha256::digest(wkb)))))
    }
}

fn json(table: Table, cells: &[Cell], shape: impl Fn(&[u8]) -> String) -> String {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => text.as_str().into(),
        Cell::Int(n) => (*n).into(),
        Cell::Real(x) => (*x).into(),
        Cell::Bool(flag) => (*flag).into(),
        Cell::Shape(wkb) => shape(wkb).into(),
        Cell::List(texts) => texts.clone().into(),
    };
    let members =
        columns(table).iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), value(cell)));
    Value::Object(members.collect::<Map<_, _>>()).to_string()
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 15)].into());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Row, Theme, Vintage};

    fn theme(code: &str, position: i32) -> Row {
        Row::Theme(Theme {
            code: code.into(),
            name_mn: "Ногоон".into(),
            name_en: "Green".into(),
            position,
            active: true,
        })
    }

    fn vintage(illustrative: bool) -> Row {
        Row::Vintage(Vintage {
            id: "2022".parse().expect("a vintage"),
            valid_from: jiff::civil::date(2022, 1, 1),
            valid_to: None,
            title_mn: String::new(),
            title_en: String::new(),
            source: String::new(),
            illustrative,
        })
    }

    fn folded(changes: Vec<Change>, stored: &[Row]) -> Vec<Edit> {
        let stored = stored.iter().map(|row| (row.table(), encode(row))).collect();
        Wanted::new(&ChangeSet { changes }).edits(stored)
    }

    #[test]
    fn only_the_last_word_on_a_row_counts_and_an_equal_row_is_no_edit() {
        let puts = vec![
            Change::Put(theme("green", 2)),
            Change::Put(theme("green", 1)),
            Change::Put(theme("waste", 3)),
        ];
        let edits = folded(puts, &[theme("green", 1)]);
        assert_eq!(edits.len(), 1);
        assert_eq!((edits[0].key.as_str(), &edits[0].before), ("waste", &None));
    }

    #[test]
    fn an_invented_row_replaced_by_a_real_one_is_one_edit() {
        let edits = folded(vec![Change::DeleteIllustrative, Change::Put(vintage(false))], &[vintage(true)]);
        assert_eq!(edits.len(), 1);
        assert!(edits[0].before.is_some() && edits[0].after.is_some());
        let edits = folded(vec![Change::Put(vintage(true)), Change::DeleteIllustrative], &[]);
        assert_eq!(edits, []);
    }

    #[test]
    fn audit_json_holds_the_geometry_before_and_its_digest_after() {
        let edit = Edit {
            table: Table::DistrictVersion,
            key: "2022:bn".into(),
            before: Some(vec![Cell::Shape(vec![1, 0xaf])]),
            after: Some(vec![Cell::Shape(vec![])]),
        };
        assert_eq!(edit.before_json().as_deref(), Some(r#"{"vintage":"01af"}"#));
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(edit.after_json(), Some(format!(r#"{{"vintage":"{empty}"}}"#)));
    }
}
