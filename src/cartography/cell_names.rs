//! Where the names of districts stand among equal cells: on strips of their own, on which no cell lies.
//!
//! A strip is a gap between two rows across the whole grid, so that cells stay in their columns. A name stands
//! in a strip inside its district where that is wide enough, and those are chosen that serve most districts;
//! else right above or below its district where no cell is; else in a strip beside it.
//!
//! Where districts are shown instead of cells, names stand on their own ground ([`ground_names`]), and no strip is
//! needed but below the last row.
//!
//! Owns: which strips there are, where in them names stand. Leaves to others: drawing.
//! Design: on the line between two rows, without a strip, letters touched the numbers above and below.
//! Invariant: a name has room in every language, so cells keep their place in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::ground_names::ground_names;
use super::picture::text_width;
use crate::geometry::cells::{Cell, Layout};
use crate::snapshot::{Snapshot, Unit, VintageView};

/// Height of a strip, in cells.
pub const STRIP: f64 = 0.7;
/// Size of the letters of a name, in cells: 13 px where a cell is as small as it may be, 24 px.
pub const LETTERS: f64 = 0.54;
/// Free on either side of a name, in cells.
const AIR: f64 = 0.1;

/// The strips of a layout and the names of a vintage's districts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NameRoom {
    /// Rows above which a strip lies; the number of rows where one lies below the last.
    pub strips: BTreeSet<u16>,
    /// In the order of the districts; `None` for one without cells.
    pub names: Vec<Option<NameSpot>>,
    /// Names stand in their rows, not above them, but in a strip below the last row.
    is_on_ground: bool,
}

/// The middle of a name.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NameSpot {
    /// In columns from the west edge of the grid.
    pub x: f64,
    /// Between cells the name stands right above this row, half a strip away from it; on the ground in its middle,
    /// below the last row as between cells.
    pub row: u16,
}

/// A district's cells and the width of its name in cells.
pub(super) struct Block {
    pub cells: BTreeSet<Cell>,
    pub width: f64,
}

/// Cells side by side under cells of the same district.
struct Run {
    row: u16,
    from: u16,
    length: u16,
}

impl NameRoom {
    /// Empty where there are no cells.
    pub fn of(snapshot: &Snapshot, view: &VintageView) -> Self {
        let Some(layout) = snapshot.seats.layout() else { return Self::default() };
        Plan::of(layout, &Block::of_districts(snapshot, view)).finish()
    }

    /// Where districts are shown and no cells. Empty where there are no cells.
    pub fn on_ground(snapshot: &Snapshot, view: &VintageView) -> Self {
        let Some(layout) = snapshot.seats.layout() else { return Self::default() };
        let names = ground_names(layout, &Block::of_districts(snapshot, view));
        let strips =
            names.iter().flatten().map(|spot| spot.row).filter(|&row| row == layout.n_rows).collect();
        Self { strips, names, is_on_ground: true }
    }

    /// Upper edge of a row, in heights of a cell from the upper edge of the grid.
    pub fn top(&self, row: u16) -> f64 {
        f64::from(row) + STRIP * self.strips.range(..=row).count() as f64
    }

    /// Lower edge of the row above: another than [`Self::top`] where a strip lies between.
    pub fn foot_above(&self, row: u16) -> f64 {
        f64::from(row) + STRIP * self.strips.range(..row).count() as f64
    }

    /// The middle of a name, as [`Self::top`] counts.
    pub fn middle(&self, spot: NameSpot) -> f64 {
        if self.is_on_ground && !self.strips.contains(&spot.row) {
            return f64::from(spot.row) + 0.5;
        }
        self.top(spot.row) - STRIP / 2.0
    }
}

impl NameSpot {
    /// To a hundredth of a cell.
    fn at(x: f64, row: u16) -> Self {
        Self { x: (x * 100.0).round() / 100.0, row }
    }

    /// As near to `x` as a name of that width is within the grid.
    pub(super) fn in_grid(layout: &Layout, x: f64, row: u16, width: f64) -> Self {
        let half = width / 2.0;
        let last = f64::from(layout.n_columns) - half;
        Self::at(x.min(last).max(half.min(last.max(0.0))), row)
    }

    /// Those over which a name of that width reaches.
    pub(super) fn columns(&self, width: f64) -> Range<u16> {
        let (west, east) = (self.x - width / 2.0, self.x + width / 2.0);
        west.max(0.0).floor() as u16..east.ceil() as u16
    }
}

/// Whether another name stands where one of that width would.
///
/// - `names`: of the blocks, as far as they are placed.
pub(super) fn is_met(names: &[Option<NameSpot>], blocks: &[Block], spot: &NameSpot, width: f64) -> bool {
    names.iter().zip(blocks).any(|(name, block)| {
        name.is_some_and(|name| {
            name.row == spot.row && (name.x - spot.x).abs() < f64::midpoint(width, block.width)
        })
    })
}

struct Plan<'a> {
    layout: &'a Layout,
    blocks: &'a [Block],
    taken: BTreeSet<Cell>,
    room: NameRoom,
}

