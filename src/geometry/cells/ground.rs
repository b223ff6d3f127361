//! Which cells there are, and who may have them.
//!
//! Owns: the size of the grid, which groups lie apart from the core, where their blocks stand.
//! Design: the grid is a little higher than wide, because telephones are; 204 sites make 13 columns, so
//! that a cell is 24 pixels wide on a screen of 360.

use super::{Cell, Sites};

/// Columns for each row, before rounding.
const WIDTH_TO_HEIGHT: f64 = 0.8;

/// Cells of the core for each of its sites: the spare ones let its outline follow the land.
const CORE_SPARE: f64 = 1.05;

/// Where more of all sites than this lie apart, there is no core to lie apart from.
const APART_MAX: f64 = 0.25;

pub struct Ground {
    pub n_columns: u16,
    pub n_rows: u16,
    pub islands: Vec<Island>,
}

/// Cells that some groups share among themselves.
pub struct Island {
    /// Sorted.
    pub sites: Vec<u32>,
    /// At least as many as sites; row by row.
    pub cells: Vec<Cell>,
}

/// A corner of the grid that the core leaves to those apart, in cells.
#[derive(Clone, Copy)]
struct Corner {
    width: u16,
    height: u16,
    is_east: bool,
    is_south: bool,
}

impl Ground {
    pub fn of(sites: &Sites) -> Self {
        let n = sites.sites.len();
        let apart = apart(sites);
        let group_of = |site: u32| sites.sites[site as usize].group as usize;
        let (mut core, mut others) = (Vec::new(), vec![Vec::new(); sites.n_groups]);
        for site in 0..n as u32 {
            if apart[group_of(site)] { others[group_of(site)].push(site) } else { core.push(site) }
        }
        others.retain(|block| !block.is_empty());
        let mean = |of: &[u32], axis: usize| {
            of.iter().map(|&site| sites.sites[site as usize].place[axis]).sum::<f64>() / of.len() as f64
        };
        others.sort_by(|a, b| mean(b, 1).total_cmp(&mean(a, 1)).then(a[0].cmp(&b[0])));

        let mut n_columns = columns(n);
        let Some(largest) = others.iter().map(Vec::len).max() else {
            let n_rows = rows(core.len(), 0, n_columns);
            let cells = rectangle(0, 0, n_columns, n_rows);
            return Self { n_columns, n_rows, islands: vec![Island { sites: core, cells }] };
        };
        let width = ((largest as f64 * WIDTH_TO_HEIGHT).sqrt().ceil() as u16).clamp(1, n_columns);
        let height_of = |block: &Vec<u32>| (block.len() as u16).div_ceil(width);
        // A free row between blocks, and one above the first, has room for names.
        let height: u16 = others.iter().map(|block| height_of(block) + 1).sum();
        let all_apart: Vec<u32> = others.concat();
        let mut corner = Corner {
            width: width + 1,
            height,
            is_east: mean(&all_apart, 0) >= mean(&core, 0),
            is_south: mean(&all_apart, 1) <= mean(&core, 1),
        };
        let area = usize::from(corner.width) * usize::from(corner.height);
        let mut n_rows = rows(core.len(), area, n_columns);
        let leaves_room = corner.width <= n_columns / 2 && corner.height < n_rows;
        let mut core_cells;
        if leaves_room {
            core_cells = rectangle(0, 0, n_columns, n_rows);
            core_cells.retain(|&cell| !corner.holds(cell, n_columns, n_rows));
        } else {
            // Columns of their own beside a small core.
            let core_columns = columns(core.len());
            let core_rows = rows(core.len(), 0, core_columns);
            n_columns = core_columns + corner.width;
            n_rows = core_rows.max(corner.height);
            corner.height = n_rows;
            let from = if corner.is_east { 0 } else { corner.width };
            core_cells = rectangle(from, 0, core_columns, core_rows);
        }
        let mut islands = vec![Island { sites: core, cells: core_cells }];
        let left = if corner.is_east { n_columns - width } else { 0 };
        let mut top = if corner.is_south { n_rows - height } else { 0 };
        for block in others {
            let height = height_of(&block);
            // The free row lies towards the core, or above where a name stands.
            top += u16::from(corner.is_south);
            let width = width.min(block.len() as u16);
            let left = if corner.is_east { n_columns - width } else { left };
            islands.push(Island { sites: block, cells: rectangle(left, top, width, height) });
            top += height + u16::from(!corner.is_south);
        }
        Self { n_columns, n_rows, islands }
    }
}

