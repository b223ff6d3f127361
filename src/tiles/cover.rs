//! Which tiles can hold anything, so that nobody looks at the others.
//!
//! Owns: the ground that a tileset shows, buffers of tiles included. Some of its tiles may be empty all the same;
//! outside of it none holds anything.

use super::Tileset;
use crate::geometry::cut::BUFFER_CELLS;
use crate::geometry::simplify::{TILE_CELLS, WorldPoint, cell_shift};
use crate::model::{GridBox, GridPoint};
use crate::snapshot::{Context, Snapshot};

/// Cells by which drawing may move something: rounding, and the cell that a small unit takes.
const MOVED_CELLS: i64 = 64;

/// The box around everything that a tileset shows.
#[derive(Debug, Clone, Copy)]
pub struct Cover {
    pub bounds: GridBox,
}

impl Cover {
    /// `None` for an unknown tileset, one that shows nothing, and one whose tiles come out of an archive.
    pub fn of(snapshot: &Snapshot, tileset: &Tileset) -> Option<Self> {
        let Some(id) = tileset.vintage() else {
            return match &snapshot.orientation.context {
                Some(Context::Features(features)) => Some(Self { bounds: features.bounds }),
                Some(Context::Archive(_)) => None,
                None => {
                    let lines = snapshot.context_lines.iter().flat_map(|line| line.line.iter().copied());
                    GridBox::around(lines).map(|bounds| Self { bounds })
                }
            };
        };
        let view = snapshot.vintage(id)?;
        let marks = match tileset {
            Tileset::Tracker(_) => {
                let copies = view.marks.copies.iter().flat_map(|mark| [mark.from.at, mark.to.at]);
                GridBox::around(view.marks.practices.iter().map(|mark| mark.place.at).chain(copies))
            }
            Tileset::Boundaries(_) | Tileset::Context => None,
        };
        let bounds = view.geography.bounds().into_iter().chain(marks).reduce(GridBox::union);
        bounds.map(|bounds| Self { bounds })
    }

    /// The city with a quarter of its size on each side, for what lies around it; `None` without boundaries.
    pub fn around_city(snapshot: &Snapshot) -> Option<Self> {
        let city = snapshot.vintages.iter().filter_map(|view| view.geography.bounds());
        let GridBox { west, south, east, north } = city.reduce(GridBox::union)?;
        let (across, up) = ((east - west) / 4, (north - south) / 4);
        let bounds =
            GridBox { west: west - across, south: south - up, east: east + across, north: north + up };
        Some(Self { bounds })
    }

    /// West, north, east and south of the columns and rows of a zoom, all included.
    pub fn limits(&self, z: u8) -> [u32; 4] {
        let GridBox { west, south, east, north } = self.bounds;
        let shift = cell_shift(z);
        let tile_of = |place: GridPoint, cells: i64| {
            let world = WorldPoint::of(place).from_corner();
            let last = (1_i64 << z) - 1;
            world.map(|v| ((v >> shift) + cells).div_euclid(i64::from(TILE_CELLS)).clamp(0, last) as u32)
        };
        let margin = i64::from(BUFFER_CELLS) + MOVED_CELLS;
        let [left, top] = tile_of(GridPoint { x: west, y: north }, -margin);
        let [right, bottom] = tile_of(GridPoint { x: east, y: south }, margin);
        [left, top, right, bottom]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_the_places_and_what_is_drawn_of_them_in_buffers() {
        let place = GridPoint::from_degrees(106.917_7, 47.918_8).expect("in range");
        let cover =
            Cover { bounds: GridBox { west: place.x, south: place.y, east: place.x, north: place.y } };
        assert_eq!(cover.limits(0), [0; 4]);
        assert_eq!(cover.limits(12), [3264, 1425, 3264, 1425]);
        // A cell west of an edge between two tiles.
        let edge = GridPoint::from_degrees(106.875 - 1e-6, 47.918_8).expect("in range");
        let cover = Cover { bounds: GridBox { west: edge.x, east: edge.x, ..cover.bounds } };
        assert_eq!(cover.limits(12), [3263, 1425, 3264, 1425]);
    }
}
