//! Which things hang together: a disjoint-set forest over the numbers 0, 1, 2, …

/// Each number starts alone; the smallest member stands for its set.
pub struct Components {
    parent: Vec<u32>,
}

impl Components {
    pub fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect() }
    }

    /// The smallest member of the set that `i` is in.
    pub fn of(&mut self, mut i: usize) -> usize {
        while self.parent[i] as usize != i {
            // Halving the path keeps later look-ups short.
            self.parent[i] = self.parent[self.parent[i] as usize];
            i = self.parent[i] as usize;
        }
        i
    }

    pub fn join(&mut self, i: usize, j: usize) {
        let (i, j) = (self.of(i), self.of(j));
        self.parent[i.max(j)] = i.min(j) as u32;
    }
}
