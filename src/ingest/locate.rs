//! Coordinates to longitude and latitude, and whether they are where they should be.
//!
//! A file in another reference system, or with latitude first, still reads: it only lands somewhere
//! else on earth. So every vertex must lie in the box where the store's boundaries are expected, and
//! where it does not, the other systems are tried to say what the numbers look like.

use super::Stage;
use super::cause::{Cause, Spot};
use super::changes::Before;
use super::read::{Layer, name_of};
use super::request::Request;
use crate::geometry::declared::DeclaredCrs;
use crate::geometry::projection::Crs;
use crate::parallel;

/// West, south, east, north in degrees.
pub(super) type Bounds = [f64; 4];

/// Where every vertex is expected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    pub bounds: Bounds,
    /// What lies there, in words that follow "where".
    pub what: &'static str,
}

const WORLD: Bounds = [-180.0, -90.0, 180.0, 90.0];

/// What was settled about a layer's coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub crs: Crs,
}

/// Systems that a file may be in without saying so, and whether its axes are swapped.
const CANDIDATES: [(Crs, bool); 9] = [
    (Crs::Wgs84, false),
    (Crs::Wgs84, true),
    (Crs::WebMercator, false),
    (Crs::Utm(48), false),
    (Crs::Utm(49), false),
    (Crs::Utm(47), false),
    (Crs::Utm(46), false),
    (Crs::Utm(48), true),
    (Crs::WebMercator, true),
];

/// Causes listed per layer before the rest is left out: a wrong system is wrong everywhere.
const CAUSES_PER_LAYER: usize = 3;

/// Settles the reference system of every layer and checks every vertex.
pub(super) fn place(request: &Request, before: &Before, layers: &[Layer]) -> Stage<Vec<Placed>> {
    let mut causes = Vec::new();
    let mut placed = Vec::new();
    for layer in layers {
        let crs = match (request.crs, &layer.crs) {
            (Some(crs), _) => crs,
            (None, DeclaredCrs::Known(crs)) => *crs,
            (None, DeclaredCrs::Unsaid) => Crs::Wgs84,
            (None, DeclaredCrs::Unknown(found)) => {
                causes.push(Cause::UnknownCrs { file: name_of(&layer.file), found: found.clone() });
                continue;
            }
        };
        check(layer, crs, before.expected_ground(), &mut causes);
        placed.push(Placed { crs });
    }
    if causes.is_empty() { Ok(placed) } else { Err(causes) }
}

fn check(layer: &Layer, crs: Crs, ground: Ground, causes: &mut Vec<Cause>) {
    let expected = ground.bounds;
    let is_at_fault = parallel::map(layer.features.len(), |index| {
        let vertices = layer.features[index].polygons.iter().flatten().flatten();
        !vertices.copied().all(|[x, y]| is_expected(crs.to_degrees(x, y), expected))
    });
    let at_fault = is_at_fault.iter().enumerate().filter(|(_, is_at_fault)| **is_at_fault);
    let mut told = at_fault.filter_map(|(index, _)| check_feature(layer, index, crs, ground));
    causes.extend(told.by_ref().take(CAUSES_PER_LAYER));
    let more = told.count();
    if more > 0 {
        causes.push(Cause::MoreMisplaced { file: name_of(&layer.file), more });
    }
}

/// On earth, and in the box; what is not a number is neither.
fn is_expected((lon, lat): (f64, f64), expected: Bounds) -> bool {
    contains(WORLD, lon, lat) && contains(expected, lon, lat)
}

fn check_feature(layer: &Layer, index: usize, crs: Crs, ground: Ground) -> Option<Cause> {
    let expected = ground.bounds;
    let feature = &layer.features[index];
    let at = || layer.at(index);
    for &[x, y] in feature.polygons.iter().flatten().flatten() {
        if !(x.is_finite() && y.is_finite()) {
            return Some(Cause::NotFinite { at: at(), x, y });
        }
    }
    for &[x, y] in feature.polygons.iter().flatten().flatten() {
        let (lon, lat) = crs.to_degrees(x, y);
        if is_expected((lon, lat), expected) {
            continue;
        }
        let hint = hint(layer, index, crs, expected);
        if !contains(WORLD, lon, lat) {
            return Some(Cause::OutOfRange { at: at(), x, y, hint });
        }
        let [west, south, east, north] = expected;
        let expected = format!("longitude {west:.2} to {east:.2}, latitude {south:.2} to {north:.2}");
        return Some(Cause::WrongPlace {
            at: at(),
            spot: Spot { lon, lat },
            what: ground.what,
            expected,
            hint,
        });
    }
    None
}

fn contains([west, south, east, north]: Bounds, lon: f64, lat: f64) -> bool {
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

/// What the numbers look like, if almost all of the layer lands in the box that way; where the layer is
/// right as it is, what those of the feature look like.
fn hint(layer: &Layer, index: usize, assumed: Crs, expected: Bounds) -> String {
    // A vertex of each feature is enough, and a single bad one must not hide what the rest says.
    let sample: Vec<[f64; 2]> = layer
        .features
        .iter()
        .filter_map(|feature| feature.polygons.first()?.first()?.first().copied())
        .collect();
    let own: Vec<[f64; 2]> = layer.features[index].polygons.iter().flatten().flatten().copied().collect();
    let fits_of = |sample: &[[f64; 2]], crs: Crs, swapped: bool| {
        let inside = |&&[x, y]: &&[f64; 2]| {
            let (lon, lat) = if swapped { crs.to_degrees(y, x) } else { crs.to_degrees(x, y) };
            contains(expected, lon, lat)
        };
        sample.iter().filter(inside).count() * 10 >= sample.len() * 9
    };
    let is_alone = sample.is_empty() || fits_of(&sample, assumed, false);
    let sample = if is_alone { own } else { sample };
    let mut candidates = CANDIDATES.into_iter();
    match candidates.find(|&(crs, swapped)| fits_of(&sample, crs, swapped)) {
        // One feature among others cannot have a reference system of its own.
        Some((crs, is_swapped)) if is_alone && !(crs == assumed && is_swapped) => String::new(),
        Some((crs, false)) => format!("; it looks like EPSG:{0}: try --crs EPSG:{0}", crs.epsg()),
        Some((Crs::Wgs84, true)) => {
            "; it looks like [lat, lon] order: swap the coordinates, longitude comes first".into()
        }
        Some((crs, true)) => {
            format!("; it looks like EPSG:{} with northing first: swap the coordinates", crs.epsg())
        }
        None => String::new(),
    }
}
