//! Rings as lists of corners, the last joined to the first, whatever their coordinates are.
//!
//! Owns: their sides, areas of rings on a lattice. Leaves to others: sizes on the ground ([`super::measure`]).

/// The sides of a ring, each from its corner to the next, in their order; the last leads back to the first corner.
pub fn sides<T: Copy>(ring: &[T]) -> impl Iterator<Item = (T, T)> + '_ {
    let ends = ring.iter().skip(1).chain(ring.first());
    ring.iter().copied().zip(ends.copied())
}

/// Twice the signed area: positive where the ring runs clockwise as seen with y down.
pub fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let cross = |([ax, ay], [bx, by]): ([i32; 2], [i32; 2])| {
        i64::from(ax) * i64::from(by) - i64::from(bx) * i64::from(ay)
    };
    sides(ring).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_side_leads_back_to_the_first_corner() {
        assert_eq!(sides(&['a', 'b', 'c']).collect::<Vec<_>>(), [('a', 'b'), ('b', 'c'), ('c', 'a')]);
        assert_eq!(sides(&['a']).collect::<Vec<_>>(), [('a', 'a')]);
        assert_eq!(sides::<char>(&[]).count(), 0);
    }

    #[test]
    fn a_ring_encloses_as_much_either_way_round() {
        let square = [[0, 0], [3, 0], [3, 3], [0, 3]];
        let back: Vec<[i32; 2]> = square.into_iter().rev().collect();
        assert_eq!((doubled_area(&square), doubled_area(&back)), (18, -18));
    }
}
