//! Places in a shape, by chance.

use super::random::Random;
use crate::model::{GridPoint, MultiPolygon};

/// A grid point strictly inside the shape, drawn from a level line through it.
///
/// `None` for a shape without ground.
pub fn place_within(shape: &MultiPolygon, random: &mut Random) -> Option<GridPoint> {
    let bounds = shape.bounds()?;
    let height = f64::from(bounds.north) - f64::from(bounds.south);
    (0..N_TRIES).find_map(|_| {
        let y = bounds.south + (height * random.between(0.2, 0.8)) as i32;
        let crossings = crossings(shape, y);
        // Even-odd: inside between the first and second crossing, the third and fourth, and so on.
        let widest = crossings.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
        let width = widest[1] - widest[0];
        // Well inside: a step off the border, which no rounding takes back.
        (width > 10.0).then(|| GridPoint::new((widest[0] + width * random.between(0.15, 0.85)) as i32, y))
    })
}

/// Where the rings cross a level half a step above the line y, ascending; always an even number.
fn crossings(shape: &MultiPolygon, y: i32) -> Vec<f64> {
    let mut found = Vec::new();
    for ring in shape.rings() {
        let Some(&last) = ring.last() else { continue };
        let mut a = last;
        for &b in ring {
            if (a.y > y) != (b.y > y) {
                let t = (f64::from(y) - f64::from(a.y)) / (f64::from(b.y) - f64::from(a.y));
                found.push(f64::from(a.x) + t * (f64::from(b.x) - f64::from(a.x)));
            }
            a = b;
        }
    }
    found.sort_by(f64::total_cmp);
    found
}

const N_TRIES: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Polygon;

    #[test]
    fn places_lie_inside_and_not_in_the_hole() {
        let square = |low: i32, high: i32| {
            vec![
                GridPoint::new(low, low),
                GridPoint::new(high, low),
                GridPoint::new(high, high),
                GridPoint::new(low, high),
            ]
        };
        let mut hole = square(3_000, 7_000);
        hole.reverse();
        let shape = MultiPolygon(vec![Polygon { exterior: square(0, 10_000), interiors: vec![hole] }]);
        let mut random = Random::stream(1, &[]);
        for _ in 0..200 {
            let p = place_within(&shape, &mut random).expect("there is ground");
            let within = |low: i32, high: i32| (low < p.x && p.x < high) && (low < p.y && p.y < high);
            assert!(within(0, 10_000) && !within(3_000, 7_000), "{p:?}");
            assert!(shape.holds(p));
        }
        assert_eq!(place_within(&MultiPolygon(Vec::new()), &mut random), None);
    }
}
