//! Distances of points, segments and boxes in a plane, squared, in square metres.
//!
//! Squares are compared and only an answer's root is taken: a root costs as much as the rest.
//!
//! Owns: the formulae. Knows nothing of units.

/// East and north in metres.
pub type Place = [f64; 2];

/// A box with its sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub low: Place,
    pub high: Place,
}

impl Frame {
    /// - `places`: at least one.
    pub fn around(places: &[Place]) -> Self {
        let first = Self { low: places[0], high: places[0] };
        places[1..].iter().fold(first, |frame, &at| frame.union(Self { low: at, high: at }))
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let low = [self.low[0].min(other.low[0]), self.low[1].min(other.low[1])];
        Self { low, high: [self.high[0].max(other.high[0]), self.high[1].max(other.high[1])] }
    }

    /// 0 where they meet.
    pub fn gap_2(&self, other: &Self) -> f64 {
        let axis = |i: usize| (other.low[i] - self.high[i]).max(self.low[i] - other.high[i]).max(0.0);
        squared([axis(0), axis(1)])
    }

    /// 0 inside.
    pub fn gap_2_to(&self, at: Place) -> f64 {
        let axis = |i: usize| (self.low[i] - at[i]).max(at[i] - self.high[i]).max(0.0);
        squared([axis(0), axis(1)])
    }

    pub fn middle(&self) -> Place {
        [f64::midpoint(self.low[0], self.high[0]), f64::midpoint(self.low[1], self.high[1])]
    }
}

/// Squared distance of two places.
pub fn between_2(a: Place, b: Place) -> f64 {
    squared([b[0] - a[0], b[1] - a[1]])
}

/// Squared distance from `at` to the segment a–b.
///
/// Beside an end it is that of the end, to the bit, so that two segments with a common end are equally far.
pub fn to_segment_2(at: Place, a: Place, b: Place) -> f64 {
    let (along, to) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
    let (reach, length_2) = (to[0] * along[0] + to[1] * along[1], squared(along));
    if reach <= 0.0 {
        return squared(to);
    }
    if reach >= length_2 {
        return between_2(b, at);
    }
    let aside = along[0] * to[1] - along[1] * to[0];
    aside * aside / length_2
}

/// Whether the insides of two segments cross. Segments that only touch are told by the distance of an end.
pub fn cross(a: Place, b: Place, c: Place, d: Place) -> bool {
    let side = |p: Place, q: Place, r: Place| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

fn squared(v: Place) -> f64 {
    v[0] * v[0] + v[1] * v[1]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The smallest distance of many places along one segment to the other; too large by a step at most.
    fn sampled_2(at: Place, a: Place, b: Place) -> f64 {
        let place = |k: i32| {
            let t = f64::from(k) / 2000.0;
            [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
        };
        (0..=2000).map(|k| between_2(at, place(k))).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn beside_an_end_the_distance_is_the_ends_to_the_bit() {
        let (at, corner) = ([0.1, 0.7], [3.3, 4.9]);
        for other in [[9.0, 5.0], [4.0, 11.0], [3.4, 5.0]] {
            assert_eq!(to_segment_2(at, corner, other).to_bits(), between_2(at, corner).to_bits());
            assert_eq!(to_segment_2(at, other, corner).to_bits(), between_2(corner, at).to_bits());
        }
        let to_a_point_2 = to_segment_2([3.0, 4.0], [0.0, 0.0], [0.0, 0.0]);
        assert_eq!(to_a_point_2.to_bits(), 25.0_f64.to_bits(), "a segment without length");
    }

    #[test]
    fn segments_that_touch_or_lie_on_one_line_do_not_cross() {
        assert!(cross([0.0, 0.0], [4.0, 4.0], [0.0, 4.0], [4.0, 0.0]));
        assert!(!cross([0.0, 0.0], [4.0, 0.0], [2.0, 0.0], [2.0, 4.0]));
        assert!(!cross([0.0, 0.0], [4.0, 0.0], [1.0, 0.0], [9.0, 0.0]));
    }

    proptest! {
        #[test]
        fn no_place_of_a_segment_is_nearer(
            at in prop::array::uniform2(-9.0..9.0), a in prop::array::uniform2(-9.0..9.0),
            b in prop::array::uniform2(-9.0..9.0),
        ) {
            let (exact, sampled) = (to_segment_2(at, a, b).sqrt(), sampled_2(at, a, b).sqrt());
            let step = between_2(a, b).sqrt() / 2000.0;
            prop_assert!(exact <= sampled + 1e-12 && sampled <= exact + step, "{exact} {sampled}");
        }

        #[test]
        fn what_is_in_two_boxes_is_no_nearer_than_they_are(
            a in prop::collection::vec(prop::array::uniform2(-9.0..9.0), 1..5),
            b in prop::collection::vec(prop::array::uniform2(-9.0..9.0), 1..5),
        ) {
            let (frame_a, frame_b) = (Frame::around(&a), Frame::around(&b));
            for &p in &a {
                prop_assert!(frame_b.gap_2_to(p) >= frame_a.gap_2(&frame_b));
                for &q in &b {
                    prop_assert!(between_2(p, q) >= frame_b.gap_2_to(p));
                }
            }
        }
    }
}
