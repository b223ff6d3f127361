//! Which ground of 2020 lies where in 2022.
//!
//! Where khoroos were split, shares follow from how the city was cut; where a district was redrawn,
//! from laying both drawings over each other. The shares of each older khoroo add up to 1.

use std::collections::BTreeMap;

use geo::{Area, BooleanOps, LineString, Polygon};

use super::city::City;
use super::facts::{N_DISTRICTS, Plan};
use super::khoroos::Drawing;
use super::plane::{Vertex, area_m2};
use crate::model::{Khoroo, KhorooCode, KhorooId, Lineage, LineageKind};

/// One older khoroo, one newer one, the part of the older one's ground, what happened.
type Link = (u32, u32, f64, LineageKind);

/// Rows of all districts, sorted by their two khoroos.
///
/// `before` and `after`: khoroos of both vintages with their districts' indexes.
pub fn lineage(
    city: &City,
    plans: &[Plan; N_DISTRICTS],
    before: &[(usize, &Khoroo)],
    after: &[(usize, &Khoroo)],
) -> Vec<Lineage> {
    let mut rows = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let links = if plan.redrawn {
            redrawn(&city.drawings[index])
        } else {
            kept_or_split(&city.drawings[index], plan)
        };
        let (Some(older), Some(newer)) = (sample(before, index), sample(after, index)) else { continue };
        let id = |like: &KhorooId, number: u32| KhorooId {
            vintage: like.vintage.clone(),
            code: KhorooCode { district: like.code.district.clone(), number },
        };
        rows.extend(links.into_iter().map(|(from, to, area_share, kind)| Lineage {
            from: id(older, from),
            to: id(newer, to),
            kind,
            area_share,
            population_share: None,
            stated: false,
            illustrative: true,
        }));
    }
    rows.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    rows
}

/// Any khoroo of a district.
fn sample<'a>(khoroos: &[(usize, &'a Khoroo)], index: usize) -> Option<&'a KhorooId> {
    khoroos.iter().find(|(district, _)| *district == index).map(|(_, khoroo)| &khoroo.id)
}

fn kept_or_split(drawing: &Drawing, plan: &Plan) -> Vec<Link> {
    let mut children: BTreeMap<u32, Vec<(u32, bool)>> = BTreeMap::new();
    for (child, parents) in &plan.splits {
        for parent in parents {
            children.entry(*parent).or_default().push((*child, parents.len() == 1));
        }
    }
    let before_m2 = |number: u32| area_m2(&drawing.rings_2020[number as usize - 1]);
    let after_m2 = |number: u32| area_m2(&drawing.rings_2022[number as usize - 1]);
    let mut links = Vec::new();
    for parent in 1..=plan.n_2020 as u32 {
        let Some(children) = children.get(&parent) else {
            links.push((parent, parent, 1.0, LineageKind::Unchanged));
            continue;
        };
        let total_m2 = before_m2(parent);
        let mut left = 1.0;
        // A child of two parents has the rest that is neither kept nor went to children of one.
        for &(child, _) in children.iter().filter(|(_, only)| *only) {
            let share = after_m2(child) / total_m2;
            links.push((parent, child, share, LineageKind::Split));
            left -= share;
        }
        if let Some(&(child, _)) = children.iter().find(|(_, only)| !only) {
            let kept = after_m2(parent) / total_m2;
            links.push((parent, child, left - kept, LineageKind::Split));
            left = kept;
        }
        links.push((parent, parent, left, LineageKind::Split));
    }
    links
}

/// Both drawings of a district laid over each other.
///
/// Shares are rounded to a millionth, so that they do not hang on the last bits of an overlay; what
/// rounds to nothing is no link, and the largest share takes the difference.
fn redrawn(drawing: &Drawing) -> Vec<Link> {
    let older: Vec<Ground> = drawing.rings_2020.iter().map(|ring| Ground::new(ring)).collect();
    let mut newer: Vec<(u32, Ground)> =
        (1..).zip(drawing.rings_2022.iter().map(|ring| Ground::new(ring))).collect();
    newer.sort_by(|a, b| a.1.west_m.total_cmp(&b.1.west_m));
    let mut links = Vec::new();
    for (from, old) in (1..).zip(&older) {
        let mut shares: Vec<(u32, f64, f64)> = newer
            .iter()
            .take_while(|(_, new)| new.west_m < old.east_m)
            .filter(|(_, new)| {
                old.west_m < new.east_m && old.south_m < new.north_m && new.south_m < old.north_m
            })
            .map(|(to, new)| {
                let common_m2 = old.polygon.intersection(&new.polygon).unsigned_area();
                let union_m2 = old.area_m2 + new.area_m2 - common_m2;
                (*to, (common_m2 / old.area_m2 * 1e6).round() / 1e6, common_m2 / union_m2)
            })
            .filter(|(_, share, _)| *share > 0.0)
            .collect();
        let missing = 1.0 - shares.iter().map(|(_, share, _)| share).sum::<f64>();
        if let Some(largest) = shares.iter_mut().max_by(|a, b| a.1.total_cmp(&b.1)) {
            largest.1 = ((largest.1 + missing) * 1e6).round() / 1e6;
        }
        links.extend(shares.into_iter().map(|(to, share, likeness)| {
            let kind = match (likeness >= SAME_GROUND, to == from) {
                (true, true) => LineageKind::Unchanged,
                (true, false) => LineageKind::Renumber,
                (false, _) => LineageKind::BoundaryChange,
            };
            (from, to, share, kind)
        }));
    }
    links
}

/// A ring with what the overlay asks of it, in metres of the plane.
struct Ground {
    polygon: Polygon,
    area_m2: f64,
    west_m: f64,
    south_m: f64,
    east_m: f64,
    north_m: f64,
}

impl Ground {
    fn new(ring: &[Vertex]) -> Self {
        let least = |value: fn(&Vertex) -> f64| ring.iter().map(value).fold(f64::INFINITY, f64::min);
        Self {
            polygon: Polygon::new(ring.iter().map(|v| (v.x, v.y)).collect::<LineString>(), Vec::new()),
            area_m2: area_m2(ring),
            west_m: least(|v| v.x),
            south_m: least(|v| v.y),
            east_m: -least(|v| -v.x),
            north_m: -least(|v| -v.y),
        }
    }
}

/// Common ground over all ground of two khoroos, from which on they are the same place.
const SAME_GROUND: f64 = 0.98;
