//! The OGC API over the wire.

mod http;
mod ids;
mod metadata;
mod tiles_http;
