//! Where and when the features of a collection are.

use super::time::Days;
use crate::features::{Shape, Table};
use crate::model::GridBox;
use crate::model::grid::STEPS_PER_DEGREE;

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

    /// West, south, east and north in degrees, outward to ten-thousandths: whoever brings the corners to another
    /// system and writes fewer digits still asks for everything.
    pub fn bbox(&self) -> Option<[f64; 4]> {
        const STEPS: i32 = STEPS_PER_DEGREE / 10_000;
        let down = |v: i32| v.div_euclid(STEPS);
        let up = |v: i32| -(-v).div_euclid(STEPS);
        let GridBox { west, south, east, north } = self.ground?;
        Some([down(west), down(south), up(east), up(north)].map(|v| f64::from(v) / 10_000.0))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_told_outward() {
        let check = |[west, south, east, north]: [i32; 4], expected: &str| {
            let extent = Extent { ground: Some(GridBox { west, south, east, north }), days: None };
            assert_eq!(format!("{:?}", extent.bbox().expect("a box")), expected);
        };
        check(
            [1_063_859_001, 473_081_999, 1_085_010_001, 482_649_000],
            "[106.3859, 47.3081, 108.5011, 48.2649]",
        );
        check([-1, -1_000, 1, 1_000], "[-0.0001, -0.0001, 0.0001, 0.0001]");
        check([-1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000], "[-180.0, -90.0, 180.0, 90.0]");
        assert_eq!(Extent::default().bbox(), None);
    }
}
