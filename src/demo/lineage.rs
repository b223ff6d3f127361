//! Which ground of 2020 lies where in 2022.
//!
//! Where khoroos were split, shares follow from how the city was cut; where a district was redrawn,
//! from laying both drawings over each other. The shares of each older khoroo add up to 1.

use std::collections::BTreeMap;

use super::city::City;
use super::facts::{N_DISTRICTS, Plan};
use super::khoroos::Drawing;
use super::plane::area_m2;
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::overlay::overlay;
use crate::model::{Khoroo, KhorooCode, KhorooId, Lineage, LineageKind, MultiPolygon};

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
            redrawn(&coverage(before, index), &coverage(after, index))
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
fn redrawn(older: &Coverage, newer: &Coverage) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for shares in overlay(older, newer).chunk_by(|a, b| a.from == b.from) {
        let first = links.len();
        links.extend(shares.iter().map(|share| {
            let (from, to) = (share.from + 1, share.to + 1);
            let all_m2 =
                share.area_m2 / share.share_of_from + share.area_m2 / share.share_of_to - share.area_m2;
            let kind = match (share.area_m2 / all_m2 >= SAME_GROUND, to == from) {
                (true, true) => LineageKind::Unchanged,
                (true, false) => LineageKind::Renumber,
                (false, _) => LineageKind::BoundaryChange,
            };
            (from, to, millionths(share.share_of_from), kind)
        }));
        let missing = 1.0 - links[first..].iter().map(|link| link.2).sum::<f64>();
        if let Some(largest) = links[first..].iter_mut().max_by(|a, b| a.2.total_cmp(&b.2)) {
            largest.2 = millionths(largest.2 + missing);
        }
    }
    links.retain(|link| link.2 > 0.0);
    links
}

fn millionths(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// The khoroos of one district; the unit n is the khoroo with number n + 1.
fn coverage(khoroos: &[(usize, &Khoroo)], index: usize) -> Coverage {
    let of_district = khoroos.iter().filter(|(district, _)| *district == index);
    let shapes: Vec<&MultiPolygon> = of_district.filter_map(|(_, khoroo)| khoroo.shape.as_ref()).collect();
    Coverage::from_polygons(&shapes).expect("khoroos cut from one ring share every vertex")
}

/// Common ground over all ground of two khoroos, from which on they are the same place.
const SAME_GROUND: f64 = 0.98;
