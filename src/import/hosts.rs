//! The vintage of a practice's host, once all entries are known.
//!
//! A practice is hosted by a khoroo of the vintage in which it was first entered. When it is read, that day may
//! still be unknown: its entry comes in a later file or a later import, or is corrected. So hosts are derived again
//! from what the store will hold, in the same change set, and the report tells of those that moved.
//!
//! Leaves alone: a host whose cell names its vintage, and a code that the vintage does not have; there the
//! rule between rows speaks.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::bind::{Bound, World};
use super::kinds::{Parsed, Value};
use super::report::Report;
use crate::model::{Change, Key, Keyed as _, KhorooId, Loaded, Practice, Row};

/// Moves hosts of practices that this import brings, or brings entries of, to the vintage of their first entry.
pub fn derive(after: &mut Loaded, bound: &mut Bound, world: &World, sheets: &[Parsed], report: &mut Report) {
    let touched: HashSet<&str> = bound
        .sources
        .keys()
        .filter_map(|key| match key {
            Key::Practice(id) | Key::Identification(id, _) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    let named = hosts_with_vintage(sheets);
    let first = first_days(after);
    let khoroos: HashSet<&KhorooId> =
        after.datasets.values().flat_map(|dataset| &dataset.khoroos).map(|khoroo| &khoroo.id).collect();
    let mut moved: BTreeMap<String, KhorooId> = BTreeMap::new();
    for row in after.records.practices.iter().filter(|row| touched.contains(row.id.as_str())) {
        let Some(day) = first.get(&row.id).filter(|_| !named.contains(&row.id)) else { continue };
        let Some(vintage) = after.vintages.iter().find(|vintage| vintage.holds(*day)) else { continue };
        let host = row.host.code.at(&vintage.id);
        if host != row.host && khoroos.contains(&host) {
            if let Some(Row::Practice(known)) =
                world.existing.get(&row.key()).filter(|known| !is_hosted(known, &host))
            {
                report.notes.push(format!(
                    "practice `{}`: its host is {host}, no longer {}, as it was first entered on {day}",
                    row.id, known.host
                ));
            }
            moved.insert(row.id.clone(), host);
        }
    }
    for row in &mut after.records.practices {
        let Some(host) = moved.remove(&row.id) else { continue };
        row.host = host;
        put(bound, row);
    }
}

fn is_hosted(row: &Row, host: &KhorooId) -> bool {
    matches!(row, Row::Practice(row) if row.host == *host)
}

/// Writes a practice in place of what was to be written of it.
fn put(bound: &mut Bound, practice: &Practice) {
    let of_practice =
        |change: &&mut Change| matches!(change, Change::Put(Row::Practice(row)) if row.id == practice.id);
    let is_bound = bound.sources.contains_key(&practice.key());
    match bound.changes.iter_mut().filter(|_| is_bound).find(of_practice) {
        Some(change) => *change = Change::Put(Row::Practice(practice.clone())),
        None => bound.changes.push(Change::Put(Row::Practice(practice.clone()))),
    }
}

/// Practices whose cell for the host names its vintage, as `2022:bzd-26`.
fn hosts_with_vintage(sheets: &[Parsed]) -> HashSet<String> {
    let mut named = HashSet::new();
    for sheet in sheets.iter().filter(|sheet| sheet.kind.name == "practices") {
        let positions = (sheet.kind.position("id"), sheet.kind.position("host"));
        let (Some(id), Some(host)) = positions else { continue };
        for record in &sheet.records {
            if let (Some(Value::Text(id)), Some(Value::Text(host))) =
                (&record.values[id], &record.values[host])
                && host.contains(':')
            {
                named.insert(id.to_string());
            }
        }
    }
    named
}

fn first_days(after: &Loaded) -> BTreeMap<String, Date> {
    let mut first: BTreeMap<String, Date> = BTreeMap::new();
    for row in &after.records.identifications {
        let day = row.entered_on;
        first.entry(row.practice.clone()).and_modify(|known| *known = day.min(*known)).or_insert(day);
    }
    first
}
