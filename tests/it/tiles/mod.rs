//! Tiles: no gap, no overlap, nothing invalid, nobody lost; read back by other people's decoders.

mod city;
pub mod cutting;
pub mod dirty;
mod encoded;
pub mod ground;
mod marks;
mod pockets;
mod thinning;
mod verdict;
