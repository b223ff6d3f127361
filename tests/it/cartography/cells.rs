//! The equal-cell form: measured against a plain list, on invented and published ground.

use std::collections::{BTreeMap, BTreeSet};

use hlp_tracker::cartography::{CellMap, cells};
use hlp_tracker::geometry::cells::{Cell, Layout, Site, Sites};
use hlp_tracker::geometry::coverage::clean::{Gaps, Resolve};
use hlp_tracker::ingest::{self, Request};
use hlp_tracker::model::{LineageKind, Loaded};
use hlp_tracker::snapshot::Snapshot;
use proptest::prelude::*;

use crate::small_world::{lineage, loaded};
use crate::support::{applied, cases, demo, published};

/// Widest grid whose cells are 24 px on a screen of 360 px with margins of 12 px.
const COLUMNS_MAX_360: u16 = 14;

/// Group after group, row after row: what a list gives.
fn row_major(sites: &Sites, n_columns: u16) -> Layout {
    let mut order: Vec<usize> = (0..sites.sites.len()).collect();
    order.sort_by_key(|&idx| (sites.sites[idx].group, idx));
    let mut cells = vec![[0, 0]; order.len()];
    for (at, idx) in order.into_iter().enumerate() {
        cells[idx] = [(at % usize::from(n_columns)) as u16, (at / usize::from(n_columns)) as u16];
    }
    Layout { n_columns, n_rows: (cells.len().div_ceil(usize::from(n_columns))) as u16, cells }
}

fn is_connected(cells: &BTreeSet<Cell>) -> bool {
    let mut rest = cells.clone();
    let mut to_do: Vec<Cell> = rest.pop_first().into_iter().collect();
    while let Some([column, row]) = to_do.pop() {
        let beside = [[column + 1, row], [column, row + 1]];
        let before = [[column.wrapping_sub(1), row], [column, row.wrapping_sub(1)]];
        to_do.extend(beside.into_iter().chain(before).filter(|cell| rest.remove(cell)));
    }
    rest.is_empty()
}

/// What holds for every layout: all cells differ, lie in the grid, and no group is cut in two.
fn assert_sound(sites: &Sites, layout: &Layout) {
    assert_eq!(layout.cells.len(), sites.sites.len());
    let distinct: BTreeSet<Cell> = layout.cells.iter().copied().collect();
    assert_eq!(distinct.len(), layout.cells.len());
    let mut blocks: BTreeMap<u32, BTreeSet<Cell>> = BTreeMap::new();
    for (site, &[column, row]) in sites.sites.iter().zip(&layout.cells) {
        assert!(column < layout.n_columns && row < layout.n_rows);
        blocks.entry(site.group).or_default().insert([column, row]);
    }
    for (group, block) in blocks {
        assert!(is_connected(&block), "group {group} is cut: {block:?}");
    }
}

/// Bounds on a layout against the plain list, in one run.
fn assert_good(name: &str, snapshot: &Snapshot) {
    let (sites, layout) = (snapshot.seats.sites(), snapshot.seats.layout().expect("few enough"));
    assert_sound(sites, layout);
    let (found, plain) = (layout.quality(sites), row_major(sites, layout.n_columns).quality(sites));
    assert!(found.kept >= 0.68 && found.kept >= 2.5 * plain.kept, "{name}: {found:?}, plain {plain:?}");
    assert!(found.turned_deg <= 40.0 && plain.turned_deg >= 75.0, "{name}: {found:?}, plain {plain:?}");
}

fn of(snapshot: &Snapshot, vintage: &str) -> CellMap {
    cells(snapshot, vintage).expect("a vintage")
}

fn by_code(map: &CellMap) -> BTreeMap<&str, Cell> {
    map.cells.iter().map(|cell| (cell.code.as_str(), [cell.column, cell.row])).collect()
}

#[test]
fn neighbours_of_the_invented_city_stay_neighbours_and_telephones_can_show_it() {
    let snapshot = demo::snapshot(204);
    assert_good("demo", &snapshot);
    let map = of(&snapshot, "2022");
    assert_eq!(map.cells.len(), 204);
    assert!(map.n_columns <= COLUMNS_MAX_360, "{}", map.n_columns);
}

