//! The OGC API over the wire.

mod http;
