//! HLP Tracker: boundaries and records of Ulaanbaatar's Horizontal Learning Process in, tiles,
//! styles and figures out.
//!
//! The way of the data:
//!
//! ```text
//! files ──ingest──▶ store ──load──▶ snapshot ──▶ tiles · cartography ──▶ http ──▶ viewer, QGIS, curl
//! ```

pub mod app;
pub mod cartography;
pub mod config;
pub mod demo;
pub mod geometry;
pub mod gpkg;
pub mod http;
pub mod ingest;
pub mod model;
pub mod snapshot;
pub mod store;
pub mod tiles;
pub mod tracker;
