//! What several tests need.

mod applied;
mod cases;
pub mod demo;
mod fields;
mod judge;
pub mod postgres;
pub mod published;
pub mod server;

pub use applied::applied;
pub use cases::cases;
pub use fields::is_shown_to_everybody;
pub use judge::{judge, qgis};
