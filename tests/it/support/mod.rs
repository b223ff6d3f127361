//! What several tests need.

mod applied;
pub mod demo;
mod judge;
pub mod postgres;
pub mod published;
pub mod server;

pub use applied::applied;
pub use judge::judge;
