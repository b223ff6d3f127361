//! Layers of records: `practices` where they are, `replications` as lines from host to copier.
//!
//! Owns: which records the public may see on the map: practices from `identified` on, and copies
//! with a counting status.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::Frame;
use super::writer::{Error, Properties, Shape, TileWriter, Value};
use crate::model::{GridBox, GridPoint, KhorooId, Practice};
use crate::snapshot::{Snapshot, VintageView};

pub const PRACTICES: &str = "practices";
pub const REPLICATIONS: &str = "replications";

/// Writes both layers for the cycles native to a vintage.
pub fn write(
    snapshot: &Snapshot,
    view: &VintageView,
    frame: &Frame,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let practices: BTreeMap<&str, &Practice> = snapshot
        .records
        .practices
        .iter()
        .filter(|p| p.status.is_identified())
        .map(|p| (p.id.as_str(), p))
        .collect();
    write_practices(snapshot, view, frame, &practices, writer)?;
    write_replications(snapshot, view, frame, &practices, writer)
}

fn write_practices(
    snapshot: &Snapshot,
    view: &VintageView,
    frame: &Frame,
    practices: &BTreeMap<&str, &Practice>,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    // Hosted by a khoroo of the vintage, or entered in one of its cycles.
    let entered: BTreeSet<&str> = snapshot
        .records
        .identifications
        .iter()
        .filter(|row| view.counts.cycles.contains(&row.cycle))
        .map(|row| row.practice.as_str())
        .collect();
    let mut layer = writer.layer(PRACTICES);
    for (id, practice) in practices {
        let Some(place) = practice.location.filter(|&p| frame.bounds.contains(p)) else { continue };
        if practice.host.vintage != view.vintage.id && !entered.contains(id) {
            continue;
        }
        let Some(cell) = frame.cell(place) else { continue };
        let mut properties = of_practice(practice);
        properties.push(text("title_mn", &practice.title_mn));
        properties.extend(practice.title_en.as_deref().map(|title| text("title_en", title)));
        properties.push(text("status", practice.status.word()));
        layer.add(None, &Shape::Point(cell), &properties)?;
    }
    layer.finish()
}

fn write_replications(
    snapshot: &Snapshot,
    view: &VintageView,
    frame: &Frame,
    practices: &BTreeMap<&str, &Practice>,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let records = &*snapshot.records;
    let counting: BTreeSet<&str> =
        records.replication_statuses.iter().filter(|s| s.counts).map(|s| s.code.as_str()).collect();
    let mut layer = writer.layer(REPLICATIONS);
    for row in &records.replications {
        if !counting.contains(row.status.as_str())
            || !view.counts.cycles.contains(&row.cycle)
            || snapshot.verdict.broken_replications.contains(&row.id)
        {
            continue;
        }
        let Some(practice) = practices.get(row.practice.as_str()) else { continue };
        let from = practice.location.or_else(|| label_of(snapshot, &practice.host));
        let (Some(from), Some(to)) = (from, label_of(snapshot, &row.khoroo)) else { continue };
        if GridBox::around([from, to]).is_none_or(|bounds| !bounds.intersects(frame.bounds)) {
            continue;
        }
        let mut properties = of_practice(practice);
        properties.push(text("khoroo", &row.khoroo.code.to_string()));
        properties.push(text("cycle", &row.cycle));
        layer.add(None, &Shape::Lines(&frame.line(&[from, to])), &properties)?;
    }
    layer.finish()
}

fn of_practice(practice: &Practice) -> Properties {
    vec![
        text("practice", &practice.id),
        text("theme", &practice.theme),
        text("host", &practice.host.code.to_string()),
    ]
}

fn text(name: &str, text: &str) -> (String, Value) {
    (name.to_owned(), Value::Text(text.to_owned()))
}

/// The label point of a khoroo in its own vintage.
fn label_of(snapshot: &Snapshot, khoroo: &KhorooId) -> Option<GridPoint> {
    let geography = &snapshot.vintage(&khoroo.vintage)?.geography;
    geography.khoroos[geography.khoroo_idx(&khoroo.code)?].label
}
