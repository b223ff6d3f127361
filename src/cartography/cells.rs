//! The equal-cell form of a map: one square for each khoroo, all of one size.
//!
//! Owns: its shape in JSON. Leaves to others: the arrangement, which is the snapshot's [`Seats`], and the
//! places of names ([`NameRoom`]).
//!
//! [`Seats`]: crate::snapshot::Seats

use serde::Serialize;

use super::cell_names::{NameRoom, NameSpot, STRIP};
use crate::geometry::cells::Cell;
use crate::snapshot::{LookupError, Snapshot, VintageView};

/// Cells of one vintage on the grid of all vintages. Column 0 is in the west, row 0 in the north.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellMap {
    pub vintage: String,
    pub n_columns: u16,
    pub n_rows: u16,
    /// Height of a strip between two rows, in which names of districts stand, in cells.
    pub strip_height: f64,
    /// Rows above which there is a strip; `n_rows` for one below the last.
    pub strips: Vec<u16>,
    /// In the order of the khoroos. Empty for a store of more khoroos than can be read in cells.
    pub cells: Vec<KhorooCell>,
    pub districts: Vec<DistrictCells>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KhorooCell {
    pub code: String,
    /// Feature id in the tiles.
    pub id: u64,
    /// District code.
    pub district: String,
    pub column: u16,
    pub row: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistrictCells {
    pub code: String,
    /// Where its name stands; `null` where it has no cells.
    pub name: Option<NameSpot>,
    /// The same where districts are shown instead of cells, and no strips but one below the last row.
    pub name_on_ground: Option<NameSpot>,
    /// Rings around all cells of the district, of every vintage: `[column, row]` of corners, not closed,
    /// clockwise as seen; holes the other way.
    pub outline: Vec<Vec<Cell>>,
}

/// The cells of a vintage.
pub fn cells(snapshot: &Snapshot, vintage: &str) -> Result<CellMap, LookupError> {
    Ok(of_view(snapshot, snapshot.named(vintage)?))
}

fn of_view(snapshot: &Snapshot, view: &VintageView) -> CellMap {
    let vintage = view.vintage.id.to_string();
    let Some(layout) = snapshot.seats.layout() else {
        return CellMap {
            vintage,
            n_columns: 0,
            n_rows: 0,
            strip_height: STRIP,
            strips: Vec::new(),
            cells: Vec::new(),
            districts: Vec::new(),
        };
    };
    let geography = &view.geography;
    let (room, ground) = (NameRoom::of(snapshot, view), NameRoom::on_ground(snapshot, view));
    let cell = |(unit, &seat): (&crate::snapshot::Unit, &u32)| {
        let [column, row] = layout.cells[seat as usize];
        KhorooCell {
            code: unit.code.clone(),
            id: unit.mvt_id,
            district: unit.district.to_string(),
            column,
            row,
        }
    };
    let district = |(idx, unit): (usize, &crate::snapshot::Unit)| DistrictCells {
        code: unit.code.clone(),
        name: room.names[idx],
        name_on_ground: ground.names[idx],
        outline: snapshot.seats.outline(&unit.district),
    };
    CellMap {
        vintage,
        n_columns: layout.n_columns,
        n_rows: layout.n_rows,
        strip_height: STRIP,
        strips: room.strips.iter().copied().collect(),
        cells: geography.khoroos.iter().zip(snapshot.seats_of(view)).map(cell).collect(),
        districts: geography.districts.iter().enumerate().map(district).collect(),
    }
}
