//! Everything that is tested from outside, in one binary.

mod architecture;
mod ingest;
mod cartography;
mod small_world;
mod snapshot;
mod tiles;
