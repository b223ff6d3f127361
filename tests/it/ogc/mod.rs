//! The OGC API over the wire.

mod http;
mod tiles_http;
