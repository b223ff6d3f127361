//! Where and when the features of a collection are.

use super::time::Days;
use crate::features::{Shape, Table};
use crate::model::GridBox;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// `None` if none of them has a place.
    pub ground: Option<GridBox>,
    /// `None` if none of them has a time; an end is open if it is open for one of them.
    pub days: Option<Days>,
}

impl Extent {
    pub(in crate::features) fn of(table: &Table) -> Self {
        (0..table.len()).fold(Self::default(), |extent, row| Self {
            ground: joined(extent.ground, ground(table.shape(row)), GridBox::union),
            days: joined(extent.days, table.days(row), Days::union),
        })
    }
}

fn joined<T>(a: Option<T>, b: Option<T>, join: impl Fn(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(join(a, b)),
        (a, b) => a.or(b),
    }
}

fn ground(shape: Shape<'_>) -> Option<GridBox> {
    match shape {
        Shape::None => None,
        Shape::Point(at) => GridBox::around([at]),
        Shape::Line(ends) => GridBox::around(ends),
        Shape::MultiPolygon(ground) => ground.bounds(),
    }
}
