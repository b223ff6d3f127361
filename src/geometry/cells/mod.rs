//! One equal square cell for every site, grouped, with neighbours kept as far as possible.
//!
//! Groups whose sites touch form the core; groups that lie apart get blocks of their own in a corner,
//! on the side where they are ([`ground`]). The core starts from a recursive bisection of ground and
//! groups ([`start`]) and is improved by threshold accepting ([`search`]), which minimises
//!
//! - for each pair of sites with a common border: how far their cells are from touching, and how far the
//!   direction between the cells is from the true one;
//! - for each site: the squared distance to its place on evenly filled ground;
//! - the outline of every group, which keeps blocks compact.
//!
//! Invariant: every group's cells are edge-connected from the first arrangement to the last, because a
//! step that would cut one is not taken; no clock and no true chance, so equal sites give equal cells.
//! Design: an assignment by least total displacement was dropped: it keeps places and breaks a third of
//! the borders, while what readers look for is who lies beside whom.

mod ground;
mod outline;
mod search;
mod start;

pub use outline::outline;

pub use ground::apart;

use ground::Ground;

/// More sites than this get no layout: nobody reads so many cells, and coordinates stay small.
pub const SITES_MAX: usize = 50_000;

/// What gets a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// From 0 to the number of groups.
    pub group: u32,
    /// East and north in any common unit of length.
    pub place: [f64; 2],
}

/// Sites with their neighbourhood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sites {
    pub sites: Vec<Site>,
    pub n_groups: usize,
    /// Pairs with a common border, each once, the smaller index first.
    pub borders: Vec<[u32; 2]>,
}

/// Column from the west and row from the north, from 0.
pub type Cell = [u16; 2];

/// A cell for every site, all different.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    pub n_columns: u16,
    pub n_rows: u16,
    /// In the order of the sites.
    pub cells: Vec<Cell>,
}

/// How well a layout keeps the neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Part of the border pairs whose cells touch, corners included.
    pub kept: f64,
    /// Mean angle in degrees between true direction and that of the cells, over the border pairs.
    pub turned_deg: f64,
}

impl Layout {
    /// The layout of `sites`; O(n log n), and a number of steps of the search that is bounded.
    ///
    /// Panics where there are more than [`SITES_MAX`] sites.
    pub fn of(sites: &Sites) -> Self {
        assert!(sites.sites.len() <= SITES_MAX, "at most {SITES_MAX} sites");
        if sites.sites.is_empty() {
            return Self::default();
        }
        let ground = Ground::of(sites);
        let mut cells = vec![[0; 2]; sites.sites.len()];
        for island in &ground.islands {
            let targets = island.targets(sites);
            let start = start::arrange(island, sites, &targets);
            for (&site, cell) in island.sites.iter().zip(search::improve(island, sites, &targets, start)) {
                cells[site as usize] = cell;
            }
        }
        Self { n_columns: ground.n_columns, n_rows: ground.n_rows, cells }
    }

    pub fn quality(&self, sites: &Sites) -> Quality {
        let (mut kept, mut turned) = (0, 0.0);
        for &[a, b] in &sites.borders {
            let ([ax, ay], [bx, by]) = (self.cells[a as usize], self.cells[b as usize]);
            let across = [f64::from(bx) - f64::from(ax), f64::from(ay) - f64::from(by)];
            let (from, to) = (sites.sites[a as usize].place, sites.sites[b as usize].place);
            let truth = [to[0] - from[0], to[1] - from[1]];
            kept += usize::from(across[0].abs().max(across[1].abs()) <= 1.0);
            let cross = truth[0] * across[1] - truth[1] * across[0];
            turned += cross.atan2(truth[0] * across[0] + truth[1] * across[1]).abs().to_degrees();
        }
        let n = sites.borders.len().max(1) as f64;
        Quality { kept: kept as f64 / n, turned_deg: turned / n }
    }
}
