//! Tiles: no gap, no overlap, nothing invalid, nobody lost; read back by other people's decoders.

mod city;
mod cutting;
mod encoded;
mod ground;
mod thinning;
mod verdict;
