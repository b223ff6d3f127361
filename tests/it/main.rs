//! Everything that is tested from outside, in one binary.

mod architecture;
mod demo;
mod tiles;