impl<'a> Plan<'a> {
    fn of(layout: &'a Layout, blocks: &'a [Block]) -> Self {
        let taken = blocks.iter().flat_map(|block| block.cells.iter().copied()).collect();
        let room = NameRoom { strips: BTreeSet::new(), names: vec![None; blocks.len()], is_on_ground: false };
        Self { layout, blocks, taken, room }
    }

    fn finish(mut self) -> NameRoom {
        self.place_inside();
        for (idx, block) in self.blocks.iter().enumerate() {
            if self.room.names[idx].is_none() && !block.cells.is_empty() {
                let spot = self.beside(block);
                self.put(idx, spot);
            }
        }
        self.room
    }

    /// Takes the strip that serves most districts, the one nearest to their middles of several, until none
    /// is left that has room inside.
    fn place_inside(&mut self) {
        let mut waiting: BTreeMap<usize, BTreeMap<u16, Run>> = BTreeMap::new();
        for (idx, block) in self.blocks.iter().enumerate() {
            let fitting = block.runs().into_iter().filter(|run| f64::from(run.length) >= block.width);
            let rows: BTreeMap<u16, Run> = fitting.map(|run| (run.row, run)).collect();
            if !rows.is_empty() {
                waiting.insert(idx, rows);
            }
        }
        while !waiting.is_empty() {
            let mut served: BTreeMap<u16, (usize, f64)> = BTreeMap::new();
            for (&idx, rows) in &waiting {
                for &row in rows.keys() {
                    let (n, off) = served.entry(row).or_default();
                    *n += 1;
                    *off += (f64::from(row) - self.blocks[idx].middle()[1]).abs();
                }
            }
            let best = served.into_iter().min_by(|(_, (n, off)), (_, (m, other))| {
                m.cmp(n).then((off / *n as f64).total_cmp(&(other / *m as f64)))
            });
            let Some((row, _)) = best else { break };
            self.room.strips.insert(row);
            for (idx, rows) in std::mem::take(&mut waiting) {
                match rows.get(&row) {
                    Some(run) => self.room.names[idx] = Some(self.blocks[idx].within(run)),
                    None => {
                        waiting.insert(idx, rows);
                    }
                }
            }
        }
    }

    /// Above or below the district where no cell is, else the row whose strip has room and costs least.
    fn beside(&self, block: &Block) -> NameSpot {
        let (top, end) = block.rows();
        let spot = |row: u16| {
            let beside: Vec<f64> = block
                .cells
                .iter()
                .filter(|cell| cell[1] == row || cell[1] + 1 == row)
                .map(|cell| f64::from(cell[0]) + 0.5)
                .collect();
            let x = beside.iter().sum::<f64>() / beside.len().max(1) as f64;
            NameSpot::in_grid(self.layout, x, row, block.width)
        };
        let is_open = |spot: &NameSpot| {
            self.is_clear_above(spot, block.width)
                || spot.row == 0
                || self.is_clear(spot, block.width, spot.row)
        };
        let open =
            [top, end].into_iter().map(spot).find(|spot| is_open(spot) && !self.is_met(spot, block.width));
        open.unwrap_or_else(|| {
            let cost = |spot: &NameSpot| {
                let off = (f64::from(spot.row) - block.middle()[1]).abs();
                (self.is_met(spot, block.width), !self.room.strips.contains(&spot.row), off)
            };
            let spots = (top..=end).map(spot);
            let least = spots.min_by(|a, b| {
                let ((met, new, off), (met_b, new_b, off_b)) = (cost(a), cost(b));
                (met, new).cmp(&(met_b, new_b)).then(off.total_cmp(&off_b))
            });
            least.unwrap_or_else(|| spot(top))
        })
    }

    fn is_met(&self, spot: &NameSpot, width: f64) -> bool {
        is_met(&self.room.names, self.blocks, spot, width)
    }

    /// Whether no cell of a row lies where the name is, as far as columns go.
    fn is_clear(&self, spot: &NameSpot, width: f64, row: u16) -> bool {
        spot.columns(width).all(|column| !self.taken.contains(&[column, row]))
    }

    fn is_clear_above(&self, spot: &NameSpot, width: f64) -> bool {
        spot.row > 0 && self.is_clear(spot, width, spot.row - 1)
    }

    /// Over free cells a name needs no strip.
    fn put(&mut self, idx: usize, spot: NameSpot) {
        if !self.is_clear_above(&spot, self.blocks[idx].width) {
            self.room.strips.insert(spot.row);
        }
        self.room.names[idx] = Some(spot);
    }
}

impl Block {
    fn of_districts(snapshot: &Snapshot, view: &VintageView) -> Vec<Self> {
        let block = |unit: &Unit| Self {
            cells: snapshot.seats.cells_of(&unit.district).into_iter().collect(),
            width: [&unit.name_mn, &unit.name_en]
                .map(|name| text_width(name, true) * LETTERS + 2.0 * AIR)
                .into_iter()
                .fold(0.0, f64::max),
        };
        view.geography.districts.iter().map(block).collect()
    }

