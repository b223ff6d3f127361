//! Layers of records: `practices` as points, `replications` as lines from the practice to the khoroo
//! that copied it. Which records these are, and where they stand, is the snapshot's ([`Marks`]).
//!
//! Both layers begin where khoroos do. Below [`WHOLE_FROM_ZOOM`] a tile is ruled into squares of 8 pixels,
//! about the size of the smallest dot: practices of one theme, the same cycles and one district in one
//! square are one point, copies of one theme and cycle from one square and khoroo to another one line, drawn
//! where the first by id is. `count` says for how many it stands, and more than one have no field but those
//! they share. A copy that does not leave its square is not drawn. From that zoom on everything is drawn.
//!
//! Owns: properties of these layers, and how they are thinned.
//! Invariant: squares do not cross tiles and do not depend on them, so neighbouring tiles draw the same
//! line, and a changed record changes only tiles in whose squares it stands or that its line crosses.
//! Design: clusters over all themes and cycles were dropped, since a map of one could not take them apart;
//! so were lines over all khoroos of a square, since a map of one district or khoroo could not.
//! Lines are straight on the map, not great circles: they say who learned from whom, not which way
//! somebody went, and within a city the two are some pixels apart at most.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::writer::{Error, Properties, Shape, TileWriter, Value};
use crate::geometry::cut::{BUFFER_CELLS, UNITS_FROM_ZOOM};
use crate::geometry::simplify::TILE_CELLS;
use crate::model::{GridPoint, Practice, Records};
use crate::snapshot::{CopyMark, Placing, PracticeMark, Snapshot, VintageView};

pub const PRACTICES: &str = "practices";
pub const REPLICATIONS: &str = "replications";

/// Lower: dots upon dots, and bytes for them in every overview; higher: what stands side by side in one
/// street is one dot where there is room for all.
pub const WHOLE_FROM_ZOOM: u8 = 14;

/// Side of a square; divides the side of a tile. 8 pixels of a tile drawn 512 pixels wide.
const SQUARE_CELLS: u32 = 64;

/// A square counted from the corner of the world.
type Square = [i64; 2];

/// Writes both layers.
pub fn write(
    snapshot: &Snapshot,
    view: &VintageView,
    frame: &Frame,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    if frame.tile.z() < UNITS_FROM_ZOOM {
        return Ok(());
    }
    write_practices(&snapshot.records, view, frame, writer)?;
    write_replications(&snapshot.records, view, frame, writer)
}

fn write_practices(
    records: &Records,
    view: &VintageView,
    frame: &Frame,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let in_tile = view.marks.practices.iter().filter_map(|mark| {
        let at = Some(mark.place.at).filter(|&at| frame.bounds.contains(at))?;
        Some((mark, frame.cell(at)?))
    });
    let practice_of = |mark: &PracticeMark| &records.practices[mark.practice];
    let district_of =
        |mark: &PracticeMark| mark.home.map(|idx| view.geography.khoroos[idx].district.as_str());
    let drawn = thinned(frame, in_tile, |(mark, _)| {
        let square = square(frame, mark.place.at);
        (practice_of(mark).theme.as_str(), mark.cycles.as_slice(), district_of(mark), square)
    });
    let mut layer = writer.layer(PRACTICES);
    for ((mark, cell), count) in drawn {
        let practice = practice_of(mark);
        let mut properties = shared(practice, count);
        properties.extend(district_of(mark).map(|code| text("district", code)));
        if !mark.cycles.is_empty() {
            properties.push(text("cycles", &mark.cycles.join(",")));
        }
        if count == 1 {
            properties.push(text("id", &practice.id));
            properties.extend(of_practice(practice, mark.place.by));
            properties.push(text("title_mn", &practice.title_mn));
            properties.extend(practice.title_en.as_deref().map(|title| text("title_en", title)));
            properties.push(text("status", practice.status.word()));
            properties.extend(practice.details.maturity.map(|maturity| text("maturity", maturity.word())));
        }
        layer.add(None, &Shape::Point(cell), &properties)?;
    }
    layer.finish()
}

