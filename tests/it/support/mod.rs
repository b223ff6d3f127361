//! What several tests need.

mod applied;
pub mod demo;
pub mod postgres;
pub mod published;
pub mod server;

pub use applied::applied;
