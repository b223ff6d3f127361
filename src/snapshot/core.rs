//! The built-up core: what is seen first of a city whose outer khoroos are many times as large as the rest.
//!
//! Nothing is known here by name or place: it follows from how densely khoroos are lived in and where they
//! lie, so a city elsewhere has one too, and a vintage always the same.
//!
//! Owns: which ground the core is. Leaves to others: how it is shown, and the frames of what lies apart.
//! Design: a box around all khoroos shows mostly steppe; one around the densest alone is pulled out of
//! shape by a dense settlement an hour's drive away. So the densest count, and of these the bulk.

use std::cmp::Ordering;

use super::{Snapshot, VintageView};
use crate::model::GridBox;

/// Part of the khoroos, the densest first, that may belong to the core. Higher: single wide khoroos at the
/// edge stretch it. Lower: whole quarters are left out for being greener.
const DENSE_PART: f64 = 0.9;

/// Part of all khoroos that the core holds whole, at least.
const BULK_PART: f64 = 0.8;

/// Part of a district's box from which on its core is no view of its own.
const MOST_OF: f64 = 0.5;

/// Lengths of stretches that are tried, from the bulk to all of the densest.
const STEPS: usize = 12;

/// What of a khoroo decides whether it belongs to the core.
#[derive(Debug, Clone, Copy)]
struct Place {
    bounds: GridBox,
    /// Square kilometres, above 0.
    area_km2: f64,
    residents: Option<f64>,
}

impl Snapshot {
    /// The box of the built-up core in a vintage; `None` where no khoroo has lines.
    ///
    /// Khoroos of districts that lie apart from the city's largest piece do not count. Of the others the
    /// densest nine in ten are looked at, by residents per area; a khoroo whose residents are not known is
    /// taken to have as many as the middle one of those that are, so that without any the smaller is the
    /// denser. Among these the shortest stretches along both axes are sought, each of equally many khoroos
    /// and of no more than needed, that together hold four in five of all. The same khoroos always have the
    /// same box, whatever their order.
    ///
    /// O(n²) of n khoroos at worst, in steps of memory moves: a country's two thousand take milliseconds.
    pub fn core(&self, view: &VintageView) -> Option<GridBox> {
        let near = view.geography.khoroos.iter().filter(|khoroo| !self.seats.is_apart(&khoroo.district));
        core_of(near.filter_map(place).collect())
    }

    /// The same of one district; `None` where it fills most of the district anyway.
    pub fn core_of_district(view: &VintageView, district_idx: usize) -> Option<GridBox> {
        let geography = &view.geography;
        let whole = geography.districts[district_idx].bounds?;
        let khoroos = &geography.khoroos[geography.khoroos_of(district_idx)];
        let core = core_of(khoroos.iter().filter_map(place).collect())?;
        (extent(core) < MOST_OF * extent(whole)).then_some(core)
    }
}

fn place(khoroo: &super::Unit) -> Option<Place> {
    let area_km2 = khoroo.area_km2.filter(|area| *area > 0.0)?;
    let residents = khoroo.population.map(|residents| residents as f64);
    Some(Place { bounds: khoroo.bounds?, area_km2, residents })
}

/// In square steps of the grid.
fn extent(bounds: GridBox) -> f64 {
    f64::from(bounds.west.abs_diff(bounds.east)) * f64::from(bounds.south.abs_diff(bounds.north))
}

fn core_of(mut places: Vec<Place>) -> Option<GridBox> {
    let n_bulk = part_of(places.len(), BULK_PART);
    sort_densest_first(&mut places);
    places.truncate(part_of(places.len(), DENSE_PART));
    let n_more = places.len().saturating_sub(n_bulk);
    (0..=STEPS).map(|step| n_bulk + n_more * step / STEPS).find_map(|n_along| {
        let (west, east) = shortest(&places, n_along, |bounds| (bounds.west, bounds.east))?;
        let (south, north) = shortest(&places, n_along, |bounds| (bounds.south, bounds.north))?;
        let is_held = |b: &GridBox| b.west >= west && b.east <= east && b.south >= south && b.north <= north;
        let held: Vec<GridBox> = places.iter().map(|place| place.bounds).filter(is_held).collect();
        (held.len() >= n_bulk).then(|| held.into_iter().reduce(GridBox::union)).flatten()
    })
}

/// Rounded up, so that a part of something is something.
fn part_of(n: usize, part: f64) -> usize {
    (n as f64 * part).ceil() as usize
}

fn sort_densest_first(places: &mut [Place]) {
    let mut known: Vec<f64> = places.iter().filter_map(|place| place.residents).collect();
    known.sort_by(f64::total_cmp);
    let usual = known.get(known.len() / 2).copied().unwrap_or(1.0);
    let density = |place: &Place| place.residents.unwrap_or(usual) / place.area_km2;
    let corners =
        |place: &Place| [place.bounds.west, place.bounds.south, place.bounds.east, place.bounds.north];
    places.sort_by(|a, b| match density(b).total_cmp(&density(a)) {
        // Where they are equally dense, their order in the store must not decide.
        Ordering::Equal => corners(a).cmp(&corners(b)),
        unequal => unequal,
    });
}

