//! What several tests need.

pub mod postgres;
pub mod published;
pub mod server;
