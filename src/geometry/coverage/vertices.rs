//! Numbers for vertices: equal points get one number, in the order of the points.
//!
//! Everything that needs equal ends to be found works on these numbers instead of coordinates, so
//! that one sort serves all of noding.
//!
//! Design: a radix sort of keys as narrow as the frame (48 bits for a city) beats comparing pairs of coordinates three times over, and
//! each thread sorts a part of its own, so the result does not depend on how many there are.

use crate::model::{GridBox, GridPoint};
use crate::parallel::in_ranges;

/// The different points, sorted, and for each of `points` its place among them.
///
/// At most `u32::MAX` points. O(n).
pub fn number(points: &[GridPoint]) -> (Vec<GridPoint>, Vec<u32>) {
    let Some(frame) = GridBox::around(points.iter().copied()) else { return (Vec::new(), Vec::new()) };
    // As narrow as the frame allows: the sort passes over the bytes that differ.
    let height_bits = u64::BITS - u64::from(frame.north.abs_diff(frame.south)).leading_zeros();
    let key = |p: GridPoint| {
        (u64::from(p.x.abs_diff(frame.west)) << height_bits) | u64::from(p.y.abs_diff(frame.south))
    };
    let sorted: Vec<Vec<(u64, u32)>> = in_ranges(points.len(), |part| {
        let places = part.start as u32..part.end as u32;
        let mut keys: Vec<(u64, u32)> = points[part].iter().map(|&p| key(p)).zip(places).collect();
        radsort::sort_by_key(&mut keys, |&(key, _)| key);
        keys
    });
    let point = |key: u64| {
        let (dx, dy) = ((key >> height_bits) as u32, (key & ((1 << height_bits) - 1)) as u32);
        GridPoint::new(frame.west.wrapping_add_unsigned(dx), frame.south.wrapping_add_unsigned(dy))
    };
    let mut parts: Vec<&[(u64, u32)]> = sorted.iter().map(Vec::as_slice).collect();
    let (mut different, mut numbers) = (Vec::new(), vec![0; points.len()]);
    while let Some(first) = parts.iter().filter_map(|part| part.first()).map(|&(key, _)| key).min() {
        for part in &mut parts {
            let n_equal = part.iter().take_while(|&&(key, _)| key == first).count();
            let (equal, rest) = part.split_at(n_equal);
            for &(_, place) in equal {
                numbers[place as usize] = different.len() as u32;
            }
            *part = rest;
        }
        different.push(point(first));
    }
    (different, numbers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_lead_back_to_the_points_in_their_order(
            list in proptest::collection::vec((-40..40_i32, -40..40_i32), 0..400), far in any::<bool>(),
        ) {
            let mut points: Vec<_> = list.into_iter().map(|(x, y)| GridPoint::new(x, y)).collect();
            if far {
                points.extend([GridPoint::new(1_800_000_000, -900_000_000), GridPoint::new(-1_800_000_000, 900_000_000)]);
            }
            let (different, numbers) = number(&points);
            prop_assert!(different.is_sorted_by(|a, b| a < b));
            prop_assert!(points.iter().zip(&numbers).all(|(p, &n)| different[n as usize] == *p));
            prop_assert!(different.iter().all(|p| points.contains(p)));
        }
    }

    #[test]
    fn parts_sorted_by_several_threads_are_numbered_as_one() {
        let points: Vec<_> =
            (0..300_000_i32).map(|i| GridPoint::new(i * 7_001 % 1_000, i * 3_001 % 997)).collect();
        let mut expected = points.clone();
        expected.sort_unstable();
        expected.dedup();
        let (different, numbers) = number(&points);
        assert_eq!(different, expected);
        assert!(points.iter().zip(&numbers).all(|(p, &n)| different[n as usize] == *p));
    }
}