/// The shortest stretch along an axis that holds `n` of the places whole; `None` where there are fewer.
fn shortest(places: &[Place], n: usize, ends: impl Fn(GridBox) -> (i32, i32)) -> Option<(i32, i32)> {
    let mut by_low: Vec<(i32, i32)> = places.iter().map(|place| ends(place.bounds)).collect();
    by_low.sort_unstable_by(|a, b| b.cmp(a));
    // Upper ends, in order, of the places that begin at a lower end or beyond it.
    let mut highs: Vec<i32> = Vec::with_capacity(places.len());
    let stretches = by_low.into_iter().filter_map(|(low, high)| {
        highs.insert(highs.partition_point(|&other| other < high), high);
        highs.get(n.checked_sub(1)?).map(|&nth| (low, nth))
    });
    stretches.min_by_key(|&(low, high)| (i64::from(high) - i64::from(low), low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GridPoint;

    /// A square khoroo of `side` degrees around a place.
    fn khoroo(lon: f64, lat: f64, side: f64, residents: Option<f64>) -> Place {
        let at = |lon, lat| GridPoint::from_degrees(lon, lat).expect("on the world");
        let (low, high) = (at(lon - side / 2.0, lat - side / 2.0), at(lon + side / 2.0, lat + side / 2.0));
        let bounds = GridBox { west: low.x, south: low.y, east: high.x, north: high.y };
        Place { bounds, area_km2: side * side * 1e4, residents }
    }

    /// A town of 64 small khoroos around 70.6° west, 33.4° south, with eight wide ones around it and a dense
    /// settlement of four far in the east.
    fn town(residents: impl Fn(usize) -> Option<f64>) -> Vec<Place> {
        let small =
            (0..64).map(|n| (-70.635 + 0.01 * f64::from(n % 8), -33.435 + 0.01 * f64::from(n / 8), 0.01));
        let wide = (0..8).map(|n| {
            let angle = std::f64::consts::FRAC_PI_4 * f64::from(n);
            (-70.6 + 0.5 * angle.cos(), -33.4 + 0.5 * angle.sin(), 0.3)
        });
        let far = (0..4).map(|n| (-69.6 + 0.008 * f64::from(n), -33.4, 0.008));
        let all = small.chain(wide).chain(far).enumerate();
        all.map(|(idx, (lon, lat, side))| khoroo(lon, lat, side, residents(idx))).collect()
    }

    /// In thousandths of a degree.
    fn millidegrees(core: Option<GridBox>) -> [i32; 4] {
        core.expect("a core").degrees().map(|degree| (degree * 1e3).round() as i32)
    }

    const TOWN: [i32; 4] = [-70_640, -33_440, -70_560, -33_360];

    #[test]
    fn the_core_is_the_town_without_the_wide_khoroos_around_it_and_the_settlement_far_away() {
        assert_eq!(millidegrees(core_of(town(|_| Some(5_000.0)))), TOWN);
    }

    #[test]
    fn where_no_residents_are_known_the_smaller_khoroo_is_the_denser() {
        assert_eq!(millidegrees(core_of(town(|_| None))), TOWN);
    }

    #[test]
    fn a_khoroo_of_unknown_residents_counts_as_usual() {
        assert_eq!(millidegrees(core_of(town(|idx| (idx % 5 > 0).then_some(5_000.0)))), TOWN);
    }

    #[test]
    fn the_order_of_the_khoroos_does_not_matter() {
        let mut turned = town(|_| Some(5_000.0));
        turned.reverse();
        turned.rotate_left(17);
        assert_eq!(millidegrees(core_of(turned)), TOWN);
    }

    #[test]
    fn few_khoroos_have_a_core_and_none_has_none() {
        let one = khoroo(10.0, 50.0, 0.2, None);
        assert_eq!(core_of(vec![one]), Some(one.bounds));
        let two = [one, khoroo(10.2, 50.0, 0.2, Some(1.0))];
        assert_eq!(millidegrees(core_of(two.to_vec())), [9_900, 49_900, 10_300, 50_100]);
        assert_eq!(core_of(Vec::new()), None);
    }

    #[test]
    fn khoroos_along_a_diagonal_are_held_by_their_bulk() {
        let road: Vec<Place> =
            (0..40).map(|n| khoroo(f64::from(n) * 0.01, f64::from(n) * 0.01, 0.01, Some(1_000.0))).collect();
        let core = core_of(road.clone()).expect("a core");
        let n_held = road.iter().filter(|place| core.union(place.bounds) == core).count();
        assert!((30..=36).contains(&n_held), "{n_held} of 40");
    }
}