fn write_replications(
    records: &Records,
    view: &VintageView,
    frame: &Frame,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let ends = |mark: &CopyMark| [mark.from.at, mark.to.at];
    // By squares, so that copies that share them are all near a tile or none is.
    let near = view.marks.copies.iter().filter(|mark| is_near(frame, ends(mark).map(|at| square(frame, at))));
    let practice_of = |mark: &CopyMark| &records.practices[mark.practice];
    let copy_of = |mark: &CopyMark| &records.replications[mark.replication];
    let drawn = thinned(frame, near, |mark| {
        let squares = ends(mark).map(|at| square(frame, at));
        (practice_of(mark).theme.as_str(), copy_of(mark).cycle.as_str(), mark.home, mark.copier, squares)
    });
    let khoroos = &view.geography.khoroos;
    let mut layer = writer.layer(REPLICATIONS);
    for (mark, count) in drawn {
        let [from, to] = ends(mark).map(|at| square(frame, at));
        if from == to && frame.tile.z() < WHOLE_FROM_ZOOM {
            continue;
        }
        let (row, practice) = (copy_of(mark), practice_of(mark));
        let mut properties = shared(practice, count);
        properties.push(text("cycle", &row.cycle));
        properties.extend(mark.home.map(|idx| text("from", &khoroos[idx].code)));
        properties.push(text("to", &khoroos[mark.copier].code));
        if count == 1 {
            properties.extend([text("id", &row.id), text("practice", &row.practice)]);
            properties.extend(of_practice(practice, mark.from.by.max(mark.to.by)));
            properties.extend([
                text("khoroo", &row.khoroo.code.to_string()),
                text("status", &row.status),
                number("year", i64::from(row.completed_on.unwrap_or(row.decided_on).year())),
            ]);
            properties.extend(mark.budget.map(|sum| number("budget_total", sum)));
        }
        layer.add(None, &Shape::Lines(&frame.line(&ends(mark))), &properties)?;
    }
    layer.finish()
}

/// Everything, or the first of each key with the number of those it stands for.
fn thinned<T, K: Ord>(frame: &Frame, marks: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<(T, u64)> {
    if frame.tile.z() >= WHOLE_FROM_ZOOM {
        return marks.map(|mark| (mark, 1)).collect();
    }
    let mut drawn: Vec<(T, u64)> = Vec::new();
    let mut nth: BTreeMap<K, usize> = BTreeMap::new();
    for mark in marks {
        let at = *nth.entry(key(&mark)).or_insert(drawn.len());
        match drawn.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => drawn.push((mark, 1)),
        }
    }
    drawn
}

/// The square of a place at the tile's zoom.
fn square(frame: &Frame, place: GridPoint) -> Square {
    frame.world_cell(place).map(|v| v.div_euclid(i64::from(SQUARE_CELLS)))
}

/// Whether the box around two squares meets the tile or its buffer, which is one square wide.
fn is_near(frame: &Frame, [from, to]: [Square; 2]) -> bool {
    const PER_TILE: i64 = (TILE_CELLS as u32 / SQUARE_CELLS) as i64;
    const BUFFER: i64 = (BUFFER_CELLS as u32).div_ceil(SQUARE_CELLS) as i64;
    let first = [frame.tile.x(), frame.tile.y()].map(|v| i64::from(v) * PER_TILE);
    (0..2).all(|axis| {
        from[axis].max(to[axis]) >= first[axis] - BUFFER
            && from[axis].min(to[axis]) < first[axis] + PER_TILE + BUFFER
    })
}

/// What is true of all that one mark stands for.
fn shared(practice: &Practice, count: u64) -> Properties {
    vec![text("theme", &practice.theme), ("count".to_owned(), Value::Count(count))]
}

fn of_practice(practice: &Practice, placed: Placing) -> Properties {
    vec![
        text("host", &practice.host.code.to_string()),
        text("host_vintage", practice.host.vintage.as_str()),
        text("placed", placed.word()),
    ]
}

fn text(name: &str, text: &str) -> (String, Value) {
    (name.to_owned(), Value::Text(text.to_owned()))
}

/// A number that is never below 0.
fn number(name: &str, number: i64) -> (String, Value) {
    (name.to_owned(), Value::Count(u64::try_from(number).unwrap_or(0)))
}
