//! A first arrangement in which every group is in one piece.
//!
//! Ground and groups are cut in two again and again, across the longer side of the ground, so that each
//! half holds as many cells as its groups have sites; then the same with the sites of a group. Where
//! that cuts a group apart, the groups lie one after another along a path through all cells instead.

use super::ground::Island;
use super::{Cell, Sites};

/// A cell for each of the island's sites, in their order.
pub fn arrange(island: &Island, sites: &Sites, targets: &[[f64; 2]]) -> Vec<Cell> {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); sites.n_groups];
    for (idx, &site) in island.sites.iter().enumerate() {
        members[sites.sites[site as usize].group as usize].push(idx as u32);
    }
    members.retain(|group| !group.is_empty());
    // Row by row: the spare cells are the end of the last row, and the search spreads them.
    let mut ground = island.cells[..island.sites.len()].to_vec();
    let mut blocks = Vec::with_capacity(members.len());
    let mut groups: Vec<usize> = (0..members.len()).collect();
    bisect_groups(&mut groups, &mut ground, &members, targets, &mut blocks);
    if !blocks.iter().all(|(_, cells)| is_connected(cells)) {
        blocks = along_a_path(&island.cells, &members, targets);
    }
    let mut arranged = vec![[0; 2]; island.sites.len()];
    for (group, mut cells) in blocks {
        bisect_sites(&mut members[group].clone(), &mut cells, targets, &mut arranged);
    }
    arranged
}

fn bisect_groups(
    groups: &mut [usize],
    cells: &mut [Cell],
    members: &[Vec<u32>],
    targets: &[[f64; 2]],
    blocks: &mut Vec<(usize, Vec<Cell>)>,
) {
    let [group] = groups else {
        let axis = longer_axis(cells);
        let middle = |group: usize| {
            let sum: f64 = members[group].iter().map(|&idx| targets[idx as usize][axis]).sum();
            sum / members[group].len() as f64
        };
        groups.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
        let (at, n_cells) = halfway(groups, members, cells.len());
        sort_along(cells, axis);
        let (first, second) = groups.split_at_mut(at);
        let (west, east) = cells.split_at_mut(n_cells);
        bisect_groups(first, west, members, targets, blocks);
        bisect_groups(second, east, members, targets, blocks);
        return;
    };
    blocks.push((*group, cells.to_vec()));
}

/// How many groups make about half of the cells, and how many cells that are.
fn halfway(groups: &[usize], members: &[Vec<u32>], n_cells: usize) -> (usize, usize) {
    let mut sum = 0;
    let sums = groups.iter().map(|&group| {
        sum += members[group].len();
        sum
    });
    let cuts = sums.take(groups.len() - 1).enumerate();
    let (at, sum) = cuts.min_by_key(|&(_, sum)| (2 * sum).abs_diff(n_cells)).expect("two groups or more");
    (at + 1, sum)
}

fn bisect_sites(members: &mut [u32], cells: &mut [Cell], targets: &[[f64; 2]], arranged: &mut [Cell]) {
    if let [only] = members {
        arranged[*only as usize] = cells[0];
        return;
    }
    let axis = longer_axis(cells);
    sort_along(cells, axis);
    members.sort_by(|&a, &b| {
        let at = |idx: u32| targets[idx as usize][axis];
        at(a).total_cmp(&at(b)).then(a.cmp(&b))
    });
    let half = members.len() / 2;
    let (first, second) = members.split_at_mut(half);
    let (west, east) = cells.split_at_mut(half);
    bisect_sites(first, west, targets, arranged);
    bisect_sites(second, east, targets, arranged);
}

fn longer_axis(cells: &[Cell]) -> usize {
    let extent = |axis: usize| {
        let along = || cells.iter().map(|cell| cell[axis]);
        along().max().unwrap_or(0) - along().min().unwrap_or(0)
    };
    usize::from(extent(1) > extent(0))
}

fn sort_along(cells: &mut [Cell], axis: usize) {
    cells.sort_unstable_by_key(|cell| (cell[axis], cell[1 - axis]));
}

/// True when one can walk between all cells over their edges.
pub fn is_connected(cells: &[Cell]) -> bool {
    let mut rest: std::collections::BTreeSet<Cell> = cells.iter().copied().collect();
    let mut to_do: Vec<Cell> = rest.pop_first().into_iter().collect();
    while let Some([column, row]) = to_do.pop() {
        let beside = [
            [column.wrapping_sub(1), row],
            [column + 1, row],
            [column, row.wrapping_sub(1)],
            [column, row + 1],
        ];
        to_do.extend(beside.into_iter().filter(|cell| rest.remove(cell)));
    }
    rest.is_empty()
}

/// Groups from north to south along rows walked to and fro.
fn along_a_path(cells: &[Cell], members: &[Vec<u32>], targets: &[[f64; 2]]) -> Vec<(usize, Vec<Cell>)> {
    let rows: Vec<&[Cell]> = cells.chunk_by(|a, b| a[1] == b[1]).collect();
    let begins = |row: &[Cell]| row[0][0];
    let ends = |row: &[Cell]| row[row.len() - 1][0];
    // Where a corner is left out, the path has to change rows on the other side.
    let change =
        rows.windows(2).position(|pair| begins(pair[0]) != begins(pair[1]) || ends(pair[0]) != ends(pair[1]));
    let is_east = change.is_some_and(|at| begins(rows[at]) == begins(rows[at + 1]));
    let first_is_reversed = change.is_some_and(|at| (at % 2 == 0) == is_east);
    let mut path = Vec::with_capacity(cells.len());
    for (idx, row) in rows.into_iter().enumerate() {
        let is_reversed = (idx % 2 == 0) == first_is_reversed;
        if is_reversed { path.extend(row.iter().rev()) } else { path.extend(row) }
    }
    let middle = |group: usize| {
        members[group].iter().map(|&idx| targets[idx as usize][1]).sum::<f64>() / members[group].len() as f64
    };
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&a, &b| middle(a).total_cmp(&middle(b)).then(a.cmp(&b)));
    let mut path = path.into_iter();
    order.into_iter().map(|group| (group, path.by_ref().take(members[group].len()).collect())).collect()
}