#[test]
fn equal_stores_have_equal_cells() {
    assert_eq!(of(&demo::snapshot(204), "2022"), of(&demo::snapshot(204), "2022"));
}

#[test]
fn districts_that_lie_apart_stand_apart_on_their_side() {
    let snapshot = demo::snapshot(204);
    let map = of(&snapshot, "2022");
    let of_district = |wanted: &'static [&str]| {
        let cells = map.cells.iter().filter(move |cell| wanted.contains(&cell.district.as_str()));
        cells.map(|cell| [i32::from(cell.column), i32::from(cell.row)]).collect::<Vec<_>>()
    };
    let core = of_district(&["skhd", "khud", "bgd", "chd", "sbd", "bzd", "nd"]);
    let mean = |cells: &[[i32; 2]]| cells.iter().map(|cell| cell[0]).sum::<i32>() / cells.len() as i32;
    for apart in [of_district(&["bn"]), of_district(&["bkh"])] {
        assert!(mean(&apart) > mean(&core), "in the east");
        for cell in &apart {
            let nearest = core.iter().map(|c| (c[0] - cell[0]).abs().max((c[1] - cell[1]).abs())).min();
            assert!(nearest >= Some(2), "a free cell between");
        }
    }
}

#[test]
fn a_khoroo_keeps_its_cell_from_vintage_to_vintage() {
    let snapshot = Snapshot::build(loaded(), None, 10_000.0).expect("a sound town");
    let (before, after) = (of(&snapshot, "2020"), of(&snapshot, "2022"));
    assert_eq!((before.n_columns, before.n_rows), (after.n_columns, after.n_rows));
    let (old, new) = (by_code(&before), by_code(&after));
    for same in ["aa-1", "bb-1", "bb-2"] {
        assert_eq!(old[same], new[same]);
    }
    // The larger piece of the old aa-2 is the new aa-3.
    assert_eq!(old["aa-2"], new["aa-3"]);
    assert_eq!(before.districts, after.districts, "outlines hold the cells of every vintage");
}

#[test]
fn strips_for_names_are_few_and_the_same_in_every_vintage() {
    let snapshot = demo::snapshot(204);
    let (before, after) = (of(&snapshot, "2020"), of(&snapshot, "2022"));
    assert_eq!(before.strips, after.strips);
    assert!(!after.strips.is_empty() && after.strips.len() <= 6, "{:?}", after.strips);
    assert!(after.districts.iter().all(|district| district.name.is_some()));
}

#[test]
fn two_khoroos_that_became_one_have_a_cell_each() {
    // As if the vintage of five had come before that of four.
    let mut loaded = loaded();
    loaded.vintages[0].valid_from = jiff::civil::date(2024, 1, 1);
    loaded.vintages[0].valid_to = None;
    loaded.lineage = vec![
        lineage("2022:aa-2", "2020:aa-2", LineageKind::Merge, 1.0),
        lineage("2022:aa-3", "2020:aa-2", LineageKind::Merge, 1.0),
    ];
    let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("a sound town");
    let map = of(&snapshot, "2022");
    assert_eq!(by_code(&map).into_values().collect::<BTreeSet<_>>().len(), 5);
    assert_eq!(by_code(&map)["aa-2"], by_code(&of(&snapshot, "2020"))["aa-2"]);
}

#[test]
fn khoroos_without_lines_have_cells_too() {
    let mut codes_only = loaded();
    for dataset in codes_only.datasets.values_mut() {
        dataset.khoroos.iter_mut().for_each(|khoroo| khoroo.shape = None);
    }
    let snapshot = Snapshot::build(codes_only, None, 10_000.0).expect("a list of codes");
    assert_sound(snapshot.seats.sites(), snapshot.seats.layout().expect("few enough"));
    assert_eq!(of(&snapshot, "2020").cells.len(), 4);
    assert_eq!(of(&snapshot, "2022").cells.len(), 5);

    // Beside a vintage that has lines, those without sit where their heirs sit.
    let mut later_only = loaded();
    let first = "2020".parse().expect("a vintage");
    for khoroo in &mut later_only.datasets.get_mut(&first).expect("the first").khoroos {
        khoroo.shape = None;
    }
    let snapshot = Snapshot::build(later_only, None, 10_000.0).expect("lines of one");
    let whole = Snapshot::build(loaded(), None, 10_000.0).expect("a sound town");
    assert_eq!(of(&snapshot, "2020"), of(&whole, "2020"));
}

