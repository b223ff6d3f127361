//! Boxes that are asked for.

use super::plane::Rect;
use crate::geometry::projection::Crs;

/// Ground in a box whose sides are straight in its own system.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    crs: Crs,
    /// Of the world; two where it crosses the antimeridian, none where it lies beyond.
    rects: Vec<Rect>,
}

/// Why numbers are no box.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AreaError {
    #[error("a box has 4 numbers, or 6 with heights, not {found}")]
    Count { found: usize },
    #[error("number {place} of the box, `{value}`, is not finite")]
    NotFinite { place: usize, value: f64 },
    #[error("the box is reversed: {low_side} `{low}` is beyond {high_side} `{high}`")]
    Reversed { low_side: &'static str, low: f64, high_side: &'static str, high: f64 },
}

impl Area {
    /// Reads `west, south, east, north`, or `west, south, lowest, east, north, highest`; heights are not looked at,
    /// for no feature has one.
    ///
    /// In degrees a west beyond the east crosses the antimeridian. Numbers may be any: beyond the world there is
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
        let [x_max, y_max] = world(crs);
        let sides = if west <= east {
            vec![[west, east]]
        } else if crs == Crs::Wgs84 {
            vec![[west, x_max], [-x_max, east]]
        } else {
            return Err(AreaError::Reversed { low_side: "west", low: west, high_side: "east", high: east });
        };
        let rects = sides.into_iter().map(|[west, east]| Rect {
            west: west.max(-x_max),
            south: south.max(-y_max),
            east: east.min(x_max),
            north: north.min(y_max),
        });
        let of_world = rects.filter(|rect| rect.west <= rect.east && rect.south <= rect.north);
        Ok(Self { crs, rects: of_world.collect() })
    }

    pub const fn crs(&self) -> Crs {
        self.crs
    }

    pub(super) fn rects(&self) -> &[Rect] {
        &self.rects
    }
}

/// How far places are from the middle of a system, at most: in degrees, or in metres with much to spare.
const fn world(crs: Crs) -> [f64; 2] {
    match crs {
        Crs::Wgs84 => [180.0, 90.0],
        _ => [1e9, 1e9],
    }
}

fn in_order(low_side: &'static str, low: f64, high_side: &'static str, high: f64) -> Result<(), AreaError> {
    if low > high {
        return Err(AreaError::Reversed { low_side, low, high_side, high });
    }
    Ok(())
}
