//! The built-up core of the invented city: most khoroos, on little of its ground, in every vintage.

use hlp_tracker::model::GridBox;
use hlp_tracker::snapshot::{Snapshot, VintageView};

use crate::support::demo;

fn n_held(view: &VintageView, core: GridBox) -> usize {
    let bounds = view.geography.khoroos.iter().filter_map(|khoroo| khoroo.bounds);
    bounds.filter(|bounds| core.union(*bounds) == core).count()
}

/// Part of the city's box, by degrees.
fn part(snapshot: &Snapshot, view: &VintageView) -> f64 {
    let area = |bounds: GridBox| {
        let [west, south, east, north] = bounds.degrees();
        (east - west) * (north - south)
    };
    area(snapshot.core(view).expect("a core")) / area(view.geography.bounds().expect("lines"))
}

#[test]
fn the_core_holds_most_khoroos_on_a_fiftieth_of_the_ground() {
    let snapshot = demo::snapshot(204);
    for view in &snapshot.vintages {
        let core = snapshot.core(view).expect("a core");
        let n = view.geography.khoroos.len();
        assert!(
            n_held(view, core) * 4 >= n * 3,
            "{} of {n} khoroos of {}",
            n_held(view, core),
            view.vintage.id
        );
        assert!(part(&snapshot, view) < 0.02, "{} of {}", part(&snapshot, view), view.vintage.id);
        for apart in view.geography.khoroos.iter().filter(|khoroo| snapshot.seats.is_apart(&khoroo.district))
        {
            assert!(!core.intersects(apart.bounds.expect("lines")), "{} is seen from far", apart.code);
        }
    }
}

#[test]
fn the_core_stays_when_the_same_city_is_built_again() {
    let cores = |snapshot: &Snapshot| -> Vec<Option<GridBox>> {
        snapshot.vintages.iter().map(|view| snapshot.core(view)).collect()
    };
    assert_eq!(cores(&demo::snapshot(171)), cores(&demo::snapshot(171)));
}
