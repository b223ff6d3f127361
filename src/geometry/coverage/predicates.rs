//! Exact questions about points and segments of the grid.
//!
//! Coordinates are `i32`, so differences fit 33 bits and every product here fits `i128`: no answer
//! is ever rounded, except [`crossing`], whose rounding rule is the hot pixel's.
//!
//! Owns: orientation, order around a point, crossings, hot pixels. Knows nothing of units.

use std::cmp::Ordering;

use crate::model::GridPoint;

/// Twice the signed area of the triangle a, b, c: positive when c is left of a→b, 0 on its line.
pub fn orient(a: GridPoint, b: GridPoint, c: GridPoint) -> i128 {
    let (dx, dy) = delta(a, b);
    let (ex, ey) = delta(a, c);
    i128::from(dx) * i128::from(ey) - i128::from(dy) * i128::from(ex)
}

/// Whether `p` is on the segment, ends included.
pub fn on_segment(a: GridPoint, b: GridPoint, p: GridPoint) -> bool {
    a.x.min(b.x) <= p.x
        && p.x <= a.x.max(b.x)
        && a.y.min(b.y) <= p.y
        && p.y <= a.y.max(b.y)
        && orient(a, b, p) == 0
}

/// Compares the directions centre→a and centre→b by angle, counter-clockwise from east.
pub fn by_angle(centre: GridPoint, a: GridPoint, b: GridPoint) -> Ordering {
    let lower_half = |p: GridPoint| p.y < centre.y || (p.y == centre.y && p.x < centre.x);
    lower_half(a).cmp(&lower_half(b)).then_with(|| 0.cmp(&orient(centre, a, b)))
}

/// Where the insides of two segments cross, rounded to the pixel that holds the exact point.
///
/// `None` when they do not cross, or only touch at an end, or lie on one line.
pub fn crossing(a: GridPoint, b: GridPoint, c: GridPoint, d: GridPoint) -> Option<GridPoint> {
    let (to_c, to_d) = (orient(a, b, c), orient(a, b, d));
    if to_c.signum() * to_d.signum() >= 0 || orient(c, d, a).signum() * orient(c, d, b).signum() >= 0 {
        return None;
    }
    // The point divides c→d as to_c : −to_d; each factor is under 2^67 and 2^33.
    let (num, den) = if to_c > 0 { (to_c, to_c - to_d) } else { (-to_c, to_d - to_c) };
    let (dx, dy) = delta(c, d);
    let round = |start: i32, step: i64| {
        let offset = (2 * num * i128::from(step) + den).div_euclid(2 * den);
        i32::try_from(i128::from(start) + offset).expect("between the ends of the segment")
    };
    Some(GridPoint::new(round(c.x, dx), round(c.y, dy)))
}

/// Whether the segment a→b meets the pixel around `p`: the square of one step with its west and
/// south sides, without its east and north sides, so that every place is in exactly one pixel.
pub fn meets_pixel(a: GridPoint, b: GridPoint, p: GridPoint) -> bool {
    let (dx, dy) = delta(a, b);
    // Cheap and nearly always enough: the pixel reaches (|dx| + |dy|) / 2 to either side.
    if 2 * orient(a, b, p).abs() > i128::from(dx.abs() + dy.abs()) {
        return false;
    }
    // Doubled, with p at the origin, the pixel is [-1, 1) × [-1, 1). A place of the segment is
    // a + t·(b − a); each axis bounds t from below and above, one of the bounds being open.
    let (ax, ay) = delta(p, a);
    let (Some(x), Some(y)) = (Span::within(2 * ax, 2 * dx), Span::within(2 * ay, 2 * dy)) else {
        return false;
    };
    let whole = Span { low: Bound::closed(0, 1), high: Bound::closed(1, 1) };
    let spans = [x, y, whole];
    spans.iter().all(|s| spans.iter().all(|t| s.low.leaves_room_below(&t.high)))
}

/// The parameters t for which one coordinate of a segment stays within [-1, 1).
struct Span {
    low: Bound,
    high: Bound,
}

/// A bound on t as a fraction with a positive denominator.
struct Bound {
    num: i64,
    den: i64,
    is_open: bool,
}

impl Span {
    /// `None` when the coordinate never is within; `start` and `step` are doubled differences of
    /// `i32`, under 2^34.
    fn within(start: i64, step: i64) -> Option<Self> {
        match step.cmp(&0) {
            Ordering::Greater => {
                Some(Self { low: Bound::closed(-1 - start, step), high: Bound::open(1 - start, step) })
            }
            Ordering::Less => {
                Some(Self { low: Bound::open(start - 1, -step), high: Bound::closed(start + 1, -step) })
            }
            Ordering::Equal => {
                (-1..1).contains(&start).then(|| Self { low: Bound::closed(0, 1), high: Bound::closed(1, 1) })
            }
        }
    }
}

