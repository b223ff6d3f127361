//! Where a practice is at home in each vintage.
//!
//! On a split a practice stays with the khoroo in which its point lies, among those with ground of its host;
//! where no point tells, with the one that took its host's place, see [`Lines`]. A point that lies outside
//! the host is a slip of somebody's: it is listed and decides nothing.
//!
//! Owns: that rule. Own copies and votes, hosted copies, marks and the tracker's lists all ask here.

use std::collections::BTreeMap;

use super::Lines;
use crate::model::code::{KhorooId, VintageId};
use crate::model::grid::{GridPoint, MultiPolygon};
use crate::model::records::Practice;

/// Ground of khoroos that have lines.
pub type Shapes<'a> = BTreeMap<&'a KhorooId, &'a MultiPolygon>;

/// A point this far outside its host is still taken as inside: receivers in phones and lines drawn along a
/// street are off by tens of metres, and a house on the border street belongs to either side.
pub const BORDER_M: f64 = 50.0;

/// Finds homes of practices.
pub struct Homes<'a> {
    lines: Lines<'a>,
    shapes: &'a Shapes<'a>,
}

/// The khoroo of a vintage that has a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home<'a> {
    pub khoroo: &'a KhorooId,
    /// True where the practice's point told, in a vintage other than its host's.
    pub by_point: bool,
}

/// A point outside its host.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Astray<'a> {
    pub at: GridPoint,
    /// From the host's border.
    pub metres: f64,
    /// The khoroo of the host's vintage in which it lies.
    pub instead: Option<&'a KhorooId>,
}

impl<'a> Homes<'a> {
    pub const fn new(lines: Lines<'a>, shapes: &'a Shapes<'a>) -> Self {
        Self { lines, shapes }
    }

    pub const fn lines(&self) -> &Lines<'a> {
        &self.lines
    }

    /// The practice's point, unless it lies outside the host.
    pub fn point(&self, practice: &Practice) -> Option<GridPoint> {
        practice.location.filter(|at| self.metres_outside(practice, *at).is_none())
    }

    /// The practice's point, if it lies outside the host.
    pub fn astray(&self, practice: &Practice) -> Option<Astray<'a>> {
        let at = practice.location?;
        let metres = self.metres_outside(practice, at)?;
        let there = |id: &&KhorooId| id.vintage == practice.host.vintage && self.shapes[*id].holds(at);
        Some(Astray { at, metres, instead: self.shapes.keys().copied().find(there) })
    }

    /// More than [`BORDER_M`]; `None` inside, and where the host has no lines.
    fn metres_outside(&self, practice: &Practice, at: GridPoint) -> Option<f64> {
        let shape = self.shapes.get(&practice.host)?;
        shape.metres_from(at).filter(|metres| *metres > BORDER_M)
    }

    /// The khoroo of a vintage where the practice is at home; `None` where nobody answers for the host.
    pub fn home(&self, practice: &Practice, vintage: &VintageId) -> Option<Home<'a>> {
        if &practice.host.vintage == vintage {
            return Some(Home { khoroo: self.lines.carry(&practice.host, vintage)?, by_point: false });
        }
        self.by_point(practice, vintage).or_else(|| {
            // The vintage beside it on the way from the host may have a point to tell.
            let before = self.lines.towards(vintage, &practice.host.vintage)?;
            let khoroo = self.lines.step(self.home(practice, before)?.khoroo, vintage)?;
            Some(Home { khoroo, by_point: false })
        })
    }

    fn by_point(&self, practice: &Practice, vintage: &VintageId) -> Option<Home<'a>> {
        let point = self.point(practice)?;
        let kin = self.lines.kin(&practice.host, vintage);
        let holds = |khoroo: &&KhorooId| self.shapes.get(*khoroo).is_some_and(|shape| shape.holds(point));
        kin.into_iter().find(holds).map(|khoroo| Home { khoroo, by_point: true })
    }

    /// True when the practice is the khoroo's own: it hosts it, took it over, or had it before the host.
    pub fn is_own(&self, practice: &Practice, khoroo: &KhorooId) -> bool {
        if practice.host == *khoroo {
            return true;
        }
        match self.home(practice, &khoroo.vintage) {
            Some(Home { khoroo: home, by_point: true }) => home == khoroo,
            // Several khoroos may have become the host; each of them is of its line.
            _ if self.is_earlier(khoroo, &practice.host) => self.lines.is_one(&practice.host, khoroo),
            home => home.is_some_and(|home| home.khoroo == khoroo),
        }
    }

    fn is_earlier(&self, a: &KhorooId, b: &KhorooId) -> bool {
        self.lines.is_before(&a.vintage, &b.vintage)
    }
}
