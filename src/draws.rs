//! Chance from a seed.

/// splitmix64 to begin with, xorshift64* to go on (Vigna 2016).
pub struct Draws(u64);

impl Draws {
    /// The sequence with this number of this seed.
    pub fn new(seed: u64, sequence: u64) -> Self {
        let mut state = seed.wrapping_add(sequence.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self((state ^ (state >> 31)) | 1)
    }

    /// 0 ≤ drawn < n, each as likely: multiply and shift, with the rest drawn again (Lemire 2019).
    pub fn below(&mut self, n: u32) -> u32 {
        loop {
            let wide = u64::from((self.next() >> 32) as u32) * u64::from(n);
            if (wide as u32) >= n.wrapping_neg() % n {
                return (wide >> 32) as u32;
            }
        }
    }

    /// 0 ≤ drawn < 1, in steps of 2^−53.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// In any order, each as likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// The first `n` items become a draw of `n` without putting back.
    pub fn draw<T>(&mut self, items: &mut [T], n: usize) {
        for at in 0..n {
            let other = at + self.below((items.len() - at) as u32) as usize;
            items.swap(at, other);
        }
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_three_comes_about_as_often() {
        let mut n_of = std::collections::BTreeMap::new();
        for sequence in 0..6_000 {
            let mut items = [0, 1, 2];
            Draws::new(7, sequence).shuffle(&mut items);
            *n_of.entry(items).or_insert(0) += 1;
        }
        // 1 000 expected with a deviation of 29.
        assert!(n_of.len() == 6 && n_of.values().all(|n| (880..1_120).contains(n)), "{n_of:?}");
    }
}