impl Bound {
    const fn closed(num: i64, den: i64) -> Self {
        Self { num, den, is_open: false }
    }

    const fn open(num: i64, den: i64) -> Self {
        Self { num, den, is_open: true }
    }

    fn leaves_room_below(&self, high: &Self) -> bool {
        let order =
            (i128::from(self.num) * i128::from(high.den)).cmp(&(i128::from(high.num) * i128::from(self.den)));
        order.is_lt() || (order.is_eq() && !self.is_open && !high.is_open)
    }
}

/// The position of `p` along a→b; comparable among points of the same segment.
pub fn along(a: GridPoint, b: GridPoint, p: GridPoint) -> i128 {
    let (dx, dy) = delta(a, b);
    let (ex, ey) = delta(a, p);
    i128::from(dx) * i128::from(ex) + i128::from(dy) * i128::from(ey)
}

fn delta(from: GridPoint, to: GridPoint) -> (i64, i64) {
    (i64::from(to.x) - i64::from(from.x), i64::from(to.y) - i64::from(from.y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn p(x: i32, y: i32) -> GridPoint {
        GridPoint::new(x, y)
    }

    #[test]
    fn answers_stay_exact_at_the_ends_of_the_world() {
        let (west, east) = (p(-1_800_000_000, -900_000_000), p(1_800_000_000, 900_000_000));
        assert_eq!(orient(west, east, p(0, 0)), 0);
        assert_eq!(orient(west, east, p(0, 1)), 3_600_000_000);
        assert!(on_segment(west, east, p(2, 1)) && !on_segment(west, east, p(1, 1)));
        let (n, s) = (p(-1_800_000_000, 900_000_000), p(1_800_000_000, -900_000_000));
        assert_eq!(crossing(west, east, n, s), Some(p(0, 0)));
    }

    #[test]
    fn segments_that_only_touch_do_not_cross() {
        assert_eq!(crossing(p(0, 0), p(4, 0), p(2, 0), p(2, 4)), None);
        assert_eq!(crossing(p(0, 0), p(4, 0), p(1, 0), p(9, 0)), None);
        assert_eq!(crossing(p(0, 0), p(4, 0), p(2, -1), p(2, 4)), Some(p(2, 0)));
    }

    #[test]
    fn a_corner_belongs_to_the_pixel_north_east_of_it() {
        // Falling through (0.5, 0.5), the corner of four pixels.
        let (a, b) = (p(0, 1), p(1, 0));
        assert!(meets_pixel(a, b, p(1, 1)) && !meets_pixel(a, b, p(0, 0)));
        // Rising through the same corner.
        let (a, b) = (p(0, 0), p(1, 1));
        assert!(!meets_pixel(a, b, p(1, 0)) && !meets_pixel(a, b, p(0, 1)));
    }

    #[test]
    fn directions_turn_counter_clockwise_from_east() {
        let centre = p(5, 5);
        let turn = [p(9, 5), p(9, 6), p(5, 9), p(4, 5), p(4, 4), p(5, 0), p(6, 4)];
        assert!(turn.is_sorted_by(|&a, &b| by_angle(centre, a, b).is_lt()));
    }

    proptest! {
        /// Brute force: many exact places along the segment, each in exactly one pixel.
        #[test]
        fn a_segment_meets_the_pixels_of_its_places(
            ax in -6..6_i32, ay in -6..6_i32, bx in -6..6_i32, by in -6..6_i32,
        ) {
            prop_assume!((ax, ay) != (bx, by));
            let (a, b) = (p(ax, ay), p(bx, by));
            // All pixel sides are met at parameters with denominators 2·dx and 2·dy; between two
            // such parameters the pixel is constant, so their common refinement finds every one.
            let n = 4 * i32::max(1, (bx - ax).abs()) * i32::max(1, (by - ay).abs());
            let pixel = |start: i32, end: i32, t: i32| (2 * (start * n + (end - start) * t) + n).div_euclid(2 * n);
            let met: std::collections::BTreeSet<_> = (0..=n).map(|t| (pixel(ax, bx, t), pixel(ay, by, t))).collect();
            for x in -8..8 {
                for y in -8..8 {
                    prop_assert_eq!(meets_pixel(a, b, p(x, y)), met.contains(&(x, y)), "{:?}", (x, y));
                }
            }
        }
    }
}
