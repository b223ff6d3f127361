//! Neighbours by real distance, from border to border or from office to office.

use super::{Neighbour, Reach};
use crate::geometry::distance::{Found, Outlines};
use crate::model::GridPoint;
use crate::snapshot::{Geography, Offices};

/// The khoroos nearest to this one from border to border, those that touch it at 0 m; none without lines.
pub fn by_distance(geography: &Geography, khoroo: usize, reach: Reach) -> Vec<Neighbour> {
    let Some(outlines) = &geography.outlines else { return Vec::new() };
    let touching: Vec<u32> = geography.neighbours(khoroo).iter().map(|neighbour| neighbour.unit).collect();
    let found = outlines.nearest(khoroo as u32, &touching, reach, |_| true);
    let neighbour = |f: Found| Neighbour {
        khoroo: f.unit as usize,
        distance_m: f.distance_m,
        border_m: border_m(geography, khoroo, f.unit as usize),
    };
    found.into_iter().map(neighbour).collect()
}

/// The khoroos whose offices are nearest to this one's; `None` where it has no office on record.
pub fn between_offices(
    geography: &Geography,
    offices: &Offices,
    khoroo: usize,
    reach: Reach,
) -> Option<Vec<Neighbour>> {
    let from = offices.metres(khoroo)?;
    let within_2 = reach.within_m * reach.within_m;
    let mut found: Vec<(f64, usize)> = Vec::with_capacity(reach.limit + 1);
    for (other, gap_2) in offices.outward(from).filter(|&(other, _)| other != khoroo) {
        // Those as far as the last one may still come before it by number.
        let is_full = found.len() >= reach.limit && found.last().is_none_or(|&(last_2, _)| gap_2 > last_2);
        if gap_2 > within_2 || is_full {
            break;
        }
        let rank = found.partition_point(|&before| before < (gap_2, other));
        found.insert(rank, (gap_2, other));
        found.truncate(reach.limit);
    }
    let neighbour = |(gap_2, other): (f64, usize)| Neighbour {
        khoroo: other,
        distance_m: gap_2.sqrt(),
        border_m: border_m(geography, khoroo, other),
    };
    Some(found.into_iter().map(neighbour).collect())
}

/// The khoroo whose ground is nearest to a place outside all of them, with the metres to it.
///
/// `None` without lines, and beyond [`ZONES_AWAY_DEG`] of the plane's meridian: there the plane's metres mean
/// nothing.
pub fn nearest_to(geography: &Geography, at: GridPoint) -> Option<(usize, f64)> {
    let outlines: &Outlines = geography.outlines.as_ref()?;
    if (at.lon() - MERIDIAN_DEG).abs() > ZONES_AWAY_DEG {
        return None;
    }
    let found = outlines.nearest_to(outlines.place(at), Reach::nearest(1));
    found.first().map(|f| (f.unit as usize, f.distance_m))
}

/// Of the plane of distances.
const MERIDIAN_DEG: f64 = 105.0;
/// How far from it, in degrees of longitude, a distance is still one.
const ZONES_AWAY_DEG: f64 = 20.0;

/// Length of the border of two khoroos in metres; 0 where they have none.
fn border_m(geography: &Geography, a: usize, b: usize) -> f64 {
    let found = geography.neighbours(a).iter().find(|neighbour| neighbour.unit == b as u32);
    found.map_or(0.0, |neighbour| neighbour.border_m)
}