    /// First row, and the row after the last.
    pub fn rows(&self) -> (u16, u16) {
        let rows = || self.cells.iter().map(|cell| cell[1]);
        (rows().min().unwrap_or(0), rows().max().map_or(0, |last| last + 1))
    }

    /// Columns and rows from the grid's corner to the middle.
    pub fn middle(&self) -> [f64; 2] {
        let n = self.cells.len().max(1) as f64;
        [0, 1].map(|axis| self.cells.iter().map(|cell| f64::from(cell[axis]) + 0.5).sum::<f64>() / n)
    }

    /// The longest run of each row under another of the district's.
    fn runs(&self) -> Vec<Run> {
        let mut under: Vec<Cell> = self.cells.iter().copied().collect();
        under.retain(|&[column, row]| row > 0 && self.cells.contains(&[column, row - 1]));
        under.sort_by_key(|cell| (cell[1], cell[0]));
        let mut longest: BTreeMap<u16, Run> = BTreeMap::new();
        for run in under.chunk_by(|a, b| a[1] == b[1] && a[0] + 1 == b[0]) {
            let [from, row] = run[0];
            let length = run.len() as u16;
            if longest.get(&row).is_none_or(|known| known.length < length) {
                longest.insert(row, Run { row, from, length });
            }
        }
        longest.into_values().collect()
    }

    /// In a run that is wide enough, as near to the district's middle as it can be.
    fn within(&self, run: &Run) -> NameSpot {
        let half = self.width / 2.0;
        let (west, east) = (f64::from(run.from) + half, f64::from(run.from + run.length) - half);
        NameSpot::at(self.middle()[0].min(east).max(west), run.row)
    }
}

/// Blocks of the letters of a drawing, in alphabetic order, with the width of every name.
#[cfg(test)]
pub(super) fn drawn(lines: &[&str], width: f64) -> (Layout, Vec<Block>) {
    let mut blocks: BTreeMap<char, BTreeSet<Cell>> = BTreeMap::new();
    for (row, line) in lines.iter().enumerate() {
        for (column, letter) in line.chars().enumerate().filter(|(_, letter)| *letter != '.') {
            blocks.entry(letter).or_default().insert([column as u16, row as u16]);
        }
    }
    let layout = Layout { n_columns: lines[0].len() as u16, n_rows: lines.len() as u16, cells: Vec::new() };
    (layout, blocks.into_values().map(|cells| Block { cells, width }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hundredths(height: f64) -> i64 {
        (height * 100.0).round() as i64
    }

    fn check(lines: &[&str], width: f64, strips: &[u16], names: &[(f64, u16)]) {
        let (layout, blocks) = drawn(lines, width);
        let room = Plan::of(&layout, &blocks).finish();
        assert_eq!(room.strips.iter().copied().collect::<Vec<_>>(), strips, "{lines:?}");
        let spots: Vec<(f64, u16)> = room.names.iter().flatten().map(|spot| (spot.x, spot.row)).collect();
        assert_eq!(spots, names, "{lines:?}");
    }

    #[test]
    fn a_name_stands_in_a_strip_of_its_district_that_is_wide_enough() {
        check(&["aaaa..", ".aaa..", "aa....", "aa....", "aa...."], 3.0, &[1], &[(2.5, 1)]);
    }

    #[test]
    fn districts_side_by_side_share_a_strip() {
        check(&["aaaa....", "aaaabbbb", "aaaabbbb", "....bbbb"], 3.0, &[2], &[(2.0, 2), (6.0, 2)]);
    }

    #[test]
    fn a_district_without_room_is_named_where_no_cell_is_and_needs_no_strip() {
        check(&["......", "......", "..bb..", "..b..."], 3.0, &[], &[(3.0, 2)]);
        check(&["..bb..", "..b...", "......"], 3.0, &[0], &[(3.0, 0)]);
    }

    #[test]
    fn a_district_without_room_anywhere_gets_a_strip_and_no_name_lies_over_another() {
        check(&["aaaa", "abca", "aaaa"], 2.0, &[0, 1, 2], &[(2.0, 0), (1.5, 1), (2.5, 2)]);
    }

    #[test]
    fn rows_below_a_strip_lie_lower_by_it() {
        let room = NameRoom { strips: BTreeSet::from([1, 3]), ..NameRoom::default() };
        let top = |row| hundredths(room.top(row));
        assert_eq!([0, 1, 2, 3].map(top), [0.0, 1.0 + STRIP, 2.0 + STRIP, 3.0 + 2.0 * STRIP].map(hundredths));
        let foot = |row| hundredths(room.foot_above(row));
        assert_eq!([1, 3].map(foot), [1.0, 3.0 + STRIP].map(hundredths));
    }

    #[test]
    fn on_the_ground_a_name_stands_in_the_middle_of_its_row() {
        let room = NameRoom { is_on_ground: true, strips: BTreeSet::from([3]), ..NameRoom::default() };
        let middle = |row| hundredths(room.middle(NameSpot { x: 1.0, row }));
        assert_eq!([0, 2].map(middle), [50, 250]);
        assert_eq!(middle(3), hundredths(3.0 + STRIP / 2.0));
    }
}
