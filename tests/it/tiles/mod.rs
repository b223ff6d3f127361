//! Tiles: no gap, no overlap, nothing invalid, nobody lost; read back by other people's decoders.

mod city;
pub mod cutting;
pub mod dirty;
pub mod encoded;
pub mod ground;
mod marks;
mod pockets;
mod thinning;
pub mod verdict;
