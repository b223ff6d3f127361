//! Everything that is tested from outside, in one binary.

mod architecture;
mod http;
mod process;
mod cartography;
mod small_world;
mod snapshot;
mod support;
mod tiles;