impl Corner {
    fn holds(self, [column, row]: Cell, n_columns: u16, n_rows: u16) -> bool {
        let across = if self.is_east { column >= n_columns - self.width } else { column < self.width };
        let down = if self.is_south { row >= n_rows - self.height } else { row < self.height };
        across && down
    }
}

impl Island {
    /// The place of each site on evenly filled ground: as many sites west of it as there are in truth.
    pub fn targets(&self, sites: &Sites) -> Vec<[f64; 2]> {
        let mut targets = vec![[0.0; 2]; self.sites.len()];
        for axis in 0..2 {
            // North is up, rows count down.
            let sign = if axis == 0 { 1.0 } else { -1.0 };
            let at = |idx: u32| sites.sites[self.sites[idx as usize] as usize].place[axis] * sign;
            let mut order: Vec<u32> = (0..self.sites.len() as u32).collect();
            order.sort_by(|&a, &b| at(a).total_cmp(&at(b)).then(a.cmp(&b)));
            let mut along: Vec<u16> = self.cells.iter().map(|cell| cell[axis]).collect();
            along.sort_unstable();
            for (rank, &idx) in order.iter().enumerate() {
                let cell = (2 * rank + 1) * along.len() / (2 * order.len());
                targets[idx as usize][axis] = f64::from(along[cell.min(along.len() - 1)]);
            }
        }
        targets
    }
}

/// Groups none of whose sites is joined to the largest piece of ground.
pub fn apart(sites: &Sites) -> Vec<bool> {
    let n = sites.sites.len();
    let mut piece: Vec<u32> = (0..n as u32).collect();
    for &[a, b] in &sites.borders {
        let (a, b) = (root(&mut piece, a), root(&mut piece, b));
        piece[a.max(b) as usize] = a.min(b);
    }
    let pieces: Vec<u32> = (0..n as u32).map(|site| root(&mut piece, site)).collect();
    let mut size = vec![0_usize; n];
    for &piece in &pieces {
        size[piece as usize] += 1;
    }
    let largest = (0..n).max_by_key(|&piece| (size[piece], std::cmp::Reverse(piece))).unwrap_or(0);
    let mut apart = vec![true; sites.n_groups];
    for (site, &piece) in sites.sites.iter().zip(&pieces) {
        apart[site.group as usize] &= piece as usize != largest;
    }
    let n_apart = sites.sites.iter().filter(|site| apart[site.group as usize]).count();
    if n_apart as f64 > n as f64 * APART_MAX { vec![false; sites.n_groups] } else { apart }
}

fn root(piece: &mut [u32], mut site: u32) -> u32 {
    while piece[site as usize] != site {
        piece[site as usize] = piece[piece[site as usize] as usize];
        site = piece[site as usize];
    }
    site
}

fn columns(n: usize) -> u16 {
    ((n as f64 * WIDTH_TO_HEIGHT).sqrt().ceil() as u16).max(1)
}

fn rows(n_core: usize, n_reserved: usize, n_columns: u16) -> u16 {
    // One alone needs no spare cell.
    let wanted = if n_core < 8 { n_core } else { (n_core as f64 * CORE_SPARE).ceil() as usize };
    (wanted + n_reserved).div_ceil(usize::from(n_columns)) as u16
}

fn rectangle(left: u16, top: u16, width: u16, height: u16) -> Vec<Cell> {
    (top..top + height).flat_map(|row| (left..left + width).map(move |column| [column, row])).collect()
}
