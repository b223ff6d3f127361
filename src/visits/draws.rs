//! Numbers for tests: drawn, and the same for a seed.

/// xorshift64*, Vigna 2016.
pub struct Draws(u64);

impl Draws {
    pub const fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub const fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n
    }

    /// Both may come.
    pub const fn between(&mut self, from: u64, to: u64) -> u16 {
        (from + self.below(to - from + 1)) as u16
    }
}
