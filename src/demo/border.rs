//! Lines that look like borders: wandering, finer where khoroos are small.
//!
//! A straight piece is halved again and again, each middle moved sideways by chance, until the
//! pieces are as short as the place asks for. Afterwards the whole line is bent so that it takes
//! from one side exactly what it gives to the other: areas stay as planned.
//!
//! Owns: wandering lines. Leaves to others: whether a line fits where it is wanted.

use super::plane::Vertex;
use super::random::Random;

/// How a line wanders.
pub struct Manner<'a> {
    /// Wanted length of pieces at a place of the plane, metres.
    pub step_m: &'a dyn Fn(f64, f64) -> f64,
    /// Largest sideways move of a middle, as a part of the piece's length; 0 is straight.
    pub roughness: f64,
}

/// The vertices between `from` and `to`, without either.
///
/// `left_m2`: how much larger the ground right of the line shall be than with a straight line, that
/// is, how far the line bulges to its left.
pub fn wander(from: Vertex, to: Vertex, left_m2: f64, manner: &Manner, random: &mut Random) -> Vec<Vertex> {
    let mut places = Vec::new();
    halve([from.x, from.y], [to.x, to.y], manner, random, &mut places);
    bend([from.x, from.y], [to.x, to.y], left_m2, &mut places);
    let mut vertices: Vec<Vertex> = places.into_iter().map(|[x, y]| Vertex::near(x, y)).collect();
    vertices.dedup_by_key(|v| v.grid);
    vertices
}

fn halve(a: [f64; 2], b: [f64; 2], manner: &Manner, random: &mut Random, out: &mut Vec<[f64; 2]>) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = (dx * dx + dy * dy).sqrt();
    let middle = [a[0] + dx / 2.0, a[1] + dy / 2.0];
    if length <= 1.4 * (manner.step_m)(middle[0], middle[1]) {
        return;
    }
    let side = manner.roughness * random.between(-1.0, 1.0);
    let along = 0.12 * random.between(-1.0, 1.0);
    let moved = [middle[0] + along * dx - side * dy, middle[1] + along * dy + side * dx];
    halve(a, moved, manner, random, out);
    out.push(moved);
    halve(moved, b, manner, random, out);
}

/// Adds a parabola over the chord so that the line encloses `left_m2` to the left of the chord.
fn bend(a: [f64; 2], b: [f64; 2], left_m2: f64, places: &mut [[f64; 2]]) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    // The second round takes away what few vertices leave of the first.
    for _ in 0..2 {
        let mut doubled = 0.0;
        let mut previous = [0.0, 0.0];
        for p in places.iter().map(|p| [p[0] - a[0], p[1] - a[1]]).chain([[dx, dy]]) {
            doubled += p[0] * previous[1] - previous[0] * p[1];
            previous = p;
        }
        let rise = (left_m2 - doubled / 2.0) * 1.5 / length2;
        for p in &mut *places {
            let t = (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0);
            let lift = rise * 4.0 * t * (1.0 - t);
            *p = [p[0] - lift * dy, p[1] + lift * dx];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plane::{area_m2, distance_m};
    use super::*;

    #[test]
    fn a_wandering_line_takes_no_ground_but_what_it_was_told_to() {
        let (a, b) = (Vertex::near(0.0, 0.0), Vertex::near(6_000.0, 2_000.0));
        for (seed, left_m2) in [(1, 0.0), (2, 400_000.0), (3, -900_000.0)] {
            let manner = Manner { step_m: &|_, _| 80.0, roughness: 0.15 };
            let mut ring = vec![a];
            ring.extend(wander(a, b, left_m2, &manner, &mut Random::stream(seed, &[])));
            ring.push(b);
            assert!(ring.len() > 60, "{}", ring.len());
            assert!((-area_m2(&ring) - left_m2).abs() < 4_000.0, "{} {left_m2}", area_m2(&ring));
        }
    }

    #[test]
    fn pieces_follow_the_wanted_length_of_the_place() {
        let (a, b) = (Vertex::near(0.0, 0.0), Vertex::near(10_000.0, 0.0));
        let manner = Manner { step_m: &|x, _| if x < 5_000.0 { 50.0 } else { 500.0 }, roughness: 0.1 };
        let line = wander(a, b, 0.0, &manner, &mut Random::stream(5, &[]));
        assert!(line.windows(2).all(|p| p[1].x > 4_900.0 || distance_m(p[0], p[1]) < 90.0));
        assert!(line.iter().filter(|p| p.x > 5_500.0).count() < 20);
    }
}
