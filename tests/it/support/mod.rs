//! What several tests need.

mod applied;
mod cases;
pub mod demo;
mod judge;
pub mod postgres;
pub mod published;
pub mod server;

pub use applied::applied;
pub use cases::cases;
pub use judge::{judge, qgis};