#[test]
fn a_changed_record_changes_no_cell_and_arranges_nothing_anew() {
    let first = Snapshot::build(loaded(), None, 10_000.0).expect("a sound town");
    let mut changed = loaded();
    changed.records.practices.pop();
    let second = Snapshot::build(changed, Some(&first), 10_000.0).expect("a sound town");
    assert!(std::sync::Arc::ptr_eq(&first.seats, &second.seats));
}

#[test]
fn nobody_needs_no_cell_and_one_has_one() {
    assert_eq!(Layout::of(&Sites::default()), Layout::default());
    let one = Sites { sites: vec![Site { group: 0, place: [3.0, 4.0] }], n_groups: 1, borders: Vec::new() };
    assert_eq!(Layout::of(&one), Layout { n_columns: 1, n_rows: 1, cells: vec![[0, 0]] });
    let empty = Snapshot::build(Loaded::default(), None, 10_000.0).expect("an empty store");
    assert!(cells(&empty, "2022").is_err(), "there is no vintage to show");
}

#[test]
fn the_outline_of_a_district_runs_around_its_cells() {
    let snapshot = demo::snapshot(204);
    let map = of(&snapshot, "2022");
    for district in &map.districts {
        let n_cells = map.cells.iter().filter(|cell| cell.district == district.code).count() as i64;
        // Twice the area that rings enclose, clockwise with rows counted down.
        let doubled: i64 = district
            .outline
            .iter()
            .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
            .map(|(&[ax, ay], &[bx, by])| i64::from(ax) * i64::from(by) - i64::from(bx) * i64::from(ay))
            .sum();
        assert_eq!(doubled, 2 * n_cells, "{}", district.code);
    }
}

#[test]
#[ignore = "needs the published file: make test-published"]
fn neighbours_of_the_published_city_stay_neighbours() {
    let file = published::at_hand().expect("HLP_REAL_BOUNDARIES names the file");
    let mut request = Request::new(vec![file], "2022".parse().expect("a vintage"));
    (request.resolve, request.gaps) = (Some(Resolve::Smaller), Some(Gaps::Fill));
    let plan = ingest::plan(&request, &Loaded::default(), &mut |_| {}).expect("taken in");
    let store = applied(&Loaded::default(), &plan.changes);
    let snapshot = Snapshot::build(store, None, 10_000.0).expect("builds");
    assert_good("published", &snapshot);
    assert!(of(&snapshot, "2022").n_columns <= COLUMNS_MAX_360);
}

/// Sites on a lattice with gaps, in any grouping, joined to those beside them.
fn any_sites() -> impl Strategy<Value = Sites> {
    let site = (0_u32..6, 0_i32..9, 0_i32..9);
    proptest::collection::btree_set(site, 1..60).prop_map(|drawn| {
        let sites: Vec<Site> =
            drawn.iter().map(|&(group, x, y)| Site { group, place: [f64::from(x), f64::from(y)] }).collect();
        let near = |a: &Site, b: &Site| (0..2).all(|axis| (a.place[axis] - b.place[axis]).abs() <= 1.0);
        let pairs = (0..sites.len()).flat_map(|a| (a + 1..sites.len()).map(move |b| (a, b)));
        let borders =
            pairs.filter(|&(a, b)| near(&sites[a], &sites[b])).map(|(a, b)| [a as u32, b as u32]).collect();
        Sites { sites, n_groups: 6, borders }
    })
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_sites_have_sound_cells(sites in any_sites()) {
        assert_sound(&sites, &Layout::of(&sites));
    }
}

#[test]
fn sites_far_apart_in_many_groups_of_one_have_sound_cells() {
    let sites = (0..7).map(|i| Site { group: i, place: [f64::from(i) * 100.0, 0.0] }).collect();
    let scattered = Sites { sites, n_groups: 7, borders: Vec::new() };
    assert_sound(&scattered, &Layout::of(&scattered));
}
