//! Boxes that are asked for.

use super::plane::Rect;
use crate::geometry::projection::Crs;

/// Ground in a box whose sides are straight in its own system.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    crs: Crs,
    /// Two where it crosses the antimeridian.
    rects: Vec<Rect>,
}

/// Why numbers are no box.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AreaError {
    #[error("a box has 4 numbers, or 6 with heights, not {found}")]
    Count { found: usize },
    #[error("number {place} of the box, `{value}`, is not finite")]
    NotFinite { place: usize, value: f64 },
    #[error("{axis} `{value}` is not within ±{limit}")]
    OutOfRange { axis: &'static str, value: f64, limit: f64 },
    #[error("the box is reversed: {low_side} `{low}` is beyond {high_side} `{high}`")]
    Reversed { low_side: &'static str, low: f64, high_side: &'static str, high: f64 },
}

impl Area {
    /// Reads `west, south, east, north`, or `west, south, lowest, east, north, highest`; heights are not looked at,
    /// for no feature has one.
    ///
    /// In degrees a west beyond the east crosses the antimeridian. Metres may be any: beyond the world there is
    /// nothing to find.
    pub fn of_box(numbers: &[f64], crs: Crs) -> Result<Self, AreaError> {
        let not_finite = numbers.iter().zip(1..).find(|(value, _)| !value.is_finite());
        if let Some((&value, place)) = not_finite {
            return Err(AreaError::NotFinite { place, value });
        }
        let [west, south, east, north] = match *numbers {
            [west, south, east, north] => [west, south, east, north],
            [west, south, lowest, east, north, highest] => {
                in_order("the lowest", lowest, "the highest", highest)?;
                [west, south, east, north]
            }
            _ => return Err(AreaError::Count { found: numbers.len() }),
        };
        in_order("south", south, "north", north)?;
        if crs != Crs::Wgs84 {
            in_order("west", west, "east", east)?;
            return Ok(Self { crs, rects: vec![Rect { west, south, east, north }] });
        }
        for (axis, value, limit) in [
            ("longitude", west, 180.0),
            ("longitude", east, 180.0),
            ("latitude", south, 90.0),
            ("latitude", north, 90.0),
        ] {
            if value.abs() > limit {
                return Err(AreaError::OutOfRange { axis, value, limit });
            }
        }
        let rects = if west > east {
            vec![Rect { west, south, east: 180.0, north }, Rect { west: -180.0, south, east, north }]
        } else {
            vec![Rect { west, south, east, north }]
        };
        Ok(Self { crs, rects })
    }

    pub const fn crs(&self) -> Crs {
        self.crs
    }

    pub(super) fn rects(&self) -> &[Rect] {
        &self.rects
    }
}

fn in_order(low_side: &'static str, low: f64, high_side: &'static str, high: f64) -> Result<(), AreaError> {
    if low > high {
        return Err(AreaError::Reversed { low_side, low, high_side, high });
    }
    Ok(())
}
